"""`troly audit`: verify the log, take its records and its head out."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.access.audit import Kind, read_head
from assistant.bootstrap import open_audit
from assistant.messages import message
from assistant.settings import settings

app = typer.Typer(no_args_is_help=True, help="Nhật ký kiểm toán: kiểm tra tính toàn vẹn, xuất bản ghi.")

HeadFile = Annotated[
    Path | None, typer.Option("--head", help="Đầu nhật ký đã lưu ở nơi khác, để phát hiện bị cắt đuôi")
]


@app.command()
def verify(head: HeadFile = None) -> None:
    """Đối chiếu từng bản ghi với chuỗi khóa; mã thoát 1 khi có bản ghi bị sửa, xóa, chèn hoặc cắt."""
    log = open_audit(settings())
    verdict = log.verify(read_head(head) if head else None)
    if verdict.bad is not None:
        print(message("audit_broken", seq=verdict.bad, reason=verdict.reason), file=sys.stderr)
        raise typer.Exit(1)
    print(message("audit_sound", records=verdict.records))


@app.command()
def export(
    out: Annotated[Path | None, typer.Option("--out", help="Tệp JSONL; mặc định: ra màn hình")] = None,
    head_only: Annotated[bool, typer.Option("--head-only", help="Chỉ xuất đầu nhật ký đã niêm phong")] = False,
) -> None:
    """Xuất các bản ghi (JSONL, dòng cuối là đầu nhật ký)."""
    log = open_audit(settings())
    if not head_only:
        log.append(Kind.EXPORT, "operator", what="audit", out=out.name if out else "")
    head = log.head()
    lines = [] if head_only else [json.dumps({**asdict(one), "record": one.fields}) for one in log.entries()]
    if head is not None:
        lines.append(json.dumps(asdict(head)))
    content = "".join(f"{line}\n" for line in lines)
    if out is None:
        print(content, end="")
    else:
        out.write_text(content, encoding="utf-8")
