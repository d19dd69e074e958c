// All of a review, kind by kind, as it was loaded: for export. Carried by `review` of
// each label. Made by scripts/make_cypher.py from the models.

// name: all_of_review
// The records, in the order of ids.
MATCH (record:Review {id: $review})
RETURN record.id AS id, record.title AS title, record.aliases AS aliases, record.authors AS authors, record.year AS year, record.doi AS doi, record.registration AS registration, record.citation AS citation, record.question AS question, record.objectives AS objectives, record.keywords AS keywords, record.licence AS licence, record.acknowledgement AS acknowledgement, record.note AS note
ORDER BY id

// name: all_of_level
// The records, in the order of ids.
MATCH (record:Level {review: $review})
RETURN record.id AS id, record.name AS name, record.position AS position, record.aliases AS aliases, record.description AS description
ORDER BY id

// name: all_of_perspective
// The records, in the order of ids.
MATCH (record:Perspective {review: $review})
RETURN record.id AS id, record.name AS name, record.position AS position, record.aliases AS aliases, record.description AS description
ORDER BY id

// name: all_of_stage
// The records, in the order of ids.
MATCH (record:Stage {review: $review})
RETURN record.id AS id, record.name AS name, record.position AS position, record.purpose AS purpose, record.databases AS databases, record.handsearched AS handsearched, record.searched_on AS searched_on, record.levels AS levels, record.perspectives AS perspectives, record.kinds AS kinds, record.from_decisions AS from_decisions, record.locator AS locator, record.note AS note
ORDER BY id

// name: all_of_stage_mechanisms
// From Stage to Mechanism.
MATCH (a:Stage {review: $review})-[r:COVERS_MECHANISM]->(b:Mechanism)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_stage_concepts
// From Stage to Concept.
MATCH (a:Stage {review: $review})-[r:COVERS_CONCEPT]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_stage_configurations
// From Stage to Configuration.
MATCH (a:Stage {review: $review})-[r:COVERS_CONFIGURATION]->(b:Configuration)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_step
// The records, in the order of ids.
MATCH (record:Step {review: $review})
RETURN record.id AS id, record.position AS position, record.kind AS kind, record.track AS track, record.name AS name, record.n AS n, record.counts AS counts, record.reason AS reason, record.locator AS locator
ORDER BY id

// name: all_of_step_stage
// From Step to Stage.
MATCH (a:Step {review: $review})-[r:STEP_OF]->(b:Stage)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_step_takes
// From Step to Step.
MATCH (a:Step {review: $review})-[r:TAKES]->(b:Step)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_tally
// The records, in the order of ids.
MATCH (record:Tally {review: $review})
RETURN record.id AS id, record.name AS name, record.position AS position, record.n AS n, record.part_names AS part_names, record.parts AS parts, record.counts AS counts, record.of AS of, record.locator AS locator
ORDER BY id

// name: all_of_reporting
// The records, in the order of ids.
MATCH (record:Reporting {review: $review})
RETURN record.id AS id, record.item AS item, record.position AS position, record.statement AS statement, record.locator AS locator, record.note AS note
ORDER BY id

// name: all_of_source
// The records, in the order of ids.
MATCH (record:Source {review: $review})
RETURN record.id AS id, record.kind AS kind, record.title AS title, record.form AS form, record.authors AS authors, record.organisations AS organisations, record.more_authors AS more_authors, record.year AS year, record.date AS date, record.journal AS journal, record.volume AS volume, record.issue AS issue, record.pages AS pages, record.publisher AS publisher, record.doi AS doi, record.pmid AS pmid, record.url AS url, record.reference AS reference, record.included AS included, record.excluded_because AS excluded_because, record.studies AS studies, record.attribution AS attribution, record.locator AS locator, record.note AS note, record.from_records AS from_records
ORDER BY id

// name: all_of_source_stage
// From Source to Stage.
MATCH (a:Source {review: $review})-[r:INCLUDED_AT]->(b:Stage)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_source_entrance
// From Source to Step.
MATCH (a:Source {review: $review})-[r:ENTERED_THROUGH]->(b:Step)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_mechanism
// The records, in the order of the file.
MATCH (record:Mechanism {review: $review})
RETURN record.id AS id, record.name AS name, record.aliases AS aliases, record.description AS description, record.number AS number, record.levels AS levels, record.locator AS locator, record.note AS note
ORDER BY coalesce(record.position, 1000000000000), coalesce(record.number, 1000000000000), id

// name: all_of_history_entry
// The records, in the order of ids.
MATCH (record:HistoryEntry {review: $review})
RETURN record.id AS id, record.position AS position, record.status AS status, record.levels AS levels, record.perspectives AS perspectives, record.kinds AS kinds, record.locator AS locator, record.note AS note
ORDER BY id

