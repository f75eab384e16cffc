"""Comparisons: things set side by side, change between points in time, and groups that rise or fall."""

from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.request import TIME, Comparison, Having, Operator, TimeKind, TimeSpan

_THOSE_THAT = ("những", "các", "nhung", "cac")


def fill_changes(parsed: Parsed, draft: Draft) -> None:
    """Words as "so sánh" set side by side, "tăng bao nhiêu" asks for the change."""
    several = any(chosen.mentions > 1 for chosen in draft.chosen.values())
    for index, chunk in enumerate(parsed.chunks):
        if index in draft.used:
            continue
        if chunk.is_sign(Sign.GROWTH, Sign.RISE, Sign.FALL):
            _grow(draft, index)
            _only_changed(parsed, draft, index)
        elif chunk.is_sign(Sign.COMPARE) and (several or draft.by):
            draft.compare = draft.compare or Comparison.DIFFERENCE
            draft.used.add(index)


def _grow(draft: Draft, index: int) -> None:
    """The change up to the year asked for, or the newest, from the year before it."""
    draft.compare = Comparison.GROWTH
    draft.used.add(index)
    if TIME in draft.by or draft.time.kind is None:
        return
    span, kind = draft.time, draft.time.kind
    if len(span.points) == 1:
        earlier = str(int(span.points[0][:4]) - 1)
        point = f"{earlier}-{span.points[0][:4]}" if kind is TimeKind.SCHOOL_YEAR else earlier
        draft.time = TimeSpan(kind, (point, span.points[0]), relative=span.relative)
    elif span.last == 1:
        draft.time = TimeSpan(kind, last=2)
    else:
        draft.used.discard(index)
        return
    draft.group_by(TIME)


def _only_changed(parsed: Parsed, draft: Draft, index: int) -> None:
    """Groups that rise, or fall: "những tỉnh có số học sinh giảm"."""
    chunk = parsed.chunks[index]
    plain = not chunk.is_sign(Sign.GROWTH) and draft.order is None and len(draft.metrics) == 1
    asked = bool(draft.which - {TIME}) or any(one.text in _THOSE_THAT for one in parsed.chunks)
    if plain and asked and any(name != TIME for name in draft.by):
        operator = Operator.LESS if chunk.is_sign(Sign.FALL) else Operator.MORE
        draft.having = [Having(draft.metrics[0], operator, 0, by_change=True)]
