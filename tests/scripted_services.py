"""A scripted Services, real in every other part, and clients that seem to come from this machine or another one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from fastapi.testclient import TestClient

from assistant.access.policy import Policy, load_policy
from assistant.access.principal import Principal
from assistant.access.switch import Switch
from assistant.answering.background import Background, Job, JobStore
from assistant.answering.context import Context
from assistant.answering.finding.passages import Found, FoundPassage, Wanted
from assistant.answering.finding.provisions import ProvisionView, spans_of
from assistant.answering.finding.suggestions import Suggestion
from assistant.answering.steps.check_input import check_question
from assistant.app import build_app
from assistant.bootstrap import open_audit
from assistant.conversations.accounting import Accounts
from assistant.conversations.answer import Answer, AnswerStatus, Citation, Step
from assistant.conversations.conversation import Turn
from assistant.corpus.document import (
    Document,
    DocumentKind,
    Provision,
    ProvisionKind,
    Relation,
    RelationKind,
    SourceFile,
    Validity,
)
from assistant.corpus.generation import LiveCorpus
from assistant.errors import NotFound, StatementRefused
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.semantic_model import SemanticModel, load_semantic_model
from assistant.settings import Settings

DAY = date(2025, 9, 1)
HOSTILE = "<script>window.__xss=1</script><svg onload=window.__xss=1>![x](https://exfil.test/i.png)\"'>"
TEXT = (
    "BỘ GIÁO DỤC VÀ ĐÀO TẠO\n"
    "Chương I\nQUY ĐỊNH CHUNG\n"
    "Điều 1. Phạm vi\n1. Thông tư này là văn bản mẫu.\na) Điểm a;\n2. Khoản hai.\n"
    f"Điều 2. Nội dung {HOSTILE}\nMã | Tên\n01 | Hà Nội\n"
    "Nơi nhận: lưu."
)


def span(start: str, end: str) -> tuple[int, int]:
    return TEXT.index(start), TEXT.index(end) if end else len(TEXT)


def unit(anchor: str, kind: ProvisionKind, begins: str, ends: str, parent: str | None = None, **more: str) -> Provision:
    start, end = span(begins, ends)
    parent_id = f"01-2025-tt-mau#{parent}" if parent else None
    return Provision(f"01-2025-tt-mau#{anchor}", kind, "", anchor, more.get("heading", ""), start, end, parent_id)


DOCUMENT = Document(
    id="01-2025-tt-mau",
    number="01/2025/TT-MAU",
    kind=DocumentKind.CIRCULAR,
    title=f"Quy định mẫu {HOSTILE}",
    issuer="Bộ Giáo dục và Đào tạo",
    text=TEXT,
    provisions=(
        unit("chuong-i", ProvisionKind.CHAPTER, "Chương I", "Nơi nhận", heading="QUY ĐỊNH CHUNG"),
        unit("dieu-1", ProvisionKind.ARTICLE, "Điều 1.", "Điều 2.", "chuong-i", heading="Phạm vi"),
        unit("dieu-1.khoan-1", ProvisionKind.CLAUSE, "1. Thông", "2. Khoản", "dieu-1"),
        unit("dieu-1.khoan-1.diem-a", ProvisionKind.POINT, "a) Điểm", "2. Khoản", "dieu-1.khoan-1"),
        unit("dieu-1.khoan-2", ProvisionKind.CLAUSE, "2. Khoản", "Điều 2.", "dieu-1"),
        unit("dieu-2", ProvisionKind.ARTICLE, "Điều 2.", "Nơi nhận", "chuong-i"),
    ),
    source=SourceFile("mau.docx", "0" * 64, 1),
    issued_on=date(2025, 1, 2),
    validity=Validity(date(2025, 2, 1)),
    source_url="javascript:window.__xss=1",
    is_sample=True,
    relations=(Relation(RelationKind.AMENDS, "99/2020/TT-MAU", "Điều 3"),),
)

REGULATION = Answer(
    AnswerStatus.ANSWERED,
    f"Theo Điều 1.\nDòng hai\r\nevent: answer\ndata: {HOSTILE}",
    DAY,
    citations=(
        Citation(
            DOCUMENT.id,
            "01-2025-tt-mau#dieu-1.khoan-1",
            DOCUMENT.number,
            DOCUMENT.title,
            "khoản 1 Điều 1",
            f"1. Thông tư này là văn bản mẫu. {HOSTILE}",
            True,
            "/van-ban/01-2025-tt-mau#dieu-1.khoan-1",
            date(2025, 2, 1),
            is_sample=True,
            kind="Thông tư",
        ),
    ),
    trace=(Step("retrieve", 1.2, "1 đoạn"),),
)
FOUND = Found(
    "quy định",
    (
        FoundPassage(
            DOCUMENT.id,
            "01-2025-tt-mau#dieu-1.khoan-1",
            DOCUMENT.number,
            "Thông tư",
            DOCUMENT.title,
            "khoản 1 Điều 1",
            "1. Thông tư này là văn bản mẫu.",
            "/van-ban/01-2025-tt-mau#dieu-1.khoan-1",
            date(2025, 2, 1),
            None,
            in_force=True,
            is_sample=True,
            score=0.9,
            support=0.8,
            scores={"cosine": 0.7},
        ),
    ),
    (),
    {"quy": 0.5, "dinh": 0.5},
)
FIGURES = Answer(
    AnswerStatus.ANSWERED,
    "Toàn quốc có 1.234 trường.",
    DAY,
    request={"metric": "schools", "day": DAY},
    sql="SELECT 1",
    columns=("Tỉnh", "Số trường", "Tỷ lệ (%)"),
    rows=(("Hà Nội", 1234, 12.5), (HOSTILE, float("nan"), None)),
    interpretation=("Chỉ tiêu: số trường", "Năm học 2024-2025"),
    not_understood=("abc",),
    notices=("Số liệu mẫu.",),
)
CLARIFY = Answer(AnswerStatus.CLARIFICATION, "Bạn hỏi cấp nào?", DAY, choices=("Tiểu học", "Trung học cơ sở"))


@dataclass
class ScriptedServices:
    """Answers by keyword; `during` runs in the worker between two progress reports."""

    settings: Settings
    policy: Policy
    accounts: Accounts
    background: Background
    switch: Switch
    corpus: LiveCorpus
    model: SemanticModel
    during: Callable[[], None] = lambda: None
    states: dict[str, str] = field(default_factory=lambda: {"encoder": "ok", "index": "ok", "engine": "ok"})
    asked: list[tuple[str, str, date | None, int]] = field(default_factory=list)

    def answer(
        self,
        question: str,
        principal: Principal,
        as_of: date | None = None,
        previous: Sequence[Turn] = (),
        on_progress: Callable[[str], None] = lambda _: None,
    ) -> Answer:
        check_question(question, self.settings.question_max_chars)
        self.asked.append((question, str(principal), as_of, len(previous)))
        on_progress("Đang kiểm tra câu hỏi")
        self.during()
        on_progress("Đang tìm trong kho văn bản")
        if "cấp" in question:
            return CLARIFY
        return FIGURES if "bao nhiêu" in question else REGULATION

    def query(
        self,
        question: str | None,
        sql: str | None,
        principal: Principal,
        previous: Sequence[Turn] = (),
        as_of: date | None = None,
    ) -> Answer:
        self.asked.append((question or sql or "", str(principal), as_of, len(previous)))
        self.during()
        return FIGURES

    def begin_job(self, sql: str, principal: Principal) -> Job:
        return self.background.begin(sql, principal)

    def start_job(self, job: Job, sql: str, principal: Principal) -> None:
        self.run_job(job.id, sql, principal)

    def run_job(self, job_id: str, sql: str, principal: Principal) -> None:
        self.asked.append((sql, str(principal), None, 0))
        self.background.work(job_id, Context("", principal, DAY, sql=sql))

    def find(self, wanted: Wanted, principal: Principal) -> Found:
        self.asked.append((wanted.question, str(principal), wanted.as_of, 0))
        return FOUND

    def provision(
        self, document: str, place: str, principal: Principal, quote: str = "", day: date | None = None
    ) -> ProvisionView:
        held = self.document(document, principal)
        unit = next((one for one in DOCUMENT.provisions if one.id.endswith(f"#{place}")), None)
        if held is None or unit is None:
            raise NotFound("document_not_found" if held is None else "provision_not_found")
        text = held.provision_text(unit)
        return ProvisionView(held, unit, text, spans_of(text, quote))

    def original(self, document: Document, principal: Principal) -> Path:
        path = self.settings.data_dir / "mau.docx"
        path.write_bytes(b"original")
        return path

    def suggest(self, typed: str, principal: Principal, limit: int) -> list[Suggestion]:
        return [Suggestion("metric", "số trường", "Số trường")][:limit] if typed else []

    def close(self) -> None:
        self.background.close()

    def document(self, document_id: str, principal: Principal) -> Document | None:
        return DOCUMENT if document_id == DOCUMENT.id and principal.role == "national" else None

    def health(self) -> dict[str, str]:
        return self.states


def scripted_services(data_dir: Path) -> ScriptedServices:
    """With a default principal, and the principal header trusted."""
    chosen = Settings(data_dir=data_dir, default_principal="national", trust_principal_header=True, today=DAY)
    policy, accounts = load_policy(chosen.policy_file), Accounts(open_audit(chosen))
    store = JobStore(data_dir / "jobs.sqlite", policy.background)
    engine = partial(DuckDbEngine, chosen.education_path, chosen.engine)  # starts nothing before it is asked
    background = Background(store, accounts, engine, _check_statement, lambda context, _: FIGURES)
    # Nothing was ever synced: what looks into the corpus finds it missing.
    corpus = LiveCorpus(chosen.generations_dir, chosen.index)
    model = _model(chosen.semantic_model_dir)
    return ScriptedServices(chosen, policy, accounts, background, Switch(chosen.switch_path), corpus, model)


@lru_cache(maxsize=1)
def _model(directory: Path) -> SemanticModel:
    return load_semantic_model(directory)


def _check_statement(sql: str, principal: Principal) -> None:
    if "DROP" in sql:
        raise StatementRefused("statement", "query_not_select")


def client_from(host: str, services: ScriptedServices, base_url: str = "http://127.0.0.1:8000") -> TestClient:
    return TestClient(build_app(services), base_url, raise_server_exceptions=False, client=(host, 50000))


def ask(client: TestClient, question: str = "Quy định gì?", conversation: str | None = None, **headers: str):
    """One turn; as plain JSON unless another Accept is given."""
    conversation = conversation or client.post("/v1/conversations").json()["id"]
    accept = {"accept": "application/json", **headers}
    return client.post(f"/v1/conversations/{conversation}/turns", json={"question": question}, headers=accept)


def events_of(text: str) -> list[tuple[str, str]]:
    """(event, data) of every event of a stream."""
    found = []
    for block in text.replace("\r\n", "\n").strip().split("\n\n"):
        fields = [line.partition(": ") for line in block.split("\n") if not line.startswith(":")]
        event = next((value for name, _, value in fields if name == "event"), "")
        found.append((event, "\n".join(value for name, _, value in fields if name == "data")))
    return found
