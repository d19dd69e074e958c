// How far appraisers agree.

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
