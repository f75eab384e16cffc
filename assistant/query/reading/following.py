"""A follow-up: the slots of the previous request, with those the new question speaks of put in their place."""

from collections.abc import Mapping

from assistant.query.reading.slots.draft import Chosen, Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.tokens import shadow
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.request import TIME, DataRequest, Filter
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.places import NEW_MAP, OLD_MAP

_MORE = ("them", "them ca", "lay them", "bo sung them")
_HOW_MANY = {"hai": 2, "ba": 3, "bốn": 4, "bon": 4, "2": 2, "3": 3, "4": 4}


def leads_on(parsed: Parsed) -> bool:
    """Whether the question opens or ends as a continuation: "còn Nghệ An?", "thế năm ngoái?", "số lớp thì sao"."""
    words = [chunk for index, chunk in enumerate(parsed.chunks) if not parsed.is_mark(index)]
    return bool(words) and (words[0].is_sign(Sign.FOLLOW) or (len(words) > 1 and words[-1].is_sign(Sign.FOLLOW)))


def seed(model: SemanticModel, previous: DataRequest) -> Draft:
    """The previous request as a draft again."""
    metrics = tuple(name for name in previous.metrics if not _accompanies(model, previous, name))
    draft = Draft(metrics, set(), by=list(previous.by), time=previous.time, time_spoken=TIME not in previous.defaults)
    for one in (*previous.filters, *previous.share):
        if one.dimension in previous.defaults:
            continue
        if one.operator is not None:
            draft.numeric.append(one)
        else:
            draft.chosen[one.dimension] = _chosen(model, one, previous)
    draft.share = {one.dimension for one in previous.share}
    draft.distribution, draft.having, draft.order = previous.distribution, list(previous.having), previous.order
    draft.limit, draft.compare = previous.limit, previous.compare
    draft.defaults = [TIME] if TIME in previous.defaults else []
    return draft


def overlay(model: SemanticModel, old: Draft, new: Draft, parsed: Parsed) -> Draft:
    """`old` with everything `new` says."""
    grouped = any(chunk.of(Kind.DIMENSION) for chunk in parsed.chunks) and any(name != TIME for name in new.by)
    without = {name: chosen for name, chosen in new.chosen.items() if chosen.negated}
    said = {name: chosen for name, chosen in new.chosen.items() if not chosen.negated}
    for name, chosen in without.items():
        before = old.chosen.get(name, Chosen())
        old.chosen[name] = Chosen(before.values, [*before.excluded, *chosen.excluded], before.mentions)
    spoken = set(old.chosen)
    _places_first(old, said)
    for name, chosen in said.items():
        old.chosen[name] = chosen
        if chosen.mentions == 1 and name in old.by:
            old.by.remove(name)
    # "Thế cấp THPT?" after a ranking asks for the same ranking of another level; a new condition opens a new list.
    swapped = said.keys() <= spoken - {PROVINCE, REGION, *old.by}
    if grouped or not swapped:
        old.having, old.order, old.limit, old.distribution = [], None, None, False
    if grouped and not any(shadow(chunk.text) in _MORE for chunk in parsed.chunks):
        old.by = [name for name in old.by if name == TIME]
    for name in new.by:
        if name != TIME:
            old.group_by(name)
    _take_time(old, new)
    _take_operations(old, new)
    if new.total and not grouped and not said:
        old.by = [name for name in old.by if name == TIME]
    return _for_metrics(model, old, new)


