"""A client generated from the description of the API asks and reads through its own types."""

import importlib
import json
import sys
from pathlib import Path

import pytest
from openapi_python_client import Config, MetaType, generate
from openapi_python_client.config import ConfigFile

from assistant.app import build_app
from tests.browser import served
from tests.scripted_services import REGULATION, client_from, scripted_services


@pytest.fixture
def generated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The name of the generated package, which can be imported."""
    with client_from("127.0.0.1", scripted_services(tmp_path / "described")) as client:
        (tmp_path / "openapi.json").write_text(client.get("/openapi.json").text, encoding="utf-8")
    config = Config.from_sources(
        ConfigFile(package_name_override="troly_client", post_hooks=[]),
        MetaType.NONE,
        tmp_path / "openapi.json",
        "utf-8",
        overwrite=False,
        output_path=tmp_path / "troly_client",
    )
    errors = generate(config=config)
    assert [error for error in errors if error.level.name == "ERROR"] == []
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "troly_client"
    for name in [name for name in sys.modules if name.startswith("troly_client")]:
        del sys.modules[name]


def test_a_generated_client_asks_and_reads(generated: str, tmp_path: Path) -> None:
    def module(name: str):
        return importlib.import_module(f"{generated}.{name}")

    models = module("models")
    headers = {"Accept": "application/json"}
    with (
        served(build_app(scripted_services(tmp_path / "served"))) as origin,
        module("client").Client(base_url=origin, headers=headers) as client,
    ):
        begun = module("api.conversations.begin_conversation").sync(client=client)
        answer = module("api.turns.ask").sync(
            begun.id, client=client, body=models.QuestionBody(question="Quy định gì?")
        )
        assert answer.text == REGULATION.text
        assert answer.citations[0].provision_id == REGULATION.citations[0].provision_id
        conversation = module("api.conversations.read_conversation").sync(begun.id, client=client)
        assert [turn.question for turn in conversation.turns] == ["Quy định gì?"]
        missing = module("api.conversations.read_conversation").sync_detailed("khong-co", client=client)
        assert missing.status_code == 404
        assert json.loads(missing.content)["code"] == "conversation_not_found"
