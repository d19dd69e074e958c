// Where works that count disagree: evidence for and against one thing, and configurations that share a
// mechanism, a resource or a reasoning and go opposite ways.

// name: challenged_records
// What some evidence of a review challenges; carried by Evidence.review.
MATCH (e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
WHERE s.counts AND e.stance = 'challenges'
RETURN DISTINCT e.about_kind AS kind, e.about AS id
ORDER BY kind, id

// name: mechanisms_challenged_through_configurations
// The mechanisms of which it challenges a configuration; carried by Evidence.review.
MATCH (m:Mechanism)<-[:BEARS_ON]-(e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
WHERE s.counts AND e.stance = 'challenges'
RETURN DISTINCT m.id AS id
ORDER BY id

// fragment: piece
// A piece of evidence, with what may set it apart from others.
       e.id AS piece, e.about_kind AS kind, e.about AS target, e.stance AS stance,
       e.levels AS levels, e.perspective AS perspective, e.setting AS setting,
       s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution,
       s.work AS work, s.counts AS counts, s.excluded_because AS excluded_because
ORDER BY id, piece

// name: pieces_of_mechanisms
// Evidence about mechanisms, or about configurations that belong to them; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
RETURN id,
// include: piece

// name: pieces_about
// Evidence about configurations, concepts or theories; carried by Evidence.about.
UNWIND $ids AS id
MATCH (e:Evidence {about: id})-[:FROM_SOURCE]->(s:Source)
WHERE e.about_kind = $kind AND s.counts
RETURN id,
// include: piece

// name: contexts_of_pieces
// The contexts in which evidence was observed; carried by Evidence.id.
UNWIND $ids AS id
MATCH (e:Evidence {id: id})-[:IN_CONTEXT]->(c:Concept)
RETURN id, c.id AS context, c.name AS name
ORDER BY id, context

// name: contexts_of_configurations
// The contexts that configurations state; carried by Configuration.id.
UNWIND $ids AS id
MATCH (k:Configuration {id: id})-[:HAS_CONTEXT]->(c:Concept)
RETURN id, c.id AS context, c.name AS name
ORDER BY id, context

// name: opposed_configurations
// Configurations of one review with a positive and a negative outcome that share a mechanism, a
// resource or a reasoning; carried by Configuration.review.
UNWIND $reviews AS review
MATCH (a:Configuration {review: review})-[r:BELONGS_TO|HAS_RESOURCE|HAS_REASONING]->(shared)
      <-[q:BELONGS_TO|HAS_RESOURCE|HAS_REASONING]-(b:Configuration)
WHERE a.polarity = 'positive' AND b.polarity = 'negative' AND type(r) = type(q)
  AND b.review = review
RETURN DISTINCT review, shared.id AS about, shared.name AS about_name, type(r) AS link,
       a.id AS positive, b.id AS negative
ORDER BY about, link, positive, negative

// name: configurations_of
// The configurations that belong to a mechanism; carried by Mechanism.id.
MATCH (m:Mechanism {id: $mechanism})<-[:BELONGS_TO]-(c:Configuration)
RETURN c.id AS id
ORDER BY id
