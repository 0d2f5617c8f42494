"""What the parts of the answer are made from, and the few ways in which they say days, hours and sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Exam, Option, Step, Week
from roadmap.model.profile import ANY_CLOUD, Profile
from roadmap.model.terms import Part
from roadmap.model.times import MONTHS
from roadmap.planning.forecast import most, quantile
from roadmap.planning.projects import Chosen
from roadmap.planning.reduce import Reduction, horizon, limits
from roadmap.planning.route import Ways
from roadmap.planning.schedule import QUARTERS, Calendar
from roadmap.planning.whole import Whole

SEARCH = "search"
"""The id of the move that looks for a post."""


@dataclass(frozen=True)
class Facts:
    """One person's plan before it is put into words."""

    catalogue: Catalogue
    profile: Profile
    today: date
    ways: Ways
    whole: Whole
    steps: tuple[Step, ...]
    weeks: tuple[Week, ...]
    exams: tuple[Exam, ...]
    calendar: Calendar
    finish: date
    p80: date
    options: tuple[Option, ...]
    reduction: Reduction
    projects: tuple[Chosen, ...]
    wish: Whole

    def say(self, id_: str, **slots: object) -> str:
        """A sentence of the catalogue, filled in; one written for this route, start or cloud goes first."""
        words = self.catalogue.words
        route = self.ways.route
        for own in (f"{id_}-{route.id}", f"{id_}-{route.start}", f"{id_}-{self.cloud}", id_):
            if own in words:
                return fill(words[own].text, slots)
        raise KeyError(id_)

    @property
    def cloud(self) -> str:
        """The cloud the plan deploys on."""
        return self.whole.chooser.cloud

    @property
    def reached(self) -> bool:
        """Whether the plan leads to what the person wishes for."""
        return self.whole.ending.wished

    @property
    def searching(self) -> bool:
        """Whether the move is a search for a post."""
        return self.whole.ending.move is not None and self.whole.ending.move.id == SEARCH

    @property
    def by_bridge(self) -> bool:
        """Whether the move is another one for this start: a newcomer's search is for a first technical job."""
        move = self.whole.ending.move
        return move is not None and self.profile.role in move.after_by_start

    @cached_property
    def beside(self) -> frozenset[str]:
        """The modules of the move."""
        return self.whole.beside.modules

    @cached_property
    def learning(self) -> tuple[Step, ...]:
        """The steps that are not the move."""
        return tuple(s for s in self.steps if s.id not in self.beside)

    @cached_property
    def moving(self) -> tuple[Step, ...]:
        """The steps of the move."""
        return tuple(s for s in self.steps if s.id in self.beside)

    @cached_property
    def person(self) -> Profile:
        """The profile; where an exam settles the cloud, on that cloud."""
        settled = self.profile.cloud == ANY_CLOUD and any(s.module.cloud for s in self.steps if s.id in self.exam_steps)
        return replace(self.profile, cloud=self.cloud) if settled else self.profile

    @cached_property
    def grown(self) -> Mapping[str, Chosen]:
        """By step the project that it grows, where that project speaks of it itself: no step grows two."""
        return {id_: one for one in self.projects for id_ in one.grows if id_ in one.project.grows}

    def parts_of(self, step: Step) -> list[tuple[str, Part]]:
        """The resources of a step with their parts; what the person knows already only where nothing else is left."""
        parts, have = step.module.parts, self.profile.have
        found = [(r, parts[r]) for r in step.resources if r in parts]
        return [(r, p) for r, p in found if not p.below or any(have.get(s, 0) < n for s, n in p.below.items())] or found

    @cached_property
    def waited_for(self) -> frozenset[str]:
        """The steps that others wait for."""
        return frozenset(a for s in self.steps for a in s.after)

    @cached_property
    def exam_steps(self) -> frozenset[str]:
        """The steps that prepare for exams."""
        return frozenset(e.step for e in self.exams)

    @cached_property
    def act_from(self) -> date:
        """The day on which the move begins. Without a move it is the end."""
        return min((s.start for s in self.moving), default=self.finish)

    @cached_property
    def learnt(self) -> date:
        """The day on which the learning ends."""
        return max((s.finish for s in self.learning), default=self.profile.start)

    @cached_property
    def act_safe(self) -> date:
        """The day from which the person acts with odds of four in five."""
        waited_for = max((s.finish for s in self.learning if s.id in self.whole.beside.after), default=None)
        if waited_for is None or not self.moving:
            return max(self.act_from, self.profile.start)
        quarters = round(sum(s.hours for s in self.learning if s.finish <= waited_for) * QUARTERS)
        deviation = self.whole.draft.deviation
        return max(self.act_from, self.calendar.day_reached(quantile(quarters, deviation, 80)))

    @cached_property
    def acted(self) -> date:
        """The last day of the move. Without a move it is the end."""
        return max((s.finish for s in self.moving), default=self.finish)

    def safe(self, on: date) -> date:
        """The day that stands to a planned day as the day with odds of four in five stands to the end."""
        planned, held = (self.finish - self.profile.start).days, (self.p80 - self.profile.start).days
        return self.profile.start + timedelta(days=round((on - self.profile.start).days * held / max(1, planned)))

    @cached_property
    def slack(self) -> tuple[date, date] | None:
        """The planned day of what the verdict counts on, and the day with odds of four in five; None under a deadline
        that leaves none. A move that begins at once is counted on to end, any other to begin.
        """
        if not self.steps or (self.profile.deadline is not None and self.p80 > self.profile.deadline):
            return None
        if not self.moving or not self.reached:
            days = (self.finish, self.p80)
        elif self.at_once:
            days = (self.acted, self.safe(self.acted))
        else:
            days = (self.act_from, self.act_safe)
        return days if days[0] < days[1] else None

    @cached_property
    def at_once(self) -> bool:
        """Whether the move begins before anything is learnt."""
        return not self.learning or self.act_from <= self.learning[0].start

    @cached_property
    def begins(self) -> date:
        """The day to count on for the begin of the move."""
        return self.slack[1] if self.slack and self.slack[0] == self.act_from else self.act_from

    @cached_property
    def hours(self) -> float:
        """Planned hours in all."""
        return sum(s.hours for s in self.steps)

    @cached_property
    def wish_hours(self) -> float:
        """Planned hours that the wished end takes at least."""
        draft = self.wish.draft
        return sum(draft.quarters[id_] for id_ in self.wish.must) / QUARTERS

    @cached_property
    def wish_hours_safe(self) -> float:
        """Hours within which the wished end holds with the confidence that the person asks for."""
        draft = self.wish.draft.narrowed(self.wish.must)
        return draft.quarters_needed(self.profile.confidence) / QUARTERS

    @cached_property
    def room(self) -> float:
        """Hours until the deadline, or within the longest plan."""
        if self.profile.deadline is not None:
            return self.calendar.capacity_until(self.profile.deadline) / QUARTERS
        return horizon(self.calendar, self.whole.draft.pace) / QUARTERS

    @cached_property
    def safe_room(self) -> float:
        """Hours of work that fit into the room with the confidence that the person asks for."""
        quarters = round(self.room * QUARTERS)
        return most(quarters, self.whole.draft.pace, self.profile.confidence) / QUARTERS

    @property
    def over_time(self) -> bool:
        """Whether it is time that the wish lacks."""
        return limits(self.profile, self.wish.draft.narrowed(self.wish.must)).time


