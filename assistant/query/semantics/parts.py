"""The parts a semantic-model file is made of: data sets, dimensions with their values, and metrics, read strictly.

The files are Apache Ossie 0.1 (datasets, relationships, metrics) with one `x-edu` block an item for what Ossie
cannot say: units, time, value dictionaries, phrasings, ratios, suppression.
"""

from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Literal

import sqlglot
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from sqlglot import exp

from assistant.query.request import TimeKind
from assistant.query.semantics.authored import Hierarchy, Name, NamedFilter, Text, VerifiedQuery


class Suppress(StrEnum):
    """Counts of persons are withheld when small; counts of institutions, rooms, documents never."""

    PERSONS = "person_count"
    INSTITUTIONS = "institution_count"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, ignored_types=(cached_property,))


class _Dialect(_Part):
    dialect: str
    expression: Text


class _Expression(_Part):
    dialects: tuple[_Dialect, ...] = Field(min_length=1)

    @property
    def sql(self) -> str:
        return self.dialects[0].expression


class AiContext(_Part):
    instructions: str = ""
    synonyms: tuple[Text, ...] = ()
    examples: tuple[Text, ...] = ()


class Extension(_Part):
    """What another vendor's tool keeps in a model: carried along, never read."""

    vendor_name: str
    data: str


class _Described(_Part):
    """Parts every item of an Ossie document may have."""

    custom_extensions: tuple[Extension, ...] = ()
    ai_context: AiContext = AiContext()


class _FieldDimension(_Part):
    is_time: bool = False


class DataField(_Described):
    """A column of a data set under the name of the dimension it carries."""

    name: Name
    description: str = ""
    expression: _Expression
    label: str = ""
    dimension: _FieldDimension = _FieldDimension()


class DatasetTime(_Part):
    """How a data set knows time: which field, and what that field holds; none for registers of the present."""

    kind: TimeKind
    column: Name
    closes: Literal["start", "end"] = Field(
        default="start", description="known from 30/9 of its first year, or from the end of the school year (1/8)"
    )


class DatasetEdu(_Part):
    time: DatasetTime | None = None
    institution: Name | None = Field(default=None, description="counted where a measure is NULL: has not reported")
    national_rows: bool = Field(default=False, description="some rows are of the whole country, of no place")
    cutoff: str = Field(default="", description="what day the figures hold for, in words")
    legal_basis: str = Field(default="", description="the regulation that defines or demands these figures")


class Dataset(_Described):
    name: Name
    source: Name
    description: str = ""
    primary_key: tuple[Name, ...] = ()
    unique_keys: tuple[tuple[Name, ...], ...] = ()
    fields: tuple[DataField, ...] = ()
    edu: DatasetEdu = Field(default=DatasetEdu(), alias="x-edu")

    def field(self, name: str) -> DataField | None:
        return next((one for one in self.fields if one.name == name), None)


class Relationship(_Described):
    """Many rows of `from` to one of `to`, so that a join never multiplies."""

    name: Name
    from_: Name = Field(alias="from")
    to: Name
    from_columns: tuple[Name, ...]
    to_columns: tuple[Name, ...]


class Value(_Part):
    label: Text
    synonyms: tuple[Text, ...] = ()
    codes: tuple[str, ...] = Field(default=(), description="for a value that stands for several, as “phổ thông”")
    within: dict[Name, tuple[str, ...]] = Field(default={}, description="the wider values it is part of")


class Lookup(_Part):
    """Where a code finds its name and place in a list."""

    table: Name
    code: Name = "code"
    label: Name = "name_vi"
    order: Name | None = "sort_order"


class Dimension(_Part):
    """`numeric` dimensions are filtered by comparison only.

    Asked for a share with several filters, an achievement ("đạt chuẩn") is its numerator before an attribute
    ("nữ"), and an attribute before a place or a level.
    """

    name: Name
    label: Text
    synonyms: tuple[Text, ...] = ()
    definition: str = Field(default="", description="what its values mean and who says so, for who asks")
    lookup: Lookup | None = None
    values: dict[str, Value] = {}
    numeric: bool = False
    attribute: bool = False
    achievement: bool = False
    ordered: bool = Field(default=False, description="its values rise in the order written: “bậc 3 trở lên”")
    groupable: bool = True
    known_only: bool = Field(default=False, description="national rows, which lack it, are no group of it")

    def codes(self, key: str) -> tuple[str, ...]:
        """The codes a value of the dictionary stands for."""
        return self.values[key].codes or (key,)

    def codes_from(self, key: str, *, upwards: bool) -> tuple[str, ...]:
        """The codes from a value on, up or down, where the values are ordered."""
        plain = [name for name, value in self.values.items() if not value.codes]
        if not self.ordered or key not in plain:
            return self.codes(key)
        at = plain.index(key)
        return tuple(plain[at:] if upwards else plain[: at + 1])

    def label_of(self, code: str) -> str:
        known = self.values.get(code)
        return known.label if known else code


