"""The frame: verbs, options, errors, exit codes, streams."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import __version__
from pipeline.commands.arguments import VERBS
from tests.commands.running import begun, document, person, run, run_line

ROOT = Path(__file__).parent.parent.parent
PROGRAM = [sys.executable, "-m", "pipeline"]


def program(*argv: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own."""
    env = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [*PROGRAM, *argv],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        cwd=ROOT,
        env=env | environ,
    )


# --- help ----------------------------------------------------------------------


def test_help_lists_every_verb(
    golden: Callable[[str, str], None], tmp_path: Path
) -> None:
    found = run(tmp_path, "--help")
    assert found.code == 0
    assert found.err == ""
    golden("commands/help.txt", found.out)


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_help_of_its_own(
    verb: str, golden: Callable[[str, str], None], tmp_path: Path
) -> None:
    found = run(tmp_path, verb, "--help")
    assert found.code == 0
    golden(f"commands/{verb}.txt", found.out)


def test_the_version_is_said(tmp_path: Path) -> None:
    assert run(tmp_path, "--version").out == f"notyet {__version__}\n"


def test_help_needs_nothing_of_the_program() -> None:
    """Start-up is a feature: help comes before anything heavy is imported."""
    code = (
        "import sys; from pipeline.cli import main; main(['plan', '--help']);"
        "heavy = ('msgspec', 'yaml', 'typing', 'datetime');"
        "print([m for m in heavy if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={"PATH": os.defpath},
    )
    assert found.stdout.splitlines()[-1] == "[]"


# --- mistakes ------------------------------------------------------------------


