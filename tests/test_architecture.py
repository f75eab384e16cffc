"""The house rules that a linter does not know: sizes, names, homes, and codes that have words."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGES = ("assistant", "ingest", "evals")
FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
BANNED_NAMES = {"utils", "helpers", "common", "manager", "service", "base", "misc"}
# The last one because qdrant_edge raises bare Exception: only so can its errors become ours.
BROAD_EXCEPT_HOMES = {
    "assistant/answering/composer.py",
    "ingest/job.py",
    "evals/runner.py",
    "assistant/corpus/indexes/edge.py",
    "assistant/query/guard/reading.py",
    "assistant/query/semantics/expert.py",
}
MESSAGES = yaml.safe_load((ROOT / "assistant/config/messages.vi.yml").read_text(encoding="utf-8"))
MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_holds_one_idea_of_bounded_size(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MAX_FILE_LINES
    assert path.stem not in BANNED_NAMES
    for function in functions(tree_of(path)):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= MAX_FUNCTION_LINES, f"{function.name} is {length} lines long"


@pytest.mark.parametrize("path", [path for path in FILES if path.stat().st_size], ids=name_of)
def test_a_module_says_what_it_holds(path: Path) -> None:
    assert ast.get_docstring(tree_of(path))


def test_only_settings_reads_the_environment() -> None:
    readers = {name_of(path) for path in FILES if "os.environ" in path.read_text() or "getenv(" in path.read_text()}
    # The guard names getenv among the functions it refuses.
    assert {name for name in readers if not name.startswith("assistant/query/guard/")} == {"assistant/settings.py"}


def test_errors_are_swallowed_whole_only_where_work_must_go_on() -> None:
    def is_broad(handler: ast.ExceptHandler) -> bool:
        return handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id == "Exception")

    found = {
        name_of(path)
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and is_broad(node)
    }
    assert found <= BROAD_EXCEPT_HOMES


def error_codes() -> Iterator[tuple[str, str]]:
    """(code, where) of every `default_code` and every error raised with a literal code."""
    errors = {node.name for node in ast.walk(tree_of(ROOT / "assistant/errors.py")) if isinstance(node, ast.ClassDef)}
    refusals = {"QueryRefused", "StatementRefused", "TableRefused", "ColumnRefused", "FunctionRefused", "LimitRefused"}
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in errors:
                at = 1 if node.func.id in refusals else 0
                if len(node.args) > at and isinstance(node.args[at], ast.Constant):
                    yield str(node.args[at].value), name_of(path)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "default_code":
                yield ast.literal_eval(node.value), name_of(path)


def test_every_error_code_has_a_sentence() -> None:
    missing = {(code, where) for code, where in error_codes() if code not in MESSAGES}
    assert not missing


def test_messages_are_sentences() -> None:
    bare = {code for code, text in MESSAGES.items() if not str(text).strip()}
    unfinished = {
        code
        for code, text in MESSAGES.items()
        if not code.startswith(("progress_", "label_")) and str(text).strip()[-1] not in ".?!:}”"
    }
    assert not bare
    assert not unfinished


def test_the_import_contracts_hold() -> None:
    command = [ROOT / ".venv/bin/lint-imports", "--no-cache"]
    if not command[0].exists():
        pytest.skip("import-linter is not beside this interpreter")
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
