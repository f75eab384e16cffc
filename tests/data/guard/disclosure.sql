-- Groups of persons are counted and small ones dropped
-- as province:HN
SELECT gender, count(*) AS n FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils WHERE province_code IN ('HN')) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- A single value
SELECT avg(score) FROM exam_scores;
-- becomes
SELECT _ta2 AS "avg(score)" FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, AVG(score) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT score IS NULL) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A share needs enough persons on both sides
SELECT 100.0 * count(*) FILTER (WHERE left_reason = 'dropout') / count(*) AS share FROM enrollments;
-- becomes
SELECT 100.0 * _ta2 / _ta3 AS share FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 - _tn5 >= 5 AND _tn4 >= 5 THEN _ta2 END AS _ta2, CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "enrollments"."_tk1") AS _tn4, COUNT(*) FILTER(WHERE left_reason = 'dropout') AS _ta2, COUNT(DISTINCT "enrollments"."_tk1") FILTER(WHERE left_reason = 'dropout') AS _tn5, COUNT(*) AS _ta3 FROM (SELECT pupil_id, left_reason, pupil_id AS _tk1 FROM main.enrollments) AS enrollments) AS _tq6) AS _tr7 LIMIT 1000;

-- Sizes that are only averaged stay inside
SELECT avg(n) FROM (SELECT class_id, count(*) AS n FROM enrollments GROUP BY class_id) AS t;
-- becomes
SELECT _ta3 AS "avg(n)" FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn4, AVG(n) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT n IS NULL), 0) AS _tn5 FROM (SELECT class_id, COUNT(*) AS n, COUNT(DISTINCT "enrollments"."_tk1") AS _tn2 FROM (SELECT pupil_id, class_id, pupil_id AS _tk1 FROM main.enrollments) AS enrollments GROUP BY class_id) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- Sizes that are compared are released first
SELECT max(n) FROM (SELECT class_id, count(*) AS n FROM enrollments GROUP BY class_id) AS t;
-- becomes
SELECT MAX(n) FROM (SELECT _tg2 AS class_id, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT class_id AS _tg2, COUNT(DISTINCT "enrollments"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, class_id, pupil_id AS _tk1 FROM main.enrollments) AS enrollments GROUP BY class_id) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS t LIMIT 1000;

-- One row a person passes on the key
SELECT avg(m) FROM (SELECT pupil_id, avg(score) AS m FROM exam_scores GROUP BY pupil_id) AS t;
-- becomes
SELECT _ta3 AS "avg(m)" FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn4, AVG(m) AS _ta3, COUNT(DISTINCT "t"."_tk2") FILTER(WHERE NOT m IS NULL) AS _tn5 FROM (SELECT pupil_id, AVG(score) AS m, pupil_id AS _tk2 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores GROUP BY pupil_id) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- Schools chosen by their teachers
SELECT count(*) FROM schools AS s WHERE NOT EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id AND t.subject = 'Tin học');
-- becomes
SELECT _ta2 AS "count(*)" FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, COUNT(*) FILTER(WHERE NOT EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id AND t.subject = 'Tin học')) AS _ta2, COUNT(*) FILTER(WHERE NOT EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id AND t.subject = 'Tin học')) AS _tn4, COUNT(*) FILTER(WHERE NOT EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id AND t.subject = 'Tin học')) AS _tn5, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id AND t.subject = 'Tin học'))))), 0) AS _tn6 FROM (SELECT school_id FROM main.schools) AS s WHERE TRUE) AS _tq7) AS _tr8 LIMIT 1000;

-- Names of the output may be used in WHERE
SELECT date_trunc('month', registered_on) AS m, count(*) AS n FROM exam_registrations WHERE m >= DATE '2025-05-01' GROUP BY m;
-- becomes
SELECT _tg2 AS m, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT DATE_TRUNC('MONTH', registered_on) AS _tg2, COUNT(DISTINCT "exam_registrations"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, registered_on, pupil_id AS _tk1 FROM main.exam_registrations) AS exam_registrations WHERE (DATE_TRUNC('MONTH', registered_on)) >= CAST('2025-05-01' AS DATE) GROUP BY DATE_TRUNC('MONTH', registered_on)) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- Rows about persons
SELECT gender, birth_year FROM pupils;
-- refused query_person_rows

-- All columns of persons
SELECT * FROM pupils LIMIT 20;
-- refused query_person_rows

-- A key compared with a value
SELECT avg(monthly_income) FROM graduates_employment WHERE pupil_id = 12345;
-- refused query_person_key

-- A key left out
SELECT avg(gpa) FROM report_cards WHERE pupil_id NOT IN (5);
-- refused query_person_key

-- A key met with a value through USING
SELECT count(*) FROM pupils JOIN (VALUES (5)) AS v(pupil_id) USING (pupil_id);
-- refused query_person_key

-- A key shown
SELECT class_name, homeroom_teacher_id FROM classes;
-- refused query_person_key

-- Values of persons copied by a window
SELECT avg(f) FROM (SELECT first_value(score) OVER (PARTITION BY subject ORDER BY score) AS f FROM exam_scores) AS t;
-- refused query_person_window

-- A sum that hides a condition in arithmetic
SELECT sum(1 - abs(sign(school_id - 101))) FROM pupils;
-- refused query_aggregate_refused

-- A sum over a value made elsewhere
SELECT sum(x) FROM (SELECT CASE WHEN score > 9 THEN score ELSE 1 END AS x FROM exam_scores) AS t;
-- refused query_aggregate_refused

-- An extreme of nothing
SELECT max() FROM pupils;
-- refused query_aggregate_refused

-- One value picked from many
SELECT any_value(birth_year) FROM pupils;
-- refused query_aggregate_refused

-- Does such a person exist
SELECT school_name FROM schools AS s WHERE EXISTS (SELECT 1 FROM pupils AS p WHERE p.school_id = s.school_id AND p.ethnicity = 'La Hủ');
-- refused query_person_exists

-- A product of large tables
SELECT count(*) FROM pupils, teachers;
-- refused query_cross_join

-- Different persons in one row
SELECT avg(m) FROM (SELECT e.pupil_id, max(p.birth_year) AS m FROM exam_scores AS e JOIN pupils AS p ON p.province_code = e.province_code GROUP BY e.pupil_id) AS t;
-- refused query_person_mixed

-- A position that is no column
SELECT gender, count(*) AS n FROM pupils GROUP BY 7;
-- refused query_column_unknown

-- A position written as text groups by the text
SELECT gender, count(*) AS n FROM pupils GROUP BY gender, 'x';
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- All that is not aggregated
SELECT gender, count(*) AS n FROM pupils GROUP BY ALL;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- Totals over an expression
SELECT lower(gender) AS g, count(*) AS n FROM pupils GROUP BY ROLLUP (lower(gender));
-- becomes
SELECT _tg2 AS g, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT LOWER(gender) AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3, GROUPING(LOWER(gender)) AS _tn5 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY ROLLUP (LOWER(gender))) AS _tq6 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER (PARTITION BY _tn5) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tn5, NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1) AND NOT (_tn5 > 0 AND COUNT_IF(NOT (_tn4 >= 5)) OVER () > 0)) AS _tr7 LIMIT 1000;

-- Totals over a position and an alias
SELECT gender AS g, status, count(*) AS n FROM pupils GROUP BY ROLLUP (g, 2);
-- becomes
SELECT _tg2 AS g, _tg3 AS status, _ta4 AS n FROM (SELECT _tg2, _tg3, _ta4 FROM (SELECT gender AS _tg2, status AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta4, GROUPING(gender, status) AS _tn6 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY ROLLUP (gender, status)) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg3, _tn6) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, _tn6, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg2, _tn6) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, _tn6, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (_tn6 > 0 AND COUNT_IF(NOT (_tn5 >= 5)) OVER () > 0)) AS _tr8 LIMIT 1000;

-- Which row is a total may be asked
SELECT gender, grouping(gender) AS total, count(*) AS n FROM pupils GROUP BY ROLLUP (gender);
-- becomes
SELECT _tg2 AS gender, _ta3 AS total, _ta4 AS n FROM (SELECT _tg2, _ta3, _ta4 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, GROUPING(gender) AS _ta3, COUNT(*) AS _ta4, GROUPING(gender) AS _tn6 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY ROLLUP (gender)) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tn6) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tn6, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2) = 1) AND NOT (_tn6 > 0 AND COUNT_IF(NOT (_tn5 >= 5)) OVER () > 0)) AS _tr8 LIMIT 1000;

-- A person's key compared with a value
SELECT count(*) AS n FROM pupils WHERE pupil_id > 5;
-- refused query_person_key

-- A person's key in brackets
SELECT count(*) AS n FROM pupils WHERE (pupil_id) = 5;
-- refused query_person_key

-- Different persons may be counted
SELECT count(DISTINCT pupil_id) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, COUNT(DISTINCT pupil_id) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT pupil_id IS NULL) AS _tn4 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A key may be present
SELECT count(*) AS n FROM classes WHERE homeroom_teacher_id IS NULL;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT homeroom_teacher_id FROM main.classes) AS classes WHERE homeroom_teacher_id IS NULL LIMIT 1000;

-- Rows of a person may be ranked by the person
SELECT avg(r) AS m FROM (SELECT pupil_id, rank() OVER (PARTITION BY pupil_id ORDER BY score) AS r FROM exam_scores) AS t;
-- refused query_aggregate_refused

-- Only ranked
SELECT avg(f) AS m FROM (SELECT pupil_id, lag(score) OVER (PARTITION BY pupil_id ORDER BY score) AS f FROM exam_scores) AS t;
-- refused query_person_key

-- A natural join of a person's key
SELECT subject, count(*) AS n FROM exam_scores NATURAL JOIN pupils GROUP BY subject;
-- becomes
SELECT _tg3 AS subject, _ta4 AS n FROM (SELECT _tg3, _ta4 FROM (SELECT subject AS _tg3, COUNT(DISTINCT "exam_scores"."_tk1") AS _tn5, COUNT(DISTINCT "pupils"."_tk2") AS _tn6, COUNT(*) AS _ta4 FROM (SELECT score_id, registration_id, pupil_id, province_code, exam_year, subject, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores NATURAL JOIN (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk2 FROM main.pupils) AS pupils GROUP BY subject) AS _tq7 QUALIFY _tn5 >= 10 AND _tn6 >= 10 AND NOT (COUNT_IF(NOT (_tn5 >= 10 AND _tn6 >= 10)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 10 AND _tn6 >= 10) ORDER BY _tn5, _tn6, _tg3) = 1)) AS _tr8 LIMIT 1000;

-- A key joined by name to what is none
SELECT count(*) AS n FROM pupils JOIN (SELECT 5 AS pupil_id) AS x USING (pupil_id);
-- refused query_person_key

-- A value beside a released group that reads its row
SELECT school_id, (SELECT max(c.grade) FROM classes AS c WHERE c.school_id = p.school_id) AS g, count(*) AS n FROM pupils AS p GROUP BY school_id;
-- refused query_person_nested

-- A value beside a group of schools that reads its row
SELECT level, (SELECT count(*) FROM classes AS c WHERE c.school_id > s.opened_year) AS g FROM schools AS s GROUP BY level, opened_year;
-- becomes
SELECT level, (SELECT COUNT(*) FROM (SELECT school_id FROM main.classes) AS c WHERE c.school_id > s.opened_year) AS g FROM (SELECT school_id, level, opened_year FROM main.schools) AS s GROUP BY level, opened_year LIMIT 1000;

-- The same person elsewhere
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM exam_scores AS e WHERE e.pupil_id = p.pupil_id AND e.score > 8);
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "p"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS p WHERE EXISTS(SELECT 1 FROM (SELECT pupil_id, score, pupil_id AS _tk2 FROM main.exam_scores) AS e WHERE e.pupil_id = p.pupil_id AND e.score > 8)) AS _tq5) AS _tr6 LIMIT 1000;

-- The same person two levels down
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM exam_registrations AS r WHERE r.pupil_id = p.pupil_id AND EXISTS (SELECT 1 FROM exam_scores AS e WHERE e.pupil_id = p.pupil_id));
-- becomes
SELECT _ta4 AS n FROM (SELECT CASE WHEN _tn5 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT COUNT(DISTINCT "p"."_tk1") AS _tn5, COUNT(*) AS _ta4 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS p WHERE EXISTS(SELECT 1 FROM (SELECT pupil_id, pupil_id AS _tk2 FROM main.exam_registrations) AS r WHERE r.pupil_id = p.pupil_id AND EXISTS(SELECT 1 FROM (SELECT pupil_id, pupil_id AS _tk3 FROM main.exam_scores) AS e WHERE e.pupil_id = p.pupil_id))) AS _tq6) AS _tr7 LIMIT 1000;

-- Looked up among keys
SELECT count(*) AS n FROM pupils WHERE pupil_id IN (SELECT pupil_id FROM exam_scores WHERE score > 8);
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils WHERE pupil_id IN (SELECT pupil_id FROM (SELECT pupil_id, score, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores WHERE score > 8)) AS _tq5) AS _tr6 LIMIT 1000;

-- Looked up among several columns
SELECT count(*) AS n FROM pupils WHERE school_id IN (SELECT school_id FROM teachers WHERE subject = 'Toán');
-- refused query_person_exists

-- A key among what is no key
SELECT count(*) AS n FROM pupils WHERE pupil_id IN (SELECT school_id FROM schools);
-- refused query_person_key

-- What is no key among keys
SELECT count(*) AS n FROM schools WHERE school_id IN (SELECT pupil_id FROM pupils);
-- refused query_person_key

-- An expression among keys
SELECT count(*) AS n FROM pupils WHERE pupil_id + 1 IN (SELECT pupil_id FROM exam_scores);
-- refused query_person_key

-- A mean of the same person
SELECT count(*) AS n FROM pupils AS p WHERE (SELECT avg(e.score) FROM exam_scores AS e WHERE e.pupil_id = p.pupil_id) > 8;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "p"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS p WHERE (SELECT AVG(e.score) FROM (SELECT pupil_id, score, pupil_id AS _tk2 FROM main.exam_scores) AS e WHERE e.pupil_id = p.pupil_id) > 8) AS _tq5) AS _tr6 LIMIT 1000;

-- Schools listed by their persons
SELECT school_id FROM schools AS s WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id);
-- refused query_person_exists

-- Schools chosen by the first of their persons
SELECT count(*) AS n FROM schools AS s WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id LIMIT 1);
-- refused query_person_exists

-- Schools chosen by a number of persons
SELECT count(*) AS n FROM schools AS s WHERE (SELECT count(*) FROM teachers AS t WHERE t.school_id = s.school_id) > 3;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_id FROM main.schools) AS s WHERE (SELECT _ta2 AS "count(*)" FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "t"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AS _tq4) AS _tr5) > 3 LIMIT 1000;

-- Schools chosen by a list
SELECT count(*) AS n FROM schools WHERE school_id IN (SELECT school_id FROM teachers WHERE subject = 'Tin học');
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, COUNT(*) FILTER(WHERE school_id IN (SELECT school_id FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Tin học')) AS _ta2, COUNT(*) FILTER(WHERE school_id IN (SELECT school_id FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Tin học')) AS _tn4, COUNT(*) FILTER(WHERE school_id IN (SELECT school_id FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Tin học')) AS _tn5, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "teachers"."_tk1") FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Tin học' AND school_id = "schools"."school_id"))))), 0) AS _tn6 FROM (SELECT school_id FROM main.schools) AS schools WHERE TRUE) AS _tq7) AS _tr8 LIMIT 1000;

-- Schools chosen by a list without a condition
SELECT count(*) AS n FROM schools WHERE school_id IN (SELECT school_id FROM teachers);
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, COUNT(*) FILTER(WHERE school_id IN (SELECT school_id FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS teachers)) AS _ta2, COUNT(*) FILTER(WHERE school_id IN (SELECT school_id FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS teachers)) AS _tn4, COUNT(*) FILTER(WHERE school_id IN (SELECT school_id FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS teachers)) AS _tn5, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "teachers"."_tk1") FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE school_id = "schools"."school_id"))))), 0) AS _tn6 FROM (SELECT school_id FROM main.schools) AS schools WHERE TRUE) AS _tq7) AS _tr8 LIMIT 1000;

-- Schools chosen by an expression's list
SELECT count(*) AS n FROM schools WHERE school_id + 0 IN (SELECT school_id FROM teachers);
-- refused query_person_exists

-- Schools chosen by a list that hides the school's name
SELECT count(*) AS n FROM schools AS t WHERE school_id IN (SELECT t.school_id FROM teachers AS t);
-- refused query_person_exists

