"""The words by which the rules of lint judge; they stand in no other place.

They are English: of a review in another language, the rules that go by words are silent.
"""

from __future__ import annotations

from graph.questions.linting.words import Phrases

# ---- Stance -------------------------------------------------------------------------------------

NEGATION = Phrases(
    "not, no, never, neither, nor, none, nobody, nothing, nowhere, without, hardly, barely",
    "scarcely, rarely, seldom, fail*, lack*, absence, absent, missing, unable, little, few",
    "no one, refus*, stopp*, cease*, deni*, despite, unlike, against, instead of, rather than",
)
"""What turns a statement round, or may."""

RESERVE = Phrases(
    "said that, say that, says that, disagree*, a better, lost interest, where there was no",
    "where there were no, at the start, was meant, not for want of, but not, never been so",
    "never been better, never so, deny, question, underestimate*, overstate*, dropped, dropping",
    "gave up, hard to imagine, had it not, but praise, not mind, long before, absence of",
    "in places, for some, at times, not always, not yet, cannot be ruled out, never fail*",
    "nothing but, better off, saw through, all but, apart from, other than, not enough, too few",
    "unclear whether, whether, but, however, although, though, yet, whereas, while, when",
    "whenever, if, unless, places without, until, till, before, without, except, only, even so",
    "nevertheless, nonetheless, still, once, at first, initially, later, eventually, regardless",
    "irrespective, otherwise, elsewhere, partly, sometimes, mixed, may, might, would, should",
    "lacking, absent, absence, missing, stop*, longer, doubt*, just as much, opposite",
    "to begin with, as much as, so much as, in the beginning, not everyone, not all, lack of",
    "anymore, any more, wherever, no tool, no other, nobody else, instead of, rather than",
    "in its place, removed, withdrawn, taken away, ended",
)
"""What makes a statement hold in part, under a condition or of something else: then no word of it
is clear, and lint keeps silent."""

OF_ANOTHER = Phrases(
    "could have, could be, could help, could improve, despite, in spite of, already, too",
    "on their own, on its own, in both, in all, anyway, worse off, lost, at the cost of",
    "at the expense of, unrelated, than, alone, some, meant to, supposed, hoped, expected to",
    "equally, control group, over time, alike, both groups, other reasons, another, said to",
    "claim*, promis*, less, fewer, back, by itself, by themselves, anyhow, all the same, intended",
)
"""What may make praise that of something else."""

BESIDE = Phrases(
    "seem to, seems to, seemed to, appear to, appears to, appeared to, turn out to",
    "turned out to be, proved to, prove to, been found to, been shown to, at all, one bit, a bit",
    "in the least, in any way, so far, overall, by any measure, thought to, lasting, further",
    "in fact, of course, after all, either, really, significantly, actually, ever, even, always",
    "necessarily, substantially, noticeably, measurably, greatly, just, simply, truly, markedly",
    "particularly, especially, quite, very",
)
"""Words that are passed over between others."""

AGAINST_THEORY = Phrases(
    "contrary to, contradict*, refut*, disprov*, disconfirm*, disput*, not support the",
    "not supported by, inconsistent with, not consistent with, not confirm, not confirmed",
    "at odds with, not bear out, not borne out, runs counter to, ran counter to, run counter to",
    "counter to, not the case, no support for, not supporting the, calls into question",
    "called into question, call into question, cast doubt on, casts doubt on, ruled out",
    "rejects the, rejected the, unfounded, falsif*, not true, untrue, challenges the",
    "challenged the, conflict with, conflicts with, conflicted with, not agree with the",
    "not in line with, not hold, not fit with",
)
"""What speaks against a theory, whichever way its outcome goes."""

