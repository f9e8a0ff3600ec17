"""The last look before publishing: no byte of a site may speak of a person.

Every file and path is read in every form in which something could hide there. The gate
itself is tried first: what is sealed must be found before it is sealed.
"""

import binascii
import gzip
import html
import os
import re
from collections.abc import Iterable, Iterator

import ahocorasick
from msgspec import Struct

from pipeline.dashboard.needles import Needles, digits_together, fold, squeezed
from pipeline.errors import LeakRefusedError

FEWEST_FILES = 20  # of a site; fewer means that something else was looked at
MOST_TOLD = 20
NEAR = 120  # letters between a company and a name that make a pair
MOST_DIGITS = 17  # of a telephone number: fifteen, behind two zeros
BOARD = "dashboard/"
SEALED = (f"{BOARD}vault.jwe", f"{BOARD}key.jwe")
EXPECTED = frozenset(  # below the dashboard, and nothing else
    {"index.html", "door.js", "app.js", "jose.js", "board.css", "vault.jwe", "key.jwe"}
)

_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){6,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{12,}")
_PERCENT = re.compile(rb"%([0-9a-fA-F]{2})")
_BYTES = {b"%02x" % number: bytes([number]) for number in range(256)}
# The header of a JWE with our encryption, and four parts; what is in them is noise.
_SEALED = re.compile(rb"ey[\w-]+(?:\.[\w-]+){4}")
_ESCAPED = re.compile(r"\\u\{?([0-9a-fA-F]{1,6})\}?|\\x([0-9a-fA-F]{2})")


class Leak(Struct, frozen=True, order=True):
    """Something that must not be there: in which file, what it is, what it says."""

    path: str
    kind: str
    found: str


class Gate:
    """Looks for what must not be published; made once for a build."""

    def __init__(self, needles: Needles, canary: str) -> None:
        """`canary` is a string that stands in the vault and nowhere else."""
        self._canary = fold(canary)
        self._kinds = {**needles.texts, self._canary: "the canary"}
        self._numbers = needles.numbers
        self._pairs: dict[str, set[str]] = {}  # company ▸ words of names there
        for pair in needles.pairs:
            self._pairs.setdefault(pair.company, set()).update(pair.words)
        self._texts = _automaton(self._kinds)
        self._digits = _automaton(needles.numbers)
        self._companies = _automaton(self._pairs)

    def check(self, site: str, pack: bytes) -> int:
        """Give how many files were read; raises LeakRefusedError for any leak.

        `pack` is what goes into the vault, as yet unsealed: the positive control.
        """
        if not any(leak.kind == "the canary" for leak in self.leaks_in("", pack)):
            raise _refused("the gate does not find what it should", 0)
        paths = list(_files(site))
        if len(paths) < FEWEST_FILES:
            raise _refused(f"only {len(paths)} files were built", 0)
        leaks: set[Leak] = set()
        for path in paths:
            leaks.update(_out_of_place(path))
            leaks.update(self.leaks_in(path, path.encode()))
            with open(os.path.join(site, path), "rb") as file:
                data = file.read()
            if path in SEALED and not _SEALED.fullmatch(data.strip()):
                leaks.add(Leak(path, "something that is not sealed", path))
            leaks.update(self.leaks_in(path, data))
        if leaks:
            told = "; ".join(
                f"{leak.path}: {leak.kind} ({leak.found})"
                for leak in sorted(leaks)[:MOST_TOLD]
            )
            raise _refused(told, len(leaks))
        return len(paths)

    def leaks_in(self, path: str, data: bytes) -> Iterator[Leak]:
        """Give what is found in one file, in whatever form."""
        for folded in readings(data):
            for found in _whole_words(self._texts, folded):
                yield Leak(path, self._kinds[found], found)
            if self._numbers:
                together = digits_together(folded)
                for end, found in self._digits.iter(together):
                    if _ends_a_number(together, end):
                        yield Leak(path, self._numbers[found], found)
            yield from self._pairs_in(path, folded)

    def _pairs_in(self, path: str, folded: str) -> Iterator[Leak]:
        for company in set(_whole_words(self._companies, folded)):
            words = self._pairs[company]
            if any(
                not words.isdisjoint(a.split(" ")) for a in _around(folded, company)
            ):
                yield Leak(path, "a name beside its company", company)


def _refused(what: str, count: int) -> LeakRefusedError:
    error = LeakRefusedError(f"not published, since {what}")
    error.in_public = f"not published: {count or 'no'} leaks found, or nothing to check"
    return error


def _files(site: str) -> Iterator[str]:
    for folder, _, names in sorted(os.walk(site)):
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), site)
            yield path.replace(os.sep, "/")


