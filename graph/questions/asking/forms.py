"""The forms that questions in words may have, by the question that each one asks.

`grammar` says how a pattern is read, `phrases` what the names in braces stand for. Forms are tried
in this order; the first whose slots are all found is how a question is understood. Whoever teaches
a new phrasing adds a line here and a row to `tests/asked.csv`.
"""

from __future__ import annotations

from graph.answers import Asked

FORMS: tuple[tuple[Asked, str], ...] = (
    (
        Asked.HELP,
        """
help [me]
what can (i | you | we | one) ask [you | here]
what can you (do | answer | tell)
(what | which) (questions | kinds of questions | sort of questions) (can i ask | can you answer | do you understand | are there)
what do you (know | understand)
how (does this | do you | do i use this | does it) [work]
how (do | can) i ask [a question | questions]
examples | example questions | [example] questions
usage | instructions | commands | what are the commands
""",
    ),
    (
        Asked.UNSEARCHED,
        """
{mechanisms} {has} {nobody} [ever] {looked} [for]
{mechanisms} {that} {nobody} [has | have] [ever] {looked} [for]
{mechanisms} {that} {is} (not | never) [been] [explicitly] {looked} [for]
{mechanisms} {that} {has} (not | never) been {looked} [for]
{mechanisms} (without | lack | lacking | with no) [a | any] (search | searches)
{mechanisms} did {nobody} look for
not searched [for] [mechanisms] | unsearched mechanisms
for {mechanisms} {has} {nobody} {looked}
for {mechanisms} was there no search
""",
    ),
    (
        Asked.STRENGTH,
        """
{mechanisms} {has} [the] (most | strongest | best | greatest | largest amount of | most solid) [amount of] {evidence} [for it | for them | behind it | behind them]
{mechanisms} {is} [the] (best | most | most strongly | most widely | strongest | most heavily) (supported | evidenced | backed | established) [by the evidence]
(best | most | most strongly) (supported | evidenced) mechanisms
rank [the | all] mechanisms by {evidence}
mechanisms (ranked | ordered | sorted) by {evidence}
for {mechanisms} is there [the] (most | strongest) {evidence}
how (strong | solid | robust | firm | convincing | compelling | reliable | good | weak | mixed) {is} [the] {evidence} [base] [{about} {thing}]
how (strong | solid | robust | good | weak) is [the] {thing} {evidence}
how (well | strongly | firmly | solidly | poorly) (is | are) {thing} (supported | evidenced | backed [up] | established | grounded) [by [the] (evidence | literature | studies)]
how (well | strongly) (supported | evidenced | backed | established) is {thing}
how (much | far) does the evidence support {thing}
[what is] [the] (strength | weight | robustness | solidity | balance | quality) of [the] {evidence} [{about} {thing}]
[what is] [the] strength of {thing}
{is} there [any] (strong | good | solid | robust | convincing | reliable) {evidence} {about} {thing}
{evidence} for and against {thing}
[the] (case | arguments | pros and cons) for and against {thing}
{is} [the] {evidence} {about} {thing} (strong | weak | mixed | solid | robust | good | convincing | consistent | reliable)
{is} {thing} (well supported | well evidenced | strongly supported | evidence based | weakly supported)
does {thing} [really | actually] (work | help | make a difference | have an effect)
{is} {thing} effective
how (strong | robust) is {thing}
how much (support | backing) {there} for {thing}
how many (sources | studies | papers | works) (support and challenge | support or challenge | are for and against) {thing}
(strength | weight | weights | support) [of [the] {evidence}]
(strong | solid | robust | convincing | good) {evidence} {about} {thing}
""",
    ),
    (
        Asked.MECHANISMS,
        """
{mechanisms} {that} [{has} | with] {support} {evidence} [behind (it | them) | for (it | them)]
{mechanisms} {that} [{is}] {support} [by] [any | the] [{evidence}]
{mechanisms} {that} [{do}] {support} {evidence}
[the | all | any] {support} [empirical] mechanisms
{support} {evidence} for (which | what) mechanisms
for {mechanisms} is there {support} {evidence}
for {mechanisms} do we have {support} {evidence}
{mechanisms} {that} (do | does) not have [any] {evidence} => support=none
{mechanisms} {that} {is} (unsupported | unproven | untested) => support=none
unsupported [ones] => support=none
{mechanisms} {that} (rests | rest | stands | stand | rely | relies | depend | depends) on (only | just) [a | one] [single] {source_word} [only | alone] => support=weak
{mechanisms} {that} (rests | rest | stands | stand | rely | relies | depend | depends) on (a | one) [single] {source_word} [only | alone] => support=weak
{mechanisms} {that} {has} only one {source_word} => support=weak
{mechanisms} {that} {do} [only] stakeholders [only] (support | speak of | talk about | mention) => support=stakeholders only
{mechanisms} {that} (is | are) [only] supported [only] by stakeholders [only | alone] => support=stakeholders only
{mechanisms} {that} [{is} | {has} been | got | get] {status} [in | into] [others | other mechanisms | another | one another | something else | the end | by the review | by the reviewers | by the authors]
{mechanisms} {that} {do} [the] (reviewers | authors | review) (merge | incorporate | drop) [into others] => stated=incorporated, no evidence
[what | which | the | all | any | are there [any] | list] {status} mechanisms [are there | there]
{mechanisms} {that} did not survive => stated=incorporated, no evidence
{mechanisms} {that} (survived | survive) => stated=supported
{mechanisms} {that} [only | just] (rest | rests | rely | relies | stand | stands | depend | depends) [only | just] on (stakeholders | stakeholder evidence) [only | alone] => support=stakeholders only
""",
    ),
    (
        Asked.SEARCHES,
        """
(who | has anyone | has anybody | has someone | did anyone | did anybody | did someone | has the review | did the review | did the reviewers | have the reviewers | did the authors | have they | did they | did you | did {review} | has {review}) [ever | really | actually] {looked} for {thing} [and (what did they find | what was found | found what | with what result | what they found)]
(has | was | is | were) {thing} [ever | actually | really | been] (searched for | looked for | sought | searched | looked into)
(how | where | when | in which (databases | searches | stages)) (was | were | has | is) {thing} [been] (searched for | looked for | sought | searched)
(how | where | when | in which (databases | searches | stages)) did (they | anyone | the review | the reviewers | the authors | {review}) {looked} for {thing} [and (what did they find | what was found | found what | with what result | what they found)]
(which | what) (search | searches | stage | stages | review | reviews) (looked for | searched for | covered | covers | cover | sought | included | tried to find) {thing}
([the | all | any] searches | the search) {there} (for | that covers | that cover | that covered | covering | about | on) {thing}
by whom was {thing} (looked for | searched for | sought)
who {looked} for it {thing}
""",
    ),
    (
        Asked.FLOW,
        """
(does | do) [the] [prisma] [search | screening] (flow | flows | numbers | arithmetic | figures | flowchart | counts | sums) [diagram | chart] [(of | for | in) [the] {review}] [search] (add up | tally | sum up | balance | make sense | match)
{is} [the] [prisma] [search] (flow | numbers | arithmetic | figures) [diagram | chart] [(of | for | in) {review}] (right | correct | consistent | ok | sound)
[what is | what are | how is | check] [the] [prisma | search | screening | study | selection] [search | screening | selection] (flow | flow chart | flowchart | flow diagram | prisma) [diagram | chart | numbers] [(of | for | from | in) {review}]
prisma | prisma (of | for) {review}
{review} [prisma | search] flow [diagram]
how (were | was) [the] (papers | studies | records | sources) (selected | screened | found) [(in | for | by) {review}]
what {is} [the] (search | screening) numbers [(of | for | in) {review}]
who looked where
""",
    ),
    (
        Asked.COUNT,
        """
how many {listed} (are | were | is | was) (there | held | loaded | known | listed | in the graph)
how many {listed} {do} (we | you | it | {review} | the graph | {review_word} | they) (have | hold | contain | know | list | name | propose | find | identify | describe)
how many {listed} [(in | of | from) {review}]
how many {polarity} {listed} (are | were | is | was) there
how many {listed} (are | have a | were) {polarity} [outcome]
[what is] [the] (number | count | total) of {listed} [there are | held]
count [the | all | all the] {listed}
how (big | large) is the graph => kind=everything
what does the graph hold => kind=everything
how many {listed} (does | do) (each | every) review have
how many {listed} [are there] (per | by | in each) review
""",
    ),
    (
        Asked.BOXES,
        """
how many {counted} (were there | took part | are there | there | there were | {do} {review} have) [(in | for | by) {review}]
how many {counted} {do} ({review} | {review_word} | they | the authors) {boxed}
how many {counted} (went into | are in | entered | came into) {review} => boxed=included
how many {counted} [(in | by | for) {review}]
[what is | what was] [the] number of {counted} [(in | by | for | of) {review}]
""",
    ),
    (
        Asked.FACTS,
        """
who (funded | funds | paid for | financed | sponsored | supported financially | commissioned) ({review} | {review_word} | {reviews}) => item=funding
(how | by whom) {is} ({review} | {review_word} | {reviews}) (funded | financed | paid for | sponsored) => item=funding
{is} ({review} | {review_word} | {reviews}) funded [by (anyone | somebody | whom)] => item=funding
{is} ({review} | {review_word} | {reviews}) [pre] (registered | preregistered) [anywhere | on prospero | in prospero | with prospero | prospectively] => item=registration
where {is} ({review} | {review_word} | {reviews}) registered => item=registration
{do} ({review} | {review_word} | {reviews}) have a (protocol | registration | prospero registration | prospero number | registered protocol) => item=registration
what {do} ({review} | {review_word} | {reviews}) (aim | set out | want | intend | try | plan | aim to find out) [to] [do | find out | achieve | examine | answer | find] => item=objectives
why {is} ({review} | {review_word} | {reviews}) (done | carried out | conducted | undertaken | needed) => item=rationale
what {do} ({review} | {review_word} | {reviews}) ask => item=question
(what | which) (question | questions) => item=question
(what | which) (question | questions | research question) {do} ({review} | {review_word} | {reviews}) (ask | answer | address | have) => item=question
(which | what | how many) (databases | database | databases and journals) {do} ({review} | {review_word} | {reviews} | they | the authors | the reviewers) (search | use | look in | look at | consult | cover) => item=databases
(which | what | how many) (databases | database) {is} (searched | used | consulted) [(in | by | for) {review}] => item=databases
where {do} ({review} | {review_word} | {reviews} | they | the authors | the reviewers) (search | look) => item=databases
(which | what) (journals | journal) {is} [hand] searched [by hand] [(in | by | for) {review}] => item=handsearched
(which | what) (journals | journal) {do} ({review} | {review_word} | {reviews}) [hand] search [by hand] => item=handsearched
when {do} ({review} | {review_word} | {reviews}) search => item=searched on
when {is} [the] (search | searches | literature search) [of {review}] (done | run | made | carried out | conducted | performed) [(in | by | for) {review}] => item=searched on
how (up to date | recent | current) is [the] search (of | in | for) {review} => item=searched on
who (wrote | authored | did | conducted | carried out | published | made | is behind | are behind) ({review} | {review_word} | {reviews}) => item=authors
when {is} ({review} | {review_word} | {reviews}) (published | written | done | released) => item=year
(how do i | how to | how should i | how should one | how can i | how is) (cite | cited | reference) ({review} | {review_word} | {reviews}) [cited | to be cited] => item=citation
how is ({review} | {review_word} | {reviews}) [to be] cited => item=citation
how {do} ({review} | {review_word} | {reviews}) (appraise | assess | select | screen | judge) [the | its] [quality of] [the] [quality | studies | papers | sources | evidence | literature | rigour] => item=methods of selection and appraisal
how {is} [the] (studies | papers | sources | evidence | quality | literature | rigour) [quality] (appraised | selected | judged | assessed) [(in | by | for) {review}] => item=methods of selection and appraisal
how {do} ({review} | {review_word} | {reviews}) (synthesise | analyse) [the] [data | evidence | findings | papers] => item=synthesis
how {is} [the] (data | evidence | findings | papers) (synthesised | analysed) [(in | by | for) {review}] => item=synthesis
how {is} [the] data extracted [(in | by | for) {review}] => item=extraction
how {do} ({review} | {review_word} | {reviews}) extract [the] data => item=extraction
{do} ({review} | {review_word} | {reviews} | the authors) (have | declare) [any] (conflicts of interest | a conflict of interest | competing interests | interests) => item=interests
[what | which | who | what is | who is | who are | what are | what was | what were | where is | how many] [the] {fact} (of | for | in | behind | does | did) [the] ({review} | {review_word} | {reviews}) [have]
[what | which | who | what is | who is | who are | what are | what was | what were] [the] {review} {fact}
[what is | who is | who are | what are | what was | what were | which are] [the] {fact} [of {reviews}]
{do} {review} state [the | its | a] {fact}
how was {review} (done | carried out | conducted) => item=methods
(methods | method) [(of | in | used in | used by) ({review} | {review_word} | {reviews})] => item=methods
what {is} {stage} for => item=purpose
[what is] [the] purpose of {stage} => item=purpose
which databases {is} (searched | used | consulted) => item=databases
(which | what) databases => item=databases
{is} there (a | an | any) {fact} (of | for) ({review} | {review_word} | {reviews})
""",
    ),
    (
        Asked.LINT,
        """
what (needs | need) (fixing | mending | correcting | correction | attention | to be fixed | work | checking | a second look) [in ({review} | {review_word})]
is (anything | something) wrong (with | in) ({review} | {review_word} | the data | the graph | our data)
what is wrong (with | in) ({review} | {review_word} | the data | the graph | our data)
what (should | must | can) (i | we) (fix | correct | mend | check | improve | look at again) (in | about | with) {review}
[which | what | any | the | all | are there [any] | list] [data] [quality] (problems | issues | errors | mistakes | complaints | warnings | faults | weaknesses of the data | sins | lint complaints | data problems) {there} [(in | with | of | for | about) [the] [data of] ({review} | {review_word} | the data)]
(lint | check | proofread | quality check) [of] [{review} | everything]
{review} lint
what does lint (say | complain of | find) [(about | in | for) {review}]
is [the] data of {review} (clean | ok | sound | in order)
(anything | something) (suspicious | odd | wrong | strange | doubtful) (in | about | with) ({review} | the data)
[what is] [the] data quality [(of | in) {review}]
""",
    ),
    (
        Asked.AGREEMENT,
        """
(do | did | how far do | how well do | how much do | how often do | where do | how far did | how well did) {appraisers} [of {review}] (agree | disagree | concur) [with each other | with one another | about the grades | on the grades | about the appraisal | on the appraisal | on quality]
[what is] [the] (agreement | disagreement | reliability) (of | between | among | amongst) {appraisers} [(in | of) {review}]
[what is] [the] (agreement | inter rater reliability | interrater reliability | inter rater agreement | interrater agreement | inter coder reliability | inter coder agreement | kappa | cohen kappa | cohens kappa | inter reviewer agreement | appraiser agreement | agreement of appraisers) [(in | of | for) {review}]
{is} {appraisers} (in agreement | of one mind | agreed)
(which | what) (grades | appraisals | judgements) {is} (unresolved | disputed | not settled | still open)
unresolved (grades | appraisals)
how (reliable | consistent) {is} [the] (appraisal | appraisals | grades | grading | coding | judgements) [(in | of) {review}]
""",
    ),
    (
        Asked.WEAKEST,
        """
(which | what) [single | one] {source_word} {do} (everything | it all | the whole theory | most | most of it | the theory | all of it | most of the theory | the chains | most chains | all chains) [most] (depend | rest | hinge | rely | stand | hang) on [most]
on (which | what) [single | one] {source_word} {do} (everything | it all | most | most of it | the theory | most chains | the chains) (depend | rest | hinge | rely | stand | hang)
(what | where | which) (is | are) [the] (single point of failure | weakest link | weakest links | weak links | single point of failure | single points of failure | weak points)
single point of failure | weakest link | weakest links | weakest (source | sources) | single points of failure
(which | what) [single] {source_word} (breaks | break | would break | carries | carry | holds | hold) [the] (most | most chains | the most chains | most of the chains) [chains | if it falls | if it fell]
(which | what) {source_word} {is} [the] (most critical | critical | load bearing | indispensable) [one | ones]
what is [the] {source_word} [that] everything (depends | rests | hinges) on
what would break if (one | a | a single) {source_word} (fell | falls | failed | were wrong)
(which | what) {source_word} (would hurt | hurts | would matter | matters) most if it (fell | falls | were lost | was lost | were wrong | went)
""",
    ),
    (
        Asked.SENSITIVITY,
        """
what [would | will] (change | changes | remain | remains | is left | be left | stand | stands | hold | holds | happen | happens | still stand | survive | survives | fall | falls | break) [of the support | of the theory] without [the] {removed}
{mechanisms} {that} [would | will] (survive | stand | hold | remain | fall) without [the] {removed}
what would be (left | lost) without [the] {removed}
{mechanisms} {that} [would | still | will] (keep | lose | retain | have) [their | its | any] support [left] without [the] {removed}
{mechanisms} {that} [{is} | would be | would | would still be] [still] (supported | stand | standing | left) without [the] {removed}
{mechanisms} {that} [would] (keep | lose | retain) [their] support
what (if | happens if | happens when | would happen if | would change if | changes if | is left if | remains if) (we | i | you | one) {drop} [the] {removed}
what (if | happens if | happens when | would happen if | would change if | changes if | is left if | remains if) [the] {removed} (is | are | was | were) ({drop} | missing | gone | wrong | retracted | not there | not counted)
{mechanisms} {that} [{do}] [still] (depend | rest | rely | hinge | depends | rests | relies | hinges) on [the] {removed}
{mechanisms} would (lose | keep) [their] support if (we | i) {drop} [the] {removed}
what (depends | rests | relies | hinges | hangs) on [the] {removed}
{is} [the] [support | mechanisms] (sensitive | robust) to [the] (removal of | loss of | dropping) {removed}
sensitivity [analysis] [without [the] {removed}]
how (sensitive | robust) {is} [the] (support | results | findings | mechanisms) [to [the] {removed} | without [the] {removed}]
{mechanisms} {that} [{is}] [still] supported (without | excluding | if we drop | if we leave out | leaving out | ignoring) [the] {low_grade}
{mechanisms} {that} [would | still] (keep | retain | lose | survive | stand | hold) [their] [support] (without | excluding | if we drop | leaving out | ignoring | if we ignore) [the] {low_grade}
what [would] (remains | remain | is left | be left | stands | stand | holds | hold | survives | survive | changes | change) (without | excluding | if we drop | leaving out | ignoring | if we ignore) [the] {low_grade}
what (if | happens if | would happen if) (we | i) {drop} [the] {low_grade}
{mechanisms} {that} (is | are | would be) [still] supported (by | in | counting only | using only | only by) [evidence | studies | sources | papers | only]
if [the] {removed} (is | are | was | were) ({drop} | missing | gone | wrong | retracted | not there | not counted) what would (change | happen | be left | remain)
if (we | i) {drop} [the] {removed} what would (change | happen | be left | remain)
would {mechanism} [still] (be supported | keep its support | stand | hold | have support) [still] without [the] {removed}
(is | does) {mechanism} [still] (supported | stand | hold | keep its support) without [the] {removed}
would {mechanism} lose its support without [the] {removed}
{mechanisms} {that} [would | will] [still] (stand | hold | survive | remain | keep their support | be supported | are left | are supported) if (we | i) {drop} [the] {removed}
{mechanisms} {that} [would | will] [still] (stand | hold | survive | remain | keep their support | be supported | are left | are supported) if (we | i) {drop} [the] {low_grade}
""",
    ),
    (
        Asked.SAME_AS,
        """
(what | which) [mechanisms | concepts | records] {is} [declared] [to be] the same
(what | which) [mechanisms | concepts | sources] {is} declared [to be] (the same | equivalent | identical) [as another | in another review]
same as | sameness [declarations] | declarations of sameness
(what | which) [mechanisms | concepts] (match | correspond) across [the] reviews
""",
    ),
    (
        Asked.COMPARE,
        """
compare {reviews} [{about} {about_that}]
compare [the] [reviews] {first} [and | with | to | vs | versus | against] {second} [[and | with] {third}] [{about} {about_that}]
comparison (of | between) [the] [reviews] {first} (and | with | to) {second} [and {third}] [{about} {about_that}]
comparison of {reviews} [{about} {about_that}]
{first} (vs | versus | compared with | compared to | against | and) {second} [compared] [{about} {about_that}]
(how | where | in what | on what) {do} {reviews} (differ | compare | agree | overlap) [{about} {about_that}]
(how | where | in what | on what) {do} {first} and {second} [and {third}] (differ | compare | agree | disagree | overlap | contradict each other) [{about} {about_that}]
do {first} and {second} (contradict each other | disagree | contradict one another) [{about} {about_that}]
do (any [two] reviews | {reviews}) (share | have) (a mechanism | mechanisms | a concept | concepts | anything) [in common]
is {about_that} [found | used] in (more than one | several | both | another | other | two) (review | reviews)
how does {first} (differ from | compare with | compare to) {second} [{about} {about_that}]
how is {first} different from {second}
what {do} {reviews} (share | have in common | agree on | agree about)
what {do} {first} and {second} [and {third}] (share | have in common | agree on | agree about)
do {reviews} (agree | differ | overlap) [{about} {about_that}]
do {first} and {second} (agree | differ | overlap | share anything | have anything in common) [{about} {about_that}]
[what {is}] [the] (difference | differences | overlap | overlaps | similarities | similarity | commonalities | common ground) (between | of | in) [the] [reviews] {first} and {second} [and {third}] [{about} {about_that}]
[what {is}] [the] (difference | differences | overlap | similarities | commonalities | common ground) (between | of) {reviews} [{about} {about_that}]
(which | what) (mechanisms | concepts) {is} (shared | common | the same | in common) [(by | between | in | to | across) (both reviews | {reviews} | {first} and {second} | reviews)]
(which | what) (mechanisms | concepts) {do} {first} and {second} [both] (share | have | have in common)
(which | what) mechanisms (appear | are | occur) in (both | both reviews | more than one review | several reviews | all reviews)
shared mechanisms
""",
    ),
    (
        Asked.CONTRADICTIONS,
        """
(where | why | how | in what | on what) {do} [{sources}] {disagree} [{about} {about_that}]
(where | why) {is} {sources} (in disagreement | in conflict | divided | at odds) [{about} {about_that}]
(do | does | did) {sources} (disagree | conflict | diverge | differ | clash | contradict each other | contradict one another) [{about} {about_that}]
(do | does | did) {sources} agree {about} {about_that}
(which | what) (sources | studies | papers | evidence) {disagree} [{about} {about_that}]
(which | what) mechanisms do {sources} {disagree} about
[what | which | where | why | are there | is there | any | all | the] [are there] [the | any] {contradiction} {there} [(in | between | among) [the] (sources | studies | papers | evidence | literature)] [(about | in | on | of | over | for | regarding | concerning | around) {about_that}]
what (explains | causes | is behind | accounts for | lies behind) [the] {contradiction} [(about | in | on | over | regarding | around) {about_that}]
{is} {about_that} (contested | disputed | controversial | in dispute | a matter of dispute | debated)
{is} there [any] {contradiction} [(about | in | on | over | regarding | around) {about_that}]
what is (contested | disputed | controversial | debated) [{about} {about_that}]
{is} [the] evidence {about} {about_that} (contradictory | conflicting | inconsistent)
why is [the] evidence {about} {about_that} (contradictory | conflicting | inconsistent | mixed)
moderators [{about} {about_that}]
""",
    ),
    (
        Asked.UNKNOWNS,
        """
what (do not | does not | did not) (we | you | they | reviewers | researchers | the evidence | the literature) [yet | really] (know | understand | tell us | say) {about} {thing}
what [do | does | did] (we | you | they | reviewers | researchers | the evidence | the literature) not [yet | really] (know | understand | tell us | say) {about} {thing}
what {is} [still] (not known | not yet known | unknown | unclear | uncertain | not understood | open | left open | missing | still open | unanswered | yet to be studied | under researched | under studied | to be found out) (about | on | for | regarding | of | in | concerning | around) {thing}
[what | which | where | are there | any | the | all] [{is}] [there] [the | any] [evidence | research | knowledge] {gap} {there} (about | on | in | for | around | regarding | concerning | of | with) {thing}
[the | any | what | where are] [the] {gap} in [the] (evidence | literature | research | knowledge) (about | on | for | regarding | of | concerning) {thing}
what {gap} {do} {thing} have
{thing} [evidence | research | knowledge] {gap}
what is missing {about} {thing}
where is (evidence | research) (missing | lacking) {about} {thing}
what do we need to know {about} {thing}
what do (we | they) [still] need to (find out | know | learn) {about} {thing}
what (questions | question) (remain | remains | are left | are open) [open | unanswered] {about} {thing}
what remains (open | unclear | unknown | to be known | to be seen) {about} {thing}
""",
    ),
    (
        Asked.FINDINGS,
        """
what [do | does | did] ({review} | {reviews} | {review_word} | the authors | they | it) (recommend | advise | suggest | propose) [[{about}] {about_that} | to {audiences} | for {audiences} | should be done | doing] => kind=recommendation
what {is} (recommended | advised) [{about} {about_that} | to {audiences} | for {audiences} | by {review}] => kind=recommendation
what should {audiences} do => kind=recommendation, implication
[what | which] (future | further | more | additional | new) (research | studies | work) {need} [(on | about | into | for | in) {about_that}] [by {review}] => kind=future research
[what | which | where] [further] research {need} [(on | about | into | for | in) {about_that}] => kind=future research
what {do} ({review} | {reviews} | {review_word} | the authors | they) (recommend | suggest | propose | call for | say) (for | about | as) (future | further) research [(on | about | into) {about_that}] => kind=future research
what (future | further) research {do} ({review} | {reviews} | {review_word} | the authors | they) (recommend | suggest | propose | call for) [(on | about | into) {about_that}] => kind=future research
what (should | must | needs to | need to | ought to | has to | remains to) [still | next] be {studied} [next | further | in future | in the future] [(on | about | into | for | in) {about_that}] => kind=future research
what (should | could) (researchers | research | future research | we) {study} [next | further] [(on | about | into) {about_that}] => kind=future research
{is} (more | further | future) research [on {about_that}] (needed | called for | recommended) [on {about_that}] => kind=future research
{do} ({review} | {reviews} | {review_word} | the authors) call for [more | further] research [on {about_that}] => kind=future research
[what | which | what {is} | are there | are there any | any | all | the] [the | any] {finding} {there} [(about | on | for | regarding | concerning | of | to do with | related to) {about_that}] [(for | to) {audiences}]
[what | which | what {is}] [the] {finding} (for | to | aimed at | addressed to) {audiences} [(about | on | regarding) {about_that}]
{audiences} {finding}
{about_that} {finding}
what {is} [the] {review} {finding}
what (does it | does this | do the findings | does the review | do they | does {review} | do the reviews | does all this | does that) mean for {audiences} => kind=implication, recommendation
what (follows | are the consequences | is to be done) for {audiences} => kind=implication, recommendation
what {do} ({review} | {review_word} | the authors | they | it) (find | conclude | report | show | say) => kind=
what {do} ({review} | {review_word} | the authors) (find | conclude | report | show | say) (for | about) {audiences} => kind=
what {is} found [(in | by) {review}] => kind=
[what | which | what {is} | where {is} | are there | any] [the | any] (stated gaps | gaps stated | gaps that are stated) [about {about_that}] => kind=gap
what gaps {do} ({review} | {reviews} | {review_word} | the authors) (state | report | name | mention | point out | identify | see) => kind=gap
findings => kind=
what {is} [the] (lessons | lesson | messages | message) for {audiences} => kind=implication, recommendation
what is the main message [of {review}] => kind=finding, gap
(lessons | messages) for {audiences} => kind=implication, recommendation
""",
    ),
    (
        Asked.GAPS,
        """
[what | where | which] [are | is] [the | there] [any] [evidence | research | knowledge] (gap | gaps) [are there | there]
[the | all | any] [evidence | research | knowledge] (gap | gaps) [matrix | map | table] [(by | per) {by}]
[what is | show] [the] (gap | gaps | evidence) (matrix | map | table) [(by | per) {by}]
are there [any] [evidence | research | knowledge] gaps
(where | what) is [the] evidence [is] (missing | lacking | thin | absent)
where is [there] no evidence
where {do} we (lack | have no | not have [any]) evidence
what [evidence] is (missing | lacking)
{gap_word} (matrix | map) [by {by}]
mechanisms by {by}
what [do] (we | they) not know
what do not (we | they) know
where (are | is) [the] blind (spots | spot)
[which | what | where are the | the] [cells are] empty [cells]
(which | whose) (perspective | perspectives) {is} (missing | absent | lacking | not covered | not heard) => by=perspective
(which | what) (level | levels) {is} (missing | absent | lacking | not covered) => by=level
(from | of) (whose | which | what) (perspective | perspectives) is there evidence (about | on | for | of) {mechanism} => by=perspective
(which | whose) (perspective | perspectives) (speak | speaks) (of | to | about) {mechanism} => by=perspective
(at | on) (which | what) (level | levels) is (there evidence (about | on | for | of) {mechanism} | {mechanism} (supported | evidenced)) => by=level
(which | what) (level | levels) is there evidence (about | on | for | of) {mechanism} at => by=level
in (which | what) (setting | settings) is there evidence (about | on | for | of) {mechanism} => by=setting
[what | which | where are the | the | any] [evidence] gaps [are there] (for | about | among | of) [the] {perspective}
""",
    ),
    (
        Asked.HISTORY,
        """
what [has | have | was | did | ever] (became | become | happened | happen) (of | to | with) {mechanism}
[what is] [the] (history | fate | story | evolution | development | trajectory | destiny) of {mechanism}
{mechanism} (history | fate)
how (did | has | have) {mechanism} (change | changed | evolve | evolved | develop | developed | fare | fared | end | ended up)
where did {mechanism} go
why (was | is | were | did they | did the review | did the reviewers | did the authors | has | did {review}) {mechanism} [been] ({dropped} | {drop} | incorporate | merge) [into others | into other mechanisms | from the theory | by the review | by the reviewers]
why (did they | did the review | did the reviewers | did the authors | did {review}) (drop | remove | exclude | leave out | merge | incorporate | abandon | discard) {mechanism} [into others | into other mechanisms]
(was | is | were | has) {mechanism} [been] ({dropped} | kept | retained | confirmed | changed | refined) [into others | in the end | by the review | by the reviewers]
is {mechanism} still (in the theory | a mechanism | part of the theory | there | in)
did {mechanism} survive
(into what | into which mechanisms | into which mechanism | where) (was | is | were) {mechanism} (merged | incorporated | absorbed | folded)
what (was | is) {mechanism} (merged | incorporated | absorbed | folded) into
(which mechanisms | which mechanism | what) (absorbed | took over | took up | includes | contains) {mechanism}
[what is] [the] (status | stated status) of {mechanism}
what {do} {review} (decide | conclude | do) (about | on | with) {mechanism}
reason for (dropping | merging | incorporating | removing | leaving out) {mechanism}
why did {mechanism} (disappear | not survive | vanish)
when was {mechanism} (dropped | merged | incorporated | added | removed)
why {is} {mechanism} (unsupported | not supported | without support | without evidence | without empirical support)
why is there no {evidence} {about} {mechanism}
why (was | is) (nothing | no evidence | no support) found (for | about | on) {mechanism}
why did (they | the review | the reviewers | the authors | {review}) find (nothing | no evidence) (for | about | on) {mechanism}
why (does | do) {mechanism} (lack | have no) {evidence}
""",
    ),
    (
        Asked.CONFIGURATIONS,
        """
{cmos} {that} ([{has} | with | show | lead to | leads to | end in | end with | produce | result in | describe]) [a | an | the] {polarity} (outcome | outcomes | result | results | effect | effects | polarity)
{cmos} {that} [{is}] {polarity} [ones]
[all | the | any | list] {polarity} {cmos}
{cmos} {that} (fail | fails | backfire | do harm | go wrong | harm people) => polarity=negative
{cmos} {that} (work | succeed | help) => polarity=positive
(what | which) (fails | backfires | goes wrong | does harm) => polarity=negative
{cmos} {of} {thing}
{thing} (configurations | configuration | cmos | cmo | cmocs)
{cmos} {that} (include | includes | involve | involves | contain | contains | mention | mentions | have | has | use | uses | feature | features | belong to | belongs to | explain | explains | describe | describes | hold | concern | concerns) {thing}
{cmos} (is | are | does | do) {thing} [play a part | occur | appear | stand] [in | part of]
(in | to) (which | what) (configurations | configuration | cmos | cmocs) (is | are | does | do) {thing} [play a part | occur | appear | stand | a part | figure | used | named | belong]
{cmos} (with | of | involving | that join | joining | linking | connecting | combining | containing | that have | that include | that combine) {part} and {with}
how {do} {mechanism} work
what works (for | with | among | in) ({context_people} | [the] {context})
what works (where | when | if | under) [there is] {context}
what (happens | works | helps | happens to | goes on) (for | with | to | in | where | when | among) ({context_people} | [there is] {context})
what (harms | hurts | hinders | fails | backfires | does not work | goes wrong | works badly) (for | with | among | in | where | when) ({context_people} | [there is] {context}) => polarity=negative
what (harms | hurts | hinders) ({context_people} | {context}) => polarity=negative
what helps ({context_people} | {context})
{do} {part} (harm | help | hurt | hinder | improve | benefit | damage | work for | work with | work in | work where | work when | fail | fail for | fail with | affect | serve | support | suit | fit | worsen | do anything for | make a difference for | make a difference to | do harm to | do good to | depend on | need | require | rely on) ({with_people} | {with})
(is | are) {part} (good | bad | harmful | helpful | useful | dangerous | beneficial | right | suitable) (for | to | with | in | where) ({with_people} | {with})
(how | in what way) {do} {part} (harm | help | hurt | hinder | improve | benefit | work for | work with | work in) ({with_people} | {with})
what happens when {part} meets ({with_people} | {with})
what (does | do) {part} do (to | for | with) ({with_people} | {with})
what (does | do) {part} and {with} (do | lead to) together
if then [because] (statements | sentences) (of | for) {thing}
what happens (when | if | where) {people} (have | has | had | show | are) {context}
{cmos} {that} (link | links | join | joins | connect | connects | combine | combines | relate | relates | hold both | have both) {part} (and | with | to) {with}
how many {cmos_bare} (belong to | are there for | involve | include | have) {thing}
{cmos} (hold | apply | are there | occur) => needs=context
{cmos} => needs=context
[all | the | which | what | list] {polarity} {cmos_bare} {of} {thing}
{thing} {polarity} {cmos_bare}
""",
    ),
    (
        Asked.PARTS,
        """
(what | which) {inner} {causes} {thing}
{role} {mechanism}
(in | under | within | for) [what | which] {role} {would} {thing} {works}
(in | under | within | for) [what | which] {role} {would} {thing} {fails} => polarity=negative
(what | which) {role} {would} {thing} (work | operate | succeed | help | fire | function) [best] in
(what | which) {role} {would} {thing} {fails} in => polarity=negative
(when | where | for whom | with whom | for who) {would} {thing} {works} => role=context
(when | where | for whom | with whom | for who) {would} {thing} {fails} => role=context; polarity=negative
(when | where) (is | are) {thing} (effective | successful | helpful | at work | active) => role=context
(when | where) (is | are) {thing} (ineffective | unsuccessful | harmful | not effective) => role=context; polarity=negative
(what | which) {role} {would} {thing} (produce | have | lead to | bring | bring about | generate | cause | give | result in | achieve | need | require | depend on | use | involve | trigger | create | rely on | rest on | include | hold | offer | occur in | appear in | come with)
(what | which) {polarity} {role} {would} {thing} (produce | have | lead to | bring | bring about | generate | cause | give | result in | achieve | need | trigger | create)
(what | which) {role} (trigger | triggers | activate | activates | enable | enables | hinder | hinders | belong to | go with | surround | hold for | are given for | are needed for) {thing}
[what are | what is | which are | list] [the] {role} (of | for | in | around | behind) [the] [mechanism] {mechanism}
[what are | what is | which are | list] [the] {polarity} {role} (of | for | in) [the] [mechanism] {mechanism}
{mechanism} {role}
how do people (react | respond) (to | in) {thing} => role=reasoning
what {would} {mechanism} (lead people to | make people) (think | feel | do | believe) => role=reasoning
why {would} {mechanism} (work | help | succeed) => role=reasoning
why {would} {mechanism} {fails} => role=reasoning; polarity=negative
""",
    ),
    (
        Asked.CHAINS,
        """
how {would} {start} {lead_to} {end}
in what way {would} {start} {lead_to} {end}
(does | do | did | can | could | will | would) {start} {lead_to} {end}
how {would} (you | we | one | people | it | things) (get | go | come) from {start} to {end}
what leads from {start} to {end}
[what {is} | which are | show | is there] [the | all | a | any] (path | paths | chain | chains | route | routes | link | links | way | ways | connection | steps | pathway | pathways) [leads | lead | leading] from {start} to {end}
[what {is} | is there] [the | all | a | any] (path | paths | chain | chains | link | links | connection | connections | relation | relationship | pathway | pathways) (between | of | joining) {start} (and | to) {end}
what (links | connects | joins | lies between | stands between) {start} (to | with | and) {end}
how (is | are) {start} (linked | connected | related | joined | tied) (to | with) {end}
how {would} {start} and {end} (connect | relate | hang together | link)
(is | are) {start} (linked | connected | related | tied) (to | with) {end}
(what | which contexts | which configurations | which cmos | which context) {causes} {end}
(what | which contexts) can {causes} {end}
what (makes | can make | helps) {end} [happen | come about | occur]
[what {is}] [the] (cause | causes | trigger | triggers | antecedents | determinants | drivers | causes and triggers | preconditions) of {end}
how {would} {end} (come about | arise | happen | occur | emerge | come into being)
(how | when) is {end} {caused}
what (is | are) {end} {caused} by
why {would} {end} (happen | occur | arise | come about)
what lies behind {end}
(chain | chains | path | paths | pathways) (to | ending in | that end in | leading to) {end}
{end} is {caused} by what
what (precedes | comes before | goes before) {end}
(what | where) {would} {start} {lead_to}
(what | where) {would} {start} (lead | trigger | do | lead people to | end | generate)
what (follows | results | comes | arises | happens) (from | out of | after | of) {start}
[what {is}] [the] (consequence | consequences | effect | effects | outcome | outcomes | result | results | impact | impacts) of {start}
what (happens | happened) (as a result of | because of | following | once there is | given) {start}
what (effect | effects | consequences | impact | outcomes | results) {would} {start} (have | bring | produce)
{start} (leads | lead) to what
(chain | chains | path | paths | pathways) (from | starting in | starting from | that start in | beginning in) {start}
chains {of} {start}
chains | [which | what | are there | show] [any | the | all] (chains | chains of configurations | causal chains | ripple effects | feedback loops | loops) {there}
(through | by | via) (what | which (steps | configurations | route)) {would} {start} {lead_to} {end}
(is | are) there [a | any] (loop | loops | feedback loop | feedback loops | chain | chains | cycle | cycles)
how many chains are there
""",
    ),
    (
        Asked.LIST,
        """
[what | which | all | all the | the | every | list | any | what are | which are | what are all | are there | are there any | each] [the | of the] {listed} {there}
[what | which | all | all the | the | list | what are | which are] [the] included {listed} {there} => included=yes
[what | which | all | all the | the | list | what are | which are] [the] excluded {listed} {there} => included=no
(what | which) {listed} {is} (included | included by {review}) => included=yes
(what | which) {listed} {is} (excluded | left out | excluded by {review}) [and why] => included=no
(what | which) {listed} {do} ({review} | we | you | it | the graph | {review_word} | they | the authors) (have | hold | contain | name | propose | find | identify | describe | use | include | list | state | discuss)
(what | which) {listed} {is} (loaded | held | known | in the graph | used | proposed | identified | listed | mentioned | named | published | in here)
(what | which) {listed} {that} [{is}] (published | from | loaded | held)
{listed} overview | overview of [the | all] {listed}
(what | which) (theory | theories) (explain | explains | underpin | underpins | support | supports | guide | guides | is behind | are behind | underlie | underlies | cover | covers | is linked to | are linked to | is tied to | inform | informs) {thing} => kind=theories
(what | which) (theory | theories) is {thing} (explained | covered | informed) by => kind=theories
what is (loaded | in the graph | in here | held) => kind=reviews
what became of [the | all] [the] mechanisms => kind=mechanisms
[what | which] {listed} (was | were | is) published
what was published => kind=sources; needs=since
[only | just] {listed}
""",
    ),
    (
        Asked.EVIDENCE,
        """
{lead} [only | just] {noun} {there} {stance} {thing} [only | alone]
{lead} {noun} {there} [that | which] [the] {thing} {effect}
{lead} {noun} that [the] {thing} (does | do | is) not {effect_bare} => stance=challenges
{lead} {noun} {there} {stance} {thing} and (against | its opposite)
(what | who | does anything | does anyone | do any | which | does any | how many | do | does) [the] [of the] [{noun}] {verb} {thing}
(is | are | was | were | has | have | do | does) {thing} [been] {verb} [by [any | the] [{noun} | anyone | anything]] 
by (what | whom | which) [{noun}] (is | are | was) {thing} {verb}
who {says} [that | about | for | against] {thing} {effect}
what (speaks | argues | counts | is there | is) against {thing} => stance=challenges
what (speaks | argues | counts | is there) for {thing} => stance=supports
{lead} support {there} for {thing} => stance=supports
{lead} (criticism | objections | counter evidence | counterevidence | challenges) {there} (to | of | about | against | for) {thing} => stance=challenges
what {known} (about | on | of) {thing}
what (do | does | did) [the] ({noun} | we | anyone | others | people | reviewers) [already] (know | say | tell us | show | suggest | report | find | conclude | reveal | indicate | think) (about | on | of | regarding) {thing}
what (do | does | did) [the] {perspective} (say | think | report | feel | believe | want | tell us | experience) (about | of | on | regarding | with) {thing}
what (do | does | did) [the] {perspective} make of {thing}
how (do | does | did) [the] {perspective} (see | view | feel about | experience | regard | perceive | judge) {thing}
(has | have | did) (anyone | anybody | somebody | someone | any review | the review | the reviewers | the authors | {review} | they) [ever] (ask | asked | consult | consulted | interview | interviewed | involve | involved | hear from | heard from | speak to | spoken to | spoke to | talk to | talked to | include | included) [the | any] {perspective} [(about | on) ({thing} | {topic} | it | this)]
(were | was | have | are) [the | any] {perspective} [been] (asked | consulted | interviewed | involved | heard | included | represented) [(about | on | in) ({thing} | {topic} | it | this)]
(do | does) we (know | have) [anything | something | what] (from | of) [the] {perspective} [(about | on) {thing}]
{perspective} on {thing}
[what {is}] [the] {perspective} (view | views | perspective | perspectives | experience | experiences | voice | opinion | opinions) (of | on | about | regarding) {thing}
what (did | do | does) [the] {source_word} [by | of] {source} (find | say | report | show | conclude | tell us | contribute | state | claim | add) [(about | on | regarding) {thing}]
what (did | do | does) {source} (find | say | report | show | conclude | tell us | contribute | state | claim | add) [(about | on | regarding) {thing}]
what (is | was) (found | reported | shown | said) [(about | on) {thing}] (by | in) {source}
what {do} {source} (support | back) => stance=supports
what {do} {source} (challenge | contradict | oppose) => stance=challenges
(does | do | did) {source} {verb} {thing}
{lead} (results | findings | conclusions | extracts | quotes | contribution) (of | from) {source}
what (comes | is | was extracted | do we have) from {source}
{lead} {noun} {there} {that} [{do}] [{is}] [come | comes] [from | in | by] {source}
(for | about | on) {thing} (what | which) {noun} [is there | do we have | are there | exists]
[what | which] {thing} {noun} [is there | are there | do we have]
{thing} [the | what | which] {noun} [is there | do we have | are there]
{lead} {noun} {there} {that} [{is}] [there] [come | comes] [held | entered]
how (much | many) {noun} {there}
{is} there [a | any | the] => needs=perspective
what (do | does | did | have | has | had) [the | any] ({noun} | we | anyone | others | people | reviewers) [ever | already] (told us | tell us | said | reported | found | find | shown | learned | learnt | heard | seen) (about | on | of | regarding) {thing}
(which | what | do any | does any | have any) {noun} (found | find | finds | report | reports | reported | say | says | said | show | shows | have | has | offer | offers) [something | anything | results | evidence | data] (about | on | of | for | regarding) {thing}
who has {noun} {stance} {thing}
what (do | does | did) ({review} | {reviews} | {review_word} | the authors | they | it) (say | report | find | show | conclude | tell us | have) (about | on | regarding | for) {thing}
what {is} (found | said | reported | written | stated | learnt) (about | on | regarding | for) {thing} [(in | by) {review}]
(was | is | has) [there] (anything | something) [been] (found | said | reported | known | written) (about | on | regarding | for) {thing}
how much (do we know | is known | have we got | do we have | is said) (about | on | of) {thing}
where does the {noun} {stance} {thing} come from
on what does [the] {evidence} {about} {thing} (rest | stand | depend | hinge) => stance=supports
what (does | is) [the] {evidence} {about} {thing} (rest | based | stand | depend) on => stance=supports
what is {thing} (based | founded | built) on => stance=supports
(what | which) {noun} (stands | stand | is | are | lies | lie) behind {thing} => stance=supports
how many {noun} (stands | stand | is | are) behind {thing} => stance=supports
(did | do | does) [the | any] {perspective} (have | get) a (say | voice) [(about | on | in) {thing}]
(has | have | was | were) [any | the] {perspective} (been heard | been asked | heard | asked | a say | been consulted | been included | been interviewed | been involved)
(is | are) [the | any] {perspective} [voice | perspective | view | views | viewpoint | side | experience] (missing | absent | included | covered | represented | there | heard | present | lacking)
(is | are) [the | any] [voice | perspective | view | views] of [the] {perspective} (missing | absent | included | covered | represented | there | heard | present | lacking)
what (is | was | has been | does one) [there] (said | reported | known | stated | learned | learnt | found | say) => needs=perspective
what is in [{source_word}] {source}
(which | what) mechanisms (do | does | did) {source} (support | back | confirm) => stance=supports
(which | what) mechanisms (do | does | did) {source} (speak to | cover | address | mention | discuss | bear on | concern | talk about)
(which | what) mechanisms (do | does | did) {source} (challenge | contradict | oppose) => stance=challenges
(against | challenging) {thing} => stance=challenges
{thing} against => stance=challenges
(supporting | supports) {thing} => stance=supports
{noun} {thing}
{thing} {noun}
{perspective} {thing}
{thing} {perspective}
what (has | have | had) {source} [got to] (say | said | found | find | reported | shown | contributed) [(about | on | regarding | for) {thing}]
{lead} {perspective} {noun} {there} {stance} {thing}
{lead} {perspective} {noun} {there}
(has | have) (anyone | anybody | someone | any paper | any study) (written | reported | published | said anything | said something | found anything) (about | on) {thing}
""",
    ),
    (
        Asked.SAID,
        """
who {says} [that | about | of] {claim}
(what | which) {noun} (say | says | said | state | states | claim | claims | suggest | suggests | show | shows) [that] {claim}
where (is | does) it (say | said | stated | state) [that] {claim}
(does | do | did) (anyone | anybody | any source | any study | any paper | the literature | the evidence | somebody | someone) (say | claim | state | argue | mention) [that] {claim}
is it (said | stated | claimed) [anywhere] that {claim}
""",
    ),
    (
        Asked.RECORD,
        """
[about | what about | what is | what are | who is | who are | what was | what were | so what is | explain | describe | define | details of | details about | detail on | details on | more on | more about | information on | information about | info on | info about | everything about | everything on | all about | something about | anything about | definition of | [the] meaning of | look up | open | see | view | summarise | summary of | [a] summary of | overview of | an overview of | look at | the record of | record | who wrote | reference for | citation of] [the] {record} [about | record | mean | all about | exactly | in detail]
what (does | do) {record} (mean | stand for | refer to | describe | say | cover | involve | consist of | entail)
what (is | are) [meant by | the meaning of | the definition of | the mechanism | the concept | called] {record}
how (is | are) {record} (defined | described | understood | explained)
what (do | does | did) (the review | {review} | the reviewers | the authors) mean by {record}
what kind of (thing | source | study | paper | record) is {record}
what is {record} about
is there [a | any] [mechanism | concept | source | record | review] [called | named] {record} [called that]
does {record} exist
{record} (definition | meaning | explained | defined | details | record)
what (can you tell me | have you got | do you have | is there) (about | on) {record}
is {record} (in there | here | in the graph | held | known | loaded | covered | included)
""",
    ),
    (
        Asked.LOADS,
        """
when (was | were) ({review} | it | the reviews | everything | the data) (loaded | last loaded | updated | last updated | changed)
loads | load history | what was loaded [when]
(when | what) (was | were) [the] last (load | loaded)
who loaded {review}
""",
    ),
)
"""Every form, by the question that it asks; `=>` says what the words of a form set."""
