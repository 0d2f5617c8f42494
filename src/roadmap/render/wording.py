"""Every sentence about a plan, written once, so that all formats say the same. Returns plain text without markup.

Reasons, omissions, options and notices arrive as codes with ids; `Words` turns them into sentences with the
names the catalogue has for those ids. Numbers, dates and money are put into words here as well.
"""

from collections.abc import Sequence
from datetime import date

from roadmap.model.catalogue import Catalogue, Hours
from roadmap.model.plan import Exam, LeftOut, Notice, Option, Plan, Reason, Step

LEVEL_NAMES = ("none", "aware", "working", "proficient", "expert")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
ORIGINS = {"published": "published", "measured": "measured", "judgement": "our judgement"}
KIND_NAMES = {"learn": "Learn", "build": "Build", "certify": "Exam", "publish": "Publish", "search": "Move"}
STATUS_WORDS = {
    "feasible": "Everything fits.",
    "reduced": "Not everything fits; what is kept is worth most.",
    "infeasible": "This does not fit, and no smaller plan would still be this role.",
}
UNLISTED = "—"


def day(when: date, *, year: bool = True) -> str:
    """A day in words: 18 June 2027."""
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def short_day(when: date) -> str:
    """A day in few characters: 18 Jun."""
    return f"{when.day} {MONTHS[when.month - 1][:3]}"


