"""What the audit log keeps of a question and its answer: decisions, numbers of rows, documents; never text or rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

from assistant.access.audit import AuditLog, Kind
from assistant.access.masking import mask
from assistant.access.principal import Principal
from assistant.cancellation import Cancelled
from assistant.conversations.answer import Answer
from assistant.errors import RequestError


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked what. `sql` is what was typed as a statement."""

    principal: Principal
    question: str = ""
    sql: str = ""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Raises AuditUnavailable where a record cannot be written: then nothing is answered either."""

    log: AuditLog
    model: str = ""

    def kept(self, kind: Kind, asked: Asked, work: Callable[[], Answer]) -> Answer:
        """The answer of `work`, once it is on record."""
        began = perf_counter()
        try:
            answer = work()
        except RequestError as error:
            self._record(Kind.REFUSAL, asked, began, code=error.code)
            raise
        except Cancelled:
            self._record(kind, asked, began, code="cancelled")
            raise
        self._record(_kind(kind, answer), asked, began, **_said(answer))
        return answer

    def searched(self, asked: Asked, day: date, provisions: Sequence[str]) -> None:
        """Record which passages a search showed."""
        question = self.log.fingerprint(mask(asked.question))
        fields = {"question": question, "as_of": day.isoformat(), "provisions": list(provisions)}
        self.note(Kind.QUERY, asked.principal, code="search", **fields)

    def note(self, kind: Kind, principal: Principal | None, **fields: Any) -> None:
        """Record what is no answer: a sign-in, an export, a refusal at the door."""
        self.log.append(kind, str(principal) if principal else "unknown", **fields)

    def _record(self, kind: Kind, asked: Asked, began: float, **fields: Any) -> None:
        self.log.append(
            kind,
            str(asked.principal),
            scope=list(asked.principal.territories),
            question=self.log.fingerprint(mask(asked.question or asked.sql)),
            typed_sql=bool(asked.sql),
            model=self.model,
            milliseconds=round((perf_counter() - began) * 1000, 1),
            **fields,
        )


def _kind(kind: Kind, answer: Answer) -> Kind:
    return Kind.REFUSAL if answer.status.value.startswith("refused") else kind


def _said(answer: Answer) -> dict[str, Any]:
    return {
        "status": answer.status.value,
        "code": answer.code,
        "as_of": answer.as_of.isoformat(),
        "sql": mask(answer.sql or ""),
        "rows": len(answer.rows),
        "suppressed": answer.suppressed,
        "provisions": [citation.provision_id for citation in answer.citations],
    }
