// The gap matrix: one pass over the evidence of the review, grouped by row, column and source kind.

// name: gap_mechanisms
// The rows that are mechanisms; carried by Mechanism.review.
MATCH (m:Mechanism {review: $review})
RETURN m.id AS id, m.name AS name, m.number AS number, m.stated AS stated
ORDER BY id

// name: gap_concepts
// The rows that are concepts: those outside every configuration or with evidence of their own, if
// evidence or a gap is about them; carried by Concept.review.
MATCH (c:Concept {review: $review})
WHERE EXISTS { MATCH (c)<-[:ABOUT]-(:Evidence) }
   OR EXISTS { MATCH (c)<-[:CONCERNS_CONCEPT]-(f:Finding) WHERE f.kind = 'gap' }
RETURN c.id AS id, c.name AS name
ORDER BY id

// name: gap_cells_mechanisms
// Works per mechanism, column and source kind, none of excluded sources; a column is a value of one dimension,
// or of two; carried by Mechanism.review.
MATCH (m:Mechanism {review: $review})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
UNWIND CASE $one
         WHEN 'level' THEN CASE WHEN size(e.levels) = 0 THEN [''] ELSE e.levels END
         WHEN 'perspective' THEN [coalesce(e.perspective, '')]
         WHEN 'setting' THEN [coalesce(e.setting, '')]
         WHEN 'source kind' THEN [s.kind]
         ELSE [''] END AS one
UNWIND CASE $other
         WHEN 'level' THEN CASE WHEN size(e.levels) = 0 THEN [''] ELSE e.levels END
         WHEN 'perspective' THEN [coalesce(e.perspective, '')]
         WHEN 'setting' THEN [coalesce(e.setting, '')]
         WHEN 'source kind' THEN [s.kind]
         ELSE [''] END AS other
RETURN m.id AS id, one, other, s.kind AS kind, count(e) AS evidence,
       count(DISTINCT s.work) AS sources,
       count(DISTINCT CASE WHEN s.attribution = 'collective' THEN s.work ELSE null END) AS collective,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS supporting,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS challenging,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining
ORDER BY id, one, other, kind

// name: gap_cells_concepts
// The same per concept; carried by Concept.review.
MATCH (m:Concept {review: $review})<-[:ABOUT]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
UNWIND CASE $one
         WHEN 'level' THEN CASE WHEN size(e.levels) = 0 THEN [''] ELSE e.levels END
         WHEN 'perspective' THEN [coalesce(e.perspective, '')]
         WHEN 'setting' THEN [coalesce(e.setting, '')]
         WHEN 'source kind' THEN [s.kind]
         ELSE [''] END AS one
UNWIND CASE $other
         WHEN 'level' THEN CASE WHEN size(e.levels) = 0 THEN [''] ELSE e.levels END
         WHEN 'perspective' THEN [coalesce(e.perspective, '')]
         WHEN 'setting' THEN [coalesce(e.setting, '')]
         WHEN 'source kind' THEN [s.kind]
         ELSE [''] END AS other
RETURN m.id AS id, one, other, s.kind AS kind, count(e) AS evidence,
       count(DISTINCT s.work) AS sources,
       count(DISTINCT CASE WHEN s.attribution = 'collective' THEN s.work ELSE null END) AS collective,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS supporting,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS challenging,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining
ORDER BY id, one, other, kind

// name: gap_evidence_of_mechanisms
// Which evidence each mechanism has; carried by Mechanism.review.
MATCH (m:Mechanism {review: $review})<-[:ABOUT|BEARS_ON]-(e:Evidence)
RETURN DISTINCT m.id AS id, e.id AS evidence
ORDER BY id, evidence

// name: gap_evidence_of_concepts
// The same per concept; carried by Concept.review.
MATCH (m:Concept {review: $review})<-[:ABOUT]-(e:Evidence)
RETURN DISTINCT m.id AS id, e.id AS evidence
ORDER BY id, evidence

// name: gap_history_searches
// Searches that looked for a mechanism: every stage that states more than "preliminary" about it.
MATCH (m:Mechanism {review: $review})<-[:HISTORY_OF]-(h:HistoryEntry)-[:STATED_AT]->(stage:Stage)
WHERE h.status <> 'preliminary'
RETURN m.id AS id, h.status AS status, h.position AS position, stage.id AS stage,
       stage.name AS stage_name, h.id AS entry
ORDER BY id, position, entry

// name: gap_finding_searches
// Searches that a gap finding names for what it is about; null where it is about the whole review.
MATCH (f:Finding {review: $review})-[:BOUNDED_BY]->(stage:Stage)
WHERE f.kind = 'gap'
OPTIONAL MATCH (f)-[:CONCERNS_MECHANISM|CONCERNS_CONCEPT]->(t)
RETURN t.id AS id, f.id AS finding, f.name AS finding_name, f.levels AS levels, f.perspectives AS perspectives,
       stage.id AS stage, stage.name AS stage_name
ORDER BY id, finding, stage

// name: gap_source_kinds
// The kinds of source that a review has; carried by Source.review.
MATCH (s:Source {review: $review})
RETURN DISTINCT s.kind AS kind
ORDER BY kind
