"""Comparisons: things set side by side, change between points in time, and groups that rise or fall."""

from dataclasses import replace

from assistant.query.reading.candidates import MINUS, sets_against
from assistant.query.reading.slots.draft import Chosen, Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.matcher import Chunk
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.tokens import canonical, shadow
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.request import ARITHMETIC, TIME, Comparison, Having, Operator, TimeKind, TimeSpan
from assistant.query.semantic_model import SemanticModel

PERIOD = "period"
_OF_BOTH = frozenset(
    {"province", "region", "macro_region", "level", "sublevel", "grade", "period", "area", "ownership"}
)
"""What two metrics that are computed with may both be narrowed by: it says where, not which persons of the one."""
_SIDES = ("ben", "ben nao", "nao", "loai nao", "noi nao")
_THOSE_THAT = ("những", "các", "nhung", "cac")


def fill_changes(model: SemanticModel, parsed: Parsed, draft: Draft) -> None:
    """Words as "so sánh" set side by side, "tăng bao nhiêu" asks for the change."""
    divided = draft.compare is Comparison.QUOTIENT
    several = any(chosen.mentions > 1 for chosen in draft.chosen.values())
    for index, chunk in enumerate(parsed.chunks):
        if index in draft.used:
            continue
        if chunk.is_sign(Sign.GROWTH, Sign.RISE, Sign.FALL) and _of_periods(draft) and _set_apart(model, parsed, draft):
            draft.used.update([index, *_how_many_times(parsed, index)])
        elif chunk.is_sign(Sign.GROWTH) and _stands_between(draft, index):
            continue  # "số nghỉ việc nhiều hơn hay ít hơn số tuyển mới" compares the two, not two years
        elif chunk.is_sign(Sign.GROWTH, Sign.RISE, Sign.FALL):
            _grow(parsed, draft, index)
            _only_changed(parsed, draft, index)
        elif chunk.is_sign(Sign.GAP, Sign.MORE, Sign.LESS) and _set_apart(model, parsed, draft):
            draft.used.update([index, *_how_many_times(parsed, index)])
        elif chunk.text in MINUS and _between_times(parsed, index) and TIME in draft.by:
            draft.compare = Comparison.GROWTH
            draft.used.add(index)
        elif chunk.text in MINUS and draft.chosen.get("period") and _set_apart(model, parsed, draft):
            draft.used.add(index)
        elif several and shadow(chunk.text).endswith("hon") and not draft.limit:
            # "trường công với trường tư, bên nào cao hơn" sets the two side by side.
            if _asks_how_many_after(parsed, index) and _set_apart(model, parsed, draft):
                draft.used.add(index)
                continue
            draft.compare = draft.compare or Comparison.DIFFERENCE
            sides = [at for at, one in enumerate(parsed.chunks) if shadow(one.text) in _SIDES]
            draft.used.update([index, *sides])
        elif chunk.is_sign(Sign.COMPARE) and (several or draft.by):
            draft.compare = draft.compare or Comparison.DIFFERENCE
            draft.used.add(index)
    signs = [chunk for chunk in parsed.chunks if chunk.is_sign(Sign.GROWTH, Sign.RISE, Sign.FALL)]
    draft.falls = bool(signs) and all(_falls(chunk) for chunk in signs)
    _show_both(parsed, draft)
    if not divided:
        _compute(model, parsed, draft)
    elif draft.compare is not Comparison.QUOTIENT:
        draft.penalty += 10  # a change of a quotient nobody computes
    if several and len(draft.metrics) > 1 and len(draft.time.points) > 1 and draft.compare:
        draft.penalty += 10  # "lớp 10 tuyển mới năm nay so với lớp 9 năm trước": each side has a time of its own
    if draft.compare in ARITHMETIC:
        draft.unexplained += _said_of_one(parsed, draft)


def _stands_between(draft: Draft, index: int) -> bool:
    """Whether two metrics are named around a word."""
    named = sorted(draft.used - draft.filtering)
    return len(draft.metrics) == 2 and TIME not in draft.by and bool(named) and named[0] < index < named[-1]


def _falls(chunk: Chunk) -> bool:
    """As "giảm", "giảm bao nhiêu": by how much it fell, not how it changed."""
    return chunk.is_sign(Sign.FALL) or shadow(chunk.text).startswith(("giam", "muc giam"))


def _compute(model: SemanticModel, parsed: Parsed, draft: Draft) -> None:
    """Two metrics set against each other, or added up: "chênh lệch giữa số đăng ký và số nhập học"."""
    if len(draft.metrics) != 2 or draft.compare not in (None, Comparison.DIFFERENCE):
        return
    first, second = (model.metrics[name] for name in draft.metrics)
    against = [
        at
        for at, chunk in enumerate(parsed.chunks)
        if at not in draft.used
        and (
            sets_against(chunk)
            or chunk.is_sign(Sign.GAP)
            or (chunk.is_sign(Sign.GROWTH) and "hon" in shadow(chunk.text))
        )
    ]
    if against and first.is_ratio == second.is_ratio:
        draft.compare = Comparison.MINUS
        draft.used.update(against)
    elif draft.total and first.edu.family and first.edu.family == second.edu.family:
        draft.compare = Comparison.PLUS


def _said_of_one(parsed: Parsed, draft: Draft) -> list[int]:
    """Values that narrow only one of the two: "nữ" in "nữ giáo viên trên học sinh"."""
    lost = {name for name, one in draft.chosen.items() if name not in _OF_BOTH or _differs(name, one)}
    chunks = parsed.chunks
    return [at for at in sorted(draft.filtering) if any(item.name in lost for item in chunks[at].of(Kind.VALUE))]


