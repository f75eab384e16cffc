"""Which: the values a question names, and those it leaves out, for one choice of metrics."""

from collections.abc import Sequence, Set

from assistant.query.reading.slots.draft import Chosen, Draft
from assistant.query.reading.words.lexicon import Item, Kind
from assistant.query.reading.words.matcher import Chunk
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.tokens import canonical, shadow
from assistant.query.reading.words.vocabulary import Sign
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel

PERIOD = "period"
_END_OF_YEAR = "CN"
_ALSO = ("tính cả", "kể cả", "gồm cả", "bao gồm cả", "tính luôn", "luôn cả", "tính thêm", "cộng cả", "có cả", "thêm cả")
_ALSO_WORDS = frozenset({*_ALSO, *map(shadow, _ALSO)})
_DENYING = ("chua", "khong", "ko")
_FARTHEST_NOT = 3
_MAKES_UP = ("chiem", "dong gop")
"""What stands before is the part, what follows the whole: "Tây Nguyên chiếm bao nhiêu phần trăm học sinh THPT"."""
_AREAS = ("vùng", "khu vực", "địa bàn", "miền", "vung", "khu vuc", "dia ban", "mien")


def fill_values(model: SemanticModel, parsed: Parsed, draft: Draft, allowed: Set[str]) -> None:
    """Take every value one of the allowed dimensions knows."""
    _Values(model, parsed, draft, allowed).run()


