"""The `troly` command."""

from assistant.cli.commands import main

__all__ = ["main"]
