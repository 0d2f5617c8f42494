"""The interview on a terminal: the only place that knows how questions are drawn and keys are read."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import partial
from textwrap import wrap

import questionary
from prompt_toolkit import print_formatted_text
from prompt_toolkit.application import get_app_session
from prompt_toolkit.filters import is_done, to_filter
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from prompt_toolkit.layout import (
    ConditionalContainer,
    FormattedTextControl,
    HSplit,
    Layout,
    ScrollbarMargin,
    ScrollOffsets,
    VerticalAlign,
    Window,
)
from questionary.prompts.common import InquirerControl

from roadmap.errors import Interrupted, UsageError
from roadmap.interview.keys import PAGE, moving
from roadmap.interview.questions import Found, Prompt, PromptOption, Questionnaire, name_of, plain
from roadmap.interview.told import Transcript
from roadmap.model.catalogue import Catalogue, Question

ACCENT = "fg:ansicyan"
LOOKS = {
    "qmark": "noinherit",
    "question": "bold",
    "answer": f"noinherit {ACCENT}",
    "pointer": f"noinherit {ACCENT} bold",
    "highlighted": f"noinherit {ACCENT}",
    "selected": "noinherit",
    "separator": "bold",
    "placeholder": f"noinherit {ACCENT}",
    "validation-toolbar": "noinherit bold",
}
POINTER = ">"
WIDEST = 100
MEANING_LINES = 3
# Lines that the question, its reason and the meaning of a choice take beside a list.
AROUND = 8
BACK_WORDS = ("<", "back")
LISTS = ("choice", "choices", "skills")


class _Turn(Enum):
    """What somebody wants instead of answering."""

    BACK = "back"


class _End(Enum):
    """What somebody wants at the end."""

    PLAN = "Plan it"
    CHANGE = "Change an answer"
    AGAIN = "Start over"


def interview(
    catalogue: Catalogue,
    given: Mapping[str, object],
    today: date,
    *,
    draft: Mapping[str, object] | None = None,
    save_draft: Callable[[Mapping[str, object]], None] | None = None,
    colour: bool = True,
    found: Found | None = None,
) -> dict[str, object]:
    """Ask what `given` (answers from flags and file) leaves open; all answers as a profile file would hold them.

    `draft` holds answers kept from an interview that was broken off: the person is asked whether to go on with
    them. Ctrl-C raises Interrupted, an end of input raises UsageError naming the flags that would answer; before
    either, `save_draft` receives what was answered so far, if anything was. Keys and screen are those of
    prompt_toolkit's current session, which respects NO_COLOR; `colour` is for a flag that says the same.
    """
    form = Questionnaire(catalogue, given, today, found)
    screen = _Screen(colour)
    try:
        _offer(form, screen, draft)
        while not _finished(form, screen):
            pass
    except KeyboardInterrupt:
        raise Interrupted("Stopped. " + _keep(form, save_draft)) from None
    except EOFError:
        kept = _keep(form, save_draft)
        open_keys = [q.sets for q in form.asked() if q.sets not in form.own]
        flags = ", ".join("--" + key.replace("_", "-") for key in open_keys)
        raise UsageError(
            "The input ended before the questions did. " + kept,
            f"answer by flag instead: {flags}" if flags else "all was answered; only the last word was missing",
        ) from None
    return form.answers()


def confirm_named(named: Sequence[str], catalogue: Catalogue, *, colour: bool = True) -> list[str]:
    """The skills a posting names, without those that the person unticks. Raises Interrupted after Ctrl-C."""
    options = [PromptOption(s, catalogue.skills[s].short, catalogue.skills[s].levels[1]) for s in named]
    title, why = "Does the posting really ask for these?", "Untick what it only says about itself."
    try:
        kept = _Screen(colour).tick(title, why, options, named)
    except KeyboardInterrupt:
        raise Interrupted("Stopped.") from None
    except EOFError:
        return list(named)
    return [str(s) for s in kept] if isinstance(kept, list) else list(named)


def _keep(form: Questionnaire, save_draft: Callable[[Mapping[str, object]], None] | None) -> str:
    kept = form.draft()
    if save_draft is None or not kept:
        return "Nothing was kept."
    save_draft(kept)
    return "Your answers are kept; the next start offers to go on with them."


# --- the conversation


def _offer(form: Questionnaire, screen: "_Screen", draft: Mapping[str, object] | None) -> None:
    count = len(form.asked())
    if draft and form.resume(draft):
        kept = [q for q in form.asked() if q.sets in form.own]
        said = ", ".join(form.words(q, form.own[q.sets]) for q in kept[:3]) + (", ..." if len(kept) > 3 else "")
        choices = [PromptOption(True, "Go on"), PromptOption(False, "Start afresh")]
        if screen.choose("You stopped half way last time. Go on with those answers?", said, choices, True) is True:
            for question in kept:
                _tell(form, screen, question)
        else:
            form.own.clear()
    elif count > 1:
        screen.say(f"{count} questions, about two minutes. Enter takes the answer that is shown,")
        screen.say("< goes back one question, Ctrl-C stops and keeps your answers.")


def _finished(form: Questionnaire, screen: "_Screen") -> bool:
    question = form.following()
    if question is not None:
        previous = form.preceding(question)
        if _put(form, screen, question, back=previous is not None) is _Turn.BACK and previous:
            form.reopen(previous)
            screen.told.take_back(previous.sets)
        return False
    if not form.asked():
        return True
    end = screen.choose("Is this right?", form.summary(), [PromptOption(e, e.value) for e in _End], _End.PLAN)
    if end is _End.CHANGE:
        _change(form, screen)
    elif end is _End.AGAIN:
        form.own.clear()
        form.reopened.clear()
        screen.told.take_back(None)
    return end is _End.PLAN


def _change(form: Questionnaire, screen: "_Screen") -> None:
    options = [
        PromptOption(q, name_of(q)[:1].upper() + name_of(q)[1:], note=form.words(q, form.own[q.sets]))
        for q in form.asked()
    ]
    question = screen.choose("Which answer?", "", options, None, back=True)
    if isinstance(question, Question):
        _put(form, screen, question, back=True)


def _put(form: Questionnaire, screen: "_Screen", question: Question, *, back: bool) -> _Turn | None:
    """Ask one question until its answer can be taken, or the person wants to go back."""
    prompt = form.prompt(question)
    if question.kind in LISTS and not prompt.options:
        form.answer(question, None)
        return None
    complaint = ""
    while True:
        value = _value(form, screen, prompt, complaint, back)
        if value is _Turn.BACK:
            return _Turn.BACK
        complaint = form.complaint(question, value)
        if not complaint:
            form.answer(question, value)
            _tell(form, screen, question)
            return None


def _tell(form: Questionnaire, screen: "_Screen", question: Question) -> None:
    """Leave a question with its answer on the screen; answers that another one made void go from it."""
    key = question.sets
    below = [line for sentence in form.understood(question) for line in screen.under(sentence).split("\n") if line]
    asked = {q.sets for q in form.asked()}
    screen.told.tell(
        key, plain(question.ask), form.words(question, form.own[key]), below, lambda one: one in asked & set(form.own)
    )


def _value(form: Questionnaire, screen: "_Screen", prompt: Prompt, complaint: str, back: bool) -> object:
    question = prompt.question
    title, why = f"{prompt.number}/{prompt.total}  {plain(question.ask)}", plain(question.why)
    if question.kind == "choice":
        return screen.choose(title, why, prompt.options, prompt.default, complaint, back=back)
    if question.kind in ("choices", "skills"):
        ticked = prompt.default if isinstance(prompt.default, tuple) else ()
        need = question.kind == "choices" and not question.optional
        values = screen.tick(title, why, prompt.options, ticked, complaint, need=need, back=back)
        return form.ticked(question, values) if isinstance(values, list) else values
    if question.optional and prompt.default not in (None, ()):
        why += " Type no to clear it."

    def read(text: str) -> object:
        return form.read(question, text) if text.strip() else prompt.default

    shown = form.words(question, prompt.default)
    return screen.type(title, why, shown, read, partial(form.complaint, question), back=back)


# --- the screen


class _Screen:
    """Draws one prompt at a time and takes it away when it is answered; what is told stays."""

    def __init__(self, colour: bool) -> None:
        looks = {name: look if colour else look.replace(ACCENT, "") for name, look in LOOKS.items()}
        self._style = questionary.Style(list(looks.items()))
        self.told = Transcript(self._style)

    def say(self, text: str) -> None:
        """A line that stays."""
        print_formatted_text(FormattedText([("", text)]))

    def choose(
        self,
        title: str,
        why: str,
        options: Sequence[PromptOption],
        default: object,
        complaint: str = "",
        *,
        back: bool = False,
    ) -> object:
        """One of the options' values, or the wish to go back."""
        titles, below = self._drawn(options)
        choices = [questionary.Choice(t, value=i) for i, t in enumerate(titles)]
        if back:
            choices.append(questionary.Choice("Back", value=len(options)))
        start = next((i for i, o in enumerate(options) if o.value == default), 0)
        head = self.under(complaint or why)
        asked = questionary.select(
            title, choices, default=choices[start], pointer=POINTER, instruction=head, style=self._style
        )
        picked = self._run(asked, below, back)
        return options[picked].value if isinstance(picked, int) and picked < len(options) else _Turn.BACK

    def tick(
        self,
        title: str,
        why: str,
        options: Sequence[PromptOption],
        ticked: Sequence[object],
        complaint: str = "",
        *,
        need: bool = False,
        back: bool = False,
    ) -> object:
        """The values of the ticked options as a list, or the wish to go back. With `need` at least one."""
        titles, below = self._drawn(options)
        choices: list[questionary.Choice] = []
        group = ""
        for i, option in enumerate(options):
            if option.group != group:
                group = option.group
                choices.append(questionary.Separator(plain(group)))
            choices.append(questionary.Choice(titles[i], value=i, checked=option.value in ticked))
        jump = "letters jump, " if len(options) > PAGE else ""
        asked = questionary.checkbox(
            title,
            choices,
            validate=lambda picked: bool(picked) or not need or "Tick at least one with the space bar.",
            pointer=POINTER,
            instruction=self.under(complaint or f"{why} Space ticks, {jump}Enter goes on."),
            style=self._style,
        )
        picked = self._run(asked, below, back)
        return [options[i].value for i in picked] if isinstance(picked, list) else _Turn.BACK

    def type(
        self,
        title: str,
        why: str,
        shown: str,
        read: Callable[[str], object],
        complain: Callable[[object], str],
        *,
        back: bool = False,
    ) -> object:
        """What was typed, read; an empty line stands for the answer shown. Or the wish to go back."""

        def verdict(text: str) -> bool | str:
            if text.strip().casefold() in BACK_WORDS:
                return back or "This is the first question."
            return complain(read(text)) or True

        asked = questionary.text(
            title,
            validate=verdict,
            validate_while_typing=False,
            placeholder=FormattedText([("class:placeholder", shown)]),
            style=self._style,
        )
        text = self._run(asked, [self.under(why)], back=False)
        return _Turn.BACK if str(text).strip().casefold() in BACK_WORDS else read(str(text))

    def _width(self) -> int:
        return min(get_app_session().output.get_size().columns, WIDEST) - 4

    def under(self, text: str) -> str:
        """Text for the lines under a question."""
        return "".join(f"\n  {line}" for line in wrap(text, self._width())) or " "

    def _drawn(self, options: Sequence[PromptOption]) -> tuple[list[str], list[str]]:
        """A title for each option, and what to show below the list while it is pointed at."""
        labels, notes = [plain(o.label) for o in options], [plain(o.note) for o in options]
        whys = [plain(o.why) for o in options]
        most, room = max(map(len, labels)), self._width() - 3
        if not any(notes) and all(most + 2 + len(why) <= room for why in whys):
            notes, whys = whys, []
        titles = [f"{a.ljust(most)}  {b}".rstrip() for a, b in zip(labels, notes, strict=True)]
        titles = [t if len(t) <= room else t[: room - 1] + "…" for t in titles]
        return titles, [self.under(w[:1].upper() + w[1:]) for w in whys] if any(whys) else []

    def _run(self, asked: questionary.Question, below: Sequence[str], back: bool) -> object:
        """Run a prompt with lines below it: for lists those of the option pointed at; `<` goes back."""
        app = asked.application
        app.erase_when_done = True
        control = next((c for c in app.layout.find_all_controls() if isinstance(c, InquirerControl)), None)
        bindings = [app.key_bindings or KeyBindings(), *([moving(control)] if control else [])]
        if back:
            keys = KeyBindings()

            @keys.add("<", eager=True)
            def _(event: KeyPressEvent) -> None:
                event.app.exit(result=_Turn.BACK)

            bindings.append(keys)
        app.key_bindings = merge_key_bindings(bindings)

        def note() -> str:
            at = control.get_pointed_at().value if control else 0
            return below[at].lstrip("\n") if isinstance(at, int) and at < len(below) else ""

        for window in app.layout.find_all_windows():
            window.dont_extend_height = to_filter(True)
            if control is not None and window.content is control:
                window.scroll_offsets = ScrollOffsets(top=1, bottom=1)
                crowded = len(control.choices) + AROUND > get_app_session().output.get_size().rows
                window.right_margins = [ScrollbarMargin(display_arrows=True)] if crowded else []
        lines = min(max((b.count("\n") for b in below), default=0), MEANING_LINES)
        footer = Window(FormattedTextControl(note), height=lines, dont_extend_height=True)
        app.layout = Layout(
            HSplit(
                [app.layout.container, ConditionalContainer(footer, ~is_done & to_filter(lines > 0))],
                align=VerticalAlign.TOP,
            ),
            focused_element=app.layout.current_window,
        )
        return app.run()
