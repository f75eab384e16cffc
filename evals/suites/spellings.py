"""The ways one code-list entry is written: its code, its name and its label, so that gold may use any of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from assistant.conversations.record import Cell
from assistant.query.engines import Engine
from assistant.query.semantic_model import SemanticModel
from evals.expected.tables import plain

_CODE = "code"
_MOST_CODE = 99
_NAMES = ("name_vi", "short_name")
_COLUMNS = "SELECT table_name, column_name FROM information_schema.columns ORDER BY table_name, ordinal_position"
_ROWS, _SECONDS = 20_000, 30.0


class Spellings:
    """Read once a run from the database's code lists and the semantic model's dictionaries."""

    def __init__(self, engine: Engine, model: SemanticModel) -> None:
        groups: dict[tuple[str, str], set[str]] = defaultdict(set)
        for table, code, names in [*_code_lists(engine), *_dictionaries(model)]:
            groups[table, code] |= {code, *names}
        self._others: dict[Cell, set[str]] = defaultdict(set)
        for group in groups.values():
            for member in group:
                self._others[plain(member)] |= group

    def of(self, rows: Iterable[Iterable[Cell]]) -> dict[str, list[str]]:
        """The other spellings of every text, and of every number that may be a code, in `rows`."""
        texts = sorted({str(cell) for row in rows for cell in row if _may_be_code(cell)})
        return {text: sorted(others - {text}) for text in texts if (others := self._others.get(plain(text)))}


def _may_be_code(cell: Cell) -> bool:
    return isinstance(cell, str) or (isinstance(cell, int) and 0 <= cell <= _MOST_CODE)


def _code_lists(engine: Engine) -> Iterator[tuple[str, str, list[str]]]:
    columns: dict[str, list[str]] = defaultdict(list)
    for table, column in engine.run(_COLUMNS, timeout_seconds=_SECONDS, row_cap=_ROWS).rows:
        columns[table].append(column)
    for table, known in columns.items():
        names = [name for name in _NAMES if name in known]
        if _CODE in known and names:
            sql = f'SELECT DISTINCT {", ".join([_CODE, *names])} FROM "{table}"'
            for code, *spelt in engine.run(sql, timeout_seconds=_SECONDS, row_cap=_ROWS).rows:
                yield table, str(code), [str(name) for name in spelt if name]


def _dictionaries(model: SemanticModel) -> Iterator[tuple[str, str, list[str]]]:
    for dimension in model.dimensions.values():
        table = dimension.lookup.table if dimension.lookup else dimension.name
        for code, value in dimension.values.items():
            yield table, code, [value.label]
