"""Apache Ossie 0.1.1: models written for other tools and read from them.

Ossie has no place for what an `x-edu` block says, so on the way out each block moves, whole, into
`custom_extensions`, and on the way in back to where it was: nothing is lost. A document of another author, without
such blocks, gets the plainest ones.
"""

import json
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from assistant.errors import InvalidRequest
from assistant.query.semantics.parts import ModelFile

VERSION = "0.1.1"
READ_VERSIONS = ("0.1.0", "0.1.1")
EXTENSION = "x-edu"
VENDOR = "COMMON"
_ITEMS = ("datasets", "fields", "relationships", "metrics")


def export_ossie(files: Iterable[ModelFile]) -> dict[str, Any]:
    """The domains as one Ossie document."""
    dumped = [one.model_dump(mode="json", by_alias=True, exclude_defaults=True) for one in files]
    return {"version": VERSION, "semantic_model": [_outward(one) for one in dumped]}


def import_ossie(document: object) -> tuple[ModelFile, ...]:
    """Read an Ossie document, or one of our own files; InvalidRequest says where it does not fit."""
    if not isinstance(document, dict) or not isinstance(document.get("semantic_model"), list):
        raise InvalidRequest("model_import_invalid", key="semantic_model", reason="a list is due")
    version = str(document.get("version", VERSION))
    if version not in READ_VERSIONS:
        raise InvalidRequest("model_import_version", version=version[:20], known=", ".join(READ_VERSIONS))
    return tuple(read_model(_inward(one)) for one in document["semantic_model"])


def read_model(data: object) -> ModelFile:
    """One domain, strictly."""
    try:
        return ModelFile.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "-"
        raise InvalidRequest("model_import_invalid", key=key, reason=first["msg"]) from error


def _outward(item: dict[str, Any]) -> dict[str, Any]:
    found = {key: [_outward(one) for one in value] if key in _ITEMS else value for key, value in item.items()}
    found.setdefault("datasets", []) if "source" not in item and "expression" not in item and "to" not in item else None
    block = found.pop(EXTENSION, None)
    if block is not None:
        data = json.dumps({EXTENSION: block}, ensure_ascii=False, sort_keys=True)
        found["custom_extensions"] = [*found.get("custom_extensions", []), {"vendor_name": VENDOR, "data": data}]
    return found


def _inward(item: object, kind: str = "") -> object:
    if not isinstance(item, dict):
        return item
    found = {
        key: [_inward(one, key) for one in value] if key in _ITEMS and isinstance(value, list) else value
        for key, value in item.items()
    }
    if isinstance(found.get("ai_context"), str):
        found["ai_context"] = {"instructions": found["ai_context"]}
    others = []
    for extension in found.pop("custom_extensions", None) or ():
        block = _block(extension)
        if block is None:
            others.append(extension)
        else:
            found[EXTENSION] = block
    if others:
        found["custom_extensions"] = others
    if kind == "metrics" and EXTENSION not in found:
        found = _plain_metric(found)
    return found


def _block(extension: object) -> dict[str, Any] | None:
    """The block of one of our extensions; None for another vendor's."""
    if not isinstance(extension, dict) or not isinstance(extension.get("data"), str):
        return None
    try:
        data = json.loads(extension["data"])
    except ValueError:
        return None
    block = data.get(EXTENSION) if isinstance(data, dict) and len(data) == 1 else None
    return block if isinstance(block, dict) else None


def _plain_metric(metric: dict[str, Any]) -> dict[str, Any]:
    """Words for a metric whose author had none for us: its description or name, and its synonyms to find it by."""
    name = str(metric.get("name", ""))
    label = str(metric.get("description") or name.replace("_", " "))
    context = metric.get("ai_context")
    synonyms = context.get("synonyms", []) if isinstance(context, dict) else []
    phrasings = list(synonyms) or [name.replace("_", " ")]
    return {**metric, "description": label, EXTENSION: {"label": label, "phrasings": phrasings}}
