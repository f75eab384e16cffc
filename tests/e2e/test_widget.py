"""The chat element in a browser before scripted answers: what it shows, how it is driven, what hostile text can do."""

from threading import Event

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from assistant.errors import IndexUnavailable
from tests.browser import DESKTOP, PHONE, SMALL_PHONE, ask, visiting
from tests.scripted_services import DOCUMENT, HOSTILE, ScriptedServices

pytestmark = pytest.mark.browser

STATES_ONCE_SETTLED = """async (id) => {
    for (;;) {
        const { turns } = await (await fetch(`/v1/conversations/${id}`)).json();
        if (turns.every((turn) => turn.state !== "running")) return turns.map((turn) => turn.state);
    }
}"""


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_regulation_answer_shows_its_source_and_the_link_lands_on_the_passage(
    browser: Browser, scripted_origin: str, viewport: ViewportSize
) -> None:
    with visiting(browser, scripted_origin, viewport) as page:
        ask(page, "Quy định gì?")
        source = page.locator(".source")
        expect(source).to_contain_text("khoản 1 Điều 1 Thông tư số 01/2025/TT-MAU")
        for badge in ("Hiệu lực từ 01/02/2025", "Văn bản mẫu", "Đúng nguyên văn"):
            expect(source.locator(".badge", has_text=badge)).to_be_visible()
        with page.expect_popup() as opened:
            source.get_by_role("link").click()
        passage = opened.value.locator("section:target")
        expect(passage).to_contain_text("1. Thông tư này là văn bản mẫu.")
        expect(passage).to_be_in_viewport()


def test_a_data_answer_is_a_table_with_its_interpretation_and_sql(browser: Browser, scripted_origin: str) -> None:
    with visiting(browser, scripted_origin) as page:
        ask(page, "Có bao nhiêu trường?")
        table = page.get_by_role("table")
        expect(table.get_by_role("columnheader")).to_have_text(["Tỉnh", "Số trường", "Tỷ lệ (%)"])
        expect(table.get_by_role("row").nth(1)).to_have_text("Hà Nội1.23412,5")
        expect(page.locator(".chip")).to_have_text(["Chỉ tiêu: số trường", "Năm học 2024-2025"])
        expect(page.locator(".warning")).to_contain_text("“abc”")
        expect(page.locator(".notices")).to_contain_text("Số liệu mẫu.")
        page.get_by_text("Câu lệnh SQL").click()
        expect(page.locator("pre")).to_have_text("SELECT 1")


def test_a_clarification_is_answered_by_pressing_a_choice(
    browser: Browser, scripted_origin: str, services: ScriptedServices
) -> None:
    with visiting(browser, scripted_origin) as page:
        ask(page, "Hỏi cấp nào?")
        page.get_by_role("button", name="Tiểu học").click()
        expect(page.locator(".turn")).to_have_count(2)
        expect(page.locator(".turn").last.locator(".answer")).to_be_visible()
    assert [question for question, *_ in services.asked] == ["Hỏi cấp nào?", "Tiểu học"]
    assert services.asked[1][3] == 1


