"""A file becomes documents with what a reader of the report should doubt."""

from assistant.corpus.document import ProvisionKind
from ingest.documents import renamed
from tests.unit.ingest.builders import circular, read


def test_every_provision_holds_from_its_documents_day() -> None:
    document = read(circular("1/2026/TT-BGDĐT", "Điều 1. Hiệu lực", "Thông tư này có hiệu lực từ ngày 01/4/2026."))
    assert {each.validity for each in document.provisions} == {document.validity}
    assert document.id == "1-2026-tt-bgddt"
    assert document.source.path == "kho/van-ban.txt"


def test_an_attachment_that_is_not_there_is_noticed() -> None:
    act = circular("1/2026/TT-BGDĐT", "Điều 1. Ban hành kèm theo Thông tư này Quy chế mẫu.", "Điều 2. Hiệu lực")
    assert "annex_missing" in read(act).warnings
    attached = "\nNơi nhận:\nQUY CHẾ\nMẫu\n(Ban hành kèm theo Thông tư số 1/2026/TT-BGDĐT)\nĐiều 1. Phạm vi"
    assert "annex_missing" not in read(act + attached).warnings


def test_a_text_that_lost_its_marks_is_noticed() -> None:
    plain = (
        "Dieu 1. Pham vi dieu chinh. " + "Thong tu nay quy dinh ve viec day them va hoc them trong nha truong. " * 20
    )
    assert read(plain).warnings == ("text_not_vietnamese",)


def test_a_report_without_number_or_title_is_called_by_its_first_words() -> None:
    document = read(
        "Sáng nay, Bộ tổ chức họp sơ kết công tác chuyển đổi số của toàn ngành trong sáu tháng đầu năm với sự tham gia "
        "của các đơn vị.\nĐoạn hai.",
        "kho/bao-cao.txt",
    )
    assert document.title.startswith("Sáng nay, Bộ tổ chức họp")
    assert document.title.endswith("…")
    assert (document.id, document.number) == ("bao-cao", "")
    assert {each.kind for each in document.provisions} == {ProvisionKind.PARAGRAPH}


def test_a_renamed_document_takes_its_provisions_along() -> None:
    document = renamed(read(circular("1/2026/TT-BGDĐT", "Điều 1. A", "1. Một.")), "khac")
    assert [each.id for each in document.provisions] == ["khac#dieu-1", "khac#dieu-1.khoan-1"]
    assert document.provisions[1].parent_id == "khac#dieu-1"
