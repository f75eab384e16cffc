"""One person's data, for requests of data subjects: found, exported, erased. The audit log tells that it was done.

A person is named as the audit log names them, without the scope: `oidc:SUBJECT`, `key:ID`, `key:ID/USER`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.access.audit import AuditLog, Kind
from assistant.answering.background import JobStore
from assistant.conversations.persons import PersonalRecords


@dataclass(frozen=True, slots=True)
class Found:
    """How much there is. Audit records are kept as long as the law wants, whoever asks."""

    conversations: int
    turns: int
    jobs: int
    records: int


@dataclass(frozen=True, slots=True)
class Persons:
    """Everything of a person that the service keeps."""

    store: PersonalRecords
    jobs: JobStore
    log: AuditLog

    def find(self, person: str) -> Found:
        """Nothing is changed, and that somebody looked is on record."""
        found = self._found(person)
        self._note("person found", person, found)
        return found

    def export(self, person: str) -> Mapping[str, Any]:
        """Questions, answers, judgements and results in plain JSON, with the person's own audit records."""
        found = self._found(person)
        self._note("person exported", person, found)
        owners = self.store.owners(person)
        return {
            "person": person,
            "conversations": [each for owner in owners for each in self.store.plain(owner)],
            "jobs": self.jobs.of_person(person),
            "audit": [entry.fields for entry in self.log.entries() if _is_of(entry.fields, person)],
        }

    def erase(self, person: str) -> Found:
        """Conversations and results go; on record before they do."""
        found = self._found(person)
        self._note("person erased", person, found)
        self.store.remove(self.store.owners(person))
        self.jobs.remove_person(person)
        return found

    def _found(self, person: str) -> Found:
        owners = self.store.owners(person)
        conversations, turns = self.store.amount(owners)
        records = sum(_is_of(entry.fields, person) for entry in self.log.entries())
        return Found(conversations, turns, len(self.jobs.of_person(person)), records)

    def _note(self, what: str, person: str, found: Found) -> None:
        self.log.append(Kind.ADMINISTRATION, "operator", what=what, person=person, conversations=found.conversations)


def _is_of(fields: Mapping[str, Any], person: str) -> bool:
    return str(fields.get("actor", "")).partition(" ")[2] == person


def own_file(path: Path, content: str) -> None:
    """Written readable by its owner only: it holds somebody's questions."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(content, encoding="utf-8")
