"""The words of the gap map and the flow diagram, in one place, ready for translation."""

from __future__ import annotations

from dataclasses import dataclass

from graph.answers import CellState

FLOW_TITLE = "Search flow: {title}"
FLOW_HOLDS = "{holds} of {all} sums hold."
FLOW_NONE = "No sum can be checked."
FLOW_EMPTY = "This review states no search flow."
FLOW_ITALIC = "Italic: computed. Nobody states the number; it follows from the others."
FLOW_RED = "Red, with ✗: a sum of stated numbers that does not hold."
FLOW_FAILED = "{name}: {text} (adds up to {left}, stated as {right})"
FLOW_MENDED = "One other number would mend it: {mends}"
FLOW_DASHED = "Dashed: the records of one box go on in another."
NUMBER = "n = {n}"
NO_NUMBER = "n not stated"
REASON = "reason: {reason}"
DATABASES = "{n} databases: {names}"
ONE_DATABASE = "1 database: {names}"
HANDSEARCHED = "by hand: {names}"
SEARCHED_ON = "searched {date}"
FLOW_HEADS = ("Stage", "Track", "Kind", "Box", "Number", "Given as", "Does it add up?", "Where")
STATED, COMPUTED, OPEN = "stated", "computed", "not stated"
HOLDS, FAILS = "yes", "no: {text}"

GAP_TITLE = "Gap map: {rows} by {by}"
GAP_CAPTION = "{rows} rows × {columns} columns = {cells} cells: {states}."
GAP_CAPTION_ALL = "{reviews} reviews, {cells} cells: {states}."
GAP_NOTES = "Why cells are empty"
GAP_MORE = "{n} more reasons are in the table of the page and in the answer of `gaps`."
GAP_EMPTY = "Nothing in the graph fits what was asked for. Load a review first."
BUBBLE = "Circle: independent sources; the area grows with their number. Dashed half: none."
PRIMARY = "left, dark: primary sources (papers, grey literature)"
SYNTHESES = "right, white: syntheses"
STAKEHOLDERS = "+n: interviews and consultations, which are no empirical support."
GAP_HEADS = (
    "Review",
    "Row",
    "Kind",
    "Column",
    "State",
    "Why",
    "Supporting",
    "Challenging",
    "Refining",
    "Primary sources",
    "Syntheses",
    "Stakeholders",
    "Evidence",
)
STATES: dict[CellState, str] = {state: state.value for state in CellState}
MECHANISMS, CONCEPTS, BOTH = "mechanisms", "concepts", "mechanisms and concepts"
CELL = "{row}, {column}: {state}. {reason}"

SCRIPT = {
    "all": "{shown} of {all} cells",
    "evidence": "Evidence",
    "none": "No evidence in this cell.",
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
    by_sources: str = "sources, over all cells"
    state: str = "State"
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
        "Choose a cell to read why it is as it is, and the evidence in it. Arro"
        "w keys go from cell to cell."
    )
    legend: str = "Legend"
    cells: str = "The same as a table: {n} cells"
    table: str = "Table of all cells"
    svg: str = "Download the drawing (SVG)"
    json: str = "Download the data (JSON)"
    csv: str = "Download the data (CSV)"
    drawing: str = "Drawing"
    twin: str = "The same as a table"
    rows: str = "The same as a table: {n} rows"
    rows_of: str = "Table"


PAGE = Page()
