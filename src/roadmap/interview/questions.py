"""The questionnaire without a screen: what is still to be asked of one person, with choices, defaults and words.

Made from the catalogue's questions and the answers so far; nothing here reads a key or prints.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from roadmap.errors import RoadmapError
from roadmap.interview.options import MOST_SKILLS, PromptOption, levels_of, offered, starts, usual
from roadmap.interview.typed import NOTHING, read_date, read_number, read_periods
from roadmap.interview.words import answer_words, name_of, plain, summary, understood
from roadmap.model.catalogue import Catalogue, Question
from roadmap.model.condition import holds
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.months import planned_day
from roadmap.model.problem import Fault
from roadmap.model.profile import KEYS, Profile, check_answer, make_profile

__all__ = ["MOST_SKILLS", "Found", "Prompt", "PromptOption", "Questionnaire", "layered", "name_of", "plain"]

# These answers are given in view of what somebody with the role and the background usually knows.
SETS_USUAL = ("role", "background")
FROM_USUAL = ("skills", "level")
Found = Callable[[Mapping[str, object]], Mapping[str, object]]


@dataclass(frozen=True)
class Prompt:
    """A question ready to be put: `default` is what Enter answers (for checklists the ticked values)."""

    question: Question
    options: tuple[PromptOption, ...]
    default: object
    number: int
    total: int


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
        person: Profile | None = None  # made of the answers so far only where a condition looks at them
        for question in self.catalogue.questions.values():
            key = question.sets
            if key in self.given or any(q.sets == key for q in questions):
                continue
            if question.when.given:
                person = person or self._person(so_far)
                if not holds(question.when, person):
                    continue
            questions.append(question)
            answer = self.own[key] if key in self.own else self.found(so_far).get(key)
            if key in self.own or answer is not None:
                so_far[key], person = answer, None
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
            right["role"] = self._likely_start(right)
        profile, faults = make_profile(right, self.catalogue, self.today)
        if profile is None:
            raise RoadmapError(faults[0].message, faults[0].hint)
        return profile

    def _likely_start(self, answers: Mapping[str, object]) -> str:
        """The role to offer first: the one that the background fits, else the first."""
        able = starts(self.catalogue, str(answers["target"]) if "target" in answers else None)
        known = check_answer("background", answers.get("background", ()), self.catalogue)[0]
        for one in known if isinstance(known, tuple) else ():
            found = self.catalogue.backgrounds.get(str(one))
            if found and (fitting := [s for s in found.starts if s in able]):
                return fitting[0]
        return able[0]

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
                return read_date(text, self.today, question.sets)
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
        if question.kind == "date" and isinstance(unclear := planned_day(key, str(value), self.today), Fault):
            return [unclear]
        if faults := check_answer(key, value, self.catalogue)[1]:
            return faults
        others = {k: v for k, v in self._walk()[1].items() if k != key}
        before = make_profile(others, self.catalogue, self.today)[1]
        return [f for f in make_profile({**others, key: value}, self.catalogue, self.today)[1] if f not in before]

    def answer(self, question: Question, value: object) -> None:
        """Take an answer. Another role or background makes void what was answered in view of the one before."""
        key, value = question.sets, _written(value)
        if key in SETS_USUAL and key in self.own and self.own[key] != value:
            for other in FROM_USUAL:
                self.own.pop(other, None)
        self.own[key] = value
        self.reopened.discard(key)

    def reopen(self, question: Question) -> None:
        """Ask again; the answer so far becomes the default."""
        self.reopened.add(question.sets)

    def draft(self) -> dict[str, object]:
        """What to keep when the person stops: the answers, and what they were given in view of."""
        kept = {q.sets: self.own[q.sets] for q in self.asked() if q.sets in self.own}
        in_view = {k: self.given[k] for k in SETS_USUAL if k in self.given}
        return layered(kept, in_view) if kept else kept

    def resume(self, draft: Mapping[str, object]) -> bool:
        """Take over kept answers, without those that are given now or no longer pass. Whether any are left."""
        for question in self.catalogue.questions.values():
            key = question.sets
            if key not in draft or question not in self.asked():
                continue
            now = {**self.given, **self.own}
            if key in FROM_USUAL and any((draft.get(k) or None) != (now.get(k) or None) for k in SETS_USUAL):
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

    def _default(self, question: Question, options: Sequence[PromptOption]) -> object:
        key, person = question.sets, self.person()
        if question.kind == "skills":
            return tuple(o.value for o in options if person.have.get(str(o.value), 0) >= WORKING_LEVEL)
        value = self.own.get(key, getattr(person, key) if question.default is None else question.default)
        if question.kind == "choice":
            within = [o.value for o in options]
            return value if value in within else next(iter(within), None)
        if question.kind == "choices":
            return tuple(value) if isinstance(value, (list, tuple)) else ()
        return value

    def _options(self, question: Question) -> tuple[PromptOption, ...]:
        others = {k: v for k, v in self._walk()[1].items() if k != question.sets}
        answers = {**self.own, **self.given}
        proven = self.found(others).get(question.sets) if question.kind == "skills" else None
        return offered(question, self.catalogue, self.person(), answers, proven)

    def ticked(self, question: Question, values: Sequence[object]) -> object:
        """Ticks as a profile file would hold them: for skills only the levels that differ from the usual ones."""
        if question.kind != "skills":
            return list(values)
        shown = [str(o.value) for o in self._options(question)]
        known = usual(self.catalogue, self.person())
        return levels_of(values, shown, known, self._walk()[1].get(question.sets))

    # --- words

    def words(self, question: Question, value: object) -> str:
        """An answer as people say it, on one line."""
        return answer_words(question, value, self.catalogue, self.person(), self._options(question))

    def understood(self, question: Question) -> list[str]:
        """What was made of an answer in free text, and what it changes."""
        return understood(question, self.own.get(question.sets), self.catalogue)

    def summary(self) -> str:
        """The answers in two sentences, to be confirmed: who, how much, from when, what for; then what is special."""
        answers, person = self.answers(), self.person()
        asked = [q for q in self.catalogue.questions.values() if q.sets in answers]
        words = {q.sets: self.words(q, answers[q.sets]) for q in asked}
        alike, _ = make_profile({"role": person.role, "target": person.target}, self.catalogue, self.today)
        return summary(answers, asked, words, person, alike, self.catalogue)


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
