"""The theory map: what is drawn, before anything is laid out."""

from __future__ import annotations

from graph.answers import (
    ConfigurationView,
    MapEdge,
    MapNode,
    MapPiece,
    MechanismView,
    PartView,
    ReviewView,
    TheoryMap,
)
from graph.answers.labels import heading
from graph.catalogue import named
from graph.errors import TooLarge
from graph.model import Attribution, Role
from graph.names import node_key
from graph.people import surname
from graph.questions.loads import by_first_load
from graph.questions.mechanisms import mechanism_views
from graph.questions.names import resolve, resolve_review, resolve_term
from graph.questions.records import (
    concept_views,
    configuration_views,
    review_ids,
    review_views,
    source_views,
    theory_views,
)
from graph.questions.sameness import joins, key_of
from graph.questions.weights import Weighed, weights
from graph.store import Store

_ALL = 1_000_000


def theory_map(
    store: Store,
    *,
    review: str | None = None,
    mechanism: str | None = None,
    level: str | None = None,
    max_nodes: int = 5000,
) -> TheoryMap:
    """Contexts, configurations, mechanisms, outcomes and the evidence about them, to be drawn.

    Args:
        store: where to look.
        review: only this review.
        mechanism: only this mechanism with its configurations and evidence.
        level: only what acts at this level, and what does not say at which.
        max_nodes: how many nodes may be drawn.

    Raises:
        NotFound: there is no such review or mechanism.
        Ambiguous: several mechanisms answer to the name.
        UnknownValue: no review knows the level.
        TooLarge: the map would have more nodes than may be drawn.
    """
    owner = resolve_review(store, review)
    chosen = None if mechanism is None else resolve(store, "mechanism", mechanism, owner)
    owner = owner or (chosen.partition(":")[0] if chosen else None)
    levels = resolve_term(store, "level", level, owner)
    ids = [owner] if owner is not None else by_first_load(store, review_ids(store))
    views = sorted(review_views(store, ids) if ids else [], key=lambda view: ids.index(view.id))
    drawing = _Drawing(store, set(levels) if levels is not None else None, chosen, max_nodes)
    for view in views:
        drawing.add_review(view)
    drawing.add_joins()
    title = "Theory map"
    if len(views) == 1:
        title = f"Theory map: {views[0].title}"
    return TheoryMap(
        title=title,
        reviews=views,
        nodes=list(drawing.nodes.values()),
        edges=drawing.edges,
        notes=drawing.notes,
    )


