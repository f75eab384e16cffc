"""HTML: the text once, in order, whatever surrounds it; pages of vbpl.vn and codification files as what they are."""

from datetime import date

import pytest

from assistant.errors import IngestError
from ingest.readers.formats import read_file
from ingest.readers.raw import BlockKind, RawDocument

LONG = "Nhà trường công khai các khoản thu đầu năm học trên trang thông tin điện tử và niêm yết tại bảng tin. " * 3


def page(body: str, head: str = "") -> list[RawDocument]:
    return read_file(
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode(), "a.html"
    )


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


def test_furniture_is_left_out_and_inline_marks_do_not_part_words() -> None:
    (found,) = page(
        "<nav>Trang chủ</nav><div><p>Điều <b>1</b>.\n Phạm vi</p>1. Một<br>2. Hai"
        "<table><tr><td>a</td><td>b</td></tr></table>"
        "<script>x()</script></div><footer>Liên hệ</footer>"
    )
    assert texts(found) == ["Điều 1. Phạm vi", "1. Một", "2. Hai", "a | b"]


def test_a_layout_table_is_running_text_and_a_nested_one_stays_in_its_cell() -> None:
    (found,) = page(
        "<table><tr><td><p>Điều 1. Một</p><h3>Bảng</h3><table><tr><th>Cấp</th><th>Lớp</th></tr>"
        "<tr><td>TH</td><td>5</td></tr></table></td></tr></table>"
    )
    assert texts(found) == ["Điều 1. Một", "Bảng", "Cấp | Lớp\nTH | 5"]
    assert [block.kind for block in found.blocks] == [BlockKind.TEXT, BlockKind.HEADING, BlockKind.TABLE]


VBPL = '<link rel="canonical" href="https://vbpl.vn/van-ban/chi-tiet/1">'


def test_a_vbpl_page_gives_the_article_text_once() -> None:
    (found,) = page(
        "<h1>Thông tư số 05/2026/TT-BGDĐT quy định mẫu</h1><div class='x preview-content'>"
        f"<p class='prov-article'>Điều 1. Phạm vi</p><p>{LONG}</p></div><div class='toc'><p>Điều 1. Phạm vi</p></div>"
        "<span>Ngày hết hiệu lực</span><span>31/12/2027</span>",
        VBPL,
    )
    assert texts(found).count("Điều 1. Phạm vi") == 1
    assert (found.hints.number, found.hints.title) == ("5/2026/TT-BGDĐT", "quy định mẫu")
    assert found.hints.url == "https://vbpl.vn/van-ban/chi-tiet/1"
    assert found.hints.effective_to == date(2027, 12, 31)


def test_the_own_number_of_a_law_follows_its_title() -> None:
    (found,) = page(
        "<h1>Luật sửa đổi một số điều của Luật Giáo dục số 43/2019/QH14. số 999/2025/QH15</h1>"
        f"<div class='preview-content'><p>{LONG}</p></div>",
        VBPL,
    )
    assert found.hints.number == "999/2025/QH15"
    assert found.hints.title == "Luật sửa đổi một số điều của Luật Giáo dục số 43/2019/QH14"


@pytest.mark.parametrize("body", ["<p>Văn bản không tồn tại</p>", "<main><h1>Thông tư số 1/2026/TT-BGDĐT</h1></main>"])
def test_a_vbpl_page_without_its_text_is_refused(body: str) -> None:
    with pytest.raises(IngestError) as caught:
        page(body, VBPL)
    assert caught.value.code == "page_without_text"


