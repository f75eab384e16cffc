"""Facts about documents against truth the reader did not use: what a source says beside the text, or what eyes read.

What a page says of its document is taken away before reading, so that only the text is left to go by; then it is the
truth. The bundle's notes name kind and issuer in words, a register compiled elsewhere gives days, and a sample was read
by eye.
"""

import csv
import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import lxml.html
import pytest

from assistant.corpus.document import Document
from assistant.errors import IngestError
from assistant.text import match_form, syllables
from ingest.documents import read_documents
from ingest.legal.dates import first_date
from ingest.legal.issuers import issuer_of_number, kind_of_number
from ingest.legal.numbers import find_numbers, normal_number
from ingest.metadata import Metadata, read_metadata
from ingest.readers.formats import read_file
from ingest.readers.raw import Hints
from tests.real_data import CORPUS, DATA, needs_real_data

pytestmark = [pytest.mark.bench, pytest.mark.real, needs_real_data]

PAGES = sorted((CORPUS / "vbpl" / "edu_raw_html").glob("*"))
MARKDOWN = sorted((CORPUS / "moet_2026_markdown").glob("*.md"))
OFFICE = CORPUS / "office"
BUNDLE = CORPUS / "bo_phap_dien" / "all_articles.jsonl.gz"
FIELDS = ("number", "kind", "title", "issuer", "issued_on", "effective_from", "signer")
LEAST, LEAST_OF_SCANS = 0.9, 0.75
OTHER_TEXTS = ("doc_000220", "doc_000590", "doc_000775")
"""Pages that show another document, a draft of another one, and a translation: the ingest says so of each."""
KIND = re.compile(r"Thông tư liên tịch|Thông tư|Nghị định|Nghị quyết|Quyết định|Luật|Bộ luật")
NOTE_KIND = re.compile(r"^\(*\s*(?:Điều\s+\w+\s+)?(Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư"
                       r"(?: liên tịch)?|Chỉ thị)\s+số\b")  # fmt: skip
NOTE_ISSUER = re.compile(
    r"\bngày\s+\d{1,2}/\d{1,2}/\d{4}\s+của\s+(?P<issuer>(?:(?!ngày)[^,(\d]){5,90}?),?\s+có hiệu lực"
)
LONG_NAMES = {"BGDĐT": "Bộ Giáo dục và Đào tạo"}
# Read by eye on the images of the pages; the days of 1039, 1114, 1139, 1160 and 981 are written by hand or stamped.
DECISIONS = {
    "1009-ttg": ("2024-09-19", ""),
    "1039-ttg": ("2024-09-24", "Phạm Minh Chính"),
    "1053-ttg": ("2024-09-28", "Hồ Đức Phớc"),
    "1114-ttg": ("2024-10-07", "Phạm Minh Chính"),
    "1139-ttg": ("2024-10-09", "Nguyễn Hòa Bình"),
    "1160-ttg": ("2024-10-11", "Nguyễn Hòa Bình"),
    "970-ttg": ("2024-09-13", "Hồ Đức Phớc"),
    "981-ttg": ("2024-09-14", "Phạm Minh Chính"),
    "985-ttg": ("2024-09-15", "Hồ Đức Phớc"),
    "999-ttg": ("2024-09-18", ""),
}
Facts = dict[str, object]


class Compared(NamedTuple):
    name: str
    field: str
    wanted: object
    got: object

    @property
    def right(self) -> bool:
        if self.field == "title":
            wanted, got = (set(pairwise(syllables(str(title)))) for title in (self.wanted, self.got))
            return len(wanted & got) >= 0.8 * len(wanted)
        if self.field == "issuer":
            # Joint issuers come in any order, "của Bộ trưởng Bộ …" and "của Bộ …" are one.
            left_out = {"và", "trưởng"}
            return set(syllables(str(self.wanted))) - left_out == set(syllables(str(self.got))) - left_out
        return match_form(str(self.wanted)) == match_form(str(self.got))


def compared(name: str, wanted: Facts, got: Facts) -> list[Compared]:
    return [Compared(name, field, wanted[field], got[field]) for field in FIELDS if wanted.get(field)]


def facts(found: Metadata | Document) -> Facts:
    held: Facts = {name: getattr(found, name) for name in ("number", "title", "issuer", "issued_on", "signer")}
    return {**held, "kind": found.kind.value, "effective_from": found.validity.effective_from}


