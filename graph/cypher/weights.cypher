// How much evidence there is about records: works and pieces by sort and stance. Works
// are counted, never sources; what an excluded source says is in none of the counts.
// Made by scripts/make_cypher.py.

// name: weights_of_mechanisms
// By record; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
RETURN id, 
       CASE s.kind WHEN 'paper' THEN 'primary' WHEN 'grey' THEN 'primary'
                   WHEN 'synthesis' THEN 'synthesis' ELSE 'stakeholders' END AS sort,
       count(*) AS pieces,
       count(DISTINCT s.work) AS works,
       count(DISTINCT CASE WHEN e.stance <> 'challenges' THEN s.work ELSE null END) AS backing,
       count(DISTINCT CASE WHEN s.kind IN ['paper', 'synthesis', 'interview'] THEN s.work
            ELSE null END) AS one_kind,
       count(DISTINCT CASE WHEN s.kind IN ['grey', 'consultation'] THEN s.work
            ELSE null END) AS other_kind,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS for_works,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS against_works,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining_works,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, sort

// name: weights_named_of_mechanisms
// By record: syntheses, and sources that do not count; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE (s.kind = 'synthesis' OR NOT s.counts)
RETURN id, s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution, s.work AS work,
       s.counts AS counts, s.excluded_because AS excluded_because,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, source_id

// name: weights_through_configurations
// By record; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts
RETURN id, e.about AS configuration, 
       CASE s.kind WHEN 'paper' THEN 'primary' WHEN 'grey' THEN 'primary'
                   WHEN 'synthesis' THEN 'synthesis' ELSE 'stakeholders' END AS sort,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS for_works,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS against_works,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining_works,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, configuration, sort

// name: weights_about
// By record; carried by Evidence.about.
UNWIND $ids AS id
MATCH (e:Evidence {about: id})-[:FROM_SOURCE]->(s:Source)
WHERE e.about_kind = $kind AND s.counts
RETURN id, 
       CASE s.kind WHEN 'paper' THEN 'primary' WHEN 'grey' THEN 'primary'
                   WHEN 'synthesis' THEN 'synthesis' ELSE 'stakeholders' END AS sort,
       count(*) AS pieces,
       count(DISTINCT s.work) AS works,
       count(DISTINCT CASE WHEN e.stance <> 'challenges' THEN s.work ELSE null END) AS backing,
       count(DISTINCT CASE WHEN s.kind IN ['paper', 'synthesis', 'interview'] THEN s.work
            ELSE null END) AS one_kind,
       count(DISTINCT CASE WHEN s.kind IN ['grey', 'consultation'] THEN s.work
            ELSE null END) AS other_kind,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS for_works,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS against_works,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining_works,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, sort

// name: weights_named_about
// By record: syntheses, and sources that do not count; carried by Evidence.about.
UNWIND $ids AS id
MATCH (e:Evidence {about: id})-[:FROM_SOURCE]->(s:Source)
WHERE e.about_kind = $kind AND (s.kind = 'synthesis' OR NOT s.counts)
RETURN id, s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution, s.work AS work,
       s.counts AS counts, s.excluded_because AS excluded_because,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, source_id

// name: weights_of_mechanisms_placed
// By record and column; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
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
RETURN id, one, other, 
       CASE s.kind WHEN 'paper' THEN 'primary' WHEN 'grey' THEN 'primary'
                   WHEN 'synthesis' THEN 'synthesis' ELSE 'stakeholders' END AS sort,
       count(*) AS pieces,
       count(DISTINCT s.work) AS works,
       count(DISTINCT CASE WHEN e.stance <> 'challenges' THEN s.work ELSE null END) AS backing,
       count(DISTINCT CASE WHEN s.kind IN ['paper', 'synthesis', 'interview'] THEN s.work
            ELSE null END) AS one_kind,
       count(DISTINCT CASE WHEN s.kind IN ['grey', 'consultation'] THEN s.work
            ELSE null END) AS other_kind,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS for_works,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS against_works,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining_works,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, one, other, sort

// name: weights_named_of_mechanisms_placed
// By record and column: syntheses, and sources that do not count; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE (s.kind = 'synthesis' OR NOT s.counts)
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
RETURN id, one, other, s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution, s.work AS work,
       s.counts AS counts, s.excluded_because AS excluded_because,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, one, other, source_id

// name: weights_through_configurations_placed
// By record and column; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
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
RETURN id, one, other, e.about AS configuration, 
       CASE s.kind WHEN 'paper' THEN 'primary' WHEN 'grey' THEN 'primary'
                   WHEN 'synthesis' THEN 'synthesis' ELSE 'stakeholders' END AS sort,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS for_works,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS against_works,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining_works,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, one, other, configuration, sort

