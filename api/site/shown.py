"""What a page is before it is drawn: answers of questions, tables of them, and their addresses.

An address is that of the live server (``/mechanisms/harris2021:working-with-power``); what a link
to it looks like is decided when the page is drawn, so that the published files can differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from graph.answers import ReviewView
from graph.questions.paging import WHOLE, Paged, every

T = TypeVar("T")
Scalar = str | int | float | None

FOLDERS = {
    "review": "reviews",
    "mechanism": "mechanisms",
    "configuration": "configurations",
    "concept": "concepts",
    "source": "sources",
    "theory": "theories",
    "finding": "findings",
    "evidence": "evidence",
}
"""Where records of each kind live."""


@dataclass(frozen=True, slots=True)
class View:
    """How a page is wanted: its order, a filter, how many rows, and whether for a frame."""

    sort: str = ""
    q: str = ""
    after: str = ""
    limit: int = 50
    embed: bool = False
    whole: bool = False

    @property
    def all_rows(self) -> bool:
        """Whether the table must be read to its end before it can be shown."""
        return self.whole or bool(self.sort or self.q)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, where it leads, what it is sorted by, and what stands below it."""

    text: str
    to: str | None = None
    key: Scalar = None
    below: str | None = None
    quoted: bool = False
    links: Sequence[tuple[str, str | None]] = ()
    """More records, each with its address."""
    placed: Sequence[tuple[str, str, str]] = ()
    """Of levels and perspectives: what stands before each, its kind, and its id with its review's.
    The text then has their ids, until the reviews are known that give them names."""

    @property
    def said(self) -> str:
        """Its text, and that of the records in it."""
        return " ".join((self.text, *(text for text, _ in self.links))).strip()

    def holds(self, wanted: str) -> bool:
        """Whether a text stands in it, in capitals or not."""
        return wanted in f"{self.said} {self.below or ''}".casefold()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the address, and whether it holds numbers."""

    key: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and the id of the record it is about."""

    id: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be sorted and filtered."""

    name: str
    columns: list[Column]
    rows: list[Row]
    main: bool = False
    sort: str = ""
    q: str = ""
    held: int = 0
    more: str | None = None

    def spoken(self, reviews: Sequence[ReviewView]) -> Table:
        """The table with levels and perspectives by the names that reviews give them."""
        named = {
            (kind, one.id): one.name
            for review in reviews
            for kind, known in (("level", review.levels), ("perspective", review.perspectives))
            for one in known
        }
        if not any(cell.placed for row in self.rows for cell in row.cells):
            return self
        rows = [Row(row.id, [_named(cell, named) for cell in row.cells]) for row in self.rows]
        return replace(self, rows=rows)

    def arranged(self, view: View) -> Table:
        """The page's main table: filtered and in the wanted order."""
        rows, held = list(self.rows), len(self.rows)
        if view.q:
            wanted = view.q.casefold()
            rows = [row for row in rows if any(cell.holds(wanted) for cell in row.cells)]
        key, back = view.sort.lstrip("-"), view.sort.startswith("-")
        keys = [column.key for column in self.columns]
        if key in keys:
            place = keys.index(key)
            known = [row for row in rows if row.cells[place].said]
            unknown = [row for row in rows if not row.cells[place].said]
            known.sort(key=lambda row: _order(row.cells[place]), reverse=back)
            rows = known + unknown
        return replace(self, rows=rows, held=held, main=True, sort=view.sort, q=view.q)


def in_words(*placed: tuple[str, str, str]) -> Cell:
    """Levels and perspectives as a cell, each with what stands before it, its kind and its id."""
    text = [f"{lead}{id_.partition(':')[2]}" for lead, _, id_ in placed]
    return Cell(joined(text), placed=placed)


def _named(cell: Cell, named: Mapping[tuple[str, str], str]) -> Cell:
    if not cell.placed:
        return cell
    text = [
        f"{lead}{named.get((kind, id_)) or id_.partition(':')[2]}"
        for lead, kind, id_ in cell.placed
    ]
    return replace(cell, text=joined(text), placed=())


def _order(cell: Cell) -> tuple[int, float, str]:
    if isinstance(cell.key, int | float):
        return 0, float(cell.key), ""
    return 1, 0.0, (cell.key or cell.said).casefold()


@dataclass(frozen=True, slots=True)
class Twin:
    """The same for programs: the address of a question, as JSON and, for a list, as CSV."""

    name: str
    address: str
    json: bool = True
    csv: bool = False
    listed: bool = False

    @property
    def json_address(self) -> str:
        """Where its JSON is."""
        address = ending(self.address, ".json")
        if not self.listed:
            return address
        return f"{address}{'&' if '?' in address else '?'}limit={WHOLE}"

    @property
    def csv_address(self) -> str:
        """Where its CSV is."""
        return ending(self.address, ".csv")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page: its template, what it is called, where it lives, and the answers in it."""

    template: str
    title: str
    address: str
    twins: list[Twin] = field(default_factory=list)
    cites: list[ReviewView] = field(default_factory=list)
    table: Table | None = None
    after: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    embed: bool = False


def record(kind: str, id_: str) -> str:
    """The address of a record."""
    return f"/{FOLDERS[kind]}/{quote(id_, safe=':@/')}"


def listed(path: str, **query: Any) -> str:
    """The address of a question with its parameters, without those that say nothing."""
    given = [(name, _given(value)) for name, value in query.items() if value not in (None, "")]
    return f"{path}?{urlencode(given)}" if given else path


def _given(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def ending(address: str, suffix: str) -> str:
    """The address with an ending before its parameters."""
    path, mark, query = address.partition("?")
    return f"{path}{suffix}{mark}{query}"


def walk(
    view: View, question: Callable[..., Paged[T]], *given: Any, **narrowed: Any
) -> tuple[list[T], str | None]:
    """The items of a list: one page of it, or all where all are needed to sort or filter.

    Args:
        view: which page, and whether it is to be sorted or filtered.
        question: answers in pages.
        given: what else the question takes, such as the store.
        narrowed: its filters.
    """
    if view.all_rows:
        return list(every(question, *given, **narrowed)), None
    page = question(*given, **narrowed, after=view.after, limit=view.limit)
    return list(page.items), page.next


def joined(parts: Iterable[Any]) -> str:
    """Values in one cell."""
    return ", ".join(str(part) for part in parts if part not in (None, ""))


def by_id(reviews: Sequence[ReviewView], ids: Iterable[str]) -> list[ReviewView]:
    """The reviews that ids belong to."""
    wanted = {id_.partition(":")[0] for id_ in ids}
    return [review for review in reviews if review.id in wanted]
