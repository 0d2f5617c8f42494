"""Bad text in every field, in every format: it comes out as the words it is and changes nothing else.

Each format is read back with its own reader: csv, json, icalendar and vobject, an HTML and an XML parser, markdown-it,
and Bash with a stand-in for gh.
"""

import csv
import io
import json
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import partial
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import icalendar
import pytest
import vobject
from markdown_it import MarkdownIt

from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan
from roadmap.render import Format, render
from roadmap.render.clean import clean
from tests.builders import plan_for


@pytest.fixture(scope="module", autouse=True)
def _any_length() -> Iterator[None]:
    """How many words a text has must not change what is on the page here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("roadmap.planning.answer.length.MOST_WORDS", 10**6)
        yield


HOSTILE = {
    "markup": "<script>alert(1)</script></title></style><img src=x onerror=alert(1)> ]]> <!-- --> &lt;b&gt; \"' {{7}}",
    "control": "a\x00b\x07c\x1b[31mred\x1b]0;title\x07 \x7f\x9b2J \x85 end",
    "direction": "abc\u202edcba\u2066x\u2069 \u200f\u061c\ufeff",
    "equals": '=HYPERLINK("https://evil.example","x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "wide": "＝1+1",
    "newlines": "one\r\ntwo\n\n# three\u2028four\u2029BEGIN:VEVENT\nEND:VCALENDAR\n- [x] five 📅 2026-01-01",
    "long": "word " * 2000,
    "unbroken": "x" * 10_000,
    "emoji": "👩\u200d💻 🏳️\u200d🌈 📅 2026-01-01 🆔 abc ⛔ def ✅ 2026-01-01",
    "shell": "'; touch pwned; echo \"$(touch pwned)\" `touch pwned` \\' $HOME !! --title=x",
    "tasks": "x 2026-01-01 (A) +project @context due:2026-01-01 #tag p1 [a:: b] (c:: d) !!1",
    "surrogate": "\ud800 lone",
    "empty": " \t ",
}
# Free text, wherever it stands. Ids, references, dates and fixed words are not among it.
WORDS = (
    "title name short plain summary because note why why_not renewal caveat issuer provider publisher body licence "
    "text basis version as_of checked code label months_note recommended_experience when_hired output"
)
NAMES = frozenset(re.findall(r"\w+", WORDS))
LISTS = frozenset({"done_when", "evidence", "aliases", "daily_tasks", "topics"})
ADDRESS = "javascript:alert(1)//"

Reader = Callable[[str], Any]


def poisoned(value: Any, text: str, numbers: Iterator[int]) -> Any:
    """The same value with bad text in all its free text; addresses become scripts or carry the text.

    Every text gets a number of its own, since a page says the same thing only once.
    """
    if isinstance(value, Mapping):
        return {k: poisoned(v, text, numbers) for k, v in value.items()}
    if isinstance(value, tuple):
        return tuple(poisoned(v, text, numbers) for v in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes: dict[str, Any] = {}
    for one in fields(value):
        old = getattr(value, one.name)
        if one.name in LISTS:
            changes[one.name] = tuple(f"{text} {next(numbers)}" for _ in old)
        elif one.name == "url" and old:
            changes[one.name] = ADDRESS + text if len(str(old)) % 2 else f"https://ok.example/{text}"
        elif one.name in NAMES and isinstance(old, str):
            changes[one.name] = f"{text} {next(numbers)}"
        elif one.name not in ("market", "words"):  # a sentence with places in braces is a template, not free text
            changes[one.name] = poisoned(old, text, numbers)
    return replace(value, **changes)


def altered(value: Any, **changes: Any) -> Any:
    """A copy with some fields changed, of a dataclass or a named tuple."""
    change = getattr(value, "_replace", None) or partial(replace, value)
    return change(**changes)


def renamed(plan: Plan, catalogue: Catalogue, text: str) -> tuple[Plan, Catalogue]:
    """The plan whose first step has the bad text for an id."""
    old = plan.steps[0].id

    def new(id_: str) -> str:
        return text if id_ == old else id_

    modules = {new(k): altered(m, id=new(k)) for k, m in catalogue.modules.items()}
    steps = tuple(altered(s, module=modules[new(s.id)], after=tuple(map(new, s.after))) for s in plan.steps)
    reasons = [
        tuple(altered(r, args=tuple(new(a) if isinstance(a, str) else a for a in r.args)) for r in s.reasons)
        for s in steps
    ]
    steps = tuple(altered(s, reasons=r) for s, r in zip(steps, reasons, strict=True))
    weeks = tuple(altered(w, items=tuple(altered(i, step=new(i.step)) for i in w.items)) for w in plan.weeks)
    return altered(plan, steps=steps, weeks=weeks), altered(catalogue, modules=modules)


@pytest.fixture(autouse=True, scope="module")
def uncut() -> Iterator[None]:
    """A page that is as long as it gets: how much is told depends on the words, and here only their escaping counts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("roadmap.planning.answer.length.MOST_WORDS", 10**9)
        yield


