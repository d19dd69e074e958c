"""Commands that copy a store, put a copy back, and look whether all of a store is whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.app import JsonOption, StoreOption, app, must_be_new, opened_store, settings_of
from api.cli.console import next_commands, number, say, show, show_error, tell
from graph.answers import Backup, Restored, StoreCheck
from graph.commands import command
from graph.errors import StoreFull, TheorygraphError

if TYPE_CHECKING:
    import httpx

OK = 200

ServerOption = Annotated[
    str | None,
    typer.Option(
        "--server",
        help="Ask the server at this address, which goes on serving; it needs THEORYGRAPH_TOKEN.",
    ),
]


@app.command()
def backup(
    out: Annotated[Path, typer.Argument(help="The file to write, for example backup.kgl.")],
    store: StoreOption = None,
    server: ServerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy the whole store, as it is at one moment, into a file; loads may go on meanwhile."""
    from graph.backup import back_up

    must_be_new(out)
    if server is None:
        with opened_store(store) as (opened, _):
            answer = back_up(opened, out)
    else:
        with _server(server) as client:
            answer = _fetched(client, out)

    def render() -> None:
        for one in answer.reviews:
            say(f"{one.review}: {number(one.records, 'record')}")
        say(f"{out}: {number(len(answer.reviews), 'review')}, {number(answer.loads, 'load')}")
        next_commands(command("restore", out), lead="To put it back")

    show(answer, as_json, render)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    store: StoreOption = None,
    server: ServerOption = None,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help="Let reviews go that the backup does not have, or has in another state.",
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Put a backup back: the store then holds the backup's reviews. Loads on record are kept."""
    from graph.backup import restore as put_back

    if server is None:
        with opened_store(store, absent="later") as (opened, _):
            answer = put_back(opened, file, replace=replace)
    else:
        with _server(server) as client:
            answer = _sent(client, file, replace=replace)
    show(answer, as_json, lambda: _restored(answer))


@app.command("verify-store")
def verify_store(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Read everything in the store, and say whether all of it is what was written."""
    from graph.backup import verify

    with opened_store(store) as (opened, _):
        answer = verify(opened)
    show(answer, as_json, lambda: _verified(answer))
    raise typer.Exit(0 if answer.whole else 1)


def _restored(answer: Restored) -> None:
    for names, what in (
        (answer.restored, "restored"),
        (answer.unchanged, "was like that already"),
        (answer.removed, "removed: the backup does not have it"),
    ):
        for name in names:
            say(f"{name}: {what}")


def _verified(answer: StoreCheck) -> None:
    for one in answer.reviews:
        wrong = f", {number(len(one.problems), 'problem')}" if one.problems else ", whole"
        say(f"{one.review}: {number(one.records, 'record')}{wrong}")
        for problem in one.problems:
            tell(f"  {problem}", "red")
    for problem in answer.problems:
        tell(problem, "red")
    if not answer.whole:
        tell("Load those reviews again, or restore a backup.")


@contextmanager
def _server(address: str) -> Iterator[httpx.Client]:
    import httpx

    settings = settings_of(None)
    token = settings.token.get_secret_value() if settings.token else ""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        with httpx.Client(base_url=address, headers=headers, timeout=None) as client:
            yield client
    except (httpx.TransportError, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        tell(f"No answer from {address}: {error}", "bold red")
        raise typer.Exit(1) from error
    except (TheorygraphError, OSError) as error:
        if isinstance(error, OSError):
            error = StoreFull(f"{error.filename or 'the file'}: {error.strerror}")
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error


def _refusal(answer: httpx.Response) -> TheorygraphError:
    from api.client import refusal

    return refusal(answer)


def _fetched(client: httpx.Client, out: Path) -> Backup:
    from graph.backup import described

    with (
        tempfile.TemporaryDirectory(prefix=".backup-", dir=out.absolute().parent) as folder,
        client.stream("POST", "/backups") as answer,
    ):
        if answer.status_code != OK:
            answer.read()
            raise _refusal(answer)
        draft = Path(folder) / out.name
        with draft.open("wb") as file:
            for chunk in answer.iter_bytes():
                file.write(chunk)
        told = described(draft)
        draft.replace(out)
    return told.model_copy(update={"file": str(out)})


def _sent(client: httpx.Client, file: Path, *, replace: bool) -> Restored:
    with file.open("rb") as body:
        wanted = {"name": file.name, "replace": str(replace).lower()}
        answer = client.post("/restore", params=wanted, content=body)
    if answer.status_code != OK:
        raise _refusal(answer)
    return Restored.model_validate_json(answer.content)
