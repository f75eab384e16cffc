"""What the codification says of its instruments beside what their own texts were read to say: days, changes, links."""

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from assistant.corpus.document import Document, RelationKind
from ingest.law.reading.mentions import find_acts
from ingest.legal.dates import first_date
from ingest.legal.effect import read_effect
from ingest.legal.numbers import normal_number
from tests.bench.law.corpus import CORPUS, documents

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not CORPUS.exists(), reason="../shared/data is absent"),
]
Row = dict[str, str]
_CHANGING = {
    RelationKind.AMENDS,
    RelationKind.REPEALS,
    RelationKind.REPLACES,
    RelationKind.INSERTS,
    RelationKind.REPLACES_PHRASE,
    RelationKind.CORRECTS,
}
_CODE = re.compile(r"^Điều (?P<code>\d+\.\d+\.[A-ZĐ]+\.[\d.]+?[a-zđ]*)\.\s")


@cache
def rows(name: str) -> tuple[Row, ...]:
    with gzip.open(CORPUS / "bo_phap_dien" / name, "rt", encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


@cache
def codified() -> dict[str, Document]:
    """The instruments of the five topic files by number."""
    held = documents(everything=False)
    return {document.number: document for document in held if document.source.path.startswith("bo_phap_dien/")}


def test_days_of_effect() -> None:
    noted: dict[str, set[str]] = defaultdict(set)
    for row in rows("education_articles.jsonl.gz"):
        noted[normal_number(row["src_number"])].add(row["effective"])
    found: Counter[str] = Counter()
    differing = []
    for number, document in sorted(codified().items()):
        days = {first_date(day) for day in noted.get(number, ())}
        said = read_effect(document.text, document.issued_on).effective_from
        if not days:
            outcome = "not in the row file"
        elif said is None:
            outcome = "the text states no day that can be computed (not codified, or counted from the Gazette)"
        else:
            outcome = "same day" if said in days else "another day"
        found[outcome] += 1
        if outcome == "another day":
            differing.append((number, f"text {said}", f"note {sorted(map(str, days))}", f"issued {document.issued_on}"))
    print(f"\n{len(codified())} instruments: {dict(found)}")
    for each in differing:
        print("  ", *each)
    assert found["same day"] >= 0.97 * (found["same day"] + found["another day"])


def test_changes_noted_and_changes_read() -> None:
    """A note says that an act changed an article; the act itself, where it is held, was read to change it."""
    held = {document.number: document for document in documents(everything=True) if document.number}
    found: Counter[str] = Counter()
    differing = []
    for number, document in sorted(codified().items()):
        for by in sorted({each.target_number for each in document.relations if each.kind is RelationKind.AMENDED_BY}):
            acting = held.get(by)
            changed = {each.target_number for each in acting.relations if each.kind in _CHANGING} if acting else set()
            if acting is None:
                outcome = "the changing act is not held"
            elif number in changed or document.title.casefold() in acting.title.casefold():
                outcome = "both"
            else:
                outcome = "the codified part of the changing act does not name it"
                differing.append((number, by, acting.title[:90]))
            found[outcome] += 1
    print(f"\n{found.total()} pairs: {dict(found)}")
    for each in differing:
        print("  ", *each)
    assert found["both"]


def test_cross_references() -> None:
    """A link is an editor's "related content": a text need not name what it is linked to."""
    place_of = {row["code"]: (normal_number(row["src_number"]), row["src_article"]) for row in _all_rows()}
    found: Counter[str] = Counter()
    for row in rows("education_articles.jsonl.gz"):
        number = normal_number(row["src_number"])
        for target, article in _linked(row["related"], place_of):
            found[_agreement(codified(), number, row["src_article"], target, article)] += 1
    told = {name: f"{count} ({count / found.total():.1%})" for name, count in found.most_common()}
    print(f"\n{found.total()} links:")
    for name, share in told.items():
        print(f"   {share:14} {name}")
    assert found.total() > 1000


@cache
def _all_rows() -> tuple[Row, ...]:
    return rows("all_articles.jsonl.gz")


def _linked(related: str, place_of: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(number, article) of each link; links give a code of the codification, or a number."""
    for part in filter(None, re.split(r";\s+(?=Điều\s)", related.partition("liên quan đến")[2].strip(" ()"))):
        coded = _CODE.match(part.strip())
        if coded:
            yield place_of.get(coded["code"], ("", ""))
            continue
        act = next((each for each in reversed(find_acts(part)) if each.number), None)
        article = re.match(r"Điều \d+[a-zđ]*", part.strip())
        yield (act.number if act else "", article[0] if article else "")


def _agreement(held: dict[str, Document], number: str, source: str, target: str, article: str) -> str:
    if not target:
        return "a link that names no instrument"
    if target == number:
        return "within one instrument: not a relation between acts"
    document, other = held.get(number), held.get(target)
    if document is None:
        return "the linking instrument was not read"
    near = [each for each in document.relations if _is(each, target, other) and each.source_path.endswith(source)]
    if any(each.target_path.endswith(article) for each in near):
        return "the article's text names the very article"
    if near:
        return "the article's text names the instrument"
    if any(_is(each, target, other) for each in document.relations):
        return "another article's text names the instrument"
    if other is not None and any(_is(each, number, document) for each in other.relations):
        return "the linked instrument's text names this one"
    return "neither text names the other: related in subject only"


def _is(relation: object, number: str, other: Document | None) -> bool:
    target = getattr(relation, "target_number", "")
    name = getattr(relation, "target_name", "")
    return target == number or bool(name and other is not None and other.title.casefold() == name.casefold())