def attacked(catalogue: Catalogue, text: str) -> tuple[Plan, Catalogue]:
    bad: Catalogue = poisoned(catalogue, text, count())
    plan = plan_for(bad, role="swe", cloud="azure", skills=dict.fromkeys(list(catalogue.skills)[:60], 3))
    plan = altered(plan, profile=altered(plan.profile, name=text))
    return renamed(plan, bad, text or "?")


# --- readers: what is the same for any words -------------------------------------------------------------------------


def read_csv(text: str) -> Any:
    csv.field_size_limit(10_000_000)
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert text.endswith("\r\n")
    for row in rows:
        assert len(row) == len(rows[0])
        assert not [c for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))]
    return len(rows), [row[0] for row in rows if row[0] in ("task", "section")]


def read_json(text: str) -> Any:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: shape(v) for k, v in value.items() if k not in ("teaches", "needs")}
        return [shape(v) for v in value] if isinstance(value, list) else type(value).__name__

    return shape(json.loads(text))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("script", "img", "iframe", "object", "b"), tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name == "href":
                assert (value or "").startswith(("https://ok.example/", "#")), value
        # Links and how a line of a picture is cut depend on the words.
        if tag not in ("a", "p", "text", "title", "rect"):
            self.tags.append(tag)


def read_html(text: str) -> Any:
    parser = _Tags()
    parser.feed(text)
    assert text.count("<!--") == 0
    return parser.tags


def read_svg(text: str) -> Any:
    root = ElementTree.fromstring(text)
    kinds = {e.tag.split("}")[1] for e in root.iter()}
    assert kinds <= {"svg", "style", "rect", "path", "text", "title", "pattern"}
    return sum(e.tag.endswith("path") for e in root.iter())


def read_ics(text: str) -> Any:
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    events = icalendar.Calendar.from_ical(text).walk("VEVENT")
    twice = list(vobject.readOne(text).vevent_list)
    assert [str(e["UID"]) for e in events] == [e.uid.value for e in twice]
    assert [str(e["SUMMARY"]) for e in events] == [e.summary.value for e in twice]
    return [(sorted(set(e.keys()) - {"URL"}), e["DTSTART"].to_ical()) for e in events]


def read_taskwarrior(text: str) -> Any:
    tasks = [json.loads(line) for line in text.splitlines()]
    assert not any("\n" in a["description"] for t in tasks for a in t["annotations"])
    return [(sorted(t), t["due"], t["depends"].count(",") if "depends" in t else 0) for t in tasks]


def read_todotxt(text: str) -> Any:
    found = []
    for line in text.splitlines():
        words = line.split(" ")
        assert re.fullmatch(r"\([AB]\) \d{4}-\d\d-\d\d .*", line), line
        marks = [w for w in words if re.match(r"[+@]\S", w)]
        keys = [w.partition(":")[0] for w in words if re.fullmatch(r"[^\s:\u2060]+:\S+", w)]
        found.append((marks, keys))
    return found


def read_markdown(text: str) -> Any:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inside = [t for block in tokens for t in (block, *(block.children or ()))]
    assert not [t for t in inside if t.type in ("image", "html_block")]
    assert all(re.fullmatch(r"<!-- [\w:.~% -]+ -->", t.content) for t in inside if t.type == "html_inline")
    assert all(str(t.attrs["href"]).startswith("https://ok.example/") for t in inside if t.type == "link_open")
    return [t.type for t in tokens]


