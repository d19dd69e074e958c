// Looking records up and listing them. Pages of what keeps the order of its file are in that order,
// review by review; others are in the order of ids, carried by the unique id of their label.

// name: review_page
// Ids of reviews, in order; carried by Review.id.
MATCH (r:Review)
WHERE r.id > $after
RETURN r.id AS id
ORDER BY id LIMIT $limit

// name: review_records
// Reviews in full for ids; carried by Review.id.
UNWIND $ids AS id
MATCH (r:Review {id: id})
RETURN r.id AS id, r.title AS title, r.aliases AS aliases, r.authors AS authors, r.year AS year,
       r.doi AS doi, r.registration AS registration, r.citation AS citation,
       r.question AS question, r.objectives AS objectives, r.keywords AS keywords,
       r.licence AS licence, r.acknowledgement AS acknowledgement, r.note AS note
ORDER BY id

// name: review_levels
// The level vocabulary of reviews; carried by Level.review.
UNWIND $ids AS review
MATCH (n:Level {review: review})
RETURN review, n.id AS id, n.name AS name, n.position AS position
ORDER BY review, position, id

// name: review_perspectives
// The perspective vocabulary of reviews; carried by Perspective.review.
UNWIND $ids AS review
MATCH (n:Perspective {review: review})
RETURN review, n.id AS id, n.name AS name, n.position AS position
ORDER BY review, position, id

// name: review_stages
// The stages of the search, in order; carried by Stage.review.
UNWIND $ids AS review
MATCH (n:Stage {review: review})
RETURN review, n.id AS id, n.name AS name, n.position AS position, n.purpose AS purpose,
       n.databases AS databases, n.handsearched AS handsearched, n.searched_on AS searched_on,
       n.levels AS levels, n.perspectives AS perspectives, n.kinds AS kinds,
       n.from_decisions AS from_decisions, n.locator AS locator, n.note AS note
ORDER BY review, position

// name: review_reporting
// What reports say for items of RAMESES, by number and in order; carried by Reporting.review.
UNWIND $ids AS review
MATCH (n:Reporting {review: review})
RETURN review, n.id AS id, n.item AS item, n.position AS position, n.statement AS statement,
       n.locator AS locator, n.note AS note
ORDER BY review, item, position, id

// name: flow_steps
// The boxes of a review's flow, in order; carried by Step.review.
MATCH (step:Step {review: $review})-[:STEP_OF]->(stage:Stage)
OPTIONAL MATCH (step)-[:TAKES]->(taken:Step)
RETURN stage.id AS stage, step.id AS id, step.position AS position, step.kind AS kind,
       step.track AS track, step.name AS name, step.n AS n, taken.id AS takes,
       step.counts AS counts, step.reason AS reason, step.locator AS locator
ORDER BY stage, position, id

// name: flow_tallies
// The stated numbers of a review, in order; carried by Tally.review.
MATCH (tally:Tally {review: $review})
RETURN tally.id AS id, tally.position AS position, tally.name AS name, tally.n AS n,
       tally.part_names AS part_names, tally.parts AS parts, tally.counts AS counts,
       tally.of AS of, tally.locator AS locator
ORDER BY position, id

// name: count_sources
// Included sources of a review, those with a DOI, and the studies that syntheses rest on.
MATCH (s:Source {review: $review})
RETURN count(CASE WHEN s.included THEN 1 ELSE null END) AS included,
       count(CASE WHEN s.included AND s.doi IS NOT NULL THEN 1 ELSE null END) AS with_doi,
       sum(CASE WHEN s.kind = 'synthesis' AND s.studies IS NOT NULL THEN s.studies ELSE 0 END)
         AS studies

// name: count_sources_with_evidence
// Included sources that some evidence comes from; carried by Source.review.
MATCH (s:Source {review: $review})
WHERE s.included AND EXISTS { MATCH (s)<-[:FROM_SOURCE]-(:Evidence) }
RETURN count(s) AS n

// name: count_statuses
// Mechanisms by what the review states of them in the end.
MATCH (m:Mechanism {review: $review})
RETURN m.stated AS status, count(m) AS n
ORDER BY status

// name: count_preliminary
// Mechanisms whose history begins as preliminary.
MATCH (m:Mechanism {review: $review})<-[:HISTORY_OF]-(h:HistoryEntry)
WHERE h.status = 'preliminary'
RETURN count(DISTINCT m.id) AS n

// name: count_configurations
// How many configurations a review has; carried by Configuration.review.
MATCH (c:Configuration {review: $review})
RETURN count(c) AS n

