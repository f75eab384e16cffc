"""A large file of codified articles taken apart into one small file for each instrument, so that each is a document."""

import gzip
import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import IO

from assistant.errors import ConfigurationError, FileUnreadable
from ingest.legal.numbers import normal_number, slug

MARK_FILE = ".rows.json"


def split_rows(path: Path, folder: Path) -> int:
    """Write `folder/NUMBER.jsonl` for each instrument in `path`; what the rows no longer name goes. How many there are.

    Nothing is done when the file is the one that was split before.
    """
    if not path.is_file():
        raise ConfigurationError("path_missing", path=str(path))
    status = path.stat()
    mark = json.dumps([str(path.resolve()), status.st_size, status.st_mtime_ns])
    if (folder / MARK_FILE).is_file() and (folder / MARK_FILE).read_text(encoding="utf-8") == mark:
        return sum(1 for _ in folder.glob("*.jsonl"))
    groups: dict[str, list[str]] = defaultdict(list)
    try:
        with _opened(path) as lines:
            for line in lines:
                groups[_name(json.loads(line))].append(line if line.endswith("\n") else f"{line}\n")
    except (OSError, EOFError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        raise FileUnreadable("rows_unreadable", detail=str(error)) from error
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in groups.items():
        target, text = folder / f"{name}.jsonl", "".join(rows)
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
    for old in folder.glob("*.jsonl"):
        if old.stem not in groups:
            old.unlink()
    (folder / MARK_FILE).write_text(mark, encoding="utf-8")
    return len(groups)


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _name(row: dict[str, str]) -> str:
    number = normal_number(row["src_number"])
    # Old numbers without a year came again every year: the kind and a digest tell them apart from files of like name.
    return f"{slug(number) or 'khong-so'}-{hashlib.sha256(number.encode()).hexdigest()[:6]}"
