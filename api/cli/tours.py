"""Reading the file of an argument tour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph.errors import Problem, Rejected
from loaders.explain import explain
from loaders.plain_yaml import read_plain_yaml
from loaders.tables import read_text

if TYPE_CHECKING:
    from visualise.tour import Tour

_MAX_MB = 1


def read_tour(path: Path) -> Tour:
    """The tour that a YAML file describes.

    Raises:
        Rejected: there is no such file, or it is not a tour; everything that is wrong is told.
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
    steps = data.get("steps")
    placed: dict[str, Any] = {**data, "file": path.name}
    if isinstance(steps, list):
        placed["steps"] = [
            {**step, "line": line_of(("steps", place))} if isinstance(step, dict) else step
            for place, step in enumerate(steps)
        ]
    try:
        return Tour.model_validate(placed)
    except ValidationError as error:
        raise Rejected(
            explain(error, Tour, file=path.name, row_of=line_of, whole_path=True)
        ) from error
