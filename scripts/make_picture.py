"""Draw the maps of the shipped reviews and take their pictures for the documentation.

python scripts/make_picture.py [--review richmond2020] [--out docs/theory-map.png]
python scripts/make_picture.py --all

With ``--all``, each review is also shown wide and narrow, light and dark, in ``docs/pictures``,
beside pages of the published site.

The review is loaded into a store that is thrown away, `theorygraph map` draws it, and Chromium
opens the file without a network, as a co-author would.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "theory-map.png"
PICTURES = ROOT / "docs" / "pictures"
REVIEWS = ("harris2021", "richmond2020")
WIDTH, HEIGHT = 1440, 1200
SIZES = ((1440, 900), (390, 844))
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
DRAWN = "() => window.theorygraphReady === true"
MECHANISM = "mechanisms/harris2021/working-with-power.html"
GAPS = "gaps/harris2021/index.html"


def run(folder: Path, *arguments: str) -> None:
    """Run `theorygraph` with a store in a folder."""
    command = [sys.executable, "-c", "from api.cli import main; main()", *arguments]
    given = {**os.environ, "PYTHONPATH": str(ROOT), "THEORYGRAPH_STORE": str(folder / "map.kgl")}
    subprocess.run(command, env=given, check=True)


def draw(review: str, folder: Path) -> Path:
    """The map of one shipped review, as `theorygraph map` writes it."""
    page = folder / "map.html"
    run(folder, "load", str(ROOT / "examples" / review))
    run(folder, "map", str(page), "--review", review)
    return page


def site(folder: Path) -> Path:
    """Both shipped reviews, as `theorygraph publish` writes them."""
    run(folder, "load", *(str(ROOT / "examples" / review) for review in REVIEWS))
    run(folder, "publish", str(folder / "site"))
    return folder / "site"


def photograph(
    page: Path,
    picture: Path,
    chromium: str,
    size: tuple[int, int] = (WIDTH, HEIGHT),
    scheme: Literal["light", "dark"] = "light",
) -> None:
    """Open a map offline and save what the window shows."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # As root, as in a container, Chromium starts only without its sandbox.
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=options)
        context = browser.new_context(
            offline=True, viewport={"width": size[0], "height": size[1]}, color_scheme=scheme
        )
        tab = context.new_page()
        tab.goto(page.as_uri())
        if page.name == "map.html":
            tab.wait_for_function(DRAWN)
        tab.screenshot(path=picture)
        browser.close()


def photograph_all(chromium: str) -> None:
    """Write every picture of docs/pictures."""
    PICTURES.mkdir(exist_ok=True)
    for review in REVIEWS:
        with tempfile.TemporaryDirectory(prefix="theorygraph-") as folder:
            page = draw(review, Path(folder))
            for size in SIZES:
                for scheme in SCHEMES:
                    show(page, review, chromium, size, scheme)
    with tempfile.TemporaryDirectory(prefix="theorygraph-") as folder:
        published = site(Path(folder))
        wide, narrow = SIZES
        show(published / MECHANISM, "page-mechanism", chromium, wide, "light")
        show(published / MECHANISM, "page-mechanism", chromium, narrow, "dark")
        show(published / GAPS, "page-gaps", chromium, wide, "dark")
        show(published / GAPS, "page-gaps", chromium, narrow, "light")


def show(
    page: Path, name: str, chromium: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    """Write one picture of a page."""
    picture = PICTURES / f"{name}-{size[0]}-{scheme}.png"
    photograph(page, picture, chromium, size, scheme)
    print(f"wrote {picture} ({picture.stat().st_size / 1024:.0f} KB)")


def main() -> int:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--review", default="richmond2020", help="a folder in examples/")
    parser.add_argument("--all", action="store_true", help="every picture of docs/pictures")
    parser.add_argument("--out", type=Path, default=PICTURE)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("Chromium was not found; on Debian: apt-get install chromium", file=sys.stderr)
        return 1
    if given.all:
        photograph_all(chromium)
    with tempfile.TemporaryDirectory(prefix="theorygraph-") as folder:
        photograph(draw(given.review, Path(folder)), given.out, chromium)
    print(f"wrote {given.out} ({given.out.stat().st_size / 1024:.0f} KB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
