"""The JSON of statements that run in the background."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.background import Job, JobState
from assistant.api.schemas import AnswerBody, Text
from assistant.messages import message


class JobRequest(BaseModel):
    """A statement to be run in the background."""

    model_config = ConfigDict(extra="forbid")

    sql: Text = Field(examples=["SELECT province_code, count(*) FROM school GROUP BY 1"])


class JobBody(BaseModel):
    """A statement run in the background; `answer` is null until `state` is "done"."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    state: JobState
    created_at: datetime
    expires_at: datetime
    message: str = Field(description="what became of it, in Vietnamese")
    answer: AnswerBody | None


def job_json(job: Job) -> dict[str, Any]:
    """The job as the documented JSON."""
    words = message(f"job_{job.state.value}", id=job.id)
    fields = {name: getattr(job, name) for name in ("id", "state", "created_at", "expires_at", "answer")}
    return JobBody.model_validate({**fields, "message": words}).model_dump(mode="json")
