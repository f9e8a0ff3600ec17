"""The clock and the server, for what happens on GitHub."""

from tests.github.conftest import clock, github

__all__ = ["clock", "github"]
