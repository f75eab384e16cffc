"""Tokens for a widget in somebody's page: minted by that page's server with its API key, short, bound to an origin."""

import hashlib
import hmac
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import asdict, dataclass
from time import time

from assistant.errors import InvalidRequest, NotAuthenticated

PREFIX = "trolyw_"
MOST_SECONDS = 900
USER = re.compile(r"[!-~]{1,100}\Z")


@dataclass(frozen=True, slots=True)
class WidgetToken:
    """What a token says. `scope` is no broader than the scope of the key `key_id`; `expires` is in seconds of time."""

    key_id: str
    scope: str
    user: str
    origin: str
    expires: int


@dataclass(frozen=True, slots=True)
class WidgetTokens:
    """Signs and reads tokens with a secret of this service; nothing is kept of them."""

    secret: Callable[[], bytes]

    def write(self, token: WidgetToken) -> str:
        """Raises InvalidRequest for a user's name that is none, or too long a life."""
        if not USER.match(token.user):
            raise InvalidRequest("widget_user_invalid")
        if token.expires > time() + MOST_SECONDS:
            raise InvalidRequest("widget_too_long", seconds=MOST_SECONDS)
        body = urlsafe_b64encode(json.dumps(asdict(token), separators=(",", ":")).encode()).decode()
        return f"{PREFIX}{body}.{self._seal(body)}"

    def read(self, text: str) -> WidgetToken:
        """Raises NotAuthenticated for a token this service did not sign, or whose time is over."""
        body, _, seal = text.removeprefix(PREFIX).rpartition(".")
        if not hmac.compare_digest(seal.encode(), self._seal(body).encode()):
            raise NotAuthenticated("token_invalid")
        token = WidgetToken(**json.loads(urlsafe_b64decode(body)))
        if time() >= token.expires:
            raise NotAuthenticated("token_expired")
        return token

    def _seal(self, body: str) -> str:
        return hmac.new(self.secret(), b"widget\0" + body.encode(), hashlib.sha256).hexdigest()
