-- A personal column shown
SELECT full_name FROM pupils;
-- refused query_column_personal

-- A personal column in a condition
SELECT count(*) FROM pupils WHERE national_id LIKE '0012%';
-- refused query_column_personal

-- A personal column in USING
SELECT count(*) FROM pupils JOIN teachers USING (national_id);
-- refused query_column_personal

-- A personal column behind an alias
SELECT x FROM (SELECT phone AS x FROM pupils) AS t;
-- refused query_column_personal

-- Quotes and capitals do not matter
SELECT "NATIONAL_ID" FROM "PuPiLs";
-- refused query_column_personal

-- An unknown column
SELECT rowid FROM schools;
-- refused query_column_unknown

-- A whole row
SELECT s FROM schools AS s;
-- refused query_row_whole

-- A column of a neighbour in FROM
SELECT count(*) FROM schools AS s, (SELECT s.level AS l) AS t;
-- refused query_column_unknown

-- A personal column behind its own name
SELECT upper(full_name) AS full_name FROM pupils;
-- refused query_column_personal

-- An unknown column behind its own name
SELECT upper(nowhere) AS nowhere FROM schools;
-- refused query_column_unknown

-- A column that a subquery does not give
SELECT q.nosuch, count(*) AS n FROM (SELECT level FROM enrollments) AS q GROUP BY 1;
-- refused query_column_unknown
