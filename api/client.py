"""The questions from a notebook: typed answers, from a server or from a store in this process.

with Client("http://127.0.0.1:8000") as client:
    answer = client.evidence(mechanism="working-with-power", level="team")
    table = pandas.DataFrame(records(answer))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar
from urllib.parse import quote

import httpx

from graph.answers import (
    AgreementAnswer,
    Answer,
    AskAnswer,
    ChainAnswer,
    CompareAnswer,
    ConceptView,
    ConfigurationView,
    Contradiction,
    EvidenceAnswer,
    EvidenceView,
    FindingView,
    FlowReport,
    GapAnswer,
    Health,
    LintAnswer,
    LintRules,
    LoadView,
    MechanismView,
    OverlapAnswer,
    Page,
    ReferenceView,
    ReviewView,
    SameAsView,
    SensitivityAnswer,
    SourceView,
    TheoryView,
    WeakestLinkAnswer,
)
from graph.answers.rows import rows as records
from graph.errors import TheorygraphError
from graph.settings import Settings

__all__ = ["Client", "Refused", "records"]

A = TypeVar("A", bound=Answer)
Value = str | int | None


class Refused(TheorygraphError):
    """The server refused a question; ``problem`` holds its problem details."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail", f"status {status}")), hint=problem.get("hint"))
        self.status = status
        self.title = str(problem.get("title", self.title))
        self.problem = problem


class _Listed(Protocol[A]):
    """A question whose answer is a list in pages."""

    def __call__(self, **filters: Value) -> Page[A]: ...


