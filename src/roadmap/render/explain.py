"""Why a step is in a plan, or is not, or comes before another: facts into a page."""

from collections.abc import Iterable, Mapping, Sequence

from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Absent, Because, Change, Need, Ordered, Present, Tried
from roadmap.model.plan import Plan, Reason
from roadmap.render.cards import Card, said_by
from roadmap.render.changes import answer, effort, flag
from roadmap.render.layout import Page, Span
from roadmap.render.numbers import LEVEL_NAMES, ORIGINS, listing, number, percent, period, plural
from roadmap.render.wording import Words

ORDER_HINT = "roadmap explain --order A B tells why one step comes before another."
MOST_TYPED = 4
NEITHER = "Neither needs the other."


def explained(plan: Plan, catalogue: Catalogue, facts: Present | Absent | Ordered) -> Page:
    """A page about a step, an omission, or two steps and which comes first."""
    page = _Explaining(plan, catalogue)
    card = (
        page.present(facts)
        if isinstance(facts, Present)
        else page.absent(facts)
        if isinstance(facts, Absent)
        else page.ordered(facts)
    )
    return card.page()


def order_sentence(plan: Plan, catalogue: Catalogue, facts: Ordered) -> str:
    """Why one step comes before another."""
    return _Explaining(plan, catalogue).order(facts)


