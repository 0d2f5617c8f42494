"""From a person's gap to the set of modules that closes it, each with its reasons.

Every (skill, level) has one provider for a given person: one that the route names if there is any, of these the module
that teaches it at the lowest sufficient level, by preference of the rules, then by hours, then by id. Choosing the
provider independently of what the person already holds is what makes the promise "knowing more never makes the plan
longer" true by construction: with more held, fewer levels are required, and the set chosen is a subset of the one
before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from roadmap.model.catalogue import Catalogue, Module, Path
from roadmap.model.market import WORKING_LEVEL
from roadmap.model.plan import LeftOut, Notice, Reason, Tier
from roadmap.model.profile import ANY_CLOUD, Profile
from roadmap.planning.route import Ending
from roadmap.planning.rules import Adjustments

PROVIDING = frozenset({"learn", "build", "publish"})
Need = tuple[str, int]


@dataclass
class Selection:
    """What was chosen and refused: modules in the order found, who needs whom, whose wish or which rule it was."""

    modules: dict[str, Module] = field(default_factory=dict)
    tiers: dict[str, Tier] = field(default_factory=dict)
    needed_by: dict[str, list[str]] = field(default_factory=dict)
    wanted: dict[str, list[Reason]] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class _Shared:
    """What is the same for everybody with the same rules, cloud and domain; filled as it is asked for."""

    def __init__(self) -> None:
        self.providers: dict[Need, Module | None] = {}
        self.taught: dict[str, tuple[tuple[str, int, str], ...]] = {}
        self.changes: dict[str, tuple[Reason, ...]] = {}


class Chooser:
    """Finds the provider of a skill level for one person."""

    def __init__(
        self,
        catalogue: Catalogue,
        profile: Profile,
        adjustments: Adjustments,
        ending: Ending,
        cloud: str | None = None,
    ) -> None:
        """`cloud` is that of the exam, for somebody who has none of their own: both are on the same one."""
        self.catalogue = catalogue
        self.profile = profile
        self.adjustments = adjustments
        usual = cloud or next(iter(catalogue.clouds), ANY_CLOUD)
        self.named = profile.cloud != ANY_CLOUD or cloud is not None
        self.cloud = profile.cloud if profile.cloud != ANY_CLOUD else usual
        self.ending = ending
        self.listed = frozenset((*ending.core, *ending.focus, *ending.spare))
        key = (adjustments.fired, self.cloud, profile.domain, ending.id, self.listed)
        self.shared = catalogue.once("chooser", key, _Shared)

    def fits(self, module: Module) -> bool:
        """Whether a module is for this person's cloud and domain at all."""
        return module.cloud in (None, self.cloud) and module.domain in (None, self.profile.domain)

    def refusal(self, module: Module) -> Reason | None:
        """Why a module is not wanted although it would do: the person's word first, then the rules'."""
        if module.id in self.profile.keep:
            return None
        if module.id in self.profile.skip:
            return Reason("skipped", module.sources[0], (module.id,))
        rule = self.adjustments.left_out.get(module.id)
        return Reason("rule", rule.source, (rule.id,)) if rule else None

    def overrules(self, refusal: Reason, skill: str) -> bool:
        """Whether the person aims at a skill by name, which outweighs the rule that leaves its module out."""
        return refusal.code == "rule" and skill in self.profile.aims

    @cached_property
    def aims(self) -> frozenset[str]:
        """The skills of the person's aims in which the role itself asks for less than working level."""
        profile = self.profile
        if not profile.aims:
            return frozenset()
        asked = target_levels(self.catalogue, replace(profile, aims=()))
        return frozenset(s for s in profile.aims if asked.get(s, 0) < WORKING_LEVEL)

    def provider(self, skill: str, level: int) -> Module | None:
        """The module that lifts `skill` to `level` for this person, or None when the catalogue has none."""
        key = (skill, level)
        found = self.shared.providers
        if key not in found:
            found[key] = self._find(skill, level)
        return found[key]

    def whole(self, wanted: Mapping[str, int]) -> tuple[Module, ...]:
        """What somebody without any skill would need to get there."""
        profile = self.profile
        person = (self.cloud, profile.domain, profile.target, profile.level, profile.aims)
        key = (self.adjustments.fired, *person, self.ending.id, self.listed)
        return self.catalogue.once("everything", key, lambda: self._everything(wanted))

    def _everything(self, wanted: Mapping[str, int]) -> tuple[Module, ...]:
        queue: list[Need] = list(wanted.items())
        seen: dict[str, Module] = {}
        while queue:
            module = self.provider(*queue.pop(0))
            if module is not None and module.id not in seen:
                seen[module.id] = module
                queue += module.needs.items()
        return tuple(seen.values())

    def taught(self, module: Module) -> tuple[tuple[str, int, str], ...]:
        """What a module teaches, the most asked-for skill first: skill, level, and the source about the skill."""
        found = self.shared.taught.get(module.id)
        if found is None:
            skills, weights = self.catalogue.skills, self.catalogue.market.weights
            taught = sorted(module.teaches.items(), key=lambda t: (-weights.get(t[0], 0.0), t[0]))
            found = tuple((skill, level, skills[skill].sources[0]) for skill, level in taught)
            self.shared.taught[module.id] = found
        return found

    def changes(self, module: Module) -> tuple[Reason, ...]:
        """The rules that move a module, resize it or put it in the place of another."""
        found = self.shared.changes.get(module.id)
        if found is None:
            rules, id_ = self.adjustments, module.id
            fired = [change[id_] for change in (rules.preferred, rules.early, rules.late) if id_ in change]
            fired += rules.resized.get(id_, ())
            fired += [rule for by, rule in rules.swapped.values() if by == id_]
            found = tuple(dict.fromkeys(Reason("rule", rule.source, (rule.id,)) for rule in fired))
            self.shared.changes[id_] = found
        return found

    def _find(self, skill: str, level: int) -> Module | None:
        able = [
            m
            for m in self.catalogue.teachers.get(skill, ())
            if m.teaches[skill] >= level > m.needs.get(skill, 0) and m.kind in PROVIDING and self.fits(m)
        ]
        if not able:
            return None
        able = [m for m in able if m.id in self.listed] or able
        lowest = min(m.teaches[skill] for m in able)
        rules = self.adjustments
        chosen = min(
            (m for m in able if m.teaches[skill] == lowest),
            key=lambda m: (
                m.id not in rules.preferred,
                m.id in rules.outranked,
                m.hours.likely * rules.factors.get(m.id, 1.0),
                m.id,
            ),
        )
        if chosen.id in rules.swapped and rules.swapped[chosen.id][0] in self.catalogue.modules:
            other = self.catalogue.modules[rules.swapped[chosen.id][0]]
            if other.teaches.get(skill, 0) >= level:
                return other
        return chosen


