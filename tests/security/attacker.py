"""An attacker who knows everything about everybody but one trait, and asks for groups until sums give it away."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from assistant.access.policy import Policy, load_policy
from assistant.access.principal import Principal, parse_principal
from assistant.errors import QueryRefused
from assistant.query.engines.duckdb_engine import DuckDbEngine
from assistant.query.ledger import Ledger, Store
from assistant.query.runner import Runner
from assistant.settings import EngineSettings

POLICY = Path(__file__).parents[2] / "evals" / "datasets" / "guard" / "policy.yml"
TRAIT = "poor_household"
_ROUNDING = 1e-6
# What anybody working with such figures asks, again and again, beside an attack.
HONEST = (
    "SELECT count(*) FROM pupils",
    "SELECT province_code, count(*) FROM pupils GROUP BY 1",
    "SELECT gender, count(*) FROM pupils GROUP BY 1",
    "SELECT birth_year, count(*) FROM pupils GROUP BY 1",
    "SELECT ethnicity, count(*) FROM pupils GROUP BY 1",
    "SELECT province_code, gender, count(*) FROM pupils GROUP BY 1, 2",
    "SELECT poor_household, count(*) FROM pupils GROUP BY 1",
    "SELECT province_code, avg(birth_year) FROM pupils GROUP BY 1",
    "SELECT count(*) FROM pupils WHERE province_code = 'HN' AND gender = 'F'",
    "SELECT school_id, count(*) FROM pupils GROUP BY 1",
)


def make_school_database(path: Path, pupils: int, seed: int) -> None:
    """Pupils with the columns of the guard's catalogue; every tenth combination of traits stands alone."""
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"SELECT setseed({(seed % 100) / 100})")
        connection.execute(
            f"""CREATE TABLE pupils AS SELECT i AS pupil_id, i % 20 AS school_id,
            ['HN','NA','SG','DN'][1 + i % 20 % 4] AS province_code, 2008 + (random() * 10)::INT AS birth_year,
            CASE WHEN random() < .5 THEN 'F' ELSE 'M' END AS gender,
            ['Kinh','Tày','Thái','Mông'][1 + (random() * random() * 3.99)::INT] AS ethnicity,
            random() < .05 AS disability, random() < .3 AS poor_household, 'active' AS status
            FROM range({pupils}) t(i)"""
        )


@dataclass
class Session:
    """One caller's questions, and what an observer could compute from the answers."""

    path: Path
    engine: DuckDbEngine
    store: Store
    known: duckdb.DuckDBPyConnection
    people: int
    with_ledger: bool = True
    policy_file: Path = POLICY
    basis: list[np.ndarray] = field(default_factory=list)
    homogeneous: set[int] = field(default_factory=set)
    asked: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        self.policy: Policy = load_policy(self.policy_file)
        self.who: Principal = parse_principal("national", self.policy)
        ledger = Ledger(self.store, self.engine, self.policy.suppression) if self.with_ledger else None
        self.runner = Runner(self.engine, self.policy, EngineSettings(), ledger)

    def ask(self, sql: str) -> list[tuple] | None:
        self.asked += 1
        try:
            return list(self.runner.run(sql, self.who).table.rows)
        except QueryRefused:
            self.refused += 1
            return None

    def trait_of(self, condition: str) -> None:
        """Ask how many have the trait in a group; keep the equation when it is answered."""
        answered = self.ask(f"SELECT count(*) FROM pupils WHERE ({condition}) AND {TRAIT}")
        if answered and answered[0][0] is not None:
            self._keep(condition, int(answered[0][0]))

    def shares_of(self, condition: str) -> None:
        answered = self.ask(f"SELECT {TRAIT}, count(*) FROM pupils WHERE {condition} GROUP BY 1")
        if answered and len(answered) == 2:
            self._keep(condition, next(number for has, number in answered if has))

    def average_of(self, condition: str) -> None:
        answered = self.ask(f"SELECT avg(CASE WHEN {TRAIT} THEN 1.0 ELSE 0.0 END) FROM pupils WHERE {condition}")
        if answered and answered[0][0] is not None:
            self._keep(condition, None)

    def _keep(self, condition: str, having: int | None) -> None:
        ids = [one for (one,) in self.known.execute(f"SELECT pupil_id FROM pupils WHERE {condition}").fetchall()]
        self._learn(ids)
        if having is not None and having in {0, len(ids)}:
            self.homogeneous |= set(ids)

    def _learn(self, ids: list[int]) -> None:
        """Add the group to an orthonormal basis of all that follows from the answers."""
        row = np.zeros(self.people)
        row[ids] = 1
        for _ in range(2):  # twice is enough for the rounding
            for known in self.basis:
                row -= known * (known @ row)
        length = float(np.linalg.norm(row))
        if length > _ROUNDING:
            self.basis.append(row / length)

    def knows(self, person: int) -> bool:
        """Whether the answers determine the person's trait: whether the person alone is a sum of told groups."""
        return person in self.homogeneous or sum(one[person] ** 2 for one in self.basis) > 1 - _ROUNDING


@contextmanager
def opening(
    path: Path, engine: DuckDbEngine, folder: Path, people: int, kind: type[Session] = Session
) -> Iterator[Callable[..., Session]]:
    """Opens sessions on a database whose truth is known, each with a ledger of its own name in `folder`."""
    known = duckdb.connect(str(path), read_only=True)

    def opened(name: str = "ledger", *, with_ledger: bool = True) -> Session:
        return kind(path, engine, Store(folder / name), known, people, with_ledger)

    yield opened
    known.close()


def attack(session: Session, person: int, questions: int, random_: random.Random) -> None:
    """Up to `questions` questions aimed at one person; stops when the trait is known."""
    for move in _moves(session, person, random_):
        if session.asked >= questions or session.knows(person):
            return
        move()


def traits_of(session: Session, person: int) -> dict[str, str]:
    """What is known of the person, as conditions."""
    names = ("school_id", "birth_year", "gender", "ethnicity", "province_code")
    row = session.known.execute(f"SELECT {', '.join(names)} FROM pupils WHERE pupil_id = {person}").fetchone()
    return {name: f"{name} = {value!r}" for name, value in zip(names, row, strict=True)}


def standing_alone(session: Session, person: int) -> str:
    return " AND ".join(traits_of(session, person).values())


def _moves(session: Session, person: int, random_: random.Random) -> Iterator:
    traits = traits_of(session, person)
    names, alone = sorted(traits), " AND ".join(traits.values())
    methods = (session.trait_of, session.shares_of, session.average_of)
    while True:
        chosen = random_.sample(sorted(traits), random_.randint(0, 3))
        group = " AND ".join(traits[name] for name in chosen) or "TRUE"
        split = traits[random_.choice(names)]
        rest = f"NOT ({alone})"
        pad = f"school_id % {random_.randint(2, 7)} = {random_.randint(0, 1)}"
        method = random_.choice(methods)
        plans = (
            (group, f"({group}) AND {rest}"),
            (f"({pad}) OR ({alone})", f"({pad}) AND {rest}"),
            (group, f"({group}) AND {split} AND {rest}", f"({group}) AND NOT ({split})"),
            (
                f"({group}) AND ({split})",
                f"({group}) AND ({split}) AND ({pad})",
                f"({group}) AND ({split}) AND NOT ({pad})",
            ),
            tuple(f"{group} AND birth_year % 3 = {at}" for at in range(3)),
            (f"({group}) AND ({split})", f"({group}) AND ({split}) AND {rest}"),
        )
        for condition in random_.choice(plans):
            yield lambda condition=condition, method=method: method(condition)