-- Schools chosen twice
SELECT count(*) AS n FROM schools AS s WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id) AND EXISTS (SELECT 1 FROM pupils AS p WHERE p.school_id = s.school_id);
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 AND _tn6 >= 5 AND _tn7 >= 5 AND _tn8 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(*) AS _tn4, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND EXISTS(SELECT 1 FROM (SELECT pupil_id, school_id, pupil_id AS _tk2 FROM main.pupils) AS p WHERE p.school_id = s.school_id)) AS _ta3, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND EXISTS(SELECT 1 FROM (SELECT pupil_id, school_id, pupil_id AS _tk2 FROM main.pupils) AS p WHERE p.school_id = s.school_id)) AS _tn5, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND EXISTS(SELECT 1 FROM (SELECT pupil_id, school_id, pupil_id AS _tk2 FROM main.pupils) AS p WHERE p.school_id = s.school_id)) AS _tn6, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id))))), 0) AS _tn7, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "p"."_tk2") FROM (SELECT pupil_id, school_id, pupil_id AS _tk2 FROM main.pupils) AS p WHERE p.school_id = s.school_id))))), 0) AS _tn8 FROM (SELECT school_id FROM main.schools) AS s WHERE TRUE AND TRUE) AS _tq9) AS _tr10 LIMIT 1000;

-- Chosen schools, filtered
SELECT count(*) FILTER (WHERE level = 'THPT') AS n, level FROM schools AS s WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id) GROUP BY ROLLUP (level) HAVING grouping(level) = 0;
-- becomes
SELECT _ta3 AS n, _tg2 AS level FROM (SELECT _tg2, CASE WHEN _tn6 >= 5 AND _tn5 - _tn6 >= 5 THEN _ta3 END AS _ta3, _ta4 FROM (SELECT level AS _tg2, COUNT(*) AS _tn5, COUNT(*) FILTER(WHERE level = 'THPT' AND EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id)) AS _ta3, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND level = 'THPT') AS _tn6, GROUPING(level) AS _ta4, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id)) AS _tn7, GROUPING(level) AS _tn8, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id))))), 0) AS _tn9 FROM (SELECT school_id, level FROM main.schools) AS s WHERE TRUE GROUP BY ROLLUP (level)) AS _tq10 QUALIFY _tn5 >= 5 AND _tn7 >= 5 AND _tn9 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5 AND _tn7 >= 5 AND _tn9 >= 5)) OVER (PARTITION BY _tn8) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tn8, NOT (_tn5 >= 5 AND _tn7 >= 5 AND _tn9 >= 5) ORDER BY _tn5, _tg2) = 1) AND NOT (_tn8 > 0 AND COUNT_IF(NOT (_tn5 >= 5 AND _tn7 >= 5 AND _tn9 >= 5)) OVER () > 0)) AS _tr11 WHERE _ta4 = 0 LIMIT 1000;

-- Chosen schools by two groups of persons
SELECT count(*) AS n FROM schools AS s WHERE EXISTS (SELECT 1 FROM teachers AS t JOIN pupils AS p ON t.school_id = p.school_id WHERE t.school_id = s.school_id);
-- refused query_person_exists

-- A semi join of persons
SELECT count(*) AS n FROM schools SEMI JOIN teachers ON schools.school_id = teachers.school_id;
-- refused query_person_exists

-- An anti join of schools
SELECT count(*) AS n FROM pupils ANTI JOIN schools ON schools.school_id = pupils.school_id;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils ANTI JOIN (SELECT school_id FROM main.schools) AS schools ON schools.school_id = pupils.school_id) AS _tq4) AS _tr5 LIMIT 1000;

-- Distinct persons' traits are groups
SELECT DISTINCT gender, status FROM pupils;
-- becomes
SELECT _tg2 AS gender, _tg3 AS status FROM (SELECT _tg2, _tg3 FROM (SELECT gender AS _tg2, status AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn4 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender, status) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER (PARTITION BY _tg3) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, NOT (_tn4 >= 5) ORDER BY _tn4, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER (PARTITION BY _tg2) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, NOT (_tn4 >= 5) ORDER BY _tn4, _tg2, _tg3) = 1)) AS _tr6 LIMIT 1000;

-- Distinct of everything
SELECT DISTINCT * FROM pupils;
-- refused query_person_rows

-- Distinct keys are rows about persons
SELECT count(*) AS n FROM (SELECT DISTINCT pupil_id FROM exam_scores) AS t;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "t"."pupil_id") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT DISTINCT pupil_id FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS t) AS _tq4) AS _tr5 LIMIT 1000;

-- Two sums at two places
SELECT (SELECT 1) AS one, n FROM (SELECT gender, count(*) AS n FROM pupils GROUP BY gender) AS a JOIN (SELECT gender AS g, count(*) AS m FROM teachers GROUP BY gender) AS b ON a.gender = b.g;
-- becomes
SELECT (SELECT 1) AS one, n FROM (SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS a JOIN (SELECT _tg8 AS g, _ta9 AS m FROM (SELECT _tg8, _ta9 FROM (SELECT gender AS _tg8, COUNT(DISTINCT "teachers"."_tk7") AS _tn10, COUNT(*) AS _ta9 FROM (SELECT teacher_id, gender, teacher_id AS _tk7 FROM main.teachers) AS teachers GROUP BY gender) AS _tq11 QUALIFY _tn10 >= 5 AND NOT (COUNT_IF(NOT (_tn10 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn10 >= 5) ORDER BY _tn10, _tg8) = 1)) AS _tr12) AS b ON a.gender = b.g LIMIT 1000;

-- A recursion over persons
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5 AND EXISTS (SELECT 1 FROM pupils)) SELECT count(*) AS n FROM r;
-- refused query_person_exists

-- A series without a name
SELECT count(*) AS n FROM range(3);
-- becomes
SELECT COUNT(*) AS n FROM RANGE(0, 3) AS _ts1 LIMIT 1000;

-- A series with a name
SELECT generate_series + 1 AS n FROM generate_series(1, 3) AS g;
-- becomes
SELECT generate_series + 1 AS n FROM GENERATE_SERIES(1, 3) AS g LIMIT 1000;

-- Keys of persons stacked
SELECT count(*) AS n FROM (SELECT pupil_id FROM pupils UNION SELECT pupil_id FROM exam_scores) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."pupil_id") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils UNION SELECT pupil_id FROM (SELECT pupil_id, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores) AS t) AS _tq5) AS _tr6 LIMIT 1000;

-- Rows of persons stacked
SELECT count(*) AS n FROM (SELECT gender FROM pupils UNION ALL SELECT gender FROM teachers) AS t;
-- becomes
SELECT _ta5 AS n FROM (SELECT CASE WHEN _tn6 >= 5 THEN _ta5 END AS _ta5 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn6, COUNT(*) AS _ta5 FROM (SELECT gender, "pupils"."_tk1" AS _tk2 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils UNION ALL SELECT gender, "teachers"."_tk3" AS _tk4 FROM (SELECT teacher_id, gender, teacher_id AS _tk3 FROM main.teachers) AS teachers) AS t) AS _tq7) AS _tr8 LIMIT 1000;

-- Rows of persons and of schools stacked
SELECT count(*) AS n FROM (SELECT gender FROM pupils UNION ALL SELECT level FROM schools) AS t;
-- refused query_person_rows

-- Rows of persons stacked without their doubles
SELECT count(*) AS n FROM (SELECT gender FROM pupils UNION SELECT gender FROM teachers) AS t;
-- refused query_person_rows

-- Stacked rows in the order of a column
SELECT level AS l FROM schools UNION SELECT district FROM schools ORDER BY l;
-- becomes
SELECT level AS l FROM (SELECT level, district FROM main.schools) AS schools UNION SELECT district FROM (SELECT level, district FROM main.schools) AS schools ORDER BY l LIMIT 1000;

-- Stacked rows in an unknown order
SELECT level AS l FROM schools UNION SELECT district FROM schools ORDER BY district;
-- refused query_column_unknown

-- Stacked rows in the order of a query
SELECT level AS l FROM schools UNION SELECT district FROM schools ORDER BY (SELECT 1);
-- refused query_column_unknown

-- Everything stacked
SELECT * FROM schools UNION ALL SELECT * FROM schools;
-- becomes
SELECT * FROM (SELECT school_id, province_code, school_name, level, school_type, district, commune, is_ethnic_boarding, opened_year FROM main.schools) AS schools UNION ALL SELECT * FROM (SELECT school_id, province_code, school_name, level, school_type, district, commune, is_ethnic_boarding, opened_year FROM main.schools) AS schools LIMIT 1000;

-- Stacked in brackets
(SELECT level FROM schools) UNION ALL ((SELECT district FROM schools));
-- becomes
(SELECT level FROM (SELECT level, district FROM main.schools) AS schools) UNION ALL ((SELECT district FROM (SELECT level, district FROM main.schools) AS schools)) LIMIT 1000;

-- A star renamed
SELECT a FROM (SELECT * FROM schools) AS t(a);
-- refused query_columns_renamed

-- Columns renamed
SELECT a, district FROM (SELECT level, district FROM schools) AS t(a);
-- becomes
SELECT a, district FROM (SELECT level, district FROM (SELECT level, district FROM main.schools) AS schools) AS t(a) LIMIT 1000;

-- One name twice
SELECT 1 AS n FROM schools AS s JOIN classes AS s ON s.school_id = s.school_id;
-- refused query_alias_twice

-- An alias that hides a column around
SELECT count(*) AS n FROM schools AS s WHERE EXISTS (SELECT c.grade AS level FROM classes AS c WHERE c.school_id = s.school_id AND level > 3);
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_id, level FROM main.schools) AS s WHERE EXISTS(SELECT c.grade AS level FROM (SELECT school_id, grade FROM main.classes) AS c WHERE c.school_id = s.school_id AND level > 3) LIMIT 1000;

-- An alias of its own name
SELECT upper(level) AS level, count(*) AS n FROM schools GROUP BY level;
-- becomes
SELECT UPPER(level) AS level, COUNT(*) AS n FROM (SELECT level FROM main.schools) AS schools GROUP BY level LIMIT 1000;

-- Persons' rows by star beside a sum
SELECT *, count(*) AS n FROM pupils GROUP BY ALL;
-- refused query_person_rows

-- Ordered by a column that is not grouped by
SELECT gender, count(*) AS n FROM pupils GROUP BY gender ORDER BY status;
-- refused query_not_grouped

-- Ordered by an alias, and by a column with an alias' name
SELECT status AS gender, count(*) AS n FROM pupils GROUP BY status ORDER BY gender, n DESC;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT status AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY status) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 ORDER BY gender, n DESC LIMIT 1000;

-- A value in another query's place
SELECT gender, count(*) + (SELECT count(*) FROM schools) AS n FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 + (SELECT COUNT(*) FROM (SELECT school_id FROM main.schools) AS schools) AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- One aggregate twice
SELECT count(*) AS a, count(*) AS b FROM pupils;
-- becomes
SELECT _ta2 AS a, _ta2 AS b FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq4) AS _tr5 LIMIT 1000;

-- Groups without a value
SELECT 1 AS one FROM pupils GROUP BY gender;
-- becomes
SELECT 1 AS one FROM (SELECT _tg2 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq4 QUALIFY _tn3 >= 5 AND NOT (COUNT_IF(NOT (_tn3 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn3 >= 5) ORDER BY _tn3, _tg2) = 1)) AS _tr5 LIMIT 1000;

-- Groups by nothing
SELECT 1 AS one FROM pupils GROUP BY ();
-- becomes
SELECT 1 AS one FROM (SELECT TRUE AS _ta3 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq4) AS _tr5 LIMIT 1000;

-- A quantile of persons in its order
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY score) AS m FROM exam_scores;
-- becomes
SELECT _ta2 AS m FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, QUANTILE_CONT(score, 0.5) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT score IS NULL) AS _tn4, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT score IS NULL) * 0.500000 AS _tn5 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq6) AS _tr7 LIMIT 1000;

-- A quantile of persons from above
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY score DESC) AS m FROM exam_scores;
-- refused query_aggregate_refused

-- Different values of a column
SELECT count(DISTINCT school_id) AS n FROM pupils;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(DISTINCT school_id) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT school_id IS NULL) AS _tn4 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq5) AS _tr6 LIMIT 1000;

-- Different values of two columns
SELECT count(DISTINCT (school_id, gender)) AS n FROM pupils;
-- refused query_aggregate_refused

-- Roughly different values
SELECT approx_count_distinct(school_id) AS n FROM pupils;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, APPROX_COUNT_DISTINCT(school_id) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT school_id IS NULL) AS _tn4 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq5) AS _tr6 LIMIT 1000;

-- A count of a computed value
SELECT count(CASE WHEN score > 8 THEN 1 END) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, COUNT(CASE WHEN score > 8 THEN 1 END) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT CASE WHEN score > 8 THEN 1 END IS NULL) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- The largest of something chosen
SELECT max(CASE WHEN score > 8 THEN score END) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A quantile at a column
SELECT quantile_cont(score, exam_year) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A mean of a truth
SELECT avg(score > 8) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, AVG(score > 8) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE (score > 8) <> 0) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A mean of a cast value
SELECT avg(CAST(score AS DOUBLE)) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, AVG(CAST(score AS DOUBLE)) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT CAST(score AS DOUBLE) IS NULL) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of a scaled difference
SELECT avg((2026 - birth_year) * 2) AS a, avg(-birth_year) AS b, avg(2 * (birth_year + 1)) AS c FROM pupils;
-- becomes
SELECT _ta2 AS a, _ta3 AS b, _ta4 AS c FROM (SELECT CASE WHEN _tn6 >= 5 AND _tn5 >= 5 THEN _ta2 END AS _ta2, CASE WHEN _tn7 >= 5 AND _tn5 >= 5 THEN _ta3 END AS _ta3, CASE WHEN _tn8 >= 5 AND _tn5 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn5, AVG((2026 - birth_year) * 2) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT ((2026 - birth_year) * 2) IS NULL) AS _tn6, AVG(-birth_year) AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT (-birth_year) IS NULL) AS _tn7, AVG(2 * (birth_year + 1)) AS _ta4, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT (2 * (birth_year + 1)) IS NULL) AS _tn8 FROM (SELECT pupil_id, birth_year, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq9) AS _tr10 LIMIT 1000;

-- A mean of dates' distance
SELECT avg(date_diff('day', enrolled_on, left_on)) AS n FROM enrollments;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "enrollments"."_tk1") AS _tn3, AVG(DATE_DIFF('DAY', enrolled_on, left_on)) AS _ta2, COUNT(DISTINCT "enrollments"."_tk1") FILTER(WHERE NOT DATE_DIFF('DAY', enrolled_on, left_on) IS NULL) AS _tn4 FROM (SELECT pupil_id, enrolled_on, left_on, pupil_id AS _tk1 FROM main.enrollments) AS enrollments) AS _tq5) AS _tr6 LIMIT 1000;

-- A mean of a year
SELECT avg(year(enrolled_on)) AS n, avg(CAST(birth_year AS DOUBLE) + 1) AS m FROM enrollments JOIN pupils USING (pupil_id);
-- becomes
SELECT _ta3 AS n, _ta4 AS m FROM (SELECT CASE WHEN _tn7 >= 5 AND _tn8 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta3 END AS _ta3, CASE WHEN _tn9 >= 5 AND _tn10 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT COUNT(DISTINCT "enrollments"."_tk1") AS _tn5, COUNT(DISTINCT "pupils"."_tk2") AS _tn6, AVG(YEAR(enrolled_on)) AS _ta3, COUNT(DISTINCT "enrollments"."_tk1") FILTER(WHERE NOT YEAR(enrolled_on) IS NULL) AS _tn7, COUNT(DISTINCT "pupils"."_tk2") FILTER(WHERE NOT YEAR(enrolled_on) IS NULL) AS _tn8, AVG(CAST(birth_year AS DOUBLE) + 1) AS _ta4, COUNT(DISTINCT "enrollments"."_tk1") FILTER(WHERE NOT (CAST(birth_year AS DOUBLE) + 1) IS NULL) AS _tn9, COUNT(DISTINCT "pupils"."_tk2") FILTER(WHERE NOT (CAST(birth_year AS DOUBLE) + 1) IS NULL) AS _tn10 FROM (SELECT pupil_id, enrolled_on, pupil_id AS _tk1 FROM main.enrollments) AS enrollments JOIN (SELECT pupil_id, birth_year, pupil_id AS _tk2 FROM main.pupils) AS pupils USING (pupil_id)) AS _tq11) AS _tr12 LIMIT 1000;

-- A mean of cases without a default
SELECT avg(CASE WHEN gender = 'F' THEN birth_year END) AS n FROM pupils;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, AVG(CASE WHEN gender = 'F' THEN birth_year END) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE CASE WHEN gender = 'F' THEN birth_year END <> 0) AS _tn4 FROM (SELECT pupil_id, birth_year, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of a condition's number
SELECT sum(CASE WHEN gender = 'F' THEN 1 ELSE 0 END) AS n, sum(coalesce(birth_year, 0)) AS m FROM pupils;
-- becomes
SELECT _ta2 AS n, _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 - _tn5 >= 5 AND _tn4 >= 5 THEN _ta2 END AS _ta2, CASE WHEN _tn6 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn4, SUM(CASE WHEN gender = 'F' THEN 1 ELSE 0 END) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE CASE WHEN gender = 'F' THEN 1 ELSE 0 END <> 0) AS _tn5, SUM(COALESCE(birth_year, 0)) AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) AS _tn6 FROM (SELECT pupil_id, birth_year, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq7) AS _tr8 LIMIT 1000;

