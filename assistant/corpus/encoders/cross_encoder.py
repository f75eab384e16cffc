"""A CrossEncoder of sentence-transformers as a Judge: a folder on disk, off unless the settings name one."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import torch
from sentence_transformers import CrossEncoder

from assistant.errors import ConfigurationError

_MAX_TOKENS = 512


class CrossEncoderJudge:
    """`folder` holds a model with one output; nothing is ever downloaded."""

    def __init__(self, folder: Path, threads: int) -> None:
        if not folder.is_dir():
            raise ConfigurationError("encoder_model_not_found", detail=str(folder), name=str(folder))
        torch.set_num_threads(threads)
        self._lock = Lock()
        try:
            self._model = CrossEncoder(
                str(folder), num_labels=1, max_length=_MAX_TOKENS, device="cpu", local_files_only=True
            )
        except (OSError, ValueError) as error:
            raise ConfigurationError("encoder_model_not_found", detail=str(error), name=str(folder)) from error

    def worth(self, question: str, passages: Sequence[str]) -> list[float]:
        if not passages:
            return []
        with self._lock:  # its tokenizer is not safe to share between threads
            scores = self._model.predict([(question, passage) for passage in passages], show_progress_bar=False)
        return [float(score) for score in scores]
