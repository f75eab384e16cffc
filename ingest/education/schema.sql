-- The analytic education database (DuckDB). A comment after a table or a column is stored with it;
-- a column without one takes the sentence of the `@` list below. No direct identifier of a person is held here.
-- NULL = chưa báo cáo, 0 = báo cáo bằng không. Mã luôn là văn bản.
--
-- @province_code Mã tỉnh, thành phố theo bản đồ 34 đơn vị từ 01/7/2025; NULL khi số liệu chỉ có ở cấp toàn quốc
-- @province_code_63 Mã tỉnh, thành phố theo bản đồ 63 đơn vị trước 01/7/2025 của cùng địa điểm
-- @is_synthetic Đúng khi dòng là dữ liệu giả lập
-- @source_id Mã nguồn số liệu (bảng data_source)
-- @as_of_date Ngày số liệu có giá trị (ngày chốt)
-- @school_id Mã cơ sở giáo dục
-- @school_year Năm học, ví dụ 2024-2025
-- @period_code Kỳ báo cáo: DN đầu năm, CN cuối năm
-- @level_code Cấp học: MN mầm non, TH tiểu học, THCS, THPT, GDTX
-- @sublevel_code Nhóm trong cấp: NT nhà trẻ, MG mẫu giáo; cấp khác trùng cấp học
-- @grade_code Khối lớp: 01–12; nhà trẻ 13–15; mẫu giáo 16–18
-- @sex_code Giới tính: NAM, NU; KXD khi cơ sở không báo cáo chia theo giới
-- @ethnicity_group Nhóm dân tộc: KINH, DTTS; KXD khi không báo cáo
-- @ownership_code Loại hình: CONG_LAP, TU_THUC, DAN_LAP
-- @area_code Khu vực: 01 biên giới–hải đảo, 02 đô thị, 03 đồng bằng, 04 miền núi–vùng sâu
-- @level_group_code Nhóm cấp học của cơ sở (bảng ref_level_group)
-- @headline_level_code Cấp học cao nhất của cơ sở, dùng khi mỗi trường chỉ đếm một lần
-- @facility_kind Loại cơ sở: TRUONG trường, NHOM_DOC_LAP nhóm lớp độc lập, TRUNG_TAM trung tâm, DON_VI_GOP đơn vị gộp (không đếm là trường)
-- @snapshot_date Ngày chụp số liệu
-- @hei_id Mã cơ sở giáo dục đại học
-- @field_code Lĩnh vực đào tạo (bảng ref_field)
-- @degree_code Trình độ đào tạo: CD, DH, THS, TS
-- @subject_code Môn học, môn thi (bảng ref_subject)
-- @org_id Mã đơn vị quản lý (bảng org_unit)
-- @year Năm dương lịch
-- @code Mã trong danh mục
-- @name_vi Tên tiếng Việt
-- @short_name Tên gọi tắt
-- @sort_order Thứ tự hiển thị
-- @csdl_code Mã tương ứng trong danh mục của CSDL ngành

CREATE TABLE meta ( -- Thông tin về chính cơ sở dữ liệu: tỉ lệ, hạt giống, thông báo dữ liệu giả lập
    key VARCHAR PRIMARY KEY, -- Tên thông tin
    value VARCHAR NOT NULL -- Giá trị
);
CREATE TABLE data_source ( -- Nguồn số liệu
    source_id VARCHAR PRIMARY KEY,
    title_vi VARCHAR NOT NULL, -- Tên nguồn
    as_of_date DATE,
    is_synthetic BOOLEAN NOT NULL
);

