"""Suggestions while one types, and single provisions with the place of quoted words."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest

from assistant.answering.finding.originals import find_original
from assistant.answering.finding.provisions import find_provision, spans_of
from assistant.answering.finding.suggestions import Suggestions
from assistant.corpus.generation import LiveCorpus
from assistant.errors import NotFound
from assistant.query.semantic_model import load_semantic_model
from assistant.settings import Settings

PUBLIC = ("public",)


@pytest.fixture(scope="module")
def corpus(sample_data_dir):
    chosen = Settings(data_dir=sample_data_dir)
    corpus = LiveCorpus(chosen.generations_dir, chosen.index)
    yield corpus
    corpus.close()


@pytest.fixture(scope="module")
def suggestions(corpus) -> Suggestions:
    return Suggestions(load_semantic_model(Settings().semantic_model_dir), corpus)


@pytest.mark.parametrize(("marked", "bare"), [("số học sinh", "so hoc sinh"), ("tỷ lệ giáo viên", "ty le giao vien")])
def test_marks_need_not_be_typed(suggestions: Suggestions, marked: str, bare: str) -> None:
    found = suggestions.of(marked, PUBLIC, 8)
    assert found
    assert suggestions.of(bare, PUBLIC, 8) == found


def test_the_beginning_of_a_word_is_enough(suggestions: Suggestions) -> None:
    assert "học sinh" in suggestions.of("hoc s", PUBLIC, 8)[0].text


def test_a_document_is_found_by_its_number_and_only_by_who_may_read_it(suggestions: Suggestions, corpus) -> None:
    with corpus.open() as generation:
        held = next(one for one in generation.documents if one.number and one.title)
    found = [one for one in suggestions.of(held.number, (held.label,), 8) if one.kind == "document"]
    assert f"/van-ban/{held.id}" in [one.url for one in found]
    assert [one for one in suggestions.of(held.number, (), 8) if one.kind == "document"] == []


@pytest.mark.parametrize("typed", ["", " ", "h", "?!", "zzzz qqqq"])
def test_nothing_is_suggested_for_nothing(suggestions: Suggestions, typed: str) -> None:
    assert suggestions.of(typed, PUBLIC, 8) == []


def test_a_provision_is_found_by_anchor_or_path_and_number_or_id(corpus) -> None:
    with corpus.open() as generation:
        catalogue = generation.catalogue
        held = next(one for one in generation.documents if one.number)
        document = catalogue.document(held.id)
        unit = next(one for one in document.provisions if one.path)
        labels = (document.label,)
        anchor = unit.id.partition("#")[2]
        views = [find_provision(catalogue, labels, name, anchor) for name in (held.id, held.number)]
        views.append(find_provision(catalogue, labels, held.id, unit.path.upper(), day=date(2026, 1, 1)))
        assert {view.provision.path for view in views} == {unit.path}
        with pytest.raises(NotFound):
            find_provision(catalogue, (), held.id, anchor)
        with pytest.raises(NotFound):
            find_provision(catalogue, labels, held.id, "Điều 999")


def test_the_original_is_the_file_that_was_read_or_none(corpus) -> None:
    with corpus.open() as generation:
        document = generation.catalogue.document(next(iter(generation.documents)).id)
        path = find_original(generation.catalogue, (document.label,), document)
        assert sha256(path.read_bytes()).hexdigest() == document.source.sha256
        changed = replace(document, source=replace(document.source, sha256="0" * 64))
        outside = replace(document, source=replace(document.source, path=f"{document.source.path}/../../../etc/passwd"))
        for wrong, labels in ((document, ()), (changed, (document.label,)), (outside, (document.label,))):
            with pytest.raises(NotFound):
                find_original(generation.catalogue, labels, wrong)


def test_quoted_words_are_found_however_their_lines_break() -> None:
    text = "1. Giáo viên\ntiểu học  phải có bằng.\n2. Khác."
    ((start, end),) = spans_of(text, "Giáo viên tiểu học phải có bằng.")
    assert text[start:end] == "Giáo viên\ntiểu học  phải có bằng."
    assert spans_of(text, "không có") == ()
    assert spans_of(text, " ") == ()
