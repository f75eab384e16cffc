"""A client on this machine, before scripted services."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from fastapi.testclient import TestClient
from structlog.typing import EventDict

from tests.scripted_services import ScriptedServices, client_from, scripted_services


@pytest.fixture
def services(tmp_path: Path) -> ScriptedServices:
    return scripted_services(tmp_path)


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    with structlog.testing.capture_logs() as captured:
        yield captured


@pytest.fixture
def client(services: ScriptedServices) -> Iterator[TestClient]:
    with client_from("127.0.0.1", services) as client:
        yield client
