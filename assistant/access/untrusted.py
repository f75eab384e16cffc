"""Text that came from outside — documents, cells, a model's reply: what of it may reach a reader or a model.

A quote stays word for word, so nothing is rewritten inside it: `safe_span` cuts out a run without links to elsewhere,
markup, sentences that give the assistant orders and lines with personal numbers. `harmless` rewrites what is no quote.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.access.masking import holds_personal_numbers, mask
from assistant.settings import PACKAGE_DIR
from assistant.text import fold, load_yaml

UNTRUSTED_FILE = PACKAGE_DIR / "config" / "untrusted.yml"
LINK_LEFT_OUT = "[liên kết đã bỏ]"
_PUBLIC_HOSTS = (".gov.vn", ".edu.vn")
_URL = re.compile(r"(?i)(?:\b[a-z][a-z0-9+.\-]{1,15}://|\bwww\.|(?<![\w:/])//(?=[\w\-]+\.[a-z]))[^\s<>\"'()\]]*")
_ACTIVE = re.compile(r"(?i)\b(?:javascript|vbscript|data)\s*:\s*[\w/;,+=&%(.\-]+")
_MARKUP = re.compile(
    r"(?i)<(?=[/!?]?[a-z])[^<>]{0,400}>?"
    r"|!\[[^\]]{0,200}\](?:\([^)\n]{0,400}\)?)?"
    r"|\[[^\]\n]{0,200}\]\(\s*<?(?:[a-z]+:|/|www\.|#)[^)\n]{0,400}\)?"
    r"|@import\b[^;\n]*"
)
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?;](?=[\s\"”])[\"”]?|(?=\n)|$)")


def safe_span(text: str) -> str:
    """The longest run of `text` that may be quoted, word for word; empty when there is none worth reading."""
    bad = _merged(unsafe_spans(text))
    if not bad:
        return text
    edges = [0, *(edge for span in bad for edge in span), len(text)]
    runs = [text[start:end].strip(" \t\n\"“”'`()[]-–…") for start, end in zip(edges[::2], edges[1::2], strict=True)]
    best = max(runs, key=len)
    return best if len(best) >= _SHORTEST else ""


_SHORTEST = 20


def without_unsafe(text: str) -> str:
    """`text` for a model: the same runs, joined, with personal numbers masked."""
    kept, at = [], 0
    for start, end in _merged(unsafe_spans(text)):
        kept.append(text[at:start])
        at = end
    return mask("".join([*kept, text[at:]]))


def is_safe(text: str) -> bool:
    return not any(True for _ in unsafe_spans(text))


def harmless(text: str) -> str:
    """`text` as a reader may see it anywhere: no tag, no picture, no address outside public bodies' sites."""
    if not any(mark in text for mark in ("<", "//", "www.", "WWW.", ":", "](", "@import")):
        return text
    for start, end in reversed(_merged(_links(text))):
        text = text[:start] + LINK_LEFT_OUT + text[end:]
    return re.sub(r"<(?=[/!?]?[a-zA-Z])", "‹", text)


def unsafe_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every part that is not for readers."""
    yield from _links(text)
    yield from (found.span() for found in _MARKUP.finditer(text))
    for found in _SENTENCE.finditer(text):
        sentence = found.group()
        if gives_orders(sentence) or holds_personal_numbers(sentence):
            yield found.span()


def gives_orders(sentence: str) -> bool:
    """Whether a sentence speaks to the assistant instead of the reader."""
    folded = " ".join(fold(sentence).split())
    return any(pattern.search(folded) for pattern in _orders())


@lru_cache(maxsize=1)
def _orders() -> tuple[re.Pattern[str], ...]:
    loaded: dict[str, list[str]] = load_yaml(UNTRUSTED_FILE.read_text(encoding="utf-8"))
    return tuple(map(re.compile, loaded["instructions"]))


def _links(text: str) -> Iterator[tuple[int, int]]:
    for found in _URL.finditer(text):
        host = re.split(r"[/?#:\s]", re.sub(r"^[^/]*//", "", found.group()), maxsplit=1)[0].rstrip(".,;").casefold()
        if "@" in found.group() or not ("." + host).endswith(_PUBLIC_HOSTS):
            yield found.span()
    yield from (found.span() for found in _ACTIVE.finditer(text) if _is_active(found.group()))


def _is_active(found: str) -> bool:
    """`javascript:…` always; `data:` only where a media type follows, as "data: …" is also English prose."""
    return not found.casefold().startswith("data") or "/" in found


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
