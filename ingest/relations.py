"""Which documents a text amends, replaces, repeals, guides, rests on or cites: edges from the text, with evidence."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from assistant.corpus.document import Document, Provision, Relation, RelationKind
from assistant.corpus.law.amendment import Amendment, OperationKind
from ingest.law.reading.places import find_places
from ingest.law.reading.targets import dated_acts
from ingest.legal.numbers import find_numbers
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
    (RelationKind.SUSPENDS, re.compile(rf"{_ACT}(?:[Tt]ạm n|[Nn])gưng hiệu lực(?: thi hành)?(?P<object>.*)$")),
    (RelationKind.CORRECTS, re.compile(rf"{_ACT}[Đđ]ính chính(?P<object>.*)$")),
    (
        RelationKind.AMENDS,
        re.compile(
            rf"{_ACT}(?:[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay (?:thế )?cụm từ|Bỏ )"
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
_BASIS_LIST = re.compile(r"^\W*Căn cứ(?: pháp l\w+| ban hành)?\s*:?\s*$")
_BASIS_NAME = re.compile(
    r"^\W*Căn cứ\s+(?:vào\s+)?(?P<name>(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh)\s[^,;.\n]{3,160})[;,.]?\s*$"
)
_WEAK = (RelationKind.CITES,)
_KIND_OF_OPERATION = {
    OperationKind.INSERT: RelationKind.INSERTS,
    OperationKind.REPEAL: RelationKind.REPEALS,
    OperationKind.PHRASE: RelationKind.REPLACES_PHRASE,
    OperationKind.SUSPEND: RelationKind.SUSPENDS,
}


def document_relations(document: Document, amendments: Sequence[Amendment]) -> tuple[Relation, ...]:
    """All edges of a document: those its instructions make, to the place they change, and those its sentences say."""
    made = [_of_amendment(each) for each in amendments if each.kind is not OperationKind.UNKNOWN]
    instructing = frozenset(each.source_path for each in made)
    said = _edges(document.title, list(_located_lines(document)))
    return _unique(document.number, [*made, *(each for each in said if not _instructed(each, instructing))])


def find_relations(number: str, title: str, lines: Sequence[str]) -> tuple[Relation, ...]:
    """The edges that the sentences of a text say, without the units they stand in."""
    return _unique(number, list(_edges(title, [("", line) for line in lines])))


def _instructed(relation: Relation, instructing: frozenset[str]) -> bool:
    """An instruction has said this already, and where."""
    changes = relation.kind in (RelationKind.AMENDS, RelationKind.REPEALS, RelationKind.CITES, RelationKind.REPLACES)
    return changes and relation.source_path in instructing and bool(relation.target_path or relation.kind in _WEAK)


def _of_amendment(amendment: Amendment) -> Relation:
    kind = _KIND_OF_OPERATION.get(amendment.kind, RelationKind.AMENDS)
    corrects = amendment.evidence.casefold().startswith("đính chính")
    return Relation(
        RelationKind.CORRECTS if corrects else kind,
        amendment.target_number,
        amendment.place.path or "cụm từ",
        amendment.evidence[:_MAX_EVIDENCE],
        amendment.source_path,
        amendment.target_name if not amendment.target_number else "",
    )


def _located_lines(document: Document) -> Iterator[tuple[str, str]]:
    """Every line with the path of the innermost unit it stands in."""
    units = sorted(document.provisions, key=lambda unit: (unit.start, -unit.end))
    open_units: list[Provision] = []
    place = offset = 0
    for line in document.text.split("\n"):
        while place < len(units) and units[place].start <= offset:
            open_units.append(units[place])
            place += 1
        while open_units and open_units[-1].end <= offset and open_units[-1].end > open_units[-1].start:
            open_units.pop()
        yield (open_units[-1].path if open_units else ""), line
        offset += len(line) + 1


def _unique(number: str, found: Sequence[Relation]) -> tuple[Relation, ...]:
    """One edge per kind, target, place and source; a citation only where its sentence says nothing stronger."""
    edges: dict[tuple[object, ...], Relation] = {}
    strong = {(each.source_path, each.target_number, each.target_name) for each in found if each.kind not in _WEAK}
    for each in found:
        own = each.target_number == number and bool(number)
        weaker = each.kind in _WEAK and (each.source_path, each.target_number, each.target_name) in strong
        if not own and not weaker:
            key = (each.kind, each.target_number, each.target_name, each.target_path, each.source_path)
            edges.setdefault(key, each)
    return tuple(edges.values())


def _edges(title: str, lines: Sequence[tuple[str, str]]) -> Iterator[Relation]:
    yield from _sentence_edges(title, "", "")
    quotes = QuoteTracker()
    announced, basis = "", False
    for path, line in lines:
        if quotes.inside(line):
            # What is quoted belongs to the document that is amended.
            continue
        basis = bool(_BASIS_LIST.match(line)) or (basis and bool(_ITEM.match(line)))
        if _BASIS.match(line) or basis:
            acts = _acts(line) or _bare_act(line)
            yield from (act.relation(RelationKind.BASED_ON, "", line, path) for act in acts)
            continue
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])", line):
            yield from _sentence_edges(sentence, announced if _ITEM.match(line) else "", path)
        if _ENDED_LIST.search(line):
            announced = line
        elif not _ITEM.match(line):
            announced = ""


class _Act(NamedTuple):
    """An act as a sentence names it: by number, or by name and day."""

    number: str
    name: str
    issued_on: date | None
    start: int
    end: int

    def relation(self, kind: RelationKind, path: str, evidence: str, source: str) -> Relation:
        return Relation(kind, self.number, path, evidence[:_MAX_EVIDENCE], source, self.name, self.issued_on)


def _acts(text: str) -> list[_Act]:
    numbered = [_Act(mention.number, "", None, mention.start, mention.end) for mention in find_numbers(text)]
    named = [
        _Act("", act.name, act.issued_on, act.start, act.end)
        for act in dated_acts(text)
        if not any(act.start <= each.start < act.end for each in numbered)
    ]
    return sorted([*numbered, *named], key=lambda act: act.start)


def _bare_act(line: str) -> list[_Act]:
    """ "Căn cứ Luật Tổ chức Chính phủ;": the whole clause is the name."""
    match = _BASIS_NAME.match(line)
    return [_Act("", " ".join(match["name"].split()), None, match.start("name"), match.end("name"))] if match else []


def _sentence_edges(sentence: str, announced: str, source: str) -> Iterator[Relation]:
    """Edges of one sentence; `announced` is the sentence that opened the list this item belongs to."""
    acts = _acts(sentence)
    if not acts:
        return
    found: dict[int, tuple[RelationKind, str]] = {}
    for kind, pattern in _VERBS:
        match = pattern.search(sentence)
        if match:
            for act, path in _objects(sentence, match.start("object"), acts):
                found.setdefault(act.start, (kind, path))
    ended = _ENDED.match(sentence)
    if ended and not found:
        kind = RelationKind.REPEALS
        found = {act.start: (kind, path) for act, path in _objects(ended["object"], 0, acts)}
    if announced and not found:
        kind = RelationKind.REPLACES if "thay thế" in announced else RelationKind.REPEALS
        start = re.match(_LABEL, sentence).end()  # type: ignore[union-attr]  # the pattern matches the empty string
        found = {act.start: (kind, path) for act, path in _objects(sentence, start, acts)}
    partly = "một phần" if _EXCEPT.search(sentence) else ""
    places = {each.number: each.place.path for each in reversed(find_places(sentence)) if each.number}
    for act in acts:
        kind, path = found.get(act.start, (RelationKind.CITES, places.get(act.number, "")))
        if kind is not RelationKind.CITES and _PHRASE.search(sentence[: act.start]):
            # Taking out or exchanging words changes a document; it does not end it.
            kind, path = RelationKind.REPLACES_PHRASE, path or "cụm từ"
        whole_verb = kind in (RelationKind.REPEALS, RelationKind.REPLACES)
        yield act.relation(kind, path or (partly if whole_verb else ""), sentence, source)


def _objects(text: str, start: int, mentions: Sequence[_Act]) -> Iterator[tuple[_Act, str]]:
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
