"""DuckDB's own reading of a text, from a scratch connection without data: the second opinion."""

import json
import threading
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


_SERIALIZED = "json_serialize_sql(?, skip_null := true, skip_empty := true, skip_default := true)"
_lock = threading.Lock()
_connection: duckdb.DuckDBPyConnection | None = None
_statements: dict[int, Any] = {}


def read_by_engine(*texts: str) -> list[EngineReading | None]:
    """What the engine's parser sees in each text, asked in one go.

    None for what is no single SELECT or holds what the guard never lets through.
    """
    with _lock:
        connection = _scratch()
        number = len(texts)
        if number not in _statements:
            (_statements[number],) = connection.extract_statements(f"SELECT {', '.join([_SERIALIZED] * number)}")
        serialized = connection.execute(_statements[number], list(texts)).fetchone()
    return [_read(one) for one in serialized or [None] * number]


def _read(serialized: str | None) -> EngineReading | None:
    nodes: list[dict[str, Any]] = []

    def note(node: dict[str, Any]) -> dict[str, Any]:
        nodes.append(node)
        return node

    document = json.loads(serialized or '{"error": true}', object_hook=note)
    if document.get("error") or len(document["statements"]) != 1:
        return None
    tables: list[tuple[str, str]] = []
    ctes: set[str] = set()
    functions: set[str] = set()
    for node in nodes:
        kind = node.get("type")
        if "sample" in node or "at_clause" in node or (isinstance(kind, str) and kind in _REFUSED_TYPES):
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
        _connection.execute("PRAGMA disable_optimizer")  # there is nothing to optimise in calling one function
        _connection.execute("SET enable_external_access = false")
        _connection.execute("SET lock_configuration = true")
    return _connection
