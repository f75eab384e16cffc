"""Result values as they cross the pipe between worker and service: JSON with tags, never pickles."""

import json
import math
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Row = Sequence[Any]


def encode_rows(rows: Sequence[Row]) -> list[list[Any]]:
    return [[_encode(value) for value in row] for row in rows]


def decode_rows(rows: Sequence[Row]) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(_decode(value) for value in row) for row in rows)


def dump_line(message: dict[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _encode(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float | Decimal):
        number = float(value)
        return number if math.isfinite(number) else None
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, list | tuple):
        return [_encode(item) for item in value]
    return str(value)


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(item) for item in value)
    if isinstance(value, dict):
        tag, text = next(iter(value.items()))
        return datetime.fromisoformat(text) if tag == "datetime" else date.fromisoformat(text)
    return value
