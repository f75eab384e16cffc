"""The sample corpus and database, built once a run by the real commands."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.settings import Settings, child_environment

SAMPLE_DIR = Path(__file__).parents[1] / "ingest" / "sample"


@pytest.fixture(scope="session")
def sample_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `make demo` makes it. Read-only for tests: it is shared by all of them, in every process."""
    shared = _run_folder(tmp_path_factory)
    data_dir = shared / "sample"
    with FileLock(shared / "sample.lock"):
        if not data_dir.exists():
            _build_sample(data_dir)
    return data_dir


def _run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all processes of a run (pytest-xdist gives each process one below it)."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _build_sample(data_dir: Path) -> None:
    building = data_dir.with_suffix(".building")
    building.mkdir()
    environment = child_environment(Settings(data_dir=building))
    for arguments in (["education"], ["sync", str(SAMPLE_DIR)]):
        command = [str(Path(sys.executable).with_name("troly-ingest")), *arguments]
        subprocess.run(command, env=environment, check=True, capture_output=True)
    building.rename(data_dir)
