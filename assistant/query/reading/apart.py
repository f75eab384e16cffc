"""Long phrases taken apart: which ones are worth it, and whether what is left of them still means something."""

from assistant.query.reading.slots.draft import Draft
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.matcher import Span
from assistant.query.reading.words.parse import Parsed
from assistant.query.reading.words.vocabulary import Sign


def tokens_left(parsed: Parsed, drafts: list[Draft]) -> int:
    """How many tokens the best draft leaves unexplained; all of them when there is none."""
    if not drafts:
        return len(parsed.tokens)
    return sum(parsed.chunks[index].size for index in drafts[0].unexplained)


def is_filler(parsed: Parsed, span: Span) -> bool:
    return any((one.start, one.end) == span and all(i.kind is Kind.FILLER for i in one.items) for one in parsed.chunks)


def is_covered(parsed: Parsed, span: Span, *, filler: bool = False) -> bool:
    """Whether every word of a phrase taken apart still means something: "học sinh" is no "Sinh học"."""
    inside = (chunk for chunk in parsed.chunks if chunk.start < span[1] and chunk.end > span[0])
    pieces = [chunk for chunk in inside if chunk.text[0].isalnum()]
    if filler and all(chunk.known for chunk in pieces):
        return True  # "theo tinh giup" groups by provinces: nothing was said by the phrase taken apart
    if parsed.unmarked and any(chunk.is_sign(Sign.COUNT) for chunk in pieces):
        return all(chunk.known for chunk in pieces)  # "co so hoc sinh" is "có số học sinh", no "cơ sở"
    bare = [chunk for chunk in pieces if parsed.says_little(chunk) and chunk.of(Kind.VALUE, Kind.DIMENSION)]
    return all(chunk.known and not chunk.of(Kind.FILLER) for chunk in pieces) and not bare


def doubtful(parsed: Parsed, drafts: list[Draft]) -> list[Span]:
    """Phrases of several words that stayed unexplained, or stand beside one that did."""
    indexes = drafts[0].unexplained if drafts else range(len(parsed.chunks))
    near = [at for index in indexes for at in (index, index + 1, index - 1) if 0 <= at < len(parsed.chunks)]
    spans = ((parsed.chunks[at].start, parsed.chunks[at].end) for at in near if parsed.chunks[at].known)
    found = [span for span in dict.fromkeys(spans) if span[1] - span[0] > 1]
    return found if drafts else sorted(found, key=lambda span: span[0] - span[1])
