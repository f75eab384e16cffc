"""Word documents: order, tables, generated numbers, and only the text that counts."""

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.readers.office.docx import read_docx
from ingest.readers.raw import BlockKind


def saved(document: "docx.document.Document") -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_paragraphs_and_tables_come_in_order_with_the_header_row() -> None:
    document = docx.Document()
    document.add_paragraph("Trước bảng")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("Cấp học", "Số lớp", "Tiểu học", "30"), strict=True
    ):
        cell.text = text
    document.add_heading("Sau bảng", 2)
    blocks = read_docx(saved(document)).blocks
    assert [block.kind for block in blocks] == [BlockKind.TEXT, BlockKind.TABLE, BlockKind.HEADING]
    assert blocks[1].text == "Cấp học | Số lớp\nTiểu học | 30"
    assert blocks[2].level == 2


def test_merged_cells_are_written_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Chung"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Rộng"
    table.cell(1, 1).text = "b"
    table.cell(1, 2).text = "c"
    assert read_docx(saved(document)).blocks[0].text == "Chung | Rộng\n | b | c"


def test_a_table_of_one_column_is_running_text() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "Điều 1. Phạm vi"
    cell.add_paragraph("1. Khoản một.")
    assert [block.text for block in read_docx(saved(document)).blocks] == ["Điều 1. Phạm vi", "1. Khoản một."]


def test_line_breaks_part_paragraphs() -> None:
    document = docx.Document()
    document.add_paragraph("Điều 1. Một\n1. Khoản")
    assert [block.text for block in read_docx(saved(document)).blocks] == ["Điều 1. Một", "1. Khoản"]


def test_inserted_text_counts_and_deleted_text_does_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Học sinh ")
    for xml in (
        "<w:ins {ns}><w:r><w:t>tiểu học</w:t></w:r></w:ins>",
        "<w:del {ns}><w:r><w:delText>trung học</w:delText></w:r></w:del>",
        "<w:moveFrom {ns}><w:r><w:t> cũ</w:t></w:r></w:moveFrom>",
    ):
        paragraph._p.append(parse_xml(xml.format(ns=nsdecls("w"))))
    assert read_docx(saved(document)).blocks[0].text == "Học sinh tiểu học"


def test_content_controls_and_text_boxes_are_read() -> None:
    document = docx.Document()
    body = document.element.body
    inner = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent>{inner.format('Trong khung')}</w:sdtContent></w:sdt>"
    box = f"<w:pict><w:txbxContent>{inner.format('Hộp')}</w:txbxContent></w:pict>"
    body.insert(0, parse_xml(control))
    body.insert(1, parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>Ngoài</w:t>{box}</w:r></w:p>"))
    assert [block.text for block in read_docx(saved(document)).blocks] == ["Trong khung", "Ngoài", "Hộp"]


NUMBERING = """
<w:numbering {ns}>
  <w:abstractNum w:abstractNumId="90">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Điều %1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
    <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
  </w:abstractNum>
  <w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>
</w:numbering>"""


def test_numbers_that_word_generates_are_part_of_the_text() -> None:
    document = docx.Document()
    own = parse_xml(NUMBERING.format(ns=nsdecls("w")))
    numbering = document.part.numbering_part.element
    numbering.insert(0, own[0])
    numbering.append(own[0])
    for text, depth in (
        ("Phạm vi", 0),
        ("Một", 1),
        ("Hai:", 1),
        ("thứ nhất;", 2),
        ("thứ hai.", 2),
        ("Đối tượng", 0),
        ("Một", 1),
    ):
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = depth
        properties.get_or_add_numId().val = 90
    assert [block.text for block in read_docx(saved(document)).blocks] == [
        "Điều 1. Phạm vi",
        "1. Một",
        "2. Hai:",
        "a) thứ nhất;",
        "b) thứ hai.",
        "Điều 2. Đối tượng",
        "1. Một",
    ]


def with_parts(document: "docx.document.Document", parts: dict[str, str]) -> bytes:
    """The saved document with more parts put into its package."""
    stream = io.BytesIO(saved(document))
    with zipfile.ZipFile(stream, "a") as package:
        for name, xml in parts.items():
            package.writestr(name, xml.format(ns=nsdecls("w")))
    return stream.getvalue()


FOOTNOTES = """<w:footnotes {ns}><w:footnote w:id="7"><w:p><w:r><w:t>Khoản này được sửa đổi theo Điều 1.</w:t></w:r>
</w:p></w:footnote></w:footnotes>"""


def test_footnotes_are_marked_where_they_stand_and_written_at_the_end_of_their_unit() -> None:
    document = docx.Document()
    for text, note in (("Điều 1.", True), ("1. Một.", False), ("Điều 2. Hai", False)):
        paragraph = document.add_paragraph(text)
        if note:
            paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="7"/></w:r>'))
            paragraph.add_run(" Phạm vi")
    found = read_docx(with_parts(document, {"word/footnotes.xml": FOOTNOTES})).blocks
    assert [block.text for block in found] == [
        "Điều 1. Phạm vi[1]",
        "1. Một.",
        "[1] Khoản này được sửa đổi theo Điều 1.",
        "Điều 2. Hai",
    ]
    assert found[2].kind is BlockKind.NOTE


def test_runs_in_old_fonts_are_converted_and_others_are_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, font in (("Bé Gi¸o dôc", ".VnTime"), (" và Lê Lợi ", "Times New Roman"), ("Boä Giaùo duïc", "VNI-Times")):
        paragraph.add_run(text).font.name = font
    assert read_docx(saved(document)).blocks[0].text == "Bộ Giáo dục và Lê Lợi Bộ Giáo dục"


def test_the_font_of_a_style_counts_where_a_run_names_none() -> None:
    document = docx.Document()
    document.styles["Normal"].font.name = ".VnTimeH"
    document.add_paragraph("§iÒu 1. Ph¹m vi")
    assert read_docx(saved(document)).blocks[0].text == "ĐIỀU 1. PHẠM VI"
