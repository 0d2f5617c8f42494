"""Addresses are asked politely, and what became of them is reported at the line that names them. Loopback only."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner

from roadmap.cli.app import app
from roadmap.errors import UsageError
from roadmap.loading.links import AGENT, Manners, ask, check_links

QUICK = Manners(timeout=0.4, pause=0.02)


class Site(BaseHTTPRequestHandler):
    """Pages by path. Keeps who asked what, and how many requests ran at once."""

    seen: ClassVar[list[tuple[str, str, str, float]]] = []
    running = 0
    most = 0
    lock = threading.Lock()

    def do_HEAD(self) -> None:
        with Site.lock:
            Site.running += 1
            Site.most = max(Site.most, Site.running)
            Site.seen.append((self.command, self.path, self.headers["User-Agent"], time.monotonic()))
        try:
            self._answer()
        finally:
            with Site.lock:
                Site.running -= 1

    def __getattr__(self, name: str) -> object:
        if name == "do_GET":
            return self.do_HEAD
        raise AttributeError(name)

    def _answer(self) -> None:
        codes = {"/ok": 200, "/gone": 404, "/moved": 301, "/for-now": 302, "/angry": 500, "/slash": 301, "/loop": 301}
        targets = {"/moved": "/ok", "/for-now": "/ok", "/slash": "/slash/", "/loop": "/loop"}
        if self.path == "/slow":
            time.sleep(1)
        code = 405 if self.path == "/no-head" and self.command == "HEAD" else codes.get(self.path, 200)
        self.send_response(code)
        if self.path in targets:
            self.send_header("Location", targets[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_request(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def site() -> Iterator[str]:
    Site.seen, Site.running, Site.most = [], 0, 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def overlay(folder: Path, site: str, *paths: str) -> Path:
    page = (
        "  - id: r{}\n    title: A page\n    url: {}\n    provider: P\n    kind: docs\n    level: beginner\n"
        "    cost: free\n    hours: 1\n    hours_origin: judgement\n    checked: 2026-11-22\n    confidence: low\n"
    )
    rows = [page.format(i, site + path) for i, path in enumerate(paths)]
    file = folder / "pages.yaml"
    file.write_text("resources:\n" + "".join(rows), encoding="utf-8")
    return file


def test_each_address_gets_its_verdict_at_its_line(site: str, tmp_path: Path) -> None:
    paths = ("/ok", "/gone", "/moved", "/for-now", "/no-head", "/angry", "/slash", "/slow", "/loop")
    found = {(p.id, p.severity, p.line) for p in check_links([overlay(tmp_path, site, *paths)], QUICK)}
    line = {path: 4 + 11 * i for i, path in enumerate(paths)}
    assert found == {
        ("link-dead", "error", line["/gone"]),
        ("link-moved", "warning", line["/moved"]),
        ("link-unreachable", "warning", line["/angry"]),
        ("link-unreachable", "warning", line["/slow"]),
        ("link-unreachable", "warning", line["/loop"]),
    }


def test_a_moved_page_says_where_it_went(site: str, tmp_path: Path) -> None:
    (problem,) = check_links([overlay(tmp_path, site, "/moved")], QUICK)
    assert problem.hint == f"write {site}/ok"


def test_addresses_within_entries_are_asked_too(site: str, tmp_path: Path) -> None:
    file = tmp_path / "project.yaml"
    file.write_text(
        "projects:\n  - id: ours\n    title: Ours\n    brief: b\n    never: [n]\n    reader: r\n"
        "    targets: ['1', '2', '3', '4', '5']\n    grows: {a: a, b: b, c: c}\n    sources: [judgement]\n"
        "    as_of: 2026-11-22\n    confidence: low\n    small: {brief: b, targets: ['1', '2', '3']}\n    data:\n"
        f"      - {{title: One, url: '{site}/ok', licence: CC0}}\n"
        f"      - {{title: Two, url: '{site}/gone', licence: CC0}}\n",
        encoding="utf-8",
    )
    assert [(p.id, p.line) for p in check_links([file], QUICK)] == [("link-dead", 15)]


def test_one_host_is_asked_one_thing_at_a_time_with_pauses_and_by_name(site: str) -> None:
    told: list[tuple[int, int]] = []
    ask([f"{site}/{i}" for i in range(6)], QUICK, lambda done, total: told.append((done, total)))
    assert Site.most == 1
    assert {agent for _, _, agent, _ in Site.seen} == {AGENT}
    times = [at for *_, at in Site.seen]
    assert all(later - earlier >= QUICK.pause for earlier, later in pairwise(times))
    assert told == [(i, 6) for i in range(1, 7)]


def test_head_first_and_get_only_where_head_is_refused(site: str) -> None:
    ask([f"{site}/ok", f"{site}/no-head"], QUICK)
    assert [(how, path) for how, path, _, _ in Site.seen] == [
        ("HEAD", "/ok"),
        ("HEAD", "/no-head"),
        ("GET", "/no-head"),
    ]


def test_an_address_that_is_none_and_a_closed_door_do_not_stop_the_rest(site: str) -> None:
    answers = ask(["http://127.0.0.1:9", "http://[nonsense", f"{site}/ok"], QUICK)
    assert [a.status for a in answers.values()].count(0) == 2
    assert answers[f"{site}/ok"].status == 200


def test_without_the_extra_the_flag_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "roadmap.loading.links")
    monkeypatch.setitem(sys.modules, "httpx", None)
    done = CliRunner().invoke(app, ["check", "--links"])
    assert isinstance(done.exception, UsageError)
    assert "career-roadmap[links]" in done.exception.hint


def test_the_command_asks_the_addresses_of_a_file(site: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["check", "--links", "--format", "json", str(overlay(tmp_path, site, "/gone"))])
    assert done.exit_code == 1
    assert "link-dead" in {p["id"] for p in json.loads(done.stdout)}


def test_what_is_marked_as_gone_is_not_asked(site: str, tmp_path: Path) -> None:
    file = overlay(tmp_path, site, "/gone", "/ok")
    file.write_text(file.read_text().replace("    title: A page\n", "    title: A page\n    state: closed\n", 1))
    assert check_links([file], QUICK) == []
    assert [path for _, path, _, _ in Site.seen] == ["/ok"]


@pytest.mark.parametrize("address", ["http://\x00", "http://" + "a" * 70 + ".org:99999999"])
def test_an_address_that_nobody_can_ask_is_said_to_be_none(address: str, site: str) -> None:
    answers = ask([address, f"{site}/ok"], QUICK)
    assert answers[address].status == 0 and answers[address].error.startswith("not an address")
    assert answers[f"{site}/ok"].status == 200