// name: count_contexts
// Concepts that are the context of a configuration.
MATCH (:Configuration {review: $review})-[:HAS_CONTEXT]->(c:Concept)
RETURN count(DISTINCT c.id) AS n

// name: count_context_links
// Pairs of an included source and a context that it gives evidence about.
MATCH (s:Source)<-[:FROM_SOURCE]-(e:Evidence {review: $review})-[:ABOUT]->(c:Concept)
WHERE e.role = 'context' AND s.included
WITH DISTINCT s.id AS source, c.id AS concept
RETURN count(*) AS n

// name: count_sources_of_concept
// Included sources with evidence about one concept; carried by Concept.id.
MATCH (c:Concept {id: $of})<-[:ABOUT]-(:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.included
RETURN count(DISTINCT s.id) AS n

// name: source_page
// Ids of sources by review, kind, year and inclusion; carried by Source.id. One of which nothing is
// said is not excluded.
MATCH (s:Source)
WHERE s.id > $after
  AND ($review IS NULL OR s.review = $review)
  AND ($kind IS NULL OR s.kind = $kind)
  AND ($since IS NULL OR s.year >= $since)
  AND ($until IS NULL OR s.year <= $until)
  AND ($included IS NULL OR coalesce(s.included, true) = $included)
RETURN s.id AS id
ORDER BY id LIMIT $limit

// name: source_records
// Sources in full for ids; carried by Source.id.
UNWIND $ids AS id
MATCH (s:Source {id: id})
OPTIONAL MATCH (s)-[:INCLUDED_AT]->(stage:Stage)
OPTIONAL MATCH (s)-[:ENTERED_THROUGH]->(entrance:Step)
RETURN s.id AS id, s.review AS review, s.kind AS kind, s.citation AS citation, s.title AS title,
       s.form AS form, s.authors AS authors, s.organisations AS organisations,
       s.more_authors AS more_authors, s.year AS year, s.date AS date, s.journal AS journal,
       s.volume AS volume, s.issue AS issue, s.pages AS pages, s.publisher AS publisher,
       s.doi AS doi, s.pmid AS pmid, s.url AS url,
       s.reference AS reference, s.included AS included, stage.id AS stage,
       entrance.id AS entrance, s.studies AS studies, s.attribution AS attribution,
       s.work AS work, s.counts AS counts, s.excluded_because AS excluded_because,
       coalesce(s.from_records, []) AS from_records, s.locator AS locator, s.note AS note
ORDER BY id

// fragment: page_after
// What stands behind the last one of the page before, in the order of files.
WHERE ($after = '' OR held.review > from_review
       OR (held.review = from_review AND held.position > from_position)
       OR (from_review IS NULL AND held.id > $after))
  AND ($review IS NULL OR held.review = $review)

// name: configuration_page
// Ids of configurations by review, mechanism, polarity and concepts, in the order of files.
OPTIONAL MATCH (last:Configuration {id: $after})
WITH last.review AS from_review, last.position AS from_position
MATCH (held:Configuration)
// include: page_after
  AND ($polarity IS NULL OR held.polarity = $polarity)
  AND ($mechanism IS NULL OR EXISTS { MATCH (held)-[:BELONGS_TO]->(:Mechanism {id: $mechanism}) })
  AND ($context IS NULL OR EXISTS { MATCH (held)-[:HAS_CONTEXT]->(:Concept {id: $context}) })
  AND ($theory IS NULL OR EXISTS { MATCH (:Theory {id: $theory})-[:EXPLAINS_CONFIGURATION]->(held) })
  AND ($levels IS NULL OR any(level IN $levels WHERE level IN held.levels))
  AND all(concept IN $concepts WHERE EXISTS {
        MATCH (held)-[:HAS_CONTEXT|HAS_RESOURCE|HAS_REASONING|HAS_OUTCOME]->(:Concept {id: concept}) })
RETURN held.id AS id
ORDER BY held.review, held.position, id LIMIT $limit

// name: configuration_records
// Configurations for ids, without their parts; carried by Configuration.id.
UNWIND $ids AS id
MATCH (c:Configuration {id: id})
RETURN c.id AS id, c.review AS review, c.name AS name, c.polarity AS polarity,
       c.levels AS levels, c.locator AS locator, c.note AS note
ORDER BY c.review, c.position, id

// name: configuration_parts
// The concepts of configurations in their roles and order; carried by Configuration.id.
UNWIND $ids AS id
MATCH (c:Configuration {id: id})-[r:HAS_CONTEXT|HAS_RESOURCE|HAS_REASONING|HAS_OUTCOME]->(p:Concept)
RETURN c.id AS id, type(r) AS role, r.position AS position, p.id AS concept, p.name AS name,
       r.inferred AS inferred
ORDER BY id, role, position

// name: configuration_mechanisms
// The mechanisms that configurations belong to; carried by Configuration.id.
UNWIND $ids AS id
MATCH (c:Configuration {id: id})-[:BELONGS_TO]->(m:Mechanism)
RETURN c.id AS id, m.id AS mechanism, m.name AS name
ORDER BY id, mechanism

// name: concept_page
// Ids of concepts by review, and by the role they play in some configuration, in the order of files.
OPTIONAL MATCH (last:Concept {id: $after})
WITH last.review AS from_review, last.position AS from_position
MATCH (held:Concept)
// include: page_after
  AND ($role IS NULL OR EXISTS {
        MATCH (held)<-[r:HAS_CONTEXT|HAS_RESOURCE|HAS_REASONING|HAS_OUTCOME]-(:Configuration)
        WHERE type(r) = $role })
RETURN held.id AS id
ORDER BY held.review, held.position, id LIMIT $limit

// name: concept_records
// Concepts in full for ids; carried by Concept.id.
UNWIND $ids AS id
MATCH (c:Concept {id: id})
RETURN c.id AS id, c.review AS review, c.name AS name, c.aliases AS aliases,
       c.description AS description, c.locator AS locator
ORDER BY c.review, c.position, id

// name: concept_roles
// In which configurations a concept plays which role; carried by Concept.id.
UNWIND $ids AS id
MATCH (p:Concept {id: id})<-[r:HAS_CONTEXT|HAS_RESOURCE|HAS_REASONING|HAS_OUTCOME]-(c:Configuration)
RETURN p.id AS id, type(r) AS role, c.id AS configuration
ORDER BY id, role, configuration

// name: theory_page
// Ids of theories by review, kind and what they explain, in the order of files.
OPTIONAL MATCH (last:Theory {id: $after})
WITH last.review AS from_review, last.position AS from_position
MATCH (held:Theory)
// include: page_after
  AND ($kind IS NULL OR held.kind = $kind)
  AND ($explains IS NULL OR EXISTS {
        MATCH (held)-[:EXPLAINS_MECHANISM|EXPLAINS_CONFIGURATION|EXPLAINS_CONCEPT]->(x)
        WHERE x.id = $explains })
RETURN held.id AS id
ORDER BY held.review, held.position, id LIMIT $limit

// name: theory_records
// Theories in full for ids; carried by Theory.id.
UNWIND $ids AS id
MATCH (t:Theory {id: id})
RETURN t.id AS id, t.review AS review, t.kind AS kind, t.name AS name, t.aliases AS aliases,
       t.description AS description, t.locator AS locator
ORDER BY t.review, t.position, id

// name: theory_explains
// What theories explain; carried by Theory.id.
UNWIND $ids AS id
MATCH (t:Theory {id: id})-[r:EXPLAINS_MECHANISM|EXPLAINS_CONFIGURATION|EXPLAINS_CONCEPT]->(x)
RETURN t.id AS id, type(r) AS link, x.id AS about, x.name AS name
ORDER BY id, link, about

// name: finding_page
// Ids of findings by any filter, in the order of files.
OPTIONAL MATCH (last:Finding {id: $after})
WITH last.review AS from_review, last.position AS from_position
MATCH (held:Finding)
// include: page_after
  AND ($kinds IS NULL OR held.kind IN $kinds)
  AND ($audience IS NULL OR any(word IN $audience WHERE word IN held.audience))
  AND ($levels IS NULL OR any(word IN $levels WHERE word IN held.levels))
  AND ($perspectives IS NULL OR any(word IN $perspectives WHERE word IN held.perspectives))
  AND ($said_by IS NULL OR EXISTS { MATCH (held)-[:SAID_BY]->(s:Source) WHERE s.id = $said_by })
  AND ($about IS NULL
       OR EXISTS { MATCH (held)-[r:CONCERNS_MECHANISM|CONCERNS_CONFIGURATION|CONCERNS_CONCEPT|CONCERNS_THEORY]->(t)
                   WHERE t.id = $about AND type(r) = $link })
RETURN held.id AS id
ORDER BY held.review, held.position, id LIMIT $limit

// name: finding_audiences
// Whom findings are addressed to; of all reviews or of one.
MATCH (f:Finding)
WHERE $review IS NULL OR f.review = $review
UNWIND coalesce(f.audience, []) AS audience
RETURN DISTINCT audience
ORDER BY audience

// name: findings_of_mechanisms
// Findings about mechanisms; carried by Mechanism.id.
UNWIND $ids AS about
MATCH (t:Mechanism {id: about})<-[:CONCERNS_MECHANISM]-(f:Finding)
RETURN about, f.id AS id
ORDER BY about, f.position, id

// name: findings_of_configurations
// Findings about configurations; carried by Configuration.id.
UNWIND $ids AS about
MATCH (t:Configuration {id: about})<-[:CONCERNS_CONFIGURATION]-(f:Finding)
RETURN about, f.id AS id
ORDER BY about, f.position, id

// name: findings_of_concepts
// Findings about concepts; carried by Concept.id.
UNWIND $ids AS about
MATCH (t:Concept {id: about})<-[:CONCERNS_CONCEPT]-(f:Finding)
RETURN about, f.id AS id
ORDER BY about, f.position, id

// name: findings_of_theories
// Findings about theories; carried by Theory.id.
UNWIND $ids AS about
MATCH (t:Theory {id: about})<-[:CONCERNS_THEORY]-(f:Finding)
RETURN about, f.id AS id
ORDER BY about, f.position, id

// name: findings_of_columns
// Findings about levels or perspectives: all of them, or the gaps that name no record; carried by
// Finding.review where one is named.
MATCH (f:Finding)
WHERE ($review IS NULL OR f.review = $review)
  AND (any(word IN $levels WHERE word IN f.levels)
       OR any(word IN $perspectives WHERE word IN f.perspectives))
  AND ($every
       OR (f.kind = 'gap'
           AND NOT EXISTS { MATCH (f)-[:CONCERNS_MECHANISM|CONCERNS_CONFIGURATION|CONCERNS_CONCEPT|CONCERNS_THEORY]->() }))
RETURN f.id AS id
ORDER BY id

// name: finding_records
// Findings in full for ids; carried by Finding.id.
UNWIND $ids AS id
MATCH (f:Finding {id: id})
OPTIONAL MATCH (f)-[:BOUNDED_BY]->(stage:Stage)
RETURN f.id AS id, f.review AS review, f.kind AS kind, f.name AS name, f.statement AS statement,
       f.levels AS levels, f.perspectives AS perspectives, coalesce(f.kinds, []) AS kinds,
       f.absence AS absence, coalesce(f.audience, []) AS audience, stage.id AS searched,
       f.locator AS locator
ORDER BY f.review, f.position, id

// name: finding_targets
// What findings are about; carried by Finding.id.
UNWIND $ids AS id
MATCH (f:Finding {id: id})
      -[r:CONCERNS_MECHANISM|CONCERNS_CONFIGURATION|CONCERNS_CONCEPT|CONCERNS_THEORY]->(x)
RETURN f.id AS id, type(r) AS link, x.id AS about, x.name AS name
ORDER BY id, link, about

// name: finding_sources
// Who states findings; carried by Finding.id.
UNWIND $ids AS id
MATCH (f:Finding {id: id})-[:SAID_BY]->(s:Source)
RETURN f.id AS id, s.id AS source_id, s.kind AS source_kind, s.citation AS citation,
       s.doi AS doi, s.studies AS studies, s.attribution AS attribution,
       s.work AS work, s.counts AS counts, s.excluded_because AS excluded_because
ORDER BY id, source_id

// name: revisions
// Which state of each review the store holds; a mark that every load that changes anything renews.
// Of one that a large load is being put in place of, also which load.
MATCH (r:Review)
RETURN r.id AS id, r.revision AS revision, null AS load
UNION ALL
MATCH (h:Head {state: 'turning'})
RETURN h.id AS id, null AS revision, h.load AS load

// name: mark_review
// Renews the mark of a review, in the transaction that changed it; carried by Review.id.
MATCH (r:Review {id: $review})
SET r.revision = $revision, r.format = $format

// name: formats
// The form in which each review is kept, a number; none where version 0.1.0 wrote it.
MATCH (r:Review)
RETURN r.id AS id, r.format AS format
ORDER BY id

// name: hold_reviews
// The same, for a transaction that then is the only one to write reviews: setting a property keeps
// others waiting.
MATCH (r:Review)
SET r.revision = r.revision
RETURN r.id AS id, r.format AS format
ORDER BY id

// name: reviews_with_files_of_others
// Reviews that hold records of reference files or coded documents; carried by their review.
MATCH (r:Review)
WHERE EXISTS { MATCH (:Reference {review: r.id}) } OR EXISTS { MATCH (:Passage {review: r.id}) }
RETURN r.id AS id
ORDER BY id
