"""The door for people: where a browser asks, an address answers with its page.

Plain ASGI around the routes. A request whose ``Accept`` prefers ``text/html`` gets the page of an
address that has one; `.json` is JSON whatever is preferred. The page is made of the same questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.content_negotiation import preferred
from api.parameters import (
    AskQuery,
    ConceptQuery,
    ConfigurationQuery,
    EvidenceQuery,
    FindingQuery,
    GapQuery,
    ListQuery,
    MechanismEvidenceQuery,
    MechanismQuery,
    NoQuery,
    OfReview,
    Paged,
    PaperQuery,
    Query,
    SourceQuery,
    TheoryQuery,
)
from api.problems import headers_of
from api.routes.chains import ChainQuery, WeakestLinkQuery
from api.routes.compare import CompareQuery
from api.routes.contradictions import ContradictionQuery
from api.routes.lint import LintQuery
from api.routes.references import ReferenceQuery
from api.routes.sensitivity import SensitivityQuery
from api.site import checks, comparing, lists, pages, questions
from api.site.asking import ask_page
from api.site.page_model import Shown, View
from api.site.render import live, policy, render
from api.site.words import WORDS
from graph.errors import Ambiguous, NotFound, TheorygraphError
from graph.settings import Settings
from graph.store import Store

_KINDS = ("application/json", "text/csv", "text/html")


class Arranged(BaseModel):
    """How a page's table is wanted."""

    sort: str = Field(default="", max_length=60, description="A column; `-` turns it round.")
    q: str = Field(default="", max_length=200, description="Only rows with this text.")


class Framed(BaseModel):
    """Whether a page is for a frame."""

    embed: bool = Field(default=False, description="1 = without what stands around it.")


class _Ask(AskQuery):
    pass


class _Reviews(Paged, Arranged):
    pass


class _Mechanisms(MechanismQuery, Arranged):
    pass


class _Configurations(ConfigurationQuery, Arranged):
    pass


class _Listed(ListQuery, Arranged):
    pass


class _Concepts(ConceptQuery, Arranged):
    pass


class _Papers(PaperQuery, Arranged):
    pass


class _Sources(SourceQuery, Arranged):
    pass


class _Theories(TheoryQuery, Arranged):
    pass


class _Findings(FindingQuery, Arranged):
    pass


class _Evidence(EvidenceQuery, Arranged):
    pass


class _EvidenceOf(MechanismEvidenceQuery, Arranged):
    pass


class _Sensitivity(SensitivityQuery, Arranged):
    pass


class _Lint(LintQuery, Arranged):
    pass


class _References(ReferenceQuery, Arranged):
    pass


class _WeakestLink(WeakestLinkQuery, Arranged):
    pass


class _Compare(CompareQuery, Arranged):
    reviews: str = Field(default="", description="The reviews, with commas between them.")
    other: str = Field(default="", description="One more review, as a form sends it.")


class _Record(OfReview, Arranged):
    pass


class _Mechanism(OfReview, Arranged, Framed):
    pass


class _Review(NoQuery, Arranged):
    pass


class _Gaps(GapQuery, Arranged, Framed):
    row: str | None = Field(default=None, description="With `at`: the row of one cell, by id.")
    at: str | None = Field(default=None, description="With `row`: the column of one cell.")


class _Chains(ChainQuery, Framed):
    chain: str | None = Field(default=None, description="One chain, by id.")


@dataclass(frozen=True, slots=True)
class Way:
    """An address that has a page."""

    template: str
    query: type[BaseModel]
    page: Callable[..., Shown]


WAYS = (
    Way("/reviews", _Reviews, lists.review_list),
    Way("/reviews/{id}/flow", NoQuery, questions.flow_page),
    Way("/reviews/{id}/overlap", _Review, checks.overlap_page),
    Way("/reviews/{id}", _Review, pages.review_page),
    Way("/mechanisms", _Mechanisms, lists.mechanism_list),
    Way("/mechanisms/{id}/evidence", _EvidenceOf, lists.evidence_of),
    Way("/mechanisms/{id}", _Mechanism, pages.mechanism_page),
    Way("/configurations", _Configurations, lists.configuration_list),
    Way("/configurations/{id}", _Record, pages.configuration_page),
    Way("/concepts", _Concepts, lists.concept_list),
    Way("/concepts/{id}", _Record, pages.concept_page),
    Way("/sources", _Sources, lists.source_list),
    Way("/sources/{id}/references", _Record, checks.references_page),
    Way("/sources/{id}", _Record, pages.source_page),
    Way("/papers", _Papers, lists.paper_list),
    Way("/papers/{id}", _Record, pages.source_page),
    Way("/theories", _Theories, lists.theory_list),
    Way("/theories/{id}", _Record, pages.theory_page),
    Way("/findings", _Findings, lists.finding_list),
    Way("/findings/{id}", OfReview, pages.finding_page),
    Way("/evidence", _Evidence, lists.evidence_list),
    Way("/evidence/{id}", NoQuery, pages.evidence_page),
    Way("/gaps", _Gaps, questions.gap_page),
    Way("/contradictions", ContradictionQuery, questions.contradiction_page),
    Way("/chains", _Chains, questions.chain_page),
    Way("/sensitivity", _Sensitivity, lists.sensitivity_list),
    Way("/weakest-link", _WeakestLink, checks.weakest_page),
    Way("/compare", _Compare, comparing.compare_page),
    Way("/same-as", _Listed, checks.same_as_list),
    Way("/lint", _Lint, checks.lint_list),
    Way("/agreement", _Listed, checks.agreement_list),
    Way("/references", _References, checks.reference_list),
    Way("/ask", _Ask, ask_page),
    Way("/loads", _Listed, lists.load_list),
)
"""Every address with a page; what stands first is tried first."""

