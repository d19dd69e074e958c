"""The few errors this house raises, with fields instead of prose.

Text is made of them at the doors: once for the command line, once for HTTP. No message carries
Cypher, a driver's words or a stack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

problems_go_to: ContextVar[Callable[[Problem], None] | None] = ContextVar("problems", default=None)
"""Who counts the problems that are made, while files are read; nobody otherwise."""


class Severity(StrEnum):
    """An error stops a load; a warning is shown and the load goes on."""

    ERROR = "error"
    WARNING = "warning"


class Problem(BaseModel):
    """One thing that is wrong with what was given, and where.

    ``row`` is the row as a spreadsheet numbers it (the header is row 1), or the line of a text
    file; ``column`` the header, or the field; ``sheet`` the sheet of a workbook.
    """

    severity: Severity = Severity.ERROR
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    message: str
    found: str | None = None
    expected: str | None = None
    hint: str | None = None

    def model_post_init(self, context: Any) -> None:
        """Tell whoever counts; files of others can make millions of problems."""
        counts = problems_go_to.get()
        if counts is not None:
            counts(self)

    @property
    def where(self) -> str:
        """`evidence.csv, row 4, column level`."""
        parts = [self.file or ""]
        if self.sheet is not None:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(part for part in parts if part)

    def sentence(self) -> str:
        """The problem in one line."""
        text = f"{self.where}: {self.message}" if self.where else self.message
        if self.found is not None:
            text += f"; found {self.found!r}"
        if self.expected is not None:
            text += f"; expected {self.expected}"
        if self.hint is not None:
            text += f"; {self.hint}"
        return text


class TheorygraphError(Exception):
    """Something could not be done; ``title`` names the kind, ``detail`` the case."""

    slug = "error"
    title = "Something went wrong"
    status = 500
    retry_after: int | None = None
    """Seconds after which it may be worth asking again; none where that alone changes nothing."""

    def __init__(self, detail: str, *, hint: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint
        self.questions: list[str] = []
        """For a question in words: the nearest ones that are answered."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Kinds take different arguments; between processes their fields are what counts.
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[TheorygraphError], given: tuple[Any, ...], fields: dict[str, Any]) -> Any:
    error = kind.__new__(kind, *given)
    error.__dict__.update(fields)
    return error


class NotFound(TheorygraphError):
    """No record goes by that id or name; ``nearest`` lists the closest names there are."""

    slug, title, status = "not-found", "No such record", 404

    def __init__(self, what: str, name: str, nearest: Iterable[str] = ()) -> None:
        self.nearest = list(nearest)
        hint = f"nearest: {', '.join(self.nearest)}" if self.nearest else None
        super().__init__(f"there is no {what} {name!r}", hint=hint)


class Ambiguous(TheorygraphError):
    """One name stands for several records; ``candidates`` lists their ids."""

    slug, title, status = "ambiguous-name", "The name stands for several records", 409

    def __init__(self, what: str, name: str, candidates: Iterable[str]) -> None:
        self.name = name
        self.candidates = list(candidates)
        super().__init__(
            f"{name!r} names {len(self.candidates)} {what}s: {', '.join(self.candidates)}",
            hint="use one of these ids, or narrow it with review=",
        )


class UnknownValue(TheorygraphError):
    """A filter's value is not one of those that there are."""

    slug, title, status = "unknown-value", "Unknown value", 422

    def __init__(self, parameter: str, value: str, known: Iterable[str]) -> None:
        self.parameter = parameter
        self.known = list(known)
        super().__init__(
            f"unknown {parameter} {value!r}",
            hint=f"known: {', '.join(self.known)}" if self.known else f"no {parameter} is known",
        )


class NotAcceptable(TheorygraphError):
    """No format that is offered is among those that the request takes."""

    slug, title, status = "not-acceptable", "No such format", 406


class TooFew(TheorygraphError):
    """Fewer records are named than the question is about."""

    slug, title, status = "too-few", "Too few are named", 422


