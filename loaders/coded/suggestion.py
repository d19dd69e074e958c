"""A first draft of ``codes.yaml``: what the codes of coded documents seem to stand for.

Only names are looked at: a code's own, and those that stand above it. What they say plainly is
proposed, with how sure that is; what they only hint at is there to be chosen; all other codes are
listed with their counts. No stance is proposed for codes that name none.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.commands import command
from graph.errors import Problem, Rejected, Severity
from graph.settings import Settings
from loaders.coded.eppi import looks_like_eppi
from loaders.coded.mapping import CodeName, Part, key, meanings, read_mapping
from loaders.detect_format import How, kind_of, read_input
from loaders.parsed_input import Given
from loaders.reading import on_one_line

_SHOWN = 60
_LONGEST = 200
_MOST_LISTED = 2_000

_WORDS: dict[Part, tuple[str, str]] = {
    Part.CONTEXT: (r"contexts?", r"contextual factors?|circumstances?|settings?"),
    Part.MECHANISM: (
        r"mechanisms?(?: of action)?",
        r"resources?|reasonings?|responses?|reactions?",
    ),
    Part.OUTCOME: (r"outcomes?", r"impacts?|consequences?"),
    Part.LEVEL: (r"levels?", r"levels? of action"),
}
"""The field's own words for a part, and others that often mean it."""
_STANCES = {
    "supports": r"supports?|supporting|supportive|confirms?|confirming|confirms the theory",
    "challenges": r"challeng(?:es?|ing)|contradict(?:s|ing|ory)?|refut(?:es?|ing)|oppos(?:es?|ing)|"
    r"(?:speaks? )?against|disconfirm(?:s|ing)?|negative cases?|counter-?examples?",
    "refines": r"refin(?:es?|ing)|qualif(?:y|ies|ying)|nuances?",
}
_PLAIN = {part: re.compile(rf"(?:the )?(?:{own})", re.I) for part, (own, _) in _WORDS.items()}
_LOOSE = {part: re.compile(rf"(?:the )?(?:{near})", re.I) for part, (_, near) in _WORDS.items()}
_WITHIN = {part: re.compile(rf"\b(?:{own})\b", re.I) for part, (own, _) in _WORDS.items()}
_LABELS = {
    part: re.compile(
        rf"(?:(?:{'|'.join(_WORDS[part])})\s*\d*\s*[:=–—-]\s*\S|{letter}\d+\s*[.:)–—-]?\s+\S"
        rf"|{letter}\s*[:=]\s*\S)|.*\S\s*\({letter}\d*\)$",
        re.I,
    )
    for part, letter in ((Part.CONTEXT, "C"), (Part.MECHANISM, "M"), (Part.OUTCOME, "O"))
}
_NUMBERED = re.compile(r"^\W*\d+[.)]?\s*|[\s:.]+$")
_BRIEF = {"supports": "for|pro|yes|\\+", "challenges": "con|contra|no|[-−]", "refines": "partly"}
"""What is a stance where a code above it says that stances stand below."""


@dataclass(frozen=True, slots=True)
class _Code:
    """A code with where it stands and how often it was used."""

    local: str
    path: tuple[str, ...]
    passages: int
    sources: int
    above_others: bool

    @property
    def name(self) -> str:
        return self.path[-1]

    @property
    def used(self) -> str:
        return (
            f"{self.passages} passage{'' if self.passages == 1 else 's'} in "
            f"{self.sources} source{'' if self.sources == 1 else 's'}"
        )


@dataclass(frozen=True, slots=True)
class _Proposal:
    """What a code may be: its part, what it does if it is a stance, how sure that is and why."""

    part: Part
    sure: Literal["sure", "fairly sure", "not sure"]
    why: str
    stance: str = ""


def is_coded(path: Path) -> bool:
    """Whether a file is a coded document: its codes are proposed, not its columns."""
    if not path.is_file():
        return False
    kind = kind_of(path)
    return kind == "refi" or (kind == "json" and looks_like_eppi(path))