def target_levels(catalogue: Catalogue, profile: Profile) -> Mapping[str, int]:
    """Skill levels that the target role asks for at the level aimed at; working level in what the person aims at."""
    asked = next((v for k, v in catalogue.roles[profile.target].targets.items() if k == profile.level), {})
    aims = [s for s in profile.aims if asked.get(s, 0) < WORKING_LEVEL]
    return {**asked, **dict.fromkeys(aims, WORKING_LEVEL)} if aims else asked


def select(chooser: Chooser, ending: Ending, exams: Sequence[Module]) -> Selection:
    """The modules that an end takes, by tier, the preparation of `exams` included, before any deadline or budget.

    A module stands in the first tier that asks for it, and so does whatever it needs. An end without a core asks for
    the whole gap. Why each is there, and what is not, is told by `reasons` and `omissions`.
    """
    out = Selection()
    whole_gap = ending.wished and not ending.core
    _take(out, chooser, "core", ending.core)
    for id_ in _kept(chooser):
        _put(out, "core", chooser.catalogue.modules[id_])
    if whole_gap:
        _take_gaps(out, chooser, "core", target_levels(chooser.catalogue, chooser.profile))
    _close(out, chooser, "core")
    _take(out, chooser, "move", ending.move.modules if ending.move else ())
    _close(out, chooser, "move")
    if ending.wished:
        _take_gaps(out, chooser, "focus", dict.fromkeys(chooser.profile.aims, WORKING_LEVEL))
        _take_added(out, chooser)
        for module in exams:
            _put(out, "focus", module)
            fired = chooser.adjustments.added.get(module.id, ())
            out.wanted[module.id] = [Reason("rule", r.source, (r.id,)) for r in fired]
    _take(out, chooser, "focus", ending.focus)
    _close(out, chooser, "focus")
    if ending.wished:
        _take_gaps(out, chooser, "breadth", target_levels(chooser.catalogue, chooser.profile))
    _take(out, chooser, "breadth", ending.spare)
    _close(out, chooser, "breadth")
    _tell_skips(out, chooser)
    return out


