"""The HTML page in a real browser: no error, no overflow, accessible, on paper too.

Needs Chromium (on Debian: `apt-get install -y chromium`) and axe-core (`make browser-test-deps`, into build/).
Without Chromium these tests are skipped; without axe-core only the accessibility check is.
"""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.render import Format, render
from tests.builders import plan_for
from tests.test_hostile import attacked

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parent.parent / "build" / "browser" / "package" / "axe.min.js"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--enable-logging=stderr",
)
CSP = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
PROBE = """
<script>{axe}</script>
<script>
addEventListener("load", async () => {{
  document.querySelectorAll("details").forEach(d => d.open = {open});
  const wide = [...document.querySelectorAll("body *")].filter(e => !e.closest("svg, .skip")
    && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120));
  const found = window.axe ? await axe.run(document, {{resultTypes: ["violations"]}}) : {{violations: null}};
  const seen = {{
    width: innerWidth, scroll: document.documentElement.scrollWidth, wide,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    paper: getComputedStyle(document.body).backgroundColor,
    violations: found.violations && found.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html)),
  }};
  parent.postMessage(JSON.stringify(seen), "*");
}});
</script>
"""
# Chromium's windows are never narrower than 500 px, a frame is.
FRAME = """<!doctype html><html style="color-scheme: light dark"><title>frame</title><body>
<iframe src="inner.html" width="{width}" height="900" style="border: 0" title="page"></iframe><pre id="seen"></pre>
<script>addEventListener("message", e => document.getElementById("seen").textContent = e.data)</script></body></html>
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install -y chromium")


def chromium(folder: Path, page: str, *flags: str) -> tuple[str, list[str]]:
    """What Chromium prints about a page, and what it complains about on its console."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", *flags, file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def probed(folder: Path, page: str, width: int, *, dark: bool, opened: bool) -> dict[str, Any]:
    axe = AXE.read_text(encoding="utf-8") if AXE.exists() else ""
    script = PROBE.format(axe=axe, open="true" if opened else "false")
    (folder / "inner.html").write_text(CSP.sub("", page).replace("</body>", script + "</body>"), encoding="utf-8")
    scheme = ["--force-dark-mode"] if dark else []
    flags = ["--dump-dom", "--virtual-time-budget=8000", "--window-size=1500,950", *scheme]
    dom, console = chromium(folder, FRAME.format(width=width), *flags)
    assert console == []
    text = re.search(r'<pre id="seen">(.+?)</pre>', dom, re.DOTALL)
    assert text, dom[-2000:]
    seen: dict[str, Any] = json.loads(unescape(text[1]))
    return seen


@pytest.fixture(scope="module")
def page(catalogue: Catalogue) -> str:
    off = [{"from": "2026-12-20", "to": "2027-01-03"}]
    plan = plan_for(
        catalogue, name="Ada", cloud="azure", domain="healthcare", certifications="all", budget_usd=2000, breaks=off
    )
    return render(plan, catalogue, Format.HTML)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1400])
def test_the_page_fits_and_is_accessible(page: str, tmp_path: Path, width: int, dark: bool) -> None:
    seen = probed(tmp_path, page, width, dark=dark, opened=width != 768)
    assert (seen["width"], seen["dark"]) == (width, dark)
    assert seen["paper"] == ("rgb(27, 26, 24)" if dark else "rgb(253, 252, 249)")
    assert seen["wide"] == []
    assert seen["scroll"] <= width
    if seen["violations"] is None:
        pytest.skip("fits; no axe-core to judge accessibility: make browser-test-deps")
    assert seen["violations"] == []


def test_no_error_no_request_and_it_prints(page: str, tmp_path: Path) -> None:
    """With the page's own policy in force, so that a script or a request would be an error on the console."""
    for size in ("A4", "letter"):
        sized = page.replace("@page {", f"@page {{ size: {size};")
        pdf = tmp_path / f"{size}.pdf"
        _, console = chromium(tmp_path, sized, f"--print-to-pdf={pdf}", "--no-pdf-header-footer")
        assert console == []
        data = pdf.read_bytes()
        assert data.startswith(b"%PDF")
        pages = len(re.findall(rb"/Type\s*/Page\b", data))
        assert 8 <= pages <= 40, pages


def test_hostile_text_runs_nothing_and_fits(catalogue: Catalogue, tmp_path: Path) -> None:
    bad = "</title></style></script><script>console.error(1)</script><img src=x onerror=console.error(2)>" + "x" * 500
    plan, known = attacked(catalogue, bad)
    seen = probed(tmp_path, render(plan, known, Format.HTML), 360, dark=False, opened=True)
    assert seen["wide"] == []
    assert seen["scroll"] <= 360
