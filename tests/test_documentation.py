"""Documents that fail when they lag behind the code."""

import re
from collections.abc import Iterator
from pathlib import Path

from dotenv import dotenv_values
from pydantic import BaseModel

from assistant.conversations.answer import AnswerStatus
from assistant.corpus.document import ProvisionKind
from assistant.settings import PACKAGE_DIR, Settings

ROOT = Path(__file__).parents[1]
SHIPPED = ("policy_file", "semantic_model_dir", "prompts_dir")


def setting_names(model: type[BaseModel], prefix: str = "TROLY_") -> Iterator[tuple[str, object]]:
    """(environment name, default) of every setting, nested ones too."""
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from setting_names(field.annotation, f"{prefix}{name.upper()}__")
        else:
            shown = None if not prefix.endswith("__") and name in SHIPPED else field.default
            yield prefix + name.upper(), shown


def test_the_example_environment_names_every_setting_with_its_default() -> None:
    example = dotenv_values(ROOT / ".env.example")
    defaults = {name: "" if value is None else str(value) for name, value in setting_names(Settings)}
    assert example == defaults


def test_the_example_environment_is_valid(tmp_path: Path) -> None:
    copied = tmp_path / ".env"
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    copied.write_text("\n".join(line for line in text.splitlines() if not line.endswith("=")), encoding="utf-8")
    assert Settings(_env_file=copied).policy_file == PACKAGE_DIR / "config" / "policy.yml"


def test_every_answer_status_is_documented() -> None:
    described = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    assert not [status for status in AnswerStatus if f"`{status.value}`" not in described]


def test_every_step_has_a_progress_message() -> None:
    messages = (PACKAGE_DIR / "config" / "messages.vi.yml").read_text(encoding="utf-8")
    steps = [path.stem for path in (PACKAGE_DIR / "answering" / "steps").glob("*.py") if path.stem != "__init__"]
    assert steps
    assert not [step for step in steps if f"progress_{step}:" not in messages]


def glossary() -> dict[str, str]:
    """Term → path from the README's glossary table."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("## Glossary", 1)[1].split("\n## ", 1)[0]
    return dict(re.findall(r"^\| `(\w+)` .*\| `([\w/.]+)` \|$", section, re.M))


def test_every_glossary_term_is_defined_where_the_readme_says() -> None:
    terms = glossary()
    assert len(terms) >= 15
    for term, path in terms.items():
        assert re.search(rf"^class {term}\b|^{term} = ", (ROOT / path).read_text(encoding="utf-8"), re.M), term


def test_the_glossary_names_every_kind_of_provision() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert not [kind for kind in ProvisionKind if kind.value not in text.lower()]


def test_links_in_documents_lead_somewhere() -> None:
    broken = [
        f"{page.name}: {target}"
        for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "prompts").glob("*.md")]
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken
