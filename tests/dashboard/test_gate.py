"""Nothing about a person is published, in whatever form it hides."""

import base64
import gzip
import html
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.dashboard.gate import FEWEST_FILES, Gate
from pipeline.dashboard.needles import fold, needles_of, shingles
from pipeline.errors import LeakRefusedError
from pipeline.model import Document, DocumentKind, Share, Workspace
from tests.factories import contact, event, workspace

CANARY = "00aa11bb22cc33dd44ee55ff66778899"
PACK = f'{{"canary": "{CANARY}"}}'.encode()
NOTE = "she drew their whole manual tree on the whiteboard for us"
PEOPLE = Workspace(
    contacts={
        "zora-quillon": contact(
            "zora-quillon",
            name="Zora Quillón",
            company="Umbrel Works",
            email="z.quillon@example.com",
            phone="+1 (512) 555-0177",
            linkedin="https://www.linkedin.com/in/zora-q-7",
            postal_address="7 Lantern Street, Example Town",
            notes=NOTE,
            history=(
                event("2026-05-06", "replied", text="ask again when spring is here"),
            ),
        )
    },
    documents={
        "audit": Document(
            id="audit",
            title="The audit nobody may see",
            kind=DocumentKind.PAPER,
            share=Share.PRIVATE,
        ),
        "column": Document(
            id="column",
            title="Warnings that are read",
            kind=DocumentKind.COLUMN,
            share=Share.PUBLIC,
        ),
    },
)
GATE = Gate(needles_of(PEOPLE), CANARY)
SCREENS = Path(__file__).parent.parent.parent / "docs" / "assets" / "screens"


def site(tmp_path: Path, leak: bytes = b"", name: str = "leak.html") -> Path:
    """Write a site of harmless pages, and one that may not be."""
    page = "<p>You interviewed somebody, and someone else was chosen.</p>"
    for number in range(FEWEST_FILES):
        (tmp_path / f"page-{number}.html").write_text(page, "utf-8")
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(leak)
    return tmp_path


def refused(root: Path) -> str:
    with pytest.raises(LeakRefusedError) as error:
        GATE.check(str(root), PACK)
    assert error.value.exit_code == 5
    for secret in ("Zora", "zora", "quill", "umbrel"):
        assert secret not in error.value.in_public
    return str(error.value)


def test_a_harmless_site_passes(tmp_path: Path) -> None:
    assert GATE.check(str(site(tmp_path)), PACK) == FEWEST_FILES + 1


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ("Zora Quillón", "a name"),
        ("ZORA\n  QUILLÓN", "a name"),
        ("Zora\u00a0Quillo\u0301n", "a name"),
        ("Quillón, Zora", "a name"),
        ("contacts/zora-quillon.yml", "the name of a file"),
        ("z.quillon@example.com", "a mail address"),
        ("<mailto:Z.Quillon@Example.com>", "a mail address"),
        ("512-555-0177", "a telephone number"),
        ("+15125550177", "a telephone number"),
        ("linkedin.com/in/zora-q-7/", "a profile"),
        ("7 Lantern Street, Example Town", "a postal address"),
        (f"and then {NOTE}, she said", "a note"),
        ("ask again when spring is here", "a note"),
        ("The Audit Nobody May See", "the title of a private document"),
        ("Zora is at Umbrel Works now", "a name beside its company"),
        ("Umbrel Works: ask for Ms. Quillón", "a name beside its company"),
        (CANARY, "the canary"),
    ],
)
def test_whatever_speaks_of_a_person_is_found(
    planted: str, kind: str, tmp_path: Path
) -> None:
    told = refused(site(tmp_path, f"<p>x {planted} y</p>".encode()))
    assert f"leak.html: {kind} (" in told


@pytest.mark.parametrize(
    "harmless",
    [
        "Umbrel Works makes umbrellas",
        "Zora is a name",
        "amazora quillónesque",
        "555-0177",
        "she drew their whole",
        "the audit",
        "Warnings that are read",
    ],
)
def test_what_speaks_of_nobody_passes(harmless: str, tmp_path: Path) -> None:
    GATE.check(str(site(tmp_path, f"<p>x {harmless} y</p>".encode())), PACK)


