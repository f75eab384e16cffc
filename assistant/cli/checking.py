"""`troly check`: every part that an answer needs, looked at one by one."""

from collections.abc import Callable

from assistant.access.policy import load_policy
from assistant.access.principal import Principal, Role
from assistant.bootstrap import build_services
from assistant.corpus.encoders.opening import open_encoder
from assistant.errors import AssistantError, ConfigurationError
from assistant.llm.call import call_model
from assistant.llm.model import open_model
from assistant.messages import message
from assistant.prompts import load_prompt
from assistant.query.checking import all_requests, check_model, run_model
from assistant.query.runner import Runner
from assistant.query.semantic_model import load_semantic_model
from assistant.settings import Settings

Check = Callable[[Settings], str]
SAMPLE_SECONDS = 10.0


def check_all(chosen: Settings, *, full: bool = False) -> int:
    """Print a line per part; 0 when all work, 1 when one does not. `full`: run all the model can ask."""
    failed = 0
    checks = (*CHECKS, ("Truy vấn của mô hình", lambda one: _runs(one, None if full else SAMPLE_SECONDS)))
    for name, check in checks:
        try:
            print(f"ĐẠT        {name}: {check(chosen)}")
        except AssistantError as error:
            failed += 1
            print(f"KHÔNG ĐẠT  {name}: {message(error.code, **error.values)} [{error.code}]")
    return int(failed > 0)


def _policy(chosen: Settings) -> str:
    policy = load_policy(chosen.policy_file)
    return f"{len(policy.tables)} bảng, {len(policy.territories)} địa bàn"


def _semantic_model(chosen: Settings) -> str:
    model = load_semantic_model(chosen.semantic_model_dir)
    requests = sum(1 for _ in all_requests(model))
    if faults := check_model(model):
        raise ConfigurationError("semantic_model_invalid", name=faults[0].metric, key=faults[0].dimension, reason="")
    return f"{len(model.metrics)} chỉ tiêu, {len(model.dimensions)} chiều, {requests} truy vấn biên dịch được"


def _prompts(chosen: Settings) -> str:
    prompt = load_prompt(chosen.prompts_dir, "answer")
    return f"{prompt.name} phiên bản {prompt.version}"


def _encoder(chosen: Settings) -> str:
    encoder = open_encoder(chosen.encoder, chosen.model_cache_dir)
    return f"{encoder.name}, {encoder.encode_questions(['thử']).shape[1]} chiều"


def _index(chosen: Settings) -> str:
    services = build_services(chosen)
    try:
        with services.corpus.open() as generation:
            counts = generation.catalogue.counts()
            return f"{counts['documents']} văn bản, {counts['provisions']} đơn vị, {generation.index.count()} đoạn"
    finally:
        services.close()


def _engine(chosen: Settings) -> str:
    services = build_services(chosen)
    try:
        services.engine.health()
        return str(chosen.education_path)
    finally:
        services.close()


def _runs(chosen: Settings, seconds: float | None) -> str:
    """Every metric by every dimension it allows, run on the education database; a sample when time is bounded."""
    services = build_services(chosen)
    try:
        model = load_semantic_model(chosen.semantic_model_dir)
        runner = Runner(services.engine, services.policy, chosen.engine)
        ran = run_model(model, runner, Principal(Role.NATIONAL), seconds)
    finally:
        services.close()
    if ran.faults:
        first = ran.faults[0]
        raise ConfigurationError("semantic_model_invalid", name=first.metric, key=first.dimension, reason=first.reason)
    return f"{ran.ran} trên {ran.of} truy vấn chạy được trên cơ sở dữ liệu"


def _model(chosen: Settings) -> str:
    model = open_model(chosen.model)
    if model is None:
        return "không cấu hình, câu trả lời được trích nguyên văn"
    return f"{chosen.model.name}, trả lời {len(call_model(model, 'Viết một từ: được').text)} ký tự"


CHECKS: tuple[tuple[str, Check], ...] = (
    ("Chính sách", _policy),
    ("Mô hình ngữ nghĩa", _semantic_model),
    ("Lời nhắc", _prompts),
    ("Bộ mã hóa", _encoder),
    ("Kho văn bản", _index),
    ("Cơ sở dữ liệu giáo dục", _engine),
    ("Mô hình ngôn ngữ", _model),
)
