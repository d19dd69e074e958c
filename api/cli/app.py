"""The application, what its commands share, and how they open the store."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.cli.commands import Commands

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store
    from graph.stores import Absent

app = typer.Typer(
    cls=Commands,
    help="The knowledge graph of programme theory: load realist reviews, ask them, map them.",
    epilog="Begin with `theorygraph check FOLDER` and `theorygraph load FOLDER`; then ask, such as "
    '`theorygraph ask "evidence for NAME at team level"`, draw with `theorygraph map map.html`, or '
    "open everything in a browser with `theorygraph serve`. No folder yet? `theorygraph template "
    "review.xlsx` writes a workbook to fill.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _theorygraph() -> None:
    # With this, one command that is known already is not taken for all there are.
    pass


StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="Where the graph is: a path, or neo4j://host:7687. Default: THEORYGRAPH_STORE, "
        "else theorygraph.kgl in this folder.",
        show_default=False,
    ),
]


JsonOption = Annotated[bool, typer.Option("--json", help="The object that HTTP returns.")]


ReviewOption = Annotated[str | None, typer.Option("--review", help="Only this review.")]


AfterOption = Annotated[str, typer.Option("--after", help="The id after which the page begins.")]


LimitOption = Annotated[int, typer.Option("--limit", min=1, max=1000, help="Records shown.")]


def settings_of(store: str | None, **given: Any) -> Settings:
    """The settings, with another store if one is named; ends the command if they are wrong.

    What is ``given`` goes before what the environment says.
    """
    from pydantic import ValidationError
    from pydantic_settings import SettingsError

    from api.cli.console import tell
    from graph.settings import Settings

    try:
        return Settings(**given).with_store(store)
    except ValidationError as error:
        for complaint in error.errors():
            name = "_".join(str(part) for part in complaint["loc"]).upper()
            tell(f"The setting THEORYGRAPH_{name} is wrong: {complaint['msg']}", "bold red")
        raise typer.Exit(1) from error
    except SettingsError as error:
        tell(f"A setting is wrong: {error}", "bold red")
        tell('  A list is written as JSON, for example ["https://example.org"].')
        raise typer.Exit(1) from error


def must_be_new(path: Path) -> None:
    """End the command if something is there already, where it would write."""
    if path.exists():
        from api.cli.console import tell

        tell(f"{path} is there already; name a new file", "bold red")
        raise typer.Exit(1)


def tell_notices(store: Store) -> None:
    """Bring the store up to date, if that waits for the first question, and say what was done."""
    from api.cli.console import tell

    store.begin()
    for notice in store.notices:
        tell(notice, "yellow")


@contextlib.contextmanager
def _of_one_state(store: Store) -> Iterator[None]:
    """Refuse an answer that loads came into, unless the command itself made them."""
    from graph.questions.revision import changing, state
    from graph.reviews_read import Heard, listening

    heard, before, written = Heard(), state(store), store.writes
    failed: Exception | None = None
    with listening(heard):
        try:
            yield
        except Exception as error:
            failed = error  # perhaps for want of what was just being written
    if store.writes == written and (moved := before.moved(now := state(store), heard)):
        why = changing(moved, now)
        why.detail += ", so what is shown may be of before and after"
        raise why from failed
    if failed is not None:
        raise failed


@contextlib.contextmanager
def opened_store(
    named: str | None, *, absent: Absent = "refuse"
) -> Iterator[tuple[Store, Settings]]:
    """The open store for the body of a command; an error of this house ends the command.

    A command that asks has nothing to ask where there is no store; only a load makes one. From a
    server that is loaded into meanwhile, its answer may be of two states: that is said, and the
    exit status is 1.
    """
    from api.cli.console import show_error, tell
    from graph.errors import TheorygraphError
    from graph.questions.records import reviews
    from graph.stores import open_store

    settings = settings_of(named)
    try:
        with open_store(settings, absent=absent) as store:
            tell_notices(store)
            if absent == "refuse" and not reviews(store, limit=1).items:
                tell(f"The store {store.info().location} holds no review yet; `load` adds one.")
            if absent == "refuse" and store.waits_on_network:
                with _of_one_state(store):
                    yield store, settings
            else:
                yield store, settings
    except TheorygraphError as error:
        show_error(error, settings.max_problems)
        raise typer.Exit(1) from error
