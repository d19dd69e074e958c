// What each file last brought, and what loads changed, as it was before. These belong to the tool,
// and go with their review. A page is one text, below a megabyte, which both stores take.

// name: constrain_file_page
// No two pages share an id.
CREATE CONSTRAINT file_page_id IF NOT EXISTS FOR (n:FilePage) REQUIRE n.id IS UNIQUE

// name: index_file_page_review
// Carries what the files of one review brought.
CREATE INDEX file_page_review IF NOT EXISTS FOR (n:FilePage) ON (n.review)

// name: constrain_change_page
// No two pages share an id.
CREATE CONSTRAINT change_page_id IF NOT EXISTS FOR (n:ChangePage) REQUIRE n.id IS UNIQUE

// name: index_change_page_review
// Carries what loads changed of one review.
CREATE INDEX change_page_review IF NOT EXISTS FOR (n:ChangePage) ON (n.review)

// name: file_pages
// What one file brought when it was loaded last. Carried by the index on review.
MATCH (page:FilePage {review: $review})
WHERE page.file = $file
RETURN page.id AS id, page.number AS number, page.body AS body
ORDER BY number, id

// name: pages_of_files
// What each file of a review brought when it was loaded last. Carried by the index on review.
MATCH (page:FilePage {review: $review})
RETURN page.id AS id, page.file AS file, page.number AS number, page.load AS load,
       page.body AS body
ORDER BY file, number, id

// name: keep_file_page
// Ids of what a file brought.
CREATE (page:FilePage {id: $id, review: $review, file: $file, number: $number, load: $load,
                       body: $body})

// name: remove_file_pages
// A file that is loaded again says anew what it brings.
MATCH (page:FilePage {review: $review})
WHERE page.file = $file
DELETE page

// name: pages_of_changes
// What loads changed of a review, in the order of time. Carried by the index on review.
MATCH (page:ChangePage {review: $review})
RETURN page.id AS id, page.load AS load, page.at AS at, page.files AS files,
       page.number AS number, page.body AS body
ORDER BY load, number, id

// name: keep_change_page
// Records that a load changed or removed, as they were before.
CREATE (page:ChangePage {id: $id, review: $review, number: $number, load: $load, at: $at,
                         files: $files, body: $body})

// name: remove_pages_of_files
// What a review's files brought goes with the review.
MATCH (page:FilePage {review: $review})
DELETE page

// name: remove_pages_of_changes
// What loads changed of a review goes with the review.
MATCH (page:ChangePage {review: $review})
DELETE page
