"""The corpus of ALQAC ({law_id, article_id, text} per line) as documents of ours: one per law, articles in order."""

import gzip
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError
from ingest.readers.raw import Block, BlockKind, Hints, RawDocument, paragraphs

SUFFIXES = (".jsonl", ".jsonl.gz")
_ORDER = re.compile(r"(\d+)(.*)")


class _Article(BaseModel):
    model_config = ConfigDict(frozen=True, coerce_numbers_to_str=True)

    law_id: str
    article_id: str
    text: str

    @property
    def order(self) -> tuple[int, str]:
        found = _ORDER.match(self.article_id)
        return (int(found[1]), found[2]) if found else (0, self.article_id)

    def blocks(self) -> list[Block]:
        """The first line is the article's heading; where an article begins is given, not guessed."""
        heading, _, body = self.text.strip().partition("\n")
        head = Block(BlockKind.TEXT, f"Điều {self.article_id}. {' '.join(heading.split())}", article=self.article_id)
        return [head, *paragraphs(body)]


def read_alqac(path: Path) -> list[RawDocument]:
    """Raises ConfigurationError naming the file and the line of what cannot be read."""
    laws: dict[str, list[_Article]] = defaultdict(list)
    for line, text in enumerate(_lines(path), start=1):
        if text.strip():
            article = _article(path, line, text)
            laws[article.law_id].append(article)
    if not laws:
        raise ConfigurationError("corpus_empty", path=path)
    return [_document(name, articles) for name, articles in sorted(laws.items())]


def _document(name: str, articles: Sequence[_Article]) -> RawDocument:
    ordered = sorted(articles, key=lambda article: article.order)
    return RawDocument(tuple(block for article in ordered for block in article.blocks()), Hints(title=name))


def _article(path: Path, line: int, text: str) -> _Article:
    try:
        return _Article.model_validate(json.loads(text))
    except (json.JSONDecodeError, ValidationError) as error:
        reason = str(error).partition("\n")[0]
        raise ConfigurationError("corpus_malformed", file=path, line=line, reason=reason) from error


def _lines(path: Path) -> Iterator[str]:
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ConfigurationError("corpus_missing", path=path, detail=str(error)) from error
    yield from text.split("\n")
