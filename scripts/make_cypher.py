"""Write ``schema.cypher``, ``write.cypher`` and ``read.cypher`` from the models.

Statements are made here, when the models change, and are then plain text that the product only
reads: nothing puts a query together while it runs. ``--check`` says whether the files are current.
"""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "graph" / "cypher"
sys.path.insert(0, str(FOLDER.parents[1]))

from graph.load import snake  # noqa: E402
from graph.schema import Kind, LinkField, kinds  # noqa: E402

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
    ]


def _link_statement(label: str, link: LinkField) -> list[str]:
    carries = " {position: row.position, inferred: row.inferred}" if link.parts else ""
    return [
        f"// name: link_{snake(label)}_{link.field}",
        f"// From {label} to {link.to}.",
        "UNWIND $rows AS row",
        f"MATCH (a:{label} {{id: row.from_id}})",
        f"MATCH (b:{link.to} {{id: row.to_id}})",
        f"CREATE (a)-[:{link.type}{carries}]->(b)",
        "RETURN count(*) AS done",
        "",
    ]


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
            "// The records, in the order of ids.",
            f"MATCH (record:{label} {{{owner}: $review}})",
            f"RETURN {columns}",
            "ORDER BY id",
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


def main() -> int:
    """Write the files, or say which of them are stale."""
    stale = 0
    for name, text in (
        ("schema.cypher", schema_statements()),
        ("write.cypher", write_statements()),
        ("read.cypher", read_statements()),
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
