"""What is known of the runs that made the generations still kept: their reports, read back."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.corpus.generation import CATALOGUE_FILE, current_generation

REPORT_FILE = "report.json"


@dataclass(frozen=True, slots=True)
class Run:
    """One generation. `totals` and `codes` are empty where no report can be read."""

    generation: str
    served: bool
    finished_at: datetime | None
    totals: dict[str, int]
    codes: dict[str, int]


def kept_runs(generations_dir: Path) -> list[Run]:
    """The newest first."""
    served = current_generation(generations_dir)
    folders = [path.parent for path in generations_dir.glob(f"*/{CATALOGUE_FILE}")]
    return [_run(folder, served=folder == served) for folder in sorted(folders, reverse=True)]


def _run(folder: Path, *, served: bool) -> Run:
    try:
        report = folder / REPORT_FILE
        found = json.loads(report.read_text(encoding="utf-8"))
        totals, codes = (
            {str(name): value for name, value in found[part].items() if isinstance(value, int)}
            for part in ("totals", "codes")
        )
        return Run(folder.name, served, datetime.fromtimestamp(report.stat().st_mtime, UTC), totals, codes)
    except (OSError, ValueError, LookupError, AttributeError):
        return Run(folder.name, served, None, {}, {})
