"""What a plan amounts to, in words: every figure of it written once, so that all formats say the same.

Why something is in a plan or out of it stands in `reasons`, numbers and days in `numbers`.
"""

from collections.abc import Sequence

from roadmap.model.catalogue import Hours
from roadmap.model.plan import Exam, Plan, Step, aimed
from roadmap.render.numbers import (
    ORIGINS,
    about,
    capital,
    day,
    listing,
    money,
    number,
    ordinal,
    percent,
    plural,
    short_day,
    span,
    week_days,
)
from roadmap.render.opening import AS_NEEDED, Opened, opened
from roadmap.render.parts import Part
from roadmap.render.reasons import SURE, Sentences

MOST_NAMED = 3
NOTHING_TO_DO = "Nothing to do: you can do all that this role asks for."
ENDS = {"promotion": "for a promotion", "consulting": "to work freelance", "portfolio": "for a portfolio"}


def skips(plan: Plan) -> bool:
    """Whether something is missing that the person asked to skip."""
    return any(x.reason.code == "skipped" for x in plan.left_out)


def nothing_to_do(plan: Plan) -> str:
    """What to say of a plan without steps."""
    return "Nothing to do: you skip what is missing." if skips(plan) else NOTHING_TO_DO


def _few(said: Sequence[str], more: str) -> list[str]:
    """The first of many, and how many more there are."""
    rest = len(said) - MOST_NAMED
    return [*said[:MOST_NAMED], *([f"{rest} {more}{'' if rest == 1 else 's'}"] if rest > 0 else [])]


