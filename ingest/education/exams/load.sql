-- Published examination results in place of the synthetic ones. Variables: folder (of thpt_summary and thpt_scores).
-- Reads counts and marks only: candidates' numbers are dropped where their marks are counted.
-- @step statistics
CREATE TEMP TABLE subject_name AS
SELECT * FROM (VALUES
    ('Toan', 'TOAN'), ('NguVan', 'VAN'), ('NgoaiNgu', 'NGOAI_NGU'), ('VatLy', 'VAT_LI'), ('HoaHoc', 'HOA_HOC'),
    ('SinhHoc', 'SINH_HOC'), ('LichSu', 'LICH_SU'), ('DiaLy', 'DIA_LI'), ('GDCD', 'GDCD'),
    ('KinhTePhapLuat', 'GDKTPL'), ('TinHoc', 'TIN_HOC'), ('CongNgheCongNghiep', 'CN_CONG_NGHIEP'),
    ('CongNgheNongNghiep', 'CN_NONG_NGHIEP')
) AS known(written, subject_code);
CREATE TEMP TABLE provincial AS
SELECT 'TN' || year AS exam_id, year::INTEGER AS year, subject_code, board.province_code, board.province_code_63,
    board.macro_region, "count"::INTEGER AS papers, round(mean * "count", 4) AS score_sum,
    round((std * std + mean * mean) * "count", 4) AS score_square_sum,
    round(share_lt_5 * "count")::INTEGER AS n_lt5, round(share_ge_8 * "count")::INTEGER AS n_ge8,
    round(share_ge_10 * "count")::INTEGER AS n_ten
FROM read_csv(getvariable('folder') || '/thpt_summary/province_subject_metrics.csv') AS figures
JOIN subject_name ON subject_name.written = figures.subject
JOIN board ON board.map = CASE WHEN year >= 2026 THEN '34' ELSE '63' END
    AND board.board_code = lpad(figures.province_code::VARCHAR, 2, '0');
CREATE TEMP TABLE marks AS
SELECT 'TN' || year AS exam_id, year::INTEGER AS year, subject_code, score::DOUBLE AS score, "count"::INTEGER AS papers
FROM read_csv(getvariable('folder') || '/thpt_summary/subject_score_distribution.csv') AS figures
JOIN subject_name ON subject_name.written = figures.subject;
CREATE TEMP TABLE held AS SELECT DISTINCT year FROM marks;
DELETE FROM exam_subject_stat WHERE year IN (SELECT year FROM held);
DELETE FROM exam_subject_national WHERE year IN (SELECT year FROM held);
DELETE FROM exam_score_histogram WHERE year IN (SELECT year FROM held);
DELETE FROM exam_combination_stat WHERE year IN (SELECT year FROM held);
INSERT INTO exam_round BY NAME
SELECT 'TN' || year AS exam_id, year, 'CT2006' AS programme, exam_date,
    'Kỳ thi trung học phổ thông quốc gia năm ' || year AS name_vi
FROM held JOIN exam_day USING (year) WHERE year NOT IN (SELECT year FROM exam_round);
INSERT INTO exam_subject_stat BY NAME
SELECT provincial.*, FALSE AS is_synthetic, getvariable('source') AS source_id, exam_date AS as_of_date
FROM provincial JOIN exam_day USING (year);
-- What is known of the whole country only: of every year the bands by mark, of a year without provinces everything.
INSERT INTO exam_subject_stat BY NAME
SELECT marks.exam_id, marks.year, marks.subject_code,
    sum(papers) FILTER (WHERE alone)::INTEGER AS papers, round(sum(score * papers) FILTER (WHERE alone), 4) AS score_sum,
    round(sum(score * score * papers) FILTER (WHERE alone), 4) AS score_square_sum,
    coalesce(sum(papers) FILTER (WHERE score < 5 AND alone), if(alone, 0, NULL))::INTEGER AS n_lt5,
    coalesce(sum(papers) FILTER (WHERE score >= 8 AND alone), if(alone, 0, NULL))::INTEGER AS n_ge8,
    coalesce(sum(papers) FILTER (WHERE score = 10 AND alone), if(alone, 0, NULL))::INTEGER AS n_ten,
    coalesce(sum(papers) FILTER (WHERE score <= 1), 0)::INTEGER AS n_le1,
    coalesce(sum(papers) FILTER (WHERE score >= 7), 0)::INTEGER AS n_ge7,
    coalesce(sum(papers) FILTER (WHERE score >= 9), 0)::INTEGER AS n_ge9,
    FALSE AS is_synthetic, getvariable('source') AS source_id, any_value(exam_date) AS as_of_date
