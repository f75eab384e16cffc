"""Tokens of an identity provider: what is believed, and every way in which one is not."""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from assistant.access.policy import load_policy
from assistant.access.principal import Role
from assistant.access.sign_in import Right, open_bearers
from assistant.access.sign_in.oidc import Oidc, open_oidc
from assistant.access.sign_in.provider_keys import DISCOVERY, ProviderKeys, fetch_json
from assistant.errors import AssistantError, ConfigurationError, NotPermitted, SignInUnavailable
from assistant.settings import OidcSettings, Settings

ISSUER = "https://id.example.vn"
RSA = RSAKey.generate_key(2048, {"use": "sig", "kid": "a"})
EC = ECKey.generate_key("P-256", {"use": "sig", "kid": "e"})
SECOND = RSAKey.generate_key(2048, {"use": "sig", "kid": "b"})
STRANGER = RSAKey.generate_key(2048, {"use": "sig", "kid": "a"})
POLICY = load_policy(Settings().policy_file)
SETTINGS = OidcSettings(issuer=ISSUER, audience="troly")


class Provider:
    """The two documents of an identity provider; `down` makes them unreachable."""

    def __init__(self, *keys: Any) -> None:
        self.keys, self.down, self.reads, self.issuer = keys, False, 0, ISSUER

    def __call__(self, url: str) -> Any:
        if self.down:
            raise ValueError("nobody answers")
        if url.endswith(DISCOVERY):
            return {"issuer": self.issuer, "jwks_uri": f"{ISSUER}/keys"}
        self.reads += 1
        return KeySet(list(self.keys)).as_dict()


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def reader(provider: Provider, clock: Clock | None = None, **changes: Any) -> Oidc:
    chosen = SETTINGS.model_copy(update=changes)
    return Oidc(chosen, POLICY, ProviderKeys(ISSUER, chosen.keys_seconds, provider, clock or Clock()))


def claims(**changes: Any) -> dict[str, Any]:
    given = {"iss": ISSUER, "aud": "troly", "sub": "u1", "exp": time.time() + 600, "role": "national", **changes}
    return {name: value for name, value in given.items() if value is not None}


def token(key: Any = RSA, alg: str = "RS256", **changes: Any) -> str:
    return jwt.encode({"alg": alg, "kid": key.kid}, claims(**changes), key, algorithms=[alg])


def unsigned(header: dict[str, str], secret: bytes | None = None) -> str:
    """A token as an attacker writes it: with no signature, or an HMAC under whatever they have."""

    def part(value: bytes) -> bytes:
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    body = b".".join(part(json.dumps(one).encode()) for one in (header, claims()))
    signature = hmac.new(secret, body, hashlib.sha256).digest() if secret else b""
    return (body + b"." + part(signature)).decode()


def refusal(oidc: Oidc, text: str) -> str:
    with pytest.raises(AssistantError) as caught:
        oidc.principal(text)
    return caught.value.code


@pytest.mark.parametrize(("key", "alg"), [(RSA, "RS256"), (EC, "ES256")])
def test_a_token_with_a_known_key_is_a_person_with_a_role(key: Any, alg: str) -> None:
    principal = reader(Provider(RSA, EC)).principal(token(key, alg))
    assert (principal.role, principal.territories, principal.person) == (Role.NATIONAL, (), "oidc:u1")


@pytest.mark.parametrize(
    ("given", "scope"),
    [
        ({"role": "province", "territory": "01"}, "province:01"),
        ({"role": ["x", "province"], "territory": ["79", "01"]}, "province:01,79"),
        ({"role": "province", "territory": "79, 01"}, "province:01,79"),
        ({"role": "administrator", "territory": "01"}, "administrator"),
        ({"role": ["offline_access", "national"]}, "national"),
    ],
)
def test_roles_and_territories_come_from_claims(given: dict[str, Any], scope: str) -> None:
    assert reader(Provider(RSA)).principal(token(**given)).scope == scope


def test_a_person_of_the_provider_may_ask_and_nothing_more(tmp_path: Path) -> None:
    bearers = replace(open_bearers(Settings(data_dir=tmp_path), POLICY), oidc=reader(Provider(RSA)))
    found = bearers.read(token())
    assert (found.principal.person, found.rights, found.via) == ("oidc:u1", {Right.ASK}, "oidc")
    assert (found.key_id, found.origin) == ("", "")


def test_claims_are_named_by_settings_and_may_lie_deeper() -> None:
    oidc = reader(
        Provider(RSA), role_claim="realm_access.roles", territory_claim="https://x.vn/area", province="so-gddt"
    )
    given = {"role": None, "realm_access": {"roles": ["so-gddt"]}, "https://x.vn/area": ["48"]}
    assert oidc.principal(token(**given)).scope == "province:48"


@pytest.mark.parametrize(
    "given",
    [
        {"role": "teacher"},
        {"role": None},
        {"role": 7},
        {"role": ["national", "administrator"]},
        {"role": {"national": True}},
        {"role": "province"},
        {"role": "province", "territory": "00"},
        {"role": "province", "territory": ["01", "00"]},
        {"role": "province", "territory": 1},
        {"role": "province", "territory": {}},
    ],
)
def test_an_unknown_role_or_territory_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(NotPermitted):
        reader(Provider(RSA)).principal(token(**given))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"iss": "https://other.vn"}, "token_invalid"),
        ({"iss": None}, "token_invalid"),
        ({"aud": "another-client"}, "token_invalid"),
        ({"aud": None}, "token_invalid"),
        ({"aud": []}, "token_invalid"),
        ({"sub": None}, "token_invalid"),
        ({"sub": "a b"}, "token_invalid"),
        ({"sub": "a" * 201}, "token_invalid"),
        ({"sub": 5}, "token_invalid"),
        ({"exp": None}, "token_invalid"),
        ({"exp": time.time() - 3600}, "token_expired"),
        ({"exp": "never"}, "token_invalid"),
        ({"nbf": time.time() + 3600}, "token_invalid"),
    ],
)
def test_a_token_for_somebody_else_or_another_time_is_refused(given: dict[str, Any], code: str) -> None:
    assert refusal(reader(Provider(RSA)), token(**given)) == code


