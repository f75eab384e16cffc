"""SQL over the semantic model's names: dimensions and metrics become columns and aggregates of their data sets' tables.

What comes out is an ordinary query, which passes the gate like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from assistant.access.policy import Policy
from assistant.access.principal import Principal
from assistant.errors import AssistantError, NotPermitted, StatementRefused
from assistant.query.guard.context import folded
from assistant.query.guard.disclosure.walking import own_columns, sources
from assistant.query.guard.reading import read
from assistant.query.semantic_model import SemanticModel
from assistant.query.semantics.parts import Dataset, Metric, parse_fragment

RULE = "expert"
_METRIC_CLAUSES = (exp.Where, exp.Group, exp.Join, exp.AggFunc, exp.Filter)


@dataclass(frozen=True, slots=True)
class ExpertSql:
    """Reads typed statements. A name that is both a column and the model's is the column where it stands alone."""

    model: SemanticModel
    policy: Policy

    def translated(self, sql: str, principal: Principal) -> str | exp.Expr:
        """`sql` as it is where it uses columns only. Raises NotPermitted where the model's names are not the caller's.

        Before: SELECT province, graduation_rate FROM exam_candidate_stat WHERE year = 2025
        After:  SELECT exam_candidate_stat.province_code AS province, 100.0 * SUM(…) / NULLIF(SUM(…), 0) AS
                graduation_rate FROM exam_candidate_stat WHERE exam_candidate_stat.year = 2025 GROUP BY 1
        """
        try:
            return self._translated(sql, principal)
        except AssistantError:
            raise
        except Exception:  # noqa: BLE001  # not for this reader to judge: the gate refuses what it cannot read
            return sql

    def _translated(self, sql: str, principal: Principal) -> str | exp.Expr:
        statement = read(sql, self.policy.caps)
        ctes = {folded(one.alias) for one in statement.find_all(exp.CTE)}
        selects = [_Select(one, self.model, self.policy, ctes) for one in statement.find_all(exp.Select)]
        found = [(select, column, name) for select in selects for column, name in select.meant()]
        if not found:
            return sql
        if not self.policy.may_use_expert_sql(principal.role, principal.territories):
            raise NotPermitted("expert_sql_not_permitted", name=found[0][1].name[:40])
        for select, column, alias in found:
            select.replace(column, alias)
        for select in selects:
            select.group()
        return statement


