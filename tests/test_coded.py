"""Coded documents: nothing of them is lost, nothing is invented, and nothing bad gets through."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import struct
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from folders import Files, memory_below, zip_of

from graph.errors import Problem, Severity
from graph.settings import Settings
from graph.stores import scratch_store
from loaders.coded.eppi import is_eppi, read_eppi
from loaders.coded.mapping import Mapping, read_mapping
from loaders.coded.refi import read_refi
from loaders.detect_format import How
from loaders.intake import check, load
from loaders.parsed_input import Given
from loaders.tables import Row

CORPUS = Path(os.environ.get("THEORYGRAPH_CORPUS", ROOT.parent / "shared" / "corpus"))
EPPI = sorted((CORPUS / "eppi-json").glob("*.json"))
REFI = sorted((CORPUS / "refi-qda").glob("*.qdpx"))
NS = "urn:QDA-XML:project:1.0"
MB = 1024 * 1024

in_corpus = pytest.mark.skipif(not EPPI or not REFI, reason="the corpus is not here")


def mapped(text: str) -> Mapping:
    mapping, problems = read_mapping(text, "mapping.yaml")
    assert problems == []
    assert mapping is not None
    return mapping


def rows(given: Given, file: str) -> list[Row]:
    return given.tables[file].rows if file in given.tables else []


def column(given: Given, file: str, name: str) -> list[str]:
    return [row.cells[name][0] for row in rows(given, file) if name in row.cells]


def errors(given: Given) -> list[Problem]:
    return [problem for problem in given.problems if problem.severity is Severity.ERROR]


def warnings(given: Given) -> list[Problem]:
    return [problem for problem in given.problems if problem.severity is Severity.WARNING]


# -- EPPI-Reviewer --------------------------------------------------------------------------------


def attribute(id_: int, name: str, *inside: Any, description: str = "") -> dict[str, Any]:
    code: dict[str, Any] = {
        "AttributeId": id_,
        "AttributeName": name,
        "AttributeSetDescription": description,
    }
    if inside:
        code["Attributes"] = {"AttributesList": list(inside)}
    return code


def coded(id_: int, *texts: str, arm: str = "", note: str = "") -> dict[str, Any]:
    return {
        "AttributeId": id_,
        "AdditionalText": note,
        "ArmId": 5 if arm else 0,
        "ArmTitle": arm,
        "ItemAttributeFullTextDetails": [
            {"Text": text, "IsFromPDF": True, "DocTitle": "paper.pdf", "ItemArm": arm}
            for text in texts
        ],
    }


def item(id_: int, *codes: Any, **fields: Any) -> dict[str, Any]:
    return {
        "ItemId": id_,
        "Title": f"Illustrative paper {id_}",
        "ShortTitle": f"Smith ({2000 + id_})",
        "TypeName": "Journal, Article",
        "Codes": list(codes),
        **fields,
    }


SCHEME = {
    "SetName": "Theory",
    "SetId": 1,
    "Attributes": {
        "AttributesList": [
            attribute(
                10,
                "Mechanisms",
                attribute(11, "Building trust", description="Illustrative trust."),
                attribute(12, "Making time"),
            ),
            attribute(20, "Contexts", attribute(21, "Hospital"), attribute(22, "Other")),
            attribute(30, "Outcomes", attribute(31, "Speaking up"), attribute(32, "Other")),
            attribute(40, "Levels", attribute(41, "Team level")),
            attribute(50, "Stances", attribute(51, "For"), attribute(52, "Against")),
        ]
    },
}
MAPPING = """\
mechanisms:
  Theory > Mechanisms > *:
contexts:
  - Hospital
outcomes:
  Speaking up: speaking
levels:
  Team level: team
stances:
  For: supports
  Against: challenges