// name: weights_about_placed
// By record and column; carried by Evidence.about.
UNWIND $ids AS id
MATCH (e:Evidence {about: id})-[:FROM_SOURCE]->(s:Source)
WHERE e.about_kind = $kind AND s.counts
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
RETURN id, one, other, 
       CASE s.kind WHEN 'paper' THEN 'primary' WHEN 'grey' THEN 'primary'
                   WHEN 'synthesis' THEN 'synthesis' ELSE 'stakeholders' END AS sort,
       count(*) AS pieces,
       count(DISTINCT s.work) AS works,
       count(DISTINCT CASE WHEN e.stance <> 'challenges' THEN s.work ELSE null END) AS backing,
       count(DISTINCT CASE WHEN s.kind IN ['paper', 'synthesis', 'interview'] THEN s.work
            ELSE null END) AS one_kind,
       count(DISTINCT CASE WHEN s.kind IN ['grey', 'consultation'] THEN s.work
            ELSE null END) AS other_kind,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS for_works,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS against_works,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining_works,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, one, other, sort

// name: weights_named_about_placed
// By record and column: syntheses, and sources that do not count; carried by Evidence.about.
UNWIND $ids AS id
MATCH (e:Evidence {about: id})-[:FROM_SOURCE]->(s:Source)
WHERE e.about_kind = $kind AND (s.kind = 'synthesis' OR NOT s.counts)
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
RETURN id, one, other, s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution, s.work AS work,
       s.counts AS counts, s.excluded_because AS excluded_because,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, one, other, source_id

// name: weights_of_mechanisms_left
// By record, what a narrowing leaves; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts AND ($relevance IS NULL OR e.agreed_relevance IN $relevance)
  AND ($rigour IS NULL OR e.agreed_rigour IN $rigour)
  AND ($richness IS NULL OR e.agreed_richness IN $richness)
  AND ($source IS NULL OR s.work <> $source)
  AND ($source_kind IS NULL OR s.kind <> $source_kind)
  AND ($levels IS NULL OR size(e.levels) = 0
       OR size([level IN e.levels WHERE NOT level IN $levels]) > 0)
RETURN id, 
       CASE s.kind WHEN 'paper' THEN 'primary' WHEN 'grey' THEN 'primary'
                   WHEN 'synthesis' THEN 'synthesis' ELSE 'stakeholders' END AS sort,
       count(*) AS pieces,
       count(DISTINCT s.work) AS works,
       count(DISTINCT CASE WHEN e.stance <> 'challenges' THEN s.work ELSE null END) AS backing,
       count(DISTINCT CASE WHEN s.kind IN ['paper', 'synthesis', 'interview'] THEN s.work
            ELSE null END) AS one_kind,
       count(DISTINCT CASE WHEN s.kind IN ['grey', 'consultation'] THEN s.work
            ELSE null END) AS other_kind,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS for_works,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS against_works,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining_works,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, sort

// name: weights_named_of_mechanisms_left
// By record, what a narrowing leaves: syntheses, and sources that do not count; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:ABOUT|BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE (s.kind = 'synthesis' OR NOT s.counts) AND ($relevance IS NULL OR e.agreed_relevance IN $relevance)
  AND ($rigour IS NULL OR e.agreed_rigour IN $rigour)
  AND ($richness IS NULL OR e.agreed_richness IN $richness)
  AND ($source IS NULL OR s.work <> $source)
  AND ($source_kind IS NULL OR s.kind <> $source_kind)
  AND ($levels IS NULL OR size(e.levels) = 0
       OR size([level IN e.levels WHERE NOT level IN $levels]) > 0)
RETURN id, s.id AS source_id, s.kind AS source_kind, s.citation AS citation, s.doi AS doi,
       s.studies AS studies, s.attribution AS attribution, s.work AS work,
       s.counts AS counts, s.excluded_because AS excluded_because,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, source_id

// name: weights_through_configurations_left
// By record, what a narrowing leaves; carried by Mechanism.id.
UNWIND $ids AS id
MATCH (:Mechanism {id: id})<-[:BEARS_ON]-(e:Evidence)-[:FROM_SOURCE]->(s:Source)
WHERE s.counts AND ($relevance IS NULL OR e.agreed_relevance IN $relevance)
  AND ($rigour IS NULL OR e.agreed_rigour IN $rigour)
  AND ($richness IS NULL OR e.agreed_richness IN $richness)
  AND ($source IS NULL OR s.work <> $source)
  AND ($source_kind IS NULL OR s.kind <> $source_kind)
  AND ($levels IS NULL OR size(e.levels) = 0
       OR size([level IN e.levels WHERE NOT level IN $levels]) > 0)
RETURN id, e.about AS configuration, 
       CASE s.kind WHEN 'paper' THEN 'primary' WHEN 'grey' THEN 'primary'
                   WHEN 'synthesis' THEN 'synthesis' ELSE 'stakeholders' END AS sort,
       count(DISTINCT CASE WHEN e.stance = 'supports' THEN s.work ELSE null END) AS for_works,
       count(DISTINCT CASE WHEN e.stance = 'challenges' THEN s.work ELSE null END) AS against_works,
       count(DISTINCT CASE WHEN e.stance = 'refines' THEN s.work ELSE null END) AS refining_works,
       count(CASE WHEN e.stance = 'supports' THEN 1 ELSE null END) AS for_pieces,
       count(CASE WHEN e.stance = 'challenges' THEN 1 ELSE null END) AS against_pieces,
       count(CASE WHEN e.stance = 'refines' THEN 1 ELSE null END) AS refining_pieces
ORDER BY id, configuration, sort
