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
  AND ($not_levels IS NULL
       OR NOT (any(level IN $not_levels WHERE level IN e.levels) OR ($not_unplaced AND size(e.levels) = 0)))
  AND ($not_perspectives IS NULL OR NOT coalesce(e.perspective, '') IN $not_perspectives)
  AND ($not_setting IS NULL OR coalesce(e.setting, '') <> $not_setting)
  AND ($not_work IS NULL OR s.work <> $not_work)
  AND ($about IS NULL OR (e.about = $about AND e.about_kind = $about_kind))
  AND ($context IS NULL
       OR EXISTS { (e)-[:IN_CONTEXT]->(:Concept {id: $context}) }
       OR EXISTS { (e)-[:ABOUT]->(:Configuration)-[:HAS_CONTEXT]->(:Concept {id: $context}) })

// fragment: evidence_page
// The ids of one page.
WHERE e.id > $after
// include: evidence_filter
RETURN e.id AS id
ORDER BY id LIMIT $limit

// fragment: weight_sort
// Sorts of works that are never summed.
       CASE s.kind WHEN 'paper' THEN 'primary' WHEN 'grey' THEN 'primary'
                   WHEN 'synthesis' THEN 'synthesis' ELSE 'stakeholders' END AS sort,

// fragment: weight_stances
// Works and pieces of each stance.
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS for_works,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS against_works,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining_works,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces

// fragment: weight_counts
// All that is counted of a sort: each has one kind of source, or one and another.
// include: weight_sort
       count(*) AS pieces, count(DISTINCT s.work) AS works,
       count(DISTINCT CASE WHEN e.stance <> 'challenges' THEN s.work ELSE null END) AS backing,
       count(DISTINCT CASE WHEN s.kind IN ['paper', 'synthesis', 'interview'] THEN s.work
             ELSE null END) AS one_kind,
       count(DISTINCT CASE WHEN s.kind IN ['grey', 'consultation'] THEN s.work
             ELSE null END) AS other_kind,
// include: weight_stances

// fragment: weight_source
// Sources that are named: syntheses, and those that do not count.
       s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution,
       s.work AS work, s.counts AS counts, s.excluded_because AS excluded_because,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces

// fragment: evidence_weight
// Works and pieces of what counts, by sort and stance.
WHERE s.counts
// include: evidence_filter
RETURN
// include: weight_counts
ORDER BY sort

// fragment: evidence_named
// The syntheses among it, and the sources that do not count.
WHERE (s.kind = 'synthesis' OR NOT s.counts)
// include: evidence_filter
RETURN
// include: weight_source
ORDER BY source_id

// name: evidence_page_of_mechanism
// Evidence about a mechanism, or about a configuration that belongs to it; carried by Mechanism.id.
MATCH (:Mechanism {id: $mechanism})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_page

// name: evidence_weight_of_mechanism
// How much of it there is; carried like its page.
MATCH (:Mechanism {id: $mechanism})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_weight

// name: evidence_named_of_mechanism
// Its syntheses and excluded sources; carried like its page.
MATCH (:Mechanism {id: $mechanism})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_named

