"""Explanations: every reason has its source, every change named does what is said, every order has its cause."""

import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue
from roadmap.model.explanation import Absent, Change, Need, Ordered, Present, Tried
from roadmap.model.plan import Plan
from roadmap.model.profile import Availability, Break
from roadmap.planning.explain import explain
from roadmap.planning.explain_order import explain_order
from roadmap.planning.route import ending_of
from roadmap.render.cells import cells_of
from roadmap.render.changes import answer, flag, length
from roadmap.render.explain import explained, order_sentence
from roadmap.render.explain_json import explanation_json
from roadmap.render.markdown import draw_markdown
from roadmap.render.terminal import draw_terminal
from tests.builders import TODAY, plan_for
from tests.in_process import roadmap
from tests.test_answer import LINES, small
from tests.tiny import planned as tiny_plan

AT = ("--today", TODAY.isoformat())
LATER = ("--today", "2026-12-20")

PEOPLE: dict[str, dict[str, Any]] = {
    "plain": {"role": "swe"},
    "field": {"role": "data-scientist", "domain": "healthcare", "cloud": "azure", "certifications": "all"},
    "limits": {"role": "swe", "deadline": "2027-04-01", "budget_usd": 100, "goals": ["agents"]},
    "words": {"role": "new", "keep": ["kubernetes-working"], "skip": ["data-structures", "open-source-first"]},
}


@pytest.fixture(params=PEOPLE)
def answers(request: pytest.FixtureRequest) -> dict[str, Any]:
    return PEOPLE[request.param]


def typed(change: Change) -> dict[str, Any]:
    """A change as somebody would type it after reading the explanation."""
    text = flag(change)
    if text.startswith("without "):
        return {text.removeprefix("without --").replace("-", "_"): None}
    name, _, value = text.removeprefix("--").partition(" ")
    return {name.replace("-", "_"): value}


def again(catalogue: Catalogue, answers: dict[str, Any], change: Change) -> Plan:
    """The plan of somebody who follows the advice, through the same door as the command line."""
    given: dict[str, Any] = {"skip": [], **answers, **typed(change)}
    if change.key == "skills":
        given["skills"] = dict(pair.split("=") for pair in str(given["skills"]).split(","))
    if change.key == "keep" and isinstance(change.value, tuple) and isinstance(given["skip"], list):
        given["skip"] = [m for m in given["skip"] if m not in change.value]
    return plan_for(catalogue, **{k: v for k, v in given.items() if v is not None})


def removals(facts: Present) -> list[Tried]:
    return [o for b in (*facts.reasons, facts.by_choice) for o in b.removed_by]


