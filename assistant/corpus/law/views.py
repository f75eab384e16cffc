"""What people ask of a document over time: its text on a day, what differs between two days, its timeline."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.corpus.catalogue import Catalogue, Effect, LawReader
from assistant.corpus.document import Document, DocumentKind
from assistant.corpus.law.amendment import OperationKind
from assistant.corpus.law.differing import differences, official_differences, units_of
from assistant.corpus.law.transitions import Transition, read_transition
from assistant.corpus.reading.numbers import find_cited_numbers
from assistant.errors import InvalidRequest, NotFound
from assistant.messages import message

_HEAD_CHARS = 4000
"""How much of a consolidated text is searched for the acts it puts together: they are named above its first article."""


class LawView:
    """Views of the documents that `labels` let the caller see."""

    def __init__(self, catalogue: Catalogue, labels: Sequence[str]) -> None:
        self._catalogue = catalogue
        self._law = LawReader(catalogue)
        self._labels = frozenset(labels)

    def show(self, number: str, day: date, event: date | None = None) -> dict[str, Any]:
        """The text of `number` on `day`, every changed span with its origin, and what is known but not applied.

        `event` is the day of the matter asked about: transitional sentences say whether older rules go on for it.
        """
        base = self._document(number)
        state = self._law.state_on(base.id, day)
        document = self._text(state.document_id)
        effects = self._law.effects_on(base.id)
        by_key = {(each.amending_id, each.ordinal): each for each in effects}
        machine = state.begins is not None
        return {
            **_head(document),
            "as_of": day.isoformat(),
            "consolidated_by_machine": machine,
            "notice": message("law_consolidated_notice" if machine else "law_original_notice"),
            "status": _suspended(effects, day) or _status(document, day),
            "text": document.text,
            "changes": [
                {"start": start, "end": end, "origin": _origin(by_key.get((amending_id, ordinal)))}
                for start, end, amending_id, ordinal in self._law.changed_spans(state.document_id)
            ],
            "not_applied": [_effect(each) for each in effects if each.outcome != "applied"],
            "findings": self._findings(base.id),
            "transition": list(base.notes),
            **({"event": event.isoformat(), "for_event": _for_event(base, event)} if event else {}),
        }

    def diff(self, number: str, day: date, other: date) -> dict[str, Any]:
        """The units whose words differ between two days, side by side."""
        base = self._document(number)
        before, after = (self._law.state_on(base.id, each).document_id for each in (day, other))
        old, new = self._text(before), self._text(after)
        effects = {(each.amending_id, each.ordinal): each for each in self._law.effects_on(base.id)}
        return {
            **_head(base),
            "from": day.isoformat(),
            "to": other.isoformat(),
            "notice": message("law_consolidated_notice"),
            "differences": [
                {**each.told(), "by": self._origins_in(new, each.path, effects)}
                for each in differences(units_of(old), units_of(new))
            ],
        }

    def compare(self, number: str) -> dict[str, Any]:
        """Every official consolidated text of an act beside the machine's of the same acts; either may be named."""
        named = self._document(number)
        base = self._base_of(named) if named.kind is DocumentKind.CONSOLIDATION else named
        official = [named] if base is not named else self._official_texts_of(named)
        if base is None or not official:
            raise NotFound("law_official_not_held", number=named.number)
        return {
            **_head(base),
            "notice": message("law_consolidated_notice"),
            "official": [self._compared(base, each) for each in official],
        }

    def _compared(self, base: Document, official: Document) -> dict[str, Any]:
        named = find_cited_numbers(official.text[:_HEAD_CHARS].partition("\nĐiều 1")[0])
        effects = [each for each in self._law.effects_on(base.id) if any(n.fits(each.amending_number) for n in named)]
        days = [each.effective_from for each in effects if each.outcome == "applied" and each.effective_from]
        day = max(days, default=base.validity.effective_from or official.issued_on or date.max)
        machine = self._text(self._law.state_on(base.id, day).document_id)
        found, compared = official_differences(machine, official)
        return {
            "number": official.number,
            "document_id": official.id,
            "as_of": day.isoformat(),
            "acts": sorted({each.amending_number for each in effects}),
            "units": compared,
            "differences": [each.told() for each in found],
        }

    def _official_texts_of(self, base: Document) -> list[Document]:
        heads = [head for head in self._heads() if head["kind"] == DocumentKind.CONSOLIDATION.value]
        texts = (self._text(head["id"]) for head in heads)
        return [text for text in texts if (of := self._base_of(text)) is not None and of.id == base.id]

    def _base_of(self, official: Document) -> Document | None:
        """The act that a consolidated text names first."""
        heads = [head for head in self._heads() if head["id"] != official.id and head["number"]]
        for cited in find_cited_numbers(official.text[:_HEAD_CHARS]):
            found = next((head for head in heads if cited.is_full and cited.fits(head["number"])), None)
            if found and found["kind"] != DocumentKind.CONSOLIDATION.value:
                return self._text(found["id"])
        return None

    def _origins_in(
        self, document: Document, path: str, effects: dict[tuple[str, int], Effect]
    ) -> list[dict[str, Any] | None]:
        """The amendments that put words into a unit."""
        unit = next((each for each in document.provisions if each.path == path), None)
        spans = self._law.changed_spans(document.id) if unit else []
        keys = [(by, ordinal) for start, end, by, ordinal in spans if unit and start < unit.end and unit.start < end]
        return [_origin(effects.get(key)) for key in dict.fromkeys(keys)]

    def timeline(self, number: str) -> dict[str, Any]:
        """Issue, effect, every day on which the text changes and by which act, the end; and its own instructions."""
        base = self._document(number)
        events: list[dict[str, Any]] = []
        for code, event_day in (("issued", base.issued_on), ("effective", base.validity.effective_from)):
            if event_day:
                events.append({"day": event_day.isoformat(), "event": code})
        changed: dict[tuple[date, str], int] = {}
        effects = self._law.effects_on(base.id)
        for each in effects:
            if each.outcome == "applied" and each.effective_from:
                key = (each.effective_from, each.amending_number)
                changed[key] = changed.get(key, 0) + 1
        for (changed_on, by), count in sorted(changed.items()):
            events.append({"day": changed_on.isoformat(), "event": "amended", "by": by, "count": count})
        if base.validity.effective_to:
            events.append({"day": base.validity.effective_to.isoformat(), "event": "last_day"})
        return {
            **_head(base),
            "events": sorted(events, key=lambda event: str(event["day"])),
            "amended_by": [_effect(each) for each in effects],
            "amends": [_effect(each) for each in self._law.effects_of(base.id)],
            "findings": self._findings(base.id),
            "transition": list(base.notes),
        }

    def _heads(self) -> list[dict[str, Any]]:
        """What the caller may see, the official and the settled first."""
        seen = [
            head for head in self._catalogue.document_list() if not head["version_of"] and head["label"] in self._labels
        ]
        return sorted(seen, key=lambda head: (head["is_draft"], not head["is_official"], head["id"]))

    def _document(self, number: str) -> Document:
        cited, heads = find_cited_numbers(number), self._heads()
        exact = [head for head in heads if number in (head["number"], head["id"])]
        found = exact or [head for head in heads if any(each.fits(head["number"]) for each in cited)]
        if not found:
            raise NotFound("law_not_held", number=number)
        numbers = sorted({head["number"] for head in found})
        if len(numbers) > 1:
            # "TT 13/2026" is of several ministries: which one is meant is the reader's to say.
            raise InvalidRequest("law_number_ambiguous", number=number, candidates=", ".join(numbers[:8]))
        return self._text(found[0]["id"])

    def _text(self, document_id: str) -> Document:
        document = self._catalogue.document(document_id)
        if document is None:
            raise NotFound("document_not_found")
        return document

    def _findings(self, document_id: str) -> list[dict[str, str]]:
        found = []
        for code, values in self._law.findings(document_id):
            shown = {name: message(value) if name == "reason" else value for name, value in values.items()}
            found.append({"code": values.get("reason", code), "detail": message(code, **shown)})
        return found


