"""A PostgreSQL server of a test's own, from Debian's package, in a temporary folder."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import free_port
from tests.system_packages import missing


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Its address. PostgreSQL refuses to run as root, so root becomes the user of the package."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        missing("postgresql")
    programs, data, port = found[-1].parent, folder / "postgres", free_port()
    data.mkdir()
    become: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
        for parent in [folder, *folder.parents][:4]:
            parent.chmod(parent.stat().st_mode | 0o011)
        become = ["runuser", "-u", "postgres", "--"]
    quiet = {"check": True, "capture_output": True, "cwd": "/"}
    subprocess.run(
        [*become, programs / "initdb", "-D", data, "-A", "trust", "-U", "troly", "-N", "-E", "UTF8"], **quiet
    )
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
    control = [*become, programs / "pg_ctl", "-D", data, "-w", "-l", data / "log"]
    subprocess.run([*control, "-o", options, "start"], **quiet)
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            yield f"postgresql://troly@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