NO_EFFECT = Phrases(
    "suffered after, suffered under, suffered from the, suffered when, no notice, no bearing",
    "no support for, no interest, not taken up, box ticking, not reach, remained unchanged",
    "remained as, was not found, were not found, was not seen, was not observed, not be found",
    "not be shown, not be detected, harder for, lost trust, lost confidence, remained poor",
    "remained low, stayed low, no relief, no sign, no trace, no indication, no proof, no hint",
    "no progress, no measured, no result*, no uptake, no shift, no movement, no consequence*",
    "no increase, no rise, no reduction, no advance, no positive, no added, no observable",
    "no good, no contribution, no appreciable, no payoff, no sense of improvement, no gains",
    "gained nothing, gains nothing, changes nothing, changed nothing, achieved nothing",
    "brought nothing, did little, does little, did nothing, does nothing, made little",
    "had little, denied that, denies that, deny that, as it was, as they were, as it had been",
    "as before, not matter, not see the point, not make sense, not find it, not found it",
    "got us nowhere, went nowhere, led nowhere, stalled, stagnat*, petered out, a failure",
    "failed, was dropped as, set back, setback, detriment*, impair*, not detect, not find any",
    "not observe, not measure, not seen, not noticed, not take off, not catch on, not pay off",
    "not worth, not convinc*, no point, not stick, not last, falling short, no longer believed",
    "more harm, did harm, does harm, got in the way, gets in the way, a burden, a hindrance",
    "an obstacle, a waste, a distraction, left * as, no evidence, little evidence, no difference",
    "no effect*, no impact, no benefit*, no change*, no improvement*, no gain*, no association",
    "no relationship, no correlation, no link, no use, no influence, no better, no more willing",
    "no more likely, no help, no value, no advantage, no discernible, no measurable",
    "no significant, no clear, no noticeable, no detectable, no visible, no real",
    "little difference, little effect, little impact, little benefit, not improve*, not help*",
    "not work, not worked, not working, not lead, not led, not change, not changed",
    "not increase*, not affect*, not enable*, not encourage*, not foster*, not build*",
    "not strengthen*, not benefit*, not contribute*, not produce*, not result, not succeed",
    "not make a difference, not made a difference, not make any, not find it useful",
    "not effective, not useful, not helpful, not related, not associated, not linked",
    "not predict*, not materialis*, not materializ*, not better, not any better, not bring",
    "not brought, not shift*, not reduce*, not enhance*, not facilitate*, not motivat*",
    "not feel any, not gain, not gained, not show, not shown, not achieve*, not deliver*",
    "not influence*, not translate, not raise*, not of any use, not significant*, not support*",
    "not promote*, not boost*, not ease, not eased, not empower*, not trust, not notice any",
    "not see any, not saw any, not move, not moved, never work*, never help*, never improve*",
    "never made, never led, never took off, never made a, never brought, never changed",
    "never took hold, fail* to, ineffective, ineffectual, useless, pointless, fruitless, futile",
    "unhelpful, waste of time, worse, worsen*, deteriorat*, declin*, undermin*, erod*, harmed",
    "harmful, damag*, backfir*, counterproductive, hinder*, hamper*, weaken*, discourag*",
    "demotivat*, demorali*, impede*, thwart*, obstruct*, in vain, nothing changed",
    "nothing improved, nothing came of, nobody benefited, nothing to, to no avail, of no use",
    "of little use, made matters worse, made things worse, came to nothing, fell flat",
    "fell short, unchanged, remained the same, stayed the same, unaffected, made it harder",
    "made it worse, unsuccessful*, unmoved, disappoint*, gave up on, abandoned",
)
"""What denies an effect."""

ANY_EFFECT = Phrases(
    "an effect, an impact, an improvement, a difference, an influence, a benefit, a gain",
    "a change, an increase, a link, a relationship, more, used, changed, gained, achieved",
    "came of it, relief, any use, any benefit*, any difference, any effect*, any change*",
    "any improvement*, any impact, any value, any gain*, any good, any help, any point",
    "any better, any easier, anything",
)
"""What denies an effect behind a negation, and only there."""

FORESEEN = Phrases(
    "expected, hoped for, hoped, promised, anticipated, predicted, intended, assumed",
)
"""What stands before an effect that somebody counted on."""

HIGH_PRAISE = Phrases(
    "never been so good, never been better, never felt so, never looked back",
    "not want to go back, nothing but praise, could not be happier, not be without, not look back",
)
"""Praise in the form of a negation."""

NOT_HELD = Phrases(
    "not feel that, not think that, not believe that, not agree that, not say that",
    "not find that, not convinced that, not think, not feel, not believe, nobody believed",
    "nobody thought, no one felt",
)
"""What denies all that is said behind it."""

