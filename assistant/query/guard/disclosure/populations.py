"""Which persons a released group is about, as a query the ledger can run: what two answers could be subtracted by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from assistant.query.guard.context import folded
from assistant.query.guard.disclosure.groups import group_items, grouped
from assistant.query.guard.disclosure.relation import Form, Hidden, Scope
from assistant.query.guard.disclosure.shapes import support_of
from assistant.query.guard.disclosure.walking import aggregates, conjuncts

if TYPE_CHECKING:
    from assistant.query.guard.disclosure.queries import Reader


@dataclass(frozen=True, slots=True)
class Population:
    """`sql` lists (person, cell); `domain` is the key that tells persons apart.

    `trait` names a column that decides who is counted and was left out: whoever counts a trait in a group twice, one
    person less the second time, learns that person's trait even where both numbers are the same. So groups in which
    one trait was counted are compared among themselves as they are without it.
    """

    domain: str
    sql: str
    trait: str = ""


def note_populations(node: exp.Select, scope: Scope, reader: Reader) -> None:
    """Keep the populations behind one grouped SELECT over rows about persons."""
    person = next((one for one in scope.hidden if one.form is Form.PERSON), None)
    if person is None:  # sizes of groups whose persons were noted one level below
        return
    where = node.args.get("where")
    conditions = conjuncts(where.this if where is not None else None)
    keys = [grouped(one, node, scope) for one in group_items(node)]
    keys = [one for one in keys if not isinstance(one, exp.Literal | exp.Null)]
    chosen = [one for one in (support_of(unit, scope).where for unit in aggregates(node)) if one is not None]
    found: list[tuple[list[exp.Expr], list[exp.Expr], exp.Expr | None]] = [(keys, conditions, None)]
    found += [(keys, [*conditions, one], None) for one in chosen]
    found += [(keys, conditions, one) for one in (*chosen, *aggregates(node))]
    found += [(keys, _but(conditions, one), one) for one in conditions]
    found += [(_but(keys, one), conditions, one) for one in keys]
    for kept_keys, kept, trait in found:
        sql = _listed(node, person, kept_keys, kept, reader).sql(dialect="duckdb", comments=False, copy=False)
        names = {folded(one.name) for one in trait.find_all(exp.Column)} if trait is not None else {""}
        for name in sorted(names):
            population = Population(person.origin, sql, name)
            if population not in reader.context.populations:
                reader.context.populations.append(population)


def _but(items: list[exp.Expr], left_out: exp.Expr) -> list[exp.Expr]:
    return [one for one in items if one is not left_out]


def _listed(
    node: exp.Select, person: Hidden, keys: list[exp.Expr], conditions: list[exp.Expr], reader: Reader
) -> exp.Select:
    cell: exp.Expr = exp.Literal.string("0")
    if keys:  # the ledger must tell groupings by one key from those by several
        hashed = exp.Anonymous(this="hash", expressions=[one.copy() for one in keys])
        cell = exp.DPipe(
            this=exp.Literal.string("s" if len(keys) == 1 else "m"), expression=exp.cast(hashed, "VARCHAR")
        )
    listed = exp.Select(
        expressions=[
            exp.alias_(exp.cast(person.column(), "VARCHAR"), "person"),
            exp.alias_(cell, "cell"),
        ],
        distinct=exp.Distinct(),
        from_=node.args["from_"].copy(),
        joins=[one.copy() for one in node.args.get("joins") or ()],
    )
    if conditions:
        listed.set("where", exp.Where(this=exp.and_(*(exp.Paren(this=one.copy()) for one in conditions))))
    with_ = reader.root.args.get("with_")
    if with_ is not None:
        listed.set("with_", with_.copy())
    return listed
