// Constraints and indexes: created before the first load, on both stores. The unique id
// carries every look-up and every page; `review` carries "all of one review".
// Made by scripts/make_cypher.py from the models.

// name: constrain_review
// No two records of a kind share an id.
CREATE CONSTRAINT review_id IF NOT EXISTS FOR (n:Review) REQUIRE n.id IS UNIQUE

// name: constrain_level
// No two records of a kind share an id.
CREATE CONSTRAINT level_id IF NOT EXISTS FOR (n:Level) REQUIRE n.id IS UNIQUE

// name: index_level_review
// Carries what is asked by review.
CREATE INDEX level_review IF NOT EXISTS FOR (n:Level) ON (n.review)

// name: constrain_perspective
// No two records of a kind share an id.
CREATE CONSTRAINT perspective_id IF NOT EXISTS FOR (n:Perspective) REQUIRE n.id IS UNIQUE

// name: index_perspective_review
// Carries what is asked by review.
CREATE INDEX perspective_review IF NOT EXISTS FOR (n:Perspective) ON (n.review)

// name: constrain_stage
// No two records of a kind share an id.
CREATE CONSTRAINT stage_id IF NOT EXISTS FOR (n:Stage) REQUIRE n.id IS UNIQUE

// name: index_stage_review
// Carries what is asked by review.
CREATE INDEX stage_review IF NOT EXISTS FOR (n:Stage) ON (n.review)

// name: constrain_step
// No two records of a kind share an id.
CREATE CONSTRAINT step_id IF NOT EXISTS FOR (n:Step) REQUIRE n.id IS UNIQUE

// name: index_step_review
// Carries what is asked by review.
CREATE INDEX step_review IF NOT EXISTS FOR (n:Step) ON (n.review)

// name: constrain_tally
// No two records of a kind share an id.
CREATE CONSTRAINT tally_id IF NOT EXISTS FOR (n:Tally) REQUIRE n.id IS UNIQUE

// name: index_tally_review
// Carries what is asked by review.
CREATE INDEX tally_review IF NOT EXISTS FOR (n:Tally) ON (n.review)

// name: constrain_reporting
// No two records of a kind share an id.
CREATE CONSTRAINT reporting_id IF NOT EXISTS FOR (n:Reporting) REQUIRE n.id IS UNIQUE

// name: index_reporting_review
// Carries what is asked by review.
CREATE INDEX reporting_review IF NOT EXISTS FOR (n:Reporting) ON (n.review)

// name: constrain_source
// No two records of a kind share an id.
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE

// name: index_source_review
// Carries what is asked by review.
CREATE INDEX source_review IF NOT EXISTS FOR (n:Source) ON (n.review)

// name: index_source_work
// Carries what is asked by work.
CREATE INDEX source_work IF NOT EXISTS FOR (n:Source) ON (n.work)

// name: index_source_doi_key
// Carries what is asked by doi_key.
CREATE INDEX source_doi_key IF NOT EXISTS FOR (n:Source) ON (n.doi_key)

// name: index_source_pmid_key
// Carries what is asked by pmid_key.
CREATE INDEX source_pmid_key IF NOT EXISTS FOR (n:Source) ON (n.pmid_key)

// name: constrain_mechanism
// No two records of a kind share an id.
CREATE CONSTRAINT mechanism_id IF NOT EXISTS FOR (n:Mechanism) REQUIRE n.id IS UNIQUE

// name: index_mechanism_review
// Carries what is asked by review.
CREATE INDEX mechanism_review IF NOT EXISTS FOR (n:Mechanism) ON (n.review)

// name: constrain_history_entry
// No two records of a kind share an id.
CREATE CONSTRAINT history_entry_id IF NOT EXISTS FOR (n:HistoryEntry) REQUIRE n.id IS UNIQUE

// name: index_history_entry_review
// Carries what is asked by review.
CREATE INDEX history_entry_review IF NOT EXISTS FOR (n:HistoryEntry) ON (n.review)

// name: constrain_concept
// No two records of a kind share an id.
CREATE CONSTRAINT concept_id IF NOT EXISTS FOR (n:Concept) REQUIRE n.id IS UNIQUE

// name: index_concept_review
// Carries what is asked by review.
CREATE INDEX concept_review IF NOT EXISTS FOR (n:Concept) ON (n.review)

// name: constrain_configuration
// No two records of a kind share an id.
CREATE CONSTRAINT configuration_id IF NOT EXISTS FOR (n:Configuration) REQUIRE n.id IS UNIQUE

