"""The questionnaire, driven through real prompts with keys from a pipe; nothing waits and nothing is drawn."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import ColorDepth, DummyOutput, Output
from prompt_toolkit.output.vt100 import Vt100_Output

from roadmap.errors import Interrupted, UsageError
from roadmap.interview.ask import interview
from roadmap.interview.questions import MOST_SKILLS, Questionnaire, layered, plain
from roadmap.interview.typed import day_words, read_date, read_number, read_periods
from roadmap.model.advice import Background, Country
from roadmap.model.catalogue import Catalogue, Choice, Question
from roadmap.model.condition import Condition
from roadmap.model.profile import Profile, make_profile

TODAY = date(2026, 11, 22)
ENTER, DOWN, UP, SPACE, CTRL_C, CLEAR = "\r", "\x1b[B", "\x1b[A", " ", "\x03", "\x15"
STARTS = ("swe", "data-scientist", "new")
MOST_QUESTIONS = 12


def converse(
    catalogue: Catalogue,
    keys: str,
    given: Mapping[str, object] | None = None,
    draft: Mapping[str, object] | None = None,
    kept: dict[str, object] | None = None,
    output: Output | None = None,
    colour: bool = True,
) -> dict[str, object]:
    """The answers after these keys; then the input ends. `kept` receives what the callback was given."""
    save = None if kept is None else kept.update
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=output or DummyOutput()):
        pipe.send_text(keys)
        pipe.close()
        return interview(catalogue, given or {}, TODAY, draft=draft, save_draft=save, colour=colour)


def profile_of(catalogue: Catalogue, answers: Mapping[str, object]) -> Profile:
    profile, faults = make_profile(answers, catalogue, TODAY)
    assert profile is not None, faults
    return profile


def all_but(*keys: str) -> dict[str, object]:
    """Answers for every question of the catalogue that a software engineer is asked, except these."""
    answers: dict[str, object] = {
        "background": [],
        "role": "swe",
        "skills": {},
        "country": "US",
        "goals": ["job"],
        "hours_per_week": 10,
        "start": "2026-11-22",
        "deadline": "2029-01-01",
        "cloud": "any",
        "domain": "none",
        "certifications": "one",
        "budget_usd": 500,
    }
    return {k: v for k, v in answers.items() if k not in keys}


def role_keys(role: str) -> str:
    """Nothing said about today's work, then the role."""
    return ENTER + DOWN * STARTS.index(role) + ENTER


def with_backgrounds(catalogue: Catalogue) -> Catalogue:
    """The catalogue with two backgrounds and two countries of known names."""
    nurse = Background(
        id="nurse",
        name="Nurse",
        kind="occupation",
        names=("nurse", "ICU nurse"),
        edge="!",
        ask="!",
        source="judgement",
        as_of="2026-11-22",
        domain="healthcare",
        starts=("new",),
    )
    front = replace(
        nurse, id="front", name="Front-end developer", kind="engineer", names=("frontend developer",), domain=None,
        starts=("swe",), baseline={"python": 0, "docker": 1},
    )  # fmt: skip
    countries = {"DE": Country(id="DE", name="Germany"), "US": Country(id="US", name="United States")}
    return replace(catalogue, backgrounds={b.id: b for b in (nurse, front)}, countries=countries)


def only(catalogue: Catalogue, *questions: Question) -> Catalogue:
    return replace(catalogue, questions={q.id: q for q in questions})


def shown(catalogue: Catalogue, keys: str, given: Mapping[str, object], *, colour: bool = True) -> str:
    """Everything that was written to the terminal."""
    stream = StringIO()
    depth = ColorDepth.from_env()
    size = Size(rows=24, columns=80)
    converse(catalogue, keys, given, output=Vt100_Output(stream, lambda: size, "xterm", depth), colour=colour)
    return stream.getvalue()


# --- whole interviews


@pytest.mark.parametrize("role", STARTS)
def test_enter_all_the_way_gives_the_defaults(catalogue: Catalogue, role: str) -> None:
    answers = converse(catalogue, role_keys(role) + ENTER * MOST_QUESTIONS)
    assert profile_of(catalogue, answers) == profile_of(catalogue, {"role": role})
    assert not {"skills", "deadline", "country", "background"} & set(answers)


