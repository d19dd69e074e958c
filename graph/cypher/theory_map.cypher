// The theory map: everything drawn comes from a handful of anchored passes, none per node.

// name: map_evidence
// Who says what about what, by stance; carried by Evidence.review.
MATCH (e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
MATCH (e)-[:ABOUT]->(t)
RETURN s.id AS source, t.id AS target, e.about_kind AS kind, e.stance AS stance,
       e.levels AS levels, e.locator AS locator, e.statement AS statement, e.quote AS quote,
       e.perspective AS perspective, e.agreed_relevance AS relevance,
       e.agreed_rigour AS rigour, e.agreed_richness AS richness, e.id AS id
ORDER BY source, target, stance, id
LIMIT $limit

// name: map_incorporations
// Mechanisms that went into others; carried by HistoryEntry.review.
MATCH (m:Mechanism)<-[:HISTORY_OF]-(h:HistoryEntry {review: $review})-[:INCORPORATED_INTO]->(x:Mechanism)
RETURN m.id AS mechanism, x.id AS into, h.id AS id, h.note AS note, h.locator AS locator
ORDER BY mechanism, into, h.id
