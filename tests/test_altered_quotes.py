"""A quote that says something else than its source is not found, however alike the two are."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_quotes import WORDS, bundle
from typer.testing import CliRunner

from api.cli.main import app
from graph.load import load_review
from graph.settings import Settings
from graph.stores import open_store
from loaders.coded.differences import Sort
from loaders.coded.quotes import Text
from loaders.coded.verify import QuoteCheck, Verdict, verify_quotes

TIMES = 500
NEGATIONS = ("not", "never", "no", "without", "cannot")
QUANTIFIERS = ("all", "some", "most", "many", "few", "none", "only", "every", "both", "half")
NUMERALS = ("one", "two", "three", "seven", "twelve", "twenty-one", "first", "third", "twice")
PREFIXES = ("un", "in", "dis", "non-")
TEMPLATES = (
    "The nurses did {neg} feel any safer when they spoke up about errors on ward {n}.",
    "In the {num} round {n} of {n} participants said that debriefs were {pre}helpful to them.",
    "{Quant} of the teams that met every week kept a record, and {quant} others {neg} did so.",
    "Managers who had been in post for {num} years were {pre}certain whether {quant} staff knew.",
    "It was {pre}clear to {quant} members why {n}% of the meetings, {neg} the others, were held.",
    "Trust grew by {n}.{n} points (p < 0.0{n}) where leaders listened; {quant} of them didn't.",
    "She said: “{quant} people here are {pre}comfortable with change, but we {neg} stop trying.”",
    "Of the {num} sites, {n} were visited {num} and the rest could {neg} be reached in time.",
)


def passage(chance: random.Random) -> str:
    """Made-up sentences with all that must not be altered."""
    return " ".join(
        re.sub(
            r"\{(\w+)\}",
            lambda found: {
                "n": str(chance.randint(2, 98)),
                "neg": chance.choice(NEGATIONS),
                "quant": chance.choice(QUANTIFIERS),
                "Quant": chance.choice(QUANTIFIERS).title(),
                "num": chance.choice(NUMERALS),
                "pre": chance.choice((*PREFIXES, "")),
            }[found[1]],
            chance.choice(TEMPLATES),
        )
        for _ in range(chance.randint(3, 6))
    )


def as_laid_out(chance: random.Random, text: str) -> str:
    """The text as a page may have it: other line ends, hyphens, ligatures and marks."""
    words = []
    for word in text.split():
        if word.isalpha() and len(word) > 5 and chance.random() < 0.2:
            at = chance.randint(2, len(word) - 2)
            word = word[:at] + chance.choice(["-\n", "\u00ad", "\u00ad\n", "-\r\n  "]) + word[at:]
        words.append(word)
    out = words[0]
    for word in words[1:]:
        out += chance.choice([" ", " ", "\n", "\r\n", "  ", "\u00a0"]) + word
    for ligature in "ﬃﬄﬀﬁﬂ":
        out = out.replace(unicodedata.normalize("NFKD", ligature), ligature)
    return out.replace("'", chance.choice("'’")).replace("“", chance.choice('“"'))


def core(word: str) -> str:
    return word.strip(".,;:%()“”").casefold()


def _put(words: list[str], at: int, *instead: str) -> list[str]:
    return [*words[:at], *instead, *words[at + 1 :]]


def of_negation(chance: random.Random, words: list[str]) -> list[str]:
    inside = range(1, len(words) - 1)
    there = [at for at in inside if core(words[at]) in NEGATIONS or "n't" in words[at]]
    begun = [at for at in inside if re.match(r"(un|in|dis|non-)(?=helpful|c)", words[at])]
    plain = [at for at in inside if core(words[at]) in ("helpful", "certain", "clear")]
    match chance.randrange(4):
        case 0 if there:
            at = chance.choice(there)
            positive = {"without": ["with"], "cannot": ["can"], "didn't": ["did"]}
            return _put(words, at, *positive.get(core(words[at]), []))
        case 1 if begun:
            at = chance.choice(begun)
            return _put(words, at, re.sub(r"^(un|in|dis|non-)", "", words[at]))
        case 2 if plain:
            at = chance.choice(plain)
            return _put(words, at, chance.choice(PREFIXES) + words[at])
    at = chance.choice(inside)
    return [*words[:at], chance.choice(NEGATIONS[:3]), *words[at:]]


def of_quantifier(chance: random.Random, words: list[str]) -> list[str]:
    inside = range(1, len(words) - 1)
    there = [at for at in inside if core(words[at]) in QUANTIFIERS]
    if there and chance.random() < 0.7:
        at = chance.choice(there)
        others = [word for word in QUANTIFIERS if word != core(words[at])]
        return _put(words, at, *([] if chance.random() < 0.3 else [chance.choice(others)]))
    at = chance.choice(inside)
    return [*words[:at], chance.choice(QUANTIFIERS), *words[at:]]


def of_number(chance: random.Random, words: list[str]) -> list[str]:
    there = [at for at, word in enumerate(words) if re.search(r"\d", word)]
    said = [at for at, word in enumerate(words) if core(word) in NUMERALS]
    if said and (not there or chance.random() < 0.4):
        at = chance.choice(said)
        return _put(words, at, chance.choice([one for one in NUMERALS if one != core(words[at])]))
    if not there:
        at = chance.randrange(1, len(words))
        return [*words[:at], chance.choice(["12", "three", "4%"]), *words[at:]]
    at = chance.choice(there)
    word = words[at]
    digits = [found.start() for found in re.finditer(r"\d", word)]
    place = chance.choice(digits)
    swapped = word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]
    if place + 1 in digits and swapped != word and chance.random() < 0.5:
        return _put(words, at, swapped)
    other = chance.choice([digit for digit in "0123456789" if digit != word[place]])
    return _put(words, at, word[:place] + other + word[place + 1 :])


@pytest.mark.parametrize("altered", [of_negation, of_quantifier, of_number])
def test_no_alteration_of_what_counts_passes(
    altered: Callable[[random.Random, list[str]], list[str]],
) -> None:
    chance = random.Random(altered.__name__)
    shown = 0
    for _ in range(TIMES):
        text = passage(chance)
        words = text.split()
        at = chance.randrange(len(words) - 12)
        given = words[at : at + chance.randint(12, 40)]
        wrong = altered(chance, given)
        assert wrong != given
        quote = as_laid_out(chance, " ".join(wrong))
        found = Text(as_laid_out(chance, text)).find(quote)
        if found is not None:
            assert not found.exact, (quote, text)
            assert found.turned, (quote, text, found.differences)
            shown += 1
    assert shown > 0.9 * TIMES, "what stands there instead must be shown"


def test_every_true_quote_passes() -> None:
    chance = random.Random("true")
    for _ in range(TIMES):
        text = passage(chance)
        words = text.split()
        at = chance.randrange(len(words) - 3)
        given = words[at : at + chance.randint(3, 40)]
        quote = as_laid_out(chance, " ".join(given))
        found = Text(as_laid_out(chance, text)).find(quote)
        assert found is not None, (quote, text)
        assert found.exact, (quote, text, found.differences)


@pytest.mark.parametrize(
    ("quote", "text", "quoted", "stands", "sort"),
    [
        ("staff were able to speak up", "The staff were unable to speak up.", "able", "unable", 0),
        ("able to speak up at once", "Unable to speak up at once.", "able", "Unable", 0),
        ("they could speak up at last", "they couldn’t speak up at last", "could", "couldn’t", 0),
        (
            "we kept at it because they did",
            "we kept at it because they didn't.",
            "did",
            "didn't.",
            0,
        ),
        ("5 of 20 teams met every week", "15 of 20 teams met every week", "5", "15", 2),
        ("pressure rose to about 1.2", "pressure rose to about 1.25 bar", "1.2", "1.25", 2),
        ("it fell by 0.3 points a year", "it fell by −0.3 points a year", "0.3", "−0.3", 2),
        ("all of the teams met in time", "half of the teams met in time", "all", "half", 1),
        ("the teams that met in time", "the teams that not met in time", "", "not", 0),
        ("we saw few teams meet in time", "we saw a few teams meet in time", "", "a", 0),
        ("in it we made little progress here", "in it we made a little progress here", "", "a", 0),
        ("they met the team in a year", "they met a team in a year", "the", "a", 3),
        ("grade II of that scale was met", "grade III of that scale was met", "II", "III", 2),
        ("we trusted each team at once", "we trusted each teams at once", "team", "teams", 3),
        ("it helped us a lot at first", "it helpd us a lot at first", "helped", "helpd", 3),
    ],
)
def test_the_words_that_differ_are_named(
    quote: str, text: str, quoted: str, stands: str, sort: int
) -> None:
    found = Text(f"Illustrative words before. {text} Illustrative words after it.").find(quote)
    assert found is not None
    (difference,) = found.differences
    assert (difference.quote, difference.text) == (quoted, stands)
    assert difference.sort is list(Sort)[sort]


def test_a_long_quote_is_compared_to_its_end() -> None:
    chance = random.Random("long")
    text = " ".join(passage(chance) for _ in range(80))
    words = text.split()
    assert len("".join(words)) > 10_000
    at = max(at for at, word in enumerate(words[:-20]) if core(word) in NEGATIONS)
    found = Text(text).find(" ".join(words[:at] + words[at + 1 :]))
    assert found is not None
    assert found.turned


def test_a_quote_of_any_place_is_found_where_it_is_whole() -> None:
    text = "15 of 20 teams met. The others were unable to. 5 of 20 teams met; some were able to."
    for quote in ("5 of 20 teams met", "able to."):
        found = Text(text).find(quote)
        assert found is not None
        assert found.exact
        assert not text[found.start - 1].isalnum()


def check(tmp_path: Path, quote: str, text: str = WORDS) -> QuoteCheck:
    (tmp_path / "panel.txt").write_text(text, encoding="utf-8")
    (item,) = verify_quotes(bundle(("panel", quote, {})), tmp_path).items
    return item


def test_what_turns_a_quote_is_told_with_what_stands_there(tmp_path: Path) -> None:
    item = check(tmp_path, "of the team was 0.3 points lower – “significant”, they said")
    assert item.verdict is Verdict.NOT_FOUND
    assert item.stands == "of the team was −0.3 points lower – “not significant”, they said."
    assert {one.sort for one in item.differences} == {Sort.NUMBER, Sort.NEGATION}
    item = check(tmp_path, "We trusted each othr because the office had time")
    assert item.verdict is Verdict.NEARLY
    assert [(one.quote, one.text) for one in item.differences] == [("othr", "other")]


def test_a_quote_that_begins_behind_a_negation_is_told(tmp_path: Path) -> None:
    assert check(tmp_path, "feel safe", "We did not feel safe.").cut_after == "not"
    assert check(tmp_path, "feel safe", "We didn’t feel safe.").cut_after == "didn’t"
    assert check(tmp_path, "feel safe", "We did not. I feel safe.").cut_after is None


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("altered") / "store.kgl"
    made = bundle(("panel", "We trusted each othr because the office had time", {}))
    with open_store(Settings(store=str(path))) as opened:
        load_review(opened, made)
    yield str(path)


def verified(store: str, folder: Path, *more: str) -> tuple[int, str]:
    ran = CliRunner().invoke(app, ["verify-quotes", str(folder), "--store", store, *more])
    return ran.exit_code, ran.stdout


def test_nearly_is_a_failure_unless_it_is_allowed(store: str, tmp_path: Path) -> None:
    (tmp_path / "panel.txt").write_text(WORDS, encoding="utf-8")
    status, said = verified(store, tmp_path)
    assert status == 1
    assert "differs: 'othr' in the quote, 'other' in the source" in said
    assert verified(store, tmp_path, "--allow-nearly")[0] == 0


def test_a_source_that_cannot_be_read_is_a_failure(store: str, tmp_path: Path) -> None:
    assert verified(store, tmp_path, "--allow-nearly")[0] == 1, "no text of any source"
    (tmp_path / "panel.pdf").write_bytes(b"no PDF")
    status, said = verified(store, tmp_path, "--allow-nearly")
    assert status == 1
    assert "panel.pdf" in said