"""


def page(number: object, *quotes: str) -> str:
    between = '"\n"'
    return f'Page {number}:\n[¬s]"{between.join(quotes)}[¬e]"'


def export(*items: Any, sets: Any = (SCHEME,)) -> dict[str, Any]:
    return {"CodeSets": list(sets), "References": list(items)}


@pytest.fixture
def eppi(tmp_path: Path) -> Callable[..., Given]:
    def read(data: Any, mapping: str | None = None, max_mb: int = 5) -> Given:
        content = data if isinstance(data, bytes) else json.dumps(data, ensure_ascii=False).encode()
        path = tmp_path / "export.json"
        path.write_bytes(content)
        known = None if mapping is None else mapped(mapping)
        return read_eppi(path, path.name, mapping=known, max_mb=max_mb)

    return read


def counted(path: Path) -> tuple[list[tuple[str, str, str]], int, int]:
    """Quotes with their page and source as a plain walk over the JSON finds them."""
    text = path.read_bytes().decode("utf-8-sig", "surrogatepass")
    halves = re.compile("([\ud800-\udbff])([\udc00-\udfff])")
    whole = halves.sub(
        lambda two: chr(0x10000 + ((ord(two[1]) - 0xD800) << 10) + ord(two[2]) - 0xDC00), text
    )
    data = json.loads(whole)
    quotes, bare = [], 0
    for record in data["References"]:
        for code in record.get("Codes", []):
            details = code["ItemAttributeFullTextDetails"]
            bare += not details
            for detail in details:
                head, _, rest = detail["Text"].partition(':\n[¬s]"')
                body = rest.removesuffix('[¬e]"')
                number = head.removeprefix("Page ")
                quotes += [(str(record["ItemId"]), number, one) for one in body.split('"\n"')]
    return quotes, bare, len(data["References"])


@in_corpus
@pytest.mark.parametrize("path", EPPI, ids=lambda path: path.name)
def test_no_quote_and_no_page_of_a_real_export_is_lost(path: Path) -> None:
    given = read_eppi(path, path.name, mapping=mapped("kind: paper"), max_mb=10)
    quotes, bare, records = counted(path)
    assert errors(given) == []
    assert len(rows(given, "sources.csv")) == len(rows(given, "references.csv")) == records
    passages = rows(given, "passages.csv")
    found = Counter(
        (row.text("source").rpartition("-")[2], row.text("locator"), row.cells["quote"][0])
        for row in passages
        if "quote" in row.cells
    )
    assert found == Counter((item, f"p. {number}", quote) for item, number, quote in quotes)
    assert sum("quote" not in row.cells for row in passages) == bare
    assert len({row.text("id").casefold() for row in passages}) == len(passages)
    everything = json.dumps([row.cells for row in passages], ensure_ascii=False)
    assert "\ufffd" not in everything
    assert not re.search("[\ud800-\udfff]", everything)


@in_corpus
def test_a_real_export_in_cesu_8_reads_as_it_was_meant() -> None:
    path = next(path for path in EPPI if "Batch2" in path.name)
    given = read_eppi(path, path.name, mapping=None, max_mb=10)
    (problem,) = given.problems
    assert "CESU-8" in problem.message
    assert problem.row == 1
    everything = json.dumps([row.cells for row in rows(given, "passages.csv")], ensure_ascii=False)
    assert everything.count("\U0001d45b") == 2  # a mathematical n, twice as the file has it


def test_codes_keep_their_tree_and_what_the_codebook_says(eppi: Callable[..., Given]) -> None:
    given = eppi(export(item(1)))
    assert given.problems == []
    codes = {
        row.text("name"): row for row in rows(given, "codes.csv") if row.text("name") != "Other"
    }
    trust = codes["Building trust"]
    assert trust.text("id") == "building-trust-11"
    assert trust.text("parent") == codes["Mechanisms"].text("id")
    assert trust.text("scheme") == "Theory"
    assert trust.text("description") == "Illustrative trust."
    assert "parent" not in codes["Mechanisms"].cells
    assert len(rows(given, "codes.csv")) == 14
    assert "evidence.csv" not in given.tables


def test_several_quotes_of_one_text_are_kept_apart(eppi: Callable[..., Given]) -> None:
    text = page(2, "first words", '" $50,000', "see Page 3:\nbelow") + "\n" + page(4, "last words")
    given = eppi(export(item(1, coded(11, text, note="Beside."))))
    found = [(row.cells["quote"][0], row.text("locator")) for row in rows(given, "passages.csv")]
    assert found == [
        ("first words", "p. 2"),
        ('" $50,000', "p. 2"),
        ("see Page 3:\nbelow", "p. 2"),
        ("last words", "p. 4"),
    ]
    assert set(column(given, "passages.csv", "note")) == {"Beside."}
    assert given.problems == []


def test_a_text_without_pages_is_one_quote(eppi: Callable[..., Given]) -> None:
    code = coded(11, "Illustrative words of a plain text")
    code["ItemAttributeFullTextDetails"][0] |= {"IsFromPDF": False, "TextFrom": 5, "TextTo": 39}
    given = eppi(export(item(1, code)))
    (row,) = rows(given, "passages.csv")
    assert row.text("quote") == "Illustrative words of a plain text"
    assert row.text("locator") == "characters 5–39"


def test_words_beside_the_marks_are_kept_and_told(eppi: Callable[..., Given]) -> None:
    given = eppi(export(item(1, coded(11, f"stray {page(2, 'marked')} more"))))
    assert column(given, "passages.csv", "quote") == ["stray", "marked", "more"]
    assert [problem.found for problem in warnings(given)] == ["stray", "more"]


def test_a_mark_without_words_keeps_its_page(eppi: Callable[..., Given]) -> None:
    given = eppi(export(item(1, coded(11, page(7, "")))))
    (row,) = rows(given, "passages.csv")
    assert row.text("locator") == "p. 7"
    assert "quote" not in row.cells


def test_arms_and_codes_without_quotes_are_kept(eppi: Callable[..., Given]) -> None:
    given = eppi(
        export(item(1, coded(11, page(1, "a b"), arm="Control"), coded(12, arm="Control")))
    )
    assert column(given, "passages.csv", "arm") == ["Control", "Control"]
    assert ["quote" in row.cells for row in rows(given, "passages.csv")] == [True, False]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_any_unicode_is_read(eppi: Callable[..., Given], encoding: str) -> None:
    text = json.dumps(export(item(1, coded(11, page(1, "vaccin 💉 é")))), ensure_ascii=False)
    given = eppi(text.encode(encoding))
    assert column(given, "passages.csv", "quote") == ["vaccin 💉 é"]
    assert given.problems == []


def test_halves_of_characters_in_cesu_8_are_joined_and_told(eppi: Callable[..., Given]) -> None:
    text = json.dumps(export(item(1, coded(11, page(1, "so 💉 it")))), ensure_ascii=False, indent=1)
    cesu = text.replace("💉", "\ud83d\udc89").encode("utf-8", "surrogatepass")
    with pytest.raises(UnicodeDecodeError):
        cesu.decode()
    given = eppi(cesu)
    assert column(given, "passages.csv", "quote") == ["so 💉 it"]
    (problem,) = given.problems
    assert problem.severity is Severity.WARNING
    assert "CESU-8" in problem.message
    assert problem.row == text[: text.index("💉")].count("\n") + 1


@pytest.mark.parametrize("escaped", [True, False])
def test_half_a_character_is_told_where_it_stood(eppi: Callable[..., Given], escaped: bool) -> None:
    data = export(item(1, coded(11, page(1, "so \udc89 it"))))
    text = json.dumps(data, ensure_ascii=escaped)
    given = eppi(text.encode("utf-8", "surrogatepass"))
    assert column(given, "passages.csv", "quote") == ["so \ufffd it"]
    (problem,) = given.problems
    assert problem.found == "U+DC89"
    place = "References[1].Codes[1].ItemAttributeFullTextDetails[1].Text"
    assert problem.column == place


def test_other_bytes_are_refused_where_they_stand(eppi: Callable[..., Given]) -> None:
    text = json.dumps(export(item(1)), indent=1).replace("Building", "B\xe9ilding")
    given = eppi(text.encode("latin-1"))
    (problem,) = errors(given)
    assert problem.row == text[: text.index("B\xe9")].count("\n") + 1
    assert "0xE9" in str(problem.found)
    assert given.tables == {}


def test_broken_json_is_refused_where_it_breaks(eppi: Callable[..., Given]) -> None:
    text = json.dumps(export(item(1)), indent=1)
    cut = text[: len(text) // 2]
    (problem,) = errors(eppi(cut.encode()))
    assert problem.message == "this is not JSON"
    assert problem.row == cut.count("\n") + 1


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ([{"id": "a", "title": "CSL", "type": "book"}], "a list of objects with id, title, type"),
        ({"references": []}, "an object with references"),
        ({"CodeSets": {}, "References": {}}, "an object with CodeSets, References"),
        (7, "a single value"),
    ],
)
def test_json_of_another_shape_is_told_apart(
    eppi: Callable[..., Given], data: Any, found: str
) -> None:
    assert not is_eppi(data)
    (problem,) = errors(eppi(data))
    assert problem.message == "this is JSON, but not an export of EPPI-Reviewer"
    assert problem.found == found


def test_a_reference_becomes_a_source_with_all_that_it_says(eppi: Callable[..., Given]) -> None:
    said = {
        "Authors": "Smith Ann B; Jones C ; ",
        "Year": "2012///",
        "DOI": "https://doi.org/10.1000/ABC.1?x=1",
        "ParentTitle": "Illustrative Journal",
        "Volume": "4",
        "Issue": "2",
        "Pages": "33-38",
        "URL": "https://example.org",
        "Abstract": "Illustrative abstract.",
        "Keywords": ["a", "b"],
        "ItemStatus": "I",
        "Outcomes": [{"OutcomeId": 3}],
    }
    given = eppi(export(item(1, **said)))
    assert given.problems == []
    (source,) = rows(given, "sources.csv")
    assert source.cells["authors"] == ["Smith Ann B", "Jones C"]
    assert source.text("year") == "2012"
    assert source.text("doi") == "10.1000/abc.1"
    assert source.text("kind") == "paper"
    assert source.text("included") == "yes"
    (reference,) = rows(given, "references.csv")
    assert reference.text("source") == source.text("id") == "smith-2001-1"
    fields = json.loads(reference.text("fields"))
    assert fields["DOI"] == [said["DOI"]]
    assert fields["Abstract"] == ["Illustrative abstract."]
    assert fields["Keywords"] == ["a", "b"]
    assert json.loads(fields["Outcomes"][0]) == {"OutcomeId": 3}
    assert "Codes" not in fields


def test_what_is_not_well_formed_stays_in_the_fields(eppi: Callable[..., Given]) -> None:
    given = eppi(export(item(1, DOI="none", Year="in press"), item(2, Title=["a"])))
    first, second = rows(given, "sources.csv")
    assert "doi" not in first.cells
    assert "year" not in first.cells
    assert second.text("title") == "Smith (2002)"
    assert [(problem.row, problem.column) for problem in warnings(given)][:2] == [
        (1, "Year"),
        (1, "DOI"),
    ]
    assert json.loads(rows(given, "references.csv")[0].text("fields"))["DOI"] == ["none"]


def test_a_kind_that_nobody_states_is_asked_for(eppi: Callable[..., Given]) -> None:
    data = export(item(1, TypeName="Generic"), item(2), item(3, TypeName=""))
    (problem,) = errors(eppi(data))
    assert problem.row == 1
    assert "2 of 3 records" in problem.message
    assert "interview" in str(problem.expected)
    given = eppi(data, "kind: grey\nkinds:\n  Illustrative paper 3: consultation\n")
    assert errors(given) == []
    assert column(given, "sources.csv", "kind") == ["grey", "paper", "consultation"]


def test_an_item_that_is_there_twice_is_an_error(eppi: Callable[..., Given]) -> None:
    (problem,) = errors(eppi(export(item(1), item(1))))
    assert problem.message == "the record is there twice"
    assert problem.row == 2


def test_a_code_that_no_code_set_has_loses_no_quote(eppi: Callable[..., Given]) -> None:
    given = eppi(export(item(1, coded(999, page(1, "kept")))))
    assert column(given, "passages.csv", "quote") == ["kept"]
    assert rows(given, "codes.csv")[-1].text("name") == "999"
    assert warnings(given)[0].found == "999"


# -- the mapping ----------------------------------------------------------------------------------


def evidence(given: Given) -> list[dict[str, list[str]]]:
    return [row.cells for row in rows(given, "evidence.csv")]


def test_codes_on_one_passage_make_one_piece_of_evidence(eppi: Callable[..., Given]) -> None:
    same = page(3, "people spoke up")
    codes = [coded(id_, same) for id_ in (11, 21, 31, 41, 52)]
    given = eppi(export(item(1, *codes)), MAPPING)
    (found,) = evidence(given)
    passages = rows(given, "passages.csv")
    assert len(passages) == 5
    assert found == {
        "id": [f"e-{passages[0].text('id')}"],
        "source": ["smith-2001-1"],
        "mechanism": ["building-trust"],
        "stance": ["challenges"],
        "passage": [passages[0].text("id")],
        "quote": ["people spoke up"],
        "locator": ["p. 3"],
        "levels": ["team"],
        "contexts": ["hospital"],
    }
    assert column(given, "mechanisms.csv", "name") == ["Building trust", "Making time"]
    assert column(given, "concepts.csv", "id") == ["hospital"]


def test_without_a_mechanism_an_outcome_or_a_context_is_the_target(
    eppi: Callable[..., Given],
) -> None:
    codes = [coded(31, page(1, "one")), coded(21, page(1, "one")), coded(21, page(2, "two"))]
    given = eppi(export(item(1, *codes)), MAPPING + "stance: supports\n")
    found = [(cells["concept"], cells["role"], cells.get("contexts")) for cells in evidence(given)]
    assert found == [(["speaking"], ["outcome"], ["hospital"]), (["hospital"], ["context"], None)]


def test_a_stance_is_never_invented(eppi: Callable[..., Given]) -> None:
    data = export(item(1, coded(11, page(1, "one")), coded(12, page(2, "two"), page(3, "three"))))
    given = eppi(data, MAPPING)
    assert evidence(given) == []
    assert len(rows(given, "passages.csv")) == 3
    (problem,) = given.problems
    assert problem.severity is Severity.WARNING
    assert problem.found == "3"
    assert [cells["stance"] for cells in evidence(eppi(data, MAPPING + "stance: refines\n"))] == [
        ["refines"]
    ] * 3


def test_two_stances_on_one_passage_are_not_chosen_between(eppi: Callable[..., Given]) -> None:
    codes = [coded(id_, page(1, "one")) for id_ in (11, 51, 52)]
    given = eppi(export(item(1, *codes)), MAPPING)
    assert evidence(given) == []
    (problem,) = warnings(given)
    assert problem.found == "supports, challenges"


def test_codes_of_another_passage_page_or_arm_are_not_drawn_in(eppi: Callable[..., Given]) -> None:
    codes = [
        coded(11, page(1, "one"), arm="Control"),
        coded(41, page(1, "other")),
        coded(41, page(2, "one")),
        coded(41, page(1, "one"), arm="Intervention"),
        coded(41),
    ]
    given = eppi(export(item(1, *codes)), MAPPING + "stance: supports\n")
    (found,) = evidence(given)
    assert "levels" not in found


@pytest.mark.parametrize(
    ("text", "row", "message", "hint"),
    [
        ("mechanisms:\n  Bilding trust:\n", 2, "no code goes by this name", "'Building trust'"),
        ("mechanisms:\n  - Trust\n", 2, "no code goes by this name", None),
        ("mechanisms:\n  Mechanism > *:\n", 2, "no code stands below this one", "'Mechanisms'"),
        ("\ncontexts:\n  - Other\n", 3, "2 codes of export.json go by this name", "Theory > Con"),
        (
            "contexts: [Hospital]\noutcomes:\n  Theory > Contexts > Hospital:\n",
            3,
            "the code 'Hospital' is mapped twice",
            "contexts",
        ),
        ("kind: paper\nkinds:\n  Nobody: grey\n", 3, "no source goes by this name", None),
    ],
)
def test_a_wrong_entry_of_the_mapping_is_told_at_its_line(
    eppi: Callable[..., Given], text: str, row: int, message: str, hint: str | None
) -> None:
    (problem,) = errors(eppi(export(item(1)), text))
    assert (problem.file, problem.row) == ("mapping.yaml", row)
    assert message in problem.message
    assert hint is None or hint in str(problem.hint)


@pytest.mark.parametrize(
    ("text", "row", "message"),
    [
        ("mechanism: x\n", 1, "unknown name 'mechanism'"),
        ("kind: paper\nstance: support\n", 2, "unknown stance"),
        ("stances:\n  For: pro\n", 2, "unknown For"),
        ("kind: article\n", 1, "unknown kind"),
        ("a: &x 1\nb: *x\n", 1, "aliases"),
        ("a: !x 1\n", 1, "tags"),
        ("- a\n", 1, "expected `name: value` lines"),
        ("kind: paper\nkind: grey\n", 2, "there twice"),
        ("mechanisms: [{a: b}]\n", 1, "a list holds names of codes"),
        ("kind: 'paper\n", 2, "this is not YAML"),
    ],
)
def test_a_mapping_that_cannot_be_read_says_where(text: str, row: int, message: str) -> None:
    mapping, problems = read_mapping(text, "mapping.yaml")
    assert mapping is None
    assert message in problems[0].message
    assert problems[0].row == row


def test_codes_go_by_id_name_or_path_and_the_nearer_entry_wins(eppi: Callable[..., Given]) -> None:
    text = (
        "stance: supports\nmechanisms:\n  theory >  MECHANISMS > *: all\n  12: time\n"
        "contexts:\n  Contexts > Other:\noutcomes: [Outcomes > Other]\n"
    )
    codes = [coded(id_, page(id_, "x y")) for id_ in (11, 12, 22, 32)]
    given = eppi(export(item(1, *codes)), text)
    assert given.problems == []
    targets = [cells.get("mechanism", cells.get("concept")) for cells in evidence(given)]
    assert targets == [["all"], ["time"], ["other-22"], ["other-32"]]


# -- REFI-QDA -------------------------------------------------------------------------------------

TEXT = "Ann 💉 said: we trusted each other.\r\nThat was in the ward. 🙂 We had time, and spoke up."


def guid(number: int) -> str:
    return f"{number:08x}-0000-4000-8000-000000000000"


def selection(number: int, words: str, *codes: int, text: str = TEXT, user: int = 1) -> str:
    start = text.index(words)
    inside = "".join(
        f'<Coding guid="{guid(number * 100 + code)}" creatingUser="{guid(user)}">'
        f'<CodeRef targetGUID="{{{guid(code).upper()}}}"/></Coding>'
        for code in codes
    )
    return (
        f'<PlainTextSelection guid="{guid(number)}" startPosition="{start}" '
        f'endPosition="{start + len(words)}">{inside}</PlainTextSelection>\n'
    )


def project(sources: str, more: str = "", origin: str = "QualCoder") -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="{NS}" name="Illustrative" origin="{origin}">
<Users><User guid="{guid(1)}" name="Ann"/><User guid="{guid(2)}" name="Bo"/></Users>
<CodeBook><Codes>
<Code guid="{guid(10)}" name="Mechanisms" isCodable="false">
<Code guid="{guid(11)}" name="Trust" isCodable="true"><Description>Said so.</Description></Code>
<Code guid="{guid(12)}" name="Time" isCodable="true"/>
</Code>
<Code guid="{guid(21)}" name="Ward" isCodable="true"/>
<Code guid="{guid(51)}" name="Against" isCodable="true"/>
</Codes></CodeBook>
{more}
<Sources>
{sources}
</Sources>
</Project>
"""