APPROVAL = Phrases(
    "paved the way, did wonders, does wonders, highly, saved time, saves time, at ease, saved us",
    "broke the ice, opened doors, bore fruit, hit the mark, full of praise, had grown",
    "have grown, courage to, owing to, doubled, trebled, tripled, went up, gone up, climbed",
    "godsend, blessing, spoke highly, speaks highly, speak highly, see the point, saw the point",
    "out of their shell, attributed, attribute, attributes, put it down to, marked improvement",
    "made sense, makes sense, worth it, worth the, well worth, won over, took off, caught on",
    "loved, valued, values, enjoyed, opened up, gave them, gave us, gave me, allowed us",
    "allowed them, lets us, so good, great, excellent, positive, significant gains, grew",
    "increased, higher, gained, gains, stronger, smoother, faster, safer, better",
    "turned things around, lifted, raised, reinforced, demonstrated, shows that, showed that",
    "work wonders, works, worked, delivered, achieved, accelerated, relieved, a relief, proud",
    "lifeline, impressed, recommend*, popular, deepened, sharpened, advanced, made a huge",
    "improv*, help, helps, helped, helpful, enabl*, strengthen*, benefit*, foster*, empower*",
    "enhanc*, facilitat*, boost*, succeed*, success*, thriv*, effective*, valuable, worked well",
    "works well, work well, made a difference, makes a difference, real difference, made all the",
    "led to better, leads to better, led to more, got better, gets better, clear gains, gains in",
    "gained confidence, more confident, more confidence, gave me the confidence",
    "gave me confidence, confidence to, felt able, feel able, trust each other",
    "trusted each other, builds trust, built trust, build trust, confirm*, consistent with",
    "in line with, bears out, bore out, thanks to, eased, easier, supported, supports, encourag*",
    "motivat*, useful, rose, positive effect*, positive impact, paid off, made it possible",
    "credited, closer together, worthwhile, transformed, flourish*, promot*, reassur*, pleased",
    "grateful, praised, appreciat*, welcomed, invaluable, indispensable, made us stronger",
    "worked wonders, a great help, beneficial, productive, fruitful, corroborat*, brought about",
    "brought us together, raised standards, made life easier, game changer, inspired, uplift*",
    "advantag*, rewarding, essential to, crucial, instrumental, contributed to, was key",
    "were key, made the difference, increased trust, increased confidence, reliev*",
)
"""What speaks of something that works."""

BADLY = Phrases(
    "no, not, less, fewer, low*, poor*, bad*, worse*, los*, lack*, late*, delay*, declin*, fall*",
    "drop*, reduc*, decreas*, fail*, harm*, burn*, distrust, mistrust, resist*, silen*, quiet",
    "avoid*, isolat*, frustrat*, confus*, stress*, anx*, fear*, conflict*, unsafe, error*",
    "dropout, withdraw*, disengag*, little, without, never, absence, burden*, resent*, sceptic*",
    "stigma*, exhaust*, overload*, weak*, unmet, unchanged, nothing, leave, ignore*, refus*",
    "suspicio*, inequalit*, exclu*, unequal, superficial, tokenis*, box, hidden, hide",
)
"""Words of outcomes and concepts that may go the wrong way; support for them may sound bad."""

ARTICLES = Phrases("a, an, the, regular, weekly, monthly, daily, annual, some")
"""What may stand before the first word that tells something."""
FREQUENCY = Phrases("weekly, monthly, daily, fortnightly, quarterly, yearly")
DETERMINERS = Phrases("a, an, the, their, his, her, its, our, all, each, every, new, both, more")
PREPOSITIONS = Phrases(
    "of, for, in, on, with, to, by, at, about, from, among, between, during, as, where, who",
    "that, which, and, or, near, after, before, into, against, towards, across, through, over",
    "under, within, every, each",
)
"""What ends the first part of a noun phrase."""

# ---- Contexts -----------------------------------------------------------------------------------

