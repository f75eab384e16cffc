"""A test that needs a system package: skipped by name on a developer's machine, failed where CI promises them all."""

import os

import pytest


def missing(package: str) -> None:
    """Call where the package was looked for and not found (.ci/system-packages installs it)."""
    reason = f"system package {package} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
