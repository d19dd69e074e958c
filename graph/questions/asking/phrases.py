"""What the names in braces of a form stand for, and the phrases that may stand around it."""

from __future__ import annotations

SLOTS: dict[str, tuple[str, ...]] = {
    "thing": ("mechanism", "concept", "configuration", "theory"),
    "other": ("mechanism", "concept", "configuration", "theory"),
    "about_that": ("mechanism", "concept", "configuration", "theory"),
    "part": ("mechanism", "concept"),
    "with": ("mechanism", "concept"),
    "mechanism": ("mechanism",),
    "concept": ("concept",),
    "context": ("concept",),
    "start": ("concept", "mechanism"),
    "end": ("concept", "mechanism"),
    "source": ("source",),
    "without": ("source",),
    "without_level": ("level",),
    "review": ("review",),
    "first": ("review",),
    "second": ("review",),
    "third": ("review",),
    "level": ("level",),
    "perspective": ("perspective",),
    "setting": ("setting",),
    "audience": ("audience",),
    "stage": ("stage",),
    "audience_too": ("audience",),
    "topic": ("topic",),
    "whose": ("level", "perspective"),
    "record": (
        "mechanism",
        "concept",
        "configuration",
        "theory",
        "review",
        "source",
        "finding",
    ),
}
"""What a slot may name, in the order in which it is looked for."""

FREE: dict[str, str] = {
    "rest": r"(?:\S+ )+?",
    "claim": r"(?:\S+ )+",
    "counted": r"(?:[a-z0-9]+ )+?",
    "year": r"(?:19|20)\d\d ",
    "to": r"(?:19|20)\d\d ",
}
"""What may be any words, or a year."""

