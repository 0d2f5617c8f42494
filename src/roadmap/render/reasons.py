"""Why something is in a plan or out of it, in sentences: reasons, omissions, options and notices by their codes.

A code is the name of a method, its arguments are what follows; or it stands in `PLAIN`. A friend says it once:
`step_reasons` goes through a plan and leaves out what was said before, and levels are those at the step, in words of
what one can do.
"""

from collections.abc import Callable
from datetime import date

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import LeftOut, Notice, Option, Plan, Reason, Step
from roadmap.render.numbers import day, hours, listing, money, number, sentence, week_days

SURE = {80: "with odds of 4 in 5", 95: "with odds of 19 in 20"}
# Said of many steps alike, so that only a step without any other reason says it.
GENERAL = ("core", "focus", "move", "breadth", "domain", "needed-by", "later")


PLAIN = {
    "kept": "You asked to keep it.",
    "core": "Without it the goal is not reached.",
    "focus": "It belongs to what you want to go deep on.",
    "breadth": "There is time for it, and it widens what you can do.",
    "later": "It can wait: you learn it faster in the job.",
    "skipped": "You asked to skip it.",
    "reached": "It was for what you have reached.",
    "not-promised": "Not part of the plan as it was last made; roadmap replan looks at it again.",
}
"""Reasons that are the same whatever they are about."""


class Sentences:
    """Sentences about reasons, made from one catalogue."""

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

    def reason(self, reason: Reason | LeftOut) -> str:
        """One sentence that says why."""
        one = reason.reason if isinstance(reason, LeftOut) else reason
        return self._say(one.code, one.args)

    def notice(self, notice: Notice) -> str:
        """A sentence the reader should see beside the plan."""
        return self._say(notice.code, notice.args)

    def option(self, option: Option) -> str:
        """A change, or several together, that would make the plan whole, and when it would be done then."""
        changes = dict(zip(option.change.split(" and "), option.value.split(" and "), strict=True))
        said = listing([self._changed(key, value) for key, value in changes.items()])
        if changes.get("deadline") == option.finish.isoformat():
            return f"{sentence(said)}"
        return sentence(f"{said}: done by {day(option.finish)}")

    def _changed(self, key: str, value: str) -> str:
        """One changed answer of an option."""
        match key:
            case "hours_per_week":
                return f"{value} hours a week"
            case "deadline":
                return f"a deadline of {day(date.fromisoformat(value))}"
            case "budget_usd":
                return f"a budget of {value} USD"
            case "certifications":
                return "no exam" if value == "none" else "one exam only"
            case "domain":
                field = self.catalogue.specialisations.get(value)
                return "without your field" if field is None else f"the field {field.name.lower()}"
            case "confidence":
                return f"a deadline that holds with {SURE.get(int(value), 'even odds').removeprefix('with ')}"
        return f"{key.replace('_', ' ')} {value}"

    def _say(self, code: str, args: tuple[str | float, ...]) -> str:
        if code in PLAIN:
            return PLAIN[code]
        said: Callable[..., str] = getattr(self, "_" + code.replace("-", "_"))
        return said(*args)

    # --- why a step is there ---

    def _gap(self, skill: str, have: int, _want: int, reached: int, _whose: str = "") -> str:
        return self.lift(skill, have, reached)

    def lift(self, skill: str, have: int, reached: int) -> str:
        """What somebody can do after a step, and whether it is new to them."""
        able = self.catalogue.skills[skill].levels[max(1, reached) - 1].strip().rstrip(".")
        name, new = self.skill(skill), "" if have else ", new to you"
        if able.startswith("You can "):
            return f"You can then {able.removeprefix('You can ')} ({name}{new})."
        return f"{name}{new}: {able}."

    def _needed_by(self, *modules: str) -> str:
        if not modules:
            return "Part of this way."
        return sentence(f"{listing([f'“{self.module(m)}”' for m in modules])} {_verb(modules, 'build')} on it")

    def _rule(self, rule: str) -> str:
        return self.catalogue.rules[rule].because

    def _domain(self, domain: str) -> str:
        return f"You chose {self.catalogue.specialisations[domain].name.lower()} as your field."

    def _move(self, move: str) -> str:
        return f"Part of {self.catalogue.moves[move].name[:1].lower()}{self.catalogue.moves[move].name[1:]}."

    # --- why something is not there ---

    def _skip_needed(self, module: str, *needers: str) -> str:
        waiting = listing([f"“{self.module(m)}”" for m in needers])
        need = _verb(needers, "need")
        return f"You asked to skip “{self.module(module)}”, but {waiting or 'what you kept'} {need} it, so it stays."

    def _held(self, skill: str, _level: int) -> str:
        return f"You can do this already ({self.skill(skill)})."

    def _retired(self, certification: str, *chain: str) -> str:
        cert = self.catalogue.certifications[certification]
        ended = date.fromisoformat(cert.retires_on) if cert.retires_on else None
        text = f"{cert.label} has ended" if cert.status == "retired" else f"{cert.label} ends"
        if ended:
            text = f"{cert.label} {'ended' if cert.status == 'retired' else 'ends'} on {day(ended)}"
        followers = [self.catalogue.certifications[c].label for c in chain]
        return text + (f"; {listing(followers)} {_verb(followers, 'follow')} it." if followers else ".")

    def _exam_held(self, certification: str) -> str:
        return f"You hold {self._label(certification)} already."

    def _exam_closed(self, certification: str, access: str) -> str:
        return f"{self._label(certification)} cannot be booked by everybody ({access.replace('-', ' ')})."

    def _exam_gated(self, certification: str) -> str:
        cert = self.catalogue.certifications[certification]
        return f"{cert.label} asks for something first: {cert.gates.text if cert.gates else ''}".rstrip(".") + "."

    def _exam_fee_unknown(self, certification: str) -> str:
        return f"What {self._label(certification)} costs could not be found out, so it is not planned."

    def _exam_enough(self, certification: str, wanted: str, other: str) -> str:
        label = self._label(certification)
        if wanted == "none" or not other:
            return f"You want no exam; if you ever do, {label} fits this way."
        return f"You want one exam, and {self._label(other)} comes before {label}."

    def _label(self, certification: str) -> str:
        return self.catalogue.certifications[certification].label

    def _deadline(self, needed: float, cost: float) -> str:
        price = f" and {money(cost)}" if cost else ""
        return f"Your deadline leaves no room for it; it takes {hours(needed)}{price} more."

    def _budget(self, needed: float, cost: float) -> str:
        return (
            f"Your budget does not hold it; it costs {money(cost)} and {hours(needed)}."
            if cost
            else "It belongs to something your budget does not hold."
        )

    def _other_cloud(self, _module: str, cloud: str, chosen: str) -> str:
        names = [self.catalogue.clouds[c].name if c in self.catalogue.clouds else c for c in (cloud, chosen)]
        return f"It is about {names[0]}; your plan uses {names[1]}."

    def _other_domain(self, _module: str, domain: str) -> str:
        return f"It belongs to {self.catalogue.specialisations[domain].name.lower()}, a field you did not choose."

    def _taught_by_others(self, *modules: str) -> str:
        return f"You learn the same from {listing([f'“{self.module(m)}”' for m in modules[:3]])}."

    def _not_asked_for(self, _module: str, target: str, level: str) -> str:
        role = self.catalogue.roles[target].name
        return f"Nothing in this way to {role[:1].lower() + role[1:]} at {level} level leans on it."

    # --- what to know beside the plan ---

    def _nobody_teaches(self, skill: str, level: int) -> str:
        if any(m.teaches[skill] >= level for m in self.catalogue.teachers.get(skill, ())):
            return f"{self.skill(skill)} is taught only for another cloud or field, so it stays open."
        return f"Nothing here teaches {self.skill(skill)} that deeply yet, so it stays open."

    def _rule_note(self, rule: str) -> str:
        return self.catalogue.rules[rule].then.note

    def _no_published_duration(self, path: str) -> str:
        return self.catalogue.paths[path].months_note or "Nobody has published how long this way takes."

    def _faster_than_published(self, path: str, months: float) -> str:
        why = "your hours and what you know already make it so."
        return f"{number(months)} months is less than the published {self.published(path)}: {why}"

    def _slower_than_published(self, path: str, months: float) -> str:
        usual = self.published(path)
        return f"{number(months)} months is more than the published {usual}, which names no hours a week."

    def _days_shared_out(self, given: float, wanted: float, *days: int) -> str:
        held = week_days(days, wanted)
        return f"Your weekdays make {number(given)} h, your week has {number(wanted)} h; shared out, that is {held}."

    def published(self, path: str) -> str:
        """6 to 12 months."""
        months = self.catalogue.paths[path].months
        return f"{number(months[0])} to {number(months[1])} months" if months else "no published duration"