class Words(Sentences):
    """Sentences about plans made from one catalogue."""

    def title(self, plan: Plan) -> str:
        """Software engineer to AI engineer."""
        return f"{self.start(plan)} to {self.catalogue.roles[plan.profile.target].name}"

    def start(self, plan: Plan) -> str:
        """What somebody is today: what they said of themselves, else the role they start from."""
        known = self.catalogue.backgrounds
        said = [known[b].name if b in known else b for b in plan.profile.background]
        return capital(listing(said[:2])) or self.catalogue.roles[plan.profile.role].name

    def headline(self, plan: Plan) -> str:
        """Software engineer to AI engineer, 7 hours a week, on AWS."""
        person, catalogue = plan.profile, self.catalogue
        end = next((ENDS[g] for g in person.goals if g in ENDS), "")
        subjects = [catalogue.goals[g].name for g in person.goals if catalogue.goals[g].kind == "subject"]
        field = catalogue.specialisations.get(person.domain)
        usual = catalogue.roles[person.target].default_level
        days = week_days(person.availability.days, person.hours_per_week)
        on = f" ({days})" if days else ""
        said = [
            self.title(plan) + (f" {end}" if end else ""),
            listing([name[:1].lower() + name[1:] if name[1:2].islower() else name for name in subjects]),
            f"{person.level} level" if person.level != usual and person.level == "senior" else "",
            field.name.lower() if field else "",
            f"{number(person.hours_per_week)} hour{'' if person.hours_per_week == 1 else 's'} a week{on}",
            f"on {catalogue.clouds[person.cloud].name}" if person.cloud in catalogue.clouds else "",
            f"by {day(person.deadline)}" if person.deadline else "",
            "without spending anything" if person.budget_usd == 0 else "",
        ]
        return ", ".join(text for text in said if text)

    def effort(self, step: Step) -> str:
        """12 h (8 to 20)."""
        return f"{about(step.hours)} ({about(step.hours_low).removesuffix(' h')} to {about(step.hours_high)})"

    def origin(self, estimate: Hours, pace: float) -> str:
        """Where an estimate comes from, with its arithmetic."""
        usual = f"{number(estimate.likely)} h times a usual over-run of {number(pace)}"
        return f"{ORIGINS[estimate.origin]}, {usual}: {estimate.basis}"

    def exam(self, exam: Exam) -> str:
        """AI-103 on 18 June 2027, 165 USD, valid until 18 June 2028."""
        until = f", valid until {day(exam.expires_on)}" if exam.expires_on else ""
        return f"{exam.certification.label} on {day(exam.exam_on)}, {money(exam.fee_usd)}{until}"

    def postings(self, plan: Plan) -> str:
        """What the shares are shares of."""
        only = f" ({listing(plan.profile.postings)})" if plan.profile.postings else ""
        counted = self.catalogue.market
        return f"{plan.postings:,} {counted.what}{only}" + (f", {counted.period}" if counted.period else "")

    def questions(self, phase: Part) -> tuple[str, str, str]:
        """What to answer aloud when a phase ends: about the work, about the understanding, about the time."""
        main = max(phase.steps, key=lambda s: (s.module.kind in ("build", "publish"), s.hours))
        taught = [self.catalogue.skills[s] for step in phase.steps for s in step.teaches]
        skill = max(taught, key=lambda s: s.demand.share or 0 if s.demand else 0, default=None)
        understood = f"Which check of “{main.module.title}” was the hardest to meet, and why?"
        if skill:
            understood = f"{skill.name}: when would you not use it, and what would you do instead?"
        return (
            f"“{main.module.title}”: what breaks it, and how would you notice?",
            understood,
            f"{about(phase.hours)} were planned. How many did it take, and what follows from that?",
        )

    def wishes(self, plan: Plan) -> list[str]:
        """What the plan was made for, beside the roles: level, hours and their rhythm, limits, cloud and field."""
        profile, catalogue = plan.profile, self.catalogue
        sure = f", {SURE[profile.confidence]}" if profile.confidence in SURE else ""
        said = [
            f"{profile.level} level",
            f"{number(profile.hours_per_week)} h a week from {day(profile.start)}",
            *self.rhythm(plan),
            f"done by {day(profile.deadline)}{sure}" if profile.deadline else "",
            f"at most {money(profile.budget_usd)}" if profile.budget_usd else "",
            "free material only" if profile.budget_usd == 0 else "",
            catalogue.clouds[profile.cloud].name if profile.cloud in catalogue.clouds else "",
            catalogue.specialisations[profile.domain].name if profile.domain in catalogue.specialisations else "",
        ]
        return [text for text in said if text]

    def rhythm(self, plan: Plan) -> list[str]:
        """What differs from a week like any other: weekdays, other hours, breaks, rest, the buffer, recall slots."""
        when = plan.profile.availability
        days = week_days(when.days, plan.profile.hours_per_week)
        other = [f"{number(r.hours_per_week)} h a week from {span(r.first, r.last)}" for r in when.ranges]
        off = [f"off {span(b.first, b.last)}" for b in plan.profile.breaks]
        return [
            *([days] if days else []),
            *_few(other, "more lighter or fuller period"),
            *_few(off, "more break"),
            *([f"every {ordinal(when.rest_every)} week off"] if when.rest_every else []),
            *([f"{when.buffer_percent} % kept as a buffer"] if when.buffer_percent else []),
            *(["recall slots"] if plan.profile.review else []),
        ]

    def work(self, plan: Plan) -> str:
        """387 h in 49 weeks at 10 h a week."""
        if not plan.steps:
            return "none: you skip what is missing" if skips(plan) else "none: nothing is missing"
        weeks = plural(sum((plan.start - w.start).days < 7 for w in plan.weeks), "week")
        kept = plan.profile.availability.buffer_percent
        buffer = f", {kept} % of them kept as a buffer" if kept else ""
        return f"{about(plan.hours)} in {weeks} at {number(plan.profile.hours_per_week)} h a week{buffer}"

    def matched(self, plan: Plan) -> str:
        """In how many job ads one can do most of what they name, at the end."""
        share = _tens(plan.readiness_after)
        return (
            f"At the end you match about {share} in 100 of {self.postings(plan)}: "
            "you have seven in ten of the skills they name."
        )

    def aims(self, plan: Plan) -> tuple[str, str]:
        """How much of what the person aims at is held before and after; and what stays open. Empty without aims."""
        found = aimed(plan, self.catalogue)
        if found is None:
            return "", ""
        count, held, reached = len(found.named), len(found.held), len(found.reached)
        main = (
            f"you have {held} of the {plural(count, 'skill')} you aim at ({percent(held / count)}), "
            f"{reached} at the end ({percent(reached / count)})"
        )
        open_ = [s for s in found.named if s not in found.reached and s not in found.untaught]
        said = [
            f"{words}: {listing([self.skill(s) for s in skills])}."
            for words, skills in (("Not taught to working level here", found.untaught), ("Left open", open_))
            if skills
        ]
        return main, " ".join(said)

    def resource(self, one: Opened) -> str:
        """A resource with its part, length and price: SQLBolt (lessons 1 to 6, 3 h, free)."""
        return f"{one.resource.title} ({self.of_resource(one)})"

    def of_resource(self, one: Opened) -> str:
        """The part of a resource, its length and price: lessons 1 to 6, 3 h, free."""
        length = "" if one.part == AS_NEEDED else about(one.hours)
        return ", ".join(text for text in (one.part, length, self.cost_of(one.resource.id)) if text)

    def opened(self, step: Step) -> list[Opened]:
        """The resources of a step with the parts it uses."""
        return opened(self.catalogue, step)

    def cost_of(self, id_: str) -> str:
        """Free, free to begin, or the price."""
        found = self.catalogue.resources[id_]
        return {"free": "free", "freemium": "free to begin"}.get(found.cost) or money(found.price_usd)

    def recalls(self, plan: Plan, step: Step) -> str:
        """The weeks that keep a slot to recall a step."""
        weeks = [short_day(w.start) for w in plan.weeks if step.id in w.reviews and w.capacity]
        if weeks[1:]:
            return f"in the weeks of {listing(weeks)}, from memory"
        return f"in the week of {weeks[0]}, from memory" if weeks else ""


def _tens(share: float) -> int:
    """A share in hundredths, rounded to fives above ten: it is an estimate."""
    hundredths = share * 100
    return round(hundredths) if hundredths < 10 else round(hundredths / 5) * 5
