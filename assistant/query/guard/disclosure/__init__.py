"""Nobody learns about one person: what leaves is about groups, and small groups are withheld."""

from sqlglot import exp

from assistant.query.guard.context import Context
from assistant.query.guard.disclosure.queries import Reader

__all__ = ["protect_persons"]


def protect_persons(expression: exp.Expr, context: Context) -> exp.Expr:
    """Let rows about persons leave only as aggregates, each over enough persons.

    Before: SELECT ethnicity, count(*) FROM pupils GROUP BY 1
    After:  the same over an inner query that counts the persons of each group and drops the small ones
    """
    return Reader(expression, context).protect()