// name: all_of_history_entry_mechanism
// From HistoryEntry to Mechanism.
MATCH (a:HistoryEntry {review: $review})-[r:HISTORY_OF]->(b:Mechanism)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_history_entry_stage
// From HistoryEntry to Stage.
MATCH (a:HistoryEntry {review: $review})-[r:STATED_AT]->(b:Stage)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_history_entry_into
// From HistoryEntry to Mechanism.
MATCH (a:HistoryEntry {review: $review})-[r:INCORPORATED_INTO]->(b:Mechanism)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_history_entry_configurations
// From HistoryEntry to Configuration.
MATCH (a:HistoryEntry {review: $review})-[r:COVERS_CONFIGURATION]->(b:Configuration)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_concept
// The records, in the order of the file.
MATCH (record:Concept {review: $review})
RETURN record.id AS id, record.name AS name, record.aliases AS aliases, record.description AS description, record.locator AS locator
ORDER BY coalesce(record.position, 1000000000000), id

// name: all_of_configuration
// The records, in the order of the file.
MATCH (record:Configuration {review: $review})
RETURN record.id AS id, record.name AS name, record.polarity AS polarity, record.levels AS levels, record.locator AS locator, record.note AS note
ORDER BY coalesce(record.position, 1000000000000), id

// name: all_of_configuration_mechanisms
// From Configuration to Mechanism.
MATCH (a:Configuration {review: $review})-[r:BELONGS_TO]->(b:Mechanism)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_configuration_contexts
// From Configuration to Concept.
MATCH (a:Configuration {review: $review})-[r:HAS_CONTEXT]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id, r.position AS position, r.inferred AS inferred
ORDER BY from_id, position, to_id

// name: all_of_configuration_resources
// From Configuration to Concept.
MATCH (a:Configuration {review: $review})-[r:HAS_RESOURCE]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id, r.position AS position, r.inferred AS inferred
ORDER BY from_id, position, to_id

// name: all_of_configuration_reasonings
// From Configuration to Concept.
MATCH (a:Configuration {review: $review})-[r:HAS_REASONING]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id, r.position AS position, r.inferred AS inferred
ORDER BY from_id, position, to_id

// name: all_of_configuration_outcomes
// From Configuration to Concept.
MATCH (a:Configuration {review: $review})-[r:HAS_OUTCOME]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id, r.position AS position, r.inferred AS inferred
ORDER BY from_id, position, to_id

// name: all_of_theory
// The records, in the order of the file.
MATCH (record:Theory {review: $review})
RETURN record.id AS id, record.kind AS kind, record.name AS name, record.aliases AS aliases, record.description AS description, record.locator AS locator
ORDER BY coalesce(record.position, 1000000000000), id

// name: all_of_theory_mechanisms
// From Theory to Mechanism.
MATCH (a:Theory {review: $review})-[r:EXPLAINS_MECHANISM]->(b:Mechanism)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_theory_configurations
// From Theory to Configuration.
MATCH (a:Theory {review: $review})-[r:EXPLAINS_CONFIGURATION]->(b:Configuration)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_theory_concepts
// From Theory to Concept.
MATCH (a:Theory {review: $review})-[r:EXPLAINS_CONCEPT]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_code
// The records, in the order of ids.
MATCH (record:Code {review: $review})
RETURN record.id AS id, record.name AS name, record.scheme AS scheme, record.description AS description, record.file AS file
ORDER BY id

// name: all_of_code_parent
// From Code to Code.
MATCH (a:Code {review: $review})-[r:PART_OF]->(b:Code)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_passage
// The records, in the order of ids.
MATCH (record:Passage {review: $review})
RETURN record.id AS id, record.quote AS quote, record.locator AS locator, record.span AS span, record.text_hash AS text_hash, record.arm AS arm, record.coder AS coder, record.note AS note, record.file AS file
ORDER BY id

// name: all_of_passage_source
// From Passage to Source.
MATCH (a:Passage {review: $review})-[r:PASSAGE_OF]->(b:Source)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_passage_code
// From Passage to Code.
MATCH (a:Passage {review: $review})-[r:CODED_AS]->(b:Code)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_evidence
// The records, in the order of ids.
MATCH (record:Evidence {review: $review})
RETURN record.id AS id, record.role AS role, record.stance AS stance, record.extent AS extent, record.levels AS levels, record.perspective AS perspective, record.setting AS setting, record.quote AS quote, record.statement AS statement, record.locator AS locator, record.span AS span, record.text_hash AS text_hash, record.relevance AS relevance, record.rigour AS rigour, record.richness AS richness, record.coder AS coder, record.note AS note
ORDER BY id

