"""True quotes on wrong claims, and other sins: what in a review deserves a second look."""

from __future__ import annotations

from functools import partial

from graph.answers.lint import Complaint, LintAnswer, LintRule, LintRules, RuleCount
from graph.errors import UnknownValue
from graph.model import Silence
from graph.questions.bundle import bundle_of
from graph.questions.linting.reviewed import Reviewed
from graph.questions.linting.rules import BY_NAME, RULES
from graph.questions.mechanisms import mechanism_views
from graph.questions.names import resolve_review
from graph.questions.records import review_ids
from graph.questions.revision import remembered
from graph.store import Store


def lint(
    store: Store,
    *,
    review: str | None = None,
    rule: str | None = None,
    silenced: bool = False,
    after: str = "",
    limit: int = 50,
) -> LintAnswer:
    """What the rules complain of, in the order of ids.

    A complaint is silenced by a justification for its rule and one of its records
    (`silenced.csv`). Each review is read as a whole and on its own.

    Args:
        store: where to look.
        review: only this review.
        rule: only this rule, by name.
        silenced: also complaints that are silenced, with their justification.
        after: the id of a complaint after which the page begins.
        limit: complaints on the page.

    Raises:
        NotFound: there is no such review.
        UnknownValue: there is no such rule.
    """
    if rule is not None and rule not in BY_NAME:
        raise UnknownValue("rule", rule, BY_NAME)
    owner = resolve_review(store, review)
    found: list[Complaint] = []
    notes: list[str] = []
    for one in [owner] if owner else review_ids(store):
        complaints, idle = remembered(store, one, "lint", partial(_linted, store, one))
        found += [given for given in complaints if rule in (None, given.rule)]
        notes += [note for of, note in idle if rule is None or of in (rule, None)]
    shown = sorted(
        (given for given in found if given.id > after and (silenced or not given.silenced)),
        key=lambda given: given.id,
    )
    items = shown[:limit]
    quiet = [given for given in found if given.silenced]
    return LintAnswer(
        items=items,
        next=items[-1].id if len(shown) > limit else None,
        complaints=len(found) - len(quiet),
        silenced=len(quiet),
        rules=[
            RuleCount(
                rule=name,
                complaints=sum(given.rule == name and not given.silenced for given in found),
                silenced=sum(given.rule == name for given in quiet),
            )
            for name in BY_NAME
            if rule in (None, name)
        ],
        notes=notes,
    )


def lint_rules() -> LintRules:
    """Every rule, with its reason, an example, and how to silence it."""
    return LintRules(
        items=[
            LintRule(
                id=rule.name,
                complains_of=rule.complains_of,
                reason=rule.reason,
                example=rule.example,
                silence=f"A row of silenced.csv with rule {rule.name}, the id of {rule.about} "
                "under record, and why it is right as it is under because.",
            )
            for rule in RULES
        ]
    )


_Linted = tuple[list[Complaint], list[tuple[str | None, str]]]


def _linted(store: Store, review: str) -> _Linted:
    """Every complaint about a review, and notes by rule; of no rule that there is, with none."""
    bundle = bundle_of(store, review)
    held = Reviewed(bundle, mechanism_views(store, [one.id for one in bundle.mechanisms]))
    given: dict[tuple[str, str], Silence] = {}
    for silence in bundle.silences:
        given.setdefault((silence.rule, silence.record), silence)
    used: set[tuple[str, str]] = set()
    complaints = []
    for rule in RULES:
        for complaint in rule.applies(held):
            keys = [(rule.name, id_) for id_ in _records(complaint) if (rule.name, id_) in given]
            used.update(keys)
            if keys:
                silence = given[keys[0]]
                complaint = complaint.model_copy(
                    update={
                        "silenced": True,
                        "because": silence.because,
                        "declared_by": silence.declared_by,
                    }
                )
            complaints.append(complaint)
    return sorted(complaints, key=lambda one: one.id), _idle(bundle.silences, used)


def _records(complaint: Complaint) -> list[str]:
    """The records for which it can be silenced; any of a pair, or of the claims of a quote."""
    if complaint.rule not in ("near-duplicates", "quote-for-many-claims"):
        return [complaint.record]
    return list(dict.fromkeys([complaint.record, *(one.id for one in complaint.related)]))


def _idle(silences: list[Silence], used: set[tuple[str, str]]) -> list[tuple[str | None, str]]:
    notes: list[tuple[str | None, str]] = []
    for silence in silences:
        if silence.rule not in BY_NAME:
            notes.append((None, f"{silence.id} silences nothing: there is no rule {silence.rule}."))
        elif (silence.rule, silence.record) not in used:
            notes.append(
                (
                    silence.rule,
                    f"{silence.id} silences nothing: {silence.rule} does not complain of "
                    f"{silence.record}.",
                )
            )
    return notes
