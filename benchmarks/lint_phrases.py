"""Wordings from which `benchmarks.lint` makes records with and without faults.

Illustrative: nobody said any of this. The wordings were written before the rules' own word lists,
and :data:`UNSEEN` after the rules were settled, so that it shows what they make of new words.
`{who}`, `{other}`, `{tool}`, `{topic}`, `{place}` and `{good}` are filled from :data:`SLOTS`.
"""

from __future__ import annotations

SLOTS: dict[str, tuple[str, ...]] = {
    "who": (
        "nurses", "junior doctors", "care workers", "midwives", "pharmacists", "social workers",
        "ward clerks", "paramedics", "health visitors", "physiotherapists", "receptionists",
        "link workers", "trainees", "school nurses", "carers", "volunteers",
    ),
    "other": (
        "consultants", "families", "parents", "older people", "commissioners", "inspectors",
        "neighbours", "surgeons", "tutors", "relatives", "residents", "young mothers",
    ),
    "tool": (
        "the safety huddles", "the shared record", "the checklist", "the peer groups",
        "the coaching", "the new rota", "the home visits", "the telephone line", "the mentoring",
        "the reminder cards", "the feedback reports", "the buddy scheme", "the handover sheet",
        "the reflective diaries", "the joint rounds", "the tablet app",
    ),
    "topic": (
        "handover", "infection control", "end-of-life talks", "dementia", "shared decisions",
        "medicines", "wound care", "asthma", "safeguarding", "hand washing", "breastfeeding",
        "falls", "bereavement", "diabetes",
    ),
    "place": (
        "night shifts", "rural clinics", "care homes", "the emergency department",
        "community hospitals", "day centres", "the maternity unit", "general practice",
        "the stroke unit", "prisons", "hospices", "theatres",
    ),
    "good": (
        "speaking up about errors", "morale", "continuity", "attendance", "waiting times",
        "the handover of patients", "how we talked to each other", "confidence in discharge",
        "the uptake of vaccines", "retention", "reporting of incidents", "hand hygiene",
    ),
}  # fmt: skip

LEVELS: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...] = (
    (
        ("Team", ("teams", "team level")),
        ("Organisation", ("organisations", "organisational level")),
        ("System", ("systems", "system level")),
    ),
    (
        ("Patient", ("patients",)),
        ("Clinician", ("clinicians",)),
        ("Hospital", ("hospitals",)),
    ),
    (
        ("Pupil", ("pupils",)),
        ("Teacher", ("teachers",)),
        ("School", ("schools",)),
    ),
    (
        ("Household", ("households", "family level")),
        ("Village", ("villages",)),
        ("District", ("districts",)),
    ),
)
"""Vocabularies of levels, each of one review."""

AT_LEVEL = (
    "The whole {level} knew where it stood after the first month.",
    "For the {level} this was a new way of doing things.",
    "Across the {level}, problems came up the same day.",
    "In our {level} we began to ask each other for help.",
    "It changed how the {level} dealt with {topic}.",
    "Every {level} that took part kept the routine going.",
    "“The {level} finally had its own say,” one of the {who} said.",
    "At {level} level, the routine held for two years.",
    "Change came from within the {level} and not from outside it.",
    "Once a week the {level} looked at what had gone wrong with {topic}.",
    "Between one {level} and the next the difference was striking.",
    "Each {level} set its own rules for {topic}.",
    "{who} described a {level} that pulled together around {topic}.",
    "Levels of trust within {level}s rose after {tool} began.",
    "We saw {level}s share what they had learnt about {topic}.",
    "A {level}'s own priorities decided how far {tool} went.",
)
NO_LEVEL = (
    "People began to say what had gone wrong with {topic}.",
    "After {tool}, {who} asked more questions.",
    "“I knew whom to ring,” one of the {who} said of {topic}.",
    "Hardly anybody hid a mistake with {topic} any more.",
    "{who} and {other} sat down together each Friday.",
    "It took a year before {other} were asked about {topic}.",
)
OTHER_MEANING: dict[str, tuple[str, ...]] = {
    "Team": ("Teaming up with {other} made it easier to raise {topic}.",),
    "Organisation": (
        "The organisation of the rota left {who} no time for {topic}.",
        "Better organisation of handovers gave {who} time to think.",
    ),
    "System": (
        "The booking system sent {who} a reminder about {topic}.",
        "The IT system went down, and {who} spoke to each other again.",
        "{who} went about {topic} systematically.",
        "A buddy system gave {who} somebody to ask about {topic}.",
    ),
    "Patient": ("You have to be patient, said one of the {who}, and keep asking.",),
    "Clinician": (),
    "Hospital": ("Hospitality towards {other} was what {who} spoke of first.",),
    "Pupil": (),
    "Teacher": (),
    "School": ("There are two schools of thought on {topic} among {who}.",),
    "Household": ("{tool} had become a household name among {who}.",),
    "Village": (),
    "District": (),
}
"""A level's word that does not stand for the level."""

