"""The packaged weights as a SentenceTransformer folder, a tokenizer file and an int8 ONNX graph.

Run as `python -m assistant.corpus.encoders.packaged_export FOLDER`: torch and its gigabytes leave with the process.
"""

import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, Pooling, Transformer
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast
from transformers.utils import logging as transformers_logging

from assistant.corpus.encoders.packaged_model import ONNX_FILE, SENTENCE_TRANSFORMER_FOLDER, TOKENIZER_FILE
from assistant.corpus.encoders.packed_weights import PackedWeights, Vocabulary, load_packed_weights

_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_OPSET = 17


def write_model(weights: PackedWeights, folder: Path) -> None:
    """Write everything the two encoders load into `folder`."""
    tokenizer = _tokenizer(weights.vocabulary)
    tokenizer.save(str(folder / TOKENIZER_FILE))
    bert = _bert(weights)
    _write_sentence_transformer(bert, tokenizer, folder / SENTENCE_TRANSFORMER_FOLDER)
    _write_onnx(bert, folder / ONNX_FILE)


def _tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    tokenizer = Tokenizer(Unigram(vocabulary.pieces, vocabulary.unk, False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", vocabulary.bos), ("</s>", vocabulary.eos)]
    )
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    return tokenizer


def _bert(weights: PackedWeights) -> BertModel:
    shape = weights.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=weights.vocabulary.pad,
    )
    config._attn_implementation = "eager"
    bert = BertModel(config)
    bert.load_state_dict(_state(weights, bert.state_dict()), strict=True)
    bert.eval()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
    return bert


def _state(weights: PackedWeights, wanted: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    packed = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    for layer in range(weights.shape.layers):
        for short, long in _LAYER_TENSORS.items():
            for suffix in ("weight", "bias"):
                packed[f"encoder.layer.{layer}.{long}.{suffix}"] = f"l{layer}.{short}.{suffix[0]}"
    # The vector is a mean over tokens, so BERT's own pooler is idle: zeros keep every build the same.
    return {
        name: torch.from_numpy(weights.tensor(packed[name])).reshape(like.shape)
        if name in packed
        else torch.zeros_like(like)
        for name, like in wanted.items()
    }


def _write_sentence_transformer(bert: BertModel, tokenizer: Tokenizer, folder: Path) -> None:
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers leaves it untyped
        tokenizer_object=tokenizer,
        model_max_length=bert.config.max_position_embeddings,
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        mask_token="<mask>",
    )
    parts = Path(tempfile.mkdtemp(dir=folder.parent))
    bert.save_pretrained(parts)
    fast.save_pretrained(parts)
    transformer = Transformer(str(parts), max_seq_length=bert.config.max_position_embeddings)
    pooling = Pooling(bert.config.hidden_size, pooling_mode="mean")
    prompts = {"query": "query: ", "passage": "passage: "}
    model = SentenceTransformer(modules=[transformer, pooling, Normalize()], prompts=prompts, device="cpu")
    model.save(str(folder), create_model_card=False)
    shutil.rmtree(parts)


class _SentenceVectors(torch.nn.Module):
    """Token ids to unit vectors: the mean over real tokens is part of the graph, so serving needs no torch."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        return torch.nn.functional.normalize(mean, dim=1)


def _write_onnx(bert: BertModel, target: Path) -> None:
    plain = target.with_suffix(".fp32.onnx")
    example = torch.ones(2, 8, dtype=torch.int64)
    axes = {
        "input_ids": {0: "batch", 1: "length"},
        "attention_mask": {0: "batch", 1: "length"},
        "vectors": {0: "batch"},
    }
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # the exporter warns about its own internals
        torch.onnx.export(
            _SentenceVectors(bert),
            (example, example),
            str(plain),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
    # Per channel: cosine to the float model .996, against .983 per tensor, at the same speed. The reduced range keeps
    # processors without VNNI from saturating.
    quantize_dynamic(str(plain), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    plain.unlink()


def main(folder: str) -> None:
    """Write the model into `folder`, quietly."""
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
    write_model(load_packed_weights(), Path(folder))


if __name__ == "__main__":
    main(sys.argv[1])
