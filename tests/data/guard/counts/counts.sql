-- A small count is withheld where it is shown
SELECT commune, pupils FROM stat;
-- becomes
SELECT commune, pupils FROM (SELECT commune, CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils FROM main.stat) AS stat LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT (("stat"."pupils" = 0 OR "stat"."pupils" >= 10)) AS withheld_0 FROM (SELECT commune, pupils FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- Under another name as well
SELECT s.commune, s.girls AS nu, p.province_name FROM stat AS s JOIN provinces AS p USING (province_code);
-- becomes
SELECT s.commune, s.girls AS nu, p.province_name FROM (SELECT province_code, commune, CASE WHEN (girls = 0 OR girls >= 10) THEN girls END AS girls FROM main.stat) AS s JOIN (SELECT province_code, province_name FROM main.provinces) AS p USING (province_code) LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT (("s"."girls" = 0 OR "s"."girls" >= 10)) AS withheld_0 FROM (SELECT province_code, commune, girls FROM main.stat) AS s JOIN (SELECT province_code, province_name FROM main.provinces) AS p USING (province_code)) AS withheld_from) AS withheld;

-- Through a subquery and a star
SELECT * FROM (SELECT * FROM stat) AS t;
-- becomes
SELECT * FROM (SELECT * FROM (SELECT province_code, commune, level, CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils, CASE WHEN (girls = 0 OR girls >= 10) THEN girls END AS girls, classes FROM main.stat) AS stat) AS t LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) + COALESCE(COUNT_IF(withheld_1), 0) FROM (SELECT NOT (("stat"."pupils" = 0 OR "stat"."pupils" >= 10)) AS withheld_0, NOT (("stat"."girls" = 0 OR "stat"."girls" >= 10)) AS withheld_1 FROM (SELECT province_code, commune, level, pupils, girls, classes FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- A sum that is small is withheld
SELECT level, sum(pupils) AS n FROM stat GROUP BY level;
-- becomes
SELECT level, CASE WHEN (SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), level) = 1) THEN SUM(pupils) END AS n FROM (SELECT level, pupils FROM main.stat) AS stat GROUP BY level LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), level) = 1)) AS withheld_0 FROM (SELECT level, pupils FROM main.stat) AS stat GROUP BY level) AS withheld_from) AS withheld;

-- Without a name of its own
SELECT sum(girls) FROM stat;
-- becomes
SELECT CASE WHEN (SUM(girls) = 0 OR SUM(girls) >= 10) THEN SUM(girls) END AS "sum(girls)" FROM (SELECT girls FROM main.stat) AS stat LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(girls) = 0 OR SUM(girls) >= 10)) AS withheld_0 FROM (SELECT girls FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- A mean and a greatest value
SELECT avg(pupils) AS m, max(girls) AS x FROM stat;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(pupils) FILTER(WHERE NOT pupils IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE NOT pupils IS NULL), 0) >= 10) THEN AVG(pupils) END AS m, CASE WHEN (MAX(girls) = 0 OR MAX(girls) >= 10) THEN MAX(girls) END AS x FROM (SELECT pupils, girls FROM main.stat) AS stat LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) + COALESCE(COUNT_IF(withheld_1), 0) FROM (SELECT NOT ((COALESCE(SUM(pupils) FILTER(WHERE NOT pupils IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE NOT pupils IS NULL), 0) >= 10)) AS withheld_0, NOT ((MAX(girls) = 0 OR MAX(girls) >= 10)) AS withheld_1 FROM (SELECT pupils, girls FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- A sum of chosen rows
SELECT sum(pupils) FILTER (WHERE level = 'TH') AS n FROM stat;
-- becomes
SELECT CASE WHEN (SUM(pupils) FILTER(WHERE level = 'TH') = 0 OR SUM(pupils) FILTER(WHERE level = 'TH') >= 10) THEN SUM(pupils) FILTER(WHERE level = 'TH') END AS n FROM (SELECT level, pupils FROM main.stat) AS stat LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(pupils) FILTER(WHERE level = 'TH') = 0 OR SUM(pupils) FILTER(WHERE level = 'TH') >= 10)) AS withheld_0 FROM (SELECT level, pupils FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- A mean of chosen rows
SELECT avg(pupils) FILTER (WHERE level = 'TH') AS n FROM stat;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(pupils) FILTER(WHERE level = 'TH' AND NOT pupils IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE level = 'TH' AND NOT pupils IS NULL), 0) >= 10) THEN AVG(pupils) FILTER(WHERE level = 'TH') END AS n FROM (SELECT level, pupils FROM main.stat) AS stat LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM(pupils) FILTER(WHERE level = 'TH' AND NOT pupils IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE level = 'TH' AND NOT pupils IS NULL), 0) >= 10)) AS withheld_0 FROM (SELECT level, pupils FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- A scaled sum
SELECT sum(pupils - girls) AS boys FROM stat;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(girls) FILTER(WHERE NOT (pupils - girls) IS NULL), 0) = 0 OR COALESCE(SUM(girls) FILTER(WHERE NOT (pupils - girls) IS NULL), 0) >= 10) AND (COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils - girls) IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils - girls) IS NULL), 0) >= 10) THEN SUM(pupils - girls) END AS boys FROM (SELECT pupils, girls FROM main.stat) AS stat LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM(girls) FILTER(WHERE NOT (pupils - girls) IS NULL), 0) = 0 OR COALESCE(SUM(girls) FILTER(WHERE NOT (pupils - girls) IS NULL), 0) >= 10) AND (COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils - girls) IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils - girls) IS NULL), 0) >= 10)) AS withheld_0 FROM (SELECT pupils, girls FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- A condition reads a small count as the threshold less one
SELECT commune FROM stat WHERE pupils < 50;
-- becomes
SELECT commune FROM (SELECT commune, CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils FROM main.stat) AS stat WHERE pupils < 50 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT (("stat"."pupils" = 0 OR "stat"."pupils" >= 10)) AS withheld_0 FROM (SELECT commune, pupils FROM main.stat) AS stat WHERE pupils < 50) AS withheld_from) AS withheld;

