"""The functions that were reviewed, by their DuckDB name; the policy says which of them its callers may use."""

from enum import StrEnum

from sqlglot import exp

from assistant.errors import FunctionRefused
from assistant.query.guard.context import Context, cut, folded
from assistant.query.guard.grammar import PARTS

RULE = "functions"


class Family(StrEnum):
    """How a function treats the persons behind its rows, which decides what becomes of a small group."""

    SCALAR = "scalar"
    COUNTING = "counting"
    AVERAGING = "averaging"
    SELECTING = "selecting"
    LISTING = "listing"
    RANKING = "ranking"
    WINDOW = "window"
    GROUPING = "grouping"
    OWN = "own"


_TYPED: dict[Family, dict[type[exp.Expr], str]] = {
    Family.COUNTING: {exp.Count: "count", exp.CountIf: "count_if", exp.ApproxDistinct: "approx_count_distinct"},
    Family.AVERAGING: {
        exp.Sum: "sum",
        exp.Avg: "avg",
        exp.Stddev: "stddev",
        exp.StddevSamp: "stddev_samp",
        exp.StddevPop: "stddev_pop",
        exp.Variance: "variance",
        exp.VariancePop: "var_pop",
        exp.Corr: "corr",
        exp.CovarPop: "covar_pop",
        exp.CovarSamp: "covar_samp",
        exp.RegrSlope: "regr_slope",
        exp.RegrIntercept: "regr_intercept",
        exp.RegrR2: "regr_r2",
    },
    Family.SELECTING: {
        exp.Min: "min",
        exp.Max: "max",
        exp.Median: "median",
        exp.Quantile: "quantile",
        exp.PercentileCont: "quantile_cont",
        exp.PercentileDisc: "quantile_disc",
        exp.Mode: "mode",
    },
    Family.LISTING: {
        exp.GroupConcat: "string_agg",
        exp.AnyValue: "any_value",
        exp.First: "first",
        exp.Last: "last",
        exp.ArgMin: "arg_min",
        exp.ArgMax: "arg_max",
        exp.LogicalAnd: "bool_and",
        exp.LogicalOr: "bool_or",
    },
    Family.RANKING: {
        exp.RowNumber: "row_number",
        exp.Rank: "rank",
        exp.DenseRank: "dense_rank",
        exp.PercentRank: "percent_rank",
        exp.CumeDist: "cume_dist",
        exp.Ntile: "ntile",
    },
    Family.WINDOW: {
        exp.Lag: "lag",
        exp.Lead: "lead",
        exp.FirstValue: "first_value",
        exp.LastValue: "last_value",
        exp.NthValue: "nth_value",
    },
    Family.GROUPING: {exp.Grouping: "grouping"},
    Family.SCALAR: {
        exp.Abs: "abs",
        exp.Ceil: "ceil",
        exp.Floor: "floor",
        exp.Round: "round",
        exp.Trunc: "trunc",
        exp.Sign: "sign",
        exp.Sqrt: "sqrt",
        exp.Pow: "power",
        exp.Ln: "ln",
        exp.Log: "log",
        exp.Exp: "exp",
        exp.Greatest: "greatest",
        exp.Least: "least",
        exp.Coalesce: "coalesce",
        exp.Nullif: "nullif",
        exp.IsNan: "isnan",
        exp.Lower: "lower",
        exp.Upper: "upper",
        exp.Trim: "trim",
        exp.Length: "length",
        exp.Substring: "substring",
        exp.Left: "left",
        exp.Right: "right",
        exp.Replace: "replace",
        exp.Concat: "concat",
        exp.ConcatWs: "concat_ws",
        exp.Contains: "contains",
        exp.StartsWith: "starts_with",
        exp.EndsWith: "ends_with",
        exp.SplitPart: "split_part",
        exp.StrPosition: "strpos",
        exp.TimestampTrunc: "date_trunc",
        exp.DateTrunc: "date_trunc",
        exp.Extract: "date_part",
        exp.Year: "year",
        exp.Month: "month",
        exp.Day: "day",
        exp.Quarter: "quarter",
        exp.Week: "week",
        exp.DayOfWeek: "dayofweek",
        exp.DayOfWeekIso: "isodow",
        exp.DayOfYear: "dayofyear",
        exp.DateDiff: "date_diff",
        exp.DateAdd: "date_add",
        exp.DateFromParts: "make_date",
        exp.TimeToStr: "strftime",
        exp.LastDay: "last_day",
        exp.CurrentDate: "current_date",
        exp.GenerateSeries: "range",
    },
}
# Functions sqlglot has no class for.
_NAMED: dict[str, Family] = {
    "mean": Family.AVERAGING,
    "date_part": Family.SCALAR,
    "datepart": Family.SCALAR,
    "age": Family.SCALAR,
    "strip_accents": Family.SCALAR,
    "nfc_normalize": Family.SCALAR,
    "prefix": Family.SCALAR,
    "suffix": Family.SCALAR,
}
# What only the guard writes, to list and count the persons behind a condition.
_OWN: dict[type[exp.Expr], str] = {exp.ArrayAgg: "list", exp.Flatten: "flatten", exp.ArrayDistinct: "list_distinct"}
_BY_CLASS = {node: (family, name) for family, nodes in _TYPED.items() for node, name in nodes.items()}
REVIEWED = frozenset(name for _, name in _BY_CLASS.values()) | frozenset(_NAMED)
_BY_CLASS |= {node: (Family.OWN, name) for node, name in _OWN.items()}
OWN = frozenset(_OWN.values()) | {
    "count",
    "count_if",
    "max",
    "sum",
    "least",
    "coalesce",
    "length",
    "concat",
    "hash",
    "row_number",
    "grouping",
}
# Where the engine's parser knows a function under another name than the policy.
ENGINE_NAMES = {"string_agg": "listagg", "list": "array_agg", "range": "generate_series"}
AGGREGATES = frozenset({Family.COUNTING, Family.AVERAGING, Family.SELECTING, Family.LISTING})


def family(node: exp.Expr) -> Family | None:
    """The family of a function node; None for operators and everything that is no function."""
    if isinstance(node, exp.Anonymous):
        return _NAMED.get(folded(node.name))
    found = _BY_CLASS.get(type(node))
    return found[0] if found else None


def function_name(node: exp.Expr) -> str | None:
    if isinstance(node, exp.Anonymous):
        return folded(node.name)
    found = _BY_CLASS.get(type(node))
    return found[1] if found else None


def allow_functions(expression: exp.Expr, context: Context) -> exp.Expr:
    """Refuse a function that was not reviewed or that the policy does not name, in any position.

    Before: SELECT getenv('KEY')      After: refused
    """
    check_functions(expression, context.policy.functions & REVIEWED)
    return expression


def check_functions(expression: exp.Expr, allowed: frozenset[str]) -> None:
    for node in expression.walk():
        if type(node) in PARTS or not isinstance(node, exp.Func):
            continue
        name = function_name(node)
        if name is None or name not in allowed or isinstance(node.parent, exp.Dot):
            shown = name or node.sql_name().lower()
            raise FunctionRefused(RULE, "query_function_unknown", name=cut(shown))