def text_source(*inside: str, path: str = "internal://a.txt", number: int = 90) -> str:
    return (
        f'<TextSource guid="{guid(number)}" name="Interview {number}" plainTextPath="{path}">'
        f"{''.join(inside)}</TextSource>"
    )


def packed(sources: str, text: str = TEXT, **more: Any) -> Files:
    return {"project.qde": project(sources, **more), "Sources/a.txt": text.encode("utf-8-sig")}


@pytest.fixture
def refi(tmp_path: Path) -> Callable[..., Given]:
    def read(
        files: Files | bytes,
        mapping: str | None = "kind: interview\n",
        name: str = "p.qdpx",
        max_mb: int = 5,
    ) -> Given:
        path = tmp_path / name
        path.write_bytes(files if isinstance(files, bytes) else zip_of(files))
        known = None if mapping is None else mapped(mapping)
        return read_refi(path, name, mapping=known, max_mb=max_mb)

    return read


@in_corpus
@pytest.mark.parametrize("path", REFI, ids=lambda path: path.name)
def test_no_coding_of_a_real_project_is_lost(path: Path) -> None:
    given = read_refi(path, path.name, mapping=mapped("kind: interview"), max_mb=100)
    with zipfile.ZipFile(path) as opened:
        name = next(name for name in opened.namelist() if name.casefold() == "project.qde")
        root = ET.fromstring(opened.read(name))
    ns = f"{{{NS}}}"
    parents = {inside: outside for outside in root.iter() for inside in outside}
    codings = [
        (
            parents[coding].get("guid"),
            coding.find(f"{ns}CodeRef").get("targetGUID"),  # type: ignore[union-attr]
            coding.get("creatingUser"),
        )
        for coding in root.iter(f"{ns}Coding")
    ]
    assert errors(given) == []
    assert given.records["codings"] == len(codings)
    # A selection in a PDF is stated twice, as words and as a place: it is one passage.
    assert len(rows(given, "passages.csv")) == len(set(codings))
    assert len(rows(given, "codes.csv")) == len(list(root.iter(f"{ns}Code")))
    held = next(part for part in root if part.tag == f"{ns}Sources")
    assert len(rows(given, "sources.csv")) == len(list(held))
    ids = [row.text("id").casefold() for row in rows(given, "passages.csv")]
    assert len(set(ids)) == len(ids)
    used = Counter(row.text("code").rpartition("-")[2] for row in rows(given, "passages.csv"))
    assert used == Counter(code.casefold()[:8] for _, code, _ in set(codings) if code)


