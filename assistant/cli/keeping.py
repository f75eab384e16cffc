"""`troly retention`, `troly person`, `troly backup`, `troly restore`."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.access.policy import load_policy
from assistant.answering.background import JobStore
from assistant.bootstrap import open_audit
from assistant.conversations.persons import PersonalRecords
from assistant.conversations.repository import ConversationRepository
from assistant.keeping.backup import check_backup, restore_backup, write_backup
from assistant.keeping.person import Found, Persons, own_file
from assistant.keeping.retention import run_retention
from assistant.messages import message
from assistant.settings import settings

retention = typer.Typer(no_args_is_help=True, help="Xóa dữ liệu quá thời hạn lưu giữ.")
person = typer.Typer(no_args_is_help=True, help="Dữ liệu của một người: tìm, xuất, xóa.")
Who = Annotated[str, typer.Argument(help="Như trong nhật ký kiểm toán: oidc:MÃ, key:MÃ hoặc key:MÃ/NGƯỜI_DÙNG")]


@retention.callback()
def of_retention() -> None:
    """Thời hạn lưu giữ."""


@retention.command("run")
def run() -> None:
    """Xóa hội thoại và bản ghi kiểm toán quá hạn (TROLY_CONVERSATION_RETENTION_DAYS, TROLY_AUDIT__RETENTION_MONTHS)."""
    chosen = settings()
    store = ConversationRepository(chosen.store_address)
    removed = run_retention(chosen, store, open_audit(chosen))
    print(message("retention_done", conversations=removed.conversations, records=removed.records))


@person.command()
def find(who: Who) -> None:
    """Đếm những gì hệ thống giữ về một người."""
    with _persons() as persons:
        _tell("person_found", who, persons.find(who))


@person.command()
def export(who: Who, out: Annotated[Path, typer.Option("--out", help="Tệp JSON, chỉ chủ tệp đọc được")]) -> None:
    """Xuất mọi dữ liệu của một người ra tệp JSON."""
    with _persons() as persons:
        own_file(out, json.dumps(persons.export(who), ensure_ascii=False, indent=1))
    print(message("person_exported", person=who, path=out))


@person.command()
def erase(who: Who) -> None:
    """Xóa hội thoại và kết quả chạy nền của một người; nhật ký kiểm toán giữ theo thời hạn."""
    with _persons() as persons:
        _tell("person_erased", who, persons.erase(who))


def backup(
    folder: Annotated[Path, typer.Argument(help="Thư mục mới để ghi bản sao lưu")],
    check: Annotated[bool, typer.Option("--check", help="Chỉ kiểm tra một bản sao lưu đã có")] = False,
) -> None:
    """Sao lưu hội thoại, nhật ký, khóa trong khi dịch vụ vẫn chạy."""
    manifest = check_backup(folder) if check else write_backup(settings(), folder)
    print(message("backup_sound" if check else "backup_written", path=folder, files=len(manifest["files"])))


def restore(folder: Annotated[Path, typer.Argument(help="Thư mục có bản sao lưu")]) -> None:
    """Khôi phục một bản sao lưu nguyên vẹn vào thư mục dữ liệu còn trống."""
    chosen = settings()
    manifest = restore_backup(chosen, folder)
    print(message("backup_restored", path=chosen.data_dir, files=len(manifest["files"])))


@contextmanager
def _persons() -> Iterator[Persons]:
    chosen = settings()
    store = ConversationRepository(chosen.store_address)
    jobs = JobStore(chosen.data_dir / "jobs.sqlite", load_policy(chosen.policy_file).background)
    try:
        yield Persons(PersonalRecords(store), jobs, open_audit(chosen))
    finally:
        store.close()


def _tell(code: str, who: str, found: Found) -> None:
    amounts = {"conversations": found.conversations, "turns": found.turns, "jobs": found.jobs}
    print(message(code, person=who, records=found.records, **amounts))
