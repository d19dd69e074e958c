"""A library or a screening export that is loaded again: corrected records are known again.

All files are made up. What is right was worked out by hand from the two versions of each file.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from folders import table, write
from serving import of_version

from graph.questions.bundle import bundle_of
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store
from loaders.intake import Loaded, load

LEE = """\
TY  - JOUR
AU  - Lee, Anna
TI  - Debriefs on two ilustrative wards
PY  - 2019
JO  - J Made-up Care
ER  -
"""
ROY = """\
TY  - JOUR
AU  - Roy, Ben
TI  - Silence in illustrative theatres
PY  - 2020
ER  -
"""
LEE_CORRECTED = LEE.replace("ilustrative", "illustrative").replace(
    "ER  -", "DO  - 10.9999/i.1\nER  -"
)
ROY_CORRECTED = ROY.replace("2020", "2021")
ANNA = "Lee, Anna"
REVIEW = "id: lib\ntitle: Made-up\n"


def folder(path: Path, *sources: str) -> Path:
    rows = [[one, "voice", "supports", f"They spoke of {one}."] for one in sources]
    files = {
        "review.yaml": REVIEW,
        "mechanisms.csv": table(["id", "name"], ["voice", "Voice"]),
        "evidence.csv": table(["source", "mechanism", "stance", "statement"], *rows),
    }
    return write(path, {name: text.encode() for name, text in files.items()})


def library(path: Path, text: str, name: str = "lib.ris") -> Path:
    (path / name).write_text(text)
    return path / name


def said_of(store: Store) -> dict[str, dict[str, object]]:
    """Of each source by first author: its id and what it says, and that evidence is about it."""
    bundle = bundle_of(store, "lib")
    cited = {one.source for one in bundle.evidence}
    records = [one.source for one in bundle.references]
    return {
        source.authors[0].split()[0]: {
            "id": source.id,
            "title": source.title,
            "year": source.year,
            "doi": source.doi,
            "included": source.included,
            "cited": source.id in cited,
            "records": records.count(source.id),
        }
        for source in bundle.sources
    }


def test_a_corrected_library_says_what_it_says_now_of_the_same_sources(
    store: Store, tmp_path: Path
) -> None:
    here = folder(tmp_path / "lib", "Lee 2019", "Roy 2020")
    load(store, [here, library(tmp_path, LEE + ROY)], Settings())
    before = said_of(store)
    again = load(store, library(tmp_path, LEE_CORRECTED + ROY_CORRECTED), Settings(), review="lib")
    now = said_of(store)
    lee, roy = now["Lee"], now["Roy"]
    assert (lee["title"], lee["doi"]) == ("Debriefs on two illustrative wards", "10.9999/i.1")
    assert roy["year"] == 2021
    assert {name: one["id"] for name, one in now.items()} == {
        name: one["id"] for name, one in before.items()
    }
    assert all(one["cited"] and one["records"] == 1 for one in now.values())
    total = again.report.total
    assert (total.new, total.changed, total.removed) == (0, 4, 0)
    assert again.references[0].accepted == 2
    # Folder and library together, then the library as it was: the same two sources still.
    folder(here, "Lee 2019", "Roy 2021")
    load(store, [here, tmp_path / "lib.ris"], Settings())
    assert said_of(store) == now
    load(store, library(tmp_path, LEE + ROY), Settings(), review="lib")
    assert said_of(store) == before


def rayyan(path: Path, *votes: str) -> Path:
    rows = [
        [
            f"rayyan-{at}",
            title,
            "2019",
            "J Made-up Care",
            author,
            f'RAYYAN-INCLUSION: {{"Anna"=>"{vote}"}}',
        ]
        for at, (title, author, vote) in enumerate(
            zip(("Handover and voice", "Paper"), ("Khan, Dina", "Roy, Ben"), votes, strict=True)
        )
    ]
    text = table(["key", "title", "year", "journal", "authors", "notes"], *rows, quoted=True)
    return library(path, text, "rayyan.csv")


def test_a_changed_vote_is_of_the_same_source(store: Store, tmp_path: Path) -> None:
    here = folder(tmp_path / "lib", "Khan 2019", "Roy 2019")
    load(store, [here, rayyan(tmp_path, "Included", "Included")], Settings())
    before = said_of(store)
    again = load(store, rayyan(tmp_path, "Excluded", "Included"), Settings(), review="lib")
    now = said_of(store)
    assert now["Khan"] == {**before["Khan"], "included": False}
    assert now["Roy"] == before["Roy"]
    assert again.references[0].accepted == 2 and again.report.kinds["Reference"].new == 0


@pytest.mark.parametrize(
    ("was", "is_"),
    [
        (("Debriefs on wards in the north", ANNA), ("Handover at night", ANNA)),
        (("Voice in made-up teams, part 1", ANNA), ("Voice in made-up teams, part 2", ANNA)),
        (("Editorial", ANNA), ("Editorial", "Roy, Ben")),
        (("Rounds that listen to us all", ANNA), ("Rounds that listen to us all", "Oz, D")),
    ],
)
def test_another_record_in_the_same_place_is_another_source_and_the_lost_one_is_named(
    embedded_store: Store, tmp_path: Path, was: tuple[str, str], is_: tuple[str, str]
) -> None:
    def ris(title: str, author: str) -> str:
        return f"TY  - JOUR\nAU  - {author}\nTI  - {title}\nPY  - 2019\nER  -\n"

    here = folder(tmp_path / "lib", "Lee 2019")
    load(embedded_store, [here, library(tmp_path, ris(*was))], Settings())
    (before,) = bundle_of(embedded_store, "lib").sources
    again = load(embedded_store, library(tmp_path, ris(*is_)), Settings(), review="lib")
    after = bundle_of(embedded_store, "lib")
    assert {source.title for source in after.sources} == {was[0], is_[0]}
    assert len(after.sources) == 2
    assert {one.source for one in after.evidence} == {before.id}
    (told,) = warned(again, "stays as it was known")
    assert before.id in told and was[0] in told and "lib.ris" in told


def warned(loaded: Loaded, words: str) -> list[str]:
    return [str(problem) for problem in loaded.warnings if words in problem.message]


def test_records_that_an_earlier_version_loaded_keep_their_ids(tmp_path: Path) -> None:
    with open_store(Settings(store=str(of_version("0.1.0", "store.kgl", tmp_path)))) as store:
        before = bundle_of(store, "illustrative")
        report = RIS.format(title="A report on debriefs in illustrative hospital")
        total = load(
            store, library(tmp_path, report, "library.ris"), Settings(), review="illustrative"
        ).report.total
        after = bundle_of(store, "illustrative")
    assert total.new == 0
    (source,) = [one for one in after.sources if one.id == "illustrative:illustrative-2012-3eac9a"]
    assert source.title == "A report on debriefs in illustrative hospital"
    there = [one.id for one in after.references if one.file == "library.ris"]
    assert there == ["illustrative:r-3eac9aa25a3b"]
    assert {*there} < {one.id for one in before.references}


RIS = """\
TY  - RPRT
AU  - Illustrative Trust
TI  - {title}
PY  - 2012
ER  -
"""
