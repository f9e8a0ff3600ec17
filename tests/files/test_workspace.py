"""A whole workspace with its mistakes: each file judged, good ones go on."""

import hashlib
import os
from pathlib import Path

import pytest

from pipeline.files.attachments import digest
from pipeline.files.store import FolderStore
from pipeline.files.workspace import load
from pipeline.model import Severity, Workspace

GOOD = "name: {name}\ncompany: Example\nposition: Lead\nrejected_on: 2026-01-30\n"


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, text: str = "") -> None:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def person(self, slug: str, more: str = "") -> None:
        self.write(f"contacts/{slug}.yml", GOOD.format(name=slug.title()) + more)

    def load(self) -> Workspace:
        return load(str(self.root))

    def problem(self) -> str:
        (found,) = self.load().problems
        return str(found)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.person("ana")
    return made


def test_a_workspace_without_files_is_empty_and_fine(tmp_path: Path) -> None:
    found = load(str(tmp_path))
    assert (found.contacts, found.documents, found.problems) == ({}, {}, ())
    assert found.settings.you is None


def test_a_broken_file_freezes_itself_and_nobody_else(folder: Folder) -> None:
    folder.write("contacts/bo.yml", "name: [Bo\n")
    found = folder.load()
    assert list(found.contacts) == ["ana"]
    assert found.frozen == {"bo"}
    assert [p.path for p in found.problems] == ["contacts/bo.yml"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Bo.yml", "a file name we cannot use (got 'Bo.yml')"),
        ("bo li.yml", "rename it to bo-li.yml"),
        ("bo.yaml", "a file name we cannot use (got 'bo.yaml'); rename it to bo.yml"),
        ("bo.Yml", "a file name we cannot use (got 'bo.Yml'); rename it to bo.yml"),
        ("bo.yml.txt", "move it elsewhere, or rename it to bo.yml if it is one"),
        ("jörg.yml", "rename it to jorg.yml"),
        (
            "Ana.yml",
            "delete it if ana.yml is the same, else rename it to ana-2.yml",
        ),
        ("-bo.yml", "a file name we cannot use"),
        ("notes.txt", "no file of ours, so it is not read"),
        ("deep/bo.yml", "a folder; files are read directly in the folder above"),
    ],
)
def test_a_misplaced_file_is_named_with_the_remedy(
    folder: Folder, name: str, expected: str
) -> None:
    folder.write(f"contacts/{name}", GOOD.format(name="Bo"))
    assert expected in folder.problem()
    assert list(folder.load().contacts) == ["ana"]


def test_a_link_is_refused(folder: Folder) -> None:
    (folder.root / "contacts" / "bo.yml").symlink_to(folder.root / "contacts/ana.yml")
    assert "a link; put the file itself here" in folder.problem()


def test_a_pipe_is_not_waited_for(folder: Folder) -> None:
    os.mkfifo(folder.root / "contacts" / "bo.yml")
    assert "contacts/bo.yml:1:1: no file; put the file itself here" in folder.problem()


@pytest.mark.parametrize("name", ["contacts", "portfolio"])
def test_a_folder_behind_a_link_is_refused_and_nobody_is_gone(
    tmp_path: Path, name: str
) -> None:
    folder = Folder(tmp_path)
    folder.write(
        "state/issues.json", '{"issues": {"ana/check_in/1": {"number": 3, "gen": 0}}}'
    )
    folder.write("elsewhere/ana.yml", GOOD.format(name="Ana"))
    (tmp_path / name).symlink_to(tmp_path / "elsewhere")
    assert f"{name}:1:1: a link; put the folder itself here" in folder.problem()
    assert folder.load().frozen == ({"ana"} if name == "contacts" else set())


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("contacts", "name: Ana\n")
    assert folder.problem().startswith("contacts:1:1: no folder; rename it")


def test_documents_behind_a_link_are_refused(folder: Folder) -> None:
    folder.write("elsewhere/real.pdf", "x")
    folder.write("portfolio/a.yml", "title: A\nkind: talk\nfile: real.pdf\n")
    (folder.root / "portfolio/files").symlink_to(folder.root / "elsewhere")
    assert [str(each).partition("; ")[0] for each in folder.load().problems] == [
        "portfolio/a.yml:3:7: file: a link (got 'real.pdf')",
        "portfolio/files:1:1: a link",
    ]


@pytest.mark.parametrize("name", ["settings.yaml", "Settings.yml", "settings.yml.txt"])
def test_settings_with_another_name_are_an_error_alone_and_a_warning_beside(
    folder: Folder, name: str
) -> None:
    folder.write(name, "you: {name: Maya}\n")
    assert "rename it to settings.yml" in folder.problem()
    assert folder.load().frozen == {"ana"}
    folder.write("settings.yml", "you: {name: Maya}\n")
    assert "move it elsewhere; settings.yml is read" in folder.problem()
    assert folder.load().frozen == set()


