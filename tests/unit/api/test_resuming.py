"""A turn's events for whoever comes back: after any of them, from the store, and none for a stopped one but its end."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from assistant.api.running import running_turn
from assistant.api.running.running_turn import RunningTurn
from assistant.api.running.turns import RunningTurns
from tests.scripted_services import FIGURES, REGULATION, ask, client_from, events_of, scripted_services


def events_after(client, turn: str, number: int | None = None) -> list[tuple[str, str]]:
    headers = {} if number is None else {"Last-Event-ID": str(number)}
    text = client.get(f"/v1/turns/{turn}/events", headers=headers).text
    return events_of(text) if text else []


def test_the_events_after_any_one_are_told_again(client) -> None:
    reply = ask(client, accept="text/event-stream")
    whole = events_of(reply.text)
    for number in range(len(whole) + 2):
        assert events_after(client, reply.headers["x-turn-id"], number) == whole[number:]


def test_a_turn_of_an_earlier_process_ends_with_its_answer_or_an_error(client, services, monkeypatch) -> None:
    answered = ask(client).headers["x-turn-id"]
    monkeypatch.setattr(services, "during", lambda: {}["broken"])
    conversation = client.post("/v1/conversations").json()["id"]
    ask(client, "?", conversation)
    broken = client.get(f"/v1/conversations/{conversation}").json()["turns"][0]["id"]
    with client_from("127.0.0.1", scripted_services(services.settings.data_dir)) as restarted:
        ((name, data),) = events_after(restarted, answered)
        assert (name, json.loads(data)["text"]) == ("answer", REGULATION.text)
        ((name, data),) = events_after(restarted, broken)
        assert (name, json.loads(data)["code"]) == ("error", "turn_interrupted")


@pytest.mark.parametrize("value", ["-1", "x", "9" * 30])
def test_a_number_that_is_none_is_refused(client, value: str) -> None:
    turn = ask(client).headers["x-turn-id"]
    reply = client.get(f"/v1/turns/{turn}/events", headers={"Last-Event-ID": value})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_request")


def test_stopping_a_turn_that_has_ended_changes_nothing(client) -> None:
    turn = ask(client).headers["x-turn-id"]
    assert client.post(f"/v1/turns/{turn}/cancel").json() == {"id": turn, "state": "complete"}


class Held:
    """Work that waits to be let go, and says whether it was stopped."""

    def __init__(self) -> None:
        self.entered, self.go = Event(), Event()
        self.ran_on = False

    def __call__(self, tell):
        tell("một")
        self.entered.set()
        self.go.wait(5)
        tell("hai")
        self.ran_on = True
        return FIGURES


async def heard(turn: RunningTurn, count: int) -> list[str]:
    """The names of the first events, after which the listener leaves."""
    names = []
    with turn.listening():
        async for event in turn.follow():
            names.append(event.name)
            if len(names) == count:
                break
    return names


def asked(scenario) -> Held:
    """The work after `scenario(turn, work)` has run on a loop with one worker."""
    work = Held()

    async def run() -> None:
        with ThreadPoolExecutor(1) as workers:
            await scenario(RunningTurns(workers).begin("t", "c", "national", work), work)

    asyncio.run(run())
    return work


def test_a_listener_who_comes_back_in_time_hears_the_rest() -> None:
    async def scenario(turn: RunningTurn, work: Held) -> None:
        assert await heard(turn, 2) == ["started", "progress"]
        back = asyncio.create_task(heard(turn, 9))
        await asyncio.sleep(0)
        work.go.set()
        assert await back == ["started", "progress", "progress", "answer"]

    assert asked(scenario).ran_on


def test_a_turn_that_nobody_comes_back_to_is_stopped(monkeypatch) -> None:
    monkeypatch.setattr(running_turn, "NOBODY_LEFT_SECONDS", 0)

    async def scenario(turn: RunningTurn, work: Held) -> None:
        await heard(turn, 2)
        while not turn.work.cancelled:
            await asyncio.sleep(0)
        work.go.set()
        await turn.until_ended()
        assert json.loads(turn.events[-1].data)["code"] == "turn_cancelled"

    assert not asked(scenario).ran_on


def test_one_listener_of_two_may_leave(monkeypatch) -> None:
    monkeypatch.setattr(running_turn, "NOBODY_LEFT_SECONDS", 0)

    async def scenario(turn: RunningTurn, work: Held) -> None:
        stays = asyncio.create_task(heard(turn, 9))
        await heard(turn, 2)
        await asyncio.sleep(0.01)
        work.go.set()
        assert (await stays)[-1] == "answer"

    assert asked(scenario).ran_on


def test_the_events_of_ended_turns_are_bounded() -> None:
    async def run() -> int:
        with ThreadPoolExecutor(1) as workers:
            turns = RunningTurns(workers)
            for at in range(230):
                turn = turns.begin(str(at), "c", "national", lambda _: FIGURES)
                await turn.until_ended()
            return sum(turns.find(str(at), "national") is not None for at in range(230))

    assert asyncio.run(run()) == 201
