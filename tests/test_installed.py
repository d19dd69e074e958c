"""What is shipped starts: the container's wheel and the one of the sdist, where nothing else is.

The environment holds the packages of requirements/runtime.txt and no checkout; commands are real
processes, in a folder of their own.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import socket
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import httpx
import pytest
from dockerfiles import copied, instructions, stages
from packaging.requirements import Requirement
from serving import illustrative, patiently

ROOT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
BUILD, RUN = stages(ROOT / "Dockerfile")
TARGETS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
FOLDERS = set(TARGETS["targets"]["wheel"]["hooks"]["custom"]["folders"])

pytestmark = [pytest.mark.slow, pytest.mark.process]


def offline(*command: object, within: Path, beside: Path | None = None) -> str:
    """What a command prints that knows neither the network nor this checkout.

    What lies in the folder ``beside`` comes before all that is installed.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=within,
        env={"PATH": os.environ["PATH"], "PIP_NO_INDEX": "1", "PYTHONUTF8": "1"}
        | ({"PYTHONPATH": str(beside)} if beside else {}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The wheel that the container is built with, and the one that the sdist gives."""
    built = tmp_path_factory.mktemp("wheels")
    context = copied(ROOT, BUILD, built / "context")
    offline(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", built, within=ROOT)
    (sdist,) = built.glob("*.tar.gz")
    (command,) = (run for run in instructions(BUILD, "RUN") if run.startswith("pip wheel"))
    found = {}
    for name, source in (("container", context), ("sdist", sdist)):
        given = shlex.split(command)[1:]
        given[given.index("--wheel-dir") + 1] = str(built / name)
        given[-1] = str(source)
        offline(*PIP, *given, within=built)
        (found[name],) = (built / name).glob("*.whl")
    return found


def requirements() -> Iterator[metadata.Distribution]:
    """What the container installs beside the wheel, as it is installed here."""
    assert any("requirements/runtime.txt" in run for run in instructions(RUN, "RUN"))
    text = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    for line in re.findall(r"^(\S+==[^\\\n]+)", text, re.MULTILINE):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            yield metadata.distribution(wanted.name)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with those packages alone, outside of the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (site,) = folder.glob("lib/*/site-packages")
    for package in requirements():
        for file in package.files or ():
            top = file.parts[0]
            if top != ".." and not (site / top).is_symlink():
                (site / top).symlink_to(str(package.locate_file(top)))
    return folder


@pytest.fixture(scope="module", params=["container", "sdist"])
def installed(
    request: pytest.FixtureRequest, wheels: dict[str, Path], environment: Path
) -> Iterator[Path]:
    """The folder of the installed command; the wheel is gone again afterwards."""
    python = environment / "bin" / "python"
    absent = "import importlib.util as u; assert not u.find_spec('theorygraph')"
    offline(python, "-c", absent, within=environment)
    wheel = wheels[request.param]
    offline(*PIP, "--python", python, "install", "--no-deps", wheel, within=environment)
    yield environment / "bin"
    offline(*PIP, "--python", python, "uninstall", "--yes", "theorygraph", within=environment)


def test_what_comes_with_it_stays_light() -> None:
    size = 0
    for package in requirements():
        paths = (Path(str(package.locate_file(file))) for file in package.files or ())
        size += sum(path.stat().st_size for path in paths if path.is_file())
    assert size < 300 << 20, f"{size >> 20} MiB"


def test_both_wheels_hold_the_same(wheels: dict[str, Path]) -> None:
    held = []
    for wheel in wheels.values():
        with zipfile.ZipFile(wheel) as archive:
            held.append(
                {name: hashlib.sha256(archive.read(name)).digest() for name in archive.namelist()}
            )
    assert held[0] == held[1]
    assert not [name for name in held[0] if "__pycache__" in name]


def test_the_sdist_brings_what_a_reader_needs(wheels: dict[str, Path]) -> None:
    (sdist,) = wheels["sdist"].parents[1].glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for needed in ("examples/harris2021/review.yaml", "docs/README.md", "LICENSE", "README.md"):
        assert needed in names


def test_what_is_installed_loads_asks_draws_publishes_and_serves(
    installed: Path, tmp_path: Path
) -> None:
    command = installed / "theorygraph"
    told = "import theorygraph; print(theorygraph.__path__[0])"
    place = offline(installed / "python", "-c", told, within=tmp_path)
    assert Path(place.strip()).is_relative_to(installed.parent)
    review = illustrative(tmp_path / "review")
    assert "illustrative: 8 new" in offline(command, "load", review, within=tmp_path)
    asked = offline(command, "ask", "evidence for Working with power", within=tmp_path)
    assert "illustrative:working-with-power" in asked
    offline(command, "map", "map.html", within=tmp_path)
    assert "Working with power" in (tmp_path / "map.html").read_text(encoding="utf-8")
    offline(command, "publish", "site", within=tmp_path)
    home = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "An illustrative review" in home
    offline(command, "report", "illustrative", "report.docx", within=tmp_path)
    served_as_the_container_does(installed, tmp_path)


def test_folders_of_the_same_names_beside_it_are_left_alone(
    installed: Path, tmp_path: Path
) -> None:
    beside = tmp_path / "beside"
    for name in FOLDERS:
        (beside / name).mkdir(parents=True)
        (beside / name / "__init__.py").write_text(f"raise RuntimeError('{name} of another')\n")
    (beside / "graph" / "__init__.py").write_text("WHOSE = 'a notebook'\n")
    review = illustrative(tmp_path / "review")
    library = tmp_path / "library.bib"
    library.write_text("@article{a, title={An illustrative title}, year={2019}}\n")
    command = installed / "theorygraph"
    offline(command, "load", review, library, within=tmp_path, beside=beside)
    asked = (
        "import graph\nfrom theorygraph import Client\n"
        "with Client.local('theorygraph.kgl') as client:\n"
        "    found = client.mechanisms()\n"
        "import graph as again\n"
        "assert again is graph and graph.WHOSE == 'a notebook'\n"
        "print(len(found.items))\n"
    )
    told = offline(installed / "python", "-c", asked, within=tmp_path, beside=beside)
    assert told.split() == ["2"]
    light = (
        "import sys; sys.argv = ['theorygraph', 'version']\n"
        "import theorygraph.__main__ as command\n"
        "try: command.main()\n"
        "except SystemExit: pass\n"
        "assert not {'kglite', 'theorygraph.graph.model'} & {*sys.modules}\n"
    )
    offline(installed / "python", "-c", light, within=tmp_path)
    offline(command, "publish", "site", within=tmp_path, beside=beside)
    module = offline(
        installed / "python", "-m", "theorygraph", "version", within=tmp_path, beside=beside
    )
    assert module == offline(command, "version", within=tmp_path)


def test_an_import_that_would_take_the_name_of_a_folder_is_not_built() -> None:
    sys.path.insert(0, str(ROOT))
    from hatch_build import inside

    text = "from graph.model import Review\nif True:\n    from  os import path  # from graph\n"
    told = inside(text, FOLDERS)
    assert told == text.replace("from graph.model", "from theorygraph.graph.model")
    with pytest.raises(ValueError, match=r"line 2: .*graph\.model"):
        inside("import os\nimport graph.model\n", FOLDERS)


def served_as_the_container_does(installed: Path, folder: Path) -> None:
    """The command of the image starts, and its own check of health is content."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    (start,) = (json.loads(given) for given in instructions(RUN, "CMD"))
    local = {"theorygraph": str(installed / "theorygraph"), "0.0.0.0": "127.0.0.1", "8000": port}
    (check,) = instructions(RUN, "HEALTHCHECK")
    python, flag, code = json.loads(check.partition("CMD ")[2])
    server = subprocess.Popen(
        [local.get(part, part) for part in start],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "THEORYGRAPH_TOKEN": "a-token"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def answers() -> bool:
        assert server.poll() is None, f"the server ended with {server.returncode}"
        try:
            return httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200
        except httpx.TransportError:
            return False

    try:
        patiently(answers, "the server did not answer")
        health = httpx.get(f"http://127.0.0.1:{port}/health").json()
        assert health["counts"]["mechanism"] == 2
        offline(installed / python, flag, code.replace("8000", port), within=folder)
    finally:
        server.terminate()
        server.wait(30)
