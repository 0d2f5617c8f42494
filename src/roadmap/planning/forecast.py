"""How long it will really take: planned hours, and the dates that hold with 80 and 95 % confidence.

Model (docs/planning.md): the ratio of actual to likely hours of a whole plan is a lognormal pace, common to all
steps, with a documented prior; on top of it each step scatters by its own range, read as a PERT estimate with a
standard deviation of a sixth of the range (Malcolm et al. 1959). Independent scatter averages out over many
steps, the common pace does not. Quantiles are closed form: median times exp(z * s).
"""

from collections.abc import Iterable
from math import ceil, exp, fsum, log, sqrt

from roadmap.model.catalogue import Hours, Pace

Z = {50: 0.0, 80: 0.8416212335729143, 95: 1.6448536269514722}
QUARTERS = 4


def quarters(hours: float, factor: float, pace: Pace) -> int:
    """Planned quarter hours of a step: likely hours, resized by the rules, times the even-odds pace; at least one."""
    return max(1, round(hours * factor * pace.median * QUARTERS))


def spread(estimates: Iterable[tuple[Hours, float]], pace: Pace) -> float:
    """Standard deviation of the logarithm of the total, from pairs of a range and its resize factor."""
    ranges = list(estimates)
    total = fsum([hours.likely * factor for hours, factor in ranges])
    variance = fsum([((hours.high - hours.low) * factor / 6) ** 2 for hours, factor in ranges])
    own = log(1 + variance / total**2) if total else 0.0
    return sqrt(_common(pace) ** 2 + own)


def _common(pace: Pace) -> float:
    """Standard deviation of the logarithm of the pace that all steps have in common."""
    return log(pace.p80 / pace.median) / Z[80]


def quantile(planned: int, deviation: float, confidence: int) -> int:
    """Quarter hours that the total stays under with a confidence of 50, 80 or 95 percent."""
    return ceil(planned * exp(Z[confidence] * deviation))


def most(total: int, pace: Pace, confidence: int, scatter: float = 1.0) -> int:
    """Planned quarter hours above which no plan stays under `total` with this confidence, however little it scatters.

    With `scatter` above 1 the common spread is taken so many times wider, for a bound that holds for usual plans.

    Taken away from a plan, a step never makes `quantile` larger as long as ranges are at most six times as wide as
    what is likely: then relative scatter grows more slowly than hours shrink.
    """
    return int(total * exp(-Z[confidence] * _common(pace) * scatter) + 1e-6)