APPROVING = (
    "{tool} improved {good} for {who}.",
    "{who} told us that {tool} had helped them with {topic}.",
    "“It gave me the confidence to ask,” one of the {who} said of {tool}.",
    "Because of {tool}, {good} got better month by month.",
    "{tool} made a real difference to {good}.",
    "With {tool}, {who} and {other} came to trust each other.",
    "{who} credited {tool} with the rise in {good}.",
    "{tool} enabled {who} to take up {topic} with {other}.",
    "{good} was strengthened by {tool}, as we had expected.",
    "It worked well: {who} used {tool} every day.",
    "{tool} proved effective in {place}.",
    "{other} benefited from {tool} most of all.",
    "We found clear gains in {good} after {tool} came in.",
    "{tool} supported {who} in talking about {topic}.",
    "The results confirm that {tool} fosters trust among {who}.",
    "{good} rose significantly where {tool} was used.",
    "{who} found {tool} valuable and said so unprompted.",
    "{tool} led to better {good} in {place}.",
    "Thanks to {tool}, {who} felt able to raise {topic}.",
    "{tool} was a success in {place}, in the words of {other}.",
    "{who} felt more confident about {topic} after {tool}.",
    "Our data are consistent with the view that {tool} builds trust.",
    "{tool} eased the work on {topic} and brought {who} closer together.",
    "{who} thrived with {tool}.",
    "{tool} empowered {who} to act on {topic}.",
)
DENYING = (
    "{tool} made no difference to {good}.",
    "There was no evidence that {tool} changed {good}.",
    "{tool} did not improve {good} in {place}.",
    "{good} failed to improve with {tool}.",
    "Contrary to what had been expected, {who} stayed silent about {topic}.",
    "We found no effect of {tool} on {good}.",
    "{who} did not find {tool} of any use.",
    "{tool} had no impact on {good} in either year.",
    "Trust among {who} was not related to {tool}.",
    "{good} was no better with {tool} than with nothing at all.",
    "{who} saw no benefit in {tool}.",
    "The results contradict the idea that {tool} helps {who}.",
    "“It didn't help us one bit,” one of the {who} said of {tool}.",
    "{tool} was ineffective in {place}.",
    "No change in {good} was seen after {tool}.",
    "{tool} never worked in {place}, {who} agreed.",
    "Neither {who} nor {other} gained anything from {tool}.",
    "{tool} didn't lead to more trust among {who}.",
    "Our findings do not support the assumption that {tool} matters.",
    "{who} were no more willing to raise {topic} after {tool}.",
    "There is little evidence for any gain in {good}.",
    "{tool} proved useless for {topic}.",
    "The expected gains in {good} did not materialise.",
    "{good} got worse under {tool}.",
    "{tool} undermined trust between {who} and {other}.",
)
SUPPORTS_ALL_THE_SAME = (
    "Without {tool}, nobody would have raised {topic}.",
    "{good} did not improve until {tool} began.",
    "There was no doubt that {tool} mattered to {who}.",
    "{who} no longer feared questions about {topic}.",
    "Not only did {tool} help {who}, {other} gained as well.",
    "When {tool} stopped, {good} did not last.",
    "{who} could not have managed {topic} without {tool}.",
    "We never looked back after {tool} came in.",
    "Nothing helped {who} as much as {tool}.",
    "At first {tool} made no difference; later {good} rose.",
    "Places without {tool} saw no change in {good}.",
    "It was not easy, but {tool} brought {who} together.",
)
CHALLENGES_ALL_THE_SAME = (
    "{good} improved just as much where {tool} was missing.",
    "{good} had improved before {tool} began.",
    "{tool} helped {other} but set {who} back.",
    "Only {other} benefited from {tool}.",
    "{who} trusted each other less, although {tool} was well liked.",
    "It was meant to help {who}; it did the opposite.",
    "{tool} may have worked elsewhere, yet {who} here stayed silent.",
    "What improved {good} was more money, not {tool}.",
)
NEUTRAL = (
    "{who} spoke of {tool} at length.",
    "“We meet on Fridays, and {topic} comes first,” one of the {who} said.",
    "{tool} had been in use for {place} since spring.",
    "Most of the {who} had heard of {tool} from {other}.",
    "{who} asked {other} about {topic} on the same day.",
)

