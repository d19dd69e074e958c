"""What a load keeps: rows their ids and order, other people's records, what somebody decided.

All files are made up. What may go is counted by hand beside each load, not by the code that loads.
"""

from __future__ import annotations

import random
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from folders import good, table, write
from laws import times
from reference_files import RIS
from serving import of_version

from exports.review_folder import folder_files
from graph.backup import back_up, restore
from graph.errors import Rejected
from graph.load import remove_review
from graph.provenance import brought_before, past_of
from graph.questions.bundle import bundle_of
from graph.questions.loads import loads
from graph.questions.records import configurations, theories
from graph.questions.theory_map import theory_map
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store, scratch_store
from loaders.detect_format import How
from loaders.intake import load
from loaders.merging import merge_sources

HEAD = ["Context", "Mechanism", "Outcome", "Studies"]
ROWS = [
    ["Zealous wards", "Feeling safe", "Speaking up", "Lee 2019"],
    ["Agency staff", "Fearing blame", "Hiding errors", ""],
    ["Many shifts", "Being tired", "Errors made", "Roy 2021"],
    ["Agency staff", "Being tired", "Leaving early", ""],
]
MAP = """\
review: {id: rowed, title: Made-up rows}
stance: supports
columns:
  Context: configurations.context
  Mechanism: configurations.mechanism
  Outcome: configurations.outcome
  Studies: evidence.source
"""
LIBRARY = """\
TY  - JOUR
AU  - Lee, Anna
TI  - Debriefs on made-up wards
PY  - 2019
ER  -

TY  - JOUR
AU  - Roy, Ben
TI  - Silence in made-up theatres
PY  - 2021
ER  -
"""


