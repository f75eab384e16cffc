"""The whole service as `troly serve` runs it, on the sample corpus and database, in a browser and over HTTP."""

import json
import os
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser import DESKTOP, PHONE, ask, visiting
from tests.scripted_services import events_of

ROOT = Path(__file__).parents[2]
REGULATION = "Học bạ số phải được ký số trong thời hạn bao lâu?"
FIGURES = "5 tỉnh có nhiều học sinh trung học phổ thông nhất"


def answered(page: Page, question: str) -> None:
    """Ask, and wait for an answer that answers."""
    ask(page, question)
    answer_of_last_turn(page)


def answer_of_last_turn(page: Page) -> None:
    answer = page.locator(".turn").last.locator(".answer")
    answer.wait_for(timeout=60_000)
    expect(answer).to_have_attribute("data-status", "answered")


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_question_is_answered_and_its_citation_lands_on_the_highlighted_passage(
    browser: Browser, running_service: str, viewport: ViewportSize
) -> None:
    with visiting(browser, running_service, viewport) as page:
        answered(page, REGULATION)
        source = page.locator(".source").first
        quote = source.locator("blockquote").text_content() or ""
        with page.expect_popup() as opened:
            source.get_by_role("link").click()
        passage = opened.value.locator("section:target")
        expect(passage).to_be_in_viewport()
        assert "".join(quote.split()) in "".join(passage.inner_text().split())


@pytest.mark.browser
def test_figures_come_as_a_table_with_their_reading_and_sql(browser: Browser, running_service: str) -> None:
    with visiting(browser, running_service) as page:
        answered(page, FIGURES)
        table = page.get_by_role("table")
        expect(table.locator("tbody tr")).to_have_count(5)
        assert page.locator(".chip").count() > 0
        page.get_by_text("Câu lệnh SQL").click()
        expect(page.locator("pre")).to_contain_text("SELECT")


@pytest.mark.browser
def test_every_sample_question_on_the_page_is_answered(browser: Browser, running_service: str) -> None:
    with visiting(browser, running_service) as page:
        count = page.locator(".welcome button").count()
        for at in range(count):
            page.locator(".welcome button").nth(at).click()
            answer_of_last_turn(page)
            page.get_by_role("button", name="Cuộc trò chuyện mới").click()
    assert count == 4


@pytest.mark.browser
@pytest.mark.skipif("TROLY_UPDATE_SCREENSHOT" not in os.environ, reason="set TROLY_UPDATE_SCREENSHOT=1 to write it")
def test_the_screenshot_of_the_readme_is_made_from_the_running_page(browser: Browser, running_service: str) -> None:
    with visiting(browser, running_service, ViewportSize(width=1200, height=1500)) as page:
        answered(page, FIGURES)
        answered(page, REGULATION)
        page.get_by_role("log").evaluate("log => log.scrollTop = 0")
        page.screenshot(path=ROOT / "docs" / "images" / "chat.png")


def test_a_turn_over_http_streams_progress_and_one_verified_answer(running_service: str) -> None:
    with httpx.Client(base_url=running_service, timeout=60) as client:
        conversation = client.post("/v1/conversations").json()["id"]
        reply = client.post(f"/v1/conversations/{conversation}/turns", json={"question": REGULATION})
        events = events_of(reply.text)
        answer = json.loads(events[-1][1])
        document = client.get(f"/v1/documents/{answer['citations'][0]['document_id']}").json()
    assert events[0][0] == "started"
    assert {name for name, _ in events[1:-1]} == {"progress"}
    assert (events[-1][0], answer["status"]) == ("answer", "answered")
    for citation in answer["citations"]:
        assert citation["verified"]
        if citation["document_id"] == document["id"]:
            assert citation["quote"] in document["text"]
            assert citation["url"] in {provision["url"] for provision in document["provisions"]}


def test_the_guard_stands_before_sql_over_http(running_service: str) -> None:
    with httpx.Client(base_url=running_service, timeout=60) as client:
        for sql in ("DROP TABLE students", "SELECT * FROM read_csv('/etc/passwd')", "SELECT 1; SELECT 2"):
            answer = client.post("/v1/queries", json={"sql": sql}).json()
            assert answer["status"] == "refused_unsafe"
            assert answer["rows"] == []


def test_the_service_says_that_it_is_ready_and_what_it_did(running_service: str) -> None:
    assert httpx.get(f"{running_service}/readyz").json()["status"] == "ok"
    assert "troly_answers_total" in httpx.get(f"{running_service}/metrics").text
