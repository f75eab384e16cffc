-- Functions are known by one name however they are written
SELECT ifnull(max(opened_year), 0) FROM schools;
-- becomes
SELECT COALESCE(MAX(opened_year), 0) FROM (SELECT opened_year FROM main.schools) AS schools LIMIT 1000;

-- percentile_cont in its standard form
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY opened_year) FROM schools;
-- becomes
SELECT QUANTILE_CONT(opened_year, 0.5) FROM (SELECT opened_year FROM main.schools) AS schools LIMIT 1000;

-- if() becomes CASE
SELECT sum(if(level = 'TH', 1, 0)) FROM schools;
-- becomes
SELECT SUM(CASE WHEN level = 'TH' THEN 1 ELSE 0 END) FROM (SELECT level FROM main.schools) AS schools LIMIT 1000;

-- A function nobody reviewed
SELECT getenv('HOME');
-- refused query_function_unknown

-- Under a schema
SELECT main.getenv('HOME');
-- refused query_node_refused

-- Quoted
SELECT "getenv"('HOME');
-- refused query_function_unknown

-- A comment before the bracket
SELECT getenv/**/('HOME');
-- refused query_function_unknown

-- A reader in FROM
SELECT * FROM read_csv('/etc/passwd');
-- refused query_function_unknown

-- SQL in a string
SELECT * FROM query('SELECT 1');
-- refused query_function_unknown

-- A function with a class of its own in the parser
SELECT version();
-- refused query_function_unknown

-- A string of two gigabytes
SELECT repeat('a', 2000000000);
-- refused query_function_unknown

-- A list of values
SELECT list(level) FROM schools;
-- refused query_function_unknown

-- A quantile in two orders
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY opened_year, school_id) AS m FROM schools;
-- refused query_unreadable

-- A quantile of an order of its own
SELECT quantile_cont(opened_year, 0.5) WITHIN GROUP (ORDER BY school_id) AS m FROM schools;
-- refused query_unreadable

-- if() without an else
SELECT if(level = 'TH', 1) AS n FROM schools;
-- becomes
SELECT CASE WHEN level = 'TH' THEN 1 END AS n FROM (SELECT level FROM main.schools) AS schools LIMIT 1000;

-- if() of three
SELECT count(if(level = 'TH', 1, NULL)) AS n FROM schools;
-- becomes
SELECT COUNT(CASE WHEN level = 'TH' THEN 1 ELSE NULL END) AS n FROM (SELECT level FROM main.schools) AS schools LIMIT 1000;

-- Columns in capitals, and of another table
SELECT S.LEVEL, "S"."District" FROM schools AS s;
-- becomes
SELECT s.level, "s".district FROM (SELECT level, district FROM main.schools) AS s LIMIT 1000;

-- Columns nobody has keep their case
SELECT N FROM (SELECT 1 AS N) AS t;
-- becomes
SELECT N FROM (SELECT 1 AS N) AS t LIMIT 1000;
