"""Addresses as acts write them: "điểm c và điểm d khoản 2 Điều 6, Điều 74" → places, each with all its parents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from assistant.corpus.law.amendment import Part, Place
from ingest.legal.numbers import NUMBER, normal_number

_END = (
    r"(?=\s*(?:[,;.:()⟦]|$|(?:và|hoặc|của|tại|khoản|điều|mục|chương|phần|luật|bộ luật|nghị|thông|quy|quyết|điều lệ|pháp"
    r"|như|này|ban hành|vào|sau|trước|trên|thành|bằng|được|có|hết|thuộc|trong|đã|theo|cho|phụ|mẫu)(?!\w)))"
)
_POINT = r"[a-zđ]\d{0,2}"
_NUMBER_LABEL = r"\d{1,3}[a-zđ]?\d?"
_TOKENS = re.compile(
    rf"""(?<!\w)(?:
      (?P<heading>(?:tên|tiêu\ đề)(?:\ (?:của\ )?(?:điều|chương|mục|khoản)(?=\s*(?:,|và|;|$)))?(?!\w))
    | (?P<lead>(?:đoạn|câu|phần|khổ)\ (?:mở\ đầu|đầu|dẫn|dẫn\ nhập|thứ\ nhất)(?!\w))
    | (?P<other>(?:gạch\ đầu\ dòng|ghi\ chú|mặt\ sau|mặt\ trước)(?!\w)(?:\ (?:thứ\ )?\w+)?
        |(?<!giai\ )(?:đoạn|câu|khổ|tiết|dòng|cột|số\ thứ\ tự)\ (?:thứ\ \w+|cuối|\d+)(?!\w))
    | (?P<range>(?:điều|khoản)\s+(?:từ\s+)?(?:(?:điều|khoản)\s+)?\d{{1,3}}\s+đến\s+(?:hết\s+)?(?:(?:điều|khoản)\s+)?
        \d{{1,3}}(?!\w))
    | điểm\s+(?P<point>{_POINT}(?!\w)(?:\s*(?:,|và|,\s*và)\s*{_POINT}(?!\w){_END})*)
    | khoản\s+(?P<clause>{_NUMBER_LABEL}(?!\w)(?:\s*(?:,|và|,\s*và)\s*{_NUMBER_LABEL}(?!\w){_END})*)
    | (?P<article_word>điều)\s+(?P<article>{_NUMBER_LABEL}(?!\w)(?:\s*(?:,|và|,\s*và)\s*{_NUMBER_LABEL}(?!\w){_END})*)
    | (?P<group>(?:tiểu\ mục|mục|chương|phần|phụ\ lục|mẫu\ số|mẫu|biểu)\s+(?:số\s+)?
        (?:thứ\s+\w+|[IVXLC]+[a-zđ]?|\d+\w*(?:\.\w+)*)(?!\w)
        |phụ\ lục(?!\w))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SCOPE = re.compile(
    r"(?:của|tại|trong)?\s*(?P<scope>Quy chế|Quy định|Điều lệ|Nội quy|Chương trình|Chuẩn|Tiêu chuẩn|Danh mục|Quy trình"
    r"|Hướng dẫn|Kế hoạch|Đề án|Khung)(?!\w)(?! (?:chi tiết|này|tại|của))"
)
_JOINED = re.compile(r"^\s*(?:,\s*)?(?:của\s+|thuộc\s+|tại\s+|trong\s+)?(?:các\s+)?$")
_TO_DOCUMENT = re.compile(
    r"^\s*(?:này\s+)?(?:của\s+|tại\s+)?(?:[^,;.⟦]*?\b(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư"
    r"|Thông tư liên tịch|Chỉ thị)\s+(?:liên tịch\s+)?(?:số\s+)?|.*\bban hành kèm theo\s+[^,;⟦]*?(?:số\s+)?)$",
    re.DOTALL,
)
_MAX_RANGE = 80
_RANK = {"heading": 4, "lead": 4, "other": 4, "point": 3, "clause": 2, "article": 1, "group": 1, "document": 0}


class Unit(NamedTuple):
    kind: str
    label: str


@dataclass(slots=True)
class _Chain:
    """Units written one inside the other, innermost first."""

    units: list[Unit] = field(default_factory=list)
    scope: str = ""
    start: int = 0
    end: int = 0

    def outermost(self) -> int:
        return min(_RANK[unit.kind] for unit in self.units)

    def get(self, kind: str) -> str:
        return next((unit.label for unit in self.units if unit.kind == kind), "")


class Located(NamedTuple):
    """A place with the number of its act where the text names it, and where it stands in the text."""

    place: Place
    number: str
    start: int
    end: int


def find_places(text: str) -> list[Located]:
    """Every address in `text`, in order. Units that share a parent written once at the end all get it."""
    chains = _chains(text)
    for before, after in zip(reversed(chains[:-1]), reversed(chains[1:]), strict=True):
        _inherit(before, after)
    located = [_located(chain) for chain in chains if any(unit.kind != "document" for unit in chain.units)]
    if any(each.place.part is Part.OTHER for each in located):
        # "mặt sau mẫu giấy chứng nhận, Phụ lục II": the appendix only says where the part is.
        located = [each for each in located if each.place.part is Part.OTHER or each.place.article or each.place.clause]
    return located


def merged(place: Place, context: Place) -> Place:
    """`place` with the parents it does not name itself taken from the heading above it."""
    if place.article or (place.group and not (place.clause or place.point)):
        return replace(place, scope=place.scope or context.scope)
    if not (place.clause or place.point or place.part or place == Place(scope=place.scope)):
        return place
    clause = place.clause or (context.clause if place.point or place.part else "")
    point = place.point or (context.point if place.part and not place.clause else "")
    group = place.group or context.group
    return replace(
        place, article=context.article, clause=clause, point=point, group=group, scope=place.scope or context.scope
    )


def _chains(text: str) -> list[_Chain]:
    found: list[_Chain] = []
    shared: list[Unit] = []
    last_end, shared_by = 0, -1
    for kind, label, start, end, written in _tokens(text):
        gap = text[last_end:start]
        current = found[-1] if found else None
        if current is not None and _continues(current, kind, gap):
            if kind == "article" and "các" in gap:
                # "khoản 1 các điều 134, 135": the clause is that of each article.
                shared, shared_by = list(current.units), written
            current.units.append(Unit(kind, label))
            current.end = end
        else:
            current = _Chain([*(shared if written == shared_by else ()), Unit(kind, label)], start=start, end=end)
            found.append(current)
        scope = _SCOPE.search(gap) if kind == "document" else None
        if scope and current.units[0].kind != "document":
            current.scope = scope["scope"]
        last_end = end
    ends = [*(chain.start for chain in found[1:]), len(text)]
    for chain, end in zip(found, ends, strict=False):
        after = text[chain.end : end]
        scope = _SCOPE.match(after.lstrip(" ,"))
        if scope and not chain.scope:
            chain.scope = scope["scope"]
    return found


def _continues(chain: _Chain, kind: str, gap: str) -> bool:
    if kind == "document":
        return bool(_TO_DOCUMENT.match(gap)) and chain.outermost() > 0
    outer = _RANK[kind] < chain.outermost() or (kind == "group" and chain.units[-1].kind in ("group", "article"))
    if not outer or not _JOINED.match(gap):
        return False
    # "điểm c, khoản 3 Điều 9" is one address; "khoản 1, Điều 9" two.
    return "," not in gap or (chain.units[-1].kind == "point" and kind == "clause")


def _tokens(text: str) -> Iterator[tuple[str, str, int, int, int]]:
    """(kind, label, start, end, where the words begin that it shares with others) of every unit and act."""
    spans = [("document", normal_number(m[0]), m.start(), m.end(), m.start()) for m in NUMBER.finditer(text)]
    taken = [(start, end) for _, _, start, end, _ in spans]
    for match in _TOKENS.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        kind = match.lastgroup if match.lastgroup != "article_word" else "article"
        assert kind is not None  # the pattern is an alternation of named groups
        if kind in ("heading", "lead", "other"):
            spans.append((kind, match[0], match.start(), match.end(), match.start()))
            continue
        if kind == "group":
            spans.append((kind, " ".join(match[0].split()), match.start(), match.end(), match.start()))
            continue
        kind, labels = _labels(kind, match)
        for place, label in enumerate(labels):
            # Labels after the first stand for units of their own; the last one is beside what follows.
            start = match.start() if place == 0 else match.end() - 1
            end = match.start() if place < len(labels) - 1 else match.end()
            spans.append((kind, label.lower(), start, end, match.start()))
    return iter(sorted(spans, key=lambda each: each[2]))


def _labels(kind: str, match: re.Match[str]) -> tuple[str, list[str]]:
    """ "Điều 4, 5 và 6" and "từ Điều 4 đến Điều 6" name three units each."""
    if kind != "range":
        return kind, re.findall(r"[\wđ]+", re.sub(r"(?<!\w)và(?!\w)", " ", match[kind]))
    first, last = (int(number) for number in re.findall(r"\d+", match[kind]))
    numbers = range(first, last + 1) if first < last <= first + _MAX_RANGE else (first, last)
    return "article" if match[kind].lower().startswith("điều") else "clause", [str(number) for number in numbers]


def _inherit(before: _Chain, after: _Chain) -> None:
    """Take from the next address the parents this one does not name."""
    own = before.outermost()
    if own <= 0:
        return
    article_level = before.units[0].kind == "heading" and len(before.units) == 1
    for unit in after.units:
        rank = _RANK[unit.kind]
        if rank < own and (not article_level or rank <= 1):
            before.units.append(unit)
    if not before.scope and not any(unit.kind == "document" and unit not in after.units for unit in before.units):
        before.scope = after.scope


def _located(chain: _Chain) -> Located:
    groups = [unit.label for unit in chain.units if unit.kind == "group"]
    part = next((unit.kind for unit in chain.units if unit.kind in ("heading", "lead", "other")), "")
    place = Place(
        article=chain.get("article"),
        clause=chain.get("clause"),
        point=chain.get("point"),
        group=" ".join(groups),
        scope=chain.scope,
        part=Part(part),
    )
    return Located(place, chain.get("document"), chain.start, chain.end)
