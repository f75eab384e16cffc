"""The only way rows about persons leave: as groups of enough persons, computed in a query of their own.

SELECT <keys>, <values> FROM (
  SELECT the group's keys, each value or NULL where too few persons stand behind it FROM (
    SELECT keys, values, persons behind the group and behind each value FROM … WHERE … GROUP BY …
  ) QUALIFY the group is large enough, and not the one that gives a withheld group away
) WHERE <having> QUALIFY … ORDER BY … LIMIT …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from sqlglot import exp

from assistant.errors import ColumnRefused, StatementRefused
from assistant.query.guard.context import Context, cut, folded
from assistant.query.guard.disclosure.counts import count_support
from assistant.query.guard.disclosure.groups import group_items, grouped, has_totals, written_out
from assistant.query.guard.disclosure.nested import Chosen
from assistant.query.guard.disclosure.relation import Form, Hidden, Scope
from assistant.query.guard.disclosure.shapes import support_of
from assistant.query.guard.disclosure.walking import aggregates, output_name, own_nodes, windowed
from assistant.query.guard.disclosure.withholding import Group, Value, probe, shown
from assistant.query.guard.functions import Family, family
from assistant.query.guard.grammar import DIALECT

if TYPE_CHECKING:
    from assistant.query.guard.disclosure.queries import Reader

RULE = "disclosure"


def persons(hidden: Hidden, where: exp.Expr | None) -> exp.Expr:
    """How many persons stand behind the rows that `where` keeps."""
    if hidden.form is Form.PERSON:
        return _filtered(exp.Count(this=exp.Distinct(expressions=[hidden.column()])), where)
    most = _filtered(exp.Max(this=hidden.column()), where)
    return exp.Coalesce(this=most, expressions=[exp.Literal.number(0)])


def release(node: exp.Select, scope: Scope, reader: Reader, about_units: Sequence[Chosen]) -> None:
    """Rewrite `node` in place so that it reads released groups only.

    `about_units` are conditions of its WHERE that choose schools or classes by what persons they have: they move
    into the aggregates, so that the groups stay whole and an answer about a single school is withheld whatever it is.
    """
    if any(isinstance(one, exp.Star) for one in node.expressions):
        raise StatementRefused(RULE, "query_person_rows")
    spell_out_aliases(node, scope)
    parts = _distinct([one.condition for one in about_units])
    condition = exp.and_(*parts, copy=False) if parts else None
    matched = [one.persons for one in about_units]
    for one in about_units:
        one.condition.replace(exp.true())
    inner = _Inner(node, scope, reader, condition, matched)
    group = inner.count()
    released = shown(group, reader.threshold, reader.context)
    reader.count_withheld(node, probe(group, released, reader.threshold))
    _read_released(node, scope, inner, released, reader.context)
    reader.context.note("small_groups")


def spell_out_aliases(node: exp.Select, scope: Scope) -> None:
    """WHERE and aggregates may use names of the output; inside the counted query those do not exist."""
    where = node.args.get("where")
    for root in [*([where] if where is not None else []), *aggregates(node)]:
        for one in list(root.find_all(exp.Column)):
            meant = scope.aliases.get(folded(one.name)) if not one.table and not scope.owners(one) else None
            if meant is not None and not meant.find(exp.AggFunc, exp.Window) and one.find_ancestor(exp.Select) is node:
                one.replace(exp.Paren(this=meant.copy()))


@dataclass(slots=True)
class _Inner:
    """The innermost query in the making: the caller's FROM, WHERE and GROUP BY with the persons behind everything."""

    node: exp.Select
    scope: Scope
    reader: Reader
    condition: exp.Expr | None
    matched: list[exp.Expr]
    keys: list[tuple[str, exp.Expr]] | None = None
    values: list[tuple[str, exp.Expr]] | None = None

    def count(self) -> Group:
        node, context = self.node, self.reader.context
        self.keys = [(context.fresh("g"), one) for one in self._distinct_keys()]
        self.values = [(context.fresh("a"), one) for one in _distinct(aggregates(node))]
        counted = exp.Select()
        for name in ("from_", "joins", "where"):
            part = node.args.get(name)
            node.set(name, None)
            counted.set(name, part)
        group = node.args.get("group")
        if group is not None:
            written = written_out(group, node, self.scope)
            counted.set("group", written if written.expressions else None)
        node.set("group", None)
        for name, key in self.keys:
            counted.append("expressions", exp.alias_(key.copy(), name, copy=False))
        sizes = [self._add(counted, one) for one in self._sizes(None)]
        values = [self._value(counted, name, unit) for name, unit in self.values]
        chosen = [self._add(counted, one) for one in self._sizes(self.condition)] if self.condition is not None else []
        level = None
        if has_totals(group):
            level = self._add(counted, exp.Grouping(expressions=[key.copy() for _, key in self.keys]))
        persons_behind = [self._add(counted, _number_of(one)) for one in self.matched]
        return Group(counted, [name for name, _ in self.keys], values, sizes, chosen, persons_behind, level)

    def _distinct_keys(self) -> list[exp.Expr]:
        meant = [grouped(one, self.node, self.scope) for one in group_items(self.node)]
        return _distinct([one for one in meant if not isinstance(one, exp.Literal | exp.Null)])

    def _add(self, counted: exp.Select, number: exp.Expr) -> str:
        name = self.reader.context.fresh("n")
        counted.append("expressions", exp.alias_(number, name, copy=False))
        return name

    def _sizes(self, where: exp.Expr | None) -> list[exp.Expr]:
        """Persons by source; units where the group is of schools chosen by what persons they have."""
        if self.condition is not None:
            return [_filtered(exp.Count(this=exp.Star()), where)]
        return [persons(one, where) for one in self.scope.hidden]

    def _value(self, counted: exp.Select, name: str, unit: exp.Expr) -> Value:
        """Add the aggregate and the persons that stand behind its value."""
        counted.append("expressions", exp.alias_(self._conditioned(unit), name, copy=False))
        if family(unit) is Family.GROUPING:
            return Value(name, [], [], complement=False)
        support = support_of(unit, self.scope)
        where = [one.copy() for one in (self.condition, support.where) if one is not None]
        behind = [self._add(counted, one) for one in self._sizes(exp.and_(*where, copy=False))] if where else []
        counts = [self._add(counted, one) for one in count_support(unit, support)]
        beside = [self._add(counted, one) for one in self._beside(unit, support.tail)]
        return Value(name, behind, counts, support.complement, beside)

    def _beside(self, unit: exp.Expr, tail: float | None) -> list[exp.Expr]:
        """For a value that is somebody's own: persons beyond a quantile; for an extreme, at least who share it."""
        if tail is None:
            return []
        if tail:
            share = exp.Literal.number(f"{tail:.6f}")
            where = support_of(unit, self.scope).where
            every = [one.copy() for one in (self.condition, where) if one is not None]
            return [exp.Mul(this=one, expression=share.copy()) for one in self._sizes(exp.and_(*every))]
        persons = [one for one in self.scope.hidden if one.form is Form.PERSON]
        if not persons or len(persons) != len(self.scope.hidden):
            return [exp.Literal.number(0)]  # who stands for it cannot be told apart: it is withheld
        return [sharing(self._conditioned(unit), one.column(), self.reader.threshold) for one in persons]

    def _conditioned(self, unit: exp.Expr) -> exp.Expr:
        if self.condition is None or family(unit) is Family.GROUPING:
            return unit.copy()
        return _narrowed(unit, self.condition.copy())


