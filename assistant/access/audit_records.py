"""What the audit log is made of: kinds of records, records, the sealed end of the chain, what a check found."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.errors import AuditUnavailable


class Kind(StrEnum):
    ANSWER = "answer"
    QUERY = "query"
    REFUSAL = "refusal"
    SIGN_IN = "sign_in"
    EXPORT = "export"
    POLICY_CHANGE = "policy_change"
    WIDGET_TOKEN = "widget_token"
    KEY = "key"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain at one moment; `seal` is a MAC over the other fields."""

    seq: int
    mac: str
    time: str
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`bad` is the number of the first record that does not hold, with the reason; None when all do."""

    records: int
    bad: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored record: its number, its text as it was sealed, and its MAC."""

    seq: int
    record: str
    mac: str

    @property
    def fields(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(self.record)
        return loaded


def read_head(path: Path) -> Head:
    """A head kept somewhere. Raises AuditUnavailable when it cannot be read."""
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
        return Head(int(loaded["seq"]), str(loaded["mac"]), str(loaded["time"]), str(loaded["seal"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AuditUnavailable("audit_head_unreadable", path=str(path)) from error
