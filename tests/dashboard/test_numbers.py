"""The two formulas, against published figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dashboard.views.numbers import kaplan_meier, wilson

# Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in
# Medicine 17 (1998), table I, method 3.
NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# Freireich and others, Blood 21 (1963): weeks in remission on 6-mercaptopurine, and
# whether it ended then.
FREIREICH = [
    *((6, True), (6, True), (6, True), (6, False), (7, True), (9, False), (10, True)),
    *((10, False), (11, False), (13, True), (16, True), (17, False), (19, False)),
    *((20, False), (22, True), (23, True), (25, False), (32, False), (32, False)),
    *((34, False), (35, False)),
]


@pytest.mark.parametrize(("successes", "trials", "low", "high"), NEWCOMBE)
def test_wilson_as_newcombe_printed_it(
    successes: int, trials: int, low: float, high: float
) -> None:
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


def test_nothing_tried_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(1, 500), st.data())
def test_the_interval_holds_the_share(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials + 1e-12
    assert successes / trials - 1e-12 <= high <= 1


def test_kaplan_meier_as_every_textbook_prints_it() -> None:
    steps = kaplan_meier(FREIREICH)
    assert [(time, waiting) for time, _, waiting in steps] == [
        *((6, 21), (7, 17), (10, 15), (13, 12), (16, 11), (22, 7), (23, 6))
    ]
    assert [round(share, 3) for _, share, _ in steps] == [
        *(0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448)
    ]


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=40))
def test_those_who_wait_only_become_fewer(times: list[tuple[int, bool]]) -> None:
    shares = [share for _, share, _ in kaplan_meier(times)]
    assert shares == sorted(shares, reverse=True)
    assert all(0 <= share <= 1 for share in shares)
    if all(came for _, came in times) and times:
        assert shares[-1] == pytest.approx(0)