-- A sum of a product of columns
SELECT sum(birth_year * school_id) AS n FROM pupils;
-- refused query_aggregate_refused

-- A sum of a quotient
SELECT sum(birth_year / 2) AS n, sum(2 / birth_year) AS m FROM pupils;
-- refused query_aggregate_refused

-- A mean of a scaled truth
SELECT avg(100.0 * poor_household) AS n FROM pupils;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 10 AND _tn3 >= 10 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, AVG(100.0 * poor_household) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT (100.0 * poor_household) IS NULL) AS _tn4 FROM (SELECT pupil_id, poor_household, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of a truth made a number
SELECT sum(CAST(poor_household AS INT)) AS n FROM pupils;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 10 AND _tn3 - _tn4 >= 10 AND _tn3 >= 10 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, SUM(CAST(poor_household AS INT)) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE CAST(poor_household AS INT) <> 0) AS _tn4 FROM (SELECT pupil_id, poor_household, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq5) AS _tr6 LIMIT 1000;

-- Sizes read twice are released
WITH g AS (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) SELECT avg(a.n) AS m FROM g AS a JOIN g AS b ON a.school_id = b.school_id;
-- becomes
WITH g AS (SELECT _tg2 AS school_id, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) SELECT AVG(a.n) AS m FROM g AS a JOIN g AS b ON a.school_id = b.school_id LIMIT 1000;

-- Sizes read through a star
SELECT *, avg(n) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t GROUP BY ALL;
-- becomes
SELECT *, AVG(n) AS m FROM (SELECT _tg2 AS school_id, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq5 QUALIFY _tn4 >= 10 AND NOT (COUNT_IF(NOT (_tn4 >= 10)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 10) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS t GROUP BY ALL LIMIT 1000;

-- Sizes added up by chosen schools
SELECT s.level, sum(t.n) FILTER (WHERE s.school_type = 'công lập') AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t JOIN schools AS s ON s.school_id = t.school_id GROUP BY s.level;
-- becomes
SELECT _tg3 AS level, _ta4 AS m FROM (SELECT _tg3, CASE WHEN _tn6 >= 5 AND _tn5 - _tn6 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT s.level AS _tg3, COALESCE(MAX("t"."_tn2"), 0) AS _tn5, SUM(t.n) FILTER(WHERE s.school_type = 'công lập') AS _ta4, COALESCE(MAX("t"."_tn2") FILTER(WHERE s.school_type = 'công lập' AND NOT t.n IS NULL), 0) AS _tn6 FROM (SELECT school_id, COUNT(*) AS n, COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS t JOIN (SELECT school_id, level, school_type FROM main.schools) AS s ON s.school_id = t.school_id GROUP BY s.level) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg3) = 1)) AS _tr8 LIMIT 1000;

-- Sizes joined by a condition on them
SELECT avg(t.n) AS m FROM schools AS s JOIN (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t ON s.school_id = t.school_id AND t.n > 3;
-- becomes
SELECT AVG(t.n) AS m FROM (SELECT school_id FROM main.schools) AS s JOIN (SELECT _tg2 AS school_id, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS t ON s.school_id = t.school_id AND t.n > 3 LIMIT 1000;

-- Sizes under new names
SELECT avg(b) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t(a, b);
-- becomes
SELECT AVG(b) AS m FROM (SELECT _tg2 AS school_id, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS t(a, b) LIMIT 1000;

-- Chosen sizes
SELECT avg(n) AS m FROM (SELECT school_id, count(*) FILTER (WHERE gender = 'F') AS n, avg(birth_year) AS y FROM pupils GROUP BY school_id) AS t;
-- becomes
SELECT AVG(n) AS m FROM (SELECT _tg2 AS school_id, _ta3 AS n, _ta4 AS y FROM (SELECT _tg2, CASE WHEN _tn6 >= 5 AND _tn5 - _tn6 >= 5 THEN _ta3 END AS _ta3, CASE WHEN _tn7 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) FILTER(WHERE gender = 'F') AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE gender = 'F') AS _tn6, AVG(birth_year) AS _ta4, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) AS _tn7 FROM (SELECT pupil_id, school_id, birth_year, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq8 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg2) = 1)) AS _tr9) AS t LIMIT 1000;

-- One person's groups beside others
SELECT avg(n) AS m FROM (SELECT p.pupil_id, count(*) AS n FROM pupils AS p JOIN teachers AS t ON t.school_id = p.school_id GROUP BY p.pupil_id) AS x;
-- refused query_person_mixed

-- The persons' rows of two tables
SELECT p.gender, count(*) AS n FROM pupils AS p JOIN exam_scores AS e ON e.pupil_id = p.pupil_id GROUP BY p.gender;
-- becomes
SELECT _tg3 AS gender, _ta4 AS n FROM (SELECT _tg3, _ta4 FROM (SELECT p.gender AS _tg3, COUNT(DISTINCT "p"."_tk1") AS _tn5, COUNT(DISTINCT "e"."_tk2") AS _tn6, COUNT(*) AS _ta4 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS p JOIN (SELECT pupil_id, pupil_id AS _tk2 FROM main.exam_scores) AS e ON e.pupil_id = p.pupil_id GROUP BY p.gender) AS _tq7 QUALIFY _tn5 >= 5 AND _tn6 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5 AND _tn6 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5 AND _tn6 >= 5) ORDER BY _tn5, _tn6, _tg3) = 1)) AS _tr8 LIMIT 1000;

-- Stars of one of two tables
SELECT t.gender, count(*) AS n FROM (SELECT p.* FROM pupils AS p JOIN schools AS s ON s.school_id = p.school_id) AS t GROUP BY t.gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT t.gender AS _tg2, COUNT(DISTINCT "t"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT p.* FROM (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk1 FROM main.pupils) AS p JOIN (SELECT school_id, province_code, school_name, level, school_type, district, commune, is_ethnic_boarding, opened_year FROM main.schools) AS s ON s.school_id = p.school_id) AS t GROUP BY t.gender) AS _tq5 QUALIFY _tn4 >= 10 AND NOT (COUNT_IF(NOT (_tn4 >= 10)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 10) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- A window over a filtered aggregate
SELECT level, sum(count(*) FILTER (WHERE opened_year > 2000)) OVER (ORDER BY level) AS n FROM schools GROUP BY level;
-- becomes
SELECT level, SUM(COUNT(*) FILTER(WHERE opened_year > 2000)) OVER (ORDER BY level) AS n FROM (SELECT level, opened_year FROM main.schools) AS schools GROUP BY level LIMIT 1000;

-- First values without nulls
SELECT level, first_value(district IGNORE NULLS) OVER (ORDER BY school_id) AS d FROM schools;
-- becomes
SELECT level, FIRST_VALUE(district IGNORE NULLS) OVER (ORDER BY school_id) AS d FROM (SELECT school_id, level, district FROM main.schools) AS schools LIMIT 1000;

-- A round of an unknown number of digits
SELECT avg(r) AS m FROM (SELECT round(score, exam_year) AS r FROM exam_scores) AS t;
-- refused query_aggregate_refused

-- A rounded mean of rounded values
SELECT avg(r) AS m FROM (SELECT round(score, 1) AS r FROM exam_scores) AS t;
-- becomes
SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn4, AVG(r) AS _ta3, COUNT(DISTINCT "t"."_tk2") FILTER(WHERE NOT r IS NULL) AS _tn5 FROM (SELECT ROUND(score, 1) AS r, "exam_scores"."_tk1" AS _tk2 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- A person's key under another name
SELECT count(*) AS n FROM (SELECT pupil_id AS who FROM pupils) AS t;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "t"."who") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id AS who FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS t) AS _tq4) AS _tr5 LIMIT 1000;

-- A person's key shown under another name
SELECT pupil_id AS who FROM pupils;
-- refused query_person_rows

-- A key by its name in the query around
SELECT count(*) AS n FROM (SELECT p.pupil_id AS k, p.gender FROM pupils AS p WHERE EXISTS (SELECT 1 FROM exam_scores AS e WHERE e.pupil_id = k)) AS t;
-- refused query_person_exists

-- A recursion whose step looks at persons
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM (SELECT r.n FROM r JOIN pupils ON TRUE) AS x WHERE n < 5) SELECT count(*) AS n FROM r;
-- refused query_recursion_refused

-- Values without names
SELECT count(*) AS n FROM (VALUES (1), (2)) AS v;
-- refused query_node_refused

-- Values stacked
SELECT 1 AS n UNION ALL (VALUES (1));
-- refused query_node_refused

-- An alias over a column of the query around
SELECT count(*) AS n FROM schools AS s WHERE EXISTS (SELECT upper(level) AS level FROM classes AS c WHERE c.school_id = s.school_id);
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_id, level FROM main.schools) AS s WHERE EXISTS(SELECT UPPER(level) AS level FROM (SELECT school_id FROM main.classes) AS c WHERE c.school_id = s.school_id) LIMIT 1000;

-- Sizes beside a source with a column of the same name
SELECT avg(t.n) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t JOIN (SELECT n, school_id FROM (SELECT school_id, grade AS n FROM classes) AS x) AS u ON u.school_id = t.school_id;
-- becomes
SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn4, AVG(t.n) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT t.n IS NULL), 0) AS _tn5 FROM (SELECT school_id, COUNT(*) AS n, COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS t JOIN (SELECT n, school_id FROM (SELECT school_id, grade AS n FROM (SELECT school_id, grade FROM main.classes) AS classes) AS x) AS u ON u.school_id = t.school_id) AS _tq6) AS _tr7 LIMIT 1000;

-- Sizes behind a source with a column of the same name
SELECT avg(t.n) AS m FROM (SELECT n, school_id FROM (SELECT school_id, grade AS n FROM classes) AS x) AS u JOIN (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t ON u.school_id = t.school_id;
-- becomes
SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn4, AVG(t.n) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT t.n IS NULL), 0) AS _tn5 FROM (SELECT n, school_id FROM (SELECT school_id, grade AS n FROM (SELECT school_id, grade FROM main.classes) AS classes) AS x) AS u JOIN (SELECT school_id, COUNT(*) AS n, COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS t ON u.school_id = t.school_id) AS _tq6) AS _tr7 LIMIT 1000;

-- A filtered count over a window
SELECT level, count(*) FILTER (WHERE opened_year > 2000) OVER (ORDER BY level) AS n FROM schools;
-- becomes
SELECT level, COUNT(*) FILTER(WHERE opened_year > 2000) OVER (ORDER BY level) AS n FROM (SELECT level, opened_year FROM main.schools) AS schools LIMIT 1000;

-- A reviewed function in the place of a table
SELECT count(*) AS n FROM lower('x');
-- refused query_table_unknown

-- A table in brackets
SELECT level FROM (schools) AS s;
-- refused query_node_refused

-- A join in brackets
SELECT level FROM (schools JOIN classes USING (school_id));
-- refused query_node_refused

-- A table as a row
SELECT schools FROM schools;
-- refused query_row_whole

-- A query in a VALUES
SELECT count(*) AS n FROM (VALUES ((SELECT count(*) FROM schools))) AS v(n);
-- becomes
SELECT COUNT(*) AS n FROM (VALUES ((SELECT COUNT(*) FROM (SELECT school_id FROM main.schools) AS schools))) AS v(n) LIMIT 1000;

-- An extreme is somebody's own value: it is shown where enough persons share it
SELECT min(score) FROM exam_scores;
-- becomes
SELECT _ta2 AS "min(score)" FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, MIN(score) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT score IS NULL) AS _tn4, CASE WHEN MIN(score) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 0) = MIN(score) THEN 1 ELSE 0 END + CASE WHEN MIN(score) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 1) = MIN(score) THEN 1 ELSE 0 END + CASE WHEN MIN(score) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 2) = MIN(score) THEN 1 ELSE 0 END + CASE WHEN MIN(score) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 3) = MIN(score) THEN 1 ELSE 0 END + CASE WHEN MIN(score) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 4) = MIN(score) THEN 1 ELSE 0 END + CASE WHEN MIN(score) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 5) = MIN(score) THEN 1 ELSE 0 END + CASE WHEN MIN(score) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 6) = MIN(score) THEN 1 ELSE 0 END AS _tn5 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq6) AS _tr7 LIMIT 1000;

-- Under a condition, enough of those who meet it
SELECT max(score) FILTER (WHERE subject = 'Toan') AS m FROM exam_scores;
-- becomes
SELECT _ta2 AS m FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, MAX(score) FILTER(WHERE subject = 'Toan') AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE subject = 'Toan' AND NOT score IS NULL) AS _tn4, CASE WHEN MAX(score) FILTER(WHERE subject = 'Toan' AND HASH("exam_scores"."_tk1") % 7 = 0) = MAX(score) FILTER(WHERE subject = 'Toan') THEN 1 ELSE 0 END + CASE WHEN MAX(score) FILTER(WHERE subject = 'Toan' AND HASH("exam_scores"."_tk1") % 7 = 1) = MAX(score) FILTER(WHERE subject = 'Toan') THEN 1 ELSE 0 END + CASE WHEN MAX(score) FILTER(WHERE subject = 'Toan' AND HASH("exam_scores"."_tk1") % 7 = 2) = MAX(score) FILTER(WHERE subject = 'Toan') THEN 1 ELSE 0 END + CASE WHEN MAX(score) FILTER(WHERE subject = 'Toan' AND HASH("exam_scores"."_tk1") % 7 = 3) = MAX(score) FILTER(WHERE subject = 'Toan') THEN 1 ELSE 0 END + CASE WHEN MAX(score) FILTER(WHERE subject = 'Toan' AND HASH("exam_scores"."_tk1") % 7 = 4) = MAX(score) FILTER(WHERE subject = 'Toan') THEN 1 ELSE 0 END + CASE WHEN MAX(score) FILTER(WHERE subject = 'Toan' AND HASH("exam_scores"."_tk1") % 7 = 5) = MAX(score) FILTER(WHERE subject = 'Toan') THEN 1 ELSE 0 END + CASE WHEN MAX(score) FILTER(WHERE subject = 'Toan' AND HASH("exam_scores"."_tk1") % 7 = 6) = MAX(score) FILTER(WHERE subject = 'Toan') THEN 1 ELSE 0 END AS _tn5 FROM (SELECT pupil_id, subject, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq6) AS _tr7 LIMIT 1000;

-- A condition counted both ways
SELECT count_if(gender = 'F') AS girls FROM pupils;
-- becomes
SELECT _ta2 AS girls FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT_IF(gender = 'F') AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE gender = 'F') AS _tn4 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq5) AS _tr6 LIMIT 1000;

-- A window that looks at some of the groups
SELECT gender, sum(count(*)) FILTER (WHERE gender = 'F') OVER () AS t FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, SUM(_ta3) FILTER(WHERE _tg2 = 'F') OVER () AS t FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- A position of nothing
SELECT gender, count(*) AS n FROM pupils GROUP BY 0;
-- refused query_column_unknown

-- A position between two
SELECT gender, count(*) AS n FROM pupils GROUP BY 1.5;
-- refused query_column_unknown

-- A position in brackets
SELECT gender, count(*) AS n FROM pupils GROUP BY (1);
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- The last position
SELECT status, gender, count(*) AS n FROM pupils GROUP BY 1, 2;
-- becomes
SELECT _tg2 AS status, _tg3 AS gender, _ta4 AS n FROM (SELECT _tg2, _tg3, _ta4 FROM (SELECT status AS _tg2, gender AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta4 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY status, gender) AS _tq6 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg3) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg2) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1)) AS _tr7 LIMIT 1000;

-- A column goes before an alias of its name
SELECT status AS gender, count(*) AS n FROM pupils GROUP BY gender, status;
-- becomes
SELECT _tg3 AS gender, _ta4 AS n FROM (SELECT _tg2, _tg3, _ta4 FROM (SELECT gender AS _tg2, status AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta4 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender, status) AS _tq6 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg3) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg2) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1)) AS _tr7 LIMIT 1000;

-- A column of a named table is no alias
SELECT status AS g, count(*) AS n FROM pupils AS p GROUP BY p.g;
-- refused query_column_unknown

-- Two keys in brackets
SELECT gender, status, count(*) AS n FROM pupils GROUP BY (gender, status);
-- becomes
SELECT _tg2 AS gender, _tg3 AS status, _ta4 AS n FROM (SELECT _tg2, _tg3, _ta4 FROM (SELECT gender AS _tg2, status AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta4 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender, status) AS _tq6 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg3) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg2) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1)) AS _tr7 LIMIT 1000;

