"""Markdown with front matter: headings, lists, hard-wrapped paragraphs and pipe tables."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

import yaml

from assistant.errors import FileUnreadable
from assistant.text import fold
from ingest.legal.dates import first_date
from ingest.legal.numbers import normal_number
from ingest.readers.raw import Block, BlockKind, Hints, RawDocument, clean, paragraphs, table_block

_FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_LIST_ITEM = re.compile(r"^(?:[-*+•]\s+|\d+[a-zđ]?[.)]\s+|[a-zđ]\d?\)\s+|Điều\s+\d+)")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()]|\([^)]*\))*\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")

# Names found in offices' own files, folded and without separators, for each fact.
_KEYS = {
    "number": ("sohieu", "sokyhieu", "number"),
    "title": ("trichyeu", "title", "tieude"),
    "kind": ("loaivanban", "kind"),
    "issuer": ("coquanbanhanh", "issuer"),
    "signer": ("nguoiky", "signer"),
    "url": ("url", "sourceurl", "link"),
    "label": ("label", "nhan"),
    "territory": ("territory", "diaban"),
}
_DATES = {
    "issued_on": ("ngaybanhanh", "issuedon", "issued", "date"),
    "effective_from": ("ngayhieuluc", "ngaycohieuluc", "effectivefrom", "effective"),
    "effective_to": ("ngayhethieuluc", "effectiveto", "expires"),
}


def read_markdown(text: str) -> RawDocument:
    match = _FRONT_MATTER.match(text)
    front = _front_matter(match[1]) if match else {}
    body = text[match.end() :] if match else text
    return RawDocument(tuple(_blocks(body)), _hints(front))


def _front_matter(text: str) -> dict[str, object]:
    try:
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        raise FileUnreadable("front_matter_invalid", detail=str(error)) from error
    if not isinstance(loaded, Mapping):
        return {}
    return {re.sub(r"[^a-z]", "", fold(str(key))): value for key, value in loaded.items()}


def _hints(front: Mapping[str, object]) -> Hints:
    words = {name: _first(front, keys) for name, keys in _KEYS.items()}
    days = {name: first_date(_first_value(front, keys)) for name, keys in _DATES.items()}
    return Hints(
        number=normal_number(words["number"]),
        title=words["title"],
        kind=words["kind"],
        issuer=words["issuer"],
        signer=words["signer"],
        url=words["url"],
        label=words["label"],
        territory=words["territory"],
        issued_on=days["issued_on"],
        effective_from=days["effective_from"],
        effective_to=days["effective_to"],
        is_sample=front.get("sample") is True,
        is_draft=front.get("draft") is True,
        is_official=front.get("official") is not False,
    )


def _first_value(front: Mapping[str, object], keys: tuple[str, ...]) -> object:
    return next((front[key] for key in keys if front.get(key) not in (None, "")), "")


def _first(front: Mapping[str, object], keys: tuple[str, ...]) -> str:
    value = _first_value(front, keys)
    return clean(str(value)) if isinstance(value, str | int | date) else ""


def _blocks(body: str) -> Iterator[Block]:
    paragraph: list[str] = []
    table: list[str] = []
    for line in [*body.replace("\r\n", "\n").split("\n"), ""]:
        stripped = line.strip().removeprefix("> ").strip()
        if table and not stripped.startswith("|"):
            yield from _table(table)
            table = []
        heading = _HEADING.match(stripped)
        starts = bool(heading) or not stripped or stripped.startswith("|") or bool(_LIST_ITEM.match(_plain(stripped)))
        if paragraph and (starts or _RULE.match(stripped)):
            yield from paragraphs(" ".join(paragraph))
            paragraph = []
        if heading:
            yield from paragraphs(_plain(heading[2]), BlockKind.HEADING, len(heading[1]))
        elif stripped.startswith("|"):
            table.append(stripped)
        elif stripped and not _RULE.match(stripped):
            paragraph.append(_plain(stripped))
            if line.endswith("  "):  # a hard line break
                yield from paragraphs(" ".join(paragraph))
                paragraph = []


def _table(lines: list[str]) -> list[Block]:
    rows = [[_plain(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in lines]
    return table_block([row for row in rows if not all(re.fullmatch(r"\s*:?-+:?\s*", cell) for cell in row)])


def _plain(text: str) -> str:
    """Without marks of emphasis, links and bullets; what a reader would see."""
    text = _LINK.sub(r"\1", text)
    for _ in range(2):  # bold inside italics
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", re.sub(r"^[-*+]\s+(?=\S)", "- ", text)).strip()
