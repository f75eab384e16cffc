"""Whatever the order in which files arrive and go, the catalogue is that of the files that are there: byte for byte."""

import sqlite3
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.corpus.catalogue import SourceRecord
from ingest.catalogue import CatalogueWriter
from ingest.law.registers import read_register
from ingest.law.settling import settle
from ingest.sync.identifiers import settle_identifiers
from tests.unit.ingest.builders import circular
from tests.unit.ingest.law.test_settling import AMENDING, BASE, DRAFT, LATER, READ_AT, add

_EFFECT = "Thông tư này có hiệu lực thi hành kể từ ngày {day}."


def _act(number: str, day: str, *lines: str, **facts: str) -> str:
    return circular(number, *lines, "Điều 9. Hiệu lực thi hành", _EFFECT.format(day=day), **facts)


def _rewrites(number: str, words: str, day: str = "01 tháng 10 năm 2025") -> str:
    """An act that rewrites one clause of the base."""
    order = "Điều 1. Sửa đổi, bổ sung khoản 1 Điều 1 Thông tư số 10/2024/TT-BGDĐT như sau:"
    return _act(number, day, order, f"“1. {words}”.", title="Sửa đổi, bổ sung Thông tư số 10/2024/TT-BGDĐT")


FILES = {
    "base.txt": BASE,
    "amending.txt": AMENDING,
    "later.txt": LATER,
    "draft.txt": DRAFT,
    # Two acts that rewrite one clause on one day.
    "contradicts-1.txt": _rewrites("11/2025/TT-BGDĐT", "Hồ sơ theo mẫu A."),
    "contradicts-2.txt": _rewrites("12/2025/TT-BGDĐT", "Hồ sơ theo mẫu B."),
    # Two acts that amend each other.
    "circle-1.txt": _act(
        "13/2025/TT-BGDĐT",
        "01 tháng 11 năm 2025",
        "Điều 1. Sửa đổi, bổ sung Điều 1 Thông tư số 14/2025/TT-BGDĐT như sau:",
        "“Điều 1. Mẫu hồ sơ",
        "Theo mẫu mới.”.",
        title="Sửa đổi, bổ sung Thông tư số 14/2025/TT-BGDĐT",
    ),
    "circle-2.txt": _act(
        "14/2025/TT-BGDĐT",
        "01 tháng 12 năm 2025",
        "Điều 1. Sửa đổi, bổ sung Điều 1 Thông tư số 13/2025/TT-BGDĐT như sau:",
        "“Điều 1. Mẫu khác",
        "Theo mẫu khác.”.",
        title="Sửa đổi, bổ sung Thông tư số 13/2025/TT-BGDĐT",
    ),
    # Two documents with one number, and an act whose target nobody holds.
    "copy.txt": BASE.replace("hồ sơ của trường", "hồ sơ của nhà trường"),
    "unheld.txt": _act(
        "15/2025/TT-BGDĐT", "01 tháng 01 năm 2026", "Điều 1. Bãi bỏ khoản 2 Điều 3 Nghị định số 1/2000/NĐ-CP."
    ),
    "undated.txt": circular(
        "16/2025/TT-BGDĐT", "Điều 1. Bãi bỏ khoản 2 Điều 1 Thông tư số 10/2024/TT-BGDĐT.", issued=""
    ),
    "ends.txt": _act("17/2026/TT-BGDĐT", "01 tháng 6 năm 2026", "Điều 1. Bãi bỏ Thông tư số 10/2024/TT-BGDĐT."),
    "register.csv": "number,status,effective,certainty\n10/2024/TT-BGDĐT,còn hiệu lực,2024-04-01,B\n"
    "16/2025/TT-BGDĐT,còn hiệu lực,2025-12-15,C\n",
}
NAMES = sorted(FILES)


def _catalogue(path: Path, steps: Sequence[tuple[bool, Sequence[str]]]) -> list[str]:
    """What there is after steps of adding (True) or taking out (False) files, each an ingest of its own."""
    for added, names in steps:
        writer = CatalogueWriter(path, path.rename(path.with_suffix(".old")) if path.exists() else None)
        writer.settled.clear()
        for name in names:
            if not added:
                writer.remove_source(name)
            elif name.endswith(".csv"):
                writer.put_source(SourceRecord(name, name, 1, 0, "indexed", "", "", 0, 0, READ_AT))
                writer.put_statuses(name, read_register(FILES[name].encode(), name))
            else:
                add(writer, name, FILES[name])
        settle_identifiers(writer)
        settle(writer)
        writer.put_counts()
        writer.close()
    return _export(path)


def _export(path: Path) -> list[str]:
    """Every row of every table but the time of reading, in one order."""
    with sqlite3.connect(path) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return sorted(f"{table} {row}" for table in tables for row in connection.execute(f"SELECT * FROM {table}"))


_CHOSEN = settings(
    max_examples=6, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)


@_CHOSEN
@given(order=st.permutations(NAMES), cuts=st.sets(st.integers(1, len(NAMES) - 1), max_size=3))
def test_any_order_of_arrival_in_any_batches_makes_the_same_catalogue(order: list[str], cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), len(order)]
    batches = [(True, order[begin:end]) for begin, end in pairwise(edges)]
    with TemporaryDirectory() as folder:
        arrived = _catalogue(Path(folder, "a.sqlite"), batches)
        assert arrived == _catalogue(Path(folder, "b.sqlite"), [(True, NAMES)])


@_CHOSEN
@given(order=st.permutations(NAMES), gone=st.sets(st.sampled_from(NAMES), min_size=1, max_size=4))
def test_taking_files_out_undoes_exactly_what_they_did(order: list[str], gone: set[str]) -> None:
    left = [name for name in NAMES if name not in gone]
    with TemporaryDirectory() as folder:
        removed = _catalogue(Path(folder, "a.sqlite"), [(True, order), (False, sorted(gone))])
        assert removed == _catalogue(Path(folder, "b.sqlite"), [(True, left)])
