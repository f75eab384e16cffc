"""The corpus a run searches: what --corpus names, indexed by ingest's own job; the served index; or the sample."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

import ingest
from assistant.errors import ConfigurationError
from assistant.settings import Settings
from evals.corpora.alqac import SUFFIXES, read_alqac
from evals.suite import Options
from ingest.job import IngestJob
from ingest.legal.numbers import slug
from ingest.readers.raw import RawDocument
from ingest.sync.progress import LinesReport, Report, TerminalReport

SAMPLE = Path(ingest.__file__).parent / "sample"
_VECTORS = "vectors.sqlite"


@contextmanager
def corpus_settings(options: Options) -> Iterator[Settings]:
    """Settings whose data directory holds the index. An index made here is gone afterwards, its vectors are kept."""
    if options.corpus is None and options.data_dir is not None:
        yield options.settings
        return
    with tempfile.TemporaryDirectory(prefix="troly-eval-") as folder:
        scratch = Path(folder)
        source = _documents(options.corpus or SAMPLE, scratch / "corpus")
        settings = options.settings if options.data_dir else _apart(options.settings, scratch / "data")
        report = _report()
        try:
            IngestJob(settings, report).sync([source])
        finally:
            report.close()
        yield settings


def _documents(corpus: Path, folder: Path) -> Path:
    """The corpus as files ingest reads: itself, or one file per law of an ALQAC corpus."""
    if not corpus.exists():
        raise ConfigurationError("corpus_missing", path=corpus)
    if corpus.is_dir() or not corpus.name.casefold().endswith(SUFFIXES):
        return corpus
    folder.mkdir()
    for law in read_alqac(corpus):
        (folder / f"{slug(law.hints.title)}.md").write_text(_markdown(law), encoding="utf-8")
    return folder


def _markdown(law: RawDocument) -> str:
    front = f"---\ntitle: {json.dumps(law.hints.title, ensure_ascii=False)}\n---\n"
    return front + "\n\n".join(block.text for block in law.blocks) + "\n"


def _apart(settings: Settings, data_dir: Path) -> Settings:
    """The same settings on a data directory of their own, with the vectors and the education database there are."""
    kept = settings.cache_dir.expanduser() / "evals"
    kept.mkdir(parents=True, exist_ok=True)
    data_dir.mkdir()
    (kept / _VECTORS).touch()
    (data_dir / _VECTORS).symlink_to((kept / _VECTORS).resolve())
    engine = settings.engine.model_copy(update={"path": settings.education_path})
    index = settings.index.model_copy(update={"kind": "edge"})
    return settings.model_copy(update={"data_dir": data_dir, "engine": engine, "index": index})


class _Rejected(LinesReport):
    """Of the files only those that could not be indexed: they are missing from what is measured."""

    def file(self, path: str, outcome: str, code: str, warnings: tuple[str, ...]) -> None:
        if outcome == "rejected":
            super().file(path, outcome, code, warnings)


def _report() -> Report:
    console = Console(stderr=True)
    return TerminalReport(console) if console.is_terminal else _Rejected(console.file)
