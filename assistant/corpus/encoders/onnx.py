"""An encoder served by onnxruntime: what the service loads by default, because it starts fast and needs no torch."""

from collections.abc import Iterator, Sequence
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
# Padded tokens a batch may hold: bigger batches fall out of the processor's cache (4,000 tokens a CPU-second at 320 to
# 640 tokens, 2,700 at 2,048 and more).
_BATCH_TOKENS = 512


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
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        encodings = self._tokenizer.encode_batch([prefix + text for text in texts])

        def run(rows: list[int]) -> None:
            ids, mask = _padded([encodings[row] for row in rows])
            vectors[rows] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]

        batches = list(_batches([len(encoding.ids) for encoding in encodings]))
        if len(batches) == 1 or self._threads == 1:
            for rows in batches:
                run(rows)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(run, batches))
        return vectors


def _open_session(model: Path) -> onnxruntime.InferenceSession:
    """One thread for a batch: several batches side by side use the cores better than one batch cut in pieces."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Row numbers, longest first, in runs whose padded size stays under the budget."""
    run: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if run and (len(run) + 1) * lengths[run[0]] > _BATCH_TOKENS:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _padded(encodings: Sequence[Encoding]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    width = max(len(encoding.ids) for encoding in encodings)
    ids = np.ones((len(encodings), width), dtype=np.int64)
    mask = np.zeros((len(encodings), width), dtype=np.int64)
    for row, encoding in enumerate(encodings):
        ids[row, : len(encoding.ids)] = encoding.ids
        mask[row, : len(encoding.ids)] = 1
    return ids, mask