MACROS: dict[str, str] = {
    "is": "(is | are | was | were)",
    "has": "(has | have | had)",
    "do": "(do | does | did)",
    "would": "(do | does | did | can | could | will | would | might)",
    "the": "[the | a | an | any | all | all the | some | our]",
    "who": "(who | which [of the] (authors | people | sources | stakeholders | reviewers))",
    "about": "(about | on | over | regarding | concerning | around | for | of | in | into | to | "
    "with regard to | in relation to | related to | relating to | with respect to | as regards)",
    "lead": "(what | which | how much | is there | are there | was there | were there | is it | "
    "do we have | have we got | do you have | have you got | do you know of | what is | what are | "
    "where is | where are | where can (i | we) find | there is | there are | any | all | the | some "
    "| a | of | what kind of | what sort of | how many)*",
    "there": "[is there | are there | there is | there are | was there | do we have | do you have "
    "| have we | have you | is held | are held | exists | exist | is available | is known | there]",
    "mechanisms": "[which | what | all | the | all the | those | any | how many | are there [any]] "
    "[of the] [programme] (mechanism | mechanisms)",
    "that": "[that | which | who]",
    "evidence": "[empirical | research] (support | evidence | backing | proof | case)",
    "sources": "[the | any | all | included] (source | sources | studies | study | paper | papers | "
    "evidence | authors | literature | articles | researchers | people)",
    "source_word": "[the] (source | sources | paper | papers | study | studies | article | "
    "articles)",
    "disagree": "(disagree | conflict | diverge | differ | clash | contradict each other | "
    "contradict one another | contradict themselves | not agree | say different things | "
    "come to different conclusions | find different things)",
    "works": "(work | operate | succeed | help | fire | function | take effect | make a difference "
    "| matter | hold | play out)",
    "fails": "(fail | not work | not succeed | not help | not hold | backfire | do harm | harm | "
    "break down | go wrong | fall short | not function | misfire)",
    "effect": "(matter | matters | work | works | help | helps | is important | is effective | "
    "has an effect | has any effect | helps people | works for people | makes a difference | make a difference | makes a difference to people | is real | exists | "
    "happens | occurs | counts | plays a role | plays a part | is relevant | is needed)",
    "lead_to": "(lead to | leads to | get to | result in | bring about | end in | end up in | "
    "contribute to | turn into | cause | affect | influence | become | produce | create)",
    "caused": "(caused | triggered | brought about | produced | explained)",
    "causes": "(trigger | triggers | cause | causes | lead to | leads to | produce | produces | "
    "bring about | brings about | result in | results in | give rise to | gives rise to | "
    "contribute to | contributes to | drive | drives | affect | affects | influence | influences | "
    "generate | generates | promote | promotes | explain | explains)",
    "drop": "(drop | remove | exclude | leave out | omit | ignore | take out | take away | lose | "
    "dropped | removed | excluded | left out | omitted | ignored | took out | took away | lost)",
    "dropped": "(dropped | merged | incorporated | removed | excluded | left out | abandoned | "
    "absorbed | not kept | folded in | subsumed | discarded | cut | taken out | combined | "
    "thrown out | given up | rejected | no longer a mechanism | not a mechanism any more)",
    "looked": "(look | looked | looking | search | searched | searching | check | checked | hunt | "
    "hunted | seek | sought)",
    "nobody": "(nobody | no one | no search | no review | no reviewer | none of the reviews | "
    "no reviewers)",
    "cmos": "[which | what | all | the | all the | any | how many | list] [of the] [cmo | cmoc | "
    "context mechanism outcome] (configuration | configurations | cmo | cmos | cmoc | cmocs | "
    "cmo configurations)",
    "cmos_bare": "[cmo | cmoc] (configuration | configurations | cmo | cmos | cmoc | cmocs)",
    "appraisers": "[the | two | our] (reviewer | reviewers | appraiser | appraisers | coder | "
    "coders | rater | raters | assessors | extractors)",
    "people": "(people | those | anyone | someone | individuals | somebody | everyone | persons | "
    "learners | trainees | participants | pupils | {whose})",
    "known": "(is | was | has been) (known | said | written | reported | understood | shown | "
    "stated | learnt | learned | published)",
    "need": "(is needed | is called for | is recommended | is suggested | is proposed | "
    "is required | is still needed | should be done | needs to be done | needs doing | do we need "
    "| is necessary | are needed | are recommended | are proposed | are suggested | "
    "are called for | should follow | comes next | is left to do | was recommended | was suggested "
    "| was called for | was proposed | is there | are there)",
    "study": "(study | research | investigate | examine | explore | look into | look at)",
    "studied": "(studied | researched | investigated | examined | explored | looked into | "
    "looked at | addressed)",
    "gap": "(gap | gaps | open questions | open question | unanswered questions | unknowns | "
    "knowledge gaps | uncertainties | blind spots)",
    "gap_word": "[evidence] (gap | gaps)",
    "contradiction": "(contradiction | contradictions | disagreement | disagreements | conflict | "
    "conflicts | dispute | disputes | controversy | controversies | (conflicting | contradictory | "
    "opposed | inconsistent | mixed) (evidence | findings | results))",
    "says": "(say | says | said | state | states | stated | claim | claims | claimed | argue | "
    "argues | argued | think | thinks | thought | believe | believes | believed | report | "
    "reports | reported | mention | mentions | mentioned | hold | holds | held | suggest | "
    "suggests | suggested | talk | talks | talked | speak | speaks | spoke | told us | pointed out"
    " | maintain | maintains | wrote | writes)",
    "of": "(for | of | about | on | with | involving | including | containing | under | behind | "
    "featuring | in | that {is} about | concerning | around | where)",
    "removed": "({source_word} {without} | {without} | {kinds} | [the] {without_level} (level | levels) | "
    "level {without_level})",
    "low_grade": "(low {quality} | poor {quality}) [studies | sources | papers | evidence | ones | "
    "study]",
    "context_people": "{people} (with | who have | who had | having | in | who show | whose) "
    "{context}",
    "with_people": "{people} (with | who have | who had | having | in | who show | whose) {with}",
    "effect_bare": "(matter | work | help | important | effective | have an effect | exist | "
    "make a difference | real | occur | happen | needed | relevant)",
    "audiences": "{audience} [(and | or) {audience_too}]",
    "review_word": "[the | this | that] [realist] (review | synthesis | report | study)",
    "reviews": "[the | these | all | all the | our | loaded | any] [{number}] (reviews | "
    "syntheses | realist reviews)",
}
"""Words that many patterns share."""

