"""What is kept of how a file was read: its pages, and the warnings of its documents."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from assistant.corpus.catalogue import Catalogue
from assistant.messages import message
from ingest.catalogue import CatalogueWriter
from ingest.catalogue.writing import READING
from ingest.readers.pages import PageReading, spans

PARTIAL = ("pages_damaged", "table_truncated", "archive_member_rejected")
"""Warnings which say that some of a file is not in the index."""


def put_reading(writer: CatalogueWriter, path: str, pages: Sequence[PageReading], warnings: Sequence[str]) -> None:
    """Record how the file at `path` was read; nothing is kept of a file that gave no cause."""
    kept = {"warnings": list(warnings), "pages": list(_runs(pages))}
    writer.put_meta(READING + path, json.dumps(kept, ensure_ascii=False) if pages or warnings else "")


def reading_of(catalogue: Catalogue, path: str) -> dict[str, Any]:
    """`warnings`, `pages` (runs of pages that were read alike), and whether the file is only partly in the index."""
    kept: dict[str, Any] = json.loads(catalogue.meta(READING + path) or '{"warnings": [], "pages": []}')
    partial = any(warning.partition(":")[0] in PARTIAL for warning in kept["warnings"])
    return {**kept, "partial": partial}


def warning_sentence(code: str) -> str:
    """The sentence of a code that may carry its detail after a colon."""
    name, _, detail = code.partition(":")
    return message(name, detail=detail)


def _runs(pages: Sequence[PageReading]) -> Iterator[dict[str, object]]:
    for (source, why), run in groupby(pages, key=lambda page: (page.source, page.why)):
        alike = list(run)
        yield {
            "pages": spans(page.number for page in alike),
            "read": source.value,
            "confidence": round(sum(page.confidence for page in alike) / len(alike), 3),
            "health": round(sum(page.health for page in alike) / len(alike), 3),
            "chars": sum(page.chars for page in alike),
            **({"why": why} if why else {}),
        }
