"""The answer's JSON, and the page that describes the API, which must name every field, operation and code."""

from dataclasses import fields
from pathlib import Path

import pytest
from pydantic import BaseModel

from assistant.api import schemas
from assistant.api.chat.bodies import ConversationBody
from assistant.conversations.answer import Answer, AnswerStatus, Citation, Step
from assistant.messages import catalogue
from tests.scripted_services import FIGURES, REGULATION

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
OUT = (
    schemas.AnswerBody,
    schemas.CitationBody,
    schemas.StepBody,
    ConversationBody,
    schemas.TurnBody,
    schemas.DocumentBody,
    schemas.ProvisionBody,
    schemas.RelationBody,
    schemas.ProblemBody,
    schemas.QuestionBody,
    schemas.QueryBody,
)


def test_the_json_carries_every_field_of_an_answer() -> None:
    for body, shape in ((schemas.AnswerBody, Answer), (schemas.CitationBody, Citation), (schemas.StepBody, Step)):
        assert set(body.model_fields) == {field.name for field in fields(shape)}


def test_dates_are_iso_text_and_the_request_is_plain() -> None:
    assert schemas.answer_json(REGULATION)["citations"][0]["effective_from"] == "2025-02-01"
    assert schemas.answer_json(FIGURES)["request"] == {"metric": "schools", "day": "2025-09-01"}


@pytest.mark.parametrize("body", OUT, ids=lambda body: body.__name__)
def test_every_field_is_documented(body: type[BaseModel]) -> None:
    missing = [name for name in body.model_fields if f"`{name}`" not in PAGE and f'"{name}"' not in PAGE]
    assert not missing


def test_every_status_and_only_codes_with_words_are_documented() -> None:
    assert all(f"`{status}`" in PAGE for status in AnswerStatus)
    problems = PAGE.partition("## Problems")[2].partition("## What")[0]
    codes = {word for line in problems.splitlines() if line.startswith("| ") for word in line.split("`")[1::2]}
    assert codes <= set(catalogue())


def test_every_operation_is_documented(client) -> None:
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        for method in operations:
            assert f"`{method.upper()} {path}`" in PAGE
