// Writing: one block per kind of record. A load compares fingerprints first, so these
// see only what is new, changed or gone; each is carried by the unique id of its label.
// Properties are listed one by one because the embedded engine creates them far faster
// that way than from a map. Made by scripts/make_cypher.py from the models.

// ---- Review ----

// name: fingerprints_review
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Review) WHERE n.id = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_review
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Review {
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

// name: change_review
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Review {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_review
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Review {id: id})-[r]->() DELETE r

// name: remove_review
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Review {id: id}) DETACH DELETE n

// ---- Level ----

// name: fingerprints_level
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Level) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_level
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Level {
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

// name: change_level
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Level {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_level
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Level {id: id})-[r]->() DELETE r

// name: remove_level
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Level {id: id}) DETACH DELETE n

// ---- Perspective ----

// name: fingerprints_perspective
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Perspective) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_perspective
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Perspective {
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

// name: change_perspective
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Perspective {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_perspective
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Perspective {id: id})-[r]->() DELETE r

// name: remove_perspective
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Perspective {id: id}) DETACH DELETE n

// ---- Stage ----

// name: fingerprints_stage
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Stage) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_stage
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Stage {
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

// name: change_stage
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Stage {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_stage
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Stage {id: id})-[r]->() DELETE r

// name: remove_stage
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Stage {id: id}) DETACH DELETE n

// name: link_stage_mechanisms
// From Stage to Mechanism.
UNWIND $rows AS row
MATCH (a:Stage {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:COVERS_MECHANISM]->(b)
RETURN count(*) AS done

// name: link_stage_concepts
// From Stage to Concept.
UNWIND $rows AS row
MATCH (a:Stage {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:COVERS_CONCEPT]->(b)
RETURN count(*) AS done

// name: link_stage_configurations
// From Stage to Configuration.
UNWIND $rows AS row
MATCH (a:Stage {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:COVERS_CONFIGURATION]->(b)
RETURN count(*) AS done

// ---- Step ----

// name: fingerprints_step
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Step) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_step
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Step {
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

// name: change_step
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Step {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_step
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Step {id: id})-[r]->() DELETE r

// name: remove_step
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Step {id: id}) DETACH DELETE n

// name: link_step_stage
// From Step to Stage.
UNWIND $rows AS row
MATCH (a:Step {id: row.from_id})
MATCH (b:Stage {id: row.to_id})
CREATE (a)-[:STEP_OF]->(b)
RETURN count(*) AS done

// name: link_step_takes
// From Step to Step.
UNWIND $rows AS row
MATCH (a:Step {id: row.from_id})
MATCH (b:Step {id: row.to_id})
CREATE (a)-[:TAKES]->(b)
RETURN count(*) AS done

// ---- Tally ----

// name: fingerprints_tally
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Tally) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_tally
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Tally {
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

// name: change_tally
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Tally {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_tally
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Tally {id: id})-[r]->() DELETE r

// name: remove_tally
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Tally {id: id}) DETACH DELETE n

// ---- Reporting ----

// name: fingerprints_reporting
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Reporting) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_reporting
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Reporting {
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

// name: change_reporting
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Reporting {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_reporting
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Reporting {id: id})-[r]->() DELETE r

// name: remove_reporting
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Reporting {id: id}) DETACH DELETE n

// ---- Source ----

// name: fingerprints_source
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Source) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_source
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Source {
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

// name: change_source
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Source {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_source
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Source {id: id})-[r]->() DELETE r

// name: remove_source
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Source {id: id}) DETACH DELETE n

// name: link_source_stage
// From Source to Stage.
UNWIND $rows AS row
MATCH (a:Source {id: row.from_id})
MATCH (b:Stage {id: row.to_id})
CREATE (a)-[:INCLUDED_AT]->(b)
RETURN count(*) AS done

// name: link_source_entrance
// From Source to Step.
UNWIND $rows AS row
MATCH (a:Source {id: row.from_id})
MATCH (b:Step {id: row.to_id})
CREATE (a)-[:ENTERED_THROUGH]->(b)
RETURN count(*) AS done

// ---- Mechanism ----

// name: fingerprints_mechanism
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Mechanism) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_mechanism
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Mechanism {
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

// name: change_mechanism
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Mechanism {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_mechanism
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Mechanism {id: id})-[r]->() DELETE r

// name: remove_mechanism
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Mechanism {id: id}) DETACH DELETE n

// name: positions_mechanism
// In which order the records of one review stand, to compare with that of the file.
MATCH (n:Mechanism {review: $review})
RETURN n.id AS id, n.position AS position

