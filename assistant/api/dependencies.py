"""What a route takes from the application, and who is asking."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from assistant.access.audit import Kind
from assistant.access.limits import RateLimit
from assistant.access.principal import Principal, Role, parse_principal
from assistant.access.sign_in import Bearers, Right, SignedIn
from assistant.access.sign_in.origins import is_loopback
from assistant.api.running.turns import RunningTurns
from assistant.conversations.repository import ConversationRepository
from assistant.errors import NotAuthenticated, NotPermitted, RateLimited, RequestError

if TYPE_CHECKING:
    from assistant.answering.services import Services

PRINCIPAL_HEADER = "X-Troly-Principal"
_MOST_SIGNED_IN = 10_000
_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-real-ip")


@dataclass(frozen=True, slots=True)
class Shared:
    """One per application, in `app.state.shared`. `workers` run what is synchronous, `turns` are what they answer."""

    services: "Services"
    conversations: ConversationRepository
    workers: ThreadPoolExecutor
    turns: RunningTurns
    bearers: Bearers
    requesting: RateLimit
    refusing: RateLimit
    beginning: RateLimit
    asking: RateLimit
    signed_in: set[tuple[str, str]] = field(default_factory=set)


def shared_of(request: Request) -> Shared:
    shared: Shared = request.app.state.shared
    return shared


def signed_in_of(request: Request) -> SignedIn:
    """Who is asking; the first request of a caller and every refusal are put on record."""
    parts = shared_of(request)
    client = request.client.host if request.client else ""
    try:
        signed = _caller(request, parts)
        parts.requesting.take(str(signed.principal))
    except RateLimited:
        raise
    except RequestError as error:
        parts.refusing.take(client)  # a record for each of endless refusals would fill the disk
        parts.services.accounts.note(Kind.REFUSAL, None, code=error.code, client=client)
        raise
    if (str(signed.principal), client) not in parts.signed_in:
        parts.services.accounts.note(
            Kind.SIGN_IN, signed.principal, client=client, via=signed.via, purpose=signed.purpose
        )
        if len(parts.signed_in) >= _MOST_SIGNED_IN:
            parts.signed_in.clear()
        parts.signed_in.add((str(signed.principal), client))
    return signed


SignedInCaller = Annotated[SignedIn, Depends(signed_in_of)]


def principal_of(request: Request, signed: SignedInCaller) -> Principal:
    """An officer who may ask. An administrator runs the service and may not."""
    if signed.principal.role is Role.ADMINISTRATOR or Right.ASK not in signed.rights:
        raise _refused(request, signed, NotPermitted("askers_only"))
    return signed.principal


def asker_of(request: Request) -> Principal:
    """The same for what is no route of the framework."""
    return principal_of(request, signed_in_of(request))


def administrator_of(request: Request, signed: SignedInCaller) -> Principal:
    if signed.principal.role is not Role.ADMINISTRATOR:
        raise _refused(request, signed, NotPermitted("administrators_only"))
    return signed.principal


def minter_of(request: Request, signed: SignedInCaller) -> SignedIn:
    """The server of a page with a widget, known by a key that may do this."""
    if signed.via != "key" or Right.WIDGET not in signed.rights:
        raise _refused(request, signed, NotPermitted("key_right_missing", name=Right.WIDGET.value))
    return signed


def _refused(request: Request, signed: SignedIn, error: NotPermitted) -> NotPermitted:
    """The error, once it is on record."""
    parts, client = shared_of(request), request.client.host if request.client else ""
    parts.services.accounts.note(Kind.REFUSAL, signed.principal, code=error.code, client=client)
    return error


def _caller(request: Request, parts: Shared) -> SignedIn:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if not scheme:
        return _local_caller(request, parts)
    if scheme.casefold() != "bearer":
        raise NotAuthenticated("token_invalid")
    signed = parts.bearers.read(token.strip())
    if signed.origin and not _from_origin(request, signed.origin):
        raise NotPermitted("origin_refused", name=request.headers.get("origin", "")[:80])
    return signed


def _local_caller(request: Request, parts: Shared) -> SignedIn:
    """Only a loopback client gets the default principal, or may name itself where settings allow it."""
    services = parts.services
    local = is_local(request)
    named = request.headers.get(PRINCIPAL_HEADER)
    if named is not None and not (local and services.settings.trust_principal_header):
        raise NotAuthenticated("principal_header_refused")
    if not local:
        raise NotAuthenticated
    # No token is needed here, so a page of another site must not be able to send the request either.
    if not _from_here(request):
        raise NotPermitted("origin_refused", name=request.headers.get("origin", "")[:80])
    principal = parse_principal(named or services.settings.default_principal, services.policy)
    return SignedIn(principal, frozenset({Right.ASK}), "local")


def _from_origin(request: Request, origin: str) -> bool:
    """A browser says where a request comes from; a page of ours in a frame says that it is ours."""
    given = request.headers.get("origin")
    return given == origin or (_from_here(request) and (given or request.headers.get("sec-fetch-site")) is not None)


def _from_here(request: Request) -> bool:
    """Not from a page of another site, as far as the browser tells."""
    given, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    own = f"{request.url.scheme}://{request.url.netloc}"
    return given in (None, own) and site in ("none", "same-origin")


def is_local(request: Request) -> bool:
    """True for a request made on this machine to this machine.

    A proxy's header means the client is elsewhere; a foreign Host is a page of another site whose name was rebound to
    127.0.0.1.
    """
    if any(header in request.headers for header in _PROXY_HEADERS):
        return False
    client = request.client.host if request.client else ""
    return is_loopback(client) and is_loopback(request.url.hostname or "")


SharedParts = Annotated[Shared, Depends(shared_of)]
Caller = Annotated[Principal, Depends(principal_of)]
Administrator = Annotated[Principal, Depends(administrator_of)]
Minter = Annotated[SignedIn, Depends(minter_of)]
