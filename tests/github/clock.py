"""A clock that tests turn: days pass in no time, and waiting is only written down."""

import datetime as dt


class Clock:
    """The moment, for the server and for whoever waits."""

    def __init__(self, start: str = "2026-05-04T08:00:00+00:00") -> None:
        self.now = dt.datetime.fromisoformat(start)
        self.waited: list[float] = []

    def advance(self, **length: float) -> None:
        self.now += dt.timedelta(**length)

    def sleep(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += dt.timedelta(seconds=seconds)

    def monotonic(self) -> float:
        return self.now.timestamp()