-- Also in aggregates
SELECT count(*) AS n FROM stat WHERE pupils < 50;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT pupils FROM main.stat) AS stat WHERE (CASE WHEN pupils BETWEEN 1 AND 9 THEN 9 ELSE pupils END) < 50 LIMIT 1000;

-- Grouped by a count
SELECT pupils, count(*) AS n FROM stat GROUP BY pupils;
-- becomes
SELECT CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils, COUNT(*) AS n FROM (SELECT pupils FROM main.stat) AS stat GROUP BY CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END LIMIT 1000;

-- Counting rows says nothing about persons
SELECT level, count(*) AS n FROM stat GROUP BY level;
-- becomes
SELECT level, COUNT(*) AS n FROM (SELECT level FROM main.stat) AS stat GROUP BY level LIMIT 1000;

-- Counting values is counting rows
SELECT count(pupils) AS n FROM stat;
-- becomes
SELECT COUNT(pupils) AS n FROM (SELECT pupils FROM main.stat) AS stat LIMIT 1000;

-- A list of counts
SELECT string_agg(pupils, ',') AS n FROM stat;
-- refused query_aggregate_refused

-- A share of the pupils
SELECT level, round(100.0 * sum(girls) / sum(pupils), 1) AS share FROM stat GROUP BY level;
-- becomes
SELECT level, ROUND(100.0 * CASE WHEN (SUM(girls) = 0 OR SUM(girls) >= 10) AND NOT (COUNT_IF(NOT ((SUM(girls) = 0 OR SUM(girls) >= 10))) OVER () = 1 AND SUM(girls) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(girls) = 0 OR SUM(girls) >= 10) AND SUM(girls) > 0) ORDER BY SUM(girls), level) = 1) THEN SUM(girls) END / CASE WHEN (SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), level) = 1) THEN SUM(pupils) END, 1) AS share FROM (SELECT level, pupils, girls FROM main.stat) AS stat GROUP BY level LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) + COALESCE(COUNT_IF(withheld_1), 0) FROM (SELECT NOT ((SUM(girls) = 0 OR SUM(girls) >= 10) AND NOT (COUNT_IF(NOT ((SUM(girls) = 0 OR SUM(girls) >= 10))) OVER () = 1 AND SUM(girls) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(girls) = 0 OR SUM(girls) >= 10) AND SUM(girls) > 0) ORDER BY SUM(girls), level) = 1)) AS withheld_0, NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), level) = 1)) AS withheld_1 FROM (SELECT level, pupils, girls FROM main.stat) AS stat GROUP BY level) AS withheld_from) AS withheld;

-- Having and ordering see released sums
SELECT level, sum(pupils) AS n FROM stat GROUP BY level HAVING sum(pupils) > 3 ORDER BY sum(pupils);
-- becomes
SELECT level, CASE WHEN (SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), level) = 1) THEN SUM(pupils) END AS n FROM (SELECT level, pupils FROM main.stat) AS stat GROUP BY level QUALIFY CASE WHEN (SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), level) = 1) THEN SUM(pupils) END > 3 ORDER BY CASE WHEN (SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), level) = 1) THEN SUM(pupils) END LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), level) = 1)) AS withheld_0 FROM (SELECT level, pupils FROM main.stat) AS stat GROUP BY level) AS withheld_from) AS withheld;

-- Sums of sums
SELECT avg(n) AS m FROM (SELECT commune, sum(pupils) AS n FROM stat GROUP BY commune) AS t;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(n) FILTER(WHERE NOT n IS NULL), 0) = 0 OR COALESCE(SUM(n) FILTER(WHERE NOT n IS NULL), 0) >= 10) THEN AVG(n) END AS m FROM (SELECT commune, SUM(pupils) AS n FROM (SELECT commune, pupils FROM main.stat) AS stat GROUP BY commune) AS t LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM(n) FILTER(WHERE NOT n IS NULL), 0) = 0 OR COALESCE(SUM(n) FILTER(WHERE NOT n IS NULL), 0) >= 10)) AS withheld_0 FROM (SELECT commune, SUM(pupils) AS n FROM (SELECT commune, pupils FROM main.stat) AS stat GROUP BY commune) AS t) AS withheld_from) AS withheld;

-- Sums that are compared are withheld first
SELECT max(n) AS m FROM (SELECT commune, sum(pupils) AS n FROM stat GROUP BY commune) AS t WHERE n > 4;
-- becomes
SELECT MAX(n) AS m FROM (SELECT commune, CASE WHEN (SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), commune) = 1) THEN SUM(pupils) END AS n FROM (SELECT commune, pupils FROM main.stat) AS stat GROUP BY commune) AS t WHERE n > 4 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10))) OVER () = 1 AND SUM(pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(pupils) = 0 OR SUM(pupils) >= 10) AND SUM(pupils) > 0) ORDER BY SUM(pupils), commune) = 1)) AS withheld_0 FROM (SELECT commune, pupils FROM main.stat) AS stat GROUP BY commune) AS withheld_from) AS withheld;

