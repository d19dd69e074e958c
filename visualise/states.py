"""How the states of gap cells look: one table for figures and pages."""

from __future__ import annotations

from dataclasses import dataclass

from graph.answers import CellState


@dataclass(frozen=True, slots=True)
class State:
    """How a state of a cell looks; never told by colour alone."""

    sign: str
    fill: str
    """The style sheets of figures and of pages have it too."""
    border: str


STATES: dict[CellState, State] = {
    CellState.SUPPORTED: State("✓", "#d3e9f8", "#00578a"),
    CellState.MIXED: State("±", "#fdeccb", "#7a5300"),
    CellState.CHALLENGED: State("✗", "#f7dbe8", "#882255"),
    CellState.SEARCHED_NONE: State("∅", "#fbe3d6", "#9a4300"),
    CellState.STAKEHOLDERS_ONLY: State("◌", "#f4efdc", "#655000"),
    CellState.THEORISED_ONLY: State("?", "#f2f3f5", "#4c5661"),
}


def state_class(state: CellState) -> str:
    """The class that both style sheets know a state by."""
    return f"state-{state.name.lower().replace('_', '-')}"
