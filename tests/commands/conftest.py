"""The clock and the server, for what runs against GitHub."""

from tests.github.conftest import clock, github

__all__ = ["clock", "github"]