def test_a_verb_that_does_not_exist_is_asked_back(tmp_path: Path) -> None:
    found = run(tmp_path, "plann")
    assert found.code == 2
    assert found.out == ""
    assert found.err == (
        "notyet: there is no command 'plann'; did you mean `./notyet plan`?\n"
    )


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("plan", "--as-of", "4 May"), "write it as 2026-05-04"),
        (("plan", "--as-of", "9999-12-31"), "years go from 1900 to 2199"),
        (("dashboard", "--as-of", "0001-01-01"), "years go from 1900 to 2199"),
        (("plan", "--formt", "json"), "see `./notyet plan --help`"),
        (("close", "seven"), "`./notyet inbox` lists them"),
        (("close",), "see `./notyet close --help`"),
        (("preview", "nobody"), "there is no contacts/nobody.yml"),
        (("preview", "x", "--months", "0"), "from 1 to 120"),
        (("show", "7"), "there is no issue 7"),
        (("sync", "--push"), "--push goes with --store git"),
        (("sync", "--tracker", "none"), "sync needs issues"),
    ],
)
def test_a_command_line_that_cannot_be_is_one_line_on_stderr(
    argv: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    found = run(begun(tmp_path), *argv)
    assert found.code == 2
    assert found.out == ""
    assert found.err.startswith("notyet: ")
    assert found.err.count("\n") == 1
    assert said in found.err


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    found = run_line("plan", "--root", str(tmp_path / "nowhere"))
    assert found.code == 2
    assert "there is no folder" in found.err


def test_a_near_miss_of_a_person_is_suggested(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    assert "did you mean dana-okafor?" in run(tmp_path, "preview", "dana-okafo").err


def test_github_needs_a_repository_and_a_token(tmp_path: Path) -> None:
    found = run(begun(tmp_path), "sync", "--tracker", "github")
    assert found.code == 2
    assert "GITHUB_REPOSITORY and GITHUB_TOKEN must be set" in found.err


def test_options_for_all_may_stand_before_the_verb(tmp_path: Path) -> None:
    found = program("--root", str(begun(tmp_path)), "--as-of=2026-05-04", "plan")
    assert found.returncode == 0
    assert found.stdout.startswith("Monday 4 May 2026")


# --- streams -------------------------------------------------------------------


def test_a_reader_who_leaves_early_is_no_fault(tmp_path: Path) -> None:
    for number in range(400):
        person(begun(tmp_path), f"dana-{number}")
    with subprocess.Popen(
        [*PROGRAM, "plan", "--root", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_what_was_shown_before_an_error_reaches_its_reader(tmp_path: Path) -> None:
    """A process that ends without tidying up has said everything before."""
    begun(tmp_path)
    gone = tmp_path / "gone"
    found = program("plan", "--root", str(tmp_path), "--root", str(gone))
    assert found.returncode == 2
    assert found.stdout.startswith(f"{tmp_path}\n")
    assert found.stderr.startswith(f"notyet: there is no folder {gone}")


@pytest.mark.parametrize("code_page", ["cp1252", "ascii"])
def test_a_name_that_no_code_page_has_stops_nothing(
    code_page: str, tmp_path: Path
) -> None:
    """Windows sends a pipe what an old code page knows; Łukasz is not in it."""
    person(begun(tmp_path), "lukasz-zak", name="Łukasz Żak")
    line = ("--root", str(tmp_path), "--as-of", "2026-03-02")
    told = program(*line, "plan", PYTHONIOENCODING=code_page)
    assert (told.returncode, told.stderr) == (0, "")
    assert "?ukasz" in told.stdout
    shown = program(*line, "plan", "--format", "json", PYTHONIOENCODING=code_page)
    assert '"name":"Łukasz Żak"' in shown.stdout


def test_an_answer_in_another_encoding_is_asked_again(tmp_path: Path) -> None:
    found = subprocess.run(
        [*PROGRAM, "start", "--root", str(tmp_path)],
        input=b"J\xfcrgen M\xfcller, jm@example.com\n",
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8:strict"},
    )
    assert found.returncode == 2
    assert b"a letter could not be read; set your terminal to UTF-8" in found.stderr
    assert b"Traceback" not in found.stderr


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is a signal there alone")
def test_ctrl_c_says_that_nothing_was_written_and_so_it_is(tmp_path: Path) -> None:
    # Tests that run in the background have it ignored, and that is inherited.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    line = f"{heard}\nfrom pipeline.cli import main\nraise SystemExit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", line, "start", "--root", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"Maya Torres\n")
        process.stdin.flush()
        asked = iter(process.stderr.readline, b"")
        assert any(b"2 of 6" in line for line in asked)
        process.send_signal(signal.SIGINT)
        assert process.stderr.read().strip() == b"Stopped; nothing was written."
        assert process.wait() == 130
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_gets_no_colour(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    assert "\x1b" not in program("plan", "--root", str(tmp_path), TERM="xterm").stdout


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)]
)
def test_a_terminal_gets_colour_on_headings_unless_it_says_no(
    environ: dict[str, str], coloured: bool, tmp_path: Path
) -> None:
    person(begun(tmp_path), "dana-okafor")
    near, far = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "CI"}
    process = subprocess.Popen(
        [*PROGRAM, "plan", "--root", str(tmp_path)],
        stdout=far,
        cwd=ROOT,
        env=env | {"TERM": "xterm"} | environ,
    )
    os.close(far)
    shown = b""
    while True:
        try:
            part = os.read(near, 4096)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(near)
    assert process.wait() == 0
    assert (b"\x1b[1;36m" in shown) is coloured
    plain_lines = [line for line in shown.splitlines() if line.startswith(b"  ")]
    assert all(b"\x1b" not in line for line in plain_lines)


def test_what_a_file_holds_cannot_move_the_cursor(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor", company='"Bright\\e[2Jwater"')
    assert "\x1b" not in run(tmp_path, "plan").out


# --- exit codes ----------------------------------------------------------------


def test_a_file_that_needs_a_hand_is_exit_3_and_everything_else_was_done(
    tmp_path: Path,
) -> None:
    person(begun(tmp_path), "dana-okafor")
    person(tmp_path, "lee-park", rejected_on="30/01/2026")
    found = run(tmp_path, "sync", "--as-of", "2026-05-04")
    assert found.code == 3
    assert "Dana Okafor" in found.out
    assert "contacts/lee-park.yml:4" in found.err


def test_a_folder_that_cannot_be_written_is_exit_4(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    (tmp_path / "state").write_text("in the way", "utf-8")
    found = run(tmp_path, "sync", "--as-of", "2026-05-04")
    assert found.code == 4
    assert found.err.startswith("notyet: ")


def test_a_warning_alone_is_fine(tmp_path: Path) -> None:
    person(begun(tmp_path), "dana-okafor")
    (tmp_path / "contacts" / "notes.txt").write_text("hello", "utf-8")
    found = run(tmp_path, "plan")
    assert found.code == 0
    assert "notes.txt" in found.err


# --- words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "argv",
    [
        ("plan",),
        ("preview", "dana-okafor"),
        ("portfolio",),
        ("sync",),
        ("inbox",),
        ("show", "2"),
        ("check",),
        (),
        ("--help",),
        ("close", "--help"),
    ],
)
def test_no_word_from_inside_reaches_the_terminal(
    argv: tuple[str, ...], tmp_path: Path
) -> None:
    person(begun(tmp_path), "dana-okafor")
    person(tmp_path, "lee-park", rejected_on="2026-04-20")
    document(tmp_path, "one-source")
    run(tmp_path, "sync", "--as-of", "2026-05-04")
    day = () if "--help" in argv or not argv else ("--as-of", "2026-05-04")
    found = run(tmp_path, *argv, *day)
    words = found.out.casefold()
    for inner in ("touch", "window", "cadence", "overdue", "claim", "reconcile", "!"):
        assert inner not in words
