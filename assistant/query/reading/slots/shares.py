"""Shares: which of the said filters make the numerator of "tỷ lệ", "chiếm bao nhiêu phần trăm", "cơ cấu"."""

from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.tokens import shadow
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.request import TIME
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel

_OF_INSTITUTIONS = frozenset({"ownership", "area", "ethnic_boarding", "hei_kind", "governing"})
"""Beside what persons are, these say where: "tỷ lệ giáo viên hợp đồng trong các trường ngoài công lập"."""
_OF_THOSE = ("trong do", "trong so do", "trong so nay", "trong do co", "trong so ay")
_WHERE = ("level", "sublevel", "period", "term")
"""What narrows the whole of a share beside another value: "tỷ lệ giáo viên trên 50 tuổi cấp tiểu học"."""


def fill_share(model: SemanticModel, parsed: Parsed, draft: Draft) -> None:
    """Read a share of a plain metric; a ratio only swallows the words that say it is one."""
    if _part_of_those(model, parsed, draft):
        return
    said = _unused(parsed, draft, Sign.RATIO, Sign.SHARE)
    structure = _unused(parsed, draft, Sign.STRUCTURE)
    if not said and not structure:
        return
    if all(model.metrics[name].is_ratio for name in draft.metrics):
        draft.used.update(said)
        return
    if len(draft.metrics) > 1:
        return
    if said and _unused(parsed, draft, Sign.GROWTH, Sign.RISE, Sign.FALL):
        draft.used.update(said)
        return
    whole = bool(_unused(parsed, draft, Sign.NATIONAL)) or any(
        chunk.text.endswith("cả nước") for chunk in parsed.chunks
    )
    numerator = _numerator(model, draft, of_country=whole) if said else set()
    draft.used.update([*said, *structure, *_unused(parsed, draft, Sign.OF)])
    if numerator:
        draft.share = numerator
        if numerator <= {PROVINCE, REGION} and not whole and not _unused_before(parsed, said, Sign.SHARE):
            # "tỷ lệ trẻ 5 tuổi ra lớp ở Sơn La" is rather a rate there than Sơn La's part.
            draft.penalty += 0.5
        draft.used.update(_unused(parsed, draft, Sign.NATIONAL))
    elif any(name != TIME for name in draft.by):
        if not structure and _is_rate_of_places(parsed, draft, said):
            draft.wants = "share"
            return
        draft.distribution = True
        if draft.order is not None and (draft.limit or 0) > 1 and not {TIME} & set(draft.by) and len(draft.by) == 1:
            # "5 tỉnh đông nhất chiếm bao nhiêu phần trăm" asks for one figure.
            shared = any(parsed.chunks[index].is_sign(Sign.SHARE) for index in said)
            draft.together, draft.distribution = shared, not shared
            return
        # Parts are of the whole, so every group is shown, not only those that were named.
        for name in [name for name in draft.by if name in draft.chosen and draft.chosen[name].mentions > 1]:
            del draft.chosen[name]
    else:
        draft.wants = "share"


def _part_of_those(model: SemanticModel, parsed: Parsed, draft: Draft) -> bool:
    """As in "số giáo viên tiểu học, trong đó bao nhiêu là nữ": the whole and the part, side by side."""
    chunks = parsed.chunks
    at = next((index for index, one in enumerate(chunks) if index and shadow(one.text) in _OF_THOSE), None)
    plain = len(draft.metrics) == 1 and not model.metrics[draft.metrics[0]].is_ratio and not draft.compare
    if at is None or not plain or not any(one.of(Kind.TERM) for one in chunks[:at]):
        return False
    after = {
        item.name
        for index in draft.filtering
        if index > at
        for item in chunks[index].of(Kind.VALUE)
        if item.name in draft.chosen
    }
    before = {item.name for index in draft.filtering if index < at for item in chunks[index].of(Kind.VALUE)}
    part = {name for name in after - before if name not in draft.by and not draft.chosen[name].excluded}
    if not part or draft.order or draft.having:
        return False
    draft.share = part
    draft.used.update(_unused(parsed, draft, Sign.RATIO, Sign.SHARE))
    return True


def _is_rate_of_places(parsed: Parsed, draft: Draft, said: list[int]) -> bool:
    """As in "tỷ lệ thí sinh đã nộp lệ phí của từng tỉnh": a rate in each place, not each place's part."""
    shared = any(parsed.chunks[index].is_sign(Sign.SHARE) for index in said)
    return not shared and {name for name in draft.by if name != TIME} <= {PROVINCE, REGION}


def _unused_before(parsed: Parsed, indexes: list[int], *signs: Sign) -> bool:
    return any(parsed.chunks[index].is_sign(*signs) for index in indexes)


def _unused(parsed: Parsed, draft: Draft, *signs: Sign) -> list[int]:
    return [
        index
        for index, chunk in enumerate(parsed.chunks)
        if index not in draft.used and (chunk.is_sign(*signs)) and not chunk.of(Kind.VALUE)
    ]


def _numerator(model: SemanticModel, draft: Draft, *, of_country: bool) -> set[str]:
    """The dimensions of the numerator: achievements before attributes; a level or a place only when alone.

    "chiếm bao nhiêu phần trăm cả nước" asks for the part of the place that was named.
    """
    free = {name: chosen for name, chosen in draft.chosen.items() if not chosen.after_of and name not in draft.by}
    named = {name for name in (PROVINCE, REGION) if name in draft.chosen and name not in draft.by}
    if of_country and named:
        return named
    dimensions = [model.dimensions[name] for name in free]
    achievements = {one.name for one in dimensions if one.achievement}
    attributes = {one.name for one in dimensions if one.attribute}
    found = achievements or attributes - _OF_INSTITUTIONS or attributes
    if found:
        return found
    if draft.numeric:
        return {one.dimension for one in draft.numeric}  # "số lớp có sĩ số trên 45 chiếm …"
    places = {name for name in free if name in (PROVINCE, REGION)}
    others = set(free) - places
    others = others - set(_WHERE) or others
    if any(name != TIME for name in draft.by):
        return others - set(_WHERE)
    return others if others else places
