"""When: the question's time expressions as one span, and the maps its places are asked on."""

from collections.abc import Set
from dataclasses import replace
from datetime import date

from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.slots.spans import Spoken, mention_texts, spoken_time
from assistant.query.reading.words.lexicon import Item, Kind
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.times import TimeWord
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.request import TIME, Comparison, TimeKind, TimeSpan
from assistant.query.semantic_model import PROVINCE, SemanticModel
from assistant.query.semantics.places import NEW_MAP, OLD_MAP

MERGER_YEARS = ("2024-2025", "2025-2026")


def fill_times(model: SemanticModel, parsed: Parsed, draft: Draft, day: date, before: TimeSpan | None = None) -> None:
    """Fill the time; `before` is the time of the question this one follows."""
    _Timing(model, parsed, draft, day, before).times()


def fill_maps(parsed: Parsed, draft: Draft, allowed: Set[str]) -> None:
    """Words that choose a map: "63 tỉnh", "tỉnh mới", "trước và sau sáp nhập"."""
    for index, chunk in enumerate(parsed.chunks):
        if index in draft.used:
            continue
        if chunk.is_sign(Sign.MERGER):
            draft.time = TimeSpan(TimeKind.SCHOOL_YEAR, MERGER_YEARS)
            draft.group_by(TIME)
            draft.compare, draft.map_version = Comparison.DIFFERENCE, NEW_MAP
            draft.defaults = [name for name in draft.defaults if name != TIME]
            draft.used.add(index)
        elif chunk.is_sign(Sign.OLD_MAP, Sign.NEW_MAP):
            draft.map_version = OLD_MAP if chunk.is_sign(Sign.OLD_MAP) else NEW_MAP
            draft.used.add(index)
            if any(character.isdigit() for character in chunk.text) and PROVINCE in allowed:
                draft.group_by(PROVINCE)


class _Timing:
    def __init__(self, model: SemanticModel, parsed: Parsed, draft: Draft, day: date, before: TimeSpan | None) -> None:
        self._model, self._parsed, self._draft = model, parsed, draft
        self._day, self._before = day, before

    def times(self) -> None:
        mentions = [
            (index, chunk.text, item)
            for index, chunk in enumerate(self._parsed.chunks)
            for item in chunk.of(Kind.TIME)
            if index not in self._draft.used
        ]
        kinds = {time.kind if time else None for time in map(self._model.time_of, self._draft.metrics)}
        kind = next(iter(kinds)) if len(kinds) == 1 else self._mixed(kinds)
        if kind is TimeKind.YEAR:  # a day or a month is part of the year, and its figure another one
            mentions = [one for one in mentions if one[2].values[:1] != (TimeKind.DAY,)]
        said = [(text, item) for _, text, item in mentions]
        spoken = spoken_time(said, kind, self._day, self._before, year_end=self._closes_late())
        if kind is not None or spoken.spoken:
            self._draft.used.update(index for index, _, _ in mentions)
        if len(mentions) == 1 and len(spoken.span.points) == 1 and self._is_measured_from(mentions[0][0]):
            spoken.span = replace(spoken.span, last=1)
            spoken.by_time = spoken.change = True
        elif kind is TimeKind.DAY and spoken.span.until and self._is_against_now(mentions):
            spoken.span, spoken.by_time = TimeSpan(kind, (spoken.span.until,), last=1), True
        self._take_time(spoken)

    def _is_against_now(self, mentions: list[tuple[int, str, Item]]) -> bool:
        """As in "30/6/2024 so với bây giờ": the newest figures are the other side."""
        newest = [index for index, _, item in mentions if item.name in (TimeWord.NOW, TimeWord.LATEST)]
        before = self._parsed.near(newest[0], -1) if newest else None
        return before is not None and self._parsed.chunks[before].is_sign(Sign.COMPARE)

    def _closes_late(self) -> bool:
        times = [self._model.time_of(name) for name in self._draft.metrics]
        return all(time is not None and time.closes == "end" for time in times)

    def _is_measured_from(self, index: int) -> bool:
        """As in "tăng bao nhiêu so với năm 2022": the year named is where the change begins."""
        before = self._parsed.near(index, -1)
        grows = any(chunk.is_sign(Sign.GROWTH, Sign.RISE, Sign.FALL) for chunk in self._parsed.chunks)
        return grows and before is not None and self._parsed.chunks[before].is_sign(Sign.COMPARE)

    def _mixed(self, kinds: set[TimeKind | None]) -> TimeKind | None:
        """Metrics of different calendars cannot share one request: the planner drops such a choice."""
        self._draft.penalty += 10
        return next((kind for kind in kinds if kind is not None), None)

    def _take_time(self, spoken: Spoken) -> None:
        draft = self._draft
        draft.time, draft.time_spoken, draft.forecast = spoken.span, spoken.spoken, spoken.future
        draft.assumptions += mention_texts(spoken.taken)
        if spoken.by_time:
            draft.group_by(TIME)
        if spoken.which:
            self._draft.which.add(TIME)
        if spoken.change:
            draft.compare = Comparison.GROWTH
        if not spoken.spoken and spoken.span.kind is not None:
            draft.defaults.append(TIME)
