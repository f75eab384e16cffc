"""Articles of the codification as JSON lines, a row each, the way public copies of the bundle carry them."""

import json
from collections import defaultdict

from assistant.errors import FileUnreadable
from ingest.legal.numbers import normal_number
from ingest.readers.raw import RawDocument, paragraphs
from ingest.readers.web.codification import Article, instrument_document

_FIELDS = {"source_note", "src_number", "src_article", "text", "title"}
_ARTICLE = "Điều "


def is_codified_rows(text: str) -> bool:
    """Whether the first line is such a row."""
    try:
        row = json.loads(text.lstrip("\ufeff \r\n").partition("\n")[0])
    except ValueError:
        return False
    return isinstance(row, dict) and row.keys() >= _FIELDS


def read_codified_rows(text: str) -> list[RawDocument]:
    """One document per source instrument, its articles in the instrument's own order."""
    groups: dict[str, dict[str, Article]] = defaultdict(dict)
    topics: dict[str, str] = {}
    try:
        for row in map(json.loads, filter(None, map(str.strip, text.split("\n")))):
            number, label = normal_number(row["src_number"]), row["src_article"].removeprefix(_ARTICLE).strip()
            note, url = row["source_note"], row.get("source_url", "")
            # The same article may be listed under several topics.
            groups[number].setdefault(
                label,
                Article(row.get("code", ""), label, row["title"], note, url, body=paragraphs(row["text"])),
            )
            topics.setdefault(number, str(row.get("demuc_name", "")))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise FileUnreadable("rows_unreadable", detail=str(error)) from error
    return [instrument_document(number, list(groups[number].values()), topics[number]) for number in sorted(groups)]
