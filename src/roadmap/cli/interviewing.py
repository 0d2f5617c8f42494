"""The interview on a real terminal: keeps what was answered until a plan is saved, and offers it next time."""

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from roadmap.errors import RoadmapError
from roadmap.loading.homes import user_folder
from roadmap.loading.source import bytes_of
from roadmap.model.catalogue import Catalogue


def draft_file() -> Path | None:
    """Where a broken-off interview is kept; ROADMAP_STATE overrides the folder. None for somebody without a home."""
    own = os.environ.get("ROADMAP_STATE")
    folder = Path(own) if own else user_folder("state")
    return folder / "interview.json" if folder else None


def hold_interview(
    catalogue: Catalogue,
    given: Mapping[str, object],
    today: date,
    *,
    colour: bool,
    found: Callable[[Mapping[str, object]], Mapping[str, object]] | None = None,
) -> dict[str, object]:
    """Ask what is not given. Raises Interrupted after Ctrl-C, with the answers so far kept for the next start.

    The answers of a whole interview are kept, too: whatever goes wrong before a plan is saved, nobody answers twice.
    `forget` ends that. `found` gives for answers what a resume adds to them: the defaults of what is asked, answers of
    what is not.
    """
    from roadmap.interview.ask import interview

    file = draft_file()
    answers = interview(
        catalogue,
        given,
        today,
        draft=_kept(file),
        save_draft=lambda kept: _keep(file, kept),
        colour=colour,
        found=found,
    )
    _keep(file, {k: v for k, v in answers.items() if given.get(k) is None})
    return answers


def forget() -> None:
    """Drop what was kept: the plan that was made of it is safe."""
    with suppress(OSError):
        if file := draft_file():
            file.unlink(missing_ok=True)


def _kept(file: Path | None) -> dict[str, object] | None:
    """What is there, unless it is not what this program writes."""
    try:
        kept = json.loads(bytes_of(file)) if file and file.is_file() else None
    except (OSError, ValueError, RecursionError, RoadmapError):
        return None
    return kept if isinstance(kept, dict) and kept else None


def _keep(file: Path | None, answers: Mapping[str, object]) -> None:
    if file is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.write_text(json.dumps(dict(answers), default=str), encoding="utf-8")
    except OSError:
        return
