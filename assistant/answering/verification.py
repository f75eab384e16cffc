"""The checks every shown word passes: quotes against the stored text, written sentences against their passages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.access.untrusted import is_safe
from assistant.corpus.document import Document, Provision
from assistant.text import match_form, syllables

_TOKEN = re.compile(r"\[(\d{1,2})\]")
# A sentence ends at . ! ? or ; after its citation tokens; numbers such as 1.747.231 and "Điều 5." must not cut it.
_SENTENCE = re.compile(r".+?(?:\[\d{1,2}\][.!?;]*(?=\s|$)|[.!?](?=\s+[A-ZĐÀ-Ỹ\-•*])|\n|$)", re.S)
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*(?:\s?%)?")
# "1.747.231" and "26,000" group thousands; any other dot or comma is a decimal sign.
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
# A word in capitals, or of letters and digits: a number of a document, an abbreviation, a key.
_CODE = re.compile(r"\b(?=\w*[A-ZĐ])(?:[A-ZĐ\d]{3,}|(?=\w*\d)\w{3,})\b")
_REPEATED_WORDS = 6
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


def check_sentences(reply: str, passages: Sequence[str], told: str = "") -> list[CheckedSentence]:
    """Every sentence of `reply` judged against the passages it cites, numbered from 1 in the reply.

    `told` is what the model was instructed with: a sentence that repeats it is no answer.
    """
    found = (match.group(0).strip() for match in _SENTENCE.finditer(reply))
    return [_check(sentence, passages, told) for sentence in found if _TOKEN.sub("", sentence).strip(" .;-•*\n")]


def _check(sentence: str, passages: Sequence[str], told: str) -> CheckedSentence:
    sources = tuple(dict.fromkeys(int(token) - 1 for token in _TOKEN.findall(sentence)))
    text = _TOKEN.sub("", sentence).strip(" -•*\n")
    text = re.sub(r"\s+([.,;:])", r"\1", text)
    reason = _fault(text, sources, passages) or ("repeats its instructions" if _repeats(text, told) else "")
    return CheckedSentence(text, sources, not reason, reason)


def _fault(text: str, sources: tuple[int, ...], passages: Sequence[str]) -> str:
    if not sources:
        return "no source"
    if any(not 0 <= source < len(passages) for source in sources):
        return "unknown source"
    if not is_safe(text):
        return "not fit to be shown"
    evidence = " ".join(passages[source] for source in sources)
    if set(_CODE.findall(text)) - set(_CODE.findall(evidence)):
        return "code not in source"
    numbers = {_plain(number) for number in _NUMBER.findall(evidence)}
    if any(_plain(number) not in numbers for number in _NUMBER.findall(text)):
        return "number not in source"
    said, known = syllables(text), set(syllables(evidence))
    if sum(word in known for word in said) < _MIN_SHARED * len(said):
        return "says more than its source"
    if _negations(text) - _negations(evidence):
        return "negation not in source"
    return ""


def _repeats(text: str, told: str) -> bool:
    """Whether a run of words stands in the instructions as it stands here."""
    said, instructions = syllables(text), f" {' '.join(syllables(told))} "
    runs = (said[at : at + _REPEATED_WORDS] for at in range(max(1, len(said) - _REPEATED_WORDS + 1)))
    return bool(told) and any(f" {' '.join(run)} " in instructions for run in runs if len(run) == _REPEATED_WORDS)


def _plain(number: str) -> str:
    whole = _THOUSANDS.sub("", number.replace(" ", ""))
    return re.sub(r"(?<!\d)0+(?=\d)", "", whole.replace(",", "."))


def _negations(text: str) -> set[str]:
    """Negating phrases turn a true sentence round, so they must come from the source."""
    form = match_form(text)
    return {word for word in ("không", "chưa", "cấm", "trừ", "ngoại trừ") if re.search(rf"\b{word}\b", form)}
