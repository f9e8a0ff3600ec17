"""The last look before publishing: no byte of a site may speak of a person.

Every file and path is read in every form in which something could hide there. The gate
itself is tried first: what is sealed must be found before it is sealed.
"""

import gzip
import html
import os
import re
from binascii import a2b_base64
from collections.abc import Collection, Iterable, Iterator

import ahocorasick
from msgspec import Struct

from pipeline.dashboard.needles import Needles, endings_of_numbers, fold, squeezed
from pipeline.errors import LeakRefusedError

FEWEST_FILES = 20  # of a site; fewer means that something else was looked at
MOST_TOLD = 20
TRIED = 64 * 1024  # bytes of what is to be sealed, in which the gate must find
NEAR = 120  # letters between a company and a name that make a pair
BOARD = "dashboard/"
SEALED = (f"{BOARD}vault.jwe", f"{BOARD}key.jwe")
EXPECTED = frozenset(  # below the dashboard, and nothing else
    {"index.html", "door.js", "app.js", "jose.js", "board.css", "vault.jwe", "key.jwe"}
)

# UTF-8, in a file that is no text.
_PIECE = re.compile(
    rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]"
    rb"|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}"
    rb"|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}){3,}"
)
_MANY_ZEROS = 1 / 8  # of the bytes of a text in UTF-16; of noise it is one in 256
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}){6,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{12,}")
_BLANKS = "ICAg"  # three, in base64
_PERCENT = re.compile("%[0-9a-f]{2}")
_PERCENT_BYTE = re.compile(b"%([0-9a-f]{2})")
_BYTES = {b"%02x" % number: bytes([number]) for number in range(256)}
# The header of a JWE with our encryption, and four parts; what is in them is noise.
_SEALED = re.compile(rb"ey[\w-]+(?:\.[\w-]+){4}")
_ESCAPED = re.compile(r"\\u\{?([0-9a-f]{1,6})\}?|\\x([0-9a-f]{2})")


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
        self._words = _automaton({**self._kinds, **self._pairs})

    def check(self, site: str, pack: bytes) -> int:
        """Give how many files were read; raises LeakRefusedError for any leak.

        `pack` is what goes into the vault, as yet unsealed: in its beginning the canary
        must be found, or nothing else would be.
        """
        tried = self.leaks_in("", pack[:TRIED])
        if not any(leak.kind == "the canary" for leak in tried):
            raise _refused("the gate does not find what it should", 0)
        paths = list(_files(site))
        if len(paths) < FEWEST_FILES:
            raise _refused(f"only {len(paths)} files were built", 0)
        return self.check_files(site, paths)

    def check_files(self, site: str, paths: Collection[str]) -> int:
        """Look at some files of a site alone, as for what is added to it at last."""
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
            companies = set()
            for found in _whole_words(self._words, folded):
                if found in self._kinds:
                    yield Leak(path, self._kinds[found], found)
                if found in self._pairs:
                    companies.add(found)
            for company in companies:
                if self._is_paired(company, folded):
                    yield Leak(path, "a name beside its company", company)
            for ending in endings_of_numbers(folded):
                if ending in self._numbers:
                    yield Leak(path, self._numbers[ending], ending)

    def _is_paired(self, company: str, folded: str) -> bool:
        """Say whether a name of somebody there stands near a company."""
        words = self._pairs[company]
        near = _around(folded, company)
        return any(not words.isdisjoint(each.split(" ")) for each in near)


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


def _around(text: str, needle: str) -> Iterator[str]:
    """Give what stands near each place of a needle, as words between single blanks."""
    at = text.find(needle)
    while at >= 0:
        end = at + len(needle)
        near = f"{text[max(0, at - NEAR) : at]} {text[end : end + NEAR]}"
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
    text = _text_in(data) if b"\0" in data else data.decode("utf-8", "replace")
    folded = fold(text)
    yield folded
    if _SEALED.fullmatch(data):
        return
    yield from map(fold, _spelt_out(folded))
    is_wide = data.count(0) > len(data) * _MANY_ZEROS
    yield from map(fold if is_wide else squeezed, _decoded(text, data))


def _text_in(data: bytes) -> str:
    """Give what can be read in a picture or the like, without the noise between."""
    return b"\n".join(_PIECE.findall(data)).decode()


def _spelt_out(folded: str) -> Iterator[str]:
    """Give a text with what stands for letters replaced by them; codes have no case."""
    if _PERCENT.search(folded):
        data = folded.replace("+", " ").encode()
        plain = _PERCENT_BYTE.sub(lambda found: _BYTES[found[1]], data)
        yield plain.decode("utf-8", "replace")
    unescaped = html.unescape(folded)
    if unescaped != folded:
        yield unescaped
    if _ESCAPED.search(folded):
        yield _ESCAPED.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), folded)


def _decoded(text: str, data: bytes) -> Iterator[str]:
    """Decode UTF-16, hexadecimal, and base64 wherever in a run the code begins."""
    if b"\0" in data:
        yield data.decode("utf-16-le", "replace")
        yield data.decode("utf-16-be", "replace")
    pairs = "0a".join(_HEX.findall(text))
    yield bytes.fromhex(pairs).decode("utf-8", "replace")
    plain = text.replace("\n", "").replace("-", "+").replace("_", "/")
    runs = _BASE64.findall(plain)
    for start in range(4):
        quads = [run[start : start + (len(run) - start) // 4 * 4] for run in runs]
        yield a2b_base64(_BLANKS.join(quads)).decode("utf-8", "ignore")
