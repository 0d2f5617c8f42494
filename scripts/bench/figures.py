"""What a measurement is told as, and how things are measured in turns."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MICRO, MILLI = 1e6, 1e3


@dataclass(frozen=True)
class Figure:
    """A row of the page: what was measured, and the value that a limit is about, where there is one."""

    what: str
    measured: str
    value: float | None = None
    unit: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool:
        """Whether the value keeps its limit; what has none always does."""
        if self.value is None:
            return True
        return (self.most is None or self.value <= self.most) and (self.least is None or self.value >= self.least)

    def row(self) -> str:
        """A row of a Markdown table."""
        value = "" if self.value is None else figure(self.value, self.unit)
        limit = "" if self.most is None else f"at most {figure(self.most, self.unit)}"
        limit = limit if self.least is None else f"at least {figure(self.least, self.unit)}"
        verdict = ("ok" if self.met else "**NOT MET**") if limit else ""
        return f"| {self.what} | {self.measured} | {value} | {limit} | {verdict} |"


def table(figures: Sequence[Figure]) -> str:
    """Rows as a Markdown table."""
    head = "| what | measured | ratio or figure | limit | |\n|---|---|---:|---|---|\n"
    return head + "".join(f.row() + "\n" for f in figures)


def figure(value: float, unit: str = "") -> str:
    """A number with its unit, as finely as it is known."""
    digits = 2 if value < 100 else 0
    text = f"{value:,.{digits}f}"
    return (text.rstrip("0").rstrip(".") if digits else text) + (f" {unit}" if unit else "")


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long one call takes: on the wall, unless another clock is given."""
    began = clock()
    work()
    return clock() - began


def busy(work: Callable[[], object]) -> float:
    """Seconds of processor time that one call takes in this process, whatever else the machine does meanwhile."""
    return seconds(work, time.process_time)


def in_turns(works: Mapping[str, Callable[[], float]], turns: int) -> dict[str, list[float]]:
    """The seconds that each says it took, A B A B; one more round before does not count."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(turns + 1):
        for name, work in works.items():
            taken = work()
            if turn:
                found[name].append(taken)
    return found


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """Median of the ratios of what was measured side by side."""
    return statistics.median(a / b for a, b in zip(these, those, strict=True))


def told(times: Sequence[float], scale: float, unit: str) -> str:
    """The median of some times, with the fastest and the slowest."""
    middle, low, high = (x * scale for x in (statistics.median(times), min(times), max(times)))
    digits = 0 if middle >= 100 else 1
    return f"median {middle:,.{digits}f} {unit} ({low:,.{digits}f} to {high:,.{digits}f})"
