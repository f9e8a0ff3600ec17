"""A clock and a server for each test."""

from collections.abc import Iterator

import pytest

from tests.github.clock import Clock
from tests.github.server import GitHub


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def github(clock: Clock) -> Iterator[GitHub]:
    with GitHub(clock) as server:
        yield server