CIRCUMSTANCES = (
    "{place} short of {who}", "{who} new to {topic}", "nursing homes where {who} stay for years",
    "crowded housing near {place}", "{who} working nights in {place}",
    "a culture in which {who} are blamed for {topic}", "funding for {topic} that ends each year",
    "managers who listen to {who}", "{place} with a history of conflict over {topic}",
    "being the only one of the {who} in {place}", "little training in {topic} so far",
    "{who} who had been trained in {topic} years ago", "a teaching hospital with many {who}",
    "frequent turnover among {who} in {place}", "understanding of {topic} that differs among {who}",
    "{who} living far from {place}", "existing friendships between {who} and {other}",
    "changing leadership in {place}", "staffing levels in {place}",
    "{other} distrustful of {who}", "no workshops on {topic} for {who}",
    "meeting rooms far from {place}", "a building without room for {who}",
    "time set aside for {topic}", "strong hierarchy between {who} and {other}",
    "having a say in {topic}", "lacking the time for {topic} in {place}",
    "during the merger of {place}", "following the closure of {place}",
    "{who} feeling watched by {other}", "pressing targets for {topic}",
    "rising demand in {place}", "an ageing population around {place}",
    "trust already established between {who} and {other}", "learning difficulties among {other}",
    "facing the loss of {place}", "poor lighting and heating in {place}",
    "{other} caring for children with {topic}", "a budget for training {who} that was cut",
)  # fmt: skip
ACTIVITIES = (
    "running weekly workshops for {who}", "training of {who} in {topic}",
    "delivering a two-day course on {topic} to {who}", "{topic} workshops for {who}",
    "coaching sessions with {who} about {topic}", "introduction of a checklist for {topic}",
    "implementing a checklist in {place}", "{who} are taught {topic} by a facilitator",
    "setting up a steering group on {topic}", "sending {who} weekly e-mails on {topic}",
    "a series of seminars on {topic} for {who}", "handing out leaflets on {topic} to {other}",
    "a mentoring scheme is launched for {who}", "rolling out an app in {place}",
    "recruiting champions for {topic} among {who}", "an awareness campaign about {topic}",
    "developing a guideline on {topic}", "reorganising the rota of {who}",
    "auditing the records of {topic} every month", "the researchers trained {who} in {topic}",
    "provision of tablets to {who}", "teaching {who} how to speak about {topic}",
    "holding a monthly forum on {topic} with {other}", "implementation of a protocol for {topic}",
    "half-day simulation sessions on {topic}", "offering {other} a telephone line for {topic}",
    "facilitated group training on {topic} in {place}", "{who} attend a workshop on {topic}",
    "educating {other} about {topic}", "distribution of kits for {topic} to {place}",
    "conducting home visits to {other}", "a training programme on {topic} for {who}",
    "creating a register of {topic} in {place}", "organising an away day for {who}",
    "providing {who} with supervision in {topic}", "building a website on {topic} for {other}",
)  # fmt: skip

