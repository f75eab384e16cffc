"""API keys and the widget's tokens made with them."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time

import pytest

from assistant.access.policy import load_policy
from assistant.access.sign_in import Bearers, Right, SignedIn, open_bearers
from assistant.access.sign_in.api_keys import ApiKeys
from assistant.access.sign_in.origins import is_loopback, read_origins
from assistant.errors import (
    AssistantError,
    ConfigurationError,
    InvalidRequest,
    NotAuthenticated,
    NotFound,
    NotPermitted,
    StoreUnavailable,
)
from assistant.settings import Settings

SOON = datetime.now(UTC) + timedelta(days=1)
BOTH = frozenset(Right)
ORIGIN = "https://so.example.vn"


@pytest.fixture
def bearers(tmp_path: Path) -> Bearers:
    return open_bearers(Settings(data_dir=tmp_path), load_policy(Settings().policy_file))


def refusal(bearers: Bearers, token: str) -> str:
    with pytest.raises(AssistantError) as caught:
        bearers.read(token)
    return caught.value.code


def signed(bearers: Bearers, scope: str = "national") -> SignedIn:
    return bearers.read(bearers.keys.create(scope, BOTH, "cổng thông tin", SOON)[1])


def test_a_key_is_a_principal_with_rights_and_a_purpose(bearers: Bearers) -> None:
    key, token = bearers.keys.create("province:01", frozenset({Right.ASK}), "cổng thông tin", SOON)
    found = bearers.read(token)
    assert (found.principal.scope, found.principal.person) == ("province:01", f"key:{key.id}")
    assert (found.rights, found.purpose, found.via) == ({Right.ASK}, "cổng thông tin", "key")


def test_only_the_hash_of_a_key_is_kept(bearers: Bearers, tmp_path: Path) -> None:
    _, token = bearers.keys.create("national", BOTH, "x", SOON)
    secret = token.split("_", 2)[2].encode()  # which may hold "_" itself
    assert not [path for path in tmp_path.iterdir() if secret in path.read_bytes()]


def test_a_key_ends_with_its_day_or_when_it_is_revoked(bearers: Bearers) -> None:
    key, token = bearers.keys.create("national", BOTH, "x", SOON)
    _, old = bearers.keys.create("national", BOTH, "x", datetime.now(UTC))
    bearers.keys.revoke(key.id)
    bearers.keys.revoke(key.id)
    assert refusal(bearers, token) == "token_invalid"
    assert refusal(bearers, old) == "token_expired"
    assert [one.state(datetime.now(UTC)) for one in bearers.keys.all()] == ["revoked", "expired"]
    with pytest.raises(NotFound):
        bearers.keys.revoke("nothing")


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "x", lambda t: "troly_000000000000_" + t[-43:]])
def test_a_token_that_is_not_quite_a_key_is_none(bearers: Bearers, change) -> None:
    _, token = bearers.keys.create("national", BOTH, "x", SOON)
    assert refusal(bearers, change(token)) == "token_invalid"
    _, other = bearers.keys.create("national", BOTH, "x", SOON)
    assert refusal(bearers, token[:19] + other[19:]) == "token_invalid"


def test_without_a_provider_nothing_else_is_a_token(bearers: Bearers) -> None:
    assert refusal(bearers, "eyJhbGciOiJub25lIn0.e30.") == "token_invalid"


def test_keys_that_cannot_be_read_are_a_failure_of_ours(tmp_path: Path) -> None:
    (tmp_path / "keys.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreUnavailable):
        ApiKeys(tmp_path / "keys.sqlite").all()


def test_a_widget_gets_no_more_than_its_key_has(bearers: Bearers) -> None:
    national, province = signed(bearers), signed(bearers, "province:01,79")
    for minter, scope, granted in (
        (national, None, "national"),
        (national, "province:01", "province:01"),
        (province, None, "province:01,79"),
        (province, "province:79", "province:79"),
    ):
        token, expires = bearers.mint(minter, scope, "an", ORIGIN, 900)
        found = bearers.read(token)
        assert (found.principal.scope, found.origin, found.rights) == (granted, ORIGIN, {Right.ASK})
        assert found.principal.person == f"key:{minter.key_id}/an"
        assert expires <= time() + 900
    for minter, scope in (
        (province, "national"),
        (province, "province:01,48"),
        (national, "administrator"),
        (national, "province:00"),
        (signed(bearers, "administrator"), "national"),
    ):
        with pytest.raises(NotPermitted):
            bearers.mint(minter, scope, "an", ORIGIN, 900)


def test_a_widgets_token_is_short_sealed_and_dies_with_its_key(bearers: Bearers) -> None:
    minter = signed(bearers)
    for user, seconds in (("a b", 60), ("", 60), ("an", 901)):
        with pytest.raises(InvalidRequest):
            bearers.mint(minter, None, user, ORIGIN, seconds)
    token, _ = bearers.mint(minter, None, "an", ORIGIN, 60)
    old, _ = bearers.mint(minter, None, "an", ORIGIN, -1)
    assert refusal(bearers, old) == "token_expired"
    for broken in (token[:-1], token + "0", "trolyw_.", "trolyw_é.é", token.replace("trolyw_e", "trolyw_f")):
        assert refusal(bearers, broken) == "token_invalid"
    bearers.keys.revoke(minter.key_id)
    assert refusal(bearers, token) == "token_invalid"


def test_a_widgets_token_of_a_key_that_is_gone_is_nothing(bearers: Bearers, tmp_path: Path) -> None:
    token, _ = bearers.mint(signed(bearers), None, "an", ORIGIN, 60)
    with sqlite3.connect(tmp_path / "keys.sqlite") as connection:
        connection.execute("DELETE FROM keys")
    connection.close()
    assert refusal(bearers, token) == "token_invalid"


def test_origins_are_exact() -> None:
    assert read_origins(" https://a.vn, http://b.vn:8080 http://[::1]:1", "X") == (
        "https://a.vn",
        "http://b.vn:8080",
        "http://[::1]:1",
    )
    for wrong in ("*", "https://*.vn", "https://a.vn/", "a.vn", "https://A.vn", "null", "https://a.vn; script-src *"):
        with pytest.raises(ConfigurationError):
            read_origins(wrong, "X")


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("127.0.0.9", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("10.0.0.1", False),
        ("a.vn", False),
    ],
)
def test_this_machine_is_known_by_its_address(host: str, local: bool) -> None:
    assert is_loopback(host) is local


def test_a_token_nobody_signed_is_not_read(bearers: Bearers) -> None:
    with pytest.raises(NotAuthenticated):
        bearers.widgets.read("trolyw_e30.00")
