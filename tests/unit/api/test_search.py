"""Search, suggestions and figures over HTTP; scores are for evaluators only."""

import pytest

from assistant.access.policy import Policy
from tests.scripted_services import FOUND


def test_passages_come_with_the_day_and_without_scores(client) -> None:
    reply = client.get("/v1/search", params={"q": "quy định", "as_of": "2025-03-01", "kind": "Thông tư"}).json()
    assert reply["as_of"] == "2025-03-01"
    (passage,) = reply["passages"]
    assert passage["provision_id"] == FOUND.passages[0].provision_id
    assert "score" not in passage


@pytest.mark.parametrize(
    "wrong", [{"q": ""}, {}, {"q": "x", "limit": 0}, {"q": "x", "kind": "Truyện"}, {"q": "x", "as_of": "mai"}]
)
def test_a_search_that_cannot_be_read_is_refused(client, wrong: dict) -> None:
    assert client.get("/v1/search", params=wrong).status_code == 422


def test_scores_are_for_those_whom_the_policy_names(client, services) -> None:
    query = {"q": "quy định"}
    assert client.get("/v1/evaluation/retrieval", params=query).json()["code"] == "evaluators_only"
    services.policy = Policy.model_validate({**services.policy.model_dump(), "evaluators": ("national",)})
    reply = client.get("/v1/evaluation/retrieval", params=query).json()
    assert reply["passages"][0]["scores"] == {"cosine": 0.7}
    assert reply["weights"] == FOUND.weights
    other = {"X-Troly-Principal": "province:01"}
    assert client.get("/v1/evaluation/retrieval", params=query, headers=other).status_code == 403


def test_figures_are_found_with_marks_or_without(client) -> None:
    marked, bare = (
        client.get("/v1/metrics", params={"contains": q}).json()["metrics"] for q in ("học sinh", "hoc sinh")
    )
    assert marked == bare
    assert {"name", "label", "unit", "dimensions"} <= set(marked[0])
