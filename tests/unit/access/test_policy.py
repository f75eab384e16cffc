"""The policy is read strictly: what does not fit stops the start, naming file and key."""

from pathlib import Path

import pytest

from assistant.access.policy import load_policy
from assistant.errors import ConfigurationError

GOOD = """
version: "1"
territory_version: test
territories: {HN: Hà Nội, NA: Nghệ An}
roles: {national: {}, province: {labels: [public]}}
functions: [count]
tables:
  pupils:
    columns: [pupil_id, province_code, ethnicity]
    personal: [full_name]
    scope: province_code
    person: pupil_id
    sensitive: [ethnicity]
suppression: {persons: 5, sensitive: 10}
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_policy_keeps_codes_as_written(tmp_path: Path) -> None:
    policy = load_policy(write(tmp_path, GOOD))
    assert policy.territories == {"HN": "Hà Nội", "NA": "Nghệ An"}
    assert policy.tables["pupils"].about_persons
    assert not policy.tables["pupils"].shared


def test_a_sensitive_column_raises_the_threshold(tmp_path: Path) -> None:
    policy = load_policy(write(tmp_path, GOOD))
    assert policy.threshold("pupils", sensitive=False) == 5
    assert policy.threshold("pupils", sensitive=True) == 10


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("HN: Hà Nội", "01: Hà Nội", "territories"),
        ("HN: Hà Nội", "HN: A, HN: B", "line"),
        ("functions: [count]", "functions: [count]\nextra: 1", "extra"),
        ("scope: province_code", "scope: province", "tables.pupils"),
        ("scope: province_code", "", "tables.pupils.scope"),
        ("personal: [full_name]", "personal: [pupil_id]", "tables.pupils"),
        ("person: pupil_id", "person: full_name", "tables.pupils"),
        ("person: pupil_id", "person: pupil_id\n    persons: [ethnicity]", "tables.pupils"),
        ("columns: [pupil_id,", "columns: [pupil_id, pupil_id,", "tables.pupils.columns"),
        ("roles: {national: {}", "roles: {director: {}", "roles.director"),
        ("persons: 5", "persons: 0", "suppression.persons"),
        ('version: "1"', 'version: "1"\n  x: [', "line"),
    ],
)
def test_a_policy_that_does_not_fit_is_refused_with_its_key(tmp_path: Path, before: str, after: str, key: str) -> None:
    path = write(tmp_path, GOOD.replace(before, after))
    with pytest.raises(ConfigurationError) as caught:
        load_policy(path)
    assert caught.value.code == "policy_invalid"
    assert caught.value.values["name"] == str(path)
    assert str(caught.value.values["key"]).startswith(key)


def test_a_missing_policy_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_policy(tmp_path / "none.yml")
    assert caught.value.code == "policy_missing"
