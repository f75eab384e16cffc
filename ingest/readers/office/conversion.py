"""Old office files (.doc, .xls, .rtf) by LibreOffice without a screen: bounded, with a profile that is thrown away."""

import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from assistant.errors import FormatUnsupported

TIME_LIMIT_SECONDS = 50
_PROGRAMS = ("soffice", "libreoffice")


@lru_cache(maxsize=1)
def office_program() -> str:
    """LibreOffice's path, or nothing."""
    return next((found for found in map(shutil.which, _PROGRAMS) if found), "")


def converted(data: bytes, old: str, new: str) -> bytes:
    """The same document as `new` ("docx", "xlsx"). Its macros are not run: a profile of its own trusts nobody."""
    program = office_program()
    if not program:
        raise FormatUnsupported("format_legacy", detail="LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="troly-office-") as folder:
        source = Path(folder, f"source.{old}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = (program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck")
        outcome = _run((*command, "--convert-to", new, "--outdir", folder, str(source)))
        target = source.with_suffix(f".{new}")
        if not target.is_file():
            raise FormatUnsupported("format_legacy", detail=outcome)
        return target.read_bytes()


def _run(command: tuple[str, ...]) -> str:
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        said, _ = process.communicate(timeout=TIME_LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        # The launcher starts a child that does the work; the reader's own group ends it if this does not.
        process.kill()
        process.communicate()
        return "timed out"
    return said.decode("utf-8", "replace")[-300:]
