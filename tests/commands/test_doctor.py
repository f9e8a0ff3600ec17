"""Whether everything is in place: each finding names its remedy, and nothing else."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.commands import arguments
from pipeline.commands.doctor import doctor
from pipeline.commands.session import FINE, PROBLEMS, Session
from pipeline.commands.terminal import Terminal
from tests.commands.running import begun, person
from tests.github.clinic import Clinic
from tests.github.clock import Clock
from tests.github.server import TOKEN, GitHub


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a checkout with everything in it."""
    person(begun(tmp_path), "dana-okafor")
    flow = tmp_path / ".github" / "workflows" / "follow-ups.yml"
    flow.parent.mkdir(parents=True)
    flow.write_text('on:\n  schedule:\n    - cron: "23 5 * * *"\n')
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    address = "git@github.com:maya/not-yet.git"
    at = ["git", "-C", str(tmp_path)]
    subprocess.run([*at, "remote", "add", "origin", address], check=True)
    return tmp_path


@pytest.fixture
def look(root: Path, github: GitHub, clock: Clock) -> Callable[..., tuple[int, str]]:
    def run(*argv: str, token: str = TOKEN, **environ: str) -> tuple[int, str]:
        out = io.StringIO()
        silent = "CI" in environ
        session = Session(
            arguments.read(["doctor", *argv, "--root", str(root)], print),
            Terminal(io.StringIO(), out, out, silent=silent),
            now=clock.now,
            seconds=clock.monotonic,
            sleep=clock.sleep,
            environ={"GITHUB_API_URL": github.base, "GITHUB_TOKEN": token, **environ},
        )
        return doctor(session), out.getvalue()

    return run


Look = Callable[..., tuple[int, str]]


def test_where_all_is_well_it_says_so(look: Look) -> None:
    code, said = look()
    assert code == FINE
    assert "mend" not in said
    assert said.endswith("All is well.\n")
    for what in ("private", "Actions may run", "label", "switched on", "Pages is off"):
        assert what in said


def well(clinic: Clinic, **settings: object) -> None:
    for name, value in settings.items():
        assert hasattr(clinic, name)
        setattr(clinic, name, value)


@pytest.mark.parametrize(
    ("settings", "finding", "remedy"),
    [
        ({"actions_on": False}, "Actions are switched off", "allow actions"),
        ({"allowed": "local_only"}, "not allowed", "created by GitHub"),
        ({"workflow": "disabled_inactivity"}, "switched off", "Enable workflow"),
        ({"workflow": None}, "the workflow is not there", "on the default branch"),
        ({"ran": None}, "has not run yet", "press Run workflow"),
        ({"rules": ["pull_request"]}, "asks for a pull request", "direct pushes"),
        ({"rules": ["required_signatures"]}, "signed commits", "direct pushes"),
        ({"protected": True}, "main is protected", "direct pushes"),
        ({"forbidden": {"pages"}}, "Pages: not known", "use a token"),
    ],
)
def test_what_would_keep_a_run_from_its_work_is_named_with_its_remedy(
    look: Look, github: GitHub, settings: dict[str, object], finding: str, remedy: str
) -> None:
    well(github.clinic, **settings)
    code, said = look()
    (line, *_) = [each for each in said.splitlines() if each.startswith("mend")]
    assert code == PROBLEMS
    assert finding in line
    assert remedy in line


def test_a_run_that_is_long_ago_or_failed_is_named(
    look: Look, github: GitHub, clock: Clock
) -> None:
    github.clinic.ran = (clock.now, "failure")
    assert "its last run failed, on 2026-05-04" in look()[1]
    github.clinic.ran = (clock.now, "success")
    clock.advance(days=4)
    assert "it has not run since 2026-05-04" in look()[1]


@pytest.mark.parametrize("rule", ["deletion", "non_fast_forward", "creation"])
def test_rules_that_a_plain_push_gets_past_are_no_finding(
    look: Look, github: GitHub, rule: str
) -> None:
    github.clinic.rules = [rule]
    assert look()[0] == FINE


def test_pages_are_said_for_what_they_are(look: Look, github: GitHub) -> None:
    github.clinic.has_pages = True
    code, said = look()
    assert code == FINE
    assert "anybody can open that site" in said


def test_the_label_is_made_on_request_and_only_then(look: Look, github: GitHub) -> None:
    github.repository.labels.remove("follow-up")
    code, said = look()
    assert (code, "no label follow-up; run `./notyet doctor --fix`" in said) == (
        3,
        True,
    )
    assert github.counted("POST") == 0
    assert look("--fix")[0] == FINE
    assert "follow-up" in github.repository.labels
    assert look("--fix")[0] == FINE
    assert github.counted("POST") == 1


def test_a_public_repository_is_named(look: Look, github: GitHub) -> None:
    github.repository.private = False
    code, said = look()
    assert code == PROBLEMS
    assert "the repository is PUBLIC; make it private now" in said


def test_without_a_token_a_stranger_is_asked(look: Look, github: GitHub) -> None:
    code, said = look(token="")
    assert code == PROBLEMS
    assert "a stranger sees no such repository" in said
    assert "set GITHUB_TOKEN" in said
    github.repository.private = False
    assert "this repository is PUBLIC; make it private now" in look(token="")[1]


def test_a_token_for_something_else_is_said_so(look: Look) -> None:
    code, said = look(GITHUB_REPOSITORY="maya/other")
    assert code == PROBLEMS
    assert "no such repository for this token; check GITHUB_REPOSITORY" in said
    assert "set GITHUB_TOKEN anew" in look(token="wrong")[1]


def test_a_folder_that_was_never_on_github_is_said_so(look: Look, root: Path) -> None:
    at = ["git", "-C", str(root)]
    subprocess.run([*at, "remote", "remove", "origin"], check=True)
    assert "no repository on GitHub is known" in look()[1]


def test_the_checkout_is_looked_at_too(look: Look, root: Path) -> None:
    (root / ".github" / "workflows" / "follow-ups.yml").unlink()
    (root / "settings.yml").unlink()
    person(root, "lee-park", rejected_on="?")
    code, said = look()
    assert code == PROBLEMS
    assert "there is no .github/workflows/follow-ups.yml; run `./notyet upg" in said
    assert "nobody signs the messages yet; run `./notyet start`" in said
    assert "settings.yml does not say timezone, country, you.email" in said
    assert "1 problem in files; run `./notyet check`" in said


def test_where_others_read_along_it_counts(look: Look) -> None:
    assert look(CI="true")[1].endswith("things looked at, 0 to mend.\n")
