"""What a run has to do: which sources are new or changed, which stay, which are gone."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.catalogue import SourceRecord
from assistant.corpus.generation import CATALOGUE_FILE
from assistant.errors import IndexUnavailable
from ingest.catalogue import CatalogueWriter, recorded_meta, recorded_sources
from ingest.sources import FoundFile, Scope, is_unchanged, scan

_ROOTS = "roots"


@dataclass(frozen=True, slots=True)
class Plan:
    """`from_scratch` means that nothing of the previous generation is taken over."""

    changed: tuple[FoundFile, ...]
    unchanged: tuple[SourceRecord, ...]
    removed: tuple[str, ...]
    roots: Mapping[str, str]
    from_scratch: bool = False


def recorded_roots(previous: Path | None) -> dict[str, str]:
    """The synced folders by name, as the previous generation recorded them."""
    found: dict[str, str] = json.loads(recorded_meta(previous / CATALOGUE_FILE).get(_ROOTS, "{}")) if previous else {}
    return found


def write_roots(writer: CatalogueWriter, roots: Mapping[str, str]) -> None:
    writer.put_meta(_ROOTS, json.dumps(roots, ensure_ascii=False, sort_keys=True))


def plan_sync(previous: Path | None, scopes: Sequence[Scope], roots: Mapping[str, str], pipeline: str) -> Plan:
    """Compare what the scopes hold with what is recorded. A new pipeline reads every source again."""
    recorded = _recorded(previous)
    found = {file.key: file for scope in scopes for file in scan(scope)}
    outdated = previous is not None and recorded_meta(previous / CATALOGUE_FILE).get("pipeline") != pipeline
    if outdated:
        found = {**_present(recorded.values(), roots), **found}
    gone = [
        key
        for key in recorded
        if key.partition("/")[0] not in roots or (key not in found and any(scope.covers(key) for scope in scopes))
    ]
    changed = [file for key, file in sorted(found.items()) if outdated or not is_unchanged(file, recorded.get(key))]
    again = {file.key for file in changed}
    unchanged = [recorded[key] for key in sorted(found.keys() & recorded.keys()) if key not in again]
    return Plan(tuple(changed), tuple(unchanged), tuple(sorted(gone)), roots, outdated)


def plan_rebuild(previous: Path | None) -> Plan:
    """Every recorded source that is still there, from scratch."""
    if previous is None:
        raise IndexUnavailable("index_missing")
    roots = recorded_roots(previous)
    recorded = _recorded(previous)
    present = _present(recorded.values(), roots)
    gone = sorted(recorded.keys() - present.keys())
    return Plan(tuple(present[key] for key in sorted(present)), (), tuple(gone), roots, from_scratch=True)


def _recorded(previous: Path | None) -> dict[str, SourceRecord]:
    if previous is None:
        return {}
    return {record.path: record for record in recorded_sources(previous / CATALOGUE_FILE)}


def _present(recorded: Iterable[SourceRecord], roots: Mapping[str, str]) -> dict[str, FoundFile]:
    """The recorded sources whose files are still where they were."""
    found: dict[str, FoundFile] = {}
    for record in recorded:
        name, _, below = record.path.partition("/")
        path = Path(roots.get(name, "")) / below
        if name in roots and path.is_file():
            status = path.stat()
            found[record.path] = FoundFile(record.path, path, status.st_size, status.st_mtime_ns)
    return found
