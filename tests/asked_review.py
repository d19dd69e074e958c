"""An illustrative review to put questions to, beside the shipped ones. No such review exists.

Its mechanisms, levels, perspectives and sources bear the names that the questions of
`asked.csv` use; everything else in it is made up to give each kind of question something to find.
"""

from __future__ import annotations

from graph.model import (
    Appraisal,
    Concept,
    Configuration,
    Evidence,
    Finding,
    HistoryEntry,
    Level,
    Mechanism,
    Part,
    Perspective,
    Review,
    ReviewBundle,
    Source,
    Stage,
    Step,
    Theory,
)

R = "linkworkers2026"
MECHANISMS = {
    "psych-safety": "Feeling safe enough to say what is not known",
    "trust-link-worker": "Trust in the link worker",
    "shared-purpose": "Recognising a shared purpose across organisational boundaries",
    "ownership": "Sense of ownership",
    "legitimacy": "Legitimacy of the referrer and of the offer",
    "being-known": "Being known as a person rather than as a list of conditions, problems and "
    "previous encounters with services",
    "hope": "Hope",
    "relief": "Relief from carrying everything alone",
    "reciprocity": "Reciprocity",
    "fear-of-loss": "Fear of losing entitlements",
    "workload-guard": "Guarding one's own workload",
    "moral-distress": "Moral distress when nothing can be offered",
    "trust-arabic": "الثقة في مقدمي الرعاية (trust in carers)",
    "coherence": "Making sense of the new role (coherence)",
}
CONCEPTS = {
    "ctx02": "high turnover of link workers, with posts funded for twelve months at a time",
    "ctx06": "people who live alone and have recently been bereaved",
    "ctx14": "language barriers and no interpreter",
    "ctx16": "rural practice",
    "ctx20": "previous experience of discrimination in services",
    "ctx24": "digital exclusion",
    "res02": "warm handover by the GP in the same room",
    "res18": "feedback to the referrer about what became of the person",
    "rea01": "feels listened to and taken seriously",
    "out01": "attends the first community activity",
    "out03": "does not take up the referral",
    "out08": "less loneliness, as people describe it themselves",
}
_SOURCES = (
    (
        "fontaine-2013",
        "paper",
        "Turnover of link workers and continuity of relationship",
        ["Fontaine AF", "Ito BG"],
        2013,
    ),
    (
        "fontaine-2017",
        "paper",
        "A secondary analysis of turnover and continuity",
        ["Fontaine AF"],
        2017,
    ),
    (
        "evans-2012",
        "paper",
        "Peer mentors in community teams: a process evaluation",
        ["Evans AF", "Haddad BG"],
        2012,
    ),
    ("evans-2016", "paper", "Peer mentors, four years on", ["Evans AF"], 2016),
    ("jensen-2017", "paper", "Incident reporting in hospital teams", ["Jensen AF"], 2017),
    ("mbeki-2008", "grey", "Why referrals are not taken up", ["Mbeki AF"], 2008),
    ("patel-2011", "synthesis", "What is known about continuity", ["Patel AF"], 2011),
    ("rosenberg-2013", "interview", "Interviews with people who did not attend", [], 2013),
    ("tanaka-2015", "consultation", "Patient and public involvement group", [], None),
)
_EVIDENCE = (
    # mechanism, source, stance, level, perspective, setting, rigour
    ("hope", "fontaine-2017", "supports", "system", "staff", "acute hospital", "low"),
    ("hope", "evans-2012", "supports", "individual", "patient", "community", "high"),
    ("hope", "evans-2016", "challenges", "system", "carer", "general practice", "moderate"),
    ("hope", "rosenberg-2013", "supports", "", "patient", "rural general practice", None),
    ("hope", "mbeki-2008", "refines", "", "commissioner", None, "high"),
    ("reciprocity", "patel-2011", "supports", "organisation", "carer", None, None),
    ("reciprocity", "jensen-2017", "challenges", "individual", "patient", "acute hospital", "high"),
    ("trust-link-worker", "fontaine-2013", "supports", "individual", "patient", None, "moderate"),
    ("trust-link-worker", "jensen-2017", "challenges", "team", "staff", None, "low"),
    ("ownership", "evans-2012", "challenges", "team", "staff", None, "high"),
    ("being-known", "fontaine-2013", "supports", "individual", "carer", None, "high"),
    ("legitimacy", "tanaka-2015", "supports", "", "patient", None, None),
)


