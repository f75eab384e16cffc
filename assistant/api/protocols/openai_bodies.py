"""The JSON of OpenAI's chat completions, as far as it means something here; what else a client sends is passed over."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from assistant.api.schemas import AnswerBody, CitationBody, is_text

MODEL = "troly"
_Text = Annotated[str, AfterValidator(is_text)]


class TextPart(BaseModel):
    """A piece of a message."""

    type: Literal["text", "input_text"]
    text: _Text


class ChatMessage(BaseModel):
    """One message; only what the user and the assistant said counts, a system prompt changes nothing."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: _Text | list[TextPart] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    include_usage: bool = False


class ChatCompletionBody(BaseModel):
    """A chat whose last message of the user is the question. `as_of` is an extension: the day it shall hold for."""

    model: _Text = Field(default=MODEL, examples=[MODEL])
    messages: list[ChatMessage] = Field(
        min_length=1,
        max_length=200,
        examples=[[{"role": "user", "content": "Giáo viên tiểu học cần trình độ nào?"}]],
    )
    stream: bool = False
    stream_options: StreamOptions | None = None
    as_of: date | None = None

    @property
    def questions(self) -> list[str]:
        """What the user has asked, oldest first."""
        return [message.text for message in self.messages if message.role == "user"]


class CompletionMessage(BaseModel):
    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class CompletionChoice(BaseModel):
    index: int = 0
    message: CompletionMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Usage(BaseModel):
    """Nothing is counted in tokens here."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class ChatCompletion(BaseModel):
    """A completion. Extensions: `citations` with absolute addresses, and the whole `answer`."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[CompletionChoice]
    usage: Usage = Usage()
    citations: list[CitationBody]
    answer: AnswerBody


class ModelCard(BaseModel):
    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "troly"


class ModelList(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelCard]


class OpenAiFault(BaseModel):
    message: str
    type: str
    param: str | None
    code: str


class OpenAiError(BaseModel):
    """An error in the shape OpenAI's clients read; `code` is the same stable code as everywhere."""

    error: OpenAiFault


def error_body(status: int, code: str, message: str, param: str | None = None) -> dict[str, Any]:
    """The JSON of an error."""
    kinds = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}
    kind = kinds.get(status) or ("server_error" if status >= 500 else "invalid_request_error")
    return OpenAiError(error=OpenAiFault(message=message, type=kind, param=param, code=code)).model_dump()
