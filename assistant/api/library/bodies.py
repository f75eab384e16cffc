"""The JSON of search results, single provisions and suggestions."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.finding.provisions import ProvisionView
from assistant.corpus.document import ProvisionKind


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PassageBody(_Out):
    """A passage that was found; `text` stands word for word in its document."""

    document_id: str
    provision_id: str
    document_number: str
    kind: str
    title: str
    path: str = Field(examples=["khoản 1 Điều 72"])
    text: str
    url: str
    effective_from: date | None
    effective_to: date | None
    in_force: bool
    is_sample: bool


class SearchBody(_Out):
    """Passages in force on `as_of`, the best first."""

    as_of: date
    read_as: str = Field(description="the question as it was searched, abbreviations and marks restored")
    passages: list[PassageBody]
    notices: list[str]


class InspectedPassageBody(PassageBody):
    """With what made its place: the fused score, the share of the question it carries, the parts of the score."""

    score: float
    support: float
    scores: dict[str, float]


class InspectionBody(SearchBody):
    """What an evaluator sees of a search."""

    passages: list[InspectedPassageBody]  # type: ignore[assignment]
    weights: dict[str, float] = Field(default={}, description="content syllables of the question, folded")


class SpanBody(BaseModel):
    start: int
    end: int


class ProvisionViewBody(BaseModel):
    """One provision. `text` is its words on the day, `spans` are where the quoted words stand in it."""

    document_id: str
    provision_id: str
    document_number: str
    document_kind: str
    title: str
    kind: ProvisionKind
    path: str
    heading: str
    headings: list[str]
    text: str
    spans: list[SpanBody]
    effective_from: date | None
    effective_to: date | None
    is_sample: bool
    consolidated_by_machine: bool
    url: str

    @classmethod
    def of(cls, view: ProvisionView) -> Self:
        document, unit = view.document, view.provision
        return cls(
            document_id=document.id,
            provision_id=unit.id,
            document_number=document.number,
            document_kind=document.kind.value,
            title=document.title,
            kind=unit.kind,
            path=unit.path,
            heading=unit.heading,
            headings=list(unit.headings),
            text=view.text,
            spans=[SpanBody(start=start, end=end) for start, end in view.spans],
            effective_from=unit.validity.effective_from or document.validity.effective_from,
            effective_to=unit.validity.effective_to or document.validity.effective_to,
            is_sample=document.is_sample,
            consolidated_by_machine=bool(document.version_of),
            url=view.url,
        )


class SuggestionBody(_Out):
    """`text` completes what was typed, `question` is what to ask with it."""

    kind: Literal["metric", "document"]
    text: str
    question: str
    url: str


class SuggestionList(BaseModel):
    suggestions: list[SuggestionBody]


class MetricBody(_Out):
    """A figure that may be asked for."""

    name: str
    label: str
    description: str
    unit: str
    dimensions: list[str]
    legal_basis: str


class MetricList(BaseModel):
    metrics: list[MetricBody]