class _Values:
    def __init__(self, model: SemanticModel, parsed: Parsed, draft: Draft, allowed: Set[str]) -> None:
        self._model, self._parsed, self._draft, self._allowed = model, parsed, draft, allowed
        self._left_out: set[int] = set()

    def run(self) -> None:
        for index, chunk in enumerate(self._parsed.chunks):
            if self._is_strange(chunk) or self._is_grouped_by(index):
                continue
            if self._goes_without_saying(chunk):
                self._draft.used.add(index)
                self._choose_wider(index, chunk)
                continue
            items = [item for item in chunk.of(Kind.VALUE) if self._is_allowed(item)]
            if not items or (index in self._draft.used and not _still_filters(items)):
                continue
            if len({item.name for item in items}) > 1:
                self._draft.penalty += 0.05
            self._take(index, items[0])
        for chunk in self._parsed.chunks:
            self._complete(chunk)
        self._imply()
        self._only_added()
        self._only_parts()
        for name, chosen in self._draft.chosen.items():
            known = self._model.dimensions[name]
            if (known.attribute or known.achievement) and not set(chosen.values) & set(chosen.excluded):
                self._forget_exclusions(chosen)
        if any(chosen.contradicts for chosen in self._draft.chosen.values()):
            self._draft.unexplained += sorted(self._left_out)
        self._draft.unexplained += self._apart()

    def _only_parts(self) -> None:
        """As in "Lâm Đồng hiện nay, gồm cả Bình Thuận và Đắk Nông": former provinces as part of a present one."""
        chosen, chunks = self._draft.chosen.get(PROVINCE), self._parsed.chunks
        if chosen is None or chosen.excluded or "new" not in chosen.wishes:
            return
        places = self._model.places
        parts = [one for one in chosen.values if places.provinces[one].new is None]
        whole = [one for one in chosen.values if one not in parts]
        added = any(shadow(chunk.text).split(" ")[0] in ("gom", "bao", "ke", "tinh") for chunk in chunks)
        if parts and added and all(places.successor(one) in whole for one in parts):
            chosen.values, chosen.mentions, chosen.wishes = whole, len(whole), {"new"}

    def _forget_exclusions(self, chosen: Chosen) -> None:
        """As in "hợp đồng (không thuộc biên chế)": who is the one is not the other."""
        if chosen.values and chosen.excluded:
            chosen.excluded, chosen.mentions = [], max(1, chosen.mentions - 1)

    def _only_added(self) -> None:
        """As in "tính cả mầm non": the value joins those counted anyway, it is no filter of its own."""
        chunks = self._parsed.chunks
        for name, chosen in list(self._draft.chosen.items()):
            if name in (PROVINCE, REGION) or chosen.excluded:
                continue
            said = [at for at in self._draft.filtering if any(one.name == name for one in chunks[at].of(Kind.VALUE))]
            if not said or not all(at and chunks[at - 1].text in _ALSO_WORDS for at in said):
                continue
            defaults = [set(self._model.metrics[one].edu.default.get(name, ())) for one in self._draft.metrics]
            if all(defaults):
                chosen.values = sorted(set().union(*defaults, chosen.values))
                chosen.mentions = 1
            else:
                del self._draft.chosen[name]

    def _is_grouped_by(self, index: int) -> bool:
        """As in "theo Internet": the name of what somebody has or has not, after "theo"."""
        before = self._parsed.near(index, -1)
        chunk = self._parsed.chunks[index]
        by = before is not None and self._parsed.chunks[before].is_sign(Sign.BY)
        names = {item.name for item in chunk.of(Kind.DIMENSION)}
        return by and any(item.name in names and item.values == ("CO",) for item in chunk.of(Kind.VALUE))

    def _imply(self) -> None:
        """What a term says of who is counted: "trẻ bán trú" are no pupils."""
        said = {item.name for chunk in self._parsed.chunks for item in chunk.of(Kind.TERM)}
        for term, values in self._model.words.implies.items():
            for name, key in values.items() if term in said else ():
                codes = set(self._model.dimensions[name].codes(key))
                defaults = [set(self._model.metrics[one].edu.default.get(name, ())) for one in self._draft.metrics]
                if (
                    name in self._allowed
                    and name not in self._draft.chosen
                    and all(one and not one & codes for one in defaults)
                ):
                    self._draft.chosen[name] = Chosen(sorted(codes), mentions=1)

    def _apart(self) -> list[int]:
        """Values that exclude each other: "học sinh lớp 9 vào trung học phổ thông" is no class of that level."""
        found: list[int] = []
        for index in sorted(self._draft.filtering):
            for item in self._parsed.chunks[index].of(Kind.VALUE):
                mine = self._draft.chosen.get(item.name)
                if mine is None or item.name in (PROVINCE, REGION) or mine.excluded:
                    continue
                for wider, codes in self._model.dimensions[item.name].values[item.values[0]].within.items():
                    said = self._draft.chosen.get(wider)
                    if said is not None and not said.excluded and not set(said.kept) & set(codes):
                        found.append(index)
        return found

    def _complete(self, chunk: Chunk) -> None:
        """A dimension said as values opens a list: "công lập, tư thục" and then "dân lập"."""
        for item in chunk.of(Kind.DIMENSION):
            chosen = self._draft.chosen.get(item.name)
            if chosen is None or chosen.negated:
                continue
            text = f" {shadow(chunk.text)} "
            listed = [
                code
                for key, value in self._model.dimensions[item.name].values.items()
                if f" {shadow(canonical(value.label))} " in text
                for code in self._model.dimensions[item.name].codes(key)
            ]
            if len(listed) > 1:
                chosen.values += [code for code in listed if code not in chosen.values]
                chosen.mentions += len(listed)

    def _is_strange(self, chunk: Chunk) -> bool:
        """Whether the metric's population lacks this value: "tiểu học" under whatever dimension is not preschool's."""
        values = [(item, self._model.dimensions[item.name]) for item in chunk.of(Kind.VALUE)]
        for name in self._draft.metrics:
            population = self._model.metrics[name].edu.population
            for item, dimension in values:
                known = population.get(item.name)
                if known is not None and not {c for key in item.values for c in dimension.codes(key)} <= set(known):
                    return True
        return False

    def _goes_without_saying(self, chunk: Chunk) -> bool:
        """As "công lập" of a shortage that is counted in public schools only."""
        if self._is_when_it_is_known(chunk):
            return True
        always = [self._model.metrics[name].edu.always for name in self._draft.metrics]
        return any(
            all(
                set(self._model.dimensions[item.name].codes(item.values[0])) <= set(one.get(item.name, ()))
                for one in always
            )
            for item in chunk.of(Kind.VALUE)
            if item.name in self._model.dimensions and self._model.dimensions[item.name].values
        )

    def _choose_wider(self, index: int, chunk: Chunk) -> None:
        """As in "trẻ 5 tuổi hoàn thành chương trình": who is five is of preschools."""
        for item in chunk.of(Kind.VALUE):
            value = self._model.dimensions[item.name].values.get(item.values[0])
            for wider, codes in value.within.items() if value is not None else ():
                if wider in self._allowed and item.name not in self._allowed:
                    implied = Chosen(list(codes), mentions=1, after_of=self._follows_of(index))
                    self._draft.chosen.setdefault(wider, implied)

    def _is_when_it_is_known(self, chunk: Chunk) -> bool:
        """As "cuối năm" of results that exist only then."""
        times = [self._model.time_of(name) for name in self._draft.metrics]
        closing = all(time is not None and time.closes == "end" for time in times)
        return closing and any(item.name == PERIOD and item.values == (_END_OF_YEAR,) for item in chunk.of(Kind.VALUE))

    def _is_allowed(self, item: Item) -> bool:
        return item.name in self._allowed

    def _take(self, index: int, item: Item) -> None:
        chosen = self._draft.chosen.setdefault(item.name, Chosen())
        before = self._parsed.near(index, -1)
        into = chosen.excluded if self._is_left_out(index, before, item.name) else chosen.values
        named = before
        if before is not None and shadow(self._parsed.chunks[before].text) == "tu":
            named = self._parsed.near(before, -1)  # "chứng chỉ từ bậc 4 trở lên"
        if named is not None and self._absorbs(named, item.name):
            self._draft.used.add(named)
        if item.name == PROVINCE:
            into.append(item.values[0])
            chosen.wishes.update(item.values[1:])
        elif item.name == REGION:
            into.append(item.values[0])
        else:
            codes = self._codes(index, item)
            if into and set(codes) <= set(into) and set(into) <= set(codes):
                chosen.mentions -= 1  # "đã duyệt, khóa sổ" says one value twice
            elif self._narrows(index, before, into, codes):
                chosen.mentions = 0
                into[:] = list(codes) if len(codes) < len(into) else into
            else:
                into += codes
        chosen.mentions += 1
        chosen.after_of |= self._follows_of(index)
        self._draft.filtering.add(index)
        self._draft.used.add(index)

    def _narrows(self, index: int, before: int | None, said: Sequence[str], codes: Sequence[str]) -> bool:
        """Said twice, once closer: "chứng chỉ ngoại ngữ bậc 3 trở lên"; a list ("trung học và THPT") is not that."""
        listed = self._parsed.chunks[index - 1].text in {",", ";"} if index else False
        listed |= before is not None and self._parsed.chunks[before].is_sign(Sign.AND, Sign.COMPARE)
        mine, theirs = set(codes), set(said)
        return bool(said) and not listed and mine != theirs and (mine < theirs or theirs < mine)

    def _is_left_out(self, index: int, before: int | None, dimension: str) -> bool:
        """Right after a word as "trừ", or listed on after such a value: "trừ Hà Nội và TP.HCM"."""
        if before is None:
            return False
        if self._absorbs(before, dimension):
            before = self._parsed.near(before, -1)
            if before is None or not self._parsed.chunks[before].is_sign(Sign.NOT):
                return False
        chunk = self._parsed.chunks[before]
        if dimension == PERIOD and shadow(chunk.text).startswith(_DENYING):
            return False  # "chưa báo cáo đầu năm" denies the report, not its period
        if chunk.is_sign(Sign.NOT) and index - before <= _FARTHEST_NOT + 1:
            self._draft.used.add(before)
            named = self._parsed.near(before, -1)
            if named is not None and dimension not in (PROVINCE, REGION) and self._absorbs(named, dimension):
                self._draft.used.add(named)  # "ở khu vực không phải đô thị"
            self._left_out.add(index)
            return True
        earlier = self._parsed.near(before, -1) if chunk.is_sign(Sign.AND) else before
        same = earlier in self._left_out and any(
            item.name == dimension for item in self._parsed.chunks[earlier or 0].of(Kind.VALUE)
        )
        if same:
            self._left_out.add(index)
        return same

    def _codes(self, index: int, item: Item) -> tuple[str, ...]:
        """The codes of a value, and of those above it in "bậc 3 trở lên"."""
        dimension = self._model.dimensions[item.name]
        after = self._parsed.near(index, 1)
        if after is None or not dimension.ordered:
            return dimension.codes(item.values[0])
        closing = self._parsed.chunks[after]
        if not closing.is_sign(Sign.UPWARDS, Sign.DOWNWARDS):
            return dimension.codes(item.values[0])
        before = self._parsed.near(index, -1)
        self._draft.used.add(after)
        if index and self._parsed.chunks[index - 1].text in ("từ", "tu"):
            self._draft.used.add(index - 1)
        elif before is not None and self._parsed.chunks[before].is_sign(Sign.AT_LEAST, Sign.BETWEEN):
            self._draft.used.add(before)
        return dimension.codes_from(item.values[0], upwards=closing.is_sign(Sign.UPWARDS))

    def _absorbs(self, index: int, dimension: str) -> bool:
        """As in "cấp tiểu học", "môn Toán": a dimension's name before its value; "theo cấp: tiểu học" groups."""
        chunk = self._parsed.chunks[index]
        named = any(item.name == dimension for item in chunk.of(Kind.DIMENSION))
        named |= chunk.text in _AREAS and dimension in ("area", REGION, "macro_region")
        before = self._parsed.near(index, -1)
        return named and not (before is not None and self._parsed.chunks[before].is_sign(Sign.BY))

    def _follows_of(self, index: int) -> bool:
        """Named as the whole of a share: after "trong số", and before the "chiếm" that closes it."""
        chunks = self._parsed.chunks
        if any(chunks[at].is_sign(Sign.SHARE) and shadow(chunks[at].text).startswith(_MAKES_UP) for at in range(index)):
            return True
        of = max((at for at in range(index) if chunks[at].is_sign(Sign.OF)), default=None)
        if of is None:
            return False
        # "Trong số hiệu trưởng thì nữ chiếm …": what stands right before "chiếm" is the part.
        after = self._parsed.near(index, 1)
        return not (after is not None and chunks[after].is_sign(Sign.SHARE)) and not any(
            chunks[at].is_sign(Sign.SHARE) for at in range(of + 1, index)
        )


def _still_filters(items: Sequence[Item]) -> bool:
    """A word by which the metric was recognised may filter it as well: "lớp ghép", "bằng THPT"."""
    return all(item.name not in (PROVINCE, REGION) for item in items)
