"""Taking files in: check them, or check them and load them. Every door uses these functions.

Files of one load resolve against each other: a workbook may name the sources that a reference
file beside it brings. A folder or workbook is a whole review; every other file adds to one.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, Protocol

from pydantic import BaseModel, PrivateAttr, ValidationError

from graph.computing import computed_anew
from graph.errors import NotFound, Problem, Rejected
from graph.load import load_review
from graph.load_report import LoadReport
from graph.model import Review, ReviewBundle
from graph.provenance import warned_of
from graph.questions.bundle import bundle_of
from graph.questions.names import resolve
from graph.questions.records import review_ids
from graph.schema import BUNDLE_FIELDS
from graph.settings import Settings
from graph.store import Store
from graph.stores import scratch_store
from loaders.apart import Look, checked_apart, read_apart
from loaders.assembly import Reading, assembled
from loaders.budget import within
from loaders.cell_tally import FileCount, SheetCount
from loaders.coded.together import settle
from loaders.column_map import tell_unused
from loaders.doubts import warnings_about, without_effect, worth_asking
from loaders.duplicates import ReferenceCount, deduplicated, without_files
from loaders.explain import explain
from loaders.fingerprints import fingerprint
from loaders.given import Given, several_reviews
from loaders.inputs import How, kind_of, read_input
from loaders.known_again import known_again
from loaders.losses import Settled, earlier, lost_files, settled
from loaders.mechanism_matching import match_mechanisms
from loaders.naming import called_apart
from loaders.references.deciding import as_said_before, at_known_stages, unknown_files
from loaders.refused import on_record
from loaders.room import Room, Visit
from loaders.source_matching import UNNAMED, match_sources

Paths = Path | Sequence[Path]


class Watching(Protocol):
    """Somebody who looks on while files are loaded."""

    def expect(self, total: int) -> None:
        """So many records have been read; each is told once it is written or found unchanged."""
        ...

    def __call__(self, label: str, count: int) -> None:
        """Records of a kind are done."""
        ...


_MOST_ROWS = 500
_MOST_SHOWN = 300
_MOST_NAMED = 20


class Loaded(BaseModel):
    """What a load did, with the warnings that came with it.

    ``files`` has a count for each table that came in, ``sheets`` one of the cells of each sheet;
    ``references`` one for each reference file: records in = accepted + merged + rejected.
    """

    report: LoadReport
    files: list[FileCount]
    sheets: list[SheetCount]
    references: list[ReferenceCount]
    warnings: list[Problem]


class ShownRow(BaseModel):
    """A row that something is wrong with, as it stands in the file."""

    file: str
    sheet: str | None
    row: int
    cells: dict[str, str]


class Checked(Reading):
    """What reading gave, with the counts of reference files and the rows with problems."""

    references: list[ReferenceCount]
    rows: list[ShownRow]
    _kept: Settled | None = PrivateAttr(default=None)
    _named: str | None = PrivateAttr(default=None)

    @property
    def kept(self) -> Settled | None:
        """What is kept of the load beside its records, if it can be loaded."""
        return self._kept

    @property
    def named(self) -> str | None:
        """The review that a folder or workbook names, if that could be read."""
        return self._named


class CheckReport(BaseModel):
    """Whether files can be loaded, everything that is wrong, and the rows that it is in."""

    loadable: bool
    files: list[FileCount]
    sheets: list[SheetCount]
    references: list[ReferenceCount]
    problems: list[Problem]
    more_problems: int
    rows: list[ShownRow]


def report_of(reading: Checked, *, most: int) -> CheckReport:
    """What ``check`` found, without the records; at most ``most`` problems one by one."""
    return CheckReport(
        loadable=reading.bundle is not None and not reading.errors,
        files=reading.files,
        sheets=reading.sheets,
        references=reading.references,
        problems=reading.problems[:most],
        more_problems=max(len(reading.problems) - most, 0),
        rows=reading.rows,
    )


def check(
    paths: Paths,
    settings: Settings,
    *,
    how: How | None = None,
    store: Store | None = None,
    review: str | None = None,
    title: str | None = None,
    replace: bool = True,
    room: Room | None = None,
    visit: Visit | None = None,
) -> Checked:
    """Read files and say everything that is wrong with them, without keeping anything.

    If they can be loaded, they are loaded into a throw-away store and asked the questions whose
    answers are warnings: numbers that do not add up, statements that the evidence does not bear
    out. Files that only add to a review are checked against what ``store`` holds of it; without
    ``replace``, what a load would take away from there or change back is wrong, too.

    With a ``room``, all of that is done in it; then the bundle that is given back is an empty one.

    Raises:
        Rejected, NotFound: as for :func:`load`.
        TooLarge: the files come to more than a limit allows.
    """
    asked = (_listed(paths), settings, how or How(), review, title)
    checking = partial(_check, replace=replace)
    if room is None:
        return checking(partial(_look, store), *asked)
    return checked_apart(room, visit, partial(_look, store), checking, *asked)


def _check(
    look: Look,
    paths: list[Path],
    settings: Settings,
    how: How,
    review: str | None,
    title: str | None,
    *,
    replace: bool,
    at: Callable[[str], None] = lambda _: None,
) -> Checked:
    wanted = (look, paths, settings, how, review, title)
    reading, _ = _read(*wanted, replace=replace, needed=False, at=at)
    if reading.bundle is not None and not reading.errors and worth_asking(reading.bundle):
        with scratch_store(settings) as scratch:
            load_review(scratch, reading.bundle, batch_rows=settings.batch_rows)
            reading.problems += warnings_about(scratch, reading.bundle.review.id)
    return reading


def load(
    store: Store,
    paths: Paths,
    settings: Settings,
    *,
    how: How | None = None,
    review: str | None = None,
    title: str | None = None,
    replace: bool = False,
    dry_run: bool = False,
    progress: Watching | None = None,
    room: Room | None = None,
    visit: Visit | None = None,
) -> Loaded:
    """Load files as one review, or into one: all of them, or nothing.

    Args:
        store: where to.
        paths: a review folder or workbook, reference files, coded documents; of several, at most
            one states a review.
        settings: limits.
        how: what the codes of coded documents and the columns of free sheets stand for.
        review: the review that files without one of their own add to, by id or title.
        title: title of that review if the store does not hold it yet.
        replace: let a folder or workbook take the place of records that other files brought.
        dry_run: say what would change, and change nothing.
        progress: is told how many records there are, and of each as it is done.
        room: where the files are read; here, if there is none.
        visit: by which reading in the room can be stopped.

    Raises:
        Rejected: the files have errors; the store is as it was.
        TooLarge: they come to more than a limit allows.
        Stopped: reading was stopped.
        NotFound: there is no such review, and no title to begin one with.
        StoreFull: the store could not be written; it is as it was.
        StoreUnavailable: the store does not answer.
    """
    since, listed = monotonic(), _listed(paths)
    told = nullcontext() if dry_run else on_record(store, listed, review)
    with told as under, _collector_at_rest():
        look = partial(_look, store)
        wanted = (listed, settings, how or How(), review, title)
        if room is None:
            reading, stated = _read(look, *wanted, replace=replace)
        else:
            read = partial(_read, replace=replace)
            reading, stated = read_apart(room, visit, look, read, *wanted)
        if under is not None:
            under.review = reading.named or review
        bundle = reading.accepted()
        reading.bundle = None
        id_, joined, asked = bundle.review.id, bool(bundle.same_as), worth_asking(bundle)
        if progress is not None:
            progress.expect(1 + sum(len(getattr(bundle, name)) for name in BUNDLE_FIELDS.values()))
        report = load_review(
            store,
            bundle,
            batch_rows=settings.batch_rows,
            progress=progress,
            files=[] if dry_run else [fingerprint(path) for path in listed],
            since=since,
            warned=len(reading.problems),
            rejected=sum(count.rejected for count in reading.references),
            merged=sum(count.merged for count in reading.references),
            dry_run=dry_run,
            spend=True,
            said=None if reading.kept is None else reading.kept.said,
        )
        if reading.kept is not None:
            reading.kept.tell(report)
    warnings = [*reading.problems]
    if not dry_run:
        warnings += warnings_about(store, id_) if stated and asked else []
        warnings += without_effect(store, id_) if joined else []
    if len(warnings) != len(reading.problems):
        warned_of(store, report.load or "", len(warnings))
    of_files = {name: getattr(reading, name) for name in ("files", "sheets", "references")}
    return Loaded(report=report, warnings=warnings, **of_files)


def states_review(path: Path) -> bool:
    """True for what is a whole review by itself: a folder, a zip or a workbook."""
    return path.is_dir() or (path.is_file() and kind_of(path) in ("workbook", "zip"))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    # Millions of records that refer to each other in one direction: looking for circles among
    # them, again and again, takes a quarter of the time of a large load and finds none.
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _listed(paths: Paths) -> list[Path]:
    return [paths] if isinstance(paths, Path) else list(paths)


def _look(store: Store | None, function: Callable[..., Any], *given: Any) -> Any:
    return function(store, *given)


def _read(
    look: Look,
    paths: list[Path],
    settings: Settings,
    how: How,
    review: str | None,
    title: str | None,
    *,
    replace: bool,
    needed: bool = True,
    at: Callable[[str], None] = lambda _: None,
) -> tuple[Checked, bool]:
    inputs: list[Given] = []
    with within(settings):
        for path in paths:
            at(path.name or str(path))
            inputs += read_input(path, settings, how)
        if how.columns is not None:
            tell_unused(how.columns, inputs)
        return _read_together(look, inputs, review, title, replace=replace, needed=needed)


def _read_together(
    look: Look,
    inputs: list[Given],
    review: str | None,
    title: str | None,
    *,
    replace: bool,
    needed: bool,
) -> tuple[Checked, bool]:
    stating = [given for given in inputs if given.states_review]
    base: ReviewBundle | None = None
    held: ReviewBundle | None = None
    problems: list[Problem] = []
    if len(stating) > 1:
        none: dict[str, Any] = {"files": [], "sheets": [], "references": [], "rows": []}
        return Checked(bundle=None, problems=several_reviews(inputs), **none), True
    if stating:
        held = look(_held, stating[0].review.id if stating[0].review else None)
        base = _decisions(held, inputs)
    elif any(given.tables or given.records for given in inputs):
        held = look(_review_for, review, title, needed)
        base = without_files(held, {given.file for given in inputs})
    settle(inputs, base)
    as_said_before(inputs, held)
    at_known_stages(inputs, base)
    known_again(inputs, held)
    counts, base = deduplicated(inputs, base, held)
    match_sources(inputs, base)
    match_mechanisms(inputs, base)
    stated = bool(stating)
    problems += unknown_files(inputs, base)
    listed = {row.text("id") for one in stating for row in one.rows_of("references.csv")}
    known = earlier(look, held, inputs)
    files = [given.file for given in inputs]
    called_apart(inputs, {file: known.of_others(held, file) for file in files})
    reading = assembled(inputs, base=base, stated=stated, others=known.of_tables(held, *files))
    kept: Settled | None = None
    odd: list[Problem] = []
    if reading.bundle is not None:
        bundle, odd = computed_anew(reading.bundle, held, listed=listed if stated else None)
        reading.bundle, kept = settled(known, held, bundle, reading, inputs, replace=replace)
        problems += kept.problems
    elif stated and held is not None and not replace:
        problems += lost_files(held, inputs)
    found = Checked(
        bundle=reading.bundle,
        files=reading.files,
        sheets=reading.sheets,
        problems=[*problems, *reading.problems, *odd],
        references=counts,
        rows=list(islice(_rows_with(reading.problems, inputs), _MOST_ROWS)),
    )
    found._kept = kept
    found._named = next((given.review.id for given in stating if given.review is not None), None)
    return found, stated


def _rows_with(problems: list[Problem], inputs: list[Given]) -> Iterator[ShownRow]:
    wanted = {(problem.file, problem.sheet, problem.row) for problem in problems}
    for given in inputs:
        for table in given.tables.values():
            for row in table.rows:
                if (table.file, table.sheet, row.number) in wanted:
                    wanted.discard((table.file, table.sheet, row.number))
                    yield ShownRow(
                        file=table.file,
                        sheet=table.sheet,
                        row=row.number,
                        cells={
                            table.headers.get(name, name): "; ".join(cells)[:_MOST_SHOWN]
                            for name, cells in row.cells.items()
                        },
                    )


def _held(store: Store | None, review: str | None) -> ReviewBundle | None:
    if store is None or review is None:
        return None
    try:
        return bundle_of(store, review)
    except NotFound:
        return None


def _decisions(held: ReviewBundle | None, inputs: list[Given]) -> ReviewBundle | None:
    """What people decided at the tool, kept unless the files bring such decisions themselves."""
    if held is None:
        return None
    brought = {file for given in inputs for file in given.tables}
    kept = {
        "merges": [] if "merges.csv" in brought else held.merges,
        "silences": [] if "silenced.csv" in brought else held.silences,
    }
    return ReviewBundle(review=held.review, **kept) if any(kept.values()) else None


def _review_for(
    store: Store | None, review: str | None, title: str | None, needed: bool
) -> ReviewBundle:
    """The review that files add to, as it is held, or a new one; a made-up one to check against."""
    if review is None and not needed:
        return ReviewBundle(review=Review(id=UNNAMED, title="(no review is named)"))
    if review is None:
        held = [] if store is None else review_ids(store)[:_MOST_NAMED]
        raise Rejected(
            [
                Problem(
                    message="these files do not say which review they belong to",
                    hint="name it with --review"
                    + (f" (held: {', '.join(held)})" if held else " ID --title TITLE"),
                )
            ]
        )
    try:
        if store is None:
            raise NotFound("review", review)
        return bundle_of(store, resolve(store, "review", review))
    except NotFound as error:
        if title is None:
            error.hint = " ".join(
                part for part in (error.hint, "begin a new one with --title TITLE") if part
            )
            raise
    try:
        return ReviewBundle(review=Review(id=review, title=title))
    except ValidationError as error:
        raise Rejected(
            explain(error, Review, file="--review, --title", row_of=lambda _: None)
        ) from error