CHOICES: dict[str, dict[str, str]] = {
    "noun": {
        "": "[piece of | pieces of | bits of] evidence | anything | something | argument | arguments | proof | data | quote | quotes | quotations | passages | source | sources "
        "| material | information | info | extracts | references",
        "primary": "primary (study | studies | research | sources | evidence)",
        "empirical": "[empirical | research] (study | studies | research | literature) "
        "| empirical (evidence | sources | data | support)| research evidence | "
        "published evidence | published (studies | research)",
        "paper": "[research | journal | empirical] (paper | papers | article | articles | "
        "publication | publications)",
        "grey": "grey (literature | report | reports | evidence | sources | documents)",
        "synthesis": "(synthesis | syntheses) [evidence] | evidence syntheses | systematic reviews",
        "interview": "(interview | interviews) [evidence | data | quotes | material] | interviewee "
        "| interviewees",
        "consultation": "(consultation | consultations) [evidence | data]",
        "stakeholders": "(stakeholder | stakeholders) [evidence | data | input | views | view | "
        "voices | opinion | opinions | perspectives]",
    },
    "kinds": {
        "primary": "primary (study | studies | research | sources)",
        "empirical": "[empirical | research] (study | studies | literature | research)",
        "paper": "[research | journal] (paper | papers | article | articles | publications)",
        "grey": "grey (literature | report | reports | sources)",
        "synthesis": "synthesis | syntheses",
        "interview": "interview | interviews | interviewee | interviewees",
        "consultation": "consultation | consultations | [the] stakeholder consultation group",
        "stakeholders": "stakeholder | stakeholders",
    },
    "stance": {
        "": "{about} | behind | mentioning | discussing | addressing | covering | dealing with | "
        "to do with | (that | which) {is} about | (that | which) (mention | mentions | discuss | "
        "discusses | address | addresses | cover | covers | concern | concerns | talk about | "
        "talks about | look at | looks at | deal with | deals with)| for and against | "
        "for or against | (that | which) (support | supports) or (challenge | challenges)| "
        "supporting or challenging",
        "challenges": "against | challenging | contradicting | opposing | disputing | refuting | "
        "questioning | disproving | contrary to | counter to | not supporting | not in favour of | "
        "(that | which) (challenge | challenges | contradict | contradicts | oppose | opposes | "
        "dispute | disputes | refute | refutes | question | questions | undermine | undermines | "
        "weaken | weakens | go against | goes against | speak against | speaks against | "
        "disagree with | disagrees with | {do} not support | is against | are against | "
        "counts against)",
        "supports": "supporting | backing | confirming | in support of | in favour of | backing up "
        "| (that | which) (support | supports | back | backs | back up | backs up | confirm | "
        "confirms | is in favour of | speaks for | agrees with)",
        "refines": "refining | nuancing | (that | which) (refine | refines | nuance | nuances)",
    },
    "verb": {
        "": "mention | mentions | discuss | discusses | address | addresses | cover | covers | "
        "talk about | talks about | deal with | deals with | describe | describes | "
        "report on | reports on | examine | examines | explore | explores | look at | "
        "looks at | study | concern | concerns | is about | are about | mentioned | discussed | "
        "examined | explored | looked at | bear on | bears on | speak to | speaks to",
        "challenges": "challenge | challenges | challenged | contradict | contradicts | "
        "contradicted | oppose | opposes | opposed | dispute | disputes | refute | refutes | "
        "refuted | undermine | undermines | {do} not support | go against | goes against | "
        "speak against | speaks against | disagree with | disagrees with | question | questions | "
        "argue against | argues against | is against | are against | is not supported",
        "supports": "support | supports | supported | back | backs | backed | back up | backs up | "
        "confirm | confirms | confirmed | agree with | agrees with | endorse | endorses",
        "refines": "refine | refines | refined | nuance | nuances",
    },
    "support": {
        "none": "no | without | without any | with no | lacking | lack | lacks | unsupported | "
        "not supported | not supported by | not backed by | have no | has no | not have | "
        "with zero | zero | lacking any | lack any | not any | no longer any",
        "weak": "weak | little | thin | weakly supported | poorly supported | scarce | scant | "
        "limited | only weak | only little | barely any | hardly any | single source",
        "mixed": "mixed | conflicting | contested | contradictory | disputed | inconsistent | "
        "mixed or conflicting",
        "supported": "supported | well supported | supporting | backed | with | positive | "
        "supported by | backed by | have | has",
        "challenged": "challenged | only challenged | refuted | only challenging | only opposing | only negative",
        "stakeholders only": "stakeholders only | only stakeholder | only stakeholders | "
        "stakeholder only | only interview | only stakeholders",
    },
    "finding": {
        "recommendation": "recommendation | recommendations | policy recommendations | "
        "practice recommendations | recommended actions",
        "implication": "implication | implications | practice implications | policy implications",
        "future research": "future research [needs | recommendations | questions | directions | "
        "agenda] | further research | research recommendations | research needs | research agenda "
        "| recommendations for [future | further] research | implications for [future | further] "
        "research | suggestions for [future | further] research | future studies | future work | "
        "research questions for the future | calls for [future | further] research | "
        "future research ideas",
        "gap": "stated gaps | gaps stated | reported gaps",
        "finding, gap": "finding | findings | key findings | main findings | key results | main results | conclusion | conclusions | main conclusions | key messages",
    },
    "listed": {
        "mechanisms": "[programme] (mechanism | mechanisms)",
        "papers": "(paper | papers | articles | article | publications | studies | "
        "study)",
        "sources": "(source | sources | documents | references | evidence sources)",
        "interviews": "interview | interviews",
        "consultations": "consultation | consultations",
        "syntheses": "synthesis sources | syntheses",
        "grey": "grey (literature | reports | sources | report) | pieces of grey literature",
        "configurations": "[cmo | cmoc | context mechanism outcome] (configuration | configurations"
        " | cmo | cmos | cmoc | cmocs)",
        "concepts": "concept | concepts",
        "contexts": "context | contexts",
        "resources": "resource | resources",
        "reasonings": "reasoning | reasonings | responses",
        "outcomes": "outcome | outcomes",
        "programme theories": "programme (theory | theories) | initial programme (theory | "
        "theories)",
        "substantive theories": "(substantive | middle range | mid range | formal | named) (theory "
        "| theories)",
        "theories": "theory | theories",
        "reviews": "[loaded | realist] (review | reviews | syntheses in the graph | data sets | "
        "datasets)",
        "levels": "level | levels",
        "perspectives": "perspective | perspectives | viewpoints",
        "stages": "stage | stages | search stages | searches",
        "pieces of evidence": "(piece | pieces | items | bits) of evidence | evidence items | "
        "evidence records",
        "findings": "findings of any kind | statements",
        "recommendations": "recommendation | recommendations",
        "implications": "implication | implications",
        "gaps": "stated gaps",
    },
    "status": {
        "incorporated": "merged | incorporated | absorbed | subsumed | folded | combined",
        "incorporated, no evidence": "dropped | abandoned | removed | discarded | not kept | "
        "left out | excluded | cut",
        "new": "new | added | newly added | newly found | emergent",
        "no evidence": "stated to have no evidence | stated without evidence",
        "supported": "retained | kept | confirmed | stated supported | stated as supported",
    },
    "polarity": {
        "positive": "positive | good | beneficial | helpful | successful | desired | desirable",
        "negative": "negative | bad | harmful | adverse | unwanted | unsuccessful | undesirable | "
        "unintended",
        "neutral": "neutral | no effect",
        "mixed": "mixed | ambivalent",
    },
    "role": {
        "context": "context | contexts | circumstances | conditions | situations | circumstance | "
        "condition",
        "resource": "resource | resources",
        "reasoning": "reasoning | reasonings | response | responses | reaction | reactions",
        "outcome": "outcome | outcomes | result | results | effect | effects | consequence | "
        "consequences | impact | impacts",
    },
    "number": {"2": "both | two", "3": "three", "4": "four", "5": "five", "6": "six"},
    "inner": {
        "resource": "resource | resources",
        "reasoning": "reasoning | reasonings | response | responses | reaction | reactions",
    },
    "grade": {"low": "low | poor | weak", "moderate": "moderate | medium", "high": "high"},
    "quality": {
        "relevance": "relevance | relevant",
        "rigour": "rigour | rigorous",
        "richness": "richness | rich",
    },
    "by": {
        "level": "level | levels",
        "perspective": "perspective | perspectives | viewpoint",
        "source kind": "source kind | kind of source | source kinds | source type | "
        "type of source | type of evidence",
        "setting": "setting | settings",
    },
    "boxed": {
        "included": "include | included | contain | cover | rest on | consider | keep | retain",
        "screened": "screen",
        "excluded": "exclude | reject | discard",
        "found": "find | identify | retrieve | locate",
        "read": "read",
        "assessed": "assess | appraise",
        "removed": "remove",
    },
    "fact": {
        "funding": "funder | funders | funding | source of funding | funding source | sponsor | "
        "sponsors | grant | financial support",
        "registration": "registration | registration number | prospero (number | id | registration "
        "| record | entry)| prospero | registration id | protocol",
        "objectives": "objective | objectives | aim | aims | goal | goals | purpose | "
        "aims and objectives",
        "question": "research question | research questions | review question | question | "
        "questions",
        "databases": "database | databases | databases searched | bibliographic databases | "
        "electronic databases",
        "handsearched": "hand searched journals | handsearched journals | journals hand searched | "
        "journals searched by hand | hand searches",
        "searched on": "search date | search dates | date of [the] search | dates of [the] search "
        "| date of [the] searches | dates of [the] searches | period of the search",
        "authors": "author | authors",
        "year": "year of publication | publication year | publication date | date of publication "
        "| year",
        "citation": "citation | reference | full reference | full citation",
        "doi": "doi",
        "title": "title | full title",
        "licence": "licence | license | copyright | terms of use",
        "limitations": "limitation | limitations | strengths and limitations | strengths | "
        "weaknesses | strengths and weaknesses",
        "interests": "conflicts of interest | conflict of interest | competing interests | "
        "declarations of interest | declared interests | interests declared",
        "search strategy": "search strategy | search",
        "methods of selection and appraisal": "selection criteria | quality appraisal | appraisal "
        "| screening method | screening process | inclusion criteria | screening",
        "extraction": "data extraction | extraction | extraction method",
        "synthesis": "analysis and synthesis | synthesis method | method of synthesis | "
        "analysis method | data analysis",
        "note": "note | notes | caveat | caveats",
    },
}
"""Choices of words, by the value that they set; an empty value sets nothing."""

