"""What is handed to the engine is read once more, by both parsers, as if a stranger had written it."""

from collections import Counter

from sqlglot import exp

from assistant.errors import StatementRefused
from assistant.query.engines.duckdb_parser import EngineReading
from assistant.query.guard.context import Context, folded
from assistant.query.guard.functions import ENGINE_NAMES, OWN, REVIEWED, check_functions
from assistant.query.guard.grammar import DIALECT
from assistant.query.guard.names import scope_predicate
from assistant.query.guard.statement import allow_statement

RULE = "proof"


def emit(expression: exp.Expr, *, copy: bool = True) -> str:
    """The text of an expression. Without a copy the expression is spent: the writer may change it."""
    return DIALECT.generate(expression, copy=copy, comments=False)


def prove(sql: str, reading: EngineReading | None, context: Context) -> None:
    """Refuse text that does not read back as itself, or in which a scan is not behind its projection.

    `reading` is what the engine's own parser sees in the text.
    """
    again = DIALECT.parse(sql)
    if len(again) != 1 or again[0] is None:
        raise StatementRefused(RULE, "query_not_proven")
    tree = allow_statement(again[0], context)
    functions = context.policy.functions & REVIEWED | OWN
    check_functions(tree, functions)
    tables = list(tree.find_all(exp.Table))
    scans = [table for table in tables if table.text("db")]
    if not all(_behind_projection(table, context) for table in scans):
        raise StatementRefused(RULE, "query_not_proven")
    names = {folded(cte.alias) for cte in tree.find_all(exp.CTE)}
    loose = {folded(table.name) for table in tables if not table.text("db") and table.name}
    if loose - names or names & set(context.policy.tables):
        raise StatementRefused(RULE, "query_not_proven")
    if reading is None or reading.functions - functions - {ENGINE_NAMES.get(name, name) for name in functions}:
        raise StatementRefused(RULE, "query_not_proven")
    _compare(reading, Counter(folded(table.name) for table in scans), names)
    if emit(tree, copy=False) != sql:
        raise StatementRefused(RULE, "query_not_proven")


def check_original(reading: EngineReading | None, context: Context) -> None:
    """The engine must read the caller's own text as one query over tables the policy or its CTEs name."""
    if reading is None:
        raise StatementRefused(RULE, "query_unreadable")
    known = set(context.policy.tables) | {folded(name) for name in reading.ctes}
    if any(folded(name) not in known or schema not in {"", "main"} for schema, name in reading.tables):
        raise StatementRefused(RULE, "query_not_proven")


def _behind_projection(table: exp.Table, context: Context) -> bool:
    """Whether the scan is `(SELECT permitted columns FROM main.t WHERE the caller's scope)`."""
    select = table.parent.parent if isinstance(table.parent, exp.From) else None
    policy = context.policy.tables.get(table.name)
    if policy is None or table.text("db") != "main" or table.alias or not isinstance(select, exp.Select):
        return False
    if not isinstance(select.parent, exp.Subquery) or select.args.get("joins"):
        return False
    columns = [one.name for projection in select.expressions for one in projection.find_all(exp.Column)]
    if select.find(exp.Star) or not set(columns) <= set(policy.columns):
        return False
    wanted, where = scope_predicate(policy, context), select.args.get("where")
    return (where.this if where is not None else None) == wanted


def _compare(reading: EngineReading, scans: Counter[str], ctes: set[str]) -> None:
    """Both parsers must have found the same scans, and nothing else but CTEs."""
    bases = Counter(name for schema, name in reading.tables if schema == "main")
    loose = {folded(name) for schema, name in reading.tables if schema != "main"}
    if bases != scans or loose - ctes or any(schema not in {"", "main"} for schema, _ in reading.tables):
        raise StatementRefused(RULE, "query_not_proven")
