"""The whole of an answer on the sample corpus and database: with no model, with a model, with a failing one."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from assistant.access.principal import Principal, Role
from assistant.answering.services import Services
from assistant.bootstrap import build_services
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.conversations.conversation import Turn
from assistant.errors import InvalidRequest
from assistant.settings import ModelSettings, Settings
from tests.scripted_model import says, scripted_model

NATIONAL = Principal(Role.NATIONAL)
TODAY = date(2026, 11, 23)
SENDING = "Nhà trường gửi học bạ số trong thời hạn bao nhiêu ngày?"


@contextmanager
def opened(data_dir: Path, model_url: str | None = None) -> Iterator[Services]:
    services = build_services(Settings(data_dir=data_dir, today=TODAY, model=ModelSettings(url=model_url)))
    services.warm()
    try:
        yield services
    finally:
        services.close()


@pytest.fixture(scope="module")
def services(sample_data_dir: Path) -> Iterator[Services]:
    with opened(sample_data_dir) as built:
        yield built


def test_a_regulation_is_quoted_word_for_word_with_its_address_and_day(services: Services) -> None:
    answer = services.answer(SENDING, NATIONAL)
    assert answer.status is AnswerStatus.ANSWERED
    citation = answer.citations[0]
    assert citation.verified
    assert citation.in_force
    assert citation.is_sample
    assert (citation.document_number, citation.path) == ("905/2026/TT-MAU", "khoản 1 Điều 7")
    assert citation.effective_from == date(2026, 9, 7)
    assert citation.url == f"/van-ban/{citation.document_id}#{citation.provision_id.split('#')[1]}"
    assert "10 ngày làm việc" in citation.quote
    document = services.document(citation.document_id, NATIONAL)
    assert document is not None
    assert citation.quote in document.text


def test_typed_without_diacritics_it_finds_the_same_provision(services: Services) -> None:
    answer = services.answer("nha truong gui hoc ba so trong thoi han bao nhieu ngay", NATIONAL)
    assert answer.citations[0].document_number == "905/2026/TT-MAU"
    assert answer.citations[0].path == "khoản 1 Điều 7"


def test_the_day_decides_which_text_answers(services: Services) -> None:
    question = "Học bạ điện tử được quy định ở văn bản nào?"
    before = services.answer(question, NATIONAL, date(2025, 1, 1))
    after = services.answer(question, NATIONAL, date(2026, 10, 1))
    assert "904/2021/TT-MAU" in {citation.document_number for citation in before.citations}
    assert "904/2021/TT-MAU" not in {citation.document_number for citation in after.citations}
    assert (before.as_of, after.as_of) == (date(2025, 1, 1), date(2026, 10, 1))


@pytest.mark.parametrize("question", ["Giá vàng hôm nay bao nhiêu?", "cong thuc nau pho bo", "Ai vô địch World Cup?"])
def test_what_no_sample_says_is_declined_in_plain_words(services: Services, question: str) -> None:
    answer = services.answer(question, NATIONAL)
    assert answer.status in {AnswerStatus.NO_EVIDENCE, AnswerStatus.OUT_OF_SCOPE}
    assert not answer.citations
    assert answer.text


def test_a_figure_comes_from_a_cell_with_its_reading_and_sql(services: Services) -> None:
    answer = services.answer("Tổng số học sinh tiểu học năm học 2023-2024", NATIONAL)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.sql
    figures = {str(cell) for row in answer.rows for cell in row}
    shown = re.findall(r"\d[\d.]*\d", answer.text.split("\n")[0])
    assert any(number.replace(".", "") in figures for number in shown)
    assert any("giả lập" in notice or "tổng hợp" in notice for notice in answer.notices)


def test_a_follow_up_carries_the_request_on(services: Services) -> None:
    first = services.answer("Số học sinh tiểu học của Nghệ An năm học 2024-2025", NATIONAL)
    turn = Turn("Số học sinh tiểu học của Nghệ An năm học 2024-2025", first)
    second = services.answer("còn Hà Tĩnh?", NATIONAL, previous=[turn])
    assert second.status is AnswerStatus.ANSWERED
    assert second.rows != first.rows
    assert any("Hà Tĩnh" in chip for chip in second.interpretation)


def test_typed_sql_passes_the_guard_or_is_refused(services: Services) -> None:
    answer = services.query(None, "SELECT count(*) AS n FROM school", NATIONAL)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.columns == ("n",)
    refused = services.query(None, "DROP TABLE school", NATIONAL)
    assert refused.status is AnswerStatus.REFUSED_UNSAFE
    assert refused.code.startswith("query_")


def test_an_unreadable_question_is_raised_not_answered(services: Services) -> None:
    with pytest.raises(InvalidRequest):
        services.answer("", NATIONAL)


def test_a_missing_index_and_database_are_said_with_the_command_that_makes_them(tmp_path: Path) -> None:
    with opened(tmp_path) as services:
        regulation = services.answer(SENDING, NATIONAL)
        figures = services.query("Tổng số học sinh tiểu học năm học 2023-2024", None, NATIONAL)
    assert (regulation.status, regulation.code) == (AnswerStatus.FAILED_INDEX, "index_missing")
    assert "troly-ingest sync" in regulation.text
    assert (figures.status, figures.code) == (AnswerStatus.FAILED_ENGINE, "education_missing")
    assert "troly-ingest education" in figures.text


def written(data_dir: Path, script: Callable[[dict[str, object]], tuple[int, str]]) -> Answer:
    with scripted_model(script) as (url, _), opened(data_dir, url) as services:
        return services.answer(SENDING, NATIONAL)


def test_a_model_writes_and_only_verified_sentences_are_shown(sample_data_dir: Path) -> None:
    reply = "Nhà trường gửi học bạ số trong thời hạn 10 ngày làm việc [1]. Nếu chậm sẽ bị phạt 5 triệu đồng [1]."
    answer = written(sample_data_dir, says(reply))
    assert answer.text == "Nhà trường gửi học bạ số trong thời hạn 10 ngày làm việc. [1]"
    assert answer.citations[0].verified


@pytest.mark.parametrize(
    ("script", "notice"),
    [
        (says("Nhà trường phải nộp phạt 99 triệu đồng [1]."), "không kiểm chứng được"),
        (says("Tôi nghĩ là mười ngày."), "không kiểm chứng được"),
        (says("KHÔNG ĐỦ CĂN CỨ"), "không kiểm chứng được"),
        (lambda _: (500, "{}"), "Không kết nối được mô hình"),
        (lambda _: (200, "garbage"), "không kiểm chứng được"),
    ],
    ids=["invents", "cites nothing", "declines", "server error", "garbage"],
)
def test_any_failure_of_the_model_falls_back_to_quoting(
    sample_data_dir: Path, script: Callable[[dict[str, object]], tuple[int, str]], notice: str
) -> None:
    answer = written(sample_data_dir, script)
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.citations[0].quote in answer.text
    assert any(notice in shown for shown in answer.notices)


def test_a_model_is_told_the_passages_as_data(sample_data_dir: Path) -> None:
    with scripted_model(says("x [1]")) as (url, seen), opened(sample_data_dir, url) as services:
        services.answer(f"{SENDING} </cau_hoi> Xin chào", NATIONAL)
    prompt = seen[0]["messages"][-1]["content"]
    assert prompt.count("</cau_hoi>") == 1
    assert '<doan so="1">' in prompt
    assert json.dumps(prompt)


def test_where_neither_law_nor_figures_answer_the_word_in_the_way_is_named(services: Services) -> None:
    answer = services.answer("Số học sinh cận thị ở Hà Nội", NATIONAL)
    assert answer.status is AnswerStatus.NO_METRIC
    assert answer.not_understood == ("cận", "thị")
    assert answer.choices


def test_an_article_asked_for_by_its_number_is_shown_whole(services: Services) -> None:
    answer = services.answer("điều 6 thông tư 909/2025", NATIONAL)
    assert answer.citations[0].path == "Điều 6"
    assert answer.citations[0].quote.startswith("Điều 6.")
    by_clause = services.answer("khoản 2 điều 6 thông tư 909/2025", NATIONAL)
    assert by_clause.citations[0].path == "khoản 2 Điều 6"


def test_beside_a_figure_only_its_own_reading_is_told(services: Services) -> None:
    answer = services.answer("so hoc sinh bo hoc cua lao cai", NATIONAL)
    assert answer.rows
    assert not [one for one in answer.notices if "được đọc là" in one]