def _differs(name: str, chosen: Chosen) -> bool:
    """Whether each of the two may have a value of its own."""
    return chosen.mentions > 1 and name not in ("province", "region", "macro_region")


def _of_periods(draft: Draft) -> bool:
    """As in "từ đầu năm đến cuối năm giảm bao nhiêu": the two reports of one year are set apart."""
    return PERIOD in draft.chosen and draft.chosen[PERIOD].mentions == 2 and TIME not in draft.by


def _show_both(parsed: Parsed, draft: Draft) -> None:
    """As in "tăng hay giảm, cho cả hai con số": the figures themselves are asked for."""
    said = [index for index, chunk in enumerate(parsed.chunks) if chunk.is_sign(Sign.BOTH)]
    if said and draft.compare is Comparison.GROWTH and TIME in draft.by and not draft.having and not draft.order:
        draft.compare = Comparison.DIFFERENCE
    if said and draft.by:
        draft.used.update(said)


def _between_times(parsed: Parsed, index: int) -> bool:
    """As in "năm nay trừ năm ngoái"."""
    around = (parsed.near(index, -1), parsed.near(index, 1))
    return all(at is not None and parsed.chunks[at].of(Kind.TIME) for at in around)


def _set_apart(model: SemanticModel, parsed: Parsed, draft: Draft) -> bool:
    """How far apart: of two values of one dimension, or two points in time."""
    _name_both(model, parsed, draft)
    if TIME in draft.by and len(draft.time.points) == 2:
        draft.compare = Comparison.GROWTH
        return True
    pairs = [name for name, one in draft.chosen.items() if one.mentions == 2 and len(set(one.values)) == 2]
    others = [name for name in draft.by if name not in pairs]
    if len(pairs) != 1 or TIME in others or len(draft.metrics) > 1:
        return False
    draft.compare = Comparison.GAP
    if draft.order is not None:
        draft.order = replace(draft.order, by_change=True)
    draft.group_by(pairs[0])
    return True


def _name_both(model: SemanticModel, parsed: Parsed, draft: Draft) -> None:
    """A dimension said as its two values: "chênh lệch giữa nam và nữ"."""
    for index, chunk in enumerate(parsed.chunks):
        for item in chunk.of(Kind.DIMENSION):
            if index in draft.used and item.name in draft.by and item.name not in draft.chosen:
                words = f" {shadow(chunk.text)} ".replace(",", " ")
                values = model.dimensions[item.name].values.items()
                both = [
                    key for key, value in values if f" {shadow(canonical(value.label))} " in words and not value.codes
                ]
                if len(both) == 2:
                    draft.chosen[item.name] = Chosen(both, [], 2)


def _asks_how_many_after(parsed: Parsed, index: int) -> bool:
    """As in "nam nhiều hơn nữ bao nhiêu": how far apart the two are is asked."""
    return any(chunk.is_sign(Sign.COUNT) for chunk in parsed.chunks[index + 1 :])


def _how_many_times(parsed: Parsed, index: int) -> list[int]:
    """The "bao nhiêu" that belongs to "hơn"; counting words are harmless elsewhere."""
    after = parsed.near(index, 1)
    return [after] if after is not None and parsed.chunks[after].is_sign(Sign.COUNT) else []


def _grow(parsed: Parsed, draft: Draft, index: int) -> None:
    """The change up to the year asked for, or the newest, from the year before it."""
    draft.compare = Comparison.GROWTH
    draft.used.add(index)
    span = draft.time
    plainly = parsed.chunks[index].is_sign(Sign.RISE, Sign.FALL) or shadow(parsed.chunks[index].text).startswith("muc ")
    if len(span.points) > 2 and not span.relative and (plainly or _asks_how_much(parsed)):
        # "từ 2020 đến 2024 tăng bao nhiêu" asks for one change, from the first year to the last.
        draft.time = TimeSpan(span.kind, (span.points[0], span.points[-1]))
    elif span.since and not span.every and (plainly or _asks_how_much(parsed)) and not _by_rate(parsed, index):
        # "Từ 2020 đến nay tăng bao nhiêu"; of days, from the end of the year that was said.
        first = span.since.replace("-01-01", "-12-31")
        draft.time = TimeSpan(span.kind, (first,), last=1)
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


def _by_rate(parsed: Parsed, index: int) -> bool:
    """As in "tốc độ tăng từ 2020 đến nay": each point against the one before."""
    return shadow(parsed.chunks[index].text).startswith(("toc do", "xu huong", "dien bien", "bien dong"))


def _asks_how_much(parsed: Parsed) -> bool:
    return any(word in chunk.text for chunk in parsed.chunks for word in ("bao nhiêu", "bao nhieu", "mấy", "%"))


def _only_changed(parsed: Parsed, draft: Draft, index: int) -> None:
    """Groups that rise, or fall: "những tỉnh có số học sinh giảm"."""
    chunk = parsed.chunks[index]
    plain = not (chunk.is_sign(Sign.GROWTH) or draft.order or any(one.by_change for one in draft.having))
    plain = plain and len(draft.metrics) == 1
    asked = bool(draft.which - {TIME}) or any(one.text in _THOSE_THAT for one in parsed.chunks)
    if plain and asked and any(name != TIME for name in draft.by):
        operator = Operator.LESS if chunk.is_sign(Sign.FALL) else Operator.MORE
        draft.having = [Having(draft.metrics[0], operator, 0, by_change=True)]
