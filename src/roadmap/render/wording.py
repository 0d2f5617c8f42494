"""Every sentence about a plan, written once, so that all formats say the same. Returns plain text without markup.

Reasons, omissions, options and notices arrive as codes with ids; `Words` turns them into sentences with the
names the catalogue has for those ids. Numbers, dates and money are put into words here as well.
"""

from collections.abc import Sequence
from datetime import date

from roadmap.model.catalogue import Catalogue, Hours
from roadmap.model.plan import Exam, LeftOut, Notice, Option, PhaseSpan, Plan, Reason, Step, aimed

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
SURE = {80: "with odds of 4 in 5", 95: "with odds of 19 in 20"}
DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
UNFIT = {
    "deadline": "Does not fit before your deadline:",
    "budget": "Does not fit your budget:",
    "skipped": "You asked to skip it; out of skip, it comes back:",
    "not-promised": "Not part of the plan as it was last made; roadmap replan looks at it again:",
}
MOST_NAMED = 3
LEAST_REACH, LEAST_COVERAGE = 0.005, 0.001
NOTHING_TO_DO = "Nothing to do: you hold all that this role asks for."
UNLISTED = "—"


def day(when: date, *, year: bool = True) -> str:
    """A day in words: 18 June 2027."""
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def short_day(when: date) -> str:
    """A day in few characters: 18 Jun."""
    return f"{when.day} {MONTHS[when.month - 1][:3]}"


def span(first: date, last: date) -> str:
    """From a day to a day, the year said once where it is the same: 26 Nov to 6 Dec 2026."""
    if first == last:
        return f"{short_day(first)} {first.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{short_day(first)}{year} to {short_day(last)} {last.year}"


def period(first: date, last: date) -> str:
    """From one day to another, saying month and year once where both share them: 1 to 12 December 2026."""
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    return f"{day(first, year=first.year != last.year)} to {day(last)}"


def dated(text: str) -> str:
    """A date of the catalogue in words, as exact as it is given: 22 April 2026, March 2026 or 2026."""
    try:
        if len(text) == len("2026-03"):
            return day(date.fromisoformat(text + "-01")).removeprefix("1 ")
        return day(date.fromisoformat(text))
    except ValueError:
        return text


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


def ordinal(count: int) -> str:
    """2nd, 3rd, 4th, 21st."""
    teens = 10 <= count % 100 <= 20
    return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def skips(plan: Plan) -> bool:
    """Whether something is missing that the person asked to skip."""
    return any(x.reason.code == "skipped" for x in plan.left_out)


def nothing_to_do(plan: Plan) -> str:
    """What to say of a plan without steps."""
    return "Nothing to do: you skip what is missing." if skips(plan) else NOTHING_TO_DO


def measures(plan: Plan) -> dict[str, tuple[tuple[float, float], tuple[float, float]]]:
    """Coverage and readiness before and after each step, counted in the order in which steps are done."""
    out = {}
    before = (plan.coverage_before, plan.readiness_before)
    for step in sorted(plan.steps, key=lambda s: (s.finish, s.coverage_after, s.readiness_after)):
        after = (step.coverage_after, step.readiness_after)
        out[step.id] = (before, after)
        before = after
    return out


def _few(said: Sequence[str], more: str) -> list[str]:
    """The first of many, and how many more there are."""
    rest = len(said) - MOST_NAMED
    return [*said[:MOST_NAMED], *([f"{rest} {more}{'' if rest == 1 else 's'}"] if rest > 0 else [])]


