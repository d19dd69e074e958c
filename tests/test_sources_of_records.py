"""A source is what all of its records make it, whatever was loaded first; so is the flow."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from folders import table, write
from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from exports.formats import FORMATS, Format
from graph.model import ReviewBundle, Source, StepKind
from graph.questions.bundle import bundle_of
from graph.questions.flow import flow
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store
from loaders.detect_format import How
from loaders.intake import load
from loaders.merging import merge_sources, unmerge_source
from loaders.references.deciding import Screened

SETTINGS = Settings()
PAPERS = (
    ("Huddles before illustrative operations on children", "Lee, Anna", "2018"),
    ("What night staff say about silence in made-up theatres", "Roy, Ben", "2019"),
    ("Leaders who listen: an illustrative ethnography of wards", "Kim, Cho", "2020"),
    ("Stable teams and the reporting of small invented errors", "Day, Pia", "2021"),
)
"""Made-up papers that nobody could take for each other."""
STAGES = ("title and abstract", "full text")
SHOWN = {"title and abstract": "title-and-abstract", "full text": "full-text"}
REASONS = ("wrong population", "Wrong Population", "no mechanism")
HEAD = ["key", "title", "authors", "journal", "year", "volume", "pages", "doi", "notes"]
MORE = {"journal": "Illustrative Journal", "volume": "7", "pages": "11-19", "doi": "10.9999/p"}


@dataclass(slots=True)
class Made:
    """One made-up record of a paper: what it says, and what its file decides of it."""

    paper: int
    said: dict[str, str]
    decision: str = ""
    reason: str = ""


@dataclass(slots=True)
class MadeFile:
    """A file of made-up records; a stage makes it an export of Rayyan's."""

    name: str
    records: list[Made]
    stage: str | None = None
    replaces: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        """The file, as RIS or as Rayyan's CSV."""
        path = folder / self.name
        path.write_text(self._csv() if self.stage else self._ris(), encoding="utf-8")
        return path

    def _ris(self) -> str:
        tags = {"journal": "T2", "volume": "VL", "pages": "SP", "doi": "DO"}
        text = ""
        for one in self.records:
            title, author, year = PAPERS[one.paper]
            text += f"TY  - JOUR\nTI  - {title}\nAU  - {author}\nPY  - {year}\n"
            text += "".join(f"{tags[name]}  - {value}\n" for name, value in one.said.items())
            text += "ER  - \n"
        return text

    def _csv(self) -> str:
        rows = []
        for n, one in enumerate(self.records):
            title, author, year = PAPERS[one.paper]
            votes = {"included": "Included", "excluded": "Excluded", "undecided": "Maybe"}
            notes = f'RAYYAN-INCLUSION: {{"A"=>"{votes[one.decision]}"}}'
            notes += f" | RAYYAN-EXCLUSION-REASONS: {one.reason}" if one.reason else ""
            said = {"key": f"rayyan-{n}", "title": title, "authors": author, "year": year}
            cells = {**said, **one.said, "notes": notes}
            rows.append([cells.get(name, "") for name in HEAD])
        return table(HEAD, *rows)


@st.composite
def files(draw: st.DrawFn) -> list[MadeFile]:
    """A library, and up to two files for each of one or two stages."""
    papers = st.integers(0, len(PAPERS) - 1)
    said = st.dictionaries(st.sampled_from(sorted(MORE)), st.just(""), max_size=4)

    def record(*, decides: bool) -> Made:
        paper = draw(papers)
        values = {name: MORE[name] for name in draw(said)}
        if "doi" in values:
            values["doi"] = f"10.9999/p{paper}"
        if "volume" in values:
            values["volume"] = draw(st.sampled_from("78"))
        outcome = draw(st.sampled_from(["included", "excluded", "undecided"])) if decides else ""
        reason = draw(st.sampled_from(["", *REASONS])) if outcome == "excluded" else ""
        return Made(paper, values, outcome, reason)

    found = [MadeFile("library.ris", [record(decides=False) for _ in range(draw(papers) + 1)])]
    for stage in STAGES[: draw(st.integers(1, 2))]:
        names = [f"{SHOWN[stage]}-{n}.csv" for n in range(draw(st.integers(1, 2)))]
        for n, name in enumerate(names):
            records = [record(decides=True) for _ in range(draw(st.integers(1, 4)))]
            before = names[:n] if draw(st.booleans()) else []
            found.append(MadeFile(name, records, stage, before))
    return found


