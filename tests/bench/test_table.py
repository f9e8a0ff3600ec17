"""What the benchmark says of figures that are known; nothing is weighed here."""

import pytest

from tests.bench.table import Goal, exponent, fixed_part, goal_table
from tests.bench.timing import Usage, ratio


def test_a_goal_that_is_missed_says_so() -> None:
    table = goal_table([Goal("start", 4, 4.5), Goal("growth", 1.05, 1.01, unit="")])
    lines = table.splitlines()
    assert lines[2].split() == ["start", "<=", "4", "x", "4.50", "x", "MISSED"]
    assert lines[3].split() == ["growth", "<=", "1.05", "1.01", "ok"]


def test_slack_widens_a_limit_in_its_own_direction() -> None:
    assert Goal("start", 4, 5).reached(1.3)
    assert not Goal("start", 4, 5.3).reached(1.3)
    assert Goal("peer", 3, 2.4, at_least=True).reached(1.3)
    assert not Goal("peer", 3, 2.9, at_least=True).reached()


def test_growth_is_judged_without_what_is_spent_in_any_case() -> None:
    fixed = fixed_part((100, 1.1), (1_000, 2.0))
    assert fixed == pytest.approx(1.0)
    assert exponent((1_000, 2.0), (10_000, 11.0), fixed) == pytest.approx(1.0)


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    ours = [Usage(cpu, cpu, 1) for cpu in (2.0, 9.0, 8.0)]
    theirs = [Usage(cpu, 2 * cpu, 1) for cpu in (1.0, 3.0, 1.0)]
    got = ratio({"ours": ours, "theirs": theirs}, "ours", "theirs")
    assert got == (3.0, 2.0, 8.0, 1.5)
