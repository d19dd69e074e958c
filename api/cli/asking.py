"""Commands that ask."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.app import (
    AfterOption,
    JsonOption,
    LimitOption,
    ReviewOption,
    StoreOption,
    app,
    opened_store,
)
from api.cli.console import show
from api.cli.text.ask import ask_text
from api.cli.text.evidence import evidence_text
from api.cli.text.flow import flow_text
from api.cli.text.gaps import gaps_text
from api.cli.text.mechanisms import unsupported_text
from graph.model import Stance
from graph.questions import records
from graph.questions.ask import ask as ask_question
from graph.questions.evidence import EvidenceFilter, FromKind, Graded
from graph.questions.evidence import evidence as evidence_question
from graph.questions.flow import flow as flow_question
from graph.questions.gaps import gaps as gaps_question
from graph.questions.unsupported import unsupported as unsupported_question


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in words.")],
    store: StoreOption = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Answer a question in words, for example "evidence for Working with power at team level"."""
    with opened_store(store) as (opened, _):
        answer = ask_question(opened, question, after=after, limit=limit)
        show(answer, as_json, lambda: ask_text(answer))


@app.command()
def evidence(
    store: StoreOption = None,
    review: ReviewOption = None,
    mechanism: Annotated[str | None, typer.Option(help="About this mechanism.")] = None,
    configuration: Annotated[str | None, typer.Option(help="About this configuration.")] = None,
    concept: Annotated[str | None, typer.Option(help="About this concept.")] = None,
    theory: Annotated[str | None, typer.Option(help="About this theory.")] = None,
    context: Annotated[
        str | None,
        typer.Option(help="Observed in this context, or about a configuration that holds in it."),
    ] = None,
    source: Annotated[str | None, typer.Option(help="From this source.")] = None,
    level: Annotated[str | None, typer.Option(help="At this level, or 'not stated'.")] = None,
    stance: Annotated[Stance | None, typer.Option(help="What it does to its target.")] = None,
    perspective: Annotated[str | None, typer.Option(help="From this perspective.")] = None,
    setting: Annotated[str | None, typer.Option(help="From this setting.")] = None,
    source_kind: Annotated[FromKind | None, typer.Option(help="Kind of source.")] = None,
    since: Annotated[int | None, typer.Option(help="From sources of this year or later.")] = None,
    until: Annotated[int | None, typer.Option(help="From sources up to this year.")] = None,
    not_level: Annotated[
        str | None, typer.Option(help="Not at this level; 'not stated': not without one.")
    ] = None,
    not_perspective: Annotated[str | None, typer.Option(help="Not from this perspective.")] = None,
    not_setting: Annotated[str | None, typer.Option(help="Not from this setting.")] = None,
    not_source: Annotated[str | None, typer.Option(help="Not from this source's work.")] = None,
    not_source_kind: Annotated[
        FromKind | None, typer.Option(help="Not from this kind of source.")
    ] = None,
    relevance: Annotated[Graded | None, typer.Option(help="Relevance at least this.")] = None,
    rigour: Annotated[Graded | None, typer.Option(help="Rigour at least this.")] = None,
    richness: Annotated[Graded | None, typer.Option(help="Richness at least this.")] = None,
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
        context=context,
        source=source,
        level=level,
        stance=stance,
        perspective=perspective,
        setting=setting,
        source_kind=source_kind,
        since=since,
        until=until,
        not_level=not_level,
        not_perspective=not_perspective,
        not_setting=not_setting,
        not_source=not_source,
        not_source_kind=not_source_kind,
        relevance=relevance,
        rigour=rigour,
        richness=richness,
    )
    with opened_store(store) as (opened, _):
        answer = evidence_question(opened, wanted, after=after, limit=limit)
        show(answer, as_json, lambda: evidence_text(answer))


@app.command()
def unsupported(
    store: StoreOption = None,
    review: ReviewOption = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """Mechanisms without empirical support, each with the reason and who looked where."""
    with opened_store(store) as (opened, _):
        page = unsupported_question(opened, review=review, after=after, limit=limit)
        show(page, as_json, lambda: unsupported_text(page))


@app.command()
def gaps(
    store: StoreOption = None,
    review: ReviewOption = None,
    by: Annotated[
        str,
        typer.Option(help="Columns: level, perspective, source kind or setting; or two, as a,b."),
    ] = "level",
    column: Annotated[str | None, typer.Option(help="Only columns with this value.")] = None,
    as_json: JsonOption = False,
) -> None:
    """The gap matrix, mechanism by level or otherwise, with a reason for every cell."""
    with opened_store(store) as (opened, _):
        answer = gaps_question(opened, review=review, by=by.split(","), column=column)
        show(answer, as_json, lambda: gaps_text(answer))


@app.command()
def flow(
    review: Annotated[str | None, typer.Argument(help="The review; all if not named.")] = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Does a review's search flow add up? Status 1 if it does not."""
    with opened_store(store) as (opened, _):
        if review is not None:
            names = [review]
        else:
            names = [item.id for item in records.reviews(opened, limit=1000).items]
        broken = False
        for name in names:
            report = flow_question(opened, name)
            broken = broken or not report.adds_up
            show(report, as_json, lambda report=report: flow_text(report))  # type: ignore[misc]
    raise typer.Exit(1 if broken else 0)
