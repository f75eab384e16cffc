"""Where a column that singles out one person may stand, and which sources an equality ties together."""

from sqlglot import exp

from assistant.errors import ColumnRefused, StatementRefused
from assistant.query.guard.context import cut, folded
from assistant.query.guard.disclosure.relation import Kind, Relation, Scope
from assistant.query.guard.disclosure.walking import conditions, own_columns, sources
from assistant.query.guard.functions import Family, family

RULE = "keys"


def check_columns(select: exp.Select, scope: Scope) -> None:
    """Refuse the personal, the unknown, and a person's key anywhere but in joins, counts and inner groups."""
    for column in own_columns(select):
        if scope.kind(column) is Kind.KEY and not _harmless(column, select, scope):
            raise ColumnRefused(RULE, "query_person_key", name=cut(column.name))
    _check_using(select, scope)


def _harmless(column: exp.Column, select: exp.Select, scope: Scope) -> bool:
    node: exp.Expr = column
    while isinstance(node.parent, exp.Paren | exp.Ordered | exp.Order):
        node = node.parent
    parent = node.parent
    if isinstance(parent, exp.EQ):
        other = (parent.expression if parent.this is node else parent.this).unnest()
        return isinstance(other, exp.Column) and scope.kind(other) is Kind.KEY
    if isinstance(parent, exp.Is):
        return isinstance(parent.expression, exp.Null)
    if isinstance(parent, exp.In):
        return parent.this is node and parent.args.get("query") is not None
    if isinstance(parent, exp.Distinct):
        return isinstance(parent.parent, exp.Count)
    if isinstance(parent, exp.Window):
        return family(parent.this) is Family.RANKING
    if isinstance(parent, exp.Alias):
        return parent.parent is select
    return parent is select or isinstance(parent, exp.Count | exp.Group)


def _check_using(select: exp.Select, scope: Scope) -> None:
    """The columns of USING and NATURAL must be known, and a person's key may only meet another one."""
    for join in select.args.get("joins") or ():
        names = [one.name for one in join.args.get("using") or ()]
        if join.method:
            joined = scope.sources[folded(join.this.alias_or_name)].columns
            names += [one for one in joined if one != "*"]
        for name in names:
            kinds = [one.columns[folded(name)] for one in scope.sources.values() if folded(name) in one.columns]
            if not kinds:
                scope.kind(exp.column(name))
            if Kind.KEY in kinds and set(kinds) != {Kind.KEY}:
                raise ColumnRefused(RULE, "query_person_key", name=cut(name))


def check_joined(select: exp.Select, scope: Scope) -> None:
    """Refuse a product of two large sources: each must be tied to the others by an equality."""
    groups = tied(select, scope)
    large = [groups[alias] for alias, source in scope.sources.items() if source.large]
    if len(set(large)) > 1:
        raise StatementRefused(RULE, "query_cross_join")


def tied(select: exp.Select, scope: Scope) -> dict[str, str]:
    """For each source the name of the group of sources that equalities tie it to."""
    return _groups(scope, equalities(select, scope))


def tied_keys(select: exp.Select, scope: Scope) -> dict[str, str]:
    """For each source the name of the group of sources that are about the same person."""
    return _groups(scope, equalities(select, scope, keys_only=True))


def _groups(scope: Scope, pairs: list[tuple[str, str]]) -> dict[str, str]:
    groups = {alias: alias for alias in scope.sources}
    for first, second in pairs:
        old, new = groups[second], groups[first]
        groups.update({alias: new for alias, group in groups.items() if group == old})
    return groups


def equalities(select: exp.Select, scope: Scope, *, keys_only: bool = False) -> list[tuple[str, str]]:
    """Pairs of sources an ON, USING, NATURAL or WHERE makes equal in a column; `keys_only`: in a person's key."""
    pairs = []
    for node in conditions(select):
        if not isinstance(node, exp.EQ):
            continue
        left, right = node.this.unnest(), node.expression.unnest()
        if isinstance(left, exp.Column) and isinstance(right, exp.Column):
            owners = scope.owners(left), scope.owners(right)
            key = scope.kind(left) is Kind.KEY
            if all(len(one) == 1 for one in owners) and owners[0] != owners[1] and (key or not keys_only):
                pairs.append((owners[0][0], owners[1][0]))
    return pairs + _named_pairs(select, scope, keys_only=keys_only)


def _named_pairs(select: exp.Select, scope: Scope, *, keys_only: bool) -> list[tuple[str, str]]:
    """The pairs of USING and NATURAL: a joined source and every earlier one with the same column."""
    pairs = []
    names = [folded(item.alias_or_name) for item in sources(select)]
    joins = select.args.get("joins") or ()
    for position, join in enumerate(joins, start=len(names) - len(joins)):
        alias = names[position]
        joined = scope.sources.get(alias, Relation())
        shared = [folded(one.name) for one in join.args.get("using") or ()]
        for earlier in names[:position]:
            columns = scope.sources.get(earlier, Relation()).columns
            common = [one for one in (shared or (joined.columns if join.method else ())) if one in columns]
            wanted = [one for one in common if not keys_only or joined.columns.get(one) is Kind.KEY]
            if wanted and alias in scope.sources and earlier in scope.sources:
                pairs.append((earlier, alias))
    return pairs
