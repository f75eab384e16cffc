"""What stands around a question and changes no figure: what it is wanted for, by when, who is writing what."""

import re
from collections.abc import Iterator


def _any(*phrases: str) -> str:
    return "(?:" + "|".join(one for text in phrases for one in text.split("|")) + ")"


_WHO = _any(
    "anh chi|anh|chi|em|e|toi|minh|mk|mik|co|thay|ban|chung toi|chung em|ben em|ben toi|ben minh",
    "don vi(?: toi| em| minh)?|phong(?: toi| em| minh)?|vu|cuc|bo|so|to|ban|lanh dao|sep|thu truong|bo truong",
    "giam doc|truong phong|van phong",
).replace("(?:", "(?:(?:", 1) + " )"  # fmt: skip
_MAKING = _any(
    "viet|lam|soan|soan thao|chuan bi|xay dung|lap|hoan thien|hoan thanh|tong hop|ra soat|trinh|trinh bay|bao cao",
    "phan tich|danh gia|dua|dua vao|kip|tham muu|phuc vu|lay so lieu|co so|co can cu|co co so|biet|nam|thay|hieu",
    "gui|nop|hop|di hop|tra loi|phat bieu|bo sung|minh hoa|theo doi|xem xet|can doi|bo tri|phan bo|hoach dinh",
    "de xuat|dinh kem|dien|giai trinh|in|thuyet trinh|len ke hoach|ke hoach|bo vao|chen vao|thong bao|bao|chi dao",
    "dieu hanh|kiem tra|thao luan|giao ban|so ket|tong ket|cap nhat|doi chieu so lieu|quyet dinh|sap xep|to chuc",
    "tuyen dung|dau tu|mua sam|xin",
)
_PAPER = _any(
    "bao cao|to trinh|de an|ke hoach|bai|tham luan|phat bieu|tai lieu|cong van|van ban|phuong an|hoi nghi|cuoc hop",
    "hop|slide|chuyen de",
)
_MEETING = _any(
    "bai phat bieu|bao cao (?:tuan|thang|quy|nhanh|gap|tong ket|so ket)|cuoc hop|buoi hop|phien hop|hoi nghi|to trinh",
    "bai bao cao|giao ban",
)
_SOON = _any(
    "gap|ngay|som|lien|truoc|trong (?:hom nay|sang nay|chieu nay|ngay|tuan)|chieu nay|sang nay|hom nay|mai|ngay mai",
    "tuan nay",
)
_THESE = _any("con so|so lieu|so|bang|thong tin|danh sach|du lieu|ket qua")
_ASKING = _any("kinh de nghi|de nghi|kinh mong|rat mong|mong|lam phien|phien|nho")
_ME = "(?:toi|em|minh|chung toi|biet|xin|hoi)"
_START, _REST = r"(?:^|(?<=[,.;?!:] ))", r"[^,.;?!:()]*"
_CLAUSES = tuple(
    re.compile(pattern)
    for pattern in (
        # "để tôi làm tờ trình", "nhằm phục vụ hội nghị"
        rf"\b(?:de|nham|nham de) {_WHO}?(?:con |co the |kip |can |tien |dang |phai |di |de )?{_MAKING}\b{_REST}",
        rf"\b(?:phuc vu|lam can cu|lam co so|lam tu lieu) (?:cho |viec |cho viec |de )*{_MAKING}\b{_REST}",
        # "em cần gấp cho bài phát biểu của Thứ trưởng"
        rf"\b(?:cho kip|kip|cho|cua) (?:mot |buoi |cuoc )?{_MEETING}\b{_REST}",
        # "Tôi đang viết báo cáo tổng kết …,"
        rf"{_START}{_WHO}(?:dang|phai|sap|vua|chuan bi|duoc giao|can) (?:phai )?{_MAKING} "
        rf"(?:ban |du thao |mot |bai |noi dung )*{_PAPER}{_REST}",
        # "Vụ cần trước 16 giờ", "Tôi cần con số này …"
        rf"{_START}{_WHO}?(?:dang |rat |chi )?(?:can|xin|lay|muon|mong)(?: co| nhan)?(?: {_THESE})?"
        rf"(?: (?:nay|do|ay|tren))? {_SOON}\b{_REST}",
        rf"{_START}{_WHO}?(?:dang |rat )?(?:can|xin|lay|muon|dung) {_THESE} (?:nay|do|ay|moi nhat|chinh xac)\b{_REST}",
        # "Mong anh gửi sớm để kịp báo cáo"
        rf"\b{_ASKING} {_WHO}?(?:som )?(?:gui|tra loi|phan hoi|ho tro|giup|cung cap|bao)"
        rf"(?: lai| giup| cho {_WHO}?)?\s*{_SOON}\b{_REST}",
        # "đề nghị anh cho biết", "phiền chị gửi": the vocative is nobody's subject.
        rf"\b{_ASKING} (?:quy )?{_WHO}(?:vui long |giup |lam on |hay |som )*"
        rf"(?:cho {_ME}\b|cung cap\b|gui\b|neu\b|giup\b)?",
        r"\b(?:tran trong|xin|chan thanh)? ?cam on\b[^,.;?!:]*",
    )
)
_ASKS = re.compile(
    r"\b(?:bao nhieu|bn|may|nao|ti le|ty le|so luong|tong so|phan tram|cao nhat|thap nhat|nhieu nhat|it nhat|dung thu"
    r"|tang|giam)\b|%"
)


def framing_in(bare: str) -> Iterator[tuple[int, int]]:
    """Where in an unaccented canonical text something only frames the question; never over what asks."""
    for pattern in _CLAUSES:
        for found in pattern.finditer(bare):
            if not _ASKS.search(found[0]):
                yield found.span()
