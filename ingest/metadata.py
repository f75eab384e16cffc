"""Who issued a document, under which number, when and with what effect: from its face first, its format second."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import PurePath

from assistant.corpus.document import DocumentKind, Validity
from assistant.text import syllables
from ingest.legal.effect import passed_on, read_effect
from ingest.legal.header import Header
from ingest.legal.issuers import issuer_of_number, kind_of_number, printed_kind
from ingest.legal.numbers import find_numbers, slug
from ingest.legal.recognised_number import settled_number
from ingest.legal.signers import person_name, read_signer
from ingest.legal.titles import derived_title, tidy_title
from ingest.readers.pages import PageSource
from ingest.readers.raw import Hints, RawDocument


@dataclass(frozen=True, slots=True)
class Metadata:
    number: str
    kind: DocumentKind
    title: str
    """Empty where neither face nor format gives one."""
    issuer: str
    issued_on: date | None
    validity: Validity
    signer: str
    slug: str
    """What the document's identifier is made from: its number, else its file's name."""
    is_sample: bool
    is_draft: bool
    warnings: tuple[str, ...] = ()


def read_metadata(raw: RawDocument, name: str) -> Metadata:
    """Facts about the document; what neither the text nor the format says stays empty."""
    hints, header = raw.hints, Header(raw.blocks)
    text = "\n".join(block.text for block in raw.blocks)
    printed = "" if hints.is_excerpt else header.number
    is_other = _is_other(hints, printed, header)
    if is_other:
        # The page speaks of another document than the text is: nothing it says holds for this one.
        hints = Hints(url=hints.url, is_sample=hints.is_sample, is_draft=hints.is_draft)
    # Where only the symbol differs, a register is surer of it than a typist.
    number = hints.number or printed or _number_in(hints.title)
    doubt = ""
    if raw.pages and raw.pages[0].source is PageSource.OCR:
        number, doubt = settled_number(number, name, header.kind)
    issued_on = hints.issued_on if hints.is_excerpt else header.issued_on or passed_on(text) or hints.issued_on
    is_draft = hints.is_draft or (not hints.is_excerpt and header.is_draft)
    validity, differs = _validity(text, hints, None if is_draft else issued_on)
    kind = _kind(number, hints, header)
    mismatch = is_other or bool(printed and hints.number and printed != hints.number)
    backward = bool(validity.effective_from and issued_on and validity.effective_from < issued_on)
    warnings = {f"number_mismatch:{raw.hints.number}": mismatch, "effective_date_differs": differs, doubt: bool(doubt)}
    return Metadata(
        number=number,
        kind=kind,
        title=_title(kind, hints, header, text),
        issuer=hints.issuer or issuer_of_number(number) or tidy_title(header.issuer, text),
        issued_on=issued_on,
        validity=validity,
        signer=read_signer(text) or person_name(hints.signer),
        slug=slug(number) or slug(PurePath(name).stem.partition(".")[0]) or "van-ban",
        is_sample=hints.is_sample or header.is_sample,
        is_draft=is_draft,
        warnings=tuple(code for code, holds in {**warnings, "effect_before_issue": backward}.items() if holds),
    )


def _is_other(hints: Hints, printed: str, header: Header) -> bool:
    """Whether the page's number and title belong to another document than the text under them."""
    if not hints.number or hints.is_excerpt:
        return False
    if printed:
        return printed.rpartition("/")[0] != hints.number.rpartition("/")[0]
    said, shown = (set(pairwise(syllables(title))) for title in (hints.title, header.title))
    return header.is_draft and bool(said and shown) and len(said & shown) < 0.7 * min(len(said), len(shown))


def _number_in(title: str) -> str:
    mention = next(find_numbers(title), None)
    return mention.number if mention and mention.start < 40 else ""


def _kind(number: str, hints: Hints, header: Header) -> DocumentKind:
    named = printed_kind(hints.kind) or next((k for k in DocumentKind if hints.title.startswith(f"{k.value} ")), None)
    return kind_of_number(number) or header.kind or named or DocumentKind.OTHER


def _title(kind: DocumentKind, hints: Hints, header: Header, text: str) -> str:
    title = "" if hints.title_is_of_page else hints.title
    title = tidy_title(title or header.title or hints.title or derived_title(text), text)
    if kind in (DocumentKind.LAW, DocumentKind.CODE) and title and not title.startswith(kind.value):
        # Laws are cited by name: "Luật Giáo dục", not "Giáo dục".
        return f"{kind.value} {title}"
    return title


def _validity(text: str, hints: Hints, issued_on: date | None) -> tuple[Validity, bool]:
    """The days of effect, and whether the text and the format disagree on the first."""
    effect = read_effect(text, issued_on)
    if hints.is_excerpt:
        begins = _noted_or_said(effect.effective_from, hints.effective_from, issued_on)
        return Validity(begins, hints.effective_to), begins != hints.effective_from
    differs = bool(effect.effective_from and hints.effective_from and effect.effective_from != hints.effective_from)
    begins = effect.effective_from or hints.effective_from
    return Validity(begins, effect.effective_to or hints.effective_to), differs


def _noted_or_said(said: date | None, noted: date | None, issued_on: date | None) -> date | None:
    """The day a codified text says itself, unless it is its note's day with a year before the text was issued."""
    if said is None or noted is None:
        return said or noted
    slipped = issued_on is not None and said < issued_on and (said.month, said.day) == (noted.month, noted.day)
    return noted if slipped else said