@in_corpus
def test_quotes_of_a_real_project_are_cut_where_words_are() -> None:
    path = next(path for path in REFI if "oltas" in path.name)
    given = read_refi(path, path.name, mapping=mapped("kind: interview"), max_mb=100)
    passages = rows(given, "passages.csv")
    with zipfile.ZipFile(path) as opened:
        texts = [opened.read(name) for name in opened.namelist() if name.endswith(".txt")]
    by_hash = {
        hashlib.sha256(text.decode("utf-8-sig").encode()).hexdigest(): text.decode("utf-8-sig")
        for text in texts
    }
    whole = 0
    for row in passages:
        text = by_hash[row.text("text_hash")]
        start, end = map(int, row.text("span").split("-"))
        assert text[start:end] == row.cells["quote"][0]
        whole += not text[start - 1 : start + 1].isalnum() and not text[end - 1 : end + 1].isalnum()
    assert whole / len(passages) > 0.95
    assert any("UTF-16" in problem.message for problem in warnings(given))


@pytest.mark.parametrize("name", ["project.qde", "Project.qde", "PROJECT.QDE", "in a/project.qde"])
def test_a_project_gives_codes_passages_sources_and_cases(
    refi: Callable[..., Given], name: str
) -> None:
    more = (
        f'<Cases><Case guid="{guid(70)}" name="Ann">'
        f'<SourceRef targetGUID="{guid(90)}"/></Case></Cases>'
    )
    files = packed(text_source(selection(91, "we trusted each other", 11, 51)), more=more)
    files = {name: files["project.qde"], "Sources/a.txt": files["Sources/a.txt"]}
    given = refi(files, "kind: interview\nmechanisms: [Trust]\nstances: {Against: challenges}\n")
    assert given.problems == []
    first, second = rows(given, "passages.csv")
    start = TEXT.index("we trusted")
    assert first.text("quote") == "we trusted each other"
    assert first.text("span") == f"{start}-{start + 21}"
    assert first.text("text_hash") == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (first.text("arm"), first.text("coder")) == ("Ann", "Ann")
    assert first.text("code") == "trust-0000000b"
    assert second.text("code").startswith("against")
    (found,) = evidence(given)
    assert found["mechanism"] == ["trust"]
    assert found["stance"] == ["challenges"]
    assert found["span"] == [first.text("span")]
    (mechanism,) = rows(given, "mechanisms.csv")
    assert mechanism.text("description") == "Said so."


