"""Health, metrics, OpenAPI, security headers and the start of the application."""

import subprocess
import sys

from tests.scripted_services import ask


def test_the_process_lives_while_it_warms(client, services) -> None:
    services.states = {"encoder": "warming", "index": "ok"}
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json() == {
        "status": "not_ready",
        "components": {"encoder": "warming", "index": "ok", "conversations": "ok"},
    }


def test_readiness_needs_every_component(client) -> None:
    assert client.get("/readyz").json()["status"] == "ok"


def test_metrics_count_answers_by_status_and_keep_ids_out(client) -> None:
    conversation = client.post("/v1/conversations").json()["id"]
    ask(client, "?", conversation)
    text = client.get("/metrics").text
    assert 'troly_answers_total{kind="turn",status="answered"}' in text
    assert 'route="/v1/conversations/{conversation_id}/turns"' in text
    assert conversation not in text


def test_openapi_documents_problems_and_events(client) -> None:
    description = client.get("/openapi.json").json()
    turns = description["paths"]["/v1/conversations/{conversation_id}/turns"]["post"]["responses"]
    assert {"text/event-stream", "application/json"} <= set(turns["200"]["content"])
    for path, operations in description["paths"].items():
        if path.startswith("/v1"):
            for operation in operations.values():
                media = "application/json" if "openai" in operation["tags"] else "application/problem+json"
                assert operation["responses"]["404"]["content"].keys() == {media}
                assert operation["responses"]["422"]["content"].keys() == {media}


def test_every_operation_has_a_name_of_its_own_a_summary_and_a_home(client) -> None:
    description = client.get("/openapi.json").json()
    homes = {tag["name"] for tag in description["tags"]}
    operations = [one for path in description["paths"].values() for one in path.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert all(one["summary"] and set(one["tags"]) <= homes for one in operations)


def test_no_page_of_the_framework_loads_from_outside(client) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_every_answer_confines_the_browser(client) -> None:
    for path in ("/", "/web/troly-chat.js", "/v1/nothing", "/healthz", "/van-ban/01-2025-tt-mau"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_the_chat_page_has_no_inline_code_and_no_outside_address(client) -> None:
    page = client.get("/").text
    assert "style=" not in page
    assert " on" not in page.replace(" one", "")
    assert "http" not in page
    assert "<troly-chat" in page


def test_the_application_starts_without_heavy_libraries() -> None:
    heavy = "{'torch', 'sentence_transformers', 'transformers', 'langchain', 'onnx'}"
    code = f"import sys, assistant.app; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
