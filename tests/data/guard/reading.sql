-- A comment is dropped when the statement is written anew
SELECT count(*) FROM schools -- ; DROP TABLE pupils;
-- becomes
SELECT COUNT(*) FROM (SELECT school_id FROM main.schools) AS schools LIMIT 1000;

-- Words and semicolons inside a text value are data
SELECT count(*) FROM schools WHERE school_name <> 'a; DROP TABLE pupils';
-- becomes
SELECT COUNT(*) FROM (SELECT school_name FROM main.schools) AS schools WHERE school_name <> 'a; DROP TABLE pupils' LIMIT 1000;

-- A single semicolon at the end is normal
SELECT count(*) FROM schools;
-- becomes
SELECT COUNT(*) FROM (SELECT school_id FROM main.schools) AS schools LIMIT 1000;

-- Two statements
SELECT 1; SELECT full_name FROM pupils;
-- refused query_many_statements

-- Nothing
-- nothing
-- refused query_empty

-- A zero-width space inside a name
SELECT nat{U+200B}ional_id FROM pupils;
-- refused query_hidden_characters

-- A right-to-left override inside a text value
SELECT count(*) FROM schools WHERE school_name = '{U+202E}abc';
-- refused query_hidden_characters

-- A tag character
SELECT count(*) FROM schools WHERE school_name = 'a{U+E0041}';
-- refused query_hidden_characters

-- Text that is no SQL
SEL/**/ECT full_name FROM pupils;
-- refused query_unreadable

-- A comment that never ends
SELECT count(*) FROM pupils WHERE 1=1 /*
-- refused query_unreadable

-- Brackets nested beyond reading
SELECT ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))));
-- refused query_too_deep

-- Joins are counted before they are read
SELECT count(*) AS n FROM schools JOIN schools JOIN schools JOIN schools JOIN schools JOIN schools JOIN schools JOIN schools JOIN schools JOIN schools;
-- refused query_too_many

-- A bell
SELECT count(*) FROM schools WHERE school_name = 'a{U+0007}';
-- refused query_hidden_characters
