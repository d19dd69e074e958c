// What was loaded, when, from which files. These records belong to the tool, not to a review: they
// stay when a review is loaded again or taken out.

// name: constrain_load
// No two loads share an id; ids begin with the time, so their order is that of time.
CREATE CONSTRAINT load_id IF NOT EXISTS FOR (n:Load) REQUIRE n.id IS UNIQUE

// name: index_load_review
// Carries the loads of one review.
CREATE INDEX load_review IF NOT EXISTS FOR (n:Load) ON (n.review)

// name: warned_of
// How many warnings a load came with, those too that only the loaded review gives.
MATCH (n:Load {id: $id})
SET n.warned = $warned

// name: record_load
// One load, written in its own transaction with the records that it brought.
CREATE (n:Load {
    id: $id,
    review: $review,
    at: $at,
    seconds: $seconds,
    files: $files,
    hashes: $hashes,
    created: $created,
    changed: $changed,
    unchanged: $unchanged,
    removed: $removed,
    merged: $merged,
    rejected: $rejected,
    warned: $warned,
    refused: $refused
})

// name: widen_loads
// Loads of earlier versions say nothing of being refused; the embedded engine takes a new property
// where one is set, and nowhere else.
MATCH (load:Load)
SET load.refused = null

// name: loads_of_review
// The loads of one review, newest first. Carried by the index on review.
MATCH (load:Load {review: $review})
WHERE $after = '' OR load.id < $after
RETURN load.id AS id, load.review AS review, load.at AS at, load.seconds AS seconds,
    load.files AS files, load.hashes AS hashes, load.created AS created,
    load.changed AS changed, load.unchanged AS unchanged, load.removed AS removed,
    load.merged AS merged, load.rejected AS rejected, load.warned AS warned,
    load.refused AS refused
ORDER BY id DESC
LIMIT $limit

// name: loads_of_all
// All loads, newest first. Carried by the unique id.
MATCH (load:Load)
WHERE $after = '' OR load.id < $after
RETURN load.id AS id, load.review AS review, load.at AS at, load.seconds AS seconds,
    load.files AS files, load.hashes AS hashes, load.created AS created,
    load.changed AS changed, load.unchanged AS unchanged, load.removed AS removed,
    load.merged AS merged, load.rejected AS rejected, load.warned AS warned,
    load.refused AS refused
ORDER BY id DESC
LIMIT $limit

// name: files_of_loads
// From which files a review was loaded, in the order of time, but for loads that came to nothing.
// Carried by the index on review.
MATCH (load:Load {review: $review})
WHERE load.refused IS NULL
RETURN load.id AS id, load.files AS files
ORDER BY id

// name: first_loads
// When each review was loaded for the first time; ids of loads begin with the time. Reads all loads.
MATCH (load:Load)
WHERE load.refused IS NULL
RETURN load.review AS review, min(load.id) AS first
ORDER BY first, review
