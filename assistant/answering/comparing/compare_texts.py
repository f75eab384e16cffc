"""Answers "sửa gì của", "điểm mới của", "so sánh quy định cũ và mới về": both wordings, each quoted and verified."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.access.policy import Policy
from assistant.answering.comparing.asked import ChangeQuestion, change_question
from assistant.answering.comparing.changes import Change, Changes, about, one_a_place, place_of
from assistant.answering.comparing.sides import Sides
from assistant.answering.context import Context, Route
from assistant.answering.labels import labels_of
from assistant.conversations.answer import Citation, ComparedText
from assistant.corpus.catalogue import Effect, LawReader
from assistant.corpus.chunk import Chunk
from assistant.corpus.document import Document, RelationKind, numbered
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus, OpenGeneration
from assistant.corpus.law.amendment import OperationKind
from assistant.corpus.reading.question import read_question
from assistant.corpus.search import Search
from assistant.errors import IndexUnavailable
from assistant.messages import message

_SHOWN = 6
"""Places shown with both wordings; the others are named."""
_NAMED, _TARGETS = 30, 5
_TOPICAL = 5
"""Passages on a subject whose documents are looked at for changes."""


@dataclass(frozen=True, slots=True)
class CompareTexts:
    search: Search
    corpus: LiveCorpus
    policy: Policy
    min_support: float

    def __call__(self, context: Context) -> None:
        if context.route is Route.DATA:
            return
        labels = labels_of(context.principal, self.policy)
        seen = ChunkFilter(labels=labels)
        with self.corpus.open() as generation:
            day_words = context.asked_day.words if context.asked_day else ""
            words = read_question(context.asked, generation.spelling, context.law_day).restored
            asked = change_question(words, generation.documents, seen, day_words)
            if asked is None:
                return
            if asked.both and asked.absent:
                context.settled = True  # What is said of one alone would not be what was asked.
                held = generation.documents.seen_by(seen)
                shells = (one for number in asked.absent for one in held.fitting(number)[:1])
                context.missing.extend(message("document_shell", name=numbered(one.kind, one.number)) for one in shells)
                return
            if asked.absent and not asked.meant:
                return
            look = _Look(generation, context, asked, Sides(self.search, labels, self.min_support))
            try:
                look.between() if len(asked.meant) > 1 else look.of_one() if asked.meant else self._of_subject(
                    look, seen
                )
            except IndexUnavailable:
                return  # The search that follows says so.
        context.settled = bool(context.citations)
        context.note(f"{len(context.comparison)} places side by side" if context.comparison else "")

    def _of_subject(self, look: "_Look", seen: ChunkFilter) -> None:
        """Only a subject is named: the documents that speak of it best, and what became of their words."""
        found = self.search.search(look.asked.subject_text, seen, _TOPICAL).passages
        for passage in found:
            if passage.support >= self.min_support and look.of_passage(passage.chunk):
                return


@dataclass(frozen=True, slots=True)
class _Look:
    """One question's look into the catalogue; what it finds goes into the context."""

    generation: OpenGeneration
    context: Context
    asked: ChangeQuestion
    sides: Sides

    def between(self) -> bool:
        """Two documents: what one does to the other, else both on the subject."""
        first, second = (self._document(each.number) for each in self.asked.meant[:2])
        if first is None or second is None:
            return False
        for acting, target in ((first, second), (second, first)):
            effects = [each for each in self._law.effects_of(acting.id) if each.target_id == target.id]
            if effects and self._tell([acting], [_name(target)], effects):
                return True
        return self._side_by_side(*sorted((first, second), key=lambda one: one.validity.effective_from or date.min))

    def of_one(self) -> bool:
        """One document: what it changes, what became of it, or what it replaced."""
        document = self._document(self.asked.meant[0].number)
        if document is None:
            return False
        acts, suffers = self._law.effects_of(document.id), self._since(self._law.effects_on(document.id))
        if acts and not (self.asked.passive and suffers):
            targets = dict.fromkeys(each.target_number for each in acts if each.target_number)
            return self._tell([document], [self._named(number) for number in targets], acts)
        return self._tell_suffered(document, suffers) or self._with_older(document)

    def of_passage(self, chunk: Chunk) -> bool:
        """What became of the provision that speaks of the subject, else what its document replaced."""
        document = self._document(chunk.number)
        provision = self.generation.catalogue.provision(chunk.provision_id)
        if document is None or provision is None:
            return False
        own = provision.path
        touched = [
            each
            for each in self._since(self._law.effects_on(document.id))
            if (place := place_of(each)) and (own.endswith(place) or place.endswith(f" {own}"))
        ]
        return self._tell_suffered(document, touched) or self._with_older(document)

    def _tell_suffered(self, document: Document, effects: Sequence[Effect]) -> bool:
        acting = [self._document(number) for number in dict.fromkeys(each.amending_number for each in effects)]
        return bool(effects) and self._tell([one for one in acting if one], [_name(document)], effects)

    def _with_older(self, document: Document) -> bool:
        replaced = (
            self._document(relation.target_number)
            for relation in document.relations
            if relation.kind is RelationKind.REPLACES and not relation.target_path
        )
        older = next((one for one in replaced if one), None)
        return self._side_by_side(older, document) if older else False

    @property
    def _law(self) -> LawReader:
        return LawReader(self.generation.catalogue)

    def _since(self, effects: Sequence[Effect]) -> list[Effect]:
        """Of what has changed a text, what did so from the asked day on, where there is such."""
        day = self.context.asked_day.day if self.context.asked_day else None
        later = [each for each in effects if day and each.effective_from and each.effective_from >= day]
        return later or list(effects)

    def _document(self, number: str) -> Document | None:
        """The held document of that number; None too where only the act that issued it is held."""
        if any(one.number == number for _, one in self.generation.documents.shells):
            return None
        held = [
            one
            for one in self.generation.catalogue.documents_with_number(number)
            if one.label in self.sides.labels and not one.is_draft
        ]
        return held[0] if held else None

    def _tell(self, acting: Sequence[Document], targets: Sequence[str], effects: Sequence[Effect]) -> bool:
        reader = Changes(self.generation.catalogue)
        every = one_a_place(effects)
        fitting = about(every, reader.of(every), self.asked.subject) if self.asked.subject else every
        if not fitting:
            return False
        days = sorted({each.effective_from for each in fitting if each.effective_from})
        lines = [
            message(
                "compare_changes",
                acting=", ".join(map(_name, acting)),
                target=", ".join(targets[:_TARGETS]) + (" …" if len(targets) > _TARGETS else ""),
                count=len(fitting),
                since=message("compare_days", days=", ".join(f"{day:%d/%m/%Y}" for day in days)) if days else "",
            )
        ]
        several = len(targets) > 1
        lines += [self._line(change, several) for change in reader.of(fitting[:_SHOWN])]
        if more := fitting[_SHOWN:]:
            places = list(dict.fromkeys(_placed(place_of(each), each.target_number, several) for each in more))
            lines.append(message("compare_more", count=len(more), places="; ".join(filter(None, places[:_NAMED]))))
        self._settle(lines)
        return True

    def _line(self, change: Change, several: bool) -> str:
        place = _placed(change.place, change.target, several) or (change.after.path if change.after else "")
        before = self._cited(change.before)
        after = self._cited(change.after)
        self.context.comparison.append(
            ComparedText(
                place,
                change.before.provision_id if change.before else "",
                change.after.provision_id if change.after else "",
            )
        )
        code = "compare_changed"
        if change.kind == OperationKind.INSERT or not before:
            code = "compare_added" if change.kind == OperationKind.INSERT else "compare_instruction"
        elif change.kind == OperationKind.REPEAL:
            code = "compare_repealed"
        return message(code, place=place, before=before, after=after)

    def _side_by_side(self, older: Document, newer: Document) -> bool:
        subject = self.asked.subject_text
        day, catalogue = self.context.law_day, self.generation.catalogue
        new = self.sides.of(newer, subject, day, catalogue)
        found = [self.sides.of(older, subject, day, catalogue, new.quote if new else ""), new]
        if not any(found):
            return False
        names = [_name(older), _name(newer)]
        lines = [message("compare_sides", older=names[0], newer=names[1])]
        for name, citation in zip(names, found, strict=True):
            if citation is None:
                lines.append(message("compare_nothing", name=name))
            else:
                lines.append(message("compare_side", name=name, path=citation.path, at=self._cited(citation)))
        older_id, newer_id = (one.provision_id if one else "" for one in found)
        self.context.comparison.append(ComparedText(subject, older_id, newer_id))
        self._settle(lines)
        return True

    def _named(self, number: str) -> str:
        held = self._document(number)
        return _name(held) if held else number

    def _cited(self, citation: Citation | None) -> str:
        """Its number among the citations, which it joins once."""
        if citation is None:
            return ""
        ids = [one.provision_id for one in self.context.citations]
        if citation.provision_id not in ids:
            self.context.citations.append(citation)
            ids.append(citation.provision_id)
        return f"[{ids.index(citation.provision_id) + 1}]"

    def _settle(self, lines: Sequence[str]) -> None:
        self.context.draft = "\n".join(lines)


def _name(document: Document) -> str:
    return f"{document.kind.value} số {document.number}"


def _placed(place: str, target: str, several: bool) -> str:
    return f"{place} {target}".strip() if several else place
