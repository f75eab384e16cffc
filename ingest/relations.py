"""Which documents a text amends, replaces, repeals, guides, rests on or cites: edges from the text, with evidence."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.corpus.document import Document, DocumentKind, Provision, Relation, RelationKind
from assistant.corpus.law.amendment import Amendment, OperationKind
from assistant.text import match_form
from ingest.law.reading.governing import SOME_PART, governed
from ingest.law.reading.mentions import KIND as _KIND
from ingest.law.reading.mentions import Act, basis_acts, find_acts, places_of
from ingest.legal.quotes import QuoteTracker

_MAX_EVIDENCE = 300
_MAX_FACE = 40
# What counts is what the act itself does: at the start of a sentence, after "… này", or in its title.
_LABEL = r"^(?:Điều\s+\d+[a-zđ]?\s*[.:]\s*|\d+[a-zđ]?\.\s+|[a-zđươ]\d?\)\s+|[-–+]\s+)*"
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
        re.compile(
            rf"{_ACT}(?:[Qq]uy định (?:chi tiết|thực hiện)"
            rf"|[Hh]ướng dẫn(?:(?! quy định| về )[^.;,]{{0,60}}? (?:thực hiện|thi hành))?)"
            r"(?:(?:,| và)? (?:hướng dẫn|biện pháp|thi hành|thực hiện))*"
            r"(?P<object>.*)$"
        ),
    ),
)
_ENDED = re.compile(rf"{_LABEL}(?P<object>.*?)\s*(?:hết|chấm dứt) hiệu lực")
# What may begin the next object of a list: an act, or places of one.
_OBJECT = re.compile(rf"{_LABEL}(?:và )?(?:các )?(?:{_KIND}|[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Cc]hương|[Mm]ục)\s")
_ENDED_LIST = re.compile(r"(?:hết hiệu lực|bãi bỏ|thay thế)[^.;]*:$", re.IGNORECASE)
_PHRASE = re.compile(r"[Cc]ụm từ")
_ITEM = re.compile(r"^(?:[a-zđươ]\d?\)|[-–+])\s")
_CLAUSE = re.compile(r"^\d{1,3}[a-zđ]?\.\s")
_ALSO = re.compile(r"^\s*(?:,|;|và|,\s*và)\s*(?:của\s+)?$")
_EXCEPT = re.compile(r"\btrừ (?:các |trường hợp |quy định |khoản |Điều )|theo lộ trình")
_BASIS = re.compile(r"^\W*Căn cứ\s")
_RUN_ON_BASIS = re.compile(r"[;,.]\s*Căn cứ (?:Hiến pháp|Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định)\s")
_BASIS_LIST = re.compile(r"^\W*Căn cứ(?: pháp l\w+| ban hành)?\s*:?\s*$")
# "(Điều 5 Luật số …, có nội dung được sửa đổi bởi Điều 11 Luật số … có hiệu lực …)": the codification, not the act.
_NOTE = re.compile(
    r"^(?:\(|\[\d{1,3}\])\s*(?:Điều|Khoản|Điểm|Cụm từ|Tên|Chương|Mục)\s+\S+\s.*?"
    r"(?:được|bị) (?:sửa đổi|bổ sung|bãi bỏ|thay thế|đính chính)"
)
# What stands before it in a note is the title of the codified act itself.
_OWN_EFFECT = re.compile(r"có hiệu lực thi hành kể từ ngày \d{1,2}/\d{1,2}/\d{4}")
_BY = re.compile(r"\s(?:bởi|theo)\s")
_AMENDING_NAME = re.compile(rf"^(?:và )?{_KIND} sửa đổi")
_WEAK = (RelationKind.CITES,)
_KIND_OF_OPERATION = {
    OperationKind.INSERT: RelationKind.INSERTS,
    OperationKind.REPEAL: RelationKind.REPEALS,
    OperationKind.PHRASE: RelationKind.REPLACES_PHRASE,
    OperationKind.SUSPEND: RelationKind.SUSPENDS,
}


def document_relations(document: Document, amendments: Sequence[Amendment]) -> tuple[Relation, ...]:
    """All edges of a document: those its instructions make, to the place they change, and those its sentences say."""
    made = [_of_amendment(each) for each in amendments if each.target_number or each.target_name]
    instructing = frozenset((each.source_path, each.target_number or each.target_name) for each in made)
    said = list(_edges(document.title, list(_located_lines(document))))
    if document.kind is DocumentKind.CONSOLIDATION:
        # What a consolidated text repeats was done by the acts it puts together.
        own = (RelationKind.BASED_ON, RelationKind.AMENDED_BY)
        said = [each if each.kind in own else replace(each, kind=RelationKind.CITES) for each in said]
    title = match_form(document.title)
    found = [*made, *(each for each in said if not _instructed(each, instructing))]
    return _unique(document.number, [each for each in found if not _is_own_name(each, title)])


def find_relations(number: str, title: str, lines: Sequence[str]) -> tuple[Relation, ...]:
    """The edges that the sentences of a text say, without the units they stand in."""
    return _unique(number, list(_edges(title, [("", line) for line in lines])))


def _is_own_name(relation: Relation, title: str) -> bool:
    """ "Luật Giáo dục" in that law itself."""
    return bool(relation.target_name) and not relation.target_issued_on and match_form(relation.target_name) == title


def _instructed(relation: Relation, instructing: frozenset[tuple[str, str]]) -> bool:
    """An instruction has said this already, and where."""
    changes = relation.kind not in (RelationKind.BASED_ON, RelationKind.GUIDES, RelationKind.AMENDED_BY)
    said = (relation.source_path, relation.target_number or relation.target_name)
    return changes and said in instructing and bool(relation.target_path or relation.kind in _WEAK)


def _of_amendment(amendment: Amendment) -> Relation:
    kind = _KIND_OF_OPERATION.get(amendment.kind, RelationKind.AMENDS)
    corrects = amendment.evidence.casefold().startswith("đính chính")
    place = amendment.place.path or "cụm từ"
    if amendment.kind is OperationKind.UNKNOWN:
        kind = RelationKind.INSERTS if amendment.evidence.startswith("Bổ sung") else RelationKind.AMENDS
        place = SOME_PART
    return Relation(
        RelationKind.CORRECTS if corrects else kind,
        amendment.target_number,
        place,
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
    for path, line in lines[_face(lines) :]:
        if quotes.inside(line):
            # What is quoted belongs to the document that is amended.
            continue
        basis = bool(_BASIS_LIST.match(line)) or (basis and bool(_ITEM.match(line)))
        # "Căn cứ tiêu chí quy định tại Điều 20 …" in an article is no legal basis of the act.
        if (
            basis
            or (_BASIS.match(line) and not re.search(r"Điều \d", path))
            or (not path and _RUN_ON_BASIS.search(line))
        ):
            yield from (_relation(act, RelationKind.BASED_ON, "", line, path) for act in basis_acts(line))
            continue
        if _NOTE.match(line):
            yield from _noted(line, path)
            continue
        item = _ITEM.match(line) or (announced and not _CLAUSE.match(announced) and _CLAUSE.match(line))
        yield from _paragraph_edges(line, announced if item else "", path)
        if _ENDED_LIST.search(line):
            announced = line
        elif not item:
            announced = ""


def _paragraph_edges(line: str, announced: str, source: str) -> Iterator[Relation]:
    """Sentence by sentence; "thay thế A; B" and "A; B hết hiệu lực" are lists that semicolons cut."""
    pieces = re.split(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ]|các điều )", line)
    goes_on = [
        bool(place and pieces[place - 1].endswith(";") and _OBJECT.match(piece)) for place, piece in enumerate(pieces)
    ]
    ended = ""
    for place in range(len(pieces) - 1, -1, -1):
        ended = (
            pieces[place] if _ENDED.match(pieces[place]) else ended if goes_on[place + 1 : place + 2] == [True] else ""
        )
        if ended and not _ENDED.match(pieces[place]) and _OBJECT.match(pieces[place]):
            pieces[place] = f"{pieces[place].rstrip(';')} hết hiệu lực;"
    carried = announced
    for place, piece in enumerate(pieces):
        carried = carried if goes_on[place] else announced
        edges = list(_sentence_edges(piece, carried, source, listed=goes_on[place]))
        yield from edges
        strong = {each.kind for each in edges} & {RelationKind.REPLACES, RelationKind.REPEALS}
        carried = carried or ("thay thế:" if RelationKind.REPLACES in strong else "bãi bỏ:" if strong else "")


def _face(lines: Sequence[tuple[str, str]]) -> int:
    """Where what the act says begins: above its bases stand its number and its title again, cut into lines."""
    return next((place for place, (path, line) in enumerate(lines[:_MAX_FACE]) if not path and _BASIS.match(line)), 0)


def _relation(act: Act, kind: RelationKind, path: str, evidence: str, source: str) -> Relation:
    return Relation(kind, act.number, path, evidence[:_MAX_EVIDENCE], source, act.name, act.issued_on)


def _noted(line: str, source: str) -> Iterator[Relation]:
    """The acts that a codified article's note says it was changed by."""
    own_effect = _OWN_EFFECT.search(line)
    by = _BY.search(line, own_effect.end() if own_effect else 0)
    floor = by.end() if by else len(line)
    for act in find_acts(line):
        if act.start >= floor:
            for path in places_of(line, act, floor) or [""]:
                yield _relation(act, RelationKind.AMENDED_BY, path, line, source)
            floor = act.end