class _Select:
    """One SELECT and the data sets it reads, by the names it reads them under."""

    def __init__(self, node: exp.Select, model: SemanticModel, policy: Policy, ctes: set[str]) -> None:
        self._node, self._model, self._policy = node, model, policy
        self._sets: dict[str, Dataset] = {}
        self._spelled: dict[str, str] = {}
        self._measured = False
        for item in sources(node):
            plain = isinstance(item, exp.Table) and folded(item.text("db")) in {"", "main"}
            dataset = model.datasets.get(folded(item.name)) if plain else None
            if dataset is not None and dataset.source in policy.tables and folded(item.name) not in ctes:
                self._sets[folded(item.alias_or_name)] = dataset
                self._spelled[folded(item.alias_or_name)] = item.alias_or_name
        self._spoken = {folded(one.name) for one in own_columns(node)}

    def meant(self) -> list[tuple[exp.Column, str]]:
        """The columns of this SELECT that are names of the model, each with the source it belongs to."""
        columns = own_columns(self._node)
        found = [(one, alias) for one in columns if (alias := self._owner(one))]
        # Beside names of the model, a metric that is called like the column it adds up is the metric.
        both = [(one, self._namesake(one)) for one in columns if not _in_condition(one, self._node)] if found else []
        return found + [(one, alias) for one, alias in both if alias]

    def _candidates(self, column: exp.Column) -> list[str]:
        return [alias for alias in self._sets if folded(column.table) in {"", alias}]

    def _is_column(self, alias: str, name: str) -> bool:
        return name in self._policy.tables[self._sets[alias].source].columns

    def _owner(self, column: exp.Column) -> str:
        name, candidates = folded(column.name), self._candidates(column)
        if any(self._is_column(alias, name) for alias in candidates):
            return ""
        return next((one for one in candidates if self._field(one, name) or self._metric(one, name)), "")

    def _namesake(self, column: exp.Column) -> str:
        name = folded(column.name)
        alike = [one for one in self._candidates(column) if self._is_column(one, name) and self._metric(one, name)]
        return alike[0] if len(alike) == 1 and not self._field(alike[0], name) else ""

    def replace(self, column: exp.Column, alias: str) -> None:
        name = folded(column.name)
        sql = self._field(alias, name)
        metric = self._metric(alias, name)
        if metric is not None and not sql:
            if _in_condition(column, self._node):
                raise StatementRefused(RULE, "expert_metric_place", name=column.name[:40])
            value = self._aggregate(metric, alias)
            self._measured = True
        else:
            value = _addressed(parse_fragment(sql), self._spelled[alias])
        if column.parent is self._node and column.arg_key == "expressions":
            value = exp.alias_(value, column.name, quoted=True)
        elif not isinstance(column.parent, exp.Alias) and not isinstance(value, exp.Column):
            value = exp.Paren(this=value)
        column.replace(value)

    def group(self) -> None:
        """A metric beside dimensions is by these dimensions, said or not."""
        if not self._measured or self._node.args.get("group") is not None:
            return
        keys = [one.unalias() for one in self._node.expressions if one.find(exp.AggFunc) is None]
        if keys:
            self._node.set("group", exp.Group(expressions=[one.copy() for one in keys]))

    def _field(self, alias: str, name: str) -> str:
        """The SQL of a dimension, or of the time, in a data set; nothing where it has none of that name."""
        field = self._sets[alias].field(name)
        return field.expression.sql if field is not None else ""

    def _metric(self, alias: str, name: str) -> Metric | None:
        """A metric all of whose parts are added up from this data set."""
        metric = self._model.metrics.get(name)
        here = self._sets[alias].name
        inside = metric is not None and all(one.dataset == here for one in self._model.components(name))
        return metric if inside else None

    def _aggregate(self, metric: Metric, alias: str) -> exp.Expr:
        top, *below = [self._sum(one, alias) for one in self._model.components(metric.name)]
        if not below:
            return top
        scaled = exp.Mul(this=exp.Literal.number(f"{float(metric.edu.scale)}"), expression=top)
        return exp.Div(this=scaled, expression=exp.Nullif(this=below[0], expression=exp.Literal.number(0)))

    def _sum(self, metric: Metric, alias: str) -> exp.Expr:
        """The metric's aggregate over the rows it is about: its own condition, and its defaults where none is said."""
        parts = [metric.predicate] if metric.predicate is not None else []
        for dimension, codes in metric.edu.default.items():
            sql = self._field(alias, dimension)
            said = (
                {dimension, *(folded(one.name) for one in parse_fragment(sql).find_all(exp.Column))} if sql else set()
            )
            if sql and not said & self._spoken:
                parts.append(_among(parse_fragment(sql), codes))
        value = _addressed(metric.aggregate, self._spelled[alias])
        if not parts:
            return value
        where = _addressed(exp.and_(*(one.copy() for one in parts)), self._spelled[alias])
        return exp.Filter(this=value, expression=exp.Where(this=where))


def _in_condition(column: exp.Column, select: exp.Select) -> bool:
    """Whether the column stands where an aggregate may not: in a condition on rows, a group or another aggregate."""
    node: exp.Expr | None = column.parent
    while node is not None and node is not select:
        if isinstance(node, _METRIC_CLAUSES):
            return True
        node = node.parent
    return False


def _among(value: exp.Expr, codes: Sequence[str]) -> exp.Expr:
    return exp.In(this=value.copy(), expressions=[exp.Literal.string(code) for code in codes])


def _addressed(expression: exp.Expr, alias: str) -> exp.Expr:
    """A copy whose columns are those of one source."""
    copied = expression.copy()
    for column in copied.find_all(exp.Column):
        column.set("table", exp.to_identifier(alias, quoted=True))
    return copied
