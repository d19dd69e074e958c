// Chains: the outcome of one configuration is the context of the next.

// name: steps_from
// Configurations that hold where a concept is the context, with their outcomes; carried by
// Concept.id.
UNWIND $ids AS id
MATCH (x:Concept {id: id})<-[:HAS_CONTEXT]-(c:Configuration)-[:HAS_OUTCOME]->(y:Concept)
WHERE $review IS NULL OR c.review = $review
RETURN DISTINCT c.id AS configuration, x.id AS context, y.id AS outcome
ORDER BY configuration, context, outcome

// name: steps_to
// Configurations that bring a concept about, with their contexts; carried by Concept.id.
UNWIND $ids AS id
MATCH (y:Concept {id: id})<-[:HAS_OUTCOME]-(c:Configuration)-[:HAS_CONTEXT]->(x:Concept)
WHERE $review IS NULL OR c.review = $review
RETURN DISTINCT c.id AS configuration, x.id AS context, y.id AS outcome
ORDER BY configuration, context, outcome

// name: steps_of_reviews
// All configurations of reviews by context and outcome; carried by Configuration.review.
UNWIND $reviews AS review
MATCH (c:Configuration {review: review})-[:HAS_CONTEXT]->(x:Concept)
MATCH (c)-[:HAS_OUTCOME]->(y:Concept)
RETURN DISTINCT c.id AS configuration, x.id AS context, y.id AS outcome
ORDER BY configuration, context, outcome

// name: steps_of_mechanism
// The configurations of a mechanism by context and outcome; carried by Mechanism.id.
MATCH (m:Mechanism {id: $mechanism})<-[:BELONGS_TO]-(c:Configuration)-[:HAS_CONTEXT]->(x:Concept)
MATCH (c)-[:HAS_OUTCOME]->(y:Concept)
WHERE $review IS NULL OR c.review = $review
RETURN DISTINCT c.id AS configuration, x.id AS context, y.id AS outcome
ORDER BY configuration, context, outcome

// name: sources_of_configurations
// Who stands behind configurations themselves, none that is excluded; carried by Evidence.about.
UNWIND $ids AS id
MATCH (e:Evidence {about: id})-[:FROM_SOURCE]->(s:Source)
WHERE e.about_kind = 'configuration' AND s.counts AND e.stance <> 'challenges'
  AND s.kind IN ['paper', 'grey', 'synthesis']
RETURN DISTINCT id, s.id AS source_id, s.kind AS source_kind, s.citation AS citation,
       s.doi AS doi, s.studies AS studies, s.attribution AS attribution,
       s.work AS work, s.counts AS counts, s.excluded_because AS excluded_because
ORDER BY id, source_id