def utf16(at: int) -> int:
    return len(TEXT[:at].encode("utf-16-le")) // 2


def one_line_end(at: int) -> int:
    return len(TEXT[:at].replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (lambda at: at, False),
        (utf16, True),
        (one_line_end, True),
        (lambda at: len(TEXT[:at].replace("\r\n", "\n").encode("utf-16-le")) // 2, True),
    ],
)
def test_positions_are_read_as_the_tool_counts_them(
    refi: Callable[..., Given], counts: Callable[[int], int], told: bool
) -> None:
    words = ["we trusted each other", "the ward", "We had time", "spoke up"]
    places = [(TEXT.index(one), TEXT.index(one) + len(one)) for one in words]
    inside = "".join(
        f'<PlainTextSelection guid="{guid(at)}" startPosition="{counts(start)}" '
        f'endPosition="{counts(end)}"><Coding guid="{guid(at + 50)}">'
        f'<CodeRef targetGUID="{guid(11)}"/></Coding></PlainTextSelection>'
        for at, (start, end) in enumerate(places, 100)
    )
    given = refi(packed(text_source(inside)))
    assert column(given, "passages.csv", "quote") == words
    assert column(given, "passages.csv", "span") == [f"{start}-{end}" for start, end in places]
    assert bool(warnings(given)) is told


