"""Documents and their provisions: what an ingested file becomes and what every citation points at."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.corpus.law.amendment import Amendment


class DocumentKind(StrEnum):
    """Kinds of document; the value is the Vietnamese name as printed on the document."""

    CONSTITUTION = "Hiến pháp"
    CODE = "Bộ luật"
    LAW = "Luật"
    ORDINANCE = "Pháp lệnh"
    RESOLUTION = "Nghị quyết"
    DECREE = "Nghị định"
    DECISION = "Quyết định"
    JOINT_CIRCULAR = "Thông tư liên tịch"
    CIRCULAR = "Thông tư"
    DIRECTIVE = "Chỉ thị"
    CONSOLIDATION = "Văn bản hợp nhất"
    PLAN = "Kế hoạch"
    OFFICIAL_LETTER = "Công văn"
    REPORT = "Báo cáo"
    REGULATION = "Quy định"
    OTHER = "Văn bản"

    @property
    def authority(self) -> int:
        """Rank in the hierarchy of norms (Law on Promulgation of Legal Documents): 1 is highest, 9 is not law."""
        return _AUTHORITY.get(self, 9)


_AUTHORITY = {
    DocumentKind.CONSTITUTION: 1,
    DocumentKind.CODE: 2,
    DocumentKind.LAW: 2,
    DocumentKind.RESOLUTION: 3,
    DocumentKind.ORDINANCE: 3,
    DocumentKind.DECREE: 4,
    DocumentKind.JOINT_CIRCULAR: 6,
    DocumentKind.CIRCULAR: 6,
    DocumentKind.DECISION: 6,
    DocumentKind.CONSOLIDATION: 6,
    DocumentKind.DIRECTIVE: 7,
    DocumentKind.REGULATION: 7,
    DocumentKind.PLAN: 8,
    DocumentKind.OFFICIAL_LETTER: 8,
}


def numbered(kind: str, number: str) -> str:
    """A document as Decree 30/2020 has it cited: "Thông tư số 22/2021/TT-BGDĐT"; its kind alone without a number."""
    return f"{kind} số {number}".strip() if number else kind


class ProvisionKind(StrEnum):
    """Units of a Vietnamese legal text (Nghị định 30/2020, Annex I–II), and the paragraph for texts without Điều."""

    PART = "phần"
    CHAPTER = "chương"
    SECTION = "mục"
    SUBSECTION = "tiểu mục"
    ARTICLE = "điều"
    CLAUSE = "khoản"
    POINT = "điểm"
    APPENDIX = "phụ lục"
    PARAGRAPH = "đoạn"


class RelationKind(StrEnum):
    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"
    INSERTS = "inserts"
    REPLACES_PHRASE = "replaces_phrase"
    CORRECTS = "corrects"
    SUSPENDS = "suspends"
    GUIDES = "guides"
    BASED_ON = "based_on"
    CITES = "cites"
    AMENDED_BY = "amended_by"
    """What a codified text notes of itself: the act that changed it may not be held."""


AMENDING = frozenset({RelationKind.AMENDS, RelationKind.INSERTS, RelationKind.REPLACES_PHRASE, RelationKind.CORRECTS})
"""The kinds that change a document and leave it standing."""


@dataclass(frozen=True, slots=True)
class Relation:
    """An edge from one provision to another document or to one of its provisions.

    The target is known by number, or by name and day where laws are cited so; `source_path` is empty where the title
    says it. `target_id` and `target_provision_id` are set where the target is held: empty, it is known but not held.
    """

    kind: RelationKind
    target_number: str
    target_path: str = ""
    evidence: str = ""
    source_path: str = ""
    target_name: str = ""
    target_issued_on: date | None = None
    target_id: str = ""
    target_provision_id: str = ""


@dataclass(frozen=True, slots=True)
class Validity:
    """Days on which something is in force; both ends inclusive, None is open or unknown."""

    effective_from: date | None = None
    effective_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Unknown ends count as open: silence about a date never hides a text."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


@dataclass(frozen=True, slots=True)
class Provision:
    """One unit of a document. `start:end` are offsets into `Document.text`, so a quote can always be checked.

    `id` is permanent: document id + "#" + anchor, e.g. `29-2024-tt-bgddt#dieu-5.khoan-2.diem-a`.
    `path` is the unit as a citation writes it: "điểm a khoản 2 Điều 5"; `headings` are its parents' titles, outermost
    first. The span of a parent covers its children.
    """

    id: str
    kind: ProvisionKind
    label: str
    path: str
    heading: str
    start: int
    end: int
    parent_id: str | None = None
    headings: tuple[str, ...] = ()
    validity: Validity = Validity()
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as found: `path` relative to what was synced, `sha256` of its bytes."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Document:
    """One instrument or report, with its whole normalised text and its outline in reading order."""

    id: str
    number: str
    kind: DocumentKind
    title: str
    issuer: str
    text: str
    provisions: tuple[Provision, ...]
    source: SourceFile
    issued_on: date | None = None
    validity: Validity = Validity()
    signer: str = ""
    scope: str = ""
    """What it says it governs (phạm vi điều chỉnh)."""
    applies_to: str = ""
    """Whom it says it applies to (đối tượng áp dụng)."""
    source_url: str = ""
    label: str = "public"
    territory: str = ""
    is_sample: bool = False
    is_draft: bool = False
    is_official: bool = True
    relations: tuple[Relation, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    amendments: tuple[Amendment, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences that leave some persons, courses or school years under other rules."""
    version_of: str = ""
    """Set for a text consolidated by machine: the document it is a later state of."""

    @property
    def name(self) -> str:
        """How a text cites it: kind and number."""
        return numbered(self.kind.value, self.number)

    def provision_text(self, provision: Provision) -> str:
        return self.text[provision.start : provision.end]
