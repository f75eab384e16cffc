"""Runs one SQL statement a person typed, through the guard like everything else."""

from dataclasses import dataclass

from assistant.access.principal import Role
from assistant.answering.context import Context
from assistant.conversations.answer import Answer, AnswerStatus, query_id_of
from assistant.messages import message
from assistant.query.runner import Runner
from assistant.query.semantics.expert import ExpertSql
from assistant.text import format_number


@dataclass(frozen=True, slots=True)
class RunStatement:
    runner: Runner
    expert: ExpertSql

    def __call__(self, context: Context) -> Answer:
        statement = self.expert.translated(context.sql, context.principal)
        result = self.runner.run(statement, context.principal)
        table = result.table
        notices = list(context.notices)
        if table.truncated:
            notices.append(message("rows_truncated", rows=format_number(len(table.rows))))
        if table.suppressed:
            notices.append(message("cells_suppressed", cells=format_number(table.suppressed)))
        if context.principal.role is not Role.NATIONAL:
            notices.append(message("scope_applied", territories=", ".join(context.principal.territories)))
        return Answer(
            status=AnswerStatus.ANSWERED,
            text=message("statement_answered", rows=format_number(len(table.rows))),
            as_of=context.as_of,
            sql=result.sql,
            columns=table.columns,
            rows=table.rows,
            suppressed=table.suppressed,
            notices=tuple(notices),
            query_id=query_id_of(result.sql),
        )
