// Which sources are one work: read and written in the transaction that loads or removes.

// name: works_of_review
// Sources of a review that are one work with another one that comes first; carried by
// Source.review.
MATCH (s:Source {review: $review})
WHERE s.work <> s.id
RETURN s.id AS id, s.work AS work
ORDER BY id

// name: works_by_id
// What is compared of sources; carried by Source.id.
UNWIND $ids AS key
MATCH (s:Source {id: key})
RETURN s.id AS id, s.title AS title, s.doi_key AS doi, s.pmid_key AS pmid, s.work AS work
ORDER BY id

// name: works_by_work
// The same for the sources of works; carried by Source.work.
UNWIND $ids AS key
MATCH (s:Source {work: key})
RETURN s.id AS id, s.title AS title, s.doi_key AS doi, s.pmid_key AS pmid, s.work AS work
ORDER BY id

// name: works_by_doi
// The same for sources with a DOI; carried by Source.doi_key.
UNWIND $ids AS key
MATCH (s:Source {doi_key: key})
RETURN s.id AS id, s.title AS title, s.doi_key AS doi, s.pmid_key AS pmid, s.work AS work
ORDER BY id

// name: works_by_pmid
// The same for sources with a PubMed id; carried by Source.pmid_key.
UNWIND $ids AS key
MATCH (s:Source {pmid_key: key})
RETURN s.id AS id, s.title AS title, s.doi_key AS doi, s.pmid_key AS pmid, s.work AS work
ORDER BY id

// name: any_declared_source
// Whether anybody declares that two sources are one work; carried by SameAs.kind.
MATCH (d:SameAs {kind: 'source'})
RETURN d.id AS id LIMIT 1

// name: declared_sources_of_review
// Pairs of sources that a review declares to be one work; carried by SameAs.review.
MATCH (d:SameAs {review: $review})
WHERE d.kind = 'source'
RETURN d.id AS id, d.one AS one, d.same_as AS other
ORDER BY id

// name: declared_sources_from
// Pairs that begin with one of these sources; carried by SameAs.one.
UNWIND $ids AS key
MATCH (d:SameAs {one: key})
WHERE d.kind = 'source'
RETURN d.id AS id, d.one AS one, d.same_as AS other
ORDER BY id

// name: declared_sources_to
// Pairs that end with one of these sources; carried by SameAs.same_as.
UNWIND $ids AS key
MATCH (d:SameAs {same_as: key})
WHERE d.kind = 'source'
RETURN d.id AS id, d.one AS one, d.same_as AS other
ORDER BY id

// name: set_works
// The work that each source is; carried by Source.id.
UNWIND $rows AS row
MATCH (s:Source {id: row.id})
SET s.work = row.work
RETURN count(*) AS done

// name: renew_mark
// What is known of a review has changed through another one; carried by Review.id.
MATCH (r:Review {id: $review})
SET r.revision = $revision

// name: sources_of_works
// The sources that are one work with each; carried by Source.work.
UNWIND $ids AS id
MATCH (s:Source {id: id})
MATCH (o:Source {work: s.work})
WHERE o.id <> id
RETURN id, o.id AS other, o.review AS review, o.citation AS citation
ORDER BY id, other
