"""Golden questions: what an office knows its corpus must find, asked of a new generation before it is served."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.corpus.encoder import Encoder
from assistant.corpus.encoders.opening import WarmingEncoder
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus, OpenGeneration, open_generation
from assistant.corpus.search import Search
from assistant.errors import ConfigurationError
from assistant.settings import IndexSettings, SearchSettings
from ingest.legal.numbers import normal_number


class GoldenQuestion(BaseModel):
    """A question, the number of the document that must be among the passages, and, when given, the provision's path."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1)
    document: str = Field(min_length=1)
    path: str = ""
    label: str = "public"


class _Candidate(LiveCorpus):
    """A generation that no pointer names yet, to search in it as the service will."""

    def __init__(self, generation: OpenGeneration, settings: IndexSettings) -> None:
        super().__init__(generation.path.parent, settings)
        self._generation = generation

    @contextmanager
    def open(self) -> Iterator[OpenGeneration]:
        yield self._generation


def load_golden(path: Path) -> list[GoldenQuestion]:
    """The questions of a YAML list or of a JSONL file (a question per line)."""
    try:
        text = path.read_text(encoding="utf-8")
        rows = [yaml.safe_load(line) for line in text.splitlines() if line.strip()] if path.suffix == ".jsonl" else None
        return TypeAdapter(list[GoldenQuestion]).validate_python(rows if rows is not None else yaml.safe_load(text))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise ConfigurationError("golden_unreadable", path=str(path), reason=reason) from error


def missed(
    folder: Path,
    questions: list[GoldenQuestion],
    encoder: Encoder,
    *,
    index: IndexSettings,
    search: SearchSettings,
) -> list[GoldenQuestion]:
    """The questions whose document (and provision) the generation in `folder` does not find."""
    warmed = WarmingEncoder(lambda: encoder)
    warmed.load()
    generation = open_generation(folder, index)
    try:
        seeker = Search(_Candidate(generation, index), warmed, search)
        return [each for each in questions if not _finds(seeker, generation, each, search.passages)]
    finally:
        generation.close()


def _finds(seeker: Search, generation: OpenGeneration, golden: GoldenQuestion, limit: int) -> bool:
    wanted = normal_number(golden.document)
    found = seeker.search(golden.question, ChunkFilter((golden.label,)), limit).passages
    of_document = [each.chunk for each in found if each.chunk.number == wanted]
    if not golden.path:
        return bool(of_document)
    units = (generation.catalogue.provision(chunk.provision_id) for chunk in of_document)
    return any(unit is not None and f" {unit.path} ".endswith(f" {golden.path} ") for unit in units)
