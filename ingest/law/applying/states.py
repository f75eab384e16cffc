"""The states of one text: for each day on which amendments take effect, the whole text, and the days of every unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document, Provision, Validity
from assistant.corpus.law.amendment import Amendment
from assistant.corpus.law.markers import stands_empty
from ingest.chunking import build_chunks
from ingest.law.applying.operations import apply
from ingest.law.applying.tree import Rendering, build_tree, document_of
from ingest.legal.numbers import find_numbers

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ordered:
    """An amendment with its day and what decides its place among those of the same day."""

    day: date
    amending_id: str
    number: str
    issued_on: date | None
    ordinal: int
    amendment: Amendment

    @property
    def key(self) -> tuple[date, date, str, int]:
        return (self.day, self.issued_on or date.min, self.number, self.ordinal)

    def holds(self, day: date) -> bool:
        until = self.amendment.effective_to
        return self.day <= day and (until is None or day <= until)


@dataclass(frozen=True, slots=True)
class State:
    """The text from `begins` on; `begins` is None for the words of the source."""

    document: Document
    begins: date | None
    ended: frozenset[str] = frozenset()
    changes: tuple[tuple[int, int, str, int], ...] = ()


@dataclass(slots=True)
class Consolidation:
    """All states of one document, the source's own first, and the outcome of every amendment by its place in order."""

    states: list[State]
    outcomes: dict[int, str] = field(default_factory=dict)


def consolidate(base: Document, ordered: Sequence[Ordered]) -> Consolidation:
    """Every state, each made from the source's words by all amendments in force that day, in order of effect."""
    todo = sorted(ordered, key=lambda each: each.key)
    held = _named_in_notes(base)
    outcomes: dict[int, str] = {}
    states = [State(base, None)]
    for day in _days(todo):
        root = build_tree(base)
        for place, each in enumerate(todo):
            if not each.holds(day):
                continue
            code = "amendment_already_in_text" if each.number in held else apply(root, each.amendment, place)
            outcomes.setdefault(place, code)
        document, rendering = document_of(base, root, f"{base.id}@{day.isoformat()}")
        if document.text != states[-1].document.text:
            states.append(_state(document, rendering, day, todo))
    found = Consolidation(states)
    found.outcomes = {ordered.index(todo[place]): code for place, code in outcomes.items()}
    return found


def _state(document: Document, rendering: Rendering, day: date, todo: Sequence[Ordered]) -> State:
    spans = tuple(
        (span.start, span.end, todo[span.origin].amending_id, todo[span.origin].ordinal) for span in rendering.spans
    )
    ended = frozenset(rendering.ended)
    return State(replace(document, version_of=document.id.partition("@")[0], is_official=False), day, ended, spans)


def _days(todo: Sequence[Ordered]) -> list[date]:
    """The days on which the text may change: amendments begin, suspensions end."""
    begins = {each.day for each in todo}
    return sorted(begins | {each.amendment.effective_to + _DAY for each in todo if each.amendment.effective_to})


def _named_in_notes(base: Document) -> frozenset[str]:
    """Acts that the held text itself says it was amended by, as codified and consolidated texts note."""
    lines = (line for line in base.text.split("\n") if line.startswith("("))
    noted = (line for line in lines if "được sửa đổi" in line or "được bổ sung" in line or "bị bãi bỏ" in line)
    return frozenset(mention.number for line in noted for mention in find_numbers(line))


# --- the days of every unit and chunk


@dataclass(frozen=True, slots=True)
class DatedState:
    """A state with the days of its provisions, and its own chunks: those whose words it is the first to have."""

    state: State
    validity: Validity
    document: Document
    chunks: tuple[Chunk, ...]


def dated(states: Sequence[State], whole: Validity) -> list[DatedState]:
    """Every state with its days. A unit's days are those on which its words stand, also over several states."""
    ends = [*(_eve(state.begins) for state in states[1:]), whole.effective_to]
    texts = [_texts(state) for state in states]
    documents = [_with_days(states, texts, place, whole) for place in range(len(states))]
    chunks = _chunks(states, documents, whole)
    return [
        DatedState(state, Validity(state.begins, end), document, own)
        for state, end, document, own in zip(states, ends, documents, chunks, strict=True)
    ]


def _texts(state: State) -> dict[str, str]:
    """Anchor → words; a unit that has ended has none."""
    return {
        _anchor(unit): state.document.provision_text(unit)
        for unit in state.document.provisions
        if unit.id not in state.ended
    }


def _with_days(states: Sequence[State], texts: Sequence[Mapping[str, str]], place: int, whole: Validity) -> Document:
    document = states[place].document
    stated = {_anchor(unit): unit.validity.effective_from for unit in states[0].document.provisions}
    units = tuple(
        replace(unit, validity=_days_of(unit, states, texts, place, whole, stated)) for unit in document.provisions
    )
    begins = states[place].begins or whole.effective_from
    return replace(document, provisions=units, validity=Validity(begins, whole.effective_to))


def _days_of(
    unit: Provision,
    states: Sequence[State],
    texts: Sequence[Mapping[str, str]],
    place: int,
    whole: Validity,
    stated: Mapping[str, date | None],
) -> Validity:
    anchor = _anchor(unit)
    words = texts[place].get(anchor)
    if words is None:
        ended_at = next((p for p in range(place, -1, -1) if anchor in texts[p]), -1) + 1
        return Validity(None, _eve(states[ended_at].begins) if ended_at else whole.effective_to)
    first = last = place
    while first > 0 and texts[first - 1].get(anchor) == words:
        first -= 1
    while last + 1 < len(states) and texts[last + 1].get(anchor) == words:
        last += 1
    begins = states[first].begins or stated.get(anchor) or whole.effective_from
    end = _eve(states[last + 1].begins) if last + 1 < len(states) else whole.effective_to
    return Validity(begins, _earlier(end, whole.effective_to))


def _chunks(states: Sequence[State], documents: Sequence[Document], whole: Validity) -> list[tuple[Chunk, ...]]:
    built = [{_key(chunk): chunk for chunk in build_chunks(document)} for document in documents]
    found: list[tuple[Chunk, ...]] = []
    for place, own in enumerate(built):
        before = built[place - 1] if place else {}
        fresh = [chunk for key, chunk in own.items() if key not in before and not stands_empty(chunk.text)]
        found.append(tuple(_chunk_days(fresh, built, states, place, whole)))
    return found


def _chunk_days(
    fresh: Sequence[Chunk],
    built: Sequence[Mapping[tuple[str, str, int], Chunk]],
    states: Sequence[State],
    place: int,
    whole: Validity,
) -> Iterator[Chunk]:
    for chunk in fresh:
        key = _key(chunk)
        last = place
        while last + 1 < len(built) and key in built[last + 1]:
            last += 1
        end = _eve(states[last + 1].begins) if last + 1 < len(states) else whole.effective_to
        begins = states[place].begins or chunk.effective_from
        yield replace(chunk, effective_from=begins, effective_to=_earlier(end, whole.effective_to))


def _key(chunk: Chunk) -> tuple[str, str, int]:
    """Two states share a chunk when it has the same words at the same address."""
    return (chunk.provision_id.partition("#")[2], chunk.embedded_text, 0)


def _anchor(unit: Provision) -> str:
    return unit.id.partition("#")[2]


def _eve(day: date | None) -> date | None:
    return day - _DAY if day else None


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)
