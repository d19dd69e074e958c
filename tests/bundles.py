"""Generated reviews for property tests. Illustrative: nothing in them comes from a real review."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from graph.model import (
    Absence,
    Appraisal,
    Code,
    Concept,
    Configuration,
    Evidence,
    Extent,
    Finding,
    FindingKind,
    Grade,
    HistoryEntry,
    Level,
    Mechanism,
    Merge,
    MergedBy,
    Part,
    Passage,
    Perspective,
    Polarity,
    Reference,
    Reporting,
    Review,
    ReviewBundle,
    Role,
    SameAs,
    Silence,
    Source,
    SourceKind,
    Stage,
    Stance,
    Status,
    Step,
    StepKind,
    Tally,
    Theory,
    TheoryKind,
    Verdict,
)

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip())
)
maybe_text = st.none() | texts
numbers = st.integers(min_value=0, max_value=60)


def some(values: list[str], most: int = 3) -> st.SearchStrategy[list[str]]:
    """A few of the values, each once."""
    if not values:
        return st.just([])
    return st.lists(st.sampled_from(values), max_size=most, unique=True)


def maybe(values: list[str]) -> st.SearchStrategy[str | None]:
    """One of the values, or none."""
    return st.none() | st.sampled_from(values) if values else st.none()


def _others(kind: str, review: str, within: bool) -> list[str]:
    """What may be declared the same: records of other reviews, held or not, and of this one."""
    owners = ["first", "second", "elsewhere", *([review] if within else [])]
    return [f"{owner}:{kind[0]}{n}" for owner in owners for n in range(2)]


@st.composite
def bundles(
    draw: st.DrawFn, review: str = "generated", most: int = 6, within: bool = True
) -> ReviewBundle:
    """A valid review: every kind of record, every kind of link, any text."""

    def ids(prefix: str, least: int = 0) -> list[str]:
        count = draw(st.integers(min_value=least, max_value=most))
        return [f"{review}:{prefix}{n}" for n in range(count)]

    level_ids = ids("level")
    level_words = [id_.partition(":")[2] for id_ in level_ids]
    perspective_ids = ids("p")
    perspective_words = [id_.partition(":")[2] for id_ in perspective_ids]
    stage_ids = ids("stage")
    mechanism_ids = ids("m")
    concept_ids = ids("c")
    source_ids = ids("s", least=1)
    parts = (
        st.lists(
            st.builds(Part, concept=st.sampled_from(concept_ids), inferred=st.booleans()),
            max_size=3,
        )
        if concept_ids
        else st.just([])
    )
    configurations = []
    for id_ in ids("cfg"):
        given: dict[str, Any] = {
            "mechanisms": draw(some(mechanism_ids)),
            "contexts": draw(parts),
            "resources": draw(parts),
            "reasonings": draw(parts),
            "outcomes": draw(parts),
        }
        if not (given["mechanisms"] or given["resources"] or given["reasonings"]):
            continue
        configurations.append(
            Configuration(
                id=id_,
                name=draw(maybe_text),
                polarity=draw(st.none() | st.sampled_from(Polarity)),
                levels=draw(some(level_words)),
                note=draw(maybe_text),
                **given,
            )
        )
    configuration_ids = [configuration.id for configuration in configurations]
    theories = [
        Theory(
            id=id_,
            kind=draw(st.sampled_from(TheoryKind)),
            name=draw(texts),
            mechanisms=draw(some(mechanism_ids)),
            configurations=draw(some(configuration_ids)),
            concepts=draw(some(concept_ids)),
        )
        for id_ in ids("t")
    ]
    targets: dict[str, list[str]] = {
        "mechanism": mechanism_ids,
        "configuration": configuration_ids,
        "concept": concept_ids,
        "theory": [theory.id for theory in theories],
    }
    possible = [(kind, id_) for kind, found in targets.items() for id_ in found]
    codes = [
        Code(
            id=id_,
            name=draw(texts),
            parent=draw(maybe([f"{review}:code{m}" for m in range(n)])),
            description=draw(maybe_text),
            file="codes.json",
        )
        for n, id_ in enumerate(ids("code"))
    ]
    passages = [
        Passage(
            id=id_,
            source=draw(st.sampled_from(source_ids)),
            code=draw(st.sampled_from([code.id for code in codes])),
            quote=draw(maybe_text),
            span=draw(st.none() | st.just("3-17")),
            coder=draw(maybe_text),
            file="codes.json",
        )
        for id_ in (ids("passage") if codes else [])
    ]
    reference_ids = ids("ref")
    evidence = []
    for n in range(draw(st.integers(min_value=0, max_value=4 * most)) if possible else 0):
        kind, target = draw(st.sampled_from(possible))
        evidence.append(
            Evidence(
                id=f"{review}:e{n}",
                source=draw(st.sampled_from(source_ids)),
                role=draw(st.none() | st.sampled_from(Role)) if kind == "concept" else None,
                stance=draw(st.sampled_from(Stance)),
                extent=draw(st.none() | st.sampled_from(Extent)),
                levels=draw(some(level_words)),
                contexts=draw(some(concept_ids)),
                perspective=draw(maybe(perspective_words)),
                setting=draw(st.none() | st.sampled_from(["ward", "clinic"])),
                quote=draw(maybe_text),
                rigour=draw(st.none() | st.sampled_from(Grade)),
                span=draw(st.none() | st.just("0-5")),
                passage=draw(maybe([passage.id for passage in passages])),
                **{kind: target},
            )
        )
    steps = []
    for stage in stage_ids:
        for position in range(draw(st.integers(min_value=0, max_value=5))):
            steps.append(
                Step(
                    id=f"{stage}.{position}",
                    stage=stage,
                    position=position,
                    kind=draw(st.sampled_from(StepKind)),
                    track=draw(st.sampled_from(["main", "grey"])),
                    name=draw(texts),
                    n=draw(st.none() | numbers),
                )
            )
    return ReviewBundle(
        review=Review(
            id=review,
            title=f"Illustrative review {draw(texts)}",
            objectives=draw(st.lists(texts, max_size=3)),
            year=draw(st.none() | st.just(2020)),
        ),
        levels=[Level(id=id_, name=id_, position=n) for n, id_ in enumerate(level_ids)],
        perspectives=[Perspective(id=id_, name=draw(texts)) for id_ in perspective_ids],
        stages=[
            Stage(
                id=id_,
                name=draw(texts),
                position=n,
                databases=draw(st.lists(texts, max_size=2)),
                mechanisms=draw(some(mechanism_ids, 1)),
                concepts=draw(some(concept_ids, 1)),
                configurations=draw(some(configuration_ids, 1)),
                levels=draw(some(level_words, 1)),
                perspectives=draw(some(perspective_words, 1)),
                kinds=draw(st.lists(st.sampled_from(SourceKind), max_size=1)),
            )
            for n, id_ in enumerate(stage_ids)
        ],
        steps=steps,
        tallies=[
            Tally(id=id_, name=draw(texts), position=n, n=draw(numbers))
            for n, id_ in enumerate(ids("tally"))
        ],
        reporting=[
            Reporting(
                id=id_,
                item=draw(st.integers(min_value=1, max_value=19)),
                position=n,
                statement=draw(texts),
                locator=draw(maybe_text),
                note=draw(maybe_text),
            )
            for n, id_ in enumerate(ids("said"))
        ],
        sources=[
            Source(
                id=id_,
                kind=draw(st.sampled_from(SourceKind)),
                title=draw(texts),
                authors=draw(st.lists(texts, max_size=4)),
                included=draw(st.none() | st.booleans()),
                stage=draw(maybe(stage_ids)),
                studies=draw(st.none() | numbers),
            )
            for id_ in source_ids
        ],
        mechanisms=[
            Mechanism(
                id=id_,
                name=draw(texts),
                aliases=draw(st.lists(texts, max_size=2)),
                levels=draw(some(level_words)),
                number=draw(st.none() | numbers),
            )
            for id_ in mechanism_ids
        ],
        history=[
            HistoryEntry(
                id=f"{review}:h{n}-{position}",
                mechanism=id_,
                position=position,
                status=draw(st.sampled_from(Status)),
                stage=draw(maybe(stage_ids)),
                into=draw(some(mechanism_ids)),
                configurations=draw(some(configuration_ids, 1)),
                levels=draw(some(level_words, 1)),
                perspectives=draw(some(perspective_words, 1)),
                kinds=draw(st.lists(st.sampled_from(SourceKind), max_size=1)),
                note=draw(maybe_text),
            )
            for n, id_ in enumerate(mechanism_ids)
            for position in range(draw(st.integers(min_value=0, max_value=2)))
        ],
        concepts=[Concept(id=id_, name=draw(texts)) for id_ in concept_ids],
        configurations=configurations,
        theories=theories,
        evidence=evidence,
        appraisals=[
            Appraisal(
                id=f"{review}:a{n}",
                evidence=draw(st.sampled_from(evidence)).id,
                appraiser=draw(st.sampled_from(["Illustrative A", "Illustrative B"])),
                relevance=draw(st.none() | st.sampled_from(Grade)),
                rigour=draw(st.none() | st.sampled_from(Grade)),
            )
            for n in range(draw(st.integers(min_value=0, max_value=most)) if evidence else 0)
        ],
        same_as=[
            SameAs(
                id=f"{review}:same-{kind[0]}{n}",
                same_as=draw(st.sampled_from(others).filter(lambda other, one=one: other != one)),
                **{kind: one},
            )
            for kind, held in (
                ("concept", concept_ids),
                ("mechanism", mechanism_ids),
                ("source", source_ids),
            )
            for others in [_others(kind, review, within)]
            for n, one in enumerate(draw(some(held)))
        ],
        findings=[
            Finding(
                id=id_,
                kind=kind,
                absence=draw(st.none() | st.sampled_from(Absence))
                if kind is FindingKind.GAP
                else None,
                kinds=draw(st.lists(st.sampled_from(SourceKind), max_size=2, unique=True)),
                name=draw(texts),
                statement=draw(texts),
                mechanisms=draw(some(mechanism_ids)),
                concepts=draw(some(concept_ids)),
                configurations=draw(some(configuration_ids)),
                theories=draw(some(targets["theory"])),
                levels=draw(some(level_words)),
                perspectives=draw(some(perspective_words)),
                audience=draw(some(["leaders", "those who teach"])),
                said_by=draw(some(source_ids)),
                searched=draw(maybe(stage_ids)),
            )
            for id_ in ids("f")
            for kind in [draw(st.sampled_from(FindingKind))]
        ],
        codes=codes,
        passages=passages,
        references=[
            Reference(
                id=id_,
                source=draw(st.sampled_from(source_ids)),
                file="illustrative.ris",
                row=draw(st.none() | numbers),
                merged_by=draw(st.none() | st.sampled_from(MergedBy)),
                fields='{"TI":["=Illustrative; title"]}',
            )
            for id_ in reference_ids
        ],
        merges=[
            Merge(
                id=id_,
                one=draw(st.sampled_from(reference_ids)),
                other=draw(st.sampled_from(reference_ids)),
                verdict=draw(st.sampled_from(Verdict)),
                note=draw(maybe_text),
            )
            for id_ in (ids("merge") if reference_ids else [])
        ],
        silences=[
            Silence(
                id=id_,
                rule="near-duplicates",
                record=draw(st.sampled_from(source_ids)),
                because="illustrative",
                declared_by=draw(maybe_text),
            )
            for id_ in ids("silence")
        ],
    )
