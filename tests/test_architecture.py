"""The house keeps its shape: who imports whom, what is declared once, how long a module is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.catalogue import catalogue
from graph.load import snake
from graph.schema import BUNDLE_FIELDS, kinds

ROOT = Path(__file__).parents[1]
PACKAGES = ("graph", "loaders", "exports", "visualise", "api")
MAY_IMPORT = {
    "graph": {"graph"},
    "loaders": {"loaders", "graph"},
    "exports": {"exports", "loaders", "graph"},
    "visualise": {"visualise", "graph"},
    "api": {"api", "exports", "visualise", "loaders", "graph"},
}
DRIVERS = {"neo4j": "graph/store_neo4j.py", "kglite": "graph/store_embedded.py"}
LONGEST = 450
LONGER = {
    "graph/model.py": 900,  # declarations: every kind of record, field by field
    "loaders/assembly.py": 600,  # one pass over all rows, their problems in one place
    "graph/questions/linting/vocabulary.py": 600,  # lists of words
}
MODULES = sorted(
    path.relative_to(ROOT).as_posix() for name in PACKAGES for path in (ROOT / name).rglob("*.py")
)


def imported(module: str) -> Iterator[str]:
    """Full names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def of_the_house(module: str) -> set[str]:
    return {name for name in imported(module) if name.partition(".")[0] in PACKAGES}


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_one_way(module: str) -> None:
    package = module.partition("/")[0]
    assert {name.partition(".")[0] for name in of_the_house(module)} <= MAY_IMPORT[package]


def test_the_model_imports_nobody() -> None:
    assert of_the_house("graph/model.py") == set()


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("visualise/")])
def test_maps_know_answers_and_the_model_only(module: str) -> None:
    known = ("graph.answers.", "graph.model.", "visualise.")
    assert [name for name in of_the_house(module) if not name.startswith(known)] == []


@pytest.mark.parametrize("module", MODULES)
def test_drivers_stay_behind_their_store(module: str) -> None:
    drivers = {name.partition(".")[0] for name in imported(module)} & set(DRIVERS)
    assert all(DRIVERS[driver] == module for driver in drivers)


@pytest.mark.parametrize("module", [name for name in MODULES if name.startswith("api/")])
def test_doors_see_no_cypher(module: str) -> None:
    assert not any(name.startswith("graph.catalogue") for name in of_the_house(module))


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_overlong(module: str) -> None:
    lines = len((ROOT / module).read_text(encoding="utf-8").splitlines())
    assert lines <= LONGER.get(module, LONGEST)


@pytest.mark.parametrize("label", kinds())
def test_every_label_can_be_kept(label: str) -> None:
    name = snake(label)
    statements = catalogue()
    owner = "id" if label == "Review" else "review"
    assert f"FOR (n:{label}) REQUIRE n.id IS UNIQUE" in statements[f"constrain_{name}"].text
    if label != "Review":
        assert f"FOR (n:{label}) ON (n.review)" in statements[f"index_{name}_review"].text
    assert f"(n:{label}) WHERE n.{owner} = $review" in statements[f"fingerprints_{name}"].text
    created = statements[f"create_{name}"].text
    assert f"CREATE (n:{label} {{" in created
    stored = re.findall(r"^\s+(\w+): row\.(\w+),?$", created, re.MULTILINE)
    assert [field for field, _ in stored] == [row for _, row in stored]
    wanted = ["id", *(field for field in kinds()[label].stored if field != "id")]
    assert sorted(field for field, _ in stored) == sorted(wanted)
    for verb in ("change", "unlink", "remove"):
        assert f"(n:{label} {{id: " in statements[f"{verb}_{name}"].text


@pytest.mark.parametrize(
    ("label", "field"),
    [(label, link.field) for label, kind in kinds().items() for link in kind.links],
)
def test_every_link_can_be_kept(label: str, field: str) -> None:
    link = next(link for link in kinds()[label].links if link.field == field)
    text = catalogue()[f"link_{snake(label)}_{field}"].text
    assert f"(a:{label} {{id: row.from_id}})" in text
    assert f"(b:{link.to} {{id: row.to_id}})" in text
    carried = r" \{position: row\.position, inferred: row\.inferred\}" if link.parts else ""
    assert re.search(rf"CREATE \(a\)-\[:{link.type}{carried}\]->\(b\)", text)


def test_no_statement_links_or_keeps_what_no_model_declares() -> None:
    declared = {
        f"link_{snake(label)}_{link.field}"
        for label, kind in kinds().items()
        for link in kind.links
    }
    written = {name for name in catalogue() if name.startswith("link_")}
    assert written - declared == {"link_evidence_bears_on"}
    labels = {name.removeprefix("create_") for name in catalogue() if name.startswith("create_")}
    assert labels == {snake(label) for label in kinds()}


def test_labels_and_relationships_in_questions_are_those_of_the_models() -> None:
    links = {link.type for kind in kinds().values() for link in kind.links} | {"BEARS_ON"}
    for query in catalogue().values():
        for types in re.findall(r"\[\w*:([A-Z_|]+)", query.text):
            assert set(types.split("|")) <= links, query.name
        assert set(re.findall(r"\(\w*:([A-Za-z]+)", query.text)) <= {*kinds(), "Load"}, query.name


def test_every_kind_but_the_review_has_its_list_in_a_bundle() -> None:
    assert set(BUNDLE_FIELDS) == set(kinds()) - {"Review"}


def test_the_made_statements_are_those_of_the_models() -> None:
    made = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "make_cypher.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
