"""`troly law`: a document over time on a terminal or as JSON."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.access.policy import load_policy
from assistant.access.principal import parse_principal
from assistant.answering.labels import labels_of
from assistant.corpus.catalogue import Catalogue
from assistant.corpus.generation import CATALOGUE_FILE, current_generation
from assistant.corpus.law.views import LawView
from assistant.corpus.law.wording import ADDED, REMOVED, SAME, Run, marked
from assistant.errors import IndexUnavailable, InvalidRequest
from assistant.messages import message
from assistant.settings import settings

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Văn bản theo thời gian: nội dung tại một ngày.")

Number = Annotated[str, typer.Argument(help="Số, ký hiệu văn bản, ví dụ 43/2019/QH14")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Ngày áp dụng, dạng NĂM-THÁNG-NGÀY")]
Diff = Annotated[str | None, typer.Option("--diff", help="So với nội dung tại ngày này, dạng NĂM-THÁNG-NGÀY")]
Event = Annotated[str | None, typer.Option("--event", help="Ngày xảy ra việc, để đọc quy định chuyển tiếp")]
As = Annotated[str | None, typer.Option("--as", help="national hoặc province:MÃ[,MÃ…]")]
Json = Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON (docs/api.md)")]


@app.command()
def show(
    number: Number, as_of: AsOf = None, diff: Diff = None, event: Event = None, as_: As = None, as_json: Json = False
) -> None:
    """Nội dung văn bản tại một ngày; với --diff, những chỗ khác nhau giữa hai ngày."""
    day = _day(as_of) or settings().current_day
    other = _day(diff)
    with _Opened(as_) as view:
        found = view.diff(number, day, other) if other else view.show(number, day, _day(event))
    _print(found, as_json=as_json)


@app.command()
def timeline(number: Number, as_: As = None, as_json: Json = False) -> None:
    """Các mốc của văn bản: ban hành, có hiệu lực, được sửa đổi, hết hiệu lực."""
    with _Opened(as_) as view:
        found = view.timeline(number)
    _print(found, as_json=as_json)


@app.command()
def compare(number: Number, as_: As = None, as_json: Json = False) -> None:
    """Văn bản hợp nhất chính thức có trong kho, đối chiếu với bản hợp nhất bằng máy."""
    with _Opened(as_) as view:
        found = view.compare(number)
    _print(found, as_json=as_json)


class _Opened:
    """The served catalogue, as the caller may see it."""

    def __init__(self, principal: str | None) -> None:
        chosen = settings()
        current = current_generation(chosen.generations_dir)
        if current is None:
            raise IndexUnavailable("index_missing")
        policy = load_policy(chosen.policy_file)
        caller = parse_principal(principal or chosen.default_principal, policy)
        self._catalogue = Catalogue(current / CATALOGUE_FILE)
        self._labels = labels_of(caller, policy)

    def __enter__(self) -> LawView:
        return LawView(self._catalogue, tuple(self._labels))

    def __exit__(self, *_: object) -> None:
        self._catalogue.close()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidRequest("date_invalid", value=text) from error


def _print(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    out = Console(highlight=False, markup=False)
    out.print(f"{found['kind']} {found['number']}: {found['title']}")
    for line in (found.get("status"), found.get("notice")):
        if line:
            out.print(line, style="dim")
    for each in found.get("events", ()):
        by = f" ({each['by']}, {each['count']})" if "by" in each else ""
        out.print(f"{each['day']}  {message('label_law_' + each['event'])}{by}")
    _print_differences(out, found.get("differences", ()))
    for each in found.get("official", ()):
        count = len(each["differences"])
        told = {"number": each["number"], "day": each["as_of"], "units": each["units"], "count": count}
        out.print(message("law_official_differs" if count else "law_official_agrees", **told))
        _print_differences(out, each["differences"])
    for each in found.get("for_event", ()):
        out.print(f"• {each['detail']} “{each['note']}”")
    if "text" in found:
        out.print(_marked(found))
    for each in found.get("amends", ()):
        out.print(f"{each['source_path']} → {each['place']} {each['target_number']}: {each.get('detail', '')}")
    for each in (*found.get("not_applied", ()), *found.get("findings", ())):
        out.print(f"• {each.get('place', '')} {each['detail']}".replace("•  ", "• "), style="dim")


def _print_differences(out: Console, listed: Sequence[dict[str, Any]]) -> None:
    """Side by side, each with the words that went [-so-] and those that came {+so+}."""
    for each in listed:
        by = ", ".join(f"{one['path']} {one['number']}" for one in each.get("by", ()) if one)
        out.print(f"\n{each['path']}{f'  ({by})' if by else ''}", style="bold")
        table = Table(show_header=False, expand=True, padding=(0, 1))
        table.add_column(ratio=1)
        table.add_column(ratio=1)
        table.add_row(_side(each, REMOVED), _side(each, ADDED))
        out.print(table)


def _side(difference: dict[str, Any], op: str) -> Text:
    """One side of a difference; what is on neither side of this unit is a dash."""
    if difference["before" if op == REMOVED else "after"] is None:
        return Text("–")
    runs = [Run(**run) for run in difference["words"] if run["op"] in (SAME, op)]
    side = Text()
    for run in runs:
        side.append(marked([run]), style="" if run.op == SAME else "red" if op == REMOVED else "green")
    return side


def _marked(found: dict[str, Any]) -> str:
    """The text with the act that each changed span comes from after it, in brackets."""
    pieces, cursor, text = [], 0, found["text"]
    for place, change in enumerate(found["changes"]):
        pieces.append(text[cursor : change["end"]])
        cursor = change["end"]
        following = found["changes"][place + 1] if place + 1 < len(found["changes"]) else None
        goes_on = following and following["start"] - change["end"] < 2 and following["origin"] == change["origin"]
        if change["origin"] and not goes_on:
            pieces.append(f" [{change['origin']['path']} {change['origin']['number']}]")
    return "".join([*pieces, text[cursor:]])