class _Drawing:
    def __init__(
        self, store: Store, levels: set[str] | None, mechanism: str | None, max_nodes: int
    ) -> None:
        self.store = store
        self.levels = levels
        self.mechanism = mechanism
        self.max_nodes = max_nodes
        self.nodes: dict[str, MapNode] = {}
        """By key, as records of two kinds may share an id."""
        self.edges: list[MapEdge] = []
        self.notes: list[str] = []

    def add_review(self, review: ReviewView) -> None:
        planned = sum(
            review.counts[kind] for kind in ("mechanism", "configuration", "concept", "source")
        )
        if self.mechanism is None and len(self.nodes) + planned > self.max_nodes:
            raise TooLarge(
                f"the map would have about {len(self.nodes) + planned} nodes; "
                f"at most {self.max_nodes} are drawn",
                hint="narrow it: one review, one mechanism, one level",
            )
        self._add_mechanisms(review.id)
        self._add_configurations(review.id)
        self._add_evidence(review.id)

    def _add(self, node: MapNode) -> None:
        self.nodes[node.key] = node

    def _fits(self, levels: list[str]) -> bool:
        return self.levels is None or not levels or bool(self.levels.intersection(levels))

    def _add_mechanisms(self, review: str) -> None:
        if self.mechanism is not None:
            ids = [self.mechanism]
        else:
            rows = self.store.read(
                named("mechanism_page"), review=review, stated=None, after="", limit=_ALL
            )
            ids = [row["id"] for row in rows]
        for view in mechanism_views(self.store, ids):
            if self._fits(view.levels):
                self._add(_mechanism_node(view))
        for row in self.store.read(named("map_incorporations"), review=review):
            start, end = (node_key("mechanism", row[name]) for name in ("mechanism", "into"))
            if start in self.nodes and end in self.nodes:
                self.edges.append(
                    MapEdge(
                        start=start,
                        end=end,
                        kind="incorporated into",
                        lines=_lines(_quoted(row["note"], row["id"]), _at(row["locator"])),
                    )
                )

    def _add_configurations(self, review: str) -> None:
        rows = self.store.read(
            named("configuration_page"),
            review=review,
            mechanism=self.mechanism,
            polarity=None,
            context=None,
            concepts=[],
            theory=None,
            levels=None,
            after="",
            limit=_ALL,
        )
        ids = [row["id"] for row in rows]
        for view in configuration_views(self.store, ids) if ids else []:
            if self._fits(view.levels):
                self._add_configuration(view)

    def _add_configuration(self, view: ConfigurationView) -> None:
        belongs = [mechanism.id for mechanism in view.mechanisms]
        node = MapNode(
            id=view.id,
            kind="configuration",
            review=view.review,
            name=view.name,
            polarity=view.polarity,
            levels=view.levels,
            mechanisms=belongs,
            lines=_lines(if_then_because(view), _at(view.locator), view.note),
        )
        self._add(node)
        roles = (
            (Role.CONTEXT, view.contexts),
            (Role.RESOURCE, view.resources),
            (Role.REASONING, view.reasonings),
            (Role.OUTCOME, view.outcomes),
        )
        for role, parts in roles:
            for part in parts:
                self._play(view, role, part, belongs)
        for mechanism in belongs:
            key = node_key("mechanism", mechanism)
            if key in self.nodes:
                self.edges.append(MapEdge(start=node.key, end=key, kind="belongs to"))

    def _play(
        self, view: ConfigurationView, role: Role, part: PartView, belongs: list[str]
    ) -> None:
        key, whole = node_key("concept", part.id), node_key("configuration", view.id)
        node = self.nodes.get(key)
        if node is None:
            node = MapNode(id=part.id, kind="concept", review=view.review, name=part.name)
            self._add(node)
        if role not in node.roles:
            node.roles.append(role)
        node.levels = sorted({*node.levels, *view.levels})
        node.mechanisms = sorted({*node.mechanisms, *belongs})
        # Left to right: a context leads into the configuration, its other parts follow from it.
        start, end = (key, whole) if role is Role.CONTEXT else (whole, key)
        self.edges.append(MapEdge(start=start, end=end, kind=role.value, inferred=part.inferred))

    def _add_evidence(self, review: str) -> None:
        drawn: dict[tuple[str, str, str], MapEdge] = {}
        rows = self.store.read(named("map_evidence"), review=review, limit=_ALL)
        rows = [row for row in rows if self._fits(row["levels"])]
        missing: dict[str, set[str]] = {"concept": set(), "theory": set()}
        keys = [node_key(row["kind"], row["target"]) for row in rows]
        for key, row in zip(keys, rows, strict=True):
            drawn_elsewhere = key in self.nodes or self.mechanism is not None
            if not drawn_elsewhere and row["kind"] in missing:
                missing[row["kind"]].add(row["target"])
        for kind, views_of in (("concept", concept_views), ("theory", theory_views)):
            for view in views_of(self.store, sorted(missing[kind])) if missing[kind] else []:
                self._add(
                    MapNode(
                        id=view.id,
                        kind=kind,
                        review=review,
                        name=view.name,
                        lines=_lines(view.description, _at(view.locator)),
                    )
                )
        for key, row in zip(keys, rows, strict=True):
            if key not in self.nodes:
                continue
            link = (row["source"], key, row["stance"])
            piece = MapPiece(**{name: row[name] for name in MapPiece.model_fields})
            edge = drawn.get(link)
            if edge is None:
                drawn[link] = MapEdge(
                    start=node_key("source", row["source"]),
                    end=key,
                    kind=row["stance"],
                    levels=row["levels"],
                    pieces=[piece],
                )
            else:
                edge.count += 1
                edge.levels = sorted({*edge.levels, *row["levels"]})
                edge.pieces.append(piece)
        self._add_sources(sorted({source for source, _, _ in drawn}))
        kinds: tuple[Weighed, ...] = ("configuration", "concept", "theory")
        for kind in kinds:  # mechanisms come with their weight
            about = {
                row["target"]
                for key, row in zip(keys, rows, strict=True)
                if row["kind"] == kind and key in self.nodes
            }
            for id_, weight in weights(self.store, kind, sorted(about)).items():
                node = self.nodes[node_key(kind, id_)]
                node.works = weight.works
                node.lines.append(weight.text)
        for edge in drawn.values():
            target = self.nodes[edge.end]
            source = self.nodes[edge.start]
            source.mechanisms = sorted(
                {*source.mechanisms, *target.mechanisms}
                | ({target.id} if target.kind == "mechanism" else set())
            )
            edge.lines.append(source.lines[0])
        self.edges += drawn.values()

    def add_joins(self) -> None:
        """What is declared to be the same, once everything else is there."""
        keys = {
            key_of(node.kind, node.id): node.key
            for node in self.nodes.values()
            if node.kind in ("concept", "mechanism")
        }
        for join in joins(self.store, keys):
            by = f"Declared by {join.declared_by}" if join.declared_by else None
            self.edges.append(
                MapEdge(
                    start=keys[join.one],
                    end=keys[join.other],
                    kind="same as",
                    record=join.declaration,
                    lines=_lines(f"Declared to be the same: {join.declaration}", by, join.note),
                )
            )

    def _add_sources(self, ids: list[str]) -> None:
        for view in source_views(self.store, ids) if ids else []:
            note = None
            if view.attribution is Attribution.COLLECTIVE:
                rests = f" on its {view.studies} studies" if view.studies is not None else ""
                note = f"Reports{rests} together; not attributed to single ones."
                if note not in self.notes:
                    self.notes.append(f"{view.citation} [{view.id}]: {note[0].lower()}{note[1:]}")
            first = view.authors[0] if view.authors else None
            who = view.title if first is None else surname(first, view.organisations)
            when = view.date if view.year is None else view.year
            name = " ".join(str(part) for part in (who, when) if part is not None)
            self._add(
                MapNode(
                    id=view.id,
                    kind="source",
                    review=view.review,
                    name=name,
                    source_kind=view.kind,
                    doi=view.doi,
                    lines=_lines(view.cited, _at(view.locator), note),
                )
            )


