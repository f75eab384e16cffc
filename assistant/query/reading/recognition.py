"""Which metrics a question may be about: bags of words found in it, and lists of several metrics."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from assistant.query.reading.candidates import Candidate, quotients, same_calendar, sets_against
from assistant.query.reading.words.lexicon import Item, Kind
from assistant.query.reading.words.matcher import Chunk
from assistant.query.reading.words.parse import COMPARING, Parsed
from assistant.query.reading.words.vocabulary import PART, Bag, Element, Sign, Vocabulary
from assistant.query.semantic_model import SemanticModel

MOST_METRICS = 4
SINGLE_OUT = ("từng", "mỗi", "tung", "moi", "trong từng", "trong mỗi")
_CLOSE = 2.0
_RATIO = Element(Kind.SIGN, Sign.RATIO.value)
_MOST_CANDIDATES = 14
_LEVELS = frozenset({"level", "sublevel", "grade", "degree"})


Lent = Mapping[int, tuple[str, ...]]
"""Terms that values bring along by the name of their dimension: "khối A00" is a "tổ hợp"."""


def candidates(
    model: SemanticModel, vocabulary: Vocabulary, parsed: Parsed, lent: Lent | None = None
) -> list[Candidate]:
    """The choices worth reading the whole question for, best phrase first."""
    found = list(_matches(model, vocabulary, parsed, lent or {}))
    if not found:
        return []
    best: dict[str, Candidate] = {}
    for one in found:
        name = one.metrics[0]
        if name not in best or (one.size, -_spread(one)) > (best[name].size, -_spread(best[name])):
            best[name] = one
    top = max(one.size for one in best.values())
    singles = [one for one in best.values() if one.size >= top - _CLOSE]
    singles += [one for one in _listed_first(parsed, best.values()) if one not in singles]
    lists = [longer for one in singles if (longer := _extended(model, parsed, one, found)) is not None]
    relatives = [other for one in singles for other in _relatives(model, parsed, one, best)]
    ranked = sorted([*lists, *singles, *relatives], key=lambda one: -one.size)
    return [*list(dict.fromkeys(ranked))[:_MOST_CANDIDATES], *quotients(model, parsed, found)]


def _matches(model: SemanticModel, vocabulary: Vocabulary, parsed: Parsed, lent: Lent) -> Iterator[Candidate]:
    places: dict[Element, list[int]] = defaultdict(list)
    said = {Element(item.kind, item.name) for chunk in parsed.chunks for item in chunk.of(Kind.TERM, Kind.SIGN)}
    for index, chunk in enumerate(parsed.chunks):
        for item in chunk.of(Kind.TERM, Kind.SIGN):
            places[Element(item.kind, item.name)].append(index)
        for term in lent.get(index, ()):
            places[Element(Kind.TERM, term)].append(index)
        if chunk.is_sign(Sign.SHARE) and not chunk.is_sign(Sign.RATIO):
            places[_RATIO].append(index)  # "số bỏ học chiếm bao nhiêu phần trăm tổng số học sinh" is a rate
        if any("%" in item.values for item in chunk.of(Kind.NUMBER)):
            places[_RATIO].append(index)
    present = places.keys()
    in_percent = any(_speaks_of_percent(chunk.text) for chunk in parsed.chunks if chunk.is_sign(Sign.RATIO))
    for bag in vocabulary.bags:
        if bag.needed <= present:
            # "bao nhiêu phần trăm học sinh học trường tư" asks for no number of pupils a school.
            if len(bag.elements) == 1 and bag.elements[0] not in said | {_RATIO}:
                continue  # a value alone does not say what is counted: "học sinh học nghề" is no "phân luồng"
            if in_percent and _RATIO in bag.elements and model.metrics[bag.metric].edu.unit != "%":
                continue
            if not _upside_down(model, bag, parsed):
                ratio = model.metrics[bag.metric].is_ratio
                yield from (
                    one
                    for one in _assigned(vocabulary, bag, places, parsed, listed=not ratio)
                    if not (
                        ratio and (_is_condition(parsed, one) or _is_under_the_line(model, vocabulary, parsed, one))
                    )
                )


def _spread(one: Candidate) -> int:
    return max(one.used, default=0) - min(one.used, default=0)


def _is_condition(parsed: Parsed, one: Candidate) -> bool:
    """Whether a ratio's words count one thing and set a condition on another: "số lớp có sĩ số trên 45"."""
    first, *others = sorted(one.used)
    before = parsed.near(first, -1)
    counted = before is not None and parsed.chunks[before].is_sign(Sign.COUNT)
    return counted and any(
        (after := parsed.near(index, 1)) is not None and parsed.chunks[after].is_sign(*COMPARING) for index in others
    )


def _is_under_the_line(model: SemanticModel, vocabulary: Vocabulary, parsed: Parsed, one: Candidate) -> bool:
    """Whether the question divides by what this ratio is a ratio of: "có việc làm, tính trên số phản hồi"."""
    edu = model.metrics[one.metrics[0]].edu
    below = vocabulary.terms_in(edu.denominator or "")
    own = vocabulary.terms_in(edu.numerator or "") - below
    said = (item.name for index in one.used if parsed.is_below(index) for item in parsed.chunks[index].of(Kind.TERM))
    return any(name in own for name in said)