-- Two levels, with a key between
WITH t AS (SELECT commune, level, sum(pupils) AS n, count(*) AS k FROM stat GROUP BY commune, level) SELECT level, sum(n) AS n FROM t GROUP BY level;
-- becomes
WITH t AS (SELECT commune, level, SUM(pupils) AS n, COUNT(*) AS k FROM (SELECT commune, level, pupils FROM main.stat) AS stat GROUP BY commune, level) SELECT level, CASE WHEN (SUM(n) = 0 OR SUM(n) >= 10) AND NOT (COUNT_IF(NOT ((SUM(n) = 0 OR SUM(n) >= 10))) OVER () = 1 AND SUM(n) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(n) = 0 OR SUM(n) >= 10) AND SUM(n) > 0) ORDER BY SUM(n), level) = 1) THEN SUM(n) END AS n FROM t GROUP BY level LIMIT 1000;
-- withheld
WITH t AS (SELECT commune, level, SUM(pupils) AS n, COUNT(*) AS k FROM (SELECT commune, level, pupils FROM main.stat) AS stat GROUP BY commune, level) SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(n) = 0 OR SUM(n) >= 10) AND NOT (COUNT_IF(NOT ((SUM(n) = 0 OR SUM(n) >= 10))) OVER () = 1 AND SUM(n) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(n) = 0 OR SUM(n) >= 10) AND SUM(n) > 0) ORDER BY SUM(n), level) = 1)) AS withheld_0 FROM t GROUP BY level) AS withheld_from) AS withheld;

-- The same value twice
SELECT sum(pupils) AS a, sum(pupils) + 1 AS b FROM stat;
-- becomes
SELECT CASE WHEN (SUM(pupils) = 0 OR SUM(pupils) >= 10) THEN SUM(pupils) END AS a, CASE WHEN (SUM(pupils) = 0 OR SUM(pupils) >= 10) THEN SUM(pupils) END + 1 AS b FROM (SELECT pupils FROM main.stat) AS stat LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10)) AS withheld_0 FROM (SELECT pupils FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- A sum of a condition's value
SELECT sum(CASE WHEN level = 'TH' THEN pupils ELSE 0 END) AS n FROM stat;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(pupils) FILTER(WHERE CASE WHEN level = 'TH' THEN pupils ELSE 0 END <> 0), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE CASE WHEN level = 'TH' THEN pupils ELSE 0 END <> 0), 0) >= 10) THEN SUM(CASE WHEN level = 'TH' THEN pupils ELSE 0 END) END AS n FROM (SELECT level, pupils FROM main.stat) AS stat LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM(pupils) FILTER(WHERE CASE WHEN level = 'TH' THEN pupils ELSE 0 END <> 0), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE CASE WHEN level = 'TH' THEN pupils ELSE 0 END <> 0), 0) >= 10)) AS withheld_0 FROM (SELECT level, pupils FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- Counts joined to counts
SELECT a.commune, a.pupils, b.pupils AS other FROM stat AS a JOIN stat AS b ON a.commune = b.commune;
-- becomes
SELECT a.commune, a.pupils, b.pupils AS other FROM (SELECT commune, CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils FROM main.stat) AS a JOIN (SELECT commune, CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils FROM main.stat) AS b ON a.commune = b.commune LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) + COALESCE(COUNT_IF(withheld_1), 0) FROM (SELECT NOT (("a"."pupils" = 0 OR "a"."pupils" >= 10)) AS withheld_0, NOT (("b"."pupils" = 0 OR "b"."pupils" >= 10)) AS withheld_1 FROM (SELECT commune, pupils FROM main.stat) AS a JOIN (SELECT commune, pupils FROM main.stat) AS b ON a.commune = b.commune) AS withheld_from) AS withheld;

-- As a scalar
SELECT province_name, (SELECT sum(s.pupils) FROM stat AS s WHERE s.province_code = p.province_code) AS n FROM provinces AS p;
-- becomes
SELECT province_name, (SELECT CASE WHEN (SUM(s.pupils) = 0 OR SUM(s.pupils) >= 10) THEN SUM(s.pupils) END AS "sum(s.pupils)" FROM (SELECT province_code, pupils FROM main.stat) AS s WHERE s.province_code = p.province_code) AS n FROM (SELECT province_code, province_name FROM main.provinces) AS p LIMIT 1000;

-- Counts stacked
SELECT pupils AS n FROM stat UNION ALL SELECT girls FROM stat;
-- becomes
SELECT pupils AS n FROM (SELECT CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils, CASE WHEN (girls = 0 OR girls >= 10) THEN girls END AS girls FROM main.stat) AS stat UNION ALL SELECT girls FROM (SELECT CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils, CASE WHEN (girls = 0 OR girls >= 10) THEN girls END AS girls FROM main.stat) AS stat LIMIT 1000;

-- Ranked by a sum
SELECT level, rank() OVER (ORDER BY sum(pupils) DESC) AS r FROM stat GROUP BY level;
-- becomes
SELECT level, RANK() OVER (ORDER BY CASE WHEN (SUM(pupils) = 0 OR SUM(pupils) >= 10) THEN SUM(pupils) END DESC) AS r FROM (SELECT level, pupils FROM main.stat) AS stat GROUP BY level LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(pupils) = 0 OR SUM(pupils) >= 10)) AS withheld_0 FROM (SELECT level, pupils FROM main.stat) AS stat GROUP BY level) AS withheld_from) AS withheld;

-- A filter of a difference
SELECT sum(pupils - girls) FILTER (WHERE level = 'TH') AS n FROM stat;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(girls) FILTER(WHERE level = 'TH' AND NOT (pupils - girls) IS NULL), 0) = 0 OR COALESCE(SUM(girls) FILTER(WHERE level = 'TH' AND NOT (pupils - girls) IS NULL), 0) >= 10) AND (COALESCE(SUM(pupils) FILTER(WHERE level = 'TH' AND NOT (pupils - girls) IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE level = 'TH' AND NOT (pupils - girls) IS NULL), 0) >= 10) THEN SUM(pupils - girls) FILTER(WHERE level = 'TH') END AS n FROM (SELECT level, pupils, girls FROM main.stat) AS stat LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM(girls) FILTER(WHERE level = 'TH' AND NOT (pupils - girls) IS NULL), 0) = 0 OR COALESCE(SUM(girls) FILTER(WHERE level = 'TH' AND NOT (pupils - girls) IS NULL), 0) >= 10) AND (COALESCE(SUM(pupils) FILTER(WHERE level = 'TH' AND NOT (pupils - girls) IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE level = 'TH' AND NOT (pupils - girls) IS NULL), 0) >= 10)) AS withheld_0 FROM (SELECT level, pupils, girls FROM main.stat) AS stat) AS withheld_from) AS withheld;

