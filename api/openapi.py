"""The OpenAPI document: query parameters from their models, examples, errors as problem details."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from api.examples import EXAMPLES
from api.parameters import Query
from api.problems import PROBLEM_JSON
from api.representations import is_answer, known_fields

_REF = "#/components/schemas/{model}"


def describe(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Make the application's document say what FastAPI cannot see by itself."""
    made = app.openapi
    routes = [route for router in routers for route in router.routes]

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = made()
            schemas = document["components"]["schemas"]
            for route in routes:
                if isinstance(route, APIRoute) and route.include_in_schema:
                    for method in route.methods or ():
                        operation = document["paths"][route.path_format][method.lower()]
                        _add_query(route, operation, schemas)
                        _add_fields(route, operation)
                        _add_examples(operation)
                        _mark_problems(operation)
        return app.openapi_schema or made()

    app.openapi = described  # type: ignore[method-assign]


def _add_query(route: APIRoute, operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    for dependency in route.dependant.dependencies:
        if not isinstance(dependency.call, Query):
            continue
        schema = dependency.call.model.model_json_schema(ref_template=_REF)
        schemas.update(schema.get("$defs", {}))
        required = schema.get("required", [])
        for name, described in schema["properties"].items():
            parameter = {"name": name, "in": "query", "required": name in required}
            if "description" in described:
                parameter["description"] = described["description"]
            operation.setdefault("parameters", []).append({**parameter, "schema": described})


def _add_fields(route: APIRoute, operation: dict[str, Any]) -> None:
    if not is_answer(route.response_model) or "GET" not in (route.methods or ()):
        return
    known = ", ".join(known_fields(route.response_model))
    operation.setdefault("parameters", []).append(
        {
            "name": "fields",
            "in": "query",
            "required": False,
            "description": f"Only these fields, with commas between them: {known}.",
            "schema": {"type": "string", "pattern": "^[a-z_]+(,[a-z_]+)*$"},
        }
    )


def _add_examples(operation: dict[str, Any]) -> None:
    values = EXAMPLES.get(operation.get("operationId", ""), {})
    for parameter in operation.get("parameters", []):
        if parameter["name"] in values:
            parameter["example"] = values[parameter["name"]]


def _mark_problems(operation: dict[str, Any]) -> None:
    for status in ("4XX", "5XX"):
        described = operation["responses"][status]["content"]
        schema = next(part for part in described.values() if part)
        operation["responses"][status]["content"] = {PROBLEM_JSON: schema}
