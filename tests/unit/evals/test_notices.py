"""Notices are traced back to their codes, whatever values fill them."""

from assistant.messages import message
from evals.suites.notices import codes_of


def test_a_notice_is_traced_to_its_code_whatever_its_values() -> None:
    shown = [message("data_withheld", cells=3, limit=10), message("data_source", source="CSDL ngành (TT 25/2024)")]
    assert codes_of(shown) == ["data_source", "data_withheld"]


def test_other_sentences_have_no_code() -> None:
    assert codes_of(["Không gồm trẻ mầm non."]) == []
    assert codes_of([]) == []
