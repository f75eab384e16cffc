"""Titles as people read them: in ordinary letters, without kind and number in front."""

import re

from ingest.legal.numbers import find_numbers

_KIND_PREFIX = re.compile(r"^\W*(?:[^\W\d]+\s+){1,5}(?:số\s+)?$")
_ISSUES = re.compile(
    r"^(?:Điều 1\W+)?(?:Nay )?[Bb]an hành kèm theo \w+(?: \w+)? này (?P<title>[^.;\n]{10,250})", re.MULTILINE
)
_SCOPE = re.compile(
    r"^(?:1\.\s*)?(?:Thông tư|Nghị định|Quyết định|Luật|Nghị quyết)(?: liên tịch)? này "
    r"(?P<title>(?:quy định|hướng dẫn) [^.;:\n]{10,250})",
    re.MULTILINE,
)
_MAX_TITLE = 600
_MAX_OPENING = 120


def tidy_title(title: str, text: str) -> str:
    """In the letters the text uses for the same words, when it was printed in capitals; the first one a capital."""
    title = " ".join(title.split())
    mention = next(find_numbers(title), None)
    if mention and _KIND_PREFIX.match(title[: mention.start]) and len(title) > mention.end + 5:
        title = title[mention.end :]
    title = title.strip(" .,:;-–—/*_")[:_MAX_TITLE]
    if title.isupper():
        title = _in_text(title, text) or title.capitalize()
    return title[:1].upper() + title[1:]


def derived_title(text: str) -> str:
    """For an excerpt that lost its title: what its first article says it is about."""
    scope, issues = _SCOPE.search(text), _ISSUES.search(text)
    if scope and (issues is None or scope.start() < issues.start()):
        return scope["title"]
    return f"Ban hành {issues['title']}" if issues else ""


def opening_words(text: str) -> str:
    """What stands for a title where there is none: the first words, cut at a word's end."""
    first = text.lstrip().partition("\n")[0]
    return first if len(first) <= _MAX_OPENING else first[:_MAX_OPENING].rpartition(" ")[0].rstrip(" ,;") + "…"


def _in_text(capitals: str, text: str) -> str:
    """The same words elsewhere in the text, where they are not in capitals."""
    # Lower-casing composed Vietnamese keeps lengths, so places in the lowered text are places in the text.
    lowered, wanted = text.lower(), capitals.lower()
    if len(lowered) != len(text):
        return ""
    at = lowered.find(wanted)
    while at >= 0:
        found = text[at : at + len(wanted)]
        if not found.isupper():
            return found
        at = lowered.find(wanted, at + 1)
    return ""
