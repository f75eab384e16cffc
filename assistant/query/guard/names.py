"""Which table a name means, and the secure projection that replaces every base table."""

from collections.abc import Sequence

from sqlglot import exp

from assistant.access.policy import TablePolicy
from assistant.access.principal import Role
from assistant.errors import ColumnRefused, StatementRefused, TableRefused
from assistant.query.engines.duckdb_parser import Rows
from assistant.query.guard.context import Context, cut, folded
from assistant.query.guard.grammar import DIALECT

RULE = "names"
TABLE = "guard_table"
"""The mark, in a node's `meta`, of a secure projection: the policy's name of its table."""

Names = dict[str, str]


def project_tables(expression: exp.Expr, context: Context) -> exp.Expr:
    """Put a subquery of permitted columns and the caller's rows in the place of every base table.

    Before: SELECT count(*) FROM pupils
    After:  SELECT count(*) FROM (SELECT pupil_id FROM main.pupils WHERE province_code IN ('HN')) AS pupils

    A name is a CTE only where the scopes prove it; everything else is a base table the policy must name.
    """
    _Resolver(context, _named_columns(expression)).query(expression, {})
    return expression


def _named_columns(expression: exp.Expr) -> frozenset[str] | None:
    """The column names the query can refer to; None when a star or a natural join may mean any of them."""
    for node in expression.walk():
        if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
            return None
        if isinstance(node, exp.Join) and node.method:
            return None
    return frozenset(folded(str(one.this)) for one in expression.find_all(exp.Identifier))


class _Resolver:
    def __init__(self, context: Context, named: frozenset[str] | None) -> None:
        self._context = context
        self._named = named
        self._taken: set[str] = set()

    def query(self, node: exp.Expr, names: Names) -> None:
        """Resolve the tables of a query or a part of one; `names` are the CTEs it sees, as they are emitted."""
        with_ = node.args.get("with_")
        if with_ is not None:
            names = dict(names)
            for cte in with_.expressions:
                self._cte(cte, names, recursive=bool(with_.args.get("recursive")))
        self._children(node, names)

    def _cte(self, cte: exp.CTE, names: Names, *, recursive: bool) -> None:
        name = folded(cte.alias)
        is_table = name in self._context.policy.tables
        if is_table and recursive:
            raise TableRefused(RULE, "query_cte_shadows", name=name)
        emitted = self._context.fresh("c") if is_table or name in self._taken else name
        self._taken.add(name)
        # Without RECURSIVE a CTE does not see itself: the same name inside means the table, as DuckDB reads it.
        self.query(cte.this, {**names, name: emitted} if recursive else names)
        if emitted != name:
            cte.args["alias"].set("this", exp.to_identifier(emitted))
        names[name] = emitted

    def _children(self, node: exp.Expr, names: Names) -> None:
        for child in list(node.iter_expressions()):
            if isinstance(child, exp.With):
                continue
            if isinstance(child, exp.Table):
                child.replace(self._table(child, names))
            else:
                self.query(child, names)

    def _table(self, table: exp.Table, names: Names) -> exp.Expr:
        if isinstance(table.this, exp.GenerateSeries):
            return table
        if not isinstance(table.this, exp.Identifier):
            raise TableRefused(RULE, "query_table_unknown", name=cut(table.this.sql(dialect=DIALECT)))
        name, schema = folded(table.name), folded(table.text("db"))
        if not isinstance(table.parent, exp.From | exp.Join):
            raise StatementRefused(RULE, "query_node_refused", name="( … )")
        if not schema and name in names:
            return self._reference(table, names[name])
        policy = self._context.policy.tables.get(name)
        if policy is None or schema not in {"", "main"}:
            raise TableRefused(RULE, "query_table_unknown", name=cut(table.name))
        return self._projection(table, name, policy)

    def _reference(self, table: exp.Table, emitted: str) -> exp.Table:
        if emitted != folded(table.name):
            if not table.alias:
                table.set("alias", exp.TableAlias(this=table.this.copy()))
            table.set("this", exp.to_identifier(emitted))
        return table

    def _projection(self, table: exp.Table, name: str, policy: TablePolicy) -> exp.Subquery:
        alias = table.args.get("alias")
        if alias is not None and alias.args.get("columns"):
            raise ColumnRefused(RULE, "query_columns_renamed")
        self._context.tables.add(name)
        select = exp.Select(
            expressions=[exp.column(column) for column in self._kept(policy)],
            from_=exp.From(this=exp.Table(this=exp.to_identifier(name), db=exp.to_identifier("main"))),
        )
        scope = [_among(column, values) for column, values in rows_of(policy, self._context)]
        if scope:
            select.set("where", exp.Where(this=exp.and_(*scope, copy=False)))
            self._context.note("scope")
        kept_alias = exp.TableAlias(this=alias.this.copy() if alias is not None else table.this.copy())
        projection = exp.Subquery(this=select, alias=kept_alias)
        projection.meta[TABLE] = name
        return projection

    def _kept(self, policy: TablePolicy) -> list[str]:
        named = self._named
        columns = [one for one in policy.columns if named is None or one in named]
        # What suppression counts must be there even when the asker did not name it.
        needed = {*columns, policy.person}
        if set(columns) & set(policy.amounts):
            needed.add(policy.persons[0])
        return [one for one in policy.columns if one in needed] or [policy.columns[0]]


def rows_of(policy: TablePolicy, context: Context) -> Rows:
    """The caller's rows of a table from principal and policy; empty where there is nothing to narrow."""
    own = (
        ()
        if policy.shared or context.principal.role is Role.NATIONAL
        else ((policy.scope, context.principal.territories),)
    )
    return tuple((column, tuple(values)) for column, values in (*own, *policy.only.items()))


def _among(column: str, values: Sequence[str]) -> exp.Expr:
    return exp.In(this=exp.column(column), expressions=[exp.Literal.string(value) for value in values])
