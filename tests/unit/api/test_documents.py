"""Documents over HTTP: the JSON outline, and a page whose anchors are the citations' and whose text stays text."""

from dataclasses import replace
from datetime import date

from lxml import html

from assistant.api.library.document_page import document_page
from assistant.corpus.document import Validity
from tests.scripted_services import DAY, DOCUMENT, HOSTILE, TEXT


def page_of(client) -> html.HtmlElement:
    return html.fromstring(client.get(f"/van-ban/{DOCUMENT.id}").text)


def test_the_json_has_every_provision_with_its_span_and_address(client) -> None:
    body = client.get(f"/v1/documents/{DOCUMENT.id}").json()
    assert len(body["provisions"]) == len(DOCUMENT.provisions)
    clause = next(unit for unit in body["provisions"] if unit["anchor"] == "dieu-1.khoan-1")
    assert body["text"][clause["start"] : clause["end"]].startswith("1. Thông tư này")
    assert clause["url"] == "/van-ban/01-2025-tt-mau#dieu-1.khoan-1"


def test_every_provision_has_its_anchor_around_its_own_text(client) -> None:
    page = page_of(client)
    for provision in DOCUMENT.provisions:
        (section,) = page.xpath(f"//section[@id='{provision.id.partition('#')[2]}']")
        shown = section.text_content().replace("#", "").replace("|", "")
        for word in TEXT[provision.start : provision.end].replace("|", "").replace("#", "").split():
            assert word in shown


def test_the_page_shows_the_whole_text_once_and_in_order(client) -> None:
    shown = " ".join(page_of(client).xpath("//article")[0].itertext()).replace(" #", "")
    at = -1
    for line in TEXT.splitlines():
        for piece in line.split(" | "):
            at = shown.index(piece, at + 1)


def test_nested_units_are_nested_sections(client) -> None:
    (point,) = page_of(client).xpath("//section[@id='dieu-1.khoan-1.diem-a']")
    assert [parent.get("id") for parent in point.iterancestors("section")] == ["dieu-1.khoan-1", "dieu-1", "chuong-i"]


def test_neighbouring_lines_of_cells_become_a_table(client) -> None:
    cells = [cell.text for cell in page_of(client).xpath("//section[@id='dieu-2']//td")]
    assert cells == ["Mã", "Tên", "01", "Hà Nội"]


def test_hostile_text_stays_text(client) -> None:
    page = page_of(client)
    assert not page.xpath("//script | //svg | //img | //article//a[not(starts-with(@href, '#'))] | //@onload")
    assert HOSTILE in page.xpath("//h1")[0].text
    assert not [href for href in page.xpath("//@href | //@src") if not href.startswith(("/", "#"))]


def test_the_page_tells_sample_and_validity(client) -> None:
    badges = [badge.text for badge in page_of(client).xpath("//*[contains(@class, 'badge ')]")]
    assert badges == ["Đang có hiệu lực", "Văn bản mẫu"]


def test_accept_html_gives_the_page_and_else_json(client) -> None:
    address = f"/v1/documents/{DOCUMENT.id}"
    assert client.get(address, headers={"accept": "text/html"}).headers["content-type"].startswith("text/html")
    assert client.get(address).headers["content-type"] == "application/json"


def test_a_document_the_principal_may_not_read_does_not_exist(client) -> None:
    other = {"X-Troly-Principal": "province:01"}
    reply = client.get(f"/v1/documents/{DOCUMENT.id}", headers=other)
    assert (reply.status_code, reply.json()["code"]) == (404, "document_not_found")
    shown = client.get(f"/van-ban/{DOCUMENT.id}", headers=other)
    assert shown.status_code == 404
    assert "Không tìm thấy văn bản này" in html.fromstring(shown.text).text_content()


def test_a_provision_that_is_not_yet_or_no_longer_in_force_says_so_once() -> None:
    ended = Validity(date(2025, 2, 1), date(2025, 3, 31))
    units = [replace(unit, validity=DOCUMENT.validity) for unit in DOCUMENT.provisions]
    units[1:5] = [replace(unit, validity=ended) for unit in units[1:5]]
    units[5] = replace(units[5], validity=Validity(date(2027, 1, 1)))
    page = html.fromstring(document_page(replace(DOCUMENT, provisions=tuple(units)), DAY))
    assert [badge.text for badge in page.xpath("//article//*[contains(@class, 'badge ')]")] == [
        "Hết hiệu lực sau 31/03/2025",
        "Có hiệu lực từ 01/01/2027",
    ]


def test_quoted_words_are_marked_on_the_page_and_stay_text(client) -> None:
    page = html.fromstring(client.get(f"/van-ban/{DOCUMENT.id}", params={"quote": "Thông tư này là văn bản mẫu."}).text)
    assert [mark.text for mark in page.xpath("//mark")] == ["Thông tư này là văn bản mẫu."]
    hostile = html.fromstring(client.get(f"/van-ban/{DOCUMENT.id}", params={"quote": f"Nội dung {HOSTILE}"}).text)
    assert not hostile.xpath("//script")
    assert page.xpath("//article")[0].text_content() == page_of(client).xpath("//article")[0].text_content()


def test_a_provision_says_where_quoted_words_stand(client) -> None:
    place = f"/v1/documents/{DOCUMENT.id}/provisions/dieu-1.khoan-1"
    view = client.get(place, params={"quote": "văn bản mẫu"}).json()
    ((start, end),) = [(span["start"], span["end"]) for span in view["spans"]]
    assert view["text"][start:end] == "văn bản mẫu"
    assert client.get(place).json()["spans"] == []
    assert client.get(f"/v1/documents/{DOCUMENT.id}/provisions/dieu-9").json()["code"] == "provision_not_found"


def test_the_original_file_is_sent_as_a_file(client) -> None:
    reply = client.get(f"/v1/documents/{DOCUMENT.id}/original")
    assert (reply.content, reply.headers["content-type"]) == (b"original", "application/octet-stream")
    assert reply.headers["content-disposition"].startswith("attachment")
