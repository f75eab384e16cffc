"""The table of a data question as a file; what has no table is said, not sent empty."""

import pytest
from fastapi.testclient import TestClient

from tests.scripted_services import ScriptedServices

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(("kind", "media", "begins"), [("xlsx", XLSX, b"PK"), ("csv", "text/csv", b"\xef\xbb\xbf")])
def test_a_table_is_sent_as_a_named_file(client: TestClient, kind: str, media: str, begins: bytes) -> None:
    reply = client.post("/v1/queries/export", json={"question": "bao nhiêu trường", "format": kind})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith(media)
    assert f'.{kind}"' in reply.headers["content-disposition"]
    assert reply.content.startswith(begins)


def test_an_unknown_format_is_a_problem(client: TestClient) -> None:
    assert client.post("/v1/queries/export", json={"question": "a", "format": "pdf"}).status_code == 422


def test_an_export_is_on_record(client: TestClient, services: ScriptedServices) -> None:
    assert client.post("/v1/queries/export", json={"sql": "SELECT 1", "format": "csv"}).status_code == 200
    last = [entry.fields for entry in services.accounts.log.entries()][-1]
    assert (last["kind"], last["actor"], last["format"], last["rows"]) == ("export", "national", "csv", 2)


def test_no_file_leaves_that_cannot_be_recorded(client: TestClient, services: ScriptedServices) -> None:
    client.get("/healthz")
    client.post("/v1/queries", json={"sql": "SELECT 1"})  # the caller is known from here on
    services.settings.audit_path.unlink()
    services.accounts.log.close()
    services.settings.audit_path.mkdir()
    refused = client.post("/v1/queries/export", json={"sql": "SELECT 1", "format": "xlsx"})
    assert (refused.status_code, refused.json()["code"]) == (503, "audit_unavailable")