// name: index_configuration_review
// Carries what is asked by review.
CREATE INDEX configuration_review IF NOT EXISTS FOR (n:Configuration) ON (n.review)

// name: constrain_theory
// No two records of a kind share an id.
CREATE CONSTRAINT theory_id IF NOT EXISTS FOR (n:Theory) REQUIRE n.id IS UNIQUE

// name: index_theory_review
// Carries what is asked by review.
CREATE INDEX theory_review IF NOT EXISTS FOR (n:Theory) ON (n.review)

// name: constrain_code
// No two records of a kind share an id.
CREATE CONSTRAINT code_id IF NOT EXISTS FOR (n:Code) REQUIRE n.id IS UNIQUE

// name: index_code_review
// Carries what is asked by review.
CREATE INDEX code_review IF NOT EXISTS FOR (n:Code) ON (n.review)

// name: constrain_passage
// No two records of a kind share an id.
CREATE CONSTRAINT passage_id IF NOT EXISTS FOR (n:Passage) REQUIRE n.id IS UNIQUE

// name: index_passage_review
// Carries what is asked by review.
CREATE INDEX passage_review IF NOT EXISTS FOR (n:Passage) ON (n.review)

// name: constrain_evidence
// No two records of a kind share an id.
CREATE CONSTRAINT evidence_id IF NOT EXISTS FOR (n:Evidence) REQUIRE n.id IS UNIQUE

// name: index_evidence_review
// Carries what is asked by review.
CREATE INDEX evidence_review IF NOT EXISTS FOR (n:Evidence) ON (n.review)

// name: index_evidence_about
// Carries what is asked by about.
CREATE INDEX evidence_about IF NOT EXISTS FOR (n:Evidence) ON (n.about)

// name: constrain_appraisal
// No two records of a kind share an id.
CREATE CONSTRAINT appraisal_id IF NOT EXISTS FOR (n:Appraisal) REQUIRE n.id IS UNIQUE

// name: index_appraisal_review
// Carries what is asked by review.
CREATE INDEX appraisal_review IF NOT EXISTS FOR (n:Appraisal) ON (n.review)

// name: constrain_finding
// No two records of a kind share an id.
CREATE CONSTRAINT finding_id IF NOT EXISTS FOR (n:Finding) REQUIRE n.id IS UNIQUE

// name: index_finding_review
// Carries what is asked by review.
CREATE INDEX finding_review IF NOT EXISTS FOR (n:Finding) ON (n.review)

// name: constrain_same_as
// No two records of a kind share an id.
CREATE CONSTRAINT same_as_id IF NOT EXISTS FOR (n:SameAs) REQUIRE n.id IS UNIQUE

// name: index_same_as_review
// Carries what is asked by review.
CREATE INDEX same_as_review IF NOT EXISTS FOR (n:SameAs) ON (n.review)

// name: index_same_as_one
// Carries what is asked by one.
CREATE INDEX same_as_one IF NOT EXISTS FOR (n:SameAs) ON (n.one)

// name: index_same_as_same_as
// Carries what is asked by same_as.
CREATE INDEX same_as_same_as IF NOT EXISTS FOR (n:SameAs) ON (n.same_as)

// name: index_same_as_kind
// Carries what is asked by kind.
CREATE INDEX same_as_kind IF NOT EXISTS FOR (n:SameAs) ON (n.kind)

// name: constrain_reference
// No two records of a kind share an id.
CREATE CONSTRAINT reference_id IF NOT EXISTS FOR (n:Reference) REQUIRE n.id IS UNIQUE

// name: index_reference_review
// Carries what is asked by review.
CREATE INDEX reference_review IF NOT EXISTS FOR (n:Reference) ON (n.review)

// name: constrain_merge
// No two records of a kind share an id.
CREATE CONSTRAINT merge_id IF NOT EXISTS FOR (n:Merge) REQUIRE n.id IS UNIQUE

// name: index_merge_review
// Carries what is asked by review.
CREATE INDEX merge_review IF NOT EXISTS FOR (n:Merge) ON (n.review)

// name: constrain_silence
// No two records of a kind share an id.
CREATE CONSTRAINT silence_id IF NOT EXISTS FOR (n:Silence) REQUIRE n.id IS UNIQUE

// name: index_silence_review
// Carries what is asked by review.
CREATE INDEX silence_review IF NOT EXISTS FOR (n:Silence) ON (n.review)
