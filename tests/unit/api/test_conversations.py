"""A caller's own conversations: listed, renamed, deleted; judgements of answers."""

import pytest
from sqlalchemy import select

from assistant.conversations.tables import feedback
from tests.scripted_services import ask

OTHER = {"X-Troly-Principal": "province:01"}


def begun(client, *questions: str) -> str:
    conversation = client.post("/v1/conversations").json()["id"]
    for question in questions:
        ask(client, question, conversation)
    return conversation


def listed(client, **options) -> list[dict]:
    return client.get("/v1/conversations", **options).json()["conversations"]


def test_conversations_are_listed_by_their_last_question(client) -> None:
    first, second = begun(client, "Một?"), begun(client, "Hai?", "Ba?")
    ask(client, "Bốn?", first)
    assert [(one["id"], one["title"], one["turns"]) for one in listed(client)] == [
        (first, "Một?", 2),
        (second, "Hai?", 2),
    ]


def test_a_list_goes_on_where_it_stopped(client) -> None:
    conversations = [begun(client, f"Câu {at}?") for at in range(3)]
    first = client.get("/v1/conversations", params={"limit": 2}).json()
    rest = client.get("/v1/conversations", params={"limit": 2, "offset": 2}).json()
    assert (first["more"], rest["more"]) == (True, False)
    assert {one["id"] for one in first["conversations"] + rest["conversations"]} == set(conversations)


def test_a_long_first_question_makes_a_short_title(client) -> None:
    begun(client, "Điều kiện thành lập trường mầm non tư thục theo quy định hiện hành là gì và nộp hồ sơ ở đâu?")
    title = listed(client)[0]["title"]
    assert len(title) <= 81
    assert title.endswith("…")


def test_a_conversation_gets_another_title(client) -> None:
    conversation = begun(client, "Một?")
    renamed = client.patch(f"/v1/conversations/{conversation}", json={"title": "  Học bạ số "})
    assert renamed.json()["title"] == "Học bạ số"
    assert listed(client)[0]["title"] == "Học bạ số"
    assert client.get(f"/v1/conversations/{conversation}").json()["title"] == "Học bạ số"


@pytest.mark.parametrize("title", ["", "   ", "x" * 121, None])
def test_a_title_has_words_and_a_length(client, title) -> None:
    reply = client.patch(f"/v1/conversations/{begun(client)}", json={"title": title})
    assert (reply.status_code, reply.json()["fields"]) == (422, ["title"])


def test_nobody_sees_renames_or_deletes_what_is_another_callers(client) -> None:
    conversation = begun(client, "Một?")
    turn = client.get(f"/v1/conversations/{conversation}").json()["turns"][0]["id"]
    assert listed(client, headers=OTHER) == []
    replies = (
        client.patch(f"/v1/conversations/{conversation}", json={"title": "Của tôi"}, headers=OTHER),
        client.get(f"/v1/turns/{turn}", headers=OTHER),
        client.get(f"/v1/turns/{turn}/events", headers=OTHER),
        client.post(f"/v1/turns/{turn}/cancel", headers=OTHER),
        client.post(f"/v1/turns/{turn}/feedback", json={"rating": "up"}, headers=OTHER),
    )
    assert [reply.status_code for reply in replies] == [404] * 5
    assert client.delete("/v1/conversations", headers=OTHER).status_code == 204
    assert len(listed(client)) == 1


def test_all_conversations_go_at_once(client) -> None:
    begun(client, "Một?")
    begun(client, "Hai?")
    assert client.delete("/v1/conversations").status_code == 204
    assert listed(client) == []


def test_the_last_judgement_of_an_answer_counts_and_holds_no_personal_number(client) -> None:
    conversation = begun(client, "Một?")
    turn = client.get(f"/v1/conversations/{conversation}").json()["turns"][0]["id"]
    for body in ({"rating": "up"}, {"rating": "down", "reason": "out_of_date", "comment": "Gọi tôi: 0912345678"}):
        assert client.post(f"/v1/turns/{turn}/feedback", json=body).status_code == 204
    with client.app.state.shared.conversations.transaction() as connection:
        rows = connection.execute(select(feedback)).all()
    assert [(row.rating, row.reason) for row in rows] == [("down", "out_of_date")]
    assert "0912345678" not in rows[0].comment
    assert client.post(f"/v1/turns/{turn}/feedback", json={"rating": "so-so"}).status_code == 422


def turn_of(client, question: str) -> str:
    conversation = begun(client, question)
    return client.get(f"/v1/conversations/{conversation}").json()["turns"][0]["id"]


def test_a_citation_opens_its_provision_with_the_quoted_words(client) -> None:
    turn = turn_of(client, "Quy định gì?")
    view = client.get(f"/v1/turns/{turn}/citations/1").json()
    assert view["provision_id"] == "01-2025-tt-mau#dieu-1.khoan-1"
    assert client.get(f"/v1/turns/{turn}/citations/2").json()["code"] == "provision_not_found"
    assert client.get(f"/v1/turns/{turn}/citations/1", headers=OTHER).json()["code"] == "turn_not_found"


def test_the_table_of_a_turn_is_exported_as_it_was_answered(client, services) -> None:
    turn = turn_of(client, "Có bao nhiêu trường?")
    asked = len(services.asked)
    reply = client.get(f"/v1/turns/{turn}/export", params={"format": "csv"})
    assert "Hà Nội,1234,12.5" in reply.content.decode("utf-8-sig")
    assert len(services.asked) == asked
    assert client.get(f"/v1/turns/{turn}/export", headers=OTHER).status_code == 404
    assert client.get(f"/v1/turns/{turn_of(client, 'Quy định gì?')}/export").json()["code"] == "export_no_table"
