// Chains: the outcome of one configuration is a context, a resource, a reasoning or a named mechanism
// of the next. A step begins with one of these; `rank` is the first of them that it is: 0 context,
// 1 resource, 2 reasoning, 3 mechanism.

// name: steps_from
// Configurations that a concept is a part of, with their outcomes; carried by Concept.id.
UNWIND $ids AS id
MATCH (x:Concept {id: id})<-[r:HAS_CONTEXT|HAS_RESOURCE|HAS_REASONING]-(c:Configuration)
      -[:HAS_OUTCOME]->(y:Concept)
WHERE $review IS NULL OR c.review = $review
RETURN c.id AS configuration, x.id AS from_id, y.id AS to_id,
       min(CASE type(r) WHEN 'HAS_CONTEXT' THEN 0 WHEN 'HAS_RESOURCE' THEN 1 ELSE 2 END) AS rank
ORDER BY configuration, from_id, to_id

// name: steps_from_mechanisms
// Configurations of a mechanism, with their outcomes; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (x:Mechanism {id: id})<-[:BELONGS_TO]-(c:Configuration)-[:HAS_OUTCOME]->(y:Concept)
WHERE $review IS NULL OR c.review = $review
RETURN DISTINCT c.id AS configuration, x.id AS from_id, y.id AS to_id, 3 AS rank
ORDER BY configuration, from_id, to_id

// name: steps_to
// Configurations that bring a concept about, with all that they may begin with; carried by
// Concept.id.
UNWIND $ids AS id
MATCH (y:Concept {id: id})<-[:HAS_OUTCOME]-(c:Configuration)
      -[r:HAS_CONTEXT|HAS_RESOURCE|HAS_REASONING|BELONGS_TO]->(x)
WHERE $review IS NULL OR c.review = $review
WITH c, x, y, CASE type(r) WHEN 'HAS_CONTEXT' THEN 0 WHEN 'HAS_RESOURCE' THEN 1
                           WHEN 'HAS_REASONING' THEN 2 ELSE 3 END AS place
RETURN c.id AS configuration, x.id AS from_id, y.id AS to_id, place = 3 AS named,
       min(place) AS rank
ORDER BY configuration, from_id, to_id, named

// name: steps_into
// Configurations in which a concept is a resource or a reasoning, with what stands before it; carried
// by Concept.id.
UNWIND $ids AS id
MATCH (y:Concept {id: id})<-[q:HAS_RESOURCE|HAS_REASONING]-(c:Configuration)
      -[r:HAS_CONTEXT|HAS_RESOURCE]->(x:Concept)
WHERE x.id <> id AND (type(q) = 'HAS_REASONING' OR type(r) = 'HAS_CONTEXT')
  AND ($review IS NULL OR c.review = $review)
RETURN c.id AS configuration, x.id AS from_id, y.id AS to_id,
       min(CASE type(r) WHEN 'HAS_CONTEXT' THEN 0 ELSE 1 END) AS rank
ORDER BY configuration, from_id, to_id

// name: steps_into_mechanisms
// Configurations of a mechanism, with their contexts and resources; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (y:Mechanism {id: id})<-[:BELONGS_TO]-(c:Configuration)
      -[r:HAS_CONTEXT|HAS_RESOURCE]->(x:Concept)
WHERE $review IS NULL OR c.review = $review
RETURN c.id AS configuration, x.id AS from_id, y.id AS to_id,
       min(CASE type(r) WHEN 'HAS_CONTEXT' THEN 0 ELSE 1 END) AS rank
ORDER BY configuration, from_id, to_id

// name: steps_of_reviews
// All configurations of reviews by their contexts and outcomes; carried by Configuration.review.
UNWIND $reviews AS review
MATCH (c:Configuration {review: review})-[:HAS_CONTEXT]->(x:Concept)
MATCH (c)-[:HAS_OUTCOME]->(y:Concept)
RETURN DISTINCT c.id AS configuration, x.id AS from_id, y.id AS to_id, 0 AS rank
ORDER BY configuration, from_id, to_id

// name: steps_joined_in_reviews
// Configurations that have an outcome of another as a resource or a reasoning; carried by
// Configuration.review.
UNWIND $reviews AS review
MATCH (:Configuration {review: review})-[:HAS_OUTCOME]->(x:Concept)
WITH DISTINCT x
MATCH (x)<-[r:HAS_RESOURCE|HAS_REASONING]-(c:Configuration)-[:HAS_OUTCOME]->(y:Concept)
RETURN c.id AS configuration, x.id AS from_id, y.id AS to_id,
       min(CASE type(r) WHEN 'HAS_RESOURCE' THEN 1 ELSE 2 END) AS rank
ORDER BY configuration, from_id, to_id

// name: steps_without_context
// Configurations that state no context, by all that they may begin with; carried by
// Configuration.review.
UNWIND $reviews AS review
MATCH (c:Configuration {review: review})
WHERE NOT EXISTS { MATCH (c)-[:HAS_CONTEXT]->(:Concept) }
MATCH (c)-[r:HAS_RESOURCE|HAS_REASONING|BELONGS_TO]->(x)
MATCH (c)-[:HAS_OUTCOME]->(y:Concept)
WITH c, x, y, CASE type(r) WHEN 'HAS_RESOURCE' THEN 1 WHEN 'HAS_REASONING' THEN 2
                           ELSE 3 END AS place
RETURN c.id AS configuration, x.id AS from_id, y.id AS to_id, place = 3 AS named,
       min(place) AS rank
ORDER BY configuration, from_id, to_id, named

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
