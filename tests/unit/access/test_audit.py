"""The audit log shows every way of changing it (RELIABILITY R11) and refuses to be changed through the database."""

import json
import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.access.audit import AuditLog, Kind, read_head
from assistant.access.secret_files import key_of
from assistant.errors import AuditUnavailable


def open_log(folder: Path, policy: str = "1:a") -> AuditLog:
    return AuditLog(folder / "audit.sqlite", lambda: key_of(None, folder / "key"), folder / "head.json", policy)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    log = open_log(tmp_path)
    for number in range(9):
        log.append(Kind.ANSWER, "national", status="answered", rows=number)
    log.close()
    return tmp_path


def tamper(folder: Path, *statements: str) -> None:
    """As somebody who owns the file, but not the key."""
    with sqlite3.connect(folder / "audit.sqlite") as connection:
        for trigger in ("update", "delete"):
            connection.execute(f"DROP TRIGGER audit_no_{trigger}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def first_bad(folder: Path) -> int | None:
    log = open_log(folder)
    try:
        return log.verify().bad
    finally:
        log.close()


def append(folder: Path) -> None:
    log = open_log(folder)
    log.append(Kind.ANSWER, "national")
    log.close()


def test_an_untouched_log_verifies(folder: Path) -> None:
    verdict = open_log(folder).verify()
    assert (verdict.records, verdict.bad) == (10, None)


@pytest.mark.parametrize(
    ("change", "bad"),
    [
        ("UPDATE audit SET record = replace(record, '\"rows\":3', '\"rows\":4') WHERE seq = 5", 5),
        ("UPDATE audit SET mac = '0' || mac WHERE seq = 5", 5),
        ("DELETE FROM audit WHERE seq = 4", 4),
        ("DELETE FROM audit WHERE seq > 8", 9),
        ("DELETE FROM audit", 1),
        ("INSERT INTO audit SELECT 11, record, mac FROM audit WHERE seq = 10", 11),
        ("INSERT INTO audit VALUES (11, '{\"seq\":11}', 'x')", 11),
    ],
    ids=["a value", "a mac", "a hole", "a cut tail", "all of it", "a replay", "an insertion"],
)
def test_verify_names_the_first_record_that_does_not_hold(folder: Path, change: str, bad: int) -> None:
    tamper(folder, change)
    assert first_bad(folder) == bad


def test_two_records_in_each_others_place_show(folder: Path) -> None:
    tamper(
        folder,
        "UPDATE audit SET seq = -3 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 6",
        "UPDATE audit SET seq = 6 WHERE seq = -3",
    )
    assert first_bad(folder) == 3


def test_every_flipped_byte_of_the_file_shows_or_changes_nothing(folder: Path) -> None:
    with sqlite3.connect(folder / "audit.sqlite") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    original = (folder / "audit.sqlite").read_bytes()
    rows = [json.dumps([one.seq, one.record, one.mac]) for one in open_log(folder).entries()]
    at = [original.rindex(b'"rows":3') + 7, original.rindex(b'"kind":"answer"') + 9, original.index(b"policy_change")]
    for position in at:
        changed = bytearray(original)
        changed[position] ^= 1
        (folder / "audit.sqlite").write_bytes(changed)
        assert first_bad(folder) is not None
    (folder / "audit.sqlite").write_bytes(original)
    assert [json.dumps([one.seq, one.record, one.mac]) for one in open_log(folder).entries()] == rows


def test_an_old_file_put_back_is_shown_by_the_head(folder: Path) -> None:
    shutil.copy(folder / "audit.sqlite", folder / "old")
    append(folder)
    for name in ("audit.sqlite-wal", "audit.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(folder / "old", folder / "audit.sqlite")
    assert first_bad(folder) == 11


def test_an_old_file_with_its_old_head_is_shown_by_a_head_kept_elsewhere(folder: Path) -> None:
    for name in ("audit.sqlite", "head.json"):
        shutil.copy(folder / name, folder / f"{name}.old")
    append(folder)
    anchor = read_head(folder / "head.json")
    for name in ("audit.sqlite-wal", "audit.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    for name in ("audit.sqlite", "head.json"):
        shutil.copy(folder / f"{name}.old", folder / name)
    assert first_bad(folder) is None
    assert open_log(folder).verify(anchor).bad == 11


def test_a_chain_made_anew_with_another_key_shows(folder: Path) -> None:
    anchor = read_head(folder / "head.json")
    (folder / "forged").mkdir()
    forger = open_log(folder / "forged")
    for _ in range(12):
        forger.append(Kind.ANSWER, "national")
    assert forger.verify(anchor).bad is not None
    forger.close()
    shutil.copy(folder / "forged" / "audit.sqlite", folder / "audit.sqlite")
    assert first_bad(folder) == 1


def test_a_damaged_or_forged_head_shows(folder: Path) -> None:
    head = json.loads((folder / "head.json").read_text())
    for damaged in ("", "{}", json.dumps({**head, "seq": 3})):
        (folder / "head.json").write_text(damaged)
        assert first_bad(folder) is not None


@pytest.mark.parametrize("statement", ["UPDATE audit SET record = ''", "DELETE FROM audit"])
def test_the_database_takes_additions_only(folder: Path, statement: str) -> None:
    with sqlite3.connect(folder / "audit.sqlite") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()


def test_another_policy_is_a_record_of_its_own(folder: Path) -> None:
    open_log(folder, "2:b").append(Kind.QUERY, "national")
    kinds = [one.fields["kind"] for one in open_log(folder).entries()]
    assert [kinds[0], *kinds[-2:]] == ["policy_change", "policy_change", "query"]


def test_a_page_goes_back_from_a_number_newest_first(folder: Path) -> None:
    log = open_log(folder)
    assert [one.seq for one in log.page(None, 3)] == [10, 9, 8]
    assert [one.seq for one in log.page(8, 2)] == [7, 6]
    assert [one.seq for one in log.page(3, 9)] == [2, 1]
    assert log.page(1, 9) == []


def test_writers_at_once_share_one_chain(tmp_path: Path) -> None:
    logs = [open_log(tmp_path) for _ in range(4)]

    def write(log: AuditLog) -> None:
        for _ in range(10):
            log.append(Kind.ANSWER, "national")

    threads = [threading.Thread(target=write, args=(log,)) for log in logs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert open_log(tmp_path).verify().records == 41


def test_a_log_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "audit.sqlite").mkdir()
    with pytest.raises(AuditUnavailable):
        open_log(tmp_path).append(Kind.ANSWER, "national")


@pytest.mark.parametrize("kept", ["", "00ff", "no key"])
def test_a_log_whose_key_is_damaged_takes_nothing(tmp_path: Path, kept: str) -> None:
    (tmp_path / "key").write_text(kept)
    with pytest.raises(AuditUnavailable):
        open_log(tmp_path).append(Kind.ANSWER, "national")


def test_the_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    assert key_of(None, tmp_path / "key") == key_of(None, tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert key_of("a", tmp_path / "key") != key_of("b", tmp_path / "key")


def test_the_fingerprint_of_a_question_is_keyed_and_the_same_again(tmp_path: Path) -> None:
    log, other = open_log(tmp_path / "a"), open_log(tmp_path / "b")
    digest = log.fingerprint("Học phí năm học 2025-2026?")
    assert digest == log.fingerprint("Học phí năm học 2025-2026?")
    assert len(digest) == 32
    assert digest not in {log.fingerprint("Học phí?"), other.fingerprint("Học phí năm học 2025-2026?")}


def test_a_record_that_is_no_text_is_the_first_that_does_not_hold(folder: Path) -> None:
    tamper(folder, "UPDATE audit SET record = CAST(x'ff' AS TEXT) WHERE seq = 4")
    assert first_bad(folder) == 4


def test_a_record_signed_by_the_key_must_say_its_own_number(folder: Path) -> None:
    """Whoever has the key could sign anything: what is no record is no record still."""
    log = open_log(folder)
    entries = list(log.entries())
    mac = log._mac(entries[2].mac, "[]")
    tamper(folder, f"UPDATE audit SET record = '[]', mac = '{mac}' WHERE seq = 4")
    assert first_bad(folder) == 4


def test_what_is_older_than_is_kept_goes_and_the_chain_still_holds(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    assert log.prune(datetime.now(UTC) + timedelta(days=1)) == 0  # there is nothing yet
    for _ in range(4):
        log.append(Kind.ANSWER, "national")
    assert log.prune(datetime.now(UTC) - timedelta(days=1)) == 0
    anchor = log.head()
    assert log.prune(datetime.now(UTC) + timedelta(days=1)) == 4  # the newest stays
    assert [entry.seq for entry in log.entries()] == [5]
    assert log.verify(anchor).bad is None
    log.append(Kind.ANSWER, "national")
    assert log.prune(datetime.now(UTC) + timedelta(days=1)) == 1
    assert log.verify().bad is None
    assert log.verify(anchor).bad is None  # an end that is older than what is kept
    with pytest.raises(sqlite3.DatabaseError), closing(sqlite3.connect(tmp_path / "audit.sqlite")) as connection:
        connection.execute("DELETE FROM audit")


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM base",
        "UPDATE base SET head = replace(head, '\"seq\":4', '\"seq\":5')",
        "UPDATE base SET head = replace(head, 'mac\":\"', 'mac\":\"0')",
    ],
)
def test_a_beginning_that_was_tampered_with_is_told(tmp_path: Path, change: str) -> None:
    log = open_log(tmp_path)
    for _ in range(4):
        log.append(Kind.ANSWER, "national")
    log.prune(datetime.now(UTC) + timedelta(days=1))
    with closing(sqlite3.connect(tmp_path / "audit.sqlite")) as connection, connection:
        connection.execute(change)
    assert log.verify().bad is not None