-- A. Geography ---------------------------------------------------------------
CREATE TABLE dim_admin_version ( -- Phiên bản địa giới hành chính
    admin_version_id VARCHAR PRIMARY KEY, -- 63-2024 hoặc 34-2025
    name_vi VARCHAR NOT NULL,
    effective_from DATE NOT NULL, -- Có hiệu lực từ ngày
    effective_to DATE, -- Hết hiệu lực ngày; NULL khi đang áp dụng
    legal_basis VARCHAR NOT NULL -- Căn cứ pháp lý
);
CREATE TABLE dim_region ( -- Vùng kinh tế - xã hội theo từng phiên bản địa giới
    admin_version_id VARCHAR NOT NULL, -- Phiên bản địa giới
    code VARCHAR NOT NULL,
    name_vi VARCHAR NOT NULL,
    sort_order INTEGER NOT NULL,
    PRIMARY KEY (admin_version_id, code)
);
CREATE TABLE dim_province ( -- Tỉnh, thành phố theo từng phiên bản địa giới; khóa là (phiên bản, mã) vì bảy mã đổi nghĩa
    admin_version_id VARCHAR NOT NULL, -- Phiên bản địa giới
    code VARCHAR NOT NULL, -- Mã tỉnh, thành phố trong phiên bản đó
    name_vi VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    unit_type VARCHAR NOT NULL, -- TINH hoặc THANH_PHO
    region_code VARCHAR NOT NULL, -- Mã vùng trong cùng phiên bản
    communes INTEGER NOT NULL, -- Số đơn vị hành chính cấp xã
    wards INTEGER, -- Số phường (chỉ có ở bản đồ 34)
    rural_communes INTEGER, -- Số xã (chỉ có ở bản đồ 34)
    special_zones INTEGER, -- Số đặc khu (chỉ có ở bản đồ 34)
    districts INTEGER, -- Số đơn vị cấp huyện (chỉ có ở bản đồ 63)
    PRIMARY KEY (admin_version_id, code)
);
CREATE TABLE bridge_province ( -- Tỉnh cũ thuộc tỉnh mới nào từ 01/7/2025
    old_code VARCHAR PRIMARY KEY, -- Mã tỉnh trong bản đồ 63
    new_code VARCHAR NOT NULL, -- Mã tỉnh trong bản đồ 34
    is_merged BOOLEAN NOT NULL, -- Đúng khi tỉnh cũ được sáp nhập với tỉnh khác
    is_code_trap BOOLEAN NOT NULL -- Đúng khi mã của tỉnh mới trước đó là mã của tỉnh khác tên
);
CREATE TABLE dim_district_legacy ( -- Đơn vị hành chính cấp huyện của bản đồ 63, kết thúc hoạt động ngày 30/6/2025
    code VARCHAR PRIMARY KEY, -- Mã đơn vị cấp huyện (giả lập)
    name_vi VARCHAR NOT NULL, -- Tên đơn vị cấp huyện (giả lập)
    parent_code VARCHAR NOT NULL, -- Mã tỉnh trong bản đồ 63
    ended_on DATE NOT NULL -- Ngày kết thúc hoạt động
);
CREATE TABLE dim_commune ( -- Đơn vị hành chính cấp xã theo từng phiên bản địa giới; số lượng theo từng tỉnh là số thật, tên là giả lập
    admin_version_id VARCHAR NOT NULL, -- Phiên bản địa giới
    code VARCHAR NOT NULL, -- Mã đơn vị cấp xã trong phiên bản đó (giả lập)
    name_vi VARCHAR NOT NULL, -- Tên đơn vị cấp xã (giả lập)
    unit_type VARCHAR NOT NULL, -- PHUONG, XA, DAC_KHU; THI_TRAN chỉ có ở bản đồ 63
    parent_code VARCHAR NOT NULL, -- Mã tỉnh trong cùng phiên bản
    district_code VARCHAR, -- Đơn vị cấp huyện (bảng dim_district_legacy); NULL ở bản đồ 34
    PRIMARY KEY (admin_version_id, code)
);
CREATE TABLE bridge_commune ( -- Xã cũ thuộc xã mới nào từ 01/7/2025; xã bị chia có nhiều dòng
    old_code VARCHAR NOT NULL, -- Mã xã trong bản đồ 63
    new_code VARCHAR NOT NULL, -- Mã xã trong bản đồ 34
    share DOUBLE NOT NULL, -- Phần của xã cũ nhập vào xã mới, từ 0 đến 1
    PRIMARY KEY (old_code, new_code)
);
CREATE TABLE population_age_group ( -- Dân số trong độ tuổi đi học (ước tính), mẫu số của tỉ lệ huy động
    school_year VARCHAR NOT NULL, province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    age_group VARCHAR NOT NULL, -- Nhóm tuổi (bảng ref_age_group)
    population INTEGER NOT NULL, -- Số người trong nhóm tuổi
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);

-- B. Time --------------------------------------------------------------------
CREATE TABLE dim_school_year ( -- Năm học
    school_year VARCHAR PRIMARY KEY,
    start_year INTEGER NOT NULL, -- Năm bắt đầu
    start_date DATE NOT NULL, -- Ngày bắt đầu
    end_date DATE NOT NULL, -- Ngày kết thúc
    admin_version_at_start VARCHAR NOT NULL, -- Phiên bản địa giới lúc bắt đầu
    admin_version_at_end VARCHAR NOT NULL -- Phiên bản địa giới lúc kết thúc
);
CREATE TABLE dim_report_period ( -- Kỳ báo cáo thống kê
    school_year VARCHAR NOT NULL, period_code VARCHAR NOT NULL,
    name_vi VARCHAR NOT NULL,
    cutoff_date DATE NOT NULL, -- Ngày chốt số liệu
    due_date DATE NOT NULL, -- Hạn gửi báo cáo
    is_available BOOLEAN NOT NULL, -- Đúng khi kỳ đã có số liệu trong cơ sở dữ liệu
    PRIMARY KEY (school_year, period_code)
);

