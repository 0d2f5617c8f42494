"""What a check of a catalogue finds: a fault that knows its entry, not yet its file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Path


@dataclass(frozen=True)
class Finding:
    """A fault within one entry: which kind and id it belongs to, and where inside the entry.

    `about` is the id that the finding turns on, so that a fault caused by an overlay is placed there; `wanted` is
    its kind where the finding is that nothing has this id.
    """

    kind: str
    id: str
    path: Path
    message: str
    hint: str = ""
    severity: str = "error"
    at_key: bool = False
    about: str = ""
    wanted: str = ""


Check = Callable[[Catalogue], Iterable[Finding]]
