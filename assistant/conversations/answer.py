"""The Answer: one closed status, verified citations or result cells, and the day and map it holds for."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from assistant.corpus.document import numbered


class AnswerStatus(StrEnum):
    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFICATION = "clarification"
    NO_EVIDENCE = "unanswerable_no_evidence"
    NO_METRIC = "unanswerable_no_metric"
    OUT_OF_SCOPE = "unanswerable_out_of_scope"
    REFUSED_UNSAFE = "refused_unsafe"
    REFUSED_NOT_PERMITTED = "refused_not_permitted"
    FAILED_MODEL = "failed_model"
    FAILED_INDEX = "failed_index"
    FAILED_ENGINE = "failed_engine"
    FAILED_TIMEOUT = "failed_timeout"
    FAILED_UNEXPECTED = "failed_unexpected"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quoted provision. `verified` is set only by the verification step, against the stored text."""

    document_id: str
    provision_id: str
    document_number: str
    title: str
    path: str
    quote: str
    verified: bool
    url: str
    effective_from: date | None = None
    effective_to: date | None = None
    in_force: bool | None = None
    is_sample: bool = False
    standing: str = ""
    """Whether it holds on the day, in words, with what has changed its document."""
    kind: str = ""
    """The kind of its document as printed: "Luật", "Thông tư"."""

    @property
    def document_name(self) -> str:
        """How a text cites the document: kind and number, or the title of one without a number."""
        return numbered(self.kind, self.document_number) if self.document_number else self.title


@dataclass(frozen=True, slots=True)
class ComparedText:
    """A place or subject in two wordings: provision ids of citations of the same answer, "" where nothing stands."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a trace: what ran, how long, what it decided."""

    name: str
    milliseconds: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller gets. `request`, `sql`, `columns`, `rows`, `interpretation` are set for data answers only.

    `chart` is a Vega-Lite specification, `sql_reading` says the SQL in words, `query_id` is the same for the same SQL.
    """

    status: AnswerStatus
    text: str
    as_of: date
    citations: tuple[Citation, ...] = ()
    comparison: tuple[ComparedText, ...] = ()
    request: dict[str, Any] | None = None
    sql: str | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    interpretation: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    code: str = ""
    suppressed: int = 0
    """Groups and values withheld because they stand for too few persons."""
    chart: dict[str, Any] | None = None
    query_id: str = ""
    sql_reading: str = ""
    trace: tuple[Step, ...] = field(default=())


def query_id_of(sql: str | None) -> str:
    """A short name for exactly this SQL, to find it again in the audit trail; empty when nothing ran."""
    return f"q-{sha256(sql.encode()).hexdigest()[:12]}" if sql else ""
