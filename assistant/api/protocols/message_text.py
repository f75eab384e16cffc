"""An answer as one text for programs that show nothing else: the words, the table, the sources with their addresses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_MOST_ROWS = 50
_PIECE = re.compile(r"\S+\s*(?:\S+\s*){0,11}|\s+")


def message_text(answer: Mapping[str, Any], base_url: str) -> str:
    """`answer` is its documented JSON. Tables are Markdown, which such programs draw."""
    parts = [answer["text"], _table(answer["columns"], answer["rows"])]
    parts += [_listed("Lưu ý:", answer["notices"]), _listed("Có thể hỏi:", answer["choices"])]
    parts.append("\n".join(_sources(answer["citations"], base_url)))
    return "\n\n".join(part for part in parts if part)


def pieces(text: str) -> Iterator[str]:
    """The text in runs of a few words; put together they are the text."""
    return (found.group() for found in _PIECE.finditer(text))


def absolute(citation: Mapping[str, Any], base_url: str) -> dict[str, Any]:
    """The citation with an address that another program can open."""
    url = citation["url"]
    return {**citation, "url": f"{base_url.rstrip('/')}{url}" if url.startswith("/") else url}


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    if not columns:
        return ""
    lines = [columns, ["---"] * len(columns), *rows[:_MOST_ROWS]]
    table = "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)
    left = len(rows) - _MOST_ROWS
    return f"{table}\n\n(còn {left} dòng)" if left > 0 else table


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return " ".join(text.replace("|", "\\|").split())


def _listed(title: str, lines: Sequence[str]) -> str:
    return "\n".join([title, *(f"- {line}" for line in lines)]) if lines else ""


def _sources(citations: Sequence[Mapping[str, Any]], base_url: str) -> Iterator[str]:
    for number, citation in enumerate(citations, 1):
        place = " ".join(filter(None, (citation["path"], citation["kind"], citation["document_number"])))
        where = absolute(citation, base_url)["url"]
        yield " – ".join(filter(None, (f"[{number}] {place or citation['title']}", citation["standing"], where)))
