"""Who signed: the name that stands under the office it was signed for."""

import re
from collections.abc import Iterator, Sequence

from ingest.readers.raw import CELL_MARK

POSTS = (
    r"(?:PHÓ |QUYỀN )?(?:BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|THỐNG ĐỐC|CHỦ TỊCH|CHỦ NHIỆM|HIỆU TRƯỞNG|(?:TỔNG )?GIÁM ĐỐC"
    r"|(?:TỔNG )?CỤC TRƯỞNG|VỤ TRƯỞNG|VIỆN TRƯỞNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|TỔNG THANH TRA|TỔNG KIỂM TOÁN"
    r"|CHÁNH ÁN|(?:TỔNG )?BÍ THƯ|TỔNG THƯ KÝ|TRƯỞNG (?:PHÒNG|BAN|KHOA|ĐOÀN))"
)
_POST = re.compile(rf"(?:(?:TM|KT|TL|TUQ|Q)\.\s*|{POSTS})(?!\w)")
_FOR = re.compile(r"^(?:TM|KT|TL|TUQ|Q)\.")
_SIGNED = re.compile(r"\(\s*[Đđ]ã ký\s*\)|\[\s*[Đđ]ã ký\s*\]")
_DEGREES = re.compile(r"^(?:(?:GS|PGS|TS|TSKH|ThS|BS|NGND|NGƯT|Giáo sư|Tiến sĩ|Thạc sĩ|Phó Giáo sư)[.,\s]+)+")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# The commonest family names: a line in capitals under a post is a name only when it begins with one.
_FAMILY_LIST = """
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trịnh đoàn mai lương cao hà tạ tô tăng
thái triệu trương từ văn vương lâm kiều khương lã lại lưu chu châu đào đàm đồng giang la mạc ninh nông phùng quách
tống thạch thân viên vi hứa doãn diệp âu an ông tôn trang uông
"""
_FAMILIES = frozenset(_FAMILY_LIST.split())
_LINES_BELOW, _RECIPIENTS = 5, 40


def read_signer(text: str) -> str:
    """The first name under a post, or beside "(Đã ký)": what follows the act is signed by others."""
    cells = [cell.strip() for line in text.split("\n") for cell in line.split(CELL_MARK.strip()) if cell.strip()]
    for at, cell in enumerate(cells):
        signed = _SIGNED.search(cell)
        if signed or _POST.search(cell[:400]):
            below = (
                cell[signed.end() :] if signed else "",
                *_after_posts(cell),
                *cells[at + 1 : at + 1 + _LINES_BELOW],
            )
            name = _first_name(below)
            if name:
                return name
    return _beside_recipients(cells)


def _beside_recipients(cells: Sequence[str]) -> str:
    """Where a seal hides the post in a scan: a line of its own after the list of recipients that is a name."""
    first = next((at for at, cell in enumerate(cells) if cell.startswith("Nơi nhận")), len(cells))
    for cell in cells[first + 1 : first + 1 + _RECIPIENTS]:
        if person_name(cell) == cell and cell.split()[0].casefold() in _FAMILIES:
            return cell
    return ""


def person_name(text: str) -> str:
    """The personal name that `text` begins with, if any: two to five words, each with a capital."""
    words: list[str] = []
    for word in _DEGREES.sub("", text.strip(" |\n")).split():
        bare = word.rstrip(",;.")
        if not (_NAME_WORD.fullmatch(bare) and bare.istitle()):
            break
        words.append(bare)
        if bare != word:
            break
    return " ".join(words) if 2 <= len(words) <= 5 else ""


def _after_posts(cell: str) -> Iterator[str]:
    """What stands behind the posts of a cell whose lines were joined: "KT. BỘ TRƯỞNG THỨ TRƯỞNG Phạm …"."""
    for post in _POST.finditer(cell):
        words = cell[post.end() :].split()
        first = next((at for at, word in enumerate(words) if not word.isupper()), len(words))
        if first < len(words):
            yield " ".join(words[first:])


def _first_name(lines: tuple[str, ...]) -> str:
    """The first name, past further posts; any other words mean that nobody signed here."""
    for line in lines:
        line = _SIGNED.sub("", line).strip()
        if not line or (line.isupper() and (_POST.search(line) or _FOR.match(line))):
            continue
        name = person_name(line) or _in_capitals(line)
        if name:
            return name
        if not line.isupper():
            return ""
    return ""


def _in_capitals(line: str) -> str:
    words = line.split()
    known = line.isupper() and 2 <= len(words) <= 5 and words[0].casefold() in _FAMILIES
    return person_name(line.title()) if known else ""
