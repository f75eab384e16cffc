"""A Suite is a value: which cases, which production code answers them, what is scored, what must hold."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from assistant.settings import Settings
from evals.case import Adapter, Case, CaseT

DATASETS = Path(__file__).parent / "datasets"
_ContraCase = TypeVar("_ContraCase", bound=Case, contravariant=True)


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked for; `settings` has its day fixed."""

    settings: Settings
    cases: Path | None = None
    corpus: Path | None = None
    schema: Path | None = None
    data_dir: Path | None = None
    strip_diacritics: bool = False
    seeds: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """What the product did with one case, as JSON values; a case that raised has an `error` and no value."""

    case_id: str
    case_digest: str
    run_digest: str
    value: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    milliseconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """One case under one metric. `value=None` keeps the case out of the metric's denominator; `reason` says why."""

    value: float | None
    reason: str = ""
    weight: float = 1.0


class Scorer(Protocol[_ContraCase]):
    """Pure. The metric is Σ value·weight ÷ Σ weight over the cases that have a value."""

    @property
    def name(self) -> str: ...

    @property
    def higher_is_better(self) -> bool: ...

    def __call__(self, case: _ContraCase, output: Output) -> Score: ...


@dataclass(frozen=True, slots=True)
class Threshold:
    """A metric's bound; a metric without cases never passes it."""

    metric: str
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class CaseSource(Generic[CaseT]):
    """The cases shipped with a suite, and how a line of such a file is read."""

    shipped: Path
    model: type[CaseT]
    adapt: Adapter = dict


@dataclass(frozen=True, slots=True)
class Task(Generic[CaseT]):
    """Production code ready to answer; `digests` identify the data it answers from."""

    run: Callable[[CaseT], Mapping[str, Any]]
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suite(Generic[CaseT]):
    """`task` opens the production code for a run and closes it after."""

    name: str
    cases: CaseSource[CaseT]
    task: Callable[[Options], AbstractContextManager[Task[CaseT]]]
    scorers: Sequence[Scorer[CaseT]]
    gate: Sequence[Threshold] = ()
