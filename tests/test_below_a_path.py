"""Behind a proxy that shows the server below a path: nothing leads out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from serving import copied, in_thread, shipped_store
from site_pages import Seen

from graph.settings import Settings

BELOW = "/reviews/graph"
PAGE = {"Accept": "text/html"}
_ADDRESS = re.compile(r"<(/[^>]*)>")
_MOST = 120


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server that stands below a path, as it is reached without a proxy."""
    store = copied(shipped_store(), tmp_path_factory.mktemp("below"))
    settings = Settings(
        store=str(store),
        root_path=f"{BELOW}/",
        token="a-token",  # type: ignore[arg-type]
        cors_origins=["https://example.org"],
    )
    with in_thread(settings) as served, served.client() as client:
        yield client


def addresses(text: str) -> Iterator[str]:
    """Where a page leads on this server, its forms and frames among it."""
    for tag, attributes in Seen(text).tags:
        for name in ("href", "src", "action"):
            value = attributes.get(name) or ""
            if (tag == "link" and attributes.get("rel") == "icon") or value.startswith("#"):
                continue
            if value and not urlsplit(value).scheme:
                yield value


def shape(address: str) -> str:
    """Addresses of one shape lead to pages of one kind."""
    parts = urlsplit(address)
    return re.sub(r"[a-z0-9]*:[^/?]*|(?<=/)[^/]*\d[^/]*", "ID", parts.path)


def test_every_address_of_every_kind_of_page_stays_below(here: httpx.Client) -> None:
    waiting, met = [f"{BELOW}/", f"{BELOW}/load", f"{BELOW}/docs"], set[str]()
    kinds = set[str]()
    while waiting and len(kinds) < _MOST:
        address = waiting.pop(0)
        if shape(address) in kinds:
            continue
        kinds.add(shape(address))
        answer = here.get(address, headers=PAGE)
        # A form without what it asks for is refused, on a page like the others.
        assert answer.status_code == (422 if address == f"{BELOW}/ask" else 200), address
        for found in _ADDRESS.findall(answer.headers.get("link", "")):
            assert found.startswith(f"{BELOW}/"), f"Link of {address}: {found}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        for found in addresses(answer.text):
            to = unescape(found)
            if to.startswith("?"):
                continue
            assert to.startswith(f"{BELOW}/"), f"{address} leads to {to}"
            if to not in met:
                met.add(to)
                waiting.append(to)
        assert not re.search(r"(?:fetch\(.|url: ?.)/(?!reviews/graph/)", answer.text), address
    assert len(kinds) > 40


def test_a_proxy_may_take_the_path_off_or_leave_it(here: httpx.Client) -> None:
    for address in ("/", "/mechanisms?limit=3", "/gaps?review=harris2021", "/openapi.json"):
        for headers in (PAGE, {"Accept": "application/json"}):
            left = here.get(f"{BELOW}{address}", headers=headers)
            taken = here.get(address, headers=headers)
            assert (left.status_code, left.text) == (200, taken.text)
            assert left.headers.get("link") == taken.headers.get("link")
    assert here.get(BELOW, headers=PAGE).text == here.get("/", headers=PAGE).text
    assert here.get(f"{BELOW}ish").status_code == 404
    openapi = here.get("/openapi.json").json()
    assert openapi["servers"] == [{"url": BELOW}]


def test_pages_of_a_list_are_followed_and_redirects_stay(here: httpx.Client) -> None:
    seen, address = 0, f"{BELOW}/mechanisms?limit=7"
    while address:
        answer = here.get(address, headers={"Accept": "application/json"})
        seen += len(answer.json()["items"])
        following = re.search(r'<([^>]*)>; rel="next"', answer.headers.get("link", ""))
        address = following[1] if following else ""
        assert not address or address.startswith(f"{BELOW}/mechanisms?")
    assert seen == len(here.get("/mechanisms?limit=1000").json()["items"]) > 7
    for asked in ("/docs/assets", f"{BELOW}/docs/assets"):
        answer = here.get(asked)
        assert answer.is_redirect
        assert urlsplit(answer.headers["location"]).path == f"{BELOW}/docs/assets/"


def test_refusals_and_problems_may_be_read_elsewhere_too(here: httpx.Client) -> None:
    origin = {"Origin": "https://example.org"}
    for answer in (
        here.get("/mechanisms/nowhere", headers=origin),
        here.get("/nowhere", headers=origin),
        here.post("/loads", headers=origin),
        here.get("/mechanisms?limit=none", headers=origin),
        here.get("/", headers={**origin, "Host": "elsewhere.example"}),
    ):
        assert answer.status_code >= 400
        assert answer.headers["access-control-allow-origin"] == "https://example.org"
        assert answer.headers["x-content-type-options"] == "nosniff"
    asked = {
        **origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    allowed = here.options("/mechanisms", headers=asked)
    assert allowed.status_code == 200
    assert "if-none-match" in allowed.headers["access-control-allow-headers"].casefold()


@pytest.mark.parametrize("wrong", ["graph", "/a b", "//evil.example", "/../x", "/a?b"])
def test_what_is_no_path_is_refused(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THEORYGRAPH_ROOT_PATH", wrong)
    with pytest.raises(ValueError, match="is no path such as /reviews/graph"):
        Settings(store=str(tmp_path / "none.kgl"))