def saved_pages() -> Iterator[Compared]:
    """The heading and the day beside it, of pages that show the document they name."""
    for path in PAGES:
        data = gzip.decompress(path.read_bytes())
        try:
            (raw,) = read_file(data, path.stem)
        except IngestError:
            continue
        if path.name.startswith(OTHER_TEXTS):
            continue
        root = lxml.html.fromstring(data.decode())
        heading = " ".join(str(root.xpath("string(//h1)")).split())
        mentions = list(find_numbers(heading))
        kind = KIND.match(heading)
        own = mentions[-1] if kind and "uật" in kind[0] else mentions[0]
        title = heading[own.end :].strip(" .") or re.sub(r"số \S+\.?", "", heading[: own.start].removesuffix("số "))
        day = root.xpath("//span[contains(@class, 'dateLabel')][contains(text(), 'có hiệu lực')]/following-sibling::*")
        wanted: Facts = {
            "number": own.number,
            "kind": kind[0] if kind else "",
            "title": title,
            "effective_from": first_date(day[0].text_content()) if day else None,
        }
        yield from compared(path.name, wanted, facts(read_metadata(replace(raw, hints=Hints()), "van-ban")))


def bundle() -> Iterator[Compared]:
    """Kind and issuer in the words of a note, against what the symbol of the number says; symbols alone name no law."""
    seen: set[str] = set()
    with gzip.open(BUNDLE, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            number = normal_number(row["src_number"])
            if number in seen or not next(find_numbers(number), None):
                continue
            seen.add(number)
            kind, issuer = NOTE_KIND.match(row["source_note"]), NOTE_ISSUER.search(row["source_note"])
            by_symbol = kind_of_number(number)
            if kind and by_symbol:
                yield Compared(number, "kind", kind[1], by_symbol.value)
            if issuer and issuer_of_number(number):
                yield Compared(number, "issuer", issuer["issuer"].strip(), issuer_of_number(number))


def register() -> Iterator[Compared]:
    """The compiled register (certainty A and B), against documents as the ingest keeps them."""
    with (DATA / "regulations.csv").open(encoding="utf-8") as lines:
        rows = {normal_number(row["number"]): row for row in csv.DictReader(lines) if row["confidence"] in "AB"}
    for path in (*PAGES, *MARKDOWN):
        try:
            (document,) = read_documents(path.read_bytes(), path.name)
        except IngestError:
            continue
        row = rows.get(document.number)
        if row is not None:
            wanted: Facts = {
                "kind": row["doc_type"],
                "issuer": LONG_NAMES.get(row["issuer"], row["issuer"]),
                "issued_on": whole_day(row["issued"]),
                "effective_from": whole_day(row["effective"]),
            }
            yield from compared(f"{path.name} ({document.number})", wanted, facts(document))


def whole_day(text: str) -> date | None:
    return first_date(text) if re.match(r"\d{4}-\d{2}-\d{2}", text) else None


def read_by_eye() -> Iterator[Compared]:
    """The signed decisions, scanned, and Decree 30/2020 with its annexes, from their own pages."""
    decree: Facts = {
        "number": "30/2020/NĐ-CP",
        "kind": "Nghị định",
        "issuer": "Chính phủ",
        "issued_on": date(2020, 3, 5),
    }
    own: Facts = {"title": "Về công tác văn thư", "effective_from": date(2020, 3, 5), "signer": "Nguyễn Xuân Phúc"}
    for path in sorted((OFFICE / "nd30_2020").glob("*.docx")):
        (document,) = read_documents(path.read_bytes(), path.name)
        yield from compared(path.name, decree | (own if path.name.startswith("30") else {}), facts(document))
    for name, (day, signer) in DECISIONS.items():
        path = OFFICE / "qd_ttg_signed_pdf" / f"{name}.signed.pdf"
        (document,) = read_documents(path.read_bytes(), path.name)
        issued = date.fromisoformat(day)
        wanted: Facts = {
            "number": f"{name.removesuffix('-ttg')}/QĐ-TTg",
            "kind": "Quyết định",
            "issuer": "Thủ tướng Chính phủ",
            "issued_on": issued,
            "effective_from": issued,
            "signer": signer,
        }
        yield from compared(path.name, wanted, facts(document))


@pytest.mark.parametrize("source", [saved_pages, bundle, register, read_by_eye])
def test_facts_are_what_the_source_says(source: Callable[[], Iterator[Compared]]) -> None:
    counted: dict[str, list[Compared]] = defaultdict(list)
    for each in source():
        counted[each.field].append(each)
    for field, all_of in counted.items():
        right = sum(each.right for each in all_of)
        print(f"| {source.__name__} | {field} | {len(all_of)} | {right} | {100 * right / len(all_of):.1f} % |")
        for each in [each for each in all_of if not each.right][:12]:
            print(f"    {each.name[:60]}: {str(each.wanted)[:110]} | {str(each.got)[:110]}")
    everything = [each.right for all_of in counted.values() for each in all_of]
    assert sum(everything) >= (LEAST_OF_SCANS if source is read_by_eye else LEAST) * len(everything)