-- Sets of keys
SELECT gender, status, count(*) AS n FROM pupils GROUP BY GROUPING SETS ((gender), (gender, status), ());
-- becomes
SELECT _tg2 AS gender, _tg3 AS status, _ta4 AS n FROM (SELECT _tg2, _tg3, _ta4 FROM (SELECT gender AS _tg2, status AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta4, GROUPING(gender, status) AS _tn6 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY GROUPING SETS ((gender), (gender, status), ())) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg3, _tn6) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, _tn6, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg2, _tn6) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, _tn6, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (_tn6 > 0 AND COUNT_IF(NOT (_tn5 >= 5)) OVER () > 0)) AS _tr8 LIMIT 1000;

-- A total beside a key
SELECT gender, status, count(*) AS n FROM pupils GROUP BY gender, ROLLUP (status);
-- becomes
SELECT _tg2 AS gender, _tg3 AS status, _ta4 AS n FROM (SELECT _tg2, _tg3, _ta4 FROM (SELECT gender AS _tg2, status AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta4, GROUPING(gender, status) AS _tn6 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender, ROLLUP (status)) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg3, _tn6) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, _tn6, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg2, _tn6) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, _tn6, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (_tn6 > 0 AND COUNT_IF(NOT (_tn5 >= 5)) OVER () > 0)) AS _tr8 LIMIT 1000;

-- Totals of a text
SELECT gender, count(*) AS n FROM pupils GROUP BY ROLLUP (gender, 'x');
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3, GROUPING(gender) AS _tn5 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY ROLLUP (gender, 'x')) AS _tq6 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER (PARTITION BY _tn5) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tn5, NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1) AND NOT (_tn5 > 0 AND COUNT_IF(NOT (_tn4 >= 5)) OVER () > 0)) AS _tr7 LIMIT 1000;

-- Nothing to group by
SELECT count(*) AS n FROM pupils GROUP BY ALL;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq4) AS _tr5 LIMIT 1000;

-- Everything by name
SELECT upper(gender) AS g, count(*) AS n FROM pupils GROUP BY ALL;
-- becomes
SELECT _tg2 AS g, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT UPPER(gender) AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY UPPER(gender)) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- Keys of two persons are equal, the other way round
SELECT count(*) AS n FROM exam_scores AS e JOIN pupils AS p ON p.pupil_id = e.pupil_id;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "e"."_tk1") AS _tn4, COUNT(DISTINCT "p"."_tk2") AS _tn5, COUNT(*) AS _ta3 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.exam_scores) AS e JOIN (SELECT pupil_id, pupil_id AS _tk2 FROM main.pupils) AS p ON p.pupil_id = e.pupil_id) AS _tq6) AS _tr7 LIMIT 1000;

-- A key equals no key
SELECT count(*) AS n FROM pupils AS p JOIN schools AS s ON p.pupil_id = s.school_id;
-- refused query_person_key

-- A number equals a key
SELECT count(*) AS n FROM pupils WHERE 5 = pupil_id;
-- refused query_person_key

-- A key is there
SELECT count(*) AS n FROM classes WHERE homeroom_teacher_id IS NOT NULL;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT homeroom_teacher_id FROM main.classes) AS classes WHERE NOT homeroom_teacher_id IS NULL LIMIT 1000;

-- A key is true
SELECT count(*) AS n FROM pupils WHERE pupil_id IS TRUE;
-- refused query_person_key

-- A value among keys
SELECT count(*) AS n FROM pupils WHERE 5 IN (pupil_id, 6);
-- refused query_person_key

-- A key between two values
SELECT count(*) AS n FROM pupils WHERE pupil_id BETWEEN 1 AND 100;
-- refused query_person_key

-- A key in a function
SELECT count(*) AS n FROM pupils WHERE abs(pupil_id) = 5;
-- refused query_person_key

-- A key added up
SELECT sum(pupil_id) AS n FROM pupils;
-- refused query_person_key

-- The largest key
SELECT max(pupil_id) AS n FROM pupils;
-- refused query_person_key

-- Persons are counted by their key
SELECT gender, count(pupil_id) AS n FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, CASE WHEN _tn5 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(pupil_id) AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT pupil_id IS NULL) AS _tn5 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq6 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr7 LIMIT 1000;

-- A key decides the order
SELECT gender FROM pupils GROUP BY gender ORDER BY pupil_id;
-- refused query_not_grouped

-- A key in totals
SELECT pupil_id, count(*) AS n FROM pupils GROUP BY ROLLUP (pupil_id);
-- refused query_person_key

-- A key in HAVING
SELECT gender, count(*) AS n FROM pupils GROUP BY gender HAVING pupil_id > 5;
-- refused query_person_key

-- A key decides who is counted
SELECT count(*) FILTER (WHERE pupil_id < 9) AS n FROM pupils;
-- refused query_person_key

-- A key chooses a case
SELECT count(CASE WHEN pupil_id < 9 THEN 1 END) AS n FROM pupils;
-- refused query_person_key

-- A sum over a window by key
SELECT sum(score) OVER (PARTITION BY pupil_id) AS n FROM exam_scores;
-- refused query_person_key

-- Ranked by key, and counted
SELECT r, count(*) AS n FROM (SELECT row_number() OVER (PARTITION BY pupil_id ORDER BY exam_year) AS r FROM exam_scores) AS t GROUP BY r;
-- becomes
SELECT _tg3 AS r, _ta4 AS n FROM (SELECT _tg3, _ta4 FROM (SELECT r AS _tg3, COUNT(DISTINCT "t"."_tk2") AS _tn5, COUNT(*) AS _ta4 FROM (SELECT ROW_NUMBER() OVER (PARTITION BY pupil_id ORDER BY exam_year) AS r, "exam_scores"."_tk1" AS _tk2 FROM (SELECT pupil_id, exam_year, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS t GROUP BY r) AS _tq6 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg3) = 1)) AS _tr7 LIMIT 1000;

-- USING names a column nobody has
SELECT count(*) AS n FROM schools JOIN classes USING (nowhere);
-- refused query_column_unknown

-- USING names a column one of them has
SELECT count(*) AS n FROM schools JOIN classes USING (grade);
-- refused query_cross_join

-- USING names a column both have
SELECT s.level, count(*) AS n FROM schools AS s JOIN classes AS c USING (school_id, province_code) GROUP BY s.level;
-- becomes
SELECT s.level, COUNT(*) AS n FROM (SELECT school_id, province_code, level FROM main.schools) AS s JOIN (SELECT school_id, province_code FROM main.classes) AS c USING (school_id, province_code) GROUP BY s.level LIMIT 1000;

-- Large sources tied by a column that two of them have
SELECT count(*) AS n FROM schools AS a JOIN classes AS b ON a.school_id = b.school_id JOIN teachers AS c ON school_id = a.opened_year;
-- refused query_cross_join

-- Large sources tied to themselves
SELECT count(*) AS n FROM schools AS a JOIN classes AS b ON a.school_id = a.opened_year;
-- refused query_cross_join

-- Large sources tied to a value
SELECT count(*) AS n FROM schools AS a JOIN classes AS b ON a.school_id = 5;
-- refused query_cross_join

-- Large sources tied in WHERE
SELECT count(*) AS n FROM schools AS a, classes AS b WHERE (a.school_id) = b.school_id AND b.grade = 5;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_id FROM main.schools) AS a, (SELECT school_id, grade FROM main.classes) AS b WHERE (a.school_id) = b.school_id AND b.grade = 5 LIMIT 1000;

-- Large sources tied or not
SELECT count(*) AS n FROM schools AS a, classes AS b WHERE a.school_id = b.school_id OR b.grade = 5;
-- refused query_cross_join

-- Large sources tied by an inequality
SELECT count(*) AS n FROM schools AS a, classes AS b WHERE a.school_id <= b.school_id;
-- refused query_cross_join

-- Three large sources in a chain
SELECT count(*) AS n FROM schools AS a, classes AS b, teachers AS c WHERE a.school_id = b.school_id AND c.school_id = b.school_id;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "c"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT school_id FROM main.schools) AS a, (SELECT school_id FROM main.classes) AS b, (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS c WHERE a.school_id = b.school_id AND c.school_id = b.school_id) AS _tq4) AS _tr5 LIMIT 1000;

-- Four large sources in two pairs
SELECT count(*) AS n FROM schools AS a, classes AS b, schools AS c, classes AS d WHERE a.school_id = b.school_id AND c.school_id = d.school_id;
-- refused query_cross_join

-- A small source beside a large one
SELECT count(*) AS n FROM schools AS s, (SELECT 1 AS k) AS t;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_id FROM main.schools) AS s, (SELECT 1 AS k) AS t LIMIT 1000;

-- A shared table beside a large one
SELECT count(*) AS n FROM schools AS s, provinces AS p;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_id FROM main.schools) AS s, (SELECT province_code FROM main.provinces) AS p LIMIT 1000;

-- A natural join of two persons
SELECT p.gender, count(*) AS n FROM pupils AS p NATURAL JOIN exam_registrations AS r GROUP BY p.gender;
-- becomes
SELECT _tg3 AS gender, _ta4 AS n FROM (SELECT _tg3, _ta4 FROM (SELECT p.gender AS _tg3, COUNT(DISTINCT "p"."_tk1") AS _tn5, COUNT(DISTINCT "r"."_tk2") AS _tn6, COUNT(*) AS _ta4 FROM (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk1 FROM main.pupils) AS p NATURAL JOIN (SELECT registration_id, pupil_id, school_id, province_code, exam_year, exam_code, subject_group, registered_on, pupil_id AS _tk2 FROM main.exam_registrations) AS r GROUP BY p.gender) AS _tq7 QUALIFY _tn5 >= 10 AND _tn6 >= 10 AND NOT (COUNT_IF(NOT (_tn5 >= 10 AND _tn6 >= 10)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 10 AND _tn6 >= 10) ORDER BY _tn5, _tn6, _tg3) = 1)) AS _tr8 LIMIT 1000;

-- A natural join with nothing in common
SELECT count(*) AS n FROM schools AS s NATURAL JOIN (SELECT grade AS g FROM classes) AS t;
-- refused query_cross_join

-- Persons joined by USING on their key
SELECT p.gender, avg(e.score) AS n FROM exam_scores AS e JOIN pupils AS p USING (pupil_id) GROUP BY p.gender;
-- becomes
SELECT _tg3 AS gender, _ta4 AS n FROM (SELECT _tg3, CASE WHEN _tn7 >= 5 AND _tn8 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT p.gender AS _tg3, COUNT(DISTINCT "e"."_tk1") AS _tn5, COUNT(DISTINCT "p"."_tk2") AS _tn6, AVG(e.score) AS _ta4, COUNT(DISTINCT "e"."_tk1") FILTER(WHERE NOT e.score IS NULL) AS _tn7, COUNT(DISTINCT "p"."_tk2") FILTER(WHERE NOT e.score IS NULL) AS _tn8 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS e JOIN (SELECT pupil_id, gender, pupil_id AS _tk2 FROM main.pupils) AS p USING (pupil_id) GROUP BY p.gender) AS _tq9 QUALIFY _tn5 >= 5 AND _tn6 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5 AND _tn6 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5 AND _tn6 >= 5) ORDER BY _tn5, _tn6, _tg3) = 1)) AS _tr10 LIMIT 1000;

-- Persons joined by their school
SELECT p.gender, count(*) AS n FROM teachers AS e JOIN pupils AS p USING (school_id) GROUP BY p.gender;
-- becomes
SELECT _tg3 AS gender, _ta4 AS n FROM (SELECT _tg3, _ta4 FROM (SELECT p.gender AS _tg3, COUNT(DISTINCT "e"."_tk1") AS _tn5, COUNT(DISTINCT "p"."_tk2") AS _tn6, COUNT(*) AS _ta4 FROM (SELECT teacher_id, school_id, gender, teacher_id AS _tk1 FROM main.teachers) AS e JOIN (SELECT pupil_id, school_id, gender, pupil_id AS _tk2 FROM main.pupils) AS p USING (school_id) GROUP BY p.gender) AS _tq7 QUALIFY _tn5 >= 5 AND _tn6 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5 AND _tn6 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5 AND _tn6 >= 5) ORDER BY _tn5, _tn6, _tg3) = 1)) AS _tr8 LIMIT 1000;

-- One row a person of two tables
SELECT avg(m) AS m FROM (SELECT e.pupil_id, avg(e.score) AS m FROM exam_scores AS e JOIN pupils AS p USING (pupil_id) GROUP BY e.pupil_id) AS t;
-- becomes
SELECT _ta4 AS m FROM (SELECT CASE WHEN _tn6 >= 5 AND _tn5 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT COUNT(DISTINCT "t"."_tk3") AS _tn5, AVG(m) AS _ta4, COUNT(DISTINCT "t"."_tk3") FILTER(WHERE NOT m IS NULL) AS _tn6 FROM (SELECT e.pupil_id, AVG(e.score) AS m, e.pupil_id AS _tk3 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS e JOIN (SELECT pupil_id, pupil_id AS _tk2 FROM main.pupils) AS p USING (pupil_id) GROUP BY e.pupil_id) AS t) AS _tq7) AS _tr8 LIMIT 1000;

-- One row a person and a subject
SELECT subject, avg(m) AS m FROM (SELECT pupil_id, subject, max(score) AS m FROM exam_scores GROUP BY pupil_id, subject) AS t GROUP BY subject;
-- becomes
SELECT _tg3 AS subject, _ta4 AS m FROM (SELECT _tg3, CASE WHEN _tn6 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT subject AS _tg3, COUNT(DISTINCT "t"."_tk2") AS _tn5, AVG(m) AS _ta4, COUNT(DISTINCT "t"."_tk2") FILTER(WHERE NOT m IS NULL) AS _tn6 FROM (SELECT pupil_id, subject, MAX(score) AS m, pupil_id AS _tk2 FROM (SELECT pupil_id, subject, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores GROUP BY pupil_id, subject) AS t GROUP BY subject) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg3) = 1)) AS _tr8 LIMIT 1000;

-- One row a person by position
SELECT avg(m) AS m FROM (SELECT pupil_id AS who, count(*) AS m FROM exam_scores GROUP BY 1) AS t;
-- becomes
SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn4, AVG(m) AS _ta3, COUNT(DISTINCT "t"."_tk2") FILTER(WHERE NOT m IS NULL) AS _tn5 FROM (SELECT pupil_id AS who, COUNT(*) AS m, pupil_id AS _tk2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores GROUP BY 1) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- One row a person among sizes of groups
SELECT count(*) AS n FROM (SELECT p.pupil_id, sum(t.n) AS m FROM pupils AS p JOIN (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t ON t.school_id = p.school_id GROUP BY p.pupil_id) AS x;
-- refused query_person_mixed

-- Keys of two kinds
SELECT count(*) AS n FROM pupils WHERE pupil_id IN (SELECT teacher_id FROM teachers);
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils WHERE pupil_id IN (SELECT teacher_id FROM (SELECT teacher_id, teacher_id AS _tk2 FROM main.teachers) AS teachers)) AS _tq5) AS _tr6 LIMIT 1000;

-- Not looked up among keys
SELECT count(*) AS n FROM pupils WHERE NOT pupil_id IN (SELECT pupil_id FROM exam_scores WHERE score < 5);
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils WHERE NOT pupil_id IN (SELECT pupil_id FROM (SELECT pupil_id, score, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores WHERE score < 5)) AS _tq5) AS _tr6 LIMIT 1000;

-- Looked up by the group's condition
SELECT gender, count(*) FILTER (WHERE pupil_id IN (SELECT pupil_id FROM exam_scores WHERE score > 8)) AS n FROM pupils GROUP BY gender;
-- becomes
SELECT _tg3 AS gender, _ta4 AS n FROM (SELECT _tg3, CASE WHEN _tn6 >= 5 AND _tn5 - _tn6 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT gender AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) FILTER(WHERE pupil_id IN (SELECT pupil_id FROM (SELECT pupil_id, score, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores WHERE score > 8)) AS _ta4, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE pupil_id IN (SELECT pupil_id FROM (SELECT pupil_id, score, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores WHERE score > 8)) AS _tn6 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg3) = 1)) AS _tr8 LIMIT 1000;

-- The same person does not exist elsewhere
SELECT gender, count(*) AS n FROM pupils AS p WHERE NOT EXISTS (SELECT 1 FROM exam_scores AS e WHERE p.pupil_id = e.pupil_id) GROUP BY gender;
-- becomes
SELECT _tg3 AS gender, _ta4 AS n FROM (SELECT _tg3, _ta4 FROM (SELECT gender AS _tg3, COUNT(DISTINCT "p"."_tk1") AS _tn5, COUNT(*) AS _ta4 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS p WHERE NOT EXISTS(SELECT 1 FROM (SELECT pupil_id, pupil_id AS _tk2 FROM main.exam_scores) AS e WHERE p.pupil_id = e.pupil_id) GROUP BY gender) AS _tq6 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg3) = 1)) AS _tr7 LIMIT 1000;

