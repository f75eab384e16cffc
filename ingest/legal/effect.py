"""When a document says it takes effect and ends."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from ingest.legal.dates import first_date
from ingest.legal.quotes import QuoteTracker

_ACT = (
    r"(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Quy chế|Quy định"
    r"|Kế hoạch|Điều lệ|Nội quy|Hướng dẫn|Chương trình|Thông báo|Đề án)"
)
# A scan loses or changes the marks: "kẻ từ ngày ký".
_FROM, _IN_FORCE = r"(?:k[ểẻếêe] )?t[ừửưu]", r"hi[ệêễểe]u l[ựưu]c"
_WHEN = (
    rf"(?P<when>{_FROM} ngày .{{0,80}}|sau ngày .{{0,80}}|{_FROM} \d.{{0,60}}"
    rf"|sau (?P<days>\d{{1,3}})(?: \([^)]{{1,40}}\))? ngày(?: làm việc)?,? {_FROM} ngày .{{0,60}})"
)
# The act speaks of itself at the start of a sentence; "khoản 2 … của Luật này có hiệu lực từ …" is a stage of it.
_EFFECT = re.compile(
    rf"(?:^(?:\d+\.\s*|[a-zđ]\)\s*|Điều\s+\d+[a-zđ]?\s*[.:][^\n]{{0,80}}?)?|(?<=[.;] )){_ACT} (?:này )?"
    rf"(?:bắt đầu )?có {_IN_FORCE}(?: thi hành| áp dụng)?,?\s*{_WHEN}"
)
_ON_ISSUE = re.compile(r"ngày (?:\w+ ){0,4}?(?:k[ýỷỳy]|ban hành|thông qua)\b|ngày (?:được )?Quốc hội")
_UNTIL = re.compile(
    rf"{_ACT} này (?:có hiệu lực|được thực hiện)[^\n]{{0,120}}?đến (?:hết )?ngày (?P<day>[^\n]{{5,40}})"
)
_ENDED = re.compile(rf"{_ACT} này hết hiệu lực(?: thi hành)?,? (?:kể )?từ (?P<day>ngày \d[^\n]{{5,40}})")
_PASSED = re.compile(rf"{_ACT} này (?:đã )?được .{{0,120}}?thông qua (?P<day>ngày .{{10,30}})")


class Effect(NamedTuple):
    effective_from: date | None
    effective_to: date | None


def read_effect(text: str, issued_on: date | None) -> Effect:
    """What the act says of itself; a day it does not name is None."""
    match = _stated(text)
    until, ended = _UNTIL.search(text), _ENDED.search(text)
    last = first_date(until["day"]) if until else None
    first_without = first_date(ended["day"]) if ended else None
    if last is None and first_without is not None:
        last = first_without - timedelta(days=1)
    return Effect(_begins(match, issued_on) if match else None, last)


def passed_on(text: str) -> date | None:
    """The day the National Assembly passed a law or resolution."""
    match = _PASSED.search(text)
    return first_date(match["day"]) if match else None


def _begins(match: re.Match[str], issued_on: date | None) -> date | None:
    when = match["when"]
    if not _ON_ISSUE.search(when[:60]):
        # "Sau 15 ngày kể từ ngày đăng Công báo" is a day that the act itself does not tell.
        return first_date(when.split(",")[0]) if not match["days"] else None
    return issued_on + timedelta(days=int(match["days"] or 0)) if issued_on else None


def _stated(text: str) -> re.Match[str] | None:
    """The sentence that says it, outside quotations: what is quoted is another act's word.

    An act that forgot to close a quotation says it all the same, in its last article.
    """
    quotes = QuoteTracker()
    found = [(quotes.inside(line), match) for line in text.split("\n") for match in [_EFFECT.search(line)]]
    own = next((match for quoted, match in found if match and not quoted), None)
    return own or next((match for _, match in reversed(found) if match), None)
