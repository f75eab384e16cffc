"""The administrator's operations over HTTP, and the kill switch where it works."""

from pathlib import Path

import pytest

from assistant.access.switch import Stoppable, Switch
from assistant.answering.context import Context, Route
from assistant.answering.model_writer import ModelWriter
from assistant.answering.steps.while_on import WhileOn
from assistant.corpus.runs import kept_runs
from assistant.errors import ModelUnavailable, StoreUnavailable
from assistant.prompts import Prompt
from tests.scripted_services import DAY

ADMINISTRATOR = {"X-Troly-Principal": "administrator"}


def get(client, path: str, **values: object):
    return client.get(f"/v1/admin/{path}", headers=ADMINISTRATOR, params=values).json()


def test_the_policy_is_shown_whole_or_as_somebody_sees_it(client) -> None:
    whole, seen = get(client, "policy"), get(client, "policy", principal="province:01")
    assert whole["tables"]
    assert (whole["principal"], seen["principal"]) == (None, "province:01")
    assert get(client, "policy", principal="administrator")["tables"] == {}
    assert get(client, "policy", principal="teacher")["code"] == "principal_unknown"


def test_the_audit_log_is_paged_and_verified_and_its_reading_is_on_record(client) -> None:
    client.post("/v1/conversations")
    first = get(client, "audit", limit=2)
    assert [record["seq"] for record in first["records"]] == sorted((r["seq"] for r in first["records"]), reverse=True)
    assert first["records"][0]["what"] == "audit page"
    last = get(client, "audit", before=first["next"], limit=500)
    assert (last["records"][-1]["seq"], last["next"]) == (1, None)
    assert get(client, "audit/verify")["bad"] is None


def test_the_switch_holds_across_processes_and_is_on_record(client, services) -> None:
    turned = client.put("/v1/admin/kill-switch", json={"kind": "law", "off": True}, headers=ADMINISTRATOR).json()
    assert [one["kind"] for one in turned if one["off"]] == ["law"]
    another = Switch(services.settings.switch_path)
    assert another.is_off(Stoppable.LAW)
    assert not another.is_off(Stoppable.DATA)
    client.put("/v1/admin/kill-switch", json={"kind": "law", "off": False}, headers=ADMINISTRATOR)
    assert not another.is_off(Stoppable.LAW)
    assert not any(one["off"] for one in get(client, "kill-switch"))
    records = [entry.fields for entry in services.accounts.log.entries()]
    assert [one["off"] for one in records if one["kind"] == "administration"] == [True, False]


def test_everything_off_means_every_kind(tmp_path: Path) -> None:
    switch = Switch(tmp_path / "deep" / "switch.json")
    assert not switch.is_off(Stoppable.DATA)
    switch.set(Stoppable.ALL, "x", off=True)
    assert all(switch.is_off(kind) for kind in Stoppable)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"nothing": {}}', '{"law": {}}'])
def test_a_damaged_switch_stops_everything(tmp_path: Path, text: str) -> None:
    (tmp_path / "switch.json").write_text(text)
    assert Switch(tmp_path / "switch.json").is_off(Stoppable.MODEL)


def test_a_switch_that_cannot_be_looked_at_or_written_is_no_free_pass(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    blocked = Switch(tmp_path / "file" / "switch.json")
    assert blocked.is_off(Stoppable.LAW)
    with pytest.raises(StoreUnavailable):
        blocked.set(Stoppable.LAW, "x", off=True)


@pytest.mark.parametrize(
    ("stopped", "kind", "route", "code"),
    [
        ((), None, Route.DATA, None),
        ((Stoppable.LAW,), None, Route.DATA, None),
        ((Stoppable.LAW,), None, Route.REGULATION, "switched_off_law"),
        ((Stoppable.DATA,), None, Route.DATA, "switched_off_data"),
        ((Stoppable.DATA,), Stoppable.DATA, Route.REGULATION, "switched_off_data"),
        ((Stoppable.ALL, Stoppable.LAW), None, Route.REGULATION, "switched_off"),
        ((Stoppable.MODEL,), None, Route.REGULATION, None),
    ],
)
def test_what_is_off_is_said_in_place_of_an_answer(
    tmp_path: Path, stopped: tuple[Stoppable, ...], kind: Stoppable | None, route: Route, code: str | None
) -> None:
    switch = Switch(tmp_path / "switch.json")
    for one in stopped:
        switch.set(one, "x", off=True)
    answer = WhileOn(switch, kind)(Context("?", None, DAY, route=route))
    assert (answer and answer.code) == code
    assert answer is None or (answer.status.value.startswith("failed") and "tạm ngừng" in answer.text)


def test_a_stopped_model_is_not_called() -> None:
    writer = ModelWriter(None, Prompt("x", "1", "", ()), stopped=lambda: True)
    with pytest.raises(ModelUnavailable):
        writer.write("?", [], DAY)


def test_generations_without_a_report_are_named_all_the_same(tmp_path: Path, client) -> None:
    for name, report in (("0001", "{"), ("0002", '{"totals": {"documents": 3, "x": "y"}, "codes": {}}')):
        (tmp_path / "g" / name).mkdir(parents=True)
        (tmp_path / "g" / name / "catalogue.sqlite").touch()
        (tmp_path / "g" / name / "report.json").write_text(report)
    (tmp_path / "g" / "current").write_text("0002")
    second, first = kept_runs(tmp_path / "g")
    assert (second.served, second.totals) == (True, {"documents": 3})
    assert (first.served, first.finished_at, first.totals) == (False, None, {})
    assert get(client, "ingest-runs") == []
    assert get(client, "documents/statuses")["code"] == "index_missing"
