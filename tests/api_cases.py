"""Generated requests to every documented operation, right and wrong ones, each reply held against the description."""

from collections import Counter
from collections.abc import Iterator

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


def try_every_operation(origin: str, cases: int, seed: int = 0) -> tuple[Counter[int], list[str]]:
    """(replies by status, what did not hold) after about that many requests, evenly spread."""
    schema = schemathesis.openapi.from_url(f"{origin}/openapi.json")
    operations = [result.ok() for result in schema.get_all_operations()]
    each = max(1, cases // (len(operations) * len(MODES)))
    seen: Counter[int] = Counter()
    faults: list[str] = []
    with requests.Session() as session:
        for operation in operations:
            for mode in MODES:
                for case in _cases(operation, mode, each, seed):
                    faults += _tried(case, session, seen)
    return seen, faults


def _cases(operation: schemathesis.schemas.APIOperation, mode: GenerationMode, count: int, seed: int) -> Iterator[Case]:
    found: list[Case] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def collect(case: Case) -> None:
        found.append(case)

    try:
        collect()
    except hypothesis.errors.Unsatisfiable:
        return iter(())  # an operation without anything to send has nothing wrong to send either
    return iter(found)


def _tried(case: Case, session: requests.Session, seen: Counter[int]) -> list[str]:
    response = case.call(session=session, timeout=60)
    seen[response.status_code] += 1
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        return [f"{case.method} {case.formatted_path}: {failure}" for failure in group.exceptions]
    return []
