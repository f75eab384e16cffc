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
