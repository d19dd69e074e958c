// How much rests on what: support with and without some of the evidence, and appraisers' agreement.

// name: support_by_source
// Evidence behind mechanisms by source, all of it and what a narrowing leaves; a piece goes with a
// level if it names no other. Carried by Mechanism.id.
UNWIND $ids AS id
MATCH (m:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WITH id, s, e.stance = 'challenges' AS against,
     CASE WHEN ($relevance IS NULL OR e.agreed_relevance IN $relevance)
           AND ($rigour IS NULL OR e.agreed_rigour IN $rigour)
           AND ($richness IS NULL OR e.agreed_richness IN $richness)
           AND ($source IS NULL OR s.id <> $source)
           AND ($source_kind IS NULL OR s.kind <> $source_kind)
           AND ($levels IS NULL OR size(e.levels) = 0
                OR size([level IN e.levels WHERE NOT level IN $levels]) > 0)
     THEN 1 ELSE 0 END AS kept,
     CASE WHEN ($relevance IS NOT NULL AND e.agreed_relevance IS NULL)
            OR ($rigour IS NOT NULL AND e.agreed_rigour IS NULL)
            OR ($richness IS NOT NULL AND e.agreed_richness IS NULL)
     THEN 1 ELSE 0 END AS ungraded
RETURN id, against, count(*) AS evidence, sum(kept) AS kept, sum(ungraded) AS ungraded,
       s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution
ORDER BY id, source_id, against

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
