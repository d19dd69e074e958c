"""What the OpenAPI document says beyond the routes: examples, each sent by a test, and errors."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from api.problems import PROBLEM_JSON

EXAMPLES: dict[str, dict[str, str]] = {
    "ask": {"q": "evidence for Working with power at team level"},
    "evidence": {"review": "richmond2020", "concept": "C4", "stance": "supports"},
    "evidence_by_id": {"id": "richmond2020:chamberland-2013-C1"},
    "mechanisms": {"support": "none"},
    "mechanism": {"id": "working-with-power"},
    "mechanism_evidence": {"id": "working-with-power", "level": "team"},
    "gaps": {"review": "harris2021"},
    "flow": {"id": "harris2021"},
    "review": {"id": "richmond2020"},
    "papers": {"review": "richmond2020"},
    "paper": {"id": "richmond2020:chamberland-2013"},
    "sources": {"kind": "synthesis"},
    "source": {"id": "harris2021:first-look-summary"},
    "configurations": {"review": "richmond2020", "polarity": "negative"},
    "configuration": {"id": "richmond2020:F2-C4"},
    "concepts": {"review": "richmond2020"},
    "concept": {"id": "richmond2020:C3"},
    "theories": {"kind": "substantive"},
    "theory": {"id": "dual-process-theory"},
    "findings": {"kind": "gap"},
    "finding": {"id": "harris2021:no-patient-or-service-user-perspective"},
    "theory_map": {"review": "harris2021"},
}
"""For each operation, values of its parameters that the shipped reviews answer."""


def add_examples(app: FastAPI) -> None:
    """Put the examples, and errors as the problem details they are, into the OpenAPI document."""
    made = app.openapi

    def with_examples() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = made()
            for operations in document["paths"].values():
                for operation in operations.values():
                    values = EXAMPLES.get(operation.get("operationId", ""), {})
                    for parameter in operation.get("parameters", []):
                        if parameter["name"] in values:
                            parameter["example"] = values[parameter["name"]]
                    for status in ("4XX", "5XX"):
                        described = operation["responses"][status]["content"]
                        schema = next(part for part in described.values() if part)
                        operation["responses"][status]["content"] = {PROBLEM_JSON: schema}
        return app.openapi_schema or made()

    app.openapi = with_examples  # type: ignore[method-assign]