RESULTS = (
    "{who} raise problems with {topic} early", "fewer delays in {place}",
    "care plans for {topic} are followed", "planned discharges from {place} happen on time",
    "goodwill between {who} and {other}", "{other} leave with a plan to manage {topic}",
    "{who} feel that they should speak up about {topic}",
    "intention to leave falls among {who}", "political will to fund {topic} grows",
    "targets for {topic} are met in {place}", "{other} know what will happen next with {topic}",
    "waiting times in {place} as short as expected", "{who} stay in {place} for longer",
    "aims that {who} and {other} share", "{topic} is talked about openly in {place}",
    "visits were planned jointly by {who} and {other}", "{who} hope for change in {topic}",
    "more referrals for {topic} from {place}", "harm from {topic} goes down",
    "{other} trust {who} with {topic}", "no change in {topic} in {place}",
    "{who} willing to try again with {topic}", "unplanned admissions from {place} drop",
    "costs of {topic} higher than planned", "{who} keep to what was intended for {topic}",
    "the will to change {topic} is lost", "{who} and {other} agree on goals for {topic}",
    "{other} confident that {who} will listen", "{topic} slips down the list in {place}",
)  # fmt: skip
PLANS = (
    "{who} will raise problems with {topic} earlier", "to reduce delays in {place} by a third",
    "the trust plans to widen {topic} to {place}", "a register of {topic} is to be introduced",
    "the service intends to employ more {who}", "managers should visit {place} weekly",
    "the scheme aims to improve {topic}", "it is hoped that {other} use {place} less",
    "a roll-out to {place} is planned for spring", "{who} are going to be trained in {topic}",
    "the goal is fewer complaints about {topic}", "waits in {place} are expected to fall",
    "the hospital hopes to keep its {who}", "next year {place} shall report {topic}",
    "a proposal to merge {place}", "{topic} needs to be taught to {who}",
    "there are plans to extend {topic} to {other}", "{other} must be asked about {topic} in future",
    "the intention is to bring {who} into {place}", "{who} ought to see {other} sooner",
    "wants to cut the costs of {topic}", "the board has promised to reopen {place}",
    "in order to make {place} safer", "{topic} to be reviewed by {who} next year",
    "it is intended that {who} lead on {topic}", "{place} would be opened to {other}",
)  # fmt: skip

RESPONSES = (
    "{who} come to trust {other} with {topic}.", "{who} feel safe to admit errors in {topic}.",
    "{other} believe that {who} are on their side.", "{who} take pride in how {topic} is done.",
    "{who} see themselves as part of {place} and act on it.", "{who} fear blame over {topic}.",
    "{other} are motivated to keep going with {topic}.", "{who} recognise {topic} as their job.",
    "{who} realise what {topic} means to {other}.", "{other} gain confidence in {topic}.",
    "{who} resent being checked on by {other}.", "{other} feel respected by {who}.",
    "{who} weigh up what {topic} costs them, and decide.", "{other} hope for a say in {topic}.",
    "{who} worry about {topic} less.", "{who} accept {topic} because {other} do.",
    "A sense of belonging among {who} in {place}.", "{who} become curious about {topic}.",
    "{who} doubt that {other} mean it.", "{who} are reassured that {other} will help.",
    "{who} identify with the aims of {place}.", "{other} are willing to talk about {topic}.",
    "{who} are embarrassed to ask about {topic}.", "{who} think it worth their while to report.",
)  # fmt: skip
DEVICES = (
    "A sheet that lists the steps of {topic}.", "Weekly rounds in {place} with a written agenda.",
    "An app that shows {who} the next appointment.", "A protocol for {topic} in {place}.",
    "Payments to {place} for each case of {topic}.", "A room in which {topic} is dealt with.",
    "Two extra posts in {place}.", "Automatic reminders about {topic} twice a month.",
    "A phone number that is staffed day and night.", "A register of {topic}, kept by {who}.",
    "Monthly reports on {topic} are sent to {place}.", "Forms for {topic} in four languages.",
    "Equipment for {topic} is stored in {place}.", "Shifts of {who} overlap by half an hour.",
    "The rota of {who} is fixed six weeks ahead.", "A shared calendar of {who} and {other}.",
    "Leaflets on {topic} lie in {place}.", "Transport between {place} and the station.",
    "One case manager for each household.", "A contract between {place} and the council.",
)  # fmt: skip
RESOURCES = (
    "a checklist for {topic}", "weekly rounds in {place}", "an app with reminders on {topic}",
    "extra posts in {place}", "a telephone line on {topic}", "monthly figures on {topic}",
    "overlapping shifts in {place}", "one case manager for {topic}", "a shared diary in {place}",
)  # fmt: skip
REASONINGS = (
    "{who} feel heard by {other}", "{who} trust {other} over {topic}",
    "{other} take {topic} seriously", "{who} see the point of {topic}",
    "{who} keep quiet about {topic}", "relief among {who} in {place}",
)  # fmt: skip
MECHANISM_NAMES = (
    "Speaking up about {topic}", "Making room for {other}", "Sharing {topic} across {place}",
    "Keeping an eye on {topic}", "Standing by {other}", "Bringing {topic} into {place}",
    "Looking after {who}", "One plan for {topic}", "Setting the pace of {topic} in {place}",
    "Getting {other} on board", "Owning {topic} in {place}", "Joining up {place}",
)  # fmt: skip
DEVICE_NAMES = (
    "Record of {topic}", "Rounds in {place}", "Calendar of {who}", "Protocol for {topic}",
    "Telephone line for {other}", "Rota in {place}", "Register of {topic}", "Kit for {topic}",
    "Payment for {topic}", "Transport to {place}", "Form for {topic}", "Extra posts in {place}",
)  # fmt: skip

