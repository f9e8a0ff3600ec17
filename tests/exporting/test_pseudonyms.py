"""An export for showing to others: stand-ins, and nothing of the original."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from pipeline.exporting.bundle import bundle
from pipeline.exporting.pseudonyms import redacted
from pipeline.files.workspace import load
from pipeline.model import FORGOTTEN, Contact, Document, Workspace
from pipeline.planning.history import in_force
from tests.conftest import ROOT
from tests.exporting.test_reading_back import check
from tests.factories import contact, day, document, event, rejection, workspace

TODAY = day("2026-11-23")
# What the files say beside people, and may say again.
KEPT = ("touch", "role", "channel", "formality", "language", "country", "cadence")
KEPT_ENUMS = ("stage", "cause", "introduced_by", "kind", "proof", "share", "event")
KEPT_SAID = ("tone", "mode", "scope")


def texts(value: Struct) -> Iterator[str]:
    """Give every text of a value that could give somebody away."""
    for name in value.__struct_fields__:
        if name in (*KEPT, *KEPT_ENUMS, *KEPT_SAID):
            continue
        each = getattr(value, name)
        for part in each if isinstance(each, tuple) else (each,):
            if isinstance(part, Struct):
                yield from texts(part)
            elif isinstance(part, str):
                yield part


def originals(whole: Workspace) -> set[str]:
    values: list[Struct] = [*whole.contacts.values(), *whole.documents.values()]
    values += whole.settings.history
    values += [whole.settings.you] if whole.settings.you else []
    found = {text for value in values for text in texts(value)}
    return {each for each in found if len(each) >= 6} - {FORGOTTEN}


def shown(whole: Workspace) -> str:
    files = bundle(whole, TODAY, {"contacts/x.yml": b"name: [Dana"}, redact=True)
    assert not any(path.startswith("unread") for path in files)
    del_readme = [data for path, data in files.items() if path != "README.md"]
    return b"\n".join(del_readme).decode().replace("\r\n ", "")


def test_nothing_of_three_years_is_recognised() -> None:
    whole = load(str(ROOT / "examples" / "three-years"))
    text, wanted = shown(whole), originals(whole)
    assert len(wanted) > 200
    assert [each for each in wanted if each in text] == []


WORD = st.text("QXZJKÜØ", min_size=7, max_size=12)
TEXT = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
SLUG = st.from_regex(r"[qxzjk]{7,12}", fullmatch=True)


@st.composite
def people(draw: st.DrawFn) -> Contact:
    def text() -> str:
        return draw(TEXT)

    return contact(
        draw(SLUG),
        None,
        name=text(),
        company=text(),
        email=f"{draw(SLUG)}@{draw(SLUG)}.example.com",
        subdivision=draw(SLUG),
        cadence=draw(SLUG),
        address_as=text(),
        title=text(),
        phone=text(),
        linkedin=text(),
        postal_address=text(),
        tags=(text(),),
        notes=text(),
        shared_before=(draw(SLUG),),
        referred_by=draw(SLUG),
        since=day("2026-01-02"),
        rejections=(
            rejection(
                position=text(),
                company=text(),
                needs=(text(),),
                topics=(text(),),
                posting_url=f"https://{draw(SLUG)}.example.com",
                source=text(),
            ),
        ),
        history=(
            event("2026-02-03", "referred", to=draw(SLUG), source=text()),
            event("2026-02-04", "moved", company=text()),
            event("2026-02-05", "bounced", address=f"{draw(SLUG)}@x.example.com"),
            event("2026-02-06", "sent", document=draw(SLUG), sha256=text()),
            event("2026-02-07", "assessed", text=text(), needs=(text(),)),
            event("2026-02-08", "ended", reason=text()),
            event("2026-02-09", "undone", of=text()),
        ),
    )


DOCUMENTS = st.builds(
    lambda id_, title, word: document(
        id_,
        title=title,
        summary=title,
        file=word,
        tags=(word,),
        note_ideas=(title,),
        url=f"https://{id_}.example.com",
    ),
    SLUG,
    TEXT,
    WORD,
)


@given(
    st.lists(people(), min_size=1, max_size=3, unique_by=lambda each: each.slug),
    st.lists(DOCUMENTS, max_size=2, unique_by=lambda each: each.id),
)
def test_no_original_text_survives(
    contacts: list[Contact], documents: list[Document]
) -> None:
    whole = workspace(*contacts, documents=tuple(documents))
    text = shown(whole)
    words = {word for each in originals(whole) for word in each.split()}
    left = words - {"Torres"}
    assert [each for each in left if each in text] == []
    assert "Maya" not in text
    check(redacted(whole))


def test_the_same_person_is_the_same_everywhere() -> None:
    dana = contact(
        "dana-okafor",
        company="Brightwater",
        history=(event("2026-02-03", "referred", to="lee-park"),),
    )
    lee = contact(
        "lee-park", "2026-03-01", company="BRIGHT water", referred_by="dana-okafor"
    )
    found = redacted(workspace(lee, dana)).contacts
    assert list(found) == ["person-1", "person-2"]
    assert found["person-1"].history[0].to == "person-2"
    assert found["person-2"].referred_by == "person-1"
    assert {each.company for each in found.values()} == {"Company 1"}


def test_later_people_change_no_earlier_stand_in() -> None:
    dana, lee = contact("dana-okafor"), contact("lee-park", "2026-03-01")
    before = redacted(workspace(dana, lee)).contacts
    later = replace(contact("ana-sol", "2026-04-01"))
    after = redacted(workspace(later, dana, lee)).contacts
    assert {slug: after[slug] for slug in before} == dict(before)


def test_what_was_taken_back_stays_taken_back_and_nothing_else() -> None:
    said = (
        event("2026-02-03", "moved", company="Newer", source="closed:1:x"),
        event("2026-02-04", "ended"),
        event("2026-02-05", "undone", of="closed:1:x", source="command:2"),
    )
    found = redacted(workspace(contact(history=said))).contacts["person-1"]
    kinds = [each.event.value for each in in_force(found.history, TODAY)]
    assert kinds == ["ended"]
