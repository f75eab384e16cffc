"""Who may call what: role × operation × territory, over every operation the service describes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from assistant.access.sign_in import Right
from assistant.access.sign_in.api_keys import ApiKeys
from assistant.app import build_app
from tests.scripted_services import DOCUMENT, ScriptedServices, scripted_services

PUBLIC, ASK, EVALUATE, ADMINISTER, MINT = "public", "ask", "evaluate", "administer", "mint"
OPERATIONS = {
    "GET /healthz": PUBLIC,
    "GET /readyz": PUBLIC,
    "GET /metrics": PUBLIC,
    "POST /v1/conversations": ASK,
    "GET /v1/conversations/{conversation_id}": ASK,
    "DELETE /v1/conversations/{conversation_id}": ASK,
    "POST /v1/conversations/{conversation_id}/turns": ASK,
    "GET /v1/conversations": ASK,
    "DELETE /v1/conversations": ASK,
    "PATCH /v1/conversations/{conversation_id}": ASK,
    "GET /v1/turns/{turn_id}": ASK,
    "GET /v1/turns/{turn_id}/events": ASK,
    "POST /v1/turns/{turn_id}/cancel": ASK,
    "POST /v1/turns/{turn_id}/feedback": ASK,
    "GET /v1/turns/{turn_id}/trace": ASK,
    "GET /v1/turns/{turn_id}/citations/{number}": ASK,
    "GET /v1/turns/{turn_id}/export": ASK,
    "GET /v1/documents/{document_id}/provisions/{place}": ASK,
    "GET /v1/documents/{document_id}/original": ASK,
    "GET /v1/search": ASK,
    "GET /v1/suggestions": ASK,
    "GET /v1/metrics": ASK,
    "GET /v1/evaluation/retrieval": EVALUATE,
    "GET /v1/models": ASK,
    "GET /v1/models/{model}": ASK,
    "POST /v1/chat/completions": ASK,
    "POST /v1/ui-messages": ASK,
    "GET /v1/ui-messages/{chat_id}/stream": ASK,
    "POST /v1/queries": ASK,
    "POST /v1/queries/export": ASK,
    "POST /v1/queries/jobs": ASK,
    "GET /v1/queries/jobs/{job_id}": ASK,
    "DELETE /v1/queries/jobs/{job_id}": ASK,
    "GET /v1/documents/{document_id}": ASK,
    "GET /v1/law/{number}": ASK,
    "GET /v1/law/{number}/compare": ASK,
    "GET /v1/law/{number}/timeline": ASK,
    "GET /van-ban/{document_id}": ASK,
    "POST /v1/widget-tokens": MINT,
    "GET /v1/admin/policy": ADMINISTER,
    "GET /v1/admin/audit": ADMINISTER,
    "GET /v1/admin/audit/verify": ADMINISTER,
    "GET /v1/admin/ingest-runs": ADMINISTER,
    "GET /v1/admin/documents/statuses": ADMINISTER,
    "GET /v1/admin/kill-switch": ADMINISTER,
    "PUT /v1/admin/kill-switch": ADMINISTER,
}
"""Every operation, and who may call it. What is not here fails the test: a new operation says whom it is for."""

UNDESCRIBED = {"GET /van-ban/{document_id}"}
"""A page for people, which the description of the API leaves out."""
OWN = {"conversation_id", "turn_id", "job_id"}
"""Names in paths that stand for something of one person's own."""
SHARED = {"document_id", "number", "model", "place"}
"""Names in paths that stand for what everybody of a scope may read."""
CHOSEN = {"chat_id"}
"""Names a caller gives itself: what another gave the same name is another thing."""
NOBODY_ELSE = "192.0.2.7"
PERSONS = {
    "national": ("national", {Right.ASK}),
    "province": ("province:01", {Right.ASK}),
    "same province": ("province:01", {Right.ASK}),
    "other province": ("province:79", {Right.ASK}),
    "administrator": ("administrator", {Right.ASK}),
    "host page": ("province:01", {Right.WIDGET}),
}
MAY = {
    ASK: {"national", "province", "same province", "other province"},
    EVALUATE: set(),  # the shipped policy names nobody
    ADMINISTER: {"administrator"},
    MINT: {"host page"},
}


@dataclass(frozen=True)
class Service:
    client: TestClient
    tokens: dict[str, str]

    def call(self, operation: str, who: str | None, **names: str) -> Any:
        method, _, path = operation.partition(" ")
        headers = {"authorization": f"Bearer {self.tokens[who]}"} if who else {}
        places = dict.fromkeys(OWN | SHARED | CHOSEN, "none") | names
        return self.client.request(method, path.format(**places), headers={**headers, "accept": "application/json"})

    def json(self, path: str, who: str, body: dict[str, str]) -> Any:
        headers = {"authorization": f"Bearer {self.tokens[who]}", "accept": "application/json"}
        return self.client.post(path, json=body, headers=headers).json()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    services: ScriptedServices = scripted_services(tmp_path_factory.mktemp("matrix"))
    keys, until = ApiKeys(services.settings.keys_path), datetime.now(UTC) + timedelta(days=1)
    tokens = {who: keys.create(scope, frozenset(rights), who, until)[1] for who, (scope, rights) in PERSONS.items()}
    # A client elsewhere: nothing but its token speaks for it.
    with capture_logs(), TestClient(build_app(services), client=(NOBODY_ELSE, 1)) as client:
        yield Service(client, tokens)


