// Records of reference files, and the sources that they stand for.

// name: reference_page
// Records in the order of ids, by review, file and source; carried by Reference.id.
MATCH (r:Reference)
WHERE r.id > $after
  AND ($review IS NULL OR r.review = $review)
  AND ($file IS NULL OR r.file = $file)
  AND (NOT $merged OR r.merged_by IS NOT NULL)
MATCH (r)-[:STANDS_FOR]->(s:Source)
RETURN r.id AS id, r.review AS review, r.file AS file, r.row AS row, r.database AS database,
    r.merged_by AS merged_by, r.score AS score, coalesce(r.decisions, []) AS decisions,
    r.text AS text,
    r.encoding AS encoding, r.fields AS fields,
    s.id AS source_id, s.citation AS citation
ORDER BY id LIMIT $limit

// name: references_of_source
// Records that stand for one source; carried by the source's id.
MATCH (s:Source {id: $id})<-[:STANDS_FOR]-(r:Reference)
RETURN r.id AS id, r.review AS review, r.file AS file, r.row AS row, r.database AS database,
    r.merged_by AS merged_by, r.score AS score, coalesce(r.decisions, []) AS decisions,
    r.text AS text,
    r.encoding AS encoding, r.fields AS fields,
    s.id AS source_id, s.citation AS citation
ORDER BY id

// name: said_of_source
// What the records that stand for a source say of it; carried by the source's id.
MATCH (s:Source {id: $id})<-[:STANDS_FOR]-(r:Reference)
RETURN r.id AS id, r.file AS file, r.reads_as AS reads_as, coalesce(r.decisions, []) AS decisions,
    coalesce(r.replaces, []) AS replaces
ORDER BY id

// name: files_of_sources
// Which files hold records of which source, with how many; carried by Reference.review.
MATCH (r:Reference {review: $review})-[:STANDS_FOR]->(s:Source)
RETURN s.id AS source, r.file AS file, count(r) AS records
ORDER BY source, file
