"""Public holidays: asked once, kept, and named alike on every machine."""

import datetime as dt
from pathlib import Path

import holidays
import pytest

from pipeline.files.holidays import HolidayCache
from pipeline.planning.days import HolidayYear

CORPUS_CHRISTI = dt.date(2026, 6, 4)


@pytest.mark.parametrize("language", ["", "de", "de_DE.UTF-8", "C", "en_US"])
def test_the_language_of_the_terminal_changes_no_name(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, language)
    found = HolidayCache(str(tmp_path)).year("DE", "BY", 2026)
    assert found.names[CORPUS_CHRISTI] == "Corpus Christi"


def test_an_answer_is_kept(tmp_path: Path) -> None:
    found = HolidayCache(str(tmp_path)).year("IL", None, 2026)
    assert found.weekend == (4, 5)
    (kept,) = tmp_path.iterdir()
    stamp = kept.stat().st_mtime_ns
    assert HolidayCache(str(tmp_path)).year("IL", None, 2026) == found
    assert kept.stat().st_mtime_ns == stamp


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"names": {"x": 1}}'])
def test_a_damaged_answer_is_asked_for_again(damage: bytes, tmp_path: Path) -> None:
    found = HolidayCache(str(tmp_path)).year("GB", "ENG", 2026)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(damage)
    assert HolidayCache(str(tmp_path)).year("GB", "ENG", 2026) == found
    assert kept.read_bytes() == whole


def test_without_a_place_to_keep_it_the_answer_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    found = HolidayCache(str(tmp_path / "file")).year("US", "TX", 2026)
    assert found == HolidayCache(str(tmp_path)).year("US", "TX", 2026)


@pytest.mark.parametrize(("country", "state"), [("XX", None), ("DE", "XX")])
def test_an_unknown_place_has_common_weekends_alone(
    country: str, state: str | None, tmp_path: Path
) -> None:
    assert HolidayCache(str(tmp_path)).year(country, state, 2026) == HolidayYear()


@pytest.mark.parametrize(
    ("country", "state"),
    [("US", "TX"), ("DE", "BY"), ("GB", "ENG"), ("AX", None), ("UK", None)],
)
def test_one_country_alone_says_what_the_whole_library_says(
    country: str, state: str | None, tmp_path: Path
) -> None:
    """Åland is read by way of Finland, and UK is another word for GB."""
    english = "en_GB" if country in ("GB", "UK") else "en_US"
    whole = holidays.country_holidays(country, state, years=2026, language=english)
    found = HolidayCache(str(tmp_path)).year(country, state, 2026)
    assert found.names == {day: name for day, name in whole.items() if day.year == 2026}
