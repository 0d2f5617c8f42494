"""The catalogue keeps what it promises: the article, the topic list and the postings are covered, all is sourced."""

import ast
import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from roadmap.loading.load import load_catalogue
from roadmap.loading.shapes import KINDS
from roadmap.loading.source import folder
from roadmap.model.browse import entries
from roadmap.model.catalogue import Catalogue
from roadmap.model.profile import make_profile
from tests.builders import TODAY, plan_for

DATA = folder("data")
HERE = Path(__file__).parent
OVERLAY = folder("examples") / "overlay-bootcamp.yaml"


def place(catalogue: Catalogue, name: str) -> Any:
    kind, _, id_ = name.partition(":")
    return entries(catalogue, kind)[id_]


def test_every_statement_of_the_article_lives_somewhere(catalogue: Catalogue) -> None:
    assert list(catalogue.facts) == [f"SF-{n:03}" for n in range(1, 160)]
    for fact in catalogue.facts.values():
        for name in fact.places:
            place(catalogue, name)


def test_checked_statements_are_those_of_the_check_and_name_a_better_source(catalogue: Catalogue) -> None:
    with (HERE / "data" / "checked_statements.csv").open(encoding="utf-8") as stream:
        expected = {row["id"]: row["verdict"] for row in csv.DictReader(stream)}
    found = {f.id: f.check.status for f in catalogue.facts.values() if f.check}
    assert found == expected
    for fact in catalogue.facts.values():
        assert fact.check is None or (fact.check.source != "article" and fact.check.source in catalogue.sources)


def test_outdated_exams_of_the_article_are_never_advised(catalogue: Catalogue) -> None:
    for code in ("AI-102", "MLS-C01"):
        cert = catalogue.certification(code)
        assert cert is not None
        assert cert.status == "retired"
        assert not any(m.certification == cert.id for m in catalogue.modules.values())


def test_topics_are_covered_or_left_out_with_a_reason(catalogue: Catalogue) -> None:
    names = (HERE / "data" / "topic_names.txt").read_text(encoding="utf-8").split()
    assert set(catalogue.topics) == set(names)
    covered = [t for t in catalogue.topics.values() if t.covered_by]
    assert len(covered) / len(catalogue.topics) >= 0.95
    for topic in catalogue.topics.values():
        assert bool(topic.covered_by) != bool(topic.why_not)
        for name in topic.covered_by:
            assert name.split(":")[0] in ("modules", "skills", "resources")
            place(catalogue, name)


def test_topics_and_modules_agree(catalogue: Catalogue) -> None:
    named = {(t, f"modules:{m.id}") for m in catalogue.modules.values() for t in m.topics}
    listed = {(t.id, name) for t in catalogue.topics.values() for name in t.covered_by}
    assert named <= listed


def test_most_of_what_postings_ask_for_is_taught_and_the_rest_explained(catalogue: Catalogue) -> None:
    with (DATA / "postings.csv").open(encoding="utf-8") as stream:
        named = Counter(s for row in csv.DictReader(stream) for s in row["skills"].split())
    taught = {s.id for s in catalogue.skills.values() if s.taught and catalogue.teachers.get(s.id)}
    share = sum(n for s, n in named.items() if s in taught) / named.total()
    assert share >= 0.92
    for skill in named.keys() - taught:
        assert catalogue.skills[skill].why_not
    assert named.keys() <= catalogue.skills.keys()


def test_every_entry_has_a_source_and_a_date(catalogue: Catalogue) -> None:
    """Lists of names state nothing; a line of our own judgement is as old as the catalogue."""
    bare = []
    nameless = {"stages", "goals", "clouds", "questions", "countries", "words", "sources", "resources"}
    for kind in set(KINDS) - nameless:
        for id_, entry in getattr(catalogue, kind).items():
            sourced = getattr(entry, "sources", None) or getattr(entry, "source", None)
            dated = getattr(entry, "as_of", None) or getattr(entry, "checked", None)
            ours = kind in ("advice", "rhythms") and sourced == "judgement"
            bare += [] if sourced and (dated or ours) else [f"{kind}:{id_}"]
    bare += [f"resources:{r.id}" for r in catalogue.resources.values() if not (r.seen_via and r.checked)]
    bare += [f"sources:{s.id}" for s in catalogue.sources.values() if not s.as_of]
    assert bare == []
    assert catalogue.pace.source in catalogue.sources


def test_the_catalogue_is_as_large_as_it_must_be(catalogue: Catalogue) -> None:
    least = {"roles": 5, "skills": 70, "modules": 90, "resources": 180, "certifications": 58, "specialisations": 4}
    for kind, count in {**least, "guides": 15, "paths": 6}.items():
        assert len(entries(catalogue, kind)) >= count
    for topic in ("hire", "audit", "resilience", "stress", "degree", "500k", "loops", "entry-level"):
        assert any(topic in g for g in catalogue.guides), topic


