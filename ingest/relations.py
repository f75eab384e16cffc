"""Which documents a text amends, replaces, repeals, guides, rests on or cites: edges from the text, with evidence."""

import re
from collections.abc import Iterator, Sequence

from assistant.corpus.document import Relation, RelationKind
from ingest.legal.numbers import Mention, find_numbers
from ingest.legal.quotes import QuoteTracker

_MAX_EVIDENCE = 300
# What counts is what the act itself does: at the start of a sentence, after "… này", or in its title.
_LABEL = r"^(?:Điều\s+\d+[a-zđ]?\s*[.:]\s*|\d+[a-zđ]?\.\s+|[a-zđ]\d?\)\s+|[-–]\s+)*"
_KIND = (
    r"(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Công văn|Quy chế"
    r"|Quy định|Kế hoạch)"
)
_OWN_ACT = rf"{_KIND} này"
_ACT = rf"(?:{_LABEL}(?:{_KIND} )?|{_KIND} này (?:được )?)"
_VERBS = (
    (
        RelationKind.REPEALS,
        re.compile(rf"(?:{_ACT}|{_OWN_ACT}[^.]*?(?:[,;]| và) (?:đồng thời )?)(?:[Bb]ãi bỏ|[Hh]ủy bỏ)(?P<object>.*)$"),
    ),
    (
        RelationKind.REPLACES,
        re.compile(rf"(?:{_ACT}|{_OWN_ACT}[^.]*?(?:[,;]| và) )[Tt]hay thế(?: cho)?(?P<object>.*)$"),
    ),
    (
        RelationKind.AMENDS,
        re.compile(
            rf"{_ACT}(?:[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay (?:thế )?cụm từ|[Đđ]ính chính|Bỏ )"
            r"(?:(?:,| và)? (?:sửa đổi|bổ sung|thay thế|bãi bỏ))*(?P<object>.*)$"
        ),
    ),
    (
        RelationKind.GUIDES,
        re.compile(rf"{_ACT}(?:[Qq]uy định chi tiết|[Hh]ướng dẫn)(?: (?:thi hành|thực hiện))?(?P<object>.*)$"),
    ),
)
_ENDED = re.compile(rf"{_LABEL}(?P<object>.*?)\s*(?:hết|chấm dứt) hiệu lực")
_ENDED_LIST = re.compile(r"(?:hết hiệu lực|bãi bỏ|thay thế)[^.;]*:$", re.IGNORECASE)
# What may stand between the verb (or a list mark) and a number that is meant as a whole.
_WHOLE = re.compile(
    rf"^[\s:“\"]*(?:toàn bộ\s+)?(?:các\s+|văn bản sau\S*\s+)?(?:{_KIND}\s+)?(?:liên tịch\s+)?"
    r"(?:số\s+)?(?:liên tịch\s+)?$",
    re.IGNORECASE,
)
_PLACE = (
    r"(?:điểm\s+[a-zđ]\d?|khoản\s+\d+[a-zđ]?|Điều\s+\d+[a-zđ]?|(?:Chương|Mục|Phần|Phụ lục|Mẫu số)\s+[IVXLC\d]+)(?!\w)"
)
_PART = re.compile(rf"(?:{_PLACE}(?:[\s,;]|và\s)*)+|một số (?:điều|điểm|khoản|nội dung|quy định)|[Cc]ụm từ")
_PHRASE = re.compile(r"[Cc]ụm từ")
_ITEM = re.compile(r"^(?:[a-zđ]\d?\)|[-–])\s")
_DESCRIPTION = re.compile(
    r"(?:sửa đổi|bổ sung|hướng dẫn|quy định|thi hành|ban hành|căn cứ|theo|thực hiện|về)\b", re.IGNORECASE
)
_PART_OF_EACH = re.compile(r"^\s*(?:các |những |một số )?(?:quy định|nội dung|mẫu)\b(?!.*văn bản)")
_LIST_MARK = re.compile(r"[;,:(]| và ")
_EXCEPT = re.compile(r"\btrừ (?:các |trường hợp |quy định |khoản |Điều )|theo lộ trình")
_BASIS = re.compile(r"^\W*Căn cứ\s")


