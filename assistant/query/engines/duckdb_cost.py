"""What DuckDB expects a statement to work through, read from its plan before anything runs."""

import json
from math import prod
from typing import Any

_MULTIPLYING = ("CROSS_PRODUCT", "NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN", "PIECEWISE_MERGE_JOIN", "IE_JOIN")


def explained(sql: str) -> str:
    """The statement that asks for the plan of `sql`."""
    return f"EXPLAIN (FORMAT json) {sql}"


def estimated_rows(plan: str) -> int:
    """The most rows any step of the plan is expected to look at; 0 when the plan cannot be read."""
    try:
        roots = json.loads(plan)
    except ValueError:
        return 0
    return max((_most(node)[1] for node in roots), default=0)


def _most(node: dict[str, Any]) -> tuple[int, int]:
    """(rows this step hands on, the most rows it or a step below looks at).

    Only scans and joins of every pair are believed: over its own joins by equality the engine's guesses multiply to
    numbers that mean nothing (10¹⁶ for a mean over 8,000 marks).
    """
    below = [_most(child) for child in node.get("children", ())]
    given = str(node.get("extra_info", {}).get("Estimated Cardinality", "")).lstrip("~")
    stated = int(given) if given.isdigit() else None
    inputs = [rows for rows, _ in below]
    if not inputs:
        return stated or 0, stated or 0
    multiplies = str(node.get("name", "")).strip() in _MULTIPLYING
    seen = prod(max(1, rows) for rows in inputs) if multiplies else max(inputs)
    return min(seen, stated) if stated is not None else seen, max([seen, *(most for _, most in below)])