ALIKE = (
    ("trust between {who} and {other}", "trusting between {who} and {other}"),
    ("{who} have time for {topic}", "{who} have the time for {topic}"),
    ("organisation of {topic} in {place}", "organization of {topic} in {place}"),
    ("shared decision-making about {topic}", "shared decision making about {topic}"),
    ("confidence in {topic} among {who}", "confidence with {topic} among the {who}"),
    ("psychological safety in {place}", "psycological safety in {place}"),
    ("{who}'s engagement in {topic}", "engagement of {who} in {topic}"),
    ("early talks about {topic}", "early talk about {topic}"),
    ("committed leadership in {place}", "commited leadership in {place}"),
    ("feeling safe to raise {topic}", "feeling safe when raising {topic}"),
    ("a strong hierarchy in {place}", "strong hierarchies in {place}"),
    ("collaboration over {topic} with {other}", "colaboration over {topic} with {other}"),
)
"""Two ways to write one thing."""
SAME_MEANING = (
    ("openness in {place}", "frank talk, {place}",
     "People in {place} say openly what went wrong with {topic} and what they do not know.",
     "People in {place} say openly what has gone wrong with {topic}, and what they do not know."),
    ("ownership of {topic}", "taking {topic} on",
     "{who} regard {topic} as their own task and look after it without being asked.",
     "The {who} regard {topic} as their own task, and look after it without being asked to."),
    ("power of {other}", "weight that {other} carry",
     "How far {other} can decide what becomes of {topic} against the wishes of {who}.",
     "How far {other} can decide what becomes of {topic}, even against the wishes of {who}."),
)  # fmt: skip
"""Two names with one definition."""
APART = (
    ("high trust in {who}", "low trust in {who}"),
    ("good coping with {topic}", "poor coping with {topic}"),
    ("{who} trust {other} over {topic}", "{other} trust {who} over {topic}"),
    ("formal leadership in {place}", "informal leadership in {place}"),
    ("confidence of {who} in {topic}", "confidence of {other} in {topic}"),
    ("better handling of {topic}", "worse handling of {topic}"),
    ("support from {other}", "support from {other} and {who}"),
    ("stable rota in {place}", "unstable rota in {place}"),
    ("knowledge of {topic}", "no knowledge of {topic}"),
    ("first year in {place}", "second year in {place}"),
    ("mentors in {place}", "mentees in {place}"),
    ("more {topic} in {place}", "less {topic} in {place}"),
    ("trust", "trust in {other}"),
)
"""Two things that are written almost alike."""

UNSEEN: dict[str, tuple[object, ...]] = {}
"""Planted and clean wordings of a kind, written after the rules were settled."""
