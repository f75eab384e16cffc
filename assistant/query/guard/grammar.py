"""The SQL that is let through: node types with the parts each may carry. Anything else is refused."""

from sqlglot import exp
from sqlglot.dialects.dialect import Dialect

DIALECT = Dialect.get_or_raise("duckdb")  # made once: a name would be looked up for every text

_BINARY = "this expression"
_QUERY_TAIL = "order limit offset with_"

_PARTS: dict[type[exp.Expr], str] = {
    # statements and their clauses
    exp.Select: f"expressions from_ joins where group having qualify windows distinct {_QUERY_TAIL}",
    exp.Union: f"this expression distinct {_QUERY_TAIL}",
    exp.Except: f"this expression distinct {_QUERY_TAIL}",
    exp.Intersect: f"this expression distinct {_QUERY_TAIL}",
    exp.Subquery: "this alias order limit offset",
    exp.With: "expressions recursive",
    exp.CTE: "this alias materialized",
    exp.From: "this",
    exp.Join: "this on using side kind method",
    exp.Table: "this db alias",
    exp.TableAlias: "this columns",
    exp.Values: "expressions alias",
    exp.Where: "this",
    exp.Group: "expressions rollup cube grouping_sets all",
    exp.Rollup: "expressions",
    exp.Cube: "expressions",
    exp.GroupingSets: "expressions",
    exp.Having: "this",
    exp.Qualify: "this",
    exp.Order: "this expressions",
    exp.Ordered: "this desc nulls_first",
    exp.Limit: "expression",
    exp.Offset: "expression",
    exp.Distinct: "expressions",
    # names and values
    exp.Alias: "this alias",
    exp.Column: "this table",
    exp.Identifier: "this quoted",
    exp.Star: "",
    exp.Literal: "this is_string",
    exp.Boolean: "this",
    exp.Null: "",
    exp.Var: "this",
    exp.Paren: "this",
    exp.Tuple: "expressions",
    exp.Interval: "this unit",
    exp.Cast: "this to",
    exp.TryCast: "this to",
    exp.DataType: "this expressions",
    exp.DataTypeParam: "this",
    # conditions and arithmetic
    exp.And: _BINARY,
    exp.Or: _BINARY,
    exp.Not: "this",
    exp.EQ: _BINARY,
    exp.NEQ: _BINARY,
    exp.GT: _BINARY,
    exp.GTE: _BINARY,
    exp.LT: _BINARY,
    exp.LTE: _BINARY,
    exp.NullSafeEQ: _BINARY,
    exp.NullSafeNEQ: _BINARY,
    exp.Is: _BINARY,
    exp.In: "this expressions query",
    exp.Between: "this low high",
    exp.Like: f"{_BINARY} negate",
    exp.ILike: f"{_BINARY} negate",
    exp.Escape: _BINARY,
    exp.Add: _BINARY,
    exp.Sub: _BINARY,
    exp.Mul: _BINARY,
    exp.Div: "this expression typed safe",
    exp.IntDiv: _BINARY,
    exp.Mod: _BINARY,
    exp.Neg: "this",
    exp.DPipe: "this expression safe",
    exp.Case: "this ifs default",
    exp.If: "this true false",
    exp.Exists: "this",
    exp.Any: "this",
    exp.All: "this",
    # aggregates and windows
    exp.Filter: _BINARY,
    exp.WithinGroup: _BINARY,
    exp.IgnoreNulls: "this",
    exp.Window: "this partition_by order spec alias over",
    exp.WindowSpec: "kind start start_side end end_side",
}
PARTS: dict[type[exp.Expr], frozenset[str]] = {node: frozenset(text.split()) for node, text in _PARTS.items()}

JOIN_KINDS = frozenset({"", "INNER", "CROSS", "OUTER", "SEMI", "ANTI"})
JOIN_SIDES = frozenset({"", "LEFT", "RIGHT", "FULL"})
JOIN_METHODS = frozenset({"", "NATURAL"})

_CAST_NAMES = (
    "BOOLEAN TINYINT SMALLINT INT BIGINT INT128 UTINYINT USMALLINT UINT UBIGINT DECIMAL FLOAT DOUBLE TEXT VARCHAR "
    "DATE TIME TIMESTAMP"
)
CAST_TYPES = frozenset(getattr(exp.DataType.Type, name) for name in _CAST_NAMES.split())

_VAR_NAMES = (
    "ALL YEAR YEARS MONTH MONTHS DAY DAYS WEEK WEEKS QUARTER QUARTERS HOUR HOURS MINUTE MINUTES SECOND SECONDS "
    "DECADE CENTURY DOW ISODOW DOY ISOYEAR EPOCH"
)
VARS = frozenset(_VAR_NAMES.split())

QUERIES = (exp.Select, exp.SetOperation)
