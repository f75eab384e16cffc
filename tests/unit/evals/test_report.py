"""The report: what it holds, that it is reproducible, and that it never holds NaN."""

import json
from pathlib import Path

from assistant.settings import Settings
from evals.case import Case
from evals.fingerprint import build_config
from evals.report import as_json, as_markdown, build_report, write_report
from evals.suite import Output, Suite, Threshold
from tests.unit.evals.scripted import scripted_suite

CASES = [
    Case.model_validate({"id": "a", "question": "Học bạ số?", "as_of": "2026-01-01", "tags": ["bảng"]}),
    Case(id="b", question="hoc ba so?", status="answered", kind="data"),
    Case(id="c", question="Ai ký?"),
]
OUTPUTS = [
    Output("a", "", "", {"right": 1.0}),
    Output("b", "", "", {"right": 0.0}),
    Output("c", "", "", error="ValueError: scripted"),
]


def suite(*gate: Threshold) -> Suite[Case]:
    return scripted_suite(lambda _: {}, Path("none.jsonl"), gate)


def content() -> dict[str, object]:
    config = build_config("scripted", Settings(today="2026-01-01"), {"corpus": "1"})
    return as_json(build_report(suite(), CASES, OUTPUTS), config)


def test_it_has_the_promised_shape() -> None:
    report = content()
    assert set(report) == {"suite", "cases", "errors", "metrics", "slices", "gate", "run"}
    assert (report["suite"], report["cases"], report["errors"]) == ("scripted", 3, 1)
    assert set(report["metrics"]["right"]) == {"value", "low", "high", "n"}
    assert set(report["run"]) == {"commit", "settings", "digests"}
    assert set(report["run"]["digests"]) == {"code", "corpus"}


def test_a_case_that_raised_scores_zero() -> None:
    assert content()["metrics"]["right"]["value"] == round(1 / 3, 6)
    assert content()["metrics"]["right"]["n"] == 3


def test_slices_follow_the_question_and_its_fields() -> None:
    slices = content()["slices"]
    assert {name: metrics["right"]["n"] for name, metrics in slices.items()} == {
        "as_of": 1,
        "diacritics": 2,
        "kind=data": 1,
        "no_diacritics": 1,
        "status=answered": 1,
        "tag=bảng": 1,
    }
    assert slices["tag=bảng"]["right"]["value"] == 1.0


def test_a_metric_without_cases_is_null() -> None:
    report = build_report(suite(), CASES[:1], [Output("a", "", "", {"right": None})])
    metric = as_json(report, build_config("scripted", Settings(), {}))["metrics"]["right"]
    assert metric == {"value": None, "low": None, "high": None, "n": 0}


def test_two_writes_are_byte_for_byte_equal_and_hold_no_secret(tmp_path: Path) -> None:
    settings = Settings(today="2026-01-01", model={"url": "http://127.0.0.1:9/v1", "key": "bí mật"})
    report, config = build_report(suite(), CASES, OUTPUTS), build_config("scripted", settings, {})
    texts = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        write_report(report, config, suite().scorers, tmp_path / name)
        texts.append((tmp_path / name / "report.json").read_text(encoding="utf-8"))
    assert texts[0] == texts[1]
    assert "bí mật" not in texts[0] + (tmp_path / "first" / "config.json").read_text(encoding="utf-8")
    assert json.loads(texts[0])["run"]["settings"]["today"] == "2026-01-01"


def test_people_read_which_cases_lost_points_and_why() -> None:
    report = build_report(suite(Threshold("right", at_least=0.9)), CASES, OUTPUTS)
    text = as_markdown(report, build_config("scripted", Settings(), {}), suite().scorers)
    assert "**b** hoc ba so?" in text
    assert "right 0.00 (scripted)" in text
    assert "ValueError: scripted" in text
    assert "**a**" not in text
    assert "right = 0.3333 < 0.9000" in text


def test_the_config_s_digest_follows_settings_and_data_only() -> None:
    base = build_config("s", Settings(today="2026-01-01"), {"corpus": "1"})
    assert base.digest == build_config("s", Settings(today="2026-01-01", port=9999), {"corpus": "1"}).digest
    assert base.digest != build_config("s", Settings(today="2026-01-02"), {"corpus": "1"}).digest
    assert base.digest != build_config("s", Settings(today="2026-01-01"), {"corpus": "2"}).digest