def _out_of_place(path: str) -> Iterator[Leak]:
    if path.startswith(BOARD) and path.removeprefix(BOARD) not in EXPECTED:
        yield Leak(path, "a file that does not belong there", path)
    if path.endswith((".yml", ".yaml", ".jwk", ".ics")):
        yield Leak(path, "a file of yours", path)


# --- matching ------------------------------------------------------------------


def _automaton(needles: Iterable[str]) -> "ahocorasick.Automaton":
    made = ahocorasick.Automaton()
    for needle in needles:
        made.add_word(needle, needle)
    made.make_automaton()
    return made


def _whole_words(automaton: "ahocorasick.Automaton", text: str) -> Iterator[str]:
    """Give the needles that stand in a text by themselves, not within a word."""
    if not len(automaton):
        return
    for end, needle in automaton.iter(text):
        start = end - len(needle) + 1
        before, after = (
            text[start - 1 : start] if start else "",
            text[end + 1 : end + 2],
        )
        within = (before.isalnum() and needle[0].isalnum()) or (
            after.isalnum() and needle[-1].isalnum()
        )
        if not within:
            yield needle


def _ends_a_number(text: str, end: int) -> bool:
    """Say whether digits are the end of a telephone number, not of a drawing's path."""
    run = re.search(r"\d+\Z", text[max(0, end - MOST_DIGITS) : end + 1])
    assert run is not None
    return len(run[0]) <= MOST_DIGITS and not text[end + 1 : end + 2].isdigit()


def _around(text: str, needle: str) -> Iterator[str]:
    """Give what stands near each place of a needle, as words between single blanks."""
    at = text.find(needle)
    while at >= 0:
        near = text[max(0, at - NEAR) : at] + " " + text[at + len(needle) :][:NEAR]
        yield re.sub(r"\W+", " ", near)
        at = text.find(needle, at + 1)


# --- forms ---------------------------------------------------------------------


def readings(data: bytes) -> Iterator[str]:
    """Give a file's content in every form in which it can be read, folded."""
    if data.startswith(b"\x1f\x8b"):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError):
            return
    text = data.decode("utf-8", "replace")
    yield fold(text)
    if _SEALED.fullmatch(data):
        return
    yield from map(fold, _spelt_out(text, data))
    yield squeezed("\n".join(_decoded_hex(text)))
    yield squeezed("\n".join(_decoded_base64(text)))


def _spelt_out(text: str, data: bytes) -> Iterator[str]:
    if b"\0" in data:
        yield data.decode("utf-16-le", "replace")
        yield data.decode("utf-16-be", "replace")
    if _PERCENT.search(data):
        blanks = data.replace(b"+", b" ")
        plain = _PERCENT.sub(lambda found: _BYTES[found[1].lower()], blanks)
        yield plain.decode("utf-8", "replace")
    unescaped = html.unescape(text)
    if unescaped != text:
        yield unescaped
    if _ESCAPED.search(text):
        yield _ESCAPED.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text)


def _decoded_hex(text: str) -> Iterator[str]:
    for run in _HEX.findall(text):
        yield bytes.fromhex(run).decode("utf-8", "replace")


def _decoded_base64(text: str) -> Iterator[str]:
    """Decode every run that could be base64, wherever in it the code begins."""
    for run in _BASE64.findall(text.replace("\n", "")):
        plain = run.translate(_STANDARD)
        for start in range(4):
            whole = plain[start : start + (len(plain) - start) // 4 * 4]
            try:
                yield binascii.a2b_base64(whole).decode("utf-8", "ignore")
            except binascii.Error:
                continue


_STANDARD = str.maketrans("-_", "+/")
