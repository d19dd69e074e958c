// Mechanisms: what the review states of them, and what the evidence makes of them.

// fragment: mechanisms_after
// Mechanisms that stand behind the last one of the page before, in the order of files.
OPTIONAL MATCH (last:Mechanism {id: $after})
WITH last.review AS from_review, last.position AS from_position
MATCH (m:Mechanism)
WHERE ($after = '' OR m.review > from_review
       OR (m.review = from_review AND m.position > from_position)
       OR (from_review IS NULL AND m.id > $after))
  AND ($review IS NULL OR m.review = $review)
  AND ($stated IS NULL OR m.stated IN $stated)

// name: mechanism_page
// Ids of mechanisms with the stated status, in the order of files.
// include: mechanisms_after
RETURN m.id AS id
ORDER BY m.review, m.position, id LIMIT $limit

// name: mechanism_records
// Mechanisms in full for a page of ids; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})
RETURN m.id AS id, m.review AS review, m.name AS name, m.aliases AS aliases,
       m.description AS description, m.number AS number, m.levels AS levels,
       m.stated AS stated, m.locator AS locator, m.note AS note
ORDER BY m.review, m.position, id

// name: mechanism_history
// What reviews state about mechanisms, in order; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:HISTORY_OF]-(h:HistoryEntry)
OPTIONAL MATCH (h)-[:STATED_AT]->(stage:Stage)
RETURN m.id AS id, h.id AS entry, h.position AS position, h.status AS status,
       stage.id AS stage, h.levels AS levels, h.perspectives AS perspectives, h.kinds AS kinds,
       h.locator AS locator, h.note AS note
ORDER BY id, position

// name: mechanism_incorporations
// Into which mechanisms a history entry says that one went; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:HISTORY_OF]-(h:HistoryEntry)-[:INCORPORATED_INTO]->(into:Mechanism)
RETURN h.id AS entry, into.id AS into_id, into.name AS into_name
ORDER BY entry, into_id

// name: mechanism_history_configurations
// The configurations to which history entries are bound; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:HISTORY_OF]-(h:HistoryEntry)-[:COVERS_CONFIGURATION]->(c:Configuration)
RETURN h.id AS entry, c.id AS configuration, c.name AS name
ORDER BY entry, configuration

// name: mechanism_stakeholders
// What interviews and consultations say of mechanisms; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.kind IN ['interview', 'consultation']
RETURN DISTINCT m.id AS id, e.id AS evidence
ORDER BY id, evidence

// name: mechanisms_unsupported
// Mechanisms without one supporting (or refining) paper, grey report or synthesis that is not
// excluded; per mechanism the search for one stops at the first.
// include: mechanisms_after
  AND NOT EXISTS {
    MATCH (m)<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
    WHERE s.kind IN ['paper', 'grey', 'synthesis'] AND s.counts AND e.stance <> 'challenges'
  }
RETURN m.id AS id
ORDER BY m.review, m.position, id LIMIT $limit
