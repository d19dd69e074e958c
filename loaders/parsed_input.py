"""What one input says, before it is checked against the rest of what a load brings.

Every reader of a format yields this: a folder, a workbook, a reference file, a coded document.
:mod:`loaders.build_records` takes any number of them and makes one review of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.errors import Problem, Severity
from loaders.cell_tally import CellTally
from loaders.review_file import ReviewFile, StageEntry
from loaders.tables import Row, Table


@dataclass(slots=True)
class References:
    """A cell that cites sources in free text: evidence for each is made of ``row``.

    ``header`` is the column it stands in, ``separator`` what the map says that parts citations;
    ``said_in`` has the row in which each other cell of ``row`` is written, if it is merged.
    """

    row: Row
    text: str
    header: str
    separator: str | None = None
    said_in: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Given:
    """Tables under the names of a review folder's files, and the review if the input states one.

    ``file`` is the input as messages name it. ``tables`` has a table for each kind of record that
    the input brings, by the name of its file in a review folder (``evidence.csv``); its rows hold
    text cells as a CSV file would. ``problems`` are those of the input itself. ``records`` counts
    what came in, before anything was made of it, by what it was (``records``, ``quotes``).
    """

    file: str
    review: ReviewFile | None = None
    states_review: bool = False
    """True for a folder or workbook: it is a whole review, even if its review could not be read."""
    coded: bool = False
    """True for a coded document; several may share codes (:mod:`loaders.coded.together`)."""
    tables: dict[str, Table] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """Files that should be there and could not be read: what they would hold is unknown."""
    stages: list[StageEntry] = field(default_factory=list)
    """Stages of the search whose numbers the input implies: a screening export."""
    problems: list[Problem] = field(default_factory=list)
    mapped: bool = False
    """True for a sheet that is read as a map of columns says."""
    cited: list[References] = field(default_factory=list)
    """Cells that become rows of evidence once it is known which sources there are."""
    said_sources: dict[str, str] = field(default_factory=dict)
    """What a map says that texts in these cells mean: text and id of a source."""
    cells: list[CellTally] = field(default_factory=list)
    """For each sheet what became of its cells."""
    same_source: dict[str, str] = field(default_factory=dict)
    """Local ids of sources that turned out to be another source, with the id of that one."""
    records: dict[str, int] = field(default_factory=dict)

    made: set[str] = field(default_factory=set)
    """Local ids of configurations that no cell states: their rows' numbers stand in."""

    def rows_of(self, file: str) -> list[Row]:
        """The rows that it brings of one kind of record."""
        return self.tables[file].rows if file in self.tables else []


def several_reviews(inputs: Sequence[Given]) -> list[Problem]:
    """What to say of files more than one of which state a review.

    What a file would state that cannot be read at all is not known: then that is what is wrong.
    """
    problems = [one for given in inputs for one in given.problems]
    sure = [one for one in inputs if one.states_review and (one.review or one.tables)]
    if len(sure) < 2 and any(one.severity is Severity.ERROR for one in problems):
        return problems
    stating = [one.file for one in inputs if one.states_review]
    problem = Problem(
        message="these files state more than one review",
        found=", ".join(stating),
        hint="load one folder or workbook at a time, with the files that belong to it",
    )
    return [problem, *problems]