def if_then_because(view: ConfigurationView) -> str:
    """A configuration as a sentence: if (context) and (resource), then (outcome), because ..."""

    def told(parts: list[PartView]) -> str:
        return " and ".join(
            f"{part.name} (inferred)" if part.inferred else part.name for part in parts
        )

    sentence = []
    given = [text for text in (told(view.contexts), told(view.resources)) if text]
    if given:
        sentence.append(f"If {', and '.join(given)}")
    if view.outcomes:
        sentence.append(f"then {told(view.outcomes)}")
    if view.reasonings:
        sentence.append(f"because {told(view.reasonings)}")
    return f"{', '.join(sentence)}." if sentence else ""


def _mechanism_node(view: MechanismView) -> MapNode:
    lines = [f"{heading('support')}: {view.support}", view.weight.text]
    if view.stated is not None:
        lines.append(f"{heading('stated')}: {view.stated}")
    if view.disagreement:
        lines.append(view.disagreement)
    lines += _lines(view.description, _at(view.locator), view.note)
    lines += _lines(*(_quoted(entry.note, entry.id) for entry in view.history))
    return MapNode(
        id=view.id,
        kind="mechanism",
        review=view.review,
        name=view.name,
        levels=view.levels,
        mechanisms=[view.id],
        support=view.support,
        stated=view.stated,
        works=view.weight.works,
        lines=lines,
    )


def _quoted(note: str | None, record: str) -> str | None:
    return f"“{note}” [{record}]" if note else None


def _at(locator: str | None) -> str | None:
    return f"{heading('locator')}: {locator}" if locator else None


def _lines(*lines: str | None) -> list[str]:
    return [line for line in lines if line]
