"""Real documents, real questions: right document, verified quote, or silence."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from assistant.access.principal import Principal, Role
from assistant.answering.services import Services
from assistant.bootstrap import build_services
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.settings import Settings
from tests.real_data import index_real_corpus, needs_real_data

pytestmark = [pytest.mark.real, needs_real_data]

NATIONAL = Principal(Role.NATIONAL)
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    data_dir = tmp_path_factory.mktemp("real")
    run = index_real_corpus(data_dir)
    assert run.returncode == 0, run.stderr[-2000:]
    summary = json.loads(run.stdout.strip().splitlines()[-1])
    assert summary["event"] == "summary", summary
    built = build_services(Settings(data_dir=data_dir, today=TODAY))
    built.warm()
    yield built
    built.close()


def ask(services: Services, question: str, as_of: date | None = None) -> Answer:
    """The answer, every quote of it checked here against the stored text, apart from the product's own check."""
    answer = services.answer(question, NATIONAL, as_of)
    for citation in answer.citations:
        assert citation.verified
        document = services.document(citation.document_id, NATIONAL)
        assert document is not None
        assert citation.quote in document.text
    return answer


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        (
            "Đến 5/7/2024 có bao nhiêu Sở gửi báo cáo học bạ số, bao nhiêu trường tiểu học, bao nhiêu học bạ?",
            ["18 Sở", "2.985", "14.661", "1.747.231", "8.919.198"],
        ),
        ("HEMIS co bao nhieu co so dao tao, bao nhieu chuong trinh", ["470 cơ sở", "25.000 chương trình"]),
        ("Bao nhiêu hồ sơ viên chức đã đồng bộ với Bộ Nội vụ?", ["18.000 hồ sơ viên chức"]),
        ("Mỗi cục, vụ hằng năm phải đăng ký việc gì?", ["đăng ký một việc cụ thể"]),
    ],
)
def test_the_founding_report_answers_with_its_figures(services: Services, question: str, figures: list[str]) -> None:
    answer = ask(services, question)
    assert answer.status is AnswerStatus.ANSWERED
    first = answer.citations[0]
    quotes = " ".join(citation.quote for citation in answer.citations if citation.document_id == first.document_id)
    assert [figure for figure in figures if figure not in quotes] == []


STANDARD = "Trình độ chuẩn được đào tạo của giáo viên tiểu học là gì?"
REPEALED = date(2026, 1, 1)
"""Luật 123/2025/QH15 repeals Điều 72 of the education law, for the law on teachers; that law is not in the folder."""


def articles_72(answer: Answer) -> list[date | None]:
    """Since when each cited Điều 72 of the education law has been in force."""
    found = [one for one in answer.citations if one.document_number == "43/2019/QH14"]
    return [one.effective_from for one in found if re.search(r"\bĐiều 72\b", one.path)]


def test_the_education_law_answers_on_the_standard_of_teachers_while_it_does(services: Services) -> None:
    answer = ask(services, STANDARD, REPEALED - timedelta(days=1))
    assert answer.status is AnswerStatus.ANSWERED
    assert articles_72(answer) == [date(2020, 7, 1)]


def test_an_article_that_was_repealed_is_named_as_ended_and_not_cited(services: Services) -> None:
    answer = ask(services, STANDARD, REPEALED)
    assert not articles_72(answer)
    assert any("khoản 1 Điều 72" in said and "31/12/2025" in said for said in answer.notices)


def test_a_question_without_clear_law_is_cited_or_declined_never_invented(services: Services) -> None:
    answer = ask(services, "Nhà trường có được thu tiền dạy thêm ngoài quy định không?")
    assert answer.status in {AnswerStatus.ANSWERED, AnswerStatus.PARTIAL, AnswerStatus.NO_EVIDENCE}
    assert bool(answer.citations) == (answer.status is not AnswerStatus.NO_EVIDENCE)


@pytest.mark.parametrize(
    "question",
    ["Giá vàng hôm nay bao nhiêu?", "Thủ tướng Lào là ai?", "Cách nấu phở bò Nam Định", "thoi tiet Da Lat tuan sau"],
)
def test_what_no_document_says_is_declined(services: Services, question: str) -> None:
    answer = ask(services, question)
    assert answer.status in {AnswerStatus.NO_EVIDENCE, AnswerStatus.OUT_OF_SCOPE}
    assert not answer.citations


def test_an_unchanged_second_run_encodes_nothing(services: Services) -> None:
    run = index_real_corpus(services.settings.data_dir)
    assert run.returncode == 0
    summary = json.loads(run.stdout.strip().splitlines()[-1])
    assert summary["encoded"] == 0
