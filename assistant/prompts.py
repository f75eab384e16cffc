"""Versioned prompts: `prompts/<name>/<version>.md`, chosen and sealed by `prompts/active.toml`."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ConfigurationError


class FrontMatter(BaseModel):
    """What a prompt file says of itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str
    variables: tuple[str, ...]
    reply: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt whose file matches the checksum in active.toml; `$name` placeholders are exactly `head.variables`."""

    name: str
    version: str
    head: FrontMatter
    template: str

    def fill(self, **values: str) -> str:
        """The text to send. Raises KeyError when a variable is missing."""
        return Template(self.template).substitute(values)


def load_prompt(folder: Path, name: str) -> Prompt:
    """The active version of `name`. Raises ConfigurationError when it is missing, altered or malformed."""
    try:
        active = tomllib.loads((folder / "active.toml").read_text(encoding="utf-8"))[name]
        raw = (folder / name / f"{active['version']}.md").read_bytes()
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError("prompt_missing", name=name, detail=str(error)) from error
    if hashlib.sha256(raw).hexdigest() != active["sha256"]:
        raise ConfigurationError("prompt_altered", name=name)
    try:
        _, head, body = raw.decode("utf-8").split("---\n", 2)
        front_matter = FrontMatter.model_validate(yaml.safe_load(head))
    except (ValueError, ValidationError, yaml.YAMLError) as error:
        raise ConfigurationError("prompt_malformed", name=name, detail=str(error)) from error
    if set(Template(body).get_identifiers()) != set(front_matter.variables):
        raise ConfigurationError("prompt_malformed", name=name, detail="placeholders differ from `variables`")
    return Prompt(name, str(active["version"]), front_matter, body.strip())
