"""From a question to a Reading: the best explained choice of metrics, or what to ask, or why to decline."""

from dataclasses import replace
from datetime import date

from assistant.query.outcome import DataStatus, Reading
from assistant.query.reading.apart import doubtful, is_covered, is_filler, tokens_left
from assistant.query.reading.building import LEVEL, Built, build_request
from assistant.query.reading.candidates import Candidate
from assistant.query.reading.choices import Choices, leaving_out, left_out
from assistant.query.reading.confidence import confidence, is_cued
from assistant.query.reading.defining import meanings_of
from assistant.query.reading.following import leads_on, overlay, remember, seed
from assistant.query.reading.recognition import Lent, candidates
from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.slots.filling import fill
from assistant.query.reading.slots.leftovers import REASONS
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.names import institution_in
from assistant.query.reading.words.parse import Parsed, parse
from assistant.query.reading.words.vocabulary import Sign, Vocabulary
from assistant.query.request import TIME, Comparison, DataRequest
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel

_TIE = 0.01
_MOSTLY_UNKNOWN = 0.5
_UNNAMED = 0.3
"""A ratio the model has under a name goes before two counts divided by each other."""
_MOST_RETRIES = 4
_COMPUTING = (
    Sign.NOT, Sign.COMPARE, Sign.GAP, Sign.GROWTH, Sign.RISE, Sign.FALL, Sign.RANK, Sign.RATIO, Sign.SHARE,
)  # fmt: skip
_CAUSE = "data_cause"
_MEANING = 0.5
"""How surely a question for a meaning is one about figures: the law may well say it."""


