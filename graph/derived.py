"""What is kept beside the stated fields of records, so that questions need no second look."""

from __future__ import annotations

from typing import Any

from graph.model import (
    QUALITIES,
    Appraisal,
    Concept,
    Configuration,
    Evidence,
    Finding,
    Mechanism,
    Record,
    Review,
    ReviewBundle,
    SameAs,
    Source,
    Theory,
    VocabularyTerm,
)
from graph.names import name_keys

Row = dict[str, Any]


class Derived:
    """What follows from the records of one review about each of them."""

    def __init__(self, bundle: ReviewBundle) -> None:
        self.stated = {
            entry.mechanism: entry.status.value
            for entry in sorted(bundle.history, key=lambda entry: entry.position)
            # What is stated of one level or configuration is not stated of the mechanism.
            if not (entry.configurations or entry.levels or entry.perspectives or entry.kinds)
        }
        self.belongs = {
            configuration.id: sorted(configuration.mechanisms)
            for configuration in bundle.configurations
        }
        self.appraised: dict[str, list[Appraisal]] = {}
        for appraisal in bundle.appraisals:
            self.appraised.setdefault(appraisal.evidence, []).append(appraisal)

    def of(self, record: Record) -> Row:
        """Its derived properties, by name."""
        if isinstance(record, Evidence):
            about_kind, about = record.target
            return {"about": about, "about_kind": about_kind, **self.agreed(record)}
        if isinstance(record, SameAs):
            return {"one": record.one, "kind": record.kind}
        if isinstance(record, Source):
            keys = name_keys(record.local_id, record.title, record.doi or "")
            return {"citation": record.citation, "name": record.citation, "keys": keys}
        if isinstance(record, Mechanism):
            return {
                "stated": self.stated.get(record.id),
                "keys": name_keys(record.local_id, record.name, *record.aliases),
            }
        if isinstance(record, Configuration):
            return {
                "name": record.name or record.local_id,
                "keys": name_keys(record.local_id, record.name or ""),
            }
        if isinstance(record, Review):
            return {"keys": name_keys(record.id, record.title, record.doi or "", *record.aliases)}
        if isinstance(record, Finding):
            return {"keys": name_keys(record.local_id, record.name)}
        if isinstance(record, VocabularyTerm | Concept | Theory):
            return {"keys": name_keys(record.local_id, record.name, *record.aliases)}
        return {}

    def agreed(self, evidence: Evidence) -> Row:
        """What counts where appraisal matters: the stated grade, or the one all appraisers gave."""
        found = {}
        for quality in QUALITIES:
            grades = {getattr(one, quality) for one in self.appraised.get(evidence.id, ())} - {None}
            stated = getattr(evidence, quality) or (grades.pop() if len(grades) == 1 else None)
            found["agreed_" + quality] = stated and stated.value
        return found

    def bears_on(self, record: Record) -> list[str]:
        """For evidence about a configuration: the mechanisms that the configuration belongs to."""
        if isinstance(record, Evidence) and record.configuration is not None:
            return self.belongs.get(record.configuration, [])
        return []
