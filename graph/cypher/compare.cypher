// Reviews side by side.

// name: compared_mechanisms
// The mechanisms of reviews; carried by Mechanism.review.
UNWIND $reviews AS review
MATCH (m:Mechanism {review: review})
RETURN m.id AS id, m.review AS review, m.name AS name
ORDER BY id

// name: contexts_of_mechanisms
// Contexts of the configurations that belong to mechanisms; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:BELONGS_TO]-(c:Configuration)-[:HAS_CONTEXT]->(x:Concept)
RETURN DISTINCT id, x.id AS context, x.name AS name
ORDER BY id, context

// name: observed_contexts_of_mechanisms
// Contexts in which evidence that counts was observed; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
MATCH (e)-[:IN_CONTEXT]->(x:Concept)
RETURN DISTINCT id, x.id AS context, x.name AS name
ORDER BY id, context

// name: levels_of_mechanisms
// Levels that evidence about mechanisms speaks to, of what counts; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
UNWIND e.levels AS level
RETURN DISTINCT id, level
ORDER BY id, level

// name: declared_concepts
// Concepts of reviews that a declaration names, from either side; carried by SameAs.review and
// SameAs.same_as.
UNWIND $reviews AS review
MATCH (d:SameAs {review: review, kind: 'concept'})
MATCH (o:Concept {id: d.same_as})
RETURN DISTINCT d.one AS id, o.id AS other
ORDER BY id, other

// name: mechanisms_of_concepts
// Mechanisms whose configurations a concept plays a role in; carried by Concept.id.
UNWIND $ids AS id
MATCH (x:Concept {id: id})<-[:HAS_CONTEXT|HAS_RESOURCE|HAS_REASONING|HAS_OUTCOME]-
      (c:Configuration)-[:BELONGS_TO]->(m:Mechanism)
RETURN DISTINCT m.id AS id
ORDER BY id