def test_hostile_text_runs_nothing_and_asks_nothing_outside(browser: Browser, scripted_origin: str) -> None:
    with visiting(browser, scripted_origin) as page:
        for question in ("Quy định gì?", "Có bao nhiêu trường?"):
            ask(page, question)
            expect(page.get_by_text(HOSTILE).last).to_be_visible()
        chat = page.locator("troly-chat")
        assert chat.evaluate("chat => chat.shadowRoot.querySelectorAll('script, svg, img, iframe').length") == 0
        page.goto(f"{scripted_origin}/van-ban/{DOCUMENT.id}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(HOSTILE)
        assert page.evaluate("window.__xss") is None


@pytest.mark.parametrize(
    "url",
    ["javascript:window.__xss=1", "https://exfil.test/van-ban/a", "//exfil.test", "/van-ban/../v1", "data:text/html,a"],
)
def test_a_source_that_is_not_one_of_our_pages_is_no_link(browser: Browser, scripted_origin: str, url: str) -> None:
    def with_url(route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=reply.text().replace("/van-ban/01-2025-tt-mau#dieu-1.khoan-1", url))

    with visiting(browser, scripted_origin) as page:
        page.route("**/turns", with_url)
        ask(page, "Quy định gì?")
        expect(page.locator(".source")).to_be_visible()
        assert page.locator(".source a").count() == 0


def test_progress_is_told_while_waiting_and_the_answer_is_announced(
    browser: Browser, scripted_origin: str, services: ScriptedServices
) -> None:
    go_on = Event()
    services.during = lambda: bool(go_on.wait(10))
    with visiting(browser, scripted_origin) as page:
        ask(page, "Có bao nhiêu trường?")
        expect(page.locator(".waiting")).to_contain_text("Đang kiểm tra câu hỏi")
        expect(page.get_by_role("log")).to_have_attribute("aria-busy", "true")
        go_on.set()
        expect(page.get_by_role("status")).to_contain_text("Đã có câu trả lời: Toàn quốc có 1.234 trường.")
        expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")


def test_stopping_a_question_cancels_the_work_behind_it(
    browser: Browser, scripted_origin: str, services: ScriptedServices
) -> None:
    go_on = Event()
    services.during = lambda: bool(go_on.wait(10))
    with visiting(browser, scripted_origin) as page:
        ask(page, "Có bao nhiêu trường?")
        expect(page.locator(".waiting")).to_contain_text("Đang kiểm tra câu hỏi")
        page.get_by_role("button", name="Dừng").click()
        expect(page.locator(".failure")).to_contain_text("Đã dừng theo yêu cầu.")
        conversation = page.evaluate("sessionStorage.getItem('troly-conversation')")
        services.during = go_on.set
        page.get_by_role("button", name="Hỏi lại").click()
        expect(page.get_by_role("table")).to_be_visible()
        assert page.evaluate(STATES_ONCE_SETTLED, conversation) == ["interrupted", "complete"]


def test_a_failure_is_told_with_a_way_to_try_again(
    browser: Browser, scripted_origin: str, services: ScriptedServices
) -> None:
    def fail() -> None:
        raise IndexUnavailable

    services.during = fail
    with visiting(browser, scripted_origin) as page:
        ask(page, "Quy định gì?")
        expect(page.locator(".failure")).to_contain_text("Kho văn bản tạm thời không truy cập được")
        services.during = lambda: None
        page.get_by_role("button", name="Hỏi lại").click()
        expect(page.locator(".source")).to_be_visible()


def test_a_reload_brings_the_conversation_back_and_a_new_one_starts_empty(
    browser: Browser, scripted_origin: str
) -> None:
    with visiting(browser, scripted_origin) as page:
        ask(page, "Có bao nhiêu trường?")
        expect(page.get_by_role("table")).to_be_visible()
        page.reload()
        expect(page.get_by_role("table")).to_be_visible()
        page.get_by_role("button", name="Cuộc trò chuyện mới").click()
        expect(page.get_by_role("heading", name="Bạn cần tra cứu nội dung gì?")).to_be_visible()
        expect(page.locator(".turn")).to_have_count(0)


def test_everything_is_reached_from_the_keyboard(browser: Browser, scripted_origin: str) -> None:
    with visiting(browser, scripted_origin) as page:
        for _ in range(3):  # the skip link, the log, the first sample question
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".turn h2")).to_contain_text("Học bạ số phải được ký số trong thời hạn bao lâu?")
        expect(page.locator(".answer")).to_be_visible()
        page.get_by_label("Câu hỏi", exact=True).focus()
        page.keyboard.type("dòng một")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("dòng hai")
        page.keyboard.press("Enter")
        expect(page.locator(".turn h2").last).to_contain_text("dòng một\ndòng hai", use_inner_text=True)


def test_the_reader_is_told_it_is_a_machine(browser: Browser, scripted_origin: str) -> None:
    with visiting(browser, scripted_origin) as page:
        expect(
            page.get_by_text("Bạn đang trao đổi với hệ thống AI. Hãy kiểm tra nguồn trước khi sử dụng.")
        ).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE, SMALL_PHONE], ids=["desktop", "phone", "small"])
def test_nothing_is_wider_than_the_screen(browser: Browser, scripted_origin: str, viewport: ViewportSize) -> None:
    with visiting(browser, scripted_origin, viewport) as page:
        ask(page, "Có bao nhiêu trường?")
        expect(page.get_by_role("table")).to_be_visible()
        ask(page, "Quy định gì?")
        expect(page.locator(".source")).to_be_visible()
        expect(page.get_by_role("button", name="Gửi", exact=True)).to_be_in_viewport(ratio=1)
        log = page.get_by_role("log")
        assert log.evaluate("log => log.scrollWidth <= log.clientWidth")
        page.goto(f"{scripted_origin}/van-ban/{DOCUMENT.id}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_however_long_the_talk_the_page_itself_never_scrolls(browser: Browser, scripted_origin: str) -> None:
    with visiting(browser, scripted_origin) as page:
        for _ in range(4):
            ask(page, "Có bao nhiêu trường?")
        inner, outer = page.evaluate("[innerHeight, document.documentElement.scrollHeight]")
        assert outer == inner
        assert page.evaluate("scrollY") == 0
        expect(page.get_by_role("button", name="Gửi")).to_be_in_viewport()
