"""The one gate before an engine: a query is read, judged, narrowed to its caller, written anew and read again."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from assistant.access.policy import Policy
from assistant.access.principal import Principal
from assistant.query.engines.duckdb_parser import read_by_engine
from assistant.query.guard.context import Context
from assistant.query.guard.disclosure import protect_persons
from assistant.query.guard.disclosure.populations import Population
from assistant.query.guard.functions import allow_functions
from assistant.query.guard.limits import cap_parts, cap_rows
from assistant.query.guard.names import project_tables
from assistant.query.guard.normal import normalise
from assistant.query.guard.pivots import Frame, unframed
from assistant.query.guard.proof import check_original, emit, prove
from assistant.query.guard.reading import fresh_prefix, read, refusing
from assistant.query.guard.statement import allow_statement

__all__ = ["RULES", "GuardedQuery", "Stage", "explain", "guard"]

RULES = (allow_statement, allow_functions, normalise, cap_parts, project_tables, protect_persons, cap_rows)


@dataclass(frozen=True, slots=True)
class GuardedQuery:
    """What may run. `probe` counts the groups and values withheld from the answer, where that can be counted.

    `populations` are the groups of persons it tells of, which the ledger compares with earlier ones.
    `rewrites` are codes: scope, row_cap, small_groups, small_counts. `limited` says the LIMIT is the guard's.
    """

    sql: str
    tables: tuple[str, ...]
    rewrites: tuple[str, ...]
    probe: str | None
    limited: bool
    populations: tuple[Population, ...]
    threshold: int


def guard(query: str | exp.Expr, policy: Policy, principal: Principal) -> GuardedQuery:
    """The query as `principal` may run it. Raises QueryRefused, and nothing else, for what may not run."""
    context = Context(policy.seen_by(principal.role, principal.territories), principal)
    with refusing(policy.caps):
        sql = query if isinstance(query, str) else emit(query)
        expression, frame = unframed(read(sql, policy.caps))
        context.prefix = fresh_prefix(expression)
        for rule in RULES:
            expression = rule(expression, context)
        original = sql if isinstance(query, str) and frame is None else None
        return _written(expression, context, frame, original)


@dataclass(frozen=True, slots=True)
class Stage:
    """The query after one rule."""

    rule: str
    sql: str


def explain(sql: str, policy: Policy, principal: Principal) -> Iterator[Stage]:
    """The query after each rule of `guard`, for those who write policies. Raises QueryRefused where it would."""
    context = Context(policy.seen_by(principal.role, principal.territories), principal)
    with refusing(policy.caps):
        expression, _ = unframed(read(sql, policy.caps))
        context.prefix = fresh_prefix(expression)
        for rule in RULES:
            expression = rule(expression, context)
            yield Stage(rule.__name__, emit(expression))
    guard(sql, policy, principal)


def _written(expression: exp.Expr, context: Context, frame: Frame | None, original: str | None) -> GuardedQuery:
    """The text that runs and its probe, proven; the engine's parser reads them and the original in one go."""
    if frame is not None:
        expression.set("limit", None)
    sql = emit(expression, copy=False)
    probe = emit(context.probe, copy=False) if context.probe is not None else None
    readings = dict(zip(texts := _given(original, sql, probe), read_by_engine(*texts), strict=True))
    if original is not None:
        check_original(readings[original], context)
    for text in _given(sql, probe):
        prove(readings[text], context)
    if frame is not None:
        sql = frame.around(sql, context.policy.caps.rows, withheld="small_groups" in context.rewrites)
    return GuardedQuery(
        sql,
        tuple(sorted(context.tables)),
        tuple(context.rewrites),
        probe,
        context.limited,
        tuple(context.populations),
        context.threshold,
    )


def _given(*texts: str | None) -> list[str]:
    return [text for text in texts if text is not None]
