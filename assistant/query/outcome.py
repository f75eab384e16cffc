"""What reading and answering a data question come to. Expected outcomes are values."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.query.reading.defining import NO_MEANINGS, Meanings
from assistant.query.request import DataRequest
from assistant.query.table import ResultTable


class DataStatus(StrEnum):
    """The part of the answer statuses a data question can end with; the values are the same."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFICATION = "clarification"
    NO_METRIC = "unanswerable_no_metric"
    OUT_OF_SCOPE = "unanswerable_out_of_scope"
    REFUSED_UNSAFE = "refused_unsafe"
    REFUSED_NOT_PERMITTED = "refused_not_permitted"


@dataclass(frozen=True, slots=True)
class Reading:
    """A question understood, or why not. ANSWERED means there is a request to run.

    `confidence` (0–1) says how surely this is a question for figures; `assumptions` what was taken for what,
    `meanings` what is to be explained, instead of a figure or beside it.
    """

    status: DataStatus
    confidence: float
    request: DataRequest | None = None
    not_understood: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    meanings: Meanings = NO_MEANINGS
    code: str = ""

    @property
    def ready(self) -> bool:
        return self.status is DataStatus.ANSWERED and self.request is not None


@dataclass(frozen=True, slots=True)
class DataOutcome:
    """The answer to a data question: prose from cells, the table, and all a reader needs to check it."""

    status: DataStatus
    text: str
    request: DataRequest | None = None
    sql: str | None = None
    table: ResultTable | None = None
    interpretation: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    chart: dict[str, object] | None = None
    sql_reading: str = ""
    code: str = ""
