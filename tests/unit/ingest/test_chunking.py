"""Chunks: whole when short, per khoản when long, split where sentences end, and always exactly the stored text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.chunking import MAX_CHARS, WHOLE_CHARS, build_chunks
from tests.unit.ingest.builders import circular, read

SENTENCE = "Nhà trường công khai các khoản thu đầu năm học và niêm yết tại bảng tin của trường. "
LONG = SENTENCE * 8
TABLE_ROWS = [f"| Trường số {number} | {number}00 học sinh và nhiều thông tin khác kèm theo |" for number in range(60)]


def test_a_short_article_is_one_chunk_with_its_points() -> None:
    document = read(
        circular("1/2026/TT-BGDĐT", "Điều 1. Hồ sơ", "1. Gồm:", "a) đơn;", "b) bản sao.", "2. Nộp trực tuyến.")
    )
    (chunk,) = build_chunks(document)
    assert chunk.provision_id == "1-2026-tt-bgddt#dieu-1"
    assert chunk.text.endswith("2. Nộp trực tuyến.")


def test_a_long_article_is_cut_by_clauses_and_points_stay_with_theirs() -> None:
    document = read(circular("1/2026/TT-BGDĐT", "Điều 1. Hồ sơ", f"1. {LONG}", "a) đơn;", "b) bản sao.", f"2. {LONG}"))
    chunks = build_chunks(document)
    assert [chunk.provision_id.partition("#")[2] for chunk in chunks] == ["dieu-1.khoan-1", "dieu-1.khoan-2"]
    assert chunks[0].text.endswith("a) đơn;\nb) bản sao.")


def test_the_words_before_the_first_clause_go_with_each_clause() -> None:
    document = read(
        circular("1/2026/TT-BGDĐT", "Điều 1. Nhiệm vụ", "Hiệu trưởng có nhiệm vụ:", f"1. {LONG}", f"2. {LONG}")
    )
    assert all("Hiệu trưởng có nhiệm vụ:" in chunk.embedded_text for chunk in build_chunks(document))


def test_what_is_embedded_names_document_and_headings() -> None:
    text = circular("1/2026/TT-BGDĐT", "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Hồ sơ", f"1. {LONG}", f"2. {LONG}")
    chunk = build_chunks(read(text))[0]
    assert chunk.embedded_text.startswith(
        "Thông tư 1/2026/TT-BGDĐT: Quy định mẫu\nChương I. QUY ĐỊNH CHUNG › Điều 1. Hồ sơ\n1. "
    )


def test_a_very_long_clause_is_split_at_sentences_and_each_part_says_whose_it_is() -> None:
    document = read(
        circular("1/2026/TT-BGDĐT", "Điều 1. Hồ sơ", f"1. Hồ sơ gồm các loại sau. {SENTENCE * 40}", "2. Hết.")
    )
    parts = [chunk for chunk in build_chunks(document) if chunk.provision_id.endswith("khoan-1")]
    assert len(parts) > 2
    assert all(chunk.text.endswith(".") and len(chunk.text) <= MAX_CHARS for chunk in parts)
    assert all("1. Hồ sơ gồm các loại sau." in chunk.embedded_text for chunk in parts)


def test_every_group_of_table_rows_carries_the_header_row() -> None:
    rows = "\n".join(["| Trường | Số học sinh |", "|---|---|", *TABLE_ROWS])
    document = read(f"# THÔNG TƯ\n\nSố: 1/2026/TT-BGDĐT\n\n## Điều 1. Bảng\n\nTheo bảng:\n\n{rows}\n", "kho/a.md")
    chunks = build_chunks(document)
    assert len(chunks) > 1
    assert all("Trường | Số học sinh" in chunk.embedded_text for chunk in chunks)


def test_identifiers_follow_the_place_and_digests_the_words() -> None:
    first = build_chunks(read(circular("1/2026/TT-BGDĐT", "Điều 1. A", "Một.", "Điều 2. B", "Hai.")))
    second = build_chunks(read(circular("1/2026/TT-BGDĐT", "Điều 1. A", "Một và nửa.", "Điều 2. B", "Hai.")))
    assert [chunk.id for chunk in first] == [chunk.id for chunk in second]
    assert first[0].digest != second[0].digest
    assert first[1].digest == second[1].digest


def test_points_beside_other_units_are_not_lost() -> None:
    document = read("\n".join(["Mở đầu.", "I. MỤC", "Chương I", "a) A", SENTENCE * 11]))
    assert build_chunks(document)[-1].text.endswith(SENTENCE.strip())


LINES = st.lists(
    st.one_of(
        st.sampled_from(["Điều 1. A", "Điều 2. B", "1. Một", "2. Hai", "a) A", "Phụ lục I", "Chương I", "I. MỤC"]),
        st.integers(1, 60).map(lambda count: SENTENCE * count),
        st.integers(1, 4000).map(lambda size: "x" * size),
        st.integers(1, 400).map(lambda size: "đặc " * size),
    ),
    min_size=1,
    max_size=15,
)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_chunks_are_exact_bounded_unique_and_cover_every_unit(lines: list[str]) -> None:
    document = read("\n".join(["Mở đầu.", *lines]))
    chunks = build_chunks(document)
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    for chunk in chunks:
        assert chunk.text == document.text[chunk.start : chunk.end]
        assert 0 < len(chunk.text) <= max(MAX_CHARS, WHOLE_CHARS)
    covered = {place for chunk in chunks for place in range(chunk.start, chunk.end)}
    for each in document.provisions:
        has_children = any(other.parent_id == each.id for other in document.provisions)
        body = [place for place in range(each.start, each.end) if not document.text[place].isspace()]
        assert has_children or covered.issuperset(body)