def remember(model: SemanticModel, previous: DataRequest, merged: Draft, new: Draft, parsed: Parsed) -> bool:
    """Keep what the new question replaced, and bring it back for "hai tỉnh đó". False: they are not that many."""
    earlier = next((one for one in previous.replaced if one.dimension == PROVINCE), None)
    here = previous.filter_on(PROVINCE)
    if new.chosen.get(PROVINCE) is not None:
        merged.replaced = [here] if here is not None and not here.negated else []
        return True
    those = next((chunk.text for chunk in parsed.chunks if chunk.is_sign(Sign.THOSE)), None)
    if those is None:
        merged.replaced = list(previous.replaced)
        return True
    many = next((number for word, number in _HOW_MANY.items() if word in those.split(" ")), None)
    held = len(here.values) if here is not None else 0
    if earlier is not None and here is not None and not here.negated and (many is None or held != many):
        values = tuple(dict.fromkeys((*earlier.values, *here.values)))
        merged.chosen[PROVINCE] = _chosen(model, Filter(PROVINCE, values), previous)
        merged.chosen[PROVINCE].mentions = held = len(values)
        if not new.total:
            merged.group_by(PROVINCE)
    return many is None or held == many or PROVINCE in merged.by


def _places_first(old: Draft, said: Mapping[str, Chosen]) -> None:
    """A new place takes the place of the old one, be it province or region."""
    if PROVINCE in said or REGION in said:
        for name in (PROVINCE, REGION):
            if name in old.chosen:
                del old.chosen[name]
                old.share.discard(name)
                if name in old.by:
                    old.by.remove(name)


def _take_time(old: Draft, new: Draft) -> None:
    if new.time_spoken or (new.compare is not None and new.time.points):
        old.time, old.time_spoken, old.compare = new.time, True, new.compare
        old.by = [name for name in old.by if name != TIME]
        if TIME in new.by:
            old.by.append(TIME)
        old.defaults = [name for name in old.defaults if name != TIME]
    elif new.compare is not None:
        old.compare = new.compare
        if TIME in new.by:
            old.time = new.time
            old.group_by(TIME)


def _take_operations(old: Draft, new: Draft) -> None:
    if new.share:
        old.share, old.distribution = new.share, False
    if new.distribution:
        old.distribution, old.share = True, set()
    if new.having:
        old.having = new.having
    if new.order is not None:
        old.order, old.limit = new.order, new.limit
    old.rank, old.count_of = new.rank, new.count_of
    old.numeric = [*old.numeric, *new.numeric]
    old.map_version = new.map_version
    old.assumptions = new.assumptions


def _for_metrics(model: SemanticModel, old: Draft, new: Draft) -> Draft:
    """Keep of the old slots what the (possibly new) metrics know."""
    if new.metrics == old.metrics:
        return old
    allowed = frozenset.intersection(*(model.dimensions_of(name) for name in new.metrics))
    draft = Draft(new.metrics, set(), by=[name for name in old.by if name == TIME or name in allowed])
    draft.chosen = {name: chosen for name, chosen in old.chosen.items() if name in allowed}
    same_calendar = new.time.kind is old.time.kind
    draft.time = old.time if same_calendar else new.time
    draft.time_spoken, draft.defaults = old.time_spoken, old.defaults
    draft.share = old.share & set(draft.chosen)
    draft.compare, draft.map_version, draft.assumptions = old.compare, old.map_version, old.assumptions
    if TIME in draft.by and not same_calendar and TIME not in new.by:
        draft.by.remove(TIME)
    return draft


def _accompanies(model: SemanticModel, previous: DataRequest, name: str) -> bool:
    return any(model.metrics[other].edu.companion == name for other in previous.metrics if other != name)


def _chosen(model: SemanticModel, one: Filter, previous: DataRequest) -> Chosen:
    version = previous.map_version or NEW_MAP
    values = [model.places.name_of(version, code) for code in one.values] if one.dimension == PROVINCE else one.values
    several = len(one.values) if one.dimension in previous.by else 1
    chosen = Chosen([], list(values), several) if one.negated else Chosen(list(values), [], several)
    gone = any(name in model.places.provinces and model.places.provinces[name].new is None for name in values)
    if one.dimension == PROVINCE and version == OLD_MAP and not gone and "old" in previous.defaults:
        chosen.wishes.add("old")
    return chosen