def test_a_full_width_number_is_the_same_number(tmp_path: Path) -> None:
    wide = "+1 512 555 0177".translate({48 + n: 0xFF10 + n for n in range(10)})
    assert "a telephone number" in refused(site(tmp_path, wide.encode()))


@pytest.mark.parametrize("said", ["Zora Quillón", "Zora%20Quill%C3%B3n"])
def test_a_picture_may_say_who_is_in_it(said: str, tmp_path: Path) -> None:
    """What a camera or a screenshot tool writes between the noise of a PNG."""
    picture = (SCREENS / "today.png").read_bytes()
    head, tail = picture[:33], picture[33:]  # behind the signature and IHDR
    chunk = b"tEXt" + b"Title\0" + said.encode()
    named = head + len(chunk[4:]).to_bytes(4, "big") + chunk + b"\0\0\0\0" + tail
    assert "a name" in refused(site(tmp_path, named, "assets/today.png"))


@pytest.mark.parametrize(
    "name", ["สมชาย ใจดี", "한지민 김", "अनिता राव", "Zora \U0001d4acuillon"]
)
def test_a_picture_may_say_it_in_any_script(name: str, tmp_path: Path) -> None:
    people = Workspace(contacts={"someone": contact("someone", name=name)})
    picture = (SCREENS / "today.png").read_bytes()
    named = picture + b"\0\xff" + name.encode() + b"\xff\0"
    gate = Gate(needles_of(people), CANARY)
    with pytest.raises(LeakRefusedError, match="a name"):
        gate.check(str(site(tmp_path, named, "assets/today.png")), PACK)


def test_a_picture_that_names_nobody_passes(tmp_path: Path) -> None:
    picture = (SCREENS / "today.png").read_bytes()
    GATE.check(str(site(tmp_path, picture, "assets/today.png")), PACK)


PLAIN = "<p>Zora Quillón</p>"
FORMS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "gzip": lambda text: gzip.compress(text.encode()),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, begun one letter late": lambda text: (
        b"A" + base64.b64encode(text.encode())
    ),
    "base64, two late": lambda text: b"AA" + base64.b64encode(text.encode()),
    "base64, three late": lambda text: b"AAA" + base64.b64encode(text.encode()),
    "base64 over lines": lambda text: base64.encodebytes(text.encode() * 9),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "HEXADECIMAL": lambda text: text.encode().hex().upper().encode(),
    "percent": lambda text: urllib.parse.quote(text).encode(),
    "percent with plus": lambda text: urllib.parse.quote_plus(text).encode(),
    "every letter percent": lambda text: "".join(
        f"%{each:02X}" for each in text.encode()
    ).encode(),
    "entities by name": lambda text: (
        html.escape(text).replace("ó", "&oacute;").encode()
    ),
    "entities by number": lambda text: "".join(f"&#{ord(x)};" for x in text).encode(),
    "entities by hex": lambda text: "".join(f"&#x{ord(x):x};" for x in text).encode(),
    "escapes of JSON": lambda text: "".join(f"\\u{ord(x):04x}" for x in text).encode(),
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "UTF-16, the other way round": lambda text: text.encode("utf-16-be"),
    "UTF-16, taken apart": lambda text: text.replace("ó", "o\u0301").encode(
        "utf-16-le"
    ),
    "UTF-16 with its mark": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("form", FORMS)
def test_no_form_hides_a_name(form: str, tmp_path: Path) -> None:
    assert "a name" in refused(site(tmp_path, FORMS[form](PLAIN)))