-- Grouped by, filtered by and ordered by
SELECT pupils, count(*) AS n FROM stat WHERE girls > 3 GROUP BY pupils HAVING pupils > 4 ORDER BY pupils;
-- becomes
SELECT CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils, COUNT(*) AS n FROM (SELECT pupils, girls FROM main.stat) AS stat WHERE (CASE WHEN girls BETWEEN 1 AND 9 THEN 9 ELSE girls END) > 3 GROUP BY CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END HAVING CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END > 4 ORDER BY CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END LIMIT 1000;

-- A condition on a count names groups
SELECT CASE WHEN pupils < 50 THEN 'small' ELSE 'large' END AS size, count(*) AS n FROM stat GROUP BY 1;
-- becomes
SELECT CASE WHEN (CASE WHEN pupils BETWEEN 1 AND 9 THEN 9 ELSE pupils END) < 50 THEN 'small' ELSE 'large' END AS size, COUNT(*) AS n FROM (SELECT pupils FROM main.stat) AS stat GROUP BY 1 LIMIT 1000;

-- Totals of counts
SELECT s.level, sum(s.pupils) AS n FROM stat AS s GROUP BY ROLLUP (s.level);
-- becomes
SELECT s.level, CASE WHEN ((SUM(s.pupils) = 0 OR SUM(s.pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(s.pupils) = 0 OR SUM(s.pupils) >= 10))) OVER (PARTITION BY GROUPING(s.level)) = 1 AND SUM(s.pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY GROUPING(s.level), ((SUM(s.pupils) = 0 OR SUM(s.pupils) >= 10) AND SUM(s.pupils) > 0) ORDER BY SUM(s.pupils), s.level) = 1)) AND NOT (GROUPING(s.level) > 0 AND COUNT_IF(NOT ((SUM(s.pupils) = 0 OR SUM(s.pupils) >= 10))) OVER () > 0) THEN SUM(s.pupils) END AS n FROM (SELECT level, pupils FROM main.stat) AS s GROUP BY ROLLUP (s.level) LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(s.pupils) = 0 OR SUM(s.pupils) >= 10) AND NOT (COUNT_IF(NOT ((SUM(s.pupils) = 0 OR SUM(s.pupils) >= 10))) OVER (PARTITION BY GROUPING(s.level)) = 1 AND SUM(s.pupils) > 0 AND ROW_NUMBER() OVER (PARTITION BY GROUPING(s.level), ((SUM(s.pupils) = 0 OR SUM(s.pupils) >= 10) AND SUM(s.pupils) > 0) ORDER BY SUM(s.pupils), s.level) = 1)) AS withheld_0 FROM (SELECT level, pupils FROM main.stat) AS s GROUP BY ROLLUP (s.level)) AS withheld_from) AS withheld;

-- Counts beside rows about persons
SELECT s.level, sum(s.girls) AS n, count(*) AS k FROM pupils AS p JOIN stat AS s ON s.level = p.level GROUP BY s.level;
-- becomes
SELECT _tg2 AS level, _ta3 AS n, _ta4 AS k FROM (SELECT _tg2, CASE WHEN _tn6 >= 10 AND (_tn7 = 0 OR _tn7 >= 10) THEN _ta3 END AS _ta3, _ta4 FROM (SELECT s.level AS _tg2, COUNT(DISTINCT "p"."_tk1") AS _tn5, SUM(s.girls) AS _ta3, COUNT(DISTINCT "p"."_tk1") FILTER(WHERE NOT s.girls IS NULL) AS _tn6, SUM(s.girls) AS _tn7, COUNT(*) AS _ta4 FROM (SELECT pupil_id, level, pupil_id AS _tk1 FROM main.pupils) AS p JOIN (SELECT level, pupils, girls FROM main.stat) AS s ON s.level = p.level GROUP BY s.level) AS _tq8 QUALIFY _tn5 >= 10 AND NOT (COUNT_IF(NOT (_tn5 >= 10)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 10) ORDER BY _tn5, _tg2) = 1)) AS _tr9 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(NOT kept), 0) + COALESCE(COUNT_IF(kept AND NOT shown_0), 0) FROM (SELECT _tn5 >= 10 AND NOT (COUNT_IF(NOT (_tn5 >= 10)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 10) ORDER BY _tn5, _tg2) = 1) AS kept, (_tn6 >= 10 AND (_tn7 = 0 OR _tn7 >= 10)) AS shown_0 FROM (SELECT s.level AS _tg2, COUNT(DISTINCT "p"."_tk1") AS _tn5, SUM(s.girls) AS _ta3, COUNT(DISTINCT "p"."_tk1") FILTER(WHERE NOT s.girls IS NULL) AS _tn6, SUM(s.girls) AS _tn7, COUNT(*) AS _ta4 FROM (SELECT pupil_id, level, pupil_id AS _tk1 FROM main.pupils) AS p JOIN (SELECT level, pupils, girls FROM main.stat) AS s ON s.level = p.level GROUP BY s.level) AS _tq8) AS marked) AS withheld;

-- Rows without a count of persons
SELECT commune, classes FROM stat;
-- becomes
SELECT commune, classes FROM (SELECT commune, classes FROM main.stat) AS stat LIMIT 1000;

