"""Changes the guard in small ways and counts the changes its tests notice.

    make mutation [SHARE=0.1] [FIRST=0]     SHARE of all mutants, chosen by their digest, from FIRST on

Each mutant runs in a process of its own against the pairs of tests/data/guard that reach the changed function, then
the attacks and honest queries beside them, the guard's cases (decision only), then the guard's unit tests and those of
the ledger and of what may be told. A mutant is noticed by a wrong outcome, an exception that is no refusal, or far more
work than the tests take. `equivalent.txt` names those that change nothing, each with a reason; they count neither way.
"""

import hashlib
import importlib
import importlib.abc
import importlib.util
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "assistant" / "query" / "guard"
SECONDS, NOTICED, MISSED = 20, 1, 0
LAST = (  # the quickest first: the first failure ends the run
    "unit/query/guard/test_bounds.py",
    "unit/query/guard/test_populations.py",
    "unit/query/guard/test_guard.py",
    "unit/query/guard/test_amounts.py",
    "security/test_disclosure.py",
    "security/test_ledger.py",
)
Check = Callable[[], bool]


def checks() -> dict[str, Check]:
    """Every single thing the guard must do, by name; a check says whether it was done."""
    from tests.security import test_more_attacks as lists  # noqa: PLC0415  # the mutated package must be loaded by now
    from tests.unit.query.guard import test_pairs as pairs  # noqa: PLC0415

    made: dict[str, Check] = {}
    for param in pairs.PAIRS:
        made[str(param.id)] = _held(pairs.test_a_statement_becomes_what_is_written_beside_it, *param.values)
    for line in lists.lines("more_refused.txt"):
        made[line] = _held(lists.test_an_attack_is_refused, line)
    for line in lists.lines("more_honest.txt"):
        made[line] = _held(lists.test_an_honest_query_may_run, line)
    for line in (ROOT / "evals/datasets/guard/cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        made[case["id"]] = _held(_decided, case, lists.POLICY)
    return made


def _held(test: Callable[..., None], *arguments: object) -> Check:
    def check() -> bool:
        try:
            test(*arguments)
        except BaseException:  # noqa: BLE001  # pytest's own failures are no Exceptions
            return False
        return True

    return check


def _decided(case: dict[str, object], policy: object) -> None:
    from assistant.access.principal import parse_principal  # noqa: PLC0415
    from assistant.errors import AssistantError  # noqa: PLC0415
    from assistant.query.guard import guard  # noqa: PLC0415

    try:
        guarded = guard(str(case["sql"]), policy, parse_principal(str(case["role"]), policy))  # type: ignore[arg-type]
        decision = "rewrite" if guarded.rewrites else "allow"
    except AssistantError:
        decision = "deny"
    wanted = {str(case["expect"]), *map(str, case.get("also_ok") or ())}  # type: ignore[call-overload]
    assert decision in wanted or (decision != "deny" and wanted & {"allow", "rewrite"})


def reach() -> tuple[list[str], dict[tuple[str, str], list[str]]]:
    """The names of the checks that hold, and which of them call which function, the fewest calls first."""
    held: list[str] = []
    reached: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for name, check in checks().items():
        calls: dict[tuple[str, str], int] = {}

        def note(frame: object, event: str, _: object, calls: dict[tuple[str, str], int] = calls) -> None:
            code = frame.f_code  # type: ignore[attr-defined]
            if event == "call" and "/query/guard/" in code.co_filename:
                key = (code.co_filename, code.co_name)
                calls[key] = calls.get(key, 0) + 1

        sys.setprofile(note)
        fine = check()
        sys.setprofile(None)
        if fine:
            held.append(name)
            for key in calls:
                reached.setdefault(key, []).append((sum(calls.values()), name))
    return held, {key: [name for _, name in sorted(found)] for key, found in reached.items()}


class _Loader(importlib.abc.Loader):
    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def exec_module(self, module: object) -> None:
        exec(compile(self._mutant.source(), str(PACKAGE / self._mutant.module), "exec"), module.__dict__)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, fullname: str, path: object, target: object = None) -> object:
        if fullname != _dotted(self._mutant.module):
            return None
        file = PACKAGE / self._mutant.module
        folder = [str(file.parent)] if file.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, file, loader=_Loader(self._mutant), submodule_search_locations=folder
        )


def _dotted(module: str) -> str:
    parts = ["assistant", "query", "guard", *Path(module).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def noticed(mutant: Mutant, held: list[str], reached: dict[tuple[str, str], list[str]]) -> bool:
    """Run the checks over the mutant in a child."""
    child = os.fork()
    if child == 0:
        os._exit(_judged(mutant, held, reached))
    _, status = os.waitpid(child, 0)
    return status != 0


def _judged(mutant: Mutant, held: list[str], reached: dict[tuple[str, str], list[str]]) -> int:
    used = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime) + 6 * SECONDS, int(used.ru_utime) + 6 * SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    for name in [one for one in sys.modules if one.startswith(("assistant.query", "tests.unit", "tests.security"))]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder(mutant))  # type: ignore[arg-type]
    try:
        made = checks()
        first = reached.get((str(PACKAGE / mutant.module), mutant.function), [] if mutant.function else held)
        if not all(made[name]() for name in first):
            return NOTICED
        import pytest  # noqa: PLC0415

        quiet = ["-q", "-x", "-p", "no:cacheprovider", "--import-mode=importlib", "-o", "addopts="]
        quiet += ["-k", "not whatever_is_typed and not statement_becomes"]
        return NOTICED if pytest.main([*quiet, *(str(ROOT / "tests" / one) for one in LAST)]) else MISSED
    except BaseException:  # noqa: BLE001  # whatever a mutant breaks, it was noticed
        return NOTICED


def sampled(first: float, last: float) -> Iterator[Mutant]:
    """The mutants whose digests lie between two shares of all."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = str(path.relative_to(PACKAGE))
        for one in mutants(module, path.read_text(encoding="utf-8")):
            digest = hashlib.sha256(f"{one.module}{one.function}{one.what}".encode()).digest()
            if first * 2**32 <= int.from_bytes(digest[:4], "big") < last * 2**32:
                yield one


def main() -> int:
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 0.1
    first = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    listed = (Path(__file__).parent / "equivalent.txt").read_text(encoding="utf-8").splitlines()
    equivalent = {line.partition(" — ")[0] for line in listed if line and not line.startswith("#")}
    held, reached = reach()
    sys.modules["assistant.query.engines.duckdb_parser"]._connection = None  # type: ignore[attr-defined]
    total = killed = 0
    for mutant in sampled(first, first + share):
        label = f"{mutant.module}:{mutant.function}: {mutant.what}"
        if label in equivalent:
            continue
        total += 1
        if noticed(mutant, held, reached):
            killed += 1
        else:
            print("missed", label, flush=True)
    score = killed / total if total else 1.0
    print(f"{killed} of {total} mutants noticed: {score:.1%}")
    return 0 if score >= 0.95 else 1


if __name__ == "__main__":
    sys.exit(main())
