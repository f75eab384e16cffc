"""Every instruction of an act, as amendments of the acts it names. What is not understood is listed as such."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.corpus.document import Document, Provision, ProvisionKind
from assistant.corpus.law.amendment import Amendment, OperationKind, Part, Place
from ingest.law.reading.phrases import read_exchanges
from ingest.law.reading.places import Located, find_places, merged
from ingest.law.reading.quotations import Masked, mask
from ingest.law.reading.targets import Target, is_amending_title, target_in
from ingest.law.reading.verbs import LABEL, after_verb, segments, verb_of
from ingest.legal.dates import find_dates

_MAX_EVIDENCE = 600
_PHRASE = re.compile(r"^\s*(?:các\s+|một số\s+)?(?:cụm từ|từ|chữ|dấu|cụm)\s*:?\s*⟦", re.IGNORECASE)
_IS_EXCHANGE = re.compile(r"(?:cụm từ|từ|chữ|dấu|số)\s*:?\s*⟦\d+⟧[^⟦]{0,40}(?:bằng|thành)\s*[^⟦]{0,20}⟦", re.IGNORECASE)
_AFTER = re.compile(r"(?:vào\s+)?(?:ngay\s+)?(?:phía\s+)?sau\s+(?=điều|khoản|điểm)", re.IGNORECASE)
_INTO = re.compile(r"\bvào\s+(?=điều|khoản|mục|chương|phần|quy|thông|luật|nghị)", re.IGNORECASE)
_ALSO_ADDS = re.compile(r"(?:,|;|và)?\s*bổ sung\s+(?=(?:các )?(?:khoản|điểm|điều))")
_HEADER = re.compile(r"một số (?:điều|khoản|điểm|nội dung|cụm từ|quy định)", re.IGNORECASE)
_LISTED = re.compile(r"(?:các\s+)?(?:cụm từ|từ)\s*:?\s*⟦|(?:điều|khoản|điểm|tên|phụ lục|mẫu)\s+\w", re.IGNORECASE)
_QUOTES_TEXT = re.compile(r"(?:như sau\s*:?|\n)\s*⟦")
_MAX_BEFORE_PLACE = 40
_ISSUED_WITH = re.compile(
    r"\b(?P<scope>Quy chế|Quy định|Điều lệ|Nội quy|Chương trình|Chuẩn|Tiêu chuẩn|Danh mục|Quy trình|Khung)\b"
    r"(?:(?!Thông tư|Quyết định|Nghị định).)*?ban hành kèm theo",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE_ACT = re.compile(
    r"(?:bãi bỏ|hủy bỏ|thay thế)\s+(?:toàn bộ\s+)?(?:các\s+)?(?:văn bản|thông tư|nghị định|quyết định|luật)", re.I
)


_NO_TARGET, _WHOLE = Target(), Place()


@dataclass(frozen=True, slots=True)
class _Heading:
    """What the units above an instruction have already said."""

    target: Target = _NO_TARGET
    place: Place = _WHOLE
    amending: bool = False
    verb: str = ""
    """The verb of a list: "Bãi bỏ các quy định sau đây:" """


@dataclass(frozen=True, slots=True)
class _Unit:
    provision: Provision
    words: Masked
    """Its own words, without its label and without those of the units in it."""


def read_amendments(document: Document) -> tuple[Amendment, ...]:
    """All instructions in the order they stand. Quoted text is new text of another act, never a unit of this one."""
    reading = _Reading(document)
    return tuple(reading.run())


class _Reading:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._children: dict[str | None, list[Provision]] = defaultdict(list)
        for provision in document.provisions:
            self._children[provision.parent_id].append(provision)

    def run(self) -> Iterator[Amendment]:
        title = self._document.title
        amending = is_amending_title(title)
        start = _Heading(target_in(title), Place(scope=_scope(title)), True) if amending else _Heading()
        for top in self._children[None]:
            yield from self._unit(top, start)

    def _unit(self, provision: Provision, above: _Heading) -> Iterator[Amendment]:
        if provision.kind is ProvisionKind.APPENDIX:
            return
        unit = _Unit(provision, mask(self._own_words(provision)))
        instructions = [] if _is_group(provision) else list(self._instructions(unit, above))
        yield from instructions
        below = self._heading(unit, above)
        for child in self._children[provision.id]:
            yield from self._unit(child, below)

    def _own_words(self, provision: Provision) -> str:
        cursor, pieces = provision.start, []
        for child in self._children[provision.id]:
            pieces.append(self._document.text[cursor : child.start])
            cursor = child.end
        pieces.append(self._document.text[cursor : provision.end])
        return LABEL.sub("", "".join(pieces), count=1)

    def _heading(self, unit: _Unit, above: _Heading) -> _Heading:
        """What is said once for all units below: the act, the article, and that they are instructions."""
        words = unit.words.text.strip()
        opening = words.partition("\n")[0]
        if _is_group(unit.provision):
            words = unit.provision.heading or opening
            if not is_amending_title(words):
                return above
            return _Heading(self._surer(target_in(words), above), Place(scope=_scope(words)), True)
        verb = verb_of(opening)
        if verb is None:
            return (
                replace(above, place=Place(scope=above.place.scope), verb="")
                if unit.provision.kind is ProvisionKind.ARTICLE
                else above
            )
        located = find_places(opening)
        place = _placed(located[0]._replace(place=_common(located[0].place)), above) if located else above.place
        if len({each.place.article for each in located}) > 1:
            place = Place(scope=place.scope)
        listed = verb if words.rstrip().endswith(":") or _HEADER.search(opening) else ""
        named = target_in(opening)
        return _Heading(self._surer(named, above), place, above.amending or bool(named), listed)

    def _surer(self, named: Target, above: _Heading) -> Target:
        """A name in a heading adds nothing where the title gave the same act with its number."""
        if not named or (named.name and above.target.number and named.name in self._document.title):
            return above.target
        return named

    def _instructions(self, unit: _Unit, above: _Heading) -> Iterator[Amendment]:
        words = unit.words.text.strip()
        inherited = above.verb if _LISTED.match(words) else ""
        if verb_of(words) is None and not inherited:
            return
        below = self._children[unit.provision.id]
        has_orders = any(verb_of(self._own_words(child).strip()) for child in below)
        for segment, verb in segments(words, inherited):
            found = list(_read(segment, verb, unit, above))
            header = bool(below) and not (_QUOTES_TEXT.search(segment) if has_orders else unit.words.marks(segment))
            if header and (not found or _HEADER.search(segment) or is_amending_title(words)):
                continue
            target = target_in(segment) or above.target
            if not found and _WHOLE_ACT.search(segment):
                continue  # a relation between two documents says this
            if not found and (above.amending or (target and unit.words.marks(segment))):
                found = [_amendment(OperationKind.UNKNOWN, Place(), unit, segment, target)]
            yield from found


def _read(segment: str, verb: str, unit: _Unit, above: _Heading) -> Iterator[Amendment]:
    rest = after_verb(segment, verb)
    target = target_in(segment) or above.target
    if not target:
        return
    if _PHRASE.match(rest) or _IS_EXCHANGE.search(rest):
        yield from _phrases(segment, rest, verb, unit, above, target)
    elif verb in ("repeal", "suspend"):
        yield from _endings(segment, rest, verb, unit, above, target)
    elif unit.words.marks(segment):
        yield from _new_text(segment, rest, unit, above, target)


def _phrases(segment: str, rest: str, verb: str, unit: _Unit, above: _Heading, target: Target) -> Iterator[Amendment]:
    adds = segment.lower().startswith("bổ sung") and not _IS_EXCHANGE.search(rest)
    how = "take_out" if verb == "repeal" else "add" if adds else "exchange"
    for exchange in read_exchanges(how, rest, unit.words):
        located = find_places(exchange.places)
        places = [(_placed(each, above), each.number) for each in located]
        if not places and _names_something(exchange.places, target):
            places = [(replace(above.place, part=Part.OTHER), "")]
        for place, number in places or [(above.place, "")]:
            made = _amendment(OperationKind.PHRASE, place, unit, segment, Target(number) if number else target)
            yield replace(made, old=exchange.old, new=exchange.new, position=exchange.position)


def _names_something(places: str, target: Target) -> bool:
    """Whether words that hold no address still narrow the place: a form, a column, the back of a page."""
    words = re.sub(r"\b(?:tại|trong|ở|toàn bộ|của|các|văn bản|như sau)\b", " ", places)
    words = re.sub(r"(?:Thông tư|Nghị định|Luật|Quyết định|Quy chế|Quy định|Điều lệ).*", "", words, flags=re.DOTALL)
    return bool(re.search(r"\w", words)) and target.name not in places


def _endings(segment: str, rest: str, verb: str, unit: _Unit, above: _Heading, target: Target) -> Iterator[Amendment]:
    kind = OperationKind.REPEAL if verb == "repeal" else OperationKind.SUSPEND
    located = find_places(rest)
    if kind is OperationKind.REPEAL and (not located or located[0].start > _MAX_BEFORE_PLACE):
        # A whole act is ended by a relation between documents; an address further on stands in that act's title.
        return
    days = list(find_dates(segment.partition("từ")[2])) if kind is OperationKind.SUSPEND else []
    for place, number in [(_placed(each, above), each.number) for each in located] or [(Place(), "")]:
        made = _amendment(kind, place, unit, segment, Target(number) if number else target)
        yield replace(made, effective_from=days[0] if days else None, effective_to=days[1] if len(days) > 1 else None)


def _new_text(segment: str, rest: str, unit: _Unit, above: _Heading, target: Target) -> Iterator[Amendment]:
    """Quoted text that takes the place of units or is inserted; one instruction may do both."""
    before = rest.partition("⟦")[0]
    new = "\n".join(_ended(unit.words, mark, segment) for mark in unit.words.marks(segment))
    changes, adds = _split_adding(segment, before)
    clauses = [(OperationKind.REPLACE, changes), (OperationKind.INSERT, adds)]
    for kind, words in clauses:
        anchor = _AFTER.search(words)
        into = _INTO.search(words)
        cut = min((match.start() for match in (anchor, into) if match), default=len(words))
        tail = find_places(words[cut:])
        around = _parent(tail[-1].place) if tail and anchor else tail[-1].place if tail else Place()
        for each in find_places(words[:cut]) if kind is OperationKind.INSERT else find_places(words):
            place = each.place
            if kind is OperationKind.INSERT and tail:
                place = merged(place, around)
            place = merged(place, above.place if not each.number or place.scope else Place())
            number = each.number or (tail[-1].number if kind is OperationKind.INSERT and tail else "")
            made = _amendment(kind, place, unit, segment, Target(number) if number else target)
            yield replace(made, new=new)


def _split_adding(segment: str, before: str) -> tuple[str, str]:
    """ "Sửa đổi, bổ sung khoản 3 và bổ sung khoản 5 Điều 9" changes one and adds another."""
    label = LABEL.sub("", segment, count=1).lower()
    if label.startswith("bổ sung") and not label.startswith(("bổ sung, sửa đổi", "bổ sung và sửa đổi")):
        return "", before
    match = _ALSO_ADDS.search(before)
    return (before[: match.start()], before[match.end() :]) if match else (before, "")


def _ended(words: Masked, mark: int, segment: str) -> str:
    """The quoted words; a full stop that was printed after the closing mark belongs to them."""
    quote = words.quotes[mark]
    outside = segment.partition(f"⟦{mark}⟧")[2][:1] or "."
    return f"{quote}." if quote[-1:].isalnum() and outside == "." else quote


def _parent(place: Place) -> Place:
    """The unit that holds the place: where a sibling is put."""
    if place.point:
        return replace(place, point="")
    if place.clause:
        return replace(place, clause="")
    return replace(place, article="")


def _placed(each: Located, above: _Heading) -> Place:
    """An address that names its act itself takes nothing from the heading above it."""
    return merged(each.place, Place() if each.number and each.number != above.target.number else above.place)


def _scope(words: str) -> str:
    """ "… của Quy chế … ban hành kèm theo Thông tư số …": the regulation, not the circular that issued it."""
    match = _ISSUED_WITH.search(words)
    return match["scope"].capitalize() if match else ""


def _common(place: Place) -> Place:
    """What a heading fixes for the units below it: the article, and the clause where it names only its points."""
    return replace(place, part=Part.WHOLE, point="", clause=place.clause if place.point else "")


def _is_group(provision: Provision) -> bool:
    return provision.kind in (
        ProvisionKind.PART,
        ProvisionKind.CHAPTER,
        ProvisionKind.SECTION,
        ProvisionKind.SUBSECTION,
    )


def _amendment(kind: OperationKind, place: Place, unit: _Unit, segment: str, target: Target) -> Amendment:
    evidence = " ".join(unit.words.unmasked(segment).split())
    return Amendment(
        kind=kind,
        source_path=unit.provision.path,
        place=place,
        evidence=evidence[:_MAX_EVIDENCE],
        target_number=target.number,
        target_name=target.name,
    )
