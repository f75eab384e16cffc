"""The header of a document (Nghị định 30/2020, Annex I): its lines, number, day, kind and title as printed."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.corpus.document import DocumentKind
from assistant.text import match_form
from ingest.legal.contents import contents_lines
from ingest.legal.dates import first_date
from ingest.legal.issuers import printed_kind
from ingest.legal.numbers import find_numbers
from ingest.legal.units import read_article, read_group
from ingest.readers.raw import CELL_MARK, Block, BlockKind

_MAX_BLOCKS = 40
# A cell may run the issuer and the number together: "BỘ TÀI CHÍNHSố: 105/2025/TT-BTC".
_NUMBER_LINE = re.compile(r"^(?:(?!Căn cứ).{0,120}?)[Ss](?:ố|Ố)\s*:\s*(.*)$")
_BLANK_NUMBER = re.compile(r"^[.…_\s]*[/-]|^[.…_\s]*$")
_PLACE_AND_DAY = re.compile(
    r"(?:^|,\s*)ngày\s*(?P<d>[\d.…_\s]*)tháng\s*(?P<m>[\d.…_\s]*)năm\s*(?P<y>[\d.…_\s]*)", re.IGNORECASE
)
_ATTACHED_TO = re.compile(r"kèm theo (?:\w+\s){1,4}?số\s", re.IGNORECASE)
_KIND_AND_NUMBER = re.compile(
    r"^\W*(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Công văn|Kế hoạch)"
    r"\s+(?:số\s+)?(?=\d)",
    re.IGNORECASE,
)
_TITLE_ENDS = re.compile(
    r"^(?:Căn cứ|Theo đề nghị|Xét đề nghị|Kính gửi|Quốc hội ban hành|Thực hiện |[-_*=.\s]+$|QUYẾT ĐỊNH\s*:?$|QUYẾT NGHỊ"
    r"|(?:BỘ TRƯỞNG|CHÍNH PHỦ|THỦ TƯỚNG|CHỦ TỊCH|HIỆU TRƯỞNG|GIÁM ĐỐC|ỦY BAN|HỘI ĐỒNG|UBND|QUỐC HỘI|CỤC TRƯỞNG)\b)"
)
_UNFINISHED = re.compile(
    r"(?:,|\b(?:và|của|về|cho|với|theo|tại|trong|hoặc|các|những|ban hành|kèm theo))$", re.IGNORECASE
)
_LAW_NAMES = {"BỘ LUẬT": DocumentKind.CODE, "LUẬT": DocumentKind.LAW, "HIẾN PHÁP": DocumentKind.CONSTITUTION}
_LAW_NAMES |= {"PHÁP LỆNH": DocumentKind.ORDINANCE}
_ISSUER = re.compile(
    r"^(?:BỘ|CHÍNH PHỦ|QUỐC HỘI|ỦY BAN|UỶ BAN|UBND|SỞ|TRƯỜNG|THỦ TƯỚNG|HỘI ĐỒNG|CỤC|VỤ|ĐẠI HỌC|HỌC VIỆN|VIỆN|PHÒNG"
    r"|THANH TRA|TỔNG CỤC|VĂN PHÒNG|TRUNG TÂM)(?!\w)"
)
_INNER_ISSUER = re.compile(r"\s(?=(?:SỞ|TRƯỜNG|PHÒNG|CỤC|HỌC VIỆN|VIỆN|ỦY BAN|TRUNG TÂM)\s)")
_DRAFT = re.compile(r"^\W*dự thảo\b.{0,40}$")


class Header:
    """Lines before the first unit of the text, table cells taken apart."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.lines = list(_lines(blocks))
        first = read_group(self.lines[0]) if self.lines else None
        self.is_annex = first is not None
        """An appendix saved as a file of its own: its forms print kinds, days and numbers that are not its."""
        kinds = (i for i, line in enumerate(self.lines) if not self.is_annex and _kind_of_line(line))
        self.kind_at = next(kinds, None)

    @property
    def kind(self) -> DocumentKind | None:
        return _kind_of_line(self.lines[self.kind_at]) if self.kind_at is not None else None

    @property
    def number(self) -> str:
        """The number on the face of the document, or of the act that this annex belongs to."""
        for line in () if self.is_annex else self.lines:
            match = _NUMBER_LINE.match(line)
            mention = next(find_numbers(match[1]), None) if match else None
            if mention and mention.start <= 2:
                return mention.number
        for line in self.lines[:10]:
            attached, named = _ATTACHED_TO.search(line), _KIND_AND_NUMBER.match(line)
            mention = next(find_numbers(line), None)
            if mention and ((attached and self.is_annex) or (named and named.end() == mention.start)):
                return mention.number
        return ""

    @property
    def issued_on(self) -> date | None:
        if self.is_annex:
            attached = " ".join(self.lines[:8]).partition("èm theo ")[2]
            return first_date(attached)
        for line in self.lines if self.kind_at is None else self.lines[: self.kind_at + 12]:
            place = _PLACE_AND_DAY.search(line)
            if place and len(line) < 120 and not line.startswith(("Căn cứ", "(")):
                return first_date(place[0])
        return None

    @property
    def is_draft(self) -> bool:
        """Says so, or leaves the day or the number to be filled in."""
        first = () if self.is_annex else self.lines[:15]
        return any(_DRAFT.match(match_form(line)) or _is_blank(line) for line in first)

    @property
    def is_sample(self) -> bool:
        return any("văn bản mẫu" in match_form(line) for line in self.lines[:15])

    @property
    def issuer(self) -> str:
        """The issuing body as printed; of a body and the body above it, the one that issued."""
        for line in self.lines[:12]:
            if line.isupper() and _ISSUER.match(line):
                return _INNER_ISSUER.split(line.strip(" -_"))[-1]
        return ""

    @property
    def title(self) -> str:
        """The lines under the kind, as printed."""
        if self.kind_at is None:
            about = next((line for line in self.lines[:15] if match_form(line).startswith(("v/v", "về việc"))), "")
            return re.sub(r"^(?:V/v|v/v)[\s:]*", "", about)
        first = self.lines[self.kind_at]
        law = next((name for name in _LAW_NAMES if first.startswith(name)), "")
        parts = [first] if law and len(first) > len(law) else []
        for line in self.lines[self.kind_at + 1 : self.kind_at + 7]:
            if _TITLE_ENDS.match(line) or line.startswith("(") or _NUMBER_LINE.match(line):
                break
            # A title goes on in the same letters, or in the middle of a sentence; anything else is the text.
            goes_on = line[:1].islower() or (line.isupper() and parts and parts[-1].isupper())
            if parts and not goes_on and not _UNFINISHED.search(parts[-1]):
                break
            parts.append(line)
        # A saved page may have lost the break after the kind: "LUẬTSỬA ĐỔI, BỔ SUNG …".
        return re.sub(rf"^({law})(?=\w)", r"\1 ", " ".join(parts)) if law else " ".join(parts)


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    contents = contents_lines(blocks)
    for block in [block for at, block in enumerate(blocks) if at not in contents][:_MAX_BLOCKS]:
        if block.article or (block.kind is not BlockKind.TABLE and (read_article(block.text) or _is_group(block.text))):
            return
        for row in block.text.split("\n"):
            yield from (re.sub(r"\s*[-_=]{3,}\s*", "", cell) for cell in row.split(CELL_MARK) if cell.strip(" -_="))


def _is_group(text: str) -> bool:
    unit = read_group(text)
    return unit is not None and not unit.word


def _kind_of_line(line: str) -> DocumentKind | None:
    kind = printed_kind(line)
    if kind is not None and line.isupper():
        return kind
    return next((kind for name, kind in _LAW_NAMES.items() if line.startswith(name) and line.isupper()), None)


def _is_blank(line: str) -> bool:
    number = _NUMBER_LINE.match(line)
    if number and len(line) < 60 and _BLANK_NUMBER.match(number[1]):
        return True
    place = _PLACE_AND_DAY.search(line)
    return bool(place) and len(line) < 80 and not all(re.search(r"\d", place[part]) for part in "dmy")  # type: ignore[index]  # place is set
