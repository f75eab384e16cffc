"""The official `openai` client holds a conversation with citations over loopback."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import openai
import pytest

from assistant.access.sign_in.api_keys import ApiKeys, Right
from assistant.app import build_app
from tests.browser import served
from tests.scripted_services import FIGURES, REGULATION, ScriptedServices, scripted_services


@pytest.fixture
def services(tmp_path: Path) -> ScriptedServices:
    return scripted_services(tmp_path)


@pytest.fixture
def client(services: ScriptedServices) -> Iterator[openai.OpenAI]:
    keys = ApiKeys(services.settings.keys_path)
    until = datetime.now(UTC) + timedelta(days=1)
    _, key = keys.create("national", frozenset({Right.ASK}), "thử nghiệm", until)
    with served(build_app(services)) as origin, openai.OpenAI(base_url=f"{origin}/v1", api_key=key) as client:
        yield client


def said(*texts: str) -> list[dict[str, str]]:
    """Questions and answers in turn."""
    return [{"role": "assistant" if at % 2 else "user", "content": text} for at, text in enumerate(texts)]


def test_the_models_are_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["troly"]
    assert client.models.retrieve("troly").id == "troly"


def test_a_conversation_with_citations(client: openai.OpenAI, services: ScriptedServices) -> None:
    first = client.chat.completions.create(model="troly", messages=said("Quy định gì?"), temperature=0.2)
    text = first.choices[0].message.content
    assert text is not None
    assert text.startswith("Theo Điều 1.")
    assert [one["provision_id"] for one in first.citations] == [REGULATION.citations[0].provision_id]
    assert httpx.get(first.citations[0]["url"]).status_code == 200
    assert first.answer["status"] == "answered"
    client.chat.completions.create(model="troly", messages=said("Quy định gì?", text, "Còn khoản 2?"))
    assert [(question, previous) for question, _, _, previous in services.asked] == [
        ("Quy định gì?", 0),
        ("Còn khoản 2?", 1),
    ]


def test_a_question_asked_again_branches_off(client: openai.OpenAI, services: ScriptedServices) -> None:
    for last in ("Hai?", "Ba?", "Bốn?"):
        client.chat.completions.create(model="troly", messages=said("Một?", "x", last))
    client.chat.completions.create(model="troly", messages=said("Một?"))
    for last in ("Hai?", "Ba?"):
        client.chat.completions.create(model="troly", messages=said("Một?", "x", last))
    assert [previous for *_, previous in services.asked] == [0, 0, 0, 0, 1, 1]


def test_the_stream_says_the_same_and_ends_with_the_citations(client: openai.OpenAI) -> None:
    whole = client.chat.completions.create(model="troly", messages=said("Quy định gì?"))
    chunks = list(
        client.chat.completions.create(
            model="troly", messages=said("Quy định gì?"), stream=True, stream_options={"include_usage": True}
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == whole.choices[0].message.content
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].usage.total_tokens == 0
    last = chunks[-2]
    assert last.choices[0].finish_reason == "stop"
    assert [one["url"] for one in last.citations] == [one["url"] for one in whole.citations]


def test_figures_come_as_a_table(client: openai.OpenAI) -> None:
    reply = client.chat.completions.create(model="troly", messages=said("Có bao nhiêu trường?"))
    text = reply.choices[0].message.content
    assert text is not None
    assert "| Tỉnh | Số trường | Tỷ lệ (%) |\n| --- | --- | --- |\n| Hà Nội | 1234 | 12.5 |" in text
    assert FIGURES.notices[0] in text


def test_parts_of_a_message_are_read_together(client: openai.OpenAI, services: ScriptedServices) -> None:
    parts = [{"type": "text", "text": "Quy định"}, {"type": "text", "text": "gì?"}]
    client.chat.completions.create(model="troly", messages=[{"role": "user", "content": parts}])
    assert services.asked[0][0] == "Quy định\ngì?"


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        ({"model": "gpt-9"}, openai.NotFoundError, "model_not_found"),
        ({"messages": said(" ")}, openai.UnprocessableEntityError, "question_empty"),
        ({"messages": []}, openai.UnprocessableEntityError, "invalid_request"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, openai.UnprocessableEntityError, "question_empty"),
        ({"messages": said("x" * 5000)}, openai.UnprocessableEntityError, "question_too_long"),
        ({"extra_headers": {"Authorization": "Bearer x"}}, openai.AuthenticationError, "token_invalid"),
    ],
)
def test_errors_have_the_shape_the_client_reads(client: openai.OpenAI, change, kind, code) -> None:
    with pytest.raises(kind) as caught:
        client.chat.completions.create(**{"model": "troly", "messages": said("Quy định gì?"), **change})
    assert caught.value.code == code
    assert "." in caught.value.body["message"]


def test_a_failure_amid_the_stream_is_an_error_of_the_client(client: openai.OpenAI, services: ScriptedServices) -> None:
    services.during = lambda: {}["broken"]
    with pytest.raises(openai.APIError) as caught:
        list(client.chat.completions.create(model="troly", messages=said("Quy định gì?"), stream=True))
    assert caught.value.code == "failed_unexpected"