def suggest_codes(path: Path, *, max_mb: int = 100, called: str = "codes.yaml") -> str:
    """The text of a ``codes.yaml`` for coded documents; each line says what it was taken from.

    Args:
        path: an EPPI-Reviewer JSON, a ``.qdpx`` or ``.qdc``, or a zip of such files.
        max_mb: how large it may be, and how much it may inflate to, in MiB.
        called: what the file with this text will be called.

    Raises:
        Rejected: the file cannot be read, or there is no code in it.
    """
    inputs = [one for one in read_input(path, Settings(max_file_mb=max_mb), How()) if one.coded]
    codes = list(_codes(inputs))
    if not codes:
        wrong = [
            problem
            for given in inputs
            for problem in given.problems
            if problem.severity is Severity.ERROR and not _of_kinds(problem)
        ]
        nothing = Problem(file=path.name, message="there is no code in this file")
        raise Rejected(wrong or [nothing])
    needs_kind = any(_of_kinds(problem) for given in inputs for problem in given.problems)
    return _written(path.name, inputs, codes, needs_kind, called)


def _of_kinds(problem: Problem) -> bool:
    return "`kind:`" in (problem.expected or "")


def _codes(inputs: Iterable[Given]) -> Iterator[_Code]:
    """Every code once, in the order of the codebook, with its counts in all documents."""
    rows: dict[str, tuple[str, str, str]] = {}
    passages: Counter[str] = Counter()
    sources: dict[str, set[str]] = defaultdict(set)
    for given in inputs:
        for row in given.rows_of("codes.csv"):
            said = row.text("name"), row.text("parent"), row.text("scheme")
            rows.setdefault(row.text("id"), said)
        for row in given.rows_of("passages.csv"):
            passages[row.text("code")] += 1
            sources[row.text("code")].add(row.text("source"))
    above = {parent for _, parent, _ in rows.values()}
    for local in rows:
        yield _Code(
            local,
            tuple(_path(local, rows)),
            passages[local],
            len(sources[local]),
            local in above,
        )


def _path(local: str, rows: dict[str, tuple[str, str, str]]) -> list[str]:
    names: list[str] = []
    at, scheme = local, ""
    while at in rows and len(names) < 100:
        name, parent, scheme = rows[at]
        names.append(name)
        at = parent
    return [*([scheme] if scheme else []), *reversed(names)]


# -- what names say -----------------------------------------------------------------------------


def _proposed(code: _Code) -> _Proposal | None:
    """What the names say of a code, if they say anything."""
    name = _bare(code.name)
    below_stance = any(re.fullmatch(r"stances?", _bare(above), re.I) for above in code.path[:-1])
    for stance, words in _STANCES.items():
        if re.fullmatch(f"{words}|{_BRIEF[stance]}" if below_stance else words, name, re.I):
            return _Proposal(
                Part.STANCE, "sure", f"is called {on_one_line(code.name, _SHOWN)!r}", stance
            )
    labelled = [part for part, sign in _LABELS.items() if sign.match(code.name.strip())]
    if len(labelled) == 1:
        return _Proposal(labelled[0], "sure", "its own name says so")
    if heads := _which(_PLAIN, name):
        why = "it names the kind, not one of that kind; its passages need codes of their own"
        return _Proposal(heads[0], "not sure", why)
    for above in reversed(code.path[:-1]):
        why = f"stands below {on_one_line(above, _SHOWN)!r}"
        if heads := _which(_PLAIN, _bare(above)):
            return _Proposal(heads[0], "sure", why)
        if heads := _which(_LOOSE, _bare(above)):
            return _Proposal(heads[0], "fairly sure", why)
        if within := [part for part, sign in _WITHIN.items() if sign.search(above)]:
            return _Proposal(within[0], "not sure", why) if len(within) == 1 else None
    within = [part for part, sign in _WITHIN.items() if sign.search(code.name)]
    return _Proposal(within[0], "not sure", "a word in its name") if len(within) == 1 else None


def _which(signs: dict[Part, re.Pattern[str]], name: str) -> list[Part]:
    return [part for part, sign in signs.items() if sign.fullmatch(name)]


def _bare(name: str) -> str:
    return _NUMBERED.sub("", " ".join(name.split()))


# -- how codes are written ----------------------------------------------------------------------


def _written_names(codes: Sequence[_Code]) -> dict[str, str]:
    """How each code is written: by as much of the end of its path as tells it from all others."""
    ends: Counter[str] = Counter()
    for code in codes:
        ends.update({key(" > ".join(code.path[at:])) for at in range(len(code.path))})
    ids = {key(code.local) for code in codes}
    found = {}
    for code in codes:
        found[code.local] = code.local
        for at in range(len(code.path) - 1, -1, -1):
            text = " > ".join(code.path[at:])
            if len(text) > _LONGEST or not text.isprintable():
                break
            if ends[key(text)] == 1 and key(text) not in ids and not key(text).endswith("> *"):
                found[code.local] = text
                break
    return found


