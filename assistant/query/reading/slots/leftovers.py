"""The words no slot has taken: harmless ones pass, every other is reported, for it might change the number."""

from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.matcher import Chunk
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.tokens import canonical, shadow
from assistant.query.reading.words.vocabulary import KINDS, PART, Sign, Vocabulary
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel

# Said beside what they belong to, these add nothing of their own.
_HARMLESS = (
    Sign.COUNT, Sign.TOTAL, Sign.BY, Sign.EACH, Sign.AND, Sign.CHART, Sign.FOLLOW, Sign.SORT, Sign.OF, Sign.THOSE,
    Sign.OLD_MAP, Sign.NEW_MAP, Sign.BETWEEN, Sign.UP_TO, Sign.LIST, Sign.DEFINE,
)  # fmt: skip
REASONS = frozenset(("movement_reason", "return_reason"))
"""Dimensions that hold reasons, so that "vì sao" can be answered by a count."""
_SHORT_TIMES = ("thang", "quy", "tuan", "ngay", "buoi")
_PERSONS = ("người", "em", "cháu", "bạn", "thầy cô", "đứa", "bé")
_ANY_UNIT = ("cơ sở", "đơn vị", "trường hợp", "hồ sơ")
"""Words that count again what was named: "số cơ sở giáo dục đại học là bao nhiêu cơ sở"."""
_MEASURES = (
    "ngày",
    "tháng",
    "giờ",
    "đồng",
    "km",
    "mét",
    "buổi",
    "tiết",
    "tuổi",
    "lần",
    "tuần",
    "triệu đồng",
    "tỷ đồng",
)
"""Units no metric may be counted in unless it is its own: "trễ hạn mấy ngày" counts no reports."""


def note_unexplained(model: SemanticModel, vocabulary: Vocabulary, parsed: Parsed, draft: Draft) -> None:
    """List in the draft the chunks that stay unexplained."""
    _Leftovers(model, vocabulary, parsed, draft).run()


