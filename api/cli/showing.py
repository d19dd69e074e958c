"""The command that lists records and looks them up."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

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
from api.cli.text.evidence import evidence_text
from api.cli.text.records import page_text, record_text
from graph.answers import Answer, Page
from graph.model import FindingKind, Polarity, Role, SourceKind, Status, TheoryKind
from graph.questions import records
from graph.questions.evidence import EvidenceFilter, evidence_by_id
from graph.questions.evidence import evidence as evidence_question
from graph.questions.findings import finding, findings
from graph.questions.mechanisms import mechanisms
from graph.questions.unsupported import mechanism


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
    context: Annotated[
        str | None, typer.Option(help="Configurations that hold in this context.")
    ] = None,
    concept: Annotated[
        str | None, typer.Option(help="Configurations in which this concept plays a part.")
    ] = None,
    role: Annotated[Role | None, typer.Option(help="Concepts that play this role.")] = None,
    explains: Annotated[
        str | None, typer.Option(help="Theories that explain this mechanism or concept.")
    ] = None,
    since: Annotated[int | None, typer.Option(help="Sources of this year or later.")] = None,
    until: Annotated[int | None, typer.Option(help="Sources of this year or earlier.")] = None,
    included: Annotated[
        bool | None, typer.Option(help="Sources that the review included, or excluded.")
    ] = None,
    about: Annotated[
        str | None,
        typer.Option(help="Findings about this mechanism, concept, configuration or theory."),
    ] = None,
    audience: Annotated[
        str | None, typer.Option(help="Findings addressed to it, by the review's words.")
    ] = None,
    said_by: Annotated[
        str | None, typer.Option("--said-by", help="Findings that this source says.")
    ] = None,
    level: Annotated[
        str | None, typer.Option(help="Findings about this level; configurations at it.")
    ] = None,
    perspective: Annotated[
        str | None, typer.Option(help="Findings about this perspective.")
    ] = None,
    stated: Annotated[Status | None, typer.Option(help="Of mechanisms: what is stated.")] = None,
    after: AfterOption = "",
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """List records, or look one up by id, name, slug or alias."""
    years: dict[str, Any] = {"since": since, "until": until, "included": included}
    with opened_store(store) as (opened, _):
        if name is not None:
            narrowed = {} if kind in _WITHOUT_REVIEW else {"review": review}
            item = _ONE[kind](opened, name, **narrowed)
            show(item, as_json, lambda: record_text(item))
            return
        paging: dict[str, Any] = {"after": after, "limit": limit}
        page: Page[Any]
        match kind:
            case Kind.REVIEWS:
                page = records.reviews(opened, **paging)
            case Kind.SOURCES:
                wanted = _choice(SourceKind, of_kind)
                page = records.sources(opened, review=review, kind=wanted, **years, **paging)
            case Kind.PAPERS:
                papers = SourceKind.PAPER
                page = records.sources(opened, review=review, kind=papers, **years, **paging)
            case Kind.MECHANISMS:
                page = mechanisms(opened, review=review, stated=stated, **paging)
            case Kind.CONFIGURATIONS:
                page = records.configurations(
                    opened,
                    review=review,
                    mechanism=of_mechanism,
                    polarity=polarity,
                    context=context,
                    concept=concept,
                    level=level,
                    **paging,
                )
            case Kind.CONCEPTS:
                page = records.concepts(opened, review=review, role=role, **paging)
            case Kind.THEORIES:
                chosen = _choice(TheoryKind, of_kind)
                page = records.theories(
                    opened, review=review, kind=chosen, explains=explains, **paging
                )
            case Kind.FINDINGS:
                sort = _choice(FindingKind, of_kind)
                page = findings(
                    opened,
                    review=review,
                    kind=sort,
                    about=about,
                    audience=audience,
                    said_by=said_by,
                    level=level,
                    perspective=perspective,
                    **paging,
                )
            case Kind.EVIDENCE:
                wanted_evidence = EvidenceFilter(review=review, mechanism=of_mechanism)
                answer = evidence_question(opened, wanted_evidence, **paging)
                show(answer, as_json, lambda: evidence_text(answer))
                return
        show(page, as_json, lambda: page_text(page))


def _choice(kinds: type[Any], value: str | None) -> Any:
    if value is None:
        return None
    try:
        return kinds(value.casefold().replace("_", " "))
    except ValueError as error:
        known = ", ".join(member.value for member in kinds)
        raise typer.BadParameter(f"{value!r} is not one of {known}", param_hint="--kind") from error
