"""The engines behind one port."""

from assistant.query.engines.engine import Engine

__all__ = ["Engine"]