def fill(text: str, slots: Mapping[str, object]) -> str:
    """A text with its places filled in."""
    return text.format_map(slots)


def day(on: date) -> str:
    """A day as people write it: 8 May 2027."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def month(on: date) -> str:
    """A month as people write it: May 2027."""
    return f"{MONTHS[on.month - 1]} {on.year}"


def about(hours: float) -> str:
    """Hours as an estimate: no finer than it is known."""
    if hours >= 200:
        return f"{round(hours / 10) * 10}"
    if hours >= 25:
        return f"{round(hours / 5) * 5}"
    return f"{int(hours + 0.5)}" if hours >= 4 else f"{hours:.1f}".rstrip("0").rstrip(".")


def number(value: float) -> str:
    """A number without needless digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value != int(value) else f"{int(value)}"


def weekly(value: float) -> str:
    """Hours a week with their unit."""
    return f"{number(value)} hour" + ("" if value == 1 else "s")


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


NAMES = {"Azure", "Docker", "Git", "Go", "Java", "Kubernetes", "Python", "Terraform"}
"""Names with which titles begin and that are spelt like any other first word."""


def lower(text: str) -> str:
    """A title inside a sentence: its first letter small, unless the word is a name or an abbreviation."""
    first, *others = text.split()[:3] or [""]
    spelt = first in NAMES or len(first) == 1 or any(c.isupper() for c in first[1:])
    # Where every word has its capital, all of it is a name: Google Cloud, Model Context Protocol.
    name = spelt or first.rstrip(",:") in NAMES or bool(others and all(word.istitle() for word in others))
    return text if name else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """A text with a capital first letter."""
    return text[:1].upper() + text[1:]


def short(title: str) -> str:
    """A title inside a sentence, without what follows its colon."""
    return lower(title.split(":", 1)[0])


def named(step: Step) -> str:
    """A step in a sentence or a table, in a few words."""
    module = step.module
    title = module.brief or short(module.title)
    return title if module.brief or " " in title else lower(module.title.replace(": ", ", "))


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    head, dot, rest = text.partition(". ")
    return head + "." if dot and rest[:1].isupper() else text


def sentence(text: str) -> str:
    """A text with a capital first letter and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
