"""Which part of a resource a step uses, and the hours of that part: never more than the step has."""

from typing import NamedTuple

from roadmap.model.catalogue import Catalogue, Resource
from roadmap.model.plan import Step

AS_NEEDED = "as far as you need it for this step"


class Opened(NamedTuple):
    """A resource as a step uses it; no part means all of it."""

    resource: Resource
    part: str
    hours: float


def opened(catalogue: Catalogue, step: Step) -> list[Opened]:
    """The resources of a step with their parts."""
    return [_opened(catalogue.resources[id_], step) for id_ in step.resources]


def _opened(resource: Resource, step: Step) -> Opened:
    part = step.module.parts.get(resource.id)
    if part:
        return Opened(resource, part.part, min(part.hours, step.hours_high))
    if resource.hours > step.hours_high:
        return Opened(resource, AS_NEEDED, step.hours_high)
    return Opened(resource, "", resource.hours)
