"""What a route takes from the application, and who is asking."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from assistant.access.principal import Principal, parse_principal
from assistant.conversations.repository import ConversationRepository
from assistant.errors import NotAuthenticated

if TYPE_CHECKING:
    from assistant.answering.services import Services

PRINCIPAL_HEADER = "X-Troly-Principal"
_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")


@dataclass(frozen=True, slots=True)
class Shared:
    """One per application, in `app.state.shared`. `workers` run what is synchronous."""

    services: "Services"
    conversations: ConversationRepository
    workers: ThreadPoolExecutor


def shared_of(request: Request) -> Shared:
    shared: Shared = request.app.state.shared
    return shared


def principal_of(request: Request) -> Principal:
    """The caller. Only a loopback client gets the default principal, or may name itself where settings allow it."""
    services = shared_of(request).services
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
