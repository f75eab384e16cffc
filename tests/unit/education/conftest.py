"""The sample database, built once at the default scale; small ones for what does not depend on size."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from assistant.access.policy import load_policy
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.questions import DataQuestions
from assistant.query.runner import Runner
from assistant.query.semantic_model import load_semantic_model
from assistant.settings import Settings
from ingest.education.build import build_database


def build(path: Path, **options: int) -> Path:
    build_database(path, progress=lambda step, done, total: None, **options)
    return path


@pytest.fixture(scope="session")
def database_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("education") / "education.duckdb")


@pytest.fixture(scope="session")
def connection(database_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(database_path), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def questions(database_path: Path) -> Iterator[DataQuestions]:
    chosen = Settings()
    policy, engine = load_policy(chosen.policy_file), DuckDbEngine(database_path, chosen.engine)
    model = load_semantic_model(chosen.semantic_model_dir)
    yield DataQuestions(model, Runner(engine, policy, chosen.engine), policy.suppression.persons)
    engine.close()


@pytest.fixture(scope="session")
def watched(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[int, int]]]:
    """A small database and the (done, total) its builder told while making it."""
    path = tmp_path_factory.mktemp("small") / "education.duckdb"
    told: list[tuple[int, int]] = []
    build_database(path, scale=1000, seed=7, progress=lambda step, done, total: told.append((done, total)))
    return path, told


@pytest.fixture(scope="session")
def small_path(watched: tuple[Path, list[tuple[int, int]]]) -> Path:
    return watched[0]
