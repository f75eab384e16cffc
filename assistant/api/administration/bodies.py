"""What the administrator's operations take and give."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.access.switch import Stoppable


class PolicyBody(BaseModel):
    """The policy in force; `seen` is what is left of its tables for the principal asked about."""

    version: str
    territory_version: str
    roles: dict[str, list[str]]
    quotas: dict[str, dict[str, int]]
    suppression: dict[str, int]
    restrictions: int
    principal: str | None = None
    tables: dict[str, list[str]] = Field(description="columns that may be named, by table")
    expert_sql: list[str]


class AuditPage(BaseModel):
    """Records, the newest first; `next` is the `before` of the page after this one."""

    records: list[dict[str, Any]]
    next: int | None


class VerdictBody(BaseModel):
    """`bad` is the number of the first record that does not hold, null when all do."""

    records: int
    bad: int | None
    reason: str


class IngestRun(BaseModel):
    """A generation that is kept, with what the run that made it counted."""

    generation: str
    served: bool
    finished_at: datetime | None
    totals: dict[str, int]
    codes: dict[str, int] = Field(description="how many files were given each code")


class StatusCounts(BaseModel):
    """Documents of the served generation by what they are, and files by what became of them."""

    documents: dict[str, int]
    sources: dict[str, int]


class SwitchState(BaseModel):
    kind: Stoppable
    off: bool
    since: str = ""
    by: str = ""


class SwitchRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Stoppable
    off: bool
