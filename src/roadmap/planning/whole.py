"""Everything decided about a person before limits and dates are looked at: rules, exams, modules, order.

None of it depends on the day, the hours a week, a deadline or a budget, but for the rules that these fire and for free
resources. So it is worked out once for all people who hold the same and answered the same: most rows of a cohort.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from roadmap.model.catalogue import Catalogue, Module, Pace, Path
from roadmap.model.plan import Later, LeftOut, Notice, Reason, Tier
from roadmap.model.profile import FIELDS, Profile
from roadmap.planning.draft import Draft, draft_of, sizes_of
from roadmap.planning.exams import choose_exams
from roadmap.planning.order import Layout, order
from roadmap.planning.route import Ending
from roadmap.planning.rules import Adjustments
from roadmap.planning.schedule import NOTHING_BESIDE, QUARTERS, Beside
from roadmap.planning.select import Chooser, Selection, omissions, reasons, select
from roadmap.planning.steps import StepLine

T = TypeVar("T")
MOST_KEPT = 64
MOST_PARTS = 8
MOST_ASKED = 1000
MOST_MERIT = 0.2
EXAM_MERIT = 0.5
ANSWERS = attrgetter(*(f.name for f in FIELDS if f.shapes))


@dataclass(frozen=True)
class Since:
    """What has happened since a plan was made: the pace to expect, hours spent on open steps, finished modules, and US
    dollars of the budget that are gone.
    """

    pace: Pace
    spent: Mapping[str, float] = field(default_factory=dict)
    frozen: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    paid: float = 0.0


@dataclass(frozen=True)
class Whole:
    """Everything decided about a person and one end: the rules that apply, its modules and what these take."""

    path: Path
    ending: Ending
    rules: Adjustments
    chooser: Chooser
    selection: Selection
    draft: Draft
    passed: Sequence[LeftOut]
    frozen: Collection[str]
    free_only: bool
    told: bool = True

    @cached_property
    def reasons(self) -> Mapping[str, tuple[Reason, ...]]:
        """Why each module is there; nothing where nobody is told."""
        if not self.told:
            return dict.fromkeys(self.selection.modules, ())
        return reasons(self.selection, self.chooser)

    def part(self, kept: frozenset[str]) -> Draft:
        """The draft of what is kept."""
        return self._remembered(self._parts, kept, lambda: self.draft.narrowed(kept))

    def line_of(self, kept: frozenset[str]) -> StepLine:
        """What is kept, in order."""
        return self._remembered(self._lines, kept, lambda: self._line(self.part(kept)))

    def _line(self, draft: Draft) -> StepLine:
        placed = order(draft.catalogue, draft.modules, self.layout, self.rules, draft.supply)
        return StepLine(
            draft,
            placed,
            self.reasons,
            self.selection.tiers,
            free_only=self.free_only,
            cloud=self.chooser.cloud,
            named=self.chooser.named,
        )

    @cached_property
    def _parts(self) -> dict[frozenset[str], Draft]:
        return {}

    @cached_property
    def _lines(self) -> dict[frozenset[str], StepLine]:
        return {}

    def _remembered(self, known: dict[frozenset[str], T], kept: frozenset[str], make: Callable[[], T]) -> T:
        """People who hold the same mostly keep the same, too: the last few that were made."""
        if kept not in known:
            if len(known) >= MOST_PARTS:
                known.clear()
            known[kept] = make()
        return known[kept]

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
    def later(self) -> tuple[Later, ...]:
        """What else the role asks for, to be learnt in the job unless a plan has it: the most asked for first."""
        if not self.ending.wished:
            return ()
        draft = self.draft
        rest = sorted(self.ids("breadth"), key=lambda id_: (-draft.gain_of([id_], {}), id_))
        return tuple(
            Later(draft.modules[i], draft.quarters[i] / QUARTERS, Reason("later", draft.modules[i].sources[0], (i,)))
            for i in rest
        )

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What the choice of modules and the rules have to say."""
        return (*self.selection.notices, *(Notice("rule-note", rule.source, (rule.id,)) for rule in self.rules.notes))

    @cached_property
    def layout(self) -> Layout:
        """Where modules belong."""
        found = replace(layout_of(self.ending, self.rules, tuple(self.draft.exams)), spare=self.ids("breadth"))
        if not self.draft.exams:
            return found
        if not self.ending.act_after:
            return replace(found, exams_after=found.last)
        places = [found.place(m)[0] for id_ in self.draft.exams for m in self._before(id_)]
        return replace(found, exams_after=min(max(places, default=0), found.exams_after))

    def _before(self, exam: str) -> list[Module]:
        """The learning that an exam waits for, and the own service on its cloud where the end cannot do without one."""
        modules, core = self.draft.modules, self.ids("core")
        needed = [modules[able[0]] for able in self.draft.supply[exam].values() if able]
        cloud = modules[exam].cloud
        return [*needed, *(m for m in modules.values() if cloud and m.cloud == cloud and m.id in core)]

    @cached_property
    def beside(self) -> Beside:
        """The move, once what it shows is done and the exams are sat; no exam is waited for by one that starts at once
        or that a rule sends ahead.
        """
        move = self.ending.move
        if move is None:
            return NOTHING_BESIDE
        after = acts_after(self.ending, self.rules) if self.ending.wished else self.ending.core
        exams = self.draft.exams if after and not self.rules.search_first else ()
        share = move.share if self.rules.share is None else self.rules.share
        return Beside(frozenset(move.modules), share, frozenset((*after, *exams)), self._waits(move.modules))

    def _waits(self, move: Collection[str]) -> dict[str, frozenset[str]]:
        """A module of the move that a phase of the route names waits for what stands before it there."""
        out: dict[str, frozenset[str]] = {}
        before: list[str] = []
        for phase in self.ending.phases[: self.layout.last + 1]:
            for id_ in phase.modules:
                if id_ in move and id_ not in out:
                    out[id_] = frozenset(before)
                elif id_ not in move:
                    before.append(id_)
        return out

    def ids(self, *tiers: Tier) -> frozenset[str]:
        """The modules of some tiers."""
        return frozenset(
            id_ for id_, tier in self.selection.tiers.items() if tier in tiers and id_ in self.draft.modules
        )

    @property
    def must(self) -> frozenset[str]:
        """What the end cannot be reached without."""
        return self.ids("core", "move") if self.ending.wished else self.ids("core")


