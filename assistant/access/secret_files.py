"""Keys that the service makes for itself, kept in files only their owner reads."""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

_KEY_BYTES = 32


def key_of(configured: str | None, path: Path) -> bytes:
    """The configured key, or the one in `path`, made at the first use and readable by its owner only."""
    if configured:
        return hashlib.sha256(configured.encode()).digest()
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():  # written whole beside it: another process must never read half a key
        with NamedTemporaryFile("w", encoding="ascii", dir=path.parent) as file:
            file.write(secrets.token_hex(_KEY_BYTES))
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    if len(key) < _KEY_BYTES:
        raise ValueError("the audit key is cut short")
    return key
