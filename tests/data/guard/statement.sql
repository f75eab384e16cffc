-- A pattern may be denied in either way
SELECT count(*) AS n FROM schools WHERE school_name NOT LIKE '%A%' AND NOT school_type ILIKE 'b%';
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_name, school_type FROM main.schools) AS schools WHERE school_name NOT LIKE '%A%' AND NOT school_type ILIKE 'b%' LIMIT 1000;

-- FROM may come first
FROM schools SELECT count(*);
-- becomes
SELECT COUNT(*) FROM (SELECT school_id FROM main.schools) AS schools LIMIT 1000;

-- A window, QUALIFY and ROLLUP over schools stay as they are
SELECT level, count(*) AS n FROM schools GROUP BY ROLLUP (level) QUALIFY row_number() OVER (ORDER BY count(*)) <= 3;
-- becomes
SELECT level, COUNT(*) AS n FROM (SELECT level FROM main.schools) AS schools GROUP BY ROLLUP (level) QUALIFY ROW_NUMBER() OVER (ORDER BY COUNT(*)) <= 3 LIMIT 1000;

-- Writing
DELETE FROM pupils;
-- refused query_not_select

-- Writing inside a CTE
WITH d AS (DELETE FROM pupils RETURNING *) SELECT count(*) FROM d;
-- refused query_node_refused

-- Configuration
SET enable_external_access = true;
-- refused query_not_select

-- Metadata inside FROM
SELECT * FROM (SUMMARIZE pupils);
-- refused query_node_refused

-- Nothing selected
SELECT ALL FROM schools;
-- refused query_unreadable

-- SELECT INTO
SELECT level INTO x FROM schools;
-- refused query_node_refused

-- Row locks
SELECT level FROM schools FOR UPDATE;
-- refused query_node_refused

-- A sample
SELECT level FROM schools USING SAMPLE 10 ROWS;
-- refused query_node_refused

-- A positional column
SELECT #1 FROM schools;
-- refused query_node_refused

-- Columns by pattern
SELECT COLUMNS('nat.*') FROM pupils;
-- refused query_function_unknown

-- A star that renames
SELECT * RENAME (school_id AS a) FROM schools;
-- refused query_node_refused

-- A star that leaves out
SELECT * EXCLUDE (school_id) FROM schools;
-- refused query_node_refused

-- A method chain
SELECT school_name.upper() FROM schools;
-- refused query_node_refused

-- A field of a field
SELECT (s).level FROM schools s;
-- refused query_node_refused

-- A subscript
SELECT school_name[1:3] FROM schools;
-- refused query_node_refused

-- A struct
SELECT {'a': level} FROM schools;
-- refused query_node_refused

-- A parameter
SELECT level FROM schools WHERE school_id = ?;
-- refused query_node_refused

-- A positional join
SELECT count(*) FROM schools POSITIONAL JOIN classes;
-- refused query_join_refused

-- A catalogue cast
SELECT 'pupils'::regclass;
-- refused query_node_refused

-- LIMIT with a percentage
SELECT level FROM schools LIMIT 50%;
-- refused query_node_refused

-- Time travel
SELECT level FROM schools AT (VERSION => 1);
-- refused query_node_refused

-- A quantile of schools from above
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY opened_year DESC) AS m FROM schools;
-- becomes
SELECT QUANTILE_CONT(opened_year, 0.5 ORDER BY opened_year DESC) AS m FROM (SELECT opened_year FROM main.schools) AS schools LIMIT 1000;

-- Letters beyond ASCII keep their case
SELECT level AS Đỗ FROM schools ORDER BY Đỗ;
-- becomes
SELECT level AS Đỗ FROM (SELECT level FROM main.schools) AS schools ORDER BY Đỗ LIMIT 1000;

-- A unit nobody listed
SELECT date_trunc('month', current_date) AS d, current_date + INTERVAL 3 fortnights AS e;
-- refused query_node_refused

-- A star inside a function
SELECT max(*) AS n FROM schools;
-- refused query_node_refused

-- A name of blanks
SELECT level AS " " FROM schools;
-- refused query_node_refused

-- Windows with a name
SELECT level, rank() OVER w AS r FROM schools WINDOW w AS (ORDER BY school_id);
-- becomes
SELECT level, RANK() OVER w AS r FROM (SELECT school_id, level FROM main.schools) AS schools WINDOW w AS (ORDER BY school_id) LIMIT 1000;

-- A window on another
SELECT level, rank() OVER (w ORDER BY school_id) AS r FROM schools WINDOW w AS (PARTITION BY level);
-- becomes
SELECT level, RANK() OVER (w ORDER BY school_id) AS r FROM (SELECT school_id, level FROM main.schools) AS schools WINDOW w AS (PARTITION BY level) LIMIT 1000;

-- A type that is not listed
SELECT CAST(school_name AS GEOMETRY) FROM schools;
-- refused query_cast_refused

-- A query in brackets
((SELECT level FROM schools));
-- becomes
SELECT level FROM (SELECT level FROM main.schools) AS schools LIMIT 1000;

-- A query in brackets with a name
(SELECT level FROM schools) AS t;
-- refused query_not_select