class Planner:
    """Reads questions over one semantic model; safe to share between threads."""

    def __init__(self, model: SemanticModel) -> None:
        self._model = model
        self._vocabulary = Vocabulary(model)
        self._choices = Choices(model)

    def read(self, question: str, day: date, previous: DataRequest | None = None) -> Reading:
        """Understand `question` as of `day`; `previous` is the request a follow-up continues.

        A choice that leaves words out is read as what it says, and its answer goes on naming them.
        """
        asked, words = left_out(question)
        reading = self._read(asked, day, previous)
        return replace(reading, not_understood=(*words, *reading.not_understood)) if words else reading

    def _read(self, question: str, day: date, previous: DataRequest | None) -> Reading:
        parsed, drafts = self._parsed(question, day, previous)
        refused = self._refused(parsed, bool(drafts))
        if refused is not None:
            return refused
        if drafts and (name := institution_in(question, self._vocabulary.places)):
            return Reading(DataStatus.NO_METRIC, 0.5, not_understood=(name,), code="data_no_metric")
        meanings = meanings_of(self._model, parsed, drafts)
        if meanings and meanings.alone:
            return Reading(DataStatus.ANSWERED, _MEANING, meanings=meanings, code="data_definition")
        return replace(self._figures(parsed, drafts, day, previous), meanings=meanings)

    def _figures(self, parsed: Parsed, drafts: list[Draft], day: date, previous: DataRequest | None) -> Reading:
        if previous is not None and (not drafts or leads_on(parsed)):
            return self._follow(parsed, day, previous, drafts)
        if not drafts:
            return self._nothing(parsed)
        return self._conclude(parsed, drafts[0], day, drafts)

    def _parsed(self, question: str, day: date, previous: DataRequest | None) -> tuple[Parsed, list[Draft]]:
        """The question in chunks; where words stay unexplained, long phrases near them are tried apart."""
        parsed = parse(question, self._vocabulary)
        drafts = self._drafts(parsed, day, previous)
        if not drafts and len(parsed.tokens) > 1 and previous is None:
            parsed = parse(question, self._vocabulary, framed=True)
            drafts = self._drafts(parsed, day, previous)
        best = (tokens_left(parsed, drafts), parsed, drafts)
        if (drafts and not best[0]) or self._refused(parsed, bool(drafts)) is not None:
            return parsed, drafts
        for span in doubtful(parsed, drafts)[:_MOST_RETRIES]:
            again = parse(question, self._vocabulary, {span})
            others = self._drafts(again, day, previous)
            left = tokens_left(again, others)
            if others and left < best[0] and is_covered(again, span, filler=is_filler(parsed, span)):
                best = (left, again, others)
        lent = self._lent(best[1], best[2]) if best[2] else {}
        if lent:
            others = self._drafts(best[1], day, previous, lent)
            if others and tokens_left(best[1], others) < best[0]:
                return best[1], others
        return best[1], best[2]

    def _lent(self, parsed: Parsed, drafts: list[Draft]) -> dict[int, tuple[str, ...]]:
        """For values no metric knew, the terms by which their dimensions are called."""
        left = drafts[0].unexplained if drafts else range(len(parsed.chunks))
        named = {
            at: tuple(self._vocabulary.terms_of(item.name) for item in parsed.chunks[at].of(Kind.VALUE)) for at in left
        }
        return {at: tuple(term for terms in found for term in terms) for at, found in named.items() if any(found)}

    def _drafts(self, parsed: Parsed, day: date, previous: DataRequest | None, lent: Lent | None = None) -> list[Draft]:
        """One draft per choice of metrics, the one that explains most words first."""
        before = previous.time if previous is not None and leads_on(parsed) else None
        found = []
        for one in candidates(self._model, self._vocabulary, parsed, lent):
            draft = Draft(one.metrics, set(one.used), one.size)
            if one.divided:
                draft.compare, draft.penalty = Comparison.QUOTIENT, _UNNAMED
            found.append((fill(self._model, self._vocabulary, parsed, draft, day, before), one))
        found.sort(key=lambda pair: _rank(parsed, *pair))
        return [draft for draft, _ in found]

    def _refused(self, parsed: Parsed, has_metric: bool) -> Reading | None:
        """Persons, changes, forecasts, causes, levels of government that are gone: declined whatever else is said."""
        blocks = [
            chunk.items[0]
            for chunk in parsed.chunks
            if chunk.items and all(item.kind is Kind.BLOCK for item in chunk.items)
        ]
        if not blocks:
            return None
        blocks = [item for item in blocks if not (item.name == _CAUSE and _asks_by_reason(parsed))]
        if not blocks:
            return None
        order = [one.code for one in self._model.words.refusals]
        first = min(blocks, key=lambda item: order.index(item.name))
        sure = 0.8 if has_metric or first.values[0].startswith("refused") else 0.3
        return Reading(DataStatus(first.values[0]), sure * (0.5 if _regulates(parsed) else 1.0), code=first.name)

    def _follow(self, parsed: Parsed, day: date, previous: DataRequest, drafts: list[Draft]) -> Reading:
        old = seed(self._model, previous)
        new = drafts[0] if drafts else self._continued(parsed, day, previous, old)
        said = new.chosen or new.by or new.time_spoken or new.order or new.total or drafts
        if not (said or self._repeats(parsed)):
            return self._nothing(parsed)
        unexplained, wants, forecast = new.unexplained, new.wants, new.forecast
        if any(chunk.is_sign(Sign.THOSE) for chunk in parsed.chunks):
            unexplained = [at for at in unexplained if not parsed.chunks[at].is_sign(Sign.COMPARE)]
        merged = overlay(self._model, old, new, parsed)
        merged.unexplained, merged.wants, merged.forecast = unexplained, wants, forecast
        if not remember(self._model, previous, merged, new, parsed):
            return self._ask("data_which_those", confidence(parsed, merged), ())
        return self._conclude(parsed, merged, day, [], follows=True)

    def _continued(self, parsed: Parsed, day: date, previous: DataRequest, old: Draft) -> Draft:
        """The question read as one about the previous metrics."""
        inherited = [] if any(chunk.of(Kind.DIMENSION) for chunk in parsed.chunks) else list(old.by)
        draft = Draft(old.metrics, set(), by=[name for name in inherited if name != TIME])
        place = old.chosen.get(PROVINCE)
        if place is not None and any(chunk.is_sign(Sign.RANK) for chunk in parsed.chunks):
            draft.chosen[PROVINCE] = replace(place, mentions=1)
        return fill(self._model, self._vocabulary, parsed, draft, day, previous.time)

    def _repeats(self, parsed: Parsed) -> bool:
        return any(chunk.is_sign(Sign.CHART, Sign.THOSE) for chunk in parsed.chunks)

    def _conclude(
        self, parsed: Parsed, draft: Draft, day: date, drafts: list[Draft], *, follows: bool = False
    ) -> Reading:
        sure = confidence(parsed, draft)
        built = build_request(self._model, draft, day)
        assumptions = (
            *built.assumptions,
            *(f"“{typed}” được hiểu là “{known}”" for typed, known in parsed.corrections),
        )
        if draft.forecast:
            return Reading(DataStatus.OUT_OF_SCOPE, sure, code="data_forecast")
        if draft.unexplained:
            return self._not_understood(parsed, draft, built, sure)
        if draft.wants:
            return self._ask(f"data_wants_{draft.wants}", sure, self._choices.for_want(draft.wants, built.request))
        if built.impossible:
            return self._ask("data_place_unknown", sure, ())
        tied = [other for other in drafts[1:] if _tied(draft, other) and not self._akin(draft, other)]
        if tied:
            requests = [built.request, *(build_request(self._model, other, day).request for other in tied)]
            return self._ask("data_ambiguous", sure, self._choices.of(requests))
        if not follows and self._is_vague(draft):
            return self._ask("data_vague", sure, self._choices.for_vague(built.request))
        return Reading(DataStatus.ANSWERED, sure, built.request, assumptions=assumptions)

    def _akin(self, first: Draft, second: Draft) -> bool:
        """Metrics of one family of which one is part of the other: preschools are schools."""
        one, other = (self._model.metrics[draft.metrics[0]].edu for draft in (first, second))
        levels = [set(edu.population.get(LEVEL, ())) for edu in (one, other)]
        return one.family == other.family != "" and all(levels) and (levels[0] <= levels[1] or levels[1] <= levels[0])

    def _ask(self, code: str, sure: float, choices: tuple[str, ...]) -> Reading:
        return Reading(DataStatus.CLARIFICATION, sure, choices=choices, code=code)

    def _not_understood(self, parsed: Parsed, draft: Draft, built: Built, sure: float) -> Reading:
        """Ask where the rest still makes a question; decline where what is counted, or by what, is the unknown.

        What computes ("so sánh", "chênh lệch", "không") is never a detail either.
        """
        words = tuple(parsed.chunks[index].text for index in draft.unexplained)
        nearest = tuple(leaving_out(one, words) for one in self._choices.of([built.request])) if not draft.wants else ()
        chunks = [parsed.chunks[index] for index in draft.unexplained]
        central = any(self._is_central(parsed, index) for index in draft.unexplained)
        content = sum(chunk.size for chunk in parsed.chunks if not chunk.of(Kind.FILLER))
        mostly = sum(chunk.size for chunk in chunks) > _MOSTLY_UNKNOWN * content
        apart = all(chunk.of(Kind.VALUE, Kind.DIMENSION) and not chunk.of(Kind.TERM) for chunk in chunks)
        computes = any(chunk.is_sign(*_COMPUTING) or chunk.of(Kind.NUMBER, Kind.TIME, Kind.VALUE) for chunk in chunks)
        # A word of the language that no list of ours holds says something of what is counted.
        unknown = [chunk for chunk in chunks if not chunk.known]
        central |= len(unknown) > 1 or (bool(unknown) and parsed.marked)
        status = DataStatus.NO_METRIC if central or mostly or apart or computes else DataStatus.CLARIFICATION
        code = "data_no_metric" if status is DataStatus.NO_METRIC else "data_not_understood"
        return Reading(status, sure, not_understood=words, choices=nearest, code="data_not_by" if apart else code)

    def _is_central(self, parsed: Parsed, index: int) -> bool:
        """Whether an unknown word is what is counted or grouped by, or says which of them: "học sinh cận thị"."""
        before = parsed.near(index, -1)
        if before is None:
            return False
        chunk = parsed.chunks[index]
        unclear = not chunk.known or (parsed.says_little(chunk) and bool(chunk.of(Kind.FILLER)))
        if unclear and parsed.chunks[before].of(Kind.TERM, Kind.VALUE, Kind.DIMENSION):
            return True
        leading = (Sign.COUNT, Sign.RATIO, Sign.AVERAGE, Sign.SHARE, Sign.STRUCTURE, Sign.BY)
        after = parsed.near(index, 1)
        asked = after is not None and parsed.chunks[after].is_sign(Sign.WHICH)
        return asked or parsed.chunks[before].is_sign(*leading)

    def _is_vague(self, draft: Draft) -> bool:
        """A bare "số hs năm nay": no place, no level, no total, no named year."""
        metric = self._model.metrics[draft.metrics[0]]
        if not metric.edu.family or LEVEL not in self._model.dimensions_of(metric.name) or len(draft.metrics) > 1:
            return False
        placed = {PROVINCE, REGION, LEVEL} & (set(draft.chosen) | set(draft.by))
        named_year = draft.time_spoken and bool(draft.time.points) and not draft.time.relative
        said = placed or draft.chosen or draft.by or draft.national or draft.total or draft.share or named_year
        return not said

    def _nothing(self, parsed: Parsed) -> Reading:
        """No metric was named: outside education, or a follow-up of nothing, or a figure that is not held."""
        known = [chunk for chunk in parsed.chunks if chunk.of(Kind.VALUE, Kind.DIMENSION, Kind.TIME)]
        terms = [chunk for chunk in parsed.chunks if chunk.of(Kind.TERM)]
        unknown = tuple(
            chunk.text for index, chunk in enumerate(parsed.chunks) if not chunk.known and not parsed.is_mark(index)
        )
        cued = is_cued(parsed) and not _regulates(parsed)
        if known and not terms and not unknown:
            # "Trường nào tốt nhất": of what is not said, and no example is an answer to it.
            ranked = tuple(one.text for one in parsed.chunks if one.is_sign(Sign.HIGHEST, Sign.LOWEST, Sign.MOST))
            if not ranked and any(chunk.is_sign(Sign.COUNT, Sign.WHICH) for chunk in parsed.chunks):
                return Reading(DataStatus.NO_METRIC, 0.35, code="data_no_such_metric")
            if ranked:
                return Reading(DataStatus.NO_METRIC, 0.4, not_understood=ranked, code="data_no_metric")
            return Reading(DataStatus.CLARIFICATION, 0.4, choices=self._choices.examples(), code="data_no_previous")
        if terms or (known and cued):
            return Reading(
                DataStatus.NO_METRIC,
                0.35 if cued else 0.1,
                not_understood=unknown,
                choices=self._choices.nearest(parsed),
                code="data_no_metric" if unknown else "data_no_such_metric",
            )
        return Reading(DataStatus.OUT_OF_SCOPE, 0.05, not_understood=unknown, code="data_out_of_scope")


def _asks_by_reason(parsed: Parsed) -> bool:
    """As in "bị trả lại vì sao, mỗi lý do mấy cái": the data hold reasons, and a count by them is asked."""
    named = any(item.name in REASONS for chunk in parsed.chunks for item in chunk.of(Kind.DIMENSION))
    return named and is_cued(parsed)


def _rank(parsed: Parsed, draft: Draft, candidate: Candidate) -> tuple[float, ...]:
    unexplained = sum(parsed.chunks[index].size for index in draft.unexplained)
    return (
        unexplained + draft.penalty + (0.3 if draft.wants else 0.0),
        -candidate.size,
        -len(draft.metrics),
        min(candidate.used),
    )


def _tied(first: Draft, second: Draft) -> bool:
    """Equally explained by the very same words."""
    if len(first.metrics) > 1 or len(second.metrics) > 1:
        return False
    return (
        not second.unexplained
        and abs(first.penalty - second.penalty) < _TIE
        and abs(first.bag_size - second.bag_size) < _TIE
        and first.metrics != second.metrics
    )


def _regulates(parsed: Parsed) -> bool:
    return any(chunk.is_sign(Sign.REGULATION, Sign.DEFINE) for chunk in parsed.chunks)
