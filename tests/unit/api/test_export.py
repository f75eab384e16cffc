"""The table of a data question as a file; what has no table is said, not sent empty."""

import pytest
from fastapi.testclient import TestClient

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(("kind", "media", "begins"), [("xlsx", XLSX, b"PK"), ("csv", "text/csv", b"\xef\xbb\xbf")])
def test_a_table_is_sent_as_a_named_file(client: TestClient, kind: str, media: str, begins: bytes) -> None:
    reply = client.post("/v1/queries/export", json={"question": "bao nhiêu trường", "format": kind})
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith(media)
    assert f'.{kind}"' in reply.headers["content-disposition"]
    assert reply.content.startswith(begins)


def test_an_unknown_format_is_a_problem(client: TestClient) -> None:
    assert client.post("/v1/queries/export", json={"question": "a", "format": "pdf"}).status_code == 422