def _read_released(node: exp.Select, scope: Scope, inner: _Inner, released: exp.Select, context: Context) -> None:
    """The outer query: what the caller wrote around groups and values, now over released ones."""
    for one in list(node.expressions):
        if not isinstance(one, exp.Alias):
            name = output_name(one) or one.sql(dialect=DIALECT).lower()
            one.replace(exp.alias_(one.copy(), name, quoted=not output_name(one), copy=False))
    names = _Names(scope, inner.keys or [], inner.values or [])
    for clause in ("expressions", "having", "qualify", "order", "distinct", "windows"):
        value = node.args.get(clause)
        for root in value if isinstance(value, list) else [value] if value is not None else []:
            names.substitute(root, in_order=clause == "order")
    having = node.args.get("having")
    if having is not None:
        node.set("having", None)
        node.set("where", exp.Where(this=having.this))
    alias = exp.TableAlias(this=exp.to_identifier(context.fresh("r")))
    node.set("from_", exp.From(this=exp.Subquery(this=released, alias=alias)))
    names.check(node)


@dataclass(slots=True)
class _Names:
    """The names under which the outer query finds groups and values."""

    scope: Scope
    keys: list[tuple[str, exp.Expr]]
    values: list[tuple[str, exp.Expr]]

    def substitute(self, node: exp.Expr, *, in_order: bool) -> None:
        """Replace every value and group expression under `node` by its released column."""
        found = self._meant(node, in_order=in_order)
        if found is not None:
            node.replace(exp.column(found))
        elif not isinstance(node, exp.Select | exp.SetOperation):
            for child in list(node.iter_expressions()):
                self.substitute(child, in_order=in_order)

    def _meant(self, node: exp.Expr, *, in_order: bool) -> str | None:
        if not windowed(node):
            for name, unit in self.values:
                if node == unit:
                    return name
        named = isinstance(node, exp.Column) and not node.table and folded(node.name) in self.scope.aliases
        # ORDER BY looks at the output's names first, everything else at the sources' columns.
        if named and (in_order or not self.scope.owners(exp.column(node.name))):
            return None
        return next((name for name, key in self.keys if node == key), None)

    def check(self, node: exp.Select) -> None:
        """A column that is neither grouped by nor aggregated has no value here."""
        mine = {name for name, _ in (*self.keys, *self.values)}
        for one in own_nodes(node):
            if not isinstance(one, exp.Column) or one.name in mine or not self.scope.owners(one):
                continue
            if one.table or folded(one.name) not in self.scope.aliases:
                raise ColumnRefused(RULE, "query_not_grouped", name=cut(one.name))


