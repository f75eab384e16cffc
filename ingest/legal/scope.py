"""What an act says it governs and whom it applies to: its articles on scope, without their headings."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.corpus.document import Provision, ProvisionKind
from assistant.text import match_form

_GOVERNS, _APPLIES = "phạm vi", "đối tượng"
_HEADING = re.compile(r"^(?:phạm vi(?: điều chỉnh| áp dụng)?|đối tượng(?: áp dụng| điều chỉnh)?)(?: và|,|$)")
_APPLIES_TO = re.compile(r"^[^.;:]{0,60}?áp dụng (?:đối với|cho|với|ở|tại)|^đối tượng áp dụng", re.IGNORECASE)
_STATES = re.compile(
    r"^(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Quy chế|Quy định|Điều lệ) này "
    r"(?:quy định|hướng dẫn|điều chỉnh)"
)
_LABEL = re.compile(r"^(?:Điều\s+\d+[a-zđ]?\s*[.:]\s*|\d+[a-zđ]?\.\s+)")
_MAX_CHARS = 1000


class Scope(NamedTuple):
    governs: str = ""
    applies_to: str = ""


def read_scope(text: str, provisions: Sequence[Provision]) -> Scope:
    """From the first articles headed so; without any, from a first article that says what the act lays down."""
    articles = [each for each in provisions if each.kind is ProvisionKind.ARTICLE]
    governs: list[str] = []
    applies: list[str] = []
    for article in articles:
        heading = match_form(article.heading)
        if not _HEADING.match(heading) or (governs and applies):
            continue
        for part in _parts(text, article, provisions):
            own = _APPLIES in heading and (_GOVERNS not in heading or bool(_APPLIES_TO.search(_LABEL.sub("", part))))
            (applies if own else governs).append(part)
    if not governs and articles:
        first = _LABEL.sub("", text[articles[0].start : articles[0].end])
        governs = [line for line in first.split("\n") if _STATES.match(_LABEL.sub("", line))][:1]
    return Scope(_joined(governs), _joined(applies))


def _parts(text: str, article: Provision, provisions: Sequence[Provision]) -> Iterator[str]:
    """The khoản of an article, or its lines where it has none."""
    clauses = [each for each in provisions if each.parent_id == article.id and each.kind is ProvisionKind.CLAUSE]
    lines = [text[each.start : each.end] for each in clauses]
    yield from lines or text[article.start : article.end].split("\n")[1:]


def _joined(parts: Sequence[str]) -> str:
    whole = " ".join(" ".join(_LABEL.sub("", part).split()) for part in parts)
    return whole if len(whole) <= _MAX_CHARS else whole[:_MAX_CHARS].rpartition(" ")[0].rstrip(" ,;") + "…"