@pytest.mark.parametrize("role", STARTS)
@pytest.mark.parametrize("exams", ["none", "all"])
@pytest.mark.parametrize("skills", [{}, {"llm-apis": 3}])
def test_at_most_twelve_questions(catalogue: Catalogue, role: str, exams: str, skills: dict[str, int]) -> None:
    given = {"role": role, "certifications": exams, "skills": skills}
    form = Questionnaire(catalogue, {}, TODAY)
    count = 0
    while (question := form.following()) is not None:
        form.answer(question, given.get(question.sets, form.prompt(question).default))
        count += 1
    assert 11 <= count <= MOST_QUESTIONS
    assert form.person().certifications == exams


@pytest.mark.parametrize("role", STARTS)
def test_an_interview_is_as_long_as_it_says(catalogue: Catalogue, role: str) -> None:
    count = len(Questionnaire(catalogue, {}, TODAY).asked())
    with pytest.raises(UsageError, match="The input ended"):
        converse(catalogue, role_keys(role) + ENTER * (count - 2))
    assert converse(catalogue, role_keys(role) + ENTER * (count - 1))["role"] == role


def test_every_question_of_the_catalogue_can_be_answered(catalogue: Catalogue) -> None:
    skills = Questionnaire(catalogue, {"role": "swe"}, TODAY).prompt(catalogue.questions["skills"]).options
    place = [o.value for o in skills].index("llm-apis")
    keys = [
        "ex-ICU nurses, astronaut" + ENTER,
        UP * 2 + ENTER,  # role: a nurse is offered the newcomer's first
        DOWN * place + SPACE + ENTER,  # skills: the models
        DOWN + ENTER,  # level, asked of people who know models: from mid to senior
        DOWN + SPACE + ENTER,  # goals
        "7.5 h" + ENTER,
        "1 Dec 2026" + ENTER,
        "2027-12-31" + ENTER,
        "deutschland" + ENTER + CLEAR + "Germany" + ENTER,
        DOWN * 2 + ENTER,  # cloud
        DOWN + ENTER,  # domain
        DOWN * 2 + ENTER,  # certificates
        ENTER,
    ]
    form = Questionnaire(catalogue, {"skills": {"llm-apis": 2}}, TODAY)
    assert len(keys) == len(form.asked()) + 2  # skills and the word at the end
    answers = converse(with_backgrounds(catalogue), "".join(keys))
    assert answers == {
        "role": "swe",
        "level": "senior",
        "background": "ex-ICU nurses, astronaut",
        "country": "Germany",
        "goals": ["job", "promotion"],
        "hours_per_week": 7.5,
        "start": "2026-12-01",
        "deadline": "2027-12-31",
        "cloud": "azure",
        "domain": next(iter(catalogue.specialisations)),
        "certifications": "all",
        "skills": {"llm-apis": 2},
    }
    person = profile_of(with_backgrounds(catalogue), answers)
    assert (person.background, person.country) == (("nurse", "astronaut"), "DE")


def test_given_answers_are_not_asked_and_win(catalogue: Catalogue) -> None:
    given = {"role": "new", "hours_per_week": 5, "cloud": "gcp", "deadline": None}
    asked = [q.sets for q in Questionnaire(catalogue, given, TODAY).asked()]
    assert not {"role", "hours_per_week", "cloud"} & set(asked) and "deadline" in asked
    answers = converse(catalogue, ENTER * (len(asked) + 1), given)
    assert (answers["role"], answers["hours_per_week"], answers["cloud"]) == ("new", 5, "gcp")


def test_nothing_is_asked_when_all_is_given(catalogue: Catalogue) -> None:
    assert converse(catalogue, "", all_but()) == all_but()


def test_precedence_of_answers() -> None:
    flags, file, session = (
        {"role": "swe", "level": None},
        {"role": "new", "level": "mid"},
        {"level": "entry", "name": "A"},
    )
    assert layered(flags, file, session, {"name": "B", "language": "en"}) == {
        "role": "swe",
        "level": "mid",
        "name": "A",
        "language": "en",
    }


# --- going back, changing, starting over


