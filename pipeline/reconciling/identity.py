"""What ties an issue to a follow-up: keys, the marker, digests of what we wrote.

Nothing here looks at a tracker; bodies come in and go out as texts.
"""

import re

from msgspec import Struct

from pipeline.model import Step, TouchRef

FRONT_DESK = "front-desk"
YOURS = "<!-- yours -->"
LABEL = "follow-up"

_MARKER = re.compile(
    r"<!-- notyet:v1 key=(?P<key>[a-z0-9-]+(?:/[a-z_]+/[0-9]+)?) gen=(?P<gen>[0-9]+)"
    r" doc=(?P<doc>[a-z0-9-]*) digest=(?P<title>[0-9a-f]*)\.(?P<body>[0-9a-f]*) -->"
)
_ACK = re.compile(r"<!-- notyet:ack (\S+) -->")


class Marker(Struct, frozen=True, kw_only=True):
    """The versioned comment in an issue's body; digests are of what we last wrote."""

    key: str
    gen: int = 0
    doc: str = ""
    title: str = ""
    body: str = ""

    def __str__(self) -> str:
        """Write it as it stands in a body."""
        digests = f"{self.title}.{self.body}"
        return (
            f"<!-- notyet:v1 key={self.key} gen={self.gen} doc={self.doc} "
            f"digest={digests} -->"
        )


class Body(Struct, frozen=True):
    """An issue's body taken apart; `marker` is None where it carries none of ours."""

    managed: str
    marker: Marker | None
    yours: str


def key_parts(key: str) -> tuple[str, TouchRef] | None:
    """Give slug and follow-up of a key; None for the front desk."""
    slug, _, rest = key.partition("/")
    step, _, number = rest.partition("/")
    if not number:
        return None
    return slug, TouchRef(Step(step), int(number))


def slug_of(key: str) -> str:
    """Give the slug of a key."""
    return key.partition("/")[0]


def split_body(body: str) -> Body:
    """Take a body apart at its first marker."""
    body = body.replace("\r\n", "\n")
    found = _MARKER.search(body)
    if found is None:
        return Body(body, None, "")
    marker = Marker(
        key=found["key"],
        gen=int(found["gen"]),
        doc=found["doc"],
        title=found["title"],
        body=found["body"],
    )
    rest = body[found.end() :]
    _, mark, yours = rest.partition(YOURS)
    return Body(
        body[: found.start()].rstrip(), marker, (yours if mark else rest).lstrip("\n")
    )


def join_body(managed: str, marker: Marker, yours: str) -> str:
    """Put a body together: ours, the marker, theirs."""
    return f"{managed}\n\n{marker}\n{YOURS}\n{yours}".rstrip("\n") + "\n"


def differs(new: str, old: str) -> bool:
    """Say whether two bodies differ in more than their ends and line ends."""
    return new.strip() != old.replace("\r\n", "\n").strip()


def digest(text: str) -> str:
    """Give a short digest in which line ends and trailing blanks do not count."""
    import hashlib  # noqa: PLC0415 - only where there is an issue

    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    normal = "\n".join(lines).strip("\n")
    return hashlib.sha256(normal.encode()).hexdigest()[:12]


def marked(key: str, gen: int, doc: str | None, title: str, managed: str) -> Marker:
    """Make the marker for a text of ours."""
    return Marker(
        key=key, gen=gen, doc=doc or "", title=digest(title), body=digest(managed)
    )


def ack(what: str) -> str:
    """Write the line that ends every comment of ours."""
    return f"<!-- notyet:ack {what} -->"


def acks_in(text: str) -> tuple[str, ...]:
    """Give what a comment of ours acknowledges."""
    return tuple(_ACK.findall(text))
