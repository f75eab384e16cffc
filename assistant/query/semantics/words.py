"""Words that belong to the language and not to one metric: terms, signs, numbers, fillers, refusals."""

from pydantic import BaseModel, ConfigDict


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Refusal(_Part):
    """Words that end the reading: with which status, and which sentence says why."""

    status: str
    code: str
    phrases: tuple[str, ...]


class Purposes(_Part):
    """What a figure is wanted for, which changes no figure: one of `leads` before one of `ends`."""

    leads: tuple[str, ...]
    ends: tuple[str, ...]


class WordsFile(_Part):
    """`terms` are the words metrics are recognised by, each with the ways staff write it.

    `light` terms may lead a count without being what is counted: "bao nhiêu hồ sơ học sinh đã xác thực".
    `connecting` are fillers nobody mistakes for other words when they are typed without marks.
    `implies` are values a term says of who is counted, where nobody says another: "trẻ bán trú" are of preschools.
    `compounds` are short forms of a term and a value at once ("hsg").
    """

    terms: dict[str, tuple[str, ...]]
    signs: dict[str, tuple[str, ...]]
    numbers: dict[str, tuple[str, ...]]
    fillers: tuple[str, ...]
    purposes: Purposes | None = None
    connecting: frozenset[str] = frozenset()
    light: tuple[str, ...] = ()
    compounds: dict[str, str] = {}
    implies: dict[str, dict[str, str]] = {}
    refusals: tuple[Refusal, ...] = ()

    @property
    def harmless(self) -> tuple[str, ...]:
        """The fillers, and every purpose in full: “để phân bổ kinh phí” is one, “phân bổ kinh phí” alone is not."""
        said = self.purposes
        return self.fillers + (tuple(f"{lead} {end}" for lead in said.leads for end in said.ends) if said else ())