@pytest.mark.parametrize("back", ["<", "back"])
def test_going_back_from_a_text_prompt(catalogue: Catalogue, back: str) -> None:
    keys = "5" + ENTER + back + ENTER + "6" + ENTER + ENTER * 2
    assert converse(catalogue, keys, all_but("hours_per_week", "start"))["hours_per_week"] == 6


@pytest.mark.parametrize("back", ["<", UP + ENTER])
def test_going_back_from_a_list_with_a_key_or_a_choice(catalogue: Catalogue, back: str) -> None:
    keys = "2027-12-31" + ENTER + back + "none" + ENTER + ENTER * 2
    assert "deadline" not in converse(catalogue, keys, all_but("deadline", "cloud"))


def test_going_back_from_a_checklist(catalogue: Catalogue) -> None:
    keys = DOWN + ENTER + "<" + DOWN + ENTER + ENTER * 2
    assert converse(catalogue, keys, all_but("role", "skills"))["role"] == "new"


def test_going_back_twice_walks_forward_through_kept_answers(catalogue: Catalogue) -> None:
    keys = "5" + ENTER + "2026-12-07" + ENTER + ("<" + ENTER) * 2 + "8" + ENTER + ENTER * 3
    answers = converse(catalogue, keys, all_but("hours_per_week", "start", "deadline"))
    assert (answers["hours_per_week"], answers["start"]) == (8, "2026-12-07")


def test_there_is_nothing_before_the_first_question(catalogue: Catalogue) -> None:
    keys = "<" + ENTER + CLEAR + "9" + ENTER + ENTER
    assert converse(catalogue, keys, all_but("hours_per_week"))["hours_per_week"] == 9


def test_changing_an_answer_at_the_end(catalogue: Catalogue) -> None:
    keys = ENTER * 2 + DOWN + ENTER + ENTER + "12" + ENTER + ENTER
    assert converse(catalogue, keys, all_but("hours_per_week", "start"))["hours_per_week"] == 12


def test_an_answer_whose_question_no_longer_applies_is_dropped(catalogue: Catalogue) -> None:
    exams, money = catalogue.questions["certifications"], catalogue.questions["budget"]
    form = Questionnaire(only(catalogue, exams, replace(money, when=Condition(certifications=("one",)))), {}, TODAY)
    form.answer(exams, "one")
    form.answer(money, 300)
    assert form.answers() == {"certifications": "one", "budget_usd": 300}
    form.answer(exams, "none")
    assert form.answers() == {"certifications": "none"}


def test_leaving_a_change_keeps_the_answer(catalogue: Catalogue) -> None:
    keys = DOWN + ENTER + ENTER + DOWN + ENTER + ENTER + "<" + DOWN + ENTER + UP + ENTER + ENTER
    assert converse(catalogue, keys, all_but("cloud", "domain"))["cloud"] == "aws"


def test_another_role_asks_for_skills_again(catalogue: Catalogue) -> None:
    untick_first = ENTER + SPACE + ENTER
    given = all_but("role", "skills")
    assert converse(catalogue, untick_first + ENTER, given)["skills"] == {"python": 1}
    keys = untick_first + DOWN + ENTER + ENTER + DOWN * 2 + ENTER + ENTER + ENTER
    answers = converse(catalogue, keys, given)
    assert answers["role"] == "new" and "skills" not in answers


def test_starting_over(catalogue: Catalogue) -> None:
    keys = DOWN + ENTER + ENTER + DOWN * 2 + ENTER + ENTER * 3
    assert converse(catalogue, keys, all_but("cloud", "domain"))["cloud"] == "any"


# --- wrong input


@pytest.mark.parametrize(
    ("wrong", "right", "key", "kept"),
    [
        ("80", "8", "hours_per_week", 8),
        ("many", "$8", "hours_per_week", 8),
        ("soon", "next monday", "start", "2026-11-23"),
        ("Atlantis", "none", "country", None),
        ("x" * 201, "beekeeper", "background", "beekeeper"),
        ("1 nov 2026", "1 nov 2027", "deadline", "2027-11-01"),
        ("-5", "0", "budget_usd", 0),
    ],
)
def test_wrong_then_right(catalogue: Catalogue, wrong: str, right: str, key: str, kept: object) -> None:
    keys = wrong + ENTER + CLEAR + right + ENTER + ENTER
    assert converse(catalogue, keys, all_but(key)).get(key) == kept


