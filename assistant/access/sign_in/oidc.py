"""Tokens of an identity provider (OpenID Connect): verified, and read as a role with territories."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from joserfc import jwt
from joserfc.errors import BadSignatureError, ExpiredTokenError, JoseError
from joserfc.jwk import Key
from joserfc.jwt import JWTClaimsRegistry

from assistant.access.policy import Policy
from assistant.access.principal import Principal, Role, province
from assistant.access.sign_in.provider_keys import ProviderKeys
from assistant.errors import ConfigurationError, NotAuthenticated, NotPermitted
from assistant.settings import OidcSettings

ALGORITHMS = ("RS256", "ES256")
LEEWAY_SECONDS = 60
MOST_CHARACTERS = 16_384
_SUBJECT = re.compile(r"[!-~]{1,200}\Z")


class _Signed(Protocol):
    def headers(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Oidc:
    """Raises NotAuthenticated for a token that does not hold, NotPermitted for one whose claims mean nobody here."""

    settings: OidcSettings
    policy: Policy
    keys: ProviderKeys

    def principal(self, token: str) -> Principal:
        claims = self._verified(token)
        subject = claims["sub"]
        if not isinstance(subject, str) or not _SUBJECT.match(subject):
            raise NotAuthenticated("token_invalid", detail="sub")
        role = self._role(_words(_claim(claims, self.settings.role_claim)))
        if role is not Role.PROVINCE:
            return Principal(role, (), f"oidc:{subject}")
        return province(_words(_claim(claims, self.settings.territory_claim)), self.policy, f"oidc:{subject}")

    def _verified(self, token: str) -> Mapping[str, Any]:
        if len(token) > MOST_CHARACTERS:
            raise NotAuthenticated("token_invalid", detail="too long")
        registry = JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.settings.issuer or ""},
            aud={"essential": True, "value": self.settings.audience or ""},
            exp={"essential": True},
            sub={"essential": True},
        )
        try:
            claims = self._signed(token)
            registry.validate(claims)
        except ExpiredTokenError as error:
            raise NotAuthenticated("token_expired") from error
        except (JoseError, ValueError, TypeError) as error:
            raise NotAuthenticated("token_invalid", detail=type(error).__name__) from error
        return claims

    def _signed(self, token: str) -> dict[str, Any]:
        try:
            return jwt.decode(token, self._key, algorithms=ALGORITHMS).claims
        except BadSignatureError:
            # Providers that name no key in their tokens change it all the same.
            if not self.keys.read_again():
                raise
            return jwt.decode(token, self._key, algorithms=ALGORITHMS).claims

    def _key(self, signed: _Signed) -> Key:
        kid = signed.headers().get("kid")
        return self.keys.find(kid if isinstance(kid, str) else None)

    def _role(self, words: Sequence[str]) -> Role:
        """The one role the claim names; two would leave it to chance which."""
        names = {
            self.settings.national: Role.NATIONAL,
            self.settings.province: Role.PROVINCE,
            self.settings.administrator: Role.ADMINISTRATOR,
        }
        found = {names[word] for word in words if word in names}
        if len(found) != 1:
            raise NotPermitted("role_claim_unknown", name=self.settings.role_claim)
        return found.pop()


def open_oidc(settings: OidcSettings, policy: Policy) -> Oidc | None:
    """None without an issuer. Raises ConfigurationError when it has no audience: any client's token would do then."""
    if settings.issuer is None:
        return None
    if not settings.audience:
        raise ConfigurationError("setting_invalid", name="TROLY_OIDC__AUDIENCE", reason="required with an issuer")
    return Oidc(settings, policy, ProviderKeys(settings.issuer, settings.keys_seconds))


def _claim(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name, or by a path such as `realm_access.roles`."""
    if name in claims:
        return claims[name]
    value: Any = claims
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _words(value: Any) -> list[str]:
    """The words of a claim: a text with spaces or commas, or a list of texts. Codes are texts, never numbers."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
