"""An attacker on ready-made counts: asks for sums over sets of rows until subtraction gives a withheld row away."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from assistant.access.policy import Policy, load_policy
from assistant.access.principal import parse_principal
from assistant.errors import QueryRefused
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.ledger import Ledger, Store
from assistant.query.runner import Runner
from assistant.settings import EngineSettings

POLICY: Policy = load_policy(Path(__file__).parents[1] / "data" / "guard" / "counts" / "policy.yml")
SMALL = POLICY.suppression.persons
_ROUNDING = 1e-6
# What anybody asks of such a table, beside an attack.
HONEST = (
    "SELECT sum(pupils) FROM stat",
    "SELECT level, sum(pupils) FROM stat GROUP BY 1",
    "SELECT province_code, sum(pupils) FROM stat GROUP BY 1",
    "SELECT province_code, level, sum(pupils) FROM stat GROUP BY 1, 2",
    "SELECT sum(pupils) FROM stat WHERE province_code = 'HN'",
    "SELECT level, sum(pupils) FROM stat WHERE province_code = 'HN' GROUP BY 1",
    "SELECT commune, sum(pupils) FROM stat GROUP BY 1",
    "SELECT sum(pupils) FROM stat WHERE level = 'TH'",
    "SELECT avg(pupils) FROM stat",
    "SELECT level, sum(classes) FROM stat GROUP BY 1",
)


def make_counts_database(path: Path, communes: int, seed: int) -> None:
    """Rows by commune and level: a fifth are small, some empty, the rest large."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"SELECT setseed({(seed % 100) / 100})")
        connection.execute(
            f"""CREATE TABLE stat AS SELECT province_code, commune, level, pupils, pupils // 2 AS girls, 1 AS classes
            FROM (SELECT ['HN', 'SG', 'NA'][1 + i % 3] AS province_code, 'X' || i AS commune,
            ['MN', 'TH', 'THCS', 'THPT'][l] AS level, CASE WHEN random() < .25 THEN 1 + (random() * 8)::INT
            WHEN random() < .1 THEN 0 ELSE 10 + (random() * 300)::INT END AS pupils
            FROM range({communes}) t(i), range(1, 5) s(l))"""
        )


@dataclass
class CountSession:
    """One caller's questions about `stat`, and what an observer could compute from the answers."""

    engine: DuckDbEngine
    store: Store
    known: duckdb.DuckDBPyConnection
    with_ledger: bool = True
    basis: list[np.ndarray] = field(default_factory=list)
    asked: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        self.who = parse_principal("national", POLICY)
        ledger = Ledger(self.store, self.engine, POLICY.suppression) if self.with_ledger else None
        self.runner = Runner(self.engine, POLICY, EngineSettings(), ledger)
        self.rows = int(self.known.execute("SELECT count(*) FROM stat").fetchall()[0][0])

    def ask(self, sql: str) -> list[tuple] | None:
        self.asked += 1
        try:
            return list(self.runner.run(sql, self.who).table.rows)
        except QueryRefused:
            self.refused += 1
            return None

    def sum_of(self, condition: str) -> None:
        answered = self.ask(f"SELECT sum(pupils) FROM stat WHERE {condition}")
        if answered and answered[0][0] is not None:
            self._learn(condition)

    def sums_by(self, key: str, condition: str) -> None:
        for value, total in self.ask(f"SELECT {key}, sum(pupils) FROM stat WHERE {condition} GROUP BY 1") or ():
            if total is not None:
                self._learn(f"({condition}) AND {key} = '{value}'")

    def rows_of(self, condition: str) -> None:
        for commune, level, pupils in self.ask(f"SELECT commune, level, pupils FROM stat WHERE {condition}") or ():
            if pupils is not None:
                self._learn(f"commune = '{commune}' AND level = '{level}'")

    def _learn(self, condition: str) -> None:
        """Add the rows to an orthonormal basis of all that follows from the answers. Empty rows add nothing."""
        row = np.zeros(self.rows)
        row[
            [
                one
                for (one,) in self.known.execute(
                    f"SELECT rowid FROM stat WHERE pupils > 0 AND ({condition})"
                ).fetchall()
            ]
        ] = 1
        for _ in range(2):
            for known in self.basis:
                row -= known * (known @ row)
        length = float(np.linalg.norm(row))
        if length > _ROUNDING:
            self.basis.append(row / length)

    def knows(self, row: int) -> bool:
        return sum(one[row] ** 2 for one in self.basis) > 1 - _ROUNDING


def small_rows(known: duckdb.DuckDBPyConnection, number: int) -> list[int]:
    found = known.execute(
        f"SELECT rowid FROM stat WHERE pupils BETWEEN 1 AND {SMALL - 1} ORDER BY rowid LIMIT {number}"
    )
    return [one for (one,) in found.fetchall()]


def attack_count(session: CountSession, row: int, questions: int, random_: random.Random) -> None:
    """Up to `questions` questions aimed at one small row; stops when its number is known."""
    for move in _moves(session, row, random_):
        if session.asked >= questions or session.knows(row):
            return
        move()


def _moves(session: CountSession, row: int, random_: random.Random) -> Iterator:
    found = session.known.execute(f"SELECT province_code, commune, level FROM stat WHERE rowid = {row}").fetchall()
    province, commune, level = (
        f"{name} = '{value}'" for name, value in zip(("province_code", "commune", "level"), found[0], strict=True)
    )
    alone = f"{commune} AND {level}"
    while True:
        group = random_.choice((province, commune, level, f"{province} AND {level}", "TRUE"))
        pad = f"commune >= 'X{random_.randint(1, 9)}'"
        plans = (
            lambda: (session.sum_of(group), session.sum_of(f"({group}) AND NOT ({alone})")),
            lambda: (session.sums_by("level", commune), session.sum_of(commune)),
            lambda: (session.sums_by("commune", f"{province} AND {level}"), session.sum_of(f"{province} AND {level}")),
            lambda: (session.rows_of(group), session.sum_of(group)),
            lambda: (session.sum_of(f"({group}) AND ({pad} OR {alone})"), session.sum_of(f"({group}) AND {pad}")),
            lambda: (session.sum_of(f"{commune} AND level IN ('MN', 'TH')"), session.sums_by("level", commune)),
        )
        yield random_.choice(plans)
