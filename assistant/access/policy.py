"""What each role may see: territories, tables, columns, functions, caps and suppression, read strictly from YAML."""

from collections.abc import Hashable
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from assistant.errors import ConfigurationError

SHARED = "shared"
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]*$", max_length=63)]
Territory = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$", max_length=40)]
Applies = Annotated[str, StringConstraints(pattern=r"^(national|province(:[A-Za-z0-9_.-]{1,40})?)$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    repeated = next((name for name in names if names.count(name) > 1), None)
    if repeated is not None:
        raise ValueError(f"{repeated!r} is listed twice")
    return names


def _fits(applies_to: str, role: str, territories: tuple[str, ...]) -> bool:
    """Whether `national`, `province` or `province:CODE` means this caller."""
    wanted, _, code = applies_to.partition(":")
    return wanted == role and (not code or code in territories)


Identifiers = Annotated[tuple[Identifier, ...], AfterValidator(_distinct)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RolePolicy(_Part):
    """What a role adds to its territories: the labels of the documents it may read."""

    labels: tuple[Name, ...] = ()


class TablePolicy(_Part):
    """One table. `columns` may be named; `personal` columns exist but never leave; everything else does not exist.

    `scope` is the column that holds the territory code, or "shared" for reference tables everybody reads whole.
    `person` is the key of the person a row describes: only aggregates over such a table leave, and neither it nor a
    column of `links` (other columns that single out one person) may be compared with a value or shown.
    `persons` are, in a table of ready-made counts, the columns that count persons; the first is the row's total.
    `amounts` are what a row's persons have together (a sum of marks, a mean): told where enough of them are counted.
    """

    columns: Identifiers = Field(min_length=1)
    scope: Identifier
    personal: Identifiers = ()
    sensitive: Identifiers = ()
    person: Identifier | None = None
    links: Identifiers = ()
    persons: Identifiers = ()
    amounts: Identifiers = ()
    threshold: int | None = Field(default=None, ge=1, description="instead of suppression.persons")
    only: dict[Identifier, tuple[str, ...]] = Field(default={}, description="rows with these values and no others")

    @model_validator(mode="after")
    def _names_agree(self) -> "TablePolicy":
        known = set(self.columns)
        if both := known & set(self.personal):
            raise ValueError(f"{min(both)!r} is both permitted and personal")
        wanted = [*self.sensitive, *self.persons, *self.amounts, *self.keys, *self.only]
        if self.scope != SHARED:
            wanted.append(self.scope)
        if missing := [name for name in wanted if name not in known]:
            raise ValueError(f"{missing[0]!r} is not among columns")
        if self.person and self.persons:
            raise ValueError("a table has either person or persons")
        if self.amounts and not self.persons:
            raise ValueError("amounts need persons, whose total stands behind them")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that single out one person."""
        return (self.person, *self.links) if self.person else self.links

    @property
    def shared(self) -> bool:
        return self.scope == SHARED

    @property
    def about_persons(self) -> bool:
        """Whether its cells are counts of persons, so that small ones are withheld."""
        return self.person is not None or bool(self.persons)


class Restriction(_Part):
    """Takes something away from the principals it names; all that fit a caller hold together.

    `applies_to` is `national`, `province` or `province:CODE`. `rows` names columns with the values that stay (levels of
    education, subjects, communes): a table of territories without such a column is not readable at all, except those
    of `tables`. `hide` are columns that do not exist for the caller; `persons` raises the suppression threshold.
    """

    applies_to: Applies
    rows: dict[Identifier, tuple[str, ...]] = {}
    tables: Identifiers = ()
    hide: Identifiers = ()
    persons: int = Field(default=1, ge=1)

    def fits(self, role: str, territories: tuple[str, ...]) -> bool:
        return _fits(self.applies_to, role, territories)

    def narrowed(self, table: TablePolicy, name: str) -> TablePolicy | None:
        """`table` as it is left; None when nothing may be read of it."""
        lacks = any(column not in table.columns for column in self.rows)
        if lacks and not table.shared and name not in self.tables:
            return None
        only = dict(table.only)
        for column, values in self.rows.items() if not table.shared else ():
            if column in table.columns:
                only[column] = tuple(one for one in only.get(column, values) if one in values)
        # What the guard itself needs to narrow and to count stays; nothing the caller could name does.
        needed = {table.scope, *only, *table.keys, *table.persons}
        kept = tuple(one for one in table.columns if one not in self.hide or one in needed)
        if not kept or any(not values for values in only.values()):
            return None
        sensitive = tuple(one for one in table.sensitive if one in kept)
        amounts = tuple(one for one in table.amounts if one in kept)
        return table.model_copy(update={"only": only, "columns": kept, "sensitive": sensitive, "amounts": amounts})


class Caps(_Part):
    """The largest query and result anybody gets."""

    bytes: int = Field(default=20_000, ge=1)
    rows: int = Field(default=1_000, ge=1)
    offset: int = Field(default=10_000, ge=0)
    columns: int = Field(default=200, ge=1)
    literals: int = Field(default=2_000, ge=1)
    nodes: int = Field(default=3_000, ge=1)
    joins: int = Field(default=8, ge=0, le=12, description="reading one without ON doubles the time of the next")
    ctes: int = Field(default=10, ge=0)
    depth: int = Field(default=60, ge=1, description="levels of the syntax tree")
    estimated: int = Field(default=2_000_000_000, ge=1, description="rows the engine expects a query to look at")
    series: int = Field(default=1_000, ge=1, description="rows of range() and steps of a recursion")


class Quota(_Part):
    """`burst` requests at once, `per_minute` in the long run."""

    burst: int = Field(ge=1)
    per_minute: int = Field(ge=1)


class Quotas(_Part):
    """What one caller may ask of the service."""

    requests: Quota = Quota(burst=600, per_minute=6000)
    refusals: Quota = Quota(burst=600, per_minute=600)
    conversations: Quota = Quota(burst=200, per_minute=600)
    questions: Quota = Quota(burst=200, per_minute=3000)


class BackgroundLimits(_Part):
    """What is run aside: how many one caller may have unfinished and begin a day, their deadline, how long kept."""

    running: int = Field(default=1, ge=1)
    per_day: int = Field(default=20, ge=1)
    seconds: int = Field(default=600, ge=1)
    keep_hours: int = Field(default=24, ge=1)


class Suppression(_Part):
    """Cells that stand for fewer persons are withheld; `sensitive` holds where a sensitive column is used."""

    persons: int = Field(default=10, ge=1)
    sensitive: int = Field(default=10, ge=1)
    ledger_days: int = Field(default=90, ge=1, description="how long released groups are compared with new ones")
    ledger_groups: int = Field(default=200, ge=1, description="how many are remembered before new ones are refused")


class Policy(_Part):
    """The whole policy. What it does not name is refused."""

    version: Name
    territory_version: Name
    territories: dict[Territory, Name] = Field(min_length=1)
    roles: dict[Literal["national", "province"], RolePolicy] = Field(min_length=1)
    tables: dict[Identifier, TablePolicy]
    functions: frozenset[Identifier] = Field(min_length=1)
    caps: Caps = Caps()
    suppression: Suppression = Suppression()
    quotas: Quotas = Quotas()
    background: BackgroundLimits = BackgroundLimits()
    expert_sql: tuple[Applies, ...] = Field(default=(), description="who may type SQL over the model's names")
    evaluators: tuple[Applies, ...] = Field(default=(), description="who may see scores of a search")
    restrictions: tuple[Restriction, ...] = ()

    @model_validator(mode="after")
    def _restrictions_mean_something(self) -> "Policy":
        columns = {column for table in self.tables.values() for column in table.columns}
        for right in (*self.expert_sql, *self.evaluators):
            code = right.partition(":")[2]
            if code and code not in self.territories:
                raise ValueError(f"a right for {code!r}, which is no territory")
        for one in self.restrictions:
            code = one.applies_to.partition(":")[2]
            if code and code not in self.territories:
                raise ValueError(f"restriction of {code!r}, which is no territory")
            if unknown := [name for name in (*one.rows, *one.hide) if name not in columns]:
                raise ValueError(f"restriction by {unknown[0]!r}, which no table has")
            if unknown := [name for name in one.tables if name not in self.tables]:
                raise ValueError(f"restriction spares {unknown[0]!r}, which is no table")
        return self

    def seen_by(self, role: str, territories: tuple[str, ...]) -> "Policy":
        """What is left of the policy for a caller once every restriction that fits was applied.

        A role the policy does not name, the administrator's among them, sees no table.
        """
        policy = self if role in self.roles else self.model_copy(update={"tables": {}})
        for one in self.restrictions:
            if one.fits(role, territories):
                narrowed = {name: one.narrowed(table, name) for name, table in policy.tables.items()}
                tables = {name: table for name, table in narrowed.items() if table is not None}
                least = {
                    "persons": max(policy.suppression.persons, one.persons),
                    "sensitive": max(policy.suppression.sensitive, one.persons),
                }
                suppression = policy.suppression.model_copy(update=least)
                policy = policy.model_copy(update={"tables": tables, "suppression": suppression})
        return policy

    def may_use_expert_sql(self, role: str, territories: tuple[str, ...]) -> bool:
        """Whether the caller may name the semantic model's metrics and dimensions; nobody may unless it says so."""
        return any(_fits(one, role, territories) for one in self.expert_sql)

    def may_evaluate(self, role: str, territories: tuple[str, ...]) -> bool:
        """Whether the caller may see how a search came to its order; nobody may unless it says so."""
        return any(_fits(one, role, territories) for one in self.evaluators)

    def threshold(self, table: str, *, sensitive: bool) -> int:
        """The fewest persons a cell of `table` may stand for."""
        own = self.tables[table].threshold or self.suppression.persons
        return max(own, self.suppression.sensitive) if sensitive else own


class _StrictLoader(yaml.SafeLoader):
    """Refuses a key written twice, which YAML would let win in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.MarkedYAMLError(problem=f"{key!r} is written twice", problem_mark=key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def load_policy(path: Path) -> Policy:
    """Read a policy; ConfigurationError names the file and the key (or the line) that does not fit."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)  # a SafeLoader: builds no objects
        return Policy.model_validate(loaded)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("policy_missing", name=str(path), detail=str(error)) from error
    except yaml.YAMLError as error:
        key, reason = _place(error)
        raise ConfigurationError("policy_invalid", name=str(path), key=key, reason=reason) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "-"
        raise ConfigurationError("policy_invalid", name=str(path), key=key, reason=first["msg"]) from error


def _place(error: yaml.YAMLError) -> tuple[str, str]:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "-", getattr(error, "problem", None) or "not YAML"
