"""How each kind of node and edge looks: one table for the drawing, the legend and the words.

Nothing is told by colour alone: each look also has a border pattern, a shape or a sign. The
colours are from palettes made for colour-blind readers (Okabe and Ito; Paul Tol).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.answers import EvidenceState, Word
from graph.answers.signs import EVIDENCE, WORDS
from graph.model import Polarity, Role, SourceKind
from visualise.layout import WIDTH, Column

FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
INK = "#1d2733"
FONT_SIZE = 16
MARGIN = 10
SHAPE_SIZE = 22
"""Radius of the shapes that have their label below them."""

BLUE = "#0072b2"
VERMILLION = "#d55e00"
GREEN = "#117733"
WINE = "#882255"
SAND = "#8a6d00"
GREY = "#7a828c"

LABEL_GROUND = "rgba(250, 251, 252, 0.9)"
"""Below the label of a shape, so that lines do not run through it."""

DARK: dict[str, str] = {
    # What the page draws itself: letters, soft letters, ground, areas of reviews, rules.
    INK: "#e6eaee",
    "#5a6571": "#b0b9c3",
    "#ffffff": "#12171d",
    "#fafbfc": "#1a2027",
    "#d5dae0": "#3a434d",
    LABEL_GROUND: "rgba(26, 32, 39, 0.9)",
    # Fills.
    "#e3f0fa": "#1b3547",
    "#fdf3d3": "#3b3216",
    "#f0e6f6": "#352740",
    "#e4f3e6": "#1e3a25",
    "#f2f3f5": "#262c33",
    "#eef0f2": "#2a3038",
    "#4a6076": "#8fa9c2",
    "#fff7ec": "#3a2f1c",
    "#f6dfb0": "#5b4716",
    # Borders, lines, letters.
    "#5b8db8": "#7fb2dc",
    "#a5851d": "#d6b754",
    "#8f6aa8": "#b995d0",
    "#5f9a68": "#7fc08a",
    GREY: "#98a2ad",
    BLUE: "#5db4ee",
    "#b07a00": "#e3b04b",
    WINE: "#e28bb8",
    VERMILLION: "#f58a4b",
    GREEN: "#5fc183",
    SAND: "#d8b54a",
    "#55606c": "#a6b0ba",
    "#2c3d4f": "#c3d2e0",
    "#4c5661": "#aab4bf",
    "#59626d": "#aab3bd",
    "#2f86bf": "#5fa9dc",
    **{sign.fill: sign.dark for sign in EVIDENCE.values()},
}
"""For each colour of a light page the one that a dark page has in its place."""


@dataclass(frozen=True, slots=True)
class Look:
    """A kind of node as it is drawn and explained."""

    words: str
    column: Column
    fill: str
    border: str
    border_width: float = 1.5
    dashes: tuple[int, ...] = ()
    shape: str = "box"
    radius: int = 4
    """Of the corners; vis-network adds it to a box on all sides when it tells the box's bounds."""
    ink: str = INK
    sign: str = ""
    strong: bool = False

    def options(self) -> dict[str, Any]:
        """The look as options of a vis-network group."""
        width = WIDTH[self.column]
        colour = {"background": self.fill, "border": self.border}
        font: dict[str, Any] = {"color": self.ink, "size": FONT_SIZE, "face": FONT}
        options: dict[str, Any] = {
            "shape": self.shape,
            "color": {
                **colour,
                "highlight": {"background": self.fill, "border": INK},
                "hover": {"background": self.fill, "border": INK},
            },
            "borderWidth": self.border_width,
            "shapeProperties": {
                "borderDashes": list(self.dashes) if self.dashes else False,
                "borderRadius": self.radius,
            },
            "font": font,
        }
        if self.shape == "box":
            # Only a least width (of the text): labels come wrapped, and with a greatest width
            # vis-network would wrap them again, by a width of its own.
            options["margin"] = MARGIN
            options["widthConstraint"] = {"minimum": width - 2 * MARGIN}
        else:
            options["size"] = SHAPE_SIZE
            font["background"] = LABEL_GROUND
        if self.strong:
            # vis-network has no bold label without markup in labels; a hairline does the same.
            font |= {"strokeWidth": 0.6, "strokeColor": self.ink}
        return options


ROLES: dict[Role, Look] = {
    Role.CONTEXT: Look("context", Column.CONTEXT, "#e3f0fa", "#5b8db8"),
    Role.RESOURCE: Look("resource", Column.RESOURCE, "#fdf3d3", "#a5851d"),
    Role.REASONING: Look("reasoning", Column.MECHANISM, "#f0e6f6", "#8f6aa8"),
    Role.OUTCOME: Look("outcome", Column.OUTCOME, "#e4f3e6", "#5f9a68"),
}
NO_ROLE = Look("concept, role not stated", Column.NO_ROLE, "#f2f3f5", GREY)