def described(service: Service) -> set[str]:
    paths = service.client.get("/openapi.json").json()["paths"]
    return {f"{method.upper()} {path}" for path, operations in paths.items() for method in operations}


def test_every_operation_says_whom_it_is_for(service: Service) -> None:
    assert described(service) | UNDESCRIBED == set(OPERATIONS)


def test_nothing_answers_beside_the_described_operations(service: Service) -> None:
    routes = {getattr(route, "path", "") for route in service.client.app.routes}  # type: ignore[attr-defined]
    known = {operation.partition(" ")[2] for operation in OPERATIONS}
    assert {path for path in routes if path not in known} <= {"/", "/web", "/openapi.json", "/mcp", ""}


@pytest.mark.parametrize("who", [None, "administrator", "host page"])
def test_the_door_for_other_assistants_is_for_officers_too(service: Service, who: str | None) -> None:
    assert service.call("POST /mcp", who).status_code == (403 if who else 401)


def test_every_name_in_a_path_is_somebodys_own_or_shared() -> None:
    names = {part[1:-1] for operation in OPERATIONS for part in operation.split("/") if part.startswith("{")}
    assert names <= OWN | SHARED | CHOSEN


@pytest.mark.parametrize("operation", OPERATIONS)
def test_without_a_token_nothing_but_the_public_answers(service: Service, operation: str) -> None:
    status = service.call(operation, None).status_code
    assert (status != 401) if OPERATIONS[operation] == PUBLIC else (status == 401)


@pytest.mark.parametrize("operation", [one for one, needed in OPERATIONS.items() if needed != PUBLIC])
@pytest.mark.parametrize("who", PERSONS)
def test_a_role_may_do_exactly_what_the_table_says(service: Service, who: str, operation: str) -> None:
    status = service.call(operation, who).status_code
    allowed = who in MAY[OPERATIONS[operation]]
    assert (status not in (401, 403)) if allowed else (status == 403)
    assert status < 500 or status == 503


def _conversation(service: Service) -> dict[str, str]:
    return {"conversation_id": service.json("/v1/conversations", "province", {})["id"]}


def _turn(service: Service) -> dict[str, str]:
    place = f"/v1/conversations/{_conversation(service)['conversation_id']}"
    service.json(f"{place}/turns", "province", {"question": "Quy định gì?"})
    token = {"authorization": f"Bearer {service.tokens['province']}"}
    return {"turn_id": service.client.get(place, headers=token).json()["turns"][0]["id"]}


def _job(service: Service) -> dict[str, str]:
    return {"job_id": service.json("/v1/queries/jobs", "province", {"sql": "SELECT 1"})["id"]}


MAKERS: dict[str, Callable[[Service], dict[str, str]]] = {
    "conversation_id": _conversation,
    "turn_id": _turn,
    "job_id": _job,
}


BODIES = {"turns": {"question": "Quy định gì?"}, "feedback": {"rating": "up"}}
"""What fits an operation, by the end of its path: whose it is must be seen before what was sent."""


def test_everything_of_ones_own_can_be_made_for_this_test() -> None:
    assert set(MAKERS) == OWN


@pytest.mark.parametrize("who", ["national", "same province", "other province"])
@pytest.mark.parametrize("operation", [one for one in OPERATIONS if any(f"{{{name}}}" in one for name in OWN)])
def test_what_is_somebodys_own_does_not_exist_for_others(service: Service, who: str, operation: str) -> None:
    names: dict[str, str] = {}
    for name in OWN:
        if f"{{{name}}}" in operation:
            names |= MAKERS[name](service)
    method, _, path = operation.partition(" ")
    headers = {"authorization": f"Bearer {service.tokens[who]}"}
    body = BODIES.get(path.rsplit("/", 1)[-1], {"title": "x"} if method == "PATCH" else None)
    places = dict.fromkeys(SHARED, "none") | names
    assert service.client.request(method, path.format(**places), headers=headers, json=body).status_code == 404


def test_a_document_is_read_by_those_whose_labels_fit(service: Service) -> None:
    for operation in ("GET /v1/documents/{document_id}", "GET /van-ban/{document_id}"):
        assert service.call(operation, "national", document_id=DOCUMENT.id).status_code == 200
        assert service.call(operation, "province", document_id=DOCUMENT.id).status_code == 404


def test_refusals_are_on_record(service: Service, tmp_path: Path) -> None:
    service.call("POST /v1/widget-tokens", "national")
    service.call("POST /v1/queries", None)
    log = service.client.app.state.shared.services.accounts.log  # type: ignore[attr-defined]
    codes = [entry.fields.get("code") for entry in log.entries()]
    assert {"key_right_missing", "not_authenticated"} <= set(codes)