SETS = {
    "noun": "source_kind",
    "kinds": "source_kind",
    "verb": "stance",
    "finding": "kind",
    "listed": "kind",
    "status": "stated",
    "inner": "role",
    "fact": "item",
}
"""The filter that a choice sets, where it bears another name."""

BEGINNING = """
(please | pls | plz | kindly | ok | okay | so | well | um | hi | hello | hey | dear | thanks |
sorry | excuse me | and | now | then | hi there | good morning | good afternoon |
(can | could | would | will) (you | u | anyone | someone | somebody) [please | kindly] | can i |
may i | could i | can we | let me | let us | lets | help me | to |
(i | we) [would | am | are | was | were | do | really | just | also]
(like | want | need | wish | know | trying | wondering | wonder | interested | looking | wanting |
curious | love | hoping) [in | for | if | to | whether | about] |
(i | we) [would] (want | like | need | love | am trying | are trying) to |
(know | see | find | find out | hear | learn | understand | look for | get | have | view | read) |
(show | tell | give | find | get | list | fetch | bring | display | send | print | return | search |
look) [up | out | for] [me | us | to me] | do you know | does anyone know | do we know | any idea |
is it known | whether | if | my question is | question | a question | quick question | i ask |
just | maybe | perhaps | actually | generally | basically | wondering | wonder | interested in)
"""
"""What may stand before a question."""

