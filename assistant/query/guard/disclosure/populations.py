"""Which persons a released group is about, as a query the ledger can run: what two answers could be subtracted by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from assistant.query.guard.context import folded
from assistant.query.guard.disclosure.groups import group_items, grouped
from assistant.query.guard.disclosure.relation import Form, Scope
from assistant.query.guard.disclosure.shapes import adds_counts, support_of
from assistant.query.guard.disclosure.walking import aggregates, conjuncts
from assistant.query.guard.grammar import DIALECT
from assistant.query.guard.names import TABLE

if TYPE_CHECKING:
    from assistant.query.guard.disclosure.queries import Reader


PERSON = "1"
"""The weight of a row about one person."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which persons are in which cells, in the parts of a SELECT: the ledger reads all listings of one source at once.

    `person` and `cell` are values of a row of `source`; rows for which all `conditions` hold are counted. A row of
    ready-made counts stands in a person's place, and `weight` is the count it brings.
    """

    ctes: str
    source: str
    person: str
    cell: str
    conditions: tuple[str, ...]
    weight: str = PERSON


@dataclass(frozen=True, slots=True)
class Population:
    """One grouping of persons that is told of; `domain` is the policy's name of the key that tells persons apart, or
    the table and the column of ready-made counts.

    `trait` names a column that decides who is counted and was left out: whoever counts a trait in a group twice, one
    person less the second time, learns that person's trait even where both numbers are the same. So groups in which
    one trait was counted are compared among themselves as they are without it.
    """

    domain: str
    listing: Listing
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
    units = aggregates(node)
    chosen = [one for one in (support_of(unit, scope).where for unit in units) if one is not None]
    found: list[tuple[list[exp.Expr], list[exp.Expr], exp.Expr | None]] = [(keys, conditions, None)]
    found += [(keys, [*conditions, one], None) for one in chosen]
    found += [(keys, conditions, one) for one in (*chosen, *units)]
    found += [(keys, _but(conditions, one), one) for one in conditions]
    found += [(_but(keys, one), conditions, one) for one in keys]
    ctes, source = _source(node, reader)
    written = {id(one): _text(one) for one in (*keys, *conditions, *chosen)}
    who = f"CAST({_text(person.column())} AS TEXT)"
    for kept_keys, kept, trait in found:
        cell = _cell([written[id(one)] for one in kept_keys])
        listing = Listing(ctes, source, who, cell, tuple(written[id(one)] for one in kept))
        names = {folded(one.name) for one in trait.find_all(exp.Column)} if trait is not None else {""}
        for name in sorted(names):
            population = Population(person.origin, listing, name)
            if population not in reader.context.populations:
                reader.context.populations.append(population)


def note_counts(node: exp.Select, scope: Scope, reader: Reader) -> None:
    """Keep the ready-made counts that one SELECT adds up."""
    keys = [grouped(one, node, scope) for one in group_items(node)]
    cell = _cell([_text(one) for one in keys if not isinstance(one, exp.Literal | exp.Null)])
    for support in [support_of(unit, scope) for unit in aggregates(node) if adds_counts(unit, scope)]:
        for column in support.counts:
            _note_count(node, column, cell, conjuncts(support.where), scope, reader)


def note_rows(node: exp.Select, column: exp.Column, scope: Scope, reader: Reader) -> None:
    """Keep a ready-made count that one SELECT shows row by row."""
    row = exp.column(reader.context.row, table=column.table, quoted=True)
    _note_count(node, column, f"CONCAT('row', {_text(row)})", [], scope, reader)


def _note_count(
    node: exp.Select, column: exp.Column, cell: str, chosen: list[exp.Expr], scope: Scope, reader: Reader
) -> None:
    alias = scope.owners(column)[0]
    table = scope.sources[alias].table
    if not table:  # sums of a level below, where they were noted
        return
    where = node.args.get("where")
    conditions = [*conjuncts(where.this if where is not None else None), *chosen]
    row, weight = (
        exp.column(one, table=scope.spelled[alias], quoted=True) for one in (reader.context.row, column.name)
    )
    listing = Listing(
        *_source(node, reader), f"CAST({_text(row)} AS TEXT)", cell, tuple(map(_text, conditions)), _text(weight)
    )
    population = Population(f"{table}.{folded(column.name)}", listing)
    if population not in reader.context.populations:
        reader.context.populations.append(population)


def _but(items: list[exp.Expr], left_out: exp.Expr) -> list[exp.Expr]:
    return [one for one in items if one is not left_out]


def _text(part: exp.Expr) -> str:
    return part.sql(dialect=DIALECT)


def _cell(keys: list[str]) -> str:
    """One text of all keys, as numbers which the ledger can take apart again."""
    if not keys:
        return "'all'"
    return f"CONCAT_WS('.', {', '.join(f'HASH({one})' for one in keys)})"


def _source(node: exp.Select, reader: Reader) -> tuple[str, str]:
    """The WITH and the FROM, written alike for all questions about the same tables, whatever columns they name."""
    parts = [node.args["from_"].copy(), *(one.copy() for one in node.args.get("joins") or ())]
    with_ = reader.root.args.get("with_")
    reads_some = any(not one.text("db") for one in node.find_all(exp.Table))
    ctes = with_.copy() if with_ is not None and reads_some else None
    for part in (*parts, ctes) if ctes is not None else parts:
        for one in part.find_all(exp.Subquery):
            policy = reader.context.policy.tables[one.meta[TABLE]] if TABLE in one.meta else None
            if policy is not None and policy.person:
                added = [item for item in one.this.expressions if isinstance(item, exp.Alias)]
                one.this.set("expressions", [*map(exp.column, policy.columns), *added])
            if policy is not None and policy.persons:
                row = exp.alias_(exp.column("rowid"), reader.context.row)
                one.this.set("expressions", [*map(exp.column, policy.columns), row])
    texts = [part.sql(dialect=DIALECT, copy=False) for part in parts]
    return _text(ctes) if ctes is not None else "", " ".join(texts)
