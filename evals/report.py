"""The report of a run: metrics and slices for programs (report.json) and for people (report.md)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.text import has_diacritics
from evals import gate
from evals.bootstrap import Estimate, estimate
from evals.case import Case, CaseT
from evals.fingerprint import RunConfig
from evals.suite import Output, Score, Scorer, Suite

_SHOWN_FAULTS = 50
Metrics = Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Report:
    """`scores[metric]` is in the order of `cases`; `slices[name]` has its own metrics."""

    suite: str
    cases: Sequence[Case]
    outputs: Sequence[Output]
    scores: Mapping[str, Sequence[Score]]
    metrics: Metrics
    slices: Mapping[str, Metrics]
    gate_failures: Sequence[str]


def build_report(suite: Suite[CaseT], cases: Sequence[CaseT], outputs: Sequence[Output]) -> Report:
    """Score every output and average."""
    scores = {scorer.name: [scorer(c, o) for c, o in zip(cases, outputs, strict=True)] for scorer in suite.scorers}
    metrics = {name: estimate(column) for name, column in scores.items()}
    slices = {name: _sliced(scores, members) for name, members in sorted(_members(cases).items())}
    return Report(suite.name, cases, outputs, scores, metrics, slices, gate.failures(suite.gate, metrics))


def write_report(report: Report, config: RunConfig, scorers: Sequence[Scorer[Any]], directory: Path) -> None:
    """report.json, report.md and config.json. Nothing in report.json depends on the clock."""
    content = as_json(report, config)
    (directory / "report.json").write_text(_pretty(content), encoding="utf-8")
    (directory / "config.json").write_text(_pretty({**asdict(config), "digest": config.digest}), encoding="utf-8")
    (directory / "report.md").write_text(as_markdown(report, config, scorers), encoding="utf-8")


def as_json(report: Report, config: RunConfig) -> dict[str, Any]:
    """{suite, cases, errors, metrics, slices, gate, run}."""
    return {
        "suite": report.suite,
        "cases": len(report.cases),
        "errors": sum(bool(output.error) for output in report.outputs),
        "metrics": _json_metrics(report.metrics),
        "slices": {name: _json_metrics(metrics) for name, metrics in report.slices.items()},
        "gate": {"passed": not report.gate_failures, "failures": list(report.gate_failures)},
        "run": {"commit": config.commit, "settings": dict(config.settings), "digests": dict(config.digests)},
    }


def as_markdown(report: Report, config: RunConfig, scorers: Sequence[Scorer[Any]]) -> str:
    """The same for people, with the time each answer took and the cases that lost points."""
    parts = [
        f"# Suite {report.suite}: {len(report.cases)} cases",
        f"Commit {config.commit or 'unknown'}, day {config.settings['today']}.",
        _latency(report.outputs),
        "## Metrics",
        _table(report.metrics),
        "## Gate",
        "\n".join(f"- {line}" for line in report.gate_failures) or "Every bound holds.",
        "## Slices",
        *(f"### {name}\n\n{_table(metrics)}" for name, metrics in report.slices.items()),
        "## Cases that lost points",
        _faults(report, scorers),
    ]
    return "\n\n".join(parts) + "\n"


def _members(cases: Sequence[Case]) -> dict[str, list[int]]:
    """Slice name → positions of its cases."""
    members: dict[str, list[int]] = {}
    for position, case in enumerate(cases):
        for name in _slices_of(case):
            members.setdefault(name, []).append(position)
    return members


def _slices_of(case: Case) -> list[str]:
    names = ["diacritics" if has_diacritics(case.question) else "no_diacritics"]
    names += ["as_of"] if case.as_of else []
    names += ["follow_up"] if case.follow_up_of else []
    names += [f"status={case.status}"] if case.status else []
    names += [f"kind={case.kind}"] if case.kind else []
    return names + [f"tag={tag}" for tag in dict.fromkeys(case.tags)]


def _sliced(scores: Mapping[str, Sequence[Score]], members: Sequence[int]) -> Metrics:
    return {name: estimate([column[at] for at in members]) for name, column in scores.items()}


def _json_metrics(metrics: Metrics) -> dict[str, dict[str, float | int | None]]:
    return {name: asdict(value) for name, value in metrics.items()}


def _pretty(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"


def _table(metrics: Metrics) -> str:
    rows = [
        f"| {name} | {_number(e.value)} | {_number(e.low)} – {_number(e.high)} | {e.n} |" for name, e in metrics.items()
    ]
    return "\n".join(["| metric | value | 95 % interval | n |", "|---|---|---|---|", *rows])


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _latency(outputs: Sequence[Output]) -> str:
    taken = sorted(output.milliseconds for output in outputs)
    middle, high = taken[len(taken) // 2], taken[min(len(taken) - 1, int(len(taken) * 0.95))]
    return f"Time per case: p50 {middle:.0f} ms, p95 {high:.0f} ms (as measured when the case was first answered)."


def _faults(report: Report, scorers: Sequence[Scorer[Any]]) -> str:
    lines: list[str] = []
    for position, (case, output) in enumerate(zip(report.cases, report.outputs, strict=True)):
        lost = [line for scorer in scorers if (line := _fault(scorer, report.scores[scorer.name][position]))]
        if lost or output.error:
            lines.append(f"- **{case.id}** {case.question}\n  " + "; ".join([output.error] * bool(output.error) + lost))
    more = [f"- … and {len(lines) - _SHOWN_FAULTS} more in outputs.jsonl"] if len(lines) > _SHOWN_FAULTS else []
    return "\n".join([*lines[:_SHOWN_FAULTS], *more]) or "None."


def _fault(scorer: Scorer[Any], score: Score) -> str:
    """A score below the best there is, in words; metrics that merely count (best unknown) are not faults."""
    best = 1.0 if scorer.higher_is_better else 0.0
    if score.value is None or score.value == best:
        return ""
    return f"{scorer.name} {score.value:.2f}" + (f" ({score.reason})" if score.reason else "")
