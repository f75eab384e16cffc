"""The checks every shown word passes: quotes against the stored text, written sentences against their passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.document import Document, Provision
from assistant.text import match_form, syllables

_TOKEN = re.compile(r"\[(\d{1,2})\]")
# A sentence ends at . ! ? or ; after its citation tokens; numbers such as 1.747.231 and "Điều 5." must not cut it.
_SENTENCE = re.compile(r".+?(?:\[\d{1,2}\][.!?;]*(?=\s|$)|[.!?](?=\s+[A-ZĐÀ-Ỹ\-•*])|\n|$)", re.S)
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*(?:\s?%)?")
# "1.747.231" and "26,000" group thousands; any other dot or comma is a decimal sign.
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_MIN_SHARED = 0.6
"""Share of a sentence's syllables that must occur in the passages it cites: below it, it says more than they do.
Chosen on scripted replies (tests/unit/answering/test_verification.py): paraphrase passes, additions do not."""


def quote_is_verbatim(quote: str, document: Document, provision: Provision) -> bool:
    """True when `quote` stands word for word inside the provision as stored."""
    return bool(quote.strip()) and quote in document.provision_text(provision)


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence a model wrote, without its tokens; `sources` are indexes of the passages it rests on."""

    text: str
    sources: tuple[int, ...]
    verified: bool
    reason: str = ""


def check_sentences(reply: str, passages: Sequence[str]) -> list[CheckedSentence]:
    """Every sentence of `reply` judged against the passages it cites, numbered from 1 in the reply."""
    found = (match.group(0).strip() for match in _SENTENCE.finditer(reply))
    return [_check(sentence, passages) for sentence in found if _TOKEN.sub("", sentence).strip(" .;-•*\n")]


def _check(sentence: str, passages: Sequence[str]) -> CheckedSentence:
    sources = tuple(dict.fromkeys(int(token) - 1 for token in _TOKEN.findall(sentence)))
    text = _TOKEN.sub("", sentence).strip(" -•*\n")
    text = re.sub(r"\s+([.,;:])", r"\1", text)
    reason = _fault(text, sources, passages)
    return CheckedSentence(text, sources, not reason, reason)


def _fault(text: str, sources: tuple[int, ...], passages: Sequence[str]) -> str:
    if not sources:
        return "no source"
    if any(not 0 <= source < len(passages) for source in sources):
        return "unknown source"
    evidence = " ".join(passages[source] for source in sources)
    numbers = {_plain(number) for number in _NUMBER.findall(evidence)}
    if any(_plain(number) not in numbers for number in _NUMBER.findall(text)):
        return "number not in source"
    said, known = syllables(text), set(syllables(evidence))
    if sum(word in known for word in said) < _MIN_SHARED * len(said):
        return "says more than its source"
    if _negations(text) - _negations(evidence):
        return "negation not in source"
    return ""


def _plain(number: str) -> str:
    whole = _THOUSANDS.sub("", number.replace(" ", ""))
    return re.sub(r"(?<!\d)0+(?=\d)", "", whole.replace(",", "."))


def _negations(text: str) -> set[str]:
    """Negating phrases turn a true sentence round, so they must come from the source."""
    form = match_form(text)
    return {word for word in ("không", "chưa", "cấm", "trừ", "ngoại trừ") if re.search(rf"\b{word}\b", form)}
