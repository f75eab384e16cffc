"""Every setting, its type and its default; the only module that reads the environment (prefix TROLY_)."""

import os
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import ConfigurationError

PACKAGE_DIR = Path(__file__).parent
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class EncoderSettings(BaseModel):
    kind: Literal["onnx", "sentence_transformer"] = "onnx"
    model: str = "packaged"
    """`packaged` is multilingual-e5-small from the wheel; anything else is a sentence-transformers name or folder."""
    query_prefix: str = "query: "
    passage_prefix: str = "passage: "
    threads: int = Field(default=1, ge=1, description="for a single question; an ingest uses every core")
    allow_download: bool = Field(default=False, description="ask a model hub for a model that is not on disk")


class IndexSettings(BaseModel):
    kind: Literal["edge", "server"] = "edge"
    url: str | None = None
    api_key: SecretStr | None = None
    collection: str = "troly"


class SearchSettings(BaseModel):
    """Weights of the fused score: meaning, words of the whole chunk, words of its best clause (docs/search.md)."""

    dense_weight: float = 0.55
    sparse_weight: float = 0.0
    unit_weight: float = 1.0
    reread: int = Field(default=40, ge=0, description="best by words and by meaning that are read clause by clause")
    candidates: int = Field(default=100, ge=1)
    cross_encoder: Path | None = Field(default=None, description="folder of a CrossEncoder that orders the best again")
    cross_encoder_passages: int = Field(default=20, ge=1)
    cross_encoder_weight: float = Field(default=0.5, ge=0)
    passages: int = Field(default=8, ge=1)
    min_support: float = Field(default=0.25, ge=0, le=1, description="how much of a question a passage must carry")


class GateSettings(BaseModel):
    """What a new generation must hold and find before it is served."""

    least_share: float = Field(default=0.5, ge=0, le=1, description="of the documents whose sources are still there")
    accept_shrinking: bool = False
    golden: Path | None = Field(default=None, description="questions (YAML or JSONL) with the document to be found")
    golden_share: float = Field(default=1.0, ge=0, le=1)


class EngineSettings(BaseModel):
    kind: Literal["duckdb"] = "duckdb"
    path: Path | None = None
    timeout_seconds: float = Field(default=10.0, gt=0)
    memory_mb: int = Field(default=2048, ge=256)
    row_cap: int = Field(default=1000, ge=1)


class ModelSettings(BaseModel):
    url: str | None = None
    name: str = "default"
    key: SecretStr | None = None
    timeout_seconds: float = Field(default=30.0, gt=0)


class AuditSettings(BaseModel):
    """The log of who asked what; nothing is answered that it cannot take."""

    key: SecretStr | None = Field(default=None, description="of the chain; when unset, data_dir/audit.key is made")
    head_file: Path | None = Field(default=None, description="the sealed end of the log, best on another host's disk")
    retention_months: int = Field(default=24, ge=1, description="how long records are kept")


class StoreSettings(BaseModel):
    """Where conversations are kept."""

    url: SecretStr | None = Field(default=None, description="postgresql://…; unset: a SQLite file in data_dir")


class OidcSettings(BaseModel):
    """The identity provider whose tokens are believed, and which of their claims mean what."""

    issuer: str | None = None
    audience: str | None = Field(default=None, description="what `aud` must hold; required with an issuer")
    role_claim: str = "role"
    territory_claim: str = "territory"
    national: str = Field(default="national", description="the value of the role claim that means this role")
    province: str = "province"
    administrator: str = "administrator"
    keys_seconds: float = Field(default=300.0, gt=0, description="how long the provider's keys are kept")


class WebSettings(BaseModel):
    """Origins (scheme://host[:port], separated by spaces) of pages that call the service or embed it."""

    allowed_origins: str = ""
    frame_ancestors: str = ""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="TROLY_", env_nested_delimiter="__", env_file=".env", extra="ignore")

    data_dir: Path = Path(".data")
    cache_dir: Path = Path("~/.cache/troly")
    today: date | None = None
    default_principal: str | None = None
    trust_principal_header: bool = Field(
        default=False, description="development: loopback clients may name themselves in X-Troly-Principal"
    )
    conversation_retention_days: int = Field(default=90, ge=1)
    policy_file: Path = PACKAGE_DIR / "config" / "policy.yml"
    semantic_model_dir: Path = PACKAGE_DIR / "config" / "semantic_model"
    prompts_dir: Path = PACKAGE_DIR.parent / "prompts"
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    question_max_chars: int = Field(default=2000, ge=1)
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    encoder: EncoderSettings = EncoderSettings()
    index: IndexSettings = IndexSettings()
    search: SearchSettings = SearchSettings()
    gate: GateSettings = GateSettings()
    engine: EngineSettings = EngineSettings()
    model: ModelSettings = ModelSettings()
    audit: AuditSettings = AuditSettings()
    store: StoreSettings = StoreSettings()
    oidc: OidcSettings = OidcSettings()
    web: WebSettings = WebSettings()

    @property
    def current_day(self) -> date:
        """The day answers hold for when none is asked: TROLY_TODAY, else today in Vietnam."""
        return self.today or datetime.now(VIETNAM).date()

    @property
    def education_path(self) -> Path:
        return self.engine.path or self.data_dir / "education.duckdb"

    @property
    def model_cache_dir(self) -> Path:
        return self.cache_dir.expanduser() / "models"

    @property
    def generations_dir(self) -> Path:
        return self.data_dir / "generations"

    @property
    def audit_path(self) -> Path:
        return self.data_dir / "audit.sqlite"

    @property
    def audit_key_path(self) -> Path:
        return self.data_dir / "audit.key"

    @property
    def audit_head_path(self) -> Path:
        return self.audit.head_file or self.data_dir / "audit.head.json"

    @property
    def switch_path(self) -> Path:
        return self.data_dir / "switch.json"

    @property
    def keys_path(self) -> Path:
        return self.data_dir / "keys.sqlite"

    @property
    def store_address(self) -> str | Path:
        """PostgreSQL's address, or the SQLite file."""
        return self.store.url.get_secret_value() if self.store.url else self.conversations_path

    @property
    def conversations_path(self) -> Path:
        return self.data_dir / "conversations.sqlite"


def load_settings() -> Settings:
    """Read the environment and `.env`; a value that does not fit is a ConfigurationError naming the setting."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "TROLY_" + "__".join(str(part) for part in first["loc"]).upper()
        raise ConfigurationError("setting_invalid", name=name, reason=first["msg"]) from error


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings, read once. Tests build their own `Settings(...)` instead."""
    return load_settings()


def child_environment(chosen: Settings) -> dict[str, str]:
    """The environment for a command of ours run as a process, so that it works on the same data as `chosen`."""
    own = {
        "TROLY_DATA_DIR": str(chosen.data_dir.resolve()),
        "TROLY_HOST": chosen.host,
        "TROLY_PORT": str(chosen.port),
        "TROLY_DEFAULT_PRINCIPAL": chosen.default_principal or "",
    }
    return {**os.environ, **{name: value for name, value in own.items() if value}}
