"""Our Markdown as text for a terminal: folds open, tables in columns, mails by name.

It reads what the program wrote, not Markdown in general.
"""

import re
from collections.abc import Mapping, Sequence

from pipeline.commands import wording

_MAIL = re.compile(r"\((mailto:[^)\s]+)\)")
_LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
_RULES = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"<details><summary>(.*?)</summary>", re.DOTALL), r"--- \1 ---"),
    (re.compile(r"</?(?:details|summary|br)\s*/?>"), ""),
    (re.compile(r"\*\*(.+?)\*\*"), r"\1"),
    (re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|<>@~-])"), r"\1"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
    (re.compile(r"\n{3,}"), "\n\n"),
)
_FENCE = re.compile(r"^(`{3,})[a-z]*\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)


_TABLE = re.compile(r"(?:^\|.*\|$\n?)+", re.MULTILINE)
_CELL = re.compile(r"(?<!\\)\|")


def mail_links(texts: Sequence[str]) -> list[str]:
    """Give each mail link of an issue once, in order."""
    return list(dict.fromkeys(link for text in texts for link in _MAIL.findall(text)))


def mails_in(number: int, texts: Sequence[str], program: str) -> dict[str, str]:
    """Give each mail link of an issue with the command that opens it, in order."""
    return {
        link: f"{program} mail {number}" + (f" {index}" if index > 1 else "")
        for index, link in enumerate(mail_links(texts), start=1)
    }


def plain(markdown: str, mails: Mapping[str, str]) -> str:
    """Give Markdown of ours as text; a mail link that is not in `mails` is left out."""
    parts = _FENCE.split(markdown)  # text, fence, what it holds, text, ...
    told = [
        part if index % 3 == 2 else _prose(part, mails)
        for index, part in enumerate(parts)
        if index % 3 != 1
    ]
    return "\n\n".join(part.strip("\n") for part in told if part.strip())


def _prose(markdown: str, mails: Mapping[str, str]) -> str:
    import html  # noqa: PLC0415 - for people alone

    def link(found: re.Match[str]) -> str:
        text, address = found[1], found[2]
        if address.startswith("mailto:"):
            return f"{text}: {mails[address]}" if address in mails else ""
        return text if len(address) > 100 else f"{text} ({address})"

    text = _TABLE.sub(_in_columns, _LINK.sub(link, markdown))
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    lines = []
    for line in html.unescape(text).split("\n"):
        lines += wording.folded(line)
    return "\n".join(lines)


def _in_columns(table: re.Match[str]) -> str:
    rows = [
        [cell.strip() for cell in _CELL.split(line)[1:-1]]
        for line in table[0].splitlines()
        if not line.startswith("|---")
    ]
    return "\n".join(wording.columns(rows)) + "\n"
