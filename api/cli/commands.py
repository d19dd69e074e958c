"""Which commands there are, in the order of the help, and the module of each.

A module is imported when its command is asked for, so that one command does not wait for all.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from typer.core import TyperGroup
from typer.main import get_command_from_info, get_command_name, get_group_from_info

if TYPE_CHECKING:
    from typer import Typer

SECTIONS = {
    "Bring files in": {
        "check": "loading",
        "load": "loading",
        "loads": "loading",
        "remove": "loading",
        "template": "workbooks",
        "annotate": "workbooks",
        "suggest-map": "workbooks",
        "verify-quotes": "quotes",
        "sources": "sources",
    },
    "Ask": {
        "ask": "asking",
        "show": "showing",
        "evidence": "asking",
        "unsupported": "asking",
        "gaps": "asking",
        "contradictions": "contradictions",
        "chains": "chains",
        "weakest-link": "chains",
        "sensitivity": "sensitivity",
        "agreement": "sensitivity",
        "compare": "compare",
        "same-as": "compare",
        "flow": "asking",
        "lint": "lint",
    },
    "Take away": {
        "map": "drawing",
        "gap-map": "figures",
        "flow-diagram": "figures",
        "report": "reporting",
        "export": "exporting",
        "publish": "publishing",
    },
    "Serve and keep": {
        "serve": "serving",
        "mcp": "serving",
        "backup": "keeping",
        "restore": "keeping",
        "verify-store": "keeping",
        "version": "version",
    },
}
MODULES = {name: module for names in SECTIONS.values() for name, module in names.items()}


class Commands(TyperGroup):
    """The commands, each made when it is asked for; listed in sections."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.commands = _Commands()

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands of each section with what they do."""
        widest = max(map(len, MODULES))
        room = formatter.width - 6 - widest
        for title, names in SECTIONS.items():
            with formatter.section(title):
                rows = [(name.ljust(widest), self.commands[name]) for name in names]
                formatter.write_dl([(name, made.get_short_help_str(room)) for name, made in rows])


class _Commands(MutableMapping[str, Any]):
    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made and name in MODULES:
            import_module(f"{__package__}.{MODULES[name]}")
            from api.cli.app import app

            self._made[name] = _registered(app, name)
        return self._made[name]

    def __setitem__(self, name: str, made: Any) -> None:
        self._made[name] = made

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


def _registered(app: Typer, name: str) -> Any:
    how: dict[str, Any] = {"pretty_exceptions_short": True, "rich_markup_mode": None}
    for command in app.registered_commands:
        called = command.callback.__name__ if command.callback else ""
        if (command.name or get_command_name(called)) == name:
            return get_command_from_info(command, **how)
    for group in app.registered_groups:
        if group.name == name:
            return get_group_from_info(group, **how, suggest_commands=True)
    raise KeyError(name)