def test_a_clock_a_minute_off_is_forgiven() -> None:
    off = {"exp": time.time() - 30, "nbf": time.time() + 50}
    assert reader(Provider(RSA)).principal(token(**off)).person == "oidc:u1"


def test_the_key_decides_and_not_what_the_token_says_of_itself() -> None:
    oidc = reader(Provider(RSA, EC))
    public = RSA.as_pem(private=False)
    for text in (
        unsigned({"alg": "none"}),
        unsigned({"alg": "none", "kid": "a"}),
        unsigned({"alg": "HS256", "kid": "a"}, public),
        unsigned({"alg": "RS256", "kid": "a"}),
        token(STRANGER),
        jwt.encode({"alg": "RS512", "kid": "a"}, claims(), RSA, algorithms=["RS512"]),
        token(RSA).rsplit(".", 1)[0] + ".AAAA",
        "",
        "a.b.c",
        "é.é.é",
        "x" * 20_000,
    ):
        assert refusal(oidc, text) == "token_invalid"
    assert refusal(reader(Provider(EC)), unsigned({"alg": "RS256", "kid": "e"})) == "token_invalid"


def test_a_token_without_a_key_id_needs_a_provider_with_one_key() -> None:
    bare = jwt.encode({"alg": "RS256"}, claims(), RSA, algorithms=["RS256"])
    assert reader(Provider(RSA)).principal(bare).person == "oidc:u1"
    assert refusal(reader(Provider(RSA, SECOND)), bare) == "token_invalid"


def test_a_new_key_is_found_and_an_old_one_forgotten() -> None:
    provider, clock = Provider(RSA), Clock()
    oidc = reader(provider, clock)
    oidc.principal(token())
    oidc.principal(token())
    assert provider.reads == 1
    provider.keys = (SECOND,)
    assert refusal(oidc, token(SECOND)) == "token_invalid"  # not asked again at once
    clock.now += 11
    assert oidc.principal(token(SECOND)).person == "oidc:u1"
    assert refusal(oidc, token(RSA)) == "token_invalid"
    assert provider.reads == 2
    provider.keys = (RSA,)
    clock.now += 301
    assert refusal(oidc, token(SECOND)) == "token_invalid"


def test_a_provider_that_is_down_is_named_and_known_keys_go_on_for_a_day() -> None:
    provider, clock = Provider(RSA), Clock()
    provider.down = True
    oidc = reader(provider, clock)
    assert refusal(oidc, token()) == "sign_in_unavailable"
    provider.down = False
    assert refusal(oidc, token()) == "sign_in_unavailable"  # not asked again at once
    clock.now += 11
    oidc.principal(token())
    provider.down = True
    clock.now += 80_000
    oidc.principal(token())
    clock.now += 10_000
    assert refusal(oidc, token()) == "sign_in_unavailable"


def test_another_issuers_document_and_secret_keys_are_not_believed() -> None:
    provider = Provider(RSA)
    provider.issuer = "https://other.vn"
    assert refusal(reader(provider), token()) == "sign_in_unavailable"
    provider = Provider(RSAKey.generate_key(2048, {"use": "enc", "kid": "a"}))
    assert refusal(reader(provider), token()) == "sign_in_unavailable"


def test_one_reader_at_a_time_asks_the_provider() -> None:
    provider, clock = Provider(RSA), Clock()
    keys = ProviderKeys(ISSUER, 300, provider, clock)
    keys.find("a")
    clock.now += 301
    with keys._reading:
        assert keys.find("a").kid == "a"
    assert provider.reads == 1


def test_whoever_waited_for_the_first_keys_does_not_ask_again() -> None:
    provider, clock = Provider(RSA), Clock()
    keys = ProviderKeys(ISSUER, 300, provider, clock)
    asked: list[bool] = []
    waiting = Thread(target=lambda: asked.append(keys.read_again()))
    with keys._reading:
        waiting.start()
        keys._tried_at = clock.now
    waiting.join()
    assert (asked, provider.reads) == ([False], 0)


def test_a_key_that_changes_without_a_name_is_found() -> None:
    provider, clock = Provider(RSA), Clock()
    oidc = reader(provider, clock)

    def bare(key: RSAKey) -> str:
        return jwt.encode({"alg": "RS256"}, claims(), key, algorithms=["RS256"])

    oidc.principal(bare(RSA))
    provider.keys = (SECOND,)
    assert refusal(oidc, bare(SECOND)) == "token_invalid"
    clock.now += 11
    assert oidc.principal(bare(SECOND)).person == "oidc:u1"


def test_an_issuer_needs_an_audience_and_https() -> None:
    assert open_oidc(OidcSettings(), POLICY) is None
    assert open_oidc(SETTINGS, POLICY) is not None
    with pytest.raises(ConfigurationError):
        open_oidc(OidcSettings(issuer=ISSUER), POLICY)
    with pytest.raises(ValueError):
        fetch_json("http://id.example.vn/keys")
    with pytest.raises(SignInUnavailable):
        ProviderKeys("http://id.example.vn", 300).find("a")
