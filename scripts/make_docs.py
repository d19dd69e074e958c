"""Write the documentation that is made from the code; `--check` says what is stale instead.

docs/columns.md, docs/review.schema.json, docs/settings.md, docs/commands.md, docs/queries.md,
docs/graph.md, docs/lint.md and docs/gaps.md, and the Cypher statements that are made from
the models.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT))

import typer.main  # noqa: E402
from pydantic import BaseModel  # noqa: E402
from pydantic.fields import FieldInfo  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from api.cli.main import app  # noqa: E402
from graph.answers.base import NO_REASON  # noqa: E402
from graph.answers.signs import EVIDENCE, REPEATED, TWO_MARKS, WORDS  # noqa: E402
from graph.catalogue import catalogue  # noqa: E402
from graph.questions.gap_rules import RULES  # noqa: E402
from graph.questions.lint import lint_rules  # noqa: E402
from graph.schema import Kind, kinds  # noqa: E402
from graph.settings import Settings  # noqa: E402
from loaders.columns import FILES, ID_IS_OPTIONAL, Column, columns  # noqa: E402
from loaders.review_file import (  # noqa: E402
    ReportingEntry,
    ReviewFile,
    StageEntry,
    StepEntry,
    TallyEntry,
    TermEntry,
)
from scripts import make_cypher  # noqa: E402

MADE = "Made from the code by `make docs`; change the code, not this page."
WIDTH = 78  # of a window with 80 columns
_VOCABULARIES = {
    "levels": "levels of review.yaml",
    "perspective": "a perspective of review.yaml; any word if it lists none",
    "perspectives": "perspectives of review.yaml; any words if it lists none",
}
_ENTRIES: dict[str, type[BaseModel]] = {
    "one of `levels` or `perspectives`": TermEntry,
    "one of `search`": StageEntry,
    "one of `steps`, in a stage": StepEntry,
    "one of `tallies`": TallyEntry,
    "one of `reporting`": ReportingEntry,
}


def page(title: str, *parts: str) -> str:
    """A page with a title and the remark that it is made."""
    given = [part.strip("\n") for part in parts if part]
    return "\n\n".join([f"# {title}", MADE, *given]) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = list(head)
    lines = [f"| {' | '.join(names)} |", f"| {' | '.join('---' for _ in names)} |"]
    lines += [f"| {' | '.join(_cell(value) for value in row)} |" for row in rows]
    return "\n".join(lines)


def _yes(true: bool) -> str:
    return "yes" if true else ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# ---- columns ---------------------------------------------------------------------------------


def _declared_in(label: str) -> str:
    file = next((name for name, model in FILES.items() if model.label == label), None)
    return file or f"review.yaml: a {label.casefold()}"


def _holds(column: Column, file: str) -> str:
    if column.name == "id":
        return "an id; made from the row if empty" if file in ID_IS_OPTIONAL else "an id"
    if column.name in _VOCABULARIES:
        return _VOCABULARIES[column.name]
    target = _declared_in(column.target) if column.target else ""
    match column.shape:
        case "choice":
            return "one of " + ", ".join(f"`{choice}`" for choice in column.choices)
        case "reference":
            return f"an id in {target}"
        case "references":
            return f"ids in {target}, as a list"
        case "parts":
            return f"ids in {target}, as a list; `(inferred)` after one marks it"
        case "list":
            return "a list"
        case "number":
            return "a whole number"
        case "yes/no":
            return "yes or no"
        case _:
            return "text"


def columns_page() -> str:
    """Every column of every file, and every name in review.yaml."""
    parts = [
        "What each file of a [review folder](format.md) may hold. Columns may stand in any order; "
        "those that are not needed may be left out. A list has `;` between its values, or the "
        "column is repeated (`context 1`, `context 2`).",
    ]
    for file in FILES:
        rows = [
            [f"`{column.name}`", _yes(column.required), _holds(column, file), column.description]
            for column in columns(file).values()
        ]
        parts += [f"## {file}", table(("column", "must be filled", "holds", "meaning"), rows)]
    parts += ["## review.yaml", _names(ReviewFile)]
    for what, model in _ENTRIES.items():
        parts += [f"### {what}", _names(model)]
    return page("Columns", *parts)


def _names(model: type[BaseModel]) -> str:
    rows = [
        [f"`{name}`", _yes(info.is_required()), info.description or ""]
        for name, info in model.model_fields.items()
    ]
    return table(("name", "must be there", "meaning"), rows)


def schema_page() -> str:
    """The JSON Schema of review.yaml."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **ReviewFile.model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


