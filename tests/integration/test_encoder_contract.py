"""One contract for every Encoder, and agreement between the two that carry the packaged model."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

from assistant.corpus.encoder import Encoder
from assistant.corpus.encoders.opening import open_encoder, open_judge
from assistant.errors import ConfigurationError
from assistant.settings import EncoderSettings, SearchSettings, load_settings

KINDS = ("onnx", "sentence_transformer")
SUBJECTS = (
    "Giáo viên tiểu học", "Hiệu trưởng trường trung học cơ sở", "Sở Giáo dục và Đào tạo", "Ủy ban nhân dân cấp xã",
    "Người học theo hình thức vừa làm vừa học", "Cơ sở giáo dục mầm non độc lập", "Hội đồng trường đại học công lập",
    "Phụ huynh học sinh", "Giảng viên cơ hữu", "Trung tâm giáo dục thường xuyên",
)  # fmt: skip
DUTIES = (
    "có trách nhiệm báo cáo số liệu trước ngày 30 tháng 9 hằng năm.",
    "phải công khai mức thu học phí ngay từ đầu năm học.",
    "được hưởng phụ cấp ưu đãi theo quy định tại khoản 2 Điều này;",
    "không được thu bất kỳ khoản tiền nào ngoài danh mục đã niêm yết!",
    "thực hiện việc xác thực mã định danh cá nhân với Cơ sở dữ liệu quốc gia về dân cư",
)
PLACES = (
    "tại Hà Nội",
    "ở vùng đặc biệt khó khăn",
    "trên địa bàn tỉnh Nghệ An, kể cả trường tư thục",
    "theo Thông tư 29/2024",
)
TEXTS = [f"{subject} {place} {duty}" for subject, duty, place in product(SUBJECTS, DUTIES, PLACES)]


@pytest.fixture(scope="module")
def encoders() -> dict[str, Encoder]:
    cache = load_settings().model_cache_dir
    return {kind: open_encoder(EncoderSettings(kind=kind), cache) for kind in KINDS}


@pytest.fixture(params=KINDS)
def encoder(request: pytest.FixtureRequest, encoders: dict[str, Encoder]) -> Encoder:
    return encoders[request.param]


def test_rows_are_unit_vectors_in_the_order_given(encoder: Encoder) -> None:
    texts = [TEXTS[0], "Điều 5", TEXTS[1] * 3]
    vectors = encoder.encode_passages(texts)
    assert vectors.shape == (3, encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    alone = np.vstack([encoder.encode_passages([text]) for text in texts])
    assert np.allclose(vectors, alone, atol=1e-4), "neighbours change a vector"


def test_no_text_gives_no_row(encoder: Encoder) -> None:
    assert encoder.encode_questions([]).shape == (0, encoder.dimension)


def test_a_text_beyond_the_limit_is_cut_not_refused(encoder: Encoder) -> None:
    assert encoder.encode_passages(["học sinh " * 2000]).shape == (1, encoder.dimension)


def test_an_empty_text_has_a_finite_vector(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode_questions([""])).all()


def test_a_question_lies_nearest_the_passage_that_answers_it(encoder: Encoder) -> None:
    passages = ["Giáo viên tiểu học phải có bằng cử nhân trở lên.", "Học phí thu theo tháng.", "Thanh tra hằng năm."]
    question = encoder.encode_questions(["Trình độ chuẩn của giáo viên tiểu học là gì?"])[0]
    assert int(np.argmax(encoder.encode_passages(passages) @ question)) == 0


def test_the_same_text_gives_the_same_vector(encoder: Encoder) -> None:
    assert np.array_equal(encoder.encode_questions([TEXTS[7]]), encoder.encode_questions([TEXTS[7]]))


def test_the_two_engines_agree(encoders: dict[str, Encoder]) -> None:
    onnx, torch = (encoders[kind].encode_passages(TEXTS) for kind in KINDS)
    cosines = np.sum(onnx * torch, axis=1)
    assert len(cosines) == 200
    assert cosines.min() >= 0.97
    assert cosines.mean() >= 0.99


def test_names_tell_engines_and_prefixes_apart(encoders: dict[str, Encoder]) -> None:
    other = open_encoder(EncoderSettings(passage_prefix="đoạn: "), load_settings().model_cache_dir)
    assert len({*(encoder.name for encoder in encoders.values()), other.name}) == 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_model_that_is_not_on_disk_is_refused_without_asking_a_hub(kind: str, tmp_path: Path) -> None:
    settings = EncoderSettings.model_validate({"kind": kind, "model": "nobody/no-such-model"})
    with pytest.raises(ConfigurationError) as caught:
        open_encoder(settings, tmp_path)
    assert caught.value.code == "encoder_model_not_found"


def test_the_default_encoder_never_imports_torch() -> None:
    code = (
        "import sys, assistant.corpus.encoders.opening; print('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "False"


def test_a_cross_encoder_of_a_folder_says_how_well_passages_answer(tmp_path: Path) -> None:
    """A model of random weights: what it says means nothing, that it says it for each and the same again does."""
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "học", "phí", "giáo", "viên"]
    (tmp_path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    shape = BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8,
        num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(shape).save_pretrained(tmp_path)
    BertTokenizerFast(vocab_file=str(tmp_path / "vocab.txt")).save_pretrained(tmp_path)
    judge = open_judge(SearchSettings(cross_encoder=tmp_path), threads=1)
    assert judge is not None
    worth = judge.worth("học phí", ["học phí giáo viên", "viên"])
    assert len(worth) == 2
    assert list(judge.worth("học phí", ["học phí giáo viên", "viên"])) == list(worth)
    assert judge.worth("học phí", []) == []


def test_a_cross_encoder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as told:
        open_judge(SearchSettings(cross_encoder=tmp_path / "nowhere"), threads=1)
    assert told.value.code == "encoder_model_not_found"
    assert open_judge(SearchSettings(), threads=1) is None
