"""Reading a query from its sources outwards: which rows are about persons, and where they may leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlglot import exp

from assistant.errors import ColumnRefused, StatementRefused
from assistant.query.guard.context import Context, cut, folded
from assistant.query.guard.disclosure.keys import check_columns, check_joined
from assistant.query.guard.disclosure.relation import Form, Hidden, Kind, Relation, Scope
from assistant.query.guard.disclosure.selects import Select
from assistant.query.guard.disclosure.walking import outside_queries, own_columns, sources
from assistant.query.guard.grammar import QUERIES
from assistant.query.guard.names import TABLE

RULE = "disclosure"
Seen = Mapping[str, Relation]


class Reader:
    """One pass over one query. It rewrites in place, innermost first, and returns what each level's rows are."""

    def __init__(self, root: exp.Expr, context: Context) -> None:
        self.root = root
        self.context = context
        self.threshold = context.threshold = self._threshold()
        self._probes: list[exp.Expr] = []

    def protect(self) -> exp.Expr:
        self._shown(self.root, {})
        self.context.probe = self._probe()
        return self.root

    def _shown(self, query: exp.Expr, seen: Seen) -> None:
        """Read a query whose rows leave as they are: nobody may be singled out in them."""
        relation = self.query(query, None, seen)
        if relation.persons:
            raise StatementRefused(RULE, "query_person_rows")
        if any(kind is Kind.KEY for kind in relation.columns.values()):
            raise ColumnRefused(RULE, "query_person_key", name="")

    def count_withheld(self, node: exp.Select, probe: exp.Expr | None) -> None:
        """Keep the query that counts what is withheld at `node`, where it can run by itself."""
        holder = node.parent.parent if isinstance(node.parent, exp.CTE | exp.Subquery) else None
        alone = isinstance(holder, exp.From | exp.Join | exp.With) and holder.parent is self.root
        if probe is not None and (node is self.root or alone):
            self._probes.append(probe)

    def _probe(self) -> exp.Expr | None:
        if not self._probes:
            return None
        parts: list[exp.Expr] = [exp.Subquery(this=one) for one in self._probes]
        total = parts[0]
        for one in parts[1:]:
            total = exp.Add(this=total, expression=one)
        probe = exp.Select(expressions=[exp.alias_(total, "withheld", copy=False)])
        if self.root.args.get("with_") is not None:
            probe.set("with_", self.root.args["with_"].copy())
        return probe

    def query(self, node: exp.Expr, outer: Scope | None, seen: Seen) -> Relation:
        """The relation a SELECT or set operation returns; `seen` are the CTEs it can read."""
        seen = self._ctes(node, outer, seen)
        if isinstance(node, exp.Select):
            scope = self._scope(node, outer, seen)
            columns = own_columns(node)
            check_columns(node, scope)
            check_joined(node, scope)
            relation = Select(self, node, scope, seen).read()
            relation.correlated |= any(scope.is_outer(one) for one in columns)
            return relation
        return self._set_operation(node, outer, seen)

    def _threshold(self) -> int:
        """The strictest number among the query's tables; a sensitive column named anywhere raises it."""
        policy = self.context.policy
        named = {folded(str(one.this)) for one in self.root.find_all(exp.Identifier)}
        return max(
            (
                policy.threshold(name, sensitive=bool(named & set(policy.tables[name].sensitive)))
                for name in self.context.tables
            ),
            default=policy.suppression.persons,
        )

    def _ctes(self, node: exp.Expr, outer: Scope | None, seen: Seen) -> Seen:
        with_ = node.args.get("with_")
        if with_ is None:
            return seen
        known = dict(seen)
        for cte in with_.expressions:
            body = cte.this
            recursive = with_.args.get("recursive") and _reads(body, folded(cte.alias))
            relation = self._recursive(cte, known) if recursive else self.query(body, outer, known)
            known[folded(cte.alias)] = _renamed(relation, cte.args["alias"])
        return known

    def _recursive(self, cte: exp.CTE, seen: dict[str, Relation]) -> Relation:
        """A recursion counts or lists: no table of persons takes part in it."""
        start = self.query(_inner(cte.this.this), None, seen)
        itself = _renamed(start, cte.args["alias"])
        step = self.query(_inner(cte.this.expression), None, {**seen, folded(cte.alias): itself})
        if any(one.persons or one.large for one in (start, step)):
            raise StatementRefused(RULE, "query_recursion_refused")
        return start

    def _scope(self, select: exp.Select, outer: Scope | None, seen: Seen) -> Scope:
        scope = Scope(outer)
        for item in sources(select):
            relation = self._source(item, outer, seen)
            if not item.alias_or_name:
                item.set("alias", exp.TableAlias(this=exp.to_identifier(self.context.fresh("s"))))
            scope.add(item.alias_or_name, relation)
        for projection in select.expressions:
            if isinstance(projection, exp.Alias):
                scope.aliases[folded(projection.alias)] = projection.this
        return scope

    def _source(self, item: exp.Expr, outer: Scope | None, seen: Seen) -> Relation:
        if TABLE in item.meta:
            return self._table(item)
        if isinstance(item, exp.Table) and isinstance(item.this, exp.Identifier):
            return _renamed(seen[folded(item.name)], item.args.get("alias"))
        if isinstance(item, exp.Subquery) and isinstance(item.this, QUERIES):
            return _renamed(self.query(item.this, outer, seen), item.args.get("alias"))
        if isinstance(item, exp.Values):
            self._written(item, seen)
        alias = item.args.get("alias")
        if isinstance(item, exp.Table | exp.Values) and alias is not None and alias.args.get("columns"):
            return Relation({folded(one.name): Kind.MADE for one in alias.args["columns"]})
        if isinstance(item, exp.Table):
            return Relation({"range": Kind.MADE, "generate_series": Kind.MADE})
        raise StatementRefused(RULE, "query_node_refused", name=type(item).__name__.upper())

    def _written(self, values: exp.Values, seen: Seen) -> None:
        """VALUES are written out: they take nothing from rows beside them, and a query there tells what it may tell by
        itself.
        """
        for one in list(outside_queries(values.expressions)):
            if isinstance(one, exp.Column):
                raise ColumnRefused(RULE, "query_column_unknown", name=cut(one.name))
            if isinstance(one, QUERIES):
                self._shown(one, seen)

    def _table(self, item: exp.Expr) -> Relation:
        """A secure projection; the key that counts its persons is added under a name of the guard's own."""
        name = item.meta[TABLE]
        policy = self.context.policy.tables[name]
        kinds = dict.fromkeys(policy.columns, Kind.TRAIT)
        kinds.update(dict.fromkeys(policy.amounts, Kind.AMOUNT))
        kinds.update(dict.fromkeys(policy.persons, Kind.COUNT))
        kinds.update(dict.fromkeys(policy.keys, Kind.KEY))
        hidden: tuple[Hidden, ...] = ()
        if policy.person:
            key = self.context.fresh("k")
            item.this.append("expressions", exp.alias_(exp.column(policy.person), key, copy=False))
            hidden = (Hidden(key, Form.PERSON, origin=policy.person),)
        personal = frozenset(policy.personal)
        total = next(iter(policy.persons), "")
        counted = name if total else ""
        large = not policy.shared
        return Relation(kinds, hidden, personal, large=large, counts=bool(total), total=total, table=counted)

    def _set_operation(self, node: exp.Expr, outer: Scope | None, seen: Seen) -> Relation:
        left, right = (self.query(_inner(side), outer, seen) for side in (node.this, node.expression))
        self._check_tail(node, left)
        merged = _stacked(left, right)
        if not left.persons and not right.persons:
            return Relation(merged, large=left.large or right.large)
        only_keys = {*left.columns.values(), *right.columns.values()} == {Kind.KEY}
        if only_keys and len(left.columns) == len(right.columns) == 1:
            name = next(iter(left.columns))
            return Relation(merged, (Hidden(name, Form.PERSON),), persons=True, large=True)
        # Stacked rows keep their keys side by side; removing duplicates would merge different persons.
        stacked = isinstance(node, exp.Union) and not node.args.get("distinct")
        if not stacked or not left.hidden or len(left.hidden) != len(right.hidden):
            raise StatementRefused(RULE, "query_person_rows")
        return Relation(merged, left.hidden, persons=True, large=True)

    def _check_tail(self, node: exp.Expr, relation: Relation) -> None:
        """ORDER BY of a set operation names output columns only."""
        order = node.args.get("order")
        for one in order.find_all(*QUERIES, exp.Column) if order is not None else ():
            if not isinstance(one, exp.Column) or folded(one.name) not in relation.columns:
                raise ColumnRefused(RULE, "query_column_unknown", name=cut(one.name))


