"""An ingest killed with SIGKILL leaves the served corpus, and the next run ends where a clean one does."""

from pathlib import Path

from tests.killed_ingest import check_kills


def test_an_ingest_killed_anywhere_ends_where_a_clean_one_does(tmp_path: Path) -> None:
    check_kills(tmp_path, kills=5, documents=4, compare_every=5)
