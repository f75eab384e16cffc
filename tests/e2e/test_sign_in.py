"""Sign-in at a real identity provider (oidc-provider-mock, a process of its own), then questions with its token."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.access.sign_in import provider_keys
from assistant.app import build_app
from assistant.settings import OidcSettings
from tests.browser import free_port
from tests.scripted_services import scripted_services

CLIENT = "troly"
REDIRECT = "http://127.0.0.1/back"


@contextmanager
def provider(port: int) -> Iterator[str]:
    """Its address once it answers. Every start makes new signing keys."""
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "running on" in line:
                break
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.stderr.read()


def sign_in(issuer: str, subject: str, client_id: str = CLIENT, **claims: object) -> str:
    """The ID token of the authorization code flow, as a browser and a client library get it."""
    with httpx.Client(base_url=issuer) as browser:
        browser.put(f"/users/{subject}", json=claims).raise_for_status()
        asked = {"client_id": client_id, "redirect_uri": REDIRECT, "response_type": "code", "scope": "openid"}
        form = browser.post("/oauth2/authorize", params=asked, data={"sub": subject})
        code = parse_qs(urlsplit(form.headers["location"]).query)["code"][0]
        grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
        tokens = browser.post("/oauth2/token", data={**grant, "client_id": client_id, "client_secret": "any"})
        return str(tokens.json()["id_token"])


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    services = scripted_services(tmp_path)
    issuer = f"http://127.0.0.1:{free_port()}"
    services.settings = services.settings.model_copy(update={"oidc": OidcSettings(issuer=issuer, audience=CLIENT)})
    with TestClient(build_app(services), client=("192.0.2.7", 1)) as opened:
        yield opened


def begin(client: TestClient, token: str) -> httpx.Response:
    return client.post("/v1/conversations", headers={"authorization": f"Bearer {token}"})


def test_a_person_signs_in_asks_and_keeps_what_is_theirs(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    issuer = client.app.state.shared.services.settings.oidc.issuer
    port = urlsplit(issuer).port or 0
    with provider(port):
        token = sign_in(issuer, "an", role="province", territory=["01"])
        conversation = begin(client, token).json()["id"]
        own = client.get(f"/v1/conversations/{conversation}", headers={"authorization": f"Bearer {token}"})
        assert own.status_code == 200
        colleague = sign_in(issuer, "binh", role="province", territory=["01"])
        theirs = client.get(f"/v1/conversations/{conversation}", headers={"authorization": f"Bearer {colleague}"})
        assert theirs.status_code == 404
        for refused, code in (
            (sign_in(issuer, "chi", client_id="another", role="national"), "token_invalid"),
            (sign_in(issuer, "dung", role="teacher"), "role_claim_unknown"),
            (sign_in(issuer, "em", role="province", territory="00"), "territory_unknown"),
        ):
            assert begin(client, refused).json()["code"] == code
    # The provider is down, its keys are known: who has a token goes on.
    assert begin(client, token).status_code == 201
    monkeypatch.setattr(provider_keys, "_AGAIN_SECONDS", 0.0)
    with provider(port):  # with new keys
        again = sign_in(issuer, "an", role="province", territory=["01"])
        assert begin(client, again).status_code == 201
        assert begin(client, token).json()["code"] == "token_invalid"
    log = client.app.state.shared.services.accounts.log
    actors = [(entry.fields["kind"], entry.fields["actor"]) for entry in log.entries()]
    assert ("sign_in", "province:01 oidc:an") in actors
    assert actors.count(("refusal", "unknown")) == 4
