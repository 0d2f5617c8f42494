"""Pages and lists of the advice in the catalogue: routes, smaller outcomes, moves, projects, backgrounds."""

from collections.abc import Iterable, Sequence
from typing import Any

from roadmap.model.advice import Background, Move, Outcome, Project, Route
from roadmap.model.catalogue import Catalogue
from roadmap.render.cards import Card, columns, one_paragraph, skill_levels
from roadmap.render.layout import Span, Table
from roadmap.render.numbers import hours, listing, number


class AdvicePages:
    """A method for each kind, named after it."""

    c: Catalogue

    def _modules(self, ids: Iterable[str]) -> list[str]:
        known = [self.c.modules[m] for m in ids if m in self.c.modules]
        return [f"{m.title} ({hours(m.hours.likely)}, {m.id})" for m in known]

    def routes(self, e: Route) -> Card:
        """The way, what is true at its end, and its phases with their checks."""
        hint = f"roadmap plan --role {e.start} --goals {e.goal} makes it yours."
        card = Card(e.title, e.id, e.way, hint=hint)
        card.fact("At the end", e.outcome)
        card.fact("From", self.c.roles[e.start].name)
        card.fact("Goal", self.c.goals[e.goal].name)
        card.fact("Levels", listing(e.levels))
        card.fact("Move", f"{self.c.moves[e.move].name} ({e.move})")
        card.fact("It begins after", listing([self.c.modules[m].title for m in e.act_after if m in self.c.modules]))
        for i, phase in enumerate(e.phases, 1):
            prose = one_paragraph(f"{phase.leaves}. Check: {phase.gate.check}")
            names = self._modules(m for m in phase.modules if m in (*e.core, *e.focus))
            card.part(f"{i}  {phase.title}", names, prose=prose)
        card.part("What fewer hours buy", [f"{number(b.hours)} h: {b.text}" for b in e.hours_buy])
        smaller = [self.c.outcomes[o] for o in e.smaller if o in self.c.outcomes]
        card.part("If it is out of reach", [f"{o.text} ({o.id})" for o in smaller])
        return card

    def outcomes(self, e: Outcome) -> Card:
        """What is true then, and what it takes."""
        card = Card(e.title, e.id, e.text, hint="roadmap plan falls back on it where the wish does not fit.")
        card.fact("The wish itself", e.advice)
        card.fact("Move", f"{self.c.moves[e.move].name} ({e.move})" if e.move else "")
        card.part("At least", self._modules(e.least))
        card.part("As far as time goes", self._modules(m for m in e.modules if m not in e.least))
        return card

    def moves(self, e: Move) -> Card:
        """How much of a week it takes, and its steps."""
        card = Card(e.name, e.id, hint=f"roadmap plan --goals {e.kind} puts it beside the learning.")
        card.fact("Takes", f"{e.share} % of each week while the learning goes on")
        card.fact("Expect", e.after)
        card.part("Its steps", self._modules(e.modules))
        return card

    def projects(self, e: Project) -> Card:
        """What it does, on which data, and what it must reach."""
        card = Card(e.title, e.id, e.brief, hint="roadmap plan picks the one that fits you.")
        card.fact("For few hours", e.small.brief)
        card.fact("Who judges it", e.reader)
        card.part("Data", [Span(f"{d.title} ({d.licence})", d.url) for d in e.data])
        card.part("Never", e.never)
        card.part("It must reach", e.targets)
        card.part("In its small form", e.small.targets)
        grows = [f"{self.c.modules[m].title}: {text}" for m, text in e.grows.items() if m in self.c.modules]
        card.part("What each step adds", grows)
        return card

    def backgrounds(self, e: Background) -> Card:
        """What such a person brings, and whom to ask first."""
        card = Card(e.name, e.id, e.edge, hint=f"roadmap plan --background {e.id} counts on it.")
        card.fact("Also called", listing(e.names))
        card.fact("Field", self.c.specialisations[e.domain].name if e.domain else "")
        card.fact("Brings", listing(skill_levels(self.c, e.baseline)))
        card.fact("Ask first", e.ask)
        card.fact("Titles nearby", listing(e.titles))
        return card


class AdviceLists:
    """A method for each kind, named after it."""

    c: Catalogue

    def routes(self, found: Sequence[Any]) -> Table:
        """Routes with their goal and end."""
        rows = ((r.id, r.title, self.c.goals[r.goal].name, r.outcome) for r in found)
        return columns(("Id+", "Route", "Goal", "At the end"), rows)

    def outcomes(self, found: Sequence[Any]) -> Table:
        """Smaller outcomes in a line."""
        return columns(("Id+", "Smaller outcome"), ((o.id, o.text) for o in found))

    def moves(self, found: Sequence[Any]) -> Table:
        """Moves with the part of a week they take."""
        rows = ((m.id, m.name, f"{m.share} %", str(len(m.modules))) for m in found)
        return columns(("Id+", "Move", "Of a week+:", "Steps+:"), rows)

    def projects(self, found: Sequence[Any]) -> Table:
        """Projects with whom they are for."""

        def whom(p: Project) -> str:
            fields = [self.c.specialisations[d].name for d in p.when.domain if d in self.c.specialisations]
            goals = [self.c.goals[g].name for g in p.when.goal if g in self.c.goals]
            return ", ".join([*fields, *goals])

        rows = ((p.id, p.title, whom(p), p.small.brief) for p in found)
        return columns(("Id+", "Project+", "Mostly for", "Small form"), rows)

    def backgrounds(self, found: Sequence[Any]) -> Table:
        """Backgrounds with what they bring."""
        return columns(("Id+", "Background", "What it brings"), ((b.id, b.name, b.edge) for b in found))
