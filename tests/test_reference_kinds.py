"""What a file is: seen from what is in it, read if it can be, and named if it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from conftest import Ran
from pydantic import SecretStr
from reading import put, read, read_text, sources, told
from reference_files import COVIDENCE, FILES, RAYYAN
from serving import TOKEN, in_thread

from graph.errors import Severity
from graph.settings import Settings

REFER = """\
%0 Journal Article
%A Lee, Anna B.
%A Roy, C.
%T Debriefs on illustrative wards: what staff say of speaking up
%D 2019
%J Illustrative Journal
%V 12
%P 101-109
%R 10.9999/illustrative.1

%0 Report
%A Illustrative Trust
%T A report on debriefs in illustrative hospitals
%D 2012
"""
WOS_TABLE = (
    "PT\tAU\tBA\tTI\tSO\tPY\tBP\tEP\tDI\tPM\n"
    "J\tLee, AB; Roy, C\t\tDebriefs on illustrative wards: what staff say of speaking up\t"
    "ILLUSTRATIVE JOURNAL\t2019\t101\t109\t10.9999/illustrative.1\t123\n"
    "R\tIllustrative Trust\t\tA report on debriefs in illustrative hospitals\t\t2012\t\t\t\t\n"
)
READ = {**FILES, "refer": REFER, "wos-table": WOS_TABLE}


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("ending", ["", ".txt", ".ris", ".bib", ".csv", ".nbib"])
def test_content_decides_and_not_the_name(name: str, ending: str, tmp_path: Path) -> None:
    given = read_text(tmp_path, f"export{ending}", READ[name])
    assert given.records["records"] == 2, told(given)
    first, second = sources(given)
    assert (first["authors"], first["year"]) == (["Lee AB", "Roy C"], "2019")
    assert second["organisations"] == ["Illustrative Trust"]


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("name", ["rayyan", "covidence"])
def test_tables_of_screening_are_read_whatever_parts_their_cells(
    name: str, delimiter: str, tmp_path: Path
) -> None:
    import csv
    import io

    rows = list(csv.reader(io.StringIO(RAYYAN if name == "rayyan" else COVIDENCE)))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    given = read_text(tmp_path, f"{name}.csv", out.getvalue())
    comma = read_text(tmp_path, f"{name}.csv", RAYYAN if name == "rayyan" else COVIDENCE)
    shown = [
        [{key: one[key] for key in ("title", "authors", "year")} for one in sources(found)]
        for found in (given, comma)
    ]
    assert shown[0] == shown[1]
    assert given.records == comma.records


NAMED = {
    "scopus.csv": (
        "Authors,Author full names,Author(s) ID,Title,Year,Source title,Volume,DOI,Link,EID\n"
        'Lee A.,"Lee, Anna",1,Illustrative,2019,J,1,,,2-s2.0-1\n',
        "a CSV export of Scopus",
        "Export, RIS",
    ),
    "embase.csv": (
        '"Title","Author Names","Source","Embase Accession ID"\n"Illustrative","Lee A.","J","L1"\n',
        "a CSV export of Embase",
        "Export, RIS format",
    ),
    "ieee.csv": (
        '"Document Title",Authors,"Author Affiliations","Publication Title",DOI,"PDF Link"\n'
        '"Illustrative","A. Lee","","J","",""\n',
        "a CSV export of IEEE Xplore",
        "Citations, RIS",
    ),
    "springer.csv": (
        "Item Title,Publication Title,Book Series Title,Journal Volume,Item DOI,Authors,URL\n"
        "Illustrative,J,,1,10.9999/x,Anna Lee,\n",
        "a CSV list of SpringerLink",
        "Add Item by Identifier",
    ),
    "zotero.csv": (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI"\n'
        '"A","journalArticle","2019","Lee, Anna","Illustrative","J",""\n',
        "a CSV export of Zotero",
        "Export Library, RIS",
    ),
    "pubmed.csv": (
        "PMID,Title,Authors,Citation,First Author,Journal/Book\n1,Illustrative,Lee A,J,Lee A,J\n",
        "a CSV export of PubMed",
        "Format: PubMed",
    ),
    "project.qde": (
        '<?xml version="1.0"?><Project name="p" xmlns="urn:QDA-XML:project:1.0"></Project>',
        "from inside a REFI-QDA archive",
        ".qdpx",
    ),
    "pubmed.xml": (
        "<?xml version='1.0'?><PubmedArticleSet><PubmedArticle/></PubmedArticleSet>",
        "PubMed's XML",
        "Citation manager",
    ),
    "saved.txt": ("<!DOCTYPE html><html><body>TY  - JOUR</body></html>", "a web page", "RIS"),
    "library.enl": ("\x01\x02 binary", "an EndNote library", "Export, XML"),
    "codes.json": (
        json.dumps({"CodeSets": [{"SetName": "s", "Attributes": {"AttributesList": []}}]}),
        "a code set of EPPI-Reviewer without references",
        "JSON report",
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_exports_that_cannot_be_read_are_named_with_a_way_out(name: str, tmp_path: Path) -> None:
    text, called, instead = NAMED[name]
    given = read(put(tmp_path, name, text))
    (problem,) = [one for one in given.problems if one.severity is Severity.ERROR]
    assert called in problem.message
    assert instead in (problem.hint or "")
    if not name.endswith((".enl", ".csv")):  # also where it is called something else
        assert called in told(read(put(tmp_path, "other.txt", text)))[0]


CYRILLIC = "TY  - JOUR\nAU  - Ли\nPY  - 2018\nTI  - Рок\nER  - \n".encode("cp1251")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    settings = Settings(store=str(tmp_path / "served.kgl"), token=SecretStr(TOKEN))
    with (
        in_thread(settings) as served,
        served.client(headers={"Authorization": f"Bearer {TOKEN}"}) as opened,
    ):
        yield opened


def test_the_encoding_is_said_on_the_command_line(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    path = put(tmp_path, "r.ris", CYRILLIC)
    arguments = ("--review", "r", "--title", "Illustrative")
    wrong = command("check", path, *arguments, "--encoding", "cp12511", status=1)
    assert "no such encoding" in wrong.out + wrong.err
    command("load", path, *arguments, "--encoding", "cp1251")
    shown = json.loads(command("show", "sources", "--json").out)["items"]
    assert [source["title"] for source in shown] == ["Рок"]
    (record,) = json.loads(command("sources", "records", "--json").out)["items"]
    assert record["text"].encode(record["encoding"]) == CYRILLIC
    assert record["fields"]["AU"] == ["Ли"]


def test_the_encoding_is_said_over_http(client: httpx.Client) -> None:
    sent = {"name": "r.ris", "review": "r", "title": "Illustrative", "encoding": "cp1251"}
    loaded = client.post("/loads", params=sent, content=CYRILLIC)
    assert loaded.status_code == 201, loaded.text
    assert client.get("/sources").json()["items"][0]["title"] == "Рок"
    refused = client.post("/loads", params={**sent, "encoding": "none-such"}, content=CYRILLIC)
    assert refused.status_code == 422
    assert "no such encoding" in refused.text


def test_a_file_of_which_nothing_is_left_ends_with_status_1(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    path = put(tmp_path, "r.ris", "TY  - JOUR\nAU  - Lee, A\nER  - \n")
    arguments = ("--review", "r", "--title", "Illustrative")
    assert "it has no title" in command("load", path, *arguments, status=1).err
    named = put(tmp_path, "scopus.csv", NAMED["scopus.csv"][0])
    assert "Scopus" in command("load", named, *arguments, status=1).err


def test_lines_that_belong_to_no_record_are_counted(
    tmp_path: Path, command: Callable[..., Ran]
) -> None:
    text = "Provider: illustrative\n\n1.\nTY  - JOUR\nTI  - One\nER  - \n"
    path = put(tmp_path, "r.ris", text)
    out = command("load", path, "--review", "r", "--title", "Illustrative").out
    assert (
        "r.ris: 1 record = 1 accepted + 0 merged + 0 rejected; 2 lines belong to no record" in out
    )
