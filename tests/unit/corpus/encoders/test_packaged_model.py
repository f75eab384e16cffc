"""The packaged model is built once, by one process, and never half."""

import threading
from pathlib import Path

import pytest

from assistant.corpus.encoders import packaged_model
from assistant.corpus.encoders.packaged_model import build_packaged_model, packaged_model_path
from assistant.errors import ConfigurationError


class Exporter:
    """Writes a small file instead of a model and counts."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, folder: Path) -> None:
        self.calls += 1
        (folder / "model.onnx").write_text("model")


@pytest.fixture
def exporter(monkeypatch: pytest.MonkeyPatch) -> Exporter:
    fake = Exporter()
    monkeypatch.setattr(packaged_model, "_export", fake)
    return fake


def test_a_second_call_builds_nothing(tmp_path: Path, exporter: Exporter) -> None:
    first = build_packaged_model(tmp_path / "models")
    assert build_packaged_model(tmp_path / "models") == first == packaged_model_path(tmp_path / "models")
    assert exporter.calls == 1


def test_builders_that_start_together_build_one_model(tmp_path: Path, exporter: Exporter) -> None:
    builders = [threading.Thread(target=build_packaged_model, args=(tmp_path,)) for _ in range(4)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert exporter.calls == 1
    assert (packaged_model_path(tmp_path) / "model.onnx").read_text() == "model"


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").write_text("half")
        raise ConfigurationError("encoder_build_failed")

    monkeypatch.setattr(packaged_model, "_export", fail)
    with pytest.raises(ConfigurationError):
        build_packaged_model(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_cache_that_cannot_be_written_is_a_configuration_error(tmp_path: Path) -> None:
    in_the_way = tmp_path / "models"
    in_the_way.write_text("a file, not a folder")
    with pytest.raises(ConfigurationError) as caught:
        build_packaged_model(in_the_way)
    assert caught.value.code == "encoder_cache_unwritable"
