"""Who a request comes from: tokens of an identity provider, API keys, and the short tokens of a widget."""

from assistant.access.sign_in.api_keys import Right
from assistant.access.sign_in.bearers import Bearers, SignedIn, open_bearers

__all__ = ["Bearers", "Right", "SignedIn", "open_bearers"]
