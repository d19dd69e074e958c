"""What was loaded, when, from which files: newest first."""

from __future__ import annotations

from collections.abc import Sequence

from graph.answers import FileHash, LoadView, Page
from graph.catalogue import named
from graph.questions.names import resolve_review
from graph.store import Store


def loads(
    store: Store, *, review: str | None = None, after: str = "", limit: int = 50
) -> Page[LoadView]:
    """Every load of one review or of all, newest first, with those that changed nothing or failed.

    Args:
        store: where to look.
        review: only this review, by id or title.
        after: the id of the load after which, back in time, the page begins.
        limit: loads on the page.

    Raises:
        NotFound: there is no such review.
    """
    owner = resolve_review(store, review)
    wanted = {"after": after, "limit": limit + 1}
    rows = (
        store.read(named("loads_of_all"), **wanted)
        if owner is None
        else store.read(named("loads_of_review"), review=owner, **wanted)
    )
    items = [
        LoadView(
            files=[
                FileHash(name=name, sha256=sha256)
                for name, sha256 in zip(row["files"], row["hashes"], strict=True)
            ],
            new=row["created"],
            **{
                name: row[name]
                for name in (
                    "id",
                    "review",
                    "at",
                    "seconds",
                    "changed",
                    "unchanged",
                    "removed",
                    "merged",
                    "rejected",
                    "warned",
                    "refused",
                )
            },
        )
        for row in rows[:limit]
    ]
    return Page[LoadView](items=items, next=items[-1].id if len(rows) > limit else None)


def by_first_load(store: Store, ids: Sequence[str]) -> list[str]:
    """Reviews in the order in which they came into the store, so that later ones move none.

    Those without a load of their own, which programs have written, follow in the order given.
    """
    came = {row["review"]: place for place, row in enumerate(store.read(named("first_loads")))}
    return sorted(ids, key=lambda id_: came.get(id_, len(came)))
