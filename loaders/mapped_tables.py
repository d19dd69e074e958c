"""What the rows of a sheet of configurations come to: tables as those of a review folder."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.model import LOCAL_ID
from graph.names import slug
from loaders.mapped_columns import MappedColumns
from loaders.naming import digest, split_list
from loaders.parsed_input import Given, References
from loaders.tables import Row, Table


@dataclass(slots=True)
class MappedConfiguration:
    """A configuration as far as its rows have been read."""

    number: int
    cells: dict[str, list[str]] = field(default_factory=dict)
    said_in: dict[str, int] = field(default_factory=dict)
    """For each column the row that said it first."""
    notes: list[str] = field(default_factory=list)
    cited: list[References] = field(default_factory=list)


class MappedTables:
    """Configurations, the mechanisms that they name, and their evidence."""

    def __init__(self, given: Given, sheet: str | None) -> None:
        self.given = given
        self.configurations = Table(given.file, sheet=sheet)
        self.mechanisms = Table(given.file, sheet=sheet)
        self.evidence = Table(given.file, sheet=sheet)
        self.own: set[str] = set()

    def finish(
        self, made: list[MappedConfiguration], columns: MappedColumns, header_row: int
    ) -> None:
        """Give the tables their rows and headers, and hand them on."""
        for held in made:
            self._identify(held.number, held.cells)
            self._declare(held.number, held.cells)
            if held.notes:
                held.cells["note"] = ["\n".join([*held.cells.get("note", []), *held.notes])]
            self.configurations.rows.append(Row(held.number, held.cells))
            for one in held.cited:
                one.row.cells["configuration"] = held.cells["id"]
                self.given.cited.append(one)
        of_configurations = columns.headers("configurations.csv")
        named = of_configurations.get("mechanisms", "name")
        of_evidence = {name: name for name in ("source", "configuration", "stance")}
        for file, table, headers in (
            ("mechanisms.csv", self.mechanisms, {"id": named, "name": named}),
            ("configurations.csv", self.configurations, {"id": "id"} | of_configurations),
            ("evidence.csv", self.evidence, of_evidence | columns.headers("evidence.csv")),
        ):
            table.headers = headers
            table.columns = list(headers)
            table.header_row = header_row
            if table.rows or table.refused or (table is self.evidence and self.given.cited):
                self.given.tables[file] = table

    def _identify(self, row: int, cells: dict[str, list[str]]) -> None:
        said = cells.get("id", [""])[0]
        if re.fullmatch(LOCAL_ID, said):
            return
        made = slug(said) if said else ""
        if said and "name" not in cells:
            cells["name"] = [said]
        if not re.fullmatch(LOCAL_ID, made):
            made = f"row-{row}"
            self.given.made.add(made)
        cells["id"] = [made[:120]]

    def _declare(self, row: int, cells: dict[str, list[str]]) -> None:
        found = []
        for name in split_list(cells.get("mechanisms", [])):
            local = slug(name)
            if not re.fullmatch(LOCAL_ID, local) or len(local) > 100:
                local = f"mechanism-{digest(name)}"
            found.append(local)
            if local not in self.own:
                self.own.add(local)
                self.mechanisms.rows.append(Row(row, {"id": [local], "name": [name]}))
        if found:
            cells["mechanisms"] = found
