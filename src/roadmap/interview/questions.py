"""The questionnaire without a screen: what is still to be asked of one person, with choices, defaults and words.

Made from the catalogue's questions and the answers so far; nothing here reads a key or prints.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.errors import RoadmapError
from roadmap.interview.typed import NOTHING, day_words, read_date, read_number, read_periods
from roadmap.model.catalogue import Catalogue, Question, Skill
from roadmap.model.condition import holds
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.problem import Fault
from roadmap.model.profile import KEYS, Break, Profile, Range, check_answer, make_profile

LEVEL_WORDS = ("none", "aware", "working", "proficient", "expert")
MOST_SKILLS = 25
# Somebody whose role usually brings a skill has met it; unticking it says "not alone", not "never heard of it".
UNTICKED_LEVEL = 1
# These answers are given in view of the role's baseline, so another role makes them void.
FROM_ROLE = ("skills", "level")
Found = Callable[[Mapping[str, object]], Mapping[str, object]]


@dataclass(frozen=True)
class Option:
    """One thing to choose or to tick. `note` stands beside the label; neighbours of one `group` under its heading."""

    value: object
    label: str
    why: str = ""
    note: str = ""
    group: str = ""


@dataclass(frozen=True)
class Prompt:
    """A question ready to be put: `default` is what Enter answers (for checklists the ticked values)."""

    question: Question
    options: tuple[Option, ...]
    default: object
    number: int
    total: int


def plain(text: str) -> str:
    """Text from a catalogue or a person as one line that a terminal shows literally."""
    return "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split()))


def layered(*layers: Mapping[str, object] | None) -> dict[str, object]:
    """Answers by precedence: flags, then file, then this session's, then the kept draft; None means no answer.

    Defaults come after all of these, when a profile is made.
    """
    out: dict[str, object] = {}
    for layer in layers:
        for key, value in (layer or {}).items():
            if out.get(key) is None:
                out[key] = value
    return out


class Questionnaire:
    """The answers of one person and what they make of the questions.

    `given` (from flags and file) is never asked for. `own` holds what this person answered here, by profile key;
    None there means "asked, and no answer wanted". `reopened` keys keep their answer as the next default. `found` says
    what a resume adds to answers: it is the default where a question asks for it, and given where none does.
    """

    def __init__(
        self, catalogue: Catalogue, given: Mapping[str, object], today: date, found: Found | None = None
    ) -> None:
        self.catalogue = catalogue
        self.found: Found = found or (lambda _: {})
        self.given = {k: v for k, v in given.items() if v is not None}
        asked = {q.sets for q in catalogue.questions.values()}
        self.given.update({k: v for k, v in self.found(self.given).items() if k not in asked})
        self.today = today
        self.own: dict[str, object] = {}
        self.reopened: set[str] = set()

    # --- which questions

    def asked(self) -> list[Question]:
        """The questions for this person, in order: not given, and their condition true of the answers before."""
        return self._walk()[0]

    def answers(self) -> dict[str, object]:
        """What a profile file would hold: given answers, and own ones whose question still applies."""
        found = self._walk()[1]
        order = [*(k for k in KEYS if k in found), *(k for k in found if k not in KEYS)]
        return {k: found[k] for k in order if k in self.given or found[k] not in (None, [], {}, "")}

    def _walk(self) -> tuple[list[Question], dict[str, object]]:
        questions: list[Question] = []
        so_far = dict(self.given)
        for question in self.catalogue.questions.values():
            key = question.sets
            if key in self.given or any(q.sets == key for q in questions):
                continue
            if holds(question.when, self._person(so_far)):
                questions.append(question)
                if key in self.own:
                    so_far[key] = self.own[key]
                elif (proposed := self.found(so_far).get(key)) is not None:
                    so_far[key] = proposed
        return questions, so_far

    def following(self) -> Question | None:
        """The first question without an answer, or None when all are answered."""
        return next((q for q in self.asked() if q.sets not in self.own or q.sets in self.reopened), None)

    def preceding(self, question: Question) -> Question | None:
        """The question before this one, or None for the first."""
        questions = self.asked()
        return questions[questions.index(question) - 1] if questions.index(question) else None

    def person(self) -> Profile:
        """The person as known so far, with defaults; without the dates on which nothing here depends."""
        return self._person(self._walk()[1])

    def _person(self, answers: Mapping[str, object]) -> Profile:
        right = {
            k: v
            for k, v in answers.items()
            # Limits in time can contradict each other, and neither condition nor choice looks at them.
            if k in KEYS and k not in ("deadline", "breaks") and v is not None and self._fine(k, v)
        }
        if "role" not in right:
            right["role"] = self._starts(str(right["target"]) if "target" in right else None)[0]
        profile, faults = make_profile(right, self.catalogue, self.today)
        if profile is None:
            raise RoadmapError(faults[0].message, faults[0].hint)
        return profile

    def _fine(self, key: str, value: object) -> bool:
        return not check_answer(key, value, self.catalogue)[1]

    # --- answers

    def read(self, question: Question, text: str) -> object:
        """What somebody typed, as a profile file would hold it; None for no answer to an optional question."""
        if question.optional and text.strip().casefold() in NOTHING:
            return None
        match question.kind:
            case "number":
                return read_number(text)
            case "date":
                return read_date(text, self.today)
            case "periods":
                return read_periods(text, self.today)
        return text.strip()

    def complaint(self, question: Question, value: object) -> str:
        """What is wrong with an answer, in the question's words; '' when it can be taken."""
        faults = self._faults(question, value)
        if not faults:
            return ""
        message, key = faults[0].message, question.sets
        if message.startswith(key + " "):
            message = name_of(question) + message[len(key) :]
        # The hint on a break shows how a file writes it; the question has its own example.
        hint = f" ({faults[0].hint})" if faults[0].hint and question.kind != "periods" else ""
        return plain(message[:1].upper() + message[1:] + hint)

    def _faults(self, question: Question, value: object) -> list[Fault]:
        key = question.sets
        if value is None:
            if question.optional or any(c.value is None for c in question.choices):
                return []
            return [Fault("missing", (key,), f"{key} needs an answer")]
        if faults := check_answer(key, value, self.catalogue)[1]:
            return faults
        others = {k: v for k, v in self._walk()[1].items() if k != key}
        before = make_profile(others, self.catalogue, self.today)[1]
        return [f for f in make_profile({**others, key: value}, self.catalogue, self.today)[1] if f not in before]

    def answer(self, question: Question, value: object) -> None:
        """Take an answer. Another role than before makes void what was answered in view of the old one's baseline."""
        if question.sets == "role" and self.own.get("role") not in (None, value):
            for key in FROM_ROLE:
                self.own.pop(key, None)
        self.own[question.sets] = _written(value)
        self.reopened.discard(question.sets)

    def reopen(self, question: Question) -> None:
        """Ask again; the answer so far becomes the default."""
        self.reopened.add(question.sets)

    def draft(self) -> dict[str, object]:
        """What to keep when the person stops: the answers, and the role they were given in view of."""
        kept = {q.sets: self.own[q.sets] for q in self.asked() if q.sets in self.own}
        return layered(kept, {"role": self.given["role"]}) if kept and "role" in self.given else kept

    def resume(self, draft: Mapping[str, object]) -> bool:
        """Take over kept answers, without those that are given now or no longer pass. Whether any are left."""
        for question in self.catalogue.questions.values():
            key = question.sets
            if key not in draft or question not in self.asked():
                continue
            if key in FROM_ROLE and draft.get("role") != {**self.given, **self.own}.get("role"):
                continue
            if not self._faults(question, draft[key]):
                self.own[key] = draft[key]
        return bool(self.own)

    # --- one question, ready to be put

    def prompt(self, question: Question) -> Prompt:
        """The question with its choices and its default, both computed from the answers so far."""
        asked = self.asked()
        options = self._options(question)
        default = self._default(question, options)
        return Prompt(question, options, default, asked.index(question) + 1, len(asked))

    def _default(self, question: Question, options: Sequence[Option]) -> object:
        key, person = question.sets, self.person()
        if question.kind == "skills":
            return tuple(o.value for o in options if person.have.get(str(o.value), 0) >= WORKING_LEVEL)
        value = self.own.get(key, getattr(person, key) if question.default is None else question.default)
        if question.kind == "choice":
            offered = [o.value for o in options]
            return value if value in offered else next(iter(offered), None)
        if question.kind == "choices":
            return tuple(value) if isinstance(value, (list, tuple)) else ()
        return value

    def _options(self, question: Question) -> tuple[Option, ...]:
        own = tuple(Option(c.value, c.label, c.why) for c in question.choices)
        return own + tuple(self._from_catalogue(question))

    def _from_catalogue(self, question: Question) -> Iterable[Option]:
        c = self.catalogue
        match question.choices_from:
            case "starts":
                target = self.given.get("target", self.own.get("target"))
                return [
                    Option(r, c.roles[r].name, c.roles[r].summary)
                    for r in self._starts(str(target) if target else None)
                ]
            case "targets":
                role = self.given.get("role", self.own.get("role"))
                return [
                    Option(r.id, r.name, r.summary)
                    for r in c.roles.values()
                    if r.target and any(p.target == r.id and role in (None, p.start) for p in c.paths.values())
                ]
            case "goals":
                return [Option(g.id, g.name, g.why) for g in c.goals.values()]
            case "clouds":
                return [Option(x.id, x.name, x.why) for x in c.clouds.values()]
            case "specialisations":
                return [Option(s.id, s.name, s.summary) for s in c.specialisations.values()]
            case "skills":
                return self._skills(question)
        return []

    def _starts(self, target: str | None) -> list[str]:
        roles = self.catalogue.roles.values()
        target = target or next((r.id for r in roles if r.target), "")
        found = [r.id for r in roles if r.start and self.catalogue.path(r.id, target)]
        if not found:
            raise RoadmapError(f'no path of the catalogue leads to "{target}"', "roadmap show paths lists them")
        return found

    def _skills(self, question: Question) -> list[Option]:
        """The skills whose answer can change the plan, those that most postings ask for; by stage, then by demand."""
        person, c = self.person(), self.catalogue
        usual = c.roles[person.role].baseline
        wanted = next((asked for level, asked in c.roles[person.target].targets.items() if level == person.level), {})
        stages = [s for s in c.stages if not question.stages or s in question.stages]
        able = [
            s
            for s in c.skills.values()
            if s.taught and s.stage in stages and max(usual.get(s.id, 0), wanted.get(s.id, 0)) >= WORKING_LEVEL
        ]
        shown = sorted(able, key=_demand, reverse=True)[:MOST_SKILLS]
        shown.sort(key=lambda s: stages.index(s.stage))
        proposed = self.found({k: v for k, v in self._walk()[1].items() if k != question.sets}).get(question.sets)
        proven = proposed if isinstance(proposed, Mapping) else {}
        return [
            Option(
                s.id,
                s.short,
                s.levels[WORKING_LEVEL - 1],
                _note(proven.get(s.id), usual.get(s.id)),
                c.stages[s.stage].name,
            )
            for s in shown
        ]

    def ticked(self, question: Question, values: Sequence[object]) -> object:
        """Ticks as a profile file would hold them: for skills only the levels that differ from the role's baseline."""
        if question.kind != "skills":
            return list(values)
        usual = self.catalogue.roles[self.person().role].baseline
        shown = [str(o.value) for o in self._options(question)]
        before = self._walk()[1].get(question.sets)
        levels = {s: n for s, n in before.items() if s not in shown} if isinstance(before, Mapping) else {}
        for skill in shown:
            level, known = usual.get(skill, 0), skill in values
            said = before.get(skill) if isinstance(before, Mapping) else None
            if isinstance(said, int) and known == (said >= WORKING_LEVEL):
                # A tick says working or not; a level that agrees with it says more.
                levels[skill] = said
            elif known and level < WORKING_LEVEL:
                levels[skill] = WORKING_LEVEL
            elif not known and level >= WORKING_LEVEL:
                levels[skill] = UNTICKED_LEVEL
        return levels

    # --- words

    def words(self, question: Question, value: object) -> str:
        """An answer as people say it, on one line."""
        kept, faults = check_answer(question.sets, value, self.catalogue) if value is not None else (None, [])
        if faults:
            return plain(str(value))
        labels = {o.value: o.label for o in self._options(question)}
        match kept:
            case None | () | "":
                text = question.empty
            case Mapping():
                text = self._skill_words(kept)
            case tuple():
                text = ", ".join(
                    _period_words(x) if isinstance(x, (Break, Range)) else labels.get(x, str(x)) for x in kept
                )
            case date():
                text = day_words(kept)
            case int() | float():
                text = labels.get(kept, f"{kept:.10g}")
            case _:
                text = labels.get(kept, str(kept))
        return plain(text)

    def _skill_words(self, levels: Mapping[object, object]) -> str:
        usual = self.catalogue.roles[self.person().role].baseline
        names: dict[bool, list[str]] = {True: [], False: []}
        for skill, level in levels.items():
            if isinstance(level, int) and level != usual.get(str(skill), 0):
                names[level > usual.get(str(skill), 0)].append(self.catalogue.skills[str(skill)].short)
        parts = [
            f"{word} {', '.join(found[:3])}" + (f" and {len(found) - 3} more" if len(found) > 3 else "")
            for word, found in (("also", names[True]), ("not yet", names[False]))
            if found
        ]
        return "; ".join(parts) or "as usual for the role"

    def summary(self) -> str:
        """The answers in two sentences, to be confirmed: who, how much, from when, what for; then what is special."""
        answers, person, c = self.answers(), self.person(), self.catalogue
        hours = f"{person.hours_per_week:.10g} hours a week from {day_words(person.start)}"
        goals = ", ".join(c.goals[g].name for g in person.goals)
        first = (
            f"{c.roles[person.role].name} to {c.roles[person.target].name} ({person.level}), {hours}. Goal: {goals}."
        )
        said = ("role", "target", "level", "hours_per_week", "start", "goals")
        special = [
            f"{name_of(q)}: {self.words(q, answers[q.sets])}"
            for q in c.questions.values()
            if q.sets in answers and q.sets not in said and not self._usual(q.sets, answers[q.sets])
        ]
        rest = "; ".join(special)
        return plain(first) + (f" {rest[:1].upper()}{rest[1:]}." if rest else " Everything else as usual.")

    def _usual(self, key: str, value: object) -> bool:
        role = {"role": self.person().role, "target": self.person().target}
        plain_person, _ = make_profile(role, self.catalogue, self.today)
        return plain_person is not None and check_answer(key, value, self.catalogue)[0] == getattr(plain_person, key)


def name_of(question: Question) -> str:
    """What an answer is called in a list or a complaint."""
    return plain(question.short or question.sets.replace("_", " "))


def _note(proven: object, usual: int | None) -> str:
    """What is known of a skill before the person says anything: from a resume, else from the role."""
    if isinstance(proven, int):
        return f"resume: {LEVEL_WORDS[proven]}"
    return f"usually {LEVEL_WORDS[usual]}" if usual else ""


def _written(value: object) -> object:
    """A value in the types that YAML and JSON share, so that it can be kept and read again."""
    match value:
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case float() if value.is_integer():
            return int(value)
    return value


def _period_words(period: Break | Range) -> str:
    lighter = f" at {period.hours_per_week:g} h a week" if isinstance(period, Range) else ""
    if period.first == period.last:
        return day_words(period.first) + lighter
    return f"{day_words(period.first)} to {day_words(period.last)}{lighter}"


def _demand(skill: Skill) -> float:
    return (skill.demand.share or 0) if skill.demand else 0