def taken_in(store: Store, folder: Path, made: list[MadeFile]) -> ReviewBundle:
    """The review after these files were loaded one by one."""
    for one in made:
        how = How(screened=Screened(stage=one.stage, replaces=tuple(one.replaces)))
        load(store, one.write(folder), SETTINGS, how=how, review="r", title="Illustrative")
    assert flow(store, "r").adds_up
    return bundle_of(store, "r")


def fields_of(source: Source) -> dict[str, Any]:
    """What a source says, without its id, which the first record gives it."""
    return source.model_dump(mode="json", exclude={"id"})


def boxes(bundle: ReviewBundle) -> dict[str, list[tuple[str, str, int | None, str | None]]]:
    """The boxes of each stage, in order."""
    return {
        stage.id: [
            (step.kind.value, step.name, step.n, step.takes)
            for step in sorted(bundle.steps, key=lambda step: step.position)
            if step.stage == stage.id
        ]
        for stage in sorted(bundle.stages, key=lambda stage: stage.position)
    }


def by_hand(made: list[MadeFile]) -> tuple[dict[int, tuple[bool | None, str]], dict[str, Counter]]:  # type: ignore[type-arg]
    """Of each paper what became of it and why, and of each stage how many papers went where."""
    stages = [stage for stage in STAGES if any(one.stage == stage for one in made)]
    at: dict[str, dict[int, tuple[str, set[str]]]] = {}
    for stage in stages:
        here = [one for one in made if one.stage == stage]
        for paper in range(len(PAPERS)):
            said = [
                (file, record) for file in here for record in file.records if record.paper == paper
            ]
            if not said:
                continue
            gone = {name for file, _ in said for name in file.replaces}
            said = [(file, record) for file, record in said if file.name not in gone]
            outcomes = {record.decision for _, record in said} - {"undecided"}
            outcome = outcomes.pop() if len(outcomes) == 1 else "undecided"
            reasons = {record.reason for _, record in said if record.reason}
            at.setdefault(stage, {})[paper] = (outcome, reasons if outcome == "excluded" else set())
    became: dict[int, tuple[bool | None, str]] = {}
    counts: dict[str, Counter[str]] = {}
    inside: set[int] = set()
    met: set[int] = set()
    for stage in stages:
        here = at.get(stage, {})
        inside |= here.keys() - met
        met |= here.keys()
        tally = Counter({"in": len(inside)})
        for paper in sorted(inside):
            outcome, reasons = here.get(paper, ("not decided on here", set()))
            tally[outcome] += 1
            if outcome == "excluded":
                inside.discard(paper)
                tally[f"why: {'; '.join(sorted({one.casefold() for one in reasons}))}"] += 1
                became[paper] = (False, "; ".join(sorted({one.casefold() for one in reasons})))
        counts[SHOWN[stage]] = tally
    last = at.get(stages[-1], {})
    for paper in inside:
        became[paper] = (True if last.get(paper, ("", 0))[0] == "included" else None, "")
    return became, counts


