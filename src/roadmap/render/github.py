"""A script of `gh` commands that makes one issue per step in the repository it is run in.

Every text is one quoted word of the shell. A second run finds the issues it made before, since each carries its id
in an invisible comment, and leaves their text to those who work there.
"""

from collections.abc import Sequence
from shlex import quote

from roadmap.model.catalogue import Catalogue
from roadmap.model.journal import Progress
from roadmap.model.plan import Plan, Step
from roadmap.render.clean import clean, shorten
from roadmap.render.identity import item_uuid, slug
from roadmap.render.markdown import inline, link
from roadmap.render.numbers import period
from roadmap.render.opening import Opened
from roadmap.render.parts import parts, titles
from roadmap.render.tasks import exam_line, finished, whys
from roadmap.render.wording import Words

LONGEST_TITLE = 256
# What GitHub takes at most for the body of an issue.
LONGEST_BODY = 65_536
# What Linux takes at most for one argument of a program, in bytes, with some room.
LONGEST_ARGUMENT = 130_000

HEAD = """\
#!/usr/bin/env bash
# Makes one issue per step in the current repository. Run again it moves titles, milestones and their due days, and
# closes what is done; it leaves what is written in an issue as it is: ticked boxes, remarks, a closed milestone.
# Needs the GitHub command line: https://cli.github.com
set -euo pipefail

gh label create roadmap --description 'A step of a plan' --color 2563A8 --force
known=$(gh issue list --label roadmap --state all --limit 1000 --json number,body \\
  --jq '.[] | "\\(.body | capture("roadmap:(?<id>[0-9a-f-]{36})").id) \\(.number)"')

milestone() { # title, last day
  gh api 'repos/{owner}/{repo}/milestones' --silent -f "title=$1" -f "due_on=$2T12:00:00Z" 2>/dev/null && return
  local number
  number=$(gh api 'repos/{owner}/{repo}/milestones?state=all&per_page=100' --jq '.[] | "\\(.number) \\(.title)"' |
    awk -v title="$1" '{ n = $1; sub(/^[0-9]+ /, ""); if ($0 == title) { print n; exit } }') || true
  if [ -n "$number" ]; then
    gh api -X PATCH "repos/{owner}/{repo}/milestones/$number" --silent -f "due_on=$2T12:00:00Z" || true
  fi
}

number_of() { # id
  awk -v id="$1" '$1 == id { print $2; exit }' <<<"$known"
}

finished() { # id
  local number
  number=$(number_of "$1")
  if [ -n "$number" ]; then gh issue close "$number"; fi
}

step() { # id, milestone, title, body
  local number
  number=$(number_of "$1")
  if [ -n "$number" ]; then
    gh issue edit "$number" --title "$3"
    gh issue edit "$number" --milestone "$2" 2>/dev/null ||
      echo "The milestone of issue $number is closed; it stays as it is."
  else
    gh issue create --label roadmap --title "$3" --body "$4" --milestone "$2" 2>/dev/null ||
      gh issue create --label roadmap --title "$3" --body "$4"
  fi
}
"""


def render_github(plan: Plan, catalogue: Catalogue, *, now: Progress | None = None) -> str:
    """A plan as a Bash script; phases become milestones, the checks of a step a task list.

    With `now` the issues of finished steps are closed.
    """
    words = Words(catalogue)
    phases = [f"milestone {quote(_title(p.title))} {p.finish}" for p in parts(plan)]
    phase = titles(plan)
    done = [f"finished {item_uuid(plan, 'step', one.id)}" for one in finished(now, catalogue)]
    why = whys(plan, words)
    issues = (_issue(plan, s, words, why[s.id], phase[s.id]) for s in plan.steps)
    return HEAD + "\n" + "\n".join([*done, *phases, "", *issues]) + "\n"


def _title(text: str) -> str:
    return shorten(clean(text), LONGEST_TITLE) or "untitled"


def _issue(plan: Plan, step: Step, words: Words, why: Sequence[str], phase: str) -> str:
    id_ = str(item_uuid(plan, "step", step.id))
    parts = (id_, _title(phase), _title(step.module.title), _body(plan, step, words, why))
    return "step " + " ".join(quote(part) for part in parts)


def _opened(one: Opened, words: Words) -> str:
    return f"- {link(one.resource.title, one.resource.url)} ({inline(words.of_resource(one))})"


def _body(plan: Plan, step: Step, words: Words, why: Sequence[str]) -> str:
    module, opened = step.module, words.opened(step)
    exam = exam_line(plan, step, words)
    lines = [
        f"<!-- roadmap:{item_uuid(plan, 'step', step.id)} {slug(step.id)} -->",
        inline(module.summary),
        "",
        f"**When:** {period(step.start, step.finish)}. **Work:** {inline(words.effort(step))}.",
        *([inline(exam)] if exam else []),
        *(["", f"**Here:** {inline(step.project_adds)}"] if step.project_adds else []),
        "",
        "### Done when",
        *(f"- [ ] {inline(text)}" for text in module.done_when),
        "",
        *(["### Start with", *(_opened(one, words) for one in opened), ""] if opened else []),
        "### Why",
        *(f"- {inline(text)}" for text in why),
    ]
    body = "\n".join(lines)[:LONGEST_BODY].encode("utf-8")[:LONGEST_ARGUMENT].decode("utf-8", "ignore")
    return body if len(body) == len("\n".join(lines)) else body.rpartition("\n")[0]