class _Leftovers:
    def __init__(self, model: SemanticModel, vocabulary: Vocabulary, parsed: Parsed, draft: Draft) -> None:
        self._model, self._vocabulary, self._parsed, self._draft = model, vocabulary, parsed, draft
        below = (self._model.metrics[name].edu.denominator for name in draft.metrics)
        self._denominator = {term for name in below if name is not None for term in vocabulary.terms_in(name)}

    def run(self) -> None:
        draft = self._draft
        implied = frozenset.union(*(self._vocabulary.implied[name] for name in draft.metrics))
        draft.unexplained += self._thresholds_of_several()
        repeated = {item.name for index in draft.used for item in self._parsed.chunks[index].of(Kind.TERM)}
        for index, chunk in enumerate(self._parsed.chunks):
            if index in draft.used and not self._says_more(index):
                continue
            if chunk.of(Kind.BLOCK) and REASONS & set(draft.by):
                continue  # "vì sao" where the reasons are listed
            if self._parsed.is_mark(index) or self._names_a_unit(index) or self._is_kind_of_value(index):
                continue
            if index not in draft.used and self._is_another_unit(index):
                draft.unexplained.append(index)
                continue
            if index not in draft.used and (
                self._counts_the_listed(index) or self._opens_a_time(index) or self._asks_which_counted(index)
            ):
                continue
            if index in draft.used:
                draft.unexplained.append(index)
            elif chunk.is_sign(Sign.NATIONAL):
                self._national(index)
            elif self._leads_nowhere(index) or self._is_finer_than_time(index) or self._adds_up_nothing(index):
                draft.unexplained.append(index)
            elif self._is_harmless(chunk, repeated) and not self._hides_a_word(index):
                continue
            elif self._is_implied(index, implied):
                draft.penalty += 0.1
            else:
                draft.unexplained.append(index)

    def _thresholds_of_several(self) -> list[int]:
        """Several thresholds of one metric beside several values of one dimension: which belongs to which is lost."""
        plain = [one.metric for one in self._draft.having if not one.by_change]
        several = any(one.mentions > 1 and name not in (PROVINCE, REGION) for name, one in self._draft.chosen.items())
        if len(plain) == len(set(plain)) or not several:
            return []
        chunks = self._parsed.chunks
        return [at for at in sorted(self._draft.used) if chunks[at].of(Kind.NUMBER) and not chunks[at].of(Kind.VALUE)]

    def _names_a_unit(self, index: int) -> bool:
        """The metric's own unit after a count or a number: "phòng học tạm có bao nhiêu phòng", "từ 3 phòng"."""
        before = self._parsed.chunks[max(0, index - 1)]
        if index in self._draft.used or not (before.is_sign(Sign.COUNT) or before.of(Kind.NUMBER)):
            return False
        metrics = [self._model.metrics[name] for name in self._draft.metrics]
        chunk = self._parsed.chunks[index]
        persons = any(one.about_persons for one in metrics)
        known = frozenset.union(*(self._vocabulary.terms_in(one.name) for one in metrics))
        again = not chunk.of(Kind.TERM) or any(item.name in known for item in chunk.of(Kind.TERM))
        units = [one.edu.unit for one in metrics]
        if again:
            units += [*_ANY_UNIT, *(_PERSONS if persons else ())]
        return any(shadow(canonical(unit)) == shadow(chunk.text) for unit in units)

    def _is_another_unit(self, index: int) -> bool:
        """As "ngày" in "trễ hạn mấy ngày", "em" in "lớp ghép có bao nhiêu em": nothing the metric is counted in."""
        chunk, before = self._parsed.chunks[index], self._parsed.chunks[max(0, index - 1)]
        asked = index > 0 and before.is_sign(Sign.COUNT) and shadow(before.text).endswith(("nhieu", "may", "bn"))
        if not asked or not chunk.of(Kind.FILLER):
            return False
        metrics = [self._model.metrics[name] for name in self._draft.metrics]
        others = _MEASURES + (() if any(one.about_persons or one.is_ratio for one in metrics) else _PERSONS)
        return shadow(chunk.text) in map(shadow, others) and not self._names_a_unit(index)

    def _opens_a_time(self, index: int) -> bool:
        """The "từ" of "từ 30/6/2024 đến 30/9/2026"."""
        after = self._parsed.near(index, 1)
        if after is None or after not in self._draft.used or shadow(self._parsed.chunks[index].text) != "tu":
            return False
        chunk, period = self._parsed.chunks[after], self._draft.chosen.get("period")
        opens = any(item.name == "period" for item in chunk.of(Kind.VALUE))
        both = period is not None and period.mentions > 1
        return (bool(chunk.of(Kind.TIME)) and len(self._draft.time.points) > 1) or (opens and both)

    def _asks_which_counted(self, index: int) -> bool:
        """As in "trường nào chưa có Internet, đếm theo tỉnh": which of them is asked, and a count is what is wanted."""
        before = self._parsed.near(index, -1)
        if not self._parsed.chunks[index].is_sign(Sign.WHICH) or before is None or before not in self._draft.used:
            return False
        counted = any(chunk.is_sign(Sign.COUNT) and at != index for at, chunk in enumerate(self._parsed.chunks))
        return counted and bool(self._parsed.chunks[before].of(Kind.TERM))

    def _counts_the_listed(self, index: int) -> bool:
        """As in "hai năm 2024 và 2025", "ba tỉnh Hà Nội, Nghệ An và Huế": the number says how many are named."""
        chunk = self._parsed.chunks[index]
        numbers = [item.name for item in chunk.of(Kind.NUMBER) if not item.values]
        numbers += [name for name, words in self._model.words.numbers.items() if chunk.text in words]
        listed = {one.mentions for one in self._draft.chosen.values()} | {len(self._draft.time.points)}
        return bool({float(number) for number in numbers} & {many for many in listed if many > 1})

    def _is_kind_of_value(self, index: int) -> bool:
        """As in "nhóm học sinh", "loại công lập": the word says that a value follows, and it does."""
        words = {form for word in KINDS for form in (canonical(word), shadow(canonical(word)))}
        return self._parsed.chunks[index].text in words and index + 1 in self._draft.filtering

    def _hides_a_word(self, index: int) -> bool:
        """Without marks "hoc sinh can thi" is no "học sinh cần, thì": after what is counted, a filler is doubtful."""
        chunk, before = self._parsed.chunks[index], self._parsed.chunks[max(0, index - 1)]
        doubtful = (
            self._parsed.says_little(chunk) and chunk.of(Kind.FILLER) and chunk.text not in self._model.words.connecting
        )
        return bool(doubtful and index and before.of(Kind.TERM) and not chunk.is_sign(*Sign))

    def _leads_nowhere(self, index: int) -> bool:
        """A "theo" that groups by nothing known, a list of what has no names here."""
        chunk = self._parsed.chunks[index]
        if chunk.is_sign(Sign.LIST) and not chunk.of(Kind.FILLER):
            return not self._draft.by
        if not chunk.is_sign(Sign.BY):
            return False
        following = self._parsed.chunks[index + 1 : index + 2]
        after = self._parsed.near(index, 1)
        nothing = not following or (bool(following[0].of(Kind.FILLER)) and index + 1 not in self._draft.used)
        return nothing and (after is None or after not in self._draft.used)

    def _is_finer_than_time(self, index: int) -> bool:
        """The "tháng" of "từng tháng", "theo quý": no figure here is told apart by it."""
        chunk, before = self._parsed.chunks[index], self._parsed.chunks[max(0, index - 1)]
        led = before.is_sign(Sign.BY, Sign.EACH) or shadow(before.text) in ("hang", "cac")
        return index > 0 and led and shadow(chunk.text) in _SHORT_TIMES

    def _adds_up_nothing(self, index: int) -> bool:
        """A "cộng lại" beside values that are set apart and stay so."""
        several = any(one.mentions > 1 and name in self._draft.by for name, one in self._draft.chosen.items())
        added = shadow(self._parsed.chunks[index].text) in ("cong lai", "gop lai", "cong don", "gop")
        return added and several and self._draft.compare is not None

    def _is_harmless(self, chunk: Chunk, repeated: set[str]) -> bool:
        """Fillers, signs that only connect, the metric's word said twice, and "bình quân" beside a ratio."""
        ratios = all(self._model.metrics[name].is_ratio for name in self._draft.metrics)
        if chunk.is_sign(Sign.NOT):
            return False  # "ko" is a filler only where it denies nothing
        averaging = ratios and chunk.is_sign(Sign.PER, Sign.AVERAGE, Sign.COMPARE)
        return averaging or bool(chunk.of(Kind.FILLER)) or chunk.is_sign(*_HARMLESS) or self._names(chunk, repeated)

    def _says_more(self, index: int) -> bool:
        """A phrase used only for the term it begins with ("thí sinh tự do") whose value nobody applied."""
        chunk = self._parsed.chunks[index]
        partly = any(self._only_partly(chunk, name) for name in self._draft.metrics)
        grouped = any(item.name in self._draft.by for item in chunk.of(Kind.DIMENSION))
        return partly and not (grouped or index in self._draft.filtering or chunk.of(Kind.SIGN, Kind.NUMBER))

    def _only_partly(self, chunk: Chunk, metric: str) -> bool:
        """Whether a metric is named by nothing but the first word of a longer phrase: "lớp mẫu giáo độc lập"."""
        terms = [item for item in chunk.of(Kind.TERM) if item.name in self._vocabulary.terms_in(metric)]
        if not terms or not all(item.values == PART for item in terms):
            return False
        names = {item.name for item in terms}
        whole = (item for one in self._parsed.chunks for item in one.of(Kind.TERM) if item.values != PART)
        return not any(item.name in names for item in whole)

    def _names(self, chunk: Chunk, terms: set[str]) -> bool:
        return any(item.name in terms and item.values != PART for item in chunk.of(Kind.TERM))

    def _is_implied(self, index: int, implied: frozenset[str]) -> bool:
        """A word that adds nothing to the metric; what is counted itself ("bao nhiêu trường") always does."""
        said = {item.name for item in self._parsed.chunks[index].of(Kind.TERM, Kind.SIGN)}
        if said & self._denominator and self._parsed.is_below(index):
            return True
        names = said & implied
        return bool(names) and (
            not self._parsed.heads(index) or names <= self._vocabulary.light or self._is_rate_of(index)
        )

    def _is_rate_of(self, index: int) -> bool:
        """In "tỷ lệ trẻ 5 tuổi ra lớp" the word after "tỷ lệ" is part of the rate's name."""
        before = self._parsed.near(index, -1)
        ratios = all(self._model.metrics[name].is_ratio for name in self._draft.metrics)
        return ratios and before is not None and self._parsed.chunks[before].is_sign(Sign.RATIO)

    def _national(self, index: int) -> None:
        """The word "cả nước" beside a province would be a second figure nobody can read from one."""
        if any(not one.negated for name, one in self._draft.chosen.items() if name in (PROVINCE, REGION)):
            self._draft.unexplained.append(index)
        else:
            self._draft.national = True