FROM (SELECT *, year NOT IN (SELECT year FROM provincial) AS alone FROM marks) AS marks JOIN exam_day USING (year)
GROUP BY marks.exam_id, marks.year, marks.subject_code, alone;
INSERT INTO exam_subject_national BY NAME
SELECT 'TN' || year AS exam_id, year::INTEGER AS year, subject_code, "count"::INTEGER AS papers, mean AS mean_score,
    median AS median_score, std AS sd_score, FALSE AS is_synthetic, getvariable('source') AS source_id,
    exam_date AS as_of_date
FROM read_csv(getvariable('folder') || '/thpt_summary/subject_year_metrics.csv') AS figures
JOIN subject_name ON subject_name.written = figures.subject JOIN exam_day USING (year);
INSERT INTO exam_combination_stat BY NAME
SELECT 'TN' || year AS exam_id, year::INTEGER AS year, left(combo_label, 3) AS combination_code,
    "count"::INTEGER AS candidates, round(mean * "count", 2) AS total_sum, p90 AS p90_total, p95 AS p95_total,
    round(share_ge_24 * "count")::INTEGER AS n_ge24, round(share_ge_27 * "count")::INTEGER AS n_ge27,
    round(share_ge_29 * "count")::INTEGER AS n_ge29,
    FALSE AS is_synthetic, getvariable('source') AS source_id, exam_date AS as_of_date
FROM read_csv(getvariable('folder') || '/thpt_summary/combo_year_metrics.csv') JOIN exam_day USING (year);
-- @step candidates
-- A mark of 0,00 in the 2020 file is zero or not taken: left out, so it stays with the rest of the country.
CREATE TEMP TABLE counted (year INTEGER, board_code VARCHAR, subject_code VARCHAR, score DOUBLE, papers BIGINT);
-- @step candidates 2020
INSERT INTO counted
SELECT 2020, left(sbd, 2), subject_code, score, count(*)
FROM (UNPIVOT read_csv(getvariable('folder') || '/thpt_scores/thpt_2020_57_provinces.csv.gz', types = {'sbd': 'VARCHAR'})
    ON toan AS 'TOAN', ngu_van AS 'VAN', ngoai_ngu AS 'NGOAI_NGU', vat_li AS 'VAT_LI', hoa_hoc AS 'HOA_HOC',
    sinh_hoc AS 'SINH_HOC', lich_su AS 'LICH_SU', dia_li AS 'DIA_LI', gdcd AS 'GDCD'
    INTO NAME subject_code VALUE score)
