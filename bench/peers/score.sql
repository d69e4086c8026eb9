-- SPDX-License-Identifier: Apache-2.0
-- From occurrences to warnings and to the memory of the next cycle, as samples/README.md has it; DuckDB and PostgreSQL
-- run the same text. {temp} is TEMP or UNLOGGED, {day} and {baseline} are dates.
-- In:  occ(ind, pid, hh, day, detail, say, sure)   say: 1 counts, -1 takes back, 0 neither; day <= {day}
--      mem_event(ind, pid, hh, day, detail, live)  keys that have scored; live: of an open warning
--      mem_open(hh, issued, due, rank)  mem_dead(pid, sure)  mem_exit(hh)
--      indicator(ind, points, per)  level(name, rank, least, most, due)  roster(pid, hh, ...)
-- Out: warning(...), next_event, next_open, next_dead, next_exit

-- A death is one event in a life: no date, no detail.
CREATE {temp} TABLE said AS
SELECT ind, pid, hh, CASE WHEN ind = 'death' THEN DATE '1900-01-01' ELSE day END AS day,
       CASE WHEN ind = 'death' THEN '' ELSE detail END AS detail,
       max(CASE WHEN say = 1 AND day > DATE '{baseline}' THEN 1 ELSE 0 END) AS counts,
       max(CASE WHEN say = 1 AND day <= DATE '{baseline}' THEN 1 ELSE 0 END) AS early,
       max(CASE WHEN say = -1 THEN 1 ELSE 0 END) AS taken_back
FROM occ WHERE say <> 0 GROUP BY 1, 2, 3, 4, 5;

CREATE {temp} TABLE next_dead AS
SELECT pid, bool_or(sure) AS sure FROM
  (SELECT pid, sure FROM occ WHERE ind = 'death' AND say = 1 UNION ALL SELECT pid, sure FROM mem_dead) AS d
GROUP BY pid;

CREATE {temp} TABLE next_exit AS
SELECT gone.hh FROM
  (SELECT r.hh, count(*) AS persons FROM next_dead AS d JOIN roster AS r ON r.pid = d.pid WHERE d.sure
   GROUP BY r.hh) AS gone
JOIN (SELECT hh, count(*) AS persons FROM roster GROUP BY hh) AS home
  ON home.hh = gone.hh AND home.persons = gone.persons
UNION SELECT hh FROM mem_exit;

-- New: never scored before. An early death uses up the one death of a life.
CREATE {temp} TABLE fresh AS
SELECT ind, pid, hh, day, detail, counts = 1 AND NOT (ind = 'death' AND early = 1) AS joins FROM said AS s
WHERE (counts = 1 OR (ind = 'death' AND early = 1))
  AND NOT EXISTS (SELECT 1 FROM mem_event AS m
                  WHERE m.ind = s.ind AND m.pid = s.pid AND m.day = s.day AND m.detail = s.detail);

CREATE {temp} TABLE joined AS
SELECT ind, pid, hh, day, detail FROM mem_event AS m
WHERE live AND NOT EXISTS (SELECT 1 FROM said AS s WHERE s.taken_back = 1 AND s.ind = m.ind AND s.pid = m.pid
                                                     AND s.day = m.day AND s.detail = m.detail)
  AND NOT EXISTS (SELECT 1 FROM next_exit AS x WHERE x.hh = m.hh)
UNION ALL
SELECT ind, pid, hh, day, detail FROM fresh AS f
WHERE joins AND NOT EXISTS (SELECT 1 FROM next_exit AS x WHERE x.hh = f.hh);

-- Once a person, a household or an event; the dead's own insurance not at all.
CREATE {temp} TABLE counted AS
SELECT DISTINCT j.hh, j.ind, i.points, CASE i.per WHEN 'household' THEN 0 ELSE j.pid END AS pid,
       CASE i.per WHEN 'event' THEN j.day ELSE DATE '1900-01-01' END AS day,
       CASE i.per WHEN 'event' THEN j.detail ELSE '' END AS detail
FROM joined AS j JOIN indicator AS i ON i.ind = j.ind
WHERE NOT (j.ind = 'social_insurance_stopped' AND EXISTS (SELECT 1 FROM next_dead AS d WHERE d.pid = j.pid));

CREATE {temp} TABLE next_open AS
SELECT c.hh, c.score, l.name AS level, l.rank, COALESCE(o.issued, DATE '{day}') AS issued,
       CASE WHEN l.due IS NULL THEN NULL
            WHEN l.rank > COALESCE(o.rank, 0) THEN LEAST(COALESCE(o.due, l.due), l.due)
            ELSE o.due END AS due,
       c.indicators
FROM (SELECT hh, sum(points) AS score, string_agg(ind, ';' ORDER BY ind) AS indicators FROM counted GROUP BY hh) AS c
JOIN level AS l ON c.score BETWEEN l.least AND l.most
LEFT JOIN mem_open AS o ON o.hh = c.hh;

-- What joined a warning that is open now stays alive; every other key is remembered as used.
CREATE {temp} TABLE next_event AS
SELECT k.ind, k.pid, k.hh, k.day, k.detail, max(k.live) = 1 AS live FROM
  (SELECT ind, pid, hh, day, detail, 0 AS live FROM mem_event
   UNION ALL SELECT ind, pid, hh, day, detail, 0 FROM fresh
   UNION ALL SELECT j.ind, j.pid, j.hh, j.day, j.detail, 1 FROM joined AS j JOIN next_open AS o ON o.hh = j.hh) AS k
GROUP BY 1, 2, 3, 4, 5;
