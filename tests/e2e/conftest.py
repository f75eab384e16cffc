"""A browser, and the service it looks at: before scripted answers, or whole with the sample data."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from assistant.app import build_app
from tests.browser import CHROMIUM, FLAGS, served
from tests.scripted_services import ScriptedServices, scripted_services


@pytest.fixture(scope="session")
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