def _head(document: Document) -> dict[str, Any]:
    validity = document.validity
    return {
        "document_id": document.id,
        "number": document.number,
        "title": document.title,
        "kind": document.kind.value,
        "effective_from": validity.effective_from.isoformat() if validity.effective_from else None,
        "effective_to": validity.effective_to.isoformat() if validity.effective_to else None,
    }


def _status(document: Document, day: date) -> str:
    if document.is_draft:
        return message("law_status_draft")
    begins, ends = document.validity.effective_from, document.validity.effective_to
    if ends is not None and ends < day:
        return message("law_status_ended", day=f"{ends:%d/%m/%Y}")
    if begins is not None and day < begins and not document.version_of:
        return message("law_status_not_yet", day=f"{begins:%d/%m/%Y}")
    return message("law_status_in_force")


def _suspended(effects: Sequence[Effect], day: date) -> str:
    """What is said of an act whose force an interval interrupts as a whole."""
    for each in effects:
        begins, ends = each.effective_from, each.effective_to
        whole = each.kind == OperationKind.SUSPEND.value and each.outcome == "applied" and not each.place
        if whole and begins is not None and begins <= day and (ends is None or day <= ends):
            until = f"{ends:%d/%m/%Y}" if ends else "…"
            return message("law_status_suspended", begins=f"{begins:%d/%m/%Y}", until=until, by=each.amending_number)
    return ""


def _effect(effect: Effect) -> dict[str, Any]:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(effect).items()}
    kind, _, day = effect.note.partition(":")
    if kind == "partly":
        plain["note"] = message("amendment_partly", day=f"{date.fromisoformat(day):%d/%m/%Y}")
    return {**plain, "detail": message(effect.outcome)} if effect.outcome else plain


def _origin(effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    day = effect.effective_from
    return {
        "number": effect.amending_number,
        "path": effect.source_path,
        "effective_from": day.isoformat() if day else None,
        "kind": effect.kind,
    }


def _for_event(document: Document, event: date) -> list[dict[str, Any]]:
    """Each transitional sentence with what it means for an event on that day."""
    read = [read_transition(note, document.validity.effective_from) for note in document.notes]
    return [
        {
            "note": each.note,
            "kind": each.kind,
            "limit": each.limit.isoformat() if each.limit else None,
            "older_rules": each.keeps_older(event),
            "acts": list(each.numbers),
            "detail": _event_words(each, event),
        }
        for each in read
    ]


def _event_words(transition: Transition, event: date) -> str:
    older = transition.keeps_older(event)
    if older is None or transition.limit is None:
        return message("law_event_unread")
    code = "law_event_older" if older else "law_event_newer"
    return message(code, day=f"{event:%d/%m/%Y}", limit=f"{transition.limit:%d/%m/%Y}")
