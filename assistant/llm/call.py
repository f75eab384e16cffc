"""One call to a chat model, with its failures named."""

import asyncio
from dataclasses import dataclass
from functools import lru_cache
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

import httpx

from assistant.cancellation import LOOK_SECONDS, Cancelled, is_cancelled
from assistant.errors import ModelTimedOut, ModelUnavailable, ReplyInvalid

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

    from assistant.llm.model import ChatModel


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote. `cut` is true when it hit the length limit, so the last sentence is not whole."""

    text: str
    cut: bool


def call_model(model: "ChatModel", prompt: str, most_seconds: float = 120.0) -> Reply:
    """Raises ModelTimedOut, ModelUnavailable or ReplyInvalid, never a library's error; Cancelled when unwanted.

    `most_seconds` bound the whole call: a server that sends a byte now and then never misses a deadline for reading.
    """
    from langchain_core.exceptions import LangChainException  # noqa: PLC0415  # loaded already when there is a model
    from openai import APIError, APITimeoutError, OpenAIError  # noqa: PLC0415  # comes with langchain-openai

    try:
        message = _invoked(model, prompt, monotonic() + most_seconds)
    except (APITimeoutError, httpx.TimeoutException) as error:
        raise ModelTimedOut(detail=str(error)) from error
    except (APIError, OpenAIError, httpx.HTTPError, LangChainException) as error:
        raise ModelUnavailable(detail=str(error)) from error
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        # A server that answers with something else than a completion breaks the client's own parsing.
        raise ReplyInvalid(detail=str(error)) from error
    if not isinstance(message.content, str) or not message.content.strip():
        raise ReplyInvalid(detail="empty reply")
    return Reply(message.content.strip(), message.response_metadata.get("finish_reason") == "length")


def _invoked(model: "ChatModel", prompt: str, deadline: float) -> "BaseMessage":
    """The model's message. The call runs on a loop, since only there can it be broken off, its connection with it."""
    call = asyncio.run_coroutine_threadsafe(model.ainvoke(prompt), _loop())
    while True:
        try:
            return call.result(LOOK_SECONDS)
        except TimeoutError:
            if call.done():
                raise
            if is_cancelled():
                call.cancel()
                raise Cancelled from None
            if monotonic() > deadline:
                call.cancel()
                raise ModelTimedOut(detail="the whole call") from None


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="model calls", daemon=True).start()
    return loop
