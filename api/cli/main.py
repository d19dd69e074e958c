"""The commands. Exit status: 0 answered, 1 could not be answered or was rejected, 2 wrong usage."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError

from api.cli import text
from api.cli.console import err, loading, say, show, show_error, show_problems, tell
from graph.answers import Answer, Page
from graph.errors import TheorygraphError
from graph.load import remove_review
from graph.model import (
    Appraisal,
    FindingKind,
    Polarity,
    SourceKind,
    Stance,
    Status,
    TheoryKind,
)
from graph.questions import records
from graph.questions.ask import ask as ask_question
from graph.questions.evidence import EvidenceFilter, evidence_by_id
from graph.questions.evidence import evidence as evidence_question
from graph.questions.findings import finding, findings
from graph.questions.flow import flow as flow_question
from graph.questions.gaps import gaps as gaps_question
from graph.questions.health import product_version
from graph.questions.mechanisms import mechanisms
from graph.questions.names import resolve
from graph.questions.theory_map import theory_map
from graph.questions.unsupported import mechanism
from graph.questions.unsupported import unsupported as unsupported_question
from graph.settings import Settings
from graph.store import Store
from graph.stores import open_store

app = typer.Typer(
    help="The knowledge graph of programme theory: load realist reviews, ask them, map them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="Where the graph is: a path, or neo4j://host:7687. Default: THEORYGRAPH_STORE, "
        "else theorygraph.kgl in this folder.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="The object that HTTP returns.")]
ReviewOption = Annotated[str | None, typer.Option("--review", help="Only this review.")]
AfterOption = Annotated[str, typer.Option("--after", help="The id after which the page begins.")]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=1000, help="Records shown.")]


def _settings(store: str | None) -> Settings:
    try:
        return Settings().with_store(store)
    except ValidationError as error:
        for complaint in error.errors():
            name = "_".join(str(part) for part in complaint["loc"]).upper()
            tell(f"The setting THEORYGRAPH_{name} is wrong: {complaint['msg']}", "bold red")
        raise typer.Exit(1) from error
    except SettingsError as error:
        tell(f"A setting is wrong: {error}", "bold red")
        tell('  A list is written as JSON, for example ["https://example.org"].')
        raise typer.Exit(1) from error


@contextlib.contextmanager
def _store(named: str | None) -> Iterator[tuple[Store, Settings]]:
    settings = _settings(named)
    try:
        with open_store(settings) as store:
            yield store, settings
    except TheorygraphError as error:
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="A review folder.")],
    as_json: JsonOption = False,
) -> None:
    """Say everything that is wrong with a review folder, without loading it."""
    from loaders.intake import check as check_folder

    settings = _settings(None)
    try:
        reading = check_folder(path, settings)
    except TheorygraphError as error:
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error

    def render() -> None:
        show_problems(reading.problems, settings.max_problems)
        for file in reading.files:
            rejected = f", {file.rejected} rejected" if file.rejected else ""
            rows = "row" if file.rows == 1 else "rows"
            say(f"{file.file}: {file.rows} {rows}, {file.accepted} accepted{rejected}")
        warnings = len(reading.problems) - len(reading.errors)
        warned = f"{warnings} warning{'' if warnings == 1 else 's'}"
        if reading.errors:
            errors = len(reading.errors)
            say(f"{errors} error{'' if errors == 1 else 's'}, {warned}. It cannot be loaded yet.")
        else:
            say(f"No errors, {warned}. Load it: theorygraph load {path}")

    shown = reading.model_copy(update={"bundle": None})
    show(shown, as_json, render)
    raise typer.Exit(1 if reading.errors else 0)


@app.command()
def load(
    paths: Annotated[list[Path], typer.Argument(help="Review folders.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load review folders; each is loaded as a whole, or not at all."""
    from loaders.intake import load as load_folder

    with _store(store) as (opened, settings):
        for path in paths:
            with loading(f"Loading {path}") as progress:
                loaded = load_folder(opened, path, settings, progress=progress)
            total = loaded.report.total

            def render(loaded: Any = loaded, total: Any = total) -> None:
                show_problems(loaded.warnings, settings.max_problems)
                say(
                    f"{loaded.report.review}: {total.new} new, {total.changed} changed, "
                    f"{total.unchanged} unchanged, {total.removed} removed"
                )

            show(loaded, as_json, render)
        if not as_json:
            say("Next: theorygraph gaps, theorygraph unsupported, theorygraph map map.html", "dim")


