"""A provision that says what was asked and has ended is named with its last day, instead of a neighbour's silence."""

from datetime import date
from pathlib import Path

import pytest

from assistant.access.policy import load_policy
from assistant.access.principal import Principal, Role
from assistant.answering.context import Context
from assistant.answering.law.tell_ended import TellEnded
from assistant.conversations.answer import Step
from assistant.corpus.encoders.opening import WarmingEncoder
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.search import Search
from assistant.settings import IndexSettings, SearchSettings, load_settings
from tests.small_corpus import WordEncoder, chunk_of, write_generation

LAST_DAY = date(2025, 12, 31)
CHUNKS = [
    chunk_of("43/2019/QH14", "dieu-72", "Trình độ chuẩn được đào tạo của giáo viên tiểu học là cử nhân.", "Luật GD",
             effective_from=date(2020, 7, 1), effective_to=LAST_DAY),
    chunk_of("30/2020/NĐ-CP", "dieu-8", "Thể thức văn bản hành chính gồm quốc hiệu, tên cơ quan, số ký hiệu."),
]  # fmt: skip


@pytest.mark.parametrize(("day", "told"), [(date(2026, 2, 1), True), (LAST_DAY, False)])
def test_what_has_ended_is_named_with_its_last_day(tmp_path: Path, day: date, told: bool) -> None:
    write_generation(tmp_path, "0001", CHUNKS)
    corpus = LiveCorpus(tmp_path, IndexSettings())
    search = Search(corpus, WarmingEncoder(WordEncoder), SearchSettings())
    search.warm()
    context = Context("Trình độ chuẩn được đào tạo của giáo viên tiểu học là gì?", Principal(Role.NATIONAL), day)
    context.trace.append(Step("tell_ended", 0.0))
    TellEnded(search, corpus, load_policy(load_settings().policy_file))(context)
    corpus.close()
    assert [("43/2019/QH14" in said, "31/12/2025" in said) for said in context.notices] == [(True, True)] * told
