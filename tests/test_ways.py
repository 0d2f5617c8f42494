"""Ways out of a plan that slipped, what a replan says that it does not keep, and a word to those who were silent."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from roadmap.model.journal import Way
from roadmap.render.ways import sentence
from roadmap.render.wording import Words
from tests.builders import real_catalogue
from tests.in_process import roadmap
from tests.terminal import Terminal

NEW_YEAR = "2027-01-04"
EXAM = ("--certifications", "one", "--cloud", "azure")


def flat(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


class Saved:
    """A saved plan of a software engineer, and commands about it."""

    def __init__(self, folder: Path, *answers: str) -> None:
        self.file = folder / "me.roadmap.yaml"
        self.run("plan", "--role", "swe", "--start", "2026-12-01", "--defaults", *answers, "--save", self.file)

    def run(self, command: str, *args: object, on: str = "2026-11-30", code: int = 0) -> str:
        """What a command says on a day."""
        words = [command, *map(str, args), "--today", on]
        done = roadmap(*words, *(() if command == "plan" else ("--plan", str(self.file))))
        assert done.returncode == code, done.stderr
        return done.stdout

    def ways(self, on: str) -> list[tuple[str, str]]:
        """The ways out on a day: what each changes, to what."""
        found = json.loads(self.run("status", "--format", "json", on=on))["ways_out"]
        return [(w["change"], w["value"]) for w in found]


def test_money_comes_first_among_the_ways_out_also_when_the_deadline_is_missed(tmp_path: Path) -> None:
    eva = Saved(tmp_path, *EXAM, "--budget-usd", "300", "--hours-per-week", "8", "--deadline", "2027-10-31")
    eva.run("exam", "AI-103", "failed", on="2027-04-06")
    shown = eva.run("status", on="2027-04-06")
    assert shown.startswith("30 USD over your budget") and "late for your deadline" in shown
    ways = eva.ways("2027-04-06")
    assert ways[:2] == [("budget_usd", "330"), ("certifications", "none")] and ("shift", "") in ways[2:]
    assert "No exam any more: without AI-103, done by" in flat(shown)


def test_a_deadline_that_is_not_sure_any_more_can_be_kept_by_leaving_something_out(tmp_path: Path) -> None:
    eva = Saved(tmp_path, "--hours-per-week", "9", "--deadline", "2027-09-30")

    def stands(on: str) -> tuple[str, str]:
        now = json.loads(eva.run("status", "--format", "json", on=on))
        return now["finish"], now["finish_p80"]

    assert "holds, but not" not in flat(eva.run("status"))
    mondays = [(date(2026, 12, 7) + timedelta(weeks=i)).isoformat() for i in range(30)]
    on = next(d for d in mondays if stands(d)[0] <= "2027-09-30" < stands(d)[1])
    assert "Deadline 30 September 2027 holds, but not 4 times in 5." in flat(eva.run("status", on=on))
    assert ("drop", "2027-09-30") in eva.ways(on)
    eva.run("replan", "--drop", "--deadline", "2027-09-30", "--yes", on=on)
    assert stands(on)[1] <= "2027-09-30" and "holds, but not" not in flat(eva.run("status", on=on))


def test_an_exam_that_was_asked_for_is_no_mere_option() -> None:
    words = Words(real_catalogue())
    said = sentence(Way("drop", "2027-06-17", date(2027, 5, 22), ("cert-ai-103", "observe-llm-app")), words)
    assert said.startswith("Drop the exam AI-103, which you asked for, and what is optional, “Watching")
    assert sentence(Way("drop", "2027-06-17", date(2027, 5, 22), ("cert-ai-103",)), words) == (
        "Drop the exam AI-103, which you asked for; done by 22 May 2027."
    )
    without = sentence(Way("drop", "2027-06-17", date(2027, 5, 22), ("observe-llm-app",)), words)
    assert without.startswith("Drop what is optional: without “Watching")


def test_a_replan_says_what_it_does_not_keep_and_where_a_smaller_one_leads(tmp_path: Path) -> None:
    eva = Saved(tmp_path, *EXAM, "--budget-usd", "300", "--hours-per-week", "8", "--deadline", "2027-10-31")
    shown = flat(eva.run("replan", "--budget-usd", "100", on="2027-04-20", code=1))
    assert "65 USD over your budget: 100 USD of it are left, 165 USD are still to pay." in shown
    assert "days late for your deadline, 31 October 2027." in shown
    assert "With --drop the same command leaves out what does not fit." in shown
    assert "With --drop" not in eva.run("replan", on="2027-04-20", code=1), "nothing was changed that could be dropped"
    dropped = eva.run("replan", "--drop", on="2027-07-01", code=1)
    assert "Over" not in dropped and "Leads to" in dropped and "Instead of" in dropped
    goes = flat(dropped).split("Goes - ")[1]
    assert goes.startswith("Prepare and sit AI-103: Azure AI apps and agents: not needed for that.")
    assert "Leads to" not in eva.run("replan", "--hours-per-week", "9", on="2026-12-20")


@pytest.mark.parametrize("command", ["next", "status"])
def test_whoever_was_silent_is_welcome_back(tmp_path: Path, command: str) -> None:
    eva = Saved(tmp_path)
    for day in ("2026-12-01", "2026-12-20"):
        assert "half an hour is a start" not in eva.run(command, on=day).casefold()
    assert "Nothing is written down since the start, 6 weeks ago." in eva.run(command, on="2027-01-18")
    eva.run("log", "1", "2", on="2027-01-18")
    assert "half an hour" not in eva.run(command, on="2027-02-07").casefold()
    assert "Welcome back after 3 weeks." in eva.run(command, on="2027-02-08")
    assert "Welcome back after 3 months." in eva.run(command, on="2027-05-01")


def test_a_law_of_another_country_is_no_news(tmp_path: Path) -> None:
    def told(country: str) -> str:
        person = Saved(tmp_path / country, "--domain", "healthcare", "--country", country)
        return flat(person.run("status", on=NEW_YEAR))

    assert "Colorado SB 26-189 (automated decisions) applies since 1 January 2027." in told("US")
    assert "Colorado" not in told("DE")


def test_what_a_screen_does_not_hold_gives_way_and_the_headline_comes_again(tmp_path: Path) -> None:
    Saved(tmp_path)

    def shown(command: str, rows: int) -> list[str]:
        talk = Terminal(tmp_path, command, "--plan", "me.roadmap.yaml", "--today", "2027-03-01", rows=rows)
        assert talk.close() == 0, talk.errors
        return talk.screen.splitlines()

    assert len(shown("next", 24)) < 24 < len(shown("next", 60))
    assert "more: roadmap steps" in "\n".join(shown("next", 24))
    tall, short = " ".join(shown("status", 60)), shown("status", 24)
    assert tall.count("Behind: ") == 1 and any(line.startswith("In short: Behind: ") for line in short[-3:])


def test_an_address_is_never_broken_on_a_narrow_screen(tmp_path: Path) -> None:
    eva = Saved(tmp_path)
    address = json.loads(eva.run("next", "--format", "json"))["items"][0]["resources"][0]["url"]
    assert len(address) > 40 and address in eva.run("next", "--width", "40").split()


@pytest.mark.parametrize(
    ("goal", "then"),
    [("job", "If you have signed,"), ("promotion", "Hand in the case"), ("agents", "Send the address")],
)
def test_the_end_is_one_and_says_the_same_everywhere(tmp_path: Path, goal: str, then: str) -> None:
    eva = Saved(tmp_path, "--goals", goal, "--hours-per-week", "20")
    ids = [s["id"] for s in json.loads(eva.run("steps", "--format", "json"))]
    for one in ids:
        said = eva.run("done", one, "--hours", "2", "--evidence", "https://example.org/x", on="2027-01-04")
    assert "That was the last step: the plan is finished." in flat(said)
    last = flat(said).split("─ ")[-1]
    assert f"{len(ids)} steps and {2 * len(ids)} h, on 4 January 2027, " in last
    assert f"Now {then}" in last and "roadmap evidence" in last
    for command in ("status", "next", "replan"):
        assert flat(eva.run(command, on="2027-01-05")).endswith(last)
    assert "Further roadmap replan --goals GOAL plans what comes next." in last
    eva.run("replan", "--deadline", "2027-12-01", "--yes", on="2027-01-05")
    assert "replan --goals GOAL --deadline none plans" in flat(eva.run("next", on="2027-01-06"))


def test_the_step_of_an_exam_is_done_when_that_is_passed(tmp_path: Path) -> None:
    eva = Saved(tmp_path, *EXAM)

    def row() -> dict[str, object]:
        return next(
            s for s in json.loads(eva.run("steps", "--format", "json", on=NEW_YEAR)) if s["id"] == "cert-ai-103"
        )

    eva.run("exam", "AI-103", "failed", on="2027-01-02")
    assert row()["state"] in ("open", "begun")
    eva.run("exam", "AI-103", "passed", on="2027-01-03")
    assert (row()["state"], row()["finish"]) == ("done", "2027-01-03")
    assert ", 1 done" in eva.run("steps", on=NEW_YEAR)
