// New records of a load that is too large for one transaction stand under labels of
// their own until the load counts, with their links. What leads to a staged record comes
// from a staged one. Carried by the id. On Neo4j alone. Made by scripts/make_cypher.py.

// name: held_records
// How many records of a review there are, to know what a load would need.
RETURN COUNT { MATCH (n:Review {id: $review}) } +
    COUNT { MATCH (n:Level {review: $review}) } +
    COUNT { MATCH (n:Perspective {review: $review}) } +
    COUNT { MATCH (n:Stage {review: $review}) } +
    COUNT { MATCH (n:Step {review: $review}) } +
    COUNT { MATCH (n:Tally {review: $review}) } +
    COUNT { MATCH (n:Reporting {review: $review}) } +
    COUNT { MATCH (n:Source {review: $review}) } +
    COUNT { MATCH (n:Mechanism {review: $review}) } +
    COUNT { MATCH (n:HistoryEntry {review: $review}) } +
    COUNT { MATCH (n:Concept {review: $review}) } +
    COUNT { MATCH (n:Configuration {review: $review}) } +
    COUNT { MATCH (n:Theory {review: $review}) } +
    COUNT { MATCH (n:Code {review: $review}) } +
    COUNT { MATCH (n:Passage {review: $review}) } +
    COUNT { MATCH (n:Evidence {review: $review}) } +
    COUNT { MATCH (n:Appraisal {review: $review}) } +
    COUNT { MATCH (n:Finding {review: $review}) } +
    COUNT { MATCH (n:SameAs {review: $review}) } +
    COUNT { MATCH (n:Reference {review: $review}) } +
    COUNT { MATCH (n:Merge {review: $review}) } +
    COUNT { MATCH (n:Silence {review: $review}) } AS n

// name: prepare_review
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_review_id IF NOT EXISTS FOR (n:StagedReview) ON (n.id)

