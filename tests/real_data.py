"""The real documents beside the checkout, and an index of them built by the real command."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import Settings, child_environment

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
CORPUS = DATA / "corpus"
VECTORS = ROOT / ".data" / "real-vectors.sqlite"
"""Vectors kept between runs: only they, so that every run reads, cuts and indexes anew."""

needs_real_data = pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/data is not beside this checkout")


def index_real_corpus(data_dir: Path) -> subprocess.CompletedProcess[str]:
    """Runs `troly-ingest sync` on the seed, the codification topics, the saved pages and the office documents."""
    if VECTORS.is_file():
        shutil.copy(VECTORS, data_dir / "vectors.sqlite")
    sources = [
        CORPUS / "seed",
        CORPUS / "bo_phap_dien" / "raw_html",
        CORPUS / "vbpl" / "edu_raw_html",
        *sorted((CORPUS / "office").rglob("*.docx")),
    ]
    command = [str(Path(sys.executable).with_name("troly-ingest")), "sync", *map(str, sources)]
    environment = child_environment(Settings(data_dir=data_dir))
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode == 0:
        VECTORS.parent.mkdir(exist_ok=True)
        shutil.copy(data_dir / "vectors.sqlite", VECTORS)
    return run
