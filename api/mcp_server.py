"""The questions as tools for assistants, over the Model Context Protocol; read-only.

A tool is a GET operation of the HTTP application, described by its own OpenAPI document and
answered by the application itself, in this process: so there is nothing here that could answer
otherwise.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
from fastapi import FastAPI
from mcp.server import Server, ServerRequestContext
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

_JSON = "application/json"
_REFERENCE = "#/components/schemas/"
_INSTRUCTIONS = """Evidence of realist reviews: what is here was extracted from published reviews.
Quote it with the ids and citations that come with it. A list goes on where `next` is not null: pass
it as `after`. A question that is not understood is refused; nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A GET operation that answers with JSON."""

    path: str
    in_path: list[str]
    in_query: list[str]
    tool: Tool


def operations(app: FastAPI) -> dict[str, Operation]:
    """The operations of an application that answer with JSON, by name."""
    document = app.openapi()
    schemas: dict[str, Any] = document["components"]["schemas"]
    found = {}
    for path, methods in document["paths"].items():
        described = methods.get("get")
        if described is None or _JSON not in described["responses"]["200"].get("content", {}):
            continue
        if "$ref" not in described["responses"]["200"]["content"][_JSON].get("schema", {}):
            continue  # a file, not an answer
        name = described["operationId"]
        parameters = described.get("parameters", [])
        properties = {
            one["name"]: {
                **one["schema"],
                **({"description": one["description"]} if "description" in one else {}),
            }
            for one in parameters
        }
        schema: dict[str, Any] = {
            "type": "object",
            "properties": properties,
            "required": [one["name"] for one in parameters if one.get("required")],
            "additionalProperties": False,
        }
        used = _used(properties, schemas)
        if used:
            schema["$defs"] = {key: _local(schemas[key]) for key in sorted(used)}
        found[name] = Operation(
            path=path,
            in_path=[one["name"] for one in parameters if one["in"] == "path"],
            in_query=[one["name"] for one in parameters if one["in"] == "query"],
            tool=Tool(
                name=name,
                description=described["description"],
                input_schema=_local(schema),
                annotations=ToolAnnotations(
                    read_only_hint=True, idempotent_hint=True, open_world_hint=False
                ),
            ),
        )
    return found


class Tools:
    """Answers calls of tools from the application."""

    def __init__(self, app: FastAPI, most_chars: int) -> None:
        self.operations = operations(app)
        self.most_chars = most_chars
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=app), base_url="http://localhost", timeout=None
        )

    async def listed(
        self, _: ServerRequestContext[Any], __: PaginatedRequestParams | None
    ) -> ListToolsResult:
        """Every tool."""
        return ListToolsResult(tools=[one.tool for one in self.operations.values()])

    async def called(
        self, _: ServerRequestContext[Any], params: CallToolRequestParams
    ) -> CallToolResult:
        """The answer of a tool, or what is wrong with the call."""
        operation = self.operations.get(params.name)
        if operation is None:
            known = ", ".join(self.operations)
            return _failed({"title": "No such tool", "hint": f"known: {known}"})
        given = {
            name: value for name, value in (params.arguments or {}).items() if value is not None
        }
        missing = [name for name in operation.in_path if not str(given.get(name, ""))]
        if missing:
            return _failed({"title": "An argument is missing", "detail": ", ".join(missing)})
        asked = given
        note: str | None = None
        while True:
            response = await self._get(operation, asked)
            if response.status_code != httpx.codes.OK:
                return _failed(response.json())
            if len(response.text) <= self.most_chars:
                break
            size = int(asked.get("limit", 50))
            if "limit" not in operation.in_query or size <= 1:
                return _failed(
                    {
                        "title": "The answer is too large",
                        "detail": f"{len(response.text)} characters, of at most {self.most_chars}",
                        "hint": "narrow the question, or name `fields`",
                    }
                )
            size = max(1, min(size - 1, size * self.most_chars * 9 // (len(response.text) * 10)))
            asked = {**asked, "limit": size}
            note = (
                f"Shortened to {size} records, so that the answer is no larger than "
                f"{self.most_chars} characters; pass `next` as `after` for the following ones."
            )
        content = [TextContent(text=response.text)]
        if note is not None:
            content.append(TextContent(text=note))
        return CallToolResult(content=list(content), structured_content=response.json())

    async def _get(self, operation: Operation, given: dict[str, Any]) -> httpx.Response:
        path = operation.path
        for name in operation.in_path:
            path = path.replace(f"{{{name}}}", quote(str(given[name]), safe=""))
        query = {name: value for name, value in given.items() if name not in operation.in_path}
        return await self._client.get(path, params=query)


def server_for(app: FastAPI, *, version: str, most_chars: int) -> Server[Any]:
    """A server whose tools are the questions of an application.

    Args:
        app: the HTTP application.
        version: the product's version.
        most_chars: characters of an answer, at most; lists come in shorter pages to keep to it.
    """
    tools = Tools(app, most_chars)
    return Server(
        "theorygraph",
        version=version,
        title="theorygraph",
        instructions=_INSTRUCTIONS,
        on_list_tools=tools.listed,
        on_call_tool=tools.called,
    )


async def serve_on_stdio(server: Server[Any]) -> None:
    """Answer the one who started this process, over its input and output, until it hangs up."""
    from mcp.server.stdio import stdio_server

    async with stdio_server() as (reading, writing):
        await server.run(reading, writing, server.create_initialization_options())


def _failed(problem: dict[str, Any]) -> CallToolResult:
    text = json.dumps(problem, ensure_ascii=False)
    return CallToolResult(content=[TextContent(text=text)], is_error=True)


def _used(schema: Any, schemas: dict[str, Any]) -> set[str]:
    """The named schemas that a schema needs, directly or through others."""
    found: set[str] = set()
    open_ = [schema]
    while open_:
        part = open_.pop()
        if isinstance(part, dict):
            reference = part.get("$ref", "")
            name = reference.removeprefix(_REFERENCE)
            if reference.startswith(_REFERENCE) and name not in found:
                found.add(name)
                open_.append(schemas[name])
            open_ += part.values()
        elif isinstance(part, list):
            open_ += part
    return found


def _local(schema: Any) -> Any:
    """A schema whose references stay within it."""
    if isinstance(schema, dict):
        return {
            name: value.replace(_REFERENCE, "#/$defs/") if name == "$ref" else _local(value)
            for name, value in schema.items()
        }
    return [_local(part) for part in schema] if isinstance(schema, list) else schema