def test_complaints_use_the_words_of_the_question(catalogue: Catalogue) -> None:
    form = Questionnaire(catalogue, {"role": "swe", "start": "2026-12-01"}, TODAY)
    said = {q.id: q for q in catalogue.questions.values()}
    assert form.complaint(said["hours"], 80) == "Hours a week must be from 1 to 60, not 80"
    assert "before the start" in form.complaint(said["deadline"], "2026-11-30")
    assert form.complaint(said["deadline"], None) == ""
    assert form.complaint(said["hours"], None) == "Hours a week needs an answer"


def test_something_must_be_ticked(catalogue: Catalogue) -> None:
    keys = SPACE + ENTER + DOWN + SPACE + ENTER + ENTER
    assert converse(catalogue, keys, all_but("goals"))["goals"] == ["promotion"]


# --- stopping and going on


def test_ctrl_c_keeps_answers_and_the_next_start_goes_on(catalogue: Catalogue) -> None:
    kept: dict[str, object] = {}
    with pytest.raises(Interrupted, match="kept"):
        converse(catalogue, role_keys("data-scientist") + ENTER * 2 + "7" + ENTER + CTRL_C, kept=kept)
    assert kept == {"background": [], "role": "data-scientist", "skills": {}, "goals": ["job"], "hours_per_week": 7}
    answers = converse(catalogue, ENTER + ENTER * 8, draft=kept)
    assert (answers["role"], answers["hours_per_week"]) == ("data-scientist", 7)


def test_starting_afresh_forgets_the_draft(catalogue: Catalogue) -> None:
    answers = converse(catalogue, DOWN + ENTER + ENTER * 2, all_but("hours_per_week"), draft={"hours_per_week": 7})
    assert answers["hours_per_week"] == 10


def test_ctrl_c_at_once_keeps_nothing(catalogue: Catalogue) -> None:
    kept: dict[str, object] = {}
    with pytest.raises(Interrupted, match="Nothing was kept"):
        converse(catalogue, CTRL_C, kept=kept)
    assert not kept


def test_a_draft_is_checked_again(catalogue: Catalogue) -> None:
    draft: dict[str, Any] = {
        "role": "swe",
        "skills": {"no-such-skill": 2},
        "goals": ["fame"],
        "hours_per_week": 99,
        "start": "2026-12-01",
        "deadline": "2026-11-01",
        "country": None,
        "cloud": "azure",
        "unknown": 1,
    }
    form = Questionnaire(catalogue, {"cloud": "aws"}, TODAY)
    assert form.resume(draft)
    assert form.own == {"role": "swe", "start": "2026-12-01", "country": None}


def test_a_draft_for_another_role_loses_its_skills(catalogue: Catalogue) -> None:
    form = Questionnaire(catalogue, {"role": "new"}, TODAY)
    assert form.resume({"role": "swe", "skills": {"docker": 1}, "hours_per_week": 7})
    assert form.own == {"hours_per_week": 7}
    assert form.draft() == {"hours_per_week": 7, "role": "new"}


def test_a_worthless_draft_is_not_offered(catalogue: Catalogue) -> None:
    answers = converse(catalogue, ENTER * 2, all_but("hours_per_week"), draft={"hours_per_week": 99})
    assert answers["hours_per_week"] == 10


def test_end_of_input_names_the_flags(catalogue: Catalogue) -> None:
    kept: dict[str, object] = {}
    with pytest.raises(UsageError) as failed:
        converse(catalogue, ENTER * 5, kept=kept)
    assert "--start, --deadline, --country, --cloud" in failed.value.hint
    assert "--role" not in failed.value.hint and kept["role"] == "swe"


# --- the checklist of skills


