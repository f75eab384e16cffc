"""What follows the act itself: the signature, regulations issued with it, and appendices that nothing announces."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.corpus.document import ProvisionKind
from assistant.text import match_form
from ingest.legal.addresses import Node
from ingest.legal.signers import POSTS
from ingest.legal.units import Unit
from ingest.readers.raw import Block, BlockKind

if TYPE_CHECKING:
    from ingest.legal.structure import StructureReading

_SIGNATURE = re.compile(
    r"^(?:Nơi nhận\s*:|(?:TM|KT|TL|TUQ|Q)\.\s|\(Đã ký\)|XÁC THỰC VĂN BẢN HỢP NHẤT"
    r"|(?:Luật|Nghị quyết|Pháp lệnh|Bộ luật) này (?:đã )?được .*thông qua"
    rf"|{POSTS}(?: QUỐC HỘI)?$)"
)
_SIGNATURE_TABLE = re.compile(r"Nơi nhận|\(Đã ký\)|(?:^|\| )(?:TM|KT|TL|TUQ)\. ")
_ATTACHMENT = re.compile(
    r"^\W*(?:Ban hành )?kèm theo (?:Thông tư|Quyết định|Nghị định|Nghị quyết|Công văn|Kế hoạch)\b(?! này)",
    re.IGNORECASE,
)
_NAMES = (
    *("quy chế", "quy định", "điều lệ", "nội quy", "kế hoạch", "chương trình", "chuẩn", "tiêu chuẩn", "danh mục"),
    *("hướng dẫn", "đề án", "quy trình", "khung", "bộ tiêu chí", "bảng"),
)
_BEFORE_TITLE = re.compile(r"^[-–+•]\s|[;.]$|^_+$")
_LOOK_BACK = 8
UNNAMED, UNANNOUNCED = "Văn bản kèm theo", "Phần kèm theo"
_UNCOVERED_CHARS = 400


def is_signature(block: Block) -> bool:
    """Recipients and signature end the act: what follows belongs to no article."""
    pattern = _SIGNATURE_TABLE if block.kind is BlockKind.TABLE else _SIGNATURE
    return bool(pattern.search(block.text))


def announces_attachment(text: str) -> bool:
    """ "(Ban hành kèm theo Thông tư số …)" stands under the title of an attached regulation."""
    return bool(_ATTACHMENT.match(text))


def attached_regulation(blocks: Sequence[Block], index: int, opened_at: set[int]) -> tuple[int, Unit]:
    """The unit whose title stands in the lines just before block `index`, and where that title begins."""
    begin = index
    for back in range(index - 1, max(index - 1 - _LOOK_BACK, -1), -1):
        block = blocks[back]
        if back in opened_at or is_signature(block) or _ends_before_title(block):
            break
        begin = back
        if block.text.isupper() and match_form(block.text).startswith(_NAMES):
            break
    lines = [block.text for block in blocks[begin:index] if block.kind is not BlockKind.TABLE]
    title = " ".join(line for line in lines if not line.startswith("("))
    word = next((name for name in _NAMES if match_form(title).startswith(name)), "")
    unit = Unit(ProvisionKind.APPENDIX, "", title[len(word) :].strip(" .:"), word.capitalize() or UNNAMED)
    return min(begin, len(blocks) - 1), unit


def uncovered_annexes(reading: "StructureReading") -> list[Node]:
    """Text after the signature that no heading announces becomes an appendix, so that it is not lost."""
    found: list[Node] = []
    covered = [(node.start, node.end) for node in reading.nodes if node.parent is None]
    run: list[int] = []
    for index, start in enumerate(reading.starts):
        inside = start < covered[0][0] or any(begin <= start < end for begin, end in covered)
        if not inside and (run or _begins_annex(reading.blocks[index])):
            run.append(index)
        if run and (inside or index == len(reading.starts) - 1):
            begin = reading.starts[run[0]]
            end = reading.starts[run[-1]] + len(reading.blocks[run[-1]].text)
            if end - begin > _UNCOVERED_CHARS:
                label = str(len(found) + 1) if found else ""
                found.append(Node(Unit(ProvisionKind.APPENDIX, label, "", UNANNOUNCED), None, begin, end=end))
            run = []
    return found


def _ends_before_title(block: Block) -> bool:
    """Recipients ("- Lưu: VT;") and sentences stand before a title, never in it; "(Kèm theo …)" stands under it."""
    return not block.text.startswith("(") and bool(_BEFORE_TITLE.search(block.text))


def _begins_annex(block: Block) -> bool:
    """Past the signature and the list of recipients: a title in capitals, a table, or a full paragraph."""
    if is_signature(block):
        return False
    return block.kind is BlockKind.TABLE or block.text.isupper() or len(block.text) > 150
