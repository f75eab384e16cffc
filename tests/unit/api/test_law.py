"""The law over HTTP: a day that is none is refused with a code and the name of the parameter, never a trace."""

import pytest
from fastapi.testclient import TestClient


@pytest.mark.parametrize("name", ["as_of", "diff", "event"])
def test_a_day_that_is_none_is_refused_by_its_name(client: TestClient, name: str) -> None:
    reply = client.get("/v1/law/99/1999/QH14", params={name: "2025-13-01"})
    assert reply.status_code == 422
    assert reply.headers["content-type"].startswith("application/problem+json")
    assert name in str(reply.json())