-- A sum of two counts, added up again
SELECT sum(n) AS n FROM (SELECT commune, sum(pupils + girls) AS n FROM stat GROUP BY commune) AS t;
-- becomes
SELECT SUM(n) AS n FROM (SELECT commune, CASE WHEN ((COALESCE(SUM(girls) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) = 0 OR COALESCE(SUM(girls) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) >= 10) AND (COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) >= 10)) AND NOT (COUNT_IF(NOT ((COALESCE(SUM(girls) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) = 0 OR COALESCE(SUM(girls) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) >= 10) AND (COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) >= 10))) OVER () = 1 AND COALESCE(SUM(girls) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) > 0 AND ROW_NUMBER() OVER (PARTITION BY (((COALESCE(SUM(girls) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) = 0 OR COALESCE(SUM(girls) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) >= 10) AND (COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) >= 10)) AND COALESCE(SUM(girls) FILTER(WHERE NOT (pupils + girls) IS NULL), 0) > 0) ORDER BY COALESCE(SUM(girls) FILTER(WHERE NOT (pupils + girls) IS NULL), 0), commune) = 1) THEN SUM(pupils + girls) END AS n FROM (SELECT commune, pupils, girls FROM main.stat) AS stat GROUP BY commune) AS t LIMIT 1000;

-- Rows counted by a count
SELECT count_if(pupils < 50) AS n FROM stat;
-- becomes
SELECT COUNT_IF((CASE WHEN pupils BETWEEN 1 AND 9 THEN 9 ELSE pupils END) < 50) AS n FROM (SELECT pupils FROM main.stat) AS stat LIMIT 1000;

-- The other branch of a choice is added up
SELECT sum(CASE WHEN level = 'THPT' THEN 0 ELSE pupils END) AS n FROM stat;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(pupils) FILTER(WHERE CASE WHEN level = 'THPT' THEN 0 ELSE pupils END <> 0), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE CASE WHEN level = 'THPT' THEN 0 ELSE pupils END <> 0), 0) >= 10) THEN SUM(CASE WHEN level = 'THPT' THEN 0 ELSE pupils END) END AS n FROM (SELECT level, pupils FROM main.stat) AS stat LIMIT 1000;

-- The chosen branch is added up
SELECT sum(CASE WHEN level = 'THPT' THEN pupils END) AS n FROM stat;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(pupils) FILTER(WHERE CASE WHEN level = 'THPT' THEN pupils END <> 0), 0) = 0 OR COALESCE(SUM(pupils) FILTER(WHERE CASE WHEN level = 'THPT' THEN pupils END <> 0), 0) >= 10) THEN SUM(CASE WHEN level = 'THPT' THEN pupils END) END AS n FROM (SELECT level, pupils FROM main.stat) AS stat LIMIT 1000;

-- A sum of marks with the persons who have them
SELECT subject, sum(marks) AS s FROM exam GROUP BY subject;
-- becomes
SELECT subject, CASE WHEN (COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10) AND NOT (COUNT_IF(NOT ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10))) OVER () = 1 AND COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10) AND COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) > 0) ORDER BY COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0), subject) = 1) THEN SUM(marks) END AS s FROM (SELECT subject, papers, marks FROM main.exam) AS exam GROUP BY subject LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10) AND NOT (COUNT_IF(NOT ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10))) OVER () = 1 AND COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10) AND COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) > 0) ORDER BY COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0), subject) = 1)) AS withheld_0 FROM (SELECT subject, papers, marks FROM main.exam) AS exam GROUP BY subject) AS withheld_from) AS withheld;

-- Marks of each row
SELECT province_code, subject, marks FROM exam WHERE subject = 'TO';
-- becomes
SELECT province_code, subject, marks FROM (SELECT province_code, subject, CASE WHEN (papers = 0 OR papers >= 10) THEN papers END AS papers, CASE WHEN (papers = 0 OR papers >= 10) THEN marks END AS marks FROM main.exam) AS exam WHERE subject = 'TO' LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT (("exam"."papers" = 0 OR "exam"."papers" >= 10)) AS withheld_0 FROM (SELECT province_code, subject, papers, marks FROM main.exam) AS exam WHERE subject = 'TO') AS withheld_from) AS withheld;

-- Marks decide
SELECT count(*) AS n FROM exam WHERE marks > 50;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT papers, marks FROM main.exam) AS exam WHERE (CASE WHEN ("exam"."papers" = 0 OR "exam"."papers" >= 10) THEN marks END) > 50 LIMIT 1000;

-- Marks are chosen
SELECT max(marks) AS m, min(papers) AS p FROM exam;
-- becomes
SELECT MAX((CASE WHEN ("exam"."papers" = 0 OR "exam"."papers" >= 10) THEN marks END)) AS m, CASE WHEN (MIN(papers) = 0 OR MIN(papers) >= 10) THEN MIN(papers) END AS p FROM (SELECT papers, marks FROM main.exam) AS exam LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((MIN(papers) = 0 OR MIN(papers) >= 10)) AS withheld_0 FROM (SELECT papers, marks FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- Marks under a condition
SELECT sum(marks) FILTER (WHERE subject = 'TO') AS s FROM exam;
-- becomes
SELECT CASE WHEN (COALESCE(SUM("exam"."papers") FILTER(WHERE subject = 'TO' AND NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE subject = 'TO' AND NOT marks IS NULL), 0) >= 10) THEN SUM(marks) FILTER(WHERE subject = 'TO') END AS s FROM (SELECT subject, papers, marks FROM main.exam) AS exam LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM("exam"."papers") FILTER(WHERE subject = 'TO' AND NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE subject = 'TO' AND NOT marks IS NULL), 0) >= 10)) AS withheld_0 FROM (SELECT subject, papers, marks FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- Marks of a table under another name
SELECT e.subject, avg(e.marks) AS s FROM exam AS e JOIN provinces AS p USING (province_code) GROUP BY e.subject;
-- becomes
SELECT e.subject, CASE WHEN (COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) = 0 OR COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) >= 10) AND NOT (COUNT_IF(NOT ((COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) = 0 OR COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) >= 10))) OVER () = 1 AND COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) = 0 OR COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) >= 10) AND COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) > 0) ORDER BY COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0), e.subject) = 1) THEN AVG(e.marks) END AS s FROM (SELECT province_code, subject, papers, marks FROM main.exam) AS e JOIN (SELECT province_code FROM main.provinces) AS p USING (province_code) GROUP BY e.subject LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) = 0 OR COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) >= 10) AND NOT (COUNT_IF(NOT ((COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) = 0 OR COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) >= 10))) OVER () = 1 AND COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) = 0 OR COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) >= 10) AND COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0) > 0) ORDER BY COALESCE(SUM("e"."papers") FILTER(WHERE NOT e.marks IS NULL), 0), e.subject) = 1)) AS withheld_0 FROM (SELECT province_code, subject, papers, marks FROM main.exam) AS e JOIN (SELECT province_code FROM main.provinces) AS p USING (province_code) GROUP BY e.subject) AS withheld_from) AS withheld;