DOING = Phrases(
    "asking, urging, telling, implement*, introduc*, deliver*, provid*, conduct*, organis*",
    "organiz*, offer*, establish*, launch*, distribut*, handing, sending, rolling, setting",
    "running, holding, hosting, arrang*, recruit*, appointing, hiring, developing, designing",
    "redesign*, reorganis*, reorganiz*, creating, building, facilitat*, educating, informing",
    "instructing, convening, installing, deploying, adopting, embedding, piloting, testing",
    "trialling, evaluating, assessing, auditing, monitoring, surveying, scheduling, coordinat*",
    "co, inviting, enrolling, paying, rewarding, referring, screening, visiting, writing",
    "publishing, producing, printing, circulating, commissioning, purchasing, equipping",
    "supplying, promoting, advertising, applying, using, training, teaching, coaching, mentoring",
    "supervising, tutoring, counselling, briefing, debriefing, upskilling, giving, making",
    "drawing, undertaking, performing, carrying, leading, mapping, collecting, mobilising",
    "mobilizing, engaging, involving, encouraging, disseminating, drafting, planning, opening",
    "starting, initiating, forming, putting, allocating, assigning",
)
"""What somebody does who runs a programme, as a gerund."""

CAUSING = Phrases("getting, asking, telling, urging, helping, enabling, encouraging, letting")
"""What somebody does to make others do something."""

NOUNS_TOO = Phrases(
    "commissioning, visiting, publishing, advertising, purchasing, engineering, printing",
    "pricing, marketing, informing, instructing, scheduling, auditing, evaluating, boarding",
    "manufacturing, training, teaching, coaching, mentoring, monitoring, planning, screening",
    "counselling, briefing, debriefing, testing, building, leading, tutoring, supervising",
    "meeting, funding, running, setting, holding, opening, making, engaging, starting, writing",
    "using",
)
"""Gerunds that stand for things as well, or begin the name of a state."""

STATES = Phrases(
    "being, having, feeling, knowing, living, working, lacking, needing, wanting, belonging",
    "facing, experiencing, struggling, suffering, depending, relying, owning, trusting",
    "believing, sharing, staying, sitting, coming, remaining, speaking, waiting, growing, ageing",
    "aging, losing, missing, entering, nearing, leaving, undergoing, approaching, awaiting",
    "recovering, following, during, regarding, including, concerning, considering, pending",
    "notwithstanding, surrounding, existing, understanding, changing, rising, falling",
    "increasing, decreasing, ongoing, willing, nursing, housing, staffing, funding, learning",
    "learners, caring, seeing, hearing, fearing, pressing, competing, conflicting, lasting",
    "varying, differing, overlapping, according, sleeping, commuting, parenting, ringing",
    "everything, nothing, something, anything, thing, crossing, holding, carrying, wearing",
    "getting, finding, doing, going, reaching, crowding, long, coping, standing, thinking",
    "timing, morning, evening, spring, string, lighting, heating, travelling, retiring, aspiring",
    "practising, practicing, incoming, outgoing, remembering, enjoying, receiving, using",
    "keeping, meeting, tolerating, questioning, neighbouring",
)
"""Gerunds and their like that tell of circumstances."""

NOMINAL = Phrases(
    "implementation, introduction, delivery, provision, establishment, roll out, rollout, launch",
    "distribution, dissemination, facilitation, installation, deployment, recruitment, redesign",
    "creation, development, training, coaching, mentoring, education, promotion, adoption",
    "set up, setup, commissioning, evaluation, piloting, instruction, allocation, circulation",
    "teaching, supervision, appointment, assignment",
)
"""Nouns of doing; with `of` behind them they name an activity."""

EVENTS = Phrases(
    "series, module, package, scheme, initiative, lesson, conference, exercise, roleplay, play",
    "show, curriculum, service, clinic, club, talk, pack, tour, workshop, seminar, webinar",
    "course, intervention, campaign, tutorial, masterclass, lecture, class, session, training",
    "coaching, mentoring, simulation, visit, event, day, programme, program, leaflet, forum",
    "bootcamp, retreat, drill, roadshow, briefing, debriefing",
)
SURE_EVENTS = Phrases(
    "lecture, lesson, roleplay, bootcamp, teach in, workshop, seminar, webinar, campaign",
    "tutorial, masterclass, roadshow, training, coaching, retreat, intervention",
)
EVENT_KINDS = Phrases(
    "lecture, seminar, e, online, film, video, mentorship, intervention, role, campaign",
    "exercise, screening, training, support, community, virtual, face, interactive, taught",
    "coaching, teaching, simulation, education, educational, workshop, mentoring, briefing",
    "awareness, outreach, study, induction, away, information, supervision, counselling, skill",
    "learning, refresher, group, debriefing, home, peer",
)
"""Events that are run; those that are not sure need a word of their kind before them."""

