"""One contract for the conversation store over SQLite and PostgreSQL; its migrations; stores of older versions."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from assistant.conversations import opening
from assistant.conversations.conversation import TurnState
from assistant.conversations.feedback import Feedback, Rating, keep_feedback
from assistant.conversations.history import History, Thread
from assistant.conversations.repository import ConversationRepository
from assistant.conversations.tables import metadata
from assistant.errors import ConfigurationError, NotFound, StoreUnavailable
from tests.postgres import postgres
from tests.scripted_services import FIGURES, REGULATION

DAY = date(2025, 9, 1)


@pytest.fixture(scope="module")
def postgres_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/new/conversations.sqlite"
    found: str = request.getfixturevalue("postgres_address")
    engine = opening.open_store(found)
    with engine.begin() as connection:  # as new for every test
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return found


@pytest.fixture
def store(address: str) -> Iterator[ConversationRepository]:
    made = ConversationRepository(address)
    yield made
    made.close()


def test_a_turn_is_kept_whole_and_found_by_its_owner_only(store: ConversationRepository) -> None:
    mine = store.create("national oidc:an")
    turn = store.start_turn(mine, "Học bạ số là gì?", DAY)
    store.complete_turn(turn.id, replace(REGULATION, text="Có dấu: Ữ"))
    found = store.find(mine.id, "national oidc:an").turns[0]
    assert (found.question, found.state, found.as_of) == ("Học bạ số là gì?", TurnState.COMPLETE, DAY)
    assert found.answer is not None
    assert found.answer.text == "Có dấu: Ữ"
    assert found.asked_at is not None
    assert abs(found.asked_at - datetime.now(UTC)) < timedelta(minutes=1)
    for call in (lambda: store.find(mine.id, "national oidc:binh"), lambda: store.find_turn(turn.id, "national")):
        with pytest.raises(NotFound):
            call()


def test_only_the_last_turns_are_read_where_only_they_are_wanted(store: ConversationRepository) -> None:
    mine = store.create("national")
    for number in range(5):
        store.complete_turn(store.start_turn(mine, str(number), None).id, FIGURES)
    assert [turn.question for turn in store.find(mine.id, "national").turns] == list("01234")
    assert [turn.question for turn in store.find(mine.id, "national", 2).turns] == ["3", "4"]


def test_turns_asked_at_once_stand_one_after_the_other(store: ConversationRepository) -> None:
    mine = store.create("national")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: store.start_turn(mine, str(number), None), range(24)))
    assert len({turn.question for turn in store.find(mine.id, "national").turns}) == 24


def test_what_belongs_to_a_conversation_goes_with_it(store: ConversationRepository) -> None:
    mine, history = store.create("national"), History(store)
    turn = store.start_turn(mine, "?", None)
    keep_feedback(store, turn.id, Feedback(Rating.UP))
    keep_feedback(store, turn.id, Feedback(Rating.DOWN, comment="sai"))
    history.rename(mine.id, "Tên")
    history.keep_thread("national", Thread(mine.id, turn.id), "chat")
    assert [head.title for head in history.list("national", 10, 0)] == ["Tên"]
    store.remove(mine.id, "national")
    assert (history.list("national", 10, 0), history.thread("national", "chat")) == ([], None)
    with pytest.raises(NotFound):
        store.start_turn(mine, "sau khi xóa", None)
    with store.transaction() as connection:
        left = [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in metadata.tables]
    assert set(left) == {0}


def test_a_restart_marks_what_a_dead_process_left(store: ConversationRepository, address: str) -> None:
    mine = store.create("national")
    done, left = store.start_turn(mine, "a", None), store.start_turn(mine, "b", None)
    store.complete_turn(done.id, FIGURES)
    again = ConversationRepository(address)
    again.tidy(datetime.now(UTC) - timedelta(days=90))
    states = {turn.id: turn.state for turn in again.find(mine.id, "national").turns}
    assert states == {done.id: TurnState.COMPLETE, left.id: TurnState.INTERRUPTED}
    again.tidy(datetime.now(UTC) + timedelta(seconds=1))
    with pytest.raises(NotFound):
        again.find(mine.id, "national")
    again.close()


def test_migrations_make_exactly_the_tables_the_code_uses(store: ConversationRepository) -> None:
    store.check()
    with store.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_newest_migration_is_the_one_the_code_asks_for() -> None:
    scripts = ScriptDirectory(str(opening._FOLDER))
    assert scripts.get_heads() == [opening.HEAD]
    assert {script.revision for script in scripts.walk_revisions()} == opening._KNOWN


def test_processes_that_start_together_make_the_tables_once(address: str) -> None:
    stores = [ConversationRepository(address) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: one.check(), stores))
    for one in stores:
        one.close()


@pytest.mark.parametrize("tables", [("conversations", "turns"), tuple(metadata.tables)])
def test_a_store_made_before_there_were_versions_goes_on(tmp_path: Path, tables: tuple[str, ...]) -> None:
    path = tmp_path / "old.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    metadata.create_all(engine, tables=[metadata.tables[name] for name in tables])
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO conversations VALUES ('c', 'national', '2025-09-01 00:00:00')"))
    engine.dispose()
    store = ConversationRepository(path)
    assert store.find("c", "national").turns == ()
    with store.transaction() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == opening.HEAD
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    store.close()


def test_a_store_of_a_newer_version_is_left_alone(store: ConversationRepository, address: str) -> None:
    store.check()
    with store.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    older = ConversationRepository(address)
    with pytest.raises(StoreUnavailable) as caught:
        older.check()
    assert caught.value.code == "store_newer"
    older.close()


@pytest.mark.parametrize("address", ["mysql://x/y", "nothing", "sqlite://"])
def test_another_kind_of_store_is_named_at_the_start(address: str) -> None:
    with pytest.raises(ConfigurationError):
        ConversationRepository(address)
