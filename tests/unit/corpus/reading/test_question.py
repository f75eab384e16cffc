"""What a question turns into before it is searched."""

import pytest

from assistant.corpus.reading.abbreviations import abbreviations
from assistant.corpus.reading.question import QuestionReading, read_question
from assistant.corpus.reading.spelling import Spelling, train_spelling
from assistant.text import fold

SENTENCES = [
    "Giáo viên tiểu học phải có bằng cử nhân trở lên.",
    "Học sinh tiểu học có được miễn học phí, có được hỗ trợ.",
    "Thí sinh đăng ký dự thi tốt nghiệp trung học phổ thông tại trường.",
    "Thí sinh trúng tuyển xác nhận nhập học.",
    "Định mức giáo viên trên lớp của trường trung học cơ sở là 1,90.",
    "Mỗi cục, vụ hằng năm phải đăng ký nhiệm vụ.",
    "Cơ sở giáo dục đại học báo cáo số chương trình đào tạo.",
    "Án phí và an toàn là hai việc khác nhau; trình độ chuẩn được đào tạo.",
] * 3


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    return train_spelling(SENTENCES)


def read(question: str, spelling: Spelling) -> QuestionReading:
    return read_question(question, spelling)


@pytest.mark.parametrize(
    "right",
    [
        "Học sinh tiểu học có được miễn học phí không?",
        "trình độ chuẩn của giáo viên tiểu học là gì",
        "định mức giáo viên",
    ],
)
def test_diacritics_come_back(right: str, spelling: Spelling) -> None:
    reading = read(fold(right), spelling)
    assert reading.restored == right.lower()
    assert len(reading.notes) == 1


def test_capitals_and_marks_between_words_stay(spelling: Spelling) -> None:
    assert read("Hoc sinh, GIAO VIEN?", spelling).restored == "Học sinh, GIÁO VIÊN?"


def test_a_question_with_its_diacritics_is_left_alone(spelling: Spelling) -> None:
    reading = read("an toàn cho Lê Thị Hôm ở bản Lừ", spelling)
    assert reading.restored == reading.original
    assert reading.notes == ()


def test_a_single_bare_syllable_is_restored_when_the_corpus_never_writes_it_so(spelling: Spelling) -> None:
    assert read("học phí tiểu hoc", spelling).restored == "học phí tiểu học"
    assert read("số hoc sinh tiểu học", spelling).restored == "số học sinh tiểu học"


def test_a_form_vietnamese_does_not_have_is_a_slip() -> None:
    assert read("định mức trên lơp", train_spelling(SENTENCES)).restored == "định mức trên lớp"


def test_other_likely_spellings_stay_in_the_search(spelling: Spelling) -> None:
    terms = read("an", spelling).terms
    assert {"án", "an"} <= terms.keys()
    assert all(0 < weight <= 1 for weight in terms.values())


@pytest.mark.parametrize(
    ("question", "expanded"),
    [
        ("hs THCS", "học sinh trung học cơ sở"),
        ("GV dạy ntn", "giáo viên dạy như thế nào"),
        ("gddt va ubnd", "Giáo dục và Đào tạo va Ủy ban nhân dân"),
        ("TS trúng tuyển", "thí sinh trúng tuyển"),
        ("theo tt22 thì đc k", "theo Thông tư 22 thì được không"),
        ("Bộ GD&ĐT", "Bộ Giáo dục và Đào tạo"),
    ],
)
def test_abbreviations_are_written_out(question: str, expanded: str, spelling: Spelling) -> None:
    assert fold(read(question, spelling).expanded) == fold(expanded)


def test_doubtful_abbreviations_keep_their_other_meanings(spelling: Spelling) -> None:
    terms = read("HK của học sinh", spelling).terms
    assert terms["học kỳ"] == 1
    assert 0 < terms["hạnh kiểm"] < 1


def test_a_word_is_no_abbreviation_unless_in_capitals(spelling: Spelling) -> None:
    assert abbreviations().find("ta") is None
    assert abbreviations().find("TA") is not None
    assert abbreviations().find("TA", shouting=True) is None
    assert read("bài của ta", spelling).expanded == "bài của ta"


def test_numbers_and_addresses_are_found(spelling: Spelling) -> None:
    reading = read("khoan 2 dieu 5 tt 29/2024", spelling)
    assert [address.path for address in reading.addresses] == ["khoản 2 Điều 5"]
    assert [number.written_out for number in reading.numbers] == ["Thông tư 29/2024"]


def test_words_that_only_ask_are_no_content(spelling: Spelling) -> None:
    reading = read("Trình độ chuẩn của giáo viên là gì?", spelling)
    assert reading.content == ("trình", "độ", "chuẩn", "giáo", "viên")
    assert "gì" not in reading.terms


@pytest.mark.parametrize("question", ["", "???", "12", "ạ", "\u0301", "DROP TABLE x; --", "a" * 5000, "𝕏 ﷽ ½"])
def test_anything_can_be_read(question: str, spelling: Spelling) -> None:
    assert read(question, spelling).original == question


def test_reading_works_with_no_corpus_at_all() -> None:
    assert read_question("hoc phi cua hs", train_spelling([])).expanded.startswith("hoc phi")


def test_a_rare_bare_word_is_no_slip_where_no_other_spelling_belongs(spelling: Spelling) -> None:
    assert read("thủ tục ly hôn", spelling).restored == "thủ tục ly hôn"
