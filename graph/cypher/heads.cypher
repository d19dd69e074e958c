// Loads that are too large for one transaction of a server: what is new stands there under labels
// that no question knows, what changes waits as pages, and one property says which is the case. A
// head is lock, fence and heartbeat of its review. These statements run on Neo4j alone: the embedded
// store needs none, and cannot take a label from a record.

// name: prepare_heads
// One head for each review.
CREATE CONSTRAINT head_id IF NOT EXISTS FOR (n:Head) REQUIRE n.id IS UNIQUE

// name: prepare_pages
// No two pages share an id.
CREATE CONSTRAINT staged_page_id IF NOT EXISTS FOR (n:StagedPage) REQUIRE n.id IS UNIQUE

// name: prepare_pages_of_review
// Carries the pages of one review.
CREATE INDEX staged_page_review IF NOT EXISTS FOR (n:StagedPage) ON (n.review)

// name: head_hold
// Holds a review for a transaction that writes all of a load; others wait until it ends. The state
// is read once the lock is there.
MERGE (h:Head {id: $review})
ON CREATE SET h.state = 'idle'
SET h.lock = true
WITH h
RETURN h.state AS state

// name: head_begin
// Begins staging, if nobody else has; the same load may say so twice.
MERGE (h:Head {id: $review})
ON CREATE SET h.state = 'idle'
SET h.lock = true
WITH h
WHERE h.state = 'idle' OR h.load = $load
SET h.state = 'staging', h.load = $load, h.beat = timestamp(), h.batch = 0
RETURN h.state AS state

// name: head_step
// Each transaction of a load begins with this: no row means that the load was lost to another one.
// The number tells one that is sent twice.
MATCH (h:Head {id: $review})
SET h.lock = true
WITH h
WHERE h.load = $load AND h.state = $state
WITH h, h.batch AS before
SET h.beat = timestamp(), h.batch = $batch
RETURN before

// name: head_beat
// A load that computes for long says that it is alive.
MATCH (h:Head {id: $review})
SET h.lock = true
WITH h
WHERE h.load = $load
SET h.beat = timestamp()
RETURN h.state AS state

// name: head_turn
// The point from which the load counts; it may be said twice.
MATCH (h:Head {id: $review})
SET h.lock = true
WITH h
WHERE h.load = $load AND h.state IN ['staging', 'turning']
SET h.state = 'turning', h.beat = timestamp(), h.batch = 0
RETURN h.state AS state

// name: head_take
// Takes over what a load has left that has not said for so many milliseconds that it is alive.
MATCH (h:Head {id: $review})
SET h.lock = true
WITH h
WHERE h.state <> 'idle' AND (h.load = $load OR h.beat < timestamp() - $lease)
SET h.load = $load, h.beat = timestamp(), h.batch = 0
RETURN h.state AS state

// name: head_free
// All is done.
MATCH (h:Head {id: $review})
SET h.lock = true
WITH h
WHERE h.load = $load
SET h.state = 'idle'
REMOVE h.load, h.beat, h.batch
RETURN h.state AS state

// name: heads
// Loads that are under way in several transactions, or were left so; how long ago they last said
// that they are alive, in milliseconds.
MATCH (h:Head)
WHERE h.state <> 'idle'
RETURN h.id AS id, h.state AS state, h.load AS load, timestamp() - h.beat AS age
ORDER BY id

// name: staged_page
// What is to be done once the load counts: the name of a statement and what it is given.
CREATE (p:StagedPage {id: $id, review: $review, number: $number, body: $body})

// name: staged_page_numbers
// Which pages wait. Carried by the index on review.
MATCH (p:StagedPage {review: $review})
RETURN p.number AS number
ORDER BY number

// name: staged_page_body
// One page.
MATCH (p:StagedPage {id: $id})
RETURN p.body AS body

// name: staged_page_taken
// One page, which is gone with the transaction that does what it says.
MATCH (p:StagedPage {id: $id})
WITH p, p.body AS body
DELETE p
RETURN body

// name: staged_pages_dropped
// Pages of a load that will not count.
MATCH (p:StagedPage {review: $review})
WITH p LIMIT $most
DELETE p
RETURN count(*) AS done
