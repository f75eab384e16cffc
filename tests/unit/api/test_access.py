"""At the door over HTTP: keys, a widget's token, other sites' pages, quotas."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.access.policy import Quota
from assistant.access.sign_in import Right
from assistant.access.sign_in.api_keys import ApiKeys
from assistant.app import build_app
from assistant.cli.serving import serve_forever
from assistant.errors import ConfigurationError
from assistant.settings import WebSettings
from tests.scripted_services import ScriptedServices, client_from, scripted_services

PAGE = "https://so.example.vn"


@pytest.fixture
def services(tmp_path: Path) -> ScriptedServices:
    made = scripted_services(tmp_path)
    web = WebSettings(allowed_origins=f"{PAGE} https://bo.example.vn", frame_ancestors=PAGE)
    made.settings = made.settings.model_copy(update={"web": web})
    return made


@pytest.fixture
def remote(services: ScriptedServices) -> Iterator[TestClient]:
    with TestClient(build_app(services), "https://troly.example.vn", client=("192.0.2.7", 1)) as client:
        yield client


def key(services: ScriptedServices, *rights: Right, scope: str = "province:01") -> dict[str, str]:
    until = datetime.now(UTC) + timedelta(days=1)
    return bearer(ApiKeys(services.settings.keys_path).create(scope, frozenset(rights), "cổng", until)[1])


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def test_a_widgets_token_works_from_its_page_only(remote: TestClient, services: ScriptedServices) -> None:
    minted = remote.post("/v1/widget-tokens", json={"origin": PAGE, "user": "an"}, headers=key(services, Right.WIDGET))
    assert minted.status_code == 201
    token = bearer(minted.json()["token"])
    for more, status in (
        ({"origin": PAGE}, 201),
        ({"origin": "https://troly.example.vn"}, 201),
        ({"sec-fetch-site": "same-origin"}, 201),
        ({}, 403),
        ({"origin": "https://bo.example.vn"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
    ):
        assert remote.post("/v1/conversations", headers={**token, **more}).status_code == status, more


def test_a_key_mints_for_known_pages_with_the_right_to_do_so(remote: TestClient, services: ScriptedServices) -> None:
    may = key(services, Right.WIDGET)
    for headers, body, code in (
        (key(services, Right.ASK), {"origin": PAGE, "user": "an"}, "key_right_missing"),
        (may, {"origin": "https://evil.vn", "user": "an"}, "widget_origin_unknown"),
        (may, {"origin": PAGE, "user": "an", "scope": "national"}, "widget_scope_too_broad"),
        (may, {"origin": PAGE, "user": "an", "seconds": 901}, "invalid_request"),
        (may, {"origin": PAGE, "user": ""}, "invalid_request"),
        ({}, {"origin": PAGE, "user": "an"}, "not_authenticated"),
    ):
        assert remote.post("/v1/widget-tokens", json=body, headers=headers).json()["code"] == code


def test_only_known_origins_are_told_that_they_may_call(remote: TestClient) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    known = remote.options("/v1/conversations", headers={**asked, "origin": PAGE})
    assert (known.status_code, known.headers["access-control-allow-origin"]) == (200, PAGE)
    assert "access-control-allow-credentials" not in known.headers
    unknown = remote.options("/v1/conversations", headers={**asked, "origin": "https://evil.vn"})
    assert "access-control-allow-origin" not in unknown.headers


def test_only_known_origins_may_frame_the_pages(remote: TestClient) -> None:
    page = remote.get("/").headers
    assert f"frame-ancestors 'self' {PAGE}" in page["content-security-policy"]
    assert page["cross-origin-resource-policy"] == "same-origin"
    assert remote.get("/web/troly-chat.js").headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_page_of_another_site_cannot_use_the_login_of_this_machine(services: ScriptedServices) -> None:
    with client_from("127.0.0.1", services) as local:
        for headers, status in (
            ({}, 201),
            ({"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}, 201),
            ({"origin": PAGE}, 403),
            ({"origin": "null"}, 403),
            ({"sec-fetch-site": "cross-site"}, 403),
        ):
            assert local.post("/v1/conversations", headers=headers).status_code == status


def test_a_wrong_token_is_not_saved_by_being_on_this_machine(services: ScriptedServices) -> None:
    with client_from("127.0.0.1", services) as local:
        for scheme in ("Bearer x", "Basic eDp5", "Bearer", "Bearer troly_0"):
            reply = local.post("/v1/conversations", headers={"authorization": scheme})
            assert (reply.status_code, reply.json()["code"]) == (401, "token_invalid")


def test_over_its_quota_a_caller_is_told_when_to_come_back(services: ScriptedServices) -> None:
    once = Quota(burst=1, per_minute=6)
    quotas = services.policy.quotas.model_copy(update={"requests": once, "refusals": once})
    services.policy = services.policy.model_copy(update={"quotas": quotas})
    with TestClient(build_app(services), client=("192.0.2.7", 1)) as client:
        own, other = key(services, Right.ASK), key(services, Right.ASK)
        assert client.post("/v1/conversations", headers=own).status_code == 201
        late = client.post("/v1/conversations", headers=own)
        assert (late.status_code, late.json()["code"], late.headers["retry-after"]) == (429, "rate_limited", "10")
        assert client.post("/v1/conversations", headers=other).status_code == 201
        assert [client.get("/v1/conversations/x").status_code for _ in range(2)] == [401, 429]


def test_callers_are_forgotten_before_they_fill_the_memory(
    services: ScriptedServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.api.dependencies._MOST_SIGNED_IN", 1)
    with client_from("127.0.0.1", services) as client:
        for name in ("national", "province:01"):
            client.post("/v1/conversations", headers={"X-Troly-Principal": name})
        assert len(client.app.state.shared.signed_in) == 1


@pytest.mark.parametrize("changes", [{"default_principal": "national"}, {"trust_principal_header": True}])
def test_a_login_without_a_token_is_never_served_to_other_machines(
    services: ScriptedServices, changes: dict[str, object]
) -> None:
    bare = {"host": "0.0.0.0", "default_principal": None, "trust_principal_header": False}
    with pytest.raises(ConfigurationError) as caught:
        serve_forever(services.settings.model_copy(update={**bare, **changes}))
    assert caught.value.code == "development_login_exposed"
