"""The composition root: settings in, services out. The only place that knows which implementation serves a port."""

from functools import partial
from hashlib import sha256
from threading import Event

from assistant.access.audit import AuditLog
from assistant.access.policy import load_policy
from assistant.access.principal import Principal
from assistant.access.secret_files import key_of
from assistant.access.switch import Stoppable, Switch
from assistant.answering.background import Background, JobStore
from assistant.answering.composer import Tools, build_composer
from assistant.answering.finding.suggestions import Suggestions
from assistant.answering.model_writer import ModelWriter
from assistant.answering.services import Services
from assistant.conversations.accounting import Accounts
from assistant.corpus.encoders.opening import WarmingEncoder, open_encoder, open_judge
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.search import Search
from assistant.llm.model import open_model
from assistant.prompts import load_prompt
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.ledger import Ledger, Store
from assistant.query.questions import DataQuestions
from assistant.query.runner import Runner
from assistant.query.semantic_model import load_semantic_model
from assistant.query.semantics.expert import ExpertSql
from assistant.settings import Settings


def build_services(chosen: Settings) -> Services:
    """Wire everything. Raises ConfigurationError when a file it needs is wrong; opens nothing that can wait."""
    policy = load_policy(chosen.policy_file)
    corpus = LiveCorpus(chosen.generations_dir, chosen.index)
    encoder = WarmingEncoder(lambda: open_encoder(chosen.encoder, chosen.model_cache_dir))
    search = Search(corpus, encoder, chosen.search, open_judge(chosen.search, chosen.encoder.threads))
    engine = DuckDbEngine(chosen.education_path, chosen.engine)
    ledger = Ledger(Store(chosen.data_dir / "ledger.sqlite"), engine, policy.suppression)
    runner = Runner(engine, policy, chosen.engine, ledger)
    model = load_semantic_model(chosen.semantic_model_dir)
    questions = DataQuestions(model, runner, policy.suppression.persons)
    switch = Switch(chosen.switch_path)
    tools = Tools(chosen, policy, search, corpus, questions, runner, _open_writer(chosen, switch), switch)
    composer, accounts = build_composer(tools), _open_accounts(chosen)
    background = Background(
        JobStore(chosen.data_dir / "jobs.sqlite", policy.background),
        accounts,
        partial(DuckDbEngine, chosen.education_path, chosen.engine),
        partial(_check_statement, ExpertSql(model, policy), runner),
        composer.compose_aside,
    )
    suggestions = Suggestions(model, corpus)
    return Services(
        chosen, policy, composer, corpus, search, engine, Event(), accounts, background, switch, model, suggestions
    )


def _check_statement(expert: ExpertSql, runner: Runner, sql: str, principal: Principal) -> None:
    """Refuse now what would be refused later."""
    runner.check(expert.translated(sql, principal), principal)


def open_audit(chosen: Settings) -> AuditLog:
    """The audit log of the data directory, under the policy in force."""
    policy = f"{load_policy(chosen.policy_file).version}:{sha256(chosen.policy_file.read_bytes()).hexdigest()[:16]}"
    secret = chosen.audit.key.get_secret_value() if chosen.audit.key else None
    key = partial(key_of, secret, chosen.audit_key_path)
    return AuditLog(chosen.audit_path, key, chosen.audit_head_path, policy)


def _open_accounts(chosen: Settings) -> Accounts:
    return Accounts(open_audit(chosen), chosen.model.name if chosen.model.url else "")


def _open_writer(chosen: Settings, switch: Switch) -> ModelWriter | None:
    model = open_model(chosen.model)
    if model is None:
        return None
    prompt, stopped = load_prompt(chosen.prompts_dir, "answer"), partial(switch.is_off, Stoppable.MODEL)
    return ModelWriter(model, prompt, stopped, chosen.model.timeout_seconds)