-- The same person beside another
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM exam_scores AS e JOIN teachers AS t ON t.province_code = e.province_code WHERE e.pupil_id = p.pupil_id);
-- refused query_person_exists

-- A person of the same school
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM exam_scores AS e WHERE e.province_code = p.province_code);
-- refused query_person_exists

-- A school of the same person
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM schools AS s WHERE s.school_id = p.school_id AND s.level = 'TH');
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "p"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS p WHERE EXISTS(SELECT 1 FROM (SELECT school_id, level FROM main.schools) AS s WHERE s.school_id = p.school_id AND s.level = 'TH')) AS _tq4) AS _tr5 LIMIT 1000;

-- A mean of the same person beside the group
SELECT gender, (SELECT avg(e.score) FROM exam_scores AS e WHERE e.pupil_id = p.pupil_id) AS m, count(*) AS n FROM pupils AS p GROUP BY gender;
-- refused query_person_nested

-- A school's mean among persons
SELECT count(*) AS n FROM pupils AS p WHERE (SELECT count(*) FROM classes AS c WHERE c.school_id = p.school_id) > 20;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "p"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS p WHERE (SELECT COUNT(*) FROM (SELECT school_id FROM main.classes) AS c WHERE c.school_id = p.school_id) > 20) AS _tq4) AS _tr5 LIMIT 1000;

-- A total beside persons
SELECT gender, count(*) * 100.0 / (SELECT count(*) FROM pupils) AS share FROM pupils GROUP BY gender;
-- becomes
SELECT _tg7 AS gender, _ta8 * 100.0 / (SELECT _ta3 AS "count(*)" FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "pupils"."_tk2") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk2 FROM main.pupils) AS pupils) AS _tq5) AS _tr6) AS share FROM (SELECT _tg7, _ta8 FROM (SELECT gender AS _tg7, COUNT(DISTINCT "pupils"."_tk1") AS _tn9, COUNT(*) AS _ta8 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq10 QUALIFY _tn9 >= 5 AND NOT (COUNT_IF(NOT (_tn9 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn9 >= 5) ORDER BY _tn9, _tg7) = 1)) AS _tr11 LIMIT 1000;

-- Schools chosen by a list of schools
SELECT count(*) AS n FROM schools WHERE school_id IN (SELECT school_id FROM teachers WHERE subject = 'Toán');
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, COUNT(*) FILTER(WHERE school_id IN (SELECT school_id FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Toán')) AS _ta2, COUNT(*) FILTER(WHERE school_id IN (SELECT school_id FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Toán')) AS _tn4, COUNT(*) FILTER(WHERE school_id IN (SELECT school_id FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Toán')) AS _tn5, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "teachers"."_tk1") FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Toán' AND school_id = "schools"."school_id"))))), 0) AS _tn6 FROM (SELECT school_id FROM main.schools) AS schools WHERE TRUE) AS _tq7) AS _tr8 LIMIT 1000;

-- Schools chosen by a list of schools with an alias inside
SELECT count(*) AS n FROM schools AS s WHERE s.school_id IN (SELECT s.school_id FROM teachers AS s WHERE s.subject = 'Toán');
-- refused query_person_exists

-- Schools chosen by a list, without a condition
SELECT level, count(*) AS n FROM schools AS s WHERE s.school_id IN (SELECT t.school_id FROM teachers AS t) GROUP BY level;
-- becomes
SELECT _tg2 AS level, _ta3 AS n FROM (SELECT _tg2, CASE WHEN _tn5 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT level AS _tg2, COUNT(*) AS _tn4, COUNT(*) FILTER(WHERE s.school_id IN (SELECT t.school_id FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t)) AS _ta3, COUNT(*) FILTER(WHERE s.school_id IN (SELECT t.school_id FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t)) AS _tn5, COUNT(*) FILTER(WHERE s.school_id IN (SELECT t.school_id FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t)) AS _tn6, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = "s"."school_id"))))), 0) AS _tn7 FROM (SELECT school_id, level FROM main.schools) AS s WHERE TRUE GROUP BY level) AS _tq8 QUALIFY _tn4 >= 5 AND _tn6 >= 5 AND _tn7 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5 AND _tn6 >= 5 AND _tn7 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5 AND _tn6 >= 5 AND _tn7 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr9 LIMIT 1000;

-- Schools chosen by a computed place in a list
SELECT count(*) AS n FROM schools WHERE school_id + 1 IN (SELECT school_id FROM teachers);
-- refused query_person_exists

-- Schools not in a list
SELECT count(*) AS n FROM schools AS s WHERE NOT s.school_id IN (SELECT t.school_id FROM teachers AS t WHERE t.subject = 'Nhạc');
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, COUNT(*) FILTER(WHERE NOT s.school_id IN (SELECT t.school_id FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.subject = 'Nhạc')) AS _ta2, COUNT(*) FILTER(WHERE NOT s.school_id IN (SELECT t.school_id FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.subject = 'Nhạc')) AS _tn4, COUNT(*) FILTER(WHERE NOT s.school_id IN (SELECT t.school_id FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.subject = 'Nhạc')) AS _tn5, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.subject = 'Nhạc' AND t.school_id = "s"."school_id"))))), 0) AS _tn6 FROM (SELECT school_id FROM main.schools) AS s WHERE TRUE) AS _tq7) AS _tr8 LIMIT 1000;

-- Schools chosen or of a level
SELECT count(*) AS n FROM schools AS s WHERE s.level = 'TH' OR EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id AND t.subject = 'Nhạc');
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, COUNT(*) FILTER(WHERE s.level = 'TH' OR EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id AND t.subject = 'Nhạc')) AS _ta2, COUNT(*) FILTER(WHERE s.level = 'TH' OR EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id AND t.subject = 'Nhạc')) AS _tn4, COUNT(*) FILTER(WHERE s.level = 'TH' OR EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id AND t.subject = 'Nhạc')) AS _tn5, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, school_id, subject, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id AND t.subject = 'Nhạc'))))), 0) AS _tn6 FROM (SELECT school_id, level FROM main.schools) AS s WHERE TRUE) AS _tq7) AS _tr8 LIMIT 1000;

-- Schools chosen in what is shown
SELECT count(*) FILTER (WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id)) AS n FROM schools AS s;
-- refused query_person_exists

-- Schools chosen twice
SELECT count(*) AS n FROM schools AS s WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id) AND s.opened_year > 2000 AND EXISTS (SELECT 1 FROM pupils AS p WHERE p.school_id = s.school_id AND p.ethnicity = 'Tày');
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn5 >= 10 AND _tn4 >= 10 AND _tn6 >= 10 AND _tn7 >= 10 AND _tn8 >= 10 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(*) AS _tn4, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND EXISTS(SELECT 1 FROM (SELECT pupil_id, school_id, ethnicity, pupil_id AS _tk2 FROM main.pupils) AS p WHERE p.school_id = s.school_id AND p.ethnicity = 'Tày')) AS _ta3, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND EXISTS(SELECT 1 FROM (SELECT pupil_id, school_id, ethnicity, pupil_id AS _tk2 FROM main.pupils) AS p WHERE p.school_id = s.school_id AND p.ethnicity = 'Tày')) AS _tn5, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND EXISTS(SELECT 1 FROM (SELECT pupil_id, school_id, ethnicity, pupil_id AS _tk2 FROM main.pupils) AS p WHERE p.school_id = s.school_id AND p.ethnicity = 'Tày')) AS _tn6, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id))))), 0) AS _tn7, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "p"."_tk2") FROM (SELECT pupil_id, school_id, ethnicity, pupil_id AS _tk2 FROM main.pupils) AS p WHERE p.school_id = s.school_id AND p.ethnicity = 'Tày'))))), 0) AS _tn8 FROM (SELECT school_id, opened_year FROM main.schools) AS s WHERE TRUE AND s.opened_year > 2000 AND TRUE) AS _tq9) AS _tr10 LIMIT 1000;

-- Schools chosen by distinct persons
SELECT count(*) AS n FROM schools AS s WHERE s.school_id IN (SELECT DISTINCT t.school_id FROM teachers AS t ORDER BY 1);
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_id FROM main.schools) AS s WHERE s.school_id IN (SELECT _tg2 AS school_id FROM (SELECT _tg2 FROM (SELECT t.school_id AS _tg2, COUNT(DISTINCT "t"."_tk1") AS _tn3 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t GROUP BY t.school_id) AS _tq4 QUALIFY _tn3 >= 5 AND NOT (COUNT_IF(NOT (_tn3 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn3 >= 5) ORDER BY _tn3, _tg2) = 1)) AS _tr5 ORDER BY 1) LIMIT 1000;

-- Schools chosen by a WITH
SELECT count(*) AS n FROM schools AS s WHERE EXISTS (WITH x AS (SELECT 1 AS k) SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id);
-- refused query_person_exists

-- Schools chosen by stacked persons
SELECT count(*) AS n FROM schools AS s WHERE s.school_id IN (SELECT school_id FROM teachers UNION ALL SELECT school_id FROM pupils);
-- refused query_person_exists

-- Schools compared with one of their persons
SELECT count(*) AS n FROM schools AS s WHERE s.school_id = (SELECT t.school_id FROM teachers AS t WHERE t.subject = 'Nhạc');
-- refused query_person_exists

-- Schools compared with any of their persons
SELECT count(*) AS n FROM schools AS s WHERE s.school_id = ANY (SELECT t.school_id FROM teachers AS t);
-- refused query_person_exists

-- Persons by schools chosen by persons
SELECT count(*) AS n FROM pupils AS p WHERE p.school_id IN (SELECT t.school_id FROM teachers AS t WHERE t.subject = 'Nhạc');
-- refused query_person_exists

-- Ones are counted
SELECT gender, count(1) AS n FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(1) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- A value in NULL's place is counted
SELECT count(NULL) AS n FROM pupils;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(NULL) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT (NULL) IS NULL) AS _tn4 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq5) AS _tr6 LIMIT 1000;

-- Different values of a computed one
SELECT count(DISTINCT upper(gender)) AS n FROM pupils;
-- refused query_aggregate_refused

-- Different truths
SELECT count(DISTINCT score > 8) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- Different values of a chosen column made below
SELECT count(DISTINCT x) AS n FROM (SELECT CASE WHEN score > 8 THEN exam_year END AS x FROM exam_scores) AS t;
-- refused query_aggregate_refused

-- A chosen column made below, counted
SELECT count(x) AS n FROM (SELECT CASE WHEN score > 8 THEN exam_year END AS x FROM exam_scores) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 - _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn4, COUNT(x) AS _ta3, COUNT(DISTINCT "t"."_tk2") FILTER(WHERE NOT x IS NULL) AS _tn5 FROM (SELECT CASE WHEN score > 8 THEN exam_year END AS x, "exam_scores"."_tk1" AS _tk2 FROM (SELECT pupil_id, exam_year, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- A chosen column made below, added up
SELECT sum(x) AS n FROM (SELECT CASE WHEN score > 8 THEN exam_year END AS x FROM exam_scores) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 - _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn4, SUM(x) AS _ta3, COUNT(DISTINCT "t"."_tk2") FILTER(WHERE x <> 0) AS _tn5 FROM (SELECT CASE WHEN score > 8 THEN exam_year END AS x, "exam_scores"."_tk1" AS _tk2 FROM (SELECT pupil_id, exam_year, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- A computed column made below, counted
SELECT count(x) AS n FROM (SELECT upper(subject) AS x FROM exam_scores) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 - _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn4, COUNT(x) AS _ta3, COUNT(DISTINCT "t"."_tk2") FILTER(WHERE NOT x IS NULL) AS _tn5 FROM (SELECT UPPER(subject) AS x, "exam_scores"."_tk1" AS _tk2 FROM (SELECT pupil_id, subject, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- Two columns that go together
SELECT corr(score, exam_year) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, CORR(score, exam_year) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT score IS NULL AND NOT exam_year IS NULL) AS _tn4 FROM (SELECT pupil_id, exam_year, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- Two columns that go together where one is chosen
SELECT corr(score, CASE WHEN exam_year = 2025 THEN 1 ELSE 0 END) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, CORR(score, CASE WHEN exam_year = 2025 THEN 1 ELSE 0 END) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT score IS NULL AND CASE WHEN exam_year = 2025 THEN 1 ELSE 0 END <> 0) AS _tn4 FROM (SELECT pupil_id, exam_year, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- Two columns where one is a product
SELECT corr(score * exam_year, exam_year) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of three columns
SELECT sum(score + exam_year + score) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of two columns
SELECT sum(score + exam_year) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, SUM(score + exam_year) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT (score + exam_year) IS NULL) AS _tn4 FROM (SELECT pupil_id, exam_year, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of a constant
SELECT sum(1) AS n FROM pupils;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, SUM(1) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT (1) IS NULL) AS _tn4 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of a text's length
SELECT sum(length(gender)) AS n FROM pupils;
-- refused query_aggregate_refused

-- A sum of two outcomes
SELECT sum(CASE WHEN score > 8 THEN 1 WHEN score > 5 THEN 2 ELSE 0 END) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of one outcome twice
SELECT sum(CASE WHEN score > 8 THEN 1 WHEN score < 2 THEN 1 ELSE 0 END) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, SUM(CASE WHEN score > 8 THEN 1 WHEN score < 2 THEN 1 ELSE 0 END) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE CASE WHEN score > 8 THEN 1 WHEN score < 2 THEN 1 ELSE 0 END <> 0) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of an outcome that is a column, else a number
SELECT sum(CASE WHEN score > 8 THEN score ELSE 1 END) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of an outcome that is a case
SELECT sum(CASE WHEN score > 8 THEN CASE WHEN exam_year = 2025 THEN 1 END END) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of an outcome that is nothing
SELECT sum(CASE WHEN score > 8 THEN 0 END) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, SUM(CASE WHEN score > 8 THEN 0 END) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE CASE WHEN score > 8 THEN 0 END <> 0) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of a case made a number
SELECT sum(CAST(CASE WHEN score > 8 THEN 1 END AS INT)) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of a truth in brackets made a number
SELECT sum((score > 8)::INT) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, SUM(CAST((score > 8) AS INT)) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE CAST((score > 8) AS INT) <> 0) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of a value rounded by a cast
SELECT sum(CAST(score + 0.5 AS INT)) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of a cast to decimals
SELECT sum(CAST(score AS DECIMAL(4, 1))) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, SUM(CAST(score AS DECIMAL(4, 1))) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE CAST(score AS DECIMAL(4, 1)) <> 0) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of a truth times ten
SELECT sum(10 * (score > 8)) AS n, sum((score > 8) * 10) AS m FROM exam_scores;
-- becomes
SELECT _ta2 AS n, _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 - _tn5 >= 5 AND _tn4 >= 5 THEN _ta2 END AS _ta2, CASE WHEN _tn6 >= 5 AND _tn4 - _tn6 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn4, SUM(10 * (score > 8)) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE (10 * (score > 8)) <> 0) AS _tn5, SUM((score > 8) * 10) AS _ta3, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE ((score > 8) * 10) <> 0) AS _tn6 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq7) AS _tr8 LIMIT 1000;

-- A sum of ten by a value
SELECT sum(10 / score) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of a value by ten
SELECT sum(score / 10) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, SUM(score / 10) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT (score / 10) IS NULL) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum of a square
SELECT sum(score * score) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of a text number
SELECT sum(score * '2') AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum of less than nothing
SELECT sum(-(score - 5)) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, SUM(-(score - 5)) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT (-(score - 5)) IS NULL) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A sum with a default that is a column
SELECT sum(coalesce(score, exam_year)) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A sum with two defaults
SELECT sum(coalesce(coalesce(score, 0), 1)) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, SUM(COALESCE(COALESCE(score, 0), 1)) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT score IS NULL) AS _tn4 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq5) AS _tr6 LIMIT 1000;

-- A mean of days
SELECT avg(date_diff('day', enrolled_on, left_on)) AS n FROM enrollments;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "enrollments"."_tk1") AS _tn3, AVG(DATE_DIFF('DAY', enrolled_on, left_on)) AS _ta2, COUNT(DISTINCT "enrollments"."_tk1") FILTER(WHERE NOT DATE_DIFF('DAY', enrolled_on, left_on) IS NULL) AS _tn4 FROM (SELECT pupil_id, enrolled_on, left_on, pupil_id AS _tk1 FROM main.enrollments) AS enrollments) AS _tq5) AS _tr6 LIMIT 1000;

-- A mean of days to a computed day
SELECT avg(date_diff('day', enrolled_on, enrolled_on + INTERVAL 1 DAY)) AS n FROM enrollments;
-- refused query_aggregate_refused

