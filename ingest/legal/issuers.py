"""What the symbol of a document's number says: its kind and who issued it."""

import re

from assistant.corpus.document import DocumentKind
from assistant.text import fold, match_form
from ingest.legal.numbers import has_year

_KINDS = {
    "NĐ": DocumentKind.DECREE,
    "NQ": DocumentKind.RESOLUTION,
    "QĐ": DocumentKind.DECISION,
    "TT": DocumentKind.CIRCULAR,
    "TTLT": DocumentKind.JOINT_CIRCULAR,
    "CT": DocumentKind.DIRECTIVE,
    "VBHN": DocumentKind.CONSOLIDATION,
    "PL": DocumentKind.ORDINANCE,
    "KH": DocumentKind.PLAN,
    "BC": DocumentKind.REPORT,
    "CV": DocumentKind.OFFICIAL_LETTER,
}
_ISSUERS = {
    "QH": "Quốc hội",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "VPQH": "Văn phòng Quốc hội",
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BTC": "Bộ Tài chính",
    "BNV": "Bộ Nội vụ",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BYT": "Bộ Y tế",
    "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng",
    "BTP": "Bộ Tư pháp",
    "BNG": "Bộ Ngoại giao",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "UBDT": "Ủy ban Dân tộc",
    "TTCP": "Thanh tra Chính phủ",
    "CTN": "Chủ tịch nước",
    "VPCP": "Văn phòng Chính phủ",
    "BCT": "Bộ Công Thương",
    "BXD": "Bộ Xây dựng",
    "BGTVT": "Bộ Giao thông vận tải",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNN": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "BVHTT": "Bộ Văn hóa - Thông tin",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "KTNN": "Kiểm toán nhà nước",
    "HĐTP": "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
    "TANDTC": "Tòa án nhân dân tối cao",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
}
# Kinds without a place in the hierarchy of norms; anything else before the hyphen is the body that writes a letter.
_OTHER_KINDS = {"TB", "TTr", "HD", "GM", "BB", "CTr", "QC", "ĐA", "PA", "KL", "CĐ", "GUQ", "TC", "DA", "HĐ"}
_PRINTED = {match_form(kind.value): kind for kind in DocumentKind if kind is not DocumentKind.OTHER}
_SYMBOL = re.compile(r"^\d+[a-z]?(?:/(?:19|20)\d{2})?[/-](.+)$")


def printed_kind(line: str) -> DocumentKind | None:
    """The kind a line consists of: "THÔNG TƯ" → CIRCULAR."""
    return _PRINTED.get(match_form(line).strip(" :.*"))


def kind_of_number(number: str) -> DocumentKind | None:
    """The kind the symbol names; None for laws (a National Assembly number may be a law or a resolution)."""
    tokens = _tokens(number)
    if tokens[:2] == ["TT", "LB"]:
        return DocumentKind.JOINT_CIRCULAR  # as ministries wrote it before 1997
    for token in tokens:
        if token in _KINDS:
            return _KINDS[token]
    is_letter = len(tokens) > 1 and not has_year(number) and tokens[0] not in _OTHER_KINDS
    return DocumentKind.OFFICIAL_LETTER if is_letter else None


def issuer_of_number(number: str) -> str:
    """The issuer the symbol names, several for a joint circular; empty when unknown."""
    tokens = _tokens(number)
    names = [_ISSUERS[token] for token in tokens if token in _ISSUERS]
    if "TTLT" in tokens and len(names) < len(tokens) - 1:
        return ""  # some of several is none: the heading names them all
    return " và ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def number_by_symbol(serial: str, kind: DocumentKind, issuer: str) -> str:
    """The number of an administrative act by its parts ("1114", a decision, "ttg"); empty for an unknown issuer."""
    symbol = next((symbol for symbol, each in _KINDS.items() if each is kind), "")
    known = next((each for each in _ISSUERS if fold(each) == issuer), "")
    return f"{serial}/{symbol}-{known}" if symbol and known else ""


def _tokens(number: str) -> list[str]:
    match = _SYMBOL.match(number)
    parts = re.split(r"[-/]", match[1]) if match else []
    return [re.sub(r"(?<=QH)\d+$", "", part) for part in parts]
