"""Write ``schema.cypher``, ``write.cypher``, ``read.cypher`` and ``staged.cypher`` from the models.

Statements are made here, when the models change, and are then plain text that the product only
reads: nothing puts a query together while it runs. ``--check`` says whether the files are current.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "graph" / "cypher"
sys.path.insert(0, str(FOLDER.parents[1]))

from graph.schema import ORDERED, Kind, LinkField, kinds, snake  # noqa: E402

_LAST = 10**12
"""Behind every position and number that a model allows."""
MORE_INDEXES = {
    "Evidence": ["about"],
    "Source": ["work", "doi_key", "pmid_key"],
    "SameAs": ["one", "same_as", "kind"],
}


def schema_statements() -> str:
    """Constraints and indexes of every label."""
    lines = [
        "// Constraints and indexes: created before the first load, on both stores. The unique id",
        '// carries every look-up and every page; `review` carries "all of one review".',
        "// Made by scripts/make_cypher.py from the models.",
        "",
    ]
    for label in kinds():
        name = snake(label)
        lines += [
            f"// name: constrain_{name}",
            "// No two records of a kind share an id.",
            f"CREATE CONSTRAINT {name}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE",
            "",
        ]
        for field in ([] if label == "Review" else ["review"]) + MORE_INDEXES.get(label, []):
            lines += [
                f"// name: index_{name}_{field}",
                f"// Carries what is asked by {field}.",
                f"CREATE INDEX {name}_{field} IF NOT EXISTS FOR (n:{label}) ON (n.{field})",
                "",
            ]
    return "\n".join(lines)


def _node_statements(kind: Kind) -> list[str]:
    label, name = kind.label, snake(kind.label)
    owner = "id" if label == "Review" else "review"
    stored = [field for field in kind.stored if field != "id"]
    listed = [f"    {field}: row.{field}" for field in ("id", *stored)]
    placed = [
        f"// name: positions_{name}",
        "// In which order the records of one review stand, to compare with that of the file.",
        f"MATCH (n:{label} {{review: $review}})",
        "RETURN n.id AS id, n.position AS position",
        "",
        f"// name: place_{name}",
        "// Where a record stands now: moving one changes nothing else of it.",
        "UNWIND $rows AS row",
        f"MATCH (n:{label} {{id: row.id}}) SET n.position = row.position",
        "RETURN count(*) AS done",
        "",
    ]
    return [
        f"// ---- {label} ----",
        "",
        f"// name: fingerprints_{name}",
        "// What the store holds of one review, to compare with what a load brings.",
        f"MATCH (n:{label}) WHERE n.{owner} = $review",
        "RETURN n.id AS id, n.fingerprint AS fingerprint",
        "",
        f"// name: create_{name}",
        "// What the store does not hold yet.",
        "UNWIND $rows AS row",
        f"CREATE (n:{label} {{",
        ",\n".join(listed),
        "})",
        "RETURN count(*) AS done",
        "",
        f"// name: change_{name}",
        "// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.",
        "UNWIND $rows AS row",
        f"MATCH (n:{label} {{id: row.id}}) SET n = row",
        "RETURN count(*) AS done",
        "",
        f"// name: unlink_{name}",
        "// Every relationship that leaves a record is the record's own.",
        "UNWIND $ids AS id",
        f"MATCH (n:{label} {{id: id}})-[r]->() DELETE r",
        "",
        f"// name: remove_{name}",
        "// What a corrected file no longer has, with everything that points to it.",
        "UNWIND $ids AS id",
        f"MATCH (n:{label} {{id: id}}) DETACH DELETE n",
        "",
        *(placed if label in ORDERED else []),
    ]


def _link_statement(
    label: str, link: LinkField, *, staged: bool = False, held: bool = False
) -> list[str]:
    """How a link is kept: between records, or from a staged one to a staged or a held one."""
    carries = " {position: row.position, inferred: row.inferred}" if link.parts else ""
    name = f"{'tie' if staged else 'link'}_{snake(label)}_{link.field}"
    one, other = ("Staged" if staged else ""), ("Staged" if staged and not held else "")
    return [
        f"// name: {name}{'_held' if held else ''}",
        f"// From {one}{label} to {other}{link.to}.",
        "UNWIND $rows AS row",
        f"MATCH (a:{one}{label} {{id: row.from_id}})",
        f"MATCH (b:{other}{link.to} {{id: row.to_id}})",
        f"CREATE (a)-[:{link.type}{carries}]->(b)",
        "RETURN count(*) AS done",
        "",
    ]


def _links_of(label: str, kind: Kind) -> list[LinkField]:
    """The links of a kind, and what is derived of them."""
    bears = LinkField("bears_on", "BEARS_ON", "Mechanism", many=True, parts=False)
    return [*kind.links, *([bears] if label == "Evidence" else [])]


def write_statements() -> str:
    """How records of every label are written."""
    lines = [
        "// Writing: one block per kind of record. A load compares fingerprints first, so these",
        "// see only what is new, changed or gone; each is carried by the unique id of its label.",
        "// Properties are listed one by one because the embedded engine creates them far faster",
        "// that way than from a map. Made by scripts/make_cypher.py from the models.",
        "",
    ]
    for label, kind in kinds().items():
        lines += _node_statements(kind)
        for link in kind.links:
            lines += _link_statement(label, link)
        if label == "Evidence":
            bears = LinkField("bears_on", "BEARS_ON", "Mechanism", many=True, parts=False)
            lines.append("// Evidence about a configuration bears on the mechanisms it belongs to.")
            lines += _link_statement(label, bears)
    return "\n".join(lines)


def staged_statements() -> str:
    """How new records are staged, made current, or dropped."""
    lines = [
        "// New records of a load that is too large for one transaction stand under labels of",
        "// their own until the load counts, with their links. What leads to a staged record comes",
        "// from a staged one. Carried by the id. On Neo4j alone. Made by scripts/make_cypher.py.",
        "",
        "// name: held_records",
        "// How many records of a review there are, to know what a load would need.",
        "RETURN "
        + " +\n    ".join(
            f"COUNT {{ MATCH (n:{label} {{{'id' if label == 'Review' else 'review'}: $review}}) }}"
            for label in kinds()
        )
        + " AS n",
        "",
    ]
    for label, kind in kinds().items():
        name = snake(label)
        of_review = "n.id = $review" if label == "Review" else "n.id STARTS WITH $within"
        listed = ["    id: row.id"] + [f"    {f}: row.{f}" for f in kind.stored if f != "id"]
        lines += [
            f"// name: prepare_{name}",
            "// Carries the ends of links, and all of one review: ids begin with it.",
            f"CREATE INDEX staged_{name}_id IF NOT EXISTS FOR (n:Staged{label}) ON (n.id)",
            "",
            f"// name: stage_{name}",
            "// What the store does not hold yet.",
            "UNWIND $rows AS row",
            f"CREATE (n:Staged{label} {{",
            ",\n".join(listed),
            "})",
            "RETURN count(*) AS done",
            "",
            f"// name: turn_{name}",
            "// The load counts: so many more records are seen.",
            f"MATCH (n:Staged{label}) WHERE {of_review}",
            "WITH n LIMIT $most",
            f"SET n:{label} REMOVE n:Staged{label}",
            "RETURN count(*) AS done",
            "",
            f"// name: drop_{name}",
            "// The load will not count: so many more records are gone.",
            f"MATCH (n:Staged{label}) WHERE {of_review}",
            "WITH n LIMIT $most",
            "DETACH DELETE n",
            "RETURN count(*) AS done",
            "",
        ]
        for link in _links_of(label, kind):
            lines += _link_statement(label, link, staged=True)
            lines += _link_statement(label, link, staged=True, held=True)
    return "\n".join(lines)


def read_statements() -> str:
    """How all records of a review are read back."""
    lines = [
        "// All of a review, kind by kind, as it was loaded: for export. Carried by `review` of",
        "// each label. Made by scripts/make_cypher.py from the models.",
        "",
    ]
    for label, kind in kinds().items():
        name = snake(label)
        owner = "id" if label == "Review" else "review"
        columns = ", ".join(f"record.{field} AS {field}" for field in kind.properties)
        lines += [
            f"// name: all_of_{name}",
            f"// The records, in the order of {'the file' if label in ORDERED else 'ids'}.",
            f"MATCH (record:{label} {{{owner}: $review}})",
            f"RETURN {columns}",
            f"ORDER BY {_order(kind)}",
            "",
        ]
        for link in kind.links:
            order = "from_id, position, to_id" if link.parts else "from_id, to_id"
            carries = ", r.position AS position, r.inferred AS inferred" if link.parts else ""
            lines += [
                f"// name: all_of_{name}_{link.field}",
                f"// From {label} to {link.to}.",
                f"MATCH (a:{label} {{{owner}: $review}})-[r:{link.type}]->(b:{link.to})",
                f"RETURN a.id AS from_id, b.id AS to_id{carries}",
                f"ORDER BY {order}",
                "",
            ]
    return "\n".join(lines)


def _order(kind: Kind) -> str:
    """By id; by position where there is one, and as before there was, by number."""
    before = [
        f"coalesce(record.{name}, {_LAST})"
        for name in ("position", "number")
        if kind.label in ORDERED and name in kind.stored
    ]
    return ", ".join([*before, "id"])


def main() -> int:
    """Write the files, or say which of them are stale."""
    stale = 0
    for name, text in (
        ("schema.cypher", schema_statements()),
        ("write.cypher", write_statements()),
        ("read.cypher", read_statements()),
        ("staged.cypher", staged_statements()),
    ):
        path = FOLDER / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if "--check" in sys.argv:
            print(f"{path.name} is stale: run `make docs`", file=sys.stderr)
            stale += 1
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.name}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
