"""Two documents on one subject: from each the provision that carries it best."""

from dataclasses import dataclass
from datetime import date

from assistant.answering.law.evidence import cite
from assistant.answering.narrowing import narrow
from assistant.conversations.answer import Citation
from assistant.corpus.catalogue import Catalogue, LawReader
from assistant.corpus.document import Document, ProvisionKind
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.search import Search
from assistant.text import syllables

_LOOK_AT = 5


@dataclass(frozen=True, slots=True)
class Sides:
    """Looks into one document at a time; without a subject, into its first article, which says what it is about."""

    search: Search
    labels: tuple[str, ...]
    min_support: float

    def of(self, document: Document, subject: str, day: date, catalogue: Catalogue, like: str = "") -> Citation | None:
        """What `document` said of `subject` on `day`, or on its last day when it had ended by then.

        Of several provisions that speak of it, the one nearest to the words of `like` counts.
        """
        last = document.validity.effective_to
        state = LawReader(catalogue).state_on(document.id, min(day, last) if last else day)
        words = catalogue.document(state.document_id) or document
        if not subject:
            first = next((unit for unit in words.provisions if unit.kind is ProvisionKind.ARTICLE), None)
            return cite(words, first) if first else None
        within = ChunkFilter(labels=self.labels, document_ids=(words.id,))
        found = self.search.search(subject, within, _LOOK_AT)
        enough = [passage for passage in found.passages if passage.support >= self.min_support]
        if not enough:
            return None
        wanted = set(syllables(like))
        best = max(enough, key=lambda each: len(wanted & set(syllables(each.chunk.embedded_text))) + each.support)
        provision_id, _ = narrow(words, best.chunk, found.weights)
        provision = catalogue.provision(provision_id)
        return cite(words, provision) if provision else None
