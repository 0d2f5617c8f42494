"""A quiet, repeatable world for every test: no colour, UTC, 80 columns, a fixed day, the catalogue loaded once."""

import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from roadmap.model.catalogue import Catalogue
from tests.builders import real_catalogue

TODAY = date(2026, 11, 22)

settings.register_profile(
    "suite", deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("ROADMAP_HYPOTHESIS", "suite"))


def pytest_configure() -> None:
    for name in ("FORCE_COLOR", "COLUMNS", "PAGER", "ROADMAP_STATE"):
        os.environ.pop(name, None)
    os.environ.update(NO_COLOR="1", TZ="UTC", LC_ALL="C.UTF-8", TERM="xterm-256color")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all tests keep their compiled catalogues: reading the files anew takes most of the time of a command."""
    return tmp_path_factory.getbasetemp() / "cache"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders of the person who runs it."""
    monkeypatch.setenv("ROADMAP_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("ROADMAP_CACHE", str(compiled))
    monkeypatch.setenv("ROADMAP_CONFIG", str(tmp_path / "config"))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return real_catalogue()


@pytest.fixture
def today() -> date:
    return TODAY