class Client:
    """Asks a theorygraph; filters are those of HTTP, by the same names."""

    def __init__(self, url: str, *, timeout: float = 60.0) -> None:
        """Ask the server at an address.

        Args:
            url: where it is, for example ``http://127.0.0.1:8000``.
            timeout: seconds to wait for an answer.
        """
        self._stack = ExitStack()
        client = self._stack.enter_context(httpx.Client(base_url=url, timeout=timeout))
        self._send: Callable[[str, dict[str, Any]], httpx.Response] = lambda path, query: (
            client.get(path, params=query)
        )

    @classmethod
    def local(cls, store: str | None = None) -> Self:
        """Ask a store in this process; without a name, the one of ``THEORYGRAPH_STORE``.

        Raises:
            StoreMissing: there is no store of that name.
            StoreHeld: another process has the embedded store open.
            StoreSettingWrong: the store setting cannot be used.
        """
        from anyio.from_thread import start_blocking_portal

        from api.app import create_app
        from graph.stores import open_store

        client = cls.__new__(cls)
        client._stack = ExitStack()
        settings = Settings().with_store(store)
        opened = client._stack.enter_context(open_store(settings, absent="refuse"))
        app = create_app(settings, opened)
        portal = client._stack.enter_context(start_blocking_portal())
        inner = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://localhost", timeout=None
        )
        client._stack.callback(portal.call, inner.aclose)

        async def send(path: str, query: dict[str, Any]) -> httpx.Response:
            return await inner.get(path, params=query)

        client._send = lambda path, query: portal.call(send, path, query)
        return client

    def close(self) -> None:
        """Let go of the server or the store."""
        self._stack.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def every(self, question: _Listed[A], **filters: Value) -> Iterator[A]:
        """The items of a list on all its pages: ``client.every(client.papers, review="x")``."""
        after: str | None = None
        while True:
            page = question(**filters, **({"after": after} if after else {}))
            yield from page.items
            if page.next is None:
                return
            after = page.next

    # ---- Questions ------------------------------------------------------------------------------

    def health(self) -> Health:
        """The store, what it holds, and which versions answer."""
        return self._get(Health, "/health")

    def ask(self, q: str, **paging: Value) -> AskAnswer:
        """A question in words, with how it was understood."""
        return self._get(AskAnswer, "/ask", q=q, **paging)

    def evidence(self, **filters: Value) -> EvidenceAnswer:
        """Evidence by any filter."""
        return self._get(EvidenceAnswer, "/evidence", **filters)

    def evidence_by_id(self, id_: str) -> EvidenceView:
        """One piece of evidence."""
        return self._get(EvidenceView, f"/evidence/{_path(id_)}")

    def mechanisms(self, **filters: Value) -> Page[MechanismView]:
        """Mechanisms with their support."""
        return self._get(Page[MechanismView], "/mechanisms", **filters)

    def mechanism(self, name: str, **filters: Value) -> MechanismView:
        """One mechanism by id, name or alias."""
        return self._get(MechanismView, f"/mechanisms/{_path(name)}", **filters)

    def mechanism_evidence(self, name: str, **filters: Value) -> EvidenceAnswer:
        """Evidence about one mechanism."""
        return self._get(EvidenceAnswer, f"/mechanisms/{_path(name)}/evidence", **filters)

    def gaps(self, **filters: Value) -> GapAnswer:
        """The gap matrix."""
        return self._get(GapAnswer, "/gaps", **filters)

    def contradictions(self, **filters: Value) -> Page[Contradiction]:
        """Where sources disagree."""
        return self._get(Page[Contradiction], "/contradictions", **filters)

    def chains(
        self, *, start: str | None = None, end: str | None = None, **filters: Value
    ) -> ChainAnswer:
        """What leads to what."""
        ends = {"from": start, "to": end}
        return self._get(ChainAnswer, "/chains", **ends, **filters)

    def weakest_link(
        self, *, start: str | None = None, end: str | None = None, **filters: Value
    ) -> WeakestLinkAnswer:
        """The sources that most chains break without."""
        ends = {"from": start, "to": end}
        return self._get(WeakestLinkAnswer, "/weakest-link", **ends, **filters)

    def sensitivity(self, **filters: Value) -> SensitivityAnswer:
        """Which mechanisms keep their support if only some evidence counts."""
        return self._get(SensitivityAnswer, "/sensitivity", **filters)

    def agreement(self, **filters: Value) -> AgreementAnswer:
        """How far appraisers agree."""
        return self._get(AgreementAnswer, "/agreement", **filters)

    def lint(self, **filters: Value) -> LintAnswer:
        """What in a review deserves a second look."""
        return self._get(LintAnswer, "/lint", **filters)

    def lint_rules(self) -> LintRules:
        """The rules of lint."""
        return self._get(LintRules, "/lint/rules")

    def compare(self, *reviews: str, **filters: Value) -> CompareAnswer:
        """What reviews share, by declaration."""
        return self._get(CompareAnswer, "/compare", reviews=",".join(reviews), **filters)

    def same_as(self, **filters: Value) -> Page[SameAsView]:
        """What is declared to be the same."""
        return self._get(Page[SameAsView], "/same-as", **filters)

    def flow(self, review: str) -> FlowReport:
        """Whether the search flow of a review adds up."""
        return self._get(FlowReport, f"/reviews/{_path(review)}/flow")

    def references(self, **filters: Value) -> Page[ReferenceView]:
        """Records of reference files, each with its source."""
        return self._get(Page[ReferenceView], "/references", **filters)

    def source_references(self, name: str, **filters: Value) -> Page[ReferenceView]:
        """The records that stand for one source."""
        return self._get(Page[ReferenceView], f"/sources/{_path(name)}/references", **filters)

    def overlap(self, review: str) -> OverlapAnswer:
        """How far the reference files of a review overlap."""
        return self._get(OverlapAnswer, f"/reviews/{_path(review)}/overlap")

    def loads(self, **filters: Value) -> Page[LoadView]:
        """What was loaded, newest first."""
        return self._get(Page[LoadView], "/loads", **filters)

    # ---- Records --------------------------------------------------------------------------------

    def reviews(self, **paging: Value) -> Page[ReviewView]:
        """Reviews."""
        return self._get(Page[ReviewView], "/reviews", **paging)

    def review(self, name: str) -> ReviewView:
        """One review by id or title."""
        return self._get(ReviewView, f"/reviews/{_path(name)}")

    def papers(self, **filters: Value) -> Page[SourceView]:
        """Sources that are papers."""
        return self._get(Page[SourceView], "/papers", **filters)

    def paper(self, name: str, **filters: Value) -> SourceView:
        """One paper by id, title or DOI."""
        return self._get(SourceView, f"/papers/{_path(name)}", **filters)

    def sources(self, **filters: Value) -> Page[SourceView]:
        """Sources of all kinds."""
        return self._get(Page[SourceView], "/sources", **filters)

    def source(self, name: str, **filters: Value) -> SourceView:
        """One source by id, title or DOI."""
        return self._get(SourceView, f"/sources/{_path(name)}", **filters)

    def configurations(self, **filters: Value) -> Page[ConfigurationView]:
        """Configurations with all their parts."""
        return self._get(Page[ConfigurationView], "/configurations", **filters)

    def configuration(self, name: str, **filters: Value) -> ConfigurationView:
        """One configuration by id or name."""
        return self._get(ConfigurationView, f"/configurations/{_path(name)}", **filters)

    def concepts(self, **filters: Value) -> Page[ConceptView]:
        """Concepts and the roles they play."""
        return self._get(Page[ConceptView], "/concepts", **filters)

    def concept(self, name: str, **filters: Value) -> ConceptView:
        """One concept by id, name or alias."""
        return self._get(ConceptView, f"/concepts/{_path(name)}", **filters)

    def theories(self, **filters: Value) -> Page[TheoryView]:
        """Programme and substantive theories."""
        return self._get(Page[TheoryView], "/theories", **filters)

    def theory(self, name: str, **filters: Value) -> TheoryView:
        """One theory by id, name or alias."""
        return self._get(TheoryView, f"/theories/{_path(name)}", **filters)

    def findings(self, **filters: Value) -> Page[FindingView]:
        """Gaps, recommendations, implications and other findings."""
        return self._get(Page[FindingView], "/findings", **filters)

    def finding(self, id_: str, **filters: Value) -> FindingView:
        """One finding by id."""
        return self._get(FindingView, f"/findings/{_path(id_)}", **filters)

    def export(self, review: str, form: str = "json") -> bytes:
        """A review as folder, csv (both zipped), json, graphml, jsonld, ris or xlsx."""
        return self._answered(f"/reviews/{_path(review)}/export", {"format": form}).content

    def report(self, review: str, form: str = "docx", style: str = "apa") -> bytes:
        """The tables that papers need as docx, md, html or xlsx, in a citation style."""
        given = {"format": form, "style": style}
        return self._answered(f"/reviews/{_path(review)}/report", given).content

    def _get(self, model: type[A], path: str, **query: Value) -> A:
        given = {name: value for name, value in query.items() if value not in (None, "")}
        return model.model_validate_json(self._answered(path, given).content)

    def _answered(self, path: str, query: dict[str, Any]) -> httpx.Response:
        response = self._send(path, query)
        if response.status_code != httpx.codes.OK:
            raise refusal(response)
        return response


def refusal(response: httpx.Response) -> Refused:
    """Why a server refused, from its whole answer."""
    try:
        problem = response.json()
    except ValueError:
        problem = {"detail": response.text[:200]}
    return Refused(response.status_code, problem)


def _path(name: str) -> str:
    return quote(name, safe="")
