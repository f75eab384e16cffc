"""Ten thousand generated requests over the whole API of a real service (tests/e2e has five hundred)."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import build_app
from assistant.bootstrap import build_services
from assistant.settings import Settings
from tests.api_cases import try_every_operation
from tests.browser import served

pytestmark = pytest.mark.bench
_SPARE = 1.7
"""Some operations have fewer different requests than their share."""
CASES = int(os.environ.get("TROLY_API_CASES", "10000"))


@pytest.fixture
def origin(sample_data_dir: Path, tmp_path: Path) -> Iterator[str]:
    data_dir = tmp_path / "data"
    shutil.copytree(sample_data_dir, data_dir)
    services = build_services(Settings(data_dir=data_dir, default_principal="national"))
    services.warm()  # until then /readyz rightly says 503
    with served(build_app(services)) as origin:
        yield origin
    services.close()


def test_ten_thousand_requests_get_documented_answers(origin: str) -> None:
    seen, faults = try_every_operation(origin, round(CASES * _SPARE), seed=9)
    print(json.dumps({"cases": sum(seen.values()), "by_status": dict(sorted(seen.items())), "faults": len(faults)}))
    for fault in faults[:20]:
        print(fault)
    assert not faults
    assert sum(seen.values()) >= CASES
