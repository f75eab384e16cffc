"""One call to a chat model, with its failures named."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from assistant.errors import ModelTimedOut, ModelUnavailable, ReplyInvalid

if TYPE_CHECKING:
    from assistant.llm.model import ChatModel


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model wrote. `cut` is true when it hit the length limit, so the last sentence is not whole."""

    text: str
    cut: bool


def call_model(model: "ChatModel", prompt: str) -> Reply:
    """Raises ModelTimedOut, ModelUnavailable or ReplyInvalid; never a library's error."""
    from langchain_core.exceptions import LangChainException  # noqa: PLC0415  # loaded already when there is a model
    from openai import APIError, APITimeoutError, OpenAIError  # noqa: PLC0415  # comes with langchain-openai

    try:
        message = model.invoke(prompt)
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
