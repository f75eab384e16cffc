"""Documents over time as JSON: the text on a day, the difference of two days, the timeline."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from fastapi import APIRouter

from assistant.answering.labels import labels_of
from assistant.api.dependencies import Caller, SharedParts
from assistant.corpus.law.views import LawView

router = APIRouter(tags=["law"], prefix="/v1/law")


@contextmanager
def _view(parts: SharedParts, caller: Caller) -> Iterator[LawView]:
    """What the caller may read of the served generation, which stays open meanwhile."""
    services = parts.services
    with services.corpus.open() as generation:
        yield LawView(generation.catalogue, tuple(labels_of(caller, services.policy)))


@router.get(
    "/{number:path}/timeline",
    summary="When a document was issued, took effect, was amended and ended",
)
def show_timeline(number: str, parts: SharedParts, caller: Caller) -> dict[str, Any]:
    with _view(parts, caller) as view:
        return view.timeline(number)


@router.get(
    "/{number:path}/compare",
    summary="Official consolidated texts of a document beside the machine's, and where they differ",
)
def compare_texts(number: str, parts: SharedParts, caller: Caller) -> dict[str, Any]:
    with _view(parts, caller) as view:
        return view.compare(number)


@router.get(
    "/{number:path}",
    summary="A document's text on a day, or with `diff` what differs on another day",
)
def show_law(
    number: str,
    parts: SharedParts,
    caller: Caller,
    as_of: date | None = None,
    diff: date | None = None,
    event: date | None = None,
) -> dict[str, Any]:
    day = as_of or parts.services.settings.current_day
    with _view(parts, caller) as view:
        return view.diff(number, day, diff) if diff else view.show(number, day, event)
