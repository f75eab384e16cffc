"""Words exchanged, added beside others or taken out, at every place of a unit where they stand."""

import re
from collections.abc import Sequence

from assistant.corpus.document import ProvisionKind
from assistant.corpus.law.amendment import Amendment, Part
from ingest.law.applying.cutting import heading_words, words_after
from ingest.law.applying.tree import Unit, Words, headings_below, rename_heading

APPLIED = "applied"


def exchange(unit: Unit, amendment: Amendment, origin: int) -> str:
    only_heading = amendment.place.part is Part.HEADING
    runs = _heading_runs(unit) if only_heading else _runs(unit)
    pattern = _pattern(amendment.old)
    count = sum(_exchange_in(holder, pattern, amendment, origin) for holder in _holders(unit, only_heading, runs))
    if not count:
        return "amendment_already_in_text" if _already(unit, amendment) else "amendment_phrase_not_found"
    _retitle(unit, pattern, amendment)
    return APPLIED


def _holders(unit: Unit, only_heading: bool, runs: Sequence[Words]) -> list[tuple[Unit, Sequence[Words]]]:
    if only_heading:
        return [(unit, runs)]
    return [(each, [words for words in each.content if isinstance(words, Words)]) for each in unit.walk()]


def _runs(unit: Unit) -> list[Words]:
    return [words for each in unit.walk() for words in each.content if isinstance(words, Words)]


def _heading_runs(unit: Unit) -> list[Words]:
    """The first line of a unit, set apart from the rest of its words."""
    length = len(unit.text().partition("\n")[0])
    head = heading_words(unit, keep_lead=False) if unit.kind is ProvisionKind.ARTICLE else []
    if not head:
        first = next((each for each in unit.content if isinstance(each, Words)), None)
        return [first] if first else []
    unit.content = [*head, *words_after(unit, min(length, sum(len(each.text) for each in head)))]
    return [words for words in unit.content[: len(head)] if isinstance(words, Words)]


def _exchange_in(
    holder: tuple[Unit, Sequence[Words]], pattern: re.Pattern[str], amendment: Amendment, origin: int
) -> int:
    unit, runs = holder
    chosen = {id(words) for words in runs}
    content: list[Words | Unit] = []
    count = 0
    for each in unit.content:
        if isinstance(each, Unit) or id(each) not in chosen:
            content.append(each)
            continue
        pieces, found = _changed(each, pattern, amendment, origin)
        content.extend(pieces)
        count += found
    unit.content = content
    return count


def _changed(words: Words, pattern: re.Pattern[str], amendment: Amendment, origin: int) -> tuple[list[Words], int]:
    pieces: list[Words] = []
    cursor = count = 0
    for match in pattern.finditer(words.text):
        pieces.append(Words(words.text[cursor : match.start()], words.origin))
        start, end, new = _new_words(words.text, match, amendment)
        if start < match.start():
            pieces[-1] = Words(words.text[cursor:start], words.origin)
        pieces.append(Words(new, origin))
        cursor, count = end, count + 1
    pieces.append(Words(words.text[cursor:], words.origin))
    return [piece for piece in pieces if piece.text or piece.origin is not None], count


def _new_words(text: str, match: re.Match[str], amendment: Amendment) -> tuple[int, int, str]:
    """What the matched words become, and the span that it takes the place of."""
    if amendment.position == "after":
        return match.start(), match.end(), f"{match[0]}{_listed_after(amendment.new)}"
    if amendment.position == "before":
        return match.start(), match.end(), f"{amendment.new} {match[0]}"
    if amendment.new:
        return match.start(), match.end(), amendment.new
    return _without(text, match.start(), match.end())


def _listed_after(new: str) -> str:
    """ "“A,” vào sau “B”" makes "B, A" of "B", whatever mark follows: the comma in the quotation parts the two."""
    if new[:1] in ",;.":
        return new
    stem = new.rstrip(",; ")
    return f"{new[len(stem)]} {stem}" if stem != new else f" {new}"


def _without(text: str, start: int, end: int) -> tuple[int, int, str]:
    """Words taken out of a list take their comma and one space along."""
    before, after = text[:start], text[end:]
    if before.endswith(", ") and after[:1] in ",;.":
        return start - 2, end, ""
    if before.endswith(", ") and after.startswith(" và "):
        return start - 2, end, ""
    if after.startswith(", ") and (before.endswith(" ") or not before):
        return start, end + 2, ""
    if before.endswith(" ") and (after[:1] in " ,;.:" or not after):
        return start - 1, end, ""
    return start, end, ""


def _pattern(phrase: str) -> re.Pattern[str]:
    """Whole words only; any run of spaces is one. Capitals count: an act amends the words as printed."""
    words = phrase.split()
    inner = r"\s+".join(map(re.escape, words)) if words else r"(?!)"
    left = r"(?<!\w)" if words and words[0][0].isalnum() else ""
    right = r"(?!\w)" if words and words[-1][-1].isalnum() else ""
    return re.compile(f"{left}{inner}{right}")


def _already(unit: Unit, amendment: Amendment) -> bool:
    """The new words stand there and the old ones do not: the held text was amended before it came here."""
    return bool(amendment.new) and not amendment.position and bool(_pattern(amendment.new).search(unit.text()))


def _retitle(unit: Unit, pattern: re.Pattern[str], amendment: Amendment) -> None:
    for each in unit.walk():
        match = pattern.search(each.heading)
        if match:
            before = headings_below(each)
            start, end, new = _new_words(each.heading, match, amendment)
            each.heading = each.heading[:start] + new + each.heading[end:]
            rename_heading(each, before)
