"""Statements in the background over HTTP: begun, read and ended by the one who asked, and nobody else."""

from fastapi.testclient import TestClient

from assistant.api.dependencies import PRINCIPAL_HEADER
from tests.scripted_services import FIGURES, ScriptedServices

HANOI = {PRINCIPAL_HEADER: "province:01"}


def test_a_statement_is_begun_read_and_expires(client: TestClient, services: ScriptedServices) -> None:
    begun = client.post("/v1/queries/jobs", json={"sql": "SELECT 1"})
    assert begun.status_code == 202
    body = begun.json()
    assert body["state"] == "waiting"
    assert body["id"] in body["message"]
    assert body["expires_at"] > body["created_at"]
    done = client.get(f"/v1/queries/jobs/{body['id']}").json()
    assert (done["state"], done["answer"]["text"]) == ("done", FIGURES.text)
    assert services.asked == [("SELECT 1", "national", None, 0)]


def test_another_caller_s_statement_is_not_found(client: TestClient) -> None:
    job = client.post("/v1/queries/jobs", json={"sql": "SELECT 1"}).json()["id"]
    for request in (client.get, client.delete):
        refused = request(f"/v1/queries/jobs/{job}", headers=HANOI)
        assert (refused.status_code, refused.json()["code"]) == (404, "job_not_found")


def test_a_statement_that_is_done_can_still_be_let_go(client: TestClient) -> None:
    job = client.post("/v1/queries/jobs", json={"sql": "SELECT 1"}).json()["id"]
    assert client.delete(f"/v1/queries/jobs/{job}").json()["state"] == "done"


def test_the_guard_refuses_before_a_job_is_made(client: TestClient) -> None:
    refused = client.post("/v1/queries/jobs", json={"sql": "DROP TABLE school"})
    assert (refused.status_code, refused.json()["code"]) == (422, "query_not_select")


def test_a_statement_must_be_given(client: TestClient) -> None:
    assert client.post("/v1/queries/jobs", json={"question": "Bao nhiêu trường?"}).status_code == 422
