"""Two formulas of statistics, each with its source; nothing of ours."""

import math
from collections.abc import Sequence

CERTAIN = 1.959963984540054  # standard deviations that hold 95 %


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Give the 95 % interval of a share; (0, 1) where nothing was tried.

    Wilson, "Probable Inference, the Law of Succession, and Statistical Inference",
    Journal of the American Statistical Association 22 (1927), page 209.
    """
    if not trials:
        return 0.0, 1.0
    share, z2 = successes / trials, CERTAIN**2
    middle = (share + z2 / (2 * trials)) / (1 + z2 / trials)
    spread = math.sqrt(share * (1 - share) / trials + z2 / (4 * trials**2))
    half = CERTAIN * spread / (1 + z2 / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


def kaplan_meier(times: Sequence[tuple[int, bool]]) -> list[tuple[int, float, int]]:
    """Give (time, share still waiting after it, how many waited up to it) per event.

    `times`: how long each was watched, and whether the event came then; those for whom
    it has not come yet count as waiting for as long as they were watched. Kaplan and
    Meier, "Nonparametric Estimation from Incomplete Observations", the same journal 53
    (1958), page 457.
    """
    steps, share = [], 1.0
    for time in sorted({time for time, came in times if came}):
        waiting = sum(each >= time for each, _ in times)
        came = sum(each == time and happened for each, happened in times)
        share *= 1 - came / waiting
        steps.append((time, share, waiting))
    return steps
