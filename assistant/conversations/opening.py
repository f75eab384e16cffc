"""Opens the conversation store — SQLite by default, PostgreSQL by its address — and brings its tables up to date."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.errors import ConfigurationError, StoreUnavailable

HEAD = "0002"
"""The newest change in migrations/versions; a test compares it with the folder and with tables.py."""
_KNOWN = {"0001", HEAD}
_FOLDER = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_204_411
"""The name of the lock under which PostgreSQL's tables are changed."""


def open_store(address: str) -> Engine:
    """An engine for a SQLAlchemy address; nothing is connected yet. Raises ConfigurationError for another kind."""
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise ConfigurationError("setting_invalid", name="TROLY_STORE__URL", reason="not an address") from error
    options: dict[str, Any] = {"hide_parameters": True}  # questions stay out of logs
    if url.get_backend_name() == "postgresql":
        return create_engine(url.set(drivername="postgresql+pg8000"), pool_pre_ping=True, pool_size=10, **options)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise ConfigurationError("setting_invalid", name="TROLY_STORE__URL", reason="sqlite or postgresql")
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _configure)
    return engine


def bring_up_to_date(engine: Engine) -> None:
    """Make or change the tables. Raises StoreUnavailable for a store that a newer version made."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
    with engine.connect() as connection:
        found = _version(connection)
    if found == HEAD:
        return
    if found is not None and found not in _KNOWN:
        raise StoreUnavailable("store_newer", detail=found)
    own = create_engine(engine.url, poolclass=NullPool, hide_parameters=True)
    if own.dialect.name == "sqlite":
        event.listen(own, "connect", _unmanaged)
        event.listen(own, "begin", _take_lock)
    with own.begin() as connection:
        if own.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
        _migrate(connection)


def _migrate(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415  # a quarter of a second, for the first start of a version only
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    made_before = _made_without_versions(connection)
    if made_before:
        command.stamp(config, made_before)
    command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _made_without_versions(connection: Connection) -> str | None:
    """Which version's tables a store has that was made before there were versions."""
    tables = set(inspect(connection).get_table_names())
    if "conversations" not in tables or "alembic_version" in tables:
        return None
    return "0002" if {"titles", "threads", "feedback"} <= tables else "0001"


def _configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _unmanaged(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """The driver begins no transactions of its own, so that tables change together or not at all."""
    _configure(connection, record)
    connection.isolation_level = None


def _take_lock(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
