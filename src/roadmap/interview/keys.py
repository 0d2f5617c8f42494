"""Keys of a list beside the arrows: the ends, a page at a time, and letters that jump to what begins with them."""

import string
from collections.abc import Callable
from typing import Any, Protocol

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

PAGE = 10


class Pointed(Protocol):
    """A list of choices, one of which is pointed at; headings in it cannot be."""

    choices: list[Any]
    pointed_at: int

    def is_selection_valid(self) -> bool:
        """Whether what is pointed at can be chosen."""


def moving(control: Pointed) -> KeyBindings:
    """Bindings that move the pointer. No letter answers anything: one that fits nothing does nothing."""
    keys, typed = KeyBindings(), ["", ""]
    last = len(control.choices) - 1

    def to(key: str, place: Callable[[], int], step: int) -> None:
        @keys.add(key, eager=True)
        def _(_event: KeyPressEvent) -> None:
            _point(control, place(), step)

    to("home", lambda: 0, 1)
    to("end", lambda: last, -1)
    to("pageup", lambda: max(control.pointed_at - PAGE, 0), 1 if control.pointed_at < PAGE else -1)
    to("pagedown", lambda: min(control.pointed_at + PAGE, last), -1)
    for letter in string.ascii_letters + string.digits:

        @keys.add(letter, eager=True)
        def _(_event: KeyPressEvent, letter: str = letter.casefold()) -> None:
            # Whoever moved on by another key begins a word anew.
            so_far = typed[0] if typed[1] == str(control.pointed_at) else ""
            typed[0] = _jump(control, so_far, letter)
            typed[1] = str(control.pointed_at)

    return keys


def _point(control: Pointed, at: int, step: int) -> None:
    """Point at a place, or at the nearest one in a direction that can be chosen."""
    count = len(control.choices)
    for moved in range(count):
        control.pointed_at = (at + step * moved) % count
        if control.is_selection_valid():
            return


def _jump(control: Pointed, typed: str, letter: str) -> str:
    """Go to the next choice with a word that begins as typed, else as the letter alone; what counts as typed then."""
    before, count = control.pointed_at, len(control.choices)
    for wanted in (typed + letter, letter):
        # What is pointed at may fit what is typed so far; the same letter again goes on to the next one.
        first = 0 if len(wanted) > 1 else 1
        for moved in range(first, count + first):
            control.pointed_at = (before + moved) % count
            if control.is_selection_valid() and _begins(str(control.choices[control.pointed_at].title), wanted):
                return wanted
    control.pointed_at = before
    return ""


def _begins(title: str, typed: str) -> bool:
    return any(word.startswith(typed) for word in title.casefold().replace("-", " ").split())