ENDING = """
(please | pls | plz | kindly | thanks | thank you | thank you very much | many thanks | cheers | ta
| then | exactly | precisely | at all | so far | to date | overall | in total | in general |
if any | if there is any | if there are any | if possible | for me | for us | in the graph |
in this graph | in the database | in your database | in the data | in the data set | in the dataset
| in theorygraph | here | today | now | right now | currently | in all reviews | in any review |
in any of the reviews | in the reviews | in these reviews | across reviews | across the reviews |
across all reviews | across all the reviews | in the loaded reviews | anywhere | actually | really |
or not | i wonder | do you know | you have | that you have | we have | that we have | you know of |
altogether | alltogether | in this review set | in detail | briefly | in brief)
"""
"""What may stand after a question."""

NARROWING: dict[str, str] = {
    "review": """
(in | from | of | within | for | according to | by) {review_word} [of | by | called | from] {review}
(in | from | of | within | for | according to | by | across | inside) [the | this] {review} [review | synthesis | report | study]
(according to | in) [the] authors of {review}
[the] {review} [review]
""",
    "level": """
[but] (at | with | where | for which) [the] level [is] (not stated | unstated | not given | not recorded | missing | unknown | not reported) => level=not stated
(without | with no | that {has} no | which {has} no | lacking) [a | any | stated | a stated] (level | levels) => level=not stated
(whose | where) level [is | was] (not stated | unstated | not given | missing | unknown) => level=not stated
[but] (at | on | for | of) [the] level [of] [the] {level} [level | levels]
[but] (at | on | for | of | in) [the | a | an] {level} (level | levels)
{level} (level | levels)
[but] (in | among | within | for | across | inside | at) [the] {level}
""",
    "perspective": """
(without | with no | that {has} no | which {has} no) [a | any] [stated] perspective => perspective=not stated
where [the] perspective [is] (not stated | unstated | missing | unknown) => perspective=not stated
(from | of) [the | a | an | any] (perspective | perspectives | viewpoint | point of view | view | views | standpoint | eyes | side | angle | voice | voices) of [the | a] {perspective}
(from | of | in) [the | a | an | any] {perspective} (perspective | perspectives | viewpoint | viewpoints | point of view | view | views | standpoint | eyes | side | angle)
(from | by | given by | provided by | according to) [the | any] {perspective} [themselves]
{perspective} (perspective | perspectives | viewpoint | viewpoints | view | views | voice | voices)
[the | any] (perspective | perspectives | viewpoint | view | views | voice | voices | opinions | opinion | accounts | experiences) of [the] {perspective}
""",
    "grade": """
(with | of | having | at | that {has} | and) [a | an] at least [a | an] {grade} [for] {quality} => least=yes
(with | of | having | at | that {has}) [a | an] {grade} or (higher | better | more | above | over | high | upwards) {quality} => least=yes
(with | whose | where | having | of) [the | a] {quality} [is | of | graded | rated] at least {grade} => least=yes
(with | whose | where | of) [the | a] {quality} [is | of | graded | rated] {grade} or (higher | better | above | more | high) => least=yes
at least {grade} {quality} => least=yes
[with | of] (moderate | high) or (moderate | high) {quality} => least=yes; grade=moderate
{grade} or (higher | better | above | more | high) {quality} => least=yes
(with | of | having | that {has} | that {is}) [a | an | only] {grade} {quality}
(with | whose | where | having) [the | a] {quality} [is | of | graded | rated | graded as | rated as] {grade}
(graded | rated | appraised) [as] {grade} (for | in | on) {quality}
{grade} {quality}
""",
    "appraised": """
(without | with no) [a] (grade | grading | appraisal) (of | for) {quality} => grade=not stated
(without | with no) {quality} (grade | grading | appraisal) => grade=not stated
(that {is} | which {is} | where {quality} is) not (graded | appraised) for {quality} => grade=not stated
""",
    "context": """
in [the] (context | contexts) [of | that | where] {context}
(where | when | given | if) [there {is}] {context}
(for | with | among | in) {people} (with | who have | who had | having | in | who show | of) {context}
(in | under | within | given) {context}
""",
    "source_kind": """
(from | in | by | within | based on | according to | using) [the | any | only] {kinds} [alone | only | evidence]
(that | which) (come | comes | came | is | are) from [the] {kinds}
[only] (from | in) {kinds} only
""",
    "years": """
[published | dated] since {year} => years=since
[published | dated] from {year} (on | onward | onwards | to now | to date | to today) => years=since
(published | dated | that {is} from | that was published | written | reported) in {year} => years=in
[published | dated] (after | later than | newer than | more recent than) {year} => years=after
[published | dated] (before | earlier than | older than | prior to) {year} => years=before
[published | dated] (until | up to | till | no later than | by) {year} => years=until
[published | dated] (between | from) {year} (and | to | until) {to} => years=between
(in | from | of) {year} => years=in
""",
    "setting": """
(in | from | within | at | for) [the | a | an] {setting} [setting | settings]
(in | from) [the] setting [of] {setting}
""",
    "source": """
(from | in | by | according to) {source_word} {source}
(from | in | by | according to) {source}
""",
    "stage": """
(in | at | of | for | during | by) [the] {stage} [of the search]
""",
    "audience": """
(for | to | aimed at | addressed to | directed at | targeted at | meant for) [the] {audience}
""",
    "noise": """
(the | an) (idea | notion | thought | claim | view) (that | of)
(in the end | in practice | in fact | of course | by the way | for sure | in particular | in reality | finally)
(actually | really | currently | specifically | basically | apparently | also | simply | just | ever | yet)
""",
    "topic": """
(about | on | regarding | concerning | in) [the | a] {topic}
""",
}
"""Phrases that narrow a question; they may stand anywhere in it."""