WHERE score > 0 GROUP BY ALL;
-- @step candidates 2025
-- Here -1 is not taken and 0 a mark. The boards' own files hold the whole board; birth days are never read.
INSERT INTO counted
SELECT 2025, board_code, subject_code, score, count(*)
FROM (UNPIVOT (
        SELECT left(one.SBD, 2) AS board_code, one.TOAN, one.VAN, one.NGOAI_NGU, one.LI, one.HOA, one.SINH, one.SU,
            one.DIA, one.GDKT_PL, one.TIN_HOC, one.CN_CONG_NGHIEP, one.CN_NONG_NGHIEP
        FROM (SELECT unnest("data") AS one FROM read_json(getvariable('folder') || '/thpt_scores/2025_json/*.json.gz',
            maximum_object_size = 268435456, columns = {'data': 'STRUCT(SBD VARCHAR, TOAN DOUBLE, VAN DOUBLE,
            NGOAI_NGU DOUBLE, LI DOUBLE, HOA DOUBLE, SINH DOUBLE, SU DOUBLE, DIA DOUBLE, GDKT_PL DOUBLE,
            TIN_HOC DOUBLE, CN_CONG_NGHIEP DOUBLE, CN_NONG_NGHIEP DOUBLE)[]'})))
    ON TOAN AS 'TOAN', VAN AS 'VAN', NGOAI_NGU AS 'NGOAI_NGU', LI AS 'VAT_LI', HOA AS 'HOA_HOC', SINH AS 'SINH_HOC',
    SU AS 'LICH_SU', DIA AS 'DIA_LI', GDKT_PL AS 'GDKTPL', TIN_HOC AS 'TIN_HOC', CN_CONG_NGHIEP AS 'CN_CONG_NGHIEP',
    CN_NONG_NGHIEP AS 'CN_NONG_NGHIEP' INTO NAME subject_code VALUE score)
WHERE score >= 0 GROUP BY ALL;
-- @step candidates part
INSERT INTO counted
SELECT 2025, left("Số báo danh", 2), subject_code, try_cast(mark AS DOUBLE), count(*)
FROM (UNPIVOT read_csv(getvariable('folder') || '/thpt_scores/thpt_2025_hanoi_part.csv.gz', all_varchar = TRUE)
    ON "Toán" AS 'TOAN', "Văn" AS 'VAN', "Ngoại ngữ" AS 'NGOAI_NGU', "Lí" AS 'VAT_LI', "Hoá" AS 'HOA_HOC',
    "Sinh" AS 'SINH_HOC', "Sử" AS 'LICH_SU', "Địa" AS 'DIA_LI', "Tin học" AS 'TIN_HOC'
    INTO NAME subject_code VALUE mark)
WHERE try_cast(mark AS DOUBLE) >= 0 GROUP BY ALL;
-- @step profiles
-- A board's marks are used only where they are all there: as many papers as published, but for the zeros left out.
CREATE TEMP TABLE complete AS
SELECT board.province_code, board.province_code_63, board.macro_region, counted.year, counted.subject_code,
    counted.board_code, sum(counted.papers) BETWEEN any_value(provincial.papers) * 0.995 AND any_value(provincial.papers) AS whole
FROM counted JOIN board ON board.map = '63' AND board.board_code = counted.board_code
LEFT JOIN provincial ON provincial.year = counted.year AND provincial.subject_code = counted.subject_code
    AND provincial.province_code_63 = board.province_code_63
GROUP BY ALL;
CREATE TEMP TABLE placed AS
SELECT 'TN' || counted.year AS exam_id, counted.year, counted.subject_code, score, province_code, province_code_63,
    macro_region, counted.papers::INTEGER AS papers
FROM counted JOIN complete USING (year, subject_code, board_code) WHERE whole;
INSERT INTO exam_score_histogram BY NAME
SELECT everything.*, FALSE AS is_synthetic, getvariable('source') AS source_id, exam_date AS as_of_date
FROM (
    SELECT * FROM placed
    UNION ALL BY NAME
    SELECT marks.exam_id, marks.year, marks.subject_code, marks.score,
        (marks.papers - coalesce(sum(placed.papers), 0))::INTEGER AS papers
    FROM marks LEFT JOIN placed USING (year, subject_code, score)
    GROUP BY marks.exam_id, marks.year, marks.subject_code, marks.score, marks.papers
    HAVING marks.papers > coalesce(sum(placed.papers), 0)
) AS everything JOIN exam_day USING (year);