@pytest.mark.parametrize("role", STARTS)
def test_the_checklist_is_short_grouped_and_sorted(catalogue: Catalogue, role: str) -> None:
    form = Questionnaire(catalogue, {"role": role}, TODAY)
    prompt = form.prompt(catalogue.questions["skills"])
    assert 10 <= len(prompt.options) <= MOST_SKILLS
    groups = [o.group for o in prompt.options]
    assert groups == sorted(groups, key=[s.name for s in catalogue.stages.values()].index)
    usual = catalogue.roles[role].baseline
    assert isinstance(prompt.default, tuple)
    assert set(prompt.default) == {o.value for o in prompt.options if usual.get(str(o.value), 0) >= 2}
    for one, other in zip(prompt.options, prompt.options[1:], strict=False):
        demand = [catalogue.skills[str(o.value)].demand for o in (one, other)]
        if one.group == other.group and demand[0] and demand[1]:
            assert (demand[0].share or 0) >= (demand[1].share or 0)


def test_only_changes_of_the_baseline_are_answers(catalogue: Catalogue) -> None:
    form = Questionnaire(catalogue, {"role": "swe"}, TODAY)
    question = catalogue.questions["skills"]
    ticked = form.prompt(question).default
    assert isinstance(ticked, tuple)
    assert form.ticked(question, ticked) == {}
    changed = [s for s in ticked if s != "docker"] + ["rag"]
    assert form.ticked(question, changed) == {"docker": 1, "rag": 2}
    form.answer(question, form.ticked(question, changed))
    again = form.prompt(question).default
    assert isinstance(again, tuple) and "rag" in again and "docker" not in again
    assert form.words(question, form.own["skills"]) == "also RAG over documents; not yet Containers"


# --- what somebody does today


def test_what_was_understood_is_said_with_what_it_changes(catalogue: Catalogue) -> None:
    known = with_backgrounds(catalogue)
    form = Questionnaire(known, {}, TODAY)
    question = form.asked()[0]
    assert question.sets == "background"
    for typed, words, said in (
        ("former nurses", "Nurse", "projects and the people to talk to first come from there (Healthcare)"),
        ("Senior Front-End Developer", "Front-end developer", "what you are assumed to know"),
        ("astronaut", "astronaut", "“astronaut” is not in the catalogue"),
    ):
        form.answer(question, form.read(question, typed))
        assert form.words(question, form.own["background"]) == words
        assert said in form.understood(question)[0]
    form.answer(question, form.read(question, "none"))
    assert form.understood(question) == [] and form.words(question, None) == "not said"
    assert "come from there" in shown(only(known, question), "nurse" + ENTER + ENTER, {"role": "swe"})


def test_a_background_offers_the_start_that_fits_and_what_is_usually_known(catalogue: Catalogue) -> None:
    known = with_backgrounds(catalogue)
    nurse, front = (Questionnaire(known, {"background": b}, TODAY) for b in ("nurse", "frontend developer"))
    role, skills = known.questions["role"], known.questions["skills"]
    assert (nurse.prompt(role).default, front.prompt(role).default) == ("new", "swe")
    ticked = front.prompt(skills).default
    assert isinstance(ticked, tuple) and not {"python", "docker"} & set(ticked)
    assert front.ticked(skills, [*ticked, "docker"]) == {"docker": 2}


def test_another_background_asks_for_skills_again(catalogue: Catalogue) -> None:
    form = Questionnaire(with_backgrounds(catalogue), {"role": "swe"}, TODAY)
    questions = {q.sets: q for q in form.asked()}
    form.answer(questions["background"], None)
    form.answer(questions["skills"], {"python": 1})
    form.answer(questions["background"], "front-end developer")
    assert "skills" not in form.own


# --- kinds, conditions, words


TYPED = st.one_of(
    st.sampled_from(
        ["10", "0", "-1", "today", "1 jan", "2027-06-01", "2020-01-01", "no", "", "1 dec to 3 jan", "x, y"]
    ),
    st.text(max_size=12),
)


@given(st.data())
def test_answers_that_are_taken_always_make_a_profile(catalogue: Catalogue, data: st.DataObject) -> None:
    form = Questionnaire(catalogue, {}, TODAY)
    for _ in range(20):
        question = form.following()
        if question is None:
            break
        prompt = form.prompt(question)
        values = [o.value for o in prompt.options]
        if question.kind == "choice":
            value = data.draw(st.sampled_from(values))
        elif prompt.options:
            value = form.ticked(question, data.draw(st.lists(st.sampled_from(values), unique=True)))
        else:
            value = form.read(question, data.draw(TYPED))
        if form.complaint(question, value):
            value = prompt.default
        form.answer(question, value)
        assert form.words(question, form.own[question.sets]).isprintable()
    assert form.following() is None
    again = Questionnaire(catalogue, {}, TODAY)
    assert again.resume(json.loads(json.dumps(form.draft()))) and again.answers() == form.answers()
    assert form.summary().isprintable()
    profile_of(catalogue, form.answers())


