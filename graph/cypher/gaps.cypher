// The gap matrix: its rows, and what the records of a review say of them. Counts are weights.

// name: gap_mechanisms
// The rows that are mechanisms; carried by Mechanism.review.
MATCH (m:Mechanism {review: $review})
RETURN m.id AS id, m.name AS name, m.stated AS stated
ORDER BY m.position, id

// name: gap_concepts
// The rows that are concepts: those that evidence, a gap or the scope of a search is about; carried
// by Concept.review.
MATCH (c:Concept {review: $review})
WHERE EXISTS { MATCH (c)<-[:ABOUT]-(:Evidence) }
   OR EXISTS { MATCH (c)<-[:CONCERNS_CONCEPT]-(f:Finding) WHERE f.kind = 'gap' }
   OR EXISTS { MATCH (c)<-[:COVERS_CONCEPT]-(:Stage) }
RETURN c.id AS id, c.name AS name
ORDER BY c.position, id

// name: gap_evidence_of_mechanisms
// Which evidence each mechanism has; carried by Mechanism.review.
MATCH (m:Mechanism {review: $review})<-[:ABOUT|BEARS_ON]-(e:Evidence)
RETURN DISTINCT m.id AS id, e.id AS evidence
ORDER BY id, evidence

// name: gap_evidence_of_concepts
// The same per concept; carried by Concept.review.
MATCH (m:Concept {review: $review})<-[:ABOUT]-(e:Evidence)
RETURN DISTINCT m.id AS id, e.id AS evidence
ORDER BY id, evidence

// name: gap_source_kinds
// The kinds of source that a review has; carried by Source.review.
MATCH (s:Source {review: $review})
RETURN DISTINCT s.kind AS kind
ORDER BY kind

// name: gap_any_evidence
// Whether any evidence of a review is entered; carried by Evidence.review.
MATCH (e:Evidence {review: $review})
RETURN e.id AS id LIMIT 1

// name: gap_stages
// The searches of a review with their scope; carried by Stage.review.
MATCH (s:Stage {review: $review})
RETURN s.id AS id, s.position AS position, s.levels AS levels, s.perspectives AS perspectives,
       s.kinds AS kinds, s.databases AS databases, s.handsearched AS handsearched
ORDER BY position, id

// name: gap_targets_of_stages
// What searches looked for; carried by Stage.review.
MATCH (s:Stage {review: $review})-[r:COVERS_MECHANISM|COVERS_CONCEPT|COVERS_CONFIGURATION]->(t)
RETURN s.id AS id, type(r) AS link, t.id AS about, t.name AS name
ORDER BY id, link, about

// name: gap_history
// What a review states of mechanisms, in order, and how far it reaches; carried by
// HistoryEntry.review.
MATCH (h:HistoryEntry {review: $review})-[:HISTORY_OF]->(m:Mechanism)
OPTIONAL MATCH (h)-[:STATED_AT]->(stage:Stage)
RETURN h.id AS id, m.id AS mechanism, h.position AS position, h.status AS status,
       stage.id AS stage, h.levels AS levels, h.perspectives AS perspectives, h.kinds AS kinds,
       h.locator AS locator, h.note AS note
ORDER BY mechanism, position, id

// name: gap_targets_of_history
// Configurations to which history rows are bound; carried by HistoryEntry.review.
MATCH (h:HistoryEntry {review: $review})-[r:COVERS_CONFIGURATION]->(t:Configuration)
RETURN h.id AS id, type(r) AS link, t.id AS about, t.name AS name
ORDER BY id, link, about

// name: gap_incorporations
// Into which mechanisms history rows say that one went; carried by HistoryEntry.review.
MATCH (h:HistoryEntry {review: $review})-[:INCORPORATED_INTO]->(into:Mechanism)
RETURN h.id AS id, into.id AS into_id, into.name AS into_name
ORDER BY id, into_id

// name: gap_findings
// The gaps that a review states, and the search that looked; carried by Finding.review.
MATCH (f:Finding {review: $review})
WHERE f.kind = 'gap'
OPTIONAL MATCH (f)-[:BOUNDED_BY]->(stage:Stage)
RETURN f.id AS id, f.name AS name, f.statement AS statement, f.absence AS absence,
       f.levels AS levels, f.perspectives AS perspectives, f.kinds AS kinds,
       stage.id AS searched, f.locator AS locator
ORDER BY id

// name: gap_targets_of_findings
// What gaps are about; carried by Finding.review.
MATCH (f:Finding {review: $review})
      -[r:CONCERNS_MECHANISM|CONCERNS_CONFIGURATION|CONCERNS_CONCEPT|CONCERNS_THEORY]->(t)
WHERE f.kind = 'gap'
RETURN f.id AS id, type(r) AS link, t.id AS about, t.name AS name
ORDER BY id, link, about

// name: gap_in_no_row
// How much evidence of a review is about configurations or theories alone, so that no row of the gap
// matrix has it.
MATCH (e:Evidence {review: $review})
WHERE NOT EXISTS { MATCH (e)-[:ABOUT|BEARS_ON]->(:Mechanism) }
  AND NOT EXISTS { MATCH (e)-[:ABOUT]->(:Concept) }
RETURN count(e) AS n
