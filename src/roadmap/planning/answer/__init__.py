"""The first page of a plan: what a mentor would say to this person, worked out from the plan and the catalogue."""

from roadmap.model.answer import Answer, BuyRow, End
from roadmap.planning.answer.facts import Facts
from roadmap.planning.answer.gates import gates
from roadmap.planning.answer.length import shortened
from roadmap.planning.answer.lines import known, move_page, rules_of, said, texts
from roadmap.planning.answer.money import money
from roadmap.planning.answer.phases import most_opens, phase_rows, with_few_opens
from roadmap.planning.answer.projects import project_pages
from roadmap.planning.answer.verdict import fewer, verdict
from roadmap.planning.answer.week import first_week, rhythm

__all__ = ["Facts", "answer_of", "outline_of"]


def outline_of(facts: Facts) -> Answer:
    """What an answer says in figures: its ends, its days and its bill. Without the sentences, which cost most."""
    ending, wished = facts.whole.ending, facts.ways.wished
    return Answer(
        outcome=End(ending.id, ending.text),
        wished=End(wished.id, wished.title),
        verdict=(),
        act_from=facts.act_from,
        ready=facts.p80,
        ready_even=facts.finish,
        not_doing=(),
        rhythm=(),
        phases=(),
        projects=(),
        gates=(),
        move=None,
        money=tuple(money(facts)),
        risks=(),
        first_week=(),
        until_then=(),
        hours_buy=(),
    )


def answer_of(facts: Facts) -> Answer:
    """The answer to one person. Pure: everything comes from the plan, the profile and the catalogue."""
    ending, wished = facts.whole.ending, facts.ways.wished
    rows = phase_rows(facts)
    checks = gates(facts, rows)
    figures, tools = known(facts)
    bought = facts.ways.route.hours_buy if ending is not wished else ()
    return shortened(
        Answer(
            outcome=End(ending.id, ending.text),
            wished=End(wished.id, wished.title),
            verdict=tuple(verdict(facts, rows)),
            act_from=facts.act_from,
            ready=facts.p80,
            ready_even=facts.finish,
            not_doing=said(facts, "not-doing"),
            rhythm=tuple(rhythm(facts)),
            phases=tuple(with_few_opens(row, most_opens(row)) for row in rows),
            projects=tuple(project_pages(facts)),
            gates=tuple(checks),
            move=move_page(facts),
            money=tuple(money(facts)),
            risks=said(facts, "risk"),
            first_week=tuple(first_week(facts)),
            until_then=texts(facts, "until-then"),
            hours_buy=tuple(BuyRow(b.hours, b.text) for b in bought),
            rules=tuple(rules_of(facts)),
            facts=figures,
            tools=tools,
            fewer=fewer(facts) if ending is wished else "",
            slack=facts.slack,
        )
    )