def _changed(key: str, value: str) -> str:
    """One changed answer of an option."""
    match key:
        case "hours_per_week":
            return f"{value} hours a week"
        case "deadline":
            return f"a deadline of {day(date.fromisoformat(value))}"
        case "budget_usd":
            return f"a budget of {value} USD"
        case "certifications":
            return "no certificate" if value == "none" else f"{value} certificate only"
        case "domain":
            return "without the field you chose" if value == "none" else f"the field {value}"
        case "confidence":
            return f"a deadline that holds with {SURE.get(int(value), 'even odds').removeprefix('with ')}"
    return f"{key.replace('_', ' ')} of {value}"


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

    def _gap(self, skill: str, have: int, want: int, reached: int, whose: str = "") -> str:
        demand = self.catalogue.skills[skill].demand
        asked = (
            f" {demand.share:.0f} of 100 AI-first postings name it."
            if demand and demand.share and demand.share >= 1
            else ""
        )
        step = f" This takes you to {LEVEL_NAMES[reached]}." if reached < want else ""
        wish = "you aim at" if whose else "the role asks for"
        return f"{self.skill(skill)}: you are at {LEVEL_NAMES[have]}, {wish} {LEVEL_NAMES[want]}.{step}{asked}"

    def _needed_by(self, *modules: str) -> str:
        if not modules:
            return "Part of this path."
        return "Needed before " + listing([f"“{self.module(m)}”" for m in modules]) + "."

    def _rule(self, rule: str) -> str:
        return self.catalogue.rules[rule].because

    def _domain(self, domain: str) -> str:
        return f"You chose {self.catalogue.specialisations[domain].name.lower()} as your field."

    def _kept(self, _module: str) -> str:
        return "You asked to keep it."

    def _skipped(self, module: str) -> str:
        return f"You asked to skip it; take {module} out of skip to put it back."

    def _skip_needed(self, module: str, *needers: str) -> str:
        waiting = listing([f"“{self.module(m)}”" for m in needers])
        need = "need" if len(needers) > 1 else "needs"
        return f"You asked to skip “{self.module(module)}”, but {waiting or 'what you kept'} {need} it, so it stays."

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

    def _deadline(self, needed: float, cost: float) -> str:
        price = f" and {money(cost)}" if cost else ""
        return f"Does not fit before your deadline; it would take {hours(needed)}{price} more."

    def _budget(self, needed: float, cost: float) -> str:
        return (
            f"Does not fit your budget; it costs {money(cost)} and {hours(needed)}."
            if cost
            else "Left out with what it belongs to, to keep the budget."
        )

    def _not_promised(self, _module: str) -> str:
        return "Not part of the plan as it was last made; roadmap replan looks at it again."

    def _other_cloud(self, _module: str, cloud: str, chosen: str) -> str:
        names = [self.catalogue.clouds[c].name if c in self.catalogue.clouds else c for c in (cloud, chosen)]
        return f"It is about {names[0]}; your plan uses {names[1]}."

    def _other_domain(self, _module: str, domain: str) -> str:
        return f"It belongs to {self.catalogue.specialisations[domain].name.lower()}, a field you did not choose."

    def _taught_by_others(self, *modules: str) -> str:
        return f"What it teaches comes from {listing([f'“{self.module(m)}”' for m in modules[:3]])}."

    def _not_asked_for(self, _module: str, target: str, level: str) -> str:
        return f"Nothing asks for it: {self.catalogue.roles[target].name} at {level} level does not, nor does any rule."

    def _nobody_teaches(self, skill: str, level: int) -> str:
        if any(m.teaches[skill] >= level for m in self.catalogue.teachers.get(skill, ())):
            return f"{self.skill(skill)} is taught only for another cloud or field, so that gap stays open."
        return f"No module teaches {self.skill(skill)} to {LEVEL_NAMES[level]} yet, so that gap stays open."

    def _rule_note(self, rule: str) -> str:
        return self.catalogue.rules[rule].then.note

    def _no_published_duration(self, path: str) -> str:
        return self.catalogue.paths[path].months_note or "Nobody has published a duration for this path."

    def _faster_than_published(self, path: str, months: float) -> str:
        why = "your hours, what you know and what is left out do that."
        return f"{number(months)} months is less than the published {self.published(path)}: {why}"

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
        """A change, or several together, that would make the plan whole, and when it would be done then."""
        changes = dict(zip(option.change.split(" and "), option.value.split(" and "), strict=True))
        said = listing([_changed(key, value) for key, value in changes.items()])
        fits = "the rest fits" if changes.keys() & {"certifications", "domain"} else "everything fits"
        if changes.get("deadline") == option.finish.isoformat():
            return f"{said[:1].upper()}{said[1:]}: {fits} by then."
        return f"{said[:1].upper()}{said[1:]}: {fits}, done by {day(option.finish)}."

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

    def postings(self, plan: Plan) -> str:
        """What the shares are shares of."""
        only = f" ({listing(plan.profile.postings)})" if plan.profile.postings else ""
        return f"{plan.postings:,} AI-first postings{only}, January to April 2026"

    def questions(self, plan: Plan, phase: PhaseSpan) -> tuple[str, str, str]:
        """What a mentor asks when a phase ends: about the work, about the understanding, about the time."""
        steps = [s for s in plan.steps if s.phase == phase.id]
        main = max(steps, key=lambda s: (s.module.kind in ("build", "publish"), s.hours))
        shown = main.module.evidence[0].rstrip(". ")
        taught = [self.catalogue.skills[s] for step in steps for s in step.teaches]
        skill = max(taught, key=lambda s: s.demand.share or 0 if s.demand else 0, default=None)
        understood = f"Which check of “{main.module.title}” was the hardest to meet, and why?"
        if skill:
            understood = f"{skill.name}: when would you not use it, and what would you do instead?"
        return (
            f"Show me what “{main.module.title}” left behind ({shown}). What breaks it, and how would you notice?",
            understood,
            f"{hours(phase.hours)} were planned here. How many did it take, and what do you change because of that?",
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
        days = [f"{name} {number(share / 4)} h" for name, share in zip(DAY_NAMES, when.days, strict=False) if share]
        other = [f"{number(r.hours_per_week)} h a week from {span(r.first, r.last)}" for r in when.ranges]
        off = [f"off {span(b.first, b.last)}" for b in plan.profile.breaks]
        return [
            *([listing(days)] if days else []),
            *_few(other, "more lighter or fuller period"),
            *_few(off, "more break"),
            *([f"every {ordinal(when.rest_every)} week off"] if when.rest_every else []),
            *([f"{when.buffer_percent} % kept as a buffer"] if when.buffer_percent else []),
            *(["recall slots"] if plan.profile.review else []),
        ]

    def forecast(self, plan: Plan) -> str:
        """How sure the day of the finish is."""
        if plan.finish_p95 <= plan.finish:
            return ""
        return f"4 in 5 by {day(plan.finish_p80)}, 19 in 20 by {day(plan.finish_p95)}"

    def work(self, plan: Plan) -> str:
        """387 h in 49 weeks at 10 h a week: 11.2 months."""
        if not plan.steps:
            return "none: you skip what is missing" if skips(plan) else "none: nothing is missing"
        months = ((plan.finish - plan.start).days + 1) / 30.44
        weeks = plural(sum((plan.start - w.start).days < 7 for w in plan.weeks), "week")
        length = f"{months:.1f} months" if months < 36 else f"{months / 12:.1f} years"
        kept = plan.profile.availability.buffer_percent
        buffer = f", {kept} % of them kept as a buffer" if kept else ""
        return f"{hours(plan.hours)} in {weeks} at {number(plan.profile.hours_per_week)} h a week{buffer}: {length}"

    def duration(self, plan: Plan) -> str:
        """What others have published about the length of this path, or that nobody has."""
        if plan.path.months is None:
            return "Nobody has published a duration for this path."
        return f"Published range: {self.published(plan.path.id)}."

    def cost(self, plan: Plan) -> str:
        """What the plan costs for certain, and for what."""
        if not plan.cost_usd:
            return "nothing has to be paid for"
        fees = sum(e.certification.fee_usd or 0 for e in plan.exams)
        rest = plan.cost_usd - fees
        parts = [f"{money(fees)} for {plural(len(plan.exams), 'exam')}"] if fees else []
        return listing(parts + ([f"{money(rest)} for material"] if rest else []))

    def free_of_charge(self, plan: Plan) -> str:
        """Said when every step has at least one resource that costs nothing to begin with."""
        known = self.catalogue.resources
        if plan.steps and all(any(known[r].cost != "paid" for r in s.resources) for s in plan.steps):
            return "Every step has free material."
        return ""

    def uncounted(self, plan: Plan) -> str:
        """Said when some of the material shown has a price, since plans count exam fees and steps alone."""
        shown = {r for s in plan.steps for r in s.resources}
        if any(self.catalogue.resources[r].cost != "free" for r in shown):
            return "Material with a price says so and is not counted."
        return ""

    def within_reach(self, plan: Plan) -> str:
        """Postings within reach before and after."""
        before, after = percent(plan.readiness_before), percent(plan.readiness_after)
        return f"{before} within reach today, {after} at the end"

    def reach(self, plan: Plan) -> str:
        """Of which postings, and what "within reach" means."""
        return f"Of {self.postings(plan)}; within reach: you have 7 in 10 of the skills it names."

    def coverage(self, plan: Plan) -> str:
        """Coverage before and after, and of what."""
        before, after = percent(plan.coverage_before), percent(plan.coverage_after)
        return f"you have {before} of the skills that a posting names, {after} at the end"

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

    def resource(self, id_: str) -> str:
        """The title of a resource with its price and length: SQLBolt (free, 6 h)."""
        return f"{self.catalogue.resources[id_].title} ({self.price(id_)})"

    def price(self, id_: str) -> str:
        """What a resource costs and how long it takes: free, 6 h."""
        found = self.catalogue.resources[id_]
        price = {"free": "free", "freemium": "free to begin"}.get(found.cost) or money(found.price_usd)
        return f"{price}, {hours(found.hours)}"

    def unfit(self, code: str) -> str:
        """A heading over what one and the same reason kept out; nothing where each omission has a reason of its own."""
        return UNFIT.get(code, "")

    def buys(self, plan: Plan, step: Step) -> str:
        """What a step adds when it is done: postings within reach where it moves them, else coverage."""
        before, after = measures(plan)[step.id]
        more = after[1] - before[1]
        if more >= LEAST_REACH:
            return f"{percent(more)} more postings within reach, {percent(after[1])} by then"
        more = after[0] - before[0]
        return f"{percent(more)} more of the skills that postings name" if more >= LEAST_COVERAGE else ""

    def back(self, left: LeftOut) -> str:
        """What it would cost to bring an omission back, with whatever it needs: 91 h, 165 USD."""
        if left.reason.code not in ("deadline", "budget"):
            return hours(left.hours)
        needed, cost = (float(a) for a in left.reason.args)
        return f"{hours(needed)}, {money(cost)}" if cost else hours(needed)

    def recalls(self, plan: Plan, step: Step) -> str:
        """The weeks that keep a slot to recall a step."""
        weeks = [short_day(w.start) for w in plan.weeks if step.id in w.reviews and w.capacity]
        return (
            f"in the weeks of {listing(weeks)}, from memory"
            if weeks[1:]
            else f"in the week of {weeks[0]}"
            if weeks
            else ""
        )