def _verb(subjects: object, word: str) -> str:
    """Builds for one, build for several."""
    return word if isinstance(subjects, (list, tuple)) and len(subjects) > 1 else word + "s"


Told = tuple[Reason, str]


def step_reasons(plan: Plan, words: Sentences) -> dict[str, list[Told]]:
    """The reasons of each step with their sentences, nothing said twice in a plan, levels as they are by then."""
    have = dict(plan.profile.have)
    said: set[str] = set()
    out: dict[str, list[Told]] = {}
    for step in plan.steps:
        own = [told for reason in step.reasons if (told := _told(reason, have, words)) and told[1] not in said]
        particular = [told for told in own if told[0].code not in GENERAL]
        out[step.id] = kept = particular or own[:1] or _at_least(step)
        said.update(text for _, text in kept)
        for skill, level in step.teaches.items():
            have[skill] = max(have.get(skill, 0), level)
    return out


def _told(reason: Reason, have: dict[str, int], words: Sentences) -> Told | None:
    """A reason with its sentence; None for a skill that somebody can do as well by then."""
    if reason.code != "gap":
        return reason, words.reason(reason)
    skill, reached = str(reason.args[0]), int(reason.args[3])
    held = have.get(skill, 0)
    return (reason, words.lift(skill, held, reached)) if held < reached else None


def _at_least(step: Step) -> list[Told]:
    """What a step leaves behind, where everything else was said before."""
    leaves = step.module.leaves or step.module.evidence[0]
    return (
        [(step.reasons[0], sentence(f"it leaves you with this: {leaves[:1].lower()}{leaves[1:]}"))]
        if step.reasons
        else []
    )
