"""Output in parts, each written where its rows were worked on, to any place that fsspec knows.

A part appears whole. The manifest beside the parts says what they were begun with and which are there, and tells
when all are.
"""

import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from roadmap.batch.codec import dumps
from roadmap.batch.details import Detail
from roadmap.batch.left import FINISHED, left_settings
from roadmap.batch.made import ENDINGS, ending_of, is_plain, make, possible
from roadmap.batch.remote import filesystem, told
from roadmap.batch.work import Done
from roadmap.batch.write import Finished, Settings, agree, same, write_whole
from roadmap.errors import UsageError

EVERY = 10.0  # seconds between two versions of the manifest: what a client that is killed has to do again


class Parts:
    """The parts of one run, `*` in the pattern standing for the number of each.

    Raises RoadmapError for a pattern that does not serve, for parts of another run, and for a place that refuses.
    """

    def __init__(
        self,
        pattern: str,
        settings: Settings,
        *,
        resume: bool,
        force: bool = False,
        detail: Detail = Detail.DATES,
        fields: tuple[str, ...] = (),
    ) -> None:
        self._system, self._path = _place(pattern)
        possible(pattern, detail, fields)
        self._address, self._settings = self._system.unstrip_protocol(self._path), settings
        before = settings_of_parts(pattern)
        with told(pattern):
            there = set(self._system.glob(self._path))
            if force:
                for part in there:
                    self._system.rm_file(part)
                before, there = None, set()
        broken_off = FINISHED not in (before or {}) and same(before, settings)
        if (before or there) and not resume and not broken_off:
            hint = "add --resume or --force, or name another place"
            raise UsageError(f"{pattern}: parts of an earlier run are here", hint)
        if before or there:
            agree(pattern, before, settings)
        known: Mapping[str, tuple[int, int, int]] = (before or {}).get("parts", {})
        self._written = {int(n): Finished(*c) for n, c in known.items() if _numbered(self._path, int(n)) in there}
        self.finished: Finished | None = None
        if before and FINISHED in before and len(self._written) == len(known):
            self.finished = Finished(*before[FINISHED])
        else:
            self._note()

    def written(self, number: int) -> Finished | None:
        """What a part holds that is there already."""
        return self._written.get(number)

    def address(self, number: int) -> str:
        """Where a part belongs: sorted by name, parts are in input order up to ten million of them."""
        return _numbered(self._address, number)

    def add(self, number: int, counts: Finished) -> None:
        """A part has been written; the manifest says so soon."""
        self._written[number] = counts
        if time.monotonic() - self._noted >= EVERY:
            self._note()

    def finish(self) -> None:
        """All parts are there: the manifest says so, and nothing that a killed worker began is left."""
        counts = self._written.values()
        self.finished = Finished(*(sum(column) for column in zip(*counts, strict=True))) if counts else Finished(0, 0)
        self._note(**{FINISHED: self.finished})
        if _is_local(self._system):
            path = Path(self._path)
            for left in path.parent.glob(f".{path.name}.*.tmp"):
                left.unlink(missing_ok=True)

    def close(self) -> None:
        """Keep what is known for a run that goes on from here."""
        if self.finished is None:
            self._note()

    def _note(self, **more: object) -> None:
        self._noted = time.monotonic()
        parts = {str(number): counts for number, counts in sorted(self._written.items())}
        content = dumps({**self._settings, **more, "parts": parts}) + b"\n"
        with told(self._address):
            if _is_local(self._system):
                Path(self._path).parent.mkdir(parents=True, exist_ok=True)
                write_whole(Path(_manifest(self._path)), content)
            else:
                self._system.makedirs(self._path.rpartition("/")[0], exist_ok=True)
                self._system.pipe_file(_manifest(self._path), content)


def settings_of_parts(pattern: str) -> dict[str, Any] | None:
    """The settings of the run that wrote these parts, or None when nothing tells."""
    system, path = _place(pattern)
    with told(pattern):
        try:
            return left_settings(system.cat_file(_manifest(path)))
        except FileNotFoundError:
            return None


def write_part(
    outcomes: Iterable[Done], address: str, detail: Detail = Detail.DATES, fields: tuple[str, ...] = ()
) -> Finished:
    """Write one part, whole or not at all, wherever this runs; what it holds.

    Raises RoadmapError when the place refuses.
    """
    rows = failed = infeasible = 0

    def lines() -> Iterable[bytes]:
        nonlocal rows, failed, infeasible
        for done in outcomes:
            rows, failed = rows + 1, failed + bool(done.problems)
            infeasible += done.status == "infeasible"
            yield bytes(done.data)

    system, path = filesystem(address)
    folder = Path(path).parent if _is_local(system) else Path(tempfile.gettempdir())
    fresh = folder / f".{Path(path).name}.{uuid4().hex}.tmp"
    with told(address):
        try:
            if is_plain(address):
                with fresh.open("wb") as stream:
                    stream.writelines(lines())
            else:
                make(lines(), fresh, address, detail, fields)
            if _is_local(system):
                fresh.replace(path)
            else:
                system.put_file(str(fresh), path)
        finally:
            fresh.unlink(missing_ok=True)
    return Finished(rows, failed, infeasible)


def _place(pattern: str) -> tuple[Any, str]:
    folder, _, name = pattern.rpartition("/")
    if name.count("*") != 1 or "*" in folder or ending_of(name) is None:
        example = "for example s3://bucket/plans-*.jsonl.gz or plans/part-*.parquet"
        raise UsageError(f"--output {pattern}: parts need one * in the name, and one of {', '.join(ENDINGS)}", example)
    return filesystem(pattern)


def _numbered(pattern: str, number: int) -> str:
    return pattern.replace("*", f"{number:07d}")


def _manifest(path: str) -> str:
    """Beside the parts; whoever reads a folder of parts leaves out names that begin with an underscore."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}_{name.replace('*', 'all')}.json"


def _is_local(system: Any) -> bool:
    return bool(getattr(system, "local_file", False))