def acts_after(ending: Ending, rules: Adjustments) -> tuple[str, ...]:
    """What is done before the move begins: as a rule says, else as the route does; none where it begins at once."""
    return rules.act_after if ending.act_after and rules.act_after else ending.act_after


def layout_of(ending: Ending, rules: Adjustments, exams: tuple[str, ...] = ()) -> Layout:
    """The phases of an end, with exams at the end of the phase after which the move begins."""
    phases = ending.phases
    after = set(acts_after(ending, rules))
    places = [i for i, p in enumerate(phases) if after.intersection(p.modules)]
    last = len(phases) - 1 - (ending.move is not None and len(phases) > 1)
    return Layout(phases, max(places, default=last // 2), last, exams, frozenset(ending.late))


def grown(catalogue: Catalogue, profile: Profile, frozen: Mapping[str, Mapping[str, int]]) -> Profile:
    """The profile with what finished modules taught counted as held."""
    if not frozen:
        return profile
    levels = {s: max(profile.have.get(s, 0), *(t.get(s, 0) for t in frozen.values())) for s in catalogue.skills}
    return replace(profile, have={s: level for s, level in levels.items() if level})


def draw_up(
    catalogue: Catalogue,
    profile: Profile,
    path: Path,
    ending: Ending,
    rules: Adjustments,
    since: Since,
    near: dict[object, Whole] | None = None,
    *,
    told: bool = True,
) -> Whole:
    """Exams and modules of a person for an end. Both, as the `rules` do, go by the profile as it was at first.

    Where nobody is `told` why, reasons are not worked out.
    What is drawn up is kept in `near`, and in the catalogue's memo from the second time that it is asked for: most of
    what strangers ask for is never asked for again, and is not worth carrying along.
    """
    if since.spent or since.frozen:
        return _draw_up(catalogue, profile, path, ending, rules, since, told=told)
    pace = since.pace
    have, free_only = frozenset(profile.have.items()), profile.budget_usd == 0
    key = (ending.id, ANSWERS(profile), have, free_only, rules.fired, path.id, pace.median, pace.p80, told)
    whole = near.get(key) if near is not None else None
    if whole is None:
        whole = _shared(catalogue, key, lambda: _draw_up(catalogue, profile, path, ending, rules, since, told=told))
        if near is not None:
            near[key] = whole
    return whole


def _shared(catalogue: Catalogue, key: object, make: Callable[[], Whole]) -> Whole:
    asked: list[bool] = catalogue.once("drafts asked for", hash(key), list, MOST_ASKED)
    if asked:
        return catalogue.once("draft", key, make, MOST_KEPT)
    asked.append(True)
    return make()


def _draw_up(
    catalogue: Catalogue,
    profile: Profile,
    path: Path,
    ending: Ending,
    rules: Adjustments,
    since: Since,
    *,
    told: bool,
) -> Whole:
    exams, passed = choose_exams(catalogue, profile, rules)
    cloud = next((m.cloud for m in exams if m.cloud), None)
    profile = grown(catalogue, profile, since.frozen)
    chooser = Chooser(catalogue, profile, rules, ending, cloud)
    selection = select(chooser, ending, [m for m in exams if m.id not in since.frozen])
    for id_ in since.frozen:
        selection.modules.pop(id_, None)
    merits = _merits(ending, exams)
    shares = _head_starts(catalogue, profile, exams)
    draft = draft_of(catalogue, profile, rules, selection.modules, since.pace, since.spent, merits, shares)
    free_only = profile.budget_usd == 0
    return Whole(
        path, ending, rules, chooser, selection, draft, passed, since.frozen.keys(), free_only=free_only, told=told
    )


def _head_starts(catalogue: Catalogue, profile: Profile, exams: Collection[Module]) -> dict[str, float]:
    """The share of an exam's preparation that is left to somebody who holds its predecessor."""
    found = {}
    for module in exams:
        cert = catalogue.certifications.get(module.certification or "")
        shares = [h.share for h in cert.head_starts if h.holds in profile.holds] if cert else []
        if shares:
            found[module.id] = min(shares)
    return found


def _merits(ending: Ending, exams: Collection[Module]) -> dict[str, float]:
    """What a module is worth by its place: the route names them in the order in which they matter."""
    found: dict[str, float] = {}
    for ids in (ending.core, ending.focus, ending.spare, ending.move.modules if ending.move else ()):
        for i, id_ in enumerate(ids):
            found.setdefault(id_, MOST_MERIT * (len(ids) - i) / len(ids))
    return {**found, **{m.id: EXAM_MERIT for m in exams}}
