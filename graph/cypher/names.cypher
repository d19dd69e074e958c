// Names: by id first (carried by the unique id), then by the keys of name, slug and aliases.

// name: names_review
// Every name there is, for suggestions.
MATCH (n:Review)
WHERE $review IS NULL OR n.id = $review
RETURN n.id AS id, n.title AS name
ORDER BY id LIMIT $limit

// name: resolve_review
// Records that answer to a key; looks through one label, of which there are few.
MATCH (n:Review)
WHERE $key IN n.keys AND ($review IS NULL OR n.id = $review)
RETURN n.id AS id, n.title AS name
ORDER BY id

// name: exists_review
// Is there a record with this very id; carried by the unique id.
MATCH (n:Review {id: $id})
RETURN n.id AS id

// name: names_level
// Every name there is, for suggestions.
MATCH (n:Level)
WHERE $review IS NULL OR n.review = $review
RETURN n.id AS id, n.name AS name
ORDER BY id LIMIT $limit

// name: resolve_level
// Records that answer to a key; looks through one label, of which there are few.
MATCH (n:Level)
WHERE $key IN n.keys AND ($review IS NULL OR n.review = $review)
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: exists_level
// Is there a record with this very id; carried by the unique id.
MATCH (n:Level {id: $id})
RETURN n.id AS id

// name: names_perspective
// Every name there is, for suggestions.
MATCH (n:Perspective)
WHERE $review IS NULL OR n.review = $review
RETURN n.id AS id, n.name AS name
ORDER BY id LIMIT $limit

// name: resolve_perspective
// Records that answer to a key; looks through one label, of which there are few.
MATCH (n:Perspective)
WHERE $key IN n.keys AND ($review IS NULL OR n.review = $review)
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: exists_perspective
// Is there a record with this very id; carried by the unique id.
MATCH (n:Perspective {id: $id})
RETURN n.id AS id

// name: names_source
// Every name there is, for suggestions.
MATCH (n:Source)
WHERE $review IS NULL OR n.review = $review
RETURN n.id AS id, n.title AS name
ORDER BY id LIMIT $limit

// name: resolve_source
// Records that answer to a key; looks through one label, of which there are few.
MATCH (n:Source)
WHERE $key IN n.keys AND ($review IS NULL OR n.review = $review)
RETURN n.id AS id, n.title AS name
ORDER BY id

// name: exists_source
// Is there a record with this very id; carried by the unique id.
MATCH (n:Source {id: $id})
RETURN n.id AS id

// name: names_mechanism
// Every name there is, for suggestions.
MATCH (n:Mechanism)
WHERE $review IS NULL OR n.review = $review
RETURN n.id AS id, n.name AS name
ORDER BY id LIMIT $limit

// name: resolve_mechanism
// Records that answer to a key; looks through one label, of which there are few.
MATCH (n:Mechanism)
WHERE $key IN n.keys AND ($review IS NULL OR n.review = $review)
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: exists_mechanism
// Is there a record with this very id; carried by the unique id.
MATCH (n:Mechanism {id: $id})
RETURN n.id AS id

// name: names_concept
// Every name there is, for suggestions.
MATCH (n:Concept)
WHERE $review IS NULL OR n.review = $review
RETURN n.id AS id, n.name AS name
ORDER BY id LIMIT $limit

// name: resolve_concept
// Records that answer to a key; looks through one label, of which there are few.
MATCH (n:Concept)
WHERE $key IN n.keys AND ($review IS NULL OR n.review = $review)
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: exists_concept
// Is there a record with this very id; carried by the unique id.
MATCH (n:Concept {id: $id})
RETURN n.id AS id

// name: names_configuration
// Every name there is, for suggestions.
MATCH (n:Configuration)
WHERE $review IS NULL OR n.review = $review
RETURN n.id AS id, n.name AS name
ORDER BY id LIMIT $limit

// name: resolve_configuration
// Records that answer to a key; looks through one label, of which there are few.
MATCH (n:Configuration)
WHERE $key IN n.keys AND ($review IS NULL OR n.review = $review)
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: exists_configuration
// Is there a record with this very id; carried by the unique id.
MATCH (n:Configuration {id: $id})
RETURN n.id AS id

// name: names_theory
// Every name there is, for suggestions.
MATCH (n:Theory)
WHERE $review IS NULL OR n.review = $review
RETURN n.id AS id, n.name AS name
ORDER BY id LIMIT $limit

// name: resolve_theory
// Records that answer to a key; looks through one label, of which there are few.
MATCH (n:Theory)
WHERE $key IN n.keys AND ($review IS NULL OR n.review = $review)
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: exists_theory
// Is there a record with this very id; carried by the unique id.
MATCH (n:Theory {id: $id})
RETURN n.id AS id

// name: exists_finding
// Is there a record with this very id; carried by the unique id.
MATCH (n:Finding {id: $id})
RETURN n.id AS id

// name: count_all_review
// How many there are, of all reviews.
MATCH (n:Review)
RETURN count(n) AS n

// name: count_all_source
// How many there are, of all reviews.
MATCH (n:Source)
RETURN count(n) AS n

// name: count_of_source
// How many there are, review by review; carried by Source.review.
UNWIND $ids AS review
MATCH (n:Source {review: review})
RETURN review, count(n) AS n
ORDER BY review

// name: count_all_mechanism
// How many there are, of all reviews.
MATCH (n:Mechanism)
RETURN count(n) AS n

