"""What a verdict says of each answer that a person gave, and of those they did not give."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from roadmap.model.advice import Background, Country, Focus
from roadmap.model.catalogue import Catalogue
from roadmap.model.condition import Condition
from roadmap.model.exams import Certification, HeadStart
from roadmap.model.rules import Effect, Rule, Specialisation
from roadmap.model.skills import Demand
from roadmap.planning.answer.facts import day
from tests.telling import ids, said, sentences, telling
from tests.test_answer import LINES, cost, project, small
from tests.test_answer_verdict import SPREAD, searching, told
from tests.tiny import KNOWN, MONDAY, Extra, certification, phase, planned


def heard(catalogue: Catalogue, **answers: Any) -> list[tuple[str, dict[str, str]]]:
    plan = planned(telling(catalogue), **answers)
    return [(id_.removeprefix("heard-"), slots) for id_, slots in sentences(plan) if id_.startswith("heard-")]


def test_skills_are_heard_by_what_they_spare_and_what_they_lack() -> None:
    based = small(extra=Extra(baseline="calls=2 law=2"))
    assert heard(based, skills={"scores": 3, "agents": 2, "calls": 2}) == [
        ("skills-spared", {"skills": "scores, agents and calls"})
    ]
    assert heard(based, skills={"calls": 1, "law": 0}) == [("skills-less", {"skills": "calls and law"})]
    assert heard(based, skills={"calls": 2}) == [("skills", {"skills": "calls"})]
    based.skills["calls"].demand = Demand(share=1, source="us", as_of="2027")
    assert heard(based, skills={"calls": 2}) == []
    assert heard(small(), skills={"papers": 0}) == [("skills-none", {"skills": "papers"})]
    some = small(extra=Extra(baseline="calls=1"))
    assert heard(some, skills={"calls": 1, "scores": 1})[0][1] == {"skills": "scores and calls"}, "what is more first"
    many = dict.fromkeys(("calls", "scores", "agents", "theory", "papers"), 2)
    assert heard(small(), skills=many)[0][1] == {"skills": "calls, scores, agents and theory"}


def test_a_skill_of_the_first_level_spares_a_module_that_teaches_nothing_else() -> None:
    one, two = (LINES.replace("teaches theory", f"teaches theory=1{more}") for more in ("", " proof=1"))
    assert heard(small(lines=one), skills={"theory": 1})[0][0] == "skills-spared"
    assert heard(small(lines=two), skills={"theory": 1})[0][0] == "skills"


def test_a_skill_for_which_the_project_was_chosen_is_heard_with_it() -> None:
    able = replace(project("plain", "calls scores"), when=Condition(skill_from={"law": 2}))
    known = small(extra=Extra(projects=[able]))
    slots = {"skills": "law", "built": "law", "project": "Plain"}
    assert heard(known, skills={"law": 2}) == [("skills-one-project", slots)]
    assert heard(known, skills={"law": 2, "papers": 2}) == [("skills-project", {**slots, "skills": "law and papers"})]


def test_a_skill_that_only_another_cloud_would_have_taught_spares_nothing() -> None:
    on_two = small(lines=LINES.replace("theory   8h", "theory   8h cloud=two"))
    assert heard(on_two, skills={"theory": 2}, cloud="one")[0] == ("skills", {"skills": "theory"})
    assert heard(on_two, skills={"theory": 2}, cloud="two")[0] == ("skills-spared", {"skills": "theory"})


def test_a_background_is_heard_by_what_it_brings_or_as_it_was_written() -> None:
    known = small()
    chef = Background(
        id="chef", name="Chef", kind="occupation", names=("cook",), edge="you know heat", ask="A cook.", source="us",
        as_of="2027",
    )  # fmt: skip
    known.backgrounds = {"chef": chef}
    plan = planned(telling(known), background=["chef", "juggler of " + "many " * 20 + "balls"])
    assert plan.answer.verdict[2].startswith("You know heat.")
    assert said(plan, "heard-background") == {"background": "juggler of " + "many " * 9 + "many …"}
    assert heard(small(), background=["juggler"]) == [("background", {"background": "juggler"})]


def test_circumstances_are_heard_one_by_one() -> None:
    known = small()
    known.countries = {"NL": Country(id="NL", name="the Netherlands")}
    assert heard(known, country="NL") == [("country", {"country": "the Netherlands"})]
    assert heard(known, budget_usd=0) == [("budget-none", {})]
    assert heard(known, budget_usd=12.5) == [], "the bill says it"
    assert heard(known, hours_per_week=1) == [("session", {})] and heard(known, hours_per_week=1.5) == []
    assert heard(known, review=True) == [("review", {})]
    assert heard(known, availability="rest=4") == [("rest", {"weeks": "4"})]
    assert heard(known, level="senior") == [("senior", {})]
    one = [{"from": "2027-01-10", "to": "2027-01-12"}]
    far = [{"from": "2029-01-10", "to": "2029-01-12"}]
    both = [*one, {"from": "2027-02-01", "to": "2027-02-02"}]
    assert heard(known, breaks=one + far) == heard(known, breaks=both) == [("break", {})]
    assert heard(known, breaks=far) == []


def test_what_the_bill_and_the_project_show_is_not_said_again() -> None:
    known = small(extra=Extra(costs=[cost("calls", 20, 40)]))
    assert heard(known, budget_usd=40) == heard(known, budget_usd=39) == []
    assert planned(known, budget_usd=40).answer.money_total == (20, 40)
    field = Specialisation(id="law", name="Law of the sea", summary="Law.", modules=("law",), **KNOWN)
    known.specialisations = {"law": field}
    assert heard(known, domain="law") == []


def test_a_deadline_is_heard_as_met_only_where_the_day_to_rely_on_lies_before_it() -> None:
    plan = planned(telling(small(pace=SPREAD)))
    for more, met in ((0, True), (27, True), (-1, False)):
        last = plan.finish_p80 + timedelta(days=more)
        told = heard(small(pace=SPREAD), deadline=last, confidence=50)
        assert told == ([("deadline", {"deadline": day(last)})] if met else [])


def test_clouds_are_heard_as_far_as_the_plan_uses_them() -> None:
    assert heard(small(), cloud="one") == [("cloud-later", {"cloud": "ONE"})]
    on_one = small(lines=LINES.replace("agents   20h", "agents   20h cloud=one"))
    assert heard(on_one, cloud="one") == [], "its phase shows it"
    assert heard(on_one) == [("cloud-none", {"cloud": "ONE"})]
    assert heard(on_one, cloud="two") == [("cloud-later", {"cloud": "TWO"})]
    on_exam = LINES + "cert 6h certify certification=ex cloud=one\n"
    assert exam_plan(certification("ex"), lines=on_exam, certifications="one") == [("cloud-exam", {"cloud": "ONE"})]


def test_a_subject_is_heard_as_later_where_the_wish_is_out_of_reach() -> None:
    deep = Focus(phase=phase("deep: papers"))
    known = small(smaller=("piece: calls | calls",), extra=Extra(subjects={"deep": deep}))
    late = {"deadline": MONDAY + timedelta(days=20)}
    assert ("subject-later", {"subject": "deep"}) in heard(known, goals=["job", "deep"], **late)
    assert heard(known, goals=["job", "deep"]) == [] and heard(known, goals=["job"], **late) == []


def exam_plan(
    *exams: Certification, lines: str = LINES + "cert 6h certify certification=ex\n", **answers: Any
) -> list[tuple[str, dict[str, str]]]:
    when = Condition(certifications=("one", "all"))
    add = Rule(id="exam", when=when, then=Effect(add=("cert",)), because="So.", source="us")
    return heard(small(lines=lines, extra=Extra(rules=[add], exams=exams)), **answers)


def test_an_exam_that_is_planned_has_its_own_part_and_one_that_is_held_is_heard() -> None:
    assert exam_plan(certification("ex"), certifications="one") == []
    held = exam_plan(certification("ex"), certification("old"), holds=["old"])
    assert held == [("held", {"exam": "OLD"})]
    following = certification("old", replaced_by=("ex",), retires_on="2027-06-30")
    assert exam_plan(certification("ex"), following, holds=["old"]) == [
        ("held-ending", {"exam": "OLD", "next": "EX", "on": "30 June 2027"})
    ]
    ended = replace(following, retires_on="2027-01-04")
    assert exam_plan(certification("ex"), ended, holds=["old"])[0][0] == "held-ended"
    followed = certification("old", replaced_by=("ex",))
    alone = certification("old", retires_on="2027-06-30")
    for plain in (followed, alone):
        assert exam_plan(certification("ex"), plain, holds=["old"]) == [("held", {"exam": "OLD"})]


def test_a_held_exam_that_shortens_a_planned_one_is_heard_by_what_it_spares() -> None:
    spares = certification("ex", head_starts=(HeadStart(holds="old", share=0.5, text="half of it is known"),))
    when = Condition(certifications=("one",))
    add = Rule(id="exam", when=when, then=Effect(add=("cert",)), because="So.", source="us")
    exams = [spares, certification("old"), certification("other")]
    known = small(lines=LINES + "cert 6h certify certification=ex\n", extra=Extra(rules=[add], exams=exams))
    plan = planned(telling(known), certifications="one", holds=["old", "other"])
    assert "Half of it is known. <heard-held: exam=OTHER>" in plan.answer.verdict


def test_an_exam_that_does_not_fit_is_said_with_its_hours() -> None:
    late = dict(exam_plan(certification("ex"), certifications="one", deadline=MONDAY + timedelta(days=48)))
    assert late["exam-dropped"] == {"exam": "EX", "hours": "6"}
    lost = dict(exam_plan(certification("ex"), certifications="one", deadline=MONDAY + timedelta(days=46)))
    assert lost == {"exam-not-now": {}}
    assert heard(small(), certifications="one") == [("exam-unfit", {})]


def test_why_an_exam_that_all_could_mean_is_left_out_is_said_in_the_words_of_its_rule() -> None:
    lines = LINES + "cert 6h certify certification=ex\nother 6h certify certification=zz\n"
    add = Rule(id="exam", when=Condition(), then=Effect(add=("cert", "other")), because="So.", source="us")
    out = Rule(
        id="out", when=Condition(), then=Effect(leave_out=("other",)), because="It is old. And dear.", source="us"
    )
    extra = Extra(rules=[add, out], exams=[certification("ex"), certification("zz")])
    verdicts = {
        w: planned(telling(small(lines=lines, extra=extra)), certifications=w).answer.verdict for w in ("one", "all")
    }
    assert verdicts["all"][2].startswith("It is old.")
    assert not any("It is old." in text for text in verdicts["one"])
    assert not any("dear" in text for text in verdicts["all"])


def test_all_exams_are_heard_by_name_with_the_sum_of_their_fees() -> None:
    lines = LINES + "cert 6h certify certification=ex\nother 6h certify certification=zz\n"
    add = Rule(id="exam", when=Condition(), then=Effect(add=("cert", "other")), because="So.", source="us")
    extra = Extra(rules=[add], exams=[certification("ex"), certification("zz", fee_usd=65.5)])
    known = telling(small(lines=lines, extra=extra))
    assert said(planned(known, certifications="all"), "heard-exams") == {"exams": "EX and ZZ", "usd": "165.5"}
    assert not ids(planned(known, certifications="one"), "heard-exams")


def test_what_adverts_ask_for_comes_before_what_is_least_personal() -> None:
    known = searching(telling(small()))
    known.skills["calls"].demand = Demand(share=50, source="us", as_of="2027")
    told = [code for code, _ in sentences(planned(known, review=True, level="senior"))]
    assert told.index("asked-lacks") < told.index("heard-senior") < told.index("heard-review")


def test_who_goes_deep_on_a_subject_hears_what_adverts_ask_for_without_a_search_too() -> None:
    known = telling(small(extra=Extra(subjects={"deep": Focus(phase=phase("deep: papers"))})))
    known.skills["calls"].demand = Demand(share=50, source="us", as_of="2027")
    assert ids(planned(known, goals=["job", "deep"]), "asked") == ["asked-lacks"]
    assert ids(planned(known), "asked") == []


def test_a_search_without_an_exam_says_so_only_where_none_was_wanted() -> None:
    known = searching(telling(small()))
    assert ids(planned(known), "heard-exam") == ["heard-exam-none"]
    assert "heard-exam-none" not in ids(planned(known, certifications="one"), "heard-exam")
    assert ids(planned(telling(small())), "heard-exam") == [], "nobody applies"
    for move in known.moves.values():
        move.after_by_start = {"start": "Later."}
    assert ids(planned(known), "heard-exam") == [], "a first technical job is another search"


def background(count: int) -> Background:
    """A background with an edge of so many words."""
    id_, edge = f"b{count}", " ".join([f"b{count}", *["word"] * (count - 1)])
    return Background(
        id=id_, name=id_, kind="occupation", names=(id_,), edge=edge, ask="A cook.", source="us", as_of="2027"
    )


def test_as_much_is_answered_as_a_short_verdict_has_room_for_and_one_thing_always() -> None:
    def told(*edges: int) -> list[str]:
        """The last paragraph for backgrounds whose edges have so many words."""
        known = small()
        known.backgrounds = {f"b{n}": background(n) for n in edges}
        plan = planned(telling(known), background=[f"b{n}" for n in edges], review=True)
        return plan.answer.verdict[2].split()

    assert told(400) == ["B400", *["word"] * 398, "word."], "one thing is answered however long it is"
    few = told(20, 400, 10)
    assert len(few) == 31 and few[20] == "B10" and few[-1] == "<heard-review>", "what is too long is passed over"


def test_who_said_little_is_told_what_is_taken_for_granted() -> None:
    assert ids(told(), "assumed") == ["assumed"]
    for answers in ({"skills": {"calls": 1}}, {"background": ["juggler"]}):
        assert not ids(told(answers=answers), "assumed")


def test_a_verdict_has_a_hundred_and_sixty_words_where_all_that_was_said_is_answered() -> None:
    def words(*edges: int) -> int:
        known = small()
        known.backgrounds = {f"b{n}": background(n) for n in edges}
        verdict = planned(telling(known), background=[f"b{n}" for n in edges]).answer.verdict
        return sum(len(text.split()) for text in verdict)

    base = words(20)
    assert words(20, 160 - base) == 160 and words(20, 161 - base) == base, "one word more is passed over"
