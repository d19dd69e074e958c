// What is declared to be the same. A declaration says nothing until both records are there. The other
// one is of the same kind; if there is none, a concept may be the same as a mechanism, or the other
// way round.

// name: same_any
// A declaration, if there is any; looks no further than the first.
MATCH (d:SameAs)
RETURN d.id AS id
LIMIT 1

// name: same_declared
// What records are declared to be the same as; carried by SameAs.one.
UNWIND $ids AS id
MATCH (d:SameAs {one: id})
WHERE $review IS NULL OR d.review = $review
OPTIONAL MATCH (c:Concept {id: d.same_as})
OPTIONAL MATCH (m:Mechanism {id: d.same_as})
RETURN d.kind AS kind, d.one AS one, d.same_as AS other, c.id AS concept, m.id AS mechanism,
       d.id AS declaration, d.declared_by AS declared_by, d.note AS note
ORDER BY declaration

// name: same_declaring
// What is declared to be the same as records; carried by SameAs.same_as.
UNWIND $ids AS id
MATCH (d:SameAs {same_as: id})
WHERE $review IS NULL OR d.review = $review
OPTIONAL MATCH (c:Concept {id: id})
OPTIONAL MATCH (m:Mechanism {id: id})
RETURN d.kind AS kind, d.one AS one, d.same_as AS other, c.id AS concept, m.id AS mechanism,
       d.id AS declaration
ORDER BY declaration

// name: same_as_page
// Declarations in the order of ids; the other record is null until it is held. Carried by
// SameAs.id.
MATCH (d:SameAs)-[:DECLARES]->(one)
WHERE d.id > $after AND ($review IS NULL OR d.review = $review)
OPTIONAL MATCH (m:Mechanism {id: d.same_as})
OPTIONAL MATCH (c:Concept {id: d.same_as})
OPTIONAL MATCH (s:Source {id: d.same_as})
RETURN d.id AS id, d.review AS review, d.kind AS kind, d.one AS one, one.name AS one_name,
       d.same_as AS other, m.name AS mechanism, c.name AS concept, s.name AS source,
       d.declared_by AS declared_by, d.note AS note
ORDER BY id LIMIT $limit
