"""An amendment: one instruction of an act on one place of another, and what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class OperationKind(StrEnum):
    """What an instruction does to the text it points at."""

    REPLACE = "replace"
    INSERT = "insert"
    REPEAL = "repeal"
    PHRASE = "phrase"
    """Words are exchanged, added beside others, or taken out."""
    SUSPEND = "suspend"
    UNKNOWN = "unknown"
    """An instruction that was not understood: it is listed and never applied."""


class Part(StrEnum):
    """Which words of the unit are meant."""

    WHOLE = ""
    HEADING = "heading"
    LEAD = "lead"
    """Its words before its first subdivision."""
    OTHER = "other"
    """A paragraph, dash, cell or form field, which has no address here."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the amended act. Empty fields are not narrowed; all empty is the whole act."""

    article: str = ""
    clause: str = ""
    point: str = ""
    group: str = ""
    """A chapter, section or appendix, as a citation writes it: "Mục 2 Chương IV"."""
    scope: str = ""
    """The regulation issued with the act that numbers its articles by itself: "Quy chế"."""
    part: Part = Part.WHOLE

    @property
    def path(self) -> str:
        """As a citation writes it: "điểm c khoản 2 Điều 6"."""
        named = (("điểm", self.point), ("khoản", self.clause), ("Điều", self.article))
        words = [f"{word} {label}" for word, label in named if label]
        words += [self.group] if self.group and not self.article else []
        words += [self.scope] if self.scope else []
        before = {Part.HEADING: ["tên"], Part.LEAD: ["đoạn mở đầu"], Part.OTHER: ["một phần"]}.get(self.part, [])
        return " ".join([*before, *words])


@dataclass(frozen=True, slots=True)
class Amendment:
    """`source_path` says where the amending act orders it. `old` and `new` are phrases, or `new` the quoted text.

    `position` is set where words are added: they go "after" or "before" the words in `old`. The target is known by
    number, or by name where acts are cited so. `effective_to` ends a suspension.
    """

    kind: OperationKind
    source_path: str
    place: Place
    evidence: str
    target_number: str = ""
    target_name: str = ""
    old: str = ""
    new: str = ""
    position: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    note: str = ""