def test_what_would_remove_a_step_does_so_when_typed(catalogue: Catalogue, answers: dict[str, Any]) -> None:
    plan = plan_for(catalogue, **answers)
    tried = 0
    for step in plan.steps[:: max(1, len(plan.steps) // 5)]:
        facts = explain(catalogue, plan, step.id)
        assert isinstance(facts, Present)
        assert len(facts.reasons) == len(step.reasons) > 0
        for outcome in removals(facts):
            other = again(catalogue, answers, outcome.change)
            assert other.step(step.id) is None, (step.id, flag(outcome.change))
            assert (other.finish - plan.finish).days == outcome.days
            assert other.hours - plan.hours == outcome.hours
            tried += 1
        for because in facts.reasons:
            for outcome, why in because.kept_despite:
                assert outcome.plan.step(step.id) is not None
                assert why
    assert tried > 2


def test_what_would_bring_a_module_back_does_so_when_typed(catalogue: Catalogue, answers: dict[str, Any]) -> None:
    plan = plan_for(catalogue, **answers)
    absent = [m for m in catalogue.modules if plan.step(m) is None]
    for id_ in absent[:: max(1, len(absent) // 5)]:
        facts = explain(catalogue, plan, id_)
        assert isinstance(facts, Absent)
        assert facts.reason.source in catalogue.sources
        if facts.kept is not None and facts.works:
            other = again(catalogue, answers, facts.kept.change)
            assert other.step(id_) is not None
            assert (other.finish - plan.finish).days == facts.kept.days
        for outcome in facts.back:
            assert outcome.plan.step(id_) is not None, (id_, flag(outcome.change))


def test_every_module_can_be_explained_within_the_width(catalogue: Catalogue, answers: dict[str, Any]) -> None:
    plan = plan_for(catalogue, **answers)
    for id_ in [*catalogue.modules][::9] + [x.id for x in plan.left_out[::5]]:
        facts = explain(catalogue, plan, id_)
        assert facts is not None
        card = explained(plan, catalogue, facts)
        text = draw_terminal(card)
        lines = [line for line in text.splitlines() if "://" not in line]
        assert max(map(cells_of, lines)) <= 80
        assert "Who says so" in text
        assert ("Why it is here" in text) == (plan.step(id_) is not None)
        assert draw_markdown(card).startswith("# ")
        assert draw_terminal(card, width=60, ascii_only=True).isascii()
        data = json.loads(explanation_json(plan, catalogue, facts))
        assert data["id"] == id_ and data["sources"]


def test_nothing_else_is_explained(catalogue: Catalogue) -> None:
    assert explain(catalogue, plan_for(catalogue), "no-such-step") is None


def test_skills_named_are_the_fewest(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue)
    facts = explain(catalogue, plan, "first-evaluation-set")
    assert isinstance(facts, Present)
    found = [o.change.value for o in removals(facts) if o.change.key == "skills"]
    assert found == [{"evaluation": 2}]


def test_a_needed_step_cannot_be_skipped_alone(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue)
    facts = explain(catalogue, plan, "first-llm-calls")
    assert isinstance(facts, Present)
    assert [o.change.value for o, _ in facts.by_choice.kept_despite] == [("first-llm-calls",)]
    assert {n.waits for n in facts.needed_by} <= set(facts.opens)
    assert "it stays" in draw_terminal(explained(plan, catalogue, facts))


def test_of_what_a_step_teaches_only_the_skills_that_are_asked_for_make_it_needless() -> None:
    known = small(lines=LINES + "extra 9h teaches extra other third\n", asks="calls scores agents extra other")
    facts = explain(known, tiny_plan(known, deadline="2028-02-08"), "extra")
    assert isinstance(facts, Present)
    found = [o.change.value for o in removals(facts) if o.change.key == "skills"]
    assert found and all(one == {"extra": 2, "other": 2} for one in found)


@pytest.mark.parametrize("skip", [(), ("theory",)])
def test_a_step_goes_with_all_that_waits_for_it_beside_what_is_skipped_already(skip: tuple[str, ...]) -> None:
    known = small()
    facts = explain(known, tiny_plan(known, skip=[*skip]), "calls")
    assert isinstance(facts, Present)
    by_word = [o.change.value for o in removals(facts) if o.change.key == "skip"]
    assert by_word == [("calls", "scores", "agents", *skip)]


def test_a_step_waits_for_another_by_one_need_a_link() -> None:
    lines = LINES.replace("teaches calls", "teaches calls more").replace(
        "needs calls teaches s", "needs calls more teaches s"
    )
    known = small(lines=lines)
    found = explain_order(known, tiny_plan(known), "calls", "scores")
    assert isinstance(found, Ordered) and len(found.chain) == 1


def test_a_retired_exam_names_what_follows(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue)
    facts = explain(catalogue, plan, "ms-ai-102")
    assert isinstance(facts, Absent)
    text = draw_terminal(explained(plan, catalogue, facts))
    assert "AI-103 follows it" in text and "cannot be planned" in text


# --- order -----------------------------------------------------------------------------------------------------------


def test_every_pair_has_a_cause_that_holds(catalogue: Catalogue, answers: dict[str, Any]) -> None:
    plan = plan_for(catalogue, **answers)
    place = {s.id: i for i, s in enumerate(plan.steps)}
    for one, other in list(combinations(plan.steps, 2))[::7]:
        facts = explain_order(catalogue, plan, other.id, one.id)
        assert place[facts.first.id] < place[facts.then.id]
        if facts.cause == "needed":
            assert (facts.chain[0].step, facts.chain[-1].waits) == (facts.first.id, facts.then.id)
            for link in facts.chain:
                waiting = plan.step(link.waits)
                assert waiting is not None and link.step in waiting.after
                assert catalogue.modules[link.step].teaches[link.skill] >= link.level
        if facts.cause == "phase":
            phases = [p.id for p in ending_of(catalogue, plan).phases]
            at = [phases.index(p.id) for p in facts.phases]
            assert at[0] < at[1]
        assert order_sentence(plan, catalogue, facts)


def test_causes_of_the_real_plan(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue)
    expected = {
        ("first-rag", "capstone"): "needed",
        ("first-public-llm-app", "first-rag"): "phase",
        ("first-agent", "cv-and-profile"): "beside",
    }
    for (one, other), cause in expected.items():
        facts = explain_order(catalogue, plan, one, other)
        assert (facts.first.id, facts.cause) == (one, cause)
        data = json.loads(explanation_json(plan, catalogue, facts))
        assert (data["what"], data["cause"]) == ("order", cause)


def test_every_cause_of_an_order_has_a_sentence_of_its_own(catalogue: Catalogue) -> None:
    plan = plan_for(catalogue)
    first, then = plan.steps[3], plan.steps[5]
    phases, rule = ending_of(catalogue, plan).phases, next(iter(catalogue.rules.values()))
    need = Need(plan.steps[4].id, then.id, "rag", 2)

    def lead(cause: Any, **more: Any) -> str:
        return order_sentence(plan, catalogue, Ordered(first, then, cause, **more))

    a, b = f"“{first.module.title}”", f"“{then.module.title}”"
    said = {
        "needed": lead("needed", chain=(need,)),
        "further": lead("needed", chain=(need, need, need)),
        "waits": lead("waits", chain=(need,)),
        "others": lead("waits"),
        "beside": lead("beside"),
        "early": lead("early", rule=rule),
        "late": lead("late", rule=rule),
        "phase": lead("phase", phases=phases[:2]),
        "place": lead("place", phases=phases[:1]),
        "stage": lead("stage", phases=phases[:1]),
        "id": lead("id"),
        "pulled": lead("id", pulled_by=then.id),
    }
    assert len(set(said.values())) == len(said)
    assert said["needed"] == f"{b} waits for {a}." and "2 steps between" in said["further"]
    assert f"“{plan.steps[4].module.title}”, which comes after {a}" in said["waits"] and "other steps" in said["others"]
    assert said["early"] == f"A rule moves {a} early: {rule.because}" and said["late"].startswith(f"A rule moves {b} l")
    assert f"“{phases[0].title}”, which comes before “{phases[1].title}”" in said["phase"]
    assert f"{a} belongs to an earlier layer" in said["stage"] and "alphabet" in said["id"]
    assert f"because {b} waits for it" in said["pulled"]


# --- words and the command -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "value", "said", "as_flag"),
    [
        ("hours_per_week", 7.5, "7.5 h a week", "--hours-per-week 7.5"),
        ("deadline", None, "no deadline", "without --deadline"),
        ("budget_usd", 0, "free material only", "--budget-usd 0"),
        ("cloud", "any", "any cloud", "--cloud any"),
        ("domain", "none", "no field", "--domain none"),
        ("certifications", "none", "no certificate", "--certifications none"),
        ("goals", ("job", "agents"), "goals job and agents", "--goals job,agents"),
        ("skills", {"rag": 2}, "Retrieval-augmented generation at working", "--skills rag=2"),
        ("keep", (), "keep none", "without --keep"),
        ("review", True, "with recall slots", "--review yes"),
        ("confidence", 80, "deadline held with 80 %", "--confidence 80"),
        ("start", date(2027, 1, 4), "start on 4 January 2027", "--start 2027-01-04"),
        ("postings", ("senior", "US"), "counting senior and US postings", "--postings senior,US"),
        ("postings", (), "counting all postings", "without --postings"),
        ("holds", (), "no certificate held", "without --holds"),
        ("level", "senior", "senior level", "--level senior"),
        ("role", "swe", "from Software engineer", "--role swe"),
        ("path", "new-job", "path new-job", "--path new-job"),
        ("language", date(2027, 1, 4), "language 4 January 2027", "--language 2027-01-04"),
        (
            "availability",
            Availability(rest_every=8, buffer_percent=5),
            "hours rest=8,buffer=5",
            "--availability rest=8,buffer=5",
        ),
        (
            "breaks",
            (Break(date(2026, 12, 20), date(2027, 1, 3)),),
            "off 20 Dec 2026 to 3 Jan 2027",
            "--breaks 2026-12-20..2027-01-03",
        ),
    ],
)
def test_changes_in_words(catalogue: Catalogue, key: str, value: object, said: str, as_flag: str) -> None:
    assert (answer(catalogue, Change(key, value)), flag(Change(key, value))) == (said, as_flag)


def test_lengths_in_words() -> None:
    assert [length(d) for d in (1, -8, 28, 200, 1500)] == ["1 day", "8 days", "4 weeks", "7 months", "4.1 years"]


def test_the_command_takes_every_flag_and_format() -> None:
    done = roadmap(
        "explain", "AI-103", "--role", "swe", "--cloud", "azure", "--certifications", "one", "--format", "json"
    )
    data = json.loads(done.stdout)
    assert (done.returncode, data["id"], data["what"]) == (0, "cert-ai-103", "step")
    done = roadmap("explain", "--order", "capstone", "first-rag", "--role", "swe")
    assert re.search(r"waits\s+for\s+“Answer", done.stdout), done.stderr


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "name one step"),
        (("first-ragg",), 1, 'did you mean "first-rag"?'),
        (("--order", "first-rag", "first-rag"), 2, "not before itself"),
        (("--order", "first-rag", "sql-working"), 1, "roadmap explain sql-working"),
    ],
)
def test_mistakes_are_told_in_a_line(args: tuple[str, ...], code: int, said: str) -> None:
    done = roadmap("explain", *args, "--role", "swe")
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr and "Traceback" not in done.stderr