def number(value: float) -> str:
    """A number without needless decimals: 10, 2.5, 11.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def whole(value: float) -> str:
    """Rounded to the nearest whole, halves up, so that 0.5 h never reads as 0."""
    return str(int(value + 0.5)) if value >= 1 else number(value)


def hours(value: float) -> str:
    """Hours with their unit: 12.5 h."""
    return f"{number(round(value * 2) / 2 if value >= 1 else value)} h"


def money(value: float | None) -> str:
    """US dollars: 165 USD, free, or not known."""
    if value is None:
        return "price not known"
    return "free" if value == 0 else f"{number(value)} USD"


def percent(share: float) -> str:
    """A share from 0 to 1 as percent: whole numbers, one decimal below 3 percent."""
    value = share * 100
    return f"{value:.1f} %".replace(".0 %", " %") if 0 < value < 3 else f"{value:.0f} %"


def plural(count: int, word: str) -> str:
    """A count with its noun: 1 week, 2 weeks."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def listing(words: Sequence[str]) -> str:
    """a, b and c."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else ""


class Words:
    """Sentences about plans made from one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def skill(self, id_: str) -> str:
        """The name of a skill."""
        return self.catalogue.skills[id_].name

    def module(self, id_: str) -> str:
        """The title of a module."""
        return self.catalogue.modules[id_].title

    def source(self, id_: str) -> str:
        """The title of a source."""
        return self.catalogue.sources[id_].title

    def title(self, plan: Plan) -> str:
        """AI engineer, from software engineer."""
        start, target = (
            self.catalogue.roles[plan.profile.role].name,
            self.catalogue.roles[plan.profile.target].name,
        )
        return f"{target}, from {start[:1].lower() + start[1:]}"

    def reason(self, reason: Reason | LeftOut) -> str:
        """One sentence that says why."""
        one = reason.reason if isinstance(reason, LeftOut) else reason
        sentence: str = getattr(self, "_" + one.code.replace("-", "_"))(*one.args)
        return sentence

    def _gap(self, skill: str, have: int, want: int, reached: int) -> str:
        demand = self.catalogue.skills[skill].demand
        asked = (
            f" {demand.share:.0f} of 100 AI-first postings name it."
            if demand and demand.share and demand.share >= 1
            else ""
        )
        step = f" This takes you to {LEVEL_NAMES[reached]}." if reached < want else ""
        return (
            f"{self.skill(skill)}: you are at {LEVEL_NAMES[have]}, the role asks for {LEVEL_NAMES[want]}.{step}{asked}"
        )

    def _needed_by(self, *modules: str) -> str:
        if not modules:
            return "Part of this path."
        return "Needed before " + listing([f"“{self.module(m)}”" for m in modules]) + "."

    def _rule(self, rule: str) -> str:
        return self.catalogue.rules[rule].because

    def _domain(self, domain: str) -> str:
        return f"You chose {self.catalogue.specialisations[domain].name.lower()} as your field."

    def _held(self, skill: str, level: int) -> str:
        return f"You have this: {self.skill(skill)} at {LEVEL_NAMES[level]}."

    def _retired(self, certification: str, *chain: str) -> str:
        cert = self.catalogue.certifications[certification]
        ended = date.fromisoformat(cert.retires_on) if cert.retires_on else None
        text = f"{cert.label} has ended" if cert.status == "retired" else f"{cert.label} ends"
        if ended:
            text = f"{cert.label} {'ended' if cert.status == 'retired' else 'ends'} on {day(ended)}"
        followers = [self.catalogue.certifications[c].label for c in chain]
        return text + (
            f"; {listing(followers)} {'follows' if len(followers) == 1 else 'follow'} it." if followers else "."
        )

    def _exam_held(self, certification: str) -> str:
        return f"You hold {self.catalogue.certifications[certification].label} already."

    def _exam_closed(self, certification: str, access: str) -> str:
        label = self.catalogue.certifications[certification].label
        return f"{label} cannot be booked by everybody ({access.replace('-', ' ')})."

    def _exam_gated(self, certification: str) -> str:
        cert = self.catalogue.certifications[certification]
        return f"{cert.label} asks for something first: {cert.gates.text if cert.gates else ''}".rstrip(".") + "."

    def _exam_fee_unknown(self, certification: str) -> str:
        label = self.catalogue.certifications[certification].label
        return f"What {label} costs could not be found out, so it is not planned."

    def _exam_enough(self, certification: str, wanted: str, other: str) -> str:
        label = self.catalogue.certifications[certification].label
        if wanted == "none":
            return f"You want no certificate. {label} would be the one to take."
        return f"One certificate is enough for you; {self.catalogue.certifications[other].label} comes first."

    def _deadline(self, needed: float, _cost: float) -> str:
        return f"Does not fit before your deadline; it would take {hours(needed)} more."

    def _budget(self, _hours: float, cost: float) -> str:
        return (
            f"Does not fit your budget; it costs {money(cost)}."
            if cost
            else "Left out with what it belongs to, to keep the budget."
        )

    def _nobody_teaches(self, skill: str, level: int) -> str:
        return f"No module teaches {self.skill(skill)} to {LEVEL_NAMES[level]} yet, so that gap stays open."

    def _rule_note(self, rule: str) -> str:
        return self.catalogue.rules[rule].then.note

    def _no_published_duration(self, path: str) -> str:
        return self.catalogue.paths[path].months_note or "Nobody has published a duration for this path."

    def _faster_than_published(self, path: str, months: float) -> str:
        usual = self.published(path)
        return f"{number(months)} months is less than the published {usual}: your hours and what you know do that."

    def _slower_than_published(self, path: str, months: float) -> str:
        usual = self.published(path)
        return f"{number(months)} months is more than the published {usual}, which names no hours a week."

    def published(self, path: str) -> str:
        """6 to 12 months."""
        months = self.catalogue.paths[path].months
        return f"{number(months[0])} to {number(months[1])} months" if months else "no published duration"

    def notice(self, notice: Notice) -> str:
        """A sentence the reader should see beside the plan."""
        sentence: str = getattr(self, "_" + notice.code.replace("-", "_"))(*notice.args)
        return sentence

    def option(self, option: Option) -> str:
        """A single change that would make the plan whole."""
        finish = day(option.finish)
        match option.change:
            case "hours_per_week":
                return f"{option.value} hours a week: everything fits, done by {finish}."
            case "deadline":
                return f"A deadline of {day(date.fromisoformat(option.value))}: everything fits at your hours."
            case "budget_usd":
                return f"A budget of {option.value} USD: everything fits, done by {finish}."
            case "certifications":
                return f"No certificate: the rest fits, done by {finish}."
            case "domain":
                return f"Without the field you chose: the rest fits, done by {finish}."
            case "essentials":
                return f"Only the core of the role, with a deadline of {finish}."
        return f"{option.change.replace('_', ' ')} of {option.value}: done by {finish}."

    def effort(self, step: Step) -> str:
        """12.5 h (7.5 to 20, our judgement)."""
        low, high = (number(h) for h in (step.hours_low, step.hours_high))
        return f"{number(step.hours)} h ({low} to {high}, {ORIGINS[step.module.hours.origin]})"

    def origin(self, estimate: Hours, pace: float) -> str:
        """Where an estimate comes from, with its arithmetic."""
        usual = f"{number(estimate.likely)} h times a usual over-run of {number(pace)}"
        return f"{ORIGINS[estimate.origin]}, {usual}: {estimate.basis}"

    def exam(self, exam: Exam) -> str:
        """AI-103 on 18 June 2027, 165 USD, valid until 18 June 2028."""
        cert = exam.certification
        until = f", valid until {day(exam.expires_on)}" if exam.expires_on else ""
        return f"{cert.label} on {day(exam.exam_on)}, {money(cert.fee_usd)}{until}"

    def postings(self) -> str:
        """What the shares are shares of."""
        return f"{self.catalogue.market.count:,} AI-first postings, January to April 2026"
