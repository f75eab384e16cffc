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


def body_of(*paragraphs: str) -> bytes:
    """A package with nothing but these paragraphs: (properties, text) written "numId:depth text"."""
    rows = []
    for each in paragraphs:
        place, _, text = each.partition(" ")
        list_id, _, depth = place.partition(":")
        own = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>' if depth else ""
        style = f'<w:pStyle w:val="{list_id}"/>' if list_id and not depth and list_id != "-" else ""
        rows.append(f"<w:p><w:pPr>{style}{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    return f"<w:document {nsdecls('w')}><w:body>{''.join(rows)}</w:body></w:document>".encode()


def package(document: bytes, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        opened.writestr("word/document.xml", document)
        for name, inner in parts.items():
            opened.writestr(f"word/{name}.xml", f"<w:{name} {nsdecls('w')}>{inner}</w:{name}>")
    return stream.getvalue()


def level(depth: int, text: str, shape: str = "decimal", more: str = "") -> str:
    shown = f'<w:numFmt w:val="{shape}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/>{shown}</w:lvl>'


def definition(name: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{"".join(levels)}</w:abstractNum>'


def use(name: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def lines(data: bytes) -> list[str]:
    return [block.text for block in read_docx(data).blocks]


def test_articles_count_on_over_chapters_where_their_level_says_so() -> None:
    never = '<w:lvlRestart w:val="0"/>'
    levels = (level(0, "Chương %1", "upperRoman"), level(1, "Điều %2.", more=never), level(2, "%3."))
    numbering = definition(0, *levels) + use(1, 0)
    body = body_of("1:0 CHUNG", "1:1 Một", "1:2 Khoản", "1:1 Hai", "1:0 RIÊNG", "1:1 Ba", "1:2 Khoản")
    expected = ["Chương I CHUNG", "Điều 1. Một", "1. Khoản", "Điều 2. Hai", "Chương II RIÊNG", "Điều 3. Ba", "1. Khoản"]
    assert lines(package(body, numbering=numbering)) == expected


def test_a_level_begins_again_where_a_list_overrides_its_start_and_the_others_count_on() -> None:
    again = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = definition(0, level(0, "Điều %1."), level(1, "%2.", more='<w:lvlRestart w:val="0"/>'))
    numbering += use(1, 0) + use(2, 0, again)
    body = body_of("1:0 Một", "1:1 A", "1:1 B", "1:0 Hai", "2:1 A", "2:1 B", "1:0 Ba")
    expected = ["Điều 1. Một", "1. A", "2. B", "Điều 2. Hai", "1. A", "2. B", "Điều 3. Ba"]
    assert lines(package(body, numbering=numbering)) == expected


def test_styles_number_by_what_they_are_based_on_and_a_paragraph_may_leave_the_list() -> None:
    linked = ('<w:pStyle w:val="Dieu"/>', '<w:pStyle w:val="Khoan"/>')
    numbering = definition(0, level(0, "Điều %1.", more=linked[0]), level(1, "%2.", more=linked[1]))
    numbering += (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="List"/></w:abstractNum>' + use(1, 0) + use(2, 1)
    )
    in_list = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    styles = "".join(
        f'<w:style w:styleId="{name}">{based}{own}</w:style>'
        for name, based, own in (
            ("Dieu", "", in_list),
            ("DieuCon", '<w:basedOn w:val="Dieu"/>', ""),
            ("Khoan", "", in_list),
            ("List", "", in_list),
        )
    )
    body = body_of("Dieu Một", "Khoan A", "DieuCon Hai", "Khoan A", "0:0 Không số", "2:1 B")
    expected = ["Điều 1. Một", "1. A", "Điều 2. Hai", "1. A", "Không số", "2. B"]
    assert lines(package(body, numbering=numbering, styles=styles)) == expected


def test_levels_above_may_be_shown_as_digits() -> None:
    numbering = definition(0, level(0, "Phần %1.", "upperRoman"), level(1, "%1.%2.", more="<w:isLgl/>")) + use(1, 0)
    assert lines(package(body_of("1:0 Một", "1:1 A"), numbering=numbering)) == ["Phần I. Một", "1.1. A"]


def test_a_number_drawn_in_an_old_font_is_converted() -> None:
    old = '<w:rPr><w:rFonts w:hAnsi=".VnTime"/></w:rPr>'
    numbering = definition(0, level(0, "§iÒu %1.", more=old)) + use(1, 0)
    assert lines(package(body_of("1:0 Mot"), numbering=numbering)) == ["Điều 1. Mot"]


def test_a_table_of_contents_and_hidden_text_are_not_the_text() -> None:
    styles = '<w:style w:styleId="Mclc1"><w:name w:val="toc 1"/></w:style>'
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Ẩn</w:t></w:r><w:r><w:t>Điều 2. Hai</w:t></w:r></w:p>"
    typed = "<w:p><w:r><w:t>Điều 2. Hai</w:t><w:tab/><w:t>4</w:t></w:r></w:p>"
    body = body_of("Mclc1 Điều 1. Một 3", "- Điều 1. Một").replace(b"</w:body>", f"{typed}{hidden}</w:body>".encode())
    assert lines(package(body, styles=styles)) == ["Điều 1. Một", "Điều 2. Hai"]


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


def test_the_notes_of_the_last_unit_stand_before_the_signature() -> None:
    mark = '<w:p><w:r><w:t>Điều 9. Cuối</w:t><w:footnoteReference w:id="7"/></w:r></w:p>'
    body = body_of("- Điều 8. Tám", "- KT. BỘ TRƯỞNG").replace(
        b"<w:p><w:pPr></w:pPr><w:r><w:t>KT", mark.encode() + b"<w:p><w:r><w:t>KT"
    )
    note = '<w:footnote w:id="7"><w:p><w:r><w:t>Sửa đổi.</w:t></w:r></w:p></w:footnote>'
    assert lines(package(body, footnotes=note)) == ["Điều 8. Tám", "Điều 9. Cuối[1]", "[1] Sửa đổi.", "KT. BỘ TRƯỞNG"]


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
