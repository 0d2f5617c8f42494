"""The catalogue that a use case works under, and the one error that carries problems with their places."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from roadmap.errors import ExitCode, RoadmapError
from roadmap.model.catalogue import Catalogue
from roadmap.model.problem import Problem


class ProblemsError(RoadmapError):
    """The input has problems that can be pointed at."""

    def __init__(self, problems: Sequence[Problem], code: ExitCode = ExitCode.PROBLEMS, hint: str = "") -> None:
        super().__init__("the input has problems", hint)
        self.problems = problems
        self.code = code


def refuse(problems: Sequence[Problem]) -> None:
    """Raise ProblemsError if there are problems; those of flags alone count as wrong usage."""
    if problems:
        usage = all(p.file.startswith("--") for p in problems)
        raise ProblemsError(problems, ExitCode.USAGE if usage else ExitCode.PROBLEMS)


def read_catalogue(overlays: Sequence[Path]) -> Catalogue:
    """The catalogue with the person's own overlays, then these. Its problems raise ProblemsError, warnings do not."""
    from roadmap.loading.source import own_overlays

    return compiled([*own_overlays(), *overlays])


def compiled(overlays: Sequence[Path], entry: Path | None = None) -> Catalogue:
    """The catalogue with exactly these files laid over it; `entry` stands in for the built-in one."""
    from roadmap.loading.compiled import catalogue

    found, problems = catalogue(overlays, entry)
    if found is None:
        raise ProblemsError(problems)
    return found


def whole_or_laid_over(file: Path | None) -> Catalogue:
    """A whole catalogue where the file is one (it says its pace), else the built-in one with the file laid over it."""
    from roadmap.loading.positions import parse
    from roadmap.loading.source import read_text

    if file is None:
        return read_catalogue([])
    data = parse(read_text(file), str(file)).data
    if isinstance(data, Mapping) and {"pace", "include"} & data.keys():
        return compiled((), file)
    return read_catalogue([file])