def read_obsidian(text: str) -> Any:
    read_markdown(text)
    field = r"(?: ⛔ [\w,-]+)? ➕ [\d-]{10} 🛫 [\d-]{10} 📅 [\d-]{10}"
    tasks = [line for line in text.splitlines() if line.startswith("- [ ] ")]
    assert all(re.fullmatch(rf"- \[ \] .* h 🆔 [\w-]+{field}", line) for line in tasks)
    assert all(len(re.findall(r"📅 \d", line)) == 1 for line in tasks)
    assert not re.search(r"[\[(]\w+:: ", text)
    return len(tasks)


def read_github(text: str) -> Any:
    """Runs the script with a gh that only writes down what it was asked to do."""
    script, log = _EMPTY.with_name("issues.sh"), _EMPTY.with_name("log")
    script.write_text(text, encoding="utf-8")
    log.write_text("")
    fake = f'gh() {{ printf "%s\\0" CALL "$@" >> {log}; }}; . {script}'
    done = subprocess.run(["bash", "-c", fake], capture_output=True, text=True, cwd=_EMPTY, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not list(_EMPTY.iterdir())
    calls = [c.split("\0") for c in log.read_text(encoding="utf-8").split("CALL\0")]
    return [(c[:2], len(c)) for c in calls if c[0]]


def read_terminal(text: str) -> Any:
    return None


_EMPTY = Path()

READERS: dict[Format, Reader] = {
    Format.TERMINAL: read_terminal,
    Format.MARKDOWN: read_markdown,
    Format.HTML: read_html,
    Format.SVG: read_svg,
    Format.ICS: read_ics,
    Format.JSON: read_json,
    Format.CSV: read_csv,
    Format.TODOIST: read_csv,
    Format.OBSIDIAN: read_obsidian,
    Format.TASKWARRIOR: read_taskwarrior,
    Format.TODOTXT: read_todotxt,
    Format.GITHUB: read_github,
    Format.NOTION: read_csv,
    Format.JSONRESUME: read_json,
}
# A word per kind of attack that has to be there to read; shown as words, not obeyed.
LITERAL = {
    "markup": "alert(1)",
    "shell": "touch pwned",
    "equals": "HYPERLINK(",
    "tasks": "2026-01-01",
    "newlines": "BEGIN:",
}


def _folder(parent: Path) -> Path:
    folder = parent / "empty"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.test_hostile._EMPTY", _folder(tmp_path))


@pytest.fixture(scope="module", autouse=True)
def _whole_pages() -> Iterator[None]:
    """What a page leaves out because it was said before depends on the words, and here only the words differ."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("roadmap.render.answer_page.without_echo", list)
        yield


@pytest.fixture(scope="module")
def harmless(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> dict[Format, Any]:
    """What each reader sees when the words are plain."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.test_hostile._EMPTY", _folder(tmp_path_factory.mktemp("plain")))
        plan, known = attacked(catalogue, "plain")
        return {form: READERS[form](render(plan, known, form)) for form in Format}


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(Format)


@pytest.mark.parametrize("kind", HOSTILE)
def test_bad_text_is_only_text(catalogue: Catalogue, harmless: dict[Format, Any], kind: str) -> None:
    plan, bad = attacked(catalogue, HOSTILE[kind])
    for form in Format:
        text = render(plan, bad, form)
        text.encode("utf-8")
        letters = set(text)
        control = {c for c in letters if unicodedata.category(c) in ("Cc", "Cs") and c not in "\r\n"}
        assert not control, (form, control)
        joiners = "\u200d\u2060"
        assert not {c for c in letters if unicodedata.category(c) == "Cf" and c not in joiners}, form
        assert READERS[form](text) == harmless[form], form
        if kind in LITERAL and form is not Format.JSONRESUME:
            bare = re.sub(r"\\(?=\W)|\r\n |\u2060|\s", "", text)
            assert LITERAL[kind].replace(" ", "") in bare, form


def test_json_keeps_the_very_text(catalogue: Catalogue) -> None:
    for text in HOSTILE.values():
        plan, bad = attacked(catalogue, text)
        assert json.loads(render(plan, bad, Format.JSON))["profile"]["name"] == text
        assert json.loads(render(plan, bad, Format.JSONRESUME))["basics"]["name"] == clean(text)
