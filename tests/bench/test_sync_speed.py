"""How fast an ingest finds that nothing changed, and how fast the whole codification is read, cut and stored."""

import json
import resource
import time
from pathlib import Path

import pytest

from assistant.settings import Settings
from ingest.job import IngestJob
from ingest.origins.codified import split_rows
from tests.killed_ingest import Silent, write_documents
from tests.real_data import CORPUS, needs_real_data
from tests.small_corpus import WordEncoder

pytestmark = pytest.mark.bench

FILES = 2000
UNCHANGED_FILES_PER_SECOND = 1000
MEMORY_BYTES = 2 << 30
ALL_ARTICLES = CORPUS / "bo_phap_dien" / "all_articles.jsonl.gz"


def job(folder: Path) -> IngestJob:
    chosen = Settings(data_dir=folder / "data", _env_file=None)  # type: ignore[call-arg]
    return IngestJob(chosen, Silent(), encoder=WordEncoder)


def peak_bytes() -> int:
    """The most memory this process or one of its readers has held."""
    return 1024 * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def processor_seconds() -> float:
    """What this process and its readers have used: on a busy machine it says more than the clock."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def test_an_unchanged_folder_is_passed_over_quickly(tmp_path: Path) -> None:
    write_documents(tmp_path / "kho", range(1, FILES + 1), 0)
    job(tmp_path).sync([tmp_path / "kho"])
    began = time.monotonic()
    counts = job(tmp_path).sync([tmp_path / "kho"])
    rate = FILES / (time.monotonic() - began)
    print(json.dumps({"unchanged_files": counts.unchanged, "files_per_second": round(rate)}))
    assert (counts.unchanged, counts.indexed) == (FILES, 0)
    assert rate >= UNCHANGED_FILES_PER_SECOND


@pytest.mark.real
@needs_real_data
def test_the_whole_codification_is_read_cut_and_stored(tmp_path: Path) -> None:
    began = time.monotonic()
    instruments = split_rows(ALL_ARTICLES, tmp_path / "phap-dien")
    split = time.monotonic()
    report = job(tmp_path).check([tmp_path / "phap-dien"])
    totals = report.totals
    seconds = time.monotonic() - split
    print(
        json.dumps(
            {
                "instruments": instruments,
                "split_seconds": round(split - began, 1),
                "read_cut_store_seconds": round(seconds, 1),
                "articles_per_second": round(totals["provisions: điều"] / seconds),
                "stages": report.run["stages"],
                "processor_seconds": round(processor_seconds()),
                "peak_mb": peak_bytes() >> 20,
                **totals,
            },
            ensure_ascii=False,
        )
    )
    assert totals["rejected"] <= 0.01 * instruments
    assert peak_bytes() < MEMORY_BYTES