-- A mean of days from a day
SELECT avg(date_diff('day', DATE '2024-09-05', enrolled_on)) AS n FROM enrollments;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "enrollments"."_tk1") AS _tn3, AVG(DATE_DIFF('DAY', CAST('2024-09-05' AS DATE), enrolled_on)) AS _ta2, COUNT(DISTINCT "enrollments"."_tk1") FILTER(WHERE NOT DATE_DIFF('DAY', CAST('2024-09-05' AS DATE), enrolled_on) IS NULL) AS _tn4 FROM (SELECT pupil_id, enrolled_on, pupil_id AS _tk1 FROM main.enrollments) AS enrollments) AS _tq5) AS _tr6 LIMIT 1000;

-- A mean of a month
SELECT avg(month(enrolled_on)) AS n FROM enrollments;
-- refused query_aggregate_refused

-- A mean of a year of a computed day
SELECT avg(year(enrolled_on + INTERVAL 1 DAY)) AS n FROM enrollments;
-- refused query_aggregate_refused

-- A quantile at the beginning
SELECT quantile_cont(score, 0) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, QUANTILE_CONT(score, 0) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT score IS NULL) AS _tn4, CASE WHEN QUANTILE_CONT(score, 0) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 0) = QUANTILE_CONT(score, 0) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 0) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 1) = QUANTILE_CONT(score, 0) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 0) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 2) = QUANTILE_CONT(score, 0) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 0) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 3) = QUANTILE_CONT(score, 0) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 0) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 4) = QUANTILE_CONT(score, 0) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 0) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 5) = QUANTILE_CONT(score, 0) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 0) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 6) = QUANTILE_CONT(score, 0) THEN 1 ELSE 0 END AS _tn5 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq6) AS _tr7 LIMIT 1000;

-- A quantile beyond the end
SELECT quantile_cont(score, 1.5) AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, QUANTILE_CONT(score, 1.5) AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE NOT score IS NULL) AS _tn4, CASE WHEN QUANTILE_CONT(score, 1.5) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 0) = QUANTILE_CONT(score, 1.5) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 1.5) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 1) = QUANTILE_CONT(score, 1.5) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 1.5) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 2) = QUANTILE_CONT(score, 1.5) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 1.5) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 3) = QUANTILE_CONT(score, 1.5) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 1.5) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 4) = QUANTILE_CONT(score, 1.5) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 1.5) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 5) = QUANTILE_CONT(score, 1.5) THEN 1 ELSE 0 END + CASE WHEN QUANTILE_CONT(score, 1.5) FILTER(WHERE HASH("exam_scores"."_tk1") % 7 = 6) = QUANTILE_CONT(score, 1.5) THEN 1 ELSE 0 END AS _tn5 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq6) AS _tr7 LIMIT 1000;

-- A high quantile under a condition
SELECT quantile_disc(score, 0.9) FILTER (WHERE subject = 'Toan') AS n FROM exam_scores;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 AND _tn3 - _tn4 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "exam_scores"."_tk1") AS _tn3, QUANTILE_DISC(score, 0.9) FILTER(WHERE subject = 'Toan') AS _ta2, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE subject = 'Toan' AND NOT score IS NULL) AS _tn4, COUNT(DISTINCT "exam_scores"."_tk1") FILTER(WHERE subject = 'Toan' AND NOT score IS NULL) * 0.100000 AS _tn5 FROM (SELECT pupil_id, subject, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS _tq6) AS _tr7 LIMIT 1000;

-- A quantile of chosen schools
SELECT median(s.opened_year) AS n FROM schools AS s WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id);
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 AND _tn3 >= 5 AND _tn6 >= 5 AND _tn7 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, MEDIAN(s.opened_year) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id)) AS _ta2, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND NOT s.opened_year IS NULL) AS _tn4, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND NOT s.opened_year IS NULL) * 0.500000 AS _tn5, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id)) AS _tn6, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id))))), 0) AS _tn7 FROM (SELECT school_id, opened_year FROM main.schools) AS s WHERE TRUE) AS _tq8) AS _tr9 LIMIT 1000;

-- A largest value of chosen schools
SELECT max(s.opened_year) AS n FROM schools AS s WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE t.school_id = s.school_id);
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 AND _tn3 >= 5 AND _tn6 >= 5 AND _tn7 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, MAX(s.opened_year) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id)) AS _ta2, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id) AND NOT s.opened_year IS NULL) AS _tn4, 0 AS _tn5, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id)) AS _tn6, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, school_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.school_id = s.school_id))))), 0) AS _tn7 FROM (SELECT school_id, opened_year FROM main.schools) AS s WHERE TRUE) AS _tq8) AS _tr9 LIMIT 1000;

-- The most frequent value
SELECT mode(birth_year) AS n FROM pupils;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 AND _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, MODE(birth_year) AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) AS _tn4, CASE WHEN MODE(birth_year) FILTER(WHERE HASH("pupils"."_tk1") % 7 = 0) = MODE(birth_year) THEN 1 ELSE 0 END + CASE WHEN MODE(birth_year) FILTER(WHERE HASH("pupils"."_tk1") % 7 = 1) = MODE(birth_year) THEN 1 ELSE 0 END + CASE WHEN MODE(birth_year) FILTER(WHERE HASH("pupils"."_tk1") % 7 = 2) = MODE(birth_year) THEN 1 ELSE 0 END + CASE WHEN MODE(birth_year) FILTER(WHERE HASH("pupils"."_tk1") % 7 = 3) = MODE(birth_year) THEN 1 ELSE 0 END + CASE WHEN MODE(birth_year) FILTER(WHERE HASH("pupils"."_tk1") % 7 = 4) = MODE(birth_year) THEN 1 ELSE 0 END + CASE WHEN MODE(birth_year) FILTER(WHERE HASH("pupils"."_tk1") % 7 = 5) = MODE(birth_year) THEN 1 ELSE 0 END + CASE WHEN MODE(birth_year) FILTER(WHERE HASH("pupils"."_tk1") % 7 = 6) = MODE(birth_year) THEN 1 ELSE 0 END AS _tn5 FROM (SELECT pupil_id, birth_year, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq6) AS _tr7 LIMIT 1000;

-- The largest of two tables' persons
SELECT max(e.score) AS n FROM exam_scores AS e JOIN pupils AS p ON p.pupil_id = e.pupil_id;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn6 >= 5 AND _tn7 >= 5 AND _tn8 >= 5 AND _tn9 >= 5 AND _tn4 >= 5 AND _tn5 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "e"."_tk1") AS _tn4, COUNT(DISTINCT "p"."_tk2") AS _tn5, MAX(e.score) AS _ta3, COUNT(DISTINCT "e"."_tk1") FILTER(WHERE NOT e.score IS NULL) AS _tn6, COUNT(DISTINCT "p"."_tk2") FILTER(WHERE NOT e.score IS NULL) AS _tn7, CASE WHEN MAX(e.score) FILTER(WHERE HASH("e"."_tk1") % 7 = 0) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("e"."_tk1") % 7 = 1) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("e"."_tk1") % 7 = 2) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("e"."_tk1") % 7 = 3) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("e"."_tk1") % 7 = 4) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("e"."_tk1") % 7 = 5) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("e"."_tk1") % 7 = 6) = MAX(e.score) THEN 1 ELSE 0 END AS _tn8, CASE WHEN MAX(e.score) FILTER(WHERE HASH("p"."_tk2") % 7 = 0) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("p"."_tk2") % 7 = 1) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("p"."_tk2") % 7 = 2) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("p"."_tk2") % 7 = 3) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("p"."_tk2") % 7 = 4) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("p"."_tk2") % 7 = 5) = MAX(e.score) THEN 1 ELSE 0 END + CASE WHEN MAX(e.score) FILTER(WHERE HASH("p"."_tk2") % 7 = 6) = MAX(e.score) THEN 1 ELSE 0 END AS _tn9 FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS e JOIN (SELECT pupil_id, pupil_id AS _tk2 FROM main.pupils) AS p ON p.pupil_id = e.pupil_id) AS _tq10) AS _tr11 LIMIT 1000;

-- The largest of sizes of groups
SELECT max(t.school_id) AS n, sum(t.n) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t;
-- becomes
SELECT _ta3 AS n, _ta4 AS m FROM (SELECT CASE WHEN _tn6 >= 5 AND _tn7 >= 5 AND _tn5 >= 5 THEN _ta3 END AS _ta3, CASE WHEN _tn8 >= 5 AND _tn5 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn5, MAX(t.school_id) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT t.school_id IS NULL), 0) AS _tn6, 0 AS _tn7, SUM(t.n) AS _ta4, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT t.n IS NULL), 0) AS _tn8 FROM (SELECT school_id, COUNT(*) AS n, COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS t) AS _tq9) AS _tr10 LIMIT 1000;

-- Listed in order
SELECT string_agg(gender ORDER BY gender) AS n FROM pupils;
-- refused query_aggregate_refused

-- A sum within a group
SELECT sum(score) WITHIN GROUP (ORDER BY score) AS n FROM exam_scores;
-- refused query_aggregate_refused

-- A function without a family
SELECT gender, coalesce(count(*), 0) AS n FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, COALESCE(_ta3, 0) AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- A window over sums of persons
SELECT gender, sum(count(*)) OVER () AS t, count(*) AS n FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, SUM(_ta3) OVER () AS t, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- Values beside persons keep no name
SELECT gender, count(*) + 1, avg(birth_year) FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 + 1 AS "count(*) + 1", _ta4 AS "avg(birth_year)" FROM (SELECT _tg2, _ta3, CASE WHEN _tn6 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta3, AVG(birth_year) AS _ta4, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) AS _tn6 FROM (SELECT pupil_id, birth_year, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg2) = 1)) AS _tr8 LIMIT 1000;

-- A value and its condition in HAVING
SELECT gender FROM pupils GROUP BY gender HAVING avg(birth_year) > 2010 AND gender <> 'M';
-- becomes
SELECT _tg2 AS gender FROM (SELECT _tg2, CASE WHEN _tn5 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, AVG(birth_year) AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) AS _tn5 FROM (SELECT pupil_id, birth_year, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq6 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr7 WHERE _ta3 > 2010 AND _tg2 <> 'M' LIMIT 1000;

-- A group chosen by a window
SELECT gender, count(*) AS n FROM pupils GROUP BY gender QUALIFY rank() OVER (ORDER BY count(*) DESC) = 1;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 QUALIFY RANK() OVER (ORDER BY _ta3 DESC) = 1 LIMIT 1000;

-- A named window over groups
SELECT gender, rank() OVER w AS r FROM pupils GROUP BY gender WINDOW w AS (ORDER BY count(*));
-- becomes
SELECT _tg2 AS gender, RANK() OVER w AS r FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 WINDOW w AS (ORDER BY _ta3) LIMIT 1000;

-- Groups once each
SELECT DISTINCT count(*) AS n FROM pupils GROUP BY gender;
-- becomes
SELECT DISTINCT _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- Distinct of a window over persons
SELECT DISTINCT rank() OVER (ORDER BY birth_year) AS r FROM pupils;
-- refused query_person_rows

-- Distinct keys of one of two persons
SELECT count(*) AS n FROM (SELECT DISTINCT e.pupil_id, t.gender FROM exam_scores AS e JOIN teachers AS t ON t.province_code = e.province_code) AS x;
-- refused query_person_mixed

-- Distinct of schools
SELECT DISTINCT s.level FROM schools AS s JOIN classes AS c ON c.school_id = s.school_id;
-- becomes
SELECT DISTINCT s.level FROM (SELECT school_id, level FROM main.schools) AS s JOIN (SELECT school_id FROM main.classes) AS c ON c.school_id = s.school_id LIMIT 1000;

-- One key shown twice
SELECT count(*) AS n FROM (SELECT pupil_id, pupil_id FROM pupils) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, pupil_id, "pupils"."_tk1" AS _tk2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS t) AS _tq5) AS _tr6 LIMIT 1000;

-- Keys of two persons shown
SELECT count(*) AS n FROM (SELECT e.pupil_id AS a, p.pupil_id AS b FROM exam_scores AS e JOIN pupils AS p ON p.pupil_id = e.pupil_id) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn5 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."a") AS _tn4, COUNT(DISTINCT "t"."b") AS _tn5, COUNT(*) AS _ta3 FROM (SELECT e.pupil_id AS a, p.pupil_id AS b FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.exam_scores) AS e JOIN (SELECT pupil_id, pupil_id AS _tk2 FROM main.pupils) AS p ON p.pupil_id = e.pupil_id) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- A star of everything below
SELECT gender, count(*) AS n FROM (SELECT * FROM pupils) AS t GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "t"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT * FROM (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS t GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 10 AND NOT (COUNT_IF(NOT (_tn4 >= 10)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 10) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- A star of two persons' tables below
SELECT count(*) AS n FROM (SELECT e.*, p.* FROM exam_scores AS e JOIN pupils AS p ON p.pupil_id = e.pupil_id) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 10 AND _tn5 >= 10 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk1") AS _tn4, COUNT(DISTINCT "t"."_tk2") AS _tn5, COUNT(*) AS _ta3 FROM (SELECT e.*, p.* FROM (SELECT score_id, registration_id, pupil_id, province_code, exam_year, subject, score, pupil_id AS _tk1 FROM main.exam_scores) AS e JOIN (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk2 FROM main.pupils) AS p ON p.pupil_id = e.pupil_id) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- A star of one, a column of another
SELECT count(*) AS n FROM (SELECT e.*, p.gender FROM exam_scores AS e JOIN pupils AS p ON p.pupil_id = e.pupil_id) AS t;
-- becomes
SELECT _ta4 AS n FROM (SELECT CASE WHEN _tn5 >= 10 AND _tn6 >= 10 THEN _ta4 END AS _ta4 FROM (SELECT COUNT(DISTINCT "t"."_tk1") AS _tn5, COUNT(DISTINCT "t"."_tk3") AS _tn6, COUNT(*) AS _ta4 FROM (SELECT e.*, p.gender, "p"."_tk2" AS _tk3 FROM (SELECT score_id, registration_id, pupil_id, province_code, exam_year, subject, score, pupil_id AS _tk1 FROM main.exam_scores) AS e JOIN (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk2 FROM main.pupils) AS p ON p.pupil_id = e.pupil_id) AS t) AS _tq7) AS _tr8 LIMIT 1000;

-- A star without persons below
SELECT count(*) AS n FROM (SELECT * FROM schools) AS t;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT * FROM (SELECT school_id, province_code, school_name, level, school_type, district, commune, is_ethnic_boarding, opened_year FROM main.schools) AS schools) AS t LIMIT 1000;

-- A column of a star under a wrong name
SELECT t.nowhere FROM (SELECT * FROM schools) AS t;
-- refused query_column_unknown

-- Persons' rows in a WITH, read twice
WITH t AS (SELECT * FROM pupils WHERE gender = 'F') SELECT count(*) AS n, (SELECT count(*) FROM t) AS m FROM t;
-- becomes
WITH t AS (SELECT * FROM (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk1 FROM main.pupils) AS pupils WHERE gender = 'F') SELECT _ta6 AS n, (SELECT _ta2 AS "count(*)" FROM (SELECT CASE WHEN _tn3 >= 10 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "t"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM t) AS _tq4) AS _tr5) AS m FROM (SELECT CASE WHEN _tn7 >= 10 THEN _ta6 END AS _ta6 FROM (SELECT COUNT(DISTINCT "t"."_tk1") AS _tn7, COUNT(*) AS _ta6 FROM t) AS _tq8) AS _tr9 LIMIT 1000;

-- A WITH under new names
WITH t(g, n) AS (SELECT gender, count(*) FROM pupils GROUP BY gender) SELECT g FROM t WHERE n > 100;
-- becomes
WITH t(g, n) AS (SELECT _tg2 AS gender, _ta3 AS "count(*)" FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) SELECT g FROM t WHERE n > 100 LIMIT 1000;

-- A WITH under too many names
WITH t(a, b, c) AS (SELECT level, district FROM schools) SELECT a FROM t;
-- refused query_columns_renamed

-- Sizes read by name and by another
WITH t AS (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) SELECT avg(t.n) AS m FROM t;
-- becomes
WITH t AS (SELECT school_id, COUNT(*) AS n, COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn4, AVG(t.n) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT t.n IS NULL), 0) AS _tn5 FROM t) AS _tq6) AS _tr7 LIMIT 1000;

-- Sizes under a condition on the key
SELECT avg(n) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t WHERE school_id < 50;
-- becomes
SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn4, AVG(n) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT n IS NULL), 0) AS _tn5 FROM (SELECT school_id, COUNT(*) AS n, COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS t WHERE school_id < 50) AS _tq6) AS _tr7 LIMIT 1000;

-- Sizes under a condition on the size
SELECT avg(n) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t WHERE n < 50;
-- becomes
SELECT AVG(n) AS m FROM (SELECT _tg2 AS school_id, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS t WHERE n < 50 LIMIT 1000;

-- Sizes in the order of their size
SELECT sum(n) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id ORDER BY n LIMIT 3) AS t;
-- becomes
SELECT SUM(n) AS m FROM (SELECT _tg2 AS school_id, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 ORDER BY n LIMIT 3) AS t LIMIT 1000;

