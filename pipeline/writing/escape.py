"""Text that came from a file, a form or a comment, made harmless for Markdown.

No mention, reference, link, image, HTML or marker can be smuggled in by a name or a
note. What it does not change still reads as the person wrote it.
"""

import re

BREAK = "\u200b"  # seen by nobody, and enough to keep GitHub from linking

_PUNCTUATION = re.compile(r"([\\`*_\[\]|~])")
_MENTION = re.compile(r"(?<![A-Za-z0-9])@(?=[A-Za-z0-9])")
_REFERENCE = re.compile(r"(?i)(#|\bgh-)(?=\d)")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto)(?=:)|\b(www)(?=\.)")
_HASH = re.compile(r"\b([0-9a-f]{7})(?=[0-9a-f]{0,33}\b)", re.IGNORECASE)
_LINE_START = re.compile(r"^(\s*)([#+\->=]|\d{1,9}[.)])", re.MULTILINE)


def inline(text: str) -> str:
    """Escape a text for one line of Markdown; line breaks become blanks."""
    return block(" ".join(text.split()))


def block(text: str) -> str:
    """Escape a text of several lines, each of which stays a line."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _PUNCTUATION.sub(r"\\\1", text)
    text = _MENTION.sub(f"@{BREAK}", text)
    text = _REFERENCE.sub(rf"\1{BREAK}", text)
    text = _LINK.sub(lambda found: f"{found[0]}{BREAK}", text)
    text = _HASH.sub(_split_hash, text)
    return _LINE_START.sub(lambda found: f"{found[1]}{BREAK}{found[2]}", text)


def _split_hash(found: re.Match[str]) -> str:
    """Break what could be a commit's name; a plain number is left alone."""
    return found[1] if found[1].isdigit() else f"{found[1]}{BREAK}"


def harmless(text: str) -> str:
    """Break every HTML comment, so that only marks the program adds are marks."""
    return text.replace("<!--", "<! --")


def quote(text: str) -> str:
    """Lay a text out as a Markdown quotation, line by line."""
    lines = block(text).split("\n")
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def code(text: str) -> str:
    """Put a short text into code marks on a line, where nothing has a meaning."""
    plain = " ".join(harmless(text).replace("`", "'").split())
    return f"`{plain}`"


def fence(text: str) -> str:
    """Put a text into a code block, where nothing has a meaning, to copy from."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    bar = "`" * max(3, longest + 1)
    return f"{bar}text\n{text}\n{bar}"


def link(text: str, address: str) -> str:
    """Make a Markdown link; blanks and brackets in the address are encoded."""
    from urllib.parse import quote as percent  # noqa: PLC0415

    safe = percent(address, safe=":/?#[]@!$&'*+,;=%~-._")
    return f"[{inline(text)}]({safe})"
