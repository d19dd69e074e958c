"""What is proposed for the codes of coded documents, and that nothing of it is decided unseen."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from folders import zip_of
from test_coded import (
    EPPI,
    REFI,
    SCHEME,
    attribute,
    coded,
    export,
    item,
    packed,
    page,
    project,
    selection,
    text_source,
)

from graph.errors import Rejected
from graph.settings import Settings
from graph.store import Store
from loaders.coded.mapping import read_mapping
from loaders.coded.suggestion import suggest_codes
from loaders.detect_format import How
from loaders.intake import check, load

MORE = {
    "SetName": "Loose",
    "Attributes": {
        "AttributesList": [
            attribute(60, "M1: Pride in work"),
            attribute(61, "Resources", attribute(62, "Debriefs")),
            attribute(63, "Outcome (behaviour)", attribute(64, "Per day")),
            attribute(65, "Outcome"),
            attribute(66, "Year of study"),
            attribute(67, "Never used"),
            attribute(68, 'Odd: "name" # and ✓ > *'),
        ]
    },
}


def written(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.fixture
def document(tmp_path: Path) -> Path:
    codes = (11, 12, 21, 22, 31, 32, 41, 51, 52, 60, 62, 64, 65, 66, 68)
    items = [item(n, *(coded(code, page(n, f"words {code}")) for code in codes)) for n in (1, 2)]
    items.append(item(3, coded(11, page(1, "more"), page(2, "and more"))))
    return written(tmp_path / "export.json", export(*items, sets=(SCHEME, MORE)))


def lines(text: str) -> dict[str, str]:
    """The lines of codes by the code as it is written, a `#` before those that are not taken."""
    found = re.findall(r'^ *(#?) *("(?:[^"\\]|\\.)+"):(.*)$', text, re.MULTILINE)
    return {hash_ + json.loads(code): said.strip() for hash_, code, said in found}


def test_what_names_say_is_proposed_with_counts_and_how_sure_it_is(document: Path) -> None:
    text = suggest_codes(document)
    mapping, problems = read_mapping(text, "codes.yaml")
    assert problems == [] and mapping is not None
    assert set(mapping.mechanisms) == {
        "Building trust",
        "Making time",
        "M1: Pride in work",
        "Debriefs",
    }
    assert set(mapping.contexts) == {"Hospital", "Contexts > Other"}
    assert set(mapping.outcomes) == {"Speaking up", "Outcomes > Other"}
    assert mapping.stances == {"For": "supports", "Against": "challenges"}
    assert mapping.levels == {}, "which levels there are is the review's to say"
    assert mapping.stance is None and mapping.kind is None
    said = lines(text)
    assert said["Building trust"] == "# 4 passages in 3 sources; sure: stands below 'Mechanisms'"
    assert said["Debriefs"].endswith("fairly sure: stands below 'Resources'")
    assert said["M1: Pride in work"].endswith("sure: its own name says so")
    assert "not sure: stands below 'Outcome (behaviour)'" in said["#Per day"]
    assert "names the kind" in said["#Outcome"]
    assert "stands below 'Levels'" in said["#Team level"]
    assert said["#Year of study"] == "# 2 passages in 2 sources"
    assert said["#Never used"] == "# 0 passages in 0 sources"


def test_every_code_is_listed_once(document: Path) -> None:
    codes = json.loads(document.read_text(encoding="utf-8"))["CodeSets"]
    names: list[str] = []

    def walk(listed: list[dict[str, Any]]) -> None:
        for code in listed:
            names.append(code["AttributeName"])
            walk(code.get("Attributes", {}).get("AttributesList", []))

    for code_set in codes:
        walk(code_set["Attributes"]["AttributesList"])
    assert len(lines(suggest_codes(document))) == len(names)


def test_check_accepts_what_is_proposed_as_it_stands(
    command: Callable[..., Ran], document: Path, tmp_path: Path
) -> None:
    proposed = tmp_path / "codes.yaml"
    proposed.write_text(command("suggest-map", document).out, encoding="utf-8")
    told = command("check", document, "--codes", proposed, "--review", "new", "--title", "New")
    assert "No errors" in told.out
    (how,) = re.findall(r"^#   theorygraph (.*)$", proposed.read_text("utf-8"), re.MULTILINE)
    assert how == "check export.json --codes codes.yaml"


def test_without_a_stance_nothing_becomes_evidence(store: Store, tmp_path: Path) -> None:
    document = written(tmp_path / "e.json", export(item(1, coded(11, page(3, "we trusted them")))))
    proposed = tmp_path / "codes.yaml"
    proposed.write_text(suggest_codes(document), encoding="utf-8")
    report = load(
        store, document, Settings(), how=How(mapping=proposed), review="new", title="New"
    ).report
    assert (report.kinds["Mechanism"].new, report.kinds["Evidence"].new) == (1, 0)
    assert report.kinds["Passage"].new == 1


def test_a_project_says_the_kind_that_its_file_does_not_state(tmp_path: Path) -> None:
    path = tmp_path / "p.qdpx"
    inside = selection(7, "trusted each other", 11) + selection(8, "had time", 51)
    path.write_bytes(zip_of(packed(text_source(inside))))
    text = suggest_codes(path)
    mapping, _ = read_mapping(text, "codes.yaml")
    assert mapping is not None
    assert mapping.kind == "interview"
    assert "kind: interview # not sure" in text
    assert (mapping.mechanisms, mapping.stances) == ({"Trust": None}, {"Against": "challenges"})
    proposed = tmp_path / "codes.yaml"
    proposed.write_text(text, encoding="utf-8")
    assert check(path, Settings(), how=How(mapping=proposed), review="n", title="N").errors == []


def test_a_codebook_by_itself_is_proposed_too(tmp_path: Path) -> None:
    path = tmp_path / "book.qdc"
    book = re.sub(r"(?s).*(<CodeBook>.*</CodeBook>).*", r"\1", project(""))
    path.write_text(
        book.replace("<CodeBook>", '<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="x">'),
        encoding="utf-8",
    )
    mapping, problems = read_mapping(suggest_codes(path), "codes.yaml")
    assert problems == [] and mapping is not None
    assert set(mapping.mechanisms) == {"Trust", "Time"}


def test_a_document_without_codes_says_so(tmp_path: Path) -> None:
    bare = written(tmp_path / "e.json", export(item(1), sets=()))
    with pytest.raises(Rejected) as refused:
        suggest_codes(bare)
    assert refused.value.problems[0].message == "there is no code in this file"


@pytest.mark.slow
@pytest.mark.skipif(not EPPI, reason="the shared corpus is not here")
@pytest.mark.parametrize("path", [*EPPI, *REFI], ids=lambda path: path.name)
def test_what_is_proposed_of_a_real_document_is_accepted(path: Path, tmp_path: Path) -> None:
    try:
        text = suggest_codes(path)
    except Rejected as refused:
        assert refused.problems[0].message == "there is no code in this file"
        return
    proposed = tmp_path / "codes.yaml"
    proposed.write_text(text, encoding="utf-8")
    assert check(path, Settings(), how=How(mapping=proposed), review="n", title="N").errors == []


def test_next_lines_lead_from_a_proposal_to_the_store(
    command: Callable[..., Ran], document: Path, tmp_path: Path
) -> None:
    out = tmp_path / "my codes.yaml"
    told = command("suggest-map", document, "-o", out).out.splitlines()
    (line,) = [one for one in told if one.startswith("Next: theorygraph ")]
    words = shlex.split(line.removeprefix("Next: theorygraph "))
    assert words == ["check", str(document), "--codes", str(out)]
    told = command(*words, "--review", "new", "--title", "New codes").out.splitlines()
    (line,) = [one for one in told if one.startswith("Next: theorygraph ")]
    command(*shlex.split(line.removeprefix("Next: theorygraph ")))
