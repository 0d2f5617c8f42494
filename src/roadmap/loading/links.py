"""Are the addresses of a catalogue still there? The one part of the program that goes online, and only when asked.

Polite: one request at a time for each host with a pause between two of them, a few hosts at once, a timeout, a user
agent that says who asks; HEAD first, GET without reading the page where HEAD is refused. Nothing is downloaded.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path as File
from typing import Any
from urllib.parse import urlsplit

import httpx

from roadmap import __version__
from roadmap.loading.load import files_of, read_file
from roadmap.loading.source import ENTRY, folder
from roadmap.loading.sourced import SourcedCatalogue, SourcedEntry
from roadmap.model.problem import Fault, Path, Problem, Severity

AGENT = f"career-roadmap/{__version__} (checks the links of a learning catalogue)"
HOSTS_AT_ONCE = 8
HEAD_REFUSED = frozenset({400, 403, 404, 405, 406, 410, 501})
GONE = frozenset({404, 410})
MOVED_FOR_GOOD = frozenset({301, 308})


@dataclass(frozen=True)
class Reply:
    """What an address gave: `status` 0 means no answer; `final` is where permanent redirects led, else ''."""

    status: int
    final: str = ""
    error: str = ""


@dataclass(frozen=True)
class Manners:
    """How to ask: seconds to wait for an answer, seconds between two requests to one host."""

    timeout: float = 20.0
    pause: float = 1.0


def check_links(
    files: Sequence[File], manners: Manners = Manners(), progress: Callable[[int, int], None] | None = None
) -> list[Problem]:
    """Problems of the addresses in these catalogue files, of the whole built-in catalogue when none is given.

    `link-dead` is an error; `link-moved` and `link-unreachable` are warnings, since hosts refuse robots and fail for
    a day. `progress` is told how many of how many addresses are done.
    """
    draft = SourcedCatalogue()
    for file in files or files_of(folder("data") / ENTRY):
        read_file(draft, file, overlay=True)
    places: dict[str, list[tuple[SourcedEntry, str, Path]]] = {}
    for found in draft.entries.values():
        for id_, entry in found.items():
            if not getattr(entry.value, "gone", False):
                for path, url in _addresses(entry.value):
                    places.setdefault(url, []).append((entry, id_, path))
    answers = ask(list(places), manners, progress)
    return [
        entry.document.problem(Fault(fault[0], (*entry.path, *where), f"{id_}: {fault[2]}", fault[3], fault[1]))
        for url, found in places.items()
        if (fault := _fault(url, answers[url]))
        for entry, id_, where in found
    ]


def _addresses(value: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every address that an entry gives people to open, and where in the entry it stands."""
    if isinstance(value, tuple):
        for i, one in enumerate(value):
            yield from _addresses(one, (*path, i))
    elif is_dataclass(value):
        for one in fields(value):
            found = getattr(value, one.name)
            if not isinstance(found, str):
                yield from _addresses(found, (*path, one.name))
            elif one.name.endswith("url") and found.startswith(("http://", "https://")):
                yield (*path, one.name), found


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _fault(url: str, answer: Reply) -> tuple[str, Severity, str, str] | None:
    if answer.status in GONE:
        return "link-dead", "error", f"{url} answers {answer.status}", "find where it went, or set its state"
    if answer.status == 0:
        return "link-unreachable", "warning", f"{url} does not answer: {answer.error}", "try again another day"
    if answer.status >= 400:
        return "link-unreachable", "warning", f"{url} answers {answer.status}", "open it in a browser"
    if answer.final and _bare(answer.final) != _bare(url):
        return "link-moved", "warning", f"{url} has moved", f"write {answer.final}"
    return None


def _bare(url: str) -> str:
    """An address without what redirects change for no reason: the scheme, www, a last slash, a fragment."""
    parts = urlsplit(url)
    return (parts.netloc.lower().removeprefix("www.") + parts.path.rstrip("/") + "?" + parts.query).rstrip("?")


def ask(
    urls: Sequence[str], manners: Manners, progress: Callable[[int, int], None] | None = None
) -> Mapping[str, Reply]:
    """What each address answers. Hosts are asked side by side, the addresses of one host one after another."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(_host(url), []).append(url)
    answers: dict[str, Reply] = {}

    def visit(mine: list[str]) -> None:
        with httpx.Client(timeout=manners.timeout, headers={"User-Agent": AGENT}, follow_redirects=True) as client:
            for i, url in enumerate(mine):
                if i:
                    time.sleep(manners.pause)
                answers[url] = _ask_one(client, url, manners)
                if progress:
                    progress(len(answers), len(urls))

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        list(pool.map(visit, hosts.values()))
    return answers


def _ask_one(client: httpx.Client, url: str, manners: Manners) -> Reply:
    try:
        answer = client.head(url)
        if answer.status_code in HEAD_REFUSED:
            time.sleep(manners.pause)
            with client.stream("GET", url) as answer:
                return _read(answer)
        return _read(answer)
    except httpx.HTTPError as error:
        return Reply(0, error=type(error).__name__)
    except (httpx.InvalidURL, ValueError) as error:
        return Reply(0, error=f"not an address ({error})")


def _read(answer: httpx.Response) -> Reply:
    lasting = answer.history and all(step.status_code in MOVED_FOR_GOOD for step in answer.history)
    return Reply(answer.status_code, str(answer.url) if lasting else "")
