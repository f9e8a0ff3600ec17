"""The small server on one's own machine: for its owner alone, and always up to date."""

import http.client
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from pipeline.dashboard.serving import Kept
from pipeline.errors import DataError
from tests.commands.running import begun, person
from tests.conftest import ROOT

TRIES = 200


class Answer(NamedTuple):
    status: int
    text: str
    headers: dict[str, str]


class Running(NamedTuple):
    """A server that runs, and the address it has shown."""

    root: Path
    port: int
    secret: str

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, text, dict(answer.getheaders()))

    def let_in(self) -> str:
        answer = self.ask(f"/open/{self.secret}")
        assert (answer.status, answer.headers["Location"]) == (303, "/dashboard/")
        return answer.headers["Set-Cookie"].partition(";")[0]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = begun(tmp_path_factory.mktemp("workspace"))
    person(root, "zora-quillon")
    line = [sys.executable, "-m", "pipeline", "serve", "--print", "--root", str(root)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = urlsplit(process.stdout.readline().strip())
        assert address.port
        secret = address.path.removeprefix("/open/")
        yield Running(root, address.port, secret)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 130


def test_the_guide_is_there_for_everyone_on_this_machine(running: Running) -> None:
    answer = running.ask("/")
    assert answer.status == 200
    assert "<title>" in answer.text
    assert "Content-Security-Policy" in answer.text
    assert running.ask("/", "HEAD").text == ""


def test_the_dashboard_is_there_for_whom_the_address_was_shown(
    running: Running,
) -> None:
    assert running.ask("/dashboard/").status == 403
    assert running.ask("/dashboard/", Cookie="notyet=guessed").status == 403
    assert running.ask("/dashboard/", Cookie="=;;notyet").status == 403
    assert running.ask("/open/guessed").status == 404
    answer = running.ask("/dashboard/", Cookie=running.let_in())
    assert answer.status == 200
    assert "Zora Quillon" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_name_gets_no_answer(running: Running, host: str) -> None:
    for path in ("/", "/dashboard/", f"/open/{running.secret}"):
        answer = running.ask(path, Host=host, Cookie=f"notyet={running.secret}")
        assert answer.status == 421
        assert "Zora" not in answer.text


@pytest.mark.parametrize(
    "path", ["/../settings.yml", "/%2e%2e/%2e%2e/etc/passwd", "/contacts/zora.yml"]
)
def test_nothing_outside_of_the_guide_is_served(running: Running, path: str) -> None:
    assert running.ask(path, Cookie=running.let_in()).status == 404


def test_only_reading_is_possible(running: Running) -> None:
    assert running.ask("/dashboard/", "POST").status == 501


def test_a_changed_file_is_seen_at_the_next_look(running: Running) -> None:
    cookie = running.let_in()
    person(running.root, "abel-winter")
    assert eventually(
        lambda: "Abel Winter" in running.ask("/dashboard/", Cookie=cookie).text
    )


def eventually(happens: Callable[[], bool]) -> bool:
    """Ask again and again, as somebody would who presses reload."""
    return any(happens() for _ in range(TRIES))


# --- what is kept --------------------------------------------------------------


def test_something_is_made_again_only_after_a_change() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("x")
        return f"{len(made)}"

    kept = Kept(make)
    assert [kept.now(), kept.now()] == ["1", "1"]
    kept.changed()
    assert [kept.now(), kept.now()] == ["2", "2"]


def test_what_could_not_be_made_is_tried_again() -> None:
    errors = [DataError("a file needs a hand")]

    def make() -> str:
        if errors:
            raise errors.pop()
        return "made"

    kept = Kept(make)
    with pytest.raises(DataError):
        kept.now()
    assert kept.now() == "made"