# ---- settings --------------------------------------------------------------------------------


def _bounds(info: FieldInfo) -> str:
    words = {"ge": "at least", "gt": "more than", "le": "at most"}
    return ", ".join(
        f"{word} {value:g}"
        for mark in info.metadata
        for name, word in words.items()
        if (value := getattr(mark, name, None)) is not None
    )


def _default(value: object) -> str:
    return "" if value is None else f"`{json.dumps(value)}`" if value == [] else f"`{value}`"


def settings_page() -> str:
    """Every setting."""
    prefix = Settings.model_config.get("env_prefix", "")
    rows = [
        [f"`{prefix}{name.upper()}`", _default(info.default), _bounds(info), info.description or ""]
        for name, info in Settings.model_fields.items()
    ]
    return page(
        "Settings",
        "Each setting is an environment variable. `--store` on the command line goes before "
        "`THEORYGRAPH_STORE`. An empty default means: not set.",
        table(("variable", "default", "bounds", "meaning"), rows),
    )


# ---- commands --------------------------------------------------------------------------------


def command_names() -> list[str]:
    """The commands in the order of the help."""
    return list(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def _help(*arguments: str) -> str:
    alone: dict[str, str | None] = {
        name: None for name in os.environ if name.startswith("THEORYGRAPH_")
    }
    shown = CliRunner(env=alone).invoke(
        app,
        [*arguments, "--help"],
        prog_name="theorygraph",
        terminal_width=WIDTH,
        catch_exceptions=False,
    )
    return "\n".join(line.rstrip() for line in shown.stdout.strip("\n").splitlines())


def commands_page() -> str:
    """What each command says of itself."""
    parts = [
        "Exit status: 0 answered, 1 could not be answered or was rejected, 2 wrong usage. Answers "
        "go to standard output, everything else to standard error.",
        f"```\n{_help()}\n```",
    ]
    for name in command_names():
        parts += [f"## {name}", f"```\n{_help(name)}\n```"]
    return page("Commands", *parts)


# ---- queries ---------------------------------------------------------------------------------

_MADE_FILES = ("schema.cypher", "staged.cypher", "write.cypher")
_KINDS_OF_STATEMENT = {
    "constrain": "The unique id of a label.",
    "index": "An index on a property of a label.",
    "create": "New records of a label.",
    "remove": "Records that are gone from the folder, with their relationships.",
    "link": "One kind of relationship.",
    "prepare": "An index on a label of staged records.",
    "stage": "New records, staged.",
    "tie": "One kind of relationship, from a staged record.",
    "turn": "The load counts: staged records get their label.",
    "drop": "The load does not count: staged records go.",
}
"""What the statements made by scripts/make_cypher.py do, where their comments do not say."""


def queries_page() -> str:
    """The catalogue of Cypher."""
    parts = [
        "Every query of the product, by name, as it stands in `graph/cypher/`. Each runs unchanged "
        "on both stores, but for `heads.cypher` and `staged.cypher`, and takes parameters only.",
    ]
    known = catalogue()
    for file in sorted((ROOT / "graph" / "cypher").glob("*.cypher")):
        text = file.read_text(encoding="utf-8")
        names = re.findall(r"^// name: (\w+)$", text, re.MULTILINE)
        first = re.split(r"^// (?:name|fragment): ", text, maxsplit=1, flags=re.MULTILINE)[0]
        first = first.replace("//", " ")
        parts += [f"## {file.name}", " ".join(first.split())]
        if file.name not in _MADE_FILES:
            rows = [[f"`{name}`", known[name].comment] for name in names]
            parts.append(table(("query", "what it answers"), rows))
            continue
        groups: dict[str, list[str]] = {}
        for name in names:
            groups.setdefault(name.partition("_")[0], []).append(name)
        rows = [
            [
                f"`{group}_…`",
                _KINDS_OF_STATEMENT.get(group) or known[members[0]].comment,
                ", ".join(f"`{name}`" for name in members),
            ]
            for group, members in groups.items()
        ]
        parts.append(table(("statements", "what they do", "names"), rows))
    return page("Queries", *parts)


# ---- graph -----------------------------------------------------------------------------------


def _diagram() -> str:
    lines = ["```mermaid", "graph LR"]
    for label, kind in kinds().items():
        arrows: dict[str, set[str]] = {}
        for link in kind.links:
            arrows.setdefault(link.to, set()).add(link.type)
        for target, types in arrows.items():
            lines.append(f"  {label} -->|{'<br>'.join(sorted(types))}| {target}")
    lines += ["  Evidence -->|BEARS_ON| Mechanism", "```"]
    return "\n".join(lines)


def _label(kind: Kind) -> list[str]:
    told = {name: info.description or "" for name, info in kind.model.model_fields.items()}
    rows = [[f"`{name}`", told[name] or ""] for name in kind.properties]
    derived = [name for name in kind.stored if name not in kind.properties]
    parts = [f"## {kind.label}", (kind.model.__doc__ or "").strip()]
    parts += [table(("property", "meaning"), rows)]
    if derived:
        parts.append(f"Kept beside them: {', '.join(f'`{name}`' for name in derived)}.")
    if kind.links:
        links = [[f"`{link.type}`", f"{link.to}", told[link.field]] for link in kind.links]
        if kind.label == "Evidence":
            said = "The mechanisms of the configuration it is about; made by the load."
            links.append(["`BEARS_ON`", "Mechanism", said])
        parts.append(table(("relationship", "to", "meaning"), links))
    return parts


def graph_page() -> str:
    """Labels, properties and relationships."""
    parts = [
        "What the store holds. An id is `review:local`; `review` is the id of the review a record "
        "belongs to, `fingerprint` tells a changed record from an unchanged one, `keys` are the "
        "names it answers to. `HAS_CONTEXT`, `HAS_RESOURCE`, `HAS_REASONING` and `HAS_OUTCOME` "
        "carry `position` and `inferred`.",
        _diagram(),
    ]
    for kind in kinds().values():
        parts += _label(kind)
    return page("The graph", *parts)


# ---- lint ------------------------------------------------------------------------------------


def lint_page() -> str:
    """The rules of lint."""
    parts = [
        "`theorygraph lint` looks for true quotes on wrong claims, and other sins, without a "
        "model: by the records, and by words. What it names deserves a second look and need not "
        "be wrong. `--review` and `--rule` narrow it, `--rules` shows this list, and the exit "
        "status is 1 as long as complaints remain. Over HTTP it is `/lint` and `/lint/rules`.",
        "Where words decide, a rule speaks only if they are clear, and is silent otherwise. The "
        "words are English, but levels are found by the names and aliases that the review gives "
        "them. What was measured: [performance](performance.md).",
        "## Silencing",
        "A complaint that is unfounded is silenced by a row of `silenced.csv` in the review "
        "folder. It says why, so that a reader can judge; `--silenced` shows the complaint beside "
        "it. A row that silences nothing is reported. A near-duplicate may be silenced for either "
        "of the two records, a quote for any of its pieces of evidence.",
        table(
            ("rule", "record", "because", "declared_by"),
            [
                [
                    "near-duplicates",
                    "trust-in-managers",
                    "One is of staff, one of patients.",
                    "Lee A",
                ]
            ],
        ),
        "## Rules",
    ]
    for rule in lint_rules().items:
        parts += [
            f"### {rule.id}",
            rule.complains_of,
            f"- Why: {rule.reason}\n- For example: {rule.example}\n- To silence it: {rule.silence}",
        ]
    return page("Lint", *parts)


# ---- gaps ------------------------------------------------------------------------------------

_EITHER = {None: "–", True: "yes", False: "no"}


def gaps_page() -> str:
    """The two marks of a gap cell, and the table that decides the second."""
    return page(
        "Gaps",
        "`theorygraph gaps` shows mechanisms, and concepts that evidence, a gap or a search is "
        "about, by level, perspective, kind of source or setting. " + TWO_MARKS,
        "Nothing is said that no record says. Each word of the review comes with the records that "
        "it follows from, their ids, and their own words; a reason is quoted from a record, or it "
        f"is “{NO_REASON}”. Pages, figures, reports, text, JSON and CSV take words and signs from "
        "the tables below.",
        "## What evidence is entered",
        table(
            ("sign", "state", "meaning"),
            [[look.sign, state.value, look.means] for state, look in EVIDENCE.items()],
        ),
        "Refining counts as support. Works are counted, each once: primary works, syntheses and "
        "stakeholders side by side. Evidence of a source that the review excluded is shown apart. "
        "Evidence that does not state its level (perspective, setting) stands beside the matrix, "
        "at the name of its row: it is no column, no gap, and part of no total.",
        "## What the review says",
        table(
            ("sign", "word", "meaning"),
            [[look.sign, word.value, look.means] for word, look in WORDS.items()],
        ),
        REPEATED,
        "## How far a record reaches",
        "A search and a statement reach as far as they say, in the columns `mechanisms`, "
        "`concepts`, `configurations`, `levels`, `perspectives` and `kinds` of stages and "
        "findings; an empty column covers nothing of that sort.",
        "- A record that names a mechanism and no level is about **the mechanism as a whole**: it "
        "stands at its name, is repeated in its cells as “for the mechanism, level not stated”, "
        "and is counted once.\n"
        "- One that names a level or perspective and no mechanism is about **the column as a "
        "whole**, in the same way. One that names neither is about the review as a whole.\n"
        "- One that names both is about **the cell**.\n"
        "- One about a **configuration** touches that; at its mechanism it says “about one of its "
        "configurations”. A configuration that is named in a statement beside its own mechanism "
        "narrows the statement to it.\n"
        "- What a record names and the matrix does not show narrows it as well: “only perspective "
        "Patient”. A search that names kinds of source looked among these.\n"
        "- A history row is about its mechanism; its `configurations`, `levels`, `perspectives` "
        "and `kinds` narrow it. What is stated later of the same replaces what was stated before; "
        "“preliminary” and “new” state nothing of evidence and are no search.\n"
        "- A search brings what its `kinds` say; without them one in databases or journals brings "
        "papers, grey literature and syntheses, another one anything.",
        "## The table",
        "For each thing that a record can say of a place one row fits. *Entered*: evidence that it "
        "speaks of is entered there; support for “supported”, for a search what such a search can "
        "bring, for what is left any empirical evidence. *Settled*: an empty place means that "
        "nothing was found. It does not if no evidence of the review is entered at all, if "
        "evidence that does not say its place may belong there, or if the review states for the "
        "whole row or column that there is something or leaves it open.",
        table(
            ("a record says", "entered", "settled", "word", "because"),
            [
                [
                    rule.says.value,
                    _EITHER[rule.entered],
                    _EITHER[rule.settled],
                    rule.word.value if rule.word else "none",
                    rule.because,
                ]
                for rule in RULES
            ],
        ),
        "A search alone is told only where the review states nothing of the same place. If no "
        "evidence of a review is entered at all, its matrix says so once, on top: that is the "
        "silence of the file, not of the field.",
    )


PAGES: dict[str, Callable[[], str]] = {
    "columns.md": columns_page,
    "review.schema.json": schema_page,
    "settings.md": settings_page,
    "commands.md": commands_page,
    "queries.md": queries_page,
    "graph.md": graph_page,
    "lint.md": lint_page,
    "gaps.md": gaps_page,
}
"""Each page that is made, with what makes it."""


def main() -> int:
    """Write the pages, or say which of them are stale."""
    checking = "--check" in sys.argv[1:]
    status = make_cypher.main()
    catalogue.cache_clear()
    for name, make in PAGES.items():
        path = DOCS / name
        text = make()
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if checking:
            print(f"docs/{name} is stale: run `make docs`", file=sys.stderr)
            status = 1
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/{name}")
    return status


if __name__ == "__main__":
    sys.exit(main())
