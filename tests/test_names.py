"""How names are compared: one key for every way to write a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from slugify import slugify

from graph.names import name_keys, slug

ASCII = st.text(st.characters(max_codepoint=127), max_size=40)


@examples(2000)
@given(ASCII | st.text(max_size=40))
def test_the_short_way_gives_what_the_library_gives(text: str) -> None:
    assert slug(text) == (slugify(text) or text.strip().casefold())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Working with power", "working-with-power"),
        ("Working  with\tPower!", "working_with_power"),
        ("Réflexion", "reflexion"),
        ("10.1000/ABC.1", "10.1000/abc.1"),
    ],
)
def test_two_ways_to_write_a_name_have_one_key(one: str, other: str) -> None:
    assert name_keys(one) == name_keys(other)
