"""Every operation under generated requests, before a whole service: no server error, no undocumented answer."""

from tests.api_cases import try_every_operation


def test_generated_requests_get_documented_answers(running_service: str) -> None:
    seen, faults = try_every_operation(running_service, cases=1000)
    assert faults == []
    assert sum(seen.values()) >= 500
    assert seen[200] > 20
