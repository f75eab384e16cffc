"""Real files in any order make the same catalogue, and one taken out leaves no trace."""

import random
from pathlib import Path

import pytest

from ingest.catalogue import CatalogueWriter
from ingest.documents import read_documents
from ingest.law.settling import settle
from ingest.sync.identifiers import settle_identifiers
from tests.bench.law.corpus import CORPUS
from tests.unit.ingest.law.test_settling import dump, put

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not CORPUS.exists(), reason="../shared/data is absent"),
]
# Luật Giáo dục and what changes it, circulars that amend and end each other, two renderings of one decree.
FILES = (
    "bo_phap_dien/raw_html/cd978e77-1991-4698-a663-ad2013c7a9f1.html.gz",
    *(f"vbpl/edu_raw_html/doc_{number}.html.gz" for number in ("000529", "000070", "000074", "000740", "000127")),
    "moet_2026_markdown/nghi-dinh-66-2026-nd-cp-chi-tiet-luat-giao-duc.md",
    "moet_2026_markdown/182-2026-nd-cp-phu-cap-uu-dai-nha-giao.md",
    "moet_2026_markdown/nghi-dinh-182-2026-nd-cp-phu-cap-uu-dai-nha-giao-can-bo-quan-ly-giao-duc.md",
    "moet_2026_markdown/thong-tu-06-2026-tt-bgddt-quy-che-tuyen-sinh-dai-hoc-cao-dang-mam-non.md",
)


def _catalogue(path: Path, arriving: list[str], going: tuple[str, ...] = ()) -> list[str]:
    writer = CatalogueWriter(path)
    for name in arriving:
        put(writer, name, read_documents((CORPUS / name).read_bytes(), name))
    settle_identifiers(writer)
    settle(writer)
    for name in going:
        writer.settled.clear()
        writer.remove_source(name)
        settle_identifiers(writer)
        settle(writer)
    writer.close()
    return dump(path)


def test_real_files_in_any_order_make_the_same_catalogue(tmp_path: Path) -> None:
    first = _catalogue(tmp_path / "0.sqlite", list(FILES))
    for seed in (1, 2):
        order = random.Random(seed).sample(FILES, len(FILES))
        assert _catalogue(tmp_path / f"{seed}.sqlite", order) == first
    gone = FILES[1]
    without = _catalogue(tmp_path / "w.sqlite", [name for name in FILES if name != gone])
    assert _catalogue(tmp_path / "r.sqlite", list(FILES), (gone,)) == without
    print(f"\n{len(FILES)} files, {len(first)} rows: the same in 3 orders, and without {gone} once it is taken out")