def sharing(unit: exp.Expr, key: exp.Column, threshold: int) -> exp.Expr:
    """At least how many persons share the value of MIN, MAX or MODE.

    The persons are dealt into parts by their key; each part that has the same value holds one of them at least.
    """
    parts: list[exp.Expr] = []
    dealt_into = threshold + threshold // 4 + 1
    for number in range(dealt_into):
        dealt = exp.Mod(
            this=exp.Anonymous(this="hash", expressions=[key.copy()]),
            expression=exp.Literal.number(dealt_into),
        )
        mine = exp.EQ(this=dealt, expression=exp.Literal.number(number))
        same = exp.EQ(this=_narrowed(unit, mine), expression=unit.copy())
        parts.append(exp.Case(ifs=[exp.If(this=same, true=exp.Literal.number(1))], default=exp.Literal.number(0)))
    return reduce(lambda left, right: exp.Add(this=left, expression=right), parts)


def _narrowed(unit: exp.Expr, condition: exp.Expr) -> exp.Expr:
    if isinstance(unit, exp.Filter):
        return _filtered(unit.this.copy(), exp.and_(unit.expression.this.copy(), condition))
    return _filtered(unit.copy(), condition)


def _distinct(items: Sequence[exp.Expr]) -> list[exp.Expr]:
    found: list[exp.Expr] = []
    for one in items:
        if all(one != known for known in found):
            found.append(one.copy())
    return found


def _number_of(lists: exp.Expr) -> exp.Expr:
    """How many different persons the lists of all units hold."""
    everyone = exp.ArrayDistinct(this=exp.Flatten(this=exp.ArrayAgg(this=lists)))
    return exp.Coalesce(this=exp.Length(this=everyone), expressions=[exp.Literal.number(0)])


def _filtered(aggregate: exp.Expr, where: exp.Expr | None) -> exp.Expr:
    if where is None:
        return aggregate
    return exp.Filter(this=aggregate, expression=exp.Where(this=where.copy()))