def _stacked(left: Relation, right: Relation) -> dict[str, Kind]:
    """Columns stacked by position mix rows of different kinds; where a star hides positions all count as the worst."""
    if "*" in left.columns or "*" in right.columns:
        worst = max([Kind.MADE, *left.columns.values(), *right.columns.values()])
        return dict.fromkeys(left.columns, worst)
    pairs = zip(left.columns.items(), right.columns.values(), strict=False)
    return {name: max(kind, other, Kind.MADE) for (name, kind), other in pairs}


def _inner(side: exp.Expr) -> exp.Expr:
    while isinstance(side, exp.Subquery):
        side = side.this
    return side


def _reads(body: exp.Expr, name: str) -> bool:
    return any(folded(table.name) == name and not table.text("db") for table in body.find_all(exp.Table))


def _renamed(relation: Relation, alias: exp.Expr | None) -> Relation:
    """The relation under `alias(a, b)`. Stars hide their number of columns, so those are not renamed."""
    columns = (alias.args.get("columns") or []) if alias is not None else []
    if not columns:
        return relation
    if "*" in relation.columns or len(columns) > len(relation.columns):
        raise ColumnRefused(RULE, "query_columns_renamed")
    names = [folded(one.name) for one in columns] + list(relation.columns)[len(columns) :]
    kinds = dict(zip(names, relation.columns.values(), strict=False))
    return replace(relation, columns=kinds)