JUDGED = "it asks for a judgement, and the graph holds what reviews state, not what is best"
NO_RECORD: dict[str, str] = {
    "it says “recent”, and nothing in the graph says from when on: name a year": """
[{rest}] (recent | recently | latest | newest | up to date | last [few | two | three | five | ten | couple of] (year | years | decade) | past [few | two | three | five | ten] (year | years | decade)| lately | nowadays) [{rest}]
""",
    "the graph does not hold the design of studies": """
[{rest}] (qualitative | quantitative | randomised | randomized | rct | rcts | trial | trials | mixed methods | cohort | cross sectional | ethnographic | ethnography | survey | surveys | case study | case studies) [{rest}]
""",
    JUDGED: """
[{rest}] (should | ought | must | had better) [{rest}]
(what | which | who) [{rest}] (most important | more important | best | better | worst | worse | most valuable | most useful | more useful | most promising | most effective | more effective | favourite | greatest | crucial | essential | most relevant) [{rest}]
(is | are | was | were) {rest} (important | better | best | worth it | worthwhile | worth {rest} | a good idea | good | bad | true | right | wrong | useful | valuable | more important | essential | crucial | necessary | too much | credible | trustworthy | a waste [{rest}])
(is | are | was | were) {rest} (better | worse | more important | stronger | weaker | more effective) [than] [{rest}]
[what] (do | would | can | could) you (think | recommend | believe | advise | prefer | agree | suggest) [{rest}]
[what is] [your] (opinion | view | advice | recommendation) [{rest}]
how (important | useful | valuable | good) {rest}
(do | does | did) {rest} (deserve | justify) [{rest}]
""",
    "it asks for advice or for what will happen, and the graph holds what reviews report": """
how (can | could | should | might | to) {rest}
how do (i | we | you | one) {rest}
(will | would) {rest}
what (can | could | must) (i | we | one) {rest}
what (will | would) happen {rest}
""",
}
"""What no record can answer, by the reason."""

