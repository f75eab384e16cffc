"""The answer in words: every number in it is a cell of the result table, in Vietnamese form, with its unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.query.compiling.columns import Column, Role
from assistant.query.presentation.chips import day_words, dimension_words, time_words
from assistant.query.presentation.suppression import Row, Shown
from assistant.query.reading.building import names_of, share_words
from assistant.query.request import TIME, DataRequest, TimeKind
from assistant.query.semantic_model import PROVINCE, REGION, SemanticModel
from assistant.text import format_number

WITHHELD, MISSING = "ẩn (<{threshold})", "chưa có số liệu"
PERIOD = "period"
_MOST_LISTED = 10
_HEADLINE = (Role.RATIO, Role.PART, Role.CHANGE, Role.MEASURE)
_TIME_LEADS = {TimeKind.SCHOOL_YEAR: "năm học ", TimeKind.YEAR: "năm ", TimeKind.DAY: "tính đến ngày "}


@dataclass(frozen=True, slots=True)
class Narrator:
    """Puts one kind of sentence on each shape of result."""

    model: SemanticModel
    threshold: int

    def tell(self, request: DataRequest, shown: Shown, own: Sequence[str] = ()) -> str:
        """One to a few sentences about the table; `own` are the only places the caller may see."""
        if request.count_of is not None:
            return self._counted(request, shown, own)
        if not shown.rows:
            return f"{self._subject(request, own)}: không có dòng nào thỏa điều kiện hỏi."
        if request.rank_of is not None:
            return self._ranked(request, shown)
        if request.together:
            return self._pooled(request, shown, own)
        if request.whole:
            whole = next(at for at, column in enumerate(shown.columns) if column.role is Role.WHOLE)
            return f"{shown.columns[whole].label}: {self.cell(shown, 0, whole)}. {self._many_rows(request, shown, own)}"
        if len(shown.rows) == 1 and request.limit is None:
            return self._one_row(request, shown, own)
        return self._many_rows(request, shown, own)

    def cell(self, shown: Shown, row: int, column: int) -> str:
        """A cell as people read it."""
        if (row, column) in shown.withheld:
            return WITHHELD.format(threshold=self.threshold)
        return self.value(shown.columns[column], shown.rows[row][column])

    def value(self, column: Column, value: object) -> str:
        if value is None:
            return MISSING
        if isinstance(value, bool) or not isinstance(value, int | float):
            return str(value)
        decimals = column.decimals if column.decimals or not float(value).is_integer() else 0
        number = format_number(round(value, decimals), decimals)
        if column.unit == "%":
            return f"{number}%"
        return f"{number} {column.unit}".strip()

    def _counted(self, request: DataRequest, shown: Shown, own: Sequence[str]) -> str:
        total = self.value(shown.columns[0], shown.rows[0][0]) if shown.rows else MISSING
        name = dimension_words(self.model, request, request.count_of or PROVINCE)
        return f"{self._subject(request, own)}: có {total} {name} thỏa điều kiện hỏi."

    def _ranked(self, request: DataRequest, shown: Shown) -> str:
        label, head = _only(shown.columns, Role.DIMENSION), self._headline(shown.columns)
        row = shown.rows[0]
        if row[head] is None:
            return f"{self._subject(request, ())}: không xếp được thứ hạng vì chưa có số liệu của địa phương được hỏi."
        place, among = row[_only(shown.columns, Role.RANK)], row[_only(shown.columns, Role.OUT_OF)]
        order = "từ cao xuống thấp" if request.order is None or request.order.descending else "từ thấp lên cao"
        return (
            f"{self._subject(request, ())}: {row[label]} đứng thứ {place} trên {among} "
            f"tỉnh, thành phố ({order}), với {self.cell(shown, 0, head)}."
        )

    def _pooled(self, request: DataRequest, shown: Shown, own: Sequence[str]) -> str:
        part, whole, rate = (self.cell(shown, 0, at) for at in range(3))
        which = "cao nhất" if request.order is None or request.order.descending else "thấp nhất"
        groups = f"{request.limit} {self._groups(request)} {which}"
        if shown.rows[0][2] is None:
            return f"{self._subject(request, own)}: {groups} có {part}; không rõ tổng vì có nhóm bị ẩn số."
        return f"{self._subject(request, own)}: {groups} có {part}, bằng {rate} của tổng {whole}."

    def _one_row(self, request: DataRequest, shown: Shown, own: Sequence[str]) -> str:
        figures = [at for at, column in enumerate(shown.columns) if column.role in (*_HEADLINE, Role.CHANGE_RATE)]
        head = self._headline(shown.columns)
        groups = [str(shown.rows[0][at]) for at in _all(shown.columns, Role.DIMENSION) if shown.rows[0][at] is not None]
        where = f" ({', '.join(groups)})" if groups else ""
        first = f"{self._subject(request, own)}{where}: "
        if len(figures) == 1:
            return f"{first}{self.cell(shown, 0, head)}."
        parts = [f"{shown.columns[at].label} {self.cell(shown, 0, at)}" for at in figures]
        return f"{first}{'; '.join(parts)}."

    def _many_rows(self, request: DataRequest, shown: Shown, own: Sequence[str]) -> str:
        head = self._headline(shown.columns)
        known = [index for index, row in enumerate(shown.rows) if row[head] is not None]
        subject = f"{self._subject(request, own)} theo {self._groups(request)}"
        listed = [self._row_words(request, shown, index, head) for index in range(len(shown.rows))]
        if len(listed) <= _MOST_LISTED and (known or request.order is None):
            return f"{subject}: {'; '.join(listed)}."
        if not known:
            hidden = "không xếp được, vì số của các nhóm nhỏ nên không công bố" if shown.withheld else "chưa có số liệu"
            return f"{subject}: {hidden}."
        if len(known) == 1:
            (only,) = known
            words = self._row_words(request, shown, only, head)
            return f"{subject}: {len(shown.rows)} dòng trong bảng, chỉ một dòng có số: {words}."
        top = max(known, key=lambda index: shown.rows[index][head])
        low = min(known, key=lambda index: shown.rows[index][head])
        return (
            f"{subject}: {len(shown.rows)} dòng trong bảng; "
            f"cao nhất là {self._row_words(request, shown, top, head)}, "
            f"thấp nhất là {self._row_words(request, shown, low, head)}."
        )

    def _row_words(self, request: DataRequest, shown: Shown, row: int, head: int) -> str:
        names = [
            self._name(request, shown.columns[at], shown.rows[row][at])
            for at, column in enumerate(shown.columns)
            if column.role in (Role.DIMENSION, Role.TIME)
        ]
        figures = [head]
        if shown.columns[head].role is Role.MEASURE:
            figures = [at for at, column in enumerate(shown.columns) if column.role is Role.MEASURE]
        words = [self.cell(shown, row, at) for at in figures]
        return f"{', '.join(names)} {' và '.join(words)}"

    def _name(self, request: DataRequest, column: Column, value: object) -> str:
        if value is None:
            return "không phân tổ"
        if column.role is Role.TIME and request.time.kind is TimeKind.DAY:
            return day_words(str(value)[:10])
        known = self.model.dimensions.get(column.name)
        return known.label_of(str(value)) if known is not None and known.lookup is None else str(value)

    def _headline(self, columns: Sequence[Column]) -> int:
        return next(at for role in _HEADLINE for at, column in enumerate(columns) if column.role is role)

    def _groups(self, request: DataRequest) -> str:
        return ", ".join(dimension_words(self.model, request, name) for name in request.by)

    def _subject(self, request: DataRequest, own: Sequence[str]) -> str:
        """As in "Số học sinh (Tiểu học) của Nghệ An, năm học 2024-2025"."""
        labels = " và ".join(self.model.metrics[name].edu.label for name in request.metrics[:2])
        if request.share:
            words = ", ".join(share_words(self.model, request))
            labels = f"Tỷ lệ {words} trong {labels[:1].lower()}{labels[1:]}"
        said = [
            ("trừ " if one.negated else "") + ", ".join(names_of(self.model, one, request.map_version))
            for one in request.filters
            if one.dimension not in (PROVINCE, REGION) and not (one.dimension == PERIOD and PERIOD in request.defaults)
        ]
        filters = f" ({'; '.join(said)})" if said else ""
        when = ""
        if request.time.kind is not None and TIME not in request.by and request.time.points:
            when = f", {_TIME_LEADS[request.time.kind]}{time_words(request)}"
        return f"{labels}{filters}{self._where(request, own)}{when}"

    def _where(self, request: DataRequest, own: Sequence[str]) -> str:
        placed = [one for one in request.filters if one.dimension in (PROVINCE, REGION)]
        if placed and not any(one.dimension in request.by for one in placed):
            said = [", ".join(names_of(self.model, one, request.map_version)) for one in placed if not one.negated]
            without = [", ".join(names_of(self.model, one, request.map_version)) for one in placed if one.negated]
            kept = f" của {', '.join(said)}" if said else ", cả nước"
            return f"{kept}, trừ {', '.join(without)}" if without else kept
        if own:
            return f" trong phạm vi {', '.join(own)}"
        return "" if placed or {PROVINCE, REGION} & set(request.by) else ", cả nước"


def _only(columns: Sequence[Column], role: Role) -> int:
    return next(at for at, column in enumerate(columns) if column.role is role)


def _all(columns: Sequence[Column], role: Role) -> list[int]:
    return [at for at, column in enumerate(columns) if column.role is role]


def display_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(tuple(row) for row in rows)