SAMPLES = {
    "choice": (Question(id="q", sets="cloud", ask="?", why="!", kind="choice", choices_from="clouds"), DOWN, "azure"),
    "choices": (
        Question(id="q", sets="goals", ask="?", why="!", kind="choices", choices_from="goals", optional=True),
        SPACE,
        None,
    ),
    "number": (Question(id="q", sets="budget_usd", ask="?", why="!", kind="number", default=50.0), "", 50),
    "date": (Question(id="q", sets="deadline", ask="?", why="!", kind="date"), "1 jan", "2027-01-01"),
    "periods": (
        Question(id="q", sets="breaks", ask="?", why="!", kind="periods"),
        "tomorrow",
        [{"from": "2026-11-23", "to": "2026-11-23"}],
    ),
    "skills": (
        Question(id="q", sets="skills", ask="?", why="!", kind="skills", choices_from="skills"),
        SPACE,
        {"python": 1},
    ),
    "text": (Question(id="q", sets="name", ask="?", why="!", kind="text"), "Ada <b>", "Ada <b>"),
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_of_question(catalogue: Catalogue, kind: str) -> None:
    question, keys, expected = SAMPLES[kind]
    answers = converse(only(catalogue, question), keys + ENTER + ENTER, {"role": "swe"})
    assert answers.get(question.sets) == expected
    profile_of(catalogue, answers)


def test_all_kinds_are_sampled() -> None:
    assert set(SAMPLES) == set(get_args(get_type_hints(Question)["kind"]))


def test_targets_are_those_with_a_path(catalogue: Catalogue) -> None:
    question = Question(id="q", sets="target", ask="?", why="!", kind="choice", choices_from="targets")
    options = Questionnaire(only(catalogue, question), {"role": "swe"}, TODAY).prompt(question).options
    assert [o.value for o in options] == [p.target for p in catalogue.paths.values() if p.start == "swe"]


def test_a_list_without_choices_is_passed_over(catalogue: Catalogue) -> None:
    question = Question(id="q", sets="cloud", ask="?", why="!", kind="choice")
    assert converse(only(catalogue, question), ENTER, {"role": "swe"}) == {"role": "swe"}


def test_a_condition_sees_the_answers_before_it(catalogue: Catalogue) -> None:
    hours = Question(id="h", sets="hours_per_week", ask="?", why="!", kind="number")
    late = Question(id="n", sets="name", ask="?", why="!", kind="text", when=Condition(hours_below=5))
    form = Questionnaire(only(catalogue, hours, late), {"role": "swe"}, TODAY)
    assert form.asked() == [hours]
    form.answer(hours, 4)
    assert form.asked() == [hours, late]
    form.answer(late, "Ada")
    form.answer(hours, 6)
    assert form.answers() == {"role": "swe", "hours_per_week": 6}


def test_level_is_asked_only_of_people_who_know_models(catalogue: Catalogue) -> None:
    for skills, asked in (({}, False), ({"llm-apis": 2}, True)):
        form = Questionnaire(catalogue, {"role": "new", "skills": skills}, TODAY)
        assert ("level" in [q.sets for q in form.asked()]) is asked
        assert form.prompt(catalogue.questions["level"]).default == "entry" if asked else True


def test_summary(catalogue: Catalogue) -> None:
    form = Questionnaire(catalogue, {"role": "swe", "start": "2026-12-01"}, TODAY)
    assert form.summary() == (
        "Software engineer to AI engineer (mid), 10 hours a week from 1 December 2026. "
        "Goal: A new job. Everything else as usual."
    )
    for id_, value in (("domain", "healthcare"), ("budget", 300), ("cloud", "any")):
        form.answer(catalogue.questions[id_], value)
    assert form.summary().endswith("Field: Healthcare; money in US dollars: 300.")


def test_hostile_text_is_shown_literally(catalogue: Catalogue) -> None:
    nasty = "\x1b]0;owned\x07<b>&\u202eevil\nline"
    choice = Question(
        id="q",
        sets="cloud",
        ask=nasty,
        why=nasty,
        kind="choice",
        choices=(Choice(value="any", label=nasty, why=nasty),),
    )
    text = shown(only(catalogue, choice), ENTER * 2, {"role": "swe"})
    assert "\x1b]0;" not in text and "\u202e" not in text
    assert "<b>&" in text
    assert plain(nasty) == "\ufffd]0;owned\ufffd<b>&\ufffdevil line"


def test_no_colour_is_respected(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    question = Question(id="q", sets="name", ask="Name?", why="!", kind="text")
    cyan = "\x1b[0;36m"
    assert cyan not in shown(only(catalogue, question), ENTER * 2, {"role": "swe"})
    monkeypatch.delenv("NO_COLOR")
    assert cyan in shown(only(catalogue, question), ENTER * 2, {"role": "swe"})
    assert cyan not in shown(only(catalogue, question), ENTER * 2, {"role": "swe"}, colour=False)


# --- reading what is typed


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        (" Today ", "2026-11-22"),
        ("tomorrow", "2026-11-23"),
        ("next monday", "2026-11-23"),
        ("sunday", "2026-11-29"),
        ("1 Dec 2026", "2026-12-01"),
        ("December 1, 2026", "2026-12-01"),
        ("1. sept", "2027-09-01"),
        ("29 feb", "2028-02-29"),
        ("31 feb 2027", "31 feb 2027"),
        ("1 foo", "1 foo"),
        ("2026-13-01", "2026-13-01"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(("key", "said"), [("start", "1 September 2027"), ("deadline", "30 September 2027")])
def test_a_month_is_taken_for_the_day_that_is_then_shown(catalogue: Catalogue, key: str, said: str) -> None:
    question = next(q for q in catalogue.questions.values() if q.sets == key)
    form = Questionnaire(catalogue, {"role": "swe"}, TODAY)
    value = form.read(question, "September 2027")
    assert not form.complaint(question, value) and form.words(question, value) == said


def test_a_season_is_asked_about_in_the_question_itself(catalogue: Catalogue) -> None:
    question = next(q for q in catalogue.questions.values() if q.sets == "deadline")
    form = Questionnaire(catalogue, {"role": "swe"}, TODAY)
    said = form.complaint(question, form.read(question, "autumn 2027"))
    assert "a season" in said and "November 2027" in said and len(said) < 80, "a line is all there is below a question"
    assert "2027-04-03" in form.complaint(question, form.read(question, "03/04/2027")), "two days, and which"


def test_numbers_and_periods() -> None:
    assert [read_number(t) for t in ("10", "7.5 h", "$300", "300 USD", "ten", "a few", "1e3")] == [
        10,
        7.5,
        300,
        300,
        10,
        "a few",
        "1e3",
    ]
    assert read_periods("2026-12-20..2027-01-03; 1 may", TODAY) == [
        {"from": "2026-12-20", "to": "2027-01-03"},
        {"from": "2027-05-01", "to": "2027-05-01"},
    ]
    assert read_periods("Easter, ", TODAY) == ["Easter"]
    assert day_words(date(2026, 12, 1)) == "1 December 2026"


def test_lighter_weeks_are_read_with_the_weeks_off(catalogue: Catalogue) -> None:
    assert read_periods("1 feb 2027 to 14 feb 2027 at 4 h", TODAY) == [
        {"from": "2027-02-01", "to": "2027-02-14", "hours_per_week": 4}
    ]
    question = SAMPLES["periods"][0]
    form = Questionnaire(only(catalogue, question), {"role": "swe"}, TODAY)
    assert not form.complaint(question, read_periods("1 feb to 14 feb at 4 h", TODAY))
    assert form.complaint(question, read_periods("1 feb to 14 feb at 99 h", TODAY))
    words = form.words(question, read_periods("1 feb 2027 to 14 feb 2027 at 4 h", TODAY))
    assert words == "1 February 2027 to 14 February 2027 at 4 h a week"