@examples(12)
@given(made=files(), order=st.randoms(use_true_random=False))
def test_the_order_of_loading_makes_no_difference(
    made: list[MadeFile], order: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("made")
    other = made.copy()
    order.shuffle(other)
    with scratch_store(SETTINGS) as store:
        one = taken_in(store, folder, made)
        again = {source.title: fields_of(source) for source in one.sources}
    with scratch_store(SETTINGS) as store:
        two = taken_in(store, folder, other)
    assert {source.title: fields_of(source) for source in two.sources} == again
    assert boxes(two) == boxes(one)
    assert_as_by_hand(one, made)


def stating(papers: dict[int, bool], folder: Path) -> Path:
    """A made-up review folder that states these papers itself, some of them with a DOI."""
    rows = [
        [f"own-{n}", "paper", *PAPERS[n], f"10.9999/p{n}" if papers[n] else ""]
        for n in sorted(papers)
    ]
    names = {n: f"{PAPERS[n][1].partition(',')[0]} {PAPERS[n][2]}" for n in papers}
    pieces = [[f"e{n}", name, "m", "supports"] for n, name in names.items()]
    files = {
        "review.yaml": "id: r\ntitle: Illustrative\n",
        "sources.csv": table(["id", "kind", "title", "authors", "year", "doi"], *rows),
        "mechanisms.csv": table(["id", "name"], ["m", "Trust"]),
        "evidence.csv": table(["id", "source", "mechanism", "stance"], *pieces),
    }
    return write(folder / "r", dict(files))


@pytest.mark.slow
@examples(6)
@given(
    made=files(),
    papers=st.dictionaries(st.integers(0, len(PAPERS) - 1), st.booleans(), min_size=1),
    at=st.integers(1, 5),
    order=st.randoms(use_true_random=False),
)
def test_a_folder_that_comes_after_its_library_is_one_review_with_it(
    made: list[MadeFile],
    papers: dict[int, bool],
    at: int,
    order: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("made")
    other = made.copy()
    order.shuffle(other)
    with scratch_store(SETTINGS) as store:
        load(store, stating(papers, folder), SETTINGS)
        one = taken_in(store, folder, made)
    with scratch_store(SETTINGS) as store:
        taken_in(store, folder, other[:at])
        before = [folder / file.name for file in other[:at]]
        load(store, [stating(papers, folder), *before], SETTINGS)
        two = taken_in(store, folder, other[at:])
    said = {source.title: source for source in two.sources}
    for n, (title, _, _) in enumerate(PAPERS):
        of_paper = [source for source in two.sources if source.title == title]
        assert [source.local_id for source in of_paper] == [f"own-{n}"] if n in papers else True
        assert len(of_paper) <= 1
    assert {source.title: fields_of(source) for source in one.sources} == {
        title: fields_of(source) for title, source in said.items()
    }
    assert {piece.id: piece.source for piece in two.evidence} == {
        f"r:e{n}": f"r:own-{n}" for n in papers
    }
    assert boxes(two) == boxes(one)
    became, _ = by_hand(made)
    for n in papers:
        assert said[PAPERS[n][0]].included is became.get(n, (None, ""))[0]


def assert_as_by_hand(bundle: ReviewBundle, made: list[MadeFile]) -> None:
    """Sources and boxes are those that counting by hand gives."""
    papers = {title: n for n, (title, _, _) in enumerate(PAPERS)}
    records = [record for file in made for record in file.records]
    became, counts = by_hand(made)
    assert {papers[source.title] for source in bundle.sources} == {one.paper for one in records}
    for source in bundle.sources:
        paper = papers[source.title]
        included, because = became.get(paper, (None, ""))
        told = (source.excluded_because or "").casefold()
        assert source.included is included
        assert sorted(told.split("; ")) == sorted(because.split("; "))
        for name in MORE:
            having = [  # a record of a RIS file says what it was published as, too
                (one.said[name], len(one.said) + file.name.endswith(".ris"))
                for file in made
                for one in file.records
                if one.paper == paper and name in one.said
            ]
            most = max((size for _, size in having), default=0)
            right = {value for value, size in having if size == most}
            assert getattr(source, name) in (right or {None})
    for stage, tally in counts.items():
        here = {step.local_id: step for step in bundle.steps if step.stage == f"r:{stage}"}
        n = {
            (step.kind, step.name.casefold()): step.n
            for step in here.values()
            if step.kind is not StepKind.TOTAL
        }
        gone = {name: count for (kind, name), count in n.items() if kind is StepKind.EXIT}
        reasons = {
            name.removeprefix("why: "): count for name, count in tally.items() if "why:" in name
        }
        assert gone == {
            f"excluded: {why or 'no reason stated'}": count for why, count in reasons.items()
        }
        left = tally["in"] - tally["excluded"]
        total = here.get(f"{stage}.included" if f"{stage}.left" not in here else f"{stage}.left")
        assert total is not None and total.n == left
        for state in ("undecided", "not decided on here"):
            assert n.get((StepKind.ENTRANCE, state), 0) == tally[state]
    included = sum(source.included is True for source in bundle.sources)
    assert included == list(counts.values())[-1]["included"]


@examples(8)
@given(made=files(), pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=3))
def test_a_merge_taken_back_takes_everything_back(
    made: list[MadeFile],
    pairs: list[tuple[int, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with scratch_store(SETTINGS) as store:
        states = [taken_in(store, tmp_path_factory.mktemp("made"), made)]
        merged = []
        for a, b in pairs:
            held = [source.id for source in states[-1].sources]
            one, other = held[a % len(held)], held[b % len(held)]
            if one == other:
                continue
            merged.append(merge_sources(store, one, other, SETTINGS).other)
            states.append(bundle_of(store, "r"))
            assert len(states[-1].sources) == len(states[-2].sources) - 1
            assert flow(store, "r").adds_up
        for gone, before in zip(reversed(merged), reversed(states[:-1]), strict=True):
            unmerge_source(store, gone, SETTINGS)
            assert bundle_of(store, "r") == before


@examples(4)
@given(made=files())
def test_what_is_exported_comes_back_and_takes_more_in(
    made: list[MadeFile], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("made")
    with scratch_store(SETTINGS) as store:
        whole = taken_in(store, folder, made)
    with scratch_store(SETTINGS) as store:
        held = taken_in(store, folder, made[:-1])
        (folder / "out.zip").write_bytes(FORMATS[Format.FOLDER].write(held))
        assert not load(store, folder / "out.zip", SETTINGS).report.changed_anything
        assert boxes(taken_in(store, folder, made[-1:])) == boxes(whole)
        assert {source.title: fields_of(source) for source in bundle_of(store, "r").sources} == {
            source.title: fields_of(source) for source in whole.sources
        }


# ---- By example ---------------------------------------------------------------------------------

LIBRARY = MadeFile("library.ris", [Made(0, {"volume": "9"}), Made(1, {"journal": "Brief"})])
FIRST = MadeFile(
    "ta.csv", [Made(0, MORE, "included"), Made(1, {"volume": "5"}, "included")], STAGES[0]
)
SECOND = MadeFile(
    "ft.csv",
    [Made(0, {}, "included"), Made(1, {}, "excluded", "wrong population")],
    STAGES[1],
)


def test_a_library_and_two_stages_are_one_review_in_any_order(store: Store, tmp_path: Path) -> None:
    for n, made in enumerate(itertools.permutations([LIBRARY, FIRST, SECOND])):
        for one in made:
            how = How(screened=Screened(stage=one.stage))
            load(store, one.write(tmp_path), SETTINGS, how=how, review=f"r{n}", title=f"R {n}")
        held = bundle_of(store, f"r{n}")
        lee, roy = sorted(held.sources, key=lambda source: source.year or 0)
        assert (lee.included, lee.stage, lee.excluded_because) == (True, f"r{n}:full-text", None)
        assert (roy.included, roy.excluded_because) == (False, "wrong population")
        assert (lee.journal, lee.doi, lee.pages) == (MORE["journal"], MORE["doi"], "11-19")
        assert lee.volume == MORE["volume"], "of the record that says most"
        assert (roy.journal, roy.volume) == ("Brief", "5"), "what another leaves out is filled in"
        assert boxes(held) == {
            f"r{n}:title-and-abstract": [
                ("entrance", "screened", 2, None),
                ("total", "included", 2, None),
            ],
            f"r{n}:full-text": [
                ("entrance", "from the stage before", None, f"r{n}:title-and-abstract.included"),
                ("exit", "excluded: wrong population", 1, None),
                ("total", "included", 1, None),
            ],
        }
        assert flow(store, f"r{n}").adds_up


def test_what_was_said_of_a_file_holds_until_something_else_is_said(
    store: Store, tmp_path: Path
) -> None:
    def taken(made: MadeFile, **said: Any) -> bool:
        how = How(screened=Screened(**said))
        path = made.write(tmp_path)
        return load(store, path, SETTINGS, how=how, review="r", title="R").report.changed_anything

    included = MadeFile("library.ris", [Made(2, {}), Made(3, {})])
    other = MadeFile("other.csv", [Made(0, {}, "excluded", "no mechanism")], STAGES[1])
    assert taken(SECOND, stage=STAGES[1])
    assert taken(other, stage=STAGES[1], replaces=("ft.csv",))
    assert taken(included, stage=STAGES[1], decision="included")
    whole = bundle_of(store, "r")
    became = {source.title: source.included for source in whole.sources}
    assert [became[title] for title, _, _ in PAPERS] == [False, False, True, True]
    assert not taken(SECOND) and not taken(other) and not taken(included)
    # A folder that comes later, with all three, takes nothing of that away.
    folder = stating({0: False, 3: True}, tmp_path)
    files = [tmp_path / one.name for one in (SECOND, other, included)]
    load(store, [folder, *files], SETTINGS)
    now = {source.title: source for source in bundle_of(store, "r").sources}
    for source in whole.sources:
        same = now[source.title]
        assert (same.included, same.stage, same.excluded_because) == (
            source.included,
            source.stage,
            source.excluded_because,
        )
    assert len(now) == 4
    assert taken(SECOND, stage=STAGES[0])


def test_what_people_decided_holds_for_the_source_that_a_folder_states(
    store: Store, tmp_path: Path
) -> None:
    alike = MadeFile("alike.ris", [Made(0, {"volume": "1"})])
    load(store, LIBRARY.write(tmp_path), SETTINGS, review="r", title="R")
    load(store, alike.write(tmp_path), SETTINGS, review="r")
    held = bundle_of(store, "r")
    lee = next(source.id for source in held.sources if source.title == PAPERS[0][0])
    record = next(one for one in held.references if one.file == "alike.ris")
    assert record.source == lee
    own = unmerge_source(store, record.id, SETTINGS, declared_by="AC").other
    roy = next(source.id for source in held.sources if source.title == PAPERS[1][0])
    merge_sources(store, lee, roy, SETTINGS, declared_by="AC")
    folder = stating({0: False}, tmp_path)
    evidence = table(["id", "source", "mechanism", "stance"], ["e", "own-0", "m", "supports"])
    (folder / "evidence.csv").write_text(evidence, encoding="utf-8")
    files = [tmp_path / name for name in ("library.ris", "alike.ris")]
    load(store, [folder, *files], SETTINGS)
    now = bundle_of(store, "r")
    assert {one.id: one.source for one in now.references if one.file == "library.ris"} == {
        one.id: "r:own-0" for one in held.references if one.file == "library.ris"
    }
    assert [piece.source for piece in now.evidence] == ["r:own-0"]
    apart = next(merge for merge in now.merges if merge.verdict.value == "different")
    assert (apart.one, apart.other) == (record.id, "r:own-0")
    assert next(one.source for one in now.references if one.id == record.id) == own


def test_a_source_that_the_folder_includes_against_its_votes_is_named(
    store: Store, tmp_path: Path
) -> None:
    votes = MadeFile("votes.csv", [Made(0, {}, "excluded"), Made(1, {}, "excluded")])
    votes.stage = STAGES[1]
    folder = stating({0: False, 2: False}, tmp_path)
    rows = [
        ["own-0", "paper", *PAPERS[0], "yes"],
        ["own-2", "paper", *PAPERS[2], "yes"],
    ]
    head = ["id", "kind", "title", "authors", "year", "included"]
    (folder / "sources.csv").write_text(table(head, *rows), encoding="utf-8")
    how = How(screened=Screened(stage=STAGES[1]))
    loaded = load(store, [folder, votes.write(tmp_path)], SETTINGS, how=how)
    assert [(one.file, one.found) for one in loaded.warnings if "decides otherwise" in one.message]
    [stage] = flow(store, "r").stages
    assert "Of r:own-0 the review's own files say otherwise" in str(stage.note)
    assert {step.name: step.n for step in stage.steps} == {
        "screened": 2,
        "excluded: no reason stated": 1,
        "included": 1,
    }


def merged_by_hand(store: Store, one: int, other: int) -> None:
    """Two made-up papers of the review are declared to be one: the second goes into the first."""
    held = {source.title: source.id for source in bundle_of(store, "r").sources}
    merge_sources(store, held[PAPERS[one][0]], held[PAPERS[other][0]], SETTINGS, declared_by="AC")


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 0), (3, 0), (0, 3)])
def test_what_is_merged_by_hand_stays_merged_when_files_are_loaded_again(
    one: int, other: int, store: Store, tmp_path: Path
) -> None:
    files = [
        MadeFile("a.ris", [Made(0, {}), Made(1, {})]),
        MadeFile("b.ris", [Made(3, {}), Made(0, {"volume": "7"})]),
    ]
    paths = [made.write(tmp_path) for made in files]
    load(store, paths, SETTINGS, review="r", title="R")
    merged_by_hand(store, one, other)
    before = bundle_of(store, "r")
    assert len(before.sources) == 2
    for again in (paths, paths[:1], paths[1:], [*reversed(paths)]):
        assert not load(store, again, SETTINGS, review="r").report.changed_anything
        assert bundle_of(store, "r") == before


@pytest.mark.parametrize("stated", [0, 1])
def test_a_folder_that_states_one_of_two_merged_sources_has_both(
    stated: int, store: Store, tmp_path: Path
) -> None:
    votes = MadeFile("votes.csv", [Made(0, {}, "excluded", "wrong population")], STAGES[1])
    both = MadeFile("both.ris", [Made(0, {}), Made(1, {})])
    taken_in(store, tmp_path, [both, votes])
    merged_by_hand(store, 0, 1)
    folder = stating({stated: False}, tmp_path)
    load(store, [folder, tmp_path / "both.ris", tmp_path / "votes.csv"], SETTINGS)
    now = bundle_of(store, "r")
    own = f"r:own-{stated}"
    assert [(source.id, source.included) for source in now.sources] == [(own, False)]
    assert {record.source for record in now.references} == {own}
    assert [piece.source for piece in now.evidence] == [own]
    again = [folder, tmp_path / "both.ris", tmp_path / "votes.csv"]
    assert not load(store, again, SETTINGS).report.changed_anything
    (merge,) = now.merges
    unmerge_source(store, merge.other, SETTINGS)
    parted = {source.title: source.included for source in bundle_of(store, "r").sources}
    assert parted == {PAPERS[0][0]: False, PAPERS[1][0]: None}


def test_what_is_said_of_a_file_is_said_of_records_that_it_has_since(
    store: Store, tmp_path: Path
) -> None:
    kept = MadeFile("kept.ris", [Made(0, {}), Made(1, {})])
    how = How(screened=Screened(decision="excluded", stage=STAGES[1]))
    load(store, kept.write(tmp_path), SETTINGS, how=how, review="r", title="R")
    kept.records.append(Made(2, {}))
    load(store, kept.write(tmp_path), SETTINGS, review="r")
    assert [source.included for source in bundle_of(store, "r").sources] == [False] * 3
