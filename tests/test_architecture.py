"""The house keeps its shape: who imports whom, what is declared once, how long a module is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from graph.catalogue import catalogue
from graph.schema import BUNDLE_FIELDS, kinds, snake
from scripts import make_cypher

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
    "graph/model.py": 960,  # declarations: every kind of record, field by field
    "loaders/build_records.py": 600,  # one pass over all rows, their problems in one place
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


@cache
def of_the_house(module: str) -> set[str]:
    return {name for name in imported(module) if name.partition(".")[0] in PACKAGES}


def test_imports_point_one_way() -> None:
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        for name in of_the_house(module)
        if name.partition(".")[0] not in MAY_IMPORT[module.partition("/")[0]]
    ]
    assert wrong == []


def test_the_model_imports_nobody() -> None:
    assert of_the_house("graph/model.py") == set()


def test_maps_know_answers_and_the_model_only() -> None:
    known = ("graph.answers.", "graph.model.", "visualise.")
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        if module.startswith("visualise/")
        for name in of_the_house(module)
        if not name.startswith(known)
    ]
    assert wrong == []


def test_drivers_stay_behind_their_store() -> None:
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        for name in imported(module)
        if DRIVERS.get(name.partition(".")[0], module) != module
    ]
    assert wrong == []


def test_doors_see_no_cypher() -> None:
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        if module.startswith("api/")
        for name in of_the_house(module)
        if name.startswith("graph.catalogue")
    ]
    assert wrong == []


def test_every_statement_that_is_asked_for_is_there() -> None:
    asked = {
        name
        for folder in (*PACKAGES, "benchmarks", "scripts", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for name in re.findall(r'\bnamed\("(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    assert asked - catalogue().keys() == set()
    assert len(asked) > 50


def test_no_module_is_overlong() -> None:
    lines = {
        module: len((ROOT / module).read_text(encoding="utf-8").splitlines()) for module in MODULES
    }
    wrong = {
        module: count for module, count in lines.items() if count > LONGER.get(module, LONGEST)
    }
    assert wrong == {}


def test_every_label_can_be_kept() -> None:
    statements = catalogue()
    wrong = []
    for label, kind in kinds().items():
        name = snake(label)
        owner = "id" if label == "Review" else "review"
        created = statements[f"create_{name}"].text
        wanted = {
            f"constrain_{name}": f"FOR (n:{label}) REQUIRE n.id IS UNIQUE",
            f"fingerprints_{name}": f"(n:{label}) WHERE n.{owner} = $review",
            f"create_{name}": f"CREATE (n:{label} {{",
            **{f"{verb}_{name}": f"(n:{label} {{id: " for verb in ("change", "unlink", "remove")},
        }
        if label != "Review":
            wanted[f"index_{name}_review"] = f"FOR (n:{label}) ON (n.review)"
        wrong += [
            f"{statement} does not have {text}"
            for statement, text in wanted.items()
            if text not in statements[statement].text
        ]
        stored = re.findall(r"^\s+(\w+): row\.(\w+),?$", created, re.MULTILINE)
        wrong += [f"create_{name}: {field}: row.{row}" for field, row in stored if field != row]
        keeps, fields = sorted(field for field, _ in stored), sorted({"id", *kind.stored})
        if keeps != fields:
            wrong.append(f"create_{name} keeps {keeps}, not {fields}")
    assert wrong == []


def test_every_link_can_be_kept() -> None:
    wrong = []
    for label, kind in kinds().items():
        for link in kind.links:
            name = f"link_{snake(label)}_{link.field}"
            text = catalogue()[name].text
            carried = " {position: row.position, inferred: row.inferred}" if link.parts else ""
            wrong += [
                f"{name} does not have {wanted}"
                for wanted in (
                    f"(a:{label} {{id: row.from_id}})",
                    f"(b:{link.to} {{id: row.to_id}})",
                    f"CREATE (a)-[:{link.type}{carried}]->(b)",
                )
                if wanted not in text
            ]
    assert wrong == []


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
    kept = {"Load", "FilePage", "ChangePage", "Head", "StagedPage"}  # the tool's own
    kept |= {f"Staged{label}" for label in kinds()}
    for query in catalogue().values():
        for types in re.findall(r"\[\w*:([A-Z_|]+)", query.text):
            assert set(types.split("|")) <= links, query.name
        assert set(re.findall(r"\(\w*:([A-Za-z]+)", query.text)) <= {*kinds(), *kept}, query.name


def test_every_kind_but_the_review_has_its_list_in_a_bundle() -> None:
    assert set(BUNDLE_FIELDS) == set(kinds()) - {"Review"}


def test_the_made_statements_are_those_of_the_models(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["make_cypher.py", "--check"])
    assert make_cypher.main() == 0, capsys.readouterr().err
