"""An argument tour: a numbered walk over the map, for presenting a chain or a mechanism."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from graph.answers import TheoryMap


class TourStep(BaseModel):
    """One stop: what is looked at, and a sentence about it."""

    model_config = ConfigDict(extra="forbid")

    records: list[str] = Field(min_length=1, max_length=50, description="Records on the map.")
    says: str = Field(min_length=1, max_length=2000, description="What is said about them.")


class Tour(BaseModel):
    """A walk in the order of its steps."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(default="Argument tour", min_length=1, max_length=200)
    steps: list[TourStep] = Field(min_length=1, max_length=200)


def called(name: str, theory_map: TheoryMap) -> list[str]:
    """The keys of the records on a map that a name stands for.

    A name is a key (`kind/review:id`), else an id, else an id's end or what a record is called.
    """
    exact = [node.key for node in theory_map.nodes if name in (node.key, node.id)]
    if exact:
        return exact
    wanted = name.casefold()
    return [
        node.key
        for node in theory_map.nodes
        if node.id.partition(":")[2] == name or node.name.casefold() == wanted
    ]


def stops(tour: Tour | None, theory_map: TheoryMap) -> dict[str, Any] | None:
    """A tour with the number of each record's node.

    Raises:
        ValueError: a step names what is not on the map, or what several records are called.
    """
    if tour is None:
        return None
    numbers = {node.key: number for number, node in enumerate(theory_map.nodes)}
    steps = []
    for step in tour.steps:
        found = [called(record, theory_map) for record in step.records]
        if any(len(keys) != 1 for keys in found):
            raise ValueError(f"a step of the tour names no single record: {step.records}")
        steps.append({"nodes": [numbers[keys[0]] for keys in found], "says": step.says})
    return {"title": tour.title, "steps": steps}
