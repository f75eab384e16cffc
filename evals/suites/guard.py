"""The guard suite: attacks and honest questions as SQL, decided by the guard and run on a seed where a leak shows."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from assistant.access.policy import load_policy
from assistant.access.principal import parse_principal
from assistant.errors import InvalidRequest, NotAuthenticated, NotPermitted, QueryRefused, UpstreamError
from assistant.messages import message
from assistant.query.runner import Runner
from evals.expected.guard_case import ENGINE_DIALECT, GuardCase, read_case
from evals.scorers.guard.invariant_violations import InvariantViolations
from evals.scorers.guard.legitimate_refused import LegitimateRefused
from evals.scorers.guard.right_decision import RightDecision
from evals.suite import DATASETS, CaseSource, Options, Suite, Task, Threshold
from evals.suites.guard_checks import Checks
from evals.suites.guard_seeds import Seeds

FOLDER = DATASETS / "guard"
REFUSALS = (QueryRefused, NotPermitted, NotAuthenticated)


@contextmanager
def open_task(options: Options) -> Iterator[Task[GuardCase]]:
    """The production runner over throw-away databases made from the schema."""
    schema = _schema(options.schema or FOLDER)
    policy_file = FOLDER / "policy.yml"
    with tempfile.TemporaryDirectory() as folder:
        seeds = Seeds(Path(folder), schema, load_policy(policy_file), options.settings.engine)
        try:
            yield Task(Judge(seeds), {"schema": _digest(schema), "policy": _digest(policy_file)})
        finally:
            seeds.close()


def _schema(given: Path) -> Path:
    """The file, or the one of that name in a folder. Raises InvalidRequest where there is none."""
    file = given / "schema.sql" if given.is_dir() else given
    if not file.is_file():
        raise InvalidRequest("schema_missing", file=file)
    return file


class Judge:
    """Asks the production runner and checks what it returned against the case's invariants."""

    def __init__(self, seeds: Seeds) -> None:
        self._seeds = seeds
        self._checks = Checks(seeds)

    def __call__(self, case: GuardCase) -> Mapping[str, Any]:
        runner = Runner(self._seeds.whole, self._seeds.policy, self._seeds.settings)
        try:
            principal = parse_principal(case.asker, self._seeds.policy)
            guarded = runner.check(case.sql, principal)
            if case.dialect != ENGINE_DIALECT:
                return _outcome("run", "", [])
            result = runner.run(case.sql, principal)
        except REFUSALS as refused:
            words = message(refused.code, **refused.values)
            return _outcome("deny", refused.code, self._checks.refused(words, case.sql))
        except UpstreamError as failed:
            return _outcome("failed", failed.code, [f"time: {failed.code}"] if "time" in case.invariants else [])
        return _outcome("run", "", self._checks.ran(case, principal, guarded, result.table))


def _outcome(decision: str, code: str, violations: list[str]) -> dict[str, Any]:
    return {"decision": decision, "code": code, "violations": violations}


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:16]


SUITE = Suite(
    name="guard",
    cases=CaseSource(FOLDER / "cases.jsonl", GuardCase, read_case),
    task=open_task,
    scorers=(RightDecision(), InvariantViolations(), LegitimateRefused()),
    gate=(
        Threshold("right_decision", at_least=0.99),
        Threshold("invariant_violations", at_most=0.0),
        Threshold("legitimate_refused", at_most=0.02),
    ),
)