HAPPENS = Phrases(
    "work, works, meet, meets, use, uses, fill, fills, carry, wear, sit, sits, rotate, gets",
    "are told to, distribute, distributes, print, prints, install, installs, attend, attends",
    "deliver, delivers, receive, receives, run, runs, hold, holds, organise, organises, organize",
    "organizes, given, offered, provided, delivered, launched, introduced, implemented",
    "rolled out, set up, taught, trained, teach, teaches, train, trains, coached, coach, coaches",
    "installed, distributed, educated, instructed, offers, offer, provides, provide, undergo",
    "undergoes, conduct, conducts, conducted, facilitates, facilitate, introduces, introduce",
    "implement, implements, visits, invited to, hand out, hands out, sends, send, recruits",
    "recruit, piloted, pilots, designs, develops, creates",
)
"""What somebody does who runs a programme, as a verb."""

THINGS_RUN = Phrases(
    "package*, material*, brochure*, newsletter*, pamphlet*, video*, kit*, tool*, form, forms",
    "survey*, education, feedback, supervision, modules, tablets, reminders, reminder",
    "intervention, posters, newsletters, letters, classes, workshop*, training, session*",
    "course*, programme*, program, programs, intervention*, scheme*, coaching, seminar*",
    "campaign*, facilitator*, trainer*, researcher*, tutorial*, lesson*, checklist*, protocol*",
    "toolkit*, leaflet*, guideline*, webinar*, module*, class, curriculum, app, pathway, project",
    "group, groups, clinic, service, simulation*, mentoring",
)
"""What is run, and who runs it."""

RELATIVE = Phrases("who, that, which, whose, where, whom")
"""What makes a clause tell of somebody or something."""

HELD_ALREADY = Phrases(
    "against, press, newspaper, media, already, recent, recently, previous, previously, prior",
    "past, history, ago, had, before, since, existing, in place, established, longstanding, long",
    "standing, after, following, during, once, used to, former, formerly, earlier, familiar",
    "mandatory, routine, routinely, tradition, traditional, ongoing, current, currently, with a",
    "have been, has been, have, has, culture, was cut, availability, access, no, not, lack",
    "lacking, little, few, absence, insufficient, poor, limited, without, inadequate, scarce",
    "missing, cancelled, never, need, needs, demand, time for, low, high, level, levels, uptake",
    "quality, lost, cut, competing, hospital, background, budget, so far, preference",
    "willingness, in under, compulsory, required, legal, law, policy, reform, reforms",
    "unfamiliar, experience, status, tired, exhausted, resistant, supportive, unavailable",
    "available, expectations, unclear",
)
"""What makes a circumstance of an activity: it was there before, or it is wanting."""

# ---- Outcomes -----------------------------------------------------------------------------------