// name: evidence_through_of_mechanism
// The part of it that is about a configuration of the mechanism; carried like its page.
MATCH (:Mechanism {id: $mechanism})<-[:BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
// include: evidence_filter
RETURN e.about AS configuration,
// include: weight_sort
// include: weight_stances
ORDER BY sort, configuration

// name: evidence_page_about
// Evidence about one configuration, concept or theory; carried by Evidence.about.
MATCH (e:Evidence {about: $about})-[:FROM_SOURCE]->(s:Source)
// include: evidence_page

// name: evidence_weight_about
// How much of it there is; carried like its page.
MATCH (e:Evidence {about: $about})-[:FROM_SOURCE]->(s:Source)
// include: evidence_weight

// name: evidence_named_about
// Its syntheses and excluded sources; carried like its page.
MATCH (e:Evidence {about: $about})-[:FROM_SOURCE]->(s:Source)
// include: evidence_named

// name: evidence_page_from_source
// Evidence from one source; carried by Source.id.
MATCH (s:Source {id: $source})<-[:FROM_SOURCE]-(e:Evidence)
// include: evidence_page

// name: evidence_weight_from_source
// How much of it there is; carried like its page.
MATCH (s:Source {id: $source})<-[:FROM_SOURCE]-(e:Evidence)
// include: evidence_weight

// name: evidence_named_from_source
// Its syntheses and excluded sources; carried like its page.
MATCH (s:Source {id: $source})<-[:FROM_SOURCE]-(e:Evidence)
// include: evidence_named

// name: evidence_page_of_review
// Evidence of one review; carried by Evidence.review.
MATCH (e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
// include: evidence_page

// name: evidence_weight_of_review
// How much of it there is; carried like its page.
MATCH (e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
// include: evidence_weight

// name: evidence_named_of_review
// Its syntheses and excluded sources; carried like its page.
MATCH (e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
// include: evidence_named

// name: evidence_page_anywhere
// Evidence of all reviews, in the order of Evidence.id.
MATCH (e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_page

// name: evidence_weight_anywhere
// How much of it there is; carried like its page.
MATCH (e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_weight

// name: evidence_named_anywhere
// Its syntheses and excluded sources; carried like its page.
MATCH (e:Evidence)-[:FROM_SOURCE]->(s:Source)
// include: evidence_named

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
       s.studies AS studies, s.attribution AS attribution,
       s.work AS work, s.counts AS counts, s.excluded_because AS excluded_because
ORDER BY id

// fragment: places
// The columns of a matrix that a piece of evidence is in, by one or two dimensions.
UNWIND CASE $one
         WHEN 'level' THEN CASE WHEN size(e.levels) = 0 THEN [''] ELSE e.levels END
         WHEN 'perspective' THEN [coalesce(e.perspective, '')]
         WHEN 'setting' THEN [coalesce(e.setting, '')]
         WHEN 'source kind' THEN [s.kind]
         ELSE [''] END AS one
UNWIND CASE $other
         WHEN 'level' THEN CASE WHEN size(e.levels) = 0 THEN [''] ELSE e.levels END
         WHEN 'perspective' THEN [coalesce(e.perspective, '')]
         WHEN 'setting' THEN [coalesce(e.setting, '')]
         WHEN 'source kind' THEN [s.kind]
         ELSE [''] END AS other

// fragment: left
// What stays where some of the evidence is left out; it goes with a level if it names no other.
  AND ($relevance IS NULL OR e.agreed_relevance IN $relevance)
  AND ($rigour IS NULL OR e.agreed_rigour IN $rigour)
  AND ($richness IS NULL OR e.agreed_richness IN $richness)
  AND ($source IS NULL OR s.work <> $source)
  AND ($source_kind IS NULL OR s.kind <> $source_kind)
  AND ($levels IS NULL OR size(e.levels) = 0
       OR size([level IN e.levels WHERE NOT level IN $levels]) > 0)

// fragment: of_mechanisms
// Evidence about mechanisms, or about configurations that belong to them.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)

// fragment: through_configurations
// The second of both.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)

// fragment: about
// Evidence about configurations, concepts or theories.
UNWIND $ids AS id
MATCH (e:Evidence {about: id})-[:FROM_SOURCE]->(s:Source)

// name: weights_of_mechanisms
// By record; carried by Mechanism.id.
// include: of_mechanisms
WHERE s.counts
RETURN id,
// include: weight_counts
ORDER BY id, sort

// name: weights_named_of_mechanisms
// By record: syntheses, and sources that do not count; carried by Mechanism.id.
// include: of_mechanisms
WHERE (s.kind = 'synthesis' OR NOT s.counts)
RETURN id,
// include: weight_source
ORDER BY id, source_id

// name: weights_through_configurations
// By record; carried by Mechanism.id.
// include: through_configurations
WHERE s.counts
RETURN id, e.about AS configuration,
// include: weight_sort
// include: weight_stances
ORDER BY id, sort, configuration

// name: weights_about
// By record; carried by Evidence.about.
// include: about
WHERE e.about_kind = $kind AND s.counts
RETURN id,
// include: weight_counts
ORDER BY id, sort

// name: weights_named_about
// By record: syntheses, and sources that do not count; carried by Evidence.about.
// include: about
WHERE e.about_kind = $kind AND (s.kind = 'synthesis' OR NOT s.counts)
RETURN id,
// include: weight_source
ORDER BY id, source_id

// name: weights_of_mechanisms_placed
// By record and column; carried by Mechanism.id.
// include: of_mechanisms
WHERE s.counts
// include: places
RETURN id, one, other,
// include: weight_counts
ORDER BY id, one, other, sort

// name: weights_named_of_mechanisms_placed
// By record and column: syntheses, and sources that do not count; carried by Mechanism.id.
// include: of_mechanisms
WHERE (s.kind = 'synthesis' OR NOT s.counts)
// include: places
RETURN id, one, other,
// include: weight_source
ORDER BY id, one, other, source_id

// name: weights_through_configurations_placed
// By record and column; carried by Mechanism.id.
// include: through_configurations
WHERE s.counts
// include: places
RETURN id, one, other, e.about AS configuration,
// include: weight_sort
// include: weight_stances
ORDER BY id, one, other, sort, configuration

// name: weights_about_placed
// By record and column; carried by Evidence.about.
// include: about
WHERE e.about_kind = $kind AND s.counts
// include: places
RETURN id, one, other,
// include: weight_counts
ORDER BY id, one, other, sort

// name: weights_named_about_placed
// By record and column: syntheses, and sources that do not count; carried by Evidence.about.
// include: about
WHERE e.about_kind = $kind AND (s.kind = 'synthesis' OR NOT s.counts)
// include: places
RETURN id, one, other,
// include: weight_source
ORDER BY id, one, other, source_id

// name: weights_of_mechanisms_left
// By record, what a narrowing leaves; carried by Mechanism.id.
// include: of_mechanisms
WHERE s.counts
// include: left
RETURN id,
// include: weight_counts
ORDER BY id, sort

// name: weights_named_of_mechanisms_left
// By record, what a narrowing leaves: syntheses, and sources that do not count; carried by Mechanism.id.
// include: of_mechanisms
WHERE (s.kind = 'synthesis' OR NOT s.counts)
// include: left
RETURN id,
// include: weight_source
ORDER BY id, source_id

// name: weights_through_configurations_left
// By record, what a narrowing leaves; carried by Mechanism.id.
// include: through_configurations
WHERE s.counts
// include: left
RETURN id, e.about AS configuration,
// include: weight_sort
// include: weight_stances
ORDER BY id, sort, configuration

// fragment: of_groups
// Evidence about any of the mechanisms of a group, each piece once.
UNWIND $groups AS g
UNWIND g.ids AS member
MATCH (:Mechanism {id: member})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WITH DISTINCT g.id AS id, e, s

// name: weights_of_groups
// By group of mechanisms that are declared the same; carried by Mechanism.id.
// include: of_groups
WHERE s.counts
RETURN id,
// include: weight_counts
ORDER BY id, sort

// name: weights_named_of_groups
// By group: syntheses, and sources that do not count; carried by Mechanism.id.
// include: of_groups
WHERE (s.kind = 'synthesis' OR NOT s.counts)
RETURN id,
// include: weight_source
ORDER BY id, source_id

// name: weights_through_configurations_of_groups
// By group, the part that is about configurations; carried by Mechanism.id.
UNWIND $groups AS g
UNWIND g.ids AS member
MATCH (:Mechanism {id: member})<-[:BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WITH DISTINCT g.id AS id, e, s
WHERE s.counts
RETURN id, e.about AS configuration,
// include: weight_sort
// include: weight_stances
ORDER BY id, sort, configuration

// name: backing_of_mechanisms
// The empirical sources that stand for mechanisms and that a narrowing leaves; carried by
// Mechanism.id.
// include: of_mechanisms
WHERE s.counts AND e.stance <> 'challenges' AND s.kind IN ['paper', 'grey', 'synthesis']
// include: left
RETURN DISTINCT id, s.id AS source_id, s.kind AS source_kind, s.citation AS citation,
       s.doi AS doi, s.studies AS studies, s.attribution AS attribution,
       s.work AS work, s.counts AS counts, s.excluded_because AS excluded_because
ORDER BY id, source_id

// name: ungraded_of_mechanisms
// Pieces of evidence about mechanisms that nobody graded as is asked; carried by Mechanism.id.
// include: of_mechanisms
WHERE s.counts
  AND (($relevance IS NOT NULL AND e.agreed_relevance IS NULL)
       OR ($rigour IS NOT NULL AND e.agreed_rigour IS NULL)
       OR ($richness IS NOT NULL AND e.agreed_richness IS NULL))
RETURN id, count(e) AS ungraded
ORDER BY id

// name: columns_with_evidence
// In which columns a review has evidence at all, whatever it is about; carried by Evidence.review.
MATCH (e:Evidence {review: $review})-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
// include: places
RETURN DISTINCT one, other, s.kind AS kind, e.stance <> 'challenges' AS supporting
ORDER BY one, other, kind, supporting

// name: bearing_of_review
// Which evidence of a review bears on which mechanism through a configuration, to be checked.
MATCH (m:Mechanism)<-[:BEARS_ON]-(e:Evidence {review: $review})
RETURN e.id AS from_id, m.id AS to_id
ORDER BY from_id, to_id
