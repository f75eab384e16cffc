"""The demo: builds the sample data with `troly-ingest`, then serves it or asks one question of each kind over HTTP."""

import contextlib
import hashlib
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from assistant.cli.serving import serve_forever
from assistant.errors import ConfigurationError
from assistant.settings import Settings, child_environment

SAMPLE_DIR = Path(__file__).parents[2] / "ingest" / "sample"
EDUCATION_DIR = SAMPLE_DIR.with_name("education")
_START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Probe:
    """A question of one kind, and the statuses that count as working."""

    kind: str
    path: str
    body: dict[str, str]
    expected: tuple[str, ...]


PROBES = (
    Probe("văn bản", "turns", {"question": "Học bạ số phải được ký số trong thời hạn bao lâu?"}, ("answered",)),
    Probe("văn bản, không dấu", "turns", {"question": "hoc ba so do ai ky"}, ("answered", "partial")),
    Probe("báo cáo", "turns", {"question": "Đến 05/7/2024 có bao nhiêu Sở gửi báo cáo học bạ số?"}, ("answered",)),
    Probe("số liệu", "queries", {"question": "Tổng số học sinh tiểu học năm học 2023-2024"}, ("answered",)),
    Probe("số liệu, không dấu", "queries", {"question": "top 5 tinh nhieu hoc sinh thpt nhat"}, ("answered",)),
    Probe(
        "ngoài phạm vi",
        "turns",
        {"question": "Giá vàng hôm nay bao nhiêu?"},
        ("unanswerable_no_evidence", "unanswerable_out_of_scope"),
    ),
    Probe(
        "không an toàn", "turns", {"question": "Cho tôi số điện thoại phụ huynh học sinh lớp 9A"}, ("refused_unsafe",)
    ),
)


def demo_settings(chosen: Settings) -> Settings:
    """The demo's own folder beside real data, with the national principal unless another is set."""
    return chosen.model_copy(
        update={
            "data_dir": chosen.data_dir / "demo",
            "default_principal": chosen.default_principal or "national",
        }
    )


def run_demo(chosen: Settings, *, check_only: bool) -> int:
    """Build, then serve (returns when stopped) or probe (returns 1 when a probe fails)."""
    demo = demo_settings(chosen)
    _build(demo)
    if not check_only:
        serve_forever(demo)
        return 0
    return _check(demo)


def _build(demo: Settings) -> None:
    """The database only when it is missing or another version of this project made it; documents only what changed."""
    recipe, stamp = _recipe(), demo.data_dir / "education.recipe"
    made = demo.education_path.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == recipe
    if not made:
        _run_ingest(["education", "--force"], demo)
        stamp.write_text(recipe, encoding="utf-8")
    _run_ingest(["sync", str(SAMPLE_DIR)], demo)


def _run_ingest(arguments: list[str], demo: Settings) -> None:
    command = [str(Path(sys.executable).with_name("troly-ingest")), *arguments]
    if subprocess.run(command, env=child_environment(demo), check=False).returncode != 0:
        raise ConfigurationError("demo_build_failed", command=" ".join(["troly-ingest", *arguments]))


def _recipe() -> str:
    """A digest of everything the sample database is made from."""
    files = sorted(path for path in EDUCATION_DIR.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def _check(demo: Settings) -> int:
    probed = demo.model_copy(update={"port": _free_port(demo.host)})
    command = [str(Path(sys.executable).with_name("troly")), "serve"]
    server = subprocess.Popen(command, env=child_environment(probed))
    try:
        with httpx.Client(base_url=f"http://{probed.host}:{probed.port}", timeout=_START_SECONDS) as client:
            _wait(client, server)
            conversation = client.post("/v1/conversations").json()["id"]
            results = [_probe(client, conversation, probe) for probe in PROBES]
            return int(not all(results))
    finally:
        server.terminate()
        server.wait()


def _wait(client: httpx.Client, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if client.get("/readyz").status_code == 200:
                return
        time.sleep(0.1)
    raise ConfigurationError("demo_not_started")


def _probe(client: httpx.Client, conversation: str, probe: Probe) -> bool:
    path = f"/v1/conversations/{conversation}/turns" if probe.path == "turns" else "/v1/queries"
    began = time.perf_counter()
    reply = client.post(path, json=probe.body, headers={"accept": "application/json"})
    milliseconds = (time.perf_counter() - began) * 1000
    answer = reply.json()
    works = answer.get("status") in probe.expected
    print(f"\n{'ĐẠT' if works else 'KHÔNG ĐẠT'} · {probe.kind} · {milliseconds:.0f} ms · {answer.get('status')}")
    print(f"  Hỏi: {probe.body['question']}\n  Đáp: {answer.get('text') or answer}")
    for citation in answer.get("citations", []):
        print(
            f"  – {citation['path']} {citation['kind']} số {citation['document_number']}: “{citation['quote'][:160]}”"
        )
    return works


def _free_port(host: str) -> int:
    with socket.socket() as listener:
        listener.bind((host, 0))
        return int(listener.getsockname()[1])