_WAY_OF = {way.template: way for way in WAYS}


class Door:
    """Answers browsers with pages, programs with what they ask for."""

    def __init__(
        self, app: ASGIApp, store: Store, settings: Settings, routes: Sequence[APIRoute]
    ) -> None:
        self.app = app
        self.routes = [
            (route.path_regex, _WAY_OF.get(route.path_format))
            for route in routes
            if "GET" in (route.methods or ())
        ]
        self.store = store
        self.settings = settings
        self.site = live(settings.root_path)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        found = self._way(scope["path"]) if wants_page(scope) else None
        if found is None or b"fields=" in scope["query_string"]:
            await self.app(scope, receive, _varied(send))
            return
        way, names = found
        scope["state"]["template"] = way.template
        response = await self._page(way, names, Request(scope, receive))
        await response(scope, receive, send)

    def _way(self, path: str) -> tuple[Way, list[str]] | None:
        """The page of the address that answers programs at this path, if it has one."""
        if path.endswith((".json", ".csv")):
            return None
        for pattern, way in self.routes:
            found = pattern.match(path)
            if found is not None:
                names = list(found.groups())
                return (way, names) if way is not None and all(names) else None
        return None

    async def _page(self, way: Way, names: list[str], request: Request) -> Response:
        try:
            query = await Query(way.query)(request)
        except RequestValidationError as error:
            return self._refused(422, *_told(way, error))
        given = query.model_dump()
        how: dict[str, Any] = {
            name: given.pop(name) for name in ("sort", "after", "limit", "embed") if name in given
        }
        if way.query is not _Ask and "q" in given:
            how["q"] = given.pop("q")
        view = View(**how)
        try:
            text, embed = await run_in_threadpool(
                self._drawn, way, view, names, given, request.url.query
            )
        except TheorygraphError as error:
            nearest = error.nearest if isinstance(error, NotFound) else []
            nearest = error.candidates if isinstance(error, Ambiguous) else nearest
            response = self._refused(
                error.status,
                error.title,
                error.detail,
                error.hint,
                nearest,
                way,
                error.questions,
                question=given.get("q"),
            )
            response.headers.update(headers_of(error))
            return response
        return self._answer(text, embed=embed)

    def _drawn(
        self, way: Way, view: View, names: list[str], given: dict[str, Any], asked: str
    ) -> tuple[str, bool]:
        shown = way.page(self.store, view, *names, **given)
        return render(shown, self.site, asked=asked), shown.embed

    def _answer(self, text: str, status: int = 200, *, embed: bool = False) -> HTMLResponse:
        allowed = policy(text, embed=embed, frame_ancestors=self.settings.frame_ancestors)
        headers = {"Content-Security-Policy": allowed, "Vary": "Accept"}
        return HTMLResponse(text, status, headers)

    def _refused(
        self,
        status: int,
        title: str,
        detail: str,
        hint: str | None,
        nearest: list[str] | None = None,
        way: Way | None = None,
        questions: list[str] | None = None,
        *,
        question: str | None = None,
    ) -> HTMLResponse:
        base = way.template.replace("{id}", "{}") if way and "{id}" in way.template else None
        kind = way.template.split("/")[1] if way else ""
        shown = Shown(
            "error.html",
            title,
            "/",
            values={
                "detail": detail,
                "hint": hint,
                "nearest": nearest or [],
                "questions": questions or [],
                "question": question,
                "base": base,
                "all": kind if f"list.{kind}" in WORDS else None,
            },
        )
        return self._answer(render(shown, self.site), status)


def wants_page(scope: Scope) -> bool:
    """Whether a request prefers a page to what programs get."""
    accept = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    if b"text/html" not in accept:
        return False
    return preferred(accept.decode("latin-1"), _KINDS) == "text/html"


def _varied(send: Send) -> Send:
    async def send_varied(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"vary", b"Accept")]}
        await send(message)

    return send_varied


def _told(way: Way, error: RequestValidationError) -> tuple[str, str, str]:
    names = {name: field.alias or name for name, field in way.query.model_fields.items()}
    told = []
    for one in error.errors():
        name = ".".join(str(part) for part in one["loc"] if part != "query")
        unknown = one["type"] == "extra_forbidden"
        told.append(f"unknown parameter {name!r}" if unknown else f"{name}: {one['msg']}")
    return "Invalid parameter", "; ".join(told), f"known: {', '.join(sorted(names.values()))}"
