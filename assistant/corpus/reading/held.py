"""What is known of every document that is held, arranged so that no question has to go through all of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.filters import ChunkFilter
from assistant.corpus.reading.context.known import key_of
from assistant.corpus.reading.context.topics import pairs_of
from assistant.corpus.reading.numbers import CitedNumber, serial_of, year_of
from assistant.text import fold

_NAMED_KINDS = ("Luật", "Bộ luật", "Pháp lệnh")


@dataclass(frozen=True, slots=True)
class HeldDocument:
    """The little that must be known of every document to tell which one is cited."""

    id: str
    number: str
    label: str = "public"
    is_draft: bool = False
    title: str = ""
    kind: str = ""
    is_shell: bool = False
    """Only the act that issues a regulation is held, without the regulation attached to it."""

    def seen_by(self, chunk_filter: ChunkFilter) -> bool:
        return self.label in chunk_filter.labels and (chunk_filter.drafts or not self.is_draft)


class HeldDocuments:
    """Documents in a fixed order. What is looked up in them is arranged once, when it is first needed."""

    def __init__(self, documents: Iterable[HeldDocument] = ()) -> None:
        self._documents = tuple(documents)
        self._seen: dict[tuple[tuple[str, ...], bool], HeldDocuments] = {}

    def __iter__(self) -> Iterator[HeldDocument]:
        return iter(self._documents)

    def seen_by(self, chunk_filter: ChunkFilter) -> "HeldDocuments":
        """Those the caller may see."""
        key = (chunk_filter.labels, chunk_filter.drafts)
        if key not in self._seen:
            self._seen[key] = HeldDocuments(one for one in self._documents if one.seen_by(chunk_filter))
        return self._seen[key]

    def fitting(self, cited: CitedNumber) -> list[HeldDocument]:
        """Those whose number may be the one that is cited."""
        return [one for one in self._by_serial.get(cited.serial, ()) if cited.fits(one.number)]

    def find(self, document_id: str) -> HeldDocument | None:
        return self._by_id.get(document_id)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The numbers in one spelling."""
        return frozenset(key_of(one.number) for one in self._documents)

    @cached_property
    def whole(self) -> "HeldDocuments":
        """Those of which more is held than the act that issues them."""
        return HeldDocuments(one for one in self._documents if not one.is_shell)

    @cached_property
    def shells(self) -> Sequence[tuple[frozenset[str], HeldDocument]]:
        """Issuing acts without what they issue, with the pairs of their titles."""
        return [(pairs_of(one.title), one) for one in self._documents if one.is_shell]

    @cached_property
    def laws(self) -> Sequence[tuple[str, HeldDocument]]:
        """What is called by its title, folded: the longest title first, of one title the newest."""
        named = [one for one in self._documents if one.kind in _NAMED_KINDS and one.title]
        named.sort(key=lambda one: (-len(one.title), -year_of(one.number), one.id))
        return [(fold(one.title), one) for one in named]

    @cached_property
    def _by_id(self) -> Mapping[str, HeldDocument]:
        return {one.id: one for one in self._documents}

    @cached_property
    def _by_serial(self) -> Mapping[str, Sequence[HeldDocument]]:
        found: dict[str, list[HeldDocument]] = defaultdict(list)
        for one in self._documents:
            found[serial_of(one.number)].append(one)
        return found
