"""Whether a question asks what changed, and which documents it means, by number or by a law's name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.corpus.filters import ChunkFilter
from assistant.corpus.reading.held import HeldDocument, HeldDocuments
from assistant.corpus.reading.law_names import laws_named
from assistant.corpus.reading.numbers import CitedNumber, find_cited_numbers
from assistant.corpus.reading.stopwords import content_flags
from assistant.text import fold, syllables

_WHAT = r"(?:nhung |cac )?(?:gi|dieu nao|diem nao|diem gi|cho nao|khoan nao|noi dung nao|noi dung gi|the nao|ra sao)"
# What changed, where documents are named.
_OF_DOCUMENTS = re.compile(
    rf"\b(?:sua doi|sua|bo sung|thay doi|dieu chinh|bai bo)(?: (?!boi |bang )\w+){{0,9}}? {_WHAT}\b"
    r"|\b(?:nhung|cac) (?:noi dung )?(?:sua doi|bo sung|thay doi)\b"
    rf"|\bkhac (?:nhau )?(?:voi |so voi )?(?:\S+ ){{0,6}}?{_WHAT}\b"
    r"|\bkhac nhau\b|\bkhac biet\b|\bso sanh\b|\bdoi chieu\b"
    r"|\b(?:diem|noi dung|quy dinh) moi\b|\bco gi moi\b|\bcu va moi\b|\btruoc va sau\b"
)
# The same where only a subject is named: nothing less than these words says so.
_OF_SUBJECT = re.compile(
    r"\bcu va moi\b|\btruoc va sau\b|\b(?:quy dinh|diem|noi dung) moi\b|\bco (?:nhung )?(?:gi|diem) (?:moi|khac)\b"
    r"|\bco (?:gi|diem gi|nhung gi) thay doi\b|\bthay doi (?:gi|nhung gi|ra sao|the nao|nhu the nao)\b"
    r"|\bkhac (?:gi|nhu the nao|the nao)(?: so)? (?:voi )?(?:truoc|quy dinh cu)"
    r"|\bsua doi (?:nhung )?(?:gi|ra sao|the nao|nhu the nao)\b"
)
# "bị sửa đổi bởi văn bản nào" asks for the act, not for the words.
_ASKS_ACT = re.compile(r"\b(?:boi|bang|theo) (?:nhung |cac )?(?:van ban|thong tu|nghi dinh|luat|quyet dinh) nao\b")
_BOTH = re.compile(r"\bso sanh\b|\bdoi chieu\b|\bkhac nhau\b|\bkhac biet\b")
_PASSIVE = re.compile(r"\b(?:duoc|bi|da) (?:\w+ )?(?:sua|bo sung|thay doi|bai bo)\b|\bthay doi\b")
_CUE_WORDS = frozenset(
    [
        "sửa",
        "đổi",
        "bổ",
        "sung",
        "thay",
        "so",
        "sánh",
        "khác",
        "nhau",
        "biệt",
        "đối",
        "chiếu",
        "điểm",
        "mới",
        "cũ",
        "trước",
        "sau",
        "quy",
        "định",
        "nội",
        "dung",
        "từ",
        "đến",
        "đây",
        "nay",
        "văn",
        "bản",
        "luật",
        "thông",
        "tư",
        "nghị",
        "quyết",
        "ngày",
        "tháng",
        "năm",
        "hiện",
        "hành",
        "điều",
        "khoản",
    ]
)


@dataclass(frozen=True, slots=True)
class ChangeQuestion:
    """`meant` in the order of mention; `passive`: what became of a text is asked, not what an act does; `both`: two
    texts are to be set side by side, so that one of them alone is no answer.

    `subject` are the folded content syllables that are neither names nor words of change.
    """

    meant: tuple[HeldDocument, ...]
    absent: tuple[CitedNumber, ...]
    passive: bool
    both: bool
    subject: tuple[str, ...]
    subject_text: str


def change_question(
    asked: str, documents: HeldDocuments, chunk_filter: ChunkFilter, day_words: str = ""
) -> ChangeQuestion | None:
    """What the question, its diacritics restored, wants compared; None when it asks nothing of the kind."""
    folded = " ".join(fold(asked).split())
    if _ASKS_ACT.search(folded):
        return None
    if not (_OF_DOCUMENTS.search(folded) or _OF_SUBJECT.search(folded)):
        return None
    visible = documents.seen_by(chunk_filter).whole
    spans, meant, absent = _by_number(asked, visible)
    for start, end, document in laws_named(asked, visible, spans):
        spans.append((start, end))
        meant.append((start, document))
    pattern = _OF_DOCUMENTS if meant or absent else _OF_SUBJECT
    if not pattern.search(folded):
        return None
    rest = _without(asked, spans).replace(day_words, " ") if day_words else _without(asked, spans)
    ordered = {document.number: document for _, document in sorted(meant, key=lambda each: each[0])}
    words = syllables(rest)
    subject = [w for w, says in zip(words, content_flags(words), strict=True) if says]
    subject = [w for w in subject if w not in _CUE_WORDS and not w.isdigit()]
    return ChangeQuestion(
        tuple(ordered.values()),
        tuple(absent),
        bool(_PASSIVE.search(folded)),
        len(meant) + len(absent) > 1 and bool(_BOTH.search(folded)),
        tuple(fold(w) for w in subject),
        " ".join(subject),
    )


def _by_number(
    asked: str, visible: HeldDocuments
) -> tuple[list[tuple[int, int]], list[tuple[int, HeldDocument]], list[CitedNumber]]:
    spans: list[tuple[int, int]] = []
    meant: list[tuple[int, HeldDocument]] = []
    absent: list[CitedNumber] = []
    for number in find_cited_numbers(asked):
        spans.append((number.start, number.end))
        fitting = visible.fitting(number)
        if fitting:
            meant.append((number.start, fitting[0]))
        else:
            absent.append(number)
    return spans, meant, absent


def _without(asked: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        asked = f"{asked[:start]} {asked[end:]}"
    return asked
