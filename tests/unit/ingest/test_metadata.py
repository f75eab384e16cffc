"""A document's own face says who it is; what its page or register says comes second, and a difference is told."""

from datetime import date

import pytest

from assistant.corpus.document import DocumentKind
from ingest.metadata import Metadata, read_metadata
from ingest.readers.raw import Block, BlockKind, Hints, RawDocument


def metadata(*lines: str, hints: Hints | None = None, name: str = "tep.txt") -> Metadata:
    return read_metadata(RawDocument(tuple(Block(BlockKind.TEXT, line) for line in lines), hints or Hints()), name)


HEAD = ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 05/2026/TT-BGDĐT", "Hà Nội, ngày 12 tháng 02 năm 2026", "THÔNG TƯ")


def test_the_head_of_a_document_is_read() -> None:
    found = metadata(
        *HEAD,
        "QUY ĐỊNH CHẾ ĐỘ LÀM VIỆC",
        "Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;",
        "Bộ trưởng ban hành Thông tư quy định chế độ làm việc.",
        "Điều 1. Hiệu lực",
        "Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 4 năm 2026.",
    )
    assert (found.number, found.kind) == ("5/2026/TT-BGDĐT", DocumentKind.CIRCULAR)
    assert found.title == "Quy định chế độ làm việc"
    assert found.issuer == "Bộ Giáo dục và Đào tạo"
    assert (found.issued_on, found.validity.effective_from) == (date(2026, 2, 12), date(2026, 4, 1))
    assert (found.slug, found.warnings) == ("5-2026-tt-bgddt", ())


def test_a_header_in_a_two_column_table_is_read() -> None:
    table = "BỘ TÀI CHÍNHSố: 105/2025/TT-BTC | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Hà Nội, ngày 31 tháng 10 năm 2025"
    raw = RawDocument(
        (Block(BlockKind.TABLE, table), Block(BlockKind.TEXT, "THÔNG TƯ"), Block(BlockKind.TEXT, "Về mẫu"))
    )
    found = read_metadata(raw, "a.html")
    assert (found.number, found.issued_on, found.title) == ("105/2025/TT-BTC", date(2025, 10, 31), "Về mẫu")


def test_a_number_in_the_legal_basis_is_not_the_documents_own() -> None:
    assert metadata("BÁO CÁO", "Kết quả mẫu", "Căn cứ Luật Giáo dục số 43/2019/QH14;").number == ""


def test_a_law_is_known_by_name() -> None:
    found = metadata(
        "QUỐC HỘI", "Luật số: 999/2025/QH15", "LUẬT", "GIÁO DỤC MẪU", "Điều 1. Phạm vi", "Luật Giáo dục mẫu quy định …"
    )
    assert (found.kind, found.title, found.issuer) == (DocumentKind.LAW, "Luật Giáo dục mẫu", "Quốc hội")


def test_a_page_that_speaks_of_another_document_is_noticed_and_not_believed() -> None:
    hints = Hints(number="66/2026/NĐ-CP", title="quy định chi tiết Luật Giáo dục")
    found = metadata("CHÍNH PHỦ", "Số: 60/2025/NĐ-CP", "NGHỊ ĐỊNH", "Quy định chính sách mẫu", "Điều 1. A", hints=hints)
    assert (found.number, found.title) == ("60/2025/NĐ-CP", "Quy định chính sách mẫu")
    assert found.warnings == ("number_mismatch:66/2026/NĐ-CP",)


def test_a_typists_slip_in_the_symbol_gives_way_to_the_register() -> None:
    found = metadata(
        "Số: 03/2026/TT-BGDVĐT", "THÔNG TƯ", "Về mẫu", hints=Hints(number="3/2026/TT-BGDĐT", title="về mẫu")
    )
    assert found.number == "3/2026/TT-BGDĐT"
    assert found.warnings == ("number_mismatch:3/2026/TT-BGDĐT",)


@pytest.mark.parametrize(
    "head",
    [
        ("DỰ THẢO", "Số: 05/2026/TT-BGDĐT", "THÔNG TƯ"),
        ("Số:      /2026/TT-BGDĐT", "Hà Nội, ngày 12 tháng 02 năm 2026", "THÔNG TƯ"),
        ("Số: 05/2026/TT-BGDĐT", "Hà Nội, ngày     tháng 02 năm 2026", "THÔNG TƯ"),
        ("Số: .../QĐ-MAU", "Đà Nẵng, ngày ... tháng ... năm ...", "QUYẾT ĐỊNH"),
    ],
)
def test_a_draft_says_so_or_leaves_day_or_number_blank(head: tuple[str, ...]) -> None:
    assert metadata(*head, "Về mẫu", "Điều 1. A").is_draft


def test_an_issued_document_is_no_draft_and_a_sample_says_so() -> None:
    assert not metadata(*HEAD, "Về mẫu").is_draft
    assert metadata("VĂN BẢN MẪU – không phải văn bản quy phạm pháp luật", *HEAD).is_sample
    assert not metadata(*HEAD).is_sample


def test_an_appendix_in_a_file_of_its_own_belongs_to_its_act() -> None:
    found = metadata(
        "Phụ lục I",
        "DANH MỤC MẪU",
        "(Kèm theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ)",
        "Số: …/QĐ-…",
        "QUYẾT ĐỊNH",
    )
    assert (found.number, found.kind, found.issued_on) == ("30/2020/NĐ-CP", DocumentKind.DECREE, date(2020, 3, 5))
    assert not found.is_draft


def test_effect_before_issue_is_doubted() -> None:
    found = metadata(*HEAD, "Về mẫu", "Điều 1. Hiệu lực", "Thông tư này có hiệu lực từ ngày 01/01/2025.")
    assert found.warnings == ("effect_before_issue",)


def test_the_text_decides_between_two_days_of_effect_and_the_difference_is_told() -> None:
    hints = Hints(effective_from=date(2026, 3, 3))
    found = metadata(*HEAD, "Về mẫu", "Điều 1. Hiệu lực", "Thông tư này có hiệu lực từ ngày 01/4/2026.", hints=hints)
    assert found.validity.effective_from == date(2026, 4, 1)
    assert found.warnings == ("effective_date_differs",)
