"""Code lists: the names behind every code, read from data/codes.yml."""

from functools import lru_cache

import yaml

from ingest.education.database import Database
from ingest.education.geography import DATA


@lru_cache(maxsize=1)
def read_codes() -> dict[str, dict[str, list[str]]]:
    """Table → code → [name, short name, code in CSDL ngành]."""
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load((DATA / "codes.yml").read_text(encoding="utf-8"))
    return loaded


def load_codes(database: Database) -> None:
    """Fill every ref_ table."""
    for table, entries in read_codes().items():
        for order, (code, (name, short_name, *csdl)) in enumerate(entries.items(), start=1):
            row = [code, name, short_name, csdl[0] if csdl else None, order]
            database.execute(f'INSERT INTO "{table}" VALUES (?, ?, ?, ?, ?)', row)
