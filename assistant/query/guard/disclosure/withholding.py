"""Which groups and values are withheld: those with too few persons, and the one that would give one of them away."""

from dataclasses import dataclass, field

from sqlglot import exp

from assistant.query.guard.context import Context


@dataclass(frozen=True, slots=True)
class Value:
    """An aggregate's column, the columns that say how many persons stand behind it, and the counts it adds up.

    `beside` say, for a value that is somebody's own, how many persons share it or lie beyond it.
    """

    name: str
    behind: list[str]
    counts: list[str]
    complement: bool
    beside: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """The counted query and the names of its columns: keys, values, sizes in persons.

    For groups of schools or classes chosen by what persons they have, `chosen` is how many were and `matched` how
    many persons decided it. `level` tells totals apart.
    """

    counted: exp.Select
    keys: list[str]
    values: list[Value]
    sizes: list[str]
    chosen: list[str]
    matched: list[str]
    level: str | None


def enough(persons: exp.Expr, threshold: int) -> exp.Expr:
    """Nobody is too few as well: where none were shown as 0, a withheld value would say that there is somebody."""
    return exp.GTE(this=persons, expression=exp.Literal.number(threshold))


def none_or_enough(count: exp.Expr, threshold: int) -> exp.Expr:
    """For ready-made counts, which nobody can aim at one person: a reported zero is shown."""
    none = exp.EQ(this=count.copy(), expression=exp.Literal.number(0))
    return exp.Paren(this=exp.or_(none, enough(count.copy(), threshold), copy=False))


def shown(group: Group, threshold: int, context: Context) -> exp.Select:
    """The middle query: values with too few persons become NULL, groups that are too small are dropped."""
    select = exp.Select(expressions=[exp.column(name) for name in group.keys])
    for value in group.values:
        column: exp.Expr = exp.column(value.name)
        check = _value_check(value, group, threshold)
        if check is not None:
            column = exp.alias_(exp.Case(ifs=[exp.If(this=check, true=column)]), value.name, copy=False)
        select.append("expressions", column)
    if not select.expressions:
        select.append("expressions", exp.alias_(exp.true(), context.fresh("a")))
    alias = exp.TableAlias(this=exp.to_identifier(context.fresh("q")))
    select.set("from_", exp.From(this=exp.Subquery(this=group.counted, alias=alias)))
    if group.keys:
        select.set("qualify", exp.Qualify(this=_kept(group, threshold)))
    return select


def probe(group: Group, released: exp.Select, threshold: int) -> exp.Expr | None:
    """Counts what is withheld from the answer: dropped groups, and values in groups that are shown."""
    kept = _kept(group, threshold) if group.keys else exp.true()
    marks: list[exp.Expr] = [exp.alias_(kept, "kept", copy=False)]
    hidden: list[exp.Expr] = [rows_with(exp.Not(this=exp.column("kept")))] if group.keys else []
    for position, value in enumerate(group.values):
        check = _value_check(value, group, threshold)
        if check is not None:
            marks.append(exp.alias_(exp.Paren(this=check), f"shown_{position}", copy=False))
            bad = exp.and_(exp.column("kept"), exp.Not(this=exp.column(f"shown_{position}")), copy=False)
            hidden.append(rows_with(bad))
    if not hidden:
        return None
    total = hidden[0]
    for one in hidden[1:]:
        total = exp.Add(this=total, expression=one)
    marked = exp.Select(expressions=marks, from_=released.args["from_"].copy())
    source = exp.Subquery(this=marked, alias=exp.TableAlias(this=exp.to_identifier("marked")))
    return exp.Select(expressions=[total], from_=exp.From(this=source))


def rows_with(condition: exp.Expr) -> exp.Expr:
    """How many rows meet a condition; the engine's own count is NULL where the condition is NULL everywhere."""
    return exp.Coalesce(this=exp.CountIf(this=condition), expressions=[exp.Literal.number(0)])


def _value_check(value: Value, group: Group, threshold: int) -> exp.Expr | None:
    parts = [enough(exp.column(one), threshold) for one in value.behind]
    parts += [none_or_enough(exp.column(one), threshold) for one in value.counts]
    parts += [enough(exp.column(one), threshold) for one in value.beside]
    if value.complement:
        for whole, part in zip(group.sizes, value.behind, strict=True):
            parts.append(enough(exp.Sub(this=exp.column(whole), expression=exp.column(part)), threshold))
    if not group.keys:
        parts += _large(group, threshold)
    return exp.and_(*parts, copy=False) if parts else None


def _large(group: Group, threshold: int) -> list[exp.Expr]:
    """The group has enough persons; of schools enough in all, enough chosen, and enough persons who decided it."""
    return [enough(exp.column(one), threshold) for one in (*group.sizes, *group.chosen, *group.matched)]


def _small(group: Group, threshold: int) -> exp.Expr:
    return exp.Not(this=exp.Paren(this=exp.and_(*_large(group, threshold), copy=False)))


def _kept(group: Group, threshold: int) -> exp.Expr:
    """Large groups, except the one whose difference from the total would give a single small group away."""
    parts: list[exp.Expr] = _large(group, threshold)
    for position in range(len(group.keys)):
        others = [*group.keys[:position], *group.keys[position + 1 :], *([group.level] if group.level else [])]
        parts.append(exp.Not(this=exp.Paren(this=_gives_away(others, group, threshold))))
    if group.level:
        total = exp.GT(this=exp.column(group.level), expression=exp.Literal.number(0))
        some = exp.Window(this=exp.CountIf(this=_small(group, threshold)))
        hides = exp.GT(this=some, expression=exp.Literal.number(0))
        parts.append(exp.Not(this=exp.Paren(this=exp.and_(total, hides, copy=False))))
    return exp.and_(*parts, copy=False)


def _gives_away(others: list[str], group: Group, threshold: int) -> exp.Expr:
    """The smallest shown group next to exactly one small one, among groups that differ in one key only."""
    small = _small(group, threshold)
    columns = [exp.column(one) for one in others]
    alone = exp.EQ(
        this=exp.Window(this=exp.CountIf(this=small), partition_by=columns),
        expression=exp.Literal.number(1),
    )
    order = exp.Order(expressions=[exp.Ordered(this=exp.column(one)) for one in (*group.sizes, *group.keys)])
    smallest = exp.EQ(
        this=exp.Window(
            this=exp.RowNumber(), partition_by=[*(one.copy() for one in columns), small.copy()], order=order
        ),
        expression=exp.Literal.number(1),
    )
    return exp.and_(alone, smallest, copy=False)
