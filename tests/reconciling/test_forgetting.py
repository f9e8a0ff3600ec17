"""After forgetting somebody no byte of them is left below the root but the digest."""

import os
import re
import tempfile
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from pipeline.commands.erasing import carry_out
from pipeline.files.events import write_scalar
from pipeline.files.store import FolderStore
from pipeline.files.workspace import load
from pipeline.reconciling.forgetting import yaml_without
from pipeline.reconciling.traces import person_of, traces_of
from pipeline.trackers.local import LocalTracker
from tests.factories import contact, event
from tests.reconciling.scenes import Scene, day

DAY = "2026-05-04"


class Somebody(Struct, frozen=True):
    """An invented person whose every text is unlike any other."""

    slug: str
    name: str
    email: str
    phone: str
    company: str
    linkedin: str
    street: str
    said: str
    stopped: bool

    @property
    def everything(self) -> tuple[str, ...]:
        profile = self.linkedin.rpartition("/")[2]
        return (
            *(self.slug, self.name, self.email, self.phone, self.company),
            *(self.linkedin, profile, self.street, self.said),
        )


def forget(root: Path, slug: str) -> None:
    trackers = [LocalTracker(str(root))]
    store = FolderStore(str(root))
    carry_out(store, trackers, slug, as_of=day(DAY), salt="5a17")


def read(text: str) -> str:
    """Give a text as somebody would search it: no marks, cases or line breaks."""
    plain = unicodedata.normalize("NFC", unquote(text)).casefold()
    return " ".join(plain.replace("\\", "").split())


def left_of(root: Path, person: Somebody) -> list[tuple[str, str]]:
    """Give every trace with the file it was found in."""
    found = []
    for path in sorted(root.rglob("*")):
        text = path.relative_to(root).as_posix()
        if path.is_file():
            text += "\n" + path.read_bytes().decode(errors="replace")
        found += [
            (path.name, each) for each in person.everything if read(each) in read(text)
        ]
    return found


def plant(scene: Scene, person: Somebody) -> None:
    """Put a person into every kind of file, and live on for a while."""
    scene.person("lee-park", rejected_on="2026-01-20", phone='"+1 512 555 0142"')
    scene.document("one-source")
    scene.person("bo-lind", rejected_on="2025-10-30")
    fields = {
        "name": person.name,
        "company": person.company,
        "position": "Lead Writer",
        "rejected_on": "2025-10-30",
        "email": person.email,
        "phone": person.phone,
        "linkedin": person.linkedin,
        "postal_address": f"{person.street}\n12345 Anywhere",
        "referred_by": "lee-park",
        "since": "2025-11-02",
    }
    text = "".join(
        f"{name}: {value if value[:2] == '20' else write_scalar(value)}\n"
        for name, value in fields.items()
    )
    stop = "  - {date: 2026-05-01, event: stop, source: 'command:1'}\n"
    scene.write(
        f"contacts/{person.slug}.yml",
        f"{text}history:\n"
        f"  - {{date: 2026-03-01, event: replied, text: {write_scalar(person.said)}}}\n"
        f"{stop if person.stopped else ''}",
    )
    extra = (
        f"notes: {write_scalar(f'met {person.name} ({person.phone}) at a fair')}\n"
        f"tags: [fair, {write_scalar(person.company)}]  # as {person.name}\n"
        f"# {person.name} <{person.email}> sat beside us\n"
        "history:\n"
        f"  - {{date: 2026-02-03, event: referred, to: {person.slug}}}\n"
        f"  - {{date: 2026-02-04, event: note, text: {write_scalar(person.said)}}}\n"
    )
    path = scene.root / "contacts" / "lee-park.yml"
    path.write_text(path.read_text("utf-8") + extra, "utf-8")
    scene.write(
        "contacts/cy-moe.yml",
        "name: Cy Moe\ncompany: Moe\nemail: cy@example.com\n"
        f"referred_by: {person.slug}\nsince: 2026-04-20\n",
    )
    scene.write(
        "settings.yml",
        f"you: {{name: Maya Torres}}  # not {person.name}\ncountry: US\n",
    )
    scene.write(
        "portfolio/talk.yml",
        "title: A talk\nkind: talk\nshare: public\nurl: https://example.com/talk\n"
        f"note_ideas:\n  - |\n    {person.name} asked\n    for page 3\n  - other\n",
    )
    scene.write("templates/en/check_in.txt", f"Hello, {person.name} says {{{{ x }}}}\n")
    scene.write("contacts/broken.yml", f"name: [{person.name}\nnotes: {person.slug}\n")


def live(scene: Scene, person: Somebody) -> None:
    """Sync, speak of them on the front desk and on issues, make a calendar."""
    root = scene.root
    scene.sync(DAY)
    tracker = LocalTracker(str(root))
    desk = scene.number("front-desk")
    for line in (
        f"/note {person.name} {person.said}",
        f"/replied {person.slug} warm {person.said}",
        f"/referred Lee Park {person.name} {person.email}",
    ):
        tracker.person_comments(desk, line, day(DAY))
    scene.sync(DAY)
    for path in (root / "inbox").glob("*.md"):
        text = path.read_text("utf-8")
        words = f"I think of\n{person.name}\n"
        path.write_text(
            f"{text}\n### 2026-05-04\n{words}call {person.phone}\n", "utf-8"
        )
    scene.write(
        "calendar.ics", f"SUMMARY:Short mail: {person.name[:9]}\n {person.name[9:]}\n"
    )


