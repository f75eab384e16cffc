"""An encoder served by onnxruntime: what the service loads by default, because it starts fast and needs no torch."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from assistant.corpus.encoder import Vectors
from assistant.corpus.encoders.packaged_model import MODEL_NAME, ONNX_FILE, TOKENIZER_FILE
from assistant.errors import ConfigurationError
from assistant.settings import EncoderSettings

_MAX_TOKENS = 512


class OnnxEncoder:
    """`folder` holds model.onnx (input_ids, attention_mask → unit vectors) and tokenizer.json."""

    def __init__(self, folder: Path, settings: EncoderSettings, threads: int) -> None:
        model, words = folder / ONNX_FILE, folder / TOKENIZER_FILE
        if not model.is_file() or not words.is_file():
            raise ConfigurationError("encoder_model_not_found", detail=str(folder), name=settings.model)
        self._settings = settings
        self._session = _open_session(model)
        self._threads = threads
        self._tokenizer = Tokenizer.from_file(str(words))
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._tokenizer.no_padding()
        self.dimension = int(self._session.get_outputs()[0].shape[-1])
        weights = folder.name if folder.name == MODEL_NAME else f"{folder.name}-{model.stat().st_size:x}"
        self.name = f"{weights}/onnx/{settings.passage_prefix}"

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._settings.query_prefix, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._settings.passage_prefix, texts)

    def _encode(self, prefix: str, texts: Sequence[str]) -> Vectors:
        """Each text by itself: int8 ranges are taken over a whole batch, so its neighbours would change its vector.

        It costs nothing: batches of 2,000 tokens and more fall out of the processor's cache and are slower.
        """
        encodings = self._tokenizer.encode_batch([prefix + text for text in texts])
        if len(texts) == 1 or self._threads == 1:
            rows = [self._vector(encoding) for encoding in encodings]
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                rows = list(pool.map(self._vector, encodings))
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)

    def _vector(self, encoding: Encoding) -> NDArray[np.float32]:
        ids = np.array([encoding.ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        vector: NDArray[np.float32] = self._session.run(None, inputs)[0][0]
        return vector


def _open_session(model: Path) -> onnxruntime.InferenceSession:
    """One thread for a text: several texts side by side use the cores better than one text cut in pieces."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
