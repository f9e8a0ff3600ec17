"""The page's reader of sealed files, against the published vectors and our own seals.

Where an RFC's example uses a content encryption that we do not accept, the steps that
lead to its key are held against it: RFC 7520 sections 5.3 and 5.5, RFC 7518 appendix C,
RFC 3394 section 4.6.
"""

import base64
import json
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from pipeline.dashboard import vault

ASK = "async (given) => { const jose = await import('/jose.js'); %s }"
B64 = "const text = (raw) => btoa(String.fromCharCode(...new Uint8Array(raw)));"
UNB64 = "const raw = (text) => jose.bytes(text);"

KEYS = vault.make_keys()
PRIVATE = vault.unwrap(KEYS.wrapped, KEYS.passphrase)


@pytest.fixture(scope="module")
def page(browser: Browser, serve: Callable[[Path], str]) -> Iterator[Page]:
    with as_file(files("pipeline.dashboard").joinpath("static")) as folder:
        opened = browser.new_page()
        opened.goto(f"{serve(folder)}/jose.js")
        yield opened
        opened.close()


def ask(page: Page, code: str, given: object) -> Any:
    return page.evaluate(ASK % f"{B64}{UNB64}{code}", given)


def kind_of_refusal(page: Page, way: str, *given: str) -> Any:
    code = f"""
    try {{ await jose.{way}(...given); return "opened"; }}
    catch (error) {{
      return error instanceof jose.JoseError ? error.kind : String(error);
    }}
    """
    return ask(page, code, list(given))


# --- published vectors ---------------------------------------------------------


def test_rfc_7520_5_3_a_key_behind_a_passphrase(page: Page) -> None:
    code = """
    const key = await jose.passphraseKey(given.passphrase, raw(given.p2s), given.p2c);
    const inside = await jose.unwrap(raw(given.wrapped), key, "x", "AES-GCM", true);
    return text(await crypto.subtle.exportKey("raw", inside));
    """
    given = {
        "passphrase": "entrap_o\u2013peter_long\u2013credit_tun",
        "p2s": "8Q1SzinasR3xchYz6ZZcHA",
        "p2c": 8192,
        "wrapped": "d3qNhUWfqheyPp4H8sjOWsDYajoej4c5Je6rlUtFPWdgtURtmeDV1g",
    }
    expected = "uwsjJXaBK407Qaf0/zpcpmr1Cs0CC50hIUEyGNEt3m0="
    assert ask(page, code, given) == expected


def test_rfc_7520_5_5_agreement_on_p_256(page: Page) -> None:
    code = """
    const secret = await jose.agree(given.epk, JSON.stringify(given.key));
    return text(await jose.concatKdf(secret, "A128CBC-HS256", 256));
    """
    given = {
        "key": {
            "kty": "EC",
            "crv": "P-256",
            "x": "Ze2loSV3wrroKUN_4zhwGhCqo3Xhu1td4QjeQ5wIVR0",
            "y": "HlLtdXARY_f55A3fnzQbPcm6hgr34Mp8p-nuzQCE0Zw",
            "d": "r_kHyZ-a06rmxM3yESK84r1otSg-aQcVStkRhA-iCM8",
        },
        "epk": {
            "kty": "EC",
            "crv": "P-256",
            "x": "mPUKT_bAWGHIhg0TpjjqVsP1rXWQu_vwVOHHtNkdYoA",
            "y": "8BQAsImGeAS46fyWw5MhYfGTT0IjBpFw2SS34Dv4Irs",
        },
    }
    expected = "hzHdlfQIAEehb8Hrd/mFRhKsKLEzPfshfXs9l6areCc="
    assert ask(page, code, given) == expected


def test_rfc_7518_appendix_c_deriving_a_key(page: Page) -> None:
    code = """
    const word = new TextEncoder();
    return text(await jose.concatKdf(
      raw(given), "A128GCM", 128, word.encode("Alice"), word.encode("Bob")));
    """
    secret = "nlbZHYFxNdNyg0KDv4QmnPsxbqPagGpI9tqneYz-kMQ"
    assert ask(page, code, secret) == "VqqN6vgjbSBcIijNcacQGg=="


