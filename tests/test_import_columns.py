"""Pages of a PDF with columns, margins and rails, drawn in every order that programs draw them in."""

from collections.abc import Iterable
from time import perf_counter

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.reading.columns import Piece, reordered
from tests.test_import_formats import read

MAIN = ("Experience", "Software Engineer, Acme", "Jan 2018 - Dec 2022", "- Python services", "- Python tests", "",
        "Waiter, Globex", "2010 - 2015", "- Served")  # fmt: skip
SIDE = ("Contact", "jane@example.org", "", "Skills", "Docker", "SQL", "Kubernetes", "", "Languages", "English")


def drawn(*parts: tuple[float, float, str], spaced: int = 0) -> bytes:
    """A page with each text at its place, in this order."""
    stream = "".join(
        f"BT /F1 10 Tf {spaced} Tc {x} {y} Td ({text}) Tj ET\n" for x, y, text in parts if text
    )  # fmt: skip
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources << /Font << /F1 {font} >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    )
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    tail = f"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return f"{out}xref\n0 5\n0000000000 65535 f \n{table}{tail}".encode("latin-1")


def column(x: float, lines: Iterable[str], top: float = 760, step: float = 14) -> list[tuple[float, float, str]]:
    return [(x, top - i * step, line) for i, line in enumerate(lines)]


NAME = [(40.0, 800.0, "Jane Roe")]
LEFT, RIGHT = column(40, SIDE), column(220, MAIN)
ROWS = sorted([*LEFT, *RIGHT], key=lambda p: (-p[1], p[0]))
OTHER_ROWS = sorted([*column(40, MAIN), *column(420, SIDE)], key=lambda p: (-p[1], p[0]))
UNEVEN = sorted([*column(40, SIDE, step=13), *column(220, MAIN, 757, 16)], key=lambda p: -p[1])
RAIL = [(40.0, 740.0, "EXPERIENCE"), (40.0, 640.0, "SKILLS")]
BESIDE = [
    *column(160, MAIN[1:2], 740),
    (450.0, 740.0, MAIN[2]),
    *column(160, MAIN[3:5], 726),
    (160.0, 640.0, "Docker, SQL"),
]
PAGES = {
    "side, then main": [*LEFT, *RIGHT], "main, then side": [*RIGHT, *LEFT], "row by row": ROWS,
    "row by row, side at the right": OTHER_ROWS, "rows of two heights": UNEVEN,
    "headings in a rail": sorted([*RAIL, *BESIDE], key=lambda p: (-p[1], p[0])),
    "headings in a rail, drawn first": [*RAIL, *BESIDE],
}  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_columns_in_any_order(catalogue: Catalogue, page: str) -> None:
    found = read(catalogue, drawn(*NAME, *PAGES[page]))
    assert (found.name, found.role) == ("Jane Roe", "swe")
    levels = {s: f.level for s, f in found.skills.items()}
    assert (levels["python"], levels["docker"], levels["sql"]) == (3, 1, 1)
    assert "Software Engineer" in found.skills["python"].proofs[0].place


def test_letters_far_apart(catalogue: Catalogue) -> None:
    lines = ("EXPERIENCE", "Software Engineer, Acme", "2018 - 2022", "- Python", "SKILLS", "Docker")
    found = read(catalogue, drawn(*column(40, ("Jane Roe", *lines)), spaced=4))
    assert (found.name, found.role) == ("Jane Roe", "swe") and found.skills["docker"].level == 1


def test_a_table_of_skills_is_no_pair_of_columns(catalogue: Catalogue) -> None:
    labels = [(40.0, 700.0 - 14 * i, t) for i, t in enumerate(("Languages", "Tools", "Cloud", "Data", "Other"))]
    names = [
        (160.0, y, t) for (_, y, _), t in zip(labels, ("Python, Go", "Docker", "AWS", "SQL", "Kafka"), strict=True)
    ]
    rows = sorted([*labels, *names], key=lambda p: (-p[1], p[0]))
    found = read(catalogue, drawn(*NAME, (40, 780, "Software Engineer"), (40, 720, "Skills"), *rows))
    assert {"python", "go-rust-cpp", "docker", "cloud-aws", "sql", "async"} <= {*found.skills}


def test_a_page_full_of_pieces_is_looked_at_in_no_time() -> None:
    pieces = [Piece("Skills", i % 31 * 7.0, i, i % 31 * 7.0 + 5, i + 9) for i in range(1_000)]
    started = perf_counter()
    reordered(pieces, lambda text: text == "Skills")
    assert perf_counter() - started < 3
