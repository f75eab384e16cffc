"""A browser, and the service it looks at: before scripted answers, or whole with the sample data."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from assistant.app import build_app
from assistant.settings import Settings, child_environment
from tests.browser import CHROMIUM, FLAGS, free_port, served
from tests.scripted_services import ScriptedServices, scripted_services


# Closed with its module: while it lives, its event loop runs in this thread, and no other loop can.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop("Chromium is not installed; .ci/system-packages installs it")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def services(tmp_path: Path) -> ScriptedServices:
    return scripted_services(tmp_path)


@pytest.fixture
def scripted_origin(services: ScriptedServices) -> Iterator[str]:
    with served(build_app(services)) as origin:
        yield origin


@pytest.fixture(scope="session")
def running_service(sample_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `troly serve` on a copy of the sample corpus and database, for it writes conversations there."""
    data_dir = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(sample_data_dir, data_dir)
    chosen = Settings(data_dir=data_dir, default_principal="national", port=free_port())
    environment = {**child_environment(chosen), "TROLY_TODAY": "2026-11-02"}
    with subprocess.Popen([_command("troly"), "serve"], env=environment, stderr=subprocess.DEVNULL) as server:
        origin = f"http://127.0.0.1:{chosen.port}"
        _wait_until_ready(origin, server)
        yield origin
        server.terminate()


def _command(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _wait_until_ready(origin: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    with httpx.Client(base_url=origin) as client:
        while time.monotonic() < deadline and server.poll() is None:
            try:
                if client.get("/readyz").status_code == 200:
                    return
            except httpx.TransportError:
                pass  # not listening yet
            time.sleep(0.05)
    pytest.fail("troly serve did not become ready")
