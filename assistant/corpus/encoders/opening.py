"""Chooses the encoder the settings ask for."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from assistant.corpus.encoder import Encoder, Judge
from assistant.corpus.encoders.onnx import OnnxEncoder
from assistant.corpus.encoders.packaged_model import SENTENCE_TRANSFORMER_FOLDER, build_packaged_model
from assistant.settings import EncoderSettings, SearchSettings

PACKAGED = "packaged"


def open_encoder(settings: EncoderSettings, model_cache_dir: Path, *, threads: int | None = None) -> Encoder:
    """The encoder of `settings`, its packaged model built first when needed; `threads` overrides the setting."""
    threads = threads or settings.threads
    packaged = settings.model == PACKAGED
    if settings.kind == "onnx":
        folder = build_packaged_model(model_cache_dir) if packaged else Path(settings.model)
        return OnnxEncoder(folder, settings, threads)
    from assistant.corpus.encoders.sentence_transformer import (  # noqa: PLC0415  # torch takes seconds to import
        SentenceTransformerEncoder,
    )

    model = str(build_packaged_model(model_cache_dir) / SENTENCE_TRANSFORMER_FOLDER) if packaged else settings.model
    return SentenceTransformerEncoder(model, settings, threads)


def open_judge(search: SearchSettings, threads: int) -> Judge | None:
    """The CrossEncoder that the settings name, or None."""
    if search.cross_encoder is None:
        return None
    from assistant.corpus.encoders.cross_encoder import CrossEncoderJudge  # noqa: PLC0415  # torch takes seconds

    return CrossEncoderJudge(search.cross_encoder, threads)


class WarmingEncoder:
    """An encoder that is loaded once, in whichever thread asks first; `current` never waits for it."""

    def __init__(self, open_it: Callable[[], Encoder]) -> None:
        self._open = open_it
        self._lock = Lock()
        self.current: Encoder | None = None

    def load(self) -> Encoder:
        """The encoder, loaded (and its model built) when it is not there yet; blocking."""
        with self._lock:
            if self.current is None:
                self.current = self._open()
            return self.current