def test_settings_that_are_a_link_or_a_folder_are_an_error(folder: Folder) -> None:
    (folder.root / "settings.yml").symlink_to("/etc/hostname")
    assert "settings.yml:1:1: a link; put the file itself here" in folder.problem()
    (folder.root / "settings.yml").unlink()
    (folder.root / "settings.yml").mkdir()
    assert "settings.yml:1:1: a folder; a file belongs here" in folder.problem()


def test_huge_settings_are_refused_with_their_size(folder: Folder) -> None:
    folder.write("settings.yml", "# " + "x" * 10_000_000)
    assert "settings.yml:1:1: the file is too large (got 9765 KiB" in folder.problem()


def test_words_of_explanation_and_hidden_files_are_ignored(folder: Folder) -> None:
    for name in ("README.md", "readme.md", ".gitkeep", ".ana.yml.swp"):
        folder.write(f"contacts/{name}")
    assert folder.load().problems == ()


def test_a_huge_file_is_refused_unread(folder: Folder) -> None:
    folder.write("contacts/bo.yml", "# " + "x" * 10_000_000)
    assert "the file is too large (got 9765 KiB of 256)" in folder.problem()


def test_two_files_with_one_address_are_an_error_on_the_later(folder: Folder) -> None:
    folder.person("bo", "email: ana@example.com\n")
    folder.person("cy", "email: ANA@example.com\n")
    expected = "contacts/cy.yml:5:8: email: the same address as in contacts/bo.yml"
    assert folder.problem().startswith(expected)
    assert list(folder.load().contacts) == ["ana", "bo"]


def test_of_two_with_one_address_the_one_with_issues_stays(folder: Folder) -> None:
    folder.person("bo", "email: ana@example.com\n")
    folder.person("cy", "email: ana@example.com\n")
    folder.write(
        "state/issues.json", '{"issues": {"cy/check_in/1": {"number": 3, "gen": 0}}}'
    )
    assert folder.problem().startswith("contacts/bo.yml:5:8: email: the same address")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("shared_before: [one-sorce]\n", "5:17: shared_before[0]: no such document"),
        (
            "history:\n  - {date: 2026-05-04, event: shared, document: none}\n",
            "6:49: history[0].document: no such document (got 'none')",
        ),
        (
            "referred_by: nobody\nsince: 2026-01-30\n",
            "5:14: referred_by: nobody by that",
        ),
    ],
)
def test_a_name_that_leads_nowhere_is_a_warning(
    folder: Folder, more: str, expected: str
) -> None:
    folder.write(
        "portfolio/one-source.yml", "title: A\nkind: talk\nurl: https://example.com\n"
    )
    folder.person("bo", more)
    (problem,) = folder.load().problems
    assert str(problem).startswith(f"contacts/bo.yml:{expected}")
    assert problem.severity is Severity.WARNING
    assert "bo" in folder.load().contacts


def test_a_file_that_needs_a_hand_is_there_all_the_same(folder: Folder) -> None:
    """Nobody is told to write another name where the right one stands."""
    folder.write("portfolio/one-source.yml", "titel: A\n")
    folder.write("contacts/ana.yml", "name: [\n")
    sent = "history:\n  - {date: 2026-05-04, event: sent, document: one-source}\n"
    folder.person("bo", f"referred_by: ana\nsince: 2026-01-30\n{sent}")
    paths = {each.path for each in folder.load().problems}
    assert paths == {"portfolio/one-source.yml", "contacts/ana.yml"}


def test_nobody_is_asked_to_say_that_another_document_was_sent(folder: Folder) -> None:
    folder.write(
        "portfolio/talk.yml", "title: A\nkind: talk\nurl: https://example.com\n"
    )
    sent = "history:\n  - {date: 2026-05-04, event: sent, document: one-source}\n"
    folder.person("bo", sent)
    assert folder.problem().endswith(
        "no such document (got 'one-source'); was its file renamed? Write its name of "
        "today; of one you deleted, leave it"
    )


