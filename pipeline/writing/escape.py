"""Text that came from a file, a form or a comment, made harmless for Markdown.

No mention, reference, link, image, HTML or marker can be smuggled in by a name or a
note. Issues of the local tracker are read as plain text too, so only what would mean
something is changed. GitHub looks for mentions, references and addresses in the text
*after* Markdown is done, where backslash and entity are gone again; an invisible blank
is the one thing that stops it.
"""

import re
from collections.abc import Collection

BREAK = "\u200b"  # seen by nobody, and enough to keep GitHub from linking

# Controls, and what turns the direction of writing: nothing a name needs.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_MARKUP = re.compile(r"([\\`*\[\]|~$])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MENTION = re.compile(r"@(?=\w)")
_REFERENCE = re.compile(r"(#|\bgh-|\bghsa-|\bcve-)(?=\w)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(https?(?=:)|ftp(?=:)|mailto(?=:)|xmpp(?=:)|www(?=\.))", re.IGNORECASE
)
_AUTOLINK = re.compile(r"(?:https?://[^\s<>]+|[^\s<>@]+@[^\s<>@]+)")
_HASH = re.compile(r"\b(?=\d*[a-f])[0-9a-f]{7,64}\b", re.IGNORECASE)
_EMOJI = re.compile(r":(?=[\w+-])")
_LINE_START = re.compile(
    r"^(#{1,6}(?=\s|$)|[+\-=](?=\s|$|[-=])|\d{1,9}(?=[.)]))", re.MULTILINE
)


def inline(text: str) -> str:
    """Escape a text for one line of Markdown; line breaks become blanks."""
    return begun(_escaped(_on_one_line(text)))


def block(text: str) -> str:
    """Escape a text of several lines, each of which stays a line."""
    text = text.replace("\r\n", "\n").replace("\t", " ")
    return "\n".join(begun(_escaped(_clean(line))) for line in text.split("\n"))


def _on_one_line(text: str) -> str:
    return _clean(" ".join(text.split()))


def _clean(text: str) -> str:
    """Take away what nobody sees, and the blanks it may have kept apart."""
    return _UNSEEN.sub("", text).strip()


def begun(line: str) -> str:
    """Keep a line of escaped text from beginning a list, a heading or a rule."""
    return _LINE_START.sub(_held, line)


def _escaped(text: str) -> str:
    text = _MARKUP.sub(r"\\\1", text)
    text = _UNDERSCORE.sub(r"\\_", text)
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")
    return _unlinked(text)


def plain(text: str) -> str:
    """Clean a text for a title: no Markdown, and still searched for links."""
    text = _unlinked(_on_one_line(text))
    return text.replace("`", "'").replace("<!--", "<! --")


def _unlinked(text: str) -> str:
    """Break what GitHub would turn into a mention, a reference, a link or a picture."""
    text = _MENTION.sub(f"@{BREAK}", text)
    text = _REFERENCE.sub(rf"\1{BREAK}", text)
    text = _ADDRESS.sub(rf"\1{BREAK}", text)
    text = _EMOJI.sub(f":{BREAK}", text)
    return _HASH.sub(lambda found: BREAK.join(re.findall(".{1,6}", found[0])), text)


def _held(found: re.Match[str]) -> str:
    """Keep a line from beginning a list or a heading."""
    sign = found[1]
    return f"{sign}{BREAK}" if sign[0].isdigit() else f"\\{sign}"


def quote(text: str, addresses: Collection[str] = ()) -> str:
    """Lay a text out as a Markdown quotation, line by line.

    `addresses` of the user's own stay links, so that a copied message is whole.
    """
    known = sorted(filter(_AUTOLINK.fullmatch, addresses), key=len, reverse=True)
    own = (
        re.compile(f"({'|'.join(map(re.escape, known))})(?![\\w/-])") if known else None
    )
    lines = []
    for line in map(_clean, text.split("\n")):
        pieces = own.split(line) if own else [line]
        pieces[::2] = map(_escaped, pieces[::2])
        pieces[1::2] = (f"<{address}>" for address in pieces[1::2])
        lines.append(begun("".join(pieces).strip()))
    follows = [*lines[1:], ""]
    return "\n".join(
        f"> {line}{'  ' if after else ''}" if line else ">"
        for line, after in zip(lines, follows, strict=True)
    )


def harmless(text: str) -> str:
    """Break every HTML comment, so that only marks the program adds are marks."""
    return text.replace("<!--", "<! --")


def fence(text: str) -> str:
    """Put a text into a code block, where nothing has a meaning, to copy from."""
    text = harmless(_UNSEEN.sub("", text))
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    bar = "`" * max(3, longest + 1)
    return f"{bar}text\n{text}\n{bar}"


def code(text: str) -> str:
    """Put a word into a code span that no backtick in it can end."""
    text = harmless(_on_one_line(text))
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    bar = "`" * (longest + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{bar}{pad}{text}{pad}{bar}"


def link(text: str, address: str) -> str:
    """Make a Markdown link; anything but a web or mail address stays text."""
    from urllib.parse import quote as percent  # noqa: PLC0415

    if not re.match(r"(?:https?://|mailto:)\S+$", address):
        return f"{inline(text)} ({code(address)})"
    safe = percent(address, safe=":/?#@!$&'*+,;=%~-._")
    return f"[{inline(text)}]({safe})"
