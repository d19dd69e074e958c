// Evidence: first the ids of one page and the totals, each anchored on the narrowest thing that the
// filter names; then the page's records by id.

// fragment: evidence_filter
// What a filter may ask of evidence, the same below every anchor.
  AND ($review IS NULL OR e.review = $review)
  AND ($levels IS NULL OR any(level IN $levels WHERE level IN e.levels) OR ($unplaced AND size(e.levels) = 0))
  AND ($stance IS NULL OR e.stance = $stance)
  AND ($perspectives IS NULL OR coalesce(e.perspective, '') IN $perspectives)
  AND ($setting IS NULL OR coalesce(e.setting, '') = $setting)
  AND ($relevance IS NULL OR coalesce(e.agreed_relevance, '') IN $relevance)
  AND ($rigour IS NULL OR coalesce(e.agreed_rigour, '') IN $rigour)
  AND ($richness IS NULL OR coalesce(e.agreed_richness, '') IN $richness)
  AND ($source_kinds IS NULL OR s.kind IN $source_kinds)
  AND ($since IS NULL OR s.year >= $since)
  AND ($until IS NULL OR s.year <= $until)
  AND ($source IS NULL OR s.id = $source)
  AND ($about IS NULL OR e.about = $about)
  AND ($context IS NULL
       OR EXISTS { (e)-[:IN_CONTEXT]->(:Concept {id: $context}) }
       OR EXISTS { (e)-[:ABOUT]->(:Configuration)-[:HAS_CONTEXT]->(:Concept {id: $context}) })

// fragment: evidence_page
// The ids of one page.
WHERE e.id > $after
// include: evidence_filter
RETURN e.id AS id
ORDER BY id LIMIT $limit

// fragment: evidence_totals
// How much of it there is by stance, and independent sources by kind.
WHERE e.id > ''
// include: evidence_filter
RETURN s.kind AS kind, count(DISTINCT s.id) AS sources,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS supports,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS challenges,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refines
ORDER BY kind

// name: evidence_page_of_mechanism
// Evidence about a mechanism, or about a configuration that belongs to it; carried by Mechanism.id.
MATCH (:Mechanism {id: $mechanism})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_page

// name: evidence_totals_of_mechanism
// How much of it there is by stance, and independent sources by kind; carried like its page.
MATCH (:Mechanism {id: $mechanism})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_totals

// name: evidence_page_about
// Evidence about one configuration, concept or theory; carried by Evidence.about.
MATCH (e:Evidence {about: $about})-[:FROM_SOURCE]->(s:Source)
// include: evidence_page

// name: evidence_totals_about
// How much of it there is by stance, and independent sources by kind; carried like its page.
MATCH (e:Evidence {about: $about})-[:FROM_SOURCE]->(s:Source)
// include: evidence_totals

// name: evidence_page_from_source
// Evidence from one source; carried by Source.id.
MATCH (s:Source {id: $source})<-[:FROM_SOURCE]-(e:Evidence)
// include: evidence_page

// name: evidence_totals_from_source
// How much of it there is by stance, and independent sources by kind; carried like its page.
MATCH (s:Source {id: $source})<-[:FROM_SOURCE]-(e:Evidence)
// include: evidence_totals

// name: evidence_page_of_review
// Evidence of one review; carried by Evidence.review.
MATCH (e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
// include: evidence_page

// name: evidence_totals_of_review
// How much of it there is by stance, and independent sources by kind; carried like its page.
MATCH (e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
// include: evidence_totals

// name: evidence_page_anywhere
// Evidence of all reviews, in the order of Evidence.id.
MATCH (e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_page

// name: evidence_totals_anywhere
// How much of it there is by stance, and independent sources by kind; carried like its page.
MATCH (e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_totals

// name: evidence_records
// Evidence in full, with its source and target, for a page of ids; carried by Evidence.id.
UNWIND $ids AS id
MATCH (e:Evidence {id: id})-[:FROM_SOURCE]->(s:Source)
MATCH (e)-[:ABOUT]->(t)
RETURN e.id AS id, e.review AS review, e.stance AS stance, e.extent AS extent, e.levels AS levels,
       e.perspective AS perspective, e.setting AS setting, e.quote AS quote,
       e.statement AS statement, e.locator AS locator, e.relevance AS relevance,
       e.rigour AS rigour, e.richness AS richness, e.coder AS coder, e.note AS note,
       e.role AS role, e.about_kind AS about_kind, t.id AS about_id, t.name AS about_name,
       s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution
ORDER BY id
