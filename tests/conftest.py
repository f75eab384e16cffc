"""The sample corpus and database, built once a run by the real commands."""

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import Settings, child_environment

SAMPLE_DIR = Path(__file__).parents[1] / "ingest" / "sample"


@pytest.fixture(scope="session")
def sample_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as `make demo` makes it. Read-only for tests: it is shared by all of them."""
    data_dir = tmp_path_factory.mktemp("sample")
    environment = child_environment(Settings(data_dir=data_dir))
    for arguments in (["education"], ["sync", str(SAMPLE_DIR)]):
        command = [str(Path(sys.executable).with_name("troly-ingest")), *arguments]
        subprocess.run(command, env=environment, check=True, capture_output=True)
    return data_dir
