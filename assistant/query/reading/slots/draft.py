"""What one choice of metrics makes of a question: the slots filled so far, and the words that remain unexplained."""

from dataclasses import dataclass, field

from assistant.query.request import Comparison, Filter, Having, Order, TimeSpan


@dataclass(slots=True)
class Chosen:
    """The values said of one dimension, and those said to be left out: codes, or names for provinces."""

    values: list[str] = field(default_factory=list)
    excluded: list[str] = field(default_factory=list)
    mentions: int = 0
    after_of: bool = False
    wishes: set[str] = field(default_factory=set)
    """"old" or "new" where a province's map was said."""

    @property
    def negated(self) -> bool:
        """Whether only what is left out was said."""
        return bool(self.excluded) and not self.values

    @property
    def kept(self) -> list[str]:
        """What is chosen once the exclusions are taken out; of exclusions alone, these."""
        return [one for one in self.values if one not in self.excluded] if self.values else self.excluded

    @property
    def contradicts(self) -> bool:
        """Whether something was to be left out that was never in, or nothing is left."""
        return bool(self.values and self.excluded) and (not self.kept or not set(self.excluded) <= set(self.values))


@dataclass(slots=True)
class Draft:
    """Mutable while the question is being read; the planner turns it into a DataRequest."""

    metrics: tuple[str, ...]
    used: set[int]
    bag_size: float = 0
    filtering: set[int] = field(default_factory=set)
    """Chunks whose value is a filter."""
    which: set[str] = field(default_factory=set)
    """Dimensions asked for with "nào"."""
    by: list[str] = field(default_factory=list)
    chosen: dict[str, Chosen] = field(default_factory=dict)
    numeric: list[Filter] = field(default_factory=list)
    time: TimeSpan = field(default_factory=TimeSpan)
    time_spoken: bool = False
    share: set[str] = field(default_factory=set)
    distribution: bool = False
    having: list[Having] = field(default_factory=list)
    order: Order | None = None
    limit: int | None = None
    compare: Comparison | None = None
    falls: bool = False
    rank: bool = False
    count_of: str | None = None
    average_of: str | None = None
    within: str | None = None
    whole: bool = False
    together: bool = False
    replaced: list[Filter] = field(default_factory=list)
    map_version: str | None = None
    national: bool = False
    total: bool = False
    forecast: bool = False
    defaults: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    unexplained: list[int] = field(default_factory=list)
    penalty: float = 0
    wants: str = ""
    """What must be asked before this can be answered: "ratio" of what, "share" of which."""

    def group_by(self, dimension: str) -> None:
        if dimension not in self.by:
            self.by.append(dimension)
