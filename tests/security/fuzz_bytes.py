"""Bytes led by the branches of the guard that they reach: `make fuzz` runs this beside the generated queries.

    python -m tests.security.fuzz_bytes [-max_total_time=600] [libFuzzer's other options]

Stops with the input at the first one that raises anything but a refusal, takes 200 ms or more, or comes out with a
node that is not listed.
"""

import json
import sys
from pathlib import Path
from tempfile import mkdtemp

import atheris

with atheris.instrument_imports(include=["assistant.query.guard", "assistant.query.engines.duckdb_parser"]):
    from tests.security.test_properties import FOLDER, hold_to_the_list

WORDS = Path(__file__).parent / "fuzz_words.txt"


def one_input(raw: bytes) -> None:
    hold_to_the_list(raw.decode("utf-8", errors="surrogateescape"))


def main() -> None:
    """Start from the guard's own cases and the words of SQL."""
    seeds = Path(mkdtemp(prefix="guard-seeds-"))
    for line in (FOLDER / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        (seeds / case["id"]).write_text(case["sql"], encoding="utf-8", errors="surrogateescape")
    given = [one for one in sys.argv[1:] if one.startswith("-")] or ["-max_total_time=600"]
    atheris.Setup([sys.argv[0], "-max_len=600", f"-dict={WORDS}", *given, str(seeds)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
