"""Scanned pages by Tesseract `vie`: as they are first; cleaned (median filter, deskew, upscaling) when in doubt."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from PIL import Image

from assistant.text import fold
from ingest.readers.health import measure
from ingest.readers.pdf.cleaning import cleaned, turned
from ingest.readers.pdf.lines import Line, Word, pieces_of
from ingest.readers.raw import clean

GOOD_CONFIDENCE = 0.85
PAGE_TIMEOUT_SECONDS = 30
# One thread a page: Tesseract's own threads cost more than they give, and readers already run side by side.
_COMMAND = ("env", "OMP_THREAD_LIMIT=1", "tesseract", "stdin", "stdout", "-l", "vie", "--dpi", "300")
_NOISE_WORD = re.compile(r"^[\W_]+$")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_KEPT_SIGN = re.compile(r"^(?:[-–+•“”\"(]|\./?\.?|[.;:,!?)]+)$")
# Four letters that may stand apart, a number, a stop: an article where the letters fold to "dieu".
_ARTICLE = re.compile(r"^\W{0,2}(?P<w>\w(?:\s?\w){3})\s*(?P<n>[0-9lIO\]|]{1,3})(?P<s>[a-zđ]?)\s*[.:,](?=\s|$)")
_ARTICLE_WORDS = {"dieu", "dleu", "d1eu", "oieu"}
_GROUP = re.compile(r"^\W{0,2}(?P<word>Ch[ưu][ơo]ng|CH[ƯU][ƠO]NG)\s+(?P<n>[IVXLC1l]{1,6})\b")
# Lines in capitals that tell what a document is: the recogniser loses their small marks more than any others'.
_HEADS = (
    *("QUYẾT ĐỊNH", "NGHỊ QUYẾT", "NGHỊ ĐỊNH", "THÔNG TƯ", "CHỈ THỊ", "KẾ HOẠCH", "THÔNG BÁO", "HƯỚNG DẪN", "QUY CHẾ"),
    *("QUY ĐỊNH", "BÁO CÁO", "TỜ TRÌNH", "CÔNG ĐIỆN", "THỦ TƯỚNG CHÍNH PHỦ", "CHÍNH PHỦ", "QUỐC HỘI", "PHỤ LỤC"),
    *("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    *("Độc lập - Tự do - Hạnh phúc", "Nơi nhận"),
)
# The Prime Minister's symbol loses its small g; no issuer is called TT.
_PRIME_MINISTER = re.compile(r"^(S[ốôóo]\s*[:.]?.{0,20}?-TT)\S?(?=\s|$)")
_DIGITS = str.maketrans("lIO]|", "11011")


class Recognised(NamedTuple):
    """Lines in points of the page, the mean confidence of their words, and the share of whole syllables."""

    lines: list[Line]
    confidence: float
    health: float

    @property
    def merit(self) -> float:
        return self.confidence * self.health

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


_NOTHING = Recognised([], 0.0, 0.0)


@lru_cache(maxsize=1)
def can_recognise() -> bool:
    """Whether Tesseract and its Vietnamese data are installed."""
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(("tesseract", "--list-langs"), capture_output=True, text=True, check=False)
    return "vie" in listed.stdout.split()


def recognise(image: Image.Image, scale: float, alive: Callable[[], None] = lambda: None) -> Recognised:
    """The text of a page image, `scale` pixels to the point. `alive` is called between attempts."""
    try:
        first = _run(image, scale)
    except subprocess.TimeoutExpired:
        first = _NOTHING  # noise takes the recogniser longer than text
    else:
        if first.confidence >= GOOD_CONFIDENCE or not first.lines:
            # Of a page on which nothing at all was found, cleaning makes no text.
            return first
    alive()
    best = max(first, _attempt(cleaned(image), scale), key=lambda each: each.merit)
    if best.merit >= 0.4:
        return best
    # Upside down or on its side: the recogniser's own guess, and only when nothing else was readable.
    alive()
    upright = turned(image)
    return max(best, _attempt(upright, scale), key=lambda each: each.merit) if upright is not None else best


def _attempt(image: Image.Image, scale: float) -> Recognised:
    try:
        return _run(image, scale)
    except subprocess.TimeoutExpired:
        return _NOTHING


def _run(image: Image.Image, scale: float) -> Recognised:
    stream = io.BytesIO()
    image.save(stream, "PPM")
    done = subprocess.run(
        (*_COMMAND, "tsv"), input=stream.getvalue(), capture_output=True, timeout=PAGE_TIMEOUT_SECONDS, check=False
    )
    lines, confidence = _lines(done.stdout.decode("utf-8", "replace").splitlines()[1:], scale)
    health = measure("\n".join(line.text for line in lines)).score if lines else 0.0
    return Recognised(lines, confidence, health)


def _lines(rows: Iterable[str], scale: float) -> tuple[list[Line], float]:
    printed: dict[tuple[str, ...], list[tuple[Word, float]]] = {}
    for row in rows:
        cells = row.split("\t")
        if len(cells) < 12 or not cells[11].strip() or float(cells[10]) < 0:
            continue
        left, top, width, height = (float(value) / scale for value in cells[6:10])
        word = Word(clean(cells[11]), left, left + width, top, top + height)
        printed.setdefault(tuple(cells[2:5]), []).append((word, float(cells[10]) / 100))
    kept = [line for line in map(_without_noise, printed.values()) if line]
    weights = [(len(word.text), sure) for line in kept for word, sure in line]
    total = sum(length for length, _ in weights)
    confidence = sum(length * sure for length, sure in weights) / total if total else 0.0
    pieces = [piece for line in kept for piece in pieces_of(_level([word for word, _ in line]))]
    return [_restored(piece) for piece in pieces], round(confidence, 3)


def _without_noise(line: list[tuple[Word, float]]) -> list[tuple[Word, float]]:
    """Stamps, specks and rulings come out as signs and short words that the recogniser itself doubts."""
    words = [(word, sure) for word, sure in line if not (_NOISE_WORD.match(word.text) and not _is_kept(word, sure))]
    while words and words[-1][1] < 0.3:
        words.pop()
    while words and words[0][1] < 0.3:
        words.pop(0)
    letters = sum(letter.isalnum() for word, _ in words for letter in word.text)
    sure = sum(each for _, each in words) / len(words) if words else 0.0
    return words if letters >= 1 and sure >= 0.35 else []


def _is_kept(word: Word, sure: float) -> bool:
    return bool(_KEPT_SIGN.match(word.text)) and sure > 0.5


def _level(words: list[Word]) -> list[Word]:
    """All words of a printed line get the line's height: boxes of the recogniser hug the letters."""
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    typical = sorted(word.bottom - word.top for word in words)[len(words) // 2]
    if bottom - top > 2 * typical:
        return words
    return [word._replace(top=top, bottom=bottom) for word in words]


def _bare(text: str) -> str:
    return _NO_LETTERS.sub("", fold(text))


_KNOWN_HEADS = {_bare(head): head for head in _HEADS}


def _restored(line: Line) -> Line:
    """Structure words whose marks were lost in the scan: "Điêu l." begins an article as "Điều 1." does."""
    head = _KNOWN_HEADS.get(_bare(line.text))
    if head and (line.text.isupper() or not head.isupper()):
        return replace(line, text=head + (":" if line.text.rstrip().endswith(":") else ""))
    article = _ARTICLE.match(line.text)
    if article and fold(article["w"]).replace(" ", "") in _ARTICLE_WORDS:
        number = article["n"].translate(_DIGITS)
        text = f"Điều {number}{article['s']}.{line.text[article.end() :]}"
    else:
        group = _GROUP.match(line.text)
        if not group:
            return replace(line, text=_PRIME_MINISTER.sub(r"\1g", line.text))
        word = "CHƯƠNG" if group["word"].isupper() else "Chương"
        text = f"{word} {group['n'].replace('1', 'I').replace('l', 'I')}{line.text[group.end() :]}"
    return replace(line, text=text)