PLANS = Phrases(
    "next step is, next steps are, planned reduction*, planned introduction, planned expansion",
    "planned increase, planned cut*, planned improvement*, planned roll, is to become",
    "are to become, is to have, are to have, is to get, are to get, is to start, is to receive",
    "are to receive, it was decided to, it was decided that, has decided to, have decided to",
    "was agreed to, forecast*, projected, a target of, target of, by next, will have been",
    "earmarked, on the agenda for, yet to be, awaits, awaiting approval, subject to approval",
    "a vision of, ambitions to, intention to introduce, intention to roll, draft*, foreseen",
    "prospective*, envision*, by 2025, by 2030, should, shall, ought to, must, going to",
    "is hoped, are hoped, is intended, are intended, aims to, aim to, aiming to, aims at",
    "intends to, intend to, intending to, intended to, hopes to, hope to, hoping to, plans to",
    "plan to, planning to, plans for the, to be introduced, is planned, are planned",
    "being planned, planned for, planned to, is proposed, are proposed, is to be, are to be",
    "proposal to, proposals to, proposal for, proposals for, in future, in the future, next year",
    "next month, is expected to, are expected to, expected to, would like, wants to, want to",
    "wish to, wishes to, needs to be, need to be, has to be, have to be, goal is, goals are",
    "aim is, aims are, intention is, intentions are, objective is, target is, idea is, plan is",
    "plans are, purpose is, ambition is, ambition to, aspire*, vision is, has promised",
    "have promised, promises to, promise to, in order to, so as to, seeks to, seek to",
    "recommended, recommendation, set to, due to be, there are plans, strives to, strive to",
    "striving, expects to, envisage*, foresee*, anticipated to, committed to introducing",
    "will be, proposes to, propose to, would be, could be, supposed to, scheduled, is due",
    "are due, pledge*, designed to",
)
"""What speaks of something that has not happened."""

FUTURE = Phrases("will, ")
NOUN_WILL = Phrases(
    "political, free, good, ill, strong, collective, the, their, his, her, our, own, a, no, of",
    "god, my, your, its, living, popular, last, iron, sheer, general, common, public",
)
"""What stands before `will` where it is a noun."""

INTENDS = Phrases("intend*, want*, wish*, hope*, plan*, aim*, seek*, would like")
STAYS = Phrases(
    "stay, leave, quit, return, continue, come, go, use, try, seek, keep, join, take, get, be",
    "have, remain, breastfeed, vaccinate, smoke, stop, work, live, learn, know, attend, talk",
    "speak, do, participate, recommend, share, help, change, retire",
)
"""What people may intend for themselves: their intention is an outcome."""
INSTITUTIONS = Phrases(
    "organis*, hospital*, school*, ward*, service*, provider*, commissioner*, team*, commun*",
)
COMPARED = Phrases("less, more, fewer, longer, shorter, rarely, seldom")

IN_THE_MIND = Phrases(
    "believ*, expect, expects, confident, confidence, trust*, hope, hopes, hopeful, know, knows",
    "knowing, fear*, worr*, think*, feel*, felt, aware*, understand*, certain, sure, assum*",
    "convinc*, doubt*, say, says, told, willing*, agree*, sense, belief*, faith, see, sees",
    "motivat*, uncertain*, clarity, clear, able, decid*, anticipat*, accept*, realis*, realiz*",
    "wonder*, ask*, intention, intent, intentions, desire, wanting, readiness, ready, likely",
    "recogni*, learn*",
)
"""What somebody thinks may lie in the future, and is an outcome all the same."""

NOUN_PLAN = Phrases(
    "a, the, their, his, her, its, our, your, no, clear, shared, joint, written, care, discharge",
    "each, own, treatment, action, any, this, that, an, personal, business, individual, safety",
)
"""What stands before `plan` or `aim` where it is a thing that people have."""

# ---- Mechanisms ---------------------------------------------------------------------------------