class Sheet:
    """A sheet with one row per configuration, and what a load of it says."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "rows.csv"
        self.library = folder / "library.ris"
        self.columns = folder / "columns.yaml"
        self.library.write_text(LIBRARY, encoding="utf-8")
        self.columns.write_text(MAP, encoding="utf-8")
        self.write(ROWS)

    def write(self, rows: list[list[str]]) -> None:
        self.path.write_text(table(HEAD, *rows), encoding="utf-8")

    def load(self, store: Store, *, dry_run: bool = False) -> dict[tuple[str, str], list[str]]:
        """Load it; the changes by kind and id, with the columns that changed."""
        report = load(
            store,
            [self.path, self.library],
            Settings(),
            how=How(columns=self.columns),
            dry_run=dry_run,
        ).report
        return {
            (one.change, f"{one.kind} {one.id}"): [cell.column for cell in one.cells]
            for one in report.changes
        }


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path)


def listed(store: Store) -> list[tuple[str, str]]:
    """Configurations as pages list them: local id and first context."""
    return [
        (one.id.partition(":")[2], one.contexts[0].name)
        for one in configurations(store, review="rowed").items
    ]


# ---- Rows ----------------------------------------------------------------------------------------


def test_a_row_without_an_id_is_called_by_its_row_and_listed_in_order(
    store: Store, sheet: Sheet
) -> None:
    sheet.load(store)
    expected = [(f"row-{n}", row[0]) for n, row in enumerate(ROWS, 2)]
    assert listed(store) == expected
    paged, after = [], ""
    while after is not None:
        page = configurations(store, review="rowed", after=after or "", limit=1)
        paged += [one.id.partition(":")[2] for one in page.items]
        after = page.next
    assert paged == [id_ for id_, _ in expected]
    on_map = [one.id for one in theory_map(store, review="rowed").nodes]
    assert [one for one in on_map if ":row-" in one] == [f"rowed:{id_}" for id_ in paged]


def test_a_corrected_cell_leaves_the_row_what_it_was(store: Store, sheet: Sheet) -> None:
    sheet.load(store)
    before = bundle_of(store, "rowed")
    rows = [[*row] for row in ROWS]
    rows[1][0] = "Bank staff"
    sheet.write(rows)
    foretold = sheet.load(store, dry_run=True)
    assert foretold["changed", "Configuration rowed:row-3"] == ["contexts"]
    assert bundle_of(store, "rowed") == before
    sheet.load(store)
    assert [id_ for id_, _ in listed(store)] == ["row-2", "row-3", "row-4", "row-5"]
    assert {one.id for one in bundle_of(store, "rowed").evidence} == {
        one.id for one in before.evidence
    }


def test_a_row_that_is_moved_or_put_before_others_takes_no_id_from_them(
    store: Store, sheet: Sheet
) -> None:
    sheet.load(store)
    new = ["Night teams", "Looking out for each other", "Fewer falls", ""]
    sheet.write([new, ROWS[3], ROWS[0], ["Many long shifts", *ROWS[2][1:]], ROWS[1]])
    changed = sheet.load(store)
    assert listed(store) == [
        ("row-2-2", "Night teams"),
        ("row-5", "Agency staff"),
        ("row-2", "Zealous wards"),
        ("row-4", "Many long shifts"),
        ("row-3", "Agency staff"),
    ]
    assert changed == {("removed", "Concept rowed:many-shifts"): []}
    of = {one.source: one.configuration for one in bundle_of(store, "rowed").evidence}
    assert sorted(of.values(), key=str) == ["rowed:row-2", "rowed:row-4"]
    assert sheet.load(store) == {}, "loading it again changes nothing"


def test_a_row_of_which_nothing_is_left_is_another_one(store: Store, sheet: Sheet) -> None:
    sheet.load(store)
    sheet.write([*ROWS[:2], ["Day teams", "Pride in the work", "Staying", ""], ROWS[3]])
    foretold = sheet.load(store, dry_run=True)
    assert ("removed", "Configuration rowed:row-4") in foretold
    assert ("new", "Configuration rowed:row-4-2") in foretold


def test_a_quote_that_is_corrected_stays_the_same_piece_of_evidence(
    store: Store, tmp_path: Path
) -> None:
    def review(quote: str) -> Path:
        files = good()
        files["evidence.csv"] = table(
            ["source", "mechanism", "stance", "quote"],
            ["smith", "trust", "supports", quote],
            ["smith", "time", "supports", "Other words altogether."],
        )
        return write(tmp_path / "review", files)

    load(store, review("They spoke up more oftn."), Settings())
    before = {one.id for one in bundle_of(store, "illustrative").evidence}
    load(store, review("They spoke up more often."), Settings())
    after = {one.id: one.quote for one in bundle_of(store, "illustrative").evidence}
    assert after.keys() == before
    assert "They spoke up more often." in after.values()
    load(store, review("Nobody was asked."), Settings())
    assert len({one.id for one in bundle_of(store, "illustrative").evidence} & before) == 1


def test_theories_and_files_written_from_the_store_keep_the_order(
    embedded_store: Store, tmp_path: Path
) -> None:
    files = good()
    files["theories.csv"] = table(
        ["id", "kind", "name"],
        ["zest", "programme", "Zest"],
        ["amity", "substantive", "Amity"],
        ["mood", "substantive", "Mood"],
    )
    load(embedded_store, write(tmp_path / "review", files), Settings())
    assert [one.name for one in theories(embedded_store).items] == ["Zest", "Amity", "Mood"]
    assert [one.local_id for one in bundle_of(embedded_store, "illustrative").theories] == [
        "zest",
        "amity",
        "mood",
    ]


# ---- What others brought -------------------------------------------------------------------------


def folder(path: Path, *mechanisms: str, **files: str) -> Path:
    """A review with these mechanisms: `id=Name`."""
    given = {
        "review.yaml": "id: shared\ntitle: A made-up review\n",
        "mechanisms.csv": table(["id", "name"], *(one.split("=") for one in mechanisms)),
        **{name.replace("_", ".").replace("..", "-"): text for name, text in files.items()},
    }
    return write(path, given)


def names(store: Store) -> dict[str, str]:
    return {one.local_id: one.name for one in bundle_of(store, "shared").mechanisms}


def refused(store: Store, path: Path | list[Path]) -> list[str]:
    before = bundle_of(store, "shared")
    with pytest.raises(Rejected) as error:
        load(store, path, Settings())
    assert bundle_of(store, "shared") == before
    return [problem.sentence() for problem in error.value.problems]


def test_what_a_file_itself_brought_goes_with_it_and_is_named(store: Store, tmp_path: Path) -> None:
    load(store, folder(tmp_path / "ben", "a=Awe", "b=Belief"), Settings())
    report = load(store, folder(tmp_path / "ben", "a=Awe"), Settings()).report
    assert [(one.change, one.id) for one in report.changes] == [("removed", "shared:b")]
    assert names(store) == {"a": "Awe"}


def test_what_another_file_brought_is_named_and_stays(store: Store, tmp_path: Path) -> None:
    load(store, folder(tmp_path / "ben", "a=Awe"), Settings())
    load(store, folder(tmp_path / "anna", "a=Awe", "b=Belief"), Settings())
    (told,) = refused(store, folder(tmp_path / "ben", "a=Awe"))
    assert told.startswith("anna: 1 record of this file is held for shared")
    assert "mechanism b (Belief)" in told
    assert "take it over into ben, or add --replace" in told
    load(store, tmp_path / "ben", Settings(), replace=True)
    assert names(store) == {"a": "Awe"}


def test_two_peoples_copies_are_told_apart(store: Store, tmp_path: Path) -> None:
    start = ["a=Awe", "b=Belief", "c=Care"]
    load(store, folder(tmp_path / "start", *start), Settings())
    load(store, folder(tmp_path / "ben", "a=Awe", "b=Belief in others", "c=Care"), Settings())
    # Anna began from the same file, and corrected another cell.
    (told,) = refused(store, folder(tmp_path / "anna", "a=Awe of heights", "b=Belief", "c=Care"))
    assert told.startswith("anna: ben changed cells since")
    assert "mechanism b (Belief), name: 'Belief in others', here 'Belief'" in told
    assert "Awe" not in told
    load(
        store,
        folder(tmp_path / "anna", "a=Awe of heights", "b=Belief in others", "c=Care"),
        Settings(),
    )
    # Ben's own file has not seen what Anna's changed.
    (told,) = refused(store, tmp_path / "ben")
    assert "anna changed cells since" in told
    assert "'Awe of heights', here 'Awe'" in told
    load(store, tmp_path / "ben", Settings(), replace=True)
    assert names(store)["a"] == "Awe"


def test_a_file_may_change_what_it_has_seen(store: Store, tmp_path: Path) -> None:
    load(store, folder(tmp_path / "ben", "a=Awe"), Settings())
    load(store, folder(tmp_path / "ben", "a=Awe of heights"), Settings())
    load(store, folder(tmp_path / "ben", "a=Fear"), Settings())
    load(store, folder(tmp_path / "anna", "a=Fear"), Settings())
    load(store, folder(tmp_path / "anna", "a=Wonder"), Settings())
    load(store, folder(tmp_path / "ben", "a=Wonder"), Settings())
    load(store, folder(tmp_path / "ben", "a=Wonder at heights"), Settings())
    assert names(store) == {"a": "Wonder at heights"}


def test_two_copies_of_one_name_are_told_apart_by_what_they_would_undo(
    store: Store, tmp_path: Path
) -> None:
    load(store, folder(tmp_path / "start" / "deb", "a=Awe", "b=Belief", "c=Care"), Settings())
    ben = folder(tmp_path / "ben" / "deb", "a=Awe", "b=Belief in others", "d=Doubt")
    load(store, ben, Settings())
    anna = tmp_path / "anna" / "deb"
    (told,) = refused(store, folder(anna, "a=Awe of heights", "b=Belief", "c=Care"))
    assert told.startswith("deb: this load would undo what a load of deb changed on ")
    assert "mechanism b (Belief), name: 'Belief in others', here 'Belief'" in told
    assert "mechanism c (Care): taken out, here again" in told
    assert "mechanism d (Doubt): brought, not here" in told
    assert "heights" not in told
    load(store, folder(anna, "a=Awe of heights", "b=Belief in others", "d=Doubt"), Settings())
    # A third correction of a cell is no undoing, nor is the first of a row that has been there.
    load(store, folder(anna, "a=Awe of seas", "b=Belief in others"), Settings())
    load(store, folder(anna, "a=Awe"), Settings(), replace=True)
    assert names(store) == {"a": "Awe"}


def test_a_record_that_another_file_took_out_does_not_come_back_unsaid(
    store: Store, tmp_path: Path
) -> None:
    load(store, folder(tmp_path / "ben", "a=Awe", "b=Belief"), Settings())
    load(store, folder(tmp_path / "anna", "a=Awe", "b=Belief"), Settings())
    load(store, folder(tmp_path / "anna", "a=Awe"), Settings())
    (told,) = refused(store, tmp_path / "ben")
    assert "mechanism b (Belief): taken out, here again" in told


def test_what_somebody_decided_stays_until_somebody_says_otherwise(
    store: Store, tmp_path: Path
) -> None:
    same = table(["mechanism", "same_as"], ["a", "other:awe"], ["b", "other:belief"])
    load(store, folder(tmp_path / "ben", "a=Awe", "b=Belief", same__as_csv=same), Settings())
    (tmp_path / "ben" / "same-as.csv").unlink()
    (told,) = refused(store, tmp_path / "ben")
    assert "same-as.csv is not there any more" in told
    one = table(["mechanism", "same_as"], ["a", "other:awe"])
    report = load(
        store, folder(tmp_path / "ben", "a=Awe", "b=Belief", same__as_csv=one), Settings()
    )
    assert [change.kind for change in report.report.changes] == ["SameAs"]
    assert len(bundle_of(store, "shared").same_as) == 1
    load(
        store,
        folder(tmp_path / "ben", "a=Awe", "b=Belief", same__as_csv="mechanism,same_as\n"),
        Settings(),
    )
    assert bundle_of(store, "shared").same_as == []


def test_a_merge_made_here_is_not_undone_by_an_older_list_of_merges(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "library.ris").write_text(LIBRARY, encoding="utf-8")
    both = [folder(tmp_path / "ben", "a=Awe"), tmp_path / "library.ris"]
    load(store, both, Settings())
    one, other = (source.id for source in bundle_of(store, "shared").sources)
    merge_sources(store, one, other, Settings(), declared_by="Anna")
    load(store, both, Settings())
    assert len(bundle_of(store, "shared").merges) == 1, "the files say nothing of merges"
    write(tmp_path / "ben", {"merges.csv": "one,other,verdict\n"})
    told = refused(store, both)
    assert any("merge merge-" in one and "no file brought" in one for one in told)


def test_a_sheet_that_adds_to_a_review_takes_back_its_own_rows_only(
    embedded_store: Store, tmp_path: Path
) -> None:
    store = embedded_store
    load(store, folder(tmp_path / "ben", "being-tired=Being tired"), Settings())
    sheet = Sheet(tmp_path)
    sheet.columns.write_text(MAP.split("\n", 1)[1].replace("stance: supports\n", ""), "utf-8")

    def add(rows: list[list[str]]) -> None:
        sheet.write(rows)
        load(store, sheet.path, Settings(), how=How(columns=sheet.columns), review="shared")

    add(ROWS)
    assert set(names(store)) == {"being-tired", "feeling-safe", "fearing-blame"}
    add(ROWS[1:])
    assert set(names(store)) == {"being-tired", "fearing-blame"}
    assert len(bundle_of(store, "shared").configurations) == 3
    add([["Quiet wards", "Pride", "Staying", ""]])
    assert "being-tired" in names(store), "the folder brought it too"


def test_what_is_kept_of_files_is_ids_and_what_was_there_before_and_goes_with_the_review(
    store: Store, tmp_path: Path
) -> None:
    load(store, folder(tmp_path / "ben", "a=Awe", "b=Belief"), Settings())
    assert brought_before(store.read, "shared") == {"ben": {"Mechanism": ["shared:a", "shared:b"]}}
    assert past_of(store.read, "shared") == []
    load(store, folder(tmp_path / "ben", "a=Wonder"), Settings())
    (one,) = past_of(store.read, "shared")
    assert [(was.id, was.removed, dict(was.fields)) for was in one.before] == [
        ("shared:a", False, {"name": "Awe"}),
        ("shared:b", True, {"name": "Belief"}),
    ]
    remove_review(store, "shared")
    assert brought_before(store.read, "shared") == {}
    assert past_of(store.read, "shared") == []


def test_loads_in_any_order_let_nothing_go_that_their_file_did_not_bring(tmp_path: Path) -> None:
    """Three people load copies of their own; what each brought is told apart by hand."""
    drawn = random.Random(13)
    letters = "abcdef"
    for _ in range(times(6)):
        with scratch_store(Settings()) as store:
            held: dict[str, str] = {}
            brought: dict[str, set[str]] = {}
            changed_by: dict[str, tuple[int, str]] = {}
            seen: dict[str, int] = {}
            log: list[dict[str, tuple[str, str]]] = []
            for turn in range(10):
                who = drawn.choice(["ann", "ben", "cho"])
                rows = {one: drawn.choice("xy") for one in letters if drawn.random() < 0.7}
                own = brought.get(who, set())
                lost = {one for one in held if one not in rows and one not in own}
                last = seen.get(who, -1)
                back = {
                    one
                    for one, (when, file) in changed_by.items()
                    if one in rows and held.get(one) != rows[one] and when > last and file != who
                }
                path = folder(tmp_path / who, *(f"{one}={text}" for one, text in rows.items()))
                # What this file has seen, and would have as it was before.
                known = log[: last + 1]
                for one, text in rows.items():
                    entries = [done[one] for done in known if one in done]
                    undone = ("was", text) in entries if one in held else False
                    undone = undone and held[one] != text
                    taken_out = one not in held and entries[-1:] == [("gone", text)]
                    if undone or taken_out:
                        back.add(one)
                if known:
                    back |= {
                        one
                        for one, (how, _) in known[-1].items()
                        if how == "new" and one in own & held.keys() - rows.keys()
                    }
                if lost or back:
                    log.append({})
                    if not held:
                        continue
                    with pytest.raises(Rejected):
                        load(store, path, Settings())
                    continue
                load(store, path, Settings())
                done = {}
                for one in held.keys() | rows.keys() if held else ():
                    if one not in held:
                        done[one] = ("new", "")
                    elif held[one] != rows.get(one):
                        done[one] = ("was" if one in rows else "gone", held[one])
                log.append(done)
                for one in held.keys() | rows.keys():
                    if one in held and held[one] != rows.get(one):
                        changed_by[one] = (turn, who)
                held, brought[who], seen[who] = rows, set(rows), turn
                assert names(store) == held


# ---- What is printed -----------------------------------------------------------------------------


def test_every_next_line_is_a_command_that_works(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    home = tmp_path / "a folder's home"
    home.mkdir()
    sheet = Sheet(home)
    (home / "refs.ris").write_text(RIS, encoding="utf-8")
    write(home / "review", good())
    ran: list[str] = []

    def follow(*arguments: object) -> None:
        for line in command(*arguments).out.splitlines():
            if line.startswith("Next: "):
                words = shlex.split(line.removeprefix("Next: "))
                assert words.pop(0) == "theorygraph"
                ran.append(words[0])
                if words[0] in ("check", "load"):
                    follow(*words)
                else:
                    command(*words)

    follow("check", sheet.path, sheet.library, "--map", sheet.columns)
    follow("check", home / "review")
    follow("check", home / "refs.ris", "--review", "refs", "--title", "Made-up references")
    assert ran.count("load") == 3
    assert {"gaps", "unsupported", "map", "sources", "show"} <= {*ran}
    write(home / "bare", {"review.yaml": b"id: bare\ntitle: Made-up\n"})
    assert "sources overlap" not in command("load", home / "bare").out
    into = ("--review", "refs", "--decision", "included", "--stage", "full text")
    next_ = command("check", home / "refs.ris", *into).out
    assert '--decision included --stage "full text" --review refs' in next_
    told = command("check", home / "refs.ris").out
    assert "add the review that it belongs to" in " ".join(told.split())


def test_a_dry_run_shows_what_changes_cell_by_cell(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    sheet = Sheet(tmp_path)
    given = ("load", sheet.path, sheet.library, "--map", sheet.columns)
    command(*given)
    rows = [[*row] for row in ROWS]
    rows[1][0] = "Bank staff"
    sheet.write(rows)
    told = command(*given, "--dry-run").out
    assert "changed Configuration rowed:row-3, known again by the rest of its row" in told
    assert "contexts: agency-staff → bank-staff" in told


def test_tables_that_were_exported_are_named_with_what_loads_in_their_place(
    command: Callable[..., Ran], tmp_path: Path
) -> None:
    command("load", folder(tmp_path / "ben", "a=Awe"))
    command("export", "shared", tmp_path / "out.csv.zip")
    command("export", "shared", tmp_path / "out", "--format", "csv")
    (tmp_path / "tables.zip").write_bytes((tmp_path / "out.csv.zip").read_bytes())
    tables = [tmp_path / "out.csv.zip", tmp_path / "tables.zip", tmp_path / "out"]
    for path in (*tables, tmp_path / "out" / "mechanism.csv"):
        told = " ".join(command("load", path, status=1).err.split())
        assert "as `csv`" in told
        assert told.count("error:") == 1
        words = re.findall(r"theorygraph (export shared shared\.xlsx)", told)[0].split()
    command(*words)
    command("load", tmp_path / "shared.xlsx")


def test_a_backup_knows_which_file_brought_what(store: Store, tmp_path: Path) -> None:
    load(store, folder(tmp_path / "ben", "a=Awe", "b=Belief"), Settings())
    load(store, folder(tmp_path / "anna", "a=Wonder", "b=Belief"), Settings(), replace=True)
    brought, past = brought_before(store.read, "shared"), past_of(store.read, "shared")
    assert set(brought) == {"ben", "anna"}
    assert len(past) == 1
    back_up(store, tmp_path / "kept.kgl")
    remove_review(store, "shared")
    restore(store, tmp_path / "kept.kgl")
    assert brought_before(store.read, "shared") == brought
    assert past_of(store.read, "shared") == past


def test_configurations_of_a_folder_need_no_ids(store: Store, tmp_path: Path) -> None:
    def review(*rows: list[str]) -> Path:
        files = good()
        head = ["id", "name", "mechanisms", "contexts", "outcomes"]
        files["configurations.csv"] = table(head, *rows)
        return write(tmp_path / "review", files)

    first = ["", "The ward", "trust", "New team", "Speaking up"]
    second = ["", "", "time", "Night shift", "Longer talks"]
    load(store, review(first, ["row-3", "", "humour", "Old team", "Laughing"], second), Settings())
    ids = [one.id for one in configurations(store, review="illustrative").items]
    assert ids == [f"illustrative:{one}" for one in ("row-2", "row-3", "row-4")]
    second[3] = "Night shifts"
    load(store, review(second, first), Settings())
    after = configurations(store, review="illustrative").items
    assert [one.id for one in after] == ["illustrative:row-4", "illustrative:row-2"]
    assert after[0].contexts[0].name == "Night shifts"


def test_a_store_of_an_earlier_version_knows_its_file_by_the_loads_on_record(
    tmp_path: Path,
) -> None:
    with open_store(Settings(store=str(of_version("0.1.0", "store.kgl", tmp_path)))) as store:
        (name,) = {one.name for one in loads(store, review="richmond2020").items[0].files}
        files = folder_files(bundle_of(store, "richmond2020"))
        gone = files["evidence.csv"].splitlines(keepends=True)
        files["evidence.csv"] = "".join(gone[:-1])
        for place, known in (("another", False), (name, True)):
            path = write(tmp_path / "files" / place, dict(files))
            if not known:
                with pytest.raises(Rejected) as refused:
                    load(store, path, Settings())
                (problem,) = refused.value.problems
                assert "1 record that no file brought" in problem.message
                continue
            report = load(store, path, Settings()).report
            assert [(one.kind, one.change) for one in report.changes] == [("Evidence", "removed")]


def test_what_would_go_is_named_by_its_source_and_first_words(
    embedded_store: Store, tmp_path: Path
) -> None:
    review = folder(tmp_path / "deb", "a=Awe")
    (review / "evidence.csv").write_text(
        "source,mechanism,stance,statement\nlee-2019,a,supports,They spoke up at last.\n"
    )
    (review / "sources.csv").write_text("id,kind,title\nlee-2019,paper,Debriefs\n")
    library = tmp_path / "library.ris"
    library.write_text(LIBRARY, encoding="utf-8")
    load(embedded_store, [review, library], Settings())
    (told,) = refused(embedded_store, review)
    assert "(Debriefs on made-up wards)" in told
    (review / "evidence.csv").unlink()
    other = tmp_path / "other"
    review.rename(other)
    told = " ".join(refused(embedded_store, [other, library]))
    assert "(lee-2019: They spoke up at last.)" in told
