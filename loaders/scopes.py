"""What ``review.yaml`` means by its words: the ids that stages cover and tallies count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from graph.errors import Problem
from graph.model import LOCAL_ID
from graph.names import nearest
from loaders.naming import Naming, declared_in, digest
from loaders.review_file import SCOPE, StageEntry, TallyEntry


def scope_of(
    stage: StageEntry, index: Mapping[str, Naming], review: str, problems: list[Problem]
) -> dict[str, list[str]]:
    """The records and terms that a stage covers.

    Args:
        stage: the stage as it is written down.
        index: the records of the review by kind.
        review: the id of the review.
        problems: takes what is unknown, each with its place.
    """
    found: dict[str, list[str]] = {}
    for column, label in SCOPE.items():
        known = index[label]
        for number, text in enumerate(getattr(stage, column)):
            local = known.find(text)
            if local is None and known.complete and (known.ids or label != "Perspective"):
                message, hint = known.unknown(text)
                problems.append(
                    Problem(
                        **stage.place(column, number),
                        message=message,
                        found=text[:120],
                        expected=f"an id of {declared_in(label)}",
                        hint=hint,
                    )
                )
                continue
            word = local or text
            if label not in ("Level", "Perspective"):
                # What is wrong with an id is said where its record is, or would be.
                fits = re.fullmatch(LOCAL_ID, word)
                word = f"{review}:{word if fits else f'unread-{digest(word)}'}"
            if word not in found.setdefault(column, []):
                found[column].append(word)
    return found


def unknown_in_tallies(
    tallies: Iterable[TallyEntry], index: Mapping[str, Naming]
) -> Iterator[Problem]:
    """What tallies count that is no stage and no concept, if all of those are known."""
    places = [index["Stage"], index["Concept"]]
    if not all(place.complete for place in places):
        return
    known = [local for place in places for local in place.ids.values()]
    for tally in tallies:
        if tally.of is not None and tally.of not in known:
            close = nearest(tally.of, known, limit=1)
            yield Problem(
                **tally.place,
                message="unknown stage or concept",
                found=tally.of,
                expected="an id of a stage of the search, or of a concept",
                hint=f"did you mean {close[0]!r}?" if close else None,
            )
