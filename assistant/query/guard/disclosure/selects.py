"""One SELECT about persons: what it may do with their rows, and whether it passes them on or releases groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlglot import exp

from assistant.errors import FunctionRefused, StatementRefused
from assistant.query.guard.context import folded
from assistant.query.guard.disclosure import counts, release
from assistant.query.guard.disclosure.groups import group_items, grouped, has_totals
from assistant.query.guard.disclosure.keys import tied_keys
from assistant.query.guard.disclosure.nested import Chosen, bound_sources, check_nested
from assistant.query.guard.disclosure.populations import note_counts, note_populations
from assistant.query.guard.disclosure.relation import Form, Hidden, Kind, Relation, Scope
from assistant.query.guard.disclosure.shapes import Shape, aggregate_unit, shape_of, support_of
from assistant.query.guard.disclosure.usage import adds_up_only, consumer
from assistant.query.guard.disclosure.walking import aggregates, is_aggregated, output_name, own_nodes, sources
from assistant.query.guard.functions import Family, family, function_name

if TYPE_CHECKING:
    from assistant.query.guard.disclosure.queries import Reader

RULE = "disclosure"


class Select:
    """Reads one SELECT whose sources and names were resolved."""

    def __init__(self, reader: Reader, node: exp.Select, scope: Scope, seen: Mapping[str, Relation]) -> None:
        self._reader = reader
        self._node = node
        self._scope = scope
        self._seen = seen

    def read(self) -> Relation:
        about_units = check_nested(self._reader, self._node, self._scope, self._seen)
        node, scope = self._node, self._scope
        self._check_sources()
        aggregated = is_aggregated(node)
        if (
            not aggregated
            and node.args.get("distinct") is not None
            and scope.hidden
            and not self._keys_cover(self._shown_keys())
        ):
            _group_instead(node)
            aggregated = True
        if aggregated:
            return self._grouped(about_units)
        return self._rows()

    def _rows(self) -> Relation:
        """Rows pass on: those about persons with their keys, so that the next level can count."""
        node, scope = self._node, self._scope
        relation = Relation(self._columns(), large=any(one.large for one in scope.sources.values()))
        if any(source.counts for source in scope.sources.values()):
            counts.hide_small(node, scope, self._reader)
            told = {Kind.COUNT, Kind.AMOUNT}
            relation.columns = {name: Kind.MADE if kind in told else kind for name, kind in relation.columns.items()}
        if scope.hidden:
            self._check_windows()
            relation.persons = True
            relation.behind = tuple(scope.hidden)
            relation.same_person = self._same_person()
            relation.hidden = () if _single_column(node) else self._carry()
        return relation

    def _same_person(self) -> bool:
        """Whether every source about persons is tied to the person of the query around this one."""
        groups = tied_keys(self._node, self._scope)
        bound = {groups[alias] for alias in bound_sources(self._node, self._scope)}
        return {groups[folded(one.table)] for one in self._scope.hidden} <= bound

    def _carry(self) -> tuple[Hidden, ...]:
        """The columns that count persons in the output: shown keys, what a star brings along, or added ones."""
        node, scope = self._node, self._scope
        shown = self._shown_keys()
        if self._keys_cover(shown) and len({name for name, _ in shown}) == len(shown):
            return tuple(Hidden(name, Form.PERSON, origin=self._origin()) for name, _ in shown)
        stars = {folded(one.text("table")) for one in node.expressions if _star(one)}
        carried = []
        for one in scope.hidden:
            name = one.name
            if not stars & {"", folded(one.table)}:
                name = self._reader.context.fresh("k")
                node.append("expressions", exp.alias_(one.column(), name))
            carried.append(Hidden(name, one.form, origin=one.origin))
        return tuple(carried)

    def _origin(self) -> str:
        """The key of the persons the sources are about."""
        return next((one.origin for one in self._scope.hidden if one.origin), "")

    def _grouped(self, about_units: list[Chosen]) -> Relation:
        node, scope = self._node, self._scope
        if scope.hidden:
            release.spell_out_aliases(node, scope)
            note_populations(node, scope, self._reader)
        columns = self._columns()
        large = any(one.large for one in scope.sources.values())
        counted = any(source.counts for source in scope.sources.values()) or Kind.COUNT in columns.values()
        if not scope.hidden and not about_units and not counted:
            return Relation(columns)
        measures = {folded(output_name(one)) for one in node.expressions if _computes(one)} - {""}
        raw = not about_units and self._plain_measures() and adds_up_only(consumer(self._reader.root, node), measures)
        if not scope.hidden and not about_units:
            return counts.protect(node, scope, self._reader, raw=raw, columns=columns, measures=measures)
        if not about_units and (relation := self._per_person(columns, large)):
            return relation
        if raw:
            return self._unreleased(columns, measures, large)
        note_counts(node, scope, self._reader)
        release.release(node, scope, self._reader, about_units)
        return Relation(dict.fromkeys(columns, Kind.MADE))

    def _plain_measures(self) -> bool:
        """Whether every computed output is one aggregate whose value says how many persons stand behind it, and every
        group is passed on: one that is left out by what it holds would tell it.
        """
        if any(self._node.args.get(clause) for clause in ("having", "qualify", "order", "limit", "offset")):
            return False
        computed = [one.unalias() for one in self._node.expressions if _computes(one)]
        if self._scope.hidden and any(_weighs(part) for one in computed for part in one.walk()):
            return False
        return all(self._kind(one) in {Kind.TRAIT, Kind.COUNT} or not self._tells(one) for one in computed)

    def _tells(self, value: exp.Expr) -> bool:
        return bool(self._scope.hidden) or any(
            self._scope.kind(one) in {Kind.COUNT, Kind.AMOUNT} for one in value.find_all(exp.Column)
        )

    def _per_person(self, columns: dict[str, Kind], large: bool) -> Relation | None:
        """Groups of one person each stay rows about persons; None when the groups are not such."""
        node, scope = self._node, self._scope
        group = node.args.get("group")
        keys = [one for one in self._group_columns(group) if scope.kind(one) is Kind.KEY]
        correlated = self._same_person()
        if not keys and not correlated:
            return None
        groups = tied_keys(node, scope)
        owners = {groups[alias] for one in keys for alias in scope.owners(one)}
        others = {groups[folded(one.table)] for one in scope.hidden} - owners
        if not correlated and (others or any(one.form is Form.GROUP for one in scope.hidden)):
            raise StatementRefused(RULE, "query_person_mixed")
        if correlated:
            return Relation(columns, persons=True, same_person=True)
        hidden = []
        for one in keys[:1]:
            name = self._reader.context.fresh("k")
            node.append("expressions", exp.alias_(one.copy(), name))
            hidden.append(Hidden(name, Form.PERSON, origin=self._origin()))
        return Relation(columns, tuple(hidden), persons=True, large=large)

    def _group_columns(self, group: exp.Expr | None) -> list[exp.Column]:
        """The columns grouped by, positions and aliases followed."""
        if has_totals(group):
            return []
        found = [grouped(one, self._node, self._scope) for one in group_items(self._node)]
        return [one for one in found if isinstance(one, exp.Column)]

    def _unreleased(self, columns: dict[str, Kind], measures: set[str], large: bool) -> Relation:
        """Groups whose sizes the level above adds up: it gets how many persons each stands for."""
        node, scope = self._node, self._scope
        name = self._reader.context.fresh("n")
        wheres = [support_of(unit, scope).where for unit in aggregates(node)]
        sizes = [release.persons(one, where) for one in scope.hidden for where in [None, *wheres]]
        sizes = [one for position, one in enumerate(sizes) if one not in sizes[:position]]
        size = sizes[0] if len(sizes) == 1 else exp.Least(this=sizes[0], expressions=sizes[1:])
        node.append("expressions", exp.alias_(size, name))
        kinds = {one: Kind.MEASURE if one in measures else Kind.TRAIT for one in columns}
        return Relation(kinds, (Hidden(name, Form.GROUP),), large=large)

    def _columns(self) -> dict[str, Kind]:
        """The output's names and kinds, in order; "*" marks an output whose width only the engine knows."""
        kinds: dict[str, Kind] = {}
        for position, one in enumerate(self._node.expressions):
            if _star(one):
                kinds["*"] = Kind.TRAIT
                wanted = folded(one.text("table"))
                for alias, source in self._scope.sources.items():
                    if wanted in {"", alias}:
                        kinds.update(source.columns)
                continue
            kinds[folded(output_name(one)) or f"?{position}"] = self._kind(one.unalias())
        return kinds

    def _kind(self, value: exp.Expr) -> Kind:
        """The kind of one output column: stored ones keep theirs, computed ones are judged by their form."""
        if isinstance(value, exp.Column):
            return self._scope.kind(value)
        inside = [self._scope.kind(one) for one in value.find_all(exp.Column) if not _in_query(one, value)]
        if Kind.COUNT in inside and _is_sum(value):
            return Kind.COUNT
        if value.find(exp.Window, exp.Select, exp.SetOperation) is not None:
            return Kind.MADE
        if isinstance(value, exp.Round) and isinstance(value.args.get("decimals"), exp.Literal | None):
            return self._kind(value.this)
        unit = aggregate_unit(value)
        if unit is not None:
            plain = family(unit) in {Family.COUNTING, Family.AVERAGING, Family.SELECTING} and unit is value
            about = plain and bool(self._scope.hidden)
            return Kind.TRAIT if about and not support_of(value, self._scope).complement else Kind.MADE
        shape = shape_of(value, self._scope)
        return {Shape.PLAIN: Kind.TRAIT, Shape.CHOSEN: Kind.CHOSEN}[shape] if shape is not None else Kind.MADE

    def _shown_keys(self) -> list[tuple[str, str]]:
        """The bare keys in the output: their output name and the source they come from."""
        return [
            (folded(output_name(one)), alias)
            for one in self._node.expressions
            if isinstance(one.unalias(), exp.Column) and not _star(one) and self._scope.kind(one.unalias()) is Kind.KEY
            for alias in self._scope.owners(one.unalias())[:1]
        ]

    def _keys_cover(self, shown: list[tuple[str, str]]) -> bool:
        """Whether they tell every person among the sources apart."""
        groups = tied_keys(self._node, self._scope)
        return {groups[folded(one.table)] for one in self._scope.hidden} <= {groups[alias] for _, alias in shown}

    def _check_sources(self) -> None:
        """A semi join decides about persons without showing them, like EXISTS."""
        for item in sources(self._node):
            join = item.parent
            semi = isinstance(join, exp.Join) and join.kind.upper() in {"SEMI", "ANTI"}
            if semi and self._scope.sources[folded(item.alias_or_name)].hidden:
                raise StatementRefused(RULE, "query_person_exists")

    def _check_windows(self) -> None:
        """Over rows of persons a window may only rank: anything else copies one person's value to others."""
        for node in own_nodes(self._node):
            if isinstance(node, exp.Window) and family(node.this) not in {Family.RANKING, None}:
                raise FunctionRefused(RULE, "query_person_window", name=function_name(node.this) or "")


