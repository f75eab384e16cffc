"""Cortex Analyst YAML read as a domain of ours: tables, their columns and metrics, joins, filters, verified queries."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlglot
from sqlglot import exp

from assistant.errors import InvalidRequest
from assistant.query.semantics.ossie import EXTENSION, read_model
from assistant.query.semantics.parts import ModelFile

_COLUMNS = ("dimensions", "time_dimensions", "facts")
_AGGREGATES = {"sum": "SUM", "avg": "AVG", "count": "COUNT", "min": "MIN", "max": "MAX"}
_UNKNOWN_DAY = "1970-01-01"


def import_cortex(document: object) -> ModelFile:
    """Read a Cortex Analyst model; InvalidRequest says where it does not fit."""
    if not isinstance(document, dict) or not isinstance(document.get("tables"), list):
        raise InvalidRequest("model_import_invalid", key="tables", reason="a list is due")
    tables = [one for one in document["tables"] if isinstance(one, dict)]
    dimensions = {name: one for table in tables for name, one in _dimensions(table)}
    return read_model(
        {
            "name": _name(document.get("name")),
            "description": str(document.get("description") or ""),
            "ai_context": {"instructions": str(document.get("custom_instructions") or "")},
            "datasets": [_dataset(table) for table in tables],
            "relationships": [_relationship(one) for one in document.get("relationships") or ()],
            "metrics": [metric for table in tables for metric in _metrics(table)]
            + [_metric(one, "") for one in document.get("metrics") or ()],
            EXTENSION: {
                "dimensions": list(dimensions.values()),
                "filters": [one for table in tables for one in _filters(table)],
                "verified_queries": [_verified(one) for one in document.get("verified_queries") or ()],
            },
        }
    )


def _name(text: object) -> str:
    """A name as ours are: lower case, no spaces."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in str(text or "").lower())
    return plain if plain[:1].isalpha() else f"m_{plain.strip('_')}"


def _label(item: dict[str, Any]) -> str:
    return str(item.get("description") or str(item.get("name", "")).replace("_", " ") or "-")


def _texts(values: object) -> list[str]:
    return [str(one) for one in values if one] if isinstance(values, list) else []


def _expression(sql: str) -> dict[str, Any]:
    return {"dialects": [{"dialect": "ANSI_SQL", "expression": sql}]}


def _dataset(table: dict[str, Any]) -> dict[str, Any]:
    key = table.get("primary_key") or {}
    source = table.get("base_table") or {}
    return {
        "name": _name(table.get("name")),
        "source": _name(source.get("table") if isinstance(source, dict) else source),
        "description": str(table.get("description") or ""),
        "primary_key": [_name(one) for one in (key.get("columns") or () if isinstance(key, dict) else key)],
        "fields": [
            {
                "name": _name(column.get("name")),
                "label": _label(column),
                "expression": _expression(str(column.get("expr") or column.get("name"))),
                "dimension": {"is_time": kind == "time_dimensions"},
            }
            for kind in _COLUMNS
            for column in table.get(kind) or ()
        ],
    }


def _dimensions(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Columns to group and filter by; of a closed list also the values, so that words find them."""
    for kind in ("dimensions", "facts"):
        for column in table.get(kind) or ():
            name = _name(column.get("name"))
            values = {text: {"label": text} for text in _texts(column.get("sample_values"))}
            yield (
                name,
                {
                    "name": name,
                    "label": _label(column),
                    "synonyms": _texts(column.get("synonyms")),
                    "values": values if column.get("is_enum") else {},
                    "numeric": kind == "facts",
                },
            )


def _metrics(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    owner = _name(table.get("name"))
    for one in table.get("metrics") or ():
        yield _metric(one, owner)
    for one in table.get("measures") or ():
        aggregate = _AGGREGATES.get(str(one.get("default_aggregation", "sum")).lower(), "SUM")
        yield _metric({**one, "expr": f"{aggregate}({one.get('expr') or one.get('name')})"}, owner)


def _metric(item: dict[str, Any], owner: str) -> dict[str, Any]:
    synonyms = _texts(item.get("synonyms"))
    return {
        "name": _name(item.get("name")),
        "description": _label(item),
        "expression": _expression(_qualified(str(item.get("expr") or ""), owner)),
        "ai_context": {"synonyms": synonyms},
        EXTENSION: {"label": _label(item), "phrasings": synonyms or [str(item.get("name")).replace("_", " ")]},
    }


def _qualified(sql: str, owner: str) -> str:
    """An expression over the columns of `owner`, each with its table's name."""
    try:
        tree = sqlglot.parse_one(sql, dialect="snowflake")
    except sqlglot.errors.SqlglotError as error:
        raise InvalidRequest("model_import_invalid", key="expr", reason=sql[:80]) from error
    for column in tree.find_all(exp.Column):
        if owner and not column.table:
            column.set("table", exp.to_identifier(owner))
    return tree.sql(dialect="duckdb")


def _relationship(item: dict[str, Any]) -> dict[str, Any]:
    pairs = item.get("relationship_columns") or ()
    return {
        "name": _name(item.get("name")),
        "from": _name(item.get("left_table")),
        "to": _name(item.get("right_table")),
        "from_columns": [_name(one.get("left_column")) for one in pairs],
        "to_columns": [_name(one.get("right_column")) for one in pairs],
    }


def _filters(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    owner = _name(table.get("name"))
    for one in table.get("filters") or ():
        expression = _qualified(str(one.get("expr") or ""), owner)
        name = _name(one.get("name"))
        yield {"name": name, "label": _label(one), "synonyms": _texts(one.get("synonyms")), "expression": expression}


def _verified(item: dict[str, Any]) -> dict[str, Any]:
    at = item.get("verified_at")
    day = datetime.fromtimestamp(at, UTC).date().isoformat() if isinstance(at, int | float) else _UNKNOWN_DAY
    return {
        "name": _name(item.get("name")),
        "question": str(item.get("question") or item.get("name")),
        "sql": str(item.get("sql") or ""),
        "verified_by": str(item.get("verified_by") or "-"),
        "verified_at": day,
        "onboarding": bool(item.get("use_as_onboarding_question")),
    }
