"""Questions about change on the sample corpus: both wordings, each quoted from the text of its day and verified."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.access.principal import Principal, Role
from assistant.answering.services import Services
from assistant.bootstrap import build_services
from assistant.conversations.answer import Answer, AnswerStatus, Citation
from assistant.settings import ModelSettings, Settings

NATIONAL = Principal(Role.NATIONAL)


@pytest.fixture(scope="module")
def services(sample_data_dir: Path) -> Iterator[Services]:
    built = build_services(Settings(data_dir=sample_data_dir, today=date(2026, 11, 23), model=ModelSettings(url=None)))
    built.warm()
    yield built
    built.close()


def sides(answer: Answer, place: str) -> tuple[Citation | None, Citation | None]:
    by_id = {citation.provision_id: citation for citation in answer.citations}
    found = next(each for each in answer.comparison if each.place == place)
    return by_id.get(found.before), by_id.get(found.after)


def test_what_an_act_changes_is_shown_before_and_after(services: Services) -> None:
    answer = services.answer("Thông tư 902/2024 sửa gì của Thông tư 901/2021?", NATIONAL)
    assert answer.status is AnswerStatus.ANSWERED
    before, after = sides(answer, "khoản 2 Điều 6")
    assert before is not None
    assert after is not None
    assert before.quote != after.quote
    assert all(citation.verified for citation in answer.citations)
    assert before.effective_to == date(2024, 8, 31)
    assert after.effective_from == date(2024, 9, 1)


def test_what_is_new_has_no_wording_before(services: Services) -> None:
    answer = services.answer("thong tu 902/2024 sua gi cua thong tu 901/2021", NATIONAL)
    before, after = sides(answer, "Điều 5a")
    assert before is None
    assert after is not None


def test_what_became_of_a_text_names_every_act_and_can_begin_on_a_day(services: Services) -> None:
    every = services.answer("Thông tư 901/2021 được sửa đổi những gì?", NATIONAL)
    later = services.answer("Từ 01/07/2025 Thông tư 901/2021 được sửa đổi những gì?", NATIONAL)
    assert "902/2024/TT-MAU" in every.text
    assert "903/2025/TT-MAU" in every.text
    assert "902/2024/TT-MAU" not in later.text
    assert len(later.comparison) < len(every.comparison)


def test_old_and_new_documents_are_set_side_by_side_on_the_subject(services: Services) -> None:
    answer = services.answer("Quy định về dạy thêm có gì thay đổi so với trước đây?", NATIONAL)
    assert [one.document_number for one in answer.citations] == ["908/2019/TT-MAU", "909/2025/TT-MAU"]
    assert all("dạy thêm" in one.quote for one in answer.citations)
    assert answer.citations[0].in_force is False
    assert answer.citations[0].standing == "hết hiệu lực"


def test_an_act_that_is_not_held_is_named(services: Services) -> None:
    answer = services.answer("Thông tư 19/2026 sửa gì của Thông tư 29/2024?", NATIONAL)
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert "19/2026" in answer.text


def test_two_texts_of_which_one_is_not_held_are_not_compared(services: Services) -> None:
    answer = services.answer("So sánh Thông tư 909/2025/TT-MAU và Thông tư 29/2024/TT-BGDĐT về dạy thêm", NATIONAL)
    assert answer.status is AnswerStatus.NO_EVIDENCE
    assert "29/2024" in answer.text


def test_a_document_is_spoken_of_once_however_many_states_its_text_has(services: Services) -> None:
    answer = services.answer("Thông tư 901/2021/TT-MAU còn hiệu lực không?", NATIONAL)
    assert answer.text.count("901/2021/TT-MAU có hiệu lực từ") == 1
    assert {"902/2024/TT-MAU", "903/2025/TT-MAU"} <= {one.document_number for one in answer.citations}
