"""A text becomes Phần, Chương, Mục, Điều, khoản, điểm, phụ lục, or numbered paragraphs; every span is exact."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.document import Provision, ProvisionKind
from ingest.outline import Outline, build_outline
from ingest.readers.raw import Block, BlockKind


def outlined(*lines: str) -> Outline:
    return build_outline([Block(BlockKind.TEXT, line) for line in lines], "x")


def paths(outline: Outline, *kinds: ProvisionKind) -> list[str]:
    return [each.path for each in outline.provisions if not kinds or each.kind in kinds]


def text_of(outline: Outline, path: str) -> str:
    found = next(each for each in outline.provisions if each.path == path)
    return outline.text[found.start : found.end]


def test_units_nest_and_are_cited_from_the_inside_out() -> None:
    outline = outlined(
        "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "1. Khoản một:", "a) Điểm a;", "b) Điểm b.", "2. Khoản hai."
    )
    assert paths(outline) == [
        "Chương I",
        "Điều 1",
        "khoản 1 Điều 1",
        "điểm a khoản 1 Điều 1",
        "điểm b khoản 1 Điều 1",
        "khoản 2 Điều 1",
    ]
    assert text_of(outline, "khoản 1 Điều 1") == "1. Khoản một:\na) Điểm a;\nb) Điểm b."
    assert outline.provisions[3].headings == ("Chương I. QUY ĐỊNH CHUNG", "Điều 1. Phạm vi")
    assert outline.provisions[3].id == "x#dieu-1.khoan-1.diem-a"


def test_points_follow_the_vietnamese_alphabet() -> None:
    outline = outlined("Điều 1. Hồ sơ", *(f"{letter}) Giấy tờ;" for letter in "abcdđeghik"))
    assert [each.label for each in outline.provisions[1:]] == list("abcdđeghik")
    assert outline.provisions[5].id == "x#dieu-1.diem-dd"


def test_inserted_units_keep_their_letters() -> None:
    outline = outlined(
        "Điều 5. Cũ", "1. Một.", "1a. Xen.", "2. Hai:", "a) A;", "a1) A1;", "b) B.", "Điều 5a. Mới", "Điều 6. Sau"
    )
    assert paths(outline, ProvisionKind.ARTICLE) == ["Điều 5", "Điều 5a", "Điều 6"]
    assert "khoản 1a Điều 5" in paths(outline)
    assert "điểm a1 khoản 2 Điều 5" in paths(outline)


def test_an_article_quoted_in_an_amendment_is_not_one_of_the_act() -> None:
    outline = outlined(
        "Điều 1. Sửa đổi, bổ sung một số điều",
        "1. Sửa đổi Điều 12 như sau:",
        "“Điều 12. Văn bằng",
        "1. Văn bằng số có giá trị.",
        "2. Chứng chỉ số có giá trị.”.",
        "2. Bãi bỏ Điều 13.",
        "Điều 2. Hiệu lực thi hành",
    )
    assert paths(outline, ProvisionKind.ARTICLE) == ["Điều 1", "Điều 2"]
    assert paths(outline, ProvisionKind.CLAUSE) == ["khoản 1 Điều 1", "khoản 2 Điều 1"]
    assert "“Điều 12. Văn bằng" in text_of(outline, "khoản 1 Điều 1")


def test_a_reference_at_the_start_of_a_line_opens_no_unit() -> None:
    outline = outlined(
        "Điều 1. Áp dụng",
        "Điều 5 của Luật này được áp dụng.",
        "Mục 2 Phụ lục này được áp dụng.",
        "Chương II của Luật này được áp dụng.",
        "1.500 người được hỗ trợ.",
        "Phụ lục I ban hành kèm theo Thông tư này.",
    )
    assert paths(outline) == ["Điều 1"]


def test_an_attached_regulation_numbers_its_articles_again() -> None:
    outline = outlined(
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế mẫu.",
        "Điều 2. Hiệu lực",
        "Nơi nhận:",
        "- Lưu: VT.",
        "QUY CHẾ",
        "Tổ chức thi mẫu",
        "(Ban hành kèm theo Quyết định số 1/QĐ-MAU)",
        "Điều 1. Phạm vi",
        "1. Quy chế này áp dụng chung.",
    )
    assert paths(outline, ProvisionKind.ARTICLE) == ["Điều 1", "Điều 2", "Điều 1 Quy chế"]
    assert "khoản 1 Điều 1 Quy chế" in paths(outline)
    assert text_of(outline, "Điều 2") == "Điều 2. Hiệu lực"


def test_appendices_and_forms_are_addressable() -> None:
    outline = outlined(
        "Điều 1. Mẫu",
        "PHỤ LỤC I",
        "DANH MỤC MẪU",
        "(Kèm theo Thông tư này)",
        "Mẫu số 01",
        "ĐƠN ĐỀ NGHỊ",
        "Họ tên: …",
        "Phụ lục II",
    )
    assert paths(outline, ProvisionKind.APPENDIX) == ["Phụ lục I", "Mẫu số 01 Phụ lục I", "Phụ lục II"]
    assert outline.provisions[1].heading == "DANH MỤC MẪU"


def test_the_signature_belongs_to_no_article() -> None:
    outline = outlined("Điều 1. Hiệu lực", "1. Có hiệu lực ngay.", "Nơi nhận:", "- Như trên;", "BỘ TRƯỞNG", "(Đã ký)")
    assert text_of(outline, "Điều 1") == "Điều 1. Hiệu lực\n1. Có hiệu lực ngay."


def test_text_after_the_signature_that_nothing_announces_is_kept() -> None:
    outline = outlined("Điều 1. Hiệu lực", "Nơi nhận:", "BẢNG SỐ LIỆU KÈM THEO", "Nội dung rất dài. " * 40)
    assert paths(outline, ProvisionKind.APPENDIX) == ["Phần kèm theo"]


def test_a_text_without_articles_becomes_paragraphs() -> None:
    outline = outlined("Đoạn mở đầu của báo cáo.", "Đoạn thứ hai gồm:", "- một việc;", "- hai việc.", "Đoạn cuối.")
    assert paths(outline) == ["đoạn 1", "đoạn 2", "đoạn 3"]
    assert text_of(outline, "đoạn 2") == "Đoạn thứ hai gồm:\n- một việc;\n- hai việc."


def test_a_letter_keeps_the_numbers_it_has() -> None:
    outline = outlined("CÔNG VĂN", "V/v mẫu", "1. Về thời gian", "a) Từ tháng 9;", "b) Đến tháng 10.", "2. Về nội dung")
    assert paths(outline) == ["khoản 1", "điểm a khoản 1", "điểm b khoản 1", "khoản 2"]


def test_points_that_word_counted_have_f_and_no_d_bar() -> None:
    outline = outlined("Điều 1. A", "1. B:", "c) Ba;", "d) Bốn;", "e) Năm;", "f) Sáu;", "g) Bảy.")
    assert [each.label for each in outline.provisions if each.kind is ProvisionKind.POINT] == list("cdefg")


def test_contents_without_dots_are_known_by_the_headings_that_come_again() -> None:
    contents = ("MỤC LỤC", "Chương I QUY ĐỊNH CHUNG 2", "Điều 1. Phạm vi 2", "Điều 2. Lớp 10 3")
    body = ("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "Một.", "Điều 2. Lớp 10", "Hai.")
    outline = outlined(*contents, *body)
    assert paths(outline) == ["Chương I", "Điều 1", "Điều 2"]
    assert text_of(outline, "Điều 2") == "Điều 2. Lớp 10\nHai."
    assert paths(outlined(*body)) == ["Chương I", "Điều 1", "Điều 2"]


def test_a_table_of_contents_opens_no_articles() -> None:
    outline = outlined(
        "Điều 1. Phạm vi ........ 3", "Điều 2. Đối tượng ........ 4", "Điều 1. Phạm vi", "Điều 2. Đối tượng"
    )
    assert paths(outline, ProvisionKind.ARTICLE) == ["Điều 1", "Điều 2"]
    assert text_of(outline, "Điều 1") == "Điều 1. Phạm vi"


def test_a_note_closes_the_clause_above_it() -> None:
    blocks = [
        Block(BlockKind.TEXT, "Điều 3. Mẫu", article="3", url="http://vi.du/dieu-3"),
        Block(BlockKind.TEXT, "1. Một."),
        Block(BlockKind.NOTE, "(được sửa đổi bởi Điều 1 Luật số 1/2020/QH14)"),
    ]
    outline = build_outline(blocks, "x")
    assert text_of(outline, "khoản 1 Điều 3") == "1. Một."
    assert text_of(outline, "Điều 3").endswith("QH14)")
    assert {each.source_url for each in outline.provisions} == {"http://vi.du/dieu-3"}


def test_headings_that_a_scan_has_damaged_are_known() -> None:
    outline = outlined(
        "Chưong I",
        "Điều l. Phạm vi",
        "l. Khoản một:",
        *("a) A;", "b) B;", "c) C;", "d) D;", "d) Đ lost its bar;", "e) E."),
        "Đ iêu 2 . Đối tượng",
        "CHUƠNG lI",
        "Muc 1",
        "Điếu3. Hồ sơ",
        "PHU LUC I",
    )
    assert [path for path in paths(outline) if "điểm" not in path] == [
        *("Chương I", "Điều 1", "khoản 1 Điều 1", "Điều 2", "Chương II", "Mục 1 Chương II", "Điều 3", "Phụ lục I")
    ]
    assert [each.label for each in outline.provisions if each.kind is ProvisionKind.POINT] == list("abcdđe")


def test_a_word_that_only_looks_like_a_damaged_heading_opens_no_unit() -> None:
    outline = outlined("Điều 1. Áp dụng", "Mức 1. Đạt", "Điều lệ trường tiểu học", "Phân 1 làm hai", "Mục liên kết")
    assert paths(outline) == ["Điều 1"]


def test_the_name_of_a_linked_file_is_no_appendix() -> None:
    outline = outlined("Điều 1. Mẫu", "Phụ lục 02.docx", "Mẫu 1B.doc", "Điều 2. Hiệu lực")
    assert paths(outline) == ["Điều 1", "Điều 2"]


def test_the_act_goes_on_after_an_appendix_between_its_articles() -> None:
    outline = outlined("Chương I", "Điều 1. A", "Phụ lục I", "Điều 2. B", "Chương II", "Điều 3. C")
    assert paths(outline) == ["Chương I", "Điều 1", "Phụ lục I", "Điều 2", "Chương II", "Điều 3"]
    assert outline.provisions[3].headings == ("Chương I",)


def test_an_excerpt_may_leave_articles_out_but_a_quoted_number_does_not_jump() -> None:
    assert paths(outlined("Điều 3. A", "Điều 69. B", "Điều 74. C")) == ["Điều 3", "Điều 69", "Điều 74"]
    amending = outlined("Điều 1. Sửa đổi", "Điều 69. Quoted without marks", "Điều 2. Hiệu lực")
    assert paths(amending) == ["Điều 1", "Điều 2"]


def test_a_quotation_that_is_never_closed_does_not_swallow_the_rest() -> None:
    outline = outlined(
        "Điều 1. Sửa đổi khoản 2 như sau:", "“2. Nội dung mới.", "3. Nội dung khác.", "Điều 2. Hiệu lực", "1. Một."
    )
    assert paths(outline) == ["Điều 1", "Điều 2", "khoản 1 Điều 2"]


SOME_LINES = (
    *(
        "Điều 1. A",
        "Điều 2. B",
        "1. Một",
        "2. Hai",
        "a) A",
        "đ) Đ",
        "“Điều 9. X",
        "Y.”",
        "như sau:",
        "Chương I",
        "CHỮ HOA",
    ),
    *("Phụ lục I", "Mẫu số 01", "QUY CHẾ", "(Kèm theo Thông tư số 1/2020/TT-BGDĐT)", "Nơi nhận:", "Lời văn.", "I. MỤC"),
)


@given(st.lists(st.sampled_from(SOME_LINES), max_size=25))
def test_any_order_of_lines_gives_a_sound_outline(lines: Sequence[str]) -> None:
    outline = outlined(*lines)
    by_id = {each.id: each for each in outline.provisions}
    assert len(by_id) == len(outline.provisions)
    for each in outline.provisions:
        assert 0 <= each.start <= each.end <= len(outline.text)
        assert outline.text[each.start : each.end] == outline.text[each.start : each.end].strip("\n")
        parent: Provision | None = by_id.get(each.parent_id or "")
        assert each.parent_id is None or (parent is not None and parent.start <= each.start and each.end <= parent.end)


def test_contents_of_a_page_are_known_by_all_their_headings_coming_again() -> None:
    contents = ("Điều 1. Phạm vi", "Điều 2. Hiệu lực")
    assert paths(outlined(*contents, "THÔNG TƯ", "Điều 1. Phạm vi", "Một.", "Điều 2. Hiệu lực", "Hai.")) == [
        *("Điều 1", "Điều 2")
    ]
    assert paths(outlined(*contents, "Một.")) == ["Điều 1", "Điều 2"]
