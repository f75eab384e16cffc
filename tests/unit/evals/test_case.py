"""Reading cases: both layouts, every fault named by file and line."""

from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from evals.case import Case, load_cases, strip_diacritics, stripped


def write(folder: Path, text: str) -> Path:
    path = folder / "cases.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> ConfigurationError:
    with pytest.raises(ConfigurationError) as caught:
        load_cases(path, Case)
    return caught.value


def test_json_lines_and_a_json_array_read_the_same(tmp_path: Path) -> None:
    lines = load_cases(write(tmp_path, '{"id": "a", "question": "x"}\n\n{"id": "b", "as": "province:01"}\n'), Case)
    array = load_cases(write(tmp_path, '[{"id": "a", "question": "x"},\n {"id": "b", "as": "province:01"}]'), Case)
    assert lines == array
    assert [case.asker for case in lines] == ["national", "province:01"]


def test_a_malformed_line_is_named(tmp_path: Path) -> None:
    error = refused(write(tmp_path, '{"id": "a"}\n{"id": \n'))
    assert (error.code, error.values["line"]) == ("cases_malformed", 2)


def test_a_malformed_array_is_named_by_its_line(tmp_path: Path) -> None:
    error = refused(write(tmp_path, '[{"id": "a"},\n{"id": }]'))
    assert (error.code, error.values["line"]) == ("cases_malformed", 2)


@pytest.mark.parametrize("line", ['"text"', '{"question": "no id"}', '{"id": "a", "as_of": "hôm qua"}'])
def test_a_line_of_another_shape_is_named(tmp_path: Path, line: str) -> None:
    error = refused(write(tmp_path, f'{{"id": "first"}}\n{line}\n'))
    assert (error.code, error.values["line"]) == ("cases_malformed", 2)


def test_a_repeated_id_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, '{"id": "a"}\n{"id": "a"}\n')).code == "cases_duplicate"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "\n \n")).code == "cases_empty"
    assert refused(write(tmp_path, "[]")).code == "cases_empty"


def test_a_missing_or_undecodable_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent.jsonl").code == "cases_missing"
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    assert refused(tmp_path / "latin.jsonl").code == "cases_missing"


def test_a_follow_up_knows_the_questions_before_it(tmp_path: Path) -> None:
    rows = [
        '{"id": "c", "question": "ba", "follow_up_of": "b"}',
        '{"id": "a", "question": "một"}',
        '{"id": "b", "question": "hai", "follow_up_of": "a"}',
    ]
    by_id = {case.id: case for case in load_cases(write(tmp_path, "\n".join(rows)), Case)}
    assert by_id["c"].earlier == ("một", "hai")
    assert by_id["a"].earlier == ()


@pytest.mark.parametrize("parent", ["absent", "a"])
def test_a_follow_up_of_nothing_or_of_itself_is_refused(tmp_path: Path, parent: str) -> None:
    row = f'{{"id": "a", "question": "x", "follow_up_of": "{parent}"}}'
    assert refused(write(tmp_path, row)).code == "cases_follow_up_unknown"


def test_the_digest_follows_what_is_asked_and_expected() -> None:
    case = Case(id="a", question="Điều lệ")
    assert case.digest == Case(id="a", question="Điều lệ").digest
    assert case.digest != stripped(case).digest
    assert case.digest != Case.model_validate({"id": "a", "question": "Điều lệ", "gold": [1]}).digest


def test_stripping_keeps_the_case_of_letters() -> None:
    assert strip_diacritics("Đến NĐ 30/2020, Điều lệ ở ĐÂU?") == "Den ND 30/2020, Dieu le o DAU?"
