"""The seed of the guard suite and its twins: one territory's rows only, and the same with other personal values."""

import shutil
from pathlib import Path

from assistant.access.policy import Policy
from assistant.access.principal import Principal
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.engines.duckdb_script import run_script, table_names
from assistant.settings import EngineSettings

_ALL_ROWS = 50_000


class Seeds:
    """Databases made on first use from a script or a database file. What a guarded query returns must be the same on
    the twins."""

    def __init__(self, folder: Path, schema: Path, policy: Policy, settings: EngineSettings) -> None:
        self._folder = folder
        self._engines: dict[str, DuckDbEngine] = {}
        self.policy = policy
        self.settings = settings
        if schema.suffix == ".sql":
            run_script(self.path, schema.read_text(encoding="utf-8"))
        else:
            shutil.copy(schema, self.path)
        self._shield = self._bytes("whole")

    @property
    def path(self) -> Path:
        return self._folder / "whole.duckdb"

    @property
    def whole(self) -> DuckDbEngine:
        return self._engine("whole")

    @property
    def unchanged(self) -> bool:
        return self._bytes("whole") == self._shield

    def only(self, principal: Principal) -> DuckDbEngine:
        """The twin that holds only the rows of the principal's territories."""
        if not principal.territories:
            return self.whole
        codes = ", ".join(f"'{code}'" for code in principal.territories)
        held = table_names(self.path)
        scoped = {name: table for name, table in self.policy.tables.items() if not table.shared and name in held}
        deletes = [f"DELETE FROM {name} WHERE {table.scope} NOT IN ({codes})" for name, table in scoped.items()]
        return self._twin("only_" + "_".join(principal.territories), deletes)

    def other_persons(self) -> DuckDbEngine:
        """The twin in which every personal value is another one."""
        updates = [
            f"ALTER TABLE {name} ALTER {column} TYPE VARCHAR USING md5(CAST({column} AS VARCHAR))"
            for name, table in self.policy.tables.items()
            for column in table.personal
        ]
        return self._twin("other_persons", updates)

    def personal_values(self) -> set[str]:
        """Every personal value of the seed that is long enough to be told from a number."""
        values: set[str] = set()
        for name, table in self.policy.tables.items():
            for column in table.personal:
                sql = f"SELECT DISTINCT CAST({column} AS VARCHAR) FROM {name}"
                rows = self.whole.run(sql, timeout_seconds=60, row_cap=_ALL_ROWS).rows
                values |= {text for (text,) in rows if text and len(text) >= 9}
        return values

    def close(self) -> None:
        for engine in self._engines.values():
            engine.close()

    def _twin(self, name: str, statements: list[str]) -> DuckDbEngine:
        path = self._folder / f"{name}.duckdb"
        if not path.exists():
            shutil.copy(self._folder / "whole.duckdb", path)
            run_script(path, "; ".join(statements))
        return self._engine(name)

    def _engine(self, name: str) -> DuckDbEngine:
        if name not in self._engines:
            self._engines[name] = DuckDbEngine(self._folder / f"{name}.duckdb", self.settings)
        return self._engines[name]

    def _bytes(self, name: str) -> tuple[int, int]:
        status = (self._folder / f"{name}.duckdb").stat()
        return status.st_size, status.st_mtime_ns