// name: all_of_evidence_source
// From Evidence to Source.
MATCH (a:Evidence {review: $review})-[r:FROM_SOURCE]->(b:Source)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_evidence_mechanism
// From Evidence to Mechanism.
MATCH (a:Evidence {review: $review})-[r:ABOUT]->(b:Mechanism)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_evidence_configuration
// From Evidence to Configuration.
MATCH (a:Evidence {review: $review})-[r:ABOUT]->(b:Configuration)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_evidence_concept
// From Evidence to Concept.
MATCH (a:Evidence {review: $review})-[r:ABOUT]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_evidence_theory
// From Evidence to Theory.
MATCH (a:Evidence {review: $review})-[r:ABOUT]->(b:Theory)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_evidence_contexts
// From Evidence to Concept.
MATCH (a:Evidence {review: $review})-[r:IN_CONTEXT]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_evidence_passage
// From Evidence to Passage.
MATCH (a:Evidence {review: $review})-[r:FROM_PASSAGE]->(b:Passage)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_appraisal
// The records, in the order of ids.
MATCH (record:Appraisal {review: $review})
RETURN record.id AS id, record.appraiser AS appraiser, record.relevance AS relevance, record.rigour AS rigour, record.richness AS richness, record.locator AS locator, record.note AS note
ORDER BY id

// name: all_of_appraisal_evidence
// From Appraisal to Evidence.
MATCH (a:Appraisal {review: $review})-[r:APPRAISES]->(b:Evidence)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_finding
// The records, in the order of the file.
MATCH (record:Finding {review: $review})
RETURN record.id AS id, record.kind AS kind, record.name AS name, record.statement AS statement, record.levels AS levels, record.perspectives AS perspectives, record.kinds AS kinds, record.absence AS absence, record.audience AS audience, record.locator AS locator
ORDER BY coalesce(record.position, 1000000000000), id

// name: all_of_finding_mechanisms
// From Finding to Mechanism.
MATCH (a:Finding {review: $review})-[r:CONCERNS_MECHANISM]->(b:Mechanism)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_finding_configurations
// From Finding to Configuration.
MATCH (a:Finding {review: $review})-[r:CONCERNS_CONFIGURATION]->(b:Configuration)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_finding_concepts
// From Finding to Concept.
MATCH (a:Finding {review: $review})-[r:CONCERNS_CONCEPT]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_finding_theories
// From Finding to Theory.
MATCH (a:Finding {review: $review})-[r:CONCERNS_THEORY]->(b:Theory)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_finding_said_by
// From Finding to Source.
MATCH (a:Finding {review: $review})-[r:SAID_BY]->(b:Source)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_finding_searched
// From Finding to Stage.
MATCH (a:Finding {review: $review})-[r:BOUNDED_BY]->(b:Stage)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_same_as
// The records, in the order of ids.
MATCH (record:SameAs {review: $review})
RETURN record.id AS id, record.same_as AS same_as, record.declared_by AS declared_by, record.note AS note
ORDER BY id

// name: all_of_same_as_mechanism
// From SameAs to Mechanism.
MATCH (a:SameAs {review: $review})-[r:DECLARES]->(b:Mechanism)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_same_as_concept
// From SameAs to Concept.
MATCH (a:SameAs {review: $review})-[r:DECLARES]->(b:Concept)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_same_as_source
// From SameAs to Source.
MATCH (a:SameAs {review: $review})-[r:DECLARES]->(b:Source)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_reference
// The records, in the order of ids.
MATCH (record:Reference {review: $review})
RETURN record.id AS id, record.file AS file, record.row AS row, record.database AS database, record.merged_by AS merged_by, record.score AS score, record.text AS text, record.encoding AS encoding, record.fields AS fields, record.reads_as AS reads_as, record.decisions AS decisions, record.replaces AS replaces
ORDER BY id

// name: all_of_reference_source
// From Reference to Source.
MATCH (a:Reference {review: $review})-[r:STANDS_FOR]->(b:Source)
RETURN a.id AS from_id, b.id AS to_id
ORDER BY from_id, to_id

// name: all_of_merge
// The records, in the order of ids.
MATCH (record:Merge {review: $review})
RETURN record.id AS id, record.one AS one, record.other AS other, record.verdict AS verdict, record.moved AS moved, record.declared_by AS declared_by, record.note AS note
ORDER BY id

// name: all_of_silence
// The records, in the order of ids.
MATCH (record:Silence {review: $review})
RETURN record.id AS id, record.rule AS rule, record.record AS record, record.because AS because, record.declared_by AS declared_by
ORDER BY id
