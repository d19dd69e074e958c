"""Example requests of the OpenAPI document; a test sends every one of them."""

from __future__ import annotations

EXAMPLES: dict[str, dict[str, str]] = {
    "ask": {"q": "evidence for Working with power at team level"},
    "evidence": {"review": "richmond2020", "concept": "C4", "stance": "supports"},
    "evidence_by_id": {"id": "richmond2020:chamberland-2013-C1"},
    "mechanisms": {"support": "none"},
    "mechanism": {"id": "working-with-power"},
    "mechanism_evidence": {"id": "working-with-power", "level": "team"},
    "gaps": {"review": "harris2021"},
    "chains": {"from": "richmond2020:C3", "review": "richmond2020"},
    "weakest_link": {"to": "learning-outcomes-helped"},
    "sensitivity": {"review": "harris2021", "without_source": "first-look-summary"},
    "lint": {"review": "richmond2020", "rule": "near-duplicates"},
    "agreement": {"review": "harris2021"},
    "compare": {"reviews": "harris2021,richmond2020"},
    "same_as": {"review": "harris2021"},
    "export": {"id": "richmond2020"},
    "contradictions": {"review": "richmond2020"},
    "flow": {"id": "harris2021"},
    "review": {"id": "richmond2020"},
    "papers": {"review": "richmond2020"},
    "paper": {"id": "richmond2020:chamberland-2013"},
    "sources": {"kind": "synthesis"},
    "source": {"id": "harris2021:first-look-summary"},
    "configurations": {"review": "richmond2020", "polarity": "negative"},
    "configuration": {"id": "richmond2020:F2-C4"},
    "concepts": {"review": "richmond2020"},
    "concept": {"id": "richmond2020:C3"},
    "theories": {"kind": "substantive"},
    "theory": {"id": "dual-process-theory"},
    "findings": {"kind": "gap"},
    "finding": {"id": "harris2021:no-patient-or-service-user-perspective"},
    "theory_map": {"review": "harris2021"},
}
"""For each operation, values of its parameters that the shipped reviews answer."""
