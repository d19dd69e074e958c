"""One answer through four doors: command line, HTTP, client and MCP; and what each adds."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from fastapi import FastAPI
from mcp import Client as ToolClient
from mcp import StdioServerParameters
from serving import ROOT, copied, environment, fill, in_thread
from two_hundred import Question, as_command, questions
from typer.testing import CliRunner

from api.app import create_app
from api.cli.main import app as command_line
from api.client import Client, Refused, records
from api.mcp_server import Operation, operations, server_for
from graph.answers import Answer
from graph.settings import Settings
from graph.stores import open_store

ASKED = list(questions())


@dataclass(slots=True)
class Doors:
    """Each door with a store of its own, of the same content."""

    http: httpx.Client
    client: Client
    command_store: Path
    tool_app: FastAPI
    operations: dict[str, Operation]


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    first = fill(tmp_path_factory.mktemp("first") / "store.kgl")
    stores = [copied(first, tmp_path_factory.mktemp(f"door{n}")) for n in range(3)]
    with (
        in_thread(Settings(store=str(first))) as served,
        served.client() as http,
        Client.local(str(stores[0])) as client,
        open_store(Settings(store=str(stores[1]))) as opened,
    ):
        tool_app = create_app(Settings(store=str(stores[1])), opened)
        yield Doors(http, client, stores[2], tool_app, operations(tool_app))


def test_there_are_two_hundred() -> None:
    assert len(ASKED) >= 200
    assert len({repr(question) for question in ASKED}) == len(ASKED)


def over_http(doors: Doors, question: Question) -> tuple[bool, Any]:
    operation, given = question
    described = doors.operations[operation]
    path = described.path
    for name in described.in_path:
        path = path.replace(f"{{{name}}}", given[name])
    query = {name: value for name, value in given.items() if name not in described.in_path}
    response = doors.http.get(path, params=query)
    body = response.json()
    return response.status_code == 200, body if response.status_code == 200 else body["detail"]


def with_the_client(doors: Doors, question: Question) -> tuple[bool, Any]:
    operation, given = question
    parameters: dict[str, Any] = dict(given)
    positional: list[str] = []
    if operation == "ask":
        positional = [parameters.pop("q")]
    if "id" in parameters:
        positional = [parameters.pop("id")]
    if operation == "compare":
        positional = parameters.pop("reviews").split(",")
    for name, meant in (("from", "start"), ("to", "end")):
        if name in parameters:
            parameters[meant] = parameters.pop(name)
    try:
        answer: Answer = getattr(doors.client, operation)(*positional, **parameters)
    except Refused as refused:
        return False, refused.detail
    return True, answer.model_dump(mode="json")


def by_command(doors: Doors, arguments: list[str]) -> tuple[bool, Any]:
    ran = CliRunner().invoke(
        command_line, arguments, env={"THEORYGRAPH_STORE": str(doors.command_store)}
    )
    if ran.exit_code and not ran.stdout:  # lint answers with status 1
        return False, " ".join(ran.stderr.split())
    return True, json.loads(ran.stdout)


async def _called(app: FastAPI, asked: list[Question]) -> list[tuple[bool, Any]]:
    server = server_for(app, version="0", most_chars=1_000_000)
    found: list[tuple[bool, Any]] = []
    async with ToolClient(server) as tools:
        for operation, given in asked:
            result = await tools.call_tool(operation, given)
            text = result.content[0].text  # type: ignore[union-attr]
            told = json.loads(text)
            found.append((not result.is_error, told if not result.is_error else told["detail"]))
    return found


@pytest.mark.slow
def test_two_hundred_questions_have_one_answer(doors: Doors) -> None:
    by_tool = asyncio.run(_called(doors.tool_app, ASKED))
    refused = 0
    for question, tool in zip(ASKED, by_tool, strict=True):
        http = over_http(doors, question)
        if question[0] == "health":  # it tells which store it is, and each door has its own
            assert http[1]["counts"] == tool[1]["counts"]
            continue
        assert tool == http, question
        assert with_the_client(doors, question) == http, question
        arguments = as_command(question)
        assert arguments is not None
        came, told = by_command(doors, arguments)
        assert came is http[0], (question, told)
        if came:
            assert told == http[1], question
        else:
            refused += 1
            assert http[1] in told, question
    assert refused >= 9


def test_every_answer_of_http_has_a_method_and_a_tool(doors: Doors) -> None:
    for name in doors.operations:
        assert callable(getattr(Client, name)), name
    asked = {operation for operation, _ in ASKED}
    assert asked == set(doors.operations)


def test_tools_only_read_and_describe_their_arguments(doors: Doors) -> None:
    for name, operation in doors.operations.items():
        schema = operation.tool.input_schema
        jsonschema.Draft202012Validator.check_schema(schema)
        assert operation.tool.description
        assert operation.tool.annotations is not None
        assert operation.tool.annotations.read_only_hint is True
        for question, given in ASKED:
            if question == name:
                typed = {
                    key: int(value) if key == "limit" else value == "true" or value
                    for key, value in given.items()
                }
                jsonschema.validate(typed, schema)


def test_an_answer_keeps_to_its_size(doors: Doors) -> None:
    async def asked() -> None:
        async with ToolClient(server_for(doors.tool_app, version="0", most_chars=4000)) as tools:
            seen: list[str] = []
            after: str | None = None
            while True:
                more = {"after": after} if after else {}
                page = await tools.call_tool("papers", {"review": "richmond2020", **more})
                assert not page.is_error
                text = page.content[0].text  # type: ignore[union-attr]
                assert len(text) <= 4000
                told = json.loads(text)
                seen += [item["id"] for item in told["items"]]
                after = told["next"]
                if after is None:
                    break
                assert "Shortened" in page.content[1].text  # type: ignore[union-attr]
            whole = await tools.call_tool("gaps", {})
            assert whole.is_error
            assert "too large" in whole.content[0].text  # type: ignore[union-attr]
        every = doors.client.every(doors.client.papers, review="richmond2020", limit=6)
        assert seen == [item.id for item in every]

    asyncio.run(asked())


def test_wrong_calls_are_told_apart(doors: Doors) -> None:
    async def asked() -> None:
        async with ToolClient(server_for(doors.tool_app, version="0", most_chars=9000)) as tools:
            for name, given, told in (
                ("delete_everything", {}, "No such tool"),
                ("mechanism", {}, "missing"),
                ("evidence", {"nope": 1}, "nope"),
                ("evidence", {"limit": "many"}, "limit"),
            ):
                result = await tools.call_tool(name, given)
                assert result.is_error
                assert told in result.content[0].text  # type: ignore[union-attr]

    asyncio.run(asked())


@pytest.mark.process
def test_the_command_speaks_over_its_input_and_output(doors: Doors) -> None:
    async def asked() -> list[str]:
        started = StdioServerParameters(
            command=sys.executable,
            args=["-c", "from api.cli import main; main()", "mcp"],
            env=environment(THEORYGRAPH_STORE=str(doors.command_store)),
            cwd=str(ROOT),
        )
        async with ToolClient(started) as tools:
            listed = await tools.list_tools()
            answer = await tools.call_tool("ask", {"q": "evidence for Working with power"})
            assert "first-look-summary" in answer.content[0].text  # type: ignore[union-attr]
            return [tool.name for tool in listed.tools]

    assert asyncio.run(asked()) == list(doors.operations)


def test_records_are_ready_for_a_data_frame(doors: Doors) -> None:
    page = doors.client.papers(review="richmond2020", limit=3)
    table = records(page)
    assert [row["id"] for row in table] == [item.id for item in page.items]
    for answer in (doors.client.gaps(), doors.client.evidence(limit=4), page):
        for row in records(answer):
            assert all(
                value is None or isinstance(value, str | int | float | bool)
                for value in row.values()
            )
            assert len({tuple(row) for row in records(answer)}) == 1


def test_the_client_exports_and_refuses(doors: Doors) -> None:
    exported = json.loads(doors.client.export("richmond2020"))
    assert exported["review"]["id"] == "richmond2020"
    with pytest.raises(Refused) as refused:
        doors.client.gaps(review="haris2021")
    assert refused.value.status == 404
    assert "harris2021" in str(refused.value.hint)
    with (
        in_thread(Settings(store=str(doors.command_store))) as served,
        Client(served.url) as remote,
    ):
        assert remote.reviews().items == doors.client.reviews().items