@app.command()
def remove(
    review: Annotated[str, typer.Argument(help="The review, by id or title.")],
    store: StoreOption = None,
) -> None:
    """Take a review and everything that belongs to it out of the store."""
    with _store(store) as (opened, settings):
        id_ = resolve(opened, "review", review)
        count = remove_review(opened, id_, batch_rows=settings.batch_rows)
        say(f"{id_}: {count} records removed")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in words.")],
    store: StoreOption = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Answer a question in words, for example "evidence for Working with power at team level"."""
    with _store(store) as (opened, _):
        answer = ask_question(opened, question, after=after, limit=limit)
        show(answer, as_json, lambda: text.ask_text(answer))


@app.command()
def evidence(
    store: StoreOption = None,
    review: ReviewOption = None,
    mechanism: Annotated[str | None, typer.Option(help="About this mechanism.")] = None,
    configuration: Annotated[str | None, typer.Option(help="About this configuration.")] = None,
    concept: Annotated[str | None, typer.Option(help="About this concept.")] = None,
    theory: Annotated[str | None, typer.Option(help="About this theory.")] = None,
    source: Annotated[str | None, typer.Option(help="From this source.")] = None,
    level: Annotated[str | None, typer.Option(help="At this level, or 'not stated'.")] = None,
    stance: Annotated[Stance | None, typer.Option(help="What it does to its target.")] = None,
    perspective: Annotated[str | None, typer.Option(help="From this perspective.")] = None,
    source_kind: Annotated[SourceKind | None, typer.Option(help="Kind of source.")] = None,
    relevance: Annotated[Appraisal | None, typer.Option(help="Relevance at least this.")] = None,
    rigour: Annotated[Appraisal | None, typer.Option(help="Rigour at least this.")] = None,
    richness: Annotated[Appraisal | None, typer.Option(help="Richness at least this.")] = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Evidence that fits all of the filters, with sources and locators."""
    wanted = EvidenceFilter(
        review=review,
        mechanism=mechanism,
        configuration=configuration,
        concept=concept,
        theory=theory,
        source=source,
        level=level,
        stance=stance,
        perspective=perspective,
        source_kind=source_kind,
        relevance=relevance,
        rigour=rigour,
        richness=richness,
    )
    with _store(store) as (opened, _):
        answer = evidence_question(opened, wanted, after=after, limit=limit)
        show(answer, as_json, lambda: text.evidence_text(answer))


