"""Which page of a published site goes into which file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from api.site import checks, comparing, lists, pages, questions
from api.site.addresses import (
    BY,
    at_of,
    cell_address,
    chain_address,
    chain_ends,
    gap_address,
    pair_address,
)
from api.site.file_names import mark, safe_name
from api.site.page_model import FOLDERS, Shown, View, listed, record
from graph.answers import Dimension, ReviewView
from graph.questions import records
from graph.questions.chains import chains
from graph.questions.evidence import EvidenceFilter, evidence
from graph.questions.findings import findings
from graph.questions.gaps import gaps
from graph.questions.mechanisms import mechanisms
from graph.questions.paging import WHOLE, every
from graph.questions.references import references
from graph.settings import Settings
from graph.store import Store

WHOLE_VIEW = View(limit=WHOLE, whole=True)
_PAGED = View(limit=WHOLE)
_RECORD = {
    "mechanism": pages.mechanism_page,
    "configuration": pages.configuration_page,
    "concept": pages.concept_page,
    "source": pages.source_page,
    "theory": pages.theory_page,
    "finding": pages.finding_page,
    "evidence": pages.evidence_page,
}
_LISTS: dict[str, Callable[..., Shown]] = {
    "mechanisms": lists.mechanism_list,
    "configurations": lists.configuration_list,
    "concepts": lists.concept_list,
    "sources": lists.source_list,
    "theories": lists.theory_list,
    "findings": lists.finding_list,
    "evidence": lists.evidence_list,
    "gaps": questions.gap_page,
    "contradictions": questions.contradiction_page,
    "chains": questions.chain_page,
    "sensitivity": lists.sensitivity_list,
    "weakest-link": checks.weakest_page,
    "same-as": checks.same_as_list,
    "lint": checks.lint_list,
    "agreement": checks.agreement_list,
    "references": checks.reference_list,
    "loads": lists.load_list,
}


@dataclass(slots=True)
class Plan:
    """Which page goes into which file."""

    store: Store
    settings: Settings
    files: dict[str, str] = field(default_factory=dict)
    """Address to file; several addresses may share one."""
    places: dict[str, str] = field(default_factory=dict)
    """Address to the place in its file, where several share one and differ in that."""
    twins: dict[str, str] = field(default_factory=dict)
    """Address of JSON or CSV to its file: what several pages lead to is there once."""
    made: dict[str, tuple[str, Callable[[], Shown]]] = field(default_factory=dict)
    """File to address, and what makes its page."""
    _taken: dict[str, str] = field(default_factory=dict)

    def add(self, file: str, address: str, make: Callable[[], Shown]) -> None:
        """A page in a file; where two names differ by case only, one gets a mark."""
        clash = self._taken.get(file.casefold())
        if clash is not None and clash != address:
            stem, dot, suffix = file.rpartition(".")
            file = f"{stem}~{mark(address)}{dot}{suffix}"
        self._taken[file.casefold()] = address
        self.files[address] = file
        self.made[file] = (address, make)

    def also(self, address: str, file: str) -> None:
        """Another address for a file."""
        self.files.setdefault(address, file)


def plan_maps(
    plan: Plan, reviews: Sequence[ReviewView], one: bool
) -> dict[str, tuple[str, str | None]]:
    """Plan the theory maps: each file, with its address and the review that it is of."""
    whole = "maps/theory.html"
    drawn: dict[str, tuple[str, str | None]] = {
        whole: ("/maps/theory", reviews[0].id if one else None)
    }
    plan.files["/maps/theory"] = whole
    for review in reviews:
        address = listed("/maps/theory", review=review.id)
        file = whole if len(reviews) == 1 else f"maps/of/{safe_name(review.id)}.html"
        plan.files[address] = file
        drawn.setdefault(file, (address, review.id))
        for each in _ids(plan.store, "mechanism", review.id):
            # A map of each mechanism alone would be a hundred times the size of its page.
            part = listed("/maps/theory", review=review.id, mechanism=each)
            plan.also(part, file)
            plan.places[part] = f"#{urlencode({'mechanism': each})}"
    return drawn


def plan_pages(plan: Plan, reviews: Sequence[ReviewView], one: bool) -> None:
    """Plan every page but the maps.

    Args:
        plan: takes them.
        reviews: which reviews are published.
        one: whether it is to be a site of one review.
    """
    store = plan.store
    only = reviews[0].id if one else None
    plan.add("index.html", "/", lambda: pages.home(store, WHOLE_VIEW, review=only))
    plan.also("/reviews", "index.html")
    if not one:
        for name in _LISTS:
            _add_list(plan, name, None)
        _add_matrices(plan, None)
        _add_pairs(plan, [review.id for review in reviews])
    for review in reviews:
        # Lists first: JSON and CSV that other pages lead to as well stand beside them.
        for name in _LISTS:
            _add_list(plan, name, review.id)
            if one:
                plan.also(f"/{name}", plan.files[listed(f"/{name}", review=review.id)])
        _add_matrices(plan, review.id)
        _add_review(plan, review.id)


def _add_pairs(plan: Plan, reviews: Sequence[str]) -> None:
    """Each pair of reviews side by side, unless there are too many pairs."""
    make = comparing.compare_page
    plan.add("compare/index.html", "/compare", _maker(make, plan.store, WHOLE_VIEW))
    pairs = list(combinations(reviews, 2))
    if not pairs:
        return
    for review in reviews:
        plan.also(listed("/compare", reviews=review), "compare/index.html")
    for one, other in pairs if len(pairs) <= plan.settings.max_pair_pages else ():
        file = f"compare/{safe_name(one)}/{safe_name(other)}.html"
        page = _maker(make, plan.store, WHOLE_VIEW, reviews=f"{one},{other}")
        plan.add(file, pair_address(one, other), page)


def _add_matrices(plan: Plan, review: str | None) -> None:
    """The gap matrix by each dimension but the usual one, which is among the lists."""
    for by in Dimension:
        if by != BY:
            file = f"{_gap_folder(by, review)}/index.html"
            make = questions.gap_page
            page = _maker(make, plan.store, WHOLE_VIEW, review=review, by=by.value)
            plan.add(file, gap_address(review, by), page)


def _gap_folder(by: Dimension, review: str | None) -> str:
    folder = f"gaps/{safe_name(review)}" if review else "gaps"
    return folder if by == BY else f"{folder}/by/{by.replace(' ', '-')}"


def _add_review(plan: Plan, id_: str) -> None:
    store = plan.store
    name = safe_name(id_)
    address = record("review", id_)
    plan.add(f"reviews/{name}.html", address, lambda: pages.review_page(store, WHOLE_VIEW, id_))
    plan.add(
        f"reviews/{name}/flow.html",
        f"{address}/flow",
        lambda: questions.flow_page(store, WHOLE_VIEW, id_),
    )
    plan.add(
        f"reviews/{name}/overlap.html",
        f"{address}/overlap",
        lambda: checks.overlap_page(store, WHOLE_VIEW, id_),
    )
    for kind, make in _RECORD.items():
        for each in _ids(store, kind, id_):
            file = f"{FOLDERS[kind]}/{name}/{safe_name(each.partition(':')[2])}.html"
            plan.add(file, record(kind, each), _maker(make, store, WHOLE_VIEW, each))
            if kind == "mechanism":
                plan.add(
                    f"embed/{file}",
                    f"{record(kind, each)}?embed=1",
                    _maker(make, store, replace(WHOLE_VIEW, embed=True), each),
                )
    for source in sorted({each.source.id for each in every(references, store, review=id_)}):
        file = f"sources/{name}/{safe_name(source.partition(':')[2])}/references.html"
        at = f"{record('source', source)}/references"
        plan.add(file, at, _maker(checks.references_page, store, WHOLE_VIEW, source))
    for by in Dimension:
        _add_cells(plan, id_, by)
    _add_chains(plan, id_, name)


def _add_cells(plan: Plan, review: str, by: Dimension) -> None:
    for matrix in gaps(plan.store, review=review, by=[by]).reviews:
        cells = sum(len(row.cells) + len(row.beside) for row in matrix.rows)
        if by != BY and cells > plan.settings.max_cell_pages:
            continue
        # Mechanisms come first, so what has a mechanism's id is a concept.
        taken = {row.id for row in matrix.rows if row.kind == "mechanism"}
        for row in matrix.rows:
            for place, cell in enumerate((*row.cells, *row.beside), start=1):
                local = row.id.partition(":")[2]
                name = f"{row.kind}-{local}" if row.key != row.id in taken else local
                folder = f"{_gap_folder(by, review)}/{safe_name(name)}"
                file = f"{folder}/{place}.html"
                address = cell_address(review, row.key, cell, by)
                given = {"review": review, "row": row.key, "at": at_of(cell), "by": by.value}
                make = questions.gap_page
                plan.add(file, address, _maker(make, plan.store, WHOLE_VIEW, **given))
                framed = replace(WHOLE_VIEW, embed=True)
                plan.add(
                    f"embed/{file}",
                    f"{address}&embed=1",
                    _maker(make, plan.store, framed, **given),
                )


def _add_chains(plan: Plan, review: str, name: str) -> None:
    for place, found in enumerate(every(chains, plan.store, review=review), start=1):
        ends = chain_ends(None, None, review)
        address = chain_address(ends, found.id)
        file = f"chains/{name}/{place}.html"
        given = {"review": review, "chain": found.id}
        make = questions.chain_page
        plan.add(file, address, _maker(make, plan.store, WHOLE_VIEW, **given))
        framed = replace(WHOLE_VIEW, embed=True)
        plan.add(f"embed/{file}", f"{address}&embed=1", _maker(make, plan.store, framed, **given))
        plan.also(chain_address({}, found.id), file)


def _add_list(plan: Plan, name: str, review: str | None) -> None:
    """A list in files of at most 1000 rows each."""
    given = {} if review is None else {"review": review}
    folder = name if review is None else f"{name}/{safe_name(review)}"
    after, place = "", 1
    while True:
        file = f"{folder}/{'index' if place == 1 else f'page-{place}'}.html"
        view = replace(_PAGED, after=after)
        shown = _LISTS[name](plan.store, view, **given)
        if place == 1:
            address = listed(f"/{name}", **given)
        plan.add(file, address, _maker(_LISTS[name], plan.store, view, **given))
        more = shown.table.more if shown.table else shown.values.get("more")
        if not more:
            return
        address = str(more)
        after = _after_in(address)
        place += 1


def _after_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["after"][0]


def _maker(make: Callable[..., Shown], *given: Any, **named: Any) -> Callable[[], Shown]:
    return lambda: make(*given, **named)


def _ids(store: Store, kind: str, review: str) -> Iterator[str]:
    found: Iterator[Any] = (
        every(evidence, store, EvidenceFilter(review=review))
        if kind == "evidence"
        else every(_QUESTIONS[kind], store, review=review)
    )
    return (item.id for item in found)


_QUESTIONS: dict[str, Callable[..., Any]] = {
    "mechanism": mechanisms,
    "configuration": records.configurations,
    "concept": records.concepts,
    "source": records.sources,
    "theory": records.theories,
    "finding": findings,
}
"""What lists each kind of record."""