def test_an_unknown_rhythm_is_an_error(folder: Folder) -> None:
    folder.person("bo", "cadence: gentel\n")
    assert "cadence: unknown (got 'gentel'); did you mean `gentle`?" in folder.problem()
    assert "bo" in folder.load().frozen


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("gone.pdf", "file: no such document (got 'gone.pdf')"),
        ("reel.pdf", "or did you mean `real.pdf`?"),
        ("REAL.PDF", "or did you mean `real.pdf`?"),
        ("../../settings.yml", "file: outside portfolio/files/ (got '../../sett"),
        ("/etc/passwd", "file: outside portfolio/files/ (got '/etc/passwd'); put the"),
        ('"a\\0b"', "file: outside portfolio/files/"),
        ("link.pdf", "file: a link (got 'link.pdf'); put the document itself"),
        (".", "file: outside portfolio/files/"),
        ("deep", "file: a folder (got 'deep'); write the name of one document in it"),
    ],
)
def test_a_document_that_is_not_where_it_says_is_an_error(
    folder: Folder, file: str, expected: str
) -> None:
    folder.write("settings.yml", "you: {name: A}\n")
    folder.write("portfolio/files/real.pdf", "x")
    folder.write("portfolio/files/deep/other.pdf", "x")
    (folder.root / "portfolio/files/link.pdf").symlink_to(folder.root / "settings.yml")
    folder.write("portfolio/a.yml", f"title: A\nkind: talk\nfile: {file}\n")
    assert expected in folder.problem()
    assert folder.load().documents == {}


def test_the_digest_of_a_document_is_that_of_its_content(folder: Folder) -> None:
    folder.write("portfolio/files/real.pdf", "x")
    described = "title: A\nkind: talk\nfile: portfolio/files/./real.pdf\n"
    folder.write("portfolio/a.yml", described)
    document = folder.load().documents["a"]
    read = FolderStore(str(folder.root)).read
    assert digest(document, read) == hashlib.sha256(b"x").hexdigest()
    (folder.root / "portfolio/files/real.pdf").unlink()
    assert digest(document, read) is None


@pytest.mark.parametrize("copy", ["ana.yml.bak", "ana.yml~", "ana.yaml", "Ana.yml"])
def test_a_copy_beside_a_good_file_takes_nothing_from_it(
    folder: Folder, copy: str
) -> None:
    folder.write("settings.yml", "you: {name: Maya}\n")
    folder.person("ana")
    folder.write(f"contacts/{copy}", GOOD.format(name="Ana"))
    found = folder.load()
    assert len(found.problems) == 1
    assert "ana" in found.contacts
    assert found.frozen == set()


def test_a_document_without_a_file_has_the_digest_of_its_address(
    folder: Folder,
) -> None:
    folder.write("portfolio/a.yml", "title: A\nkind: talk\nurl: https://example.com\n")
    found = digest(folder.load().documents["a"], FolderStore(str(folder.root)).read)
    assert found == hashlib.sha256(b"https://example.com").hexdigest()


def test_wrong_settings_freeze_every_issue_but_keep_the_people(folder: Folder) -> None:
    """No date can be trusted then, but what people say is still recorded."""
    folder.write("settings.yml", "you: {nmae: Maya}\n")
    found = folder.load()
    assert found.frozen == {"ana"}
    assert list(found.contacts) == ["ana"]
    assert found.settings.you is None


def test_a_rhythm_of_ones_own_is_not_unknown_because_the_settings_are_wrong(
    folder: Folder,
) -> None:
    rhythm = "cadences: {calm: [{step: portfolio_note, months: [6, 9]}]}"
    folder.write("settings.yml", f"you: {{nmae: Maya}}\n{rhythm}\n")
    folder.person("bo", "cadence: calm\n")
    assert [each.path for each in folder.load().problems] == ["settings.yml"]


def test_an_unknown_time_zone_is_named(folder: Folder) -> None:
    folder.write("settings.yml", "you: {name: Maya}\ntimezone: Europe/Atlantis\n")
    assert "settings.yml:2:11: timezone: unknown" in folder.problem()


def test_a_damaged_state_gives_what_is_readable(folder: Folder) -> None:
    folder.write(
        "state/issues.json",
        '{\n"version": 1,\n"tracker": "local",\n"issues": {\n'
        '  "ana/check_in/1": {"number":3,"seen":"open","wanted":"open","gen":2},\n'
        '  "bo/check_in/1": {"number":',
    )
    found = folder.load()
    assert found.state.tracker == "local"
    assert found.state.issues["ana/check_in/1"].number == 3
    assert "damaged" in str(found.problems[0])


def test_a_damaged_list_of_stops_keeps_every_stop(folder: Folder) -> None:
    digest = "ab" * 32
    folder.write("state/stopped.json", f'{{"salt": "ff", "people": ["{digest}", oops')
    assert folder.load().stopped.people == (digest,)


def test_own_templates_are_read(folder: Folder) -> None:
    folder.write("templates/en/check_in.txt", "Subject: Hi\nHello\n")
    assert folder.load().templates == {"en/check_in.txt": "Subject: Hi\nHello\n"}