@pytest.mark.parametrize(
    "name",
    [
        "page.html",
        "404.html",
        "search/search_index.json",
        "sitemap.xml",
        "sitemap.xml.gz",
        "assets/picture.svg",
        "assets/stylesheets/main.css",
        "assets/javascripts/app.js",
        "feed.txt",
        ".nojekyll",
        "deep/down/below/index.html",
    ],
)
def test_no_place_hides_a_name(name: str, tmp_path: Path) -> None:
    data = gzip.compress(PLAIN.encode()) if name.endswith(".gz") else PLAIN.encode()
    assert f"{name}: a name" in refused(site(tmp_path, data, name))


def test_a_path_can_be_a_leak(tmp_path: Path) -> None:
    assert "the name of a file" in refused(site(tmp_path, b"", "zora-quillon/x.html"))


@pytest.mark.parametrize("name", ["contacts/a.yml", "calendar.ics", "state/key.jwk"])
def test_files_of_the_user_are_refused_whatever_they_say(
    name: str, tmp_path: Path
) -> None:
    assert "a file of yours" in refused(site(tmp_path, b"", name))


def test_beside_the_door_only_what_belongs_there(tmp_path: Path) -> None:
    site(tmp_path, b"eyJhbGci.a.b.c.d", "dashboard/vault.jwe")
    GATE.check(str(tmp_path), PACK)
    told = refused(site(tmp_path, b"x", "dashboard/people.json"))
    assert "does not belong there" in told


@pytest.mark.parametrize("name", ["vault.jwe", "key.jwe"])
@pytest.mark.parametrize("data", [b"{}", b"eyJ.a.b.c", b"eyJ.a.b.c.d zora quillon"])
def test_what_should_be_sealed_and_is_not_is_refused(
    name: str, data: bytes, tmp_path: Path
) -> None:
    assert "is not sealed" in refused(site(tmp_path, data, f"dashboard/{name}"))


def test_an_empty_site_does_not_pass(tmp_path: Path) -> None:
    assert "only 0 files" in refused(tmp_path)


def test_a_gate_that_cannot_find_does_not_pass(tmp_path: Path) -> None:
    with pytest.raises(LeakRefusedError, match="does not find what it should"):
        GATE.check(str(site(tmp_path)), b"{}")


def test_invented_people_of_the_guide_may_stand_in_it(tmp_path: Path) -> None:
    allowing = Gate(needles_of(PEOPLE, [PEOPLE]), CANARY)
    allowing.check(str(site(tmp_path, PLAIN.encode())), PACK)


def test_two_invented_people_in_a_list_are_not_one_turned_round(tmp_path: Path) -> None:
    invented = workspace(contact("ruth-mbeki"), contact("theo-marchetti"))
    real = workspace(contact("theo-mbeki"), contact("ada-winter"))
    listed = site(tmp_path, b"Ruth Mbeki, Theo Marchetti")
    Gate(needles_of(real, [invented]), CANARY).check(str(listed), PACK)
    (tmp_path / "turned").mkdir()
    turned = site(tmp_path / "turned", b"Winter, Ada")
    with pytest.raises(LeakRefusedError, match="a name"):
        Gate(needles_of(real, [invented]), CANARY).check(str(turned), PACK)


def test_the_numbers_of_a_drawing_are_no_telephone_number(tmp_path: Path) -> None:
    known = workspace(contact("ada-winter", phone="+1 555 001555"))
    gate = Gate(needles_of(known), CANARY)
    path = b'<path d="M12.5 55.00 15.55 9.1 8.25 7.75 3.5-1.25"/>'
    gate.check(str(site(tmp_path, path)), PACK)
    for written in (b"+1 555 001555", b"(555) 001-555.", b"001 555 001 555"):
        with pytest.raises(LeakRefusedError, match="telephone"):
            gate.check(str(site(tmp_path, written)), PACK)


def test_nine_words_of_a_note_always_hold_one_that_is_looked_for() -> None:
    words = fold(NOTE).split()
    looked_for = set(shingles(NOTE))
    for start in range(len(words) - 8):
        copied = " ".join(words[start : start + 9])
        assert any(shingle in copied for shingle in looked_for)