def test_without_a_role_it_is_about_the_saved_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lost = roadmap("explain", "first-rag", *AT)
    assert lost.returncode == 2 and "there is no saved plan here" in lost.stderr and "--role" in lost.stderr
    assert roadmap("plan", "--role", "swe", "--save", "me.roadmap.yaml", *AT).returncode == 0
    shown = roadmap("explain", "evaluation-in-depth", *AT)
    assert shown.stdout == roadmap("explain", "evaluation-in-depth", "--role", "swe", *AT).stdout
    assert roadmap("done", "first-rag", "--hours", "9", "--anyway", "--on", "2026-12-01", *LATER).returncode == 0
    assert "is done since 1 December 2026" in roadmap("explain", "first-rag", *LATER).stdout
    data = json.loads(roadmap("explain", "first-rag", "--format", "json", *LATER).stdout)
    assert (data["what"], data["on"]) == ("done", "2026-12-01")
    after = json.loads(roadmap("explain", "rag-that-survives", "--format", "json", *LATER).stdout)
    assert after["what"] == "step" and "first-rag" not in [w["step"] for w in after["waits_for"]]
    assert any(o["change"] == "skip" and o["hours"] < 0 for o in after["skip"]["removed_by"])


def test_a_name_may_be_cut_where_it_says_enough() -> None:
    assert "rag-that-survives" in roadmap("explain", "rag", "--role", "swe", *AT).stdout
    unclear = roadmap("explain", "first", "--role", "swe", *AT)
    assert unclear.returncode == 2 and "first-agent" in unclear.stderr


def test_what_cannot_be_kept_says_why_and_what_would_do() -> None:
    data = json.loads(roadmap("explain", "healthcare-system", "--role", "swe", "--format", "json", *AT).stdout)
    assert data["keep"] is None and "domain" in data["refused"]["hint"]
    assert [b["change"] for b in data["back"]] == ["domain"]
    text = roadmap("explain", "cert-ai-103", "--role", "swe", "--certifications", "none", *AT).stdout
    assert "--keep cert-ai-103 alone will not do" in " ".join(text.split())


def test_a_skipped_step_that_stays_says_who_needs_it_and_has_its_checks() -> None:
    text = " ".join(roadmap("explain", "first-rag", "--role", "swe", "--skip", "first-rag", *AT).stdout.split())
    assert "You asked to skip “Answers from your own documents”, but" in text and "need it, so it stays." in text
    for head in ("Done when", "To work with", "Who says so"):
        assert head in text