// name: stage_review
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedReview {
    id: row.id,
    title: row.title,
    aliases: row.aliases,
    authors: row.authors,
    year: row.year,
    doi: row.doi,
    registration: row.registration,
    citation: row.citation,
    question: row.question,
    objectives: row.objectives,
    keywords: row.keywords,
    licence: row.licence,
    acknowledgement: row.acknowledgement,
    note: row.note,
    keys: row.keys,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_review
// The load counts: so many more records are seen.
MATCH (n:StagedReview) WHERE n.id = $review
WITH n LIMIT $most
SET n:Review REMOVE n:StagedReview
RETURN count(*) AS done

// name: drop_review
// The load will not count: so many more records are gone.
MATCH (n:StagedReview) WHERE n.id = $review
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: prepare_level
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_level_id IF NOT EXISTS FOR (n:StagedLevel) ON (n.id)

// name: stage_level
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedLevel {
    id: row.id,
    name: row.name,
    position: row.position,
    aliases: row.aliases,
    description: row.description,
    keys: row.keys,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_level
// The load counts: so many more records are seen.
MATCH (n:StagedLevel) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Level REMOVE n:StagedLevel
RETURN count(*) AS done

// name: drop_level
// The load will not count: so many more records are gone.
MATCH (n:StagedLevel) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: prepare_perspective
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_perspective_id IF NOT EXISTS FOR (n:StagedPerspective) ON (n.id)

// name: stage_perspective
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedPerspective {
    id: row.id,
    name: row.name,
    position: row.position,
    aliases: row.aliases,
    description: row.description,
    keys: row.keys,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_perspective
// The load counts: so many more records are seen.
MATCH (n:StagedPerspective) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Perspective REMOVE n:StagedPerspective
RETURN count(*) AS done

// name: drop_perspective
// The load will not count: so many more records are gone.
MATCH (n:StagedPerspective) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: prepare_stage
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_stage_id IF NOT EXISTS FOR (n:StagedStage) ON (n.id)

// name: stage_stage
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedStage {
    id: row.id,
    name: row.name,
    position: row.position,
    purpose: row.purpose,
    databases: row.databases,
    handsearched: row.handsearched,
    searched_on: row.searched_on,
    levels: row.levels,
    perspectives: row.perspectives,
    kinds: row.kinds,
    from_decisions: row.from_decisions,
    locator: row.locator,
    note: row.note,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_stage
// The load counts: so many more records are seen.
MATCH (n:StagedStage) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Stage REMOVE n:StagedStage
RETURN count(*) AS done

// name: drop_stage
// The load will not count: so many more records are gone.
MATCH (n:StagedStage) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_stage_mechanisms
// From StagedStage to StagedMechanism.
UNWIND $rows AS row
MATCH (a:StagedStage {id: row.from_id})
MATCH (b:StagedMechanism {id: row.to_id})
CREATE (a)-[:COVERS_MECHANISM]->(b)
RETURN count(*) AS done

// name: tie_stage_mechanisms_held
// From StagedStage to Mechanism.
UNWIND $rows AS row
MATCH (a:StagedStage {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:COVERS_MECHANISM]->(b)
RETURN count(*) AS done

// name: tie_stage_concepts
// From StagedStage to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedStage {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:COVERS_CONCEPT]->(b)
RETURN count(*) AS done

// name: tie_stage_concepts_held
// From StagedStage to Concept.
UNWIND $rows AS row
MATCH (a:StagedStage {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:COVERS_CONCEPT]->(b)
RETURN count(*) AS done

// name: tie_stage_configurations
// From StagedStage to StagedConfiguration.
UNWIND $rows AS row
MATCH (a:StagedStage {id: row.from_id})
MATCH (b:StagedConfiguration {id: row.to_id})
CREATE (a)-[:COVERS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: tie_stage_configurations_held
// From StagedStage to Configuration.
UNWIND $rows AS row
MATCH (a:StagedStage {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:COVERS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: prepare_step
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_step_id IF NOT EXISTS FOR (n:StagedStep) ON (n.id)

// name: stage_step
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedStep {
    id: row.id,
    position: row.position,
    kind: row.kind,
    track: row.track,
    name: row.name,
    n: row.n,
    counts: row.counts,
    reason: row.reason,
    locator: row.locator,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_step
// The load counts: so many more records are seen.
MATCH (n:StagedStep) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Step REMOVE n:StagedStep
RETURN count(*) AS done

// name: drop_step
// The load will not count: so many more records are gone.
MATCH (n:StagedStep) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_step_stage
// From StagedStep to StagedStage.
UNWIND $rows AS row
MATCH (a:StagedStep {id: row.from_id})
MATCH (b:StagedStage {id: row.to_id})
CREATE (a)-[:STEP_OF]->(b)
RETURN count(*) AS done

// name: tie_step_stage_held
// From StagedStep to Stage.
UNWIND $rows AS row
MATCH (a:StagedStep {id: row.from_id})
MATCH (b:Stage {id: row.to_id})
CREATE (a)-[:STEP_OF]->(b)
RETURN count(*) AS done

// name: tie_step_takes
// From StagedStep to StagedStep.
UNWIND $rows AS row
MATCH (a:StagedStep {id: row.from_id})
MATCH (b:StagedStep {id: row.to_id})
CREATE (a)-[:TAKES]->(b)
RETURN count(*) AS done

// name: tie_step_takes_held
// From StagedStep to Step.
UNWIND $rows AS row
MATCH (a:StagedStep {id: row.from_id})
MATCH (b:Step {id: row.to_id})
CREATE (a)-[:TAKES]->(b)
RETURN count(*) AS done

// name: prepare_tally
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_tally_id IF NOT EXISTS FOR (n:StagedTally) ON (n.id)

// name: stage_tally
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedTally {
    id: row.id,
    name: row.name,
    position: row.position,
    n: row.n,
    part_names: row.part_names,
    parts: row.parts,
    counts: row.counts,
    of: row.of,
    locator: row.locator,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_tally
// The load counts: so many more records are seen.
MATCH (n:StagedTally) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Tally REMOVE n:StagedTally
RETURN count(*) AS done

// name: drop_tally
// The load will not count: so many more records are gone.
MATCH (n:StagedTally) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: prepare_reporting
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_reporting_id IF NOT EXISTS FOR (n:StagedReporting) ON (n.id)

// name: stage_reporting
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedReporting {
    id: row.id,
    item: row.item,
    position: row.position,
    statement: row.statement,
    locator: row.locator,
    note: row.note,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_reporting
// The load counts: so many more records are seen.
MATCH (n:StagedReporting) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Reporting REMOVE n:StagedReporting
RETURN count(*) AS done

// name: drop_reporting
// The load will not count: so many more records are gone.
MATCH (n:StagedReporting) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: prepare_source
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_source_id IF NOT EXISTS FOR (n:StagedSource) ON (n.id)

// name: stage_source
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedSource {
    id: row.id,
    kind: row.kind,
    title: row.title,
    form: row.form,
    authors: row.authors,
    organisations: row.organisations,
    more_authors: row.more_authors,
    year: row.year,
    date: row.date,
    journal: row.journal,
    volume: row.volume,
    issue: row.issue,
    pages: row.pages,
    publisher: row.publisher,
    doi: row.doi,
    pmid: row.pmid,
    url: row.url,
    reference: row.reference,
    included: row.included,
    excluded_because: row.excluded_because,
    studies: row.studies,
    attribution: row.attribution,
    locator: row.locator,
    note: row.note,
    from_records: row.from_records,
    citation: row.citation,
    name: row.name,
    keys: row.keys,
    work: row.work,
    counts: row.counts,
    doi_key: row.doi_key,
    pmid_key: row.pmid_key,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_source
// The load counts: so many more records are seen.
MATCH (n:StagedSource) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Source REMOVE n:StagedSource
RETURN count(*) AS done

// name: drop_source
// The load will not count: so many more records are gone.
MATCH (n:StagedSource) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_source_stage
// From StagedSource to StagedStage.
UNWIND $rows AS row
MATCH (a:StagedSource {id: row.from_id})
MATCH (b:StagedStage {id: row.to_id})
CREATE (a)-[:INCLUDED_AT]->(b)
RETURN count(*) AS done

// name: tie_source_stage_held
// From StagedSource to Stage.
UNWIND $rows AS row
MATCH (a:StagedSource {id: row.from_id})
MATCH (b:Stage {id: row.to_id})
CREATE (a)-[:INCLUDED_AT]->(b)
RETURN count(*) AS done

// name: tie_source_entrance
// From StagedSource to StagedStep.
UNWIND $rows AS row
MATCH (a:StagedSource {id: row.from_id})
MATCH (b:StagedStep {id: row.to_id})
CREATE (a)-[:ENTERED_THROUGH]->(b)
RETURN count(*) AS done

// name: tie_source_entrance_held
// From StagedSource to Step.
UNWIND $rows AS row
MATCH (a:StagedSource {id: row.from_id})
MATCH (b:Step {id: row.to_id})
CREATE (a)-[:ENTERED_THROUGH]->(b)
RETURN count(*) AS done

// name: prepare_mechanism
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_mechanism_id IF NOT EXISTS FOR (n:StagedMechanism) ON (n.id)

// name: stage_mechanism
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedMechanism {
    id: row.id,
    name: row.name,
    aliases: row.aliases,
    description: row.description,
    number: row.number,
    levels: row.levels,
    locator: row.locator,
    note: row.note,
    stated: row.stated,
    keys: row.keys,
    position: row.position,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_mechanism
// The load counts: so many more records are seen.
MATCH (n:StagedMechanism) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Mechanism REMOVE n:StagedMechanism
RETURN count(*) AS done

// name: drop_mechanism
// The load will not count: so many more records are gone.
MATCH (n:StagedMechanism) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: prepare_history_entry
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_history_entry_id IF NOT EXISTS FOR (n:StagedHistoryEntry) ON (n.id)

// name: stage_history_entry
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedHistoryEntry {
    id: row.id,
    position: row.position,
    status: row.status,
    levels: row.levels,
    perspectives: row.perspectives,
    kinds: row.kinds,
    locator: row.locator,
    note: row.note,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_history_entry
// The load counts: so many more records are seen.
MATCH (n:StagedHistoryEntry) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:HistoryEntry REMOVE n:StagedHistoryEntry
RETURN count(*) AS done

// name: drop_history_entry
// The load will not count: so many more records are gone.
MATCH (n:StagedHistoryEntry) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_history_entry_mechanism
// From StagedHistoryEntry to StagedMechanism.
UNWIND $rows AS row
MATCH (a:StagedHistoryEntry {id: row.from_id})
MATCH (b:StagedMechanism {id: row.to_id})
CREATE (a)-[:HISTORY_OF]->(b)
RETURN count(*) AS done

// name: tie_history_entry_mechanism_held
// From StagedHistoryEntry to Mechanism.
UNWIND $rows AS row
MATCH (a:StagedHistoryEntry {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:HISTORY_OF]->(b)
RETURN count(*) AS done

// name: tie_history_entry_stage
// From StagedHistoryEntry to StagedStage.
UNWIND $rows AS row
MATCH (a:StagedHistoryEntry {id: row.from_id})
MATCH (b:StagedStage {id: row.to_id})
CREATE (a)-[:STATED_AT]->(b)
RETURN count(*) AS done

// name: tie_history_entry_stage_held
// From StagedHistoryEntry to Stage.
UNWIND $rows AS row
MATCH (a:StagedHistoryEntry {id: row.from_id})
MATCH (b:Stage {id: row.to_id})
CREATE (a)-[:STATED_AT]->(b)
RETURN count(*) AS done

// name: tie_history_entry_into
// From StagedHistoryEntry to StagedMechanism.
UNWIND $rows AS row
MATCH (a:StagedHistoryEntry {id: row.from_id})
MATCH (b:StagedMechanism {id: row.to_id})
CREATE (a)-[:INCORPORATED_INTO]->(b)
RETURN count(*) AS done

// name: tie_history_entry_into_held
// From StagedHistoryEntry to Mechanism.
UNWIND $rows AS row
MATCH (a:StagedHistoryEntry {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:INCORPORATED_INTO]->(b)
RETURN count(*) AS done

// name: tie_history_entry_configurations
// From StagedHistoryEntry to StagedConfiguration.
UNWIND $rows AS row
MATCH (a:StagedHistoryEntry {id: row.from_id})
MATCH (b:StagedConfiguration {id: row.to_id})
CREATE (a)-[:COVERS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: tie_history_entry_configurations_held
// From StagedHistoryEntry to Configuration.
UNWIND $rows AS row
MATCH (a:StagedHistoryEntry {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:COVERS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: prepare_concept
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_concept_id IF NOT EXISTS FOR (n:StagedConcept) ON (n.id)

// name: stage_concept
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedConcept {
    id: row.id,
    name: row.name,
    aliases: row.aliases,
    description: row.description,
    locator: row.locator,
    keys: row.keys,
    position: row.position,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_concept
// The load counts: so many more records are seen.
MATCH (n:StagedConcept) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Concept REMOVE n:StagedConcept
RETURN count(*) AS done

// name: drop_concept
// The load will not count: so many more records are gone.
MATCH (n:StagedConcept) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: prepare_configuration
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_configuration_id IF NOT EXISTS FOR (n:StagedConfiguration) ON (n.id)

// name: stage_configuration
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedConfiguration {
    id: row.id,
    name: row.name,
    polarity: row.polarity,
    levels: row.levels,
    locator: row.locator,
    note: row.note,
    keys: row.keys,
    position: row.position,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_configuration
// The load counts: so many more records are seen.
MATCH (n:StagedConfiguration) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Configuration REMOVE n:StagedConfiguration
RETURN count(*) AS done

// name: drop_configuration
// The load will not count: so many more records are gone.
MATCH (n:StagedConfiguration) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_configuration_mechanisms
// From StagedConfiguration to StagedMechanism.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:StagedMechanism {id: row.to_id})
CREATE (a)-[:BELONGS_TO]->(b)
RETURN count(*) AS done

// name: tie_configuration_mechanisms_held
// From StagedConfiguration to Mechanism.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:BELONGS_TO]->(b)
RETURN count(*) AS done

// name: tie_configuration_contexts
// From StagedConfiguration to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:HAS_CONTEXT {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: tie_configuration_contexts_held
// From StagedConfiguration to Concept.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:HAS_CONTEXT {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: tie_configuration_resources
// From StagedConfiguration to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:HAS_RESOURCE {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: tie_configuration_resources_held
// From StagedConfiguration to Concept.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:HAS_RESOURCE {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: tie_configuration_reasonings
// From StagedConfiguration to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:HAS_REASONING {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: tie_configuration_reasonings_held
// From StagedConfiguration to Concept.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:HAS_REASONING {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: tie_configuration_outcomes
// From StagedConfiguration to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:HAS_OUTCOME {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: tie_configuration_outcomes_held
// From StagedConfiguration to Concept.
UNWIND $rows AS row
MATCH (a:StagedConfiguration {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:HAS_OUTCOME {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: prepare_theory
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_theory_id IF NOT EXISTS FOR (n:StagedTheory) ON (n.id)

// name: stage_theory
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedTheory {
    id: row.id,
    kind: row.kind,
    name: row.name,
    aliases: row.aliases,
    description: row.description,
    locator: row.locator,
    keys: row.keys,
    position: row.position,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_theory
// The load counts: so many more records are seen.
MATCH (n:StagedTheory) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Theory REMOVE n:StagedTheory
RETURN count(*) AS done

// name: drop_theory
// The load will not count: so many more records are gone.
MATCH (n:StagedTheory) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_theory_mechanisms
// From StagedTheory to StagedMechanism.
UNWIND $rows AS row
MATCH (a:StagedTheory {id: row.from_id})
MATCH (b:StagedMechanism {id: row.to_id})
CREATE (a)-[:EXPLAINS_MECHANISM]->(b)
RETURN count(*) AS done

// name: tie_theory_mechanisms_held
// From StagedTheory to Mechanism.
UNWIND $rows AS row
MATCH (a:StagedTheory {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:EXPLAINS_MECHANISM]->(b)
RETURN count(*) AS done

// name: tie_theory_configurations
// From StagedTheory to StagedConfiguration.
UNWIND $rows AS row
MATCH (a:StagedTheory {id: row.from_id})
MATCH (b:StagedConfiguration {id: row.to_id})
CREATE (a)-[:EXPLAINS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: tie_theory_configurations_held
// From StagedTheory to Configuration.
UNWIND $rows AS row
MATCH (a:StagedTheory {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:EXPLAINS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: tie_theory_concepts
// From StagedTheory to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedTheory {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:EXPLAINS_CONCEPT]->(b)
RETURN count(*) AS done

// name: tie_theory_concepts_held
// From StagedTheory to Concept.
UNWIND $rows AS row
MATCH (a:StagedTheory {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:EXPLAINS_CONCEPT]->(b)
RETURN count(*) AS done

// name: prepare_code
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_code_id IF NOT EXISTS FOR (n:StagedCode) ON (n.id)

// name: stage_code
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedCode {
    id: row.id,
    name: row.name,
    scheme: row.scheme,
    description: row.description,
    file: row.file,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_code
// The load counts: so many more records are seen.
MATCH (n:StagedCode) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Code REMOVE n:StagedCode
RETURN count(*) AS done

// name: drop_code
// The load will not count: so many more records are gone.
MATCH (n:StagedCode) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_code_parent
// From StagedCode to StagedCode.
UNWIND $rows AS row
MATCH (a:StagedCode {id: row.from_id})
MATCH (b:StagedCode {id: row.to_id})
CREATE (a)-[:PART_OF]->(b)
RETURN count(*) AS done

// name: tie_code_parent_held
// From StagedCode to Code.
UNWIND $rows AS row
MATCH (a:StagedCode {id: row.from_id})
MATCH (b:Code {id: row.to_id})
CREATE (a)-[:PART_OF]->(b)
RETURN count(*) AS done

// name: prepare_passage
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_passage_id IF NOT EXISTS FOR (n:StagedPassage) ON (n.id)

// name: stage_passage
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedPassage {
    id: row.id,
    quote: row.quote,
    locator: row.locator,
    span: row.span,
    text_hash: row.text_hash,
    arm: row.arm,
    coder: row.coder,
    note: row.note,
    file: row.file,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_passage
// The load counts: so many more records are seen.
MATCH (n:StagedPassage) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Passage REMOVE n:StagedPassage
RETURN count(*) AS done

// name: drop_passage
// The load will not count: so many more records are gone.
MATCH (n:StagedPassage) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_passage_source
// From StagedPassage to StagedSource.
UNWIND $rows AS row
MATCH (a:StagedPassage {id: row.from_id})
MATCH (b:StagedSource {id: row.to_id})
CREATE (a)-[:PASSAGE_OF]->(b)
RETURN count(*) AS done

// name: tie_passage_source_held
// From StagedPassage to Source.
UNWIND $rows AS row
MATCH (a:StagedPassage {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:PASSAGE_OF]->(b)
RETURN count(*) AS done

// name: tie_passage_code
// From StagedPassage to StagedCode.
UNWIND $rows AS row
MATCH (a:StagedPassage {id: row.from_id})
MATCH (b:StagedCode {id: row.to_id})
CREATE (a)-[:CODED_AS]->(b)
RETURN count(*) AS done

// name: tie_passage_code_held
// From StagedPassage to Code.
UNWIND $rows AS row
MATCH (a:StagedPassage {id: row.from_id})
MATCH (b:Code {id: row.to_id})
CREATE (a)-[:CODED_AS]->(b)
RETURN count(*) AS done

// name: prepare_evidence
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_evidence_id IF NOT EXISTS FOR (n:StagedEvidence) ON (n.id)

// name: stage_evidence
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedEvidence {
    id: row.id,
    role: row.role,
    stance: row.stance,
    extent: row.extent,
    levels: row.levels,
    perspective: row.perspective,
    setting: row.setting,
    quote: row.quote,
    statement: row.statement,
    locator: row.locator,
    span: row.span,
    text_hash: row.text_hash,
    relevance: row.relevance,
    rigour: row.rigour,
    richness: row.richness,
    coder: row.coder,
    note: row.note,
    about: row.about,
    about_kind: row.about_kind,
    agreed_relevance: row.agreed_relevance,
    agreed_rigour: row.agreed_rigour,
    agreed_richness: row.agreed_richness,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_evidence
// The load counts: so many more records are seen.
MATCH (n:StagedEvidence) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Evidence REMOVE n:StagedEvidence
RETURN count(*) AS done

// name: drop_evidence
// The load will not count: so many more records are gone.
MATCH (n:StagedEvidence) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_evidence_source
// From StagedEvidence to StagedSource.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:StagedSource {id: row.to_id})
CREATE (a)-[:FROM_SOURCE]->(b)
RETURN count(*) AS done

// name: tie_evidence_source_held
// From StagedEvidence to Source.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:FROM_SOURCE]->(b)
RETURN count(*) AS done

// name: tie_evidence_mechanism
// From StagedEvidence to StagedMechanism.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:StagedMechanism {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: tie_evidence_mechanism_held
// From StagedEvidence to Mechanism.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: tie_evidence_configuration
// From StagedEvidence to StagedConfiguration.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:StagedConfiguration {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: tie_evidence_configuration_held
// From StagedEvidence to Configuration.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: tie_evidence_concept
// From StagedEvidence to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: tie_evidence_concept_held
// From StagedEvidence to Concept.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: tie_evidence_theory
// From StagedEvidence to StagedTheory.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:StagedTheory {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: tie_evidence_theory_held
// From StagedEvidence to Theory.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:Theory {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: tie_evidence_contexts
// From StagedEvidence to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:IN_CONTEXT]->(b)
RETURN count(*) AS done

// name: tie_evidence_contexts_held
// From StagedEvidence to Concept.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:IN_CONTEXT]->(b)
RETURN count(*) AS done

// name: tie_evidence_passage
// From StagedEvidence to StagedPassage.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:StagedPassage {id: row.to_id})
CREATE (a)-[:FROM_PASSAGE]->(b)
RETURN count(*) AS done

// name: tie_evidence_passage_held
// From StagedEvidence to Passage.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:Passage {id: row.to_id})
CREATE (a)-[:FROM_PASSAGE]->(b)
RETURN count(*) AS done

// name: tie_evidence_bears_on
// From StagedEvidence to StagedMechanism.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:StagedMechanism {id: row.to_id})
CREATE (a)-[:BEARS_ON]->(b)
RETURN count(*) AS done

// name: tie_evidence_bears_on_held
// From StagedEvidence to Mechanism.
UNWIND $rows AS row
MATCH (a:StagedEvidence {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:BEARS_ON]->(b)
RETURN count(*) AS done

// name: prepare_appraisal
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_appraisal_id IF NOT EXISTS FOR (n:StagedAppraisal) ON (n.id)

// name: stage_appraisal
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedAppraisal {
    id: row.id,
    appraiser: row.appraiser,
    relevance: row.relevance,
    rigour: row.rigour,
    richness: row.richness,
    locator: row.locator,
    note: row.note,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_appraisal
// The load counts: so many more records are seen.
MATCH (n:StagedAppraisal) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Appraisal REMOVE n:StagedAppraisal
RETURN count(*) AS done

// name: drop_appraisal
// The load will not count: so many more records are gone.
MATCH (n:StagedAppraisal) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_appraisal_evidence
// From StagedAppraisal to StagedEvidence.
UNWIND $rows AS row
MATCH (a:StagedAppraisal {id: row.from_id})
MATCH (b:StagedEvidence {id: row.to_id})
CREATE (a)-[:APPRAISES]->(b)
RETURN count(*) AS done

// name: tie_appraisal_evidence_held
// From StagedAppraisal to Evidence.
UNWIND $rows AS row
MATCH (a:StagedAppraisal {id: row.from_id})
MATCH (b:Evidence {id: row.to_id})
CREATE (a)-[:APPRAISES]->(b)
RETURN count(*) AS done

// name: prepare_finding
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_finding_id IF NOT EXISTS FOR (n:StagedFinding) ON (n.id)

// name: stage_finding
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedFinding {
    id: row.id,
    kind: row.kind,
    name: row.name,
    statement: row.statement,
    levels: row.levels,
    perspectives: row.perspectives,
    kinds: row.kinds,
    absence: row.absence,
    audience: row.audience,
    locator: row.locator,
    keys: row.keys,
    position: row.position,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_finding
// The load counts: so many more records are seen.
MATCH (n:StagedFinding) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Finding REMOVE n:StagedFinding
RETURN count(*) AS done

// name: drop_finding
// The load will not count: so many more records are gone.
MATCH (n:StagedFinding) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_finding_mechanisms
// From StagedFinding to StagedMechanism.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:StagedMechanism {id: row.to_id})
CREATE (a)-[:CONCERNS_MECHANISM]->(b)
RETURN count(*) AS done

// name: tie_finding_mechanisms_held
// From StagedFinding to Mechanism.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:CONCERNS_MECHANISM]->(b)
RETURN count(*) AS done

// name: tie_finding_configurations
// From StagedFinding to StagedConfiguration.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:StagedConfiguration {id: row.to_id})
CREATE (a)-[:CONCERNS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: tie_finding_configurations_held
// From StagedFinding to Configuration.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:CONCERNS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: tie_finding_concepts
// From StagedFinding to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:CONCERNS_CONCEPT]->(b)
RETURN count(*) AS done

// name: tie_finding_concepts_held
// From StagedFinding to Concept.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:CONCERNS_CONCEPT]->(b)
RETURN count(*) AS done

// name: tie_finding_theories
// From StagedFinding to StagedTheory.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:StagedTheory {id: row.to_id})
CREATE (a)-[:CONCERNS_THEORY]->(b)
RETURN count(*) AS done

// name: tie_finding_theories_held
// From StagedFinding to Theory.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:Theory {id: row.to_id})
CREATE (a)-[:CONCERNS_THEORY]->(b)
RETURN count(*) AS done

// name: tie_finding_said_by
// From StagedFinding to StagedSource.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:StagedSource {id: row.to_id})
CREATE (a)-[:SAID_BY]->(b)
RETURN count(*) AS done

// name: tie_finding_said_by_held
// From StagedFinding to Source.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:SAID_BY]->(b)
RETURN count(*) AS done

// name: tie_finding_searched
// From StagedFinding to StagedStage.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:StagedStage {id: row.to_id})
CREATE (a)-[:BOUNDED_BY]->(b)
RETURN count(*) AS done

// name: tie_finding_searched_held
// From StagedFinding to Stage.
UNWIND $rows AS row
MATCH (a:StagedFinding {id: row.from_id})
MATCH (b:Stage {id: row.to_id})
CREATE (a)-[:BOUNDED_BY]->(b)
RETURN count(*) AS done

// name: prepare_same_as
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_same_as_id IF NOT EXISTS FOR (n:StagedSameAs) ON (n.id)

// name: stage_same_as
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedSameAs {
    id: row.id,
    same_as: row.same_as,
    declared_by: row.declared_by,
    note: row.note,
    one: row.one,
    kind: row.kind,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_same_as
// The load counts: so many more records are seen.
MATCH (n:StagedSameAs) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:SameAs REMOVE n:StagedSameAs
RETURN count(*) AS done

// name: drop_same_as
// The load will not count: so many more records are gone.
MATCH (n:StagedSameAs) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_same_as_mechanism
// From StagedSameAs to StagedMechanism.
UNWIND $rows AS row
MATCH (a:StagedSameAs {id: row.from_id})
MATCH (b:StagedMechanism {id: row.to_id})
CREATE (a)-[:DECLARES]->(b)
RETURN count(*) AS done

// name: tie_same_as_mechanism_held
// From StagedSameAs to Mechanism.
UNWIND $rows AS row
MATCH (a:StagedSameAs {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:DECLARES]->(b)
RETURN count(*) AS done

// name: tie_same_as_concept
// From StagedSameAs to StagedConcept.
UNWIND $rows AS row
MATCH (a:StagedSameAs {id: row.from_id})
MATCH (b:StagedConcept {id: row.to_id})
CREATE (a)-[:DECLARES]->(b)
RETURN count(*) AS done

// name: tie_same_as_concept_held
// From StagedSameAs to Concept.
UNWIND $rows AS row
MATCH (a:StagedSameAs {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:DECLARES]->(b)
RETURN count(*) AS done

// name: tie_same_as_source
// From StagedSameAs to StagedSource.
UNWIND $rows AS row
MATCH (a:StagedSameAs {id: row.from_id})
MATCH (b:StagedSource {id: row.to_id})
CREATE (a)-[:DECLARES]->(b)
RETURN count(*) AS done

// name: tie_same_as_source_held
// From StagedSameAs to Source.
UNWIND $rows AS row
MATCH (a:StagedSameAs {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:DECLARES]->(b)
RETURN count(*) AS done

// name: prepare_reference
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_reference_id IF NOT EXISTS FOR (n:StagedReference) ON (n.id)

// name: stage_reference
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedReference {
    id: row.id,
    file: row.file,
    row: row.row,
    database: row.database,
    merged_by: row.merged_by,
    score: row.score,
    text: row.text,
    encoding: row.encoding,
    fields: row.fields,
    reads_as: row.reads_as,
    decisions: row.decisions,
    replaces: row.replaces,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_reference
// The load counts: so many more records are seen.
MATCH (n:StagedReference) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Reference REMOVE n:StagedReference
RETURN count(*) AS done

// name: drop_reference
// The load will not count: so many more records are gone.
MATCH (n:StagedReference) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: tie_reference_source
// From StagedReference to StagedSource.
UNWIND $rows AS row
MATCH (a:StagedReference {id: row.from_id})
MATCH (b:StagedSource {id: row.to_id})
CREATE (a)-[:STANDS_FOR]->(b)
RETURN count(*) AS done

// name: tie_reference_source_held
// From StagedReference to Source.
UNWIND $rows AS row
MATCH (a:StagedReference {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:STANDS_FOR]->(b)
RETURN count(*) AS done

// name: prepare_merge
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_merge_id IF NOT EXISTS FOR (n:StagedMerge) ON (n.id)

// name: stage_merge
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedMerge {
    id: row.id,
    one: row.one,
    other: row.other,
    verdict: row.verdict,
    moved: row.moved,
    declared_by: row.declared_by,
    note: row.note,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_merge
// The load counts: so many more records are seen.
MATCH (n:StagedMerge) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Merge REMOVE n:StagedMerge
RETURN count(*) AS done

// name: drop_merge
// The load will not count: so many more records are gone.
MATCH (n:StagedMerge) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done

// name: prepare_silence
// Carries the ends of links, and all of one review: ids begin with it.
CREATE INDEX staged_silence_id IF NOT EXISTS FOR (n:StagedSilence) ON (n.id)

// name: stage_silence
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:StagedSilence {
    id: row.id,
    rule: row.rule,
    record: row.record,
    because: row.because,
    declared_by: row.declared_by,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: turn_silence
// The load counts: so many more records are seen.
MATCH (n:StagedSilence) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
SET n:Silence REMOVE n:StagedSilence
RETURN count(*) AS done

// name: drop_silence
// The load will not count: so many more records are gone.
MATCH (n:StagedSilence) WHERE n.id STARTS WITH $within
WITH n LIMIT $most
DETACH DELETE n
RETURN count(*) AS done
