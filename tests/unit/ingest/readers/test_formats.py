"""The format is what the content is; what cannot be read is refused with a code that says why."""

import gzip
import io
import zipfile
from collections.abc import Mapping

import pytest

from assistant.errors import IngestError
from ingest.readers import archive as packed
from ingest.readers.formats import read_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def archive(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in files.items():
            package.writestr(name, data)
    return stream.getvalue()


def docx(body: str) -> bytes:
    return archive({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()})


BOMB = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
BAD = {
    "empty.docx": (b"", "file_empty"),
    "blank.txt": (b" \n \n", "file_empty"),
    "empty.txt.gz": (gzip.compress(b""), "file_empty"),
    "cut.txt.gz": (gzip.compress("Điều 1. Mẫu".encode() * 100)[:40], "archive_unreadable"),
    "cut.docx": (docx("<w:p/>")[:60], "docx_unreadable"),
    "hollow.docx": (archive({"word/document.xml": b"<w:document"}), "docx_unreadable"),
    "entities.docx": (archive({"word/document.xml": BOMB + f"<w:document {W}/>".encode()}), "docx_unreadable"),
    "locked.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "docx_password"),
    "old.doc": (OLE, "format_legacy"),
    "workbook.xlsx": (archive({"xl/workbook.xml": b"<x/>"}), "xlsx_unreadable"),
    "slides.pptx": (archive({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}), "format_unsupported"),
    "pictures.docx": (archive({"anh.png": b"x"}), "format_mismatch"),
    "climbs.zip": (archive({"../../etc/passwd": b"x"}), "archive_unsafe"),
    "pictures.zip": (archive({"anh.png": b"\x89PNG"}), "archive_nothing_read"),
    "deep.zip": (archive({"a.zip": archive({"b.zip": archive({"c.txt": b"x"})})}), "archive_nested"),
    "many.zip": (archive({f"{n}.txt": b"x" for n in range(501)}), "archive_too_many"),
    "bomb.docx": (archive({"word/document.xml": bytes(20 << 20)}), "archive_bomb"),
    "page.pdf": (b"<html><body>404 Not Found</body></html>", "format_mismatch"),
    "note.docx": ("Chỉ là văn bản thường.".encode(), "format_mismatch"),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj <<", "pdf_unreadable"),
    "picture.png": (b"\x89PNG\r\n\x1a\n\x00\x00", "format_unsupported"),
    "program.py": (b"print(1)", "format_unsupported"),
    "blank.csv": (b";;\n;;\n", "file_empty"),
    "tcvn3.txt": ("Bé Gi¸o dôc vµ §µo t¹o".encode("latin-1"), "text_encoding"),
    "binary.txt": (b"abc\x00def", "format_mismatch"),
    "front.md": (b"---\na: [1\n---\nb", "front_matter_invalid"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_refused_with_its_code(name: str) -> None:
    data, code = BAD[name]
    with pytest.raises(IngestError) as caught:
        read_file(data, name)
    assert caught.value.code == code


def test_an_archive_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_UNPACKED_BYTES", 1000)
    for name, data in (("a.txt.gz", gzip.compress(bytes(5000))), ("a.docx", docx("<w:p/>" * 500))):
        with pytest.raises(IngestError) as caught:
            read_file(data, name)
        assert caught.value.code == "file_too_large"


def test_a_document_under_another_documents_name_is_read_as_what_it_is() -> None:
    word = docx("<w:p><w:r><w:t>Điều 1. Mẫu</w:t></w:r></w:p>")
    (found,) = read_file(word, "mau.pdf")
    assert found.blocks[0].text == "Điều 1. Mẫu"
    assert found.warnings == ("format_mismatch:docx",)
    assert read_file(word, "mau.docx")[0].warnings == ()


def test_text_may_be_packed_marked_or_in_utf16() -> None:
    written = "Điều 1. Phạm vi"
    for data, name in (
        (gzip.compress(written.encode()), "a.txt.gz"),
        (b"\xef\xbb\xbf" + written.encode(), "a.txt"),
        (written.encode("utf-16"), "a.txt"),
    ):
        assert read_file(data, name)[0].blocks[0].text == written


def test_text_is_composed_and_free_of_invisible_marks() -> None:
    decomposed = "Ðie\u0302\u0300u\u00a01.\u200b Pha\u0323m vi"
    assert read_file(decomposed.encode(), "a.txt")[0].blocks[0].text == "Điều 1. Phạm vi"


def test_an_archive_gives_its_documents_and_names_what_it_could_not() -> None:
    inner = archive({"b.txt": "Điều 1. Hai".encode()})
    found = read_file(
        archive({"kho/a.txt": "Điều 1. Một".encode(), "trong.zip": inner, "anh.png": b"\x89PNG"}), "kho.zip"
    )
    assert [(each.name, each.blocks[0].text) for each in found] == [("a.txt", "Điều 1. Một"), ("b.txt", "Điều 1. Hai")]
    assert found[0].warnings == ("archive_member_rejected:anh.png (format_unsupported)",)


def test_a_macro_is_not_run_and_said() -> None:
    word = f"<w:document {W}><w:body><w:p><w:r><w:t>Điều 1. Mẫu</w:t></w:r></w:p></w:body></w:document>".encode()
    (found,) = read_file(archive({"word/document.xml": word, "word/vbaProject.bin": b"x"}), "a.docm")
    assert found.warnings == ("macros_ignored",)


def test_utf16_without_its_mark_is_text() -> None:
    written = "Điều 1. Phạm vi điều chỉnh\nNhà trường công khai các khoản thu đầu năm học mới trên trang tin."
    for name in ("utf-16-le", "utf-16-be"):
        (found,) = read_file((written + "\n" + "Cac khoan thu khac theo quy dinh " * 20).encode(name), "a.txt")
        assert found.blocks[0].text == "Điều 1. Phạm vi điều chỉnh"


def test_a_text_that_lost_its_letters_is_refused_in_any_format() -> None:
    lost = "B GIÁO DC VÀ ĐÀO TO quyt đnh v vic ban hành quy chế tuyn sinh đi hc năm hc mi ca các trưng đi hc, hc vin. "
    for data, name in (
        (docx(f"<w:p><w:r><w:t>{lost * 3}</w:t></w:r></w:p>"), "a.docx"),
        ((lost * 3).encode(), "a.txt"),
    ):
        with pytest.raises(IngestError) as caught:
            read_file(data, name)
        assert caught.value.code == "text_damaged"
