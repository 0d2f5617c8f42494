"""What a mentor's sheet says of people beside answers: notes, an address. Kept in the folder of the group."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from roadmap.errors import RoadmapError
from roadmap.loading.places import SUFFIX

KEPT = "cohort.yaml"


def own_columns(folder: Path) -> dict[str, dict[str, str]]:
    """The columns of each person by the name of their plan's file, without its ending; none where nothing is kept.

    Raises RoadmapError when the file cannot be read: it would be written over.
    """
    people = _kept(folder).get("people") or {}
    return {
        str(name): {str(k): str(v) for k, v in said.items() if v is not None}
        for name, said in people.items()
        if isinstance(said, Mapping)
    }


def sheet_of(folder: Path) -> str:
    """The name of the sheet that a group was made from; empty where nothing says so. Raises as `own_columns` does."""
    return str(_kept(folder).get("sheet") or "")


def _kept(folder: Path) -> Mapping[str, Any]:
    from roadmap.loading.positions import parse
    from roadmap.loading.source import read_text

    file = folder / KEPT
    if not file.exists():
        return {}
    document = parse(read_text(file), str(file))
    data = document.data
    people = data.get("people") if isinstance(data, Mapping) else None
    if document.problems or not isinstance(people, Mapping | None):
        line = document.problems[0].line if document.problems else 1
        raise RoadmapError(f"{file}, line {line}: cannot be read", "mend or remove it; the notes on people stand there")
    return data if isinstance(data, Mapping) else {}


def own_of(file: str, own: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """The columns of whoever has a saved plan in a file."""
    return own.get(Path(file).name.removesuffix(SUFFIX), {})
