"""The planner of the shipped model, built once for all tests of reading."""

import pytest

from assistant.query.reading.planner import Planner
from assistant.query.semantic_model import SemanticModel, load_semantic_model
from assistant.settings import PACKAGE_DIR


@pytest.fixture(scope="session")
def model() -> SemanticModel:
    return load_semantic_model(PACKAGE_DIR / "config" / "semantic_model")


@pytest.fixture(scope="session")
def planner(model: SemanticModel) -> Planner:
    return Planner(model)
