"""From a form on a phone to a history in YAML, played against the server, as a text.

The text is kept in `tests/golden/github/story.txt`, to be read as a whole.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pipeline.reconciling.apply import SyncReport
from tests.commands.running import snapshot
from tests.github.clock import Clock
from tests.github.living import Home
from tests.github.repository import OWNER
from tests.github.server import GitHub
from tests.reconciling.test_intake import filled

FORM = filled(
    company="Brightwater Instruments",
    position="Senior Technical Writer",
    who_said_no="Dana Okafor",
    their_mail_address="dana.okafor@example.com",
    when_the_no_arrived="20 October 2025",
    was_someone_else_chosen="Yes, someone else",
    how_far_you_had_come="The last round",
    what_you_spoke_about="bringing the calibration manuals into one source",
)
OTHERS = {
    "lee-park": ("Lee Park", "Tallgrass", "Editor", "2025-10-21"),
    "samir-haddad": ("Samir Haddad", "Northgate Health", "Writer", "2025-10-22"),
}


class Teller:
    """Writes down what happens, run by run."""

    def __init__(self, home: Home) -> None:
        self.home, self.lines = home, list[str]()

    def say(self, text: str) -> None:
        self.lines.append(f"{self.home.clock.now:%d %B %H:%M}  {text}")

    def run(self) -> None:
        before = len(self.home.github.asked)
        told = {each: self._answers(each) for each in self._numbers()}
        report = self.home.run()
        asked = self.home.github.asked[before:]
        counts = Counter(each.method for each in asked)
        requests = " ".join(f"{counts[each]} {each}" for each in sorted(counts))
        self.say(f"run: {_done(report)} ({requests})")
        for number in self._numbers():
            for answer in self._answers(number)[len(told.get(number, [])) :]:
                head, *rest = answer.split("\n<details>")[0].split("\n")
                self.lines += ["", f"    #{number} answers: {head}"]
                self.lines += [f"      {line}".rstrip() for line in rest if line]
        self.lines.append("")

    def issues(self) -> None:
        for number in self._numbers():
            issue = self.home.issue(number)
            state = f"{issue.state} {issue.state_reason or ''}".strip()
            self.lines.append(f"    #{number} {issue.title}: {state}")
        self.lines.append("")

    def file(self, path: str) -> None:
        lines = self.home.file(path).splitlines()
        shown = [each for each in lines if each and not each.startswith("#")]
        self.lines += [f"    {path}", *(f"      {each}" for each in shown), ""]

    def _numbers(self) -> list[int]:
        return list(self.home.github.repository.versions)

    def _answers(self, number: int) -> list[str]:
        return self.home.answers(number)


def _done(report: SyncReport) -> str:
    done = {
        "opened": report.opened,
        "reopened": report.reopened,
        "closed": report.closed,
    }
    said = [
        f"{word} {', '.join(f'#{number}' for _, number in pairs)}"
        for word, pairs in done.items()
        if pairs
    ]
    said += [f"recorded {event}" for _, event, _ in report.recorded]
    return "; ".join(said) or "nothing to tell"


def played(home: Home) -> str:
    """Play it, and give what was written down."""
    teller, repository = Teller(home), home.github.repository
    clock = home.clock
    teller.run()
    form = home.opens("A no", FORM)
    teller.say(f"Maya fills in the form on her phone: #{form}")
    teller.run()
    teller.file("contacts/dana-okafor.yml")
    teller.file("settings.yml")
    for slug, (name, company, position, day) in OTHERS.items():
        home.write(
            f"contacts/{slug}.yml",
            f"name: {name}  # by hand\ncompany: {company}\nposition: {position}\n"
            f"rejected_on: {day}\nemail: {slug}@example.com\n",
        )
    teller.say("Maya pushes two files she wrote by hand")
    teller.run()
    teller.issues()
    first, second, third = (each for each in repository.versions if each > form)
    clock.advance(days=1)
    teller.say(f"Maya sends the first and closes #{first}; leaves #{second} out")
    repository.change(first, OWNER, {"state": "closed", "state_reason": "completed"})
    repository.change(second, OWNER, {"state": "closed", "state_reason": "not_planned"})
    teller.say(f"Maya comments on #{third}: /snooze 3 weeks")
    repository.comment(third, "/snooze 3 weeks", OWNER)
    teller.run()
    clock.advance(hours=3)
    teller.say(f"It was not sent after all: Maya reopens #{first}")
    repository.change(first, OWNER, {"state": "open"})
    teller.run()
    teller.issues()
    for slug in ("dana-okafor", *OTHERS):
        teller.file(f"contacts/{slug}.yml")
    clock.advance(hours=1)
    teller.say("A second and a third run")
    teller.run()
    teller.run()
    return "\n".join(teller.lines)


def test_from_a_form_to_a_history(
    tmp_path: Path,
    github: GitHub,
    clock: Clock,
    golden: Callable[[str, str], None],
) -> None:
    home = Home(tmp_path / "ws", github, clock)
    text = played(home)
    golden("github/story.txt", text)
    before, wrote = snapshot(home.root), github.counted("P")
    asked = github.counted()
    home.run()
    assert snapshot(home.root) == before
    assert github.counted("P") == wrote
    assert github.counted() - asked == 4  # the repository, two lists, the comments
