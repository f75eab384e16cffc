"""The gold table of a data case: its rows, or its SQL run read-only on the database the answer came from."""

from typing import Any

from assistant.access.principal import Principal, Role
from assistant.answering.services import Services
from assistant.conversations.answer import AnswerStatus
from assistant.conversations.record import plain_cell
from evals.expected.data_case import DataCase
from evals.suites.spellings import Spellings

_MOST_ROWS = 20_000
_MOST_SECONDS = 60.0


def gold_table(services: Services, spellings: Spellings, case: DataCase, principal: Principal) -> dict[str, Any] | None:
    """As JSON, in the form `judging.gold_of` reads; None for a case that expects no table."""
    if not case.has_gold:
        return None
    columns, rows = (case.columns, case.rows) if case.rows is not None else _run(services, case, principal)
    cells = [[plain_cell(cell) for cell in row] for row in rows or ()]
    return {
        "columns": list(columns),
        "rows": cells,
        "spellings": spellings.of(cells),
        "ordered": case.is_ordered,
        "limit": case.limit if case.rows is None else None,
        "rounded": case.rows is not None or "round(" in (case.sql or "").casefold(),
        "withheld_below": services.policy.suppression.persons,
    }


def _run(
    services: Services, case: DataCase, principal: Principal
) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    """National gold runs as written; a territory's gold runs in that territory's scope, where the guard allows it."""
    if principal.role is not Role.NATIONAL:
        scoped = services.query(None, case.gold_sql, principal)
        if scoped.status is AnswerStatus.ANSWERED:
            return scoped.columns, scoped.rows
    table = services.engine.run(case.gold_sql, timeout_seconds=_MOST_SECONDS, row_cap=_MOST_ROWS)
    return table.columns, table.rows
