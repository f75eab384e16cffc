"""Errors over HTTP: always problem details with a stable code and a Vietnamese sentence."""

import pytest

from assistant.messages import catalogue
from tests.scripted_services import client_from


def assert_problem(reply, status: int, code: str) -> None:
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.headers["content-type"] == "application/problem+json"
    assert set(reply.json()) >= {"type", "title", "status", "code", "detail"}
    assert code in catalogue()


@pytest.mark.parametrize(
    "body",
    [
        {"json": {}},
        {"json": {"question": 5}},
        {"json": {"question": "a", "sql": "b"}},
        {"json": {"question": "a", "unknown": 1}},
        {"json": {"question": "a", "as_of": "ngày mai"}},
        {"json": ["question"]},
        {"content": b"{", "headers": {"content-type": "application/json"}},
        {"content": b'{"question": "\\ud800"}', "headers": {"content-type": "application/json"}},
    ],
)
def test_a_body_that_does_not_fit_is_an_invalid_request(client, body: dict) -> None:
    reply = client.post("/v1/queries", **body)
    assert_problem(reply, 422, "invalid_request")
    assert "Yêu cầu không hợp lệ" in reply.json()["detail"]


def test_a_body_that_is_not_called_json_is_refused(client) -> None:
    for headers in ({"content-type": "text/plain"}, {"content-type": "multipart/form-data; boundary=x"}, {}):
        reply = client.post("/v1/queries", content=b'{"question": "a"}', headers=headers)
        assert_problem(reply, 415, "media_type_unsupported")


def test_an_invalid_request_names_its_fields(client) -> None:
    reply = client.post("/v1/queries", json={"question": "a", "as_of": "x"})
    assert reply.json()["fields"] == ["as_of"]


@pytest.mark.parametrize("content", [b"[" * 60_000, b"\xff\xfe", b'{"question": ' + b"9" * 5_000 + b"}"])
def test_json_that_breaks_the_parser_is_a_clean_error(client, content: bytes) -> None:
    reply = client.post("/v1/queries", content=content, headers={"content-type": "application/json"})
    assert reply.status_code in {400, 422}
    assert_problem(reply, reply.status_code, "invalid_request")


def test_a_body_over_64_kb_is_too_large(client) -> None:
    reply = client.post("/v1/queries", json={"question": "x" * 70_000})
    assert_problem(reply, 413, "body_too_large")
    assert "64 KB" in reply.json()["detail"]


def test_a_body_without_a_length_is_bounded_too(client) -> None:
    pieces = (b'{"question": "' if not at else b"x" * 10_000 for at in range(20))
    reply = client.post("/v1/queries", content=pieces, headers={"content-type": "application/json"})
    assert_problem(reply, 413, "body_too_large")


def test_an_unknown_address_and_method_are_problems(client) -> None:
    assert_problem(client.get("/v1/nothing"), 404, "not_found")
    assert_problem(client.put("/v1/queries", json={}), 405, "method_not_allowed")
    assert_problem(client.get("/v1/conversations/khong-co"), 404, "conversation_not_found")


def test_nobody_is_answered_without_a_principal(services) -> None:
    services.settings = services.settings.model_copy(update={"default_principal": None})
    with client_from("127.0.0.1", services) as client:
        assert_problem(client.post("/v1/conversations"), 401, "principal_missing")
        assert_problem(client.post("/v1/queries", json={"sql": "SELECT 1"}), 401, "principal_missing")


@pytest.mark.parametrize("host", ["10.0.0.7", "203.0.113.5", "2001:db8::1", ""])
def test_another_machine_gets_neither_the_default_principal_nor_its_own_word(services, host: str) -> None:
    with client_from(host, services) as client:
        assert_problem(client.post("/v1/conversations"), 401, "not_authenticated")
        named = client.post("/v1/conversations", headers={"X-Troly-Principal": "national"})
        assert_problem(named, 401, "principal_header_refused")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "::ffff:127.0.0.1"])
def test_this_machine_gets_the_default_principal(services, host: str) -> None:
    with client_from(host, services) as client:
        assert client.post("/v1/conversations").status_code == 201


def test_a_foreign_host_name_or_a_proxy_is_not_this_machine(services) -> None:
    with client_from("127.0.0.1", services, "http://rebound.test") as client:
        assert_problem(client.post("/v1/conversations"), 401, "not_authenticated")
    with client_from("127.0.0.1", services) as client:
        behind = client.post("/v1/conversations", headers={"X-Forwarded-For": "203.0.113.5"})
        assert_problem(behind, 401, "not_authenticated")


def test_the_principal_header_needs_the_setting(services) -> None:
    services.settings = services.settings.model_copy(update={"trust_principal_header": False})
    with client_from("127.0.0.1", services) as client:
        reply = client.post("/v1/conversations", headers={"X-Troly-Principal": "national"})
        assert_problem(reply, 401, "principal_header_refused")


def test_a_principal_outside_the_policy_is_refused(client) -> None:
    for named, code in (("admin", "principal_unknown"), ("province:XX", "territory_unknown")):
        reply = client.post("/v1/conversations", headers={"X-Troly-Principal": named})
        assert_problem(reply, 403, code)
