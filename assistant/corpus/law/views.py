"""What people ask of a document over time: its text on a day, what differs between two days, its timeline."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.corpus.catalogue import Catalogue, Effect, LawReader
from assistant.corpus.document import Document, ProvisionKind
from assistant.corpus.reading.numbers import find_cited_numbers
from assistant.errors import NotFound
from assistant.messages import message

_SHOWN = (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT)


class LawView:
    """Views of the documents that `labels` let the caller see."""

    def __init__(self, catalogue: Catalogue, labels: Sequence[str]) -> None:
        self._catalogue = catalogue
        self._law = LawReader(catalogue)
        self._labels = frozenset(labels)

    def show(self, number: str, day: date) -> dict[str, Any]:
        """The text of `number` on `day`, every changed span with its origin, and what is known but not applied."""
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
            "status": _status(document, day),
            "text": document.text,
            "changes": [
                {"start": start, "end": end, "origin": _origin(by_key.get((amending_id, ordinal)))}
                for start, end, amending_id, ordinal in self._law.changed_spans(state.document_id)
            ],
            "not_applied": [_effect(each) for each in effects if each.outcome != "applied"],
            "findings": self._findings(base.id),
            "transition": list(base.notes),
        }

    def diff(self, number: str, day: date, other: date) -> dict[str, Any]:
        """The units whose words differ between two days, side by side."""
        base = self._document(number)
        before, after = (self._text(self._law.state_on(base.id, each).document_id) for each in (day, other))
        old, new = _units(before), _units(after)
        paths = [path for path in {**old, **new} if old.get(path) != new.get(path)]
        return {
            **_head(base),
            "from": day.isoformat(),
            "to": other.isoformat(),
            "notice": message("law_consolidated_notice"),
            "differences": [
                {"path": path, "before": old.get(path), "after": new.get(path)}
                for path in paths
                if not _covered(path, paths, old, new)
            ],
        }

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

    def _document(self, number: str) -> Document:
        cited = find_cited_numbers(number)
        heads = [
            head
            for head in self._catalogue.document_list()
            if not head["version_of"] and head["label"] in self._labels
            if number in (head["number"], head["id"]) or any(each.fits(head["number"]) for each in cited)
        ]
        official = sorted(heads, key=lambda head: (head["is_draft"], not head["is_official"], head["id"]))
        if not official:
            raise NotFound("law_not_held", number=number)
        return self._text(official[0]["id"])

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


def _effect(effect: Effect) -> dict[str, Any]:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(effect).items()}
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


def _units(document: Document) -> dict[str, str]:
    return {unit.path: document.provision_text(unit) for unit in document.provisions if unit.kind in _SHOWN}


def _covered(path: str, paths: Sequence[str], old: dict[str, str], new: dict[str, str]) -> bool:
    """Whether a smaller or larger unit shows this difference: the largest that is new or gone, else the smallest."""
    outer = path.partition(" ")[2].partition(" ")[2]
    while outer:
        if outer in paths and (outer not in old or outer not in new):
            return True
        outer = outer.partition(" ")[2].partition(" ")[2]
    inner = [each for each in paths if each.endswith(f" {path}")]
    return path in old and path in new and bool(inner)
