"""A manifest names an office's sources; what is elsewhere is brought into a folder first."""

import gzip
import json
from pathlib import Path

import pytest

from assistant.corpus.document import ProvisionKind
from assistant.errors import AssistantError
from ingest.documents import read_documents
from ingest.origins.codified import split_rows
from ingest.origins.manifest import Place, load_manifest, prepare
from ingest.sources import resolve_scopes, scan

MANIFEST = """
sources:
  - path: kho
    glob: "**/*.docx"
  - kind: saved_site
    path: trang
  - kind: codified_rows
    name: phap-dien
    path: rows.jsonl.gz
"""


def row(number: str, article: str, text: str = "1. Một.\n2. Hai.") -> dict[str, str]:
    note = f"({article} Thông tư số {number} Quy định mẫu ngày 01/02/2021 của Bộ Giáo dục và Đào tạo, có hiệu lực thi "
    return {
        "source_note": f"{note}hành kể từ ngày 01/03/2021)",
        "src_number": number,
        "src_article": article,
        "title": "Tên điều",
        "text": text,
        "demuc_name": "Giáo dục",
    }


def rows_file(path: Path, *rows: dict[str, str]) -> Path:
    path.write_bytes(gzip.compress("\n".join(json.dumps(each, ensure_ascii=False) for each in rows).encode()))
    return path


def test_sources_become_places(tmp_path: Path) -> None:
    rows_file(tmp_path / "rows.jsonl.gz", row("1/2021/TT-BGDĐT", "Điều 1"))
    (tmp_path / "nguon.yml").write_text(MANIFEST, encoding="utf-8")
    places = list(prepare(load_manifest(tmp_path / "nguon.yml"), tmp_path / "mirrors"))
    assert places == [
        Place(tmp_path / "kho", "**/*.docx"),
        Place(tmp_path / "trang", "**/*.htm*"),
        Place(tmp_path / "mirrors" / "phap-dien"),
    ]


@pytest.mark.parametrize(
    "text", ["sources: []", "sources: [{kind: ftp}]", "- a", "sources: [{path: x, extra: y}]", ":"]
)
def test_a_manifest_that_cannot_be_read_says_where(tmp_path: Path, text: str) -> None:
    (tmp_path / "nguon.yml").write_text(text, encoding="utf-8")
    with pytest.raises(AssistantError) as caught:
        load_manifest(tmp_path / "nguon.yml")
    assert caught.value.code == "manifest_unreadable"


def test_a_glob_chooses_among_the_files_of_a_folder(tmp_path: Path) -> None:
    for name in ("a.docx", "b.txt", "sau/c.DOCX"):
        (tmp_path / "kho" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "kho" / name).write_text("x")
    scopes, _ = resolve_scopes([tmp_path / "kho"], {}, {tmp_path / "kho": "**/*.docx"})
    assert [each.key for each in scan(scopes[0])] == ["kho/a.docx", "kho/sau/c.DOCX"]


def test_codified_rows_are_split_into_one_document_each(tmp_path: Path) -> None:
    source = rows_file(
        tmp_path / "rows.jsonl.gz",
        *(row("01/2021/TT-BGDĐT", article) for article in ("Điều 2", "Điều 1", "Điều 5a")),
        row("2/2021/TT-BGDĐT", "Điều 1"),
    )
    assert split_rows(source, tmp_path / "tach") == 2
    assert split_rows(source, tmp_path / "tach") == 2
    (path,) = (tmp_path / "tach").glob("1-2021-*.jsonl")
    (document,) = read_documents(path.read_bytes(), path.name)
    assert (document.number, str(document.issued_on)) == ("1/2021/TT-BGDĐT", "2021-02-01")
    assert [each.path for each in document.provisions if each.kind is ProvisionKind.ARTICLE] == [
        *("Điều 1", "Điều 2", "Điều 5a")
    ]
    assert str(document.validity.effective_from) == "2021-03-01"
    rows_file(source, row("2/2021/TT-BGDĐT", "Điều 1"))
    split_rows(source, tmp_path / "tach")
    assert len(list((tmp_path / "tach").glob("*.jsonl"))) == 1


def test_other_json_lines_are_no_document() -> None:
    with pytest.raises(AssistantError) as caught:
        read_documents(b'{"text": "x"}\n', "a.jsonl")
    assert caught.value.code == "format_unsupported"
