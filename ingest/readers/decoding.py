"""Bytes to text: UTF-8 first, UTF-16 by its marks, and encodings of before Unicode where they alone make sense."""

import codecs
import unicodedata

from assistant.errors import FileUnreadable, FormatUnsupported
from ingest.readers.encodings import recovered
from ingest.readers.health import measure

_CHECKED = 200_000


def decoded(data: bytes, *, is_named: bool) -> tuple[str, str]:
    """(text, encoding it was converted from). `is_named`: the file's name says that it is a document."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16"), ""
        except UnicodeDecodeError as error:
            raise FileUnreadable("text_encoding") from error
    if b"\x00" in data:
        return _without_mark(data, is_named=is_named), "UTF-16"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not is_named:
            raise FormatUnsupported() from error
        return _guessed(data)
    if is_named:
        healed, encoding = recovered(text[:_CHECKED])
        if encoding:
            return (healed if len(text) <= _CHECKED else recovered_whole(text, encoding)), encoding
    return text, ""


def recovered_whole(text: str, encoding: str) -> str:
    """A long text converted as its beginning was."""
    found, again = recovered(text)
    if again != encoding:
        raise FileUnreadable("text_encoding", detail=f"{encoding} at first, not throughout")
    return found


def _without_mark(data: bytes, *, is_named: bool) -> str:
    """UTF-16 that lost its mark: every other byte of Latin text is zero. Any other zero byte is not text."""
    for name, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if zeros.count(0) > 0.5 * len(zeros):
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text and measure(text).score > 0.8:
                return text
    raise FileUnreadable("format_mismatch") if is_named else FormatUnsupported()


def _guessed(data: bytes) -> tuple[str, str]:
    windows = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    health = measure(windows[:_CHECKED])
    if health.score >= 0.95 and health.marked >= 0.3 and health.junk == 0 and health.words >= 30:
        return windows, "Windows-1258"
    text, encoding = recovered("".join(map(_shown, data)))
    if not encoding:
        raise FileUnreadable("text_encoding")
    return text, encoding


def _shown(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)