class MetricEdu(_Part):
    label: Text
    unit: str = ""
    phrasings: tuple[Text, ...] = Field(min_length=1, description="bags of words: “trường + gửi + học bạ số”")
    implied: tuple[Text, ...] = Field(default=(), description="words that add nothing to this metric")
    numerator: Name | None = None
    denominator: Name | None = None
    scale: float = 1
    decimals: int = 0
    suppress: Suppress = Suppress.INSTITUTIONS
    additive_over_time: bool = False
    default: dict[Name, tuple[str, ...]] = {}
    population: dict[Name, tuple[str, ...]] = Field(default={}, description="values this metric is about at all")
    always: dict[Name, tuple[str, ...]] = Field(default={}, description="true of all it counts: saying so adds nothing")
    family: str = Field(default="", description="metrics of one family take over for each other's population")
    not_by: tuple[Name, ...] = ()
    companion: Name | None = Field(default=None, description="shown beside this one when a level is chosen")
    indicator: str = ""
    better: str = ""
    source: str = ""
    legal_basis: str = Field(default="", description="instead of the data set's")
    note: str = Field(default="", description="what a reader must know, shown with every answer")
    breaks: dict[str, Text] = Field(default={}, description="point → why earlier figures do not compare with it")
    published: dict[str, Text] = Field(default={}, description="point → published figures that differ, each with base")

    @model_validator(mode="after")
    def _ratio_is_whole(self) -> "MetricEdu":
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("a ratio names both numerator and denominator")
        return self


class Metric(_Described):
    name: Name
    description: Text
    expression: _Expression
    edu: MetricEdu = Field(alias="x-edu")

    @field_validator("expression")
    @classmethod
    def _parses(cls, value: _Expression) -> _Expression:
        parse_fragment(value.sql)
        return value

    @property
    def is_ratio(self) -> bool:
        return self.edu.numerator is not None

    @property
    def about_persons(self) -> bool:
        return self.edu.suppress is Suppress.PERSONS

    @cached_property
    def aggregate(self) -> exp.Expr:
        """The aggregate without its FILTER clause."""
        parsed = parse_fragment(self.expression.sql)
        return parsed.this if isinstance(parsed, exp.Filter) else parsed

    @cached_property
    def predicate(self) -> exp.Expr | None:
        """The condition of the FILTER clause: which rows count at all."""
        parsed = parse_fragment(self.expression.sql)
        return parsed.expression.this if isinstance(parsed, exp.Filter) else None

    @cached_property
    def dataset(self) -> str:
        """The data set a metric that is no ratio adds up."""
        tables = {column.table for column in parse_fragment(self.expression.sql).find_all(exp.Column)}
        return next(iter(tables)) if len(tables) == 1 else ""


class ModelEdu(_Part):
    dimensions: tuple[Dimension, ...] = ()
    filters: tuple[NamedFilter, ...] = ()
    hierarchies: tuple[Hierarchy, ...] = ()
    verified_queries: tuple[VerifiedQuery, ...] = ()


class ModelFile(_Described):
    """One domain: a file of the model directory."""

    name: Name
    description: str = ""
    datasets: tuple[Dataset, ...] = ()
    relationships: tuple[Relationship, ...] = ()
    metrics: tuple[Metric, ...] = ()
    edu: ModelEdu = Field(default=ModelEdu(), alias="x-edu")


@lru_cache(maxsize=1024)
def parse_fragment(sql: str) -> exp.Expr:
    """A piece of SQL of the model as a tree; ValueError when it is not SQL."""
    try:
        return sqlglot.parse_one(sql, dialect="duckdb")
    except sqlglot.errors.SqlglotError as error:
        raise ValueError(f"not SQL: {sql}") from error