class NotUnderstood(TheorygraphError):
    """A question in words that the grammar does not cover; never answered by a guess."""

    slug, title, status = "not-understood", "The question was not understood", 422

    def __init__(self, question: str, reason: str | None = None) -> None:
        super().__init__(f"not understood: {question!r}" + (f"; {reason}" if reason else ""))


class Rejected(TheorygraphError):
    """The input has errors; nothing of it was loaded. ``problems`` holds all of them."""

    slug, title, status = "input-rejected", "The input was rejected; nothing was loaded", 422

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        wrong = sum(1 for problem in self.problems if problem.severity is Severity.ERROR)
        super().__init__(f"{wrong} error{'' if wrong == 1 else 's'}")


class TooLarge(TheorygraphError):
    """More was sent or asked for than a limit allows."""

    slug, title, status = "too-large", "Over the limit", 413


class Denied(TheorygraphError):
    """The request needs a token, or the token is wrong."""

    slug, title, status = "token-needed", "A token is needed", 401


class Misdirected(TheorygraphError):
    """The request names a host that this server does not answer for."""

    slug, title, status = "unknown-host", "Not a name of this server", 421


class StoreSettingWrong(TheorygraphError):
    """The store setting is neither a usable path nor a URL that is known."""

    slug, title, status = "store-setting", "The store setting cannot be used", 500


class StoreMissing(StoreSettingWrong):
    """A question is put to a store that nobody has made."""

    slug, title = "store-missing", "There is no such store"


class StoreDamaged(TheorygraphError):
    """Not everything in a backup or store is what was written there; nothing was changed."""

    slug, title, status = "store-damaged", "The data is damaged", 422


class StoreDiffers(TheorygraphError):
    """A backup would let something go that the store holds; nothing was changed."""

    slug, title, status = "store-differs", "The store holds what the backup does not", 409


class StoreHeld(TheorygraphError):
    """Another process has the store's file open."""

    slug, title, status = "store-held", "Another process holds the store", 503


class StoreUnavailable(TheorygraphError):
    """The store does not answer, now."""

    slug, title, status = "store-unavailable", "The store does not answer", 503
    retry_after = 5


class StoreRefused(TheorygraphError):
    """The store does not accept the user or password."""

    slug, title, status = "store-refused", "The store refused the user or password", 503


class StoreFull(TheorygraphError):
    """The store could not write, for want of space or rights; it is as it was."""

    slug, title, status = "store-write-failed", "The store could not be written", 507


class StoreTooSmall(TheorygraphError):
    """The server gives a transaction less memory than it needs; the store is as it was."""

    slug, title, status = "store-memory", "The server's memory does not suffice", 507


class StoreBusy(TheorygraphError):
    """Another load came in between; nothing of this one was written."""

    slug, title, status = "store-busy", "Another load is under way", 409


class StoreNewer(TheorygraphError):
    """A later version wrote to the store; this one might misread it."""

    slug, title, status = "store-newer", "A later version wrote this store", 503


class StoreOutdated(TheorygraphError):
    """What an earlier version wrote cannot be brought up to date; nothing was changed.

    ``reviews`` are the ids of those to load again.
    """

    slug, title, status = "store-outdated", "An earlier version wrote this store", 503

    def __init__(self, detail: str, reviews: Iterable[str]) -> None:
        self.reviews = list(reviews)
        super().__init__(
            detail,
            hint=f"load again, into a new store: {', '.join(self.reviews)}",
        )


class TooSlow(TheorygraphError):
    """A question ran into the time limit."""

    slug, title, status = "too-slow", "The question took too long", 503


class TooManyRows(TheorygraphError):
    """One query of a question brought more rows than the ceiling allows."""

    slug, title, status = "too-many-rows", "The question brings too many rows", 422

    def __init__(self, query: str, most: int) -> None:
        self.most = most
        super().__init__(
            f"{query} brings more than {most} rows",
            hint="narrow it: one review, one mechanism, one level; or raise THEORYGRAPH_MAX_ROWS",
        )


class Changing(TheorygraphError):
    """Loads changed the graph again and again while an answer was made."""

    slug, title, status = "graph-changing", "The graph is being changed", 503
    retry_after = 1
