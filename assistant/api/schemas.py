"""The JSON that goes in and out, field by field; docs/api.md explains each. Imports no web framework."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from assistant.answering.finding.page_address import anchor_of, page_of
from assistant.conversations.answer import Answer, AnswerStatus
from assistant.conversations.conversation import Turn, TurnState
from assistant.conversations.record import Cell, plain_cell, plain_tree
from assistant.corpus.document import Document, DocumentKind, Provision, ProvisionKind, RelationKind


def is_text(value: str) -> str:
    """Raises ValueError for what is no text."""
    value.encode()  # JSON can spell half a character (\\ud800), which no store and no engine takes
    return value


Text = Annotated[str, AfterValidator(is_text)]
PlainCell = Annotated[Cell, BeforeValidator(plain_cell)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class QuestionBody(_In):
    """A question of a conversation; `as_of` is the day the answer shall hold for, today when absent."""

    question: Text = Field(examples=["Trình độ chuẩn được đào tạo của giáo viên tiểu học là gì?"])
    as_of: date | None = Field(default=None, examples=["2025-09-01"])


class QueryBody(_In):
    """A data question in words, or a SQL statement: exactly one of the two."""

    question: Text | None = Field(default=None, examples=["Tổng số học sinh tiểu học theo tỉnh năm học 2024-2025"])
    sql: Text | None = None
    as_of: date | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.question is None) == (self.sql is None):
            raise ValueError("question or sql")
        return self


class ExportBody(QueryBody):
    """A data question or a statement whose table is wanted as a file."""

    format: Literal["csv", "xlsx"] = "xlsx"


class CitationBody(_Out):
    """A quoted provision. `verified`: the quote stands word for word in the stored text."""

    document_id: str
    provision_id: str
    document_number: str = Field(examples=["43/2019/QH14"])
    kind: str = Field(examples=["Luật"])
    title: str
    path: str = Field(examples=["khoản 1 Điều 72"])
    quote: str
    verified: bool
    effective_from: date | None
    effective_to: date | None
    in_force: bool | None
    is_sample: bool
    standing: str = Field(examples=["còn hiệu lực"])
    url: str = Field(examples=["/van-ban/43-2019-qh14#dieu-72.khoan-1"])


class ComparedTextBody(_Out):
    """A place or subject in two wordings; each side is the `provision_id` of a citation, or "" where nothing stands."""

    place: str = Field(examples=["khoản 1 Điều 72"])
    before: str
    after: str


class StepBody(_Out):
    """One line of the trace."""

    name: str
    milliseconds: float
    note: str


class AnswerBody(_Out):
    """The verified answer: what `troly ask --json` prints and every endpoint that answers returns."""

    status: AnswerStatus
    text: str
    citations: list[CitationBody]
    comparison: list[ComparedTextBody]
    request: Annotated[dict[str, Any] | None, BeforeValidator(plain_tree)]
    sql: str | None
    columns: list[str]
    rows: list[list[PlainCell]]
    interpretation: list[str]
    not_understood: list[str]
    as_of: date
    choices: list[str]
    notices: list[str]
    code: str
    suppressed: int
    chart: Annotated[dict[str, Any] | None, BeforeValidator(plain_tree)]
    query_id: str
    sql_reading: str
    trace: list[StepBody]


class TurnBody(_Out):
    """A question with its answer; `answer` is null unless `state` is "complete"."""

    id: str
    question: str
    as_of: date | None
    asked_at: datetime
    state: TurnState
    answer: AnswerBody | None


class TraceBody(_Out):
    """How a turn was answered: each step, its time, and what it decided (scores, filters, why a passage lost)."""

    turn_id: str
    question: str
    state: TurnState
    status: AnswerStatus | None
    milliseconds: float
    steps: list[StepBody]


class ProvisionBody(BaseModel):
    """One unit of a document; its text is `text[start:end]` of the document."""

    id: str
    anchor: str
    kind: ProvisionKind
    label: str
    path: str
    heading: str
    headings: Sequence[str]
    parent_id: str | None
    start: int
    end: int
    effective_from: date | None
    effective_to: date | None
    url: str


class RelationBody(_Out):
    kind: RelationKind
    target_number: str
    target_path: str


class DocumentBody(BaseModel):
    """A document with its whole text, its outline in reading order and its relations."""

    id: str
    number: str
    kind: DocumentKind
    title: str
    issuer: str
    signer: str
    issued_on: date | None
    effective_from: date | None
    effective_to: date | None
    is_sample: bool
    is_draft: bool
    is_official: bool
    source_url: str
    url: str
    warnings: Sequence[str]
    relations: Sequence[RelationBody]
    provisions: Sequence[ProvisionBody]
    text: str


class ProblemBody(BaseModel):
    """An error (RFC 9457). `code` is stable; `detail` says in Vietnamese what to do."""

    type: str = Field(examples=["urn:troly:problem:conversation_not_found"])
    title: str = Field(examples=["Không tìm thấy"])
    status: int = Field(examples=[404])
    code: str = Field(examples=["conversation_not_found"])
    detail: str
    fields: list[str] | None = Field(default=None, description="for invalid_request: the fields that do not fit")
    reference: str | None = Field(default=None, description="for failed_unexpected: what to tell the administrator")


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as the documented JSON, ready for `json.dumps`."""
    return AnswerBody.model_validate(answer).model_dump(mode="json")


def trace_body(turn: Turn) -> TraceBody:
    """The trace of a turn; no steps unless it is complete."""
    answer = turn.answer
    steps = [StepBody.model_validate(step) for step in answer.trace] if answer else []
    return TraceBody(
        turn_id=turn.id,
        question=turn.question,
        state=turn.state,
        status=answer.status if answer else None,
        milliseconds=round(sum(step.milliseconds for step in steps), 2),
        steps=steps,
    )


def document_body(document: Document) -> DocumentBody:
    url = page_of(document.id)
    return DocumentBody(
        id=document.id,
        number=document.number,
        kind=document.kind,
        title=document.title,
        issuer=document.issuer,
        signer=document.signer,
        issued_on=document.issued_on,
        is_sample=document.is_sample,
        is_draft=document.is_draft,
        is_official=document.is_official,
        source_url=document.source_url,
        warnings=document.warnings,
        text=document.text,
        effective_from=document.validity.effective_from,
        effective_to=document.validity.effective_to,
        url=url,
        relations=[RelationBody.model_validate(relation) for relation in document.relations],
        provisions=[_provision_body(provision, url) for provision in document.provisions],
    )


def _provision_body(provision: Provision, document_url: str) -> ProvisionBody:
    anchor = anchor_of(provision)
    return ProvisionBody(
        id=provision.id,
        anchor=anchor,
        kind=provision.kind,
        label=provision.label,
        path=provision.path,
        heading=provision.heading,
        headings=provision.headings,
        parent_id=provision.parent_id,
        start=provision.start,
        end=provision.end,
        effective_from=provision.validity.effective_from,
        effective_to=provision.validity.effective_to,
        url=f"{document_url}#{anchor}",
    )
