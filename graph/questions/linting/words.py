"""Words as lint compares them.

Matching is by whole words, never within one, and takes simple endings for the same word. A stem
that ends in `*` stands for every word that begins so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")

_OUR = re.compile(r"(behavi|col|fav|lab|neighb|hon|harb|hum|rum|tum|vig)our")

Tokens = tuple[str, ...]


@lru_cache(maxsize=65536)
def tokens(text: str) -> Tokens:
    """The words of a text in small letters; `didn't` becomes `did not`, `team's` `team`."""
    found: list[str] = []
    for word in _WORD.findall(text.casefold()):
        stem, _, ending = word.replace("\u2019", "'").partition("'")
        if ending == "t" and stem.endswith("n") and len(stem) > 2:
            found += [{"ca": "can", "wo": "will", "sha": "shall"}.get(stem[:-1], stem[:-1]), "not"]
        elif ending == "ll":
            found += [stem, "will"]
        else:
            found += ["can", "not"] if stem == "cannot" else [stem]
    return tuple(found)


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """A word without a plural's ending, in one spelling: `organizations` as `organisation`."""
    word = _OUR.sub(r"\1or", word.replace("iz", "is").replace("yz", "ys"))
    if len(word) > 4 and word.endswith("ies") and word not in ("series", "species"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "series")):
        return word[:-1]
    if word.endswith("isational"):
        return word[:-2]
    return word


def lemmas(text: str) -> Tokens:
    """The words of a text without endings."""
    return tuple(lemma(word) for word in tokens(text))


class Phrases:
    """Words and phrases to be looked for; `*` at the end of a word stands for any ending."""

    def __init__(self, *phrases: str) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._stems: list[tuple[str, tuple[str, ...]]] = []
        for phrase in {part.strip() for text in phrases for part in text.split(",")}:
            words = tuple(phrase.split())
            if words and words[0].endswith("*"):
                self._stems.append((words[0][:-1], words))
            elif words:
                self._by_first.setdefault(words[0], []).append(words)
        self._starts = tuple(stem for stem, _ in self._stems)

    def found(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Where they stand in a text: the first word and the one after the last."""
        places = []
        for place, word in enumerate(words):
            known = list(self._by_first.get(word, ()))
            if self._starts and word.startswith(self._starts):
                known += [phrase for stem, phrase in self._stems if word.startswith(stem)]
            ends = [place + len(phrase) for phrase in known if _fits(phrase, words[place:])]
            if ends:
                places.append((place, max(ends)))
        return places

    def shown(self, words: Sequence[str]) -> list[str]:
        """The words that were found, as they stand in the text, each once."""
        return list(dict.fromkeys(" ".join(words[a:b]) for a, b in self.found(words)))

    def without(self, words: Sequence[str]) -> Tokens:
        """A text without them."""
        left_out = {place for a, b in self.found(words) for place in range(a, b)}
        return tuple(word for place, word in enumerate(words) if place not in left_out)

    def __contains__(self, word: str) -> bool:
        return bool(self.found((word,)))


def _fits(phrase: Sequence[str], words: Sequence[str]) -> bool:
    return len(words) >= len(phrase) and all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for wanted, word in zip(phrase, words, strict=False)
    )


def any_of(words: Iterable[str], phrases: Phrases) -> bool:
    """Whether one of the phrases stands in a text."""
    return bool(phrases.found(tuple(words)))
