"""What every door of the service — HTTP, command line, evals — asks: one object, built once by bootstrap."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event

from assistant.access.audit import Kind
from assistant.access.policy import Policy
from assistant.access.principal import Principal, Role
from assistant.access.switch import Stoppable, Switch
from assistant.answering.background import Background, Job
from assistant.answering.composer import Composer
from assistant.answering.context import Context
from assistant.answering.finding.originals import find_original
from assistant.answering.finding.passages import Found, Wanted, find_passages
from assistant.answering.finding.provisions import ProvisionView, find_provision
from assistant.answering.finding.suggestions import Suggestion, Suggestions
from assistant.answering.labels import labels_of
from assistant.answering.steps.check_input import check_question
from assistant.conversations.accounting import Accounts, Asked
from assistant.conversations.answer import Answer
from assistant.conversations.conversation import Turn
from assistant.corpus.document import Document
from assistant.corpus.filters import ChunkFilter
from assistant.corpus.generation import LiveCorpus
from assistant.corpus.search import Search, SearchResult
from assistant.errors import AssistantError, NotPermitted, SwitchedOff
from assistant.query.engines import Engine
from assistant.query.semantic_model import SemanticModel
from assistant.settings import Settings


def _quiet(_: str) -> None:
    """Nobody listens to the progress."""


@dataclass(frozen=True, slots=True)
class Services:
    """Safe to share between threads. `warm` loads what the first answer needs; everything works without it, slower."""

    settings: Settings
    policy: Policy
    composer: Composer
    corpus: LiveCorpus
    retrieval: Search
    engine: Engine
    warmed: Event
    accounts: Accounts
    background: Background
    switch: Switch
    model: SemanticModel
    suggestions: Suggestions

    def answer(
        self,
        question: str,
        principal: Principal,
        as_of: date | None = None,
        previous: Sequence[Turn] = (),
        on_progress: Callable[[str], None] = _quiet,
    ) -> Answer:
        """Answer anything asked. Raises InvalidRequest when the question itself cannot be read."""
        context = self._context(question, principal, as_of, previous, on_progress)
        asked = Asked(principal, question)
        return self.accounts.kept(Kind.ANSWER, asked, lambda: self.composer.compose(context))

    def query(
        self,
        question: str | None,
        sql: str | None,
        principal: Principal,
        previous: Sequence[Turn] = (),
        as_of: date | None = None,
    ) -> Answer:
        """Answer a data question, or run one SQL statement through the guard."""
        context = self._context(question or "", principal, as_of, previous, _quiet)
        context.sql = sql or ""
        compose = self.composer.compose_data if sql is None else self.composer.compose_sql
        return self.accounts.kept(Kind.QUERY, Asked(principal, question or "", context.sql), lambda: compose(context))

    def begin_job(self, sql: str, principal: Principal) -> Job:
        """A statement to be run aside; `run_job` must follow. Raises QueryRefused, NotPermitted or RateLimited."""
        return self.background.begin(sql, principal)

    def start_job(self, job: Job, sql: str, principal: Principal) -> None:
        """Run it in a thread of this process."""
        self.background.start(job, self._statement(sql, principal))

    def run_job(self, job_id: str, sql: str, principal: Principal) -> None:
        """Run it here and now."""
        self.background.work(job_id, self._statement(sql, principal))

    def search(self, question: str, chunk_filter: ChunkFilter, limit: int) -> SearchResult:
        return self.retrieval.search(question, chunk_filter, limit)

    def find(self, wanted: Wanted, principal: Principal) -> Found:
        """Passages the caller may read, once it is on record what was looked for and which were found."""
        if self.switch.is_off(Stoppable.LAW):
            raise SwitchedOff("switched_off_law")
        question = check_question(wanted.question, self.settings.question_max_chars)
        labels = labels_of(principal, self.policy)
        found = find_passages(self.retrieval, self.corpus, labels, replace(wanted, question=question))
        provisions = [passage.provision_id for passage in found.passages]
        self.accounts.searched(Asked(principal, question), wanted.as_of, provisions)
        return found

    def provision(
        self, document: str, place: str, principal: Principal, quote: str = "", day: date | None = None
    ) -> ProvisionView:
        """One provision by id or number of its document and by anchor or path. Raises NotFound."""
        with self.corpus.open() as generation:
            labels = labels_of(principal, self.policy)
            return find_provision(generation.catalogue, labels, document, place, quote, day)

    def original(self, document: Document, principal: Principal) -> Path:
        """The file it was read from. Raises NotFound unless it is there, unchanged, and wholly the caller's to read."""
        with self.corpus.open() as generation:
            path = find_original(generation.catalogue, labels_of(principal, self.policy), document)
        self.accounts.note(Kind.EXPORT, principal, code="original", document=document.id)
        return path

    def suggest(self, typed: str, principal: Principal, limit: int) -> list[Suggestion]:
        """What the caller may be about to type."""
        return self.suggestions.of(typed, labels_of(principal, self.policy), limit)

    def document(self, document_id: str, principal: Principal) -> Document | None:
        """A document the caller may read; None also when it exists but is not theirs."""
        with self.corpus.open() as generation:
            document = generation.catalogue.document(document_id)
        return document if document and document.label in labels_of(principal, self.policy) else None

    def health(self) -> dict[str, str]:
        """Component → "ok", "warming" or the code of what is wrong."""
        states = {"encoder": "ok" if self.warmed.is_set() else "warming"}
        states["index"] = _state(self._check_index)
        states["engine"] = _state(self.engine.health)
        return states

    def warm(self) -> None:
        """Load the encoder and open index and engine; blocking."""
        self.retrieval.warm()
        # What was loaded stays: a collector that looks through it again and again takes a fifth of an answer's time.
        gc.collect()
        gc.freeze()
        self.warmed.set()

    def close(self) -> None:
        self.background.close()
        self.engine.close()
        self.corpus.close()
        self.accounts.log.close()
        gc.unfreeze()

    def _check_index(self) -> None:
        with self.corpus.open() as generation:
            generation.index.count()

    def _statement(self, sql: str, principal: Principal) -> Context:
        context = self._context("", principal, None, (), _quiet)
        context.sql = sql
        return context

    def _context(
        self,
        question: str,
        principal: Principal,
        as_of: date | None,
        previous: Sequence[Turn],
        on_progress: Callable[[str], None],
    ) -> Context:
        if principal.role is Role.ADMINISTRATOR:
            raise NotPermitted("askers_only")
        day = as_of or self.settings.current_day
        given = as_of is not None
        return Context(question, principal, day, previous=previous, day_given=given, on_progress=on_progress)


def _state(check: Callable[[], object]) -> str:
    try:
        check()
    except AssistantError as error:
        return error.code
    return "ok"
