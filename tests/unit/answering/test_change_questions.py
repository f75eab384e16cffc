"""Which questions ask what changed, which documents they mean, and what subject is left."""

from assistant.answering.comparing.asked import ChangeQuestion, change_question
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.reading.held import HeldDocument, HeldDocuments

SEEN = ChunkFilter(labels=("public",))
HELD = (
    HeldDocument("901", "901/2021/TT-MAU", title="Cơ sở dữ liệu", kind="Thông tư"),
    HeldDocument("902", "902/2024/TT-MAU", title="Sửa đổi Thông tư 901", kind="Thông tư"),
    HeldDocument("gd", "43/2019/QH14", title="Luật Giáo dục", kind="Luật"),
    HeldDocument("gd-cu", "38/2005/QH11", title="Luật Giáo dục", kind="Luật"),
    HeldDocument("dh", "8/2012/QH13", title="Luật Giáo dục đại học", kind="Luật"),
    HeldDocument("vo", "9/2020/TT-MAU", title="Ban hành Quy chế", kind="Thông tư", is_shell=True),
    HeldDocument("mat", "7/2024/TT-MAU", label="secret", title="Mật", kind="Thông tư"),
)


def read(asked: str) -> ChangeQuestion | None:
    return change_question(asked, HeldDocuments(HELD), SEEN)


def meant(asked: str) -> list[str]:
    found = read(asked)
    assert found is not None
    return [each.id for each in found.meant]


def test_documents_are_meant_in_the_order_of_mention() -> None:
    assert meant("Thông tư 902/2024 sửa gì của Thông tư 901/2021?") == ["902", "901"]
    assert meant("TT 901/2021 khác gì TT 902/2024") == ["901", "902"]


def test_a_law_is_meant_by_its_longest_title_and_its_year() -> None:
    assert meant("So sánh Luật Giáo dục đại học và Luật Giáo dục") == ["dh", "gd"]
    assert meant("Luật Giáo dục 2005 được sửa đổi những gì") == ["gd-cu"]


def test_what_becomes_of_a_text_is_told_from_what_an_act_does() -> None:
    suffered, acts = read("Luật Giáo dục được sửa đổi những gì"), read("Thông tư 902/2024 sửa những gì")
    assert suffered is not None
    assert acts is not None
    assert (suffered.passive, acts.passive) == (True, False)


def test_the_subject_is_what_neither_names_nor_asks() -> None:
    found = read("So sánh quy định cũ và mới về quyền tự chủ")
    assert found is not None
    assert found.subject_text == "quyền tự chủ"


def test_a_document_nobody_holds_wholly_or_may_see_is_absent() -> None:
    for asked in ("TT 19/2026 sửa gì", "Thông tư 7/2024 sửa đổi những gì", "Thông tư 9/2020 sửa đổi những gì"):
        found = read(asked)
        assert found is not None
        assert not found.meant
        assert len(found.absent) == 1


def test_other_questions_are_left_to_the_search() -> None:
    for asked in (
        "Thông tư 901/2021 quy định gì về báo cáo?",
        "Thông tư 901/2021 bị sửa đổi bởi văn bản nào?",
        "Trường muốn thay đổi tên thì nộp hồ sơ ở đâu?",
        "Điều kiện để được thay đổi môn học lựa chọn",
    ):
        assert read(asked) is None