def _upside_down(model: SemanticModel, bag: Bag, parsed: Parsed) -> bool:
    """Whether the question divides by what the metric counts: "giáo viên/học sinh" is not pupils a teacher."""
    terms = [element.name for element in bag.elements if element.kind is Kind.TERM]
    if len(terms) < 2 or "/" not in model.metrics[bag.metric].edu.unit:
        return False
    below = {
        item.name
        for index, chunk in enumerate(parsed.chunks)
        if chunk.is_sign(Sign.PER) and (at := parsed.divided_by(index)) is not None
        for item in parsed.chunks[at].of(Kind.TERM)
    }
    return bool(below) and terms[-1] not in below and terms[0] in below


def _speaks_of_percent(text: str) -> bool:
    return "%" in text or "phần trăm" in text or "phan tram" in text


def _assigned(
    vocabulary: Vocabulary, bag: Bag, places: dict[Element, list[int]], parsed: Parsed, *, listed: bool
) -> Iterator[Candidate]:
    """Each element of the bag on a chunk of its own; a one-word bag is tried at each of its places.

    With `listed`, a word that opens the next item of a list is left to it: "biên chế giao và số giáo viên".
    """
    if len(bag.elements) == 1:
        for index in places[bag.elements[0]]:
            yield Candidate((bag.metric,), frozenset({index}), float(parsed.chunks[index].size))
        return
    anchors = next((places[one] for one in bag.elements if one.kind is Kind.TERM), places[bag.elements[0]])
    for used in dict.fromkeys(_around(bag, places, anchor) for anchor in anchors):
        if used and not (listed and _takes_the_next(vocabulary, bag, used, parsed)):
            yield _of_bag(bag, used, parsed)


def _takes_the_next(vocabulary: Vocabulary, bag: Bag, used: tuple[int, ...], parsed: Parsed) -> bool:
    for element, index in zip(bag.elements, used, strict=True):
        others = frozenset(bag.elements) - {element}
        count = parsed.near(index, -1)
        joining = parsed.near(count, -1) if count is not None and parsed.chunks[count].is_sign(Sign.COUNT) else None
        opens = joining is not None and parsed.chunks[joining].is_sign(Sign.AND) and joining > min(used)
        if opens and (bag.metric, others) in vocabulary.phrasings:
            return True
    return False


def _around(bag: Bag, places: dict[Element, list[int]], anchor: int) -> tuple[int, ...]:
    """Each element of the bag at its place nearest to the anchor; empty when they do not all find one."""
    used: list[int] = []
    for element in bag.elements:
        free = [index for index in places[element] if index not in used]
        if not free:
            return ()
        used.append(min(free, key=lambda index: abs(index - anchor)))
    return tuple(used)


def _of_bag(bag: Bag, used: tuple[int, ...], parsed: Parsed) -> Candidate:
    size = sum(
        parsed.chunks[index].size if element.kind is Kind.TERM else 0.5
        for index, element in zip(used, bag.elements, strict=True)
    )
    # "đủ 100%" asks for a ratio and is still to be read as its threshold.
    spent = frozenset(index for index in used if not parsed.chunks[index].of(Kind.NUMBER))
    return Candidate((bag.metric,), spent, size + 0.01 * len(used))


def _listed_first(parsed: Parsed, ones: Iterable[Candidate]) -> list[Candidate]:
    """Metrics named by what is counted, however short: "bao nhiêu trường có …"."""
    return [one for one in ones if any(parsed.heads(index) for index in one.used)]


def _extended(model: SemanticModel, parsed: Parsed, first: Candidate, found: list[Candidate]) -> Candidate | None:
    """The metrics listed beside the first one, as in "số trường, số lớp và số học sinh"."""
    metrics, used, size = list(first.metrics), set(first.used), first.size
    for index in range(len(parsed.chunks)):
        if index in used or not parsed.chunks[index].of(Kind.TERM) or not _continues_list(parsed, index):
            continue
        if _is_another_value(model, parsed, index, metrics[0]):
            continue
        fitting = [
            one
            for one in found
            if index in one.used
            and min(one.used - used) == index
            and one.metrics[0] not in metrics
            and not (_sets_a_condition(parsed, index) and model.metrics[one.metrics[0]].is_ratio)
            and same_calendar(model, metrics[0], one.metrics[0])
        ]
        if fitting and len(metrics) < MOST_METRICS:
            # Shared words are fine: "tỷ lệ huy động nhà trẻ, mẫu giáo" names the rate once.
            chosen = max(fitting, key=lambda one: one.size)
            metrics.append(chosen.metrics[0])
            # A second metric recognised by the very words of a longer first one weighs a little more than it alone.
            size += sum(parsed.chunks[at].size for at in chosen.used - used) + 0.02
            used |= chosen.used
    if len(metrics) == 1:
        return None
    return Candidate(tuple(metrics), frozenset(used), size)


