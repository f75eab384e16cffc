"""An Answer as JSON and back, with result cells reduced to what JSON can hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from pydantic import TypeAdapter

from assistant.conversations.answer import Answer

Cell = str | int | float | bool | None

_ANSWER = TypeAdapter(Answer)


def plain_cell(value: object) -> Cell:
    """A result cell as JSON holds it: dates in ISO form, decimals as numbers, what is not a number as null."""
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float | Decimal):
        number = float(value)
        return number if isfinite(number) else None
    return str(value)


def plain_tree(value: object) -> Any:
    """The same for nested mappings and lists, such as a data request."""
    if isinstance(value, Mapping):
        return {str(key): plain_tree(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_tree(item) for item in value]
    return plain_cell(value)


def dump_answer(answer: Answer) -> str:
    rows = tuple(tuple(plain_cell(cell) for cell in row) for row in answer.rows)
    request = None if answer.request is None else plain_tree(answer.request)
    return _ANSWER.dump_json(replace(answer, rows=rows, request=request)).decode()


def load_answer(text: str) -> Answer:
    return _ANSWER.validate_json(text)
