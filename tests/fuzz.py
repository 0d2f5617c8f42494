"""A fuzz target per reader: what it may be given, and what has to hold whatever comes.

    python -m tests.fuzz --seconds 60            all of them, a minute each
    python -m tests.fuzz saved sync --seed 7     some of them, from a seed on

A target fails by any exception other than those the program puts into words, by a plan that cannot be read back, and
by input of a few kilobytes that takes seconds.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests import fuzz_people as people
from tests import fuzz_plans as plans
from tests.fuzz_common import Target

SLOWEST = 5.0  # seconds of work for any input of a target


TARGETS = {
    "profile": Target(plans.profiles, plans.check_profile),
    "overlay": Target(plans.overlays, plans.check_overlay),
    "saved": Target(plans.saved, plans.check_saved),
    "sync": Target(plans.pages, plans.check_sync),
    "resume": Target(people.resumes, people.check_resume),
    "posting": Target(people.postings, people.check_posting),
    "rows": Target(people.tables, people.check_rows),
    "typed": Target(people.values, people.check_typed),
    "printed": Target(plans.printed, plans.check_printed),
}


def run(name: str, examples: int, number: int, told: Counter[str]) -> None:
    """Give a reader so many inputs; the seed says which. Raises what a target raises, with the smallest input."""
    target = TARGETS[name]

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs())
    def one(given: Any) -> None:
        begun = time.process_time()
        told[target.check(given)] += 1
        assert time.process_time() - begun < SLOWEST, "it took too long"

    one()


def main(words: Sequence[str]) -> int:
    """Run the targets that were asked for, and tell how many inputs each was given and what became of them."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("reader", nargs="*", choices=[[], *TARGETS])
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--seed", type=int, default=1)
    args = asked.parse_args(words)
    failed = False
    for name in args.reader or TARGETS:
        told: Counter[str] = Counter()
        end, number = time.monotonic() + args.seconds, args.seed
        while time.monotonic() < end:
            try:
                run(name, 100, number, told)
            except Exception as error:
                import traceback

                failed = True
                traceback.print_exception(error)
                sys.stdout.write(f"{name}: failed with --seed {number}\n")
                break
            number += 1
        sys.stdout.write(f"{name}: {told.total()} inputs, {dict(told)}\n")
    return int(failed)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
