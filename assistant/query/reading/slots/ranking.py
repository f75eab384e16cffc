"""Rankings: "top 5", "cao nhất", "mỗi vùng tỉnh nào nhiều nhất", "đứng thứ mấy"; groups that have any, or none."""

from collections.abc import Mapping

from assistant.query.reading.recognition import SINGLE_OUT
from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.tokens import shadow
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.request import TIME, Comparison, Having, Operator, Order
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.query.semantics.places import NEW_MAP, OLD_MAP

DEFAULT_TOP = 5
_HOW_MANY = ("bao nhieu", "co bao nhieu", "bn", "may", "la bao nhieu", "tong so", "tong cong")
_MAP_SIZES = {63: OLD_MAP, 34: NEW_MAP}


def fill_order(model: SemanticModel, parsed: Parsed, draft: Draft, *, counts: Mapping[str, int]) -> None:
    """Superlatives, "top k", sorting, and the rank of a place."""
    _Ranking(model, parsed, draft, counts).run()


class _Ranking:
    def __init__(self, model: SemanticModel, parsed: Parsed, draft: Draft, counts: Mapping[str, int]) -> None:
        self._model, self._parsed, self._draft = model, parsed, draft
        self._counts = dict(counts)

    def run(self) -> None:
        draft = self._draft
        if self._rank():
            return
        down, up = self._superlatives()
        top = self._top()
        if down or up or top is not None:
            self._rank_groups(descending=not up or down, both=down and up, top=top)
        else:
            self._sorted()
            self._every_group()
        if draft.count_of is not None and not draft.having:
            self._at_least_one()
        if draft.count_of is not None and self._find(Sign.LIST):
            draft.count_of = None  # "bao nhiêu tỉnh …, kể tên": the names are asked for, and can be counted

    def _find(self, *signs: Sign) -> list[int]:
        return [
            index
            for index, chunk in enumerate(self._parsed.chunks)
            if index not in self._draft.used and chunk.is_sign(*signs)
        ]

    def _rank(self) -> bool:
        """As in "Nghệ An đứng thứ mấy": every province in order, and one of them looked for."""
        found = self._find(Sign.RANK)
        place = self._draft.chosen.get(PROVINCE)
        if not found or place is None or place.mentions != 1:
            return False
        self._draft.used.update([*found, *self._find(Sign.SORT, Sign.NATIONAL)])
        self._draft.rank = True
        self._draft.group_by(PROVINCE)
        self._draft.order = Order(self._draft.metrics[0], descending=not self._find(Sign.LOW))
        return True

    def _superlatives(self) -> tuple[bool, bool]:
        highest, lowest, most = self._find(Sign.HIGHEST), self._find(Sign.LOWEST), self._find(Sign.MOST)
        highs, lows = self._find(Sign.HIGH), self._find(Sign.LOW)
        self._draft.used.update([*highest, *lowest, *most])
        if highest or lowest or most:
            self._draft.used.update(self._find(Sign.DESCENDING, Sign.ASCENDING))
        self._draft.used.update([*(highs if highest else ()), *(lows if lowest else ())])
        down, up = bool(highest), bool(lowest)
        for at in most:
            direction = max((index for index in (*highs, *lows) if index < at), default=None)
            down, up = down or direction not in lows, up or direction in lows
        if most:
            self._draft.used.update([*highs, *lows])
        return down, up

    def _top(self) -> int | None:
        """The k of "top k" or "k tỉnh … nhất"."""
        for at in self._find(Sign.TOP):
            number = self._parsed.near(at, 1)
            if number is not None and self._parsed.chunks[number].of(Kind.NUMBER):
                self._draft.used.update([at, number])
                return int(float(self._parsed.chunks[number].of(Kind.NUMBER)[0].name))
        return None

    def _rank_groups(self, *, descending: bool, both: bool, top: int | None) -> None:
        draft = self._draft
        groups = [name for name in draft.by if name != TIME] or list(draft.by)
        if not groups:
            draft.penalty += 0.5
            draft.wants = draft.wants or "group"
            return
        change = draft.compare is Comparison.GROWTH or bool(self._find(Sign.GROWTH, Sign.RISE, Sign.FALL))
        falls = bool(self._find(Sign.FALL)) and not self._find(Sign.RISE)
        draft.order = Order(draft.metrics[0], descending=descending and not falls, by_change=change)
        said = top if top is not None else next((self._counts[name] for name in groups if name in self._counts), None)
        draft.within = self._within(groups)
        draft.whole = self._asks_for_the_whole(groups)
        if both:
            return
        draft.limit = said if said is not None else self._default_limit(groups)

    def _asks_for_the_whole(self, groups: list[str]) -> bool:
        """As in "có bao nhiêu học sinh, tỉnh nào nhiều nhất": two questions, the first of the total."""
        chunks, draft = self._parsed.chunks, self._draft
        which = [
            index
            for index, chunk in enumerate(chunks)
            if any(item.name in groups for item in chunk.of(Kind.DIMENSION)) and index in draft.used
        ]
        ratio = any(self._model.metrics[name].is_ratio for name in draft.metrics)
        if ratio or len(draft.metrics) > 1 or len(groups) != 1 or not which or draft.share or draft.compare:
            return False
        asked = [
            at for at in range(which[0]) if chunks[at].is_sign(Sign.COUNT) and shadow(chunks[at].text) in _HOW_MANY
        ]
        parted = any(chunks[at].text in {",", ";", "?", "."} or chunks[at].is_sign(Sign.AND) for at in range(which[0]))
        return bool(asked) and parted

    def _within(self, groups: list[str]) -> str | None:
        """As in "mỗi vùng tỉnh nào nhiều nhất": the first of two groups is singled out, the second ranked."""
        if len(groups) != 2:
            return None
        for index, chunk in enumerate(self._parsed.chunks):
            after = self._parsed.near(index, 1)
            if chunk.text in SINGLE_OUT and after is not None:
                named = {item.name for item in self._parsed.chunks[after].of(Kind.DIMENSION)} & set(groups)
                if named:
                    return next(iter(named))
        return None

    def _default_limit(self, groups: list[str]) -> int:
        """One for "tỉnh nào … nhất", a few for "những tỉnh nào … nhất"."""
        plural = any(self._is_plural(index) for index in range(len(self._parsed.chunks)))
        if plural:
            self._draft.defaults.append("limit")
        return DEFAULT_TOP if plural else 1

    def _is_plural(self, index: int) -> bool:
        """As in "các tỉnh", "những tỉnh"; not "mỗi", "từng"."""
        after = self._parsed.near(index, 1)
        grouped = after is not None and any(
            item.name in self._draft.by for item in self._parsed.chunks[after].of(Kind.DIMENSION)
        )
        return grouped and self._parsed.chunks[index].text in ("các", "những", "cac", "nhung")

    def _sorted(self) -> None:
        down, up = self._find(Sign.DESCENDING), self._find(Sign.ASCENDING)
        sort, high = self._find(Sign.SORT), self._find(Sign.HIGH, Sign.LOW)
        if not any(name != TIME for name in self._draft.by):
            return
        if down or up or sort or high:
            falling = not up and not self._find(Sign.LOW)
            self._draft.order = Order(self._draft.metrics[0], descending=falling)
            self._draft.used.update([*down, *up, *sort, *high])

    def _every_group(self) -> None:
        """Words as "theo 63 tỉnh" name a map; "tỉnh nào chưa nộp" asks for those that have any."""
        for name, count in self._counts.items():
            if name == PROVINCE and count in _MAP_SIZES:
                self._draft.map_version = _MAP_SIZES[count]
            elif name == PROVINCE or count > len(self._known(name)):
                self._draft.penalty += 1
        asked = (self._draft.which - {TIME} and not self._counts_each()) or self._lists_the_missing()
        if asked and not self._draft.having and self._draft.order is None:
            self._at_least_one()

    def _counts_each(self) -> bool:
        """As in "vì những lý do gì, mỗi lý do bao nhiêu em": every group is shown, the small ones too."""
        chunks = self._parsed.chunks
        named = [
            at
            for at, one in enumerate(chunks)
            if any(item.name in self._draft.which for item in one.of(Kind.DIMENSION))
        ]
        each = any(chunks[at - 1].text in SINGLE_OUT for at in named if at)
        return each and any(one.is_sign(Sign.COUNT) and shadow(one.text) in _HOW_MANY for one in chunks)

    def _lists_the_missing(self) -> bool:
        """As in "danh sách các tỉnh chưa gửi": only those that have something missing are asked for."""
        chunks = self._parsed.chunks
        denied = any(item.name.startswith("chưa") for at in self._draft.used for item in chunks[at].of(Kind.TERM))
        return denied and any(one.is_sign(Sign.LIST) for one in chunks) and any(name != TIME for name in self._draft.by)

    def _known(self, name: str) -> set[str]:
        dimension = self._model.dimensions[name]
        return set(dimension.values) or {str(number) for number in range(8)}

    def _at_least_one(self) -> None:
        metric = self._model.metrics[self._draft.metrics[0]]
        if metric.is_ratio or len(self._draft.metrics) > 1:
            return
        none = next((index for index in self._find(Sign.NOT) if self._denies(index)), None)
        if none is None:
            self._draft.having.append(Having(metric.name, Operator.MORE, 0))
            return
        # Groups without a single row are found as those where nothing is a part of something.
        self._draft.used.add(none)
        self._draft.share = {name for name in self._draft.chosen if name not in (PROVINCE, REGION)}
        self._draft.having.append(Having(metric.name, Operator.EQUAL, 0))

    def _denies(self, index: int) -> bool:
        """As in "không có trường tư thục": what is denied is what is counted."""
        after = self._parsed.near(index, 1)
        return after is not None and after in self._draft.used and bool(self._parsed.chunks[after].of(Kind.TERM))
