"""Gold provisions: paths and numbers in any spelling, and what counts as found."""

from dataclasses import asdict

import pytest

from assistant.corpus.document import Document, DocumentKind, Provision, ProvisionKind, SourceFile
from evals.expected.provisions import Gold, Located, locate, matches, number_key, units

ARTICLE = "Điều 5. Học bạ\n1. Một.\n2. Hai:\na) A;\nb) B."


def provision(anchor: str, kind: ProvisionKind, path: str, text: str, parent: str | None) -> Provision:
    start = ARTICLE.index(text)
    return Provision(f"d#{anchor}", kind, "", path, "", start, start + len(text), parent and f"d#{parent}")


DOCUMENT = Document(
    id="29-2024-tt-bgddt",
    number="29/2024/TT-BGDĐT",
    kind=DocumentKind.CIRCULAR,
    title="Thông tư mẫu",
    issuer="",
    text=ARTICLE,
    source=SourceFile("a.txt", "", 0),
    provisions=(
        provision("dieu-5", ProvisionKind.ARTICLE, "Điều 5", ARTICLE, None),
        provision("khoan-1", ProvisionKind.CLAUSE, "khoản 1 Điều 5", "1. Một.", "dieu-5"),
        provision("khoan-2", ProvisionKind.CLAUSE, "khoản 2 Điều 5", "2. Hai:\na) A;\nb) B.", "dieu-5"),
        provision("diem-a", ProvisionKind.POINT, "điểm a khoản 2 Điều 5", "a) A;", "khoan-2"),
        provision("diem-b", ProvisionKind.POINT, "điểm b khoản 2 Điều 5", "b) B.", "khoan-2"),
    ),
)


def found(gold_path: str, anchor: str, number: str = "29/2024/TT-BGDĐT") -> bool:
    return matches(Gold(document_number=number, path=gold_path), locate(DOCUMENT, f"d#{anchor}"))


@pytest.mark.parametrize("path", ["khoản 2 Điều 5", "Khoản 2, Điều 5", "Điều 5 khoản 2", "KHOẢN 2 ĐIỀU 5"])
def test_a_path_may_be_written_in_any_way(path: str) -> None:
    assert units(path) == {("khoản", "2"), ("điều", "5")}


def test_similar_paths_stay_apart() -> None:
    assert units("điểm đ khoản 2 Điều 5") != units("điểm d khoản 2 Điều 5")
    assert units("Điều 5a") != units("Điều 5")
    assert units("Kết quả thực hiện") != units("Phương hướng")


def test_what_lies_under_gold_counts() -> None:
    assert found("Điều 5", "diem-a")
    assert found("khoản 2 Điều 5", "diem-a")
    assert found("", "khoan-1")


def test_what_holds_gold_whole_counts() -> None:
    assert found("điểm a khoản 2 Điều 5", "khoan-2")
    assert found("khoản 1 Điều 5", "dieu-5")


def test_what_lies_beside_gold_does_not_count() -> None:
    assert not found("khoản 1 Điều 5", "khoan-2")
    assert not found("điểm a khoản 2 Điều 5", "diem-b")
    assert not found("Điều 6", "khoan-2")


def test_a_span_holds_only_what_it_covers() -> None:
    span = locate(DOCUMENT, "d#dieu-5", ARTICLE.index("2. Hai"), len(ARTICLE))
    assert matches(Gold(document_number=DOCUMENT.number, path="khoản 2 Điều 5"), span)
    assert not matches(Gold(document_number=DOCUMENT.number, path="khoản 1 Điều 5"), span)


@pytest.mark.parametrize(
    "number", ["29/2024/TT-BGD&ĐT", "29/2024/tt-bgddt", "Thông tư số 29/2024/TT–BGDĐT", "Thông tư mẫu"]
)
def test_a_document_may_be_named_in_any_way(number: str) -> None:
    assert found("Điều 5", "dieu-5", number)


def test_another_document_is_not_the_same() -> None:
    assert not found("Điều 5", "dieu-5", "30/2024/TT-BGDĐT")
    assert number_key("05/2025/TT-BGDĐT") == number_key("5/2025/TT-BGDĐT")


def test_the_article_names_where_a_passage_lies() -> None:
    assert locate(DOCUMENT, "d#diem-a").article == locate(DOCUMENT, "d#khoan-1").article
    assert Located(("BC-1", "", "bc-1"), "đoạn 3").article != Located(("BC-1", "", "bc-1"), "đoạn 4").article


def test_words_of_a_consolidated_text_are_the_amending_provision_s_too() -> None:
    shown = Located(("43/2019/QH14",), "khoản 2 Điều 29", origins=(("123/2025/QH15", "điểm a khoản 12 Điều 1"),))
    assert matches(Gold(document_number="123/2025/QH15", path="khoản 12 Điều 1"), shown)
    assert matches(Gold(document_number="43/2019/QH14", path="Điều 29"), shown)
    assert not matches(Gold(document_number="123/2025/QH15", path="khoản 13 Điều 1"), shown)
    assert Located.from_json(asdict(shown)) == shown