def _put(out: Selection, tier: Tier, module: Module) -> None:
    if module.id not in out.modules:
        out.modules[module.id] = module
        out.tiers[module.id] = tier


def _kept(chooser: Chooser) -> list[str]:
    """What the person wants in, whatever the rules say; exams are chosen elsewhere."""
    return [id_ for id_ in chooser.profile.keep if chooser.catalogue.modules[id_].kind != "certify"]


def _take(out: Selection, chooser: Chooser, tier: Tier, wanted: Sequence[str]) -> None:
    """Modules that a route or a person names, but for those that are held, refused or of another cloud or field."""
    for id_ in wanted:
        other = chooser.adjustments.swapped.get(id_, ("", None))[0]
        module = chooser.catalogue.modules.get(other or id_) or chooser.catalogue.modules.get(id_)
        if module is None or not chooser.fits(module) or (_held(module, chooser.profile) and not module.public):
            continue
        if refusal := chooser.refusal(module):
            _leave_out(out, module, refusal, chooser)
        else:
            _put(out, tier, module)


def reasons(selection: Selection, chooser: Chooser) -> dict[str, tuple[Reason, ...]]:
    """Why each chosen module is there, the strongest reason first."""
    wanted = target_levels(chooser.catalogue, chooser.profile)
    return {id_: tuple(_reasons(module, selection, chooser, wanted)) for id_, module in selection.modules.items()}


def omissions(selection: Selection, chooser: Chooser, path: Path) -> list[LeftOut]:
    """What was refused, what is held already, and exams of other guides that have ended. Hours are likely hours."""
    return [*selection.left_out, *_held_already(selection, chooser), *_usual_exams(chooser, path)]


def _take_gaps(out: Selection, chooser: Chooser, tier: Tier, wanted: Mapping[str, int]) -> None:
    for skill, level in wanted.items():
        if chooser.profile.have.get(skill, 0) >= level:
            continue
        module = chooser.provider(skill, level)
        if module is None:
            source = chooser.catalogue.roles[chooser.profile.target].sources[0]
            notice = Notice("nobody-teaches", source, (skill, level))
            out.notices += [] if notice in out.notices else [notice]
        elif (refusal := chooser.refusal(module)) and not chooser.overrules(refusal, skill):
            _leave_out(out, module, refusal, chooser)
        else:
            _put(out, tier, module)


def _leave_out(out: Selection, module: Module, reason: Reason, chooser: Chooser) -> None:
    if all(x.id != module.id for x in out.left_out):
        out.left_out.append(left_out(module, reason, chooser.catalogue, chooser.profile.have))


def left_out(module: Module, reason: Reason, catalogue: Catalogue, held: Mapping[str, int]) -> LeftOut:
    """An omission with what it would be worth to somebody who holds `held`."""
    gained = [s for s, level in module.teaches.items() if level >= WORKING_LEVEL > held.get(s, 0)]
    return LeftOut(module.id, module.title, module.hours.likely, catalogue.market.coverage(gained), reason)


def _take_added(out: Selection, chooser: Chooser) -> None:
    """What the rules add for this person."""
    rules = chooser.adjustments
    for id_, fired in rules.added.items():
        module = chooser.catalogue.modules[id_]
        if module.kind == "certify":
            continue
        _take(out, chooser, "focus", (id_,))
        if id_ in out.modules:
            out.wanted[id_] = [Reason("rule", rule.source, (rule.id,)) for rule in fired]


def _held(module: Module, profile: Profile) -> bool:
    return bool(module.teaches) and all(profile.have.get(s, 0) >= level for s, level in module.teaches.items())


