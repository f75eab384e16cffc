"""Markdown and plain text: what the marks mean, and where paragraphs end."""

from datetime import date

from ingest.readers.markdown import read_markdown
from ingest.readers.plain import read_plain
from ingest.readers.raw import BlockKind


def test_front_matter_is_read_under_the_names_offices_use() -> None:
    for spelling in (
        "so_hieu: 05/2026/TT-BGDĐT\nngay-hieu-luc: 2026-03-01",
        "sohieu: 05/2026/TT-BGDĐT\nngayhieuluc: 01/03/2026",
    ):
        hints = read_markdown(f"---\n{spelling}\nsample: true\nofficial: false\nlabel: internal\n---\nNội dung").hints
        assert (hints.number, hints.effective_from) == ("5/2026/TT-BGDĐT", date(2026, 3, 1))
        assert (hints.is_sample, hints.is_official, hints.label) == (True, False, "internal")


def test_wrapped_lines_join_and_items_and_marks_do_not() -> None:
    found = read_markdown(
        "## Điều 1. *Phạm vi*\n\n1. Dòng một\nnối tiếp.\n2. **Dòng** hai\n\na) [Điểm](http://x) a\n\n---\n"
    )
    assert [block.text for block in found.blocks] == [
        "Điều 1. Phạm vi",
        "1. Dòng một nối tiếp.",
        "2. Dòng hai",
        "a) Điểm a",
    ]
    assert (found.blocks[0].kind, found.blocks[0].level) == (BlockKind.HEADING, 2)


def test_a_pipe_table_keeps_its_header_and_loses_its_rule() -> None:
    found = read_markdown("Trước\n\n| Cấp | Lớp |\n|---|:-:|\n| TH | 5 |\n\nSau")
    assert [block.text for block in found.blocks] == ["Trước", "Cấp | Lớp\nTH | 5", "Sau"]


def test_a_line_of_plain_text_is_a_paragraph() -> None:
    assert [block.text for block in read_plain("Điều 1. A\n1. Một.\n\n2. Hai.").blocks] == [
        "Điều 1. A",
        "1. Một.",
        "2. Hai.",
    ]


def test_hard_wrapped_text_is_joined() -> None:
    first = "Nhà trường có trách nhiệm công khai các khoản thu đầu năm học trên"
    second = "trang thông tin điện tử và niêm yết tại bảng tin."
    wrapped = "\n".join(f"{number}. {first}\n{second}" for number in range(1, 7))
    expected = [f"{number}. {first} {second}" for number in range(1, 7)]
    assert [block.text for block in read_plain(wrapped).blocks] == expected
