"""The conversation store: ownership, complete or interrupted turns, retention, and a store that cannot be written."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.conversations.answer import Answer, AnswerStatus, Citation, Step
from assistant.conversations.conversation import TurnState
from assistant.conversations.repository import ConversationRepository
from assistant.errors import NotFound, StoreUnavailable

ANSWER = Answer(
    AnswerStatus.ANSWERED,
    "Theo khoản 2 Điều 5.",
    date(2025, 9, 1),
    citations=(Citation("a", "a#dieu-5", "01/2025/TT-MAU", "Mẫu", "Điều 5", "trích", True, "/van-ban/a#dieu-5"),),
    request={"metric": "pupils", "year": 2024},
    columns=("Tỉnh", "Tỷ lệ"),
    rows=(("Hà Nội", 12.5), ("Cà Mau", None)),
    trace=(Step("retrieve", 1.5, "2 đoạn"),),
)


@pytest.fixture
def store(tmp_path: Path):
    repository = ConversationRepository(tmp_path / "deep" / "conversations.sqlite")
    yield repository
    repository.close()


def test_a_completed_turn_comes_back_with_the_same_answer(store: ConversationRepository) -> None:
    conversation = store.create("national")
    turn = store.start_turn(conversation, "Câu hỏi?", date(2025, 9, 1))
    store.complete_turn(turn.id, ANSWER)
    (found,) = store.find(conversation.id, "national").turns
    assert found.answer == ANSWER
    assert (found.state, found.question, found.as_of) == (TurnState.COMPLETE, "Câu hỏi?", date(2025, 9, 1))


def test_turns_keep_the_order_in_which_they_were_asked(store: ConversationRepository) -> None:
    conversation = store.create("national")
    for question in ("một", "hai", "ba"):
        store.start_turn(conversation, question, None)
    assert [turn.question for turn in store.find(conversation.id, "national").turns] == ["một", "hai", "ba"]


def test_a_decimal_cell_is_kept_as_a_number_and_a_date_as_text(store: ConversationRepository) -> None:
    answer = Answer(AnswerStatus.ANSWERED, "", date(2025, 1, 1), rows=((Decimal("1.25"), date(2024, 5, 6)),))
    conversation = store.create("national")
    store.complete_turn(store.start_turn(conversation, "?", None).id, answer)
    assert store.find(conversation.id, "national").answered[0].answer.rows == ((1.25, "2024-05-06"),)


def test_another_principal_does_not_find_a_conversation(store: ConversationRepository) -> None:
    conversation = store.create("province:01")
    with pytest.raises(NotFound):
        store.find(conversation.id, "national")
    with pytest.raises(NotFound):
        store.remove(conversation.id, "province:79")
    assert store.find(conversation.id, "province:01").id == conversation.id


def test_a_removed_conversation_takes_its_turns_along(store: ConversationRepository) -> None:
    conversation = store.create("national")
    turn = store.start_turn(conversation, "?", None)
    store.remove(conversation.id, "national")
    with pytest.raises(NotFound):
        store.find(conversation.id, "national")
    store.complete_turn(turn.id, ANSWER)  # the answer of a removed turn has nowhere to go, and that is no error


def test_an_interrupted_turn_has_no_answer_and_a_complete_one_is_not_undone(store: ConversationRepository) -> None:
    conversation = store.create("national")
    first, second = (store.start_turn(conversation, question, None) for question in ("một", "hai"))
    store.complete_turn(first.id, ANSWER)
    store.interrupt_turn(first.id)
    store.interrupt_turn(second.id)
    states = [(turn.state, turn.answer is None) for turn in store.find(conversation.id, "national").turns]
    assert states == [(TurnState.COMPLETE, False), (TurnState.INTERRUPTED, True)]


def test_a_turn_left_running_by_a_dead_process_is_marked_interrupted(tmp_path: Path) -> None:
    dead = ConversationRepository(tmp_path / "c.sqlite")
    conversation = dead.create("national")
    dead.start_turn(conversation, "?", None)
    dead.close()
    alive = ConversationRepository(tmp_path / "c.sqlite")
    alive.tidy(datetime.now(UTC) - timedelta(days=90))
    assert alive.find(conversation.id, "national").turns[0].state is TurnState.INTERRUPTED
    alive.close()


def test_conversations_older_than_the_retention_are_removed(store: ConversationRepository) -> None:
    conversation = store.create("national")
    store.tidy(datetime.now(UTC) + timedelta(seconds=1))
    with pytest.raises(NotFound):
        store.find(conversation.id, "national")


def test_a_store_that_cannot_be_opened_is_unavailable_and_recovers(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    store = ConversationRepository(tmp_path / "blocked" / "c.sqlite")
    with pytest.raises(StoreUnavailable):
        store.create("national")
    (tmp_path / "blocked").unlink()
    assert store.create("national").principal == "national"
    store.close()


def test_a_full_disk_makes_the_store_unavailable_and_leaves_the_turn_running(store: ConversationRepository) -> None:
    conversation = store.create("national")
    turn = store.start_turn(conversation, "?", None)
    with store._engine.connect() as connection:  # SQLite's own page limit stands in for a full disk
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreUnavailable):
        store.complete_turn(turn.id, Answer(AnswerStatus.ANSWERED, "x" * 500_000, date(2025, 1, 1)))
    assert store.find(conversation.id, "national").turns[0].state is TurnState.RUNNING


def test_a_file_that_is_not_a_database_makes_the_store_unavailable(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").write_bytes(b"not a database" * 100)
    store = ConversationRepository(tmp_path / "c.sqlite")
    with pytest.raises(StoreUnavailable):
        store.create("national")
    store.close()
