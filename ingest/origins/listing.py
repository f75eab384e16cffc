"""A page of links mirrored into a folder: only what changed is fetched, gently, and what is gone goes."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx
import lxml.html

from assistant.errors import IngestError

AGENT = "troly-ingest"
STATE_FILE = ".mirror.json"
_TRIES = 4
_FIRST_WAIT_SECONDS = 1.0
_LONGEST_WAIT_SECONDS = 60.0
_TIMEOUT_SECONDS = 30.0
_MAX_BYTES = 200 * 1024 * 1024
_GONE = {404, 410}
_AGAIN = {429, 500, 502, 503, 504}
_UNSAFE = re.compile(r"[^\w.()-]+")

State = dict[str, dict[str, str]]
"""URL → the file it became, with the ETag and the time of change the server gave."""


@dataclass(frozen=True, slots=True)
class Listing:
    url: str
    pattern: str
    delay_seconds: float = 1.0


@dataclass(slots=True)
class Fetched:
    """What a mirroring did."""

    new: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    forbidden: int = 0


def mirror(listing: Listing, folder: Path, sleep: Callable[[float], None] = time.sleep) -> Fetched:
    """Make `folder` hold what the listing links to. When the listing cannot be had, the folder stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    state = _load(folder)
    done = Fetched()
    headers = {"User-Agent": AGENT}
    with httpx.Client(headers=headers, timeout=_TIMEOUT_SECONDS, follow_redirects=True) as client:
        visit = _Visitor(client, listing.delay_seconds, sleep)
        robots = _robots(visit, listing.url)
        page = visit.get(listing.url)
        if page is None or page.status_code != 200 or not robots.can_fetch(AGENT, listing.url):
            raise IngestError("source_unreachable", url=listing.url, detail=str(page and page.status_code))
        wanted = list(_links(page, listing.pattern))
        for url in wanted:
            if not robots.can_fetch(AGENT, url):
                done.forbidden += 1
                continue
            _fetch(visit, url, folder, state, done)
            _save(folder, state)
    for url in state.keys() - set(wanted):
        _forget(url, folder, state, done)
    _save(folder, state)
    return done


class _Visitor:
    """Asks a server gently: a pause between requests, longer ones after a failure, as long as it asks for."""

    def __init__(self, client: httpx.Client, delay: float, sleep: Callable[[float], None]) -> None:
        self._client, self._delay, self._sleep = client, delay, sleep
        self._asked = False

    def get(self, url: str, headers: dict[str, str] | None = None) -> httpx.Response | None:
        """The reply, also when it says no; None when none came after all tries."""
        reply: httpx.Response | None = None
        for attempt in range(_TRIES):
            wait = self._delay if self._asked else 0.0
            if attempt:
                wait = max(
                    wait, min(_FIRST_WAIT_SECONDS * 2 ** (attempt - 1), _LONGEST_WAIT_SECONDS), _asked_for(reply)
                )
            self._asked = True
            self._sleep(wait)
            try:
                reply = self._client.get(url, headers=headers)
            except httpx.TransportError:
                reply = None
                continue
            if reply.status_code not in _AGAIN:
                return reply
        return reply


def _asked_for(reply: httpx.Response | None) -> float:
    written = reply.headers.get("Retry-After", "") if reply is not None else ""
    return min(float(written), _LONGEST_WAIT_SECONDS) if written.isdigit() else 0.0


def _robots(visit: _Visitor, url: str) -> RobotFileParser:
    """What the site allows; a site without rules allows all."""
    rules = RobotFileParser()
    reply = visit.get(urljoin(url, "/robots.txt"))
    rules.parse(reply.text.splitlines() if reply is not None and reply.status_code == 200 else [])
    return rules


def _links(page: httpx.Response, pattern: str) -> Iterator[str]:
    """Links on the page's own server that fit, each once, without fragments."""
    root = lxml.html.document_fromstring(page.content or b"<html></html>")
    host, seen, wanted = urlsplit(str(page.url)).netloc, set[str](), re.compile(pattern, re.IGNORECASE)
    for href in (each.get("href") or "" for each in root.iter("a")):
        url = urljoin(str(page.url), href).partition("#")[0]
        if urlsplit(url).netloc == host and wanted.search(urlsplit(url).path) and url not in seen:
            seen.add(url)
            yield url


def _fetch(visit: _Visitor, url: str, folder: Path, state: State, done: Fetched) -> None:
    known = state.get(url, {})
    held = bool(known) and (folder / known["file"]).is_file()
    asked = {"If-None-Match": known.get("etag", ""), "If-Modified-Since": known.get("modified", "")} if held else {}
    reply = visit.get(url, {name: value for name, value in asked.items() if value})
    if reply is not None and reply.status_code == 304:
        done.unchanged += 1
    elif reply is not None and reply.status_code in _GONE:
        _forget(url, folder, state, done)
    elif reply is None or reply.status_code != 200 or len(reply.content) > _MAX_BYTES:
        done.failed += 1  # what is held stays
    else:
        name = known.get("file") or _free_name(url, state)
        written = folder / f".{name}.new"
        written.write_bytes(reply.content)
        written.replace(folder / name)
        headers = reply.headers
        state[url] = {"file": name, "etag": headers.get("ETag", ""), "modified": headers.get("Last-Modified", "")}
        done.new += 1


def _free_name(url: str, state: State) -> str:
    """The last part of the address, made safe, told apart from another of that name."""
    plain = _UNSAFE.sub("-", unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2]).lstrip(".-") or "van-ban"
    taken = {each["file"] for each in state.values()}
    stem, dot, suffix = plain[-150:].rpartition(".")
    name, place = plain[-150:], 2
    while name in taken:
        name, place = f"{stem or suffix}-{place}{dot}{suffix if stem else ''}", place + 1
    return name


def _forget(url: str, folder: Path, state: State, done: Fetched) -> None:
    known = state.pop(url, None)
    if known:
        (folder / known["file"]).unlink(missing_ok=True)
        done.removed += 1


def _load(folder: Path) -> State:
    try:
        found: State = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _save(folder: Path, state: State) -> None:
    written = folder / f"{STATE_FILE}.new"
    written.write_text(json.dumps(state, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    written.replace(folder / STATE_FILE)
