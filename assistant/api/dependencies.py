"""What a route takes from the application, and who is asking."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from assistant.access.audit import Kind
from assistant.access.limits import RateLimit
from assistant.access.principal import Principal, parse_principal
from assistant.api.running.turns import RunningTurns
from assistant.conversations.repository import ConversationRepository
from assistant.errors import NotAuthenticated, RequestError

if TYPE_CHECKING:
    from assistant.answering.services import Services

PRINCIPAL_HEADER = "X-Troly-Principal"
_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")


@dataclass(frozen=True, slots=True)
class Shared:
    """One per application, in `app.state.shared`. `workers` run what is synchronous, `turns` are what they answer."""

    services: "Services"
    conversations: ConversationRepository
    workers: ThreadPoolExecutor
    turns: RunningTurns
    beginning: RateLimit
    asking: RateLimit
    signed_in: set[tuple[str, str]] = field(default_factory=set)


def shared_of(request: Request) -> Shared:
    shared: Shared = request.app.state.shared
    return shared


def principal_of(request: Request) -> Principal:
    """The caller, whose first request and every refusal are put on record."""
    parts = shared_of(request)
    client = request.client.host if request.client else ""
    try:
        principal = _caller(request, parts)
    except RequestError as error:
        parts.services.accounts.note(Kind.REFUSAL, None, code=error.code, client=client)
        raise
    if (str(principal), client) not in parts.signed_in:
        parts.services.accounts.note(Kind.SIGN_IN, principal, client=client)
        parts.signed_in.add((str(principal), client))
    return principal


def _caller(request: Request, parts: Shared) -> Principal:
    """Only a loopback client gets the default principal, or may name itself where settings allow it."""
    services = parts.services
    local = is_local(request)
    named = request.headers.get(PRINCIPAL_HEADER)
    if named is not None and not (local and services.settings.trust_principal_header):
        raise NotAuthenticated("principal_header_refused")
    if not local:
        raise NotAuthenticated
    return parse_principal(named or services.settings.default_principal, services.policy)


def is_local(request: Request) -> bool:
    """True for a request made on this machine to this machine.

    A proxy's header means the client is elsewhere; a foreign Host is a page of another site whose name was rebound to
    127.0.0.1.
    """
    if any(header in request.headers for header in _PROXY_HEADERS):
        return False
    client = request.client.host if request.client else ""
    return _is_loopback(client) and _is_loopback(request.url.hostname or "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


SharedParts = Annotated[Shared, Depends(shared_of)]
Caller = Annotated[Principal, Depends(principal_of)]