-- Marks added up below and above
SELECT sum(s) AS s FROM (SELECT province_code, sum(marks) AS s FROM exam GROUP BY province_code) AS t;
-- becomes
SELECT SUM(s) AS s FROM (SELECT province_code, CASE WHEN (COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10) AND NOT (COUNT_IF(NOT ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10))) OVER () = 1 AND COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10) AND COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) > 0) ORDER BY COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0), province_code) = 1) THEN SUM(marks) END AS s FROM (SELECT province_code, papers, marks FROM main.exam) AS exam GROUP BY province_code) AS t LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10) AND NOT (COUNT_IF(NOT ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10))) OVER () = 1 AND COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) = 0 OR COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) >= 10) AND COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0) > 0) ORDER BY COALESCE(SUM("exam"."papers") FILTER(WHERE NOT marks IS NULL), 0), province_code) = 1)) AS withheld_0 FROM (SELECT province_code, papers, marks FROM main.exam) AS exam GROUP BY province_code) AS withheld_from) AS withheld;

-- Papers added up below and above
SELECT sum(s) AS s, max(k) AS k FROM (SELECT province_code, sum(papers) AS s, count(*) AS k FROM exam GROUP BY province_code) AS t;
-- becomes
SELECT SUM(s) AS s, MAX(k) AS k FROM (SELECT province_code, CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code) = 1) THEN SUM(papers) END AS s, COUNT(*) AS k FROM (SELECT province_code, papers FROM main.exam) AS exam GROUP BY province_code) AS t LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code) = 1)) AS withheld_0 FROM (SELECT province_code, papers FROM main.exam) AS exam GROUP BY province_code) AS withheld_from) AS withheld;

-- Papers added up in the order of their sum
SELECT sum(s) AS s FROM (SELECT province_code, sum(papers) AS s FROM exam GROUP BY province_code ORDER BY s LIMIT 3) AS t;
-- becomes
SELECT SUM(s) AS s FROM (SELECT province_code, CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code) = 1) THEN SUM(papers) END AS s FROM (SELECT province_code, papers FROM main.exam) AS exam GROUP BY province_code ORDER BY s LIMIT 3) AS t LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code) = 1)) AS withheld_0 FROM (SELECT province_code, papers FROM main.exam) AS exam GROUP BY province_code) AS withheld_from) AS withheld;

-- Papers under a condition on their sum
SELECT sum(s) AS s FROM (SELECT province_code, sum(papers) AS s FROM exam GROUP BY province_code HAVING sum(papers) > 5) AS t;
-- becomes
SELECT SUM(s) AS s FROM (SELECT province_code, CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code) = 1) THEN SUM(papers) END AS s FROM (SELECT province_code, papers FROM main.exam) AS exam GROUP BY province_code QUALIFY CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code) = 1) THEN SUM(papers) END > 5) AS t LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code) = 1)) AS withheld_0 FROM (SELECT province_code, papers FROM main.exam) AS exam GROUP BY province_code) AS withheld_from) AS withheld;

-- A listing of marks
SELECT string_agg(marks, ',') AS n FROM exam;
-- refused query_aggregate_refused

-- Papers in brackets, grouped
SELECT (subject) AS s, sum(papers) AS n FROM exam GROUP BY (subject);
-- becomes
SELECT (subject) AS s, CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), subject) = 1) THEN SUM(papers) END AS n FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY subject LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), subject) = 1)) AS withheld_0 FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY subject) AS withheld_from) AS withheld;

-- Papers by a text
SELECT sum(papers) AS n FROM exam GROUP BY 'x';
-- becomes
SELECT CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) THEN SUM(papers) END AS n FROM (SELECT papers FROM main.exam) AS exam GROUP BY 'x' LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10)) AS withheld_0 FROM (SELECT papers FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- Papers by two keys with totals
SELECT province_code, subject, sum(papers) AS n FROM exam GROUP BY CUBE (province_code, subject);
-- becomes
SELECT province_code, subject, CASE WHEN ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER (PARTITION BY subject, GROUPING(province_code, subject)) = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY subject, GROUPING(province_code, subject), ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code, subject) = 1) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER (PARTITION BY province_code, GROUPING(province_code, subject)) = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY province_code, GROUPING(province_code, subject), ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code, subject) = 1)) AND NOT (GROUPING(province_code, subject) > 0 AND COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () > 0) THEN SUM(papers) END AS n FROM (SELECT province_code, subject, papers FROM main.exam) AS exam GROUP BY CUBE (province_code, subject) LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER (PARTITION BY subject, GROUPING(province_code, subject)) = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY subject, GROUPING(province_code, subject), ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code, subject) = 1) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER (PARTITION BY province_code, GROUPING(province_code, subject)) = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY province_code, GROUPING(province_code, subject), ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), province_code, subject) = 1)) AS withheld_0 FROM (SELECT province_code, subject, papers FROM main.exam) AS exam GROUP BY CUBE (province_code, subject)) AS withheld_from) AS withheld;

