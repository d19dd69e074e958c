"""The formats that a review goes out in: names, media types, file names; one writer each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from exports.graphml import graphml
from exports.jsonld import jsonld
from exports.kumu import kumu
from exports.review_folder import folder_files
from exports.ris import ris
from exports.tables import table_files
from exports.zipped import zipped
from graph.model import ReviewBundle


class Format(StrEnum):
    """What a review can be written as."""

    FOLDER = "folder"
    CSV = "csv"
    JSON = "json"
    GRAPHML = "graphml"
    JSONLD = "jsonld"
    RIS = "ris"
    XLSX = "xlsx"
    QDPX = "qdpx"
    KUMU = "kumu"


@dataclass(frozen=True, slots=True)
class Written:
    """How a format is sent: its media type, the ending of its file, and what writes it."""

    media_type: str
    ending: str
    write: Callable[[ReviewBundle], bytes]


def _json(bundle: ReviewBundle) -> bytes:
    return bundle.model_dump_json(exclude_none=True, indent=2).encode()


def _workbook(bundle: ReviewBundle) -> bytes:
    from exports.workbook import workbook  # openpyxl takes a while to import

    return workbook(bundle)


def _refi(bundle: ReviewBundle) -> bytes:
    from exports.refi import refi  # nor need most commands any XML

    return refi(bundle)


FORMATS: dict[Format, Written] = {
    Format.JSON: Written("application/json", ".json", _json),
    Format.FOLDER: Written(
        "application/zip", ".folder.zip", lambda bundle: zipped(folder_files(bundle))
    ),
    Format.CSV: Written("application/zip", ".csv.zip", lambda bundle: zipped(table_files(bundle))),
    Format.GRAPHML: Written("application/graphml+xml", ".graphml", graphml),
    Format.JSONLD: Written("application/ld+json", ".jsonld", jsonld),
    Format.RIS: Written("application/x-research-info-systems", ".ris", ris),
    Format.XLSX: Written(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", _workbook
    ),
    Format.QDPX: Written("application/zip", ".qdpx", _refi),
    Format.KUMU: Written("application/json", ".kumu.json", kumu),
}
"""The first one is what is sent to those who take anything."""
