"""Screening in EPPI-Reviewer: code sets whose codes include and exclude; each set is a stage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from graph.decisions import EXCLUDED, INCLUDED, Decision
from loaders.coded.json_text import word_of
from loaders.references.deciding import reason_of, stage_id
from loaders.review_file import StageEntry

_SETS = "screening"
_ON = re.compile(
    r"^exclude[ds]?\b(?:\s*(?:on|for|because(?: of)?|due to)\b)?[\s:,-]*", re.IGNORECASE
)


class Screening:
    """What the codes of screening sets decide, and the stages that the sets are."""

    def __init__(self) -> None:
        self._of_set: dict[str, StageEntry] = {}
        self._decides: dict[str, tuple[str, str | None]] = {}
        """The stage of each code by its id, and the reason it excludes for; None if it includes."""
        self._used: set[str] = set()

    @property
    def stages(self) -> list[StageEntry]:
        """The stages at which something was decided."""
        return [stage for stage in self._of_set.values() if stage.id in self._used]

    def learn(self, code_set: dict[str, Any], name: str) -> None:
        """Take in the codes of a set, if it is one for screening."""
        kind = code_set.get("SetType")
        if not isinstance(kind, dict) or word_of(kind.get("SetTypeName")).casefold() != _SETS:
            return
        id_ = stage_id(name)
        self._of_set.setdefault(id_, StageEntry(id=id_, name=name[:200], from_decisions=True))
        for code in _codes(code_set):
            decides = word_of(code.get("AttributeType")).casefold()
            if decides in ("include", "exclude"):
                reason = _ON.sub("", word_of(code.get("AttributeName")))
                because = reason if decides == "exclude" else None
                self._decides[word_of(code.get("AttributeId"))] = id_, because

    def decisions(self, codes: Iterable[dict[str, Any]]) -> list[str]:
        """What the codes that a record was given decide of it; one that excludes goes first."""
        reasons: dict[str, list[str]] = {}
        for code in codes:
            stage, because = self._decides.get(word_of(code.get("AttributeId")), ("", None))
            if stage:
                reasons.setdefault(stage, []).extend([] if because is None else [because])
        self._used |= reasons.keys()
        return [
            Decision(stage, EXCLUDED if given else INCLUDED, reason_of(given)).text
            for stage, given in sorted(reasons.items())
        ]


def _codes(holder: dict[str, Any]) -> Iterator[dict[str, Any]]:
    wave: list[Any] = [holder]
    while wave:
        inside = wave.pop().get("Attributes")
        listed = inside.get("AttributesList") if isinstance(inside, dict) else None
        for code in listed if isinstance(listed, list) else ():
            if isinstance(code, dict):
                yield code
                wave.append(code)
