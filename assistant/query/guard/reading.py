"""The first gate: bytes before anything else, then exactly one parse in the engine's dialect."""

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate

from sqlglot import exp
from sqlglot.tokenizer_core import TokenType

from assistant.access.policy import Caps
from assistant.errors import LimitRefused, QueryRefused, StatementRefused
from assistant.query.guard.context import folded
from assistant.query.guard.grammar import DIALECT

# sqlglot logs the text it falls back on; a caller's SQL may hold personal data and belongs in no log.
logging.getLogger("sqlglot").setLevel(logging.CRITICAL)

RULE = "reading"
_DEEP = 200
_TEXT_OR_COMMENT = re.compile(r"""('(?:[^']|'')*'|"(?:[^"]|"")*"|\$\$.*?\$\$)|--[^\n]*|/\*.*?\*/""", re.S)
_BRACKET = re.compile(r"[\[({})\]]")
# Everything but printable ASCII and layout is looked at letter by letter.
_SUSPICIOUS = re.compile(r"[^ -~\t\n\r]")
# Fillers, joiners and variation selectors have ordinary categories, and hide text all the same.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_UNWRITTEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@contextmanager
def refusing(caps: Caps) -> Iterator[None]:
    """Whatever a parser, a rule or the writer trips over is a refusal: a form nobody foresaw is not let through."""
    try:
        yield
    except QueryRefused:
        raise
    except RecursionError as error:
        raise LimitRefused(RULE, "query_too_deep", limit=caps.depth) from error
    except Exception as error:
        raise StatementRefused(RULE, "query_unreadable", detail=type(error).__name__) from error


def read(sql: str, caps: Caps) -> exp.Expr:
    """The one statement of `sql`. What cannot be read with certainty is refused, inside `refusing`."""
    _check_bytes(sql, caps)
    statements = [one for one in _parsed(_without_comments(sql), caps) if one is not None]
    if len(statements) != 1:
        raise StatementRefused(RULE, "query_many_statements" if statements else "query_empty")
    for node in statements[0].walk():
        node._meta = None  # the parser's positions, which every copy would copy again
    return statements[0]


def _parsed(sql: str, caps: Caps) -> list[exp.Expr | None]:
    """Joins are counted before the parse: without ON each one doubles the time it takes."""
    tokens = DIALECT.tokenize(sql)
    if sum(token.token_type is TokenType.JOIN for token in tokens) > caps.joins:
        raise LimitRefused(RULE, "query_too_many", what="phép nối bảng", limit=caps.joins)
    return DIALECT.parser().parse(tokens, sql)


def _without_comments(sql: str) -> str:
    """A comment is a space, also between GROUP and BY, where sqlglot would trip over it.

    Whatever this gets wrong can only be refused: nothing runs but what is written anew from the tree.
    """
    return _TEXT_OR_COMMENT.sub(lambda found: found[1] or " ", sql)


def _check_bytes(sql: str, caps: Caps) -> None:
    try:
        size = len(sql.encode("utf-8"))
    except UnicodeEncodeError as error:  # a lone surrogate
        raise StatementRefused(RULE, "query_hidden_characters") from error
    if size > caps.bytes:
        raise LimitRefused(RULE, "query_too_long", length=size, limit=caps.bytes)
    if any(map(_hidden, _SUSPICIOUS.findall(sql))):
        raise StatementRefused(RULE, "query_hidden_characters")
    if any(depth > _DEEP for depth in accumulate(1 if one in "([{" else -1 for one in _BRACKET.findall(sql))):
        raise LimitRefused(RULE, "query_too_deep", limit=caps.depth)


def _hidden(letter: str) -> bool:
    return unicodedata.category(letter) in _UNWRITTEN or _UNSEEN.match(letter) is not None


def fresh_prefix(expression: exp.Expr) -> str:
    """A beginning no identifier of the query has, so that names the guard adds can never be meant by the asker."""
    names = {folded(str(one.this)) for one in expression.find_all(exp.Identifier)}
    prefix = "_t"
    while any(name.startswith(prefix) for name in names):
        prefix += "t"
    return prefix
