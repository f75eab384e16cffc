"""The kill switch: an administrator stops answers, all or of one kind, for everybody, at once and across restarts."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from assistant.errors import StoreUnavailable


class Stoppable(StrEnum):
    """What can be stopped. Without the model the assistant quotes instead of writing."""

    ALL = "all"
    LAW = "law"
    DATA = "data"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Stop:
    """Since when something is stopped, and by whom."""

    at: str
    by: str


@dataclass(slots=True)
class Switch:
    """Kept in a small file that every process on the data folder looks at before it answers."""

    path: Path
    _seen: tuple[int, int] | None = None
    _stops: Mapping[Stoppable, Stop] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def stops(self) -> Mapping[Stoppable, Stop]:
        """What is off now. A file that cannot be read stops everything: somebody meant to stop something."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return {}
        except OSError:
            return {Stoppable.ALL: Stop("", "")}
        stamp = status.st_mtime_ns, status.st_ino
        with self._lock:
            if stamp != self._seen:
                self._stops, self._seen = self._read(), stamp
            return self._stops

    def is_off(self, kind: Stoppable) -> bool:
        """Whether this kind is stopped, by itself or with everything."""
        stops = self.stops()
        return kind in stops or Stoppable.ALL in stops

    def set(self, kind: Stoppable, by: str, *, off: bool) -> Mapping[Stoppable, Stop]:
        """Stop or let go on. Raises StoreUnavailable when that cannot be written."""
        stops = {one: stop for one, stop in self.stops().items() if one is not kind}
        if off:
            stops[kind] = Stop(datetime.now(UTC).isoformat(timespec="seconds"), by)
        kept = {one.value: {"at": stop.at, "by": stop.by} for one, stop in stops.items()}
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile("w", dir=self.path.parent, delete=False, encoding="utf-8") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(file.name, self.path)
        except OSError as error:
            raise StoreUnavailable(detail=type(error).__name__) from error
        return stops

    def _read(self) -> Mapping[Stoppable, Stop]:
        try:
            loaded = json.loads(self.path.read_text(encoding="utf-8"))
            return {Stoppable(name): Stop(str(stop["at"]), str(stop["by"])) for name, stop in loaded.items()}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return {Stoppable.ALL: Stop("", "")}