RESPONSE = Phrases(
    "as fair, is fair, strikes, suspect*, dread*, loath*, warm to, warms to, personally",
    "lose heart, loses heart, give up, gives up, grasp*, unfair*, it fair, fairness",
    "the point of, at stake, cynic*, enjoy*, upset, hurt, offend*, patronis*, ridicul*",
    "look forward, looks forward, impatien*, apath*, indiffer*, tempt*, unsure, certain of",
    "uncertain*, let down, admir*, hate*, humbl*, energis*, wary, cautious*, at home, pleased",
    "aspire*, sure that, sure of, dare to, proud of, see that, sees that, sees why, see why",
    "tell themselves, talk themselves, cling, embrace*, reject*, shrug*, forgiv*, apprehens*",
    "demorali*, inhibit*, disbelie*, ease of mind, peace of mind, at peace, take it to heart",
    "makes sense, make sense, buys in, keen, self respect, dignity, esteem, taken seriously",
    "conscience, deem*, want to, need to prove, long to, yearn*, miss out, invest in",
    "invested in, protective, defensive*, ambivalen*, sick of, tired of, fed up, up to it",
    "capable, competent, control over, in control, powerless*, helpless*, admit*, openly, frank*",
    "trust*, distrust*, mistrust*, feel*, felt, believ*, belief*, motivat*, demotivat*",
    "confiden*, fear*, afraid, anx*, hope*, hopeful, expect*, valu*, respect*, disrespect*",
    "recognis*, recogniz*, understand*, understood, misunderst*, realis*, realiz*, aware*",
    "willing*, unwilling*, want, wants, wanted, wish*, prefer*, worr*, reassur*, comfort*",
    "uncomfort*, empower*, ownership, proud*, pride, shame*, asham*, embarrass*, belong*",
    "identif*, identit*, commitment, committed, satisf*, dissatisf*, frustrat*, confus*, curio*",
    "reflects on, reflect on, reflecting, perceiv*, perception*, think, thinks, thinking",
    "thought, decid*, decision to, choos*, chose, accept*, resist*, agree, agrees, agreed to",
    "disagree*, empath*, sympath*, relie*, resent*, angr*, anger, enthusias*, inspir*, intent",
    "intends, intention*, attitude*, judg*, doubt*, suspicio*, hesitat*, keen*, eager*",
    "appreciat*, permission, dare, dares, courag*, brave*, loyal*, obligation, obliged, duty to",
    "credib*, legitima*, meaningful*, remember*, solidarity, relax*, calm*, stressed, overwhelm*",
    "guilt*, reluctan*, discourag*, encourag*, disappoint*, threat*, vulnerab*, at ease",
    "validated, heard, listened to, morale, buy in, self efficacy, autonomy, agency, mindset",
    "emotion*, stigma*, lonel*, tolerat*, resilien*, concerned, cope, copes, coping",
    "see themselves, reason, why, reasoning, weigh, weighs, convinc*, persuad*, sceptic*",
    "skeptic*, bored, boredom, excite*, happy, happiness, joy, delight*, humili*, gratitude",
    "grateful, psychological*, safe to, sense of, sees, see the, see it, take it to, takes it to",
    "regard, regards, regarded as, consider*, notice*, imagin*, assume*, own it, worth their",
    "worthwhile, engage with, engaged, interested, interest in, open to, openness, responsib*",
    "accountab*, care about, cares about, caring about, take to heart, takes seriously",
    "take seriously, their own, hesitan*, surpris*, shock*, grief, griev*, guess*, conviction*",
    "faith, confirmed in, response*, respond*, react*, intimidat*, blam*, panick*, panic",
    "desire*, long for, longing, aspir*, ambition*, compet*, jealous*, envy, envious, pressur*",
    "conscious*, mistak*, sensitiv*, loss of face, rapport, bond, bonds, bonding, affection",
    "love*, like to, likes to, dislike*, opinion*, view themselves, mind, minds, self esteem",
    "self worth, determin*, persever*, withdraw*, speak up, cooperat*, co operat*, reciproc*",
    "compassion*, learn, learns, learnt, learned, attach*, stake in, burdened, relat* to",
    "made to feel",
)
"""How people respond: what they feel, think, want or decide."""

# ---- Near-duplicates ----------------------------------------------------------------------------

EMPTY = Phrases(
    "over, within, via, towards, a, an, the, of, in, on, at, to, for, from, by, with, and, or",
    "their, its, his, her, our, that, is, are, be, been, being, was, were, has, have, as, it",
    "this, these, those, when, what, how, about, among, amongst, into, they, them, who, which",
    "so, s, feel, feeling, feels, sense, even",
)
"""Words that tell nothing apart."""

TELLING = Phrases(
    "no, not, never, without, non, un, lack, lacking, less, more, low, lower, high, higher, poor",
    "good, better, worse, bad, strong, weak, positive, negative, increased, decreased, increase",
    "decrease, reduced, reduce, few, many, much, little, before, after, first, second, third",
    "early, late, later, own, other, reduc*, increas*, decreas*, internal, external, up, down",
    "all, some, over, under, too, only, new, old, former, pre, post, inter, intra, helped",
    "harmed, upward, downward, max, min, left, right",
)
"""Words of which one makes a difference in meaning."""

