"""One hundred ingests killed at random points (make bench); a few of them run in every `make test`."""

from pathlib import Path

import pytest

from tests.killed_ingest import check_kills

pytestmark = pytest.mark.bench


def test_an_ingest_killed_a_hundred_times_ends_where_a_clean_one_does(tmp_path: Path) -> None:
    check_kills(tmp_path, kills=100, documents=6, compare_every=2)
