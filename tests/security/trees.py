"""Random trees of whatever sqlglot can write, listed by the guard or not."""

from contextlib import suppress
from random import Random

from sqlglot import exp


def _kinds() -> list[type[exp.Expr]]:
    """Every class of node that can be made by itself: some are only traits of others."""
    kinds = []
    for _, kind in sorted(vars(exp).items()):
        if isinstance(kind, type) and issubclass(kind, exp.Expr):
            with suppress(TypeError):
                kinds.append(type(kind()))
    return kinds


_KINDS = _kinds()
_NAMES = (
    "pupils",
    "schools",
    "full_name",
    "level",
    "province_code",
    "main",
    "x",
    "read_csv",
    "getenv",
    "duckdb_tables",
)
_DEEPEST = 4


def tree(random: Random, depth: int = 0) -> exp.Expr:
    """A node of a random kind with random parts; a SELECT is the most likely root."""
    if depth == 0 and random.random() < 0.8:
        source = exp.to_table(random.choice(_NAMES)) if random.random() < 0.8 else tree(random, 1)
        columns = [tree(random, 1) for _ in range(random.randint(1, 3))]
        made = exp.select(*columns, copy=False).from_(source, copy=False)
        if random.random() < 0.5:
            made.set("where", exp.Where(this=tree(random, 1)))
        return made
    if depth >= _DEEPEST or random.random() < 0.3:
        return _leaf(random)
    kind = random.choice(_KINDS)
    parts: dict[str, object] = {}
    for name, needed in kind.arg_types.items():
        if needed or random.random() < 0.15:
            parts[name] = _part(random, name, depth + 1)
    return kind(**parts)


def written(made: exp.Expr) -> str:
    """A tree as DuckDB text; empty where the writer itself gives up on it."""
    try:
        return made.sql(dialect="duckdb")
    except Exception:  # noqa: BLE001  # the writer fails in many ways of its own
        return ""


def _part(random: Random, name: str, depth: int) -> object:
    if name == "expressions" or random.random() < 0.1:
        return [tree(random, depth) for _ in range(random.randint(1, 2))]
    return random.choice((True, random.choice(_NAMES))) if random.random() < 0.15 else tree(random, depth)


def _leaf(random: Random) -> exp.Expr:
    return random.choice(
        (
            exp.column(random.choice(_NAMES)),
            exp.Literal.number(random.randint(0, 9)),
            exp.Literal.string(random.choice(_NAMES)),
            exp.Star(),
            exp.Count(this=exp.Star()),
            exp.to_identifier(random.choice(_NAMES)),
        )
    )
