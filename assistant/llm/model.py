"""The chat model: any OpenAI-compatible endpoint through langchain, or none."""

from typing import TYPE_CHECKING

from assistant.settings import ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    ChatModel = BaseChatModel


def open_model(settings: ModelSettings) -> "ChatModel | None":
    """The configured model, or None: the assistant then quotes instead of writing."""
    if settings.url is None:
        return None
    # langchain-openai costs a second to import, which only those who configured a model should pay.
    from langchain_openai import ChatOpenAI  # noqa: PLC0415

    return ChatOpenAI(
        model=settings.name,
        base_url=settings.url,
        api_key=settings.key or "unused",
        timeout=settings.timeout_seconds,
        max_retries=0,
        temperature=0,
        max_completion_tokens=800,
    )
