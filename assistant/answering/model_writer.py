"""Lets a chat model write the answer from numbered passages, and keeps only the sentences that verify."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from assistant.access.untrusted import without_unsafe
from assistant.answering.verification import CheckedSentence, check_sentences
from assistant.corpus.chunk import Passage
from assistant.errors import ModelUnavailable, ReplyInvalid
from assistant.llm.breaker import Breaker
from assistant.llm.call import call_model
from assistant.prompts import Prompt

if TYPE_CHECKING:
    from assistant.llm.model import ChatModel

NO_ANSWER = "KHÔNG ĐỦ CĂN CỨ"
"""What the prompt tells a model to write when the passages do not answer."""


@dataclass(frozen=True, slots=True)
class Written:
    """Verified sentences with tokens that number `sources`, the passages (by position) they rest on."""

    text: str
    sources: tuple[int, ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class ModelWriter:
    model: "ChatModel"
    prompt: Prompt
    stopped: Callable[[], bool] = lambda: False
    most_seconds: float = 120.0
    breaker: Breaker = field(default_factory=Breaker)

    def write(self, question: str, passages: Sequence[Passage], as_of: date) -> Written:
        """Raises UpstreamError when the model fails, ReplyInvalid when nothing it wrote can be verified."""
        if self.stopped():
            raise ModelUnavailable("switched_off_model")
        evidence = [without_unsafe(passage.chunk.embedded_text) for passage in passages]
        filled = self._filled(question, evidence, as_of)
        reply = self.breaker.call(lambda: call_model(self.model, filled, self.most_seconds))
        checked = check_sentences(reply.text, evidence, told=self.prompt.template)
        whole = checked[:-1] if reply.cut else checked
        verified = [sentence for sentence in whole if sentence.verified]
        if not verified or NO_ANSWER in reply.text:
            raise ReplyInvalid(detail="; ".join(sentence.reason for sentence in checked))
        sources = tuple(sorted({source for sentence in verified for source in sentence.sources}))
        return Written(_numbered(verified, sources), sources, len(checked) - len(verified))

    def _filled(self, question: str, evidence: Sequence[str], as_of: date) -> str:
        numbered = (f'<doan so="{at}">\n{_plain(text)}\n</doan>' for at, text in enumerate(evidence, 1))
        return self.prompt.fill(question=_plain(question), as_of=f"{as_of:%d/%m/%Y}", passages="\n".join(numbered))


def _numbered(sentences: Sequence[CheckedSentence], sources: tuple[int, ...]) -> str:
    number = {source: at for at, source in enumerate(sources, 1)}
    lines = (f"{one.text} {''.join(f'[{number[source]}]' for source in one.sources)}" for one in sentences)
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text that cannot close the tags it stands in."""
    return text.replace("<", "‹").replace(">", "›")
