"""Reading the file of an argument tour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from graph.answers import TheoryMap
from graph.errors import Problem, Rejected
from loaders.plain_yaml import LineOf, read_plain_yaml
from loaders.tables import read_text
from loaders.validation_messages import explain

if TYPE_CHECKING:
    from visualise.tour import Tour

_MAX_MB = 1
_FEW = 5


def read_tour(path: Path, theory_map: TheoryMap) -> Tour:
    """The tour that a YAML file describes, over a map.

    Raises:
        Rejected: there is no such file, it is not a tour, or steps name what is not on the map;
            everything that is wrong is told.
    """
    from visualise.tour import Tour

    if not path.is_file():
        raise Rejected([Problem(file=path.name, message="there is no such file")])
    text, problem = read_text(path, path.name, _MAX_MB, "a tour holds sentences, no more")
    if text is None:
        raise Rejected([] if problem is None else [problem])
    data, line_of, problems = read_plain_yaml(text, path.name)
    if data is None:
        raise Rejected(problems)
    try:
        tour = Tour.model_validate(data)
    except ValidationError as error:
        raise Rejected(
            explain(error, Tour, file=path.name, row_of=line_of, whole_path=True)
        ) from error
    problems = _unplaced(tour, theory_map, path.name, line_of)
    if problems:
        raise Rejected(problems)
    return tour


def _unplaced(tour: Tour, theory_map: TheoryMap, file: str, line_of: LineOf) -> list[Problem]:
    """What steps name that is not one record of the map."""
    from visualise.tour import called

    problems = []
    for place, step in enumerate(tour.steps):
        for record in step.records:
            keys = called(record, theory_map)
            if len(keys) == 1:
                continue
            several = f"one of {', '.join(keys[:_FEW])}"
            problems.append(
                Problem(
                    file=file,
                    row=line_of(("steps", place)),
                    column="records",
                    message="several records answer to the name"
                    if keys
                    else "there is no such record on this map",
                    found=record,
                    expected=several if keys else None,
                    hint=None if keys else "the map's table of records lists their names",
                )
            )
    return problems