def _close(out: Selection, chooser: Chooser, tier: Tier) -> None:
    """Backward closure: whatever a chosen module needs and the person lacks is chosen as well."""
    have = chooser.profile.have
    queue = [m for m in out.modules.values() if out.tiers[m.id] == tier]
    while queue:
        module = queue.pop(0)
        for skill, level in module.needs.items():
            if have.get(skill, 0) >= level:
                continue
            provider = chooser.provider(skill, level)
            if provider is None or provider.id == module.id:
                continue
            needers = out.needed_by.setdefault(provider.id, [])
            if module.id not in needers:
                needers.append(module.id)
            if provider.id not in out.modules:
                _put(out, tier, provider)
                queue.append(provider)
    out.left_out = [x for x in out.left_out if x.id not in out.modules]


def _tell_skips(out: Selection, chooser: Chooser) -> None:
    for id_ in chooser.profile.skip:
        if id_ in out.modules:
            waiting = sorted(out.needed_by.get(id_, ()))[:MOST_GAPS_NAMED]
            out.notices.append(Notice("skip-needed", out.modules[id_].sources[0], (id_, *waiting)))


MOST_GAPS_NAMED = 3


def _reasons(module: Module, out: Selection, chooser: Chooser, wanted: Mapping[str, int]) -> list[Reason]:
    """Why a chosen module is there: rules and domain, gaps it closes (most asked for first), who needs it, its size."""
    have, aims = chooser.profile.have, chooser.aims
    gaps = []
    for skill, level, source in chooser.taught(module):
        held, want = have.get(skill, 0), wanted.get(skill, 0)
        if want > held < level:
            whose = ("aims",) if skill in aims else ()
            gaps.append(Reason("gap", source, (skill, held, want, min(level, want), *whose)))
            if len(gaps) == MOST_GAPS_NAMED:
                break
    reasons = [*out.wanted.get(module.id, ()), *_asked(module, out, chooser), *gaps]
    changes = chooser.changes(module)
    if not gaps:
        needers = sorted(out.needed_by.get(module.id, ()))
        if needers or not (reasons or changes):
            reasons.append(Reason("needed-by", module.sources[0], tuple(needers[:MOST_GAPS_NAMED])))
    if changes:
        reasons += [change for change in changes if change not in reasons]
    return reasons


def _asked(module: Module, out: Selection, chooser: Chooser) -> Iterator[Reason]:
    """Who named the module: the person, the end they wish for, what turns skill into it, or their field."""
    ending, id_ = chooser.ending, module.id
    if id_ in chooser.profile.keep:
        yield Reason("kept", module.sources[0], (id_,))
    elif module.domain:
        yield Reason("domain", module.sources[0], (module.domain,))
    elif ending.move and id_ in ending.move.modules:
        yield Reason("move", ending.move.source, (ending.move.id,))
    elif id_ in ending.core or id_ in ending.focus:
        # One that was to be skipped may be back for the move alone, whose tier is no reason of this end.
        own = "core" if id_ in ending.core else "focus"
        yield Reason(own if out.tiers[id_] == "move" else out.tiers[id_], ending.source, (ending.id,))


def _held_already(selection: Selection, chooser: Chooser) -> Iterator[LeftOut]:
    """Skips stay visible: modules that somebody without any skill would need and this person does not.

    A wish for one subject asks for nothing else, so nothing else is told as held.
    """
    if not chooser.ending.wished:
        return
    have, catalogue = chooser.profile.have, chooser.catalogue
    gone = {x.id for x in selection.left_out} | selection.modules.keys()
    for module in chooser.whole(target_levels(catalogue, chooser.profile)):
        if module.id in gone:
            continue
        for skill, _, source in chooser.taught(module):
            if have.get(skill, 0):
                yield left_out(module, Reason("held", source, (skill, have[skill])), catalogue, have)
                break


def _usual_exams(chooser: Chooser, path: Path) -> Iterator[LeftOut]:
    """Exams that guides commonly name for this path but which have ended are named with all that follows them."""
    for id_ in (c for c in path.usual_exams if c in chooser.catalogue.certifications):
        cert = chooser.catalogue.certifications[id_]
        if cert.status == "retired" and id_ not in chooser.profile.holds:
            chain = tuple(c.id for c in chooser.catalogue.successors(id_))
            reason = Reason("retired", cert.source, (id_, *chain))
            prep = sum(cert.prep_hours) / 2 if cert.prep_hours else 0.0
            yield LeftOut(id_, cert.name, prep, 0.0, reason)
