"""Tokens for a widget in another site's page, minted by that site's server with its API key."""

from datetime import UTC, datetime

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from assistant.access.audit import Kind
from assistant.access.sign_in.origins import read_origins
from assistant.access.sign_in.widget_tokens import MOST_SECONDS
from assistant.api.dependencies import Minter, SharedParts
from assistant.errors import NotPermitted

router = APIRouter(prefix="/v1/widget-tokens", tags=["access"])


class WidgetTokenRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    origin: str = Field(max_length=200, description="the page's scheme://host[:port]; requests from others are refused")
    user: str = Field(pattern=r"^[!-~]{1,100}$", description="whom the host page has signed in, by a name of its own")
    scope: str | None = Field(
        default=None, max_length=400, description="national or province:CODE[,CODE…], no broader than the key's"
    )
    seconds: int = Field(default=MOST_SECONDS, ge=60, le=MOST_SECONDS)


class WidgetTokenBody(BaseModel):
    token: str
    expires_at: datetime


@router.post("", status_code=201, summary="Mint a short-lived token for a widget")
def mint(body: WidgetTokenRequest, parts: SharedParts, minter: Minter) -> WidgetTokenBody:
    allowed = read_origins(parts.services.settings.web.allowed_origins, "TROLY_WEB__ALLOWED_ORIGINS")
    if body.origin not in allowed:
        raise NotPermitted("widget_origin_unknown", name=body.origin)
    token, expires = parts.bearers.mint(minter, body.scope, body.user, body.origin, body.seconds)
    parts.services.accounts.note(Kind.WIDGET_TOKEN, minter.principal, origin=body.origin, user=body.user)
    return WidgetTokenBody(token=token, expires_at=datetime.fromtimestamp(expires, UTC))
