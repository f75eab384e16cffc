"""The words people read, in Vietnamese, looked up by stable code."""

from functools import lru_cache
from string import Formatter

import yaml

from assistant.settings import PACKAGE_DIR

MESSAGES_FILE = PACKAGE_DIR / "config" / "messages.vi.yml"


@lru_cache(maxsize=1)
def catalogue() -> dict[str, str]:
    """Every code with its sentence."""
    loaded: dict[str, str] = yaml.safe_load(MESSAGES_FILE.read_text(encoding="utf-8"))
    return loaded


def message(code: str, **values: object) -> str:
    """The sentence for `code`, its `{placeholders}` filled; a value that is missing leaves an ellipsis."""
    template = catalogue()[code]
    wanted = {name for _, name, _, _ in Formatter().parse(template) if name}
    return template.format(**{name: values.get(name, "…") for name in wanted}).strip()