def _sentence_edges(sentence: str, announced: str, source: str, *, listed: bool = False) -> Iterator[Relation]:
    """Edges of one sentence; `announced` is the sentence that opened the list this item belongs to.

    With `listed` it is the next object of a sentence: "Luật sửa đổi …" is then the name of an act, not what it does.
    """
    acts = find_acts(sentence)
    if not acts or not re.search(r"[^\W\d]{2}", f"{sentence[: acts[0].start]}{sentence[acts[0].end :]}"):
        return
    found: dict[int, tuple[RelationKind, str]] = {}
    for kind, pattern in _VERBS:
        match = None if listed and _AMENDING_NAME.match(sentence) else pattern.search(sentence)
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
    partly = SOME_PART if _EXCEPT.search(sentence) else ""
    floor = 0
    for act in acts:
        places = places_of(sentence, act, floor)
        floor = act.end
        kind, path = found.get(act.start, (RelationKind.CITES, ""))
        if kind is not RelationKind.CITES and _PHRASE.search(sentence[: act.start]):
            # Taking out or exchanging words changes a document; it does not end it.
            kind, path = RelationKind.REPLACES_PHRASE, path or "cụm từ"
        whole_verb = kind in (RelationKind.REPEALS, RelationKind.REPLACES)
        if kind is RelationKind.CITES or path == SOME_PART or (path and len(places) > 1 and not partly):
            yield from (_relation(act, kind, each, sentence, source) for each in places or [path])
        else:
            yield _relation(act, kind, path or (partly if whole_verb else ""), sentence, source)


def _objects(text: str, start: int, mentions: Sequence[Act]) -> Iterator[tuple[Act, str]]:
    """The mentions the verb governs, each with the part of it that is meant.

    "bãi bỏ A quy định … và B" governs both; in "bãi bỏ A sửa đổi một số điều của B, C" the title of A names B and C.
    """
    previous, in_title = start, False
    for mention in mentions:
        if mention.start < start or mention.end > len(text):
            continue
        first = previous == start
        path = governed(text[previous : mention.start], first=first, in_title=in_title)
        bare = not mention.number and mention.issued_on is None
        listed = _ALSO.match(text[previous : mention.start]) is not None and not in_title
        if bare and not listed and (not first or path in (None, SOME_PART)):
            continue  # "bãi bỏ A quy định chi tiết Luật Giáo dục và B": a law in a title stands between two objects
        previous = mention.end
        path = "" if bare and listed and path is None else path
        in_title = path is None
        if path is not None:
            yield mention, path