-- C. Code lists: code, name ---------------------------------------------------
CREATE TABLE ref_period (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục kỳ báo cáo
CREATE TABLE ref_level (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục cấp học
CREATE TABLE ref_sublevel (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục cấp học, tách nhà trẻ và mẫu giáo
CREATE TABLE ref_level_group (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục nhóm cấp học của cơ sở
CREATE TABLE ref_facility_kind (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục loại cơ sở
CREATE TABLE ref_school_status (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục trạng thái cơ sở
CREATE TABLE ref_ownership (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục loại hình
CREATE TABLE ref_area (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục khu vực
CREATE TABLE ref_grade (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục khối lớp
CREATE TABLE ref_sex (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục giới tính
CREATE TABLE ref_ethnicity_group (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục nhóm dân tộc
CREATE TABLE ref_age_group (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục nhóm tuổi đi học
CREATE TABLE ref_pupil_movement (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục biến động học sinh
CREATE TABLE ref_dropout_reason (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục lý do thôi học
CREATE TABLE ref_result_scheme (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục quy định đánh giá học sinh
CREATE TABLE ref_result_domain (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục mặt đánh giá
CREATE TABLE ref_result_level (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục mức đánh giá
CREATE TABLE ref_destination (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục hướng đi sau trung học cơ sở
CREATE TABLE ref_position (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục vị trí công tác
CREATE TABLE ref_qualification (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục trình độ đào tạo của nhân sự
CREATE TABLE ref_standard_level (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục mức đạt chuẩn trình độ
CREATE TABLE ref_prof_grade (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục hạng chức danh nghề nghiệp
CREATE TABLE ref_contract (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục hình thức hợp đồng
CREATE TABLE ref_age_band (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục độ tuổi nhân sự
CREATE TABLE ref_language_level (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục bậc năng lực ngoại ngữ
CREATE TABLE ref_staff_movement (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục biến động nhân sự
CREATE TABLE ref_staff_rating (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục mức đánh giá, xếp loại nhân sự
CREATE TABLE ref_subject (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục môn học, môn thi
CREATE TABLE ref_macro_region (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục miền
CREATE TABLE ref_combination (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục tổ hợp môn xét tuyển
CREATE TABLE ref_candidate_kind (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục đối tượng thí sinh
CREATE TABLE ref_admission_method (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục phương thức xét tuyển
CREATE TABLE ref_hei_kind (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục loại cơ sở đào tạo
CREATE TABLE ref_field (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục lĩnh vực đào tạo
CREATE TABLE ref_degree (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục trình độ đào tạo
CREATE TABLE ref_academic_title (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục chức danh khoa học
CREATE TABLE ref_record_system (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục cơ sở dữ liệu thành phần
CREATE TABLE ref_record_kind (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục loại hồ sơ số
CREATE TABLE ref_person_group (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục nhóm người được xác thực, đánh giá
CREATE TABLE ref_card_state (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục trạng thái học bạ số
CREATE TABLE ref_submission_state (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục trạng thái báo cáo
CREATE TABLE ref_residency_purpose (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục mục đích xác nhận cư trú
CREATE TABLE ref_diploma_kind (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục loại văn bằng, chứng chỉ
CREATE TABLE ref_competency_level (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục mức năng lực số
CREATE TABLE ref_org_kind (code VARCHAR PRIMARY KEY, name_vi VARCHAR, short_name VARCHAR, csdl_code VARCHAR, sort_order INTEGER); -- Danh mục loại đơn vị quản lý

-- D. Institutions -------------------------------------------------------------
CREATE TABLE org_unit ( -- Đơn vị quản lý: Bộ, Sở (bản đồ 63 và 34), đơn vị trực thuộc Bộ
    org_id VARCHAR PRIMARY KEY,
    kind VARCHAR NOT NULL, -- Loại đơn vị (bảng ref_org_kind): BO, SO, DON_VI_TRUC_THUOC
    name_vi VARCHAR NOT NULL,
    parent_org_id VARCHAR, -- Đơn vị cấp trên
    province_code VARCHAR, province_code_63 VARCHAR,
    valid_from DATE NOT NULL, -- Tồn tại từ ngày
    valid_to DATE -- Tồn tại đến ngày; NULL khi đang hoạt động
);
CREATE TABLE school ( -- Cơ sở giáo dục mầm non, phổ thông, thường xuyên (mỗi cơ sở một dòng)
    school_id VARCHAR PRIMARY KEY,
    name_vi VARCHAR NOT NULL, -- Tên cơ sở (giả lập)
    level_group_code VARCHAR NOT NULL, headline_level_code VARCHAR NOT NULL, facility_kind VARCHAR NOT NULL,
    ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    commune_code VARCHAR NOT NULL, -- Xã, phường, đặc khu nơi đặt trường theo bản đồ 34 (bảng dim_commune)
    commune_code_63 VARCHAR NOT NULL, -- Xã, phường, thị trấn theo bản đồ 63
    district_code VARCHAR, -- Đơn vị cấp huyện cũ; nhiều cơ sở vẫn khai sau 01/7/2025
    opened_year INTEGER, -- Năm thành lập
    status VARCHAR NOT NULL, -- Trạng thái (bảng ref_school_status): HOAT_DONG, GIAI_THE, SAP_NHAP
    closed_on DATE, -- Ngày ngừng hoạt động
    merged_into_school_id VARCHAR, -- Cơ sở nhận sáp nhập
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE school_level ( -- Các cấp học của cơ sở; trường nhiều cấp có nhiều dòng
    school_id VARCHAR NOT NULL, level_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    PRIMARY KEY (school_id, level_code)
);
CREATE TABLE school_year_profile ( -- Cơ sở giáo dục trong từng kỳ báo cáo (mỗi cơ sở một dòng mỗi kỳ): phòng học, điều kiện, chuẩn quốc gia
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, period_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    level_group_code VARCHAR NOT NULL, headline_level_code VARCHAR NOT NULL, facility_kind VARCHAR NOT NULL,
    ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    has_reported BOOLEAN NOT NULL, -- Đúng khi cơ sở đã báo cáo kỳ này; sai thì các số đếm là NULL
    sites INTEGER, -- Số điểm trường lẻ
    rooms_total INTEGER, -- Số phòng học
    rooms_solid INTEGER, -- Số phòng học kiên cố
    rooms_semi INTEGER, -- Số phòng học bán kiên cố
    rooms_temp INTEGER, -- Số phòng học tạm, nhờ, mượn
    has_internet BOOLEAN, -- Có Internet phục vụ dạy học
    has_clean_water BOOLEAN, -- Có nước sạch
    has_standard_toilets BOOLEAN, -- Có nhà vệ sinh đạt chuẩn
    has_library BOOLEAN, -- Có thư viện
    computers INTEGER, -- Số máy tính phục vụ học tập
    is_ethnic_boarding BOOLEAN NOT NULL, -- Trường phổ thông dân tộc nội trú hoặc bán trú
    national_standard_level INTEGER, -- Mức độ chuẩn quốc gia: 0 chưa đạt, 1, 2
    accreditation_level INTEGER, -- Cấp độ kiểm định chất lượng: 0 chưa, 1 đến 4
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL,
    PRIMARY KEY (school_id, school_year, period_code)
);
CREATE TABLE school_level_profile ( -- Cơ sở theo cấp học trong từng kỳ báo cáo; mẫu số đúng cho HS/lớp, GV/lớp, số trường có cấp học
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, period_code VARCHAR NOT NULL, level_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    level_group_code VARCHAR NOT NULL, headline_level_code VARCHAR NOT NULL, facility_kind VARCHAR NOT NULL,
    ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    classes INTEGER, -- Số lớp, nhóm lớp
    pupils INTEGER, -- Số học sinh, trẻ em
    teachers INTEGER, -- Số giáo viên
    norm_teachers INTEGER, -- Số giáo viên theo định mức (chỉ công lập)
    assigned_posts INTEGER, -- Số biên chế giáo viên được giao (chỉ công lập)
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL,
    PRIMARY KEY (school_id, school_year, period_code, level_code)
);

-- E. Learners, aggregates only ---------------------------------------------------
CREATE TABLE school_class ( -- Lớp học, nhóm trẻ trong từng kỳ báo cáo (mỗi lớp một dòng)
    class_id VARCHAR NOT NULL, -- Mã lớp trong kỳ
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, period_code VARCHAR NOT NULL,
    level_code VARCHAR NOT NULL, sublevel_code VARCHAR NOT NULL, grade_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    pupils INTEGER, -- Sĩ số
    is_combined BOOLEAN NOT NULL, -- Lớp ghép
    is_two_session BOOLEAN NOT NULL, -- Học 2 buổi/ngày
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE enrolment ( -- Số học sinh, trẻ em theo cơ sở × kỳ × khối × giới tính × nhóm dân tộc
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, period_code VARCHAR NOT NULL,
    level_code VARCHAR NOT NULL, sublevel_code VARCHAR NOT NULL, grade_code VARCHAR NOT NULL,
    sex_code VARCHAR NOT NULL, ethnicity_group VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    pupils INTEGER, -- Số học sinh, trẻ em
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE pupil_group_stat ( -- Học sinh theo chế độ học và đối tượng: cơ sở × kỳ × khối
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, period_code VARCHAR NOT NULL,
    level_code VARCHAR NOT NULL, sublevel_code VARCHAR NOT NULL, grade_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    pupils INTEGER, -- Số học sinh, trẻ em
    two_session INTEGER, -- Học 2 buổi/ngày
    day_boarding INTEGER, -- Ăn bán trú
    full_boarding INTEGER, -- Nội trú
    new_entrants INTEGER, -- Tuyển mới
    right_age INTEGER, -- Đi học đúng độ tuổi
    repeaters INTEGER, -- Lưu ban, học lại
    disabled INTEGER, -- Khuyết tật học hòa nhập
    policy INTEGER, -- Thuộc diện chính sách, hộ nghèo, cận nghèo
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE pupil_movement ( -- Biến động học sinh trong kỳ: chuyển đến, chuyển đi, thôi học
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, level_code VARCHAR NOT NULL, grade_code VARCHAR NOT NULL,
    sex_code VARCHAR NOT NULL, ethnicity_group VARCHAR NOT NULL,
    movement_code VARCHAR NOT NULL, -- Loại biến động: CHUYEN_DEN, CHUYEN_DI, THOI_HOC
    reason_code VARCHAR, -- Lý do thôi học (bảng ref_dropout_reason); NULL với biến động khác
    term VARCHAR NOT NULL, -- HK1, HK2 hoặc HE
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    pupils INTEGER, -- Số học sinh biến động
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE pupil_result ( -- Kết quả đánh giá cuối năm: cơ sở × khối × giới tính × mặt đánh giá × mức
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, level_code VARCHAR NOT NULL, grade_code VARCHAR NOT NULL,
    sex_code VARCHAR NOT NULL,
    scheme_code VARCHAR NOT NULL, -- Quy định đánh giá: TT27, TT22, TT30, TT58
    domain_code VARCHAR NOT NULL, -- Mặt đánh giá: HOC_TAP, REN_LUYEN
    result_code VARCHAR NOT NULL, -- Mức đánh giá (bảng ref_result_level)
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    pupils INTEGER, -- Số học sinh đạt mức
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE completion_stat ( -- Hoàn thành chương trình, tốt nghiệp cấp học cuối năm: cơ sở × cấp × giới tính
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, level_code VARCHAR NOT NULL, sex_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    final_year_pupils INTEGER, -- Số học sinh lớp cuối cấp (trẻ 5 tuổi với mầm non)
    completed INTEGER, -- Số hoàn thành chương trình hoặc tốt nghiệp
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE lower_secondary_transition ( -- Phân luồng học sinh sau trung học cơ sở theo tỉnh × năm học × hướng đi
    school_year VARCHAR NOT NULL, province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    destination_code VARCHAR NOT NULL, -- Hướng đi: THPT, GDTX, GDNN, KHAC
    pupils INTEGER, -- Số học sinh tốt nghiệp THCS theo hướng đi
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);

-- F. Staff, aggregates only -------------------------------------------------------
CREATE TABLE staff_stat ( -- Cán bộ quản lý, giáo viên, nhân viên theo cơ sở × kỳ × vị trí × giới tính × dân tộc × trình độ × độ tuổi × môn
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, period_code VARCHAR NOT NULL, level_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    position_code VARCHAR NOT NULL, -- Vị trí: HT hiệu trưởng, PHT phó hiệu trưởng, GV giáo viên, NV nhân viên
    sex_code VARCHAR NOT NULL, ethnicity_group VARCHAR NOT NULL,
    qualification_code VARCHAR NOT NULL, -- Trình độ đào tạo: TC, CD, DH, THS, TS
    standard_code VARCHAR NOT NULL, -- Chuẩn trình độ theo Luật Giáo dục 2019: CHUA_DAT, DAT, TREN_CHUAN; KAD không áp dụng
    contract_code VARCHAR NOT NULL, -- Hình thức: BIEN_CHE, HOP_DONG
    age_band VARCHAR NOT NULL, -- Độ tuổi (bảng ref_age_band)
    subject_code VARCHAR, -- Môn dạy chính; NULL với mầm non, quản lý, nhân viên
    prof_grade VARCHAR, -- Hạng chức danh nghề nghiệp: I, II, III; NULL khi chưa xếp hạng
    language_level VARCHAR, -- Bậc ngoại ngữ cao nhất (0 chưa có, 1 đến 6); NULL khi không báo cáo
    it_certified VARCHAR, -- CO, KHONG; NULL khi không báo cáo
    persons INTEGER, -- Số người
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE staff_movement ( -- Biến động giáo viên trong năm học: tuyển mới, nghỉ hưu, thôi việc, chuyển
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, level_code VARCHAR NOT NULL,
    movement_code VARCHAR NOT NULL, -- Loại biến động: TUYEN_MOI, NGHI_HUU, THOI_VIEC, CHUYEN_DEN, CHUYEN_DI
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    persons INTEGER, -- Số giáo viên
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE staff_evaluation ( -- Đánh giá giáo viên, cán bộ quản lý cuối năm học: chuẩn nghề nghiệp và xếp loại viên chức
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, level_code VARCHAR NOT NULL,
    evaluation_kind VARCHAR NOT NULL, -- CHUAN_NGHE_NGHIEP hoặc XEP_LOAI_VIEN_CHUC
    rating_code VARCHAR NOT NULL, -- Mức đánh giá (bảng ref_staff_rating)
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    persons INTEGER, -- Số người
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);

-- G. Shared services ---------------------------------------------------------------
CREATE TABLE digital_record_stat ( -- Hồ sơ đã số hóa trong các cơ sở dữ liệu thành phần: ngày × tỉnh × hệ thống × loại hồ sơ
    snapshot_date DATE NOT NULL, province_code VARCHAR, province_code_63 VARCHAR,
    system_code VARCHAR NOT NULL, -- Cơ sở dữ liệu thành phần: MAM_NON, PHO_THONG, HEMIS
    record_kind VARCHAR NOT NULL, -- Loại hồ sơ: CO_SO, GIAO_VIEN, NGUOI_HOC, CHUONG_TRINH
    records INTEGER, -- Số hồ sơ
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE identity_verification ( -- Xác thực định danh với CSDL quốc gia về dân cư: ngày × tỉnh × nhóm người × cấp học
    snapshot_date DATE NOT NULL, province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    person_group VARCHAR NOT NULL, -- Nhóm người: HOC_SINH, GIAO_VIEN
    level_code VARCHAR NOT NULL,
    persons_total INTEGER, -- Số người có hồ sơ
    persons_matched INTEGER, -- Số người đã xác thực khớp
    persons_mismatched INTEGER, -- Số người đã đối soát nhưng không khớp
    persons_pending INTEGER, -- Số người chưa đối soát
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE civil_servant_sync ( -- Đồng bộ hồ sơ viên chức của đơn vị trực thuộc Bộ với CSDL quốc gia về cán bộ, công chức, viên chức
    snapshot_date DATE NOT NULL, org_id VARCHAR NOT NULL,
    unit_kind VARCHAR NOT NULL, -- Loại đơn vị: CO_QUAN_BO, TRUONG_DAI_HOC, VIEN_TRUONG_KHAC
    province_code VARCHAR, province_code_63 VARCHAR,
    records_total INTEGER, -- Số hồ sơ phải đồng bộ
    records_synced INTEGER, -- Số hồ sơ đã đồng bộ
    records_rejected INTEGER, -- Số hồ sơ bị trả lại
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE digital_report_card_daily ( -- Học bạ số các Sở gửi về kho của Bộ: ngày × Sở (phần tỉnh cũ) × cấp học; chưa gửi là NULL
    snapshot_date DATE NOT NULL, org_id VARCHAR NOT NULL, -- Sở tại ngày chụp
    school_year VARCHAR NOT NULL, level_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    schools_total INTEGER NOT NULL, -- Số trường có cấp học
    schools_sent INTEGER, -- Số trường đã gửi học bạ số
    cards_total INTEGER NOT NULL, -- Số học bạ phải lập
    cards_sent INTEGER, -- Số học bạ số đã gửi
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE digital_report_card_state ( -- Học bạ số theo trạng thái: cơ sở × năm học × cấp học × trạng thái, tại ngày chốt
    school_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, level_code VARCHAR NOT NULL,
    state_code VARCHAR NOT NULL, -- Trạng thái: DU_THAO, DA_KY, DA_GUI, DA_TIEP_NHAN, BI_TRA
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL, area_code VARCHAR NOT NULL,
    cards INTEGER, -- Số học bạ số
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE report_submission ( -- Báo cáo thống kê các Sở nộp: Sở × biểu mẫu × kỳ báo cáo
    org_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, period_code VARCHAR NOT NULL,
    form_code VARCHAR NOT NULL, -- Mã biểu, ví dụ 02.ĐN-TH
    level_code VARCHAR NOT NULL, province_code VARCHAR NOT NULL, province_code_63 VARCHAR, -- Bản đồ 63; NULL với Sở hình thành từ nhiều tỉnh cũ
    state_code VARCHAR NOT NULL, -- Trạng thái: CHUA_NOP, DA_NOP, TRA_LAI, DA_KHOA
    due_date DATE NOT NULL, -- Hạn nộp
    submitted_on DATE, -- Ngày nộp; NULL khi chưa nộp
    days_late INTEGER, -- Số ngày trễ hạn (0 khi đúng hạn); NULL khi chưa nộp
    returned_reason VARCHAR, -- Lý do trả lại
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE residency_check_daily ( -- Xác nhận thông tin cư trú với CSDL quốc gia về dân cư: ngày × tỉnh × mục đích
    snapshot_date DATE NOT NULL, province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    purpose_code VARCHAR NOT NULL, -- Mục đích: UU_TIEN_KHU_VUC, TUYEN_SINH_DAU_CAP
    checks INTEGER, -- Số lượt tra cứu
    succeeded INTEGER, -- Số lượt xác nhận được
    failed INTEGER, -- Số lượt không xác nhận được
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE diploma_registry_stat ( -- Văn bằng, chứng chỉ trong cơ sở dữ liệu văn bằng: năm cấp × tỉnh × loại
    year INTEGER NOT NULL, province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    diploma_kind VARCHAR NOT NULL, -- Loại văn bằng, chứng chỉ (bảng ref_diploma_kind)
    issued INTEGER, -- Số đã cấp
    digitised INTEGER, -- Số đã số hóa, đưa vào cơ sở dữ liệu
    revoked INTEGER, -- Số bị thu hồi, hủy bỏ
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE digital_competency_stat ( -- Đánh giá năng lực số của người học và của nhà giáo, cán bộ quản lý: năm học × tỉnh × nhóm × cấp × giới tính × mức
    school_year VARCHAR NOT NULL, province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    person_group VARCHAR NOT NULL, -- Nhóm người: HOC_SINH, SINH_VIEN, GIAO_VIEN, CAN_BO_QUAN_LY
    level_code VARCHAR NOT NULL, -- Cấp học; DH với sinh viên
    sex_code VARCHAR NOT NULL,
    competency_level VARCHAR NOT NULL, -- Mức năng lực số: CHUA_DAT, CO_BAN, TRUNG_CAP, NANG_CAO
    persons INTEGER, -- Số người được đánh giá ở mức
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);

-- H. Examinations and admissions -----------------------------------------------------
CREATE TABLE exam_round ( -- Kỳ thi tốt nghiệp THPT
    exam_id VARCHAR PRIMARY KEY, -- Mã kỳ thi, ví dụ TN2025
    year INTEGER NOT NULL,
    programme VARCHAR NOT NULL, -- Chương trình: CT2006, CT2018
    name_vi VARCHAR NOT NULL,
    exam_date DATE NOT NULL -- Ngày thi đầu tiên
);
CREATE TABLE exam_candidate_stat ( -- Thí sinh thi tốt nghiệp THPT: năm × tỉnh × đối tượng × giới tính
    exam_id VARCHAR NOT NULL, -- Mã kỳ thi
    year INTEGER NOT NULL, province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    candidate_kind VARCHAR NOT NULL, -- Đối tượng: THPT, GDTX, TU_DO
    sex_code VARCHAR NOT NULL,
    registered INTEGER, -- Số đăng ký dự thi
    registered_online INTEGER, -- Số đăng ký trực tuyến
    sat INTEGER, -- Số dự thi
    graduated INTEGER, -- Số được công nhận tốt nghiệp
    language_exempt INTEGER, -- Số được miễn thi ngoại ngữ
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE exam_subject_stat ( -- Kết quả thi tốt nghiệp THPT: năm × tỉnh × môn; điểm trung bình = score_sum / papers
    exam_id VARCHAR NOT NULL, -- Mã kỳ thi
    year INTEGER NOT NULL, subject_code VARCHAR NOT NULL,
    province_code VARCHAR, province_code_63 VARCHAR, -- NULL khi số liệu chỉ có toàn quốc, hoặc hội đồng thi theo bản đồ 34
    macro_region VARCHAR, -- Miền của hội đồng thi: BAC, TRUNG, NAM; NULL khi số liệu chỉ có toàn quốc
    registered INTEGER, -- Số đăng ký dự thi môn
    papers INTEGER, -- Số bài thi có điểm
    score_sum DOUBLE, -- Tổng điểm
    score_square_sum DOUBLE, -- Tổng bình phương điểm (để tính độ lệch chuẩn)
    n_le1 INTEGER, -- Số bài từ 1 điểm trở xuống (điểm liệt)
    n_lt5 INTEGER, -- Số bài dưới 5 điểm
    n_ge7 INTEGER, -- Số bài từ 7 điểm trở lên
    n_ge8 INTEGER, -- Số bài từ 8 điểm trở lên
    n_ge9 INTEGER, -- Số bài từ 9 điểm trở lên
    n_ten INTEGER, -- Số bài điểm 10
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE exam_subject_national ( -- Phổ điểm toàn quốc theo môn: trung vị không cộng được từ các tỉnh
    exam_id VARCHAR NOT NULL, -- Mã kỳ thi
    year INTEGER NOT NULL, subject_code VARCHAR NOT NULL,
    province_code VARCHAR, province_code_63 VARCHAR,
    papers INTEGER, -- Số bài thi có điểm
    mean_score DOUBLE, -- Điểm trung bình
    median_score DOUBLE, -- Điểm trung vị
    sd_score DOUBLE, -- Độ lệch chuẩn
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE exam_score_histogram ( -- Phổ điểm thi tốt nghiệp THPT: năm × môn × mức điểm × tỉnh (tỉnh NULL: phần không chia được theo tỉnh)
    exam_id VARCHAR NOT NULL, -- Mã kỳ thi
    year INTEGER NOT NULL, subject_code VARCHAR NOT NULL,
    score DOUBLE NOT NULL, -- Mức điểm, từ 0 đến 10
    province_code VARCHAR, province_code_63 VARCHAR,
    macro_region VARCHAR, -- Miền của hội đồng thi: BAC, TRUNG, NAM; NULL khi không chia được theo tỉnh
    papers INTEGER, -- Số bài thi ở mức điểm
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE exam_combination_stat ( -- Tổng điểm ba môn theo tổ hợp xét tuyển, toàn quốc: năm × tổ hợp
    exam_id VARCHAR NOT NULL, -- Mã kỳ thi
    year INTEGER NOT NULL,
    combination_code VARCHAR NOT NULL, -- Tổ hợp môn: A00, A01, A02, B00, C00, C01, D01, D07
    province_code VARCHAR, province_code_63 VARCHAR,
    candidates INTEGER, -- Số thí sinh có đủ ba bài thi của tổ hợp
    total_sum DOUBLE, -- Tổng của tổng điểm ba môn
    p90_total DOUBLE, -- Mức tổng điểm mà 90 % thí sinh không vượt (phân vị 90)
    p95_total DOUBLE, -- Mức tổng điểm mà 95 % thí sinh không vượt (phân vị 95)
    n_ge24 INTEGER, -- Số thí sinh có tổng từ 24 điểm trở lên
    n_ge27 INTEGER, -- Số thí sinh có tổng từ 27 điểm trở lên
    n_ge29 INTEGER, -- Số thí sinh có tổng từ 29 điểm trở lên
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE adm_application_stat ( -- Tuyển sinh đại học theo nơi cư trú của thí sinh: năm × tỉnh
    year INTEGER NOT NULL, province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    thpt_graduates INTEGER, -- Số tốt nghiệp THPT trong năm
    applicants INTEGER, -- Số thí sinh đăng ký xét tuyển
    wishes INTEGER, -- Số nguyện vọng
    fee_paid INTEGER, -- Số thí sinh đã nộp lệ phí
    admitted INTEGER, -- Số trúng tuyển đợt 1
    confirmed INTEGER, -- Số xác nhận nhập học đợt 1
    entrants INTEGER, -- Số nhập học tất cả các đợt
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE adm_result_stat ( -- Tuyển sinh đại học theo cơ sở đào tạo: năm × cơ sở × lĩnh vực × phương thức
    year INTEGER NOT NULL, hei_id VARCHAR NOT NULL, field_code VARCHAR NOT NULL,
    method_code VARCHAR NOT NULL, -- Phương thức xét tuyển (bảng ref_admission_method)
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL,
    quota INTEGER, -- Chỉ tiêu
    admitted INTEGER, -- Số trúng tuyển đợt 1
    confirmed INTEGER, -- Số xác nhận nhập học đợt 1
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);

-- I. Higher education -------------------------------------------------------------------
CREATE TABLE hei ( -- Cơ sở đào tạo trong HEMIS (mỗi cơ sở một dòng); số cơ sở giữ nguyên tỉ lệ 1:1
    hei_id VARCHAR PRIMARY KEY,
    name_vi VARCHAR NOT NULL, -- Tên cơ sở (giả lập)
    kind_code VARCHAR NOT NULL, -- Loại: DAI_HOC, TRUONG_DAI_HOC, HOC_VIEN, CAO_DANG_SU_PHAM, VIEN, KHAC
    is_university BOOLEAN NOT NULL, -- Đúng với cơ sở giáo dục đại học (đại học, trường đại học, học viện)
    ownership_code VARCHAR NOT NULL,
    governing_body VARCHAR NOT NULL, -- Cơ quan quản lý: BO_GDDT, BO_NGANH_KHAC, UBND_TINH, TU_THUC
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL,
    founded_year INTEGER, -- Năm thành lập
    is_accredited BOOLEAN, -- Đạt kiểm định chất lượng cơ sở còn hạn
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE programme ( -- Chương trình đào tạo trong HEMIS (mỗi chương trình một dòng); giữ nguyên tỉ lệ 1:1
    programme_id VARCHAR PRIMARY KEY, -- Mã chương trình
    hei_id VARCHAR NOT NULL,
    code VARCHAR NOT NULL, -- Mã ngành 7 chữ số
    degree_code VARCHAR NOT NULL, field_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL,
    opened_year INTEGER, -- Năm mở
    accredited_until DATE, -- Kiểm định chất lượng còn hạn đến ngày; NULL khi chưa kiểm định
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE hei_student_stat ( -- Sinh viên, học viên: cơ sở × năm học × trình độ × lĩnh vực × giới tính
    hei_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL, degree_code VARCHAR NOT NULL, field_code VARCHAR NOT NULL,
    sex_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL,
    students INTEGER, -- Số người đang học
    new_entrants INTEGER, -- Số tuyển mới trong năm
    graduates INTEGER, -- Số tốt nghiệp trong năm
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE hei_staff_stat ( -- Nhân sự cơ sở đào tạo: cơ sở × năm học × loại × trình độ × chức danh × giới tính
    hei_id VARCHAR NOT NULL, school_year VARCHAR NOT NULL,
    position_code VARCHAR NOT NULL, -- Loại: GIANG_VIEN giảng viên cơ hữu, HANH_CHINH khối hành chính
    qualification_code VARCHAR NOT NULL, -- Trình độ: DH, THS, TS
    title_code VARCHAR NOT NULL, -- Chức danh: GS, PGS, KHONG
    sex_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL,
    persons INTEGER, -- Số người
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
CREATE TABLE graduate_employment ( -- Việc làm của sinh viên tốt nghiệp: cơ sở × lĩnh vực × năm tốt nghiệp
    year INTEGER NOT NULL, -- Năm tốt nghiệp
    hei_id VARCHAR NOT NULL, field_code VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL, province_code_63 VARCHAR NOT NULL, ownership_code VARCHAR NOT NULL,
    graduates INTEGER, -- Số tốt nghiệp
    shared_records INTEGER, -- Số hồ sơ việc làm được chia sẻ
    responded INTEGER, -- Số phản hồi khảo sát
    employed_12m INTEGER, -- Số có việc làm sau 12 tháng
    employed_in_field INTEGER, -- Số làm đúng ngành
    further_study INTEGER, -- Số học tiếp
    is_synthetic BOOLEAN NOT NULL, source_id VARCHAR NOT NULL, as_of_date DATE NOT NULL
);