@app.command()
def unsupported(
    store: StoreOption = None,
    review: ReviewOption = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Mechanisms without empirical support, each with the reason and who looked where."""
    with _store(store) as (opened, _):
        page = unsupported_question(opened, review=review, after=after, limit=limit)
        show(page, as_json, lambda: text.unsupported_text(page))


@app.command()
def gaps(
    store: StoreOption = None, review: ReviewOption = None, as_json: JsonOption = False
) -> None:
    """The gap matrix, mechanism by level, with a reason for every cell."""
    with _store(store) as (opened, _):
        answer = gaps_question(opened, review=review)
        show(answer, as_json, lambda: text.gaps_text(answer))


@app.command()
def flow(
    review: Annotated[str | None, typer.Argument(help="The review; all if not named.")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Does a review's search flow add up? Status 1 if it does not."""
    with _store(store) as (opened, _):
        if review is not None:
            names = [review]
        else:
            names = [item.id for item in records.reviews(opened, limit=1000).items]
        broken = False
        for name in names:
            report = flow_question(opened, name)
            broken = broken or not report.adds_up
            show(report, as_json, lambda report=report: text.flow_text(report))  # type: ignore[misc]
    raise typer.Exit(1 if broken else 0)


class Kind(StrEnum):
    """What can be shown."""

    REVIEWS = "reviews"
    SOURCES = "sources"
    PAPERS = "papers"
    MECHANISMS = "mechanisms"
    CONFIGURATIONS = "configurations"
    CONCEPTS = "concepts"
    THEORIES = "theories"
    FINDINGS = "findings"
    EVIDENCE = "evidence"


_ONE: dict[Kind, Callable[..., Answer]] = {
    Kind.REVIEWS: records.review,
    Kind.SOURCES: records.source,
    Kind.PAPERS: partial(records.source, kind=SourceKind.PAPER),
    Kind.MECHANISMS: mechanism,
    Kind.CONFIGURATIONS: records.configuration,
    Kind.CONCEPTS: records.concept,
    Kind.THEORIES: records.theory,
    Kind.FINDINGS: finding,
    Kind.EVIDENCE: evidence_by_id,
}
_WITHOUT_REVIEW = frozenset({Kind.REVIEWS, Kind.EVIDENCE})


@app.command("show")
def show_records(
    kind: Annotated[Kind, typer.Argument(help="What to show.")],
    name: Annotated[str | None, typer.Argument(help="One of them, by id or name.")] = None,
    store: StoreOption = None,
    review: ReviewOption = None,
    of_kind: Annotated[
        str | None, typer.Option("--kind", help="Of sources, theories or findings: which kind.")
    ] = None,
    of_mechanism: Annotated[
        str | None, typer.Option("--mechanism", help="Configurations of this mechanism.")
    ] = None,
    polarity: Annotated[Polarity | None, typer.Option(help="Of configurations.")] = None,
    stated: Annotated[Status | None, typer.Option(help="Of mechanisms: what is stated.")] = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """List records, or look one up by id, name, slug or alias."""
    with _store(store) as (opened, _):
        if name is not None:
            narrowed = {} if kind in _WITHOUT_REVIEW else {"review": review}
            item = _ONE[kind](opened, name, **narrowed)
            show(item, as_json, lambda: text.record_text(item))
            return
        paging: dict[str, Any] = {"after": after, "limit": limit}
        page: Page[Any]
        match kind:
            case Kind.REVIEWS:
                page = records.reviews(opened, **paging)
            case Kind.SOURCES:
                wanted = _choice(SourceKind, of_kind)
                page = records.sources(opened, review=review, kind=wanted, **paging)
            case Kind.PAPERS:
                page = records.sources(opened, review=review, kind=SourceKind.PAPER, **paging)
            case Kind.MECHANISMS:
                page = mechanisms(opened, review=review, stated=stated, **paging)
            case Kind.CONFIGURATIONS:
                page = records.configurations(
                    opened, review=review, mechanism=of_mechanism, polarity=polarity, **paging
                )
            case Kind.CONCEPTS:
                page = records.concepts(opened, review=review, **paging)
            case Kind.THEORIES:
                chosen = _choice(TheoryKind, of_kind)
                page = records.theories(opened, review=review, kind=chosen, **paging)
            case Kind.FINDINGS:
                sort = _choice(FindingKind, of_kind)
                page = findings(opened, review=review, kind=sort, **paging)
            case Kind.EVIDENCE:
                wanted_evidence = EvidenceFilter(review=review, mechanism=of_mechanism)
                answer = evidence_question(opened, wanted_evidence, **paging)
                show(answer, as_json, lambda: text.evidence_text(answer))
                return
        show(page, as_json, lambda: text.page_text(page))


def _choice(kinds: type[Any], value: str | None) -> Any:
    if value is None:
        return None
    try:
        return kinds(value.casefold().replace("_", " "))
    except ValueError as error:
        known = ", ".join(member.value for member in kinds)
        raise typer.BadParameter(f"{value!r} is not one of {known}", param_hint="--kind") from error


@app.command("map")
def draw_map(
    path: Annotated[Path, typer.Argument(help="The HTML file to write.")],
    store: StoreOption = None,
    review: ReviewOption = None,
    of_mechanism: Annotated[str | None, typer.Option("--mechanism", help="Only this one.")] = None,
    level: Annotated[str | None, typer.Option(help="Only this level.")] = None,
) -> None:
    """Draw the theory map as one HTML file that opens anywhere, offline too."""
    from visualise import write_map

    with _store(store) as (opened, settings):
        drawn = theory_map(
            opened,
            review=review,
            mechanism=of_mechanism,
            level=level,
            max_nodes=settings.max_map_nodes,
        )
        try:
            size = write_map(drawn, path)
        except OSError as error:
            tell(f"{path} could not be written: {error.strerror}", "bold red")
            raise typer.Exit(1) from error
        say(
            f"{path}: {len(drawn.nodes)} nodes, {len(drawn.edges)} edges, {size / 1024:.0f} KB. "
            "Open it in a browser, or send it by e-mail."
        )


@app.command()
def serve(
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
) -> None:
    """Serve the API, the pages and the maps over HTTP; read-only unless a token is set."""
    import ipaddress
    import socket

    import uvicorn

    from api.app import create_app

    settings = _settings(store)
    local = host == "localhost"
    with contextlib.suppress(ValueError):
        local = local or ipaddress.ip_address(host).is_loopback
    if not local and not settings.token:
        tell(f"To listen on {host}, which others can reach, a token is required.", "bold red")
        tell("  Set THEORYGRAPH_TOKEN, or listen on 127.0.0.1.")
        raise typer.Exit(2)
    try:
        application = create_app(settings)
    except TheorygraphError as error:
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
        # Connections inherit this; without it each answer waits for the reader's delayed ACK.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        tell(f"{host}, port {port}, cannot be listened on: {error.strerror}", "bold red")
        tell("  Name another with --port; --port 0 takes any that is free.")
        raise typer.Exit(1) from error
    address = f"[{host}]" if ":" in host else host
    port = listener.getsockname()[1]
    tell(f"theorygraph {product_version()} on http://{address}:{port} (Ctrl-C ends it)")
    config = uvicorn.Config(application, log_level="warning", server_header=False)
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])


@app.command()
def version() -> None:
    """The version."""
    say(product_version())


def main() -> None:
    """Run the command line."""
    try:
        app()
    except BrokenPipeError:
        # The reader of our output has gone; leave without another word.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    finally:
        err.file.flush()
