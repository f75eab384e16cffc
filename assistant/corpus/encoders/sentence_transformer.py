"""An encoder served by sentence-transformers: any model by name or folder, at the price of loading torch."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from assistant.corpus.encoder import Vectors
from assistant.corpus.encoders.packaged_model import MODEL_NAME
from assistant.errors import ConfigurationError
from assistant.settings import EncoderSettings

_BATCH_TEXTS = 16


class SentenceTransformerEncoder:
    """`model` is a folder or a name; a name is looked for on disk only, unless the settings allow a download."""

    def __init__(self, model: str, settings: EncoderSettings, threads: int) -> None:
        torch.set_num_threads(threads)
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        self._settings = settings
        try:
            self._model = SentenceTransformer(model, device="cpu", local_files_only=not settings.allow_download)
        except (OSError, ValueError) as error:
            raise ConfigurationError("encoder_model_not_found", detail=str(error), name=settings.model) from error
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.name = f"{_weights_name(model)}/torch/{settings.passage_prefix}"

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._settings.query_prefix, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._settings.passage_prefix, texts)

    def _encode(self, prefix: str, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            [prefix + text for text in texts],
            prompt="",  # the prefix is already there; a model's own default prompt must not be added to it
            batch_size=_BATCH_TEXTS,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


def _weights_name(model: str) -> str:
    """A hub name is taken at its word; a folder's name carries a digest of its files, since it may be trained again."""
    folder = Path(model)
    if not folder.is_dir():
        return model
    if folder.parent.name == MODEL_NAME:
        return MODEL_NAME
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    facts = [(str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return f"{folder.name}-{hashlib.sha256(repr(facts).encode()).hexdigest()[:8]}"
