"""Which record a name means: by id, name, slug or alias, ignoring case; never a guess."""

from __future__ import annotations

from graph.catalogue import named
from graph.errors import Ambiguous, NotFound, UnknownValue
from graph.names import nearest, slug
from graph.store import Store

_MANY_NAMES = 20_000
"""How many names are looked through for suggestions."""


def resolve(store: Store, kind: str, name: str, review: str | None = None) -> str:
    """The id of the one record of that kind that ``name`` means.

    Args:
        store: where to look.
        kind: review, source, mechanism, concept, configuration, theory, level or perspective.
        name: an id, a name, a slug or an alias.
        review: a review's id that narrows the search.

    Raises:
        NotFound: no record answers to the name; the error names the nearest.
        Ambiguous: several do; the error names them.
    """
    if kind == "review" or ":" in name:
        found = store.read(named(f"exists_{kind}"), id=name)
        if found and (kind == "review" or review is None or name.startswith(f"{review}:")):
            return str(found[0]["id"])
    elif review is not None:
        found = store.read(named(f"exists_{kind}"), id=f"{review}:{name}")
        if found:
            return str(found[0]["id"])
    rows = store.read(named(f"resolve_{kind}"), key=slug(name), review=review)
    if not rows and ":" in name:
        owner, _, local = name.partition(":")
        own = resolve_review(store, owner, missing_is_none=True)
        if own is not None and (review is None or own == review):
            rows = store.read(named(f"resolve_{kind}"), key=slug(local), review=own)
    if len(rows) == 1:
        return str(rows[0]["id"])
    if rows:
        raise Ambiguous(kind, name, [row["id"] for row in rows])
    raise NotFound(kind, name, suggestions(store, kind, name, review))


def resolve_target(store: Store, name: str, review: str | None = None) -> tuple[str, str]:
    """The kind and id of what ``name`` means among the things that evidence can be about.

    A mechanism is looked for first, then a concept, a configuration and a theory.

    Raises:
        NotFound: no record of these kinds answers to the name.
        Ambiguous: several records of one kind do.
    """
    missing: NotFound | None = None
    for kind in ("mechanism", "concept", "configuration", "theory"):
        try:
            return kind, resolve(store, kind, name, review)
        except NotFound as error:
            missing = missing or error
    raise missing or NotFound("mechanism", name)


def resolve_review(store: Store, name: str | None, *, missing_is_none: bool = False) -> str | None:
    """The id of the review that ``name`` means; ``None`` for no name.

    Raises:
        NotFound: there is no such review (unless ``missing_is_none``).
    """
    if name is None:
        return None
    try:
        return resolve(store, "review", name)
    except NotFound:
        if missing_is_none:
            return None
        raise


def suggestions(store: Store, kind: str, name: str, review: str | None = None) -> list[str]:
    """The ids of records whose name or id is nearest to a misspelt one."""
    rows = store.read(named(f"names_{kind}"), review=review, limit=_MANY_NAMES)
    words: dict[str, str] = {}
    for row in rows:
        words.setdefault(str(row["name"]), row["id"])
        words.setdefault(row["id"].partition(":")[2] or row["id"], row["id"])
    found: list[str] = []
    for word in nearest(name, words, limit=6):
        if words[word] not in found:
            found.append(words[word])
    return found[:3]


def resolve_term(
    store: Store, vocabulary: str, word: str | None, review: str | None = None
) -> list[str] | None:
    """The words that a level or perspective goes by in evidence, in one review or in all.

    Several words, with `; ` between them, mean any of them.

    Raises:
        UnknownValue: no review that is asked knows it; the error names those that are known.
    """
    if word is None:
        return None
    rows = store.read(named(f"exists_{vocabulary}"), id=word) if ":" in word else []
    rows = rows or store.read(named(f"resolve_{vocabulary}"), key=slug(word), review=review)
    if rows:
        return sorted({str(row["id"]).partition(":")[2] for row in rows})
    if "; " in word:
        several = (resolve_term(store, vocabulary, one, review) for one in word.split("; "))
        return sorted({term for terms in several for term in terms or ()})
    known = store.read(named(f"names_{vocabulary}"), review=review, limit=_MANY_NAMES)
    raise UnknownValue(
        vocabulary, word, sorted({str(row["id"]).partition(":")[2] for row in known})
    )
