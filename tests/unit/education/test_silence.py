"""Who has not reported is said of the places that are asked about, and of no others."""

import re
from datetime import date

from assistant.access.principal import Principal, Role
from assistant.query.questions import DataQuestions
from assistant.query.semantic_model import load_semantic_model
from assistant.query.semantics.places import NEW_MAP
from assistant.settings import Settings

PLACES = load_semantic_model(Settings().semantic_model_dir).places
NEW = {one.name: one for one in PLACES.file.provinces if one.new}
ASKED = "tỷ lệ phòng học kiên cố"


def silent(questions: DataQuestions, question: str) -> set[str]:
    outcome = questions.answer(question, Principal(Role.NATIONAL), date(2026, 11, 23))
    said = [one for one in outcome.notices if "chưa nộp" in one]
    return {name for one in said for name in NEW if re.search(rf"[:,] {name} \(", one)}


def test_a_region_hears_of_its_own_provinces(questions: DataQuestions) -> None:
    everywhere = silent(questions, ASKED)
    assert everywhere
    for code, region in PLACES.regions(NEW_MAP).items():
        own = {name for name in everywhere if NEW[name].new_region == code}
        assert silent(questions, f"{ASKED} của vùng {region.label}") == own


def test_named_provinces_hear_of_themselves(questions: DataQuestions) -> None:
    everywhere = silent(questions, ASKED)
    one = min(everywhere)
    assert silent(questions, f"{ASKED} của {one}") == {one}
    assert silent(questions, f"{ASKED} của {min(NEW.keys() - everywhere)}") == set()