def _id(local: str) -> str:
    return f"{R}:{local}"


def asked_review() -> ReviewBundle:
    """The review."""
    return ReviewBundle(
        review=Review(
            id=R,
            title="What makes social prescribing by link workers succeed or fail? An illustration",
            authors=["Adebayo A", "Bennett B"],
            year=2026,
            question="What makes social prescribing by link workers succeed or fail, and why?",
        ),
        levels=[
            Level(id=_id(name), name=name.capitalize(), position=place)
            for place, name in enumerate(("individual", "team", "organisation", "system"))
        ],
        perspectives=[
            Perspective(id=_id(name), name=name.capitalize(), position=place)
            for place, name in enumerate(("patient", "carer", "staff", "commissioner"))
        ],
        stages=[Stage(id=_id("main"), name="Main search", position=0, databases=["Medline"])],
        steps=[
            Step(
                id=_id(f"main.{local}"),
                stage=_id("main"),
                position=place,
                kind=kind,
                name=name,
                n=n,
            )
            for place, (local, kind, name, n) in enumerate(
                (
                    ("found", "entrance", "records identified from databases", 40),
                    ("dup", "exit", "duplicates removed", 10),
                    ("screened", "total", "records screened by title and abstract", 30),
                    ("exabs", "exit", "records excluded", 18),
                    ("full", "total", "full texts assessed", 12),
                    ("exfull", "exit", "excluded as too thin", 6),
                    ("inc", "total", "papers included", 6),
                )
            )
        ],
        sources=[
            Source(id=_id(local), kind=kind, title=title, authors=authors, year=year, included=True)
            for local, kind, title, authors, year in _SOURCES
        ],
        mechanisms=[Mechanism(id=_id(local), name=name) for local, name in MECHANISMS.items()],
        history=[
            HistoryEntry(
                id=_id(f"coherence-{place}"),
                mechanism=_id("coherence"),
                position=place,
                status=status,
                into=[_id("shared-purpose")] if place else [],
            )
            for place, status in enumerate(("preliminary", "incorporated"))
        ],
        concepts=[Concept(id=_id(local), name=name) for local, name in CONCEPTS.items()],
        configurations=[
            Configuration(
                id=_id(local),
                mechanisms=[_id(mechanism)],
                contexts=[Part(concept=_id(context))],
                resources=[Part(concept=_id("res02"))],
                reasonings=[Part(concept=_id("rea01"))],
                outcomes=[Part(concept=_id(outcome))],
                polarity=polarity,
            )
            for local, mechanism, context, outcome, polarity in (
                ("CMOC1", "hope", "ctx06", "out08", "positive"),
                ("CMOC2", "hope", "ctx20", "out03", "negative"),
                ("CMOC7", "reciprocity", "ctx16", "out01", "positive"),
                ("CMOC25", "trust-link-worker", "ctx14", "out03", "negative"),
            )
        ],
        theories=[
            Theory(
                id=_id("npt"),
                kind="substantive",
                name="Normalization process theory",
                mechanisms=[_id("coherence")],
            )
        ],
        evidence=[
            Evidence(
                id=_id(f"e{place}"),
                source=_id(source),
                mechanism=_id(mechanism),
                stance=stance,
                levels=[level] if level else [],
                perspective=perspective,
                setting=setting,
                rigour=rigour,
                statement="An illustration.",
            )
            for place, (
                mechanism,
                source,
                stance,
                level,
                perspective,
                setting,
                rigour,
            ) in enumerate(_EVIDENCE)
        ],
        appraisals=[
            Appraisal(id=_id(f"a{who}"), evidence=_id("e1"), appraiser=who, rigour=grade)
            for who, grade in (("AB", "high"), ("CD", "moderate"))
        ],
        findings=[
            Finding(
                id=_id("fund-posts"),
                kind="recommendation",
                name="Fund posts for longer",
                statement="Posts should be funded for three years.",
                mechanisms=[_id("being-known")],
            ),
            Finding(
                id=_id("no-shows"),
                kind="future research",
                name="Follow people who do not attend",
                statement="Those who decline are hardly studied.",
                mechanisms=[_id("legitimacy")],
                perspectives=["patient"],
            ),
            Finding(
                id=_id("no-carers"),
                kind="gap",
                name="No evidence on carers",
                statement="Carers' own accounts are rare.",
                mechanisms=[_id("relief")],
                perspectives=["carer"],
            ),
        ],
    )