def test_rfc_3394_4_6_unwrapping(page: Page) -> None:
    code = """
    const hex = (t) => Uint8Array.from(t.match(/../g), (two) => parseInt(two, 16));
    const key = await jose.keyForUnwrapping(hex(given.key));
    const inside = await jose.unwrap(hex(given.wrapped), key, "x", "AES-GCM", true);
    return text(await crypto.subtle.exportKey("raw", inside));
    """
    given = {
        "key": bytes(range(32)).hex(),
        "wrapped": "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326"
        "cbc7f0e71a99f43bfb988b9b7a02dd21",
    }
    expected = "ABEiM0RVZneImaq7zN3u/wABAgMEBQYHCAkKCwwNDg8="
    assert ask(page, code, given) == expected


# --- our own files -------------------------------------------------------------


def test_it_opens_what_the_program_sealed(page: Page) -> None:
    code = """
    const key = await jose.openWithPassphrase(given.wrapped, given.passphrase);
    const packed = await jose.openWithKey(given.vault, key);
    const unpacked = new DecompressionStream("gzip");
    return await new Response(new Blob([packed]).stream().pipeThrough(unpacked)).text();
    """
    given = {
        "wrapped": KEYS.wrapped,
        "passphrase": KEYS.passphrase,
        "vault": vault.seal("what stands in it, señor".encode(), KEYS.public),
    }
    assert ask(page, code, given) == "what stands in it, señor"


def test_a_wrong_passphrase_is_told_from_a_damaged_file(page: Page) -> None:
    refusal = kind_of_refusal(page, "openWithPassphrase", KEYS.wrapped, "wrong words")
    assert refusal == "passphrase"


@pytest.mark.parametrize("part", range(5))
def test_a_changed_letter_in_any_part_is_damage(page: Page, part: int) -> None:
    parts = vault.seal(b"x", KEYS.public).split(".")
    middle = len(parts[part]) // 2
    letter = "A" if parts[part][middle] != "A" else "B"
    parts[part] = f"{parts[part][:middle]}{letter}{parts[part][middle + 1 :]}"
    refusal = kind_of_refusal(page, "openWithKey", ".".join(parts), PRIVATE)
    assert refusal in ("damaged", "refused")


def header(**changed: object) -> str:
    """Give the wrapped key with another header."""
    head, _, rest = KEYS.wrapped.partition(".")
    fields = json.loads(base64.urlsafe_b64decode(f"{head}=="))
    fields |= changed
    fields = {name: value for name, value in fields.items() if value is not None}
    text = base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")
    return f"{text}.{rest}"


@pytest.mark.parametrize(
    "changed",
    [
        {"alg": "PBES2-HS256+A128KW"},
        {"alg": "dir"},
        {"alg": "none"},
        {"alg": "ECDH-ES+A256KW"},
        {"alg": None},
        {"enc": "A128CBC-HS256"},
        {"enc": "A128GCM"},
        {"zip": "DEF"},
        {"crit": ["exp"]},
        {"kid": "x"},
        {"p2c": 1_000_001},
        {"p2c": 999},
        {"p2c": "1000000"},
        {"p2c": 1e300},
    ],
)
def test_every_other_header_is_refused(page: Page, changed: dict[str, object]) -> None:
    text = header(**changed)
    assert kind_of_refusal(page, "openWithPassphrase", text, "x") == "refused"


@pytest.mark.parametrize(
    "text", ["", "a.b", "....", "a.b.c.d.e", "é.é.é.é.é", "bnVsbA.AA.AA.AA.AA"]
)
def test_what_is_no_sealed_file_is_damaged(page: Page, text: str) -> None:
    assert kind_of_refusal(page, "openWithKey", text, PRIVATE) == "damaged"


def test_the_keys_cannot_be_taken_out(page: Page) -> None:
    code = """
    const key = await jose.passphraseKey("x", new Uint8Array(16), 1000);
    return [key.extractable, ...key.usages];
    """
    assert ask(page, code, None) == [False, "unwrapKey"]


def test_the_reader_is_short_and_alone() -> None:
    text = files("pipeline.dashboard").joinpath("static", "jose.js").read_text("utf-8")
    assert len(text.splitlines()) < 400
    assert "import " not in text.replace("importKey", "")
