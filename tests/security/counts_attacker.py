"""An attacker on ready-made counts: asks for sums over sets of rows until subtraction gives a withheld row away."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from tests.security.attacker import Session

POLICY = Path(__file__).parents[1] / "data" / "guard" / "counts" / "policy.yml"
SMALL = 10
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
    """Rows by commune and level: a quarter are small, some empty, the rest large."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"SELECT setseed({(seed % 100) / 100})")
        connection.execute(
            f"""CREATE TABLE stat AS SELECT province_code, commune, level, pupils, pupils // 2 AS girls, 1 AS classes
            FROM (SELECT ['HN', 'SG', 'NA'][1 + i % 3] AS province_code, 'X' || i AS commune,
            ['MN', 'TH', 'THCS', 'THPT'][l] AS level, CASE WHEN random() < .25 THEN 1 + (random() * 8)::INT
            WHEN random() < .1 THEN 0 ELSE 10 + (random() * 300)::INT END AS pupils
            FROM range({communes}) t(i), range(1, 5) s(l))"""
        )


def small_rows(known: duckdb.DuckDBPyConnection, number: int) -> list[int]:
    """The first rows whose number of pupils is withheld."""
    small = f"SELECT rowid FROM stat WHERE pupils BETWEEN 1 AND {SMALL - 1} ORDER BY rowid LIMIT {number}"
    return [one for (one,) in known.execute(small).fetchall()]


@dataclass
class CountSession(Session):
    """One caller's questions about `stat`, and what an observer could compute from the answers: rows for persons."""

    policy_file: Path = POLICY

    def sum_of(self, condition: str) -> None:
        answered = self.ask(f"SELECT sum(pupils) FROM stat WHERE {condition}")
        if answered and answered[0][0] is not None:
            self._note(condition)

    def sums_by(self, key: str, condition: str) -> None:
        for value, total in self.ask(f"SELECT {key}, sum(pupils) FROM stat WHERE {condition} GROUP BY 1") or ():
            if total is not None:
                self._note(f"({condition}) AND {key} = '{value}'")

    def rows_of(self, condition: str) -> None:
        for commune, level, pupils in self.ask(f"SELECT commune, level, pupils FROM stat WHERE {condition}") or ():
            if pupils is not None:
                self._note(f"commune = '{commune}' AND level = '{level}'")

    def _note(self, condition: str) -> None:
        """Rows without pupils add nothing to a sum."""
        found = self.known.execute(f"SELECT rowid FROM stat WHERE pupils > 0 AND ({condition})").fetchall()
        self._learn([one for (one,) in found])


def attack_count(session: CountSession, row: int, questions: int, random_: random.Random) -> None:
    """Up to `questions` questions aimed at one small row; stops when its number is known."""
    for move in _moves(session, row, random_):
        if session.asked >= questions or session.knows(row):
            return
        move()


def _moves(session: CountSession, row: int, random_: random.Random) -> Iterator:
    names = ("province_code", "commune", "level")
    (found,) = session.known.execute(f"SELECT {', '.join(names)} FROM stat WHERE rowid = {row}").fetchall()
    province, commune, level = (f"{name} = '{value}'" for name, value in zip(names, found, strict=True))
    alone, line = f"{commune} AND {level}", f"{province} AND {level}"
    sums, sums_by, rows = session.sum_of, session.sums_by, session.rows_of
    while True:
        group = random_.choice((province, commune, level, line, "TRUE"))
        pad = f"commune >= 'X{random_.randint(1, 9)}'"
        plans = (
            (partial(sums, group), partial(sums, f"({group}) AND NOT ({alone})")),
            (partial(sums_by, "level", commune), partial(sums, commune)),
            (partial(sums_by, "commune", line), partial(sums, line)),
            (partial(rows, group), partial(sums, group)),
            (partial(sums, f"({group}) AND ({pad} OR {alone})"), partial(sums, f"({group}) AND {pad}")),
            (partial(sums, f"{commune} AND level IN ('MN', 'TH')"), partial(sums_by, "level", commune)),
        )
        yield from random_.choice(plans)
