"""What is handed to the engine is read once more, by the engine's own parser, as if a stranger had written it."""

from collections import Counter

import structlog
from sqlglot import exp

from assistant.errors import StatementRefused
from assistant.query.engines.duckdb_parser import EngineReading, Scan
from assistant.query.guard.context import Context, folded
from assistant.query.guard.functions import ENGINE_NAMES, OWN, REVIEWED
from assistant.query.guard.grammar import DIALECT
from assistant.query.guard.names import rows_of

RULE = "proof"
log = structlog.get_logger(__name__)


def _unproven() -> StatementRefused:
    """Two readers disagree about one text: who watches the service must hear of it. No word of the text is logged."""
    log.error("guard_not_proven")
    return StatementRefused(RULE, "query_not_proven")


def emit(expression: exp.Expr, *, copy: bool = True) -> str:
    """The text of an expression. Without a copy the expression is spent: the writer may change it."""
    return DIALECT.generate(expression, copy=copy, comments=False)


def prove(reading: EngineReading | None, context: Context) -> None:
    """Refuse text in which the engine's own parser sees more than the caller's projections and reviewed functions.

    `reading` is what that parser, which will run the text, sees in it: nodes of listed kinds only. Both parsers must
    have found the same tables.
    """
    if reading is None:
        raise _unproven()
    functions = context.policy.functions & REVIEWED | OWN
    if reading.functions - functions - {ENGINE_NAMES.get(name, name) for name in functions}:
        raise _unproven()
    if any(schema not in {"", "main"} for schema, _ in reading.tables):
        raise _unproven()
    bases = Counter(name for schema, name in reading.tables if schema)
    scans = Counter(scan.table for scan in reading.scans if _is_projection(scan, context))
    if bases != scans or not set(bases) <= context.tables:
        raise _unproven()
    names = {folded(name) for name in reading.ctes}
    loose = {folded(name) for schema, name in reading.tables if not schema}
    if loose - names or names & set(context.policy.tables):
        raise _unproven()


def check_original(reading: EngineReading | None, context: Context) -> None:
    """The engine must read the caller's own text as one query over tables the policy or its CTEs name."""
    if reading is None:
        raise StatementRefused(RULE, "query_unreadable")
    known = set(context.policy.tables) | {folded(name) for name in reading.ctes}
    if any(folded(name) not in known or schema not in {"", "main"} for schema, name in reading.tables):
        raise _unproven()


def _is_projection(scan: Scan, context: Context) -> bool:
    """Whether the scan reads permitted columns of the caller's rows, and of no others."""
    policy = context.policy.tables.get(scan.table)
    return policy is not None and scan.columns <= set(policy.columns) and scan.rows == rows_of(policy, context)