BY_HALF: dict[str, str] = {
    "evidence is graded low, moderate or high in relevance, rigour and richness: name a grade": """
[{rest}] (rich | richest | rigorous | relevant) [{rest}]
""",
    "it leaves something out, and that cannot be asked in words: ask with and without it": """
[{rest}] (but | not | except | excluding | other than | apart from | aside from | without | leaving out | ignoring | minus | rather than | instead of | excludes | exclude | excluded | no | never | unless | neither | nor | none | nobody | no one | nothing) [{rest}]
""",
    "it names two things, and this question is about one at a time": """
[{rest}] {thing} [and | or | as well as | and also | plus | together with | versus | vs | both] [for | about | on | against] {other} [{rest}]
""",
    "it is narrowed twice by the same thing, and one would have to be passed over": """
[{rest}] {level} [{rest}] {level} [{rest}]
[{rest}] {perspective} [{rest}] {perspective} [{rest}]
[{rest}] {review} [{rest}] {review} [{rest}]
[{rest}] {setting} [{rest}] {setting} [{rest}]
[{rest}] {year} [{rest}] {to} [{rest}]
[{rest}] {kinds} (and | or) {kinds} [{rest}]
""",
    "“quality” is judged as relevance, rigour and richness: name one of them": """
[{rest}] quality [{rest}]
""",
    "that is done by a command, not asked: see `theorygraph --help`": """
(load | remove | delete | export | serve | publish | report | annotate | template | verify | draw | map | insert | update | write | add | save | download | upload) [{rest}]
""",
}
"""What could be answered by half only, by the reason."""

