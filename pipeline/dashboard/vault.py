"""Seals the dashboard for its owner alone, and opens it: JOSE (RFC 7516 and 7518).

The build knows only the public key, so nothing that can be stolen from it opens
anything. No passphrase is ever chosen by a person or written anywhere.
"""

import gzip
import io
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files

from jwcrypto import jwa
from jwcrypto.common import JWException
from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK
from msgspec import Struct
from xkcdpass import xkcd_password

from pipeline.errors import DataError

WORDS = 7  # of 7,776: about 90 bits
ITERATIONS = 1_000_000  # of PBKDF2 with SHA-512, on every try to open the key
FLOOR = 64 * 1024  # bytes; everything smaller looks the same from outside

_SEALED = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"}
_WRAPPED = {"alg": "PBES2-HS512+A256KW", "enc": "A256GCM"}
_ALGORITHMS = ["ECDH-ES+A256KW", "PBES2-HS512+A256KW", "A256GCM"]
_COMMENT = 10  # where a gzip header without other fields holds its comment
_HAS_COMMENT = 0x10


class Keys(Struct, frozen=True):
    """A fresh pair: `public` may be seen by all, `wrapped` opens by the passphrase."""

    public: str  # JWK
    wrapped: str  # JWE, compact
    passphrase: str


def make_keys() -> Keys:
    """Make a pair and the only passphrase that opens it."""
    pair = JWK.generate(kty="EC", crv="P-256")
    passphrase = new_passphrase()
    return Keys(
        public=str(pair.export_public()),
        wrapped=wrap(str(pair.export_private()), passphrase),
        passphrase=passphrase,
    )


def new_passphrase() -> str:
    """Draw seven words of the EFF's list for dice."""
    with as_file(files("xkcdpass").joinpath("static", "eff-long")) as path:
        words = xkcd_password.generate_wordlist(
            wordfile=str(path), min_length=1, max_length=99
        )
    return " ".join(secrets.choice(words) for _ in range(WORDS))


def wrap(private: str, passphrase: str, iterations: int = ITERATIONS) -> str:
    """Lock a private key (JWK) behind a passphrase."""
    made = JWE(private.encode(), {**_WRAPPED, "p2c": iterations}, algs=_ALGORITHMS)
    with _many_iterations():
        made.add_recipient(_password(passphrase))
    return str(made.serialize(compact=True))


def unwrap(wrapped: str, passphrase: str) -> str:
    """Give the private key (JWK); raises DataError for any other passphrase."""
    try:
        with _many_iterations():
            return _opened(wrapped, _password(passphrase)).decode()
    except (JWException, ValueError) as error:
        message = "that passphrase is not right, or the key file is damaged"
        raise DataError(f"{message}; nothing was opened") from error


def seal(data: bytes, public: str) -> str:
    """Lock bytes for the owner of a public key (JWK); their size shows in steps only.

    Raises DataError where the key is none of ours.
    """
    made = JWE(padded(data), _SEALED, algs=_ALGORITHMS)
    made.add_recipient(_public(public))
    return str(made.serialize(compact=True))


def open_sealed(sealed: str, private: str) -> bytes:
    """Give what was sealed; raises DataError where it is damaged or another's."""
    try:
        return gzip.decompress(_opened(sealed, JWK.from_json(private)))
    except (JWException, ValueError, OSError, EOFError) as error:
        message = "the vault is damaged, or belongs to another key"
        raise DataError(
            f"{message}; build it anew with `./notyet site build`"
        ) from error


# --- sizes ---------------------------------------------------------------------


def padded(data: bytes) -> bytes:
    """Compress, and fill the comment of the gzip header up to the next size step."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, filename="") as file:
        file.write(data)
    plain = buffer.getvalue()
    blanks = size_step(len(plain) + 1) - len(plain) - 1
    head = bytearray(plain[:_COMMENT])
    head[3] |= _HAS_COMMENT
    return bytes(head) + b" " * blanks + b"\0" + plain[_COMMENT:]


def size_step(size: int) -> int:
    """Give the next size that tells little: 64 KiB, then Padmé's (at most 12 % more).

    Padmé: Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and
    Communication with PURBs", 2019, section 4.
    """
    if size <= FLOOR:
        return FLOOR
    exponent = size.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << (exponent - kept)) - 1
    return (size + mask) & ~mask


# --- JOSE ----------------------------------------------------------------------


def _password(passphrase: str) -> JWK:
    return JWK.from_password(normalised(passphrase))


def normalised(passphrase: str) -> str:
    """Give a passphrase as it was shown, however it was typed."""
    return " ".join(filter(None, re.split(r"[\s-]+", passphrase.lower())))


def _public(public: str) -> JWK:
    try:
        key = JWK.from_json(public)
    except (JWException, ValueError) as error:
        message = "state/dashboard.pub.jwk is no key"
        raise DataError(
            f"{message}; make a new pair with `./notyet site keygen`"
        ) from error
    if key.get("crv") != "P-256" or key.has_private:
        message = "state/dashboard.pub.jwk is not one of our public keys"
        raise DataError(f"{message}; make a new pair with `./notyet site keygen`")
    return key


def _opened(text: str, key: JWK) -> bytes:
    made = JWE(algs=_ALGORITHMS)
    made.deserialize(text.strip(), key)
    return bytes(made.payload)


@contextmanager
def _many_iterations() -> Iterator[None]:
    """Let the library take as many iterations as we ask for; its own limit is 16,384.

    That limit guards servers against headers of strangers; ours are our own.
    """
    before = jwa.default_max_pbkdf2_iterations
    jwa.default_max_pbkdf2_iterations = ITERATIONS
    try:
        yield
    finally:
        jwa.default_max_pbkdf2_iterations = before
