"""Statements too costly to wait for: run aside under their own deadline, their results kept for who asked."""

from assistant.answering.background.running import Background
from assistant.answering.background.store import Job, JobState, JobStore

__all__ = ["Background", "Job", "JobState", "JobStore"]
