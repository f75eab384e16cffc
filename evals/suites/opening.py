"""Opens the production services for a run, and says which data they answer from."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.access.principal import Principal, parse_principal
from assistant.answering.services import Services
from assistant.bootstrap import build_services
from assistant.settings import Settings
from ingest.education.build import build_database


@contextmanager
def open_services(settings: Settings) -> Iterator[Services]:
    """The services as every other door of the product gets them, warmed so that the first case is not the slow one."""
    services = build_services(settings)
    try:
        services.warm()
        yield services
    finally:
        services.close()


@contextmanager
def apart(settings: Settings) -> Iterator[Settings]:
    """The same education database, with a ledger and an audit log of the run's own."""
    with TemporaryDirectory(prefix="troly-eval-") as folder:
        engine = settings.engine.model_copy(update={"path": settings.education_path})
        yield settings.model_copy(update={"data_dir": Path(folder), "engine": engine})


def ask_as_somebody_else(settings: Settings) -> None:
    """Forget what was told before: every case is another person's question, and the ledger counts for one person."""
    for path in settings.data_dir.glob("ledger.sqlite*"):
        path.unlink()


def seeded(settings: Settings, seed: int) -> Settings:
    """The same settings over a sample education database made from `seed`, kept below the data directory."""
    chosen = settings.model_copy(update={"data_dir": settings.data_dir / "seeds" / str(seed)})
    if not chosen.education_path.is_file():
        chosen.education_path.parent.mkdir(parents=True, exist_ok=True)
        build_database(chosen.education_path, seed=seed, progress=lambda *_: None)
    return chosen


def principal_of(asker: str, services: Services) -> Principal:
    """The principal of a case. Raises what the product raises for a role or code it does not know."""
    return parse_principal(asker, services.policy)


def corpus_digest(services: Services) -> str:
    """Of every chunk served and what it came from; the same corpus indexed twice has the same digest."""
    digest = hashlib.sha256()
    with services.corpus.open() as generation:
        for chunk in generation.catalogue.all_chunks():
            validity = f"{chunk.effective_from}/{chunk.effective_to}/{chunk.label}/{chunk.is_draft}"
            digest.update(f"{chunk.id} {chunk.digest} {validity}\n".encode())
    return digest.hexdigest()


def education_digest(settings: Settings) -> str:
    """Of the education database's file; empty when there is none."""
    path = settings.education_path
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
