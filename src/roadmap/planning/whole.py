"""Everything decided about a person before limits and dates are looked at: rules, exams, modules, order.

None of it depends on the day, the hours a week, a deadline or a budget, but for the rules that these fire and for free
resources. So it is worked out once for all people who hold the same and answered the same: most rows of a cohort.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter

from roadmap.model.catalogue import Catalogue, Pace, Path
from roadmap.model.plan import LeftOut, Notice, Reason
from roadmap.model.profile import Profile
from roadmap.planning.draft import Draft, draft_of, sizes_of
from roadmap.planning.exams import choose_exams
from roadmap.planning.order import order
from roadmap.planning.rules import Adjustments, apply_rules
from roadmap.planning.schedule import QUARTERS
from roadmap.planning.select import Chooser, Selection, omissions, reasons, select
from roadmap.planning.steps import Line

MOST_KEPT = 64
MOST_ASKED = 1000
ANSWERS = attrgetter("role", "target", "level", "cloud", "domain", "certifications", "holds", "keep", "skip", "aims")


@dataclass(frozen=True)
class Since:
    """What has happened since a plan was made: the pace to expect, hours spent on open steps, finished modules."""

    pace: Pace
    spent: Mapping[str, float] = field(default_factory=dict)
    frozen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Whole:
    """Everything decided about a person: the rules that apply, the modules they choose and what these take."""

    path: Path
    rules: Adjustments
    chooser: Chooser
    selection: Selection
    draft: Draft
    passed: Sequence[LeftOut]
    frozen: Collection[str]
    free_only: bool

    @cached_property
    def reasons(self) -> Mapping[str, tuple[Reason, ...]]:
        """Why each module is there."""
        return reasons(self.selection, self.chooser)

    @cached_property
    def line(self) -> Line:
        """The whole draft in order."""
        return self.line_of(self.draft)

    def line_of(self, draft: Draft) -> Line:
        """A part of the draft in order."""
        placed = order(draft.catalogue, draft.modules, self.path, self.rules, draft.supply)
        return Line(draft, placed, self.reasons, free_only=self.free_only)

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What was never chosen, the most worth first."""
        found = omissions(self.selection, self.chooser, self.path)
        gone = {*self.frozen, *(x.id for x in found)}
        found = [x for x in found if x.id not in self.frozen] + [x for x in self.passed if x.id not in gone]
        planned = sizes_of(self.draft.catalogue, self.rules, self.draft.pace).quarters
        found = [x._replace(hours=planned[x.id] / QUARTERS) if x.id in planned else x for x in found]
        return tuple(sorted(found, key=lambda x: (-x.worth, x.id)))

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What the choice of modules and the rules have to say."""
        return (*self.selection.notices, *(Notice("rule-note", rule.source, (rule.id,)) for rule in self.rules.notes))

    @cached_property
    def essential(self) -> frozenset[str]:
        """Modules of the draft without which the result could not be called the target role."""
        draft = self.draft
        have = draft.have
        found = {id_ for id_ in self.chooser.profile.keep if id_ in draft.modules}
        queue = [(s, level) for s, level in self.path.essentials.items() if have.get(s, 0) < level]
        queue += [(s, n) for id_ in sorted(found) for s, n in draft.modules[id_].needs.items() if have.get(s, 0) < n]
        while queue:
            module = self.chooser.provider(*queue.pop(0))
            if module and module.id in draft.modules and module.id not in found:
                found.add(module.id)
                queue += [(s, n) for s, n in module.needs.items() if have.get(s, 0) < n]
        return frozenset(found)


def grown(catalogue: Catalogue, profile: Profile, frozen: Mapping[str, Mapping[str, int]]) -> Profile:
    """The profile with what finished modules taught counted as held."""
    if not frozen:
        return profile
    levels = {s: max(profile.have.get(s, 0), *(t.get(s, 0) for t in frozen.values())) for s in catalogue.skills}
    return replace(profile, have={s: level for s, level in levels.items() if level})


def draw_up(
    catalogue: Catalogue, profile: Profile, path: Path, since: Since, near: dict[object, Whole] | None = None
) -> Whole:
    """Rules, exams and modules of a person. The rules and the exams go by the profile as it was at first.

    What is drawn up is kept in `near`, and in the catalogue's memo from the second time that it is asked for: most of
    what strangers ask for is never asked for again, and is not worth carrying along.
    """
    rules = apply_rules(catalogue, profile)
    if since.spent or since.frozen:
        return _draw_up(catalogue, profile, path, rules, since)
    pace = since.pace
    have, free_only = frozenset(profile.have.items()), profile.budget_usd == 0
    key = (ANSWERS(profile), have, free_only, rules.fired, path.id, pace.median, pace.p80)
    whole = near.get(key) if near is not None else None
    if whole is None:
        whole = _shared(catalogue, key, lambda: _draw_up(catalogue, profile, path, rules, since))
        if near is not None:
            near[key] = whole
    return whole


def _shared(catalogue: Catalogue, key: object, make: Callable[[], Whole]) -> Whole:
    asked: list[bool] = catalogue.once("drafts asked for", hash(key), list, MOST_ASKED)
    if asked:
        return catalogue.once("draft", key, make, MOST_KEPT)
    asked.append(True)
    return make()


def _draw_up(catalogue: Catalogue, profile: Profile, path: Path, rules: Adjustments, since: Since) -> Whole:
    exams, passed = choose_exams(catalogue, profile, rules)
    profile = grown(catalogue, profile, since.frozen)
    chooser = Chooser(catalogue, profile, rules)
    selection = select(chooser, [m for m in exams if m.id not in since.frozen])
    for id_ in since.frozen:
        selection.modules.pop(id_, None)
    draft = draft_of(catalogue, profile, rules, selection.modules, since.pace, since.spent)
    free_only = profile.budget_usd == 0
    return Whole(path, rules, chooser, selection, draft, passed, since.frozen.keys(), free_only=free_only)