-- Sizes grouped by size
SELECT n, count(*) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t GROUP BY n;
-- becomes
SELECT n, COUNT(*) AS m FROM (SELECT _tg2 AS school_id, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS t GROUP BY n LIMIT 1000;

-- Sizes twice over
SELECT avg(b) AS m FROM (SELECT level, sum(n) AS b FROM (SELECT s.level, p.school_id, count(*) AS n FROM pupils AS p JOIN schools AS s ON s.school_id = p.school_id GROUP BY s.level, p.school_id) AS x GROUP BY level) AS y;
-- becomes
SELECT _ta4 AS m FROM (SELECT CASE WHEN _tn6 >= 5 AND _tn5 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT COALESCE(MAX("y"."_tn3"), 0) AS _tn5, AVG(b) AS _ta4, COALESCE(MAX("y"."_tn3") FILTER(WHERE NOT b IS NULL), 0) AS _tn6 FROM (SELECT level, SUM(n) AS b, CASE WHEN COALESCE(MAX("x"."_tn2"), 0) IS NULL OR COALESCE(MAX("x"."_tn2") FILTER(WHERE NOT n IS NULL), 0) IS NULL THEN NULL ELSE LEAST(COALESCE(MAX("x"."_tn2"), 0), COALESCE(MAX("x"."_tn2") FILTER(WHERE NOT n IS NULL), 0)) END AS _tn3 FROM (SELECT s.level, p.school_id, COUNT(*) AS n, COUNT(DISTINCT "p"."_tk1") AS _tn2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS p JOIN (SELECT school_id, level FROM main.schools) AS s ON s.school_id = p.school_id GROUP BY s.level, p.school_id) AS x GROUP BY level) AS y) AS _tq7) AS _tr8 LIMIT 1000;

-- Sizes in a join that names them
SELECT sum(t.n) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t JOIN schools AS s ON s.opened_year = t.n;
-- becomes
SELECT SUM(t.n) AS m FROM (SELECT _tg2 AS school_id, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS t JOIN (SELECT school_id, opened_year FROM main.schools) AS s ON s.opened_year = t.n LIMIT 1000;

-- Sizes in a set operation
SELECT n FROM (SELECT gender, count(*) AS n FROM pupils GROUP BY gender) AS t UNION ALL SELECT 0;
-- becomes
SELECT n FROM (SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS t UNION ALL SELECT 0 LIMIT 1000;

-- Sizes beside a condition of another query
SELECT sum(t.n) AS m FROM (SELECT school_id, count(*) AS n FROM pupils GROUP BY school_id) AS t WHERE t.school_id IN (SELECT s.school_id FROM schools AS s WHERE s.level = 'TH');
-- becomes
SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn4, SUM(t.n) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT t.n IS NULL), 0) AS _tn5 FROM (SELECT school_id, COUNT(*) AS n, COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS t WHERE t.school_id IN (SELECT s.school_id FROM (SELECT school_id, level FROM main.schools) AS s WHERE s.level = 'TH')) AS _tq6) AS _tr7 LIMIT 1000;

-- Sizes of a computed group
SELECT sum(n) AS m FROM (SELECT birth_year - 2000 AS y, count(*) AS n FROM pupils GROUP BY 1) AS t WHERE y > 10;
-- becomes
SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn4, SUM(n) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT n IS NULL), 0) AS _tn5 FROM (SELECT birth_year - 2000 AS y, COUNT(*) AS n, COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, birth_year, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY 1) AS t WHERE y > 10) AS _tq6) AS _tr7 LIMIT 1000;

-- Sizes with a share
SELECT avg(s) AS m FROM (SELECT school_id, count(*) FILTER (WHERE gender = 'F') * 1.0 / count(*) AS s FROM pupils GROUP BY school_id) AS t;
-- becomes
SELECT AVG(s) AS m FROM (SELECT _tg2 AS school_id, _ta3 * 1.0 / _ta4 AS s FROM (SELECT _tg2, CASE WHEN _tn6 >= 5 AND _tn5 - _tn6 >= 5 THEN _ta3 END AS _ta3, _ta4 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) FILTER(WHERE gender = 'F') AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE gender = 'F') AS _tn6, COUNT(*) AS _ta4 FROM (SELECT pupil_id, school_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg2) = 1)) AS _tr8) AS t LIMIT 1000;

-- Sums of a column by school
SELECT avg(s) AS m FROM (SELECT school_id, sum(birth_year) AS s FROM pupils GROUP BY school_id) AS t;
-- becomes
SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn4, AVG(s) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT s IS NULL), 0) AS _tn5 FROM (SELECT school_id, SUM(birth_year) AS s, CASE WHEN COUNT(DISTINCT "pupils"."_tk1") IS NULL OR COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) IS NULL THEN NULL ELSE LEAST(COUNT(DISTINCT "pupils"."_tk1"), COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL)) END AS _tn2 FROM (SELECT pupil_id, school_id, birth_year, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- A rounded size
SELECT avg(s) AS m FROM (SELECT school_id, round(count(*), 0) AS s FROM pupils GROUP BY school_id) AS t;
-- becomes
SELECT _ta3 AS m FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COALESCE(MAX("t"."_tn2"), 0) AS _tn4, AVG(s) AS _ta3, COALESCE(MAX("t"."_tn2") FILTER(WHERE NOT s IS NULL), 0) AS _tn5 FROM (SELECT school_id, ROUND(COUNT(*), 0) AS s, COUNT(DISTINCT "pupils"."_tk1") AS _tn2 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- A size in a window
SELECT avg(s) AS m FROM (SELECT school_id, sum(count(*)) OVER () AS s FROM pupils GROUP BY school_id) AS t;
-- becomes
SELECT AVG(s) AS m FROM (SELECT _tg2 AS school_id, SUM(_ta3) OVER () AS s FROM (SELECT _tg2, _ta3 FROM (SELECT school_id AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY school_id) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS t LIMIT 1000;

-- Persons stacked twice
SELECT count(*) AS n FROM (SELECT gender FROM pupils UNION ALL SELECT gender FROM pupils UNION ALL SELECT gender FROM teachers) AS t;
-- becomes
SELECT _ta7 AS n FROM (SELECT CASE WHEN _tn8 >= 5 THEN _ta7 END AS _ta7 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn8, COUNT(*) AS _ta7 FROM (SELECT gender, "pupils"."_tk1" AS _tk2 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils UNION ALL SELECT gender, "pupils"."_tk3" AS _tk4 FROM (SELECT pupil_id, gender, pupil_id AS _tk3 FROM main.pupils) AS pupils UNION ALL SELECT gender, "teachers"."_tk5" AS _tk6 FROM (SELECT teacher_id, gender, teacher_id AS _tk5 FROM main.teachers) AS teachers) AS t) AS _tq9) AS _tr10 LIMIT 1000;

-- Persons' keys stacked with schools'
SELECT count(*) AS n FROM (SELECT pupil_id FROM pupils UNION ALL SELECT school_id FROM schools) AS t;
-- refused query_person_rows

-- Two keys stacked
SELECT count(*) AS n FROM (SELECT pupil_id, pupil_id AS b FROM pupils UNION SELECT pupil_id, pupil_id FROM exam_scores) AS t;
-- refused query_person_rows

-- Persons in both
SELECT count(*) AS n FROM (SELECT pupil_id FROM pupils INTERSECT SELECT pupil_id FROM exam_scores) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."pupil_id") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils INTERSECT SELECT pupil_id FROM (SELECT pupil_id, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores) AS t) AS _tq5) AS _tr6 LIMIT 1000;

-- Persons' traits in both
SELECT count(*) AS n FROM (SELECT gender FROM pupils INTERSECT ALL SELECT gender FROM teachers) AS t;
-- refused query_person_rows

-- Stacked stars
SELECT count(*) AS n FROM (SELECT * FROM pupils UNION ALL SELECT * FROM pupils) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 10 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT * FROM (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk1 FROM main.pupils) AS pupils UNION ALL SELECT * FROM (SELECT pupil_id, school_id, province_code, birth_year, gender, ethnicity, disability, poor_household, status, pupil_id AS _tk2 FROM main.pupils) AS pupils) AS t) AS _tq5) AS _tr6 LIMIT 1000;

-- Stacked columns of two kinds
SELECT sum(x) AS n FROM (SELECT score AS x FROM exam_scores UNION ALL SELECT exam_year FROM exam_scores) AS t;
-- refused query_aggregate_refused

-- Released groups stacked
SELECT gender, count(*) AS n FROM pupils GROUP BY gender UNION ALL SELECT 'tất cả', count(*) FROM pupils;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 UNION ALL SELECT 'tất cả' AS "'tất cả'", _ta8 AS "count(*)" FROM (SELECT CASE WHEN _tn9 >= 5 THEN _ta8 END AS _ta8 FROM (SELECT COUNT(DISTINCT "pupils"."_tk7") AS _tn9, COUNT(*) AS _ta8 FROM (SELECT pupil_id, gender, pupil_id AS _tk7 FROM main.pupils) AS pupils) AS _tq10) AS _tr11 LIMIT 1000;

-- Values beside a table
SELECT s.level, count(*) AS n FROM schools AS s JOIN (VALUES ('TH'), ('THCS')) AS v(l) ON v.l = s.level GROUP BY s.level;
-- becomes
SELECT s.level, COUNT(*) AS n FROM (SELECT level FROM main.schools) AS s JOIN (VALUES ('TH'), ('THCS')) AS v(l) ON v.l = s.level GROUP BY s.level LIMIT 1000;

-- A semi join of schools
SELECT count(*) AS n FROM schools SEMI JOIN classes ON schools.school_id = classes.school_id;
-- becomes
SELECT COUNT(*) AS n FROM (SELECT school_id FROM main.schools) AS schools SEMI JOIN (SELECT school_id FROM main.classes) AS classes ON schools.school_id = classes.school_id LIMIT 1000;

-- An anti join of persons
SELECT count(*) AS n FROM schools ANTI JOIN teachers ON schools.school_id = teachers.school_id;
-- refused query_person_exists

-- An alias that nobody can resolve
SELECT level AS a, b AS c FROM schools;
-- refused query_column_unknown

-- An alias of an alias
SELECT opened_year + 1 AS a, a + 1 AS b FROM schools;
-- becomes
SELECT opened_year + 1 AS a, a + 1 AS b FROM (SELECT opened_year FROM main.schools) AS schools LIMIT 1000;

-- An alias of a persons' column in WHERE
SELECT count(*) AS n FROM (SELECT birth_year + 1 AS y, gender FROM pupils WHERE y > 2010) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."_tk2") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT birth_year + 1 AS y, gender, "pupils"."_tk1" AS _tk2 FROM (SELECT pupil_id, birth_year, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils WHERE y > 2010) AS t) AS _tq5) AS _tr6 LIMIT 1000;

-- A column of the query around by its table
SELECT count(*) AS n FROM schools AS s WHERE EXISTS (SELECT 1 FROM classes AS c WHERE c.school_id = s.school_id AND s.nowhere = 1);
-- refused query_column_unknown

-- A personal column of the query around
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM classes AS c WHERE c.school_id = p.school_id AND p.phone = '09');
-- refused query_column_personal

-- A personal column of the query around without its table
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM classes AS c WHERE c.school_id = p.school_id AND phone = '09');
-- refused query_column_personal

-- A condition on the same person inside a count
SELECT gender, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM exam_scores AS e WHERE e.pupil_id = p.pupil_id)) AS n FROM pupils AS p GROUP BY gender;
-- becomes
SELECT _tg3 AS gender, _ta4 AS n FROM (SELECT _tg3, CASE WHEN _tn6 >= 5 AND _tn5 - _tn6 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT gender AS _tg3, COUNT(DISTINCT "p"."_tk1") AS _tn5, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT pupil_id, pupil_id AS _tk2 FROM main.exam_scores) AS e WHERE e.pupil_id = p.pupil_id)) AS _ta4, COUNT(DISTINCT "p"."_tk1") FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT pupil_id, pupil_id AS _tk2 FROM main.exam_scores) AS e WHERE e.pupil_id = p.pupil_id)) AS _tn6 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS p GROUP BY gender) AS _tq7 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg3) = 1)) AS _tr8 LIMIT 1000;

-- A condition on the person's school inside a count
SELECT gender, count_if(EXISTS (SELECT 1 FROM schools AS s WHERE s.school_id = p.school_id AND s.level = 'TH')) AS n FROM pupils AS p GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, CASE WHEN _tn5 >= 5 AND _tn4 - _tn5 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "p"."_tk1") AS _tn4, COUNT_IF(EXISTS(SELECT 1 FROM (SELECT school_id, level FROM main.schools) AS s WHERE s.school_id = p.school_id AND s.level = 'TH')) AS _ta3, COUNT(DISTINCT "p"."_tk1") FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT school_id, level FROM main.schools) AS s WHERE s.school_id = p.school_id AND s.level = 'TH')) AS _tn5 FROM (SELECT pupil_id, school_id, gender, pupil_id AS _tk1 FROM main.pupils) AS p GROUP BY gender) AS _tq6 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr7 LIMIT 1000;

-- A value beside the group that reads its row in HAVING
SELECT gender, count(*) AS n FROM pupils AS p GROUP BY gender HAVING (SELECT count(*) FROM schools AS s WHERE s.school_id = p.school_id) > 1;
-- refused query_person_nested

-- What is withheld: groups
SELECT gender, count(*) AS n FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(NOT kept), 0) FROM (SELECT _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1) AS kept FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5) AS marked) AS withheld;

-- What is withheld: groups and values
SELECT gender, avg(birth_year) AS a, count(*) FILTER (WHERE status = 'x') AS b FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS a, _ta4 AS b FROM (SELECT _tg2, CASE WHEN _tn6 >= 5 THEN _ta3 END AS _ta3, CASE WHEN _tn7 >= 5 AND _tn5 - _tn7 >= 5 THEN _ta4 END AS _ta4 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, AVG(birth_year) AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) AS _tn6, COUNT(*) FILTER(WHERE status = 'x') AS _ta4, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE status = 'x') AS _tn7 FROM (SELECT pupil_id, birth_year, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq8 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg2) = 1)) AS _tr9 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(NOT kept), 0) + COALESCE(COUNT_IF(kept AND NOT shown_0), 0) + COALESCE(COUNT_IF(kept AND NOT shown_1), 0) FROM (SELECT _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn5 >= 5) ORDER BY _tn5, _tg2) = 1) AS kept, (_tn6 >= 5) AS shown_0, (_tn7 >= 5 AND _tn5 - _tn7 >= 5) AS shown_1 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, AVG(birth_year) AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) AS _tn6, COUNT(*) FILTER(WHERE status = 'x') AS _ta4, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE status = 'x') AS _tn7 FROM (SELECT pupil_id, birth_year, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq8) AS marked) AS withheld;

-- What is withheld: a value
SELECT count(*) FILTER (WHERE status = 'x') AS b, avg(birth_year) AS a FROM pupils;
-- becomes
SELECT _ta2 AS b, _ta3 AS a FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 - _tn5 >= 5 AND _tn4 >= 5 THEN _ta2 END AS _ta2, CASE WHEN _tn6 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) FILTER(WHERE status = 'x') AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE status = 'x') AS _tn5, AVG(birth_year) AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) AS _tn6 FROM (SELECT pupil_id, birth_year, status, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq7) AS _tr8 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(kept AND NOT shown_0), 0) + COALESCE(COUNT_IF(kept AND NOT shown_1), 0) FROM (SELECT TRUE AS kept, (_tn5 >= 5 AND _tn4 - _tn5 >= 5 AND _tn4 >= 5) AS shown_0, (_tn6 >= 5 AND _tn4 >= 5) AS shown_1 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) FILTER(WHERE status = 'x') AS _ta2, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE status = 'x') AS _tn5, AVG(birth_year) AS _ta3, COUNT(DISTINCT "pupils"."_tk1") FILTER(WHERE NOT birth_year IS NULL) AS _tn6 FROM (SELECT pupil_id, birth_year, status, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq7) AS marked) AS withheld;

-- What is withheld: a plain number
SELECT count(*) AS n FROM pupils;
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq4) AS _tr5 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(kept AND NOT shown_0), 0) FROM (SELECT TRUE AS kept, (_tn3 >= 5) AS shown_0 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq4) AS marked) AS withheld;

-- What is withheld: totals
SELECT gender, count(*) AS n FROM pupils GROUP BY ROLLUP (gender);
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3, GROUPING(gender) AS _tn5 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY ROLLUP (gender)) AS _tq6 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER (PARTITION BY _tn5) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tn5, NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1) AND NOT (_tn5 > 0 AND COUNT_IF(NOT (_tn4 >= 5)) OVER () > 0)) AS _tr7 LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(NOT kept), 0) FROM (SELECT _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER (PARTITION BY _tn5) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tn5, NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1) AND NOT (_tn5 > 0 AND COUNT_IF(NOT (_tn4 >= 5)) OVER () > 0) AS kept FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3, GROUPING(gender) AS _tn5 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY ROLLUP (gender)) AS _tq6) AS marked) AS withheld;

