"""DuckDB's own reading of a text, from a scratch connection without data: what will run, as it will be run."""

import json
import threading
from dataclasses import dataclass
from typing import Any

import duckdb

_TABLE_FUNCTIONS = frozenset({"range", "generate_series"})
_REFUSED_PARTS = {"sample", "at_clause", "limit_type", "exclude_list", "replace_list", "rename_list"}
# Every kind of node the engine's parser makes of SQL the guard lets through. Anything else is not read.
_QUERY_KINDS = (
    "SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE CTE_NODE "
    "BASE_TABLE SUBQUERY JOIN TABLE_FUNCTION EXPRESSION_LIST EMPTY "
    "LIMIT_MODIFIER ORDER_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING"
)
_VALUE_KINDS = (
    "COLUMN_REF VALUE_CONSTANT STAR FUNCTION CASE_EXPR OPERATOR_CAST TYPE GROUPING_FUNCTION "
    "CONJUNCTION_AND CONJUNCTION_OR OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE "
    "OPERATOR_NULLIF COMPARE_EQUAL COMPARE_NOTEQUAL COMPARE_LESSTHAN COMPARE_GREATERTHAN COMPARE_LESSTHANOREQUALTO "
    "COMPARE_GREATERTHANOREQUALTO COMPARE_DISTINCT_FROM COMPARE_NOT_DISTINCT_FROM COMPARE_IN COMPARE_NOT_IN "
    "COMPARE_BETWEEN COMPARE_NOT_BETWEEN"
)
_WINDOW_KINDS = (
    "WINDOW_AGGREGATE WINDOW_ROW_NUMBER WINDOW_RANK WINDOW_RANK_DENSE WINDOW_PERCENT_RANK WINDOW_CUME_DIST "
    "WINDOW_NTILE WINDOW_LAG WINDOW_LEAD WINDOW_FIRST_VALUE WINDOW_LAST_VALUE WINDOW_NTH_VALUE"
)
_KINDS = frozenset(f"{_QUERY_KINDS} {_VALUE_KINDS} {_WINDOW_KINDS}".split())
_OPERATOR_NAMES = (
    "+ - * / // % || ~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape not_ilike_escape"  # the engine's
)
# Names the engine's own grammar gives to syntax the guard lets through, or that the guard itself writes.
_SYNTAX_NAMES = (
    "count_star count count_if sum max least coalesce grouping row_number date_part to_years to_months to_quarters "
    "to_weeks to_days to_hours to_minutes to_seconds list_value row struct_pack get_current_date"
)
_OWN = frozenset(f"{_OPERATOR_NAMES} {_SYNTAX_NAMES}".split())


Rows = tuple[tuple[str, tuple[str, ...]], ...]
"""Conditions on the rows of a scan: each a column and the texts it may be."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A query of one table, `SELECT … FROM main.table [WHERE column IN (…) AND …]`, and the columns it reads."""

    table: str
    columns: frozenset[str]
    rows: Rows


@dataclass(frozen=True, slots=True)
class EngineReading:
    """Schema and name of every table read, which of them are plain scans, the CTEs defined, the functions called."""

    tables: tuple[tuple[str, str], ...]
    scans: tuple[Scan, ...]
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
    scans: list[Scan] = []
    ctes: set[str] = set()
    functions: set[str] = set()
    for node in nodes:
        kind = node.get("type")
        if not _REFUSED_PARTS.isdisjoint(node) or not (kind is None or (isinstance(kind, str) and kind in _KINDS)):
            return None
        if kind == "BASE_TABLE":
            if node.get("catalog_name"):
                return None
            tables.append((node.get("schema_name", ""), node["table_name"]))
        elif kind == "TABLE_FUNCTION" and node["function"]["function_name"] not in _TABLE_FUNCTIONS:
            return None
        elif kind == "SELECT_NODE" and (scan := _scan(node)) is not None:
            scans.append(scan)
        if "cte_map" in node:
            ctes |= {entry["key"] for entry in node["cte_map"].get("map", ())}
        if "function_name" in node:
            if node.get("schema") or node.get("catalog"):
                return None
            functions.add(node["function_name"].lower())
    return EngineReading(tuple(tables), tuple(scans), frozenset(ctes), frozenset(functions - _OWN))


_SCAN_PARTS = {"type", "cte_map", "select_list", "from_table", "where_clause", "aggregate_handling"}


def _scan(node: dict[str, Any]) -> Scan | None:
    table = node.get("from_table", {})
    if table.get("type") != "BASE_TABLE" or table.get("schema_name") != "main" or "alias" in table:
        return None
    if node.keys() - _SCAN_PARTS or node["cte_map"]:
        return None
    columns: set[str] = set()
    rows = _rows(node["where_clause"]) if "where_clause" in node else ()
    if rows is None or not all(_note_columns(one, columns) for one in node["select_list"]):
        return None
    return Scan(table["table_name"], frozenset(columns), rows)


def _note_columns(node: Any, columns: set[str]) -> bool:
    """Whether an expression is made of columns named plainly, no star and no query; they are added to `columns`."""
    if isinstance(node, list):
        return all(_note_columns(one, columns) for one in node)
    if not isinstance(node, dict):
        return True
    if node.get("class") in {"STAR", "SUBQUERY"}:
        return False
    if node.get("class") != "COLUMN_REF":
        return all(_note_columns(one, columns) for one in node.values())
    name = _column(node)
    columns.add(name or "")
    return name is not None


def _column(node: dict[str, Any]) -> str | None:
    path = node.get("column_names", ())
    return path[0] if node.get("class") == "COLUMN_REF" and len(path) == 1 else None


def _rows(node: dict[str, Any]) -> Rows | None:
    if node["type"] == "CONJUNCTION_AND":
        parts = [_rows(one) for one in node["children"]]
        return None if None in parts else tuple(row for part in parts for row in part or ())
    if node["type"] != "COMPARE_IN":
        return None
    column, *values = node["children"]
    texts = [one.get("literal", {}) for one in values]
    if (name := _column(column)) is None or any(one.get("kind") != "STRING" for one in texts):
        return None
    # The engine leaves out an empty text, as every default.
    return ((name, tuple(one.get("text", "") for one in texts)),)


def _scratch() -> duckdb.DuckDBPyConnection:
    global _connection
    if _connection is None:
        _connection = duckdb.connect(":memory:", config={"python_enable_replacements": "false", "threads": "1"})
        _connection.execute("PRAGMA disable_optimizer")  # there is nothing to optimise in calling one function
        _connection.execute("SET enable_external_access = false")
        _connection.execute("SET lock_configuration = true")
    return _connection
