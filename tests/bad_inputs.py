"""Files that no reader should trust, each made afresh: what an office's folder, or an attacker, may put before it."""

import gzip
import io
import os
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from openpyxl import Workbook
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.unit.ingest.builders import circular

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
GOOD = circular("7/2026/TT-BGDĐT", "Điều 1. Phạm vi", "Nhà trường công khai các khoản thu đầu năm học.")
TCVN3 = """Bé Gi¸o dôc vµ §µo t¹o ban hµnh Quy chÕ tuyÓn sinh ®¹i häc hÖ chÝnh quy
§iÒu 1. Ph¹m vi
Quy ®Þnh vÒ viÖc d¹y häc
"""
VNI = "Boä Giaùo duïc vaø Ñaøo taïo ban haønh Quy cheá tuyeån sinh\nÑieàu 1. Phaïm vi\nQuy ñònh veà vieäc daïy hoïc.\n"
Made = bytes | Callable[[Path], None]


def archive(files: Mapping[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return stream.getvalue()


def docx(body: str, **parts: bytes) -> bytes:
    text = f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()
    return archive({"word/document.xml": text, **{f"word/{name}": data for name, data in parts.items()}})


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


ARTICLE = paragraph("Điều 1. Mẫu") + paragraph("Nhà trường công khai các khoản thu.")


def xlsx(change: Callable[[Workbook], None] = lambda book: None) -> bytes:
    book = Workbook()
    book.worksheets[0].append(["Tỉnh", "Số trường"])  # type: ignore[union-attr]  # a new book has one worksheet
    book.worksheets[0].append(["Hà Nội", 12])  # type: ignore[union-attr]
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_part(package: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        files = {info.filename: old.read(info) for info in old.infolist()}
    return archive({**files, name: change(files.get(name, b""))})


def pdf(objects: list[str], trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF written object by object; readers rebuild its table of places."""
    body = "".join(f"{number} 0 obj {text} endobj\n" for number, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{body}trailer <</Size {len(objects) + 1} {trailer}>>\n%%EOF".encode("latin-1")


def pages(kids: str, count: int, page: str = "/MediaBox [0 0 595 842]", *more: str) -> bytes:
    catalog, tree = "<</Type /Catalog /Pages 2 0 R>>", f"<</Type /Pages /Kids [{kids}] /Count {count}>>"
    return pdf([catalog, tree, f"<</Type /Page /Parent 2 0 R {page}>>", *more])


def stream_of(data: bytes, entries: str = "") -> str:
    packed = zlib.compress(data, 9)
    return f"<</Length {len(packed)} /Filter /FlateDecode {entries}>> stream\n{packed.decode('latin-1')}\nendstream"


def drawn(*lines: str, password: str = "") -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption(password) if password else None)
    for place, line in enumerate(lines):
        canvas.drawString(72, 780 - 20 * place, line)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def noise() -> bytes:
    pixels = zlib.compress(os.urandom(200 * 280), 1).decode("latin-1")
    entries = "/Type /XObject /Subtype /Image /Width 200 /Height 280 /ColorSpace /DeviceGray /BitsPerComponent 8"
    image = f"<</Length {len(pixels)} /Filter /FlateDecode {entries}>> stream\n{pixels}\nendstream"
    page = "/MediaBox [0 0 595 842] /Resources <</XObject <</I 4 0 R>>>> /Contents 5 0 R"
    return pages("3 0 R", 1, page, image, stream_of(b"q 595 0 0 842 0 0 cm /I Do Q"))


def sparse(path: Path) -> None:
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 2 << 30)


def unreadable(path: Path) -> None:
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)


def nested_zip(depth: int) -> bytes:
    data = archive({"a.txt": GOOD.encode()})
    for _ in range(depth):
        data = archive({"a.zip": data})
    return data


def locked_zip() -> bytes:
    data = bytearray(archive({"a.txt": GOOD.encode()}, zipfile.ZIP_STORED))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


def wrong_sum() -> bytes:
    data = bytearray(docx(ARTICLE))
    place = data.index(b"PK\x01\x02") + 16
    data[place : place + 4] = b"\x00\x01\x02\x03"
    return bytes(data)


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha" * 10}">' for n in range(10))
YAML_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
PAGE_LOOP = "<</Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 2>>"
OF_ITSELF = '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>'
STYLE_LOOP = (
    f'<w:styles {W}><w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="A"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="B"><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr></w:style></w:styles>'
)
VBPL_EMPTY = "<!doctype html><link rel='canonical' href='https://vbpl.vn/van-ban/chi-tiet/1'><p>Đang tải</p>"
HUGE_RANGE = b'<dimension ref="A1:XFD1048576"/>'
HUGE_MERGE = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'


def sheet_xml(old: bytes, new: bytes) -> bytes:
    return with_part(xlsx(), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(old, new))


INDEXED, ANY = "", "*"
"""Codes: INDEXED, or ANY where a library may rightly do either; else the code of the refusal."""
BAD: dict[str, tuple[Made, str]] = {
    # PDF
    "cut.pdf": (drawn("Dieu 1. Mau")[:200], "pdf_unreadable"),
    "head-only.pdf": (b"%PDF-1.7\n", "pdf_unreadable"),
    "noise-after-head.pdf": (b"%PDF-1.4\n" + os.urandom(5000), "pdf_unreadable"),
    "locked.pdf": (drawn("Dieu 1.", password="mat-khau"), "pdf_password"),
    "ten-thousand-pages.pdf": (pages("3 0 R " * 10_000, 10_000), "file_too_large"),
    "tree-of-itself.pdf": (pdf(["<</Type /Catalog /Pages 2 0 R>>", PAGE_LOOP, PAGE_LOOP]), ANY),
    "claims-a-billion-pages.pdf": (pages("3 0 R", 1_000_000_000), ANY),
    "blank-pages.pdf": (pages("3 0 R 3 0 R", 2), "pdf_without_text"),
    "image-only.pdf": (noise(), ANY),
    "giant-page.pdf": (pages("3 0 R", 1, "/MediaBox [0 0 900000 900000]"), "pdf_without_text"),
    "inside-out-page.pdf": (pages("3 0 R", 1, "/MediaBox [595 842 0 0]"), "pdf_without_text"),
    "script.pdf": (pdf(["<</Type /Catalog /Pages 2 0 R /OpenAction <</S /JavaScript /JS (app.alert(1))>>>>"]), ANY),
    "content-bomb.pdf": (
        pages("3 0 R", 1, "/MediaBox [0 0 595 842] /Contents 4 0 R", stream_of(b"0 0 m 1 1 l S\n" * 300_000)),
        ANY,
    ),
    "deep-arrays.pdf": (pages("3 0 R", 1, "/MediaBox " + "[" * 50_000 + "]" * 50_000), ANY),
    "page.pdf": (b"<html><body>404</body></html>", "format_mismatch"),
    "prefix.pdf": (b"\x00" * 100 + drawn("Dieu 1. Mau cong khai", "Nha truong cong khai cac khoan thu."), INDEXED),
    "really-a-pdf.docx": (drawn("Dieu 1. Mau cong khai", "Nha truong cong khai cac khoan thu."), INDEXED),
    "really-a-pdf.txt": (drawn("Dieu 1. Mau cong khai", "Nha truong cong khai cac khoan thu."), INDEXED),
    # Word
    "cut.docx": (docx(ARTICLE)[:120], "docx_unreadable"),
    "bomb.docx": (docx("<w:p/>" * 4_000_000), "archive_bomb"),
    "entities.docx": (
        archive({"word/document.xml": f"<!DOCTYPE w [{ENTITIES}]><w:document {W}>&e9;</w:document>".encode()}),
        "docx_unreadable",
    ),
    "foreign-entity.docx": (
        archive({"word/document.xml": b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'}),
        "docx_unreadable",
    ),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "docx_password"),
    "macro.docm": (docx(ARTICLE, **{"vbaProject.bin": b"Sub AutoOpen()"}), INDEXED),
    "no-body.docx": (archive({"word/document.xml": f"<w:document {W}/>".encode()}), "docx_unreadable"),
    "not-xml.docx": (archive({"word/document.xml": b"<w:document"}), "docx_unreadable"),
    "deep-tables.docx": (docx("<w:tbl><w:tr><w:tc>" * 5000 + ARTICLE + "</w:tc></w:tr></w:tbl>" * 5000), ANY),
    "no-document.docx": (archive({"anh.png": b"x"}), "format_mismatch"),
    "style-of-itself.docx": (
        docx('<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>' + ARTICLE, **{"styles.xml": STYLE_LOOP.encode()}),
        INDEXED,
    ),
    "wrong-sum.docx": (wrong_sum(), "docx_unreadable"),
    "noise.docx": (os.urandom(4096), ANY),
    "note.docx": (GOOD.encode(), "format_mismatch"),
    "really-word.pdf": (docx(ARTICLE), INDEXED),
    "really-word.doc": (docx(ARTICLE), INDEXED),
    "old.doc": (OLE, "format_legacy"),
    "not-really.rtf": (b"{\\rtf1 " + b"{" * 2000, ANY),
    # Excel and CSV
    "cut.xlsx": (xlsx()[:300], "xlsx_unreadable"),
    "locked.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "docx_password"),
    "bomb.xlsx": (sheet_xml(b"</sheetData>", b"</sheetData>" + b" " * 20_000_000), "archive_bomb"),
    "no-cells.xlsx": (xlsx(lambda book: book.worksheets[0].delete_rows(1, 9)), "file_empty"),  # type: ignore[union-attr]
    "claims-all-cells.xlsx": (sheet_xml(b"<dimension", HUGE_RANGE + b"<ignored"), ANY),
    "merged-over-all.xlsx": (sheet_xml(b"</sheetData>", HUGE_MERGE), "file_too_large"),
    "formula.xlsx": (xlsx(lambda book: book.worksheets[0].append(["=cmd|' /C calc'!A0", 1])), INDEXED),  # type: ignore[union-attr]
    "entities.xlsx": (
        with_part(xlsx(), "xl/worksheets/sheet1.xml", lambda xml: f"<!DOCTYPE w [{ENTITIES}]><w>&e9;</w>".encode()),
        "xlsx_unreadable",
    ),
    "really-excel.csv": (xlsx(), INDEXED),
    "binary.csv": (b"a,b\n\x00\x01\x02,3\n", "format_mismatch"),
    "open-quote.csv": ('Tỉnh,Số\n"Hà Nội,12\nHuế,3\n'.encode(), ANY),
    # Archives
    "climbs.zip": (archive({"../../etc/cron.d/x": b"x"}), "archive_unsafe"),
    "absolute.zip": (archive({"C:\\windows\\x.txt": b"x"}), "archive_unsafe"),
    "nested.zip": (nested_zip(5), "archive_nested"),
    "many.zip": (archive({f"{n}.txt": b"x" for n in range(600)}), "archive_too_many"),
    "locked.zip": (locked_zip(), "archive_password"),
    "bomb.zip": (archive({"a.txt": bytes(50 << 20)}), "archive_bomb"),
    "nothing.zip": (archive({"anh.png": b"\x89PNG"}), "archive_nothing_read"),
    "one-bad.zip": (archive({"a.txt": GOOD.encode(), "b.docx": b"PK"}), INDEXED),
    "cut.txt.gz": (gzip.compress(GOOD.encode())[:60], "archive_unreadable"),
    "bomb.txt.gz": (gzip.compress(bytes(257 << 20), 1), "file_too_large"),
    # Text in every state
    "zero.txt": (b"", "file_empty"),
    "blank.txt": (b" \n\t\n", "file_empty"),
    "zero-bytes-inside.txt": (GOOD.encode().replace(b" ", b"\x00", 3), "format_mismatch"),
    "utf16.txt": (GOOD.encode("utf-16"), INDEXED),
    "utf16-without-mark.txt": ((GOOD + "\nCac khoan thu khac theo quy dinh" * 40).encode("utf-16-le"), INDEXED),
    "tcvn3.txt": ((TCVN3 * 3).encode("latin-1"), INDEXED),
    "vni.txt": ((VNI * 3).encode(), INDEXED),
    "mixed.txt": (GOOD.encode() + (TCVN3 * 2).encode("latin-1"), "text_encoding"),
    "noise.txt": (bytes(range(128, 256)) * 40, "text_encoding"),
    "one-line.txt": (("Điều 1. Mẫu " + "công khai các khoản thu " * 10_000).encode(), INDEXED),
    "turned-about.txt": (("\u202e\u200b" + GOOD.replace(" ", " \u200f")).encode(), INDEXED),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(50), "format_unsupported"),
    # Pages and Markdown
    "deep.html": (b"<html><body>" + b"<div>" * 100_000 + GOOD.encode() + b"</div>" * 100_000, ANY),
    "still-loading.html": (VBPL_EMPTY.encode(), "page_without_text"),
    "scripts-only.html": (b"<!doctype html><html><script>x()</script></html>", "outline_not_found"),
    "attributes.html": (b"<html><body><p " + b"a=1 " * 200_000 + b">" + GOOD.encode() + b"</p>", ANY),
    "front.md": (b"---\na: [1\n---\nb", "front_matter_invalid"),
    "front-bomb.md": (f"---\n{YAML_BOMB}---\n{GOOD}".encode(), INDEXED),
    "front-open.md": (f"---\ntitle: x\n{GOOD}".encode(), ANY),
    # What is not a file at all, or not one to be had
    "sparse-giant.pdf": (sparse, "file_too_large"),
    "pipe.txt": (os.mkfifo, "file_not_regular"),
    "folder.pdf": (Path.mkdir, "file_not_regular"),
    "link-to-itself.pdf": (lambda path: path.symlink_to(path), "file_unreadable"),
    "forbidden.txt": (unreadable, ANY),
    "gone.docx": (lambda path: None, "file_unreadable"),
}


def make(folder: Path) -> list[tuple[str, Path]]:
    """(key, path) of every bad file, made in `folder`."""
    tasks = []
    for name, (made, _) in BAD.items():
        path = folder / name
        if isinstance(made, bytes):
            path.write_bytes(made)
        else:
            made(path)
        tasks.append((f"kho/{name}", path))
    return tasks