-- Papers by sets, in HAVING
SELECT subject, sum(papers) AS n FROM exam GROUP BY ROLLUP (subject) HAVING sum(papers) > 20;
-- becomes
SELECT subject, CASE WHEN ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER (PARTITION BY GROUPING(subject)) = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY GROUPING(subject), ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), subject) = 1)) AND NOT (GROUPING(subject) > 0 AND COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () > 0) THEN SUM(papers) END AS n FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY ROLLUP (subject) QUALIFY CASE WHEN ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER (PARTITION BY GROUPING(subject)) = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY GROUPING(subject), ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), subject) = 1)) AND NOT (GROUPING(subject) > 0 AND COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () > 0) THEN SUM(papers) END > 20 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER (PARTITION BY GROUPING(subject)) = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY GROUPING(subject), ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), subject) = 1)) AS withheld_0 FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY ROLLUP (subject)) AS withheld_from) AS withheld;

-- Papers by sets, ranked
SELECT subject, sum(papers) AS n, rank() OVER (ORDER BY sum(papers)) AS r FROM exam GROUP BY subject;
-- becomes
SELECT subject, CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), subject) = 1) THEN SUM(papers) END AS n, RANK() OVER (ORDER BY CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) THEN SUM(papers) END) AS r FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY subject LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) + COALESCE(COUNT_IF(withheld_1), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), subject) = 1)) AS withheld_0, NOT ((SUM(papers) = 0 OR SUM(papers) >= 10)) AS withheld_1 FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY subject) AS withheld_from) AS withheld;

-- A window over sums
SELECT subject, sum(sum(papers)) OVER () AS n FROM exam GROUP BY subject;
-- becomes
SELECT subject, SUM(CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) THEN SUM(papers) END) OVER () AS n FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY subject LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10)) AS withheld_0 FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY subject) AS withheld_from) AS withheld;

-- Different counts
SELECT count(DISTINCT papers) AS n FROM exam;
-- becomes
SELECT COUNT(DISTINCT papers) AS n FROM (SELECT papers FROM main.exam) AS exam LIMIT 1000;

-- A sum of counts chosen by a count
SELECT sum(CASE WHEN papers > 20 THEN absent END) AS n FROM exam;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(absent) FILTER(WHERE CASE WHEN (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 20 THEN absent END <> 0), 0) = 0 OR COALESCE(SUM(absent) FILTER(WHERE CASE WHEN (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 20 THEN absent END <> 0), 0) >= 10) THEN SUM(CASE WHEN (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 20 THEN absent END) END AS n FROM (SELECT papers, absent FROM main.exam) AS exam LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM(absent) FILTER(WHERE CASE WHEN (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 20 THEN absent END <> 0), 0) = 0 OR COALESCE(SUM(absent) FILTER(WHERE CASE WHEN (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 20 THEN absent END <> 0), 0) >= 10)) AS withheld_0 FROM (SELECT papers, absent FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- Papers and those absent
SELECT sum(papers) + sum(absent) AS n, sum(papers + absent) AS m FROM exam;
-- becomes
SELECT CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) THEN SUM(papers) END + CASE WHEN (SUM(absent) = 0 OR SUM(absent) >= 10) THEN SUM(absent) END AS n, CASE WHEN (COALESCE(SUM(absent) FILTER(WHERE NOT (papers + absent) IS NULL), 0) = 0 OR COALESCE(SUM(absent) FILTER(WHERE NOT (papers + absent) IS NULL), 0) >= 10) AND (COALESCE(SUM(papers) FILTER(WHERE NOT (papers + absent) IS NULL), 0) = 0 OR COALESCE(SUM(papers) FILTER(WHERE NOT (papers + absent) IS NULL), 0) >= 10) THEN SUM(papers + absent) END AS m FROM (SELECT papers, absent FROM main.exam) AS exam LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) + COALESCE(COUNT_IF(withheld_1), 0) + COALESCE(COUNT_IF(withheld_2), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10)) AS withheld_0, NOT ((SUM(absent) = 0 OR SUM(absent) >= 10)) AS withheld_1, NOT ((COALESCE(SUM(absent) FILTER(WHERE NOT (papers + absent) IS NULL), 0) = 0 OR COALESCE(SUM(absent) FILTER(WHERE NOT (papers + absent) IS NULL), 0) >= 10) AND (COALESCE(SUM(papers) FILTER(WHERE NOT (papers + absent) IS NULL), 0) = 0 OR COALESCE(SUM(papers) FILTER(WHERE NOT (papers + absent) IS NULL), 0) >= 10)) AS withheld_2 FROM (SELECT papers, absent FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- A share of papers as a column
SELECT subject, absent * 1.0 / papers AS share FROM exam;
-- becomes
SELECT subject, absent * 1.0 / papers AS share FROM (SELECT subject, CASE WHEN (papers = 0 OR papers >= 10) THEN papers END AS papers, CASE WHEN (absent = 0 OR absent >= 10) THEN absent END AS absent FROM main.exam) AS exam LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) + COALESCE(COUNT_IF(withheld_1), 0) FROM (SELECT NOT (("exam"."papers" = 0 OR "exam"."papers" >= 10)) AS withheld_0, NOT (("exam"."absent" = 0 OR "exam"."absent" >= 10)) AS withheld_1 FROM (SELECT subject, papers, absent FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- A count in a window
SELECT subject, rank() OVER (ORDER BY papers) AS r FROM exam;
-- becomes
SELECT subject, RANK() OVER (ORDER BY papers) AS r FROM (SELECT subject, CASE WHEN (papers = 0 OR papers >= 10) THEN papers END AS papers FROM main.exam) AS exam LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT (("exam"."papers" = 0 OR "exam"."papers" >= 10)) AS withheld_0 FROM (SELECT subject, papers FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- A count in a join
SELECT count(*) AS n FROM exam AS a JOIN stat AS b ON a.papers = b.pupils;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT papers FROM main.exam) AS a JOIN (SELECT pupils FROM main.stat) AS b ON (CASE WHEN a.papers BETWEEN 1 AND 9 THEN 9 ELSE a.papers END) = (CASE WHEN b.pupils BETWEEN 1 AND 9 THEN 9 ELSE b.pupils END) LIMIT 1000;

-- A count in a nested query
SELECT province_name, (SELECT sum(e.papers) FROM exam AS e WHERE e.province_code = p.province_code) AS n FROM provinces AS p;
-- becomes
SELECT province_name, (SELECT CASE WHEN (SUM(e.papers) = 0 OR SUM(e.papers) >= 10) THEN SUM(e.papers) END AS "sum(e.papers)" FROM (SELECT province_code, papers FROM main.exam) AS e WHERE e.province_code = p.province_code) AS n FROM (SELECT province_code, province_name FROM main.provinces) AS p LIMIT 1000;

-- A count in a condition of a nested query
SELECT province_name FROM provinces AS p WHERE EXISTS (SELECT 1 FROM exam AS e WHERE e.province_code = p.province_code AND e.papers > 3);
-- becomes
SELECT province_name FROM (SELECT province_code, province_name FROM main.provinces) AS p WHERE EXISTS(SELECT 1 FROM (SELECT province_code, CASE WHEN (papers = 0 OR papers >= 10) THEN papers END AS papers FROM main.exam) AS e WHERE e.province_code = p.province_code AND e.papers > 3) LIMIT 1000;

-- Rows with counts, stacked
SELECT subject, papers FROM exam UNION ALL SELECT level, pupils FROM stat;
-- becomes
SELECT subject, papers FROM (SELECT subject, CASE WHEN (papers = 0 OR papers >= 10) THEN papers END AS papers FROM main.exam) AS exam UNION ALL SELECT level, pupils FROM (SELECT level, CASE WHEN (pupils = 0 OR pupils >= 10) THEN pupils END AS pupils FROM main.stat) AS stat LIMIT 1000;

-- Rows with counts, once each
SELECT DISTINCT papers FROM exam;
-- becomes
SELECT DISTINCT papers FROM (SELECT CASE WHEN (papers = 0 OR papers >= 10) THEN papers END AS papers FROM main.exam) AS exam LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT (("exam"."papers" = 0 OR "exam"."papers" >= 10)) AS withheld_0 FROM (SELECT papers FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- Rows with counts in their order
SELECT subject FROM exam ORDER BY papers LIMIT 3;
-- becomes
SELECT subject FROM (SELECT subject, CASE WHEN (papers = 0 OR papers >= 10) THEN papers END AS papers FROM main.exam) AS exam ORDER BY papers LIMIT 3;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT (("exam"."papers" = 0 OR "exam"."papers" >= 10)) AS withheld_0 FROM (SELECT subject, papers FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- Counts released below, compared above
SELECT count(*) AS n FROM (SELECT subject, sum(papers) AS n FROM exam GROUP BY subject) AS t WHERE n > 100;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT subject, CASE WHEN (SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), subject) = 1) THEN SUM(papers) END AS n FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY subject) AS t WHERE n > 100 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((SUM(papers) = 0 OR SUM(papers) >= 10) AND NOT (COUNT_IF(NOT ((SUM(papers) = 0 OR SUM(papers) >= 10))) OVER () = 1 AND SUM(papers) > 0 AND ROW_NUMBER() OVER (PARTITION BY ((SUM(papers) = 0 OR SUM(papers) >= 10) AND SUM(papers) > 0) ORDER BY SUM(papers), subject) = 1)) AS withheld_0 FROM (SELECT subject, papers FROM main.exam) AS exam GROUP BY subject) AS withheld_from) AS withheld;

