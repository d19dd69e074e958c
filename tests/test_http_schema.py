"""The live server against its own description: no request brings a 5xx, every answer fits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from laws import times
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from serving import TOKEN, as_process, fill

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
OPERATIONS = 39
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}


@schemathesis.serializer("application/zip")
def as_bytes(_: object, value: object) -> bytes:
    """Any bytes: a zip that is none has to be refused, not to break anything."""
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real command, serving the shipped reviews."""
    store: Path = fill(tmp_path_factory.mktemp("schema") / "store.kgl")
    with as_process(store, THEORYGRAPH_TOKEN=TOKEN) as served:
        yield served.url


@pytest.mark.process
def test_every_operation_keeps_to_its_description(url: str) -> None:
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
    tried = 0
    line = requests.Session()
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=times(25),
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def keeps(case: schemathesis.Case) -> None:
            response = case.call(base_url=url, headers=AUTHORISED, session=line)
            case.validate_response(response, checks=CHECKS)

        keeps()
        tried += 1
    line.close()
    assert tried >= OPERATIONS
