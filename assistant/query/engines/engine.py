"""The port every database engine implements; only the runner calls it."""

from typing import Protocol

from assistant.query.table import ResultTable


class Engine(Protocol):
    """Runs SQL that passed the guard. Its errors are EngineUnavailable and QueryTimedOut, never engine text."""

    @property
    def name(self) -> str: ...

    @property
    def dialect(self) -> str: ...

    def run(self, sql: str, *, timeout_seconds: float, row_cap: int) -> ResultTable:
        """At most `row_cap` rows of plain values; a query still running at its deadline, or cancelled, is killed."""
        ...

    def health(self) -> None:
        """Return when a query can be answered; raise EngineUnavailable with the reason's code otherwise."""
        ...

    def stop(self) -> None:
        """End what is running, from another thread; what runs or is asked for later raises EngineUnavailable."""
        ...

    def close(self) -> None: ...
