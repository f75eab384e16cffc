"""Which known document a question is about: phrases that stand for one, and those that point elsewhere."""

from assistant.corpus.reading.context.topics import about


def numbers(question: str) -> list[str]:
    return [known.number for fit, known in about(question) if fit >= 1]


def test_a_whole_phrase_names_its_document() -> None:
    assert numbers("giáo viên dạy thêm ngoài trường có phải đăng ký không") == ["29/2024/TT-BGDĐT"]


def test_a_phrase_with_a_dash_is_about_something_else() -> None:
    assert "29/2024/TT-BGDĐT" not in numbers("tiền lương dạy thêm giờ tính thế nào")


def test_words_of_every_title_name_no_document() -> None:
    assert about("giám đốc Sở Giáo dục và Đào tạo là ai") == ()


def test_other_fields_are_known_by_name() -> None:
    assert numbers("tuổi nghỉ hưu của nữ giáo viên") == ["135/2020/NĐ-CP"]
