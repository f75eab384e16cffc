"""A Case is one line of a dataset, checked where it enters; a malformed line is named by file and line."""

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import ConfigurationError

CaseT = TypeVar("CaseT", bound="Case")
Adapter = Callable[[dict[str, Any]], dict[str, Any]]


class Case(BaseModel):
    """What every suite's case has. Unknown fields are kept: they are part of the digest, never an error."""

    model_config = ConfigDict(frozen=True, extra="allow", populate_by_name=True)

    id: str
    question: str = ""
    asker: str = Field(default="national", alias="as", description="the principal who asks")
    as_of: date | None = None
    status: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()
    follow_up_of: str | None = None
    earlier: tuple[str, ...] = Field(default=(), description="questions asked before this one, oldest first")

    @property
    def digest(self) -> str:
        """Changes when anything that is asked or expected changes."""
        content = json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()


def load_cases(path: Path, model: type[CaseT], adapt: Adapter = dict) -> list[CaseT]:
    """Read a JSON array or JSON lines. Raises ConfigurationError naming the file and the line."""
    cases: list[CaseT] = []
    seen: set[str] = set()
    for line, record in read_records(path):
        case = _read_case(path, line, record, model, adapt)
        if case.id in seen:
            raise ConfigurationError("cases_duplicate", file=path, line=line, name=case.id)
        seen.add(case.id)
        cases.append(case)
    if not cases:
        raise ConfigurationError("cases_empty", file=path)
    return _with_earlier(path, cases)


def read_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line number, object) of each record; records of a JSON array are counted from 1."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError("cases_missing", file=path, detail=str(error)) from error
    for line, record in _numbered(path, text):
        if not isinstance(record, dict):
            raise ConfigurationError("cases_malformed", file=path, line=line, reason="không phải một đối tượng JSON")
        yield line, record


def stripped(case: CaseT) -> CaseT:
    """The same case asked without diacritics."""
    earlier = tuple(strip_diacritics(question) for question in case.earlier)
    return case.model_copy(update={"question": strip_diacritics(case.question), "earlier": earlier})


def strip_diacritics(text: str) -> str:
    """ "Điều lệ" → "Dieu le": letters keep their case, as people type."""
    plain = text.translate(str.maketrans("đĐ", "dD"))
    return "".join(ch for ch in unicodedata.normalize("NFD", plain) if not unicodedata.combining(ch))


def _numbered(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    if text.lstrip().startswith("["):
        yield from enumerate(_parse(path, None, text), start=1)
        return
    # Not splitlines(): it also breaks at U+2028 and the like, which JSON allows inside a string.
    for line, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            yield line, _parse(path, line, row)


def _parse(path: Path, line: int | None, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        where = line if line is not None else error.lineno
        raise ConfigurationError("cases_malformed", file=path, line=where, reason=error.msg) from error


def _read_case(path: Path, line: int, record: dict[str, Any], model: type[CaseT], adapt: Adapter) -> CaseT:
    try:
        adapted = adapt(record)
    except (AttributeError, KeyError, TypeError) as error:  # a field of another shape than its format says
        raise ConfigurationError("cases_malformed", file=path, line=line, reason=repr(error)) from error
    try:
        return model.model_validate(adapted)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise ConfigurationError("cases_malformed", file=path, line=line, reason=f"{field}: {first['msg']}") from error


def _with_earlier(path: Path, cases: Sequence[CaseT]) -> list[CaseT]:
    by_id = {case.id: case for case in cases}

    def chain(case: CaseT) -> tuple[str, ...]:
        questions: list[str] = []
        visited = {case.id}
        parent = case.follow_up_of
        while parent:
            if parent not in by_id or parent in visited:
                raise ConfigurationError("cases_follow_up_unknown", file=path, name=case.id, parent=parent)
            visited.add(parent)
            questions.insert(0, by_id[parent].question)
            parent = by_id[parent].follow_up_of
        return tuple(questions)

    return [case.model_copy(update={"earlier": chain(case)}) if case.follow_up_of else case for case in cases]