-- A mean of counts by row
SELECT avg(papers) AS n FROM exam WHERE papers > 0;
-- becomes
SELECT CASE WHEN (COALESCE(SUM(papers) FILTER(WHERE NOT papers IS NULL), 0) = 0 OR COALESCE(SUM(papers) FILTER(WHERE NOT papers IS NULL), 0) >= 10) THEN AVG(papers) END AS n FROM (SELECT papers FROM main.exam) AS exam WHERE (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 0 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((COALESCE(SUM(papers) FILTER(WHERE NOT papers IS NULL), 0) = 0 OR COALESCE(SUM(papers) FILTER(WHERE NOT papers IS NULL), 0) >= 10)) AS withheld_0 FROM (SELECT papers FROM main.exam) AS exam WHERE (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 0) AS withheld_from) AS withheld;

-- A median of counts
SELECT max(absent) FILTER (WHERE papers > 50) AS n FROM exam;
-- becomes
SELECT CASE WHEN (MAX(absent) FILTER(WHERE (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 50) = 0 OR MAX(absent) FILTER(WHERE (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 50) >= 10) THEN MAX(absent) FILTER(WHERE (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 50) END AS n FROM (SELECT papers, absent FROM main.exam) AS exam LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(withheld_0), 0) FROM (SELECT NOT ((MAX(absent) FILTER(WHERE (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 50) = 0 OR MAX(absent) FILTER(WHERE (CASE WHEN papers BETWEEN 1 AND 9 THEN 9 ELSE papers END) > 50) >= 10)) AS withheld_0 FROM (SELECT papers, absent FROM main.exam) AS exam) AS withheld_from) AS withheld;

-- A sum chosen by a count alone
SELECT sum(girls) FILTER (WHERE pupils) AS n FROM stat;
-- becomes
SELECT CASE WHEN (SUM(girls) FILTER(WHERE (CASE WHEN pupils BETWEEN 1 AND 9 THEN 9 ELSE pupils END)) = 0 OR SUM(girls) FILTER(WHERE (CASE WHEN pupils BETWEEN 1 AND 9 THEN 9 ELSE pupils END)) >= 10) THEN SUM(girls) FILTER(WHERE (CASE WHEN pupils BETWEEN 1 AND 9 THEN 9 ELSE pupils END)) END AS n FROM (SELECT pupils, girls FROM main.stat) AS stat LIMIT 1000;
