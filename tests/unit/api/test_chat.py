"""Conversations over HTTP: the stream's grammar, what is stored, and what a leaving or failing caller leaves behind."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from assistant.api.running.work import Work
from assistant.api.schemas import answer_json
from assistant.cancellation import Cancelled
from assistant.conversations.conversation import TurnState
from assistant.errors import IndexUnavailable, StoreUnavailable
from tests.scripted_services import CLARIFY, FIGURES, HOSTILE, REGULATION, ask, client_from, events_of


def turns_of(client, conversation: str) -> list[dict]:
    return client.get(f"/v1/conversations/{conversation}").json()["turns"]


def test_a_turn_streams_progress_and_then_exactly_one_answer(client) -> None:
    reply = ask(client, accept="text/event-stream")
    events = events_of(reply.text)
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert [name for name, _ in events] == ["started", "progress", "progress", "answer"]
    assert json.loads(events[0][1]).keys() == {"turn_id", "conversation_id"}
    assert json.loads(events[1][1]) == {"step": 1, "text": "Đang kiểm tra câu hỏi"}
    assert json.loads(events[-1][1]) == answer_json(REGULATION)


def test_hostile_lines_in_an_answer_forge_no_event(client) -> None:
    names = [name for name, _ in events_of(ask(client, accept="text/event-stream").text)]
    assert names.count("answer") == 1


def test_accept_json_gives_the_answer_alone(client) -> None:
    reply = ask(client)
    assert reply.status_code == 200
    assert reply.json() == answer_json(REGULATION)


def test_a_cell_that_is_no_number_is_null_in_json(client) -> None:
    rows = ask(client, "Có bao nhiêu trường?").json()["rows"]
    assert rows == [["Hà Nội", 1234, 12.5], [HOSTILE, None, None]]


def test_a_conversation_is_read_back_with_its_turns(client) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    ask(client, "Hỏi cấp nào?", conversation)
    ask(client, "Chọn cấp tiểu học", conversation)
    turns = turns_of(client, conversation)
    assert [turn["state"] for turn in turns] == ["complete", "complete"]
    assert turns[1]["answer"]["choices"] == list(CLARIFY.choices)


def test_the_next_question_is_asked_with_the_turns_before_it(client, services) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    for question in ("một", "hai", "ba"):
        ask(client, question, conversation)
    assert [previous for *_, previous in services.asked] == [0, 1, 2]


def test_the_day_asked_for_reaches_the_answer(client, services) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    body = {"question": "Quy định gì?", "as_of": "2024-07-05"}
    client.post(f"/v1/conversations/{conversation}/turns", json=body, headers={"accept": "application/json"})
    assert services.asked[0][2].isoformat() == "2024-07-05"
    assert turns_of(client, conversation)[0]["as_of"] == "2024-07-05"


def test_another_principal_gets_404_for_a_conversation(client) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    other = {"X-Troly-Principal": "province:01"}
    for reply in (
        client.get(f"/v1/conversations/{conversation}", headers=other),
        client.delete(f"/v1/conversations/{conversation}", headers=other),
        ask(client, "?", conversation, **other),
    ):
        assert (reply.status_code, reply.json()["code"]) == (404, "conversation_not_found")


def test_a_deleted_conversation_is_gone(client) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    assert client.delete(f"/v1/conversations/{conversation}").status_code == 204
    assert client.get(f"/v1/conversations/{conversation}").status_code == 404


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("  ", "question_empty"),
        ("x" * 10_000, "question_too_long"),
        ("\u0000\u202e", "question_empty"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_before_it_is_stored(client, question: str, code: str) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    for accept in ("application/json", "text/event-stream"):
        reply = ask(client, question, conversation, accept=accept)
        assert (reply.status_code, reply.json()["code"]) == (422, code)
    assert turns_of(client, conversation) == []


def test_an_expected_failure_while_streaming_ends_in_an_error_event(client, services) -> None:
    def fail() -> None:
        raise IndexUnavailable(detail="segment 7 of /secret/path")

    services.during = fail
    conversation = client.post("/v1/conversations").json()["id"]
    events = events_of(ask(client, "?", conversation, accept="text/event-stream").text)
    assert [name for name, _ in events] == ["started", "progress", "error"]
    assert json.loads(events[2][1])["code"] == "index_unavailable"
    assert "secret" not in events[2][1]
    assert turns_of(client, conversation)[0]["state"] == "interrupted"


def test_an_unexpected_failure_gives_a_reference_and_no_traceback(client, services, logs) -> None:
    services.during = lambda: {}["câu hỏi bí mật"]
    conversation = client.post("/v1/conversations").json()["id"]
    streamed = ask(client, "?", conversation, accept="text/event-stream").text
    plain = ask(client, "?", conversation)
    assert plain.status_code == 500
    assert plain.json()["reference"] in plain.json()["detail"]
    assert plain.json()["reference"] in {log.get("reference") for log in logs}
    for text in (streamed, plain.text):
        assert "failed_unexpected" in text
        assert "KeyError" not in text
        assert "bí mật" not in text


def test_a_store_that_cannot_be_written_answers_503_and_figures_still_come(client, services, monkeypatch) -> None:
    conversation = client.post("/v1/conversations").json()["id"]

    def full(*_: object) -> None:
        raise StoreUnavailable(detail="disk is full")

    monkeypatch.setattr(client.app.state.shared.conversations, "start_turn", full)
    reply = ask(client, "?", conversation)
    assert (reply.status_code, reply.json()["code"]) == (503, "store_unavailable")
    assert client.post("/v1/queries", json={"question": "bao nhiêu"}).status_code == 200


def test_an_answer_that_cannot_be_stored_is_not_shown(client, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise StoreUnavailable(detail="disk is full")

    monkeypatch.setattr(client.app.state.shared.conversations, "complete_turn", full)
    assert ask(client).json()["code"] == "store_unavailable"
    events = events_of(ask(client, accept="text/event-stream").text)
    assert [name for name, _ in events][-1] == "error"


def test_work_stops_at_its_next_step_once_nobody_waits() -> None:
    entered, left, reached = Event(), Event(), []

    def task(on_progress):
        on_progress("một")
        entered.set()
        left.wait(5)
        on_progress("hai")
        reached.append("hai")
        return FIGURES

    async def abandon() -> BaseException | None:
        with ThreadPoolExecutor(1) as workers:
            work = Work(workers, task, "turn")
            await asyncio.to_thread(entered.wait, 5)
            work.cancel()
            left.set()
            return await asyncio.to_thread(work.future.exception, 5)

    assert isinstance(asyncio.run(abandon()), Cancelled)
    assert reached == []


def test_a_turn_whose_caller_left_before_it_began_is_interrupted(services) -> None:
    with client_from("127.0.0.1", services) as client:
        shared = client.app.state.shared
        conversation = client.post("/v1/conversations").json()["id"]
        shared.workers.shutdown()
        assert ask(client, "?", conversation).status_code == 500
        states = {turn.state for turn in shared.conversations.find(conversation, "national").turns}
    assert TurnState.COMPLETE not in states


def test_figures_are_answered_in_words_or_by_sql(client, services) -> None:
    for body in ({"question": "Có bao nhiêu trường?"}, {"sql": "SELECT 1", "as_of": "2024-01-01"}):
        assert client.post("/v1/queries", json=body).json() == answer_json(FIGURES)
    assert services.asked[1][2].isoformat() == "2024-01-01"


def test_a_turn_is_explained_step_by_step_to_its_owner_only(client) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    ask(client, conversation=conversation)
    turn = turns_of(client, conversation)[0]
    trace = client.get(f"/v1/turns/{turn['id']}/trace").json()
    assert trace["status"] == "answered"
    assert trace["steps"] == turn["answer"]["trace"]
    other = {"X-Troly-Principal": "province:01"}
    assert client.get(f"/v1/turns/{turn['id']}/trace", headers=other).json()["code"] == "turn_not_found"
