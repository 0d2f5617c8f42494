"""How long a million and a hundred million rows take and how much they are: worked out from what was measured."""

from collections.abc import Sequence

from scripts.bench.batches import BYTES, DATES, MADE, WHOLE, WHOLE_BYTES
from scripts.bench.figures import Figure

ROWS = (1_000_000, 100_000_000)
MANY = 64
HOUR = 3600
UNITS = (("days", 24 * HOUR), ("hours", HOUR), ("minutes", 60), ("seconds", 1))


def sizing(figures: Sequence[Figure]) -> str:
    """The table of docs/batch.md, from the figures of a batch."""
    known = {f.what: f.value for f in figures if f.value is not None}
    rate, whole = known[DATES], known[WHOLE]
    sizes = [known[BYTES], known[MADE[".jsonl.gz"]], known[MADE[".parquet"]]]
    heads = (
        "rows, as dates",
        "core hours",
        "with 2 cores",
        f"with {MANY} cores",
        "JSON Lines",
        "`.jsonl.gz`",
        "Parquet",
    )
    lines = [f"| {' | '.join(heads)} |", "| ---: " * len(heads) + "|"]
    for rows in ROWS:
        taken = rows / rate
        cells = [
            f"{rows:,}",
            f"{taken / HOUR:.2g}",
            *(_time(taken / n) for n in (2, MANY)),
            *(_size(rows * b) for b in sizes),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    million = f"{ROWS[0] / whole / HOUR:.2g} core hours and {_size(ROWS[0] * known[WHOLE_BYTES])}"
    table = "\n".join(lines)
    return (
        f"One core makes {_two(rate)} plans a second as dates and {_two(whole)} whole ones. At these rates, with the\n"
        f"parts shared out evenly:\n\n{table}\n\nWhole plans of a million people take {million}.\n"
    )


def _two(value: float) -> str:
    """A number to two digits, for what nobody knows better."""
    short = float(f"{value:.2g}")
    return f"{short:,.0f}" if short >= 10 else f"{short:g}"


def _time(seconds: float) -> str:
    unit, length = next(u for u in UNITS if seconds >= 2 * u[1] or u is UNITS[-1])
    return f"{_two(seconds / length)} {unit}"


def _size(count: float) -> str:
    return f"{_two(count / 1e9)} GB" if count >= 1e9 else f"{_two(count / 1e6)} MB"
