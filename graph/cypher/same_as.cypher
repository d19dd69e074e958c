// What is declared to be the same. A declaration says nothing until both records are there.

// name: same_concepts
// Concepts that these are declared to be the same as; carried by SameAs.one.
UNWIND $ids AS id
MATCH (d:SameAs {one: id})
MATCH (o:Concept {id: d.same_as})
WHERE $review IS NULL OR (d.review = $review AND o.review = $review)
RETURN id, o.id AS other, d.id AS declaration
ORDER BY id, other

// name: concepts_same_as
// Concepts that are declared to be the same as these; carried by SameAs.same_as.
UNWIND $ids AS id
MATCH (d:SameAs {same_as: id})-[:DECLARES]->(o:Concept)
WHERE $review IS NULL OR (d.review = $review AND o.review = $review)
RETURN id, o.id AS other, d.id AS declaration
ORDER BY id, other

// name: same_mechanisms
// Mechanisms that these are declared to be the same as; carried by SameAs.one.
UNWIND $ids AS id
MATCH (d:SameAs {one: id})
MATCH (o:Mechanism {id: d.same_as})
WHERE $review IS NULL OR (d.review = $review AND o.review = $review)
RETURN id, o.id AS other, d.id AS declaration
ORDER BY id, other

// name: mechanisms_same_as
// Mechanisms that are declared to be the same as these; carried by SameAs.same_as.
UNWIND $ids AS id
MATCH (d:SameAs {same_as: id})-[:DECLARES]->(o:Mechanism)
WHERE $review IS NULL OR (d.review = $review AND o.review = $review)
RETURN id, o.id AS other, d.id AS declaration
ORDER BY id, other

// name: same_as_page
// Declarations in the order of ids; the other record is null until it is held. Carried by
// SameAs.id.
MATCH (d:SameAs)-[:DECLARES]->(one)
WHERE d.id > $after AND ($review IS NULL OR d.review = $review)
OPTIONAL MATCH (m:Mechanism {id: d.same_as})
OPTIONAL MATCH (c:Concept {id: d.same_as})
OPTIONAL MATCH (s:Source {id: d.same_as})
RETURN d.id AS id, d.review AS review, d.kind AS kind, d.one AS one, one.name AS one_name,
       d.same_as AS other,
       CASE d.kind WHEN 'mechanism' THEN m.name WHEN 'concept' THEN c.name ELSE s.name END
         AS other_name,
       d.declared_by AS declared_by, d.note AS note
ORDER BY id LIMIT $limit
