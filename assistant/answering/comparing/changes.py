"""What an act did to a text: the words before and after, each as a citation still to be verified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.answering.law.evidence import cite
from assistant.conversations.answer import Citation
from assistant.corpus.catalogue import Catalogue, Effect, LawReader
from assistant.corpus.document import Document, Provision
from assistant.corpus.law.amendment import OperationKind
from assistant.text import fold, syllables

_APPLIED = "applied"
_CARRIES = 0.6
"""Share of the subject's syllables that a change must have to be about it."""
_NEAR_BEST = 0.85
_BEFORE_PLACE = ("đoạn mở đầu ", "một phần ", "tên ")


@dataclass(frozen=True, slots=True)
class Change:
    """One place that an act touched. `before` is None for what is new, `after` for what is gone and nothing says so."""

    place: str
    target: str
    kind: str
    before: Citation | None
    after: Citation | None

    @property
    def words(self) -> frozenset[str]:
        """The folded syllables of both sides."""
        said = " ".join(side.quote for side in (self.before, self.after) if side)
        return frozenset(fold(word) for word in syllables(said))


def place_of(effect: Effect) -> str:
    """The unit an effect touches, whichever of its words it changes."""
    place = effect.place
    for prefix in _BEFORE_PLACE:
        place = place.removeprefix(prefix)
    return place


def one_a_place(effects: Sequence[Effect]) -> list[Effect]:
    """The first effect on each place of each text on each day, in their order."""
    found: dict[tuple[object, ...], Effect] = {}
    for effect in effects:
        found.setdefault((effect.target_number, effect.effective_from, place_of(effect) or effect.source_path), effect)
    return list(found.values())


class Changes:
    """Reads changes from one generation's catalogue; documents are read once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._law = LawReader(catalogue)
        self._documents: dict[str, Document | None] = {}

    def of(self, effects: Sequence[Effect]) -> list[Change]:
        """A change for each effect, in their order; what cannot be placed shows the act's own words."""
        return [self._change(effect) for effect in effects]

    def _change(self, effect: Effect) -> Change:
        place = place_of(effect)
        day = effect.effective_from
        before = self._on(effect.target_number, place, day - timedelta(days=1)) if day and effect.target_id else None
        after = None
        if effect.outcome == _APPLIED and effect.kind != OperationKind.REPEAL and day:
            after = self._on(effect.target_number, place, day)
        return Change(place, effect.target_number, effect.kind, before, after or self._instruction(effect))

    def _on(self, number: str, path: str, day: date) -> Citation | None:
        provision = self._law.provision_on(number, path, day) if path else None
        return self._cited(provision) if provision else None

    def _instruction(self, effect: Effect) -> Citation | None:
        """The amending act's own words."""
        document = self._document(effect.amending_id)
        units = document.provisions if document else ()
        unit = next((each for each in units if each.path == effect.source_path), None)
        return cite(document, unit) if document and unit else None

    def _cited(self, provision: Provision) -> Citation | None:
        document = self._document(provision.id.partition("#")[0])
        return cite(document, provision) if document else None

    def _document(self, document_id: str) -> Document | None:
        if document_id not in self._documents:
            self._documents[document_id] = self._catalogue.document(document_id)
        return self._documents[document_id]


def about(effects: Sequence[Effect], changes: Sequence[Change], subject: Sequence[str]) -> list[Effect]:
    """The effects whose change (`changes`, one each) carries the subject best; none when all speak of other things."""
    wanted = frozenset(subject)
    shares = [len(wanted & change.words) / len(wanted) for change in changes]
    best = max(shares, default=0.0)
    enough = max(_CARRIES, _NEAR_BEST * best)
    return [effect for effect, share in zip(effects, shares, strict=True) if share >= enough]