def find_relations(number: str, title: str, lines: Sequence[str]) -> tuple[Relation, ...]:
    """One edge per kind, target and place; a citation only where nothing stronger points at the same document."""
    edges: dict[tuple[RelationKind, str, str], Relation] = {}
    cited: dict[str, Relation] = {}
    for kind, mention, path, evidence in _edges(title, lines):
        if mention.number == number:
            continue
        relation = Relation(kind, mention.number, path, evidence[:_MAX_EVIDENCE])
        if kind is RelationKind.CITES:
            cited.setdefault(mention.number, relation)
        else:
            edges.setdefault((kind, mention.number, path), relation)
    strong = {relation.target_number for relation in edges.values()}
    return (*edges.values(), *(relation for target, relation in cited.items() if target not in strong))


def _edges(title: str, lines: Sequence[str]) -> Iterator[tuple[RelationKind, Mention, str, str]]:
    yield from _sentence_edges(title, "")
    quotes = QuoteTracker()
    announced = ""
    for line in lines:
        if quotes.inside(line):
            # What is quoted belongs to the document that is amended.
            continue
        if _BASIS.match(line):
            yield from ((RelationKind.BASED_ON, mention, "", line) for mention in find_numbers(line))
            continue
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])", line):
            yield from _sentence_edges(sentence, announced if _ITEM.match(line) else "")
        if _ENDED_LIST.search(line):
            announced = line
        elif not _ITEM.match(line):
            announced = ""


def _sentence_edges(sentence: str, announced: str) -> Iterator[tuple[RelationKind, Mention, str, str]]:
    """Edges of one sentence; `announced` is the sentence that opened the list this item belongs to."""
    mentions = list(find_numbers(sentence))
    if not mentions:
        return
    found: dict[int, tuple[RelationKind, str]] = {}
    for kind, pattern in _VERBS:
        match = pattern.search(sentence)
        if match:
            for mention, path in _objects(sentence, match.start("object"), mentions):
                found.setdefault(mention.start, (kind, path))
    ended = _ENDED.match(sentence)
    if ended and not found:
        kind = RelationKind.REPEALS
        found = {m.start: (kind, path) for m, path in _objects(ended["object"], 0, mentions)}
    if announced and not found:
        kind = RelationKind.REPLACES if "thay thế" in announced else RelationKind.REPEALS
        start = re.match(_LABEL, sentence).end()  # type: ignore[union-attr]  # the pattern matches the empty string
        found = {m.start: (kind, path) for m, path in _objects(sentence, start, mentions)}
    partly = "một phần" if _EXCEPT.search(sentence) else ""
    for mention in mentions:
        kind, path = found.get(mention.start, (RelationKind.CITES, ""))
        if kind is not RelationKind.CITES and _PHRASE.search(sentence[: mention.start]):
            # Taking out or exchanging words changes a document; it does not end it.
            kind, path = RelationKind.AMENDS, path or "cụm từ"
        whole_verb = kind in (RelationKind.REPEALS, RelationKind.REPLACES)
        yield kind, mention, path or (partly if whole_verb else ""), sentence


def _objects(text: str, start: int, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
    """The mentions the verb governs, each with the part of it that is meant.

    "bãi bỏ A quy định … và B" governs both; in "bãi bỏ A sửa đổi một số điều của B, C" the title of A names B and C.
    """
    previous, in_title = start, False
    for mention in mentions:
        if mention.start < start or mention.end > len(text):
            continue
        between = text[previous : mention.start]
        first = previous == start
        previous = mention.end
        part = _PART.search(between)
        if in_title:
            # What follows may be listed in the title too: a missed edge does less harm than a wrong one.
            continue
        if first and _PART_OF_EACH.match(between):
            yield mention, "một phần"
        elif part and not _DESCRIPTION.search(between[: part.start()]):
            yield mention, " ".join(part[0].split()).strip(" ,;")
        elif _WHOLE.match(_LIST_MARK.split(between)[-1]):
            yield mention, ""
        elif first and not _DESCRIPTION.search(between):
            yield mention, "một phần"
        else:
            in_title = True
