-- A table becomes its permitted columns and the caller's rows
-- as province:HN
SELECT count(*) FROM schools;
-- becomes
SELECT COUNT(*) FROM (SELECT school_id FROM main.schools WHERE province_code IN ('HN')) AS schools LIMIT 1000;

-- Two territories
-- as province:HN,SG
SELECT count(*) FROM schools;
-- becomes
SELECT COUNT(*) FROM (SELECT school_id FROM main.schools WHERE province_code IN ('HN', 'SG')) AS schools LIMIT 1000;

-- Shared tables are read whole
-- as province:HN
SELECT province_name FROM provinces;
-- becomes
SELECT province_name FROM (SELECT province_name FROM main.provinces) AS provinces LIMIT 1000;

-- The national role reads all rows
SELECT level FROM schools;
-- becomes
SELECT level FROM (SELECT level FROM main.schools) AS schools LIMIT 1000;

-- Both sides of an outer join are narrowed
-- as province:HN
SELECT count(*) FROM schools AS s LEFT JOIN classes AS c ON c.school_id = s.school_id;
-- becomes
SELECT COUNT(*) FROM (SELECT school_id FROM main.schools WHERE province_code IN ('HN')) AS s LEFT JOIN (SELECT school_id FROM main.classes WHERE province_code IN ('HN')) AS c ON c.school_id = s.school_id LIMIT 1000;

-- Every branch is narrowed
-- as province:HN
SELECT count(*) FROM schools UNION ALL SELECT count(*) FROM classes;
-- becomes
SELECT COUNT(*) FROM (SELECT school_id FROM main.schools WHERE province_code IN ('HN')) AS schools UNION ALL SELECT COUNT(*) FROM (SELECT class_id FROM main.classes WHERE province_code IN ('HN')) AS classes LIMIT 1000;

-- A CTE with the name of a table reads the table inside and is renamed outside
-- as province:HN
WITH schools AS (SELECT level FROM schools) SELECT count(*) FROM schools;
-- becomes
WITH _tc1 AS (SELECT level FROM (SELECT level FROM main.schools WHERE province_code IN ('HN')) AS schools) SELECT COUNT(*) FROM _tc1 AS schools LIMIT 1000;

-- A CTE further on is not visible yet
-- as province:HN
WITH a AS (SELECT count(*) AS n FROM schools), schools AS (SELECT 1 AS n) SELECT n FROM a;
-- becomes
WITH a AS (SELECT COUNT(*) AS n FROM (SELECT school_id FROM main.schools WHERE province_code IN ('HN')) AS schools), _tc1 AS (SELECT 1 AS n) SELECT n FROM a LIMIT 1000;

-- The default schema may be written
-- as province:HN
SELECT count(*) FROM main.schools;
-- becomes
SELECT COUNT(*) FROM (SELECT school_id FROM main.schools WHERE province_code IN ('HN')) AS schools LIMIT 1000;

-- An unknown table
SELECT * FROM users;
-- refused query_table_unknown

-- Another schema
SELECT * FROM staging.schools;
-- refused query_table_unknown

-- Another catalogue
SELECT * FROM edu.main.schools;
-- refused query_node_refused

-- A file
SELECT * FROM 'schools.csv';
-- refused query_table_unknown

-- A quoted file
SELECT * FROM "schools.parquet";
-- refused query_table_unknown

-- System tables
SELECT * FROM information_schema.tables;
-- refused query_table_unknown

-- Columns renamed by position
SELECT c FROM schools AS t(a, b, c);
-- refused query_columns_renamed

-- A recursive CTE with the name of a table
WITH RECURSIVE schools AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM schools WHERE n < 5) SELECT n FROM schools;
-- refused query_cte_shadows

-- A natural join of schools
SELECT count(*) AS n FROM schools NATURAL JOIN classes;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_id, province_code, school_name, level, school_type, district, commune, is_ethnic_boarding, opened_year FROM main.schools) AS schools NATURAL JOIN (SELECT class_id, school_id, province_code, school_year, grade, class_name, homeroom_teacher_id FROM main.classes) AS classes LIMIT 1000;

-- A function as a table
SELECT count(*) AS n FROM unnest([1, 2]) AS t(i);
-- refused query_function_unknown

-- A table in the place of a value
SELECT 1 AS one WHERE 1 IN (schools);
-- refused query_column_unknown

-- A renamed CTE with an alias
WITH pupils AS (SELECT level FROM schools) SELECT a.level FROM pupils AS a;
-- becomes
WITH _tc1 AS (SELECT level FROM (SELECT level FROM main.schools) AS schools) SELECT a.level FROM _tc1 AS a LIMIT 1000;

-- A renamed CTE without one
WITH pupils AS (SELECT level FROM schools) SELECT pupils.level FROM pupils;
-- becomes
WITH _tc1 AS (SELECT level FROM (SELECT level FROM main.schools) AS schools) SELECT pupils.level FROM _tc1 AS pupils LIMIT 1000;

-- A CTE keeps its spelling
WITH Truong AS (SELECT level FROM schools) SELECT count(*) AS n FROM Truong;
-- becomes
WITH Truong AS (SELECT level FROM (SELECT level FROM main.schools) AS schools) SELECT COUNT(*) AS n FROM Truong LIMIT 1000;

-- Two CTEs of one name in two places
WITH a AS (SELECT level FROM schools) SELECT count(*) AS n FROM (WITH a AS (SELECT district FROM schools) SELECT district FROM a) AS t CROSS JOIN a;
-- refused query_cross_join

-- A CTE that reads itself without RECURSIVE
WITH a AS (SELECT n FROM a) SELECT n FROM a;
-- refused query_table_unknown