def test_overlapping_passages_speak_together(refi: Callable[..., Given]) -> None:
    source = text_source(
        selection(91, "we trusted each other", 11),
        selection(92, "we trusted each other.\r\nThat was in the ward", 21),
        selection(93, "We had time", 12),
        selection(94, "spoke up", 51),
    )
    text = "kind: interview\nstance: supports\nmechanisms: [Trust, Time]\ncontexts: [Ward]\n"
    found = evidence(refi(packed(source), text))
    assert [(cells["mechanism"], cells.get("contexts")) for cells in found] == [
        (["trust"], ["ward"]),
        (["time"], None),
    ]


def test_pages_rectangles_and_times_are_locators(refi: Callable[..., Given]) -> None:
    def coding(code: int) -> str:
        return f'<Coding guid="{guid(1)}"><CodeRef targetGUID="{guid(code)}"/></Coding>'

    corners = 'firstX="1" firstY="2" secondX="3" secondY="4"'
    sources = f"""
<PDFSource guid="{guid(80)}" name="Report.pdf">
<PDFSelection guid="{guid(81)}" page="0" {corners}>{coding(11)}</PDFSelection>
<Representation guid="{guid(82)}" plainTextPath="internal://a.txt">
<PlainTextSelection guid="{guid(81)}" startPosition="6" endPosition="10">{coding(11)}
</PlainTextSelection></Representation></PDFSource>
<PictureSource guid="{guid(83)}" name="Board.jpg">
<PictureSelection guid="{guid(84)}" {corners}>{coding(11)}</PictureSelection></PictureSource>
<AudioSource guid="{guid(85)}" name="Talk.m4a" path="relative:///talk.m4a">
<AudioSelection guid="{guid(86)}" begin="61005" end="3600000">{coding(11)}</AudioSelection>
<Transcript guid="{guid(87)}" plainTextPath="internal://a.txt">
<SyncPoint guid="{guid(88)}" position="0" timeStamp="0"/>
<SyncPoint guid="{guid(89)}" position="3" timeStamp="900"/>
<TranscriptSelection guid="{guid(79)}" fromSyncPoint="{guid(88)}" toSyncPoint="{guid(89)}">
{coding(12)}</TranscriptSelection></Transcript></AudioSource>"""
    given = refi(packed(sources, text="Ann: said so."))
    assert given.problems == []
    found = [(row.text("locator"), row.text("quote")) for row in rows(given, "passages.csv")]
    assert found == [
        ("p. 1, rectangle 1,2–3,4", "aid"),
        ("rectangle 1,2–3,4", ""),
        ("00:01:01.005–01:00:00.000", ""),
        ("00:00:00.000–00:00:00.900", "Ann"),
    ]


def test_notes_stay_with_what_they_are_about(refi: Callable[..., Given]) -> None:
    more = f"""<Notes>
<Note guid="{guid(60)}" name="On trust"><PlainTextContent>Odd.</PlainTextContent></Note>
<Note guid="{guid(61)}" name="Diary"><PlainTextContent>Monday.</PlainTextContent></Note></Notes>"""
    noted = selection(91, "we trusted each other", 11).replace(
        "<Coding",
        f'<Description>Mark this.</Description><NoteRef targetGUID="{guid(60)}"/><Coding',
        1,
    )
    bare = selection(92, "We had time").replace(
        "</PlainTextSelection>", "<Description>Why?</Description></PlainTextSelection>"
    )
    given = refi(packed(text_source(noted, bare), more=more))
    assert column(given, "passages.csv", "note") == ["Mark this.\nOn trust\nOdd."]
    assert column(given, "sources.csv", "note") == [f"characters {TEXT.index('We had')}: Why?"]
    assert [problem.found for problem in warnings(given)] == ["1", "1: Diary\nMonday."]


def test_two_coders_of_one_passage_are_two_passages(refi: Callable[..., Given]) -> None:
    both = selection(91, "We had time", 12) + selection(91, "We had time", 12, user=2)
    given = refi(packed(text_source(both)))
    assert column(given, "passages.csv", "coder") == ["Ann", "Bo"]


def test_the_kind_of_sources_is_asked_for(refi: Callable[..., Given]) -> None:
    for mapping in (None, "stance: supports\n"):
        (problem,) = errors(refi(packed(text_source()), mapping))
        assert problem.row == 14
        assert "paper, grey, synthesis, interview, consultation" in str(problem.expected)
    mixed = "kind: paper\nkinds: {Interview 90: interview}\n"
    assert column(refi(packed(text_source()), mixed), "sources.csv", "kind") == ["interview"]


