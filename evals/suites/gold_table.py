"""The gold table of a data case: its rows, or its SQL run read-only on the database the answer came from."""

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.access.principal import Principal, Role
from assistant.answering.services import Services
from assistant.conversations.answer import AnswerStatus
from assistant.conversations.record import plain_cell
from evals.expected.data_case import DataCase
from evals.suites.spellings import Spellings

_MOST_ROWS = 20_000
_MOST_SECONDS = 60.0


def gold_tables(
    services: Services, spellings: Spellings, case: DataCase, principal: Principal
) -> dict[str, Any] | None:
    """As JSON, in the form `judging.golds_of` reads; None for a case that expects no table."""
    if not case.has_gold:
        return None
    tables = [_json(case.columns, case.rows)] if case.rows is not None else _run(services, case, principal)
    return {
        "tables": tables,
        "spellings": spellings.of(row for table in tables for row in table["rows"]),
        "ordered": case.is_ordered,
        "limit": case.limit if case.rows is None else None,
        "rounded": case.rows is not None or "round(" in (case.sql or "").casefold(),
        "withheld_below": services.policy.suppression.persons,
    }


def _run(services: Services, case: DataCase, principal: Principal) -> list[dict[str, Any]]:
    """As a national asker gets it, as written; and as the guard lets this asker have it: scoped, small groups withheld.

    For a territory only the guarded table is right, unless the guard refuses the SQL itself.
    """
    guarded = services.query(None, case.gold_sql, principal)
    tables = [_json(guarded.columns, guarded.rows)] if guarded.status is AnswerStatus.ANSWERED else []
    if principal.role is Role.NATIONAL or not tables:
        whole = services.engine.run(case.gold_sql, timeout_seconds=_MOST_SECONDS, row_cap=_MOST_ROWS)
        tables.insert(0, _json(whole.columns, whole.rows))
    return tables if tables[0] != tables[-1] else tables[:1]


def _json(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    return {"columns": list(columns), "rows": [[plain_cell(cell) for cell in row] for row in rows]}
