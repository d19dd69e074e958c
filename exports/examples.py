"""The example row of each sheet of the workbook. Illustrative: no such review exists."""

from __future__ import annotations

REVIEW_EXAMPLE = {
    "id": "ward-debriefs",
    "title": "Debriefs on hospital wards: an illustrative review",
    "authors": "Lee A; Roy B",
    "year": "2024",
    "objectives": "To explain how debriefs work; to say for whom",
    "note": "Illustrative. No such review exists.",
}
"""What the fields of a review may hold."""

EXAMPLES: dict[str, dict[str, str]] = {
    "Levels": {
        "id": "EXAMPLE-team",
        "name": "Team",
        "aliases": "teams; team level",
        "description": "Illustrative: what happens between members of one team",
    },
    "Perspectives": {"id": "EXAMPLE-staff", "name": "Staff", "aliases": "nurses; doctors"},
    "Search": {
        "id": "EXAMPLE-main",
        "name": "Illustrative main search",
        "databases": "Medline; CINAHL",
        "searched_on": "2023-05",
        "locator": "p. 4",
    },
    "Flow": {
        "id": "EXAMPLE-found",
        "stage": "EXAMPLE-main",
        "kind": "entrance",
        "name": "papers found (illustrative)",
        "n": "40",
    },
    "Tallies": {
        "id": "EXAMPLE-mechanisms",
        "name": "what became of the mechanisms (illustrative)",
        "n": "9",
        "parts": "supported: 7; incorporated: 2",
    },
    "sources.csv": {
        "id": "EXAMPLE-lee-2019",
        "kind": "paper",
        "title": "An illustrative paper",
        "authors": "Lee A; Roy B",
        "year": "2019",
        "included": "yes",
        "stage": "EXAMPLE-main",
    },
    "mechanisms.csv": {
        "id": "EXAMPLE-speaking-up",
        "name": "Feeling safe to speak up (illustrative)",
        "aliases": "psychological safety",
        "levels": "EXAMPLE-team",
    },
    "history.csv": {
        "id": "EXAMPLE-history",
        "mechanism": "EXAMPLE-speaking-up",
        "status": "supported",
        "stage": "EXAMPLE-main",
        "note": "Illustrative.",
    },
    "concepts.csv": {
        "id": "EXAMPLE-stable-team",
        "name": "A stable team (illustrative)",
        "aliases": "low turnover",
    },
    "configurations.csv": {
        "id": "EXAMPLE-c1",
        "mechanisms": "EXAMPLE-speaking-up",
        "contexts": "a stable team; a leader who listens",
        "resources": "regular debriefs",
        "reasonings": "trust that errors will be heard (inferred)",
        "outcomes": "problems are raised early",
        "polarity": "positive",
        "levels": "EXAMPLE-team",
        "note": "Illustrative.",
    },
    "theories.csv": {
        "id": "EXAMPLE-theory",
        "kind": "substantive",
        "name": "An illustrative theory",
        "mechanisms": "EXAMPLE-speaking-up",
    },
    "codes.csv": {"id": "EXAMPLE-code", "name": "Illustrative code", "file": "coding.qdpx"},
    "passages.csv": {
        "id": "EXAMPLE-passage",
        "source": "EXAMPLE-lee-2019",
        "code": "EXAMPLE-code",
        "quote": "Illustrative words.",
        "file": "coding.qdpx",
    },
    "evidence.csv": {
        "id": "EXAMPLE-e1",
        "source": "EXAMPLE-lee-2019",
        "configuration": "EXAMPLE-c1",
        "stance": "supports",
        "levels": "EXAMPLE-team",
        "perspective": "EXAMPLE-staff",
        "quote": "“We said it the same day.” (illustrative)",
        "locator": "p. 4",
        "rigour": "high",
    },
    "appraisals.csv": {
        "id": "EXAMPLE-a1",
        "evidence": "EXAMPLE-e1",
        "appraiser": "Lee A",
        "relevance": "high",
        "rigour": "moderate",
        "note": "Illustrative.",
    },
    "findings.csv": {
        "id": "EXAMPLE-gap",
        "kind": "gap",
        "name": "No patient perspective (illustrative)",
        "statement": "Nothing was found on how patients see debriefs.",
        "said_by": "EXAMPLE-lee-2019",
        "searched": "EXAMPLE-main",
    },
    "same-as.csv": {
        "id": "EXAMPLE-same",
        "mechanism": "EXAMPLE-speaking-up",
        "same_as": "other-review:feeling-safe",
        "declared_by": "Lee A",
        "note": "Illustrative.",
    },
    "references.csv": {
        "id": "EXAMPLE-reference",
        "source": "EXAMPLE-lee-2019",
        "file": "references.ris",
        "fields": '{"title": "An illustrative paper"}',
    },
    "merges.csv": {
        "id": "EXAMPLE-merge",
        "one": "EXAMPLE-reference",
        "other": "EXAMPLE-reference-2",
        "verdict": "same",
        "note": "Illustrative.",
    },
    "silenced.csv": {
        "id": "EXAMPLE-silence",
        "rule": "illustrative-rule",
        "record": "EXAMPLE-c1",
        "because": "Illustrative: the report says so on page 4.",
    },
}
"""The example of each sheet, by the file of its kind or the name of the review's own sheet."""
