"""The ALQAC formats: questions become cases, laws become documents with every article where it was."""

import gzip
import json
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from evals.case import load_cases
from evals.corpora.alqac import read_alqac
from evals.expected.provisions import ProvisionCase
from evals.suites.retrieval import read_case
from ingest.outline import build_outline

ARTICLES = [
    {"law_id": "Luật Mẫu", "article_id": "10", "text": "Hiệu lực\nLuật này có hiệu lực từ năm sau."},
    {"law_id": "Luật Mẫu", "article_id": "2", "text": "Giải thích\n1. Một là:\na) A;\nb) B.\n\n2. Hai theo Điều 7."},
    {"law_id": "Luật Khác", "article_id": "1", "text": "Điều kiện chung"},
]


def corpus(folder: Path, *lines: str, name: str = "corpus.jsonl") -> Path:
    path = folder / name
    data = "\n".join(lines or [json.dumps(article, ensure_ascii=False) for article in ARTICLES]).encode()
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.jsonl.gz"])
def test_a_law_is_one_document_with_its_articles_in_order(tmp_path: Path, name: str) -> None:
    other, law = read_alqac(corpus(tmp_path, name=name))
    assert (other.hints.title, law.hints.title) == ("Luật Khác", "Luật Mẫu")
    paths = [provision.path for provision in build_outline(law.blocks, "luat-mau").provisions]
    assert [path for path in paths if path.startswith("Điều")] == ["Điều 2", "Điều 10"]
    assert {"khoản 1 Điều 2", "điểm b khoản 1 Điều 2", "khoản 2 Điều 2"} <= set(paths)


@pytest.mark.parametrize("line", ["{", '{"law_id": "L", "text": "x"}', "7"])
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_alqac(corpus(tmp_path, json.dumps(ARTICLES[0]), line))
    assert (caught.value.code, caught.value.values["line"]) == ("corpus_malformed", 2)


def test_an_empty_or_damaged_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="corpus_empty"):
        read_alqac(corpus(tmp_path, "", ""))
    damaged = tmp_path / "damaged.jsonl.gz"
    damaged.write_bytes(b"\x1f\x8bnot gzip")
    with pytest.raises(ConfigurationError, match="corpus_missing"):
        read_alqac(damaged)


def test_both_question_formats_become_cases(tmp_path: Path) -> None:
    path = tmp_path / "questions.json"
    articles = [{"law_id": "Luật Mẫu", "article_id": "2"}]
    rows = [
        {"question_id": "q1", "text": "Một là gì?", "relevant_articles": articles},
        {"id": "q2", "question": "Hai?", "gold": [{"document_number": "1/2026/TT-MAU", "path": "Điều 1"}]},
    ]
    path.write_text(json.dumps(rows), encoding="utf-8")
    first, second = load_cases(path, ProvisionCase, read_case)
    assert (first.id, first.question) == ("q1", "Một là gì?")
    assert [(gold.document_number, gold.path) for gold in first.gold] == [("Luật Mẫu", "Điều 2")]
    assert second.gold[0].path == "Điều 1"


@pytest.mark.parametrize("articles", ["x", ["x"], [{"law_id": "L"}], [{"law_id": None, "article_id": "1"}]])
def test_a_question_with_malformed_articles_is_named(tmp_path: Path, articles: object) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"question_id": "q", "text": "?", "relevant_articles": articles}), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cases_malformed"):
        load_cases(path, ProvisionCase, read_case)