INSTEAD: tuple[tuple[str, str], ...] = (
    ("evidence for {thing} at {level} level", "at one level"),
    ("how strong is the evidence for {thing}", "how much for and against, by kind of source"),
    ("which mechanisms have no empirical support", "mechanisms that nothing supports"),
    ("gaps in {review}", "the gap matrix, and the gaps that the review states"),
    ("what don't we know about {thing}", "gaps and future research about one thing"),
    ("what became of {mechanism}", "the history of a mechanism, with the stated reason"),
    ("who looked for {mechanism}", "the searches that cover it"),
    ("what future research is needed", "future research"),
    ("in what context does {mechanism} work", "contexts, by polarity"),
    ("how do you get from {start} to {end}", "chains between two"),
    ("where do sources disagree", "contradictions"),
    ("which mechanisms are still supported without low rigour studies", "sensitivity"),
    ("compare {first} and {second}", "two reviews side by side"),
    ("how many papers did {review} include", "boxes of the flow"),
    ("who funded {review}", "who paid for it"),
    ("help", "what can I ask"),
    ("evidence for {thing}", "evidence about it, whatever its stance"),
    ("evidence against {thing}", "what challenges it"),
    ("what did the interviews say about {thing}", "from one kind of source"),
    ("papers about {thing} since 2015", "from some years"),
    ("is there evidence from the {perspective} perspective", "from one perspective"),
    ("what do stakeholders say about {thing}", "what stakeholders say"),
    ("what did {source} find", "what one source reports"),
    ("what is {thing}", "the record itself"),
    ("tell me about {review}", "a review"),
    ("which mechanisms has nobody looked for", "mechanisms that no search covers"),
    ("which mechanism has the most evidence", "mechanisms by how much supports them"),
    ("which mechanisms have weak support", "those that one source supports"),
    ("which mechanisms have mixed evidence", "those with evidence on both sides"),
    ("which mechanisms were merged into others", "by what the review states"),
    ("gaps at {level} level", "one column of it"),
    ("what does {review} recommend", "recommendations"),
    ("implications for {audience}", "implications, by audience"),
    ("which configurations have a negative outcome", "configurations by polarity"),
    ("configurations of {mechanism}", "configurations of a mechanism"),
    ("what works for people with {context}", "configurations in a context"),
    ("what outcomes does {mechanism} produce", "outcomes, by polarity"),
    ("what does {start} lead to", "chains onwards"),
    ("what triggers {end}", "chains backwards"),
    ("which paper does everything depend on", "the weakest link"),
    ("why do the studies disagree about {thing}", "contradictions about one thing"),
    ("what would change without {source}", "without one source"),
    ("do the reviewers agree", "agreement of appraisers"),
    ("what needs fixing in {review}", "lint"),
    ("does the flow of {review} add up", "the search flow"),
    ("which databases did {review} search", "facts of a review"),
    ("is {review} registered", "its registration"),
    ("list all mechanisms", "lists"),
    ("how many mechanisms are there", "numbers"),
)
"""Questions as they can be put, with what they bring: help, and what a refusal offers."""

BOXES = frozenset(
    "screened included excluded identified found read assessed retrieved removed considered left "
    "retained reviewed kept appraised obtained".split()
)
"""What happens to papers in the flow of a search; a review may call it otherwise."""
PAPERS = frozenset(
    "paper papers article articles study studies record records source sources document documents "
    "item items publication publications were was are is been have has the of in by how many had at on after per and "
    "got finally total all together".split()
)
"""What every box counts, and words that say nothing more."""