CODIFIED = """<link href='x.css'/><h3>Đề mục 13.9 <br/> Mẫu</h3><div class='_content'>
<p class='pChuong'>Chương I</p>
<p class='pDieu'><a name='1'></a>Điều 13.9.TT.4.2. Hồ sơ</p>
<p class='pGhiChu'><a href='http://vi.du/1#Dieu_2'>(Điều 2 Thông tư số 05/2019/TT-BGDĐT, có hiệu lực thi hành
 kể từ ngày 01/02/2020, có nội dung được sửa đổi bởi Điều 1 Thông tư số 09/2021/TT-BGDĐT
 có hiệu lực thi hành kể từ ngày 01/03/2021)</a></p>
<p class='pNoiDung'><p>1. Đơn đề nghị.</p><table><tr><td>Loại</td><td>Số</td></tr>
<tr><td>A</td><td>1</td></tr></table></p>
<p class='pChiDan'>(Điều này có nội dung liên quan đến Điều 13.9.LQ.1)</p>
<p class='pDieu'>Điều 13.9.LQ.1. Phạm vi</p>
<p class='pGhiChu'><a href='http://vi.du/2#Dieu_1'>(Điều 1 Luật số 99/2019/QH14 Mẫu ngày 14/06/2019 của Quốc hội,
 có hiệu lực thi hành kể từ ngày 01/07/2020)</a></p><p class='pNoiDung'>Luật này quy định mẫu.</p>
<p class='pDieu'>Điều 13.9.TT.4.1. Phạm vi</p>
<p class='pGhiChu'><a href='http://vi.du/1#Dieu_1'>(Điều 1 Thông tư số 05/2019/TT-BGDĐT Quy định về hồ sơ mẫu
 ngày 30/12/2019 của Bộ Giáo dục và Đào tạo, có hiệu lực thi hành kể từ ngày 01/02/2020)</a></p>
<p class='pNoiDung'><p>Thông tư này …</p></p>
<p class='pDieu'>Điều 13.9.TT.4.3. Hiệu lực</p><p class='pNoiDung'><p>Từ ngày ký.</p></p></div>"""


def test_a_codification_file_is_many_documents_each_in_its_own_order() -> None:
    circular, law = read_file(CODIFIED.encode(), "a.html")
    assert (circular.hints.number, law.hints.number) == ("5/2019/TT-BGDĐT", "99/2019/QH14")
    assert [block.article for block in circular.blocks if block.article] == ["1", "2", "3"]
    assert circular.hints.title.strip() == "Quy định về hồ sơ mẫu"
    assert (circular.hints.issued_on, circular.hints.effective_from) == (date(2019, 12, 30), date(2020, 2, 1))
    assert law.hints.kind == "Luật"


def test_a_codified_article_keeps_link_day_table_and_what_amended_it() -> None:
    circular = read_file(CODIFIED.encode(), "a.html")[0]
    start = next(index for index, block in enumerate(circular.blocks) if block.article == "2")
    head, clause, table, note = circular.blocks[start : start + 4]
    assert (head.text, head.url, head.effective_from) == ("Điều 2. Hồ sơ", "http://vi.du/1#Dieu_2", date(2020, 2, 1))
    assert clause.text == "1. Đơn đề nghị."
    assert table.text == "Loại | Số\nA | 1"
    assert (note.kind, "09/2021/TT-BGDĐT" in note.text) == (BlockKind.NOTE, True)


def test_the_numbers_of_ordered_lists_are_part_of_the_text() -> None:
    (found,) = page(
        "<p>Điều 1. Phạm vi</p><ol start=2><li>Hai:<ol type=a><li><p>thứ nhất;</p></li><li>b) thứ hai.</li></ol></li>"
        "<li>3. Ba</li></ol><ol style='list-style: none'><li>Không số</li></ol><ul><li>Không thứ tự</li></ul>"
    )
    assert texts(found) == [
        *("Điều 1. Phạm vi", "2. Hai:", "a) thứ nhất;", "b) thứ hai.", "3. Ba", "Không số", "Không thứ tự")
    ]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", """<p><font face=".VnTime">§iÒu 1. Ph¹m vi</font> và Lê Lợi</p>"""),
        ("", """<p><span style='font-family:".VnTime"'>§iÒu 1. Ph¹m vi</span> và Lê Lợi</p>"""),
        (
            "<style>p.Cu, li.Cu {font-family:'.VnTime'; margin:0}</style>",
            """<p class=Cu>§iÒu 1. Ph¹m vi <span style="font-family:Arial">và Lê Lợi</span></p>""",
        ),
    ],
)
def test_old_fonts_of_a_page_are_converted_piece_by_piece(head: str, body: str) -> None:
    (found,) = page(body, head)
    assert texts(found) == ["Điều 1. Phạm vi và Lê Lợi"]


def test_a_page_of_bytes_is_read_in_the_encoding_it_declares_or_its_fonts_imply() -> None:
    head = "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1258'></head><body>"
    old = f"{head}<p style='font-family:.VnTime'>§iÒu 1. Ph¹m vi ®iÒu chØnh</p>".encode("cp1252")
    assert texts(read_file(old, "a.htm")[0]) == ["Điều 1. Phạm vi điều chỉnh"]
    windows = f"{head}<p>Trường học</p>".replace("ườ", "ươ\u0300").replace("ọ", "o\u0323").encode("cp1258")
    assert texts(read_file(windows, "a.htm")[0]) == ["Trường học"]
