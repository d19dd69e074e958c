// How much rests on what: support with and without some of the evidence, and appraisers' agreement.

// name: backing_of_mechanisms
// The empirical sources that stand for mechanisms, each with how much of it a narrowing leaves; a
// piece goes with a level if it names no other. Carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts AND e.stance <> 'challenges' AND s.kind IN ['paper', 'grey', 'synthesis']
WITH id, s,
     CASE WHEN ($relevance IS NULL OR e.agreed_relevance IN $relevance)
           AND ($rigour IS NULL OR e.agreed_rigour IN $rigour)
           AND ($richness IS NULL OR e.agreed_richness IN $richness)
           AND ($source IS NULL OR s.work <> $source)
           AND ($source_kind IS NULL OR s.kind <> $source_kind)
           AND ($levels IS NULL OR size(e.levels) = 0
                OR size([level IN e.levels WHERE NOT level IN $levels]) > 0)
     THEN 1 ELSE 0 END AS kept
RETURN id, sum(kept) AS kept,
       s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution,
       s.work AS work, s.counts AS counts, s.excluded_because AS excluded_because
ORDER BY id, source_id

// name: ungraded_of_mechanisms
// Pieces of evidence about mechanisms that nobody graded as is asked; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
  AND (($relevance IS NOT NULL AND e.agreed_relevance IS NULL)
       OR ($rigour IS NOT NULL AND e.agreed_rigour IS NULL)
       OR ($richness IS NOT NULL AND e.agreed_richness IS NULL))
RETURN id, count(e) AS ungraded
ORDER BY id

// name: appraisals_of
// Who graded which evidence how, beside the grade that the review settled on; carried by
// Appraisal.review.
UNWIND $reviews AS review
MATCH (a:Appraisal {review: review})-[:APPRAISES]->(e:Evidence)
RETURN review, a.id AS id, e.id AS evidence, a.appraiser AS appraiser,
       a.relevance AS relevance, a.rigour AS rigour, a.richness AS richness,
       e.relevance AS settled_relevance, e.rigour AS settled_rigour,
       e.richness AS settled_richness
ORDER BY evidence, appraiser, id