def test_there_is_a_project_for_every_field_twice_and_for_every_goal(catalogue: Catalogue) -> None:
    assert len(catalogue.projects) >= 24
    fields = Counter(d for p in catalogue.projects.values() for d in p.when.domain)
    goals = Counter(g for p in catalogue.projects.values() for g in p.when.goal)
    assert [f for f in catalogue.specialisations if fields[f] < 2] == []
    assert [g for g in catalogue.goals if not goals[g]] == []


def test_every_start_has_a_route_to_every_end(catalogue: Catalogue) -> None:
    starts = [r.id for r in catalogue.roles.values() if r.start]
    ends = [g.id for g in catalogue.goals.values() if g.kind == "end"]
    found = {(r.start, r.goal) for r in catalogue.routes.values()}
    assert found >= {(start, end) for start in starts for end in ends}
    for route in catalogue.routes.values():
        assert catalogue.goals[route.goal].kind in ("end", "subject")
        if catalogue.goals[route.goal].kind == "end":
            assert catalogue.moves[route.move].kind == route.goal


def test_the_planner_says_only_what_the_catalogue_words_and_all_of_it(catalogue: Catalogue) -> None:
    """Ids stand in the planner as text, or as the parts of one around what is filled in."""
    whole: set[str] = set()
    patterns: set[str] = set()
    for file in (DATA.parent / "src" / "roadmap" / "planning").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        joined = [n for n in ast.walk(tree) if isinstance(n, ast.JoinedStr)]
        inside = {id(v) for n in joined for v in n.values}
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in inside]
        whole |= {t for t in texts if isinstance(t, str) and re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", t)}
        patterns |= {
            "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in n.values) for n in joined
        }
    patterns = {p for p in patterns if re.match(r"[a-z]|\.\+\\-", p)}
    families = {i.split("-")[0] for i in catalogue.words}
    known = [*catalogue.words]
    said = [t for t in whole if "-" in t and t.split("-")[0] in families]
    assert [t for t in said if not any(i == t or re.fullmatch(re.escape(t) + r"-\d+", i) for i in known)] == []
    assert [i for i in known if i not in whole and not any(re.fullmatch(p, i) for p in patterns)] == []


def test_what_a_step_adds_and_its_smaller_form_are_whole_sentences(catalogue: Catalogue) -> None:
    """They stand on the page without the title of the step: something to do, that a reader pictures by itself."""
    said = {(p.id, m): t for p in catalogue.projects.values() for m, t in p.grows.items()}
    said |= {(m.id, ""): m.on_project for m in catalogue.modules.values() if m.on_project}
    assert [k for k, t in said.items() if not t[0].isupper() or t.endswith(".") or not 8 <= len(t.split()) <= 22] == []
    smaller = {(p.id, m): t for p in catalogue.projects.values() for m, t in p.missed.items()}
    smaller |= {(m.id, ""): m.smaller.text for m in catalogue.modules.values() if m.smaller}
    assert [k for k, t in smaller.items() if not t[0].isupper() or t.endswith(".") or len(t.split()) > 18] == []


def test_the_smaller_form_of_a_step_speaks_of_that_step_and_asks_for_no_more(catalogue: Catalogue) -> None:
    def most(text: str) -> int:
        return max((int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", text)), default=0)

    for project in catalogue.projects.values():
        for id_, text in project.missed.items():
            assert id_ in project.grows, (project.id, id_)
            assert most(text) <= most(project.grows[id_]), (project.id, id_)


def test_every_step_of_some_length_has_something_to_open(catalogue: Catalogue) -> None:
    long = [m for m in catalogue.modules.values() if m.hours.likely >= 10 and m.kind in ("learn", "build")]
    assert [m.id for m in long if not m.parts] == []


def test_roles_have_all_seven_dimensions_and_targets_all_levels(catalogue: Catalogue) -> None:
    for role in catalogue.roles.values():
        assert all((role.output, role.daily_tasks, role.required_skills, role.trajectory, role.when_hired))
        assert role.regulated_fit
        assert role.responsibilities
        assert role.salaries or role.id == "new"
        if role.target:
            assert set(role.targets) == {"entry", "mid", "senior"}


def test_every_start_leads_to_every_target(catalogue: Catalogue) -> None:
    for start in (r.id for r in catalogue.roles.values() if r.start):
        for target in (r.id for r in catalogue.roles.values() if r.target):
            assert catalogue.path(start, target)


@pytest.mark.parametrize(("role", "most"), [("swe", 950), ("data-scientist", 950), ("new", 1100)])
def test_another_target_is_data_alone_and_its_plan_is_sound(catalogue: Catalogue, role: str, most: float) -> None:
    plan = plan_for(catalogue, role=role, target="ml-engineer", certifications="none", hours_per_week=15)
    assert plan.status == "feasible"
    assert 300 <= plan.hours <= most
    place_of = {s.id: i for i, s in enumerate(plan.steps)}
    assert all(place_of[a] < place_of[s.id] for s in plan.steps for a in s.after)
    assert {"serve-open-models", "observe-llm-app"} <= set(place_of)
    assert [p.id for p in plan.phases][-1] in catalogue.moves
    assert plan.coverage_after > plan.coverage_before + 0.3


def test_no_code_knows_a_role_by_name(catalogue: Catalogue) -> None:
    source = folder("data").parent / "src" / "roadmap"
    for file in source.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        for id_ in catalogue.roles.keys() - {"new"}:
            assert f'"{id_}"' not in text, (file, id_)


def test_a_target_without_a_path_is_a_problem_of_the_profile(catalogue: Catalogue, tmp_path: Path) -> None:
    overlay = tmp_path / "sailor.yaml"
    overlay.write_text(
        "roles:\n  - {id: sailor, name: Sailor, summary: Sails., target: true, sources: [judgement],"
        " as_of: 2026-11-22, confidence: low, targets: {mid: {python: 1}}}\n",
        encoding="utf-8",
    )
    found, problems = load_catalogue([overlay])
    assert found is not None, problems
    made, faults = make_profile({"role": "swe", "target": "sailor"}, found, TODAY)
    assert made is None
    assert [f.id for f in faults] == ["no-path"]


def test_the_example_overlay_adds_replaces_retires_and_plans(catalogue: Catalogue) -> None:
    found, problems = load_catalogue([OVERLAY])
    assert problems == []
    assert found is not None
    assert "first-rag" not in found.modules
    assert found.modules["docker-basics"].hours.likely == 10 != catalogue.modules["docker-basics"].hours.likely
    plan = plan_for(found, role="new")
    steps = {s.id: s for s in plan.steps}
    assert "bootcamp-rag-week" in steps
    assert steps["bootcamp-rag-week"].phase == "retrieval-week"
    assert steps["docker-basics"].module.hours.origin == "measured"
    assert [p.id for p in plan.phases] == ["first-steps", "foundation", "retrieval-week", "show-it", "search"]


@pytest.mark.parametrize(
    ("text", "id_", "line"),
    [
        ("retire:\n  modules:\n    - ml-course\n    - serve-open-models\n", "unreachable-level", 4),
        ("retire:\n  modules: [first-ragg]\n", "unknown-id", 2),
        ("modules:\n  - id: x\n    titel: X\n", "unknown-key", 3),
    ],
)
def test_a_problem_that_an_overlay_causes_points_into_the_overlay(
    tmp_path: Path, text: str, id_: str, line: int
) -> None:
    overlay = tmp_path / "ours.yaml"
    overlay.write_text(text, encoding="utf-8")
    found, problems = load_catalogue([overlay])
    assert found is None
    assert {p.file for p in problems} == {str(overlay)}
    assert (id_, line) in {(p.id, p.line) for p in problems}


@pytest.mark.parametrize(
    "entry", ["resources: [ollama]", "modules: [cert-ai-103]", "certifications: [ms-ai-103]", "guides: [stress]"]
)
def test_what_may_be_retired_is_passed_over(tmp_path: Path, entry: str) -> None:
    overlay = tmp_path / "ours.yaml"
    overlay.write_text(f"retire:\n  {entry}\n", encoding="utf-8")
    found, problems = load_catalogue([overlay])
    assert found is not None, problems
    plan = plan_for(found, role="swe", cloud="azure")
    assert plan.status == "feasible"
    assert all(r in found.resources for s in plan.steps for r in s.resources)


@pytest.mark.parametrize("entry", ["sources: [article]", "skills: [rag]", "stages: [domain]", "roles: [new]"])
def test_what_others_stand_on_cannot_be_retired_alone(tmp_path: Path, entry: str) -> None:
    overlay = tmp_path / "ours.yaml"
    overlay.write_text(f"retire:\n  {entry}\n", encoding="utf-8")
    found, problems = load_catalogue([overlay])
    assert found is None
    assert {(p.file, p.line) for p in problems} == {(str(overlay), 2)}
    assert sum(p.id == "unknown-id" for p in problems) == 1


def test_overlays_in_the_folder_of_a_person_are_laid_over_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from roadmap.app.catalogues import read_catalogue

    folder_ = tmp_path / "config" / "overlays"
    folder_.mkdir(parents=True)
    (folder_ / "a.yaml").write_text(OVERLAY.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("ROADMAP_CONFIG", str(tmp_path / "config"))
    assert "bootcamp-rag-week" in read_catalogue([]).modules
    monkeypatch.setenv("ROADMAP_CONFIG", "")
    assert "bootcamp-rag-week" not in read_catalogue([]).modules
