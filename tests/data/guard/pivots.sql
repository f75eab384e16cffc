-- Only a grouped query is turned
-- as province:HN
PIVOT (SELECT level, school_type, school_id FROM schools) ON school_type USING count(school_id) GROUP BY level;
-- becomes
SELECT * FROM (PIVOT (SELECT level, school_type, COUNT(school_id) AS value_1 FROM (SELECT level, school_type, school_id FROM (SELECT school_id, level, school_type FROM main.schools WHERE province_code IN ('HN')) AS schools) AS _ts1 GROUP BY level, school_type) ON school_type USING COALESCE(SUM(value_1), 0) GROUP BY level) LIMIT 1000;

-- A table may be named, values listed and cells named
PIVOT schools ON school_type IN ('public', 'private') USING count(*) AS n, max(opened_year) AS y GROUP BY level;
-- becomes
SELECT * FROM (PIVOT (SELECT level, school_type, COUNT(*) AS value_1, MAX(opened_year) AS value_2 FROM (SELECT level, school_type, opened_year FROM main.schools) AS schools GROUP BY level, school_type) ON school_type IN ('public', 'private') USING COALESCE(SUM(value_1), 0) AS "n", FIRST(value_2) AS "y" GROUP BY level) LIMIT 1000;

-- Small groups of persons never reach the frame
PIVOT pupils ON gender USING count(*) GROUP BY status;
-- becomes
SELECT * FROM (PIVOT (SELECT _tg2 AS status, _tg3 AS gender, _ta4 AS value_1 FROM (SELECT _tg2, _tg3, _ta4 FROM (SELECT status AS _tg2, gender AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta4 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY status, gender) AS _tq6 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg3) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg2) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1)) AS _tr7) ON gender USING COALESCE(SUM(value_1), NULL) GROUP BY status) LIMIT 1000;

-- Personal values as column names
PIVOT pupils ON full_name USING count(*) GROUP BY gender;
-- refused query_column_personal

-- Grouping by whatever is left
PIVOT pupils ON gender USING count(*);
-- refused query_pivot_refused

-- An expression is turned
PIVOT schools ON lower(level) USING count(*) GROUP BY district;
-- refused query_pivot_refused

-- Inside FROM
SELECT * FROM (PIVOT schools ON school_type USING count(*) GROUP BY level);
-- refused query_node_refused

-- The standard form
SELECT * FROM schools PIVOT (count(*) FOR school_type IN ('public', 'private'));
-- refused query_node_refused

-- UNPIVOT
UNPIVOT schools ON level, district INTO NAME a VALUE b;
-- refused query_pivot_refused

-- A pivot by a column of a table
PIVOT schools ON schools.level USING count(*) GROUP BY district;
-- refused query_pivot_refused

-- A pivot of an expression
PIVOT schools ON upper(level) USING count(*) GROUP BY district;
-- refused query_pivot_refused

-- Two pivoted values
PIVOT schools ON level USING count(*) AS n, max(opened_year) AS m GROUP BY district;
-- becomes
SELECT * FROM (PIVOT (SELECT district, level, COUNT(*) AS value_1, MAX(opened_year) AS value_2 FROM (SELECT level, district, opened_year FROM main.schools) AS schools GROUP BY district, level) ON level USING COALESCE(SUM(value_1), 0) AS "n", FIRST(value_2) AS "m" GROUP BY district) LIMIT 1000;

-- A pivot without a value
PIVOT schools ON level GROUP BY district;
-- refused query_pivot_refused

-- A pivot of two columns
PIVOT schools ON level, district USING count(*) GROUP BY commune;
-- refused query_pivot_refused

-- Values under a name with spaces
PIVOT schools ON school_type USING count(*) AS "số trường", max(opened_year) AS "năm mới nhất" GROUP BY level;
-- becomes
SELECT * FROM (PIVOT (SELECT level, school_type, COUNT(*) AS value_1, MAX(opened_year) AS value_2 FROM (SELECT level, school_type, opened_year FROM main.schools) AS schools GROUP BY level, school_type) ON school_type USING COALESCE(SUM(value_1), 0) AS "số trường", FIRST(value_2) AS "năm mới nhất" GROUP BY level) LIMIT 1000;

-- Rows by a column of a table
PIVOT schools ON school_type USING count(*) GROUP BY schools.level;
-- refused query_pivot_refused

-- Rows by an expression
PIVOT schools ON school_type USING count(*) GROUP BY lower(level);
-- refused query_pivot_refused

-- Two values without names are called as they are written
PIVOT schools ON level USING count(*), max(opened_year) GROUP BY district;
-- becomes
SELECT * FROM (PIVOT (SELECT district, level, COUNT(*) AS value_1, MAX(opened_year) AS value_2 FROM (SELECT level, district, opened_year FROM main.schools) AS schools GROUP BY district, level) ON level USING COALESCE(SUM(value_1), 0) AS "count(*)", FIRST(value_2) AS "max(opened_year)" GROUP BY district) LIMIT 1000;
