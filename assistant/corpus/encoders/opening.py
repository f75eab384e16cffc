"""Chooses the encoder the settings ask for."""

from pathlib import Path

from assistant.corpus.encoder import Encoder
from assistant.corpus.encoders.onnx import OnnxEncoder
from assistant.corpus.encoders.packaged_model import SENTENCE_TRANSFORMER_FOLDER, build_packaged_model
from assistant.settings import EncoderSettings

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
