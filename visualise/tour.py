"""An argument tour: a numbered walk over the map, for presenting a chain or a mechanism."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.answers import TheoryMap
from graph.errors import Problem, Rejected


class TourStep(BaseModel):
    """One stop: what is looked at, and a sentence about it."""

    model_config = ConfigDict(extra="forbid")

    records: list[str] = Field(
        min_length=1, max_length=50, description="Records on the map, by id or by name."
    )
    says: str = Field(min_length=1, max_length=2000, description="What is said about them.")
    line: int | None = Field(default=None, description="Where the file has it.")


class Tour(BaseModel):
    """A walk in the order of its steps."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(default="Argument tour", min_length=1, max_length=200)
    steps: list[TourStep] = Field(min_length=1, max_length=200)
    file: str | None = Field(default=None, description="Name of the file that it was read from.")


def stops(tour: Tour | None, theory_map: TheoryMap) -> dict[str, Any] | None:
    """A tour with the number of each record's node.

    Raises:
        Rejected: steps name records that the map does not show, or names that several have; all
            of them are told.
    """
    if tour is None:
        return None
    by_id = {node.id: number for number, node in enumerate(theory_map.nodes)}
    by_name: dict[str, list[int]] = {}
    for number, node in enumerate(theory_map.nodes):
        for name in {node.id.partition(":")[2], node.name.casefold()}:
            by_name.setdefault(name, []).append(number)
    problems = []
    steps = []
    for step in tour.steps:
        numbers = []
        for record in step.records:
            found = [by_id[record]] if record in by_id else by_name.get(record, [])
            found = found or by_name.get(record.casefold(), [])
            if len(found) == 1:
                numbers.append(found[0])
                continue
            ids = ", ".join(theory_map.nodes[number].id for number in found[:5])
            problems.append(
                Problem(
                    file=tour.file,
                    row=step.line,
                    column="records",
                    message="several records answer to the name"
                    if found
                    else "there is no such record on this map",
                    found=record,
                    expected=f"one of {ids}" if found else None,
                    hint=None if found else "the map's table of records has their names",
                )
            )
        steps.append({"nodes": numbers, "says": step.says})
    if problems:
        raise Rejected(problems)
    return {"title": tour.title, "steps": steps}
