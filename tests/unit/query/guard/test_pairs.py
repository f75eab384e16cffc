"""Every guard rule as SQL pairs: tests/data/guard/<rule>.sql holds statements with what they become, or why not.

counts/ has a policy of its own, with ready-made counts of persons.

A block is a title, optionally `-- as PRINCIPAL` (else national), the statement, and either `-- becomes` with the SQL
that runs (and `-- withheld` with the query that counts what is left out, or `nothing`) or `-- refused CODE`.
`{U+200B}` stands for a character that would be invisible here.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.access.policy import Policy, load_policy
from assistant.access.principal import parse_principal
from assistant.errors import QueryRefused
from assistant.messages import catalogue
from assistant.query.guard import guard

ROOT = Path(__file__).parents[4]
FOLDER = ROOT / "tests/data/guard"
POLICY = load_policy(ROOT / "evals/datasets/guard/policy.yml")
COUNTS = load_policy(FOLDER / "counts/policy.yml")
WITHHELD = "-- withheld\n"


@dataclass(frozen=True)
class Pair:
    title: str
    principal: str
    sql: str
    becomes: str | None
    refused: str | None
    withheld: str | None


def read_pairs(path: Path) -> list[Pair]:
    return [_pair(block) for block in path.read_text(encoding="utf-8").strip().split("\n\n")]


def _pair(block: str) -> Pair:
    lines = block.splitlines()
    title, rest = lines[0].removeprefix("-- "), lines[1:]
    principal = rest.pop(0).removeprefix("-- as ") if rest[0].startswith("-- as ") else "national"
    end = next(at for at, line in enumerate(rest) if line.startswith(("-- becomes", "-- refused ")))
    sql = re.sub(r"\{U\+([0-9A-F]+)\}", lambda match: chr(int(match[1], 16)), "\n".join(rest[:end]))
    becomes, _, withheld = (part.strip().rstrip(";") or None for part in "\n".join(rest[end + 1 :]).partition(WITHHELD))
    refused = rest[end].removeprefix("-- refused ") if becomes is None else None
    return Pair(title, principal, sql, becomes, refused, withheld)


PAIRS = [
    pytest.param(pair, policy, id=f"{path.stem}: {pair.title}")
    for folder, policy in ((FOLDER, POLICY), (FOLDER / "counts", COUNTS))
    for path in sorted(folder.glob("*.sql"))
    for pair in read_pairs(path)
]


@pytest.mark.parametrize(("pair", "policy"), PAIRS)
def test_a_statement_becomes_what_is_written_beside_it(pair: Pair, policy: Policy) -> None:
    principal = parse_principal(pair.principal, policy)
    if pair.becomes is not None:
        guarded = guard(pair.sql, policy, principal)
        assert guarded.sql == pair.becomes
        assert pair.withheld in {None, guarded.probe or "nothing"}
        return
    with pytest.raises(QueryRefused) as caught:
        guard(pair.sql, policy, principal)
    assert caught.value.code == pair.refused
    assert caught.value.code in catalogue()
