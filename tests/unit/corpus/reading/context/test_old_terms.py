"""Old names: what they are called now, from which day, and which older texts are overtaken."""

from datetime import date

from assistant.corpus.reading.context.old_terms import old_terms_in

TODAY = date(2026, 11, 27)


def test_an_old_name_brings_the_new_one_and_says_so() -> None:
    (term,) = old_terms_in("Phòng GDĐT cấp giấy gì", TODAY)
    assert "cấp xã" in term.now
    assert "01/7/2025" in term.note
    assert "cấp xã" in term.terms


def test_before_its_day_a_name_is_not_old() -> None:
    assert old_terms_in("phòng giáo dục và đào tạo", date(2025, 6, 30)) == ()


def test_typed_without_diacritics_it_is_the_same() -> None:
    assert old_terms_in("hanh kiem hoc sinh", TODAY) == old_terms_in("hạnh kiểm học sinh", TODAY) != ()


def test_older_texts_on_what_has_ended_are_overtaken() -> None:
    (term,) = old_terms_in("cấp bằng tốt nghiệp THCS", TODAY)
    assert term.overtakes("Cấp bằng tốt nghiệp trung học cơ sở", date(2023, 1, 1))
    assert not term.overtakes("Cấp bằng tốt nghiệp trung học cơ sở", date(2026, 1, 1))
    assert not term.overtakes("Xác nhận hoàn thành chương trình", date(2023, 1, 1))