// name: place_mechanism
// Where a record stands now: moving one changes nothing else of it.
UNWIND $rows AS row
MATCH (n:Mechanism {id: row.id}) SET n.position = row.position
RETURN count(*) AS done

// ---- HistoryEntry ----

// name: fingerprints_history_entry
// What the store holds of one review, to compare with what a load brings.
MATCH (n:HistoryEntry) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_history_entry
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:HistoryEntry {
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

// name: change_history_entry
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:HistoryEntry {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_history_entry
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:HistoryEntry {id: id})-[r]->() DELETE r

// name: remove_history_entry
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:HistoryEntry {id: id}) DETACH DELETE n

// name: link_history_entry_mechanism
// From HistoryEntry to Mechanism.
UNWIND $rows AS row
MATCH (a:HistoryEntry {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:HISTORY_OF]->(b)
RETURN count(*) AS done

// name: link_history_entry_stage
// From HistoryEntry to Stage.
UNWIND $rows AS row
MATCH (a:HistoryEntry {id: row.from_id})
MATCH (b:Stage {id: row.to_id})
CREATE (a)-[:STATED_AT]->(b)
RETURN count(*) AS done

// name: link_history_entry_into
// From HistoryEntry to Mechanism.
UNWIND $rows AS row
MATCH (a:HistoryEntry {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:INCORPORATED_INTO]->(b)
RETURN count(*) AS done

// name: link_history_entry_configurations
// From HistoryEntry to Configuration.
UNWIND $rows AS row
MATCH (a:HistoryEntry {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:COVERS_CONFIGURATION]->(b)
RETURN count(*) AS done

// ---- Concept ----

// name: fingerprints_concept
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Concept) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_concept
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Concept {
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

// name: change_concept
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Concept {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_concept
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Concept {id: id})-[r]->() DELETE r

// name: remove_concept
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Concept {id: id}) DETACH DELETE n

// name: positions_concept
// In which order the records of one review stand, to compare with that of the file.
MATCH (n:Concept {review: $review})
RETURN n.id AS id, n.position AS position

// name: place_concept
// Where a record stands now: moving one changes nothing else of it.
UNWIND $rows AS row
MATCH (n:Concept {id: row.id}) SET n.position = row.position
RETURN count(*) AS done

// ---- Configuration ----

// name: fingerprints_configuration
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Configuration) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_configuration
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Configuration {
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

// name: change_configuration
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Configuration {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_configuration
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Configuration {id: id})-[r]->() DELETE r

// name: remove_configuration
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Configuration {id: id}) DETACH DELETE n

// name: positions_configuration
// In which order the records of one review stand, to compare with that of the file.
MATCH (n:Configuration {review: $review})
RETURN n.id AS id, n.position AS position

// name: place_configuration
// Where a record stands now: moving one changes nothing else of it.
UNWIND $rows AS row
MATCH (n:Configuration {id: row.id}) SET n.position = row.position
RETURN count(*) AS done

// name: link_configuration_mechanisms
// From Configuration to Mechanism.
UNWIND $rows AS row
MATCH (a:Configuration {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:BELONGS_TO]->(b)
RETURN count(*) AS done

// name: link_configuration_contexts
// From Configuration to Concept.
UNWIND $rows AS row
MATCH (a:Configuration {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:HAS_CONTEXT {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: link_configuration_resources
// From Configuration to Concept.
UNWIND $rows AS row
MATCH (a:Configuration {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:HAS_RESOURCE {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: link_configuration_reasonings
// From Configuration to Concept.
UNWIND $rows AS row
MATCH (a:Configuration {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:HAS_REASONING {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// name: link_configuration_outcomes
// From Configuration to Concept.
UNWIND $rows AS row
MATCH (a:Configuration {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:HAS_OUTCOME {position: row.position, inferred: row.inferred}]->(b)
RETURN count(*) AS done

// ---- Theory ----

// name: fingerprints_theory
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Theory) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_theory
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Theory {
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

// name: change_theory
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Theory {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_theory
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Theory {id: id})-[r]->() DELETE r

// name: remove_theory
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Theory {id: id}) DETACH DELETE n

// name: positions_theory
// In which order the records of one review stand, to compare with that of the file.
MATCH (n:Theory {review: $review})
RETURN n.id AS id, n.position AS position

// name: place_theory
// Where a record stands now: moving one changes nothing else of it.
UNWIND $rows AS row
MATCH (n:Theory {id: row.id}) SET n.position = row.position
RETURN count(*) AS done

// name: link_theory_mechanisms
// From Theory to Mechanism.
UNWIND $rows AS row
MATCH (a:Theory {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:EXPLAINS_MECHANISM]->(b)
RETURN count(*) AS done

// name: link_theory_configurations
// From Theory to Configuration.
UNWIND $rows AS row
MATCH (a:Theory {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:EXPLAINS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: link_theory_concepts
// From Theory to Concept.
UNWIND $rows AS row
MATCH (a:Theory {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:EXPLAINS_CONCEPT]->(b)
RETURN count(*) AS done

// ---- Code ----

// name: fingerprints_code
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Code) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_code
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Code {
    id: row.id,
    name: row.name,
    scheme: row.scheme,
    description: row.description,
    file: row.file,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: change_code
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Code {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_code
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Code {id: id})-[r]->() DELETE r

// name: remove_code
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Code {id: id}) DETACH DELETE n

// name: link_code_parent
// From Code to Code.
UNWIND $rows AS row
MATCH (a:Code {id: row.from_id})
MATCH (b:Code {id: row.to_id})
CREATE (a)-[:PART_OF]->(b)
RETURN count(*) AS done

// ---- Passage ----

// name: fingerprints_passage
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Passage) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_passage
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Passage {
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

// name: change_passage
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Passage {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_passage
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Passage {id: id})-[r]->() DELETE r

// name: remove_passage
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Passage {id: id}) DETACH DELETE n

// name: link_passage_source
// From Passage to Source.
UNWIND $rows AS row
MATCH (a:Passage {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:PASSAGE_OF]->(b)
RETURN count(*) AS done

// name: link_passage_code
// From Passage to Code.
UNWIND $rows AS row
MATCH (a:Passage {id: row.from_id})
MATCH (b:Code {id: row.to_id})
CREATE (a)-[:CODED_AS]->(b)
RETURN count(*) AS done

// ---- Evidence ----

// name: fingerprints_evidence
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Evidence) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_evidence
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Evidence {
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

// name: change_evidence
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Evidence {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_evidence
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Evidence {id: id})-[r]->() DELETE r

// name: remove_evidence
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Evidence {id: id}) DETACH DELETE n

// name: link_evidence_source
// From Evidence to Source.
UNWIND $rows AS row
MATCH (a:Evidence {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:FROM_SOURCE]->(b)
RETURN count(*) AS done

// name: link_evidence_mechanism
// From Evidence to Mechanism.
UNWIND $rows AS row
MATCH (a:Evidence {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: link_evidence_configuration
// From Evidence to Configuration.
UNWIND $rows AS row
MATCH (a:Evidence {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: link_evidence_concept
// From Evidence to Concept.
UNWIND $rows AS row
MATCH (a:Evidence {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: link_evidence_theory
// From Evidence to Theory.
UNWIND $rows AS row
MATCH (a:Evidence {id: row.from_id})
MATCH (b:Theory {id: row.to_id})
CREATE (a)-[:ABOUT]->(b)
RETURN count(*) AS done

// name: link_evidence_contexts
// From Evidence to Concept.
UNWIND $rows AS row
MATCH (a:Evidence {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:IN_CONTEXT]->(b)
RETURN count(*) AS done

// name: link_evidence_passage
// From Evidence to Passage.
UNWIND $rows AS row
MATCH (a:Evidence {id: row.from_id})
MATCH (b:Passage {id: row.to_id})
CREATE (a)-[:FROM_PASSAGE]->(b)
RETURN count(*) AS done

// Evidence about a configuration bears on the mechanisms it belongs to.
// name: link_evidence_bears_on
// From Evidence to Mechanism.
UNWIND $rows AS row
MATCH (a:Evidence {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:BEARS_ON]->(b)
RETURN count(*) AS done

// ---- Appraisal ----

// name: fingerprints_appraisal
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Appraisal) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_appraisal
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Appraisal {
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

// name: change_appraisal
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Appraisal {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_appraisal
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Appraisal {id: id})-[r]->() DELETE r

// name: remove_appraisal
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Appraisal {id: id}) DETACH DELETE n

// name: link_appraisal_evidence
// From Appraisal to Evidence.
UNWIND $rows AS row
MATCH (a:Appraisal {id: row.from_id})
MATCH (b:Evidence {id: row.to_id})
CREATE (a)-[:APPRAISES]->(b)
RETURN count(*) AS done

// ---- Finding ----

// name: fingerprints_finding
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Finding) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_finding
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Finding {
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

// name: change_finding
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Finding {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_finding
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Finding {id: id})-[r]->() DELETE r

// name: remove_finding
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Finding {id: id}) DETACH DELETE n

// name: positions_finding
// In which order the records of one review stand, to compare with that of the file.
MATCH (n:Finding {review: $review})
RETURN n.id AS id, n.position AS position

// name: place_finding
// Where a record stands now: moving one changes nothing else of it.
UNWIND $rows AS row
MATCH (n:Finding {id: row.id}) SET n.position = row.position
RETURN count(*) AS done

// name: link_finding_mechanisms
// From Finding to Mechanism.
UNWIND $rows AS row
MATCH (a:Finding {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:CONCERNS_MECHANISM]->(b)
RETURN count(*) AS done

// name: link_finding_configurations
// From Finding to Configuration.
UNWIND $rows AS row
MATCH (a:Finding {id: row.from_id})
MATCH (b:Configuration {id: row.to_id})
CREATE (a)-[:CONCERNS_CONFIGURATION]->(b)
RETURN count(*) AS done

// name: link_finding_concepts
// From Finding to Concept.
UNWIND $rows AS row
MATCH (a:Finding {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:CONCERNS_CONCEPT]->(b)
RETURN count(*) AS done

// name: link_finding_theories
// From Finding to Theory.
UNWIND $rows AS row
MATCH (a:Finding {id: row.from_id})
MATCH (b:Theory {id: row.to_id})
CREATE (a)-[:CONCERNS_THEORY]->(b)
RETURN count(*) AS done

// name: link_finding_said_by
// From Finding to Source.
UNWIND $rows AS row
MATCH (a:Finding {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:SAID_BY]->(b)
RETURN count(*) AS done

// name: link_finding_searched
// From Finding to Stage.
UNWIND $rows AS row
MATCH (a:Finding {id: row.from_id})
MATCH (b:Stage {id: row.to_id})
CREATE (a)-[:BOUNDED_BY]->(b)
RETURN count(*) AS done

// ---- SameAs ----

// name: fingerprints_same_as
// What the store holds of one review, to compare with what a load brings.
MATCH (n:SameAs) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_same_as
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:SameAs {
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

// name: change_same_as
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:SameAs {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_same_as
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:SameAs {id: id})-[r]->() DELETE r

// name: remove_same_as
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:SameAs {id: id}) DETACH DELETE n

// name: link_same_as_mechanism
// From SameAs to Mechanism.
UNWIND $rows AS row
MATCH (a:SameAs {id: row.from_id})
MATCH (b:Mechanism {id: row.to_id})
CREATE (a)-[:DECLARES]->(b)
RETURN count(*) AS done

// name: link_same_as_concept
// From SameAs to Concept.
UNWIND $rows AS row
MATCH (a:SameAs {id: row.from_id})
MATCH (b:Concept {id: row.to_id})
CREATE (a)-[:DECLARES]->(b)
RETURN count(*) AS done

// name: link_same_as_source
// From SameAs to Source.
UNWIND $rows AS row
MATCH (a:SameAs {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:DECLARES]->(b)
RETURN count(*) AS done

// ---- Reference ----

// name: fingerprints_reference
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Reference) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_reference
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Reference {
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

// name: change_reference
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Reference {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_reference
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Reference {id: id})-[r]->() DELETE r

// name: remove_reference
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Reference {id: id}) DETACH DELETE n

// name: link_reference_source
// From Reference to Source.
UNWIND $rows AS row
MATCH (a:Reference {id: row.from_id})
MATCH (b:Source {id: row.to_id})
CREATE (a)-[:STANDS_FOR]->(b)
RETURN count(*) AS done

// ---- Merge ----

// name: fingerprints_merge
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Merge) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_merge
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Merge {
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

// name: change_merge
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Merge {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_merge
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Merge {id: id})-[r]->() DELETE r

// name: remove_merge
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Merge {id: id}) DETACH DELETE n

// ---- Silence ----

// name: fingerprints_silence
// What the store holds of one review, to compare with what a load brings.
MATCH (n:Silence) WHERE n.review = $review
RETURN n.id AS id, n.fingerprint AS fingerprint

// name: create_silence
// What the store does not hold yet.
UNWIND $rows AS row
CREATE (n:Silence {
    id: row.id,
    rule: row.rule,
    record: row.record,
    because: row.because,
    declared_by: row.declared_by,
    review: row.review,
    fingerprint: row.fingerprint
})
RETURN count(*) AS done

// name: change_silence
// `SET n = row` replaces all properties, so what a corrected file leaves out is gone.
UNWIND $rows AS row
MATCH (n:Silence {id: row.id}) SET n = row
RETURN count(*) AS done

// name: unlink_silence
// Every relationship that leaves a record is the record's own.
UNWIND $ids AS id
MATCH (n:Silence {id: id})-[r]->() DELETE r

// name: remove_silence
// What a corrected file no longer has, with everything that points to it.
UNWIND $ids AS id
MATCH (n:Silence {id: id}) DETACH DELETE n