def test_a_codebook_alone_gives_codes(refi: Callable[..., Given]) -> None:
    book = project("").replace(NS, "urn:QDA-XML:codebook:1.0")
    start, end = book.index("<Codes>"), book.index("</CodeBook>")
    text = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0">{book[start:end]}</CodeBook>'
    given = refi(text.encode(), "mechanisms:\n  Mechanisms > *:\n", name="book.qdc")
    assert given.problems == []
    assert len(rows(given, "codes.csv")) == 5
    assert column(given, "mechanisms.csv", "id") == ["trust", "time"]
    assert "sources.csv" not in given.tables


def test_a_text_that_is_not_there_loses_no_passage(refi: Callable[..., Given]) -> None:
    for path in ("internal://b.txt", "relative:///b.txt", "absolute:///C:/b.txt"):
        given = refi(packed(text_source(selection(91, "We had time", 12), path=path)))
        (row,) = rows(given, "passages.csv")
        assert row.text("locator").startswith("characters ")
        assert "quote" not in row.cells
        (problem,) = warnings(given)
        assert (problem.row, problem.found) == (14, path)


@pytest.mark.parametrize(
    "path",
    ["internal://../../etc/passwd", "internal:///%2e%2e/x", "file:///etc/passwd", "http://a/b.txt"],
)
def test_a_text_outside_of_the_archive_is_not_opened(refi: Callable[..., Given], path: str) -> None:
    given = refi(packed(text_source(selection(91, "We had time", 12), path=path)))
    assert errors(given) == []
    (problem,) = warnings(given)
    assert "outside of the archive" in problem.message
    assert problem.found == path
    (row,) = rows(given, "passages.csv")
    assert "quote" not in row.cells


@pytest.mark.parametrize(
    ("name", "message"),
    [("../x.txt", "points outside"), ("/etc/x.txt", "points outside"), ("a/b.zip", "an archive")],
)
def test_a_file_that_may_not_be_there_is_left_out_alone(
    refi: Callable[..., Given], name: str, message: str
) -> None:
    files = packed(text_source(selection(91, "We had time", 12)))
    given = refi(files | {name: "x"})
    assert column(given, "passages.csv", "quote") == ["We had time"]
    (problem,) = given.problems
    assert (problem.severity, problem.found) == (Severity.WARNING, name)
    assert message in problem.message


def test_a_project_one_folder_deep_keeps_its_quotes(refi: Callable[..., Given]) -> None:
    files = packed(text_source(selection(91, "We had time", 12)))
    given = refi({f"My project/{name}": text for name, text in files.items()})
    assert given.problems == []
    assert column(given, "passages.csv", "quote") == ["We had time"]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE Project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE Project SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!DOCTYPE Project>",
    ],
)
def test_document_types_and_entities_are_refused(refi: Callable[..., Given], head: str) -> None:
    qde = project("").replace("?>\n", f"?>\n{head}\n", 1)
    for files, name in (({"project.qde": qde}, "p.qdpx"), (qde.encode(), "p.qdc")):
        given = refi(files, name=name)
        (problem,) = given.problems
        assert problem.severity is Severity.ERROR
        assert "none is read" in problem.message
        assert problem.row == 2
        assert given.tables == {}


def test_elements_deep_in_each_other_are_refused(refi: Callable[..., Given]) -> None:
    qde = f"<Project>{'<Code>' * 500}{'</Code>' * 500}</Project>"
    (problem,) = refi(qde.encode(), name="b.qdc").problems
    assert "deep in each other" in problem.message


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"../project.qde": "x"}, "there is no project.qde"),
        ({"notes.txt": "x"}, "there is no project.qde"),
        ({"a/project.qde": "x", "b/project.qde": "y"}, "it holds 2 projects"),
        ({"project.qde": "x", "PROJECT.qde": "y"}, "two files in it have one name"),
        ({"project.qde": "no XML"}, "this is not XML"),
        ({"project.qde": "<html/>"}, "neither a project nor a codebook"),
    ],
)
def test_a_bad_archive_is_refused_in_plain_words(
    refi: Callable[..., Given], files: Files, message: str
) -> None:
    (problem,) = errors(refi(files))
    assert message in problem.message
    assert problem.file == "p.qdpx"


def test_documents_inside_are_left_alone(refi: Callable[..., Given]) -> None:
    files = packed(text_source(selection(91, "We had time", 12)))
    files |= {"Sources/a.docx": zip_of({"word/document.xml": "x"}), "Sources/b.pdf": "%PDF-"}
    assert refi(files).problems == []


@pytest.mark.parametrize("said", [None, 10])
def test_a_bomb_is_refused_within_the_limit(refi: Callable[..., Given], said: int | None) -> None:
    data = bytearray(zip_of({"project.qde": b" " * (60 * MB)}))
    if said is not None:
        struct.pack_into("<I", data, 22, said)
        struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, said)
    with memory_below(8):
        given = refi(bytes(data), max_mb=1)
    (problem,) = errors(given)
    assert "inflates to more than 1 MB" in problem.message or "is damaged" in problem.message


# -- damage ---------------------------------------------------------------------------------------


def damaged(data: bytes, times: int) -> Iterator[bytes]:
    """Cut, flipped, spliced, doubled: the same each time."""
    chance = random.Random(7)
    for _ in range(times):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            at, to = sorted(chance.randrange(len(broken) + 1) for _ in range(2))
            match chance.randrange(5):
                case 0:
                    del broken[at:]
                case 1:
                    broken[at : at + 1] = bytes([chance.randrange(256)])
                case 2:
                    del broken[at : min(to, at + 40)]
                case 3:
                    broken[at:at] = broken[at : min(to, at + 200)]
                case 4:
                    broken[at : at + 4] = bytes(chance.randrange(256) for _ in range(4))
            if not broken:
                break
        yield bytes(broken)