class _Explaining:
    def __init__(self, plan: Plan, catalogue: Catalogue) -> None:
        self.plan = plan
        self.catalogue = catalogue
        self.words = Words(catalogue)

    def present(self, facts: Present) -> Card:
        step, words = facts.step, self.words
        card = Card(step.module.title, step.id, step.module.summary, hint=self._order_hint(facts))
        card.fact("When", period(step.start, step.finish))
        card.fact("Work", words.effort(step))
        card.fact("Counted", self._counted(facts))
        card.fact("Brings", self._brings(facts))
        exam = next((e for e in self.plan.exams if e.step == step.id), None)
        card.fact("Exam", words.exam(exam) if exam else "")
        card.part("Why it is here", self._reasons(facts))
        card.part("What it waits for", self._needs(facts.waits_for, earlier=True) or ["Nothing: it can start at once."])
        card.part("What it opens", self._opens(facts))
        card.part("What would remove it", self._removal(facts))
        card.part("Done when", step.module.done_when)
        card.part("To work with", [Span(words.resource(one), one.resource.url) for one in words.opened(step)])
        sources = [*(b.reason.source for b in facts.reasons), step.module.hours.source]
        card.part("Who says so", said_by(self.catalogue, sources))
        return card

    def _order_hint(self, facts: Present) -> str:
        """How to ask why it comes where it does: after the step before it."""
        ids = [s.id for s in self.plan.steps]
        at = ids.index(facts.step.id)
        if len(ids) < 2:
            return ""
        first, then = (ids[at - 1], ids[at]) if at else (ids[0], ids[1])
        return f"roadmap explain --order {first} {then} tells why one comes before the other."

    def _counted(self, facts: Present) -> str:
        """The arithmetic of the hours: the likely ones, resized by rules, times the over-run, and the grounds."""
        rules = [self.catalogue.rules[str(b.reason.args[0])] for b in facts.reasons if b.effect == "resizes"]
        factors = "".join(f", times {number(r.then.resize.factor)} by a rule" for r in rules if r.then.resize)
        hours_ = facts.step.module.hours
        usual = f"{number(hours_.likely)} h{factors}, times a usual over-run of {number(self.plan.pace)}"
        return f"{ORIGINS[hours_.origin]}, {usual}: {hours_.basis}"

    def _reasons(self, facts: Present) -> list[str]:
        said = [self._why(b) for b in facts.reasons]
        return [self.words.notice(facts.skipped_in_vain), *said] if facts.skipped_in_vain else said

    def _brings(self, facts: Present) -> str:
        reach = f"{percent(facts.readiness)} more postings within reach" if facts.readiness > 0 else ""
        share = f"coverage {percent(facts.coverage)} more" if facts.coverage > 0 else ""
        return "; ".join(part for part in (self._levels(facts.step.teaches), reach, share) if part)

    def _levels(self, levels: Mapping[str, int]) -> str:
        return listing([f"{self.words.skill(s)} ({LEVEL_NAMES[n]})" for s, n in levels.items()])

    def _why(self, because: Because) -> str:
        return f"{self.words.reason(because.reason)} (says: {self.words.source(because.reason.source)})"

    def _needs(self, needs: Sequence[Need], *, earlier: bool) -> list[str]:
        grouped: dict[str, list[str]] = {}
        for need in needs:
            level = f"{self.words.skill(need.skill)} at {LEVEL_NAMES[need.level]}"
            grouped.setdefault(need.step if earlier else need.waits, []).append(level)
        link = "brings" if earlier else "needs"
        return [f"{self.words.module(id_)} {link} {listing(levels)}" for id_, levels in grouped.items()]

    def _opens(self, facts: Present) -> list[str]:
        direct = self._needs(facts.needed_by, earlier=False)
        further = len(facts.opens) - len(direct)
        more = (
            [f"Through {'it' if len(direct) == 1 else 'them'} {plural(further, 'more step')}."] if further > 0 else []
        )
        return direct + more or ["No later step waits for it."]

    def _removal(self, facts: Present) -> list[str]:
        reasons = [b for b in facts.reasons if b.removed_by or b.kept_despite]
        gone = sorted(_once(o for b in (*reasons, facts.by_choice) for o in b.removed_by), key=_disturbance)
        stays = [pair for b in (*reasons, facts.by_choice) for pair in b.kept_despite]
        out = [f"{self._changed(same, facts)}: gone{self._others(same, facts.step.id)}." for same in _by_key(gone)]
        seen = {o.change.key for o in gone} - {"skip"}
        for outcome, why in stays:
            if outcome.change.key not in seen:
                out.append(f"{self._changed([outcome], facts)}: it stays. {self._staying(outcome, facts, why)}".strip())
            seen.add(outcome.change.key)
        if not gone:
            out.append("No single answer takes it out.")
        return out

    def _changed(self, same: Sequence[Tried], about: Present | None = None) -> str:
        """One changed answer, or several values of one that all do the same."""
        first = same[0].change
        if first.key == "skip":
            return self._skipping(first, about)
        values = [answer(self.catalogue, o.change) for o in same]
        said = f"{values[0]} ({flag(first)})"
        if len(values) > 1:
            bare = [values[0], *(v.removeprefix("goal ") for v in values[1:])]
            said = ", ".join(bare[:-1]) + " or " + bare[-1]
        return said[:1].upper() + said[1:]

    def _skipping(self, change: Change, about: Present | None) -> str:
        """Skipping one step by its flag, many at once by their number."""
        skip = change.value if isinstance(change.value, tuple) else ()
        fresh = [m for m in skip if m not in self.plan.profile.skip]
        if not fresh or about is None:
            return f"Not skipping it ({flag(change)})"
        waiting = [m for m in fresh if m != about.step.id]
        if not waiting:
            return f"Skipping it (--skip {about.step.id})"
        typed = f" ({flag(change)})" if len(skip) <= MOST_TYPED else ""
        return (
            f"Skipping it with {plural(len(waiting), 'step')} that {'wait' if waiting[1:] else 'waits'} for it{typed}"
        )

    def _others(self, same: Sequence[Tried], id_: str) -> str:
        if len(same) > 1:
            return ""
        outcome = same[0]
        others = [s for s in outcome.gone if s != id_]
        company = f", with {plural(len(others), 'other step')}" if others else ""
        instead = f"; instead {plural(len(outcome.joined), 'step')}" if outcome.joined else ""
        return f"{company}{instead}; {effort(outcome)}"

    def _staying(self, outcome: Tried, facts: Present, why: Sequence[Reason]) -> str:
        if outcome.change.key != "skip":
            return self.words.reason(why[0]) if why else ""
        notices = (n for n in outcome.plan.notices if n.code == "skip-needed" and n.args[0] == facts.step.id)
        needers = next((n.args[1:] for n in notices), ())
        named = [f"“{self.words.module(str(m))}”" for m in needers]
        return f"{listing(named)} need{'s' if len(named) == 1 else ''} it." if named else ""

    def absent(self, facts: Absent) -> Card:
        words, catalogue = self.words, self.catalogue
        module = catalogue.modules.get(facts.id)
        card = Card(facts.title, facts.id, f"Not in this plan. {words.reason(facts.reason)}", hint=ORDER_HINT)
        if module:
            card.fact("What", module.summary)
            card.fact("Work", words.origin(module.hours, self.plan.pace))
            card.fact(
                "Would bring", listing([f"{words.skill(s)} ({LEVEL_NAMES[n]})" for s, n in module.teaches.items()])
            )
            card.fact("Asks for", listing([f"{words.skill(s)} ({LEVEL_NAMES[n]})" for s, n in module.needs.items()]))
        card.fact("Worth", f"{percent(facts.worth)} more coverage" if facts.worth > 0 else "")
        card.part("How to put it back", self._back(facts))
        sources = [facts.reason.source, *(module.sources if module else ())]
        card.part("Who says so", said_by(catalogue, sources))
        return card

    def _back(self, facts: Absent) -> list[str]:
        out = [f"{self._changed([o])}: {self._returned(o, facts.id)}" for o in sorted(facts.back, key=_disturbance)]
        if no := facts.refused:
            return [*out, f"--keep {facts.id} alone will not do: {no.message}. What would: {no.hint}."]
        if facts.kept is None:
            return out or ["It cannot be planned: nothing in the catalogue prepares for it any more."]
        if facts.works:
            kept = f"--keep {facts.id}: {self._returned(facts.kept, facts.id)}"
            return [*out, kept] if facts.reason.code == "skipped" else [kept, *out]
        left = next((x for x in facts.kept.plan.left_out if x.id == facts.id), None)
        why = self.words.reason(left) if left else ""
        return [*out, f"--keep {facts.id} does not bring it back. {why}".strip()]

    def _returned(self, outcome: Tried, id_: str) -> str:
        """What it takes to have an omission back: company, hours, days, money, and what goes for it."""
        others = [s for s in outcome.joined if s != id_]
        company = f", with {plural(len(others), 'other step')}" if others else ""
        return f"back{company}; {effort(outcome)}{self._displaced(outcome)}."

    def _displaced(self, outcome: Tried) -> str:
        if len(outcome.gone) == 1:
            return f"; “{self.words.module(outcome.gone[0])}” goes for it"
        return f"; {plural(len(outcome.gone), 'step')} would have to go" if outcome.gone else ""

    def ordered(self, facts: Ordered) -> Card:
        first, then = facts.first, facts.then
        title = f"“{first.module.title}” before “{then.module.title}”"
        card = Card(title, f"{first.id}, {then.id}", self.order(facts))
        card.fact("First", f"{first.module.title}: {period(first.start, first.finish)}")
        card.fact("Then", f"{then.module.title}: {period(then.start, then.finish)}")
        card.part(
            "What waits for what",
            [
                f"{self.words.module(n.waits)} needs {self.words.skill(n.skill)} at {LEVEL_NAMES[n.level]}"
                f" from {self.words.module(n.step)}"
                for n in facts.chain
            ],
        )
        card.part("The phases", [f"{p.title}: {p.leaves}" for p in dict.fromkeys(facts.phases)])
        card.part("Who says so", said_by(self.catalogue, sources_of(self.catalogue, facts)))
        card.hint = f"roadmap explain {then.id} tells why a step is here at all."
        return card

    def order(self, facts: Ordered) -> str:
        a, b = f"“{facts.first.module.title}”", f"“{facts.then.module.title}”"
        pulled = self._pulled(facts)
        match facts.cause:
            case "needed":
                through = "" if len(facts.chain) == 1 else f", through {plural(len(facts.chain) - 1, 'step')} between"
                return f"{b} waits for {a}{through}."
            case "waits":
                blocker = f"“{self.words.module(facts.chain[0].step)}”" if facts.chain else "other steps"
                return f"{b} would have its place earlier, but it waits for {blocker}, which comes after {a}."
            case "beside":
                return (
                    "Exam preparation runs beside other work, once the phases before its own are done and nothing it"
                    f" needs is missing. That is why {a} starts before {b}; neither needs the other."
                )
            case "early" | "late":
                moved, side = (a, "early") if facts.cause == "early" else (b, "late")
                because = facts.rule.because if facts.rule else ""
                return f"A rule moves {moved} {side}: {because}"
            case "phase":
                one, two = facts.phases
                return f"{a} serves “{one.title}”, which comes before “{two.title}”. {pulled}{NEITHER}"
            case "place":
                return f"Both serve “{facts.phases[0].title}”, and the path names {a} first. {pulled}{NEITHER}"
            case "stage":
                return f"Both serve “{facts.phases[0].title}”; {a} belongs to an earlier layer. {pulled}{NEITHER}"
        return f"No reason but the alphabet: nothing says which of the two comes first. {pulled}".strip()

    def _pulled(self, facts: Ordered) -> str:
        if not facts.pulled_by:
            return ""
        return f"It comes that early because “{self.words.module(facts.pulled_by)}” waits for it. "


def sources_of(catalogue: Catalogue, facts: Ordered) -> list[str]:
    """Who says that one step comes first: the rule, and the modules that wait."""
    sources = [facts.rule.source] if facts.rule else []
    return sources + [s for n in facts.chain for s in catalogue.modules[n.waits].sources[:1]]


def _disturbance(outcome: Tried) -> tuple[int, float]:
    """How much a change does beside what it is for: the steps it moves in or out, then the hours."""
    return len(outcome.joined) + len(outcome.gone), abs(outcome.hours)


def _once(outcomes: Iterable[Tried]) -> list[Tried]:
    return list({flag(o.change): o for o in outcomes}.values())


def _by_key(outcomes: Sequence[Tried]) -> list[list[Tried]]:
    """Outcomes in their order, the values of one answer together; each way of skipping stays by itself."""
    groups: dict[str, list[Tried]] = {}
    for one in outcomes:
        key = flag(one.change) if one.change.key in ("skip", "skills") else one.change.key
        groups.setdefault(key, []).append(one)
    return list(groups.values())