def _weighs(node: exp.Expr) -> bool:
    """Whether an aggregate gives persons of small groups more weight: a mean of means is half one person's value, and
    a sum of smallest values over one group is somebody's own.
    """
    averages = family(node) is Family.AVERAGING and not isinstance(node, exp.Sum)
    return averages or family(node) is Family.SELECTING


def _group_instead(node: exp.Select) -> None:
    """SELECT DISTINCT a, b → SELECT a, b GROUP BY a, b: the same rows, whose persons can be counted."""
    if any(isinstance(one, exp.Star) or one.find(exp.Window) for one in node.expressions):
        raise StatementRefused(RULE, "query_person_rows")
    node.set("distinct", None)
    node.set("group", exp.Group(expressions=[one.unalias().copy() for one in node.expressions]))


def _computes(projection: exp.Expr) -> bool:
    return any(family(one) in {Family.COUNTING, Family.AVERAGING, Family.SELECTING} for one in projection.walk())


def _star(projection: exp.Expr) -> bool:
    return isinstance(projection, exp.Star) or (
        isinstance(projection, exp.Column) and isinstance(projection.this, exp.Star)
    )


def _is_sum(value: exp.Expr) -> bool:
    """A bare sum of one column, filtered or not: its value is itself a number of persons."""
    if isinstance(value, exp.Filter):
        value = value.this
    return isinstance(value, exp.Sum) and isinstance(value.this, exp.Column)


def _single_column(node: exp.Select) -> bool:
    """The one column of `IN (SELECT key …)`: nothing may be added to it."""
    parent = node.parent
    if isinstance(parent, exp.Subquery):
        parent = parent.parent
    return isinstance(parent, exp.In | exp.Exists)


def _in_query(column: exp.Expr, root: exp.Expr) -> bool:
    node = column.parent
    while node is not None and node is not root:
        if isinstance(node, exp.Select | exp.SetOperation):
            return True
        node = node.parent
    return isinstance(root, exp.Select | exp.SetOperation)
