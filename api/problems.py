"""Errors as problem details (RFC 9457): the one place where an error becomes an HTTP answer."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from graph.errors import (
    Ambiguous,
    NotFound,
    NotUnderstood,
    Problem,
    Rejected,
    TheorygraphError,
    UnknownValue,
)
from graph.names import nearest

PROBLEM_JSON = "application/problem+json"

log = logging.getLogger("theorygraph.http")


class ProblemDetails(BaseModel):
    """An error as RFC 9457 has it, with a hint."""

    type: str = Field(description="Kind of the error, as a relative address.")
    title: str
    status: int
    detail: str
    hint: str | None = Field(default=None, description="What to do about it.")
    instance: str | None = Field(default=None, description="The path that was asked.")
    nearest: list[str] | None = Field(default=None, description="Nearest ids or questions.")
    questions: list[str] | None = Field(
        default=None, description="For a question in words: the nearest that are answered."
    )
    candidates: list[str] | None = Field(default=None, description="Records the name stands for.")
    parameter: str | None = Field(default=None, description="The parameter that is wrong.")
    known: list[str] | None = Field(default=None, description="What it may be.")
    problems: list[Problem] | None = Field(default=None, description="Every problem of an input.")


def problem_response(
    details: ProblemDetails, headers: dict[str, str] | None = None
) -> JSONResponse:
    """Problem details as a response."""
    return JSONResponse(
        details.model_dump(mode="json", exclude_none=True),
        status_code=details.status,
        headers=headers,
        media_type=PROBLEM_JSON,
    )


def headers_of(error: TheorygraphError) -> dict[str, str]:
    """What an answer says of an error in its headers: when to ask again, what opens the door."""
    headers = {}
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return headers


def details_of(error: TheorygraphError, path: str | None = None) -> ProblemDetails:
    """An error of this house as problem details."""
    details = ProblemDetails(
        type=f"/problems/{error.slug}",
        title=error.title,
        status=error.status,
        detail=error.detail,
        hint=error.hint,
        instance=path,
    )
    details.questions = error.questions or None
    if isinstance(error, NotFound):
        details.nearest = error.nearest
    elif isinstance(error, NotUnderstood):
        details.nearest = error.questions
    elif isinstance(error, Ambiguous):
        details.candidates = error.candidates
    elif isinstance(error, UnknownValue):
        details.parameter, details.known = error.parameter, error.known
    elif isinstance(error, Rejected):
        details.problems = error.problems
    return details


def add_handlers(app: FastAPI, routes: Iterable[Route]) -> None:
    """Make every error of the application a problem response.

    Args:
        app: the application.
        routes: all that answer, to say of an address which methods there are.
    """

    @app.exception_handler(TheorygraphError)
    async def _own(request: Request, error: TheorygraphError) -> JSONResponse:
        if error.status >= 500:
            id_ = getattr(request.state, "request_id", None)
            log.warning(
                "%s %r: %s (request %s)", request.method, request.url.path, error.detail, id_
            )
        details = details_of(error, request.url.path)
        if details.problems is not None:
            most = request.app.state.settings.max_problems
            details.problems = details.problems[:most]
        return problem_response(details, headers_of(error))

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return problem_response(_invalid_details(request, error.errors()))

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> JSONResponse:
        hint = "see /docs for what there is" if error.status_code == 404 else None
        details = ProblemDetails(
            type=f"/problems/http-{error.status_code}",
            title=str(error.detail),
            status=error.status_code,
            detail=f"{request.method} {request.url.path}: {error.detail}",
            hint=hint,
            instance=request.url.path,
        )
        headers = dict(error.headers or {})
        if error.status_code == 405:  # one address may have several routes
            here = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
            methods = {method for route in here for method in route.methods or ()}
            headers["Allow"] = ", ".join(
                sorted(methods | ({"HEAD"} if "GET" in methods else set()))
            )
        return problem_response(details, headers)


def unexpected(path: str) -> ProblemDetails:
    """A fault in the product, without its particulars."""
    return ProblemDetails(
        type="/problems/error",
        title="Something went wrong",
        status=500,
        detail="the request could not be answered because of a fault in theorygraph",
        hint="the server's log has the particulars; please report it",
        instance=path,
    )


def _invalid_details(request: Request, errors: Iterable[Any]) -> ProblemDetails:
    told = []
    parameter: str | None = None
    known: list[str] | None = None
    hint = None
    for error in errors:
        place = [str(part) for part in error["loc"] if part not in ("query", "path", "body")]
        name = ".".join(place) or "request"
        parameter = parameter or name
        if error["type"] == "extra_forbidden":
            told.append(f"unknown parameter {name!r}")
            known = known or _parameters(request)
            close = nearest(name, known, limit=1)
            hint = hint or (f"did you mean {close[0]!r}?" if close else None)
        else:
            told.append(f"{name}: {error['msg']}")
            context = error.get("ctx") or {}
            if error["type"] in ("enum", "literal_error") and known is None:
                listed = str(context.get("expected", "")).replace(" or ", ", ").split(", ")
                known = [value.strip("'") for value in listed]
    if hint is None and known is not None:
        hint = f"known: {', '.join(known)}" if known else "nothing can be added to this address"
    return ProblemDetails(
        type="/problems/invalid-parameter",
        title="Invalid parameter",
        status=422,
        detail="; ".join(told),
        hint=hint,
        instance=request.url.path,
        parameter=parameter,
        known=known,
    )


def _parameters(request: Request) -> list[str]:
    route = request.scope.get("route")
    path = getattr(route, "path_format", request.url.path)
    operation = request.app.openapi()["paths"].get(path, {}).get(request.method.lower(), {})
    return sorted(
        parameter["name"]
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    )