LETTERS = st.text("qxzjkvéüßøý", min_size=4, max_size=7)
WORD = st.builds(
    lambda a, b, c: f"{a}{b}{c}".title(),
    LETTERS,
    st.sampled_from(["", "-", "'", ".", "*", "_"]),
    LETTERS,
)
PHONES = st.builds(
    lambda country, parts: f"{country}{' '.join(parts)}",
    st.sampled_from(["", "+49 ", "0", "+1-"]),
    st.lists(st.from_regex(r"[2-9]{3,4}", fullmatch=True), min_size=3, max_size=3),
)
PEOPLE = st.builds(
    lambda slug, first, last, phone, company, profile, street, said, stopped: Somebody(
        slug=f"zz{slug}-xq",
        name=f"{first} {last}",
        email=f"x{slug}@zzq.example.com",
        phone=phone,
        company=f"{company} & Qxz",
        linkedin=f"https://www.linkedin.com/in/{profile}-qx",
        street=f"{street} Qxq 17",
        said=f"{said} 'will' \"not\" decide: {said}",
        stopped=stopped,
    ),
    st.from_regex(r"[jkvx]{4,9}", fullmatch=True),
    *(WORD, WORD, PHONES, WORD, st.from_regex(r"[jkvx]{6,9}", fullmatch=True)),
    *(WORD, WORD, st.booleans()),
)


@settings(max_examples=settings().max_examples // 3)  # a third of a second each
@given(PEOPLE)
def test_no_byte_of_somebody_forgotten_is_left(person: Somebody) -> None:
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(Path(folder))
        plant(scene, person)
        live(scene, person)
        assert left_of(scene.root, person)
        forget(scene.root, person.slug)
        assert left_of(scene.root, person) == []
        workspace = load(folder)
        assert bool(workspace.stopped.people) == person.stopped
        wrong = {each.path for each in workspace.problems if each.severity == "error"}
        assert wrong == {"contacts/broken.yml"}
        before = len(list((scene.root / "inbox").iterdir()))
        scene.sync(DAY)
        assert left_of(scene.root, person) == []
        after = len(list((scene.root / "inbox").iterdir()))
        assert after <= before + 1  # the place they left is somebody else's
        assert os.path.exists(os.path.join(folder, "contacts", "lee-park.yml"))


# --- what others keep ----------------------------------------------------------


def strike(text: str) -> str:
    person = contact(
        history=(event("2026-03-01", "replied", text="planning opens late"),)
    )
    traces = traces_of(person_of(person), [contact("lee-park")], None)
    return yaml_without(text.encode(), "contacts/lee-park.yml", traces).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("notes: met Dana Okafor there\n", 'notes: "met someone there"\n'),
        ("notes: met Dana\n  Okafor there\n", 'notes: "met someone there"\n'),
        ("# dana okafor, again\nname: Lee\n", "# someone, again\nname: Lee\n"),
        (
            "tags: ['a # Dana Okafor'] # DANA OKAFOR\n",
            'tags: ["a # someone"] # someone\n',
        ),
        ("notes: danaokafor\n", "notes: danaokafor\n"),
        ("notes: Dana called\n", "notes: Dana called\n"),
        ("referred_by: dana-okafor\n", "referred_by: forgotten\n"),
        ("referred_by: dana-okafor-2\n", "referred_by: dana-okafor-2\n"),
        (
            "history:\n- {date: 2026-01-02, event: note, text: Planning opens late}\n",
            'history:\n- {date: 2026-01-02, event: note, text: "(removed)"}\n',
        ),
        (
            "notes: |\n  one\n  Dana Okafor\nname: x\n",
            'notes: "one\\nsomeone\\n"\nname: x\n',
        ),
        ("shared_before: [dana-okafor]\n", "shared_before: [dana-okafor]\n"),
        ("notes: [Dana Okafor\n", "notes: [someone\n"),
    ],
)
def test_only_what_names_them_changes(before: str, after: str) -> None:
    assert strike(before) == after


def test_what_somebody_else_has_too_is_not_theirs_alone() -> None:
    person = contact(company="Brightwater", phone="+1 512 555 0142")
    other = contact("lee-park", company="Brightwater", phone="0512 5550142")
    traces = traces_of(person_of(person), [other], None)
    assert traces.shared == ("+1 512 555 0142", "Brightwater")
    assert traces.struck("Brightwater, 512 555 0142") == "Brightwater, 512 555 0142"


@pytest.mark.parametrize(
    "text",
    ["+1 512 555 0142", "(512) 555-0142", "15125550142", "0049 512.555.0142"],
)
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    person = contact(phone="+1 512 555 0142")
    traces = traces_of(person_of(person), [], None)
    assert re.fullmatch(r"call \S* ?someone now", traces.struck(f"call {text} now"))
    assert traces.struck("9512555014299") == "9512555014299"
