"""A reader of the AI SDK's UI-message stream holds a conversation with citations."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.scripted_services import FIGURES, REGULATION, client_from, events_of, scripted_services

PERSISTENT = {"source-url", "source-document"}


@dataclass
class Message:
    """A message put together from its parts by the AI SDK's rules: ids pair text parts, transient data is not kept."""

    id: str = ""
    text: dict[str, str] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    parts: list[dict[str, Any]] = field(default_factory=list)
    transient: list[dict[str, Any]] = field(default_factory=list)
    error: str = ""
    ended: bool = False

    def read(self, part: dict[str, Any]) -> None:
        kind = part["type"]
        assert not self.ended
        if kind == "start":
            self.id = part["messageId"]
        elif kind == "text-start":
            self.open.add(part["id"])
            self.text[part["id"]] = ""
        elif kind == "text-delta":
            assert part["id"] in self.open
            self.text[part["id"]] += part["delta"]
        elif kind == "text-end":
            self.open.remove(part["id"])
        elif kind.startswith("data-"):
            (self.transient if part.get("transient") else self.parts).append(part)
        elif kind in PERSISTENT:
            assert part["sourceId"]
            self.parts.append(part)
        elif kind == "error":
            self.error = part["errorText"]
        elif kind == "finish":
            self.ended = True
        else:
            assert kind in {"start-step", "finish-step"}


def read_message(reply) -> Message:
    assert reply.headers["x-vercel-ai-ui-message-stream"] == "v1"
    assert reply.headers["content-type"].startswith("text/event-stream")
    datas = [data for _, data in events_of(reply.text)]
    assert datas[-1] == "[DONE]"
    message = Message()
    for data in datas[:-1]:
        message.read(json.loads(data))
    assert not message.open
    return message


@pytest.fixture
def services(tmp_path):
    return scripted_services(tmp_path)


@pytest.fixture
def client(services):
    with client_from("127.0.0.1", services) as client:
        yield client


def said(client, *texts: str, chat: str = "chat-1"):
    roles = ("user", "assistant")
    messages = [
        {"id": str(at), "role": roles[at % 2], "parts": [{"type": "step-start"}, {"type": "text", "text": text}]}
        for at, text in enumerate(texts)
    ]
    body = {"id": chat, "messages": messages, "trigger": "submit-message", "messageId": None}
    return client.post("/v1/ui-messages", json=body)


def test_a_conversation_with_citations(client, services) -> None:
    first = read_message(said(client, "Quy định gì?"))
    assert first.ended
    assert "".join(first.text.values()) == REGULATION.text
    (source,) = [part for part in first.parts if part["type"] == "source-url"]
    assert source["url"].endswith(REGULATION.citations[0].url)
    assert client.get(source["url"].partition("#")[0]).status_code == 200
    assert first.transient[0]["data"]["text"] == "Đang kiểm tra câu hỏi"
    second = read_message(said(client, "Quy định gì?", REGULATION.text, "Có bao nhiêu trường?"))
    (whole,) = [part["data"] for part in second.parts if part["type"] == "data-answer"]
    assert whole["columns"] == list(FIGURES.columns)
    assert [previous for *_, previous in services.asked] == [0, 1]


def test_chats_of_two_names_or_callers_are_apart(client, services) -> None:
    said(client, "Một?")
    said(client, "Hai?", chat="chat-2")
    client.headers["X-Troly-Principal"] = "province:01"
    said(client, "Ba?")
    assert [previous for *_, previous in services.asked] == [0, 0, 0]


def test_a_failure_is_told_in_the_stream(client, services) -> None:
    services.during = lambda: {}["broken"]
    message = read_message(said(client, "Quy định gì?"))
    assert message.error
    assert not message.ended


def test_nothing_is_resumed_where_nothing_runs(client) -> None:
    assert client.get("/v1/ui-messages/chat-1/stream").status_code == 204
    said(client, "Quy định gì?")
    assert client.get("/v1/ui-messages/chat-1/stream").status_code == 204


@pytest.mark.parametrize("messages", [[], [{"role": "assistant", "parts": []}], [{"role": "user", "parts": []}], None])
def test_a_chat_without_a_question_is_refused(client, messages) -> None:
    reply = client.post("/v1/ui-messages", json={"id": "x", "messages": messages})
    assert (reply.status_code, reply.headers["content-type"]) == (422, "application/problem+json")