// name: count_of_mechanism
// How many there are, review by review; carried by Mechanism.review.
UNWIND $ids AS review
MATCH (n:Mechanism {review: review})
RETURN review, count(n) AS n
ORDER BY review

// name: count_all_concept
// How many there are, of all reviews.
MATCH (n:Concept)
RETURN count(n) AS n

// name: count_of_concept
// How many there are, review by review; carried by Concept.review.
UNWIND $ids AS review
MATCH (n:Concept {review: review})
RETURN review, count(n) AS n
ORDER BY review

// name: count_all_configuration
// How many there are, of all reviews.
MATCH (n:Configuration)
RETURN count(n) AS n

// name: count_of_configuration
// How many there are, review by review; carried by Configuration.review.
UNWIND $ids AS review
MATCH (n:Configuration {review: review})
RETURN review, count(n) AS n
ORDER BY review

// name: count_all_theory
// How many there are, of all reviews.
MATCH (n:Theory)
RETURN count(n) AS n

// name: count_of_theory
// How many there are, review by review; carried by Theory.review.
UNWIND $ids AS review
MATCH (n:Theory {review: review})
RETURN review, count(n) AS n
ORDER BY review

// name: count_all_evidence
// How many there are, of all reviews.
MATCH (n:Evidence)
RETURN count(n) AS n

// name: count_of_evidence
// How many there are, review by review; carried by Evidence.review.
UNWIND $ids AS review
MATCH (n:Evidence {review: review})
RETURN review, count(n) AS n
ORDER BY review

// name: count_all_finding
// How many there are, of all reviews.
MATCH (n:Finding)
RETURN count(n) AS n

// name: count_of_finding
// How many there are, review by review; carried by Finding.review.
UNWIND $ids AS review
MATCH (n:Finding {review: review})
RETURN review, count(n) AS n
ORDER BY review

// name: names_finding
// Every name there is, for suggestions.
MATCH (n:Finding)
WHERE $review IS NULL OR n.review = $review
RETURN n.id AS id, n.name AS name
ORDER BY id LIMIT $limit

// name: resolve_finding
// Records that answer to a key; looks through one label, of which there are few.
MATCH (n:Finding)
WHERE $key IN n.keys AND ($review IS NULL OR n.review = $review)
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: names_evidence
// Ids of evidence, which has no names, for suggestions.
MATCH (n:Evidence)
WHERE $review IS NULL OR n.review = $review
RETURN n.id AS id, n.id AS name
ORDER BY id LIMIT $limit

// name: called_mechanism
// What records of a review are called, for questions in words; carried by Mechanism.review.
MATCH (n:Mechanism {review: $review})
RETURN n.id AS id, n.name AS name, n.aliases AS aliases
ORDER BY id

// name: called_concept
// What records of a review are called, for questions in words; carried by Concept.review.
MATCH (n:Concept {review: $review})
RETURN n.id AS id, n.name AS name, n.aliases AS aliases
ORDER BY id

// name: called_theory
// What records of a review are called, for questions in words; carried by Theory.review.
MATCH (n:Theory {review: $review})
RETURN n.id AS id, n.name AS name, n.aliases AS aliases
ORDER BY id

// name: called_level
// What records of a review are called, for questions in words; carried by Level.review.
MATCH (n:Level {review: $review})
RETURN n.id AS id, n.name AS name, n.aliases AS aliases
ORDER BY id

// name: called_perspective
// What records of a review are called, for questions in words; carried by Perspective.review.
MATCH (n:Perspective {review: $review})
RETURN n.id AS id, n.name AS name, n.aliases AS aliases
ORDER BY id

// name: called_stage
// What the stages of a review's search are called, for questions in words; carried by Stage.review.
MATCH (n:Stage {review: $review})
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: called_configuration
// What records of a review are called, for questions in words; carried by Configuration.review.
MATCH (n:Configuration {review: $review})
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: called_finding
// What records of a review are called, for questions in words; carried by Finding.review.
MATCH (n:Finding {review: $review})
RETURN n.id AS id, n.name AS name
ORDER BY id

// name: called_source
// What sources of a review are called, for questions in words; carried by Source.review.
MATCH (n:Source {review: $review})
RETURN n.id AS id, n.title AS name, n.doi AS doi, n.authors AS authors, n.year AS year
ORDER BY id

// name: called_review
// What a review is called, for questions in words; carried by Review.id.
MATCH (n:Review {id: $review})
RETURN n.id AS id, n.title AS name, n.aliases AS aliases, n.doi AS doi, n.authors AS authors,
       n.year AS year, n.question AS question
ORDER BY id

// name: called_setting
// The settings that evidence of a review names; carried by Evidence.review.
MATCH (n:Evidence {review: $review})
WHERE n.setting IS NOT NULL
RETURN DISTINCT n.setting AS id, n.setting AS name
ORDER BY id

// name: called_audience
// Whom findings of a review are addressed to; carried by Finding.review.
MATCH (n:Finding {review: $review})
UNWIND coalesce(n.audience, []) AS name
RETURN DISTINCT name AS id, name
ORDER BY id

// name: called_counted
// What the boxes and tallies of a review's flow are called; carried by Step.review, Tally.review.
MATCH (n:Step {review: $review})
RETURN n.id AS id, n.name AS name
UNION ALL
MATCH (n:Tally {review: $review})
RETURN n.id AS id, n.name AS name
