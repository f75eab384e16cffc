"""The public keys of an identity provider, found through its discovery document and kept for a while."""

import json
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from assistant.access.sign_in.origins import is_loopback
from assistant.errors import NotAuthenticated, SignInUnavailable

DISCOVERY = "/.well-known/openid-configuration"
_TIMEOUT_SECONDS = 5.0
_MOST_BYTES = 512 * 1024
_AGAIN_SECONDS = 10.0
"""The provider is asked at most this often: tokens with invented key ids must not become requests to it."""
_STALE_SECONDS = 86_400.0


class ProviderKeys:
    """Safe to share between threads. While the provider cannot be reached, keys no older than a day go on."""

    def __init__(
        self,
        issuer: str,
        keep_seconds: float,
        fetch: Callable[[str], Any] | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._issuer, self._keep = issuer, keep_seconds
        self._fetch, self._clock = fetch or fetch_json, clock
        self._keys: tuple[Key, ...] = ()
        self._read_at = self._tried_at = float("-inf")
        self._failure = ""
        self._reading = Lock()

    def find(self, kid: str | None) -> Key:
        """The key a token names. Raises NotAuthenticated where there is none, SignInUnavailable before the first."""
        now = self._clock()
        due = now - self._read_at > self._keep
        if due or self._named(kid) is None:
            self.read_again()
        if not self._keys or now - self._read_at > _STALE_SECONDS:
            raise SignInUnavailable(detail=self._failure)
        found = self._named(kid)
        if found is None:
            raise NotAuthenticated("token_invalid", detail="no key of that id")
        return found

    def _named(self, kid: str | None) -> Key | None:
        if kid is None:
            return self._keys[0] if len(self._keys) == 1 else None
        return next((key for key in self._keys if key.kid == kid), None)

    def read_again(self) -> bool:
        """Ask the provider, unless that was done a moment ago; true when keys came.

        One thread asks; the others need not wait while there are keys to go on with.
        """
        if self._clock() - self._tried_at <= _AGAIN_SECONDS or not self._reading.acquire(blocking=not self._keys):
            return False
        try:
            if self._clock() - self._tried_at <= _AGAIN_SECONDS:  # another thread did while this one waited
                return False
            self._tried_at = self._clock()
            self._keys, self._read_at = self._read(), self._clock()
            return True
        except SignInUnavailable as error:
            self._failure = error.detail
            return False
        finally:
            self._reading.release()

    def _read(self) -> tuple[Key, ...]:
        try:
            described = self._fetch(self._issuer.rstrip("/") + DISCOVERY)
            if described["issuer"] != self._issuer:
                raise SignInUnavailable(detail="the discovery document is another issuer's")
            offered = KeySet.import_key_set(self._fetch(described["jwks_uri"]))
        except (httpx.HTTPError, JoseError, ValueError, LookupError, TypeError) as error:
            raise SignInUnavailable(detail=type(error).__name__) from error
        # A symmetric key in a public document is nobody's secret.
        return tuple(key for key in offered if key.key_type in ("RSA", "EC") and key.get("use") in (None, "sig"))


def fetch_json(url: str) -> Any:
    """The document at an https address (or http on this machine). Raises httpx.HTTPError or ValueError."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ValueError("an identity provider is reached by https")
    began, read = monotonic(), b""
    with httpx.stream("GET", url, timeout=_TIMEOUT_SECONDS, headers={"accept": "application/json"}) as reply:
        reply.raise_for_status()
        for part in reply.iter_bytes():
            read += part
            if len(read) > _MOST_BYTES or monotonic() - began > _TIMEOUT_SECONDS:
                raise ValueError("too long a reply")
    return json.loads(read)
