"""The interview on a real terminal: keeps what was answered until a plan is saved, and offers it next time."""

import json
import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from roadmap.model.catalogue import Catalogue


def draft_file() -> Path:
    """Where a broken-off interview is kept; ROADMAP_STATE overrides the folder."""
    own = os.environ.get("ROADMAP_STATE")
    if own:
        return Path(own) / "interview.json"
    from platformdirs import user_state_path

    return user_state_path("career-roadmap", appauthor=False) / "interview.json"


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
    draft_file().unlink(missing_ok=True)


def _kept(file: Path) -> dict[str, object] | None:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) and kept else None


def _keep(file: Path, answers: Mapping[str, object]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.write_text(json.dumps(dict(answers), default=str), encoding="utf-8")
    except OSError:
        return