def shuffled(data: Any, times: int) -> Iterator[Any]:
    """The same JSON with values swapped for others of it."""
    chance = random.Random(11)
    for _ in range(times):
        copy = json.loads(json.dumps(data))
        places: list[tuple[Any, Any]] = []

        def walk(value: Any, places: list[tuple[Any, Any]] = places) -> None:
            keys = value if isinstance(value, dict) else range(len(value))
            for key in list(keys):
                places.append((value, key))
                if isinstance(value[key], dict | list):
                    walk(value[key])

        walk(copy)
        for _ in range(chance.randint(1, 5)):
            (one, at), (_, _) = chance.choice(places), chance.choice(places)
            other, key = chance.choice(places)
            choice = [None, 7, -1.5, True, "", "text", [], {}, [[]], {"a": 1}, "\ud800"]
            try:
                one[at] = (
                    json.loads(json.dumps(other[key]))
                    if chance.random() < 0.5
                    else (chance.choice(choice))
                )
            except (KeyError, IndexError):
                continue
        yield copy


def whole_or_told(given: Given) -> None:
    """Every row can be kept as text, and if there is none, a problem says why."""
    assert given.tables or given.problems
    for table in given.tables.values():
        numbers = [row.number for row in table.rows]
        assert len(set(numbers)) == len(numbers)
        for row in table.rows:
            for name, cells in row.cells.items():
                assert name in table.columns
                assert all(isinstance(cell, str) for cell in cells)
                "".join(cells).encode()
    for problem in given.problems:
        assert problem.file
        problem.sentence().encode()
    ids = {row.text("id") for row in rows(given, "sources.csv")}
    codes = {row.text("id") for row in rows(given, "codes.csv")}
    passages = {row.text("id") for row in rows(given, "passages.csv")}
    assert len(passages) == len(rows(given, "passages.csv"))
    assert {row.text("source") for row in rows(given, "passages.csv")} <= ids
    assert {row.text("code") for row in rows(given, "passages.csv")} <= codes
    assert {row.text("passage") for row in rows(given, "evidence.csv")} <= passages


WHOLE = export(
    item(1, coded(11, page(1, "one", "two"), arm="A"), coded(51, page(1, "one")), DOI="10.1000/x"),
    item(2, coded(21, page("9", "💉")), coded(999), Authors="Smith A; Jones B"),
)


def test_damaged_exports_give_rows_or_say_why(eppi: Callable[..., Given]) -> None:
    for broken in damaged(json.dumps(WHOLE, indent=1, ensure_ascii=False).encode(), 300):
        whole_or_told(eppi(broken, MAPPING))


@pytest.mark.slow
def test_shuffled_exports_give_rows_or_say_why(eppi: Callable[..., Given]) -> None:
    for broken in shuffled(WHOLE, 400):
        whole_or_told(eppi(json.dumps(broken).encode(), MAPPING))


def test_damaged_projects_give_rows_or_say_why(refi: Callable[..., Given]) -> None:
    source = text_source(selection(91, "We had time", 12), selection(92, "spoke up", 11, 51))
    files = packed(source)
    for broken in damaged(zip_of(files), 200):
        whole_or_told(refi(broken))
    for broken in damaged(str(files["project.qde"]).encode(), 400):
        whole_or_told(refi(files | {"project.qde": broken}))
    for broken in damaged(TEXT.encode(), 50):
        whole_or_told(refi(files | {"Sources/a.txt": broken}))


@pytest.mark.parametrize("data", [b"", b"   ", b"\xef\xbb\xbf", b"[" * 100_000, b"1" * 5000])
def test_files_that_are_nothing_are_refused(
    eppi: Callable[..., Given], refi: Callable[..., Given], data: bytes
) -> None:
    assert errors(eppi(data))
    assert errors(refi(data))
    assert errors(refi(data, name="b.qdc"))


# -- with the rest of a review --------------------------------------------------------------------


def test_coded_documents_are_loaded_with_a_review(tmp_path: Path) -> None:
    first, second = tmp_path / "one.json", tmp_path / "two.json"
    extra = attribute(60, "Only here")
    sets = json.loads(json.dumps(SCHEME))
    sets["Attributes"]["AttributesList"].append(extra)
    codes = [coded(id_, page(1, "one")) for id_ in (11, 51)]
    first.write_text(json.dumps(export(item(1, *codes))), encoding="utf-8")
    second.write_text(json.dumps(export(item(2, *codes, coded(60)), sets=[sets])), encoding="utf-8")
    mapping = tmp_path / "codes.yaml"
    mapping.write_text(
        "mechanisms:\n  - Building trust\n  - Only here\nstances: {For: supports}\n",
        encoding="utf-8",
    )
    settings = Settings()
    how = How(mapping=mapping)
    with scratch_store(settings) as store:
        both = [first, second]
        loaded = load(store, both, settings, how=how, review="r", title="Illustrative")
        (warning,) = loaded.warnings
        assert (warning.file, warning.found) == ("two.json", "1")
        counts = {label: count.new for label, count in loaded.report.kinds.items()}
        assert (counts["Code"], counts["Passage"], counts["Evidence"]) == (15, 5, 2)
        again = load(store, both, settings, how=how, review="r")
        assert (again.report.total.new, again.report.total.changed) == (0, 0)
    mapping.write_text("mechanisms: [Nowhere]\n", encoding="utf-8")
    reading = check(both, settings, how=how, review="r", title="Illustrative")
    assert [problem.message for problem in reading.errors] == ["no code goes by this name"]


@in_corpus
def test_real_coded_documents_can_be_loaded(tmp_path: Path) -> None:
    mapping = tmp_path / "codes.yaml"
    mapping.write_text("kind: interview\nstance: supports\n", encoding="utf-8")
    settings = Settings()
    for paths in ([path for path in EPPI if "hbcp" in path.name], REFI):
        reading = check(paths, settings, how=How(mapping=mapping), review="r", title="Illustrative")
        assert reading.errors == []
        assert reading.bundle is not None
        assert all(count.rejected == 0 for count in reading.files)
