"""roadmap: a career-transition planner into AI engineering.

    from roadmap import load_catalogue, make_plan, plan_many

Names are looked up when they are first used, so that importing the package costs nothing.
"""

__version__ = "0.1.0"

_INTERFACE = (
    "CatalogueError", "Plan", "ProfileError", "Record", "load_catalogue", "make_plan", "plan_many",
)  # fmt: skip

__all__ = list(_INTERFACE)


def __getattr__(name: str) -> object:
    if name not in _INTERFACE:
        raise AttributeError(f"module 'roadmap' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("roadmap.batch.api"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_INTERFACE])
