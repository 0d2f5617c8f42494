"""A plan as scripts and notebooks hold it: a short name for itself, and its ways into other forms."""

import html
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from roadmap.model import plan as model
from roadmap.model.catalogue import Catalogue
from roadmap.render import Format, render
from roadmap.render.json import plan_data
from roadmap.render.numbers import number, span

if TYPE_CHECKING:
    from roadmap.model.plan_data import PlanData


@dataclass(frozen=True, repr=False, eq=False, kw_only=True)
class Plan(model.Plan):
    """A plan with the catalogue it was made from, so that it can be written down."""

    catalogue: Catalogue

    def __eq__(self, other: object) -> bool:
        """Whether two plans say the same."""
        if not isinstance(other, model.Plan):
            return NotImplemented
        return all(getattr(self, f.name) == getattr(other, f.name) for f in fields(model.Plan))

    def __hash__(self) -> int:
        return hash((self.generated_on, self.status, self.finish, self.hours))

    def __repr__(self) -> str:
        answer = self.answer
        return (
            f"<Plan {self.profile.role} to {self.profile.target}: {self.status}, {answer.outcome.id}, "
            f"ready {answer.ready}, {number(self.hours)} h in {len(self.steps)} steps>"
        )

    def _repr_html_(self) -> str:
        """The plan in a notebook: what it comes to, and its phases."""
        said = "".join(f"<p>{html.escape(text)}</p>" for text in self.answer.verdict)
        rows = "".join(
            f"<tr><td>{html.escape(p.title)}</td><td>{html.escape(span(p.start, p.finish))}</td>"
            f"<td>{number(p.hours)} h</td><td>{html.escape(p.leaves)}</td></tr>"
            for p in self.answer.phases
        )
        head = "<tr><th>Phase</th><th>Days</th><th>Work</th><th>Leaves</th></tr>"
        return f"<div>{said}<table><thead>{head}</thead><tbody>{rows}</tbody></table></div>"

    def to_dict(self) -> "PlanData":
        """The plan as plain data, with the keys of its JSON Schema (`roadmap schema plan`)."""
        return plan_data(self, self.catalogue)

    def to_json(self) -> str:
        """The plan as `roadmap plan --format json` prints it."""
        return render(self, self.catalogue, Format.JSON)

    def to_markdown(self) -> str:
        """The plan as `roadmap plan --format markdown` prints it."""
        return render(self, self.catalogue, Format.MARKDOWN)

    def to_html(self) -> str:
        """The plan as a page of its own."""
        return render(self, self.catalogue, Format.HTML)


def with_catalogue(plan: model.Plan, catalogue: Catalogue) -> Plan:
    """The same plan, able to write itself down."""
    return Plan(**{f.name: getattr(plan, f.name) for f in fields(model.Plan)}, catalogue=catalogue)
