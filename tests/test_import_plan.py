"""Plans from a resume and for a job posting: what wins over what, what the aims change, what is shown of them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from roadmap.app.resumes import adding_to
from roadmap.interview.ask import interview
from roadmap.interview.questions import Questionnaire
from roadmap.model.catalogue import Catalogue
from roadmap.model.plan import Plan, aimed
from roadmap.planning.make import make_plan
from roadmap.reading.posting import read_posting
from roadmap.render import Format, render
from tests.builders import TODAY, answers, few, person, plan_for
from tests.in_process import roadmap
from tests.test_import import TEXT, imported, pdf_of
from tests.test_interview import profile_of

POSTING = """AI Engineer at Example Labs
Your profile:
- 3+ years of Python and Docker; Go or Rust is a plus
- RAG, vector databases, Kubernetes and Terraform
- Interested in agents and GraphQL
- No prior Kafka experience required
Authorization to work in the EU. Write to jobs@example.org
"""
ASKED = ["python", "graphql", "docker", "vector-db", "rag", "agents", "kubernetes", "iac"]
NAMED = ["python", "graphql", "docker", "go-rust-cpp", "vector-db", "rag", "agents", "kubernetes", "iac"]
DAY = ("--today", "2026-11-22", "--format", "json")


def planned(*args: str, code: int = 0) -> Any:
    done = roadmap("plan", *args, *DAY)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout) if done.stdout else done.stderr


@pytest.fixture
def cv(tmp_path: Path) -> str:
    path = tmp_path / "cv.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.fixture
def job(tmp_path: Path) -> str:
    path = tmp_path / "job.txt"
    path.write_text(POSTING, encoding="utf-8")
    return str(path)


# --- aims


def reached(plan: Plan) -> dict[str, int]:
    """The levels that somebody has at the end."""
    out = dict(plan.profile.have)
    for step in plan.steps:
        out |= {s: max(n, out.get(s, 0)) for s, n in step.teaches.items()}
    return out


def test_a_posting_names_these_skills(catalogue: Catalogue) -> None:
    found = read_posting(POSTING, catalogue)
    assert list(found.named("must", "nice", "duty")) == NAMED
    assert list(found.named("must", "duty")) == ASKED


def test_aims_raise_what_is_wanted_and_overrule_the_rules(catalogue: Catalogue) -> None:
    plain = plan_for(catalogue)
    plan = plan_for(catalogue, aims=["kubernetes", "webhooks", "iac", "rag"])
    assert {"iac", "rag"} <= {s for s, n in reached(plan).items() if n >= 2}
    assert reached(plain).get("iac", 0) < 2
    skipped = plan_for(catalogue, aims=["kubernetes"], skip=["kubernetes-working"])
    assert "kubernetes-working" not in {s.id for s in skipped.steps}, "the person's own word is the last"


@few(20)
@given(st.data())
def test_plans_do_not_depend_on_those_made_before(catalogue: Catalogue, data: st.DataObject) -> None:
    """Whatever is remembered between plans knows of the aims: a catalogue that remembers nothing gives the same."""
    fresh, used = replace(catalogue), replace(catalogue)
    aims = data.draw(st.lists(st.sampled_from(list(fresh.skills)), max_size=6, unique=True))
    given_answers = data.draw(answers(fresh))
    for other in ([], aims[:1], list(fresh.skills)):
        plan_for(used, **{**given_answers, "aims": other})
    one = render(plan_for(fresh, **{**given_answers, "aims": aims}), fresh, Format.JSON)
    assert render(plan_for(used, **{**given_answers, "aims": aims}), used, Format.JSON) == one


AIMS = (["iac"], ["graphql", "iac", "rag"], ["reinforcement-learning", "kubernetes"], ["nlp", "multimodal", "dotnet"])


@pytest.mark.parametrize("aims", AIMS)
def test_aims_take_nothing_away_and_their_order_is_nothing(catalogue: Catalogue, aims: list[str]) -> None:
    plain, plan = plan_for(catalogue), plan_for(catalogue, aims=aims)
    before, after = reached(plain), reached(plan)
    assert {s: n for s, n in before.items() if after.get(s, 0) < n} == {}
    assert plan_for(catalogue, aims=aims[::-1]) == plan
    found = aimed(plan, catalogue)
    assert found is not None and set(found.held) <= set(found.reached) <= set(found.named)


def test_without_aims_nothing_is_said_of_them(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue)
    assert aimed(plan, catalogue) is None
    for form in (Format.TERMINAL, Format.MARKDOWN, Format.HTML):
        assert "Aims" not in render(plan, catalogue, form)
    assert json.loads(render(plan, catalogue, Format.JSON))["summary"]["aims"] is None


@pytest.mark.parametrize("form", [Format.TERMINAL, Format.MARKDOWN, Format.HTML])
def test_the_coverage_of_the_posting_is_shown(catalogue: Catalogue, form: Format) -> None:
    plan = plan_for(catalogue, aims=NAMED, skills={"cloud-aws": 0})
    shown = " ".join(render(plan, catalogue, form, width=140).split())
    assert "ou have 2 of the 9 skills you aim at (22 %)" in shown
    assert "Not taught to working level here: GraphQL and Go, Rust or C++." in shown


def test_a_skill_of_another_cloud_is_left_open_and_said_so(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue, aims=["cloud-azure"], cloud="aws")
    data = json.loads(render(plan, catalogue, Format.JSON))
    assert data["summary"]["aims"]["reached"] == [] == data["summary"]["aims"]["untaught"]
    assert {w["text"] for w in data["warnings"] if w["code"] == "nobody-teaches"} == {
        "Microsoft Azure is taught only for another cloud or field, so it stays open."
    }
    assert "Left open: Microsoft Azure." in render(plan, catalogue, Format.MARKDOWN)
    azure = plan_for(catalogue, aims=["cloud-azure"], cloud="azure")
    assert json.loads(render(azure, catalogue, Format.JSON))["summary"]["aims"]["coverage_after"] == 1


# --- the flags


def test_job_sets_the_aims_and_a_saved_plan_keeps_them(job: str, tmp_path: Path) -> None:
    saved = str(tmp_path / "me.roadmap.yaml")
    plan = planned("--role", "swe", "--job", job, "--save", saved)
    assert plan["profile"]["aims"] == ASKED and plan["summary"]["aims"]["untaught"] == ["graphql"]
    again = roadmap("plan", "--resume", saved, *DAY)
    assert json.loads(again.stdout)["profile"]["aims"] == ASKED
    assert json.loads(again.stdout)["summary"] == plan["summary"]
    assert roadmap("check", saved).returncode == 0
    other = Path(saved).rename(tmp_path / "mine.yaml")
    assert json.loads(roadmap("plan", "--resume", str(other), *DAY).stdout) == json.loads(again.stdout)
    assert "as it is" in planned("--resume", str(other), "--job", job, code=2)


def test_job_wins_over_the_file_and_joins_the_flag(job: str, tmp_path: Path) -> None:
    profile = tmp_path / "me.yaml"
    profile.write_text("role: swe\naims: [nlp]\n", encoding="utf-8")
    assert planned("--profile", str(profile))["profile"]["aims"] == ["nlp"]
    assert planned("--profile", str(profile), "--job", job)["profile"]["aims"] == ASKED
    both = planned("--profile", str(profile), "--job", job, "--aims", "multimodal")["profile"]["aims"]
    assert sorted(both) == sorted([*ASKED, "multimodal"])


def test_a_posting_as_pdf_and_one_without_skills(tmp_path: Path) -> None:
    pdf, none = tmp_path / "job.pdf", tmp_path / "none.txt"
    pdf.write_bytes(pdf_of(POSTING))
    none.write_text("A gardener is wanted.", encoding="utf-8")
    assert planned("--role", "swe", "--job", str(pdf))["profile"]["aims"] == ASKED
    assert "names no skill" in planned("--role", "swe", "--job", str(none), code=1)


def test_a_resume_answers_what_is_not_given(cv: str, tmp_path: Path) -> None:
    plan = planned("--resume", cv)
    assert plan["profile"]["role"] == "swe" and plan["profile"]["name"] == "Ada Example"
    assert plan["profile"]["holds"] == ["ms-ai-102"]
    assert plan["profile"]["skills"]["rag"] == 2 and plan["profile"]["skills"]["graphql"] == 3


def test_flags_and_the_file_win_over_a_resume(cv: str, tmp_path: Path) -> None:
    profile = tmp_path / "me.yaml"
    profile.write_text("name: A. E.\nskills: {rag: 1}\nholds: []\n", encoding="utf-8")
    mine = planned("--profile", str(profile), "--resume", cv, "--role", "new")["profile"]
    assert mine["role"] == "new" and mine["name"] == "A. E." and mine["holds"] == []
    assert mine["skills"]["rag"] == 1, "the file's own level"
    assert mine["skills"]["vector-db"] == 2, "the resume's, since the file says nothing of it"
    assert mine["skills"]["python"] == 3, "somebody new to it all has no baseline above what is proven"
    flag = planned("--profile", str(profile), "--resume", cv, "--role", "new", "--skills", "rag=0,sql=4")["profile"]
    assert flag["skills"].get("rag", 0) == 0 and flag["skills"]["sql"] == 4 and flag["skills"]["vector-db"] == 2


def test_a_wrong_answer_is_still_reported_beside_a_resume(cv: str) -> None:
    assert "--skills" in planned("--resume", cv, "--skills", "rug=3", code=2)
    assert "unknown role" in planned("--resume", cv, "--role", "wse", code=2)


def test_only_one_thing_comes_from_stdin(cv: str) -> None:
    assert "only one of" in planned("--resume", "-", "--job", "-", code=2)


# --- the interview


def keys_for(catalogue: Catalogue, keys: str, found: Any, **given_answers: object) -> Mapping[str, object]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        pipe.close()
        return interview(catalogue, given_answers, TODAY, found=found)


def test_the_interview_offers_what_was_found(catalogue: Catalogue, tmp_path: Path) -> None:
    found = adding_to(imported(catalogue, tmp_path / "cv.txt", TEXT), catalogue, {})
    said = keys_for(catalogue, "\r" * 13, found)
    expected: dict[str, Any] = {**found({})}
    assert profile_of(catalogue, said) == profile_of(catalogue, expected)
    assert said["name"] == "Ada Example" and said["holds"] == ["AI-102"]
    skills = said["skills"]
    assert isinstance(skills, Mapping) and skills["graphql"] == 3, "a tick keeps the level that agrees with it"


def test_another_role_than_guessed_changes_what_is_proposed(catalogue: Catalogue, tmp_path: Path) -> None:
    found = adding_to(imported(catalogue, tmp_path / "cv.txt", TEXT), catalogue, {})
    form = Questionnaire(catalogue, {}, TODAY, found)
    role, skills = form.asked()[1:3]
    assert form.prompt(role).default == "swe"
    assert "docker" not in form.person().skills, "no more than the role brings by itself"
    form.answer(role, "new")
    default = form.prompt(skills).default
    assert form.person().skills["docker"] == 2 and isinstance(default, tuple) and "docker" in default


def test_unticking_takes_a_proposal_back(catalogue: Catalogue, tmp_path: Path) -> None:
    found = adding_to(imported(catalogue, tmp_path / "cv.txt", TEXT), catalogue, {})
    form = Questionnaire(catalogue, {"role": "swe"}, TODAY, found)
    question = next(q for q in form.asked() if q.sets == "skills")
    shown = form.prompt(question)
    assert isinstance(shown.default, tuple) and {"rag", "vector-db"} <= set(shown.default)
    notes = {o.value: o.note for o in shown.options}
    assert notes["rag"] == "resume: working" and notes["sql"] == "usually proficient"
    form.answer(question, form.ticked(question, [s for s in shown.default if s != "rag"]))
    assert "rag" not in form.person().skills and form.person().skills["vector-db"] == 2


def test_answers_given_outweigh_what_was_found(catalogue: Catalogue, tmp_path: Path) -> None:
    proposals = imported(catalogue, tmp_path / "cv.txt", TEXT)
    found = adding_to(proposals, catalogue, {"role": "swe", "skills": "rag=0"})
    added = found({"role": "swe", "skills": "rag=0"})["skills"]
    assert isinstance(added, Mapping) and added["rag"] == 0 and added["vector-db"] == 2
    plan = make_plan(catalogue, person(catalogue, skills=added), TODAY)
    assert "first-rag" in {s.id for s in plan.steps}
