"""Runs steps in order until one answers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter

from assistant.answering.context import Context
from assistant.cancellation import stop_if_cancelled
from assistant.conversations.answer import Answer, AnswerStatus, Step
from assistant.messages import message

StepFunction = Callable[[Context], Answer | None]


def run(steps: Sequence[StepFunction], context: Context) -> Answer:
    """The first step that returns an Answer ends the run; a list that never answers has no evidence.

    Raises Cancelled between two steps once nobody wants the answer.
    """
    for step in steps:
        stop_if_cancelled()
        name = step_name(step)
        context.on_progress(message(f"progress_{name}"))
        context.trace.append(Step(name, 0.0))
        began = perf_counter()
        answer = step(context)
        elapsed = round((perf_counter() - began) * 1000, 2)
        context.trace[-1] = replace(context.trace[-1], milliseconds=elapsed)
        if answer is not None:
            return replace(answer, trace=tuple(context.trace))
    return replace(context.stop(AnswerStatus.NO_EVIDENCE, "no_evidence"), trace=tuple(context.trace))


def step_name(step: StepFunction) -> str:
    """`CheckInput(...)` → "check_input"."""
    name = type(step).__name__
    return "".join(f"_{ch.lower()}" if ch.isupper() and at else ch.lower() for at, ch in enumerate(name))
