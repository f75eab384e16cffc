"""The chat model over real HTTP: what it says and how it fails."""

import json
import socket
from threading import Event

import pytest

from assistant.errors import AssistantError
from assistant.llm.call import call_model
from assistant.llm.model import open_model
from assistant.settings import ModelSettings
from tests.scripted_model import Script, says, scripted_model


def code_of(script: Script) -> str:
    with scripted_model(script) as (url, _):
        model = open_model(ModelSettings(url=url, timeout_seconds=5))
        assert model is not None
        with pytest.raises(AssistantError) as failure:
            call_model(model, "Chào")
    return failure.value.code


def test_without_an_address_there_is_no_model() -> None:
    assert open_model(ModelSettings()) is None


def test_the_model_answers_over_http() -> None:
    with scripted_model(says("Xin chào [1].")) as (url, seen):
        model = open_model(ModelSettings(url=url, name="tiny"))
        assert model is not None
        reply = call_model(model, "Chào")
    assert (reply.text, reply.cut) == ("Xin chào [1].", False)
    assert seen[0]["model"] == "tiny"
    assert seen[0]["messages"][-1]["content"] == "Chào"


def test_a_reply_that_was_cut_says_so() -> None:
    with scripted_model(says("Một câu dở dang", "length")) as (url, _):
        model = open_model(ModelSettings(url=url))
        assert model is not None
        assert call_model(model, "Chào").cut


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (lambda _: (500, '{"error": {"message": "boom"}}'), "model_unavailable"),
        (lambda _: (401, '{"error": {"message": "key"}}'), "model_unavailable"),
        (lambda _: (200, "<html>proxy error</html>"), "reply_invalid"),
        (lambda _: (200, "{}"), "reply_invalid"),
        (lambda _: (200, json.dumps({"choices": []})), "reply_invalid"),
        (says("   "), "reply_invalid"),
    ],
    ids=["server error", "refused key", "not JSON", "empty object", "no choices", "blank"],
)
def test_a_failing_server_is_named(script: Script, code: str) -> None:
    assert code_of(script) == code


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        model = open_model(ModelSettings(url=url))
        assert model is not None
        with pytest.raises(AssistantError) as failure:
            call_model(model, "Chào")
    assert failure.value.code == "model_unavailable"


def test_a_slow_server_times_out() -> None:
    released = Event()

    def never(_: object) -> tuple[int, str]:
        released.wait(10)
        return 200, "{}"

    with scripted_model(never) as (url, _):
        model = open_model(ModelSettings(url=url, timeout_seconds=0.3))
        assert model is not None
        with pytest.raises(AssistantError) as failure:
            call_model(model, "Chào")
        released.set()
    assert failure.value.code == "model_timed_out"
