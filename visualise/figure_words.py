"""The words of the gap map and the flow diagram, in one place, ready for translation."""

from __future__ import annotations

from dataclasses import dataclass

from graph.answers.labels import heading, headings, label
from graph.answers.signs import NO_MARK

FLOW_TITLE = "Search flow: {title}"
FLOW_EMPTY = "No search flow of this review is entered."
FLOW_ITALIC = "Italic: computed. Nobody states the number; it follows from the others."
FLOW_RED = "Red, with ✗: a sum of stated numbers that does not hold."
FLOW_FAILED = "{name}: {text} (adds up to {left}, stated as {right})"
FLOW_MENDED = "One other number would mend it: {mends}"
FLOW_DASHED = "Dashed: the records of one box go on in another."
NUMBER = "n = {n}"
NO_NUMBER = "n not stated"
REASON = f"{label('reason')}: {{reason}}"
DATABASES = "{n} databases: {names}"
ONE_DATABASE = "1 database: {names}"
HANDSEARCHED = f"{label('handsearched')}: {{names}}"
SEARCHED_ON = f"{label('searched_on')}: {{date}}"
FLOW_HEADS = (
    "Stage",
    *headings("track", "kind"),
    "Box",
    heading("n"),
    "Given as",
    "Does it add up?",
    heading("locator"),
)
HOLDS, FAILS = "yes", "no: {text}"

GAP_TITLE = "Gap map: {rows} by {by}"
GAP_CAPTION = (
    "{rows} rows × {columns} columns = {cells} cells. Evidence: {states}. The review, each counted "
    "once: {words}."
)
GAP_CAPTION_ALL = (
    "{reviews} reviews, {cells} cells. Evidence: {states}. The reviews, each counted once: {words}."
)
GAP_NOTES = "What the review says, with the records"
GAP_MORE = "{n} more are in the table of the page and in the answer of `gaps`."
GAP_EMPTY = "Nothing in the graph fits what was asked for. Load a review first."
EVIDENCE_SIGNS = "Evidence that is entered: cells"
WORD_SIGNS = "What the review says: each counted once"
BUBBLE = "Circle: works; the area grows with their number. Dashed half: none."
PRIMARY = "left, dark: primary works (papers, grey literature)"
SYNTHESES = "right, white: syntheses"
STAKEHOLDERS = "+n: interviews and consultations, which are no empirical support."
BESIDE = "{open} not stated: {text}"
BESIDE_NOTE = (
    "Evidence that does not state its column stands at the name of its row; it is part of no cell."
)
GAP_HEADS = (
    "Review",
    "Row",
    "Kind",
    "Column",
    "Evidence",
    "Works",
    "Pieces",
    "The review says",
    "What its records say",
    "Records",
)
WHOLE_HEADS = ("Review", "About", "Column", "Evidence", "Works", "Pieces", *GAP_HEADS[-3:])
REVIEW = "the review"
MECHANISMS, CONCEPTS, BOTH = "mechanisms", "concepts", "mechanisms and concepts"
CELL = "{row}, {column}. Evidence: {state}; {works}. The review says: {words}."

SCRIPT = {
    "all": "{shown} of {all} cells",
    "evidence": "Evidence",
    "none": "No evidence is entered in this cell.",
    "entered": "Evidence that is entered",
    "says": "What the review says",
    "silent": f"{NO_MARK.capitalize()}.",
    "elsewhere": "List the evidence",
    "shown": "{n} of {all} pieces are in this file",
    "mechanism": "Mechanisms",
    "concept": "Concepts",
}
"""What the gap map's script says."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the pages say around the figures."""

    controls: str = "What the map shows"
    sort: str = "Sort rows by"
    own_order: str = "the review's order"
    by_name: str = "name"
    by_support: str = "support"
    by_sources: str = "works"
    state: str = "Evidence"
    word: str = "The review says"
    review: str = "Review"
    all: str = "all"
    group: str = "Group by"
    group_review: str = "review"
    group_kind: str = "review and kind of row"
    find: str = "Find"
    reset: str = "Reset"
    matrix: str = "Matrix of"
    aside: str = "The chosen cell, and the legend"
    chosen: str = "The chosen cell"
    hint: str = (
        "Choose a cell to read what evidence is entered, and what the review says of it, with the "
        "records. Arrow keys go from cell to cell."
    )
    legend: str = "Legend"
    cells: str = "The same as a table: {n} cells"
    table: str = "Table of all cells"
    whole: str = "Said of rows, columns and the review as a whole, and evidence beside the matrix"
    svg: str = "Download the drawing (SVG)"
    json: str = "Download the data (JSON)"
    csv: str = "Download the data (CSV)"
    drawing: str = "Drawing"
    twin: str = "The same as a table"
    rows: str = "The same as a table: {n} rows"
    rows_of: str = "Table"


PAGE = Page()
