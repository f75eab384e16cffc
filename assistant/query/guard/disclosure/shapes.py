"""The aggregates that may be formed over persons, and which persons stand behind each value."""

from dataclasses import dataclass
from enum import StrEnum

from sqlglot import exp

from assistant.errors import FunctionRefused
from assistant.query.guard.disclosure.relation import Kind, Scope
from assistant.query.guard.functions import AGGREGATES, Family, family, function_name

RULE = "disclosure"
_AGGREGATING = AGGREGATES | {Family.GROUPING}
_WRAPPERS = (exp.Filter, exp.WithinGroup, exp.IgnoreNulls)
_INTEGER_NAMES = "TINYINT SMALLINT INT BIGINT INT128 UINT DECIMAL BOOLEAN"
_INTEGERS = frozenset(getattr(exp.DataType.Type, name) for name in _INTEGER_NAMES.split())
_BOOLEAN = (exp.Predicate, exp.Connector, exp.Not, exp.Boolean, exp.In, exp.Between, exp.Exists)


class Shape(StrEnum):
    """PLAIN: every person adds a value of the same form. CHOSEN: a condition decides who adds one."""

    PLAIN = "plain"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Support:
    """The rows that add to an aggregate (`where`), and whether those that do not are told by it as well.

    `tail` is set for values that are somebody's own: the share of the persons beyond them, 0 for the extremes.
    """

    where: exp.Expr | None
    complement: bool
    family: Family
    counts: tuple[exp.Column, ...] = ()
    tail: float | None = None


def aggregate_unit(node: exp.Expr) -> exp.Expr | None:
    """The aggregate function inside a node that computes one (with its FILTER and such); None for other nodes."""
    inner = _unwrapped(node)
    return inner if family(inner) in _AGGREGATING else None


def _unwrapped(node: exp.Expr) -> exp.Expr:
    while isinstance(node, _WRAPPERS):
        node = node.this
    return node


def support_of(unit: exp.Expr, scope: Scope) -> Support:
    """Who stands behind the value of `unit`; refuses a form in which that cannot be said."""
    conditions: list[exp.Expr] = []
    node, filtered = unit, False
    while isinstance(node, _WRAPPERS):
        if isinstance(node, exp.WithinGroup):
            raise _refused(node.this)
        if isinstance(node, exp.Filter):
            conditions.append(node.expression.this)
            filtered = True
        node = node.this
    kind = family(node)
    if kind is Family.LISTING or kind is None:
        raise _refused(node)
    if kind is Family.GROUPING:  # which row is a total says nothing about anybody
        return Support(None, False, kind)
    reader = {Family.COUNTING: _counting, Family.AVERAGING: _averaging, Family.SELECTING: _selecting}[kind]
    where, chosen = reader(node, scope)
    conditions += where
    joined = exp.and_(*(one.copy() for one in conditions), copy=False) if conditions else None
    counts = tuple(one for one in measured_columns(unit) if scope.kind(one) is Kind.COUNT)
    counts += tuple(total_of(one, scope) for one in measured_columns(unit) if scope.kind(one) is Kind.AMOUNT)
    tail = tail_of(node) if kind is Family.SELECTING else None
    return Support(joined, filtered or chosen, kind, counts, tail)


def _counting(node: exp.Expr, scope: Scope) -> tuple[list[exp.Expr], bool]:
    if isinstance(node, exp.CountIf):
        return [node.this], True
    argument = node.this
    if argument is None or isinstance(argument, exp.Star | exp.Literal):
        return [], False
    distinct = isinstance(argument, exp.Distinct) or isinstance(node, exp.ApproxDistinct)
    if isinstance(argument, exp.Distinct):
        argument = argument.expressions[0] if len(argument.expressions) == 1 else exp.Null()
    stored = isinstance(argument, exp.Column) and scope.kind(argument) not in {Kind.CHOSEN, Kind.MADE}
    if distinct and not stored:
        raise _refused(node)
    return [_present(argument)], not stored


def _averaging(node: exp.Expr, scope: Scope) -> tuple[list[exp.Expr], bool]:
    conditions: list[exp.Expr] = []
    chosen = False
    for argument in node.iter_expressions():
        shape = shape_of(argument, scope)
        if shape is None or any(scope.kind(one) is Kind.KEY for one in argument.find_all(exp.Column)):
            raise _refused(node)
        if shape is Shape.CHOSEN:
            chosen = True
            conditions.append(exp.NEQ(this=_wrapped(argument), expression=exp.Literal.number(0)))
        else:
            conditions.append(_present(_without_default(argument)))
    return conditions, chosen


def _selecting(node: exp.Expr, scope: Scope) -> tuple[list[exp.Expr], bool]:
    argument, *rest = [*node.iter_expressions()] or [exp.Null()]
    refused = {Kind.KEY, Kind.MEASURE, Kind.MADE, Kind.CHOSEN}
    if not isinstance(argument, exp.Column) or scope.kind(argument) in refused:
        raise _refused(node)
    if any(not _number(one) for one in rest):
        raise _refused(node)
    return [_present(argument)], False


def total_of(amount: exp.Column, scope: Scope) -> exp.Column:
    """The count of the persons who have the amount of a row together."""
    owner = scope.owners(amount)[0]
    return exp.column(scope.sources[owner].total, table=scope.spelled[owner], quoted=True)


