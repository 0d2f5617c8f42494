"""A catalogue while it is read: each entry with the place it was written at, so that findings can point there."""

from dataclasses import dataclass, field
from typing import Any

from roadmap.loading.positions import Document
from roadmap.model.catalogue import Header
from roadmap.model.market import Posting
from roadmap.model.problem import Problem


@dataclass(frozen=True)
class SourcedEntry:
    """One catalogue entry and where it was written, so that later checks can point at it."""

    value: Any
    document: Document
    path: tuple[str | int, ...]
    overlay: bool = False


@dataclass
class SourcedCatalogue:
    """A catalogue while it is read: entries by kind and id, the header, and all problems so far.

    `gone` holds what overlays retired or replaced, each with the place that did so.
    """

    entries: dict[str, dict[str, SourcedEntry]] = field(default_factory=dict)
    header: Header | None = None
    postings: list[Posting] = field(default_factory=list)
    retired: set[tuple[str, str]] = field(default_factory=set)
    gone: list[SourcedEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
