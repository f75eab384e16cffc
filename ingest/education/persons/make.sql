-- Synthetic persons behind the counts of one report: `source` is the attached education database.
-- Variables: school_year, period, seed. Numbers of identity begin with 999, which no province has.
CREATE TABLE learner ( -- Người học (giả lập): mỗi lượt ghi danh một dòng
    learner_id BIGINT, -- Số thứ tự; người chuyển trường có hai dòng cùng số định danh
    moet_id VARCHAR, -- Mã định danh của Bộ, 10 chữ số; hai số đầu là mã tỉnh cũ nơi cấp
    national_id VARCHAR, -- Số định danh cá nhân, 12 chữ số (giả lập, bắt đầu bằng 999)
    full_name VARCHAR, -- Họ và tên (giả lập)
    birth_date_text VARCHAR, -- Ngày sinh như đã nhập, có dòng sai (30/02)
    sex_code VARCHAR, -- Giới tính
    ethnicity_group VARCHAR, -- Nhóm dân tộc
    school_id VARCHAR, -- Mã cơ sở giáo dục
    grade_code VARCHAR, -- Khối lớp
    status_code VARCHAR -- Trạng thái: 01 đang học, 04 đã chuyển đi trong kỳ 1
);
CREATE TABLE staff_member ( -- Nhân sự (giả lập): mỗi người một dòng
    staff_id BIGINT, -- Số thứ tự
    national_id VARCHAR, -- Số định danh cá nhân, 12 chữ số (giả lập, bắt đầu bằng 999)
    full_name VARCHAR, -- Họ và tên (giả lập)
    birth_year INTEGER, -- Năm sinh
    sex_code VARCHAR, -- Giới tính
    position_code VARCHAR -- Vị trí công tác
);
CREATE TABLE staff_assignment ( -- Nơi công tác; một số giáo viên dạy hai trường
    staff_id BIGINT, -- Số thứ tự của nhân sự
    school_id VARCHAR, -- Mã cơ sở giáo dục
    is_main BOOLEAN -- Đúng với nơi công tác chính
);
CREATE TEMP MACRO pick(list, n, salt) AS list[1 + (hash(n * 31 + salt) % len(list))::INTEGER];
CREATE TEMP MACRO person_name(n, woman) AS
    pick(['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý'], n, 1) || ' '
    || if(woman, pick(['Thị', 'Thu', 'Ngọc', 'Minh', 'Khánh'], n, 2), pick(['Văn', 'Đức', 'Minh', 'Quang', 'Hữu'], n, 2))
    || ' ' || pick(['An', 'Bình', 'Châu', 'Dung', 'Giang', 'Hà', 'Hải', 'Khôi', 'Lam', 'Linh', 'Mai', 'Nam', 'Phúc',
        'Quân', 'Sơn', 'Tâm', 'Thảo', 'Trung', 'Vinh', 'Yến'], n, 3);
-- The first number of each group of alike learners; the numbers follow on, so no large table is ever sorted.
CREATE TEMP TABLE groups AS
SELECT school_id, province_code_63, grade_code, sex_code, ethnicity_group, pupils,
    sum(pupils) OVER (ORDER BY school_id, grade_code, sex_code, ethnicity_group) - pupils AS first_number
FROM source.enrolment
WHERE school_year = getvariable('school_year') AND period_code = getvariable('period') AND pupils > 0;
INSERT INTO learner
SELECT n, province_code_63 || lpad((n % 100000000)::VARCHAR, 8, '0'), '999' || lpad(n::VARCHAR, 9, '0'),
    person_name(n + getvariable('seed'), sex_code = 'NU'),
    if(hash(n + 7) % 3000 = 0, '30/02/', lpad((1 + hash(n + 5) % 28)::VARCHAR, 2, '0') || '/'
        || lpad((1 + hash(n + 6) % 12)::VARCHAR, 2, '0') || '/')
        || (left(getvariable('school_year'), 4)::INTEGER - CASE WHEN grade_code <= '12' THEN 5 + grade_code::INTEGER
            WHEN grade_code >= '16' THEN grade_code::INTEGER - 13 ELSE grade_code::INTEGER - 12 END)::VARCHAR,
    sex_code, ethnicity_group, school_id, grade_code, '01'
FROM (SELECT *, (first_number + unnest(range(pupils)))::BIGINT AS n FROM groups);
-- A transfer recorded twice: the school that was left still keeps a line.
INSERT INTO learner
SELECT learner_id, moet_id, national_id, full_name, birth_date_text, sex_code, ethnicity_group, former, grade_code, '04'
FROM learner JOIN (SELECT school_id, lead(school_id) OVER (ORDER BY school_id) AS former FROM source.school) USING (school_id)
WHERE hash(learner_id + 11) % 500 = 0 AND former IS NOT NULL;
CREATE TEMP TABLE staff_groups AS
SELECT school_id, sex_code, position_code, age_band, persons,
    sum(persons) OVER (ORDER BY school_id, level_code, position_code, sex_code, ethnicity_group, qualification_code,
        standard_code, contract_code, age_band, subject_code, prof_grade, language_level, it_certified, rowid)
        - persons AS first_number
FROM source.staff_stat
WHERE school_year = getvariable('school_year') AND period_code = getvariable('period') AND persons > 0;
CREATE TEMP TABLE members AS SELECT *, (first_number + unnest(range(persons)))::BIGINT AS n FROM staff_groups;
INSERT INTO staff_member
SELECT n, '9998' || lpad(n::VARCHAR, 8, '0'), person_name(n + getvariable('seed') + 1, sex_code = 'NU'),
    left(getvariable('school_year'), 4)::INTEGER - 25 - (hash(n + 3) % 33)::INTEGER, sex_code, position_code
FROM members;
INSERT INTO staff_assignment SELECT n, school_id, TRUE FROM members;
INSERT INTO staff_assignment
SELECT n, other, FALSE
FROM members JOIN (SELECT school_id, lead(school_id) OVER (ORDER BY school_id) AS other FROM source.school) USING (school_id)
WHERE position_code = 'GV' AND hash(n + 13) % 200 = 0 AND other IS NOT NULL;
