"""Reads the token of an Authorization header, whichever kind it is, as a caller with rights."""

from dataclasses import dataclass
from functools import lru_cache, partial
from time import time

from assistant.access.policy import Policy
from assistant.access.principal import Principal, Role, parse_principal
from assistant.access.secret_files import key_of
from assistant.access.sign_in import api_keys, widget_tokens
from assistant.access.sign_in.api_keys import ApiKeys, Right
from assistant.access.sign_in.oidc import Oidc, open_oidc
from assistant.access.sign_in.widget_tokens import WidgetToken, WidgetTokens
from assistant.errors import NotAuthenticated, NotPermitted
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A caller. `via` is how it is known: `oidc`, `key`, `widget` or `local`; `origin` binds a widget's token."""

    principal: Principal
    rights: frozenset[Right]
    via: str
    purpose: str = ""
    key_id: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Bearers:
    """Everything that may stand behind `Authorization: Bearer`."""

    policy: Policy
    keys: ApiKeys
    widgets: WidgetTokens
    oidc: Oidc | None

    def read(self, token: str) -> SignedIn:
        """Raises NotAuthenticated or NotPermitted; SignInUnavailable while an identity provider cannot be reached."""
        if token.startswith(widget_tokens.PREFIX):
            return self._widget(self.widgets.read(token))
        if token.startswith(api_keys.PREFIX):
            key = self.keys.find(token)
            principal = parse_principal(key.scope, self.policy, f"key:{key.id}")
            return SignedIn(principal, key.rights, "key", key.purpose, key.id)
        if self.oidc is None:
            raise NotAuthenticated("token_invalid")
        return SignedIn(self.oidc.principal(token), frozenset({Right.ASK}), "oidc")

    def mint(self, minter: SignedIn, scope: str | None, user: str, origin: str, seconds: int) -> tuple[str, int]:
        """A widget's token and its end (seconds of time), for a scope no broader than the minter's own."""
        wanted = parse_principal(scope or minter.principal.scope, self.policy)
        if not _within(wanted, minter.principal):
            raise NotPermitted("widget_scope_too_broad", name=wanted.scope)
        expires = int(time()) + seconds
        return self.widgets.write(WidgetToken(minter.key_id, wanted.scope, user, origin, expires)), expires

    def _widget(self, token: WidgetToken) -> SignedIn:
        """A token dies with its key."""
        key = self.keys.live(token.key_id)
        principal = parse_principal(token.scope, self.policy, f"key:{key.id}/{token.user}")
        return SignedIn(principal, frozenset({Right.ASK}), "widget", key.purpose, key.id, token.origin)


def open_bearers(settings: Settings, policy: Policy) -> Bearers:
    """Opens nothing: keys and secrets are read when the first token comes."""
    secret = lru_cache(maxsize=1)(partial(key_of, None, settings.data_dir / "widget.key"))
    keys = ApiKeys(settings.keys_path)
    return Bearers(policy, keys, WidgetTokens(secret), open_oidc(settings.oidc, policy))


def _within(wanted: Principal, own: Principal) -> bool:
    """Whether everything `wanted` sees is seen by `own`; nobody hands on an administrator's rights."""
    if Role.ADMINISTRATOR in (wanted.role, own.role):
        return False
    return own.role is Role.NATIONAL or (wanted.role is own.role and set(wanted.territories) <= set(own.territories))