_HEAD = """\
# Proposed from the names of {codes} in {file}: {passages} in {sources}.
# Nothing of it is decided. Look at every line; what is wrong, delete or put elsewhere; of what is
# right and has a #, take the # away. Then:
#   {check}
"""
_KIND = """\
kind: {kind} # not sure: the file does not say what its sources are; paper, grey, synthesis,
#             interview or consultation; `kinds:` has those that are something else, by name
"""
_STANCE = """\
# stance: supports # take the first # away if coding a passage meant that it supports the mechanism,
#                    context or outcome; without a stance passages are kept, and make no evidence
"""
_PARTS = {
    Part.MECHANISM: "",
    Part.CONTEXT: "",
    Part.OUTCOME: "",
    Part.LEVEL: " # only levels that review.yaml declares; write the level after the colon",
    Part.STANCE: " # what a passage with the code does to its target",
}


def _written(
    file: str, inputs: Sequence[Given], codes: Sequence[_Code], needs_kind: bool, called: str
) -> str:
    names = _written_names(codes)
    # In a codebook by itself nothing was used; in a project, what was not says nothing of anything.
    used = any(code.passages for code in codes)
    found = {
        code.local: _proposed(code) if code.passages or not (used or code.above_others) else None
        for code in codes
    }
    refused = _refused(codes, names, found)
    passages = sum(code.passages for code in codes)
    rows = [row for given in inputs for row in given.rows_of("sources.csv")]
    lines = [
        _HEAD.format(
            codes=_number(len(codes), "code"),
            file=on_one_line(file, _SHOWN),
            passages=_number(passages, "coded passage"),
            sources=_number(len(rows), "source"),
            check=command("check", file, "--codes", called),
        )
    ]
    if needs_kind:
        lines.append(_KIND.format(kind=_kind(row.text("title") for row in rows)))
    lines.append(_STANCE)
    for part, said in _PARTS.items():
        lines.append(f"{part.value}:{said}\n")
        for code in codes:
            one = found[code.local]
            if one is None or one.part is not part:
                continue
            taken = one.sure != "not sure" and part is not Part.LEVEL and code.local not in refused
            value = f" {one.stance}" if part is Part.STANCE else ""
            lines.append(
                f"  {'' if taken else '# '}{json.dumps(names[code.local], ensure_ascii=False)}:"
                f"{value} # {code.used}; {one.sure}: {one.why}\n"
            )
    rest = [code for code in codes if found[code.local] is None]
    if rest:
        lines.append(f"# {_number(len(rest), 'code')} of which the names say nothing: these stay\n")
        lines.append("# tags, or go above.\n")
    for code in rest[:_MOST_LISTED]:
        counts = code.used if code.passages or not code.above_others else "a heading"
        lines.append(f"#   {json.dumps(names[code.local], ensure_ascii=False)}: # {counts}\n")
    if len(rest) > _MOST_LISTED:
        lines.append(f"#   … and {len(rest) - _MOST_LISTED:,} more\n")
    return "".join(lines)


def _refused(
    codes: Sequence[_Code], names: dict[str, str], found: dict[str, _Proposal | None]
) -> set[str]:
    """Codes that the mapping could not take as they are written, to be on the safe side."""
    by_part: dict[Part, dict[str, str | None]] = {part: {} for part in Part}
    local_of = {}
    for code in codes:
        one = found[code.local]
        if one is not None and one.sure != "not sure":
            by_part[one.part][names[code.local]] = one.stance or None
            local_of[one.part.value, names[code.local]] = code.local
    text = json.dumps({part.value: entries for part, entries in by_part.items()})
    mapping, _ = read_mapping(text, "codes.yaml")
    if mapping is None:
        return set(local_of.values())
    known = [CodeName(code.local, "", code.name, code.path) for code in codes]
    _, problems = meanings(mapping, known, "")
    return {
        local
        for (part, name), local in local_of.items()
        if any(one.column == part and one.found == name[:120] for one in problems)
    }


def _kind(titles: Iterable[str]) -> str:
    names = list(titles)
    spoken = sum(bool(re.search(r"interview|participant|transcript", one, re.I)) for one in names)
    return "interview" if names and spoken * 2 > len(names) else "paper"


def _number(n: int, one: str) -> str:
    return f"{n:,} {one}{'' if n == 1 else 's'}"