ROOTS = {
    "safety": "safe",
    "safely": "safe",
    "employee": "staff",
    "clarity": "clear",
    "psychologically": "psychological",
    **dict.fromkeys(("went", "gone", "goes"), "go"),
    **dict.fromkeys(("took", "taken"), "take"),
    **dict.fromkeys(("knew", "known"), "know"),
    **dict.fromkeys(("gave", "given"), "give"),
    **dict.fromkeys(("saw", "seen"), "see"),
    **dict.fromkeys(("spoke", "spoken"), "speak"),
    **dict.fromkeys(("came",), "come"),
    **dict.fromkeys(("said",), "say"),
    **dict.fromkeys(("made",), "make"),
    **dict.fromkeys(("kept",), "keep"),
    **dict.fromkeys(("told",), "tell"),
}
"""Words that stand for another one, and irregular forms of verbs."""

DIRECTION = Phrases("from, by, for, against")
"""Prepositions of which one in place of another turns a meaning round."""

BETWEEN = Phrases(
    "of, in, on, at, to, for, from, by, with, over, about, between, among, against, towards",
    "within, across, under, through, into, than",
)
"""Prepositions."""

TURNED = (
    "un", "in", "im", "ir", "il", "dis", "non", "mis", "de", "over", "under", "re", "anti",
    "counter", "self", "pre", "post", "sub", "super", "multi", "mono", "bi", "inter", "intra",
)  # fmt: skip
"""Beginnings that make another word of a word."""

OTHER_ENDS = (("er", "ee"), ("or", "ee"), ("ful", "less"), ("ed", "er"), ("ing", "er"), ("al", "e"))
"""Pairs of endings that make two words of one."""

PERSONS = Phrases(
    "staff, manager*, nurse*, doctor*, patient*, student*, teacher*, leader*, team*, organis*",
    "carer*, famil*, user*, clinician*, worker*, parent*, child*, people, person, resident*",
    "client*, peer*, trainee*, trainer*, mentor*, mentee*, learner*, professional*",
    "practitioner*, consultant*, midwi*, pharmacist*, physician*, colleague*, supervisor*",
    "tutor*, surgeon*, volunteer*, commun*, hospital*, school*, ward*, service*, provider*",
    "commissioner*, pupil*, relative*, neighbour*, neighbor*, citizen*, inspector*, researcher*",
    "employe*, mother*, father*, women, men, youth",
)
"""Who acts on whom: in another order it is another thing."""

NO_PERSONS = Phrases(
    "lists, checklist*, waitlist*, playlist*, shortlist*, twist*, order*, reminder*, poster*",
    "paper*, number*, computer*, folder*, letter*, tracker*, monitor*, printer*, sticker*",
    "sensor*, timer*, register*, offer*, layer*, center*, server*, chapter*, corner*, drawer*",
    "factor*, indicator*, newsletter*, matter*, error*, corridor*, door*, floor*, power*",
    "answer*, user manual, plant*, grant*, barrier*, cluster*, centre*, transfer*, tour*, year*",
    "hour*, trailer*, container*, header*, banner*, badger*, buffer*, browser*, scanner*",
    "ventilator*, calculator*, elevator*, mirror*, behavior*, disorder*, cancer*, ulcer*, fever*",
)
"""Words that end as those for persons do."""

ONE_PERSON = Phrases(
    "individual, person, people, micro, clinician, leader, staff, patient, professional, student",
    "teacher, practitioner, worker, pupil, nurse, doctor, user, service user, carer, manager",
    "learner",
)
"""Levels of one person, who may speak of a team or an organisation without being one."""
OF_MANY = Phrases(
    "leader, member, manager, colleague, mate, nurse, doctor, staff, worker, head, lead, user",
    "chief, coordinator, teacher, team",
)
"""Persons in the name of a team, organisation or system."""

NOT_A_SYSTEM = Phrases(
    "it, computer, information, record, filing, alarm, buddy, immune, nervous, electronic, rota",
    "software, value, belief, support, points, bonus, phone, telephone, paper, database, payment",
    "online, digital, management, warning, triage, ticket, referral, appointment, traffic, card",
    "flag, marking, sound, bell, call, data, pump, respiratory, tagging, exam, legal, e, reminder",
)
"""What stands before `system` where it is a device."""
