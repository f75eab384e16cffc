"""What the rows of a source tell about persons: the kind of each column and the hidden columns that count them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from sqlglot import exp

from assistant.errors import ColumnRefused, StatementRefused
from assistant.query.guard.context import cut, folded

RULE = "columns"


class Kind(IntEnum):
    """From harmless to identifying; two candidates for one name count as the worse.

    TRAIT is a column as stored; CHOSEN has a value where a condition holds and
    nothing (0, NULL) elsewhere; MADE is computed in any other way, so that a sum over it could be about one person.
    COUNT is a ready-made count of persons, AMOUNT what such persons have together, MEASURE an aggregate not yet
    released, KEY what singles out a person.
    """

    TRAIT = 0
    CHOSEN = 1
    MADE = 2
    AMOUNT = 3
    COUNT = 4
    MEASURE = 5
    KEY = 6


class Form(StrEnum):
    """PERSON: a key to count distinct. GROUP: the number of persons an unreleased group stands for."""

    PERSON = "person"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A column that only the guard uses. `table` and `name` address it from the select that reads the source.

    `origin` is the policy's name of the key it holds.
    """

    name: str
    form: Form
    table: str = ""
    origin: str = ""

    def column(self) -> exp.Column:
        return exp.column(self.name, table=self.table or None, quoted=bool(self.table))


@dataclass(slots=True)
class Relation:
    """The output of a query or a source.

    `persons` says its rows are about persons, even where no hidden column could be added to count them;
    `large` rows must be joined by equality; `counts` says its table holds ready-made counts of persons, `total` which
    of them is a row's, `table` what the policy calls it; `correlated` that it reads a row of the query around it;
    `same_person` that all it tells is about the person of that row; `behind` are the keys inside it, for a copy of it
    to count.
    """

    columns: dict[str, Kind] = field(default_factory=dict)
    hidden: tuple[Hidden, ...] = ()
    personal: frozenset[str] = frozenset()
    persons: bool = False
    large: bool = False
    counts: bool = False
    total: str = ""
    table: str = ""
    correlated: bool = False
    same_person: bool = False
    behind: tuple[Hidden, ...] = ()


@dataclass(slots=True)
class Scope:
    """The sources one SELECT reads, its own aliases, and the scope around it."""

    outer: Scope | None
    sources: dict[str, Relation] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, exp.Expr] = field(default_factory=dict)

    @property
    def hidden(self) -> list[Hidden]:
        """The hidden columns of all sources, addressed by their source."""
        return [
            Hidden(one.name, one.form, self.spelled[alias], one.origin)
            for alias, source in self.sources.items()
            for one in source.hidden
        ]

    def add(self, alias: str, relation: Relation) -> None:
        name = folded(alias)
        if name in self.sources:
            raise StatementRefused(RULE, "query_alias_twice", name=cut(alias))
        self.sources[name] = relation
        self.spelled[name] = alias

    def owners(self, column: exp.Column) -> list[str]:
        """The aliases of this scope's sources that hold the column."""
        name, table = folded(column.name), folded(column.table)
        if table:
            return [table] if table in self.sources and name in self.sources[table].columns else []
        return [alias for alias, source in self.sources.items() if name in source.columns]

    def kind(self, column: exp.Column) -> Kind:
        """The kind of a column named anywhere in this scope; refuses the personal, the unknown and whole rows."""
        name, table = folded(column.name), folded(column.table)
        found = [self.sources[alias].columns[name] for alias in self.owners(column)]
        if found:
            return max(found)
        if not table and name in self.aliases:
            return self._alias_kind(name)
        if not table and name in self.sources:
            raise ColumnRefused(RULE, "query_row_whole", name=cut(column.name))
        return self._around(name, column)

    def _around(self, name: str, column: exp.Column) -> Kind:
        here = folded(column.table) in self.sources or any(name in one.personal for one in self.sources.values())
        if self.outer is None or here:
            return self._refuse(name, list(self.sources.values()))
        return self.outer.kind(column)

    def is_outer(self, column: exp.Column) -> bool:
        """Whether the name belongs to a query around this one."""
        return not self.owners(column) and (bool(column.table) or folded(column.name) not in self.aliases)

    def _alias_kind(self, alias: str) -> Kind:
        """The worst kind among the columns behind one of this select's own aliases."""
        expression = self.aliases[alias]
        worst = Kind.TRAIT if isinstance(expression, exp.Column) else Kind.MADE
        for one in expression.find_all(exp.Column):
            itself = folded(one.name) == alias and not self.owners(one)
            worst = max(worst, self._around(alias, one) if itself else self.kind(one))
        return worst

    def _refuse(self, name: str, sources: list[Relation]) -> Kind:
        if any(name in source.personal for source in sources):
            raise ColumnRefused(RULE, "query_column_personal", name=cut(name))
        raise ColumnRefused(RULE, "query_column_unknown", name=cut(name))
