"""The vault opens for its owner, for nobody else, and says little by its size."""

import base64
import gzip
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dashboard import vault
from pipeline.errors import DataError

KEYS = vault.make_keys()
PRIVATE = vault.unwrap(KEYS.wrapped, KEYS.passphrase)
OTHER = vault.make_keys()


def header(sealed: str) -> dict[str, object]:
    part = sealed.partition(".")[0]
    found: dict[str, object] = json.loads(base64.urlsafe_b64decode(f"{part}=="))
    return found


@given(st.binary(max_size=200_000))
def test_what_is_sealed_comes_out_again(data: bytes) -> None:
    assert vault.open_sealed(vault.seal(data, KEYS.public), PRIVATE) == data


def test_the_passphrase_is_seven_words_and_never_the_same() -> None:
    assert len(KEYS.passphrase.split()) == vault.WORDS == 7
    drawn = {vault.new_passphrase() for _ in range(20)}
    assert len(drawn) == 20
    assert len({word for each in drawn for word in each.split()}) > 100


@pytest.mark.parametrize("typed", [str.upper, lambda p: f" {p} ".replace(" ", "-")])
def test_the_passphrase_may_be_typed_as_people_type(typed: object) -> None:
    assert callable(typed)
    assert vault.unwrap(KEYS.wrapped, typed(KEYS.passphrase)) == PRIVATE


def test_only_two_algorithms_are_used_and_iterations_are_many() -> None:
    assert header(KEYS.wrapped) | {"p2s": ""} == {
        "alg": "PBES2-HS512+A256KW",
        "enc": "A256GCM",
        "p2c": 1_000_000,
        "p2s": "",
    }
    sealed = header(vault.seal(b"x", KEYS.public))
    assert sealed.keys() == {"alg", "enc", "epk"}
    assert (sealed["alg"], sealed["enc"]) == ("ECDH-ES+A256KW", "A256GCM")


def test_the_public_file_holds_no_private_key() -> None:
    assert json.loads(KEYS.public).keys() == {"kty", "crv", "x", "y"}


def test_a_wrong_passphrase_opens_nothing() -> None:
    with pytest.raises(DataError, match="nothing was opened"):
        vault.unwrap(KEYS.wrapped, OTHER.passphrase)


def test_another_key_opens_nothing() -> None:
    other = vault.unwrap(OTHER.wrapped, OTHER.passphrase)
    with pytest.raises(DataError, match="damaged, or belongs to another key"):
        vault.open_sealed(vault.seal(b"x", KEYS.public), other)


@pytest.mark.parametrize("part", range(5))
def test_a_changed_letter_in_any_part_is_noticed(part: int) -> None:
    parts = vault.seal(b"something", KEYS.public).split(".")
    middle = len(parts[part]) // 2
    letter = "A" if parts[part][middle] != "A" else "B"
    parts[part] = f"{parts[part][:middle]}{letter}{parts[part][middle + 1 :]}"
    with pytest.raises(DataError):
        vault.open_sealed(".".join(parts), PRIVATE)


@pytest.mark.parametrize("text", ["", "{}", "nonsense", PRIVATE])
def test_only_a_public_key_of_ours_is_sealed_for(text: str) -> None:
    with pytest.raises(DataError, match="site keygen"):
        vault.seal(b"x", text)


def test_small_dashboards_all_have_the_same_size() -> None:
    sizes = {len(vault.padded(b"x" * size)) for size in (0, 10, 5_000, 60_000)}
    assert sizes == {vault.FLOOR}


@given(st.integers(min_value=1, max_value=1 << 40))
def test_a_size_step_is_never_smaller_and_at_most_an_eighth_larger(size: int) -> None:
    step = vault.size_step(size)
    assert step >= size
    assert step <= max(vault.FLOOR, size * 1.12)
    assert vault.size_step(step) == step


def test_padding_is_invisible_to_whoever_unpacks(tmp_path: Path) -> None:
    packed = tmp_path / "vault.gz"
    packed.write_bytes(vault.padded(b"what stands in it"))
    assert gzip.decompress(packed.read_bytes()) == b"what stands in it"
    told = subprocess.run(["gunzip", "-c", packed], capture_output=True, check=True)
    assert told.stdout == b"what stands in it"


def test_an_independent_program_opens_both(tmp_path: Path) -> None:
    program = shutil.which("jose")
    assert program, "install Debian's `jose`, or run `make browser` as root"
    sealed, key = tmp_path / "vault.jwe", tmp_path / "key.jwk"
    sealed.write_text(vault.seal(b"what stands in it", KEYS.public))
    key.write_text(PRIVATE)
    line = [program, "jwe", "dec", "-i", str(sealed), "-k", str(key)]
    told = subprocess.run(line, capture_output=True, check=True)
    assert gzip.decompress(told.stdout) == b"what stands in it"
    # It takes 32,768 iterations at most, and the passphrase as a key of bytes.
    wrapped, words = tmp_path / "wrapped.jwe", tmp_path / "words.jwk"
    wrapped.write_text(vault.wrap(PRIVATE, "seven words", iterations=32_768))
    letters = base64.urlsafe_b64encode(b"seven words").decode().rstrip("=")
    words.write_text(json.dumps({"kty": "oct", "k": letters}))
    line = [program, "jwe", "dec", "-i", str(wrapped), "-k", str(words)]
    told = subprocess.run(line, capture_output=True, check=True)
    assert told.stdout.decode() == PRIVATE
