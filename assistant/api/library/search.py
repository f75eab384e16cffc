"""Passages by question, suggestions while one types, the figures there are, and what an evaluator sees of a search."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AfterValidator

from assistant.access.principal import Principal
from assistant.answering.finding.metrics import list_metrics
from assistant.answering.finding.passages import Wanted
from assistant.api.dependencies import Caller, SharedParts
from assistant.api.library.bodies import (
    InspectionBody,
    MetricList,
    SearchBody,
    SuggestionList,
)
from assistant.api.schemas import is_text
from assistant.corpus.document import DocumentKind
from assistant.errors import NotPermitted

router = APIRouter(prefix="/v1", tags=["search"])

_Words = Annotated[str, Query(min_length=1, max_length=2000), AfterValidator(is_text)]
_Typed = Annotated[str, Query(max_length=200), AfterValidator(is_text)]
_Day = Annotated[date | None, Query(description="the day whose law is meant; today when absent")]
_Kinds = Annotated[list[DocumentKind], Query(max_length=20)]
_Ids = Annotated[list[Annotated[str, AfterValidator(is_text)]], Query(max_length=50)]


def evaluator_of(parts: SharedParts, caller: Caller) -> Principal:
    """A caller whom the policy lets see how a search came to its order."""
    if not parts.services.policy.may_evaluate(caller.role.value, caller.territories):
        raise NotPermitted("evaluators_only")
    return caller


@router.get("/search", summary="Passages of the documents the caller may read, in force on a day")
def search_passages(
    q: _Words,
    parts: SharedParts,
    caller: Caller,
    as_of: _Day = None,
    kind: _Kinds = [],  # noqa: B006  # FastAPI copies it
    document_id: _Ids = [],  # noqa: B006
    ended: Annotated[bool, Query(description="what had ended before the day, instead")] = False,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> SearchBody:
    parts.asking.take(str(caller))
    day = as_of or parts.services.settings.current_day
    found = parts.services.find(Wanted(q, day, kind, document_id, ended, limit), caller)
    return SearchBody.model_validate(
        {"as_of": day, "read_as": found.read_as, "passages": found.passages, "notices": found.notices}
    )


@router.get("/suggestions", summary="What the caller may be about to type: figures and documents, marks or none")
def suggest(
    q: _Typed, parts: SharedParts, caller: Caller, limit: Annotated[int, Query(ge=1, le=20)] = 8
) -> SuggestionList:
    return SuggestionList.model_validate(
        {"suggestions": parts.services.suggest(q, caller, limit)}, from_attributes=True
    )


@router.get("/metrics", summary="The figures that may be asked for")
def list_figures(parts: SharedParts, caller: Caller, contains: _Typed = "") -> MetricList:
    return MetricList.model_validate({"metrics": list_metrics(parts.services.model, contains)}, from_attributes=True)


@router.get("/evaluation/retrieval", summary="A search with its scores, for those the policy lets evaluate")
def inspect_retrieval(
    q: _Words,
    parts: SharedParts,
    caller: Annotated[Principal, Depends(evaluator_of)],
    as_of: _Day = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> InspectionBody:
    parts.asking.take(str(caller))
    day = as_of or parts.services.settings.current_day
    found = parts.services.find(Wanted(q, day, limit=limit), caller)
    return InspectionBody.model_validate(
        {
            "as_of": day,
            "read_as": found.read_as,
            "passages": found.passages,
            "notices": found.notices,
            "weights": found.weights,
        }
    )