-- What is withheld: two parts
SELECT a.n, b.m FROM (SELECT count(*) AS n FROM pupils) AS a CROSS JOIN (SELECT count(*) AS m FROM teachers) AS b;
-- becomes
SELECT a.n, b.m FROM (SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq4) AS _tr5) AS a CROSS JOIN (SELECT _ta7 AS m FROM (SELECT CASE WHEN _tn8 >= 5 THEN _ta7 END AS _ta7 FROM (SELECT COUNT(DISTINCT "teachers"."_tk6") AS _tn8, COUNT(*) AS _ta7 FROM (SELECT teacher_id, teacher_id AS _tk6 FROM main.teachers) AS teachers) AS _tq9) AS _tr10) AS b LIMIT 1000;
-- withheld
SELECT (SELECT COALESCE(COUNT_IF(kept AND NOT shown_0), 0) FROM (SELECT TRUE AS kept, (_tn3 >= 5) AS shown_0 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq4) AS marked) + (SELECT COALESCE(COUNT_IF(kept AND NOT shown_0), 0) FROM (SELECT TRUE AS kept, (_tn8 >= 5) AS shown_0 FROM (SELECT COUNT(DISTINCT "teachers"."_tk6") AS _tn8, COUNT(*) AS _ta7 FROM (SELECT teacher_id, teacher_id AS _tk6 FROM main.teachers) AS teachers) AS _tq9) AS marked) AS withheld;

-- What is withheld: a WITH
WITH t AS (SELECT gender, count(*) AS n FROM pupils GROUP BY gender) SELECT n FROM t;
-- becomes
WITH t AS (SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) SELECT n FROM t LIMIT 1000;
-- withheld
WITH t AS (SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) SELECT (SELECT COALESCE(COUNT_IF(NOT kept), 0) FROM (SELECT _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1) AS kept FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5) AS marked) AS withheld;

-- What is withheld: too deep to be counted by itself
SELECT n FROM (SELECT n FROM (SELECT gender, count(*) AS n FROM pupils GROUP BY gender) AS a) AS b;
-- becomes
SELECT n FROM (SELECT n FROM (SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6) AS a) AS b LIMIT 1000;
-- withheld
nothing

-- What is withheld: beside a query in a value
SELECT (SELECT count(*) FROM pupils) AS n;
-- becomes
SELECT (SELECT _ta2 AS "count(*)" FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils) AS _tq4) AS _tr5) AS n LIMIT 1000;
-- withheld
nothing

-- What is withheld: stacked
SELECT gender, count(*) AS n FROM pupils GROUP BY gender UNION ALL SELECT gender, count(*) FROM teachers GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 UNION ALL SELECT _tg8 AS gender, _ta9 AS "count(*)" FROM (SELECT _tg8, _ta9 FROM (SELECT gender AS _tg8, COUNT(DISTINCT "teachers"."_tk7") AS _tn10, COUNT(*) AS _ta9 FROM (SELECT teacher_id, gender, teacher_id AS _tk7 FROM main.teachers) AS teachers GROUP BY gender) AS _tq11 QUALIFY _tn10 >= 5 AND NOT (COUNT_IF(NOT (_tn10 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn10 >= 5) ORDER BY _tn10, _tg8) = 1)) AS _tr12 LIMIT 1000;
-- withheld
nothing

-- A key that equals itself is tied to nobody
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM exam_scores AS e WHERE e.pupil_id = pupil_id AND e.score > 9);
-- refused query_person_exists

-- A key of the query around two levels up
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM schools AS s WHERE s.school_id = p.school_id AND EXISTS (SELECT 1 FROM exam_scores AS e WHERE e.pupil_id = p.pupil_id));
-- refused query_person_exists

-- A key of a class's teacher around
SELECT count(*) AS n FROM classes AS c WHERE EXISTS (SELECT 1 FROM teachers AS t WHERE t.teacher_id = c.homeroom_teacher_id);
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.teacher_id = c.homeroom_teacher_id)) AS _ta2, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.teacher_id = c.homeroom_teacher_id)) AS _tn4, COUNT(*) FILTER(WHERE EXISTS(SELECT 1 FROM (SELECT teacher_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.teacher_id = c.homeroom_teacher_id)) AS _tn5, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "t"."_tk1") FROM (SELECT teacher_id, teacher_id AS _tk1 FROM main.teachers) AS t WHERE t.teacher_id = c.homeroom_teacher_id))))), 0) AS _tn6 FROM (SELECT homeroom_teacher_id FROM main.classes) AS c WHERE TRUE) AS _tq7) AS _tr8 LIMIT 1000;

-- Stacked keys beside values
SELECT count(s) AS n FROM (SELECT pupil_id, score AS s FROM exam_scores UNION ALL SELECT pupil_id, score FROM exam_scores) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 - _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."pupil_id") AS _tn4, COUNT(s) AS _ta3, COUNT(DISTINCT "t"."pupil_id") FILTER(WHERE NOT s IS NULL) AS _tn5 FROM (SELECT pupil_id, score AS s FROM (SELECT pupil_id, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores UNION ALL SELECT pupil_id, score FROM (SELECT pupil_id, score, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- A star stacked on columns
SELECT count(score) AS n FROM (SELECT * FROM (SELECT pupil_id, score FROM exam_scores) AS a UNION ALL SELECT pupil_id, score FROM exam_scores) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."pupil_id") AS _tn4, COUNT(score) AS _ta3, COUNT(DISTINCT "t"."pupil_id") FILTER(WHERE NOT score IS NULL) AS _tn5 FROM (SELECT * FROM (SELECT pupil_id, score FROM (SELECT score_id, registration_id, pupil_id, province_code, exam_year, subject, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores) AS a UNION ALL SELECT pupil_id, score FROM (SELECT score_id, registration_id, pupil_id, province_code, exam_year, subject, score, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- Columns stacked on a star
SELECT count(score) AS n FROM (SELECT pupil_id, score FROM exam_scores UNION ALL SELECT * FROM (SELECT pupil_id, score FROM exam_scores) AS a) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn5 >= 5 AND _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."pupil_id") AS _tn4, COUNT(score) AS _ta3, COUNT(DISTINCT "t"."pupil_id") FILTER(WHERE NOT score IS NULL) AS _tn5 FROM (SELECT pupil_id, score FROM (SELECT score_id, registration_id, pupil_id, province_code, exam_year, subject, score, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores UNION ALL SELECT * FROM (SELECT pupil_id, score FROM (SELECT score_id, registration_id, pupil_id, province_code, exam_year, subject, score, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores) AS a) AS t) AS _tq6) AS _tr7 LIMIT 1000;

-- Names that change places
SELECT status AS gender, gender AS status, count(*) AS n FROM pupils GROUP BY 1, 2 ORDER BY gender;
-- becomes
SELECT _tg2 AS gender, _tg3 AS status, _ta4 AS n FROM (SELECT _tg2, _tg3, _ta4 FROM (SELECT status AS _tg2, gender AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta4 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY status, gender) AS _tq6 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg3) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg2) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1)) AS _tr7 ORDER BY gender LIMIT 1000;

-- Names that change places, in HAVING
SELECT status AS gender, gender AS status, count(*) AS n FROM pupils GROUP BY 1, 2 HAVING gender = 'F';
-- becomes
SELECT _tg2 AS gender, _tg3 AS status, _ta4 AS n FROM (SELECT _tg2, _tg3, _ta4 FROM (SELECT status AS _tg2, gender AS _tg3, COUNT(DISTINCT "pupils"."_tk1") AS _tn5, COUNT(*) AS _ta4 FROM (SELECT pupil_id, gender, status, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY status, gender) AS _tq6 QUALIFY _tn5 >= 5 AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg3) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg3, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1) AND NOT (COUNT_IF(NOT (_tn5 >= 5)) OVER (PARTITION BY _tg2) = 1 AND ROW_NUMBER() OVER (PARTITION BY _tg2, NOT (_tn5 >= 5) ORDER BY _tn5, _tg2, _tg3) = 1)) AS _tr7 WHERE _tg3 = 'F' LIMIT 1000;

-- A key both tables have
SELECT count(*) AS n FROM (SELECT pupil_id FROM exam_scores JOIN pupils USING (pupil_id)) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."pupil_id") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores JOIN (SELECT pupil_id, pupil_id AS _tk2 FROM main.pupils) AS pupils USING (pupil_id)) AS t) AS _tq5) AS _tr6 LIMIT 1000;

-- Distinct keys both tables have
SELECT count(*) AS n FROM (SELECT DISTINCT pupil_id, gender FROM exam_scores JOIN pupils USING (pupil_id)) AS t;
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "t"."pupil_id") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT DISTINCT pupil_id, gender FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.exam_scores) AS exam_scores JOIN (SELECT pupil_id, gender, pupil_id AS _tk2 FROM main.pupils) AS pupils USING (pupil_id)) AS t) AS _tq5) AS _tr6 LIMIT 1000;

-- A natural join of a key with what is none
SELECT count(*) AS n FROM pupils NATURAL JOIN (SELECT school_id AS pupil_id FROM schools) AS t;
-- refused query_person_key

-- Classes chosen by their teacher in a list
SELECT count(*) AS n FROM classes WHERE homeroom_teacher_id IN (SELECT teacher_id FROM teachers WHERE subject = 'Toán');
-- becomes
SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn4 >= 5 AND _tn3 >= 5 AND _tn5 >= 5 AND _tn6 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(*) AS _tn3, COUNT(*) FILTER(WHERE homeroom_teacher_id IN (SELECT teacher_id FROM (SELECT teacher_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Toán')) AS _ta2, COUNT(*) FILTER(WHERE homeroom_teacher_id IN (SELECT teacher_id FROM (SELECT teacher_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Toán')) AS _tn4, COUNT(*) FILTER(WHERE homeroom_teacher_id IN (SELECT teacher_id FROM (SELECT teacher_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Toán')) AS _tn5, COALESCE(LENGTH(LIST_DISTINCT(FLATTEN(ARRAY_AGG((SELECT ARRAY_AGG(DISTINCT "teachers"."_tk1") FROM (SELECT teacher_id, subject, teacher_id AS _tk1 FROM main.teachers) AS teachers WHERE subject = 'Toán' AND teacher_id = "classes"."homeroom_teacher_id"))))), 0) AS _tn6 FROM (SELECT homeroom_teacher_id FROM main.classes) AS classes WHERE TRUE) AS _tq7) AS _tr8 LIMIT 1000;

-- A person of the query around in a list
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM schools AS s WHERE s.school_id = p.school_id AND p.pupil_id IN (SELECT pupil_id FROM exam_scores));
-- refused query_person_exists

-- A person in a list of two columns
SELECT count(*) AS n FROM pupils WHERE pupil_id IN (SELECT pupil_id, school_id FROM pupils);
-- refused query_person_exists

-- A key compared with a query
SELECT count(*) AS n FROM pupils WHERE pupil_id = (SELECT max(school_id) FROM schools);
-- refused query_person_key

-- A query of keys as a value
SELECT (SELECT pupil_id FROM pupils) AS n;
-- refused query_person_key

-- A key in brackets in a list
SELECT count(*) AS n FROM pupils WHERE (pupil_id) IN (SELECT pupil_id FROM exam_scores);
-- becomes
SELECT _ta3 AS n FROM (SELECT CASE WHEN _tn4 >= 5 THEN _ta3 END AS _ta3 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, pupil_id AS _tk1 FROM main.pupils) AS pupils WHERE (pupil_id) IN (SELECT pupil_id FROM (SELECT pupil_id, pupil_id AS _tk2 FROM main.exam_scores) AS exam_scores)) AS _tq5) AS _tr6 LIMIT 1000;

-- A WITH renamed where it is read
WITH t AS (SELECT level, district FROM schools) SELECT x FROM t AS a(x, y);
-- becomes
WITH t AS (SELECT level, district FROM (SELECT level, district FROM main.schools) AS schools) SELECT x FROM t AS a(x, y) LIMIT 1000;

-- A WITH by its old names where it is renamed
WITH t AS (SELECT level, district FROM schools) SELECT level FROM t AS a(x, y);
-- refused query_column_unknown

-- A subquery by its old names where it is renamed
SELECT level FROM (SELECT level, district FROM schools) AS a(x, y);
-- refused query_column_unknown

-- A key renamed
SELECT count(*) AS n FROM (SELECT pupil_id, gender FROM pupils) AS a(k, g) WHERE k = 5;
-- refused query_person_key

-- A value of one person in VALUES
SELECT n FROM (VALUES ((SELECT birth_year FROM pupils LIMIT 1))) AS t(n);
-- refused query_person_rows

-- A person's key in VALUES
SELECT n FROM (VALUES ((SELECT pupil_id FROM pupils LIMIT 1))) AS t(n);
-- refused query_person_rows

-- A person's key in a list in VALUES
SELECT n FROM (VALUES (5 IN (SELECT pupil_id FROM pupils UNION SELECT pupil_id FROM enrollments))) AS t(n);
-- refused query_person_rows

-- Whether there is somebody, in VALUES beside a table
SELECT s.level FROM schools AS s JOIN (VALUES (1, EXISTS (SELECT 1 FROM pupils WHERE birth_year = 1900))) AS t(a, n) ON t.a = s.school_id;
-- refused query_person_rows

-- A personal column in VALUES
SELECT n FROM (VALUES ((SELECT full_name FROM pupils LIMIT 1))) AS t(n);
-- refused query_column_personal

-- A count of persons in VALUES is released by itself
SELECT n FROM (VALUES ((SELECT count(*) FROM pupils WHERE birth_year = 2010))) AS t(n);
-- becomes
SELECT n FROM (VALUES ((SELECT _ta2 AS "count(*)" FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "pupils"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM (SELECT pupil_id, birth_year, pupil_id AS _tk1 FROM main.pupils) AS pupils WHERE birth_year = 2010) AS _tq4) AS _tr5))) AS t(n) LIMIT 1000;

-- A row beside VALUES is not in them
SELECT count(*) AS n FROM pupils AS p, (VALUES (p.pupil_id)) AS t(k) WHERE t.k = 5;
-- refused query_column_unknown

-- A row around VALUES is not in them
SELECT count(*) AS n FROM pupils AS p WHERE EXISTS (SELECT 1 FROM (VALUES ((SELECT e.grade FROM enrollments AS e WHERE e.pupil_id = p.pupil_id))) AS t(k) WHERE t.k = 5);
-- refused query_column_unknown

-- A window over groups counts the released ones
SELECT gender, count(*) AS n, count(*) OVER () AS shown FROM pupils GROUP BY gender;
-- becomes
SELECT _tg2 AS gender, _ta3 AS n, COUNT(*) OVER () AS shown FROM (SELECT _tg2, _ta3 FROM (SELECT gender AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils GROUP BY gender) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- WHERE looks at the stored column before a name of the output
SELECT lower(gender) AS gender, count(*) AS n FROM pupils WHERE gender = 'Nam' GROUP BY lower(gender);
-- becomes
SELECT _tg2 AS gender, _ta3 AS n FROM (SELECT _tg2, _ta3 FROM (SELECT LOWER(gender) AS _tg2, COUNT(DISTINCT "pupils"."_tk1") AS _tn4, COUNT(*) AS _ta3 FROM (SELECT pupil_id, gender, pupil_id AS _tk1 FROM main.pupils) AS pupils WHERE gender = 'Nam' GROUP BY LOWER(gender)) AS _tq5 QUALIFY _tn4 >= 5 AND NOT (COUNT_IF(NOT (_tn4 >= 5)) OVER () = 1 AND ROW_NUMBER() OVER (PARTITION BY NOT (_tn4 >= 5) ORDER BY _tn4, _tg2) = 1)) AS _tr6 LIMIT 1000;

-- A column named like a key meets nothing where the join says what meets
WITH t AS (SELECT school_id, count(*) AS pupil_id FROM classes GROUP BY school_id) SELECT count(*) AS n FROM t JOIN pupils AS p ON p.school_id = t.school_id;
-- becomes
WITH t AS (SELECT school_id, COUNT(*) AS pupil_id FROM (SELECT school_id FROM main.classes) AS classes GROUP BY school_id) SELECT _ta2 AS n FROM (SELECT CASE WHEN _tn3 >= 5 THEN _ta2 END AS _ta2 FROM (SELECT COUNT(DISTINCT "p"."_tk1") AS _tn3, COUNT(*) AS _ta2 FROM t JOIN (SELECT pupil_id, school_id, pupil_id AS _tk1 FROM main.pupils) AS p ON p.school_id = t.school_id) AS _tq4) AS _tr5 LIMIT 1000;