def tail_of(node: exp.Expr) -> float:
    """The smaller share of the rows that lies on one side of a quantile; 0 for MIN, MAX and MODE."""
    if isinstance(node, exp.Min | exp.Max | exp.Mode):
        return 0.0
    shares = [float(one.this) for one in node.iter_expressions() if isinstance(one, exp.Literal)]
    share = shares[0] if shares else 0.5
    return max(0.0, min(share, 1 - share))


def shape_of(node: exp.Expr, scope: Scope) -> Shape | None:
    """The shape of a value formed from each person's row; None where its form says nothing about who adds to it."""
    node = _without_default(node)
    columns = list(node.find_all(exp.Column))
    kinds = {scope.kind(one) for one in columns}
    if isinstance(node, exp.Column):
        return {Kind.MADE: None, Kind.CHOSEN: Shape.CHOSEN}.get(scope.kind(node), Shape.PLAIN)
    if isinstance(node, exp.Mul | exp.Div) and not _linear(node):
        scaled = node.this if _number(node.expression) else node.expression if _scales(node) else None
        return shape_of(scaled, scope) if scaled is not None else None
    if isinstance(node, _BOOLEAN):
        return Shape.CHOSEN
    if isinstance(node, exp.Case):
        return Shape.CHOSEN if _one_outcome(node, scope) else None
    if isinstance(node, exp.Cast):
        return _cast_shape(node, scope)
    plain = _linear(node) and len(columns) <= 2 and not kinds & {Kind.MADE, Kind.CHOSEN}
    return Shape.PLAIN if plain else None


def _without_default(node: exp.Expr) -> exp.Expr:
    """coalesce(x, 0) → x: the default stands for nobody."""
    node = node.unnest()
    while isinstance(node, exp.Coalesce) and all(isinstance(one, exp.Literal) for one in node.expressions):
        node = node.this.unnest()
    return node


def _cast_shape(node: exp.Cast, scope: Scope) -> Shape | None:
    """A cast to a whole number of a column may be of a truth value; of an expression it is a hidden condition."""
    inner = node.this.unnest()
    if node.to.this in _INTEGERS:
        return Shape.CHOSEN if isinstance(inner, (exp.Column, *_BOOLEAN)) else None
    return shape_of(inner, scope)


def _one_outcome(case: exp.Case, scope: Scope) -> bool:
    """CASE with one value that counts: the others are NULL, absent or 0."""
    outcomes = [one.args["true"] for one in case.args["ifs"]]
    if case.args.get("default") is not None:
        outcomes.append(case.args["default"])
    counting = {one.sql(): one for one in outcomes if not _empty(one)}
    return len(counting) <= 1 and all(shape_of(one, scope) is Shape.PLAIN for one in counting.values())


def _empty(node: exp.Expr) -> bool:
    node = node.unnest()
    return isinstance(node, exp.Null) or (_number(node) and float(node.this) == 0)


def _number(node: exp.Expr) -> bool:
    return isinstance(node.unnest(), exp.Literal) and not node.unnest().args["is_string"]


def _scales(node: exp.Expr) -> bool:
    return isinstance(node, exp.Mul) and _number(node.this)


def _linear(node: exp.Expr) -> bool:
    node = node.unnest()
    if isinstance(node, exp.Column) or _number(node):
        return True
    if isinstance(node, exp.Neg):
        return _linear(node.this)
    if isinstance(node, exp.Add | exp.Sub):
        return _linear(node.this) and _linear(node.expression)
    if isinstance(node, exp.Mul | exp.Div):
        return (_linear(node.this) and _number(node.expression)) or (_scales(node) and _linear(node.expression))
    if isinstance(node, exp.Cast):
        return node.to.this not in _INTEGERS and _linear(node.this)
    if isinstance(node, exp.DateDiff):
        return all(isinstance(one.unnest(), exp.Column | exp.Cast) for one in (node.this, node.expression))
    return isinstance(node, exp.Year) and isinstance(node.this, exp.Column)


def measured_columns(unit: exp.Expr) -> list[exp.Column]:
    """The columns whose values an aggregate adds up, leaving out those that only decide (FILTER, WHEN)."""
    found: list[exp.Column] = []
    pending = list(_unwrapped(unit).iter_expressions())
    while pending:
        node = pending.pop()
        if isinstance(node, exp.Column):
            found.append(node)
        elif isinstance(node, exp.If):
            pending.append(node.args["true"])
        elif isinstance(node, exp.Case):
            pending += [*node.args["ifs"], *([node.args["default"]] if node.args.get("default") else [])]
        elif not isinstance(node, _BOOLEAN):
            pending += list(node.iter_expressions())
    return found


def adds_counts(unit: exp.Expr, scope: Scope) -> bool:
    """Whether an aggregate adds up ready-made counts of persons, or what such persons have together."""
    return any(scope.kind(one) in {Kind.COUNT, Kind.AMOUNT} for one in measured_columns(unit))


def _present(node: exp.Expr) -> exp.Expr:
    return exp.Not(this=exp.Is(this=_wrapped(node), expression=exp.Null()))


def _wrapped(node: exp.Expr) -> exp.Expr:
    return node.copy() if isinstance(node, exp.Column | exp.Func) else exp.Paren(this=node.copy())


def _refused(node: exp.Expr) -> FunctionRefused:
    return FunctionRefused(RULE, "query_aggregate_refused", name=function_name(node) or "")
