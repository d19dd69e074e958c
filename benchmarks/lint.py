"""Seeded faults: does lint find what was planted, and is it silent of what is right?

Illustrative: nothing here comes from a real review. A thousand clean records and a thousand with
one fault each, of ten kinds, stand mixed in twenty reviews. Clean records come in two sorts: plain
ones, and hard ones that look like a fault (support in a negation, a planned visit that took place,
nursing homes as a context). What a record needs besides is clean, too, and counts as a false alarm
if a rule complains of it.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from benchmarks import lint_phrases as bank
from benchmarks.measuring import Measured, say, table
from graph.load import load_review
from graph.model import (
    Concept,
    Configuration,
    Evidence,
    HistoryEntry,
    Level,
    Mechanism,
    Part,
    Polarity,
    Review,
    ReviewBundle,
    Source,
    SourceKind,
    Stance,
    Status,
)
from graph.questions.lint import lint, lint_rules
from graph.settings import Settings
from graph.stores import scratch_store

EACH = 100
"""Records with each fault, and as many clean ones of the same kind."""
REVIEWS = 20
RECALL_GOAL = 0.95
FALSE_GOAL = 0.02

Words = dict[str, tuple[Any, ...]]

SETS = (bank.SECOND, bank.THIRD, bank.FOURTH)
WORDS: Words = {
    name.lower(): sum((given.get(name.lower(), ()) for given in SETS), value)
    for name, value in vars(bank).items()
    if isinstance(value, tuple)
}


@dataclass
class Made:
    """One review in the making, and where its faults are."""

    number: int
    chance: random.Random
    words: Words
    held: dict[str, list[Any]] = field(default_factory=dict)
    planted: dict[str, set[str]] = field(default_factory=dict)
    clean: dict[str, set[str]] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)
    count: int = 0

    def __post_init__(self) -> None:
        self.review = f"lint{self.number}"
        self.levels = bank.LEVELS[self.number % len(bank.LEVELS)]
        self.add("levels", *(
            Level(id=self.id(name.casefold()), name=name, aliases=list(aliases))
            for name, aliases in self.levels
        ))  # fmt: skip
        self.add("sources", *(
            Source(id=self.id(f"s{n}"), kind="paper", title=f"Paper {n}", included=True)
            for n in range(8)
        ))  # fmt: skip
        self.add("sources", Source(
            id=self.id("out"), kind="paper", title="Left out", included=False,
            excluded_because="no outcome of interest",
        ))  # fmt: skip
        self.add("sources", Source(id=self.id("talk"), kind=SourceKind.INTERVIEW, title="A talk"))

    def id(self, local: str) -> str:
        return f"{self.review}:{local}"

    def new(self, prefix: str) -> str:
        self.count += 1
        return self.id(f"{prefix}{self.count}")

    def add(self, kind: str, *records: Any) -> None:
        self.held.setdefault(kind, []).extend(records)

    def fill(self, text: str, **more: str) -> str:
        slots = {name: self.chance.choice(values) for name, values in bank.SLOTS.items()}
        return text.format(**{**slots, **more})

    def text(self, name: str, **more: str) -> str:
        """A wording that this review has not had yet."""
        for _ in range(200):
            found = self.fill(self.chance.choice(self.words[name]), **more)
            if found not in self.said:
                break
        self.said.add(found)
        return found

    def quote(self, name: str, **more: str) -> str:
        found = self.text(name, **more)
        return found[:1].upper() + found[1:]

    def mark(self, rule: str, id_: str, faulty: bool) -> None:
        (self.planted if faulty else self.clean).setdefault(rule, set()).add(id_)

    def concept(self, name: str, description: str | None = None) -> str:
        id_ = self.new("c")
        self.add("concepts", Concept(id=id_, name=name, description=description))
        return id_

    def mechanism(self, description: str | None = None, **more: Any) -> str:
        id_ = self.new("m")
        told = self.text("responses") if description is None else description
        name = more.pop("name", None) or self.text("mechanism_names")
        self.add("mechanisms", Mechanism(id=id_, name=name, description=told, **more))
        return id_

    def evidence(self, **given: Any) -> str:
        id_ = self.new("e")
        known = {"source": self.id(f"s{self.chance.randrange(8)}"), "stance": Stance.SUPPORTS}
        if not {"mechanism", "configuration", "concept"} & set(given):
            known["mechanism"] = self.mechanism()
        self.add("evidence", Evidence(id=id_, **{**known, **given}))
        return id_

    def configuration(self, **given: Any) -> str:
        id_ = self.new("k")
        known: dict[str, Any] = {
            "contexts": "circumstances", "resources": "resources", "reasonings": "reasonings",
            "outcomes": "results",
        }  # fmt: skip
        parts = {
            role: [Part(concept=self.concept(self.text(name)))]
            for role, name in known.items()
            if role not in given
        }
        self.add("configurations", Configuration(id=id_, **{**parts, **given}))
        return id_

    def bundle(self) -> ReviewBundle:
        """The review."""
        review = Review(id=self.review, title=f"Illustrative review {self.number}, seeded")
        return ReviewBundle(review=review, **self.held)


# ---- A record with a fault, and one without -----------------------------------------------------


def _many_claims(made: Made, faulty: bool, hard: bool) -> str:
    quote = made.quote("neutral")
    uses = made.chance.randint(3, 5) if faulty else 1 + hard
    ids = [made.evidence(quote=quote, source=made.id("s1")) for _ in range(uses)]
    return min(ids)


def _level(made: Made, faulty: bool, hard: bool) -> str:
    own, other = made.chance.sample([name for name, _ in made.levels], 2)
    local = own.casefold()
    if faulty:
        quote = made.quote("at_level", level=other.casefold())
    elif hard:
        traps = [t for name in (own, other) for t in bank.OTHER_MEANING[name]]
        both = "{level} and {own} alike spoke of {topic}."
        quote = made.quote("at_level", level=local)
        if made.chance.random() < 0.5 and traps:
            quote = made.fill(made.chance.choice(traps))
        elif made.chance.random() < 0.5:
            quote = made.fill(both, level=other, own=local)
    else:
        quote = made.quote(made.chance.choice(["at_level", "no_level"]), level=local)
    return made.evidence(quote=quote, levels=[local])


def _stance(made: Made, faulty: bool, hard: bool) -> str:
    supports = made.chance.random() < 0.5
    stance = Stance.SUPPORTS if supports else Stance.CHALLENGES
    if faulty:
        return made.evidence(
            quote=made.quote("denying" if supports else "approving"), stance=stance
        )
    if not hard:
        return made.evidence(
            quote=made.quote("approving" if supports else "denying"), stance=stance
        )
    match made.chance.randrange(3):
        case 0:  # a configuration that goes badly is supported by what sounds like denial
            target = made.configuration(polarity=Polarity.NEGATIVE)
            quote = made.quote("denying" if supports else "approving")
            return made.evidence(quote=quote, stance=stance, configuration=target)
        case 1:
            return made.evidence(quote=made.quote("neutral"), stance=stance)
        case _:
            name = "supports_all_the_same" if supports else "challenges_all_the_same"
            return made.evidence(quote=made.quote(name), stance=stance)


def _context(made: Made, faulty: bool, hard: bool) -> str:
    id_ = made.concept(made.text("activities" if faulty else "circumstances"))
    made.configuration(contexts=[Part(concept=id_)])
    return id_


def _outcome(made: Made, faulty: bool, hard: bool) -> str:
    id_ = made.concept(made.text("plans" if faulty else "results"))
    made.configuration(outcomes=[Part(concept=id_)])
    return id_


def _response(made: Made, faulty: bool, hard: bool) -> str:
    if faulty and made.chance.random() < 0.5:
        return made.mechanism(made.text("devices"), name=made.text("device_names"))
    if faulty:
        belongs = [made.mechanism("", name=made.text("device_names"))] if hard else []
        return made.configuration(mechanisms=belongs, reasonings=[])
    if hard:  # the description tells of a thing, and a configuration of the response to it
        id_ = made.mechanism(made.text("devices"))
        made.configuration(mechanisms=[id_])
        return id_
    id_ = made.mechanism()
    made.configuration(mechanisms=[id_], reasonings=[])
    return id_


def _excluded(made: Made, faulty: bool, hard: bool) -> str:
    source = made.id("out" if faulty else "talk" if hard else "s2")
    return made.evidence(source=source)


def _no_outcome(made: Made, faulty: bool, hard: bool) -> str:
    return made.configuration(**({"outcomes": []} if faulty else {}))


def _status(made: Made, faulty: bool, hard: bool) -> str:
    id_ = made.mechanism()
    supported = made.chance.random() < 0.5
    states = [Status.PRELIMINARY, Status.SUPPORTED if supported else Status.NO_EVIDENCE]
    if hard and not faulty:
        states = [Status.SUPPORTED, Status.INCORPORATED]
        supported = made.chance.random() < 0.5
    made.add("history", *(
        HistoryEntry(id=f"{id_}-h{n}", mechanism=id_, position=n, status=status)
        for n, status in enumerate(states)
    ))  # fmt: skip
    if supported is not faulty:
        made.evidence(mechanism=id_, stance=made.chance.choice([Stance.SUPPORTS, Stance.REFINES]))
        if made.chance.random() < 0.3:
            made.evidence(mechanism=id_, stance=Stance.CHALLENGES)
    elif made.chance.random() < 0.6:
        if made.chance.random() < 0.5:
            made.evidence(mechanism=id_, stance=Stance.CHALLENGES)
        else:
            made.evidence(mechanism=id_, source=made.id("talk"))
    return id_


def _alike(made: Made, faulty: bool, hard: bool) -> str:
    slots = {name: made.chance.choice(values) for name, values in bank.SLOTS.items()}
    definitions: tuple[str | None, str | None] = (None, None)
    if faulty and made.chance.random() < 0.3:
        one, other, *both = made.chance.choice(made.words["same_meaning"])
        definitions = (both[0].format(**slots), both[1].format(**slots))
    else:
        one, other = made.chance.choice(made.words["alike" if faulty else "apart"])
    names = (one.format(**slots), other.format(**slots))
    if names[0] in made.said or names[1] in made.said:  # a pair of its own
        return _alike(made, faulty, hard)
    made.said.update(names)
    if made.chance.random() < 0.5:
        ids = [made.concept(name, told) for name, told in zip(names, definitions, strict=True)]
    else:
        ids = [made.mechanism(told, name=n) for n, told in zip(names, definitions, strict=True)]
    return min(ids)


MAKERS: dict[str, Callable[[Made, bool, bool], str]] = {
    "quote-for-many-claims": _many_claims,
    "quote-contradicts-level": _level,
    "quote-contradicts-stance": _stance,
    "context-is-an-activity": _context,
    "outcome-is-a-plan": _outcome,
    "mechanism-without-response": _response,
    "evidence-from-excluded-source": _excluded,
    "configuration-without-outcome": _no_outcome,
    "status-not-borne-out": _status,
    "near-duplicates": _alike,
}


# ---- Planting and looking -----------------------------------------------------------------------


def plant(seed: int = 2026, words: Words | None = None) -> list[Made]:
    """Twenty reviews with a thousand clean records and a thousand with one fault each.

    Args:
        seed: what everything falls by.
        words: wordings to be used in place of those of all sets, by the name of the kind.
    """
    chance = random.Random(seed)
    made = [Made(n, chance, {**WORDS, **(words or {})}) for n in range(REVIEWS)]
    jobs = [
        (rule, faulty, n % 2 == 1)
        for rule in MAKERS
        for faulty in (True, False)
        for n in range(EACH)
    ]
    chance.shuffle(jobs)
    for n, (rule, faulty, hard) in enumerate(jobs):
        review = made[n % REVIEWS]
        review.mark(rule, MAKERS[rule](review, faulty, hard), faulty)
    return made


@dataclass(frozen=True, slots=True)
class Told:
    """What one rule made of what was planted."""

    rule: str
    planted: int
    found: int
    clean: int
    false: int
    missed: list[str]
    alarms: list[str]

    @property
    def recall(self) -> float:
        """Found of planted."""
        return self.found / self.planted

    @property
    def false_alarms(self) -> float:
        """Complaints that are unfounded, of clean records of the kind that the rule is about."""
        return self.false / self.clean


def told(made: Iterable[Made]) -> tuple[list[Told], float]:
    """Load the reviews, apply every rule, and compare; with the seconds that lint took."""
    reviews = list(made)
    complaints: dict[str, set[str]] = {rule: set() for rule in MAKERS}
    with scratch_store(Settings(query_seconds=600)) as store:
        for one in reviews:
            load_review(store, one.bundle())
        began = perf_counter()
        after = ""
        while True:
            page = lint(store, after=after, limit=1000)
            for item in page.items:
                complaints[item.rule].add(item.record)
            if page.next is None:
                break
            after = page.next
        seconds = perf_counter() - began
    texts = {
        record.id: getattr(record, "quote", None)
        or f"{getattr(record, 'name', '')}: {getattr(record, 'description', '')}"
        for one in reviews
        for kind in ("evidence", "concepts", "mechanisms", "configurations")
        for record in one.held.get(kind, [])
    }
    found = []
    for rule, given in complaints.items():
        planted = {id_ for one in reviews for id_ in one.planted.get(rule, set())}
        clean = {id_ for one in reviews for id_ in one.clean.get(rule, set())}
        false = given - planted
        found.append(
            Told(
                rule=rule,
                planted=len(planted),
                found=len(given & planted),
                clean=len(clean),
                false=len(false),
                missed=sorted({texts[id_] for id_ in planted - given}),
                alarms=sorted({texts[id_] for id_ in false}),
            )
        )
    return found, seconds


def _shown(title: str, found: list[Told], *, examples: bool) -> None:
    rows = [
        [
            one.rule,
            one.planted,
            f"{one.recall:.3f}",
            one.clean,
            one.false,
            f"{one.false_alarms:.3f}",
        ]
        for one in found
    ]
    heads = ["rule", "planted", "recall", "clean", "false alarms", "rate"]
    table(title, heads, rows)
    for one in found:
        for what, texts in (("missed", one.missed), ("unfounded", one.alarms)):
            for text in texts[: 12 if examples else 0]:
                say(f"  {one.rule}, {what}: {text}")


def measure(seed: int = 2026, *, examples: bool = False) -> list[Measured]:
    """Plant, lint, and print what was found of what."""
    if missing := {rule.id for rule in lint_rules().items} ^ set(MAKERS):
        raise RuntimeError(f"rules without a fault, or faults without a rule: {missing}")
    found, seconds = told(plant(seed))
    title = f"seeded faults, seed {seed}: 1,000 planted, 1,000 clean, {seconds:.1f} s"
    _shown(title, found, examples=examples)
    everywhere = Counter({one.rule: one.false for one in found})
    return [
        Measured(
            "seeded faults: recall of the worst rule",
            min(one.recall for one in found),
            RECALL_GOAL,
            at_least=True,
        ),
        Measured(
            "seeded faults: false alarms of the worst rule",
            max(one.false_alarms for one in found),
            FALSE_GOAL,
            note=f"{everywhere.total()} in all",
        ),
    ]
