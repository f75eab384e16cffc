"""The last look at an answer before it leaves: nothing in it can be run, rendered or fetched by whoever shows it."""

from dataclasses import replace
from typing import Any

from assistant.access.untrusted import harmless
from assistant.conversations.answer import Answer, Citation


def released(answer: Answer) -> Answer:
    """The answer with every free text made harmless. Quotes are left as they are: the citing step made them fit."""
    return replace(
        answer,
        text=harmless(answer.text),
        citations=tuple(map(_citation, answer.citations)),
        columns=tuple(map(harmless, answer.columns)),
        rows=tuple(tuple(map(_cell, row)) for row in answer.rows),
        interpretation=tuple(map(harmless, answer.interpretation)),
        not_understood=tuple(map(harmless, answer.not_understood)),
        choices=tuple(map(harmless, answer.choices)),
        notices=tuple(map(harmless, answer.notices)),
    )


def _citation(citation: Citation) -> Citation:
    return replace(
        citation,
        document_number=harmless(citation.document_number),
        kind=harmless(citation.kind),
        title=harmless(citation.title),
        path=harmless(citation.path),
    )


def _cell(value: Any) -> Any:
    return harmless(value) if isinstance(value, str) else value
