"""What plays a part in the configurations of something: in which contexts it works or fails."""

from __future__ import annotations

from graph.answers import ConfigurationView, PartsAnswer, PartView, PlayedPart, Target
from graph.model import Polarity, Role
from graph.questions.mechanisms import mechanism_view
from graph.questions.names import resolve, resolve_target
from graph.questions.paging import every
from graph.questions.records import concept, configuration, configurations, theory
from graph.store import Store

_FIELD = {
    Role.CONTEXT: "contexts",
    Role.RESOURCE: "resources",
    Role.REASONING: "reasonings",
    Role.OUTCOME: "outcomes",
}
_ORDER = (Polarity.POSITIVE, Polarity.MIXED, Polarity.NEUTRAL, Polarity.NEGATIVE, None)


def parts(
    store: Store,
    about: str,
    role: Role,
    *,
    review: str | None = None,
    polarity: Polarity | None = None,
    kind: str | None = None,
) -> PartsAnswer:
    """Concepts that play a role in the configurations of something, by polarity.

    Polarity belongs to the configuration as a whole, so a concept can stand under several.

    Args:
        store: where to look.
        about: a mechanism, by its configurations; a concept, by those it plays a part in; a
            configuration itself; a theory, by those it explains.
        role: the role that is asked for.
        review: only this review.
        polarity: only configurations of this polarity.
        kind: what ``about`` is, where several kinds may answer to the name.

    Raises:
        NotFound: there is no such record.
        Ambiguous: several records answer to the name.
    """
    if kind is None:
        kind, id_ = resolve_target(store, about, review)
    else:
        id_ = resolve(store, kind, about, review)
    held = [
        one
        for one in configurations_of(store, kind, id_)
        if polarity is None or one.polarity is polarity
    ]
    played: dict[tuple[Polarity | None, str], list[tuple[str, PartView]]] = {}
    for one in held:
        for part in getattr(one, _FIELD[role]):
            if part.id != id_:
                played.setdefault((one.polarity, part.id), []).append((one.id, part))
    items = [
        PlayedPart(
            polarity=which,
            id=concept_id,
            name=found[0][1].name,
            inferred=all(part.inferred for _, part in found),
            configurations=[configuration_id for configuration_id, _ in found],
        )
        for (which, concept_id), found in sorted(
            played.items(), key=lambda one: (_ORDER.index(one[0][0]), one[0][1])
        )
    ]
    return PartsAnswer(
        about=Target(id=id_, kind=kind, name=_name(store, kind, id_)),
        role=role,
        configurations=len(held),
        items=items,
        notes=_notes(role, held, items),
    )


def configurations_of(store: Store, kind: str, id_: str) -> list[ConfigurationView]:
    """The configurations that belong to a mechanism, hold a concept, or that a theory explains."""
    if kind == "configuration":
        return [configuration(store, id_)]
    if kind == "concept":
        return [*every(configurations, store, concepts=[id_])]
    if kind == "theory":
        return [*every(configurations, store, theory=id_)]
    return [*every(configurations, store, mechanism=id_)]


def _name(store: Store, kind: str, id_: str) -> str:
    if kind == "mechanism":
        return mechanism_view(store, id_).name
    if kind == "concept":
        return concept(store, id_).name
    return theory(store, id_).name if kind == "theory" else configuration(store, id_).name


def _notes(role: Role, held: list[ConfigurationView], items: list[PlayedPart]) -> list[str]:
    if not held:
        return ["The graph holds no configuration that fits."]
    if not items:
        return [f"None of its {len(held)} configurations states a {role.value}."]
    return []
