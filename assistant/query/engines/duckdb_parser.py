"""DuckDB's own reading of a text, from a scratch connection without data: the second opinion."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

_TABLE_FUNCTIONS = frozenset({"range", "generate_series"})
_REFUSED_TYPES = frozenset({"SHOW_REF", "PIVOT", "COLUMN_DATA", "DELIM_GET", "BOUND_TABLE_REF", "POSITIONAL_REFERENCE"})
_OPERATOR_NAMES = (
    "+ - * / // % || ~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape not_ilike_escape"  # the engine's
)
# Names the engine's own grammar gives to syntax the guard lets through, or that the guard itself writes.
_SYNTAX_NAMES = (
    "count_star count count_if sum max least coalesce grouping row_number date_part to_years to_months to_quarters "
    "to_weeks to_days to_hours to_minutes to_seconds list_value row struct_pack get_current_date"
)
_OWN = frozenset(f"{_OPERATOR_NAMES} {_SYNTAX_NAMES}".split())


@dataclass(frozen=True, slots=True)
class EngineReading:
    """Schema and name of every table read, the CTEs defined, the functions called."""

    tables: tuple[tuple[str, str], ...]
    ctes: frozenset[str]
    functions: frozenset[str]


_SERIALIZE = "SELECT json_serialize_sql(?, skip_null := true, skip_empty := true, skip_default := true)"
_lock = threading.Lock()
_connection: duckdb.DuckDBPyConnection | None = None


def read_by_engine(sql: str) -> EngineReading | None:
    """What the engine's parser sees; None when it is no single SELECT or holds what the guard never lets through."""
    with _lock:
        serialized = _scratch().execute(_SERIALIZE, [sql]).fetchone()
    document: dict[str, Any] = json.loads(serialized[0]) if serialized else {"error": True}
    if document.get("error") or len(document["statements"]) != 1:
        return None
    tables: list[tuple[str, str]] = []
    ctes: set[str] = set()
    functions: set[str] = set()
    for node in _nodes(document["statements"][0]["node"]):
        kind = node.get("type")
        if kind in _REFUSED_TYPES or node.get("sample") or node.get("at_clause"):
            return None
        if kind == "BASE_TABLE":
            if node.get("catalog_name"):
                return None
            tables.append((node.get("schema_name", ""), node["table_name"]))
        elif kind == "TABLE_FUNCTION" and node["function"]["function_name"] not in _TABLE_FUNCTIONS:
            return None
        if "cte_map" in node:
            ctes |= {entry["key"] for entry in node["cte_map"].get("map", ())}
        if "function_name" in node:
            if node.get("schema") or node.get("catalog"):
                return None
            functions.add(node["function_name"].lower())
    return EngineReading(tuple(tables), frozenset(ctes), frozenset(functions - _OWN))


def _scratch() -> duckdb.DuckDBPyConnection:
    global _connection
    if _connection is None:
        _connection = duckdb.connect(":memory:", config={"python_enable_replacements": "false", "threads": "1"})
        _connection.execute("SET enable_external_access = false")
        _connection.execute("SET lock_configuration = true")
    return _connection


def _nodes(root: Any) -> Iterator[dict[str, Any]]:
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            yield node
            pending += node.values()
        elif isinstance(node, list):
            pending += node
