// Where sources that count disagree: evidence with opposed stances on one target, and configurations that share
// a mechanism, a resource or a reasoning and go opposite ways.

// name: contradicted_targets
// Targets that some evidence of a review supports and other evidence challenges; carried by
// Evidence.review.
MATCH (e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
WHERE s.counts AND e.stance <> 'refines'
WITH e.about AS id, min(e.stance) AS one, max(e.stance) AS other
WHERE one <> other
RETURN id
ORDER BY id

// name: contradicted_among
// The same among some targets; carried by Evidence.about.
UNWIND $ids AS about
MATCH (e:Evidence {about: about})-[:FROM_SOURCE]->(s:Source)
WHERE s.counts AND e.about > $after AND e.stance <> 'refines'
WITH e.about AS id, min(e.stance) AS one, max(e.stance) AS other
WHERE one <> other
RETURN id
ORDER BY id LIMIT $limit

// name: opposed_evidence
// Both sides of targets, with what may set them apart; carried by Evidence.about.
UNWIND $ids AS about
MATCH (e:Evidence {about: about})-[:FROM_SOURCE]->(s:Source)
MATCH (e)-[:ABOUT]->(t)
WHERE s.counts AND e.stance <> 'refines'
RETURN about, e.about_kind AS kind, t.name AS about_name, e.review AS review, e.id AS id,
       e.stance AS side, e.levels AS levels, e.perspective AS perspective, e.setting AS setting,
       s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution,
       s.work AS work, s.counts AS counts, s.excluded_because AS excluded_because
ORDER BY about, id

// name: contexts_of_evidence
// The contexts in which evidence about targets was observed; carried by Evidence.about.
UNWIND $ids AS about
MATCH (e:Evidence {about: about})-[:IN_CONTEXT]->(c:Concept)
RETURN e.id AS id, c.id AS context, c.name AS context_name
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