_BORDERS: dict[EvidenceState, tuple[str, float, tuple[int, ...]]] = {
    EvidenceState.SUPPORTED: (BLUE, 3, ()),
    EvidenceState.MIXED: ("#b07a00", 3, (14, 4)),
    EvidenceState.CHALLENGED: (WINE, 4, ()),
    EvidenceState.STAKEHOLDERS_ONLY: (BLUE, 3, (3, 4)),
    EvidenceState.NONE_ENTERED: (GREY, 3, (9, 6)),
}
SUPPORT: dict[EvidenceState, Look] = {
    state: Look(
        state.value,
        Column.MECHANISM,
        EVIDENCE[state].fill,
        *border,
        radius=8,
        strong=True,
        sign=EVIDENCE[state].sign,
    )
    for state, border in _BORDERS.items()
}
"""A mechanism by its evidence: sign and fill are those of a gap cell in the same state."""
UNKNOWN_SUPPORT = Look(
    "support not computed", Column.MECHANISM, "#ffffff", GREY, 2, radius=8, strong=True, sign="…"
)
INCORPORATED = Look(
    "incorporated (history)",
    Column.HISTORY,
    "#f2f3f5",
    GREY,
    2,
    (2, 4),
    radius=8,
    strong=True,
    ink="#59626d",
    sign=WORDS[Word.INCORPORATED].sign,
)

POLARITY: dict[Polarity, Look] = {
    Polarity.POSITIVE: Look(
        "positive", Column.CONFIGURATION, "#ffffff", GREEN, 2, radius=8, sign="+"
    ),
    Polarity.NEGATIVE: Look(
        "negative", Column.CONFIGURATION, "#ffffff", WINE, 2, (7, 3), radius=8, sign="−"
    ),
    Polarity.NEUTRAL: Look("neutral", Column.CONFIGURATION, "#ffffff", GREY, 2, radius=8, sign="="),
    Polarity.MIXED: Look(
        "mixed", Column.CONFIGURATION, "#ffffff", SAND, 2, (12, 3, 3, 3), radius=8, sign="+−"
    ),
}
NO_POLARITY = Look(
    "polarity not stated", Column.CONFIGURATION, "#ffffff", "#4c5661", 1.5, (2, 3), radius=8
)

SOURCES: dict[SourceKind, Look] = {
    SourceKind.PAPER: Look("paper", Column.SOURCE, "#ffffff", "#55606c", 1.2, radius=0),
    SourceKind.GREY: Look(
        "grey literature", Column.SOURCE, "#eef0f2", "#55606c", 1.2, (5, 4), radius=0
    ),
    SourceKind.SYNTHESIS: Look(
        "synthesis", Column.SOURCE, "#4a6076", "#2c3d4f", 2, shape="hexagon"
    ),
    SourceKind.INTERVIEW: Look("interview", Column.SOURCE, "#fff7ec", SAND, 1.5, shape="triangle"),
    SourceKind.CONSULTATION: Look("consultation", Column.SOURCE, "#f6dfb0", SAND, 1.5, shape="dot"),
}
UNKNOWN_SOURCE = Look("source", Column.SOURCE, "#ffffff", GREY, 1.2, (2, 3), radius=0)


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of edge as it is drawn and explained."""

    words: str
    colour: str
    dashes: tuple[int, ...] = ()
    width: float = 1.6
    evidence: bool = False
    arrow: bool = True
    """Whether it leads from one end to the other."""

    def options(self) -> dict[str, Any]:
        """The look as the page's script needs it."""
        return {
            "words": self.words,
            "color": self.colour,
            "dashes": list(self.dashes) if self.dashes else False,
            "width": self.width,
            "evidence": self.evidence,
            "arrow": self.arrow,
        }


LINES: dict[str, Line] = {
    "context": Line("has context", "#4c5661"),
    "resource": Line("offers resource", "#4c5661"),
    "reasoning": Line("triggers reasoning", "#4c5661"),
    "outcome": Line("gives outcome", "#4c5661"),
    "belongs to": Line("belongs to mechanism", "#4c5661", (2, 4), 1.2),
    "incorporated into": Line("incorporated into", GREY, (2, 5), 2.2),
    "same as": Line("declared to be the same", "#4c5661", (14, 8), 2.6, arrow=False),
    "supports": Line("supports", "#2f86bf", (), 1.3, True),
    "challenges": Line("challenges", VERMILLION, (9, 5), 1.6, True),
    "refines": Line("refines", "#8f6aa8", (3, 4), 1.6, True),
}
PARTS = frozenset(role.value for role in Role)
"""The kinds of edge that tie a concept to a configuration; they take its polarity's colour."""
UNKNOWN_LINE = Line("linked", GREY)
