"""The answers of one person, every default filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from roadmap.model.times import Availability, Break

LATER_DAYS = 10
"""A first day further ahead than this leaves time before it that is worth a word."""


@dataclass(frozen=True)
class Profile:
    """A person's answers with every default filled in. `skills` holds only what the person said of themselves;
    `have` is what a person in the starting role usually knows, changed by the backgrounds, with those answers laid
    over it (levels 0 to 4). `background` holds ids of the catalogue and, after them, free texts. `keep` and `skip`
    name modules the person wants in or out, whatever the rules say. `confidence` is the percent with which the
    deadline has to hold, `review` asks for recall slots, `postings` narrows the job postings that are counted, `aims`
    are skills to reach at working level whatever the role asks for, `path` names a path or a route. `asked_on` is the
    day the answers were given.
    """

    role: str
    target: str
    level: str
    name: str
    goals: tuple[str, ...]
    hours_per_week: float
    start: date
    deadline: date | None
    budget_usd: float | None
    cloud: str
    domain: str
    certifications: str
    holds: tuple[str, ...]
    skills: Mapping[str, int]
    have: Mapping[str, int]
    breaks: tuple[Break, ...]
    language: str
    background: tuple[str, ...]
    country: str | None
    keep: tuple[str, ...]
    skip: tuple[str, ...]
    availability: Availability
    confidence: int
    review: bool
    postings: tuple[str, ...]
    aims: tuple[str, ...]
    path: str | None
    asked_on: date

    @property
    def later_start(self) -> bool:
        """Whether the first day lies so far ahead that the time until then is worth a word."""
        return (self.start - self.asked_on).days > LATER_DAYS