def _is_another_value(model: SemanticModel, parsed: Parsed, index: int, metric: str) -> bool:
    """As in "học sinh lớp 1 và lớp 2": the phrase begins with a term, but goes on a list of values."""
    chunk = parsed.chunks[index]
    if any(item.values != PART for item in chunk.of(Kind.TERM)):
        return False
    own = {item.name for item in chunk.of(Kind.VALUE)} & model.dimensions_of(metric)
    return any(item.name in own for at in range(index) for item in parsed.chunks[at].of(Kind.VALUE))


def _sets_a_condition(parsed: Parsed, index: int) -> bool:
    """As in "…, chỉ tính lĩnh vực có từ 30 người phản hồi trở lên": another figure is compared with a number."""
    number = parsed.near(index, -1)
    comparing = parsed.near(number, -1) if number is not None and parsed.chunks[number].of(Kind.NUMBER) else None
    led = parsed.near(comparing, -1) if comparing is not None and parsed.chunks[comparing].is_sign(*COMPARING) else None
    return led is not None and (bool(parsed.chunks[led].of(Kind.DIMENSION)) or parsed.chunks[led].is_sign(Sign.FOLLOW))


def _sets_counts_apart(parsed: Parsed, at: int, index: int) -> bool:
    """As in "số đăng ký so với số nhập học"; in "tỷ lệ nhập học so với chỉ tiêu" the word belongs to one rate."""
    chunk = parsed.chunks[at]
    before = parsed.near(index, -1)
    counted = before is not None and parsed.chunks[before].is_sign(Sign.COUNT)
    plain = not chunk.is_sign(Sign.COMPARE) or counted or any(one.is_sign(Sign.GAP) for one in parsed.chunks)
    return plain and sets_against(chunk)


def _continues_list(parsed: Parsed, index: int) -> bool:
    """Whether the words just before join this chunk to what was named earlier."""
    if _sets_a_condition(parsed, index):
        return True
    at = index - 1
    joined = False
    while at >= 0 and at >= index - 4:
        chunk = parsed.chunks[at]
        if chunk.text in {",", ";"} or chunk.is_sign("and") or _sets_counts_apart(parsed, at, index):
            joined = True
        elif chunk.is_sign(Sign.FOLLOW):
            break  # "…, trong đó bao nhiêu trường tư thục" counts a part, nothing else
        elif not (
            chunk.is_sign("count", "total", Sign.RATIO, Sign.AVERAGE, *COMPARING) or chunk.of(Kind.FILLER, Kind.NUMBER)
        ):
            break
        at -= 1
    return joined


def _relatives(model: SemanticModel, parsed: Parsed, one: Candidate, best: dict[str, Candidate]) -> Iterator[Candidate]:
    """Metrics of the same family take over where the values said are theirs: "học sinh mầm non" are children."""
    if len(one.metrics) != 1:
        return
    own = model.metrics[one.metrics[0]]
    values = [item for chunk in parsed.chunks for item in chunk.of(Kind.VALUE)]
    values += [item for index, chunk in enumerate(parsed.chunks) for item in _grouped(parsed, index, chunk)]
    if own.edu.population:
        # "máy tính học sinh" makes no student of a pupil: only a level tells one population from another.
        values = [item for item in values if item.name in own.edu.population or item.name in _LEVELS]
    if not own.edu.family or all(_is_about(model, own.name, item) for item in values):
        return
    for metric in model.metrics.values():
        taken_over = metric.edu.family == own.edu.family and metric.name not in best
        if taken_over and any(
            _is_about(model, metric.name, item) and not _is_about(model, own.name, item) for item in values
        ):
            yield Candidate((metric.name,), one.used, one.size - 0.5, by_family=True)


def _grouped(parsed: Parsed, index: int, chunk: Chunk) -> tuple[Item, ...]:
    """What "theo" or "mỗi" groups by."""
    before, after = parsed.near(index, -1), parsed.near(index, 1)
    which = after is not None and parsed.chunks[after].is_sign(Sign.WHICH)
    by = before is not None and (parsed.chunks[before].is_sign(Sign.BY) or parsed.chunks[before].text in SINGLE_OUT)
    return chunk.of(Kind.DIMENSION) if by or which else ()


def _is_about(model: SemanticModel, name: str, item: Item) -> bool:
    """Whether a metric knows a value."""
    if item.name not in model.dimensions_of(name):
        return False
    edu = model.metrics[name].edu
    value = model.dimensions[item.name].values.get(item.values[0]) if item.values else None
    for wider, lying in value.within.items() if value is not None else ():
        if wider in edu.population and not set(lying) & set(edu.population[wider]):
            return False  # "lớp 6" is no class of preschools
    population = edu.population.get(item.name)
    codes = {code for key in item.values for code in model.dimensions[item.name].codes(key)} if population else set()
    return population is None or codes <= set(population)
