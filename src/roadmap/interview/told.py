"""What stays on the screen of an interview: each question with its answer, and never an answer that no longer holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prompt_toolkit import print_formatted_text
from prompt_toolkit.application import get_app_session
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.styles import BaseStyle
from prompt_toolkit.utils import get_cwidth


@dataclass(frozen=True)
class _Answered:
    """A question, its answer, and lines below that say what was made of it."""

    key: str
    question: str
    answer: str
    below: tuple[str, ...]

    def rows(self, columns: int) -> int:
        """Rows that it takes on a screen of so many columns."""
        lines = (f"{self.question}  {self.answer}", *self.below)
        return sum(max(1, -(-get_cwidth(line) // max(columns, 1))) for line in lines)


class Transcript:
    """The answered questions as they stand on the screen, directly above the prompt."""

    def __init__(self, style: BaseStyle) -> None:
        self._style = style
        self._shown: list[_Answered] = []

    def tell(self, key: str, question: str, answer: str, below: Sequence[str], still: Callable[[str], bool]) -> None:
        """Show an answer, in the place of an earlier one if there is one; what followed stays if it `still` holds."""
        after = self.take_back(key)
        self._print(_Answered(key, question, answer, tuple(below)))
        for one in after[1:]:
            if still(one.key):
                self._print(one)

    def take_back(self, key: str | None) -> list[_Answered]:
        """Take an answer and all that stands below it from the screen, with None everything; what was taken."""
        at = next((i for i, one in enumerate(self._shown) if key in (None, one.key)), len(self._shown))
        gone, self._shown = self._shown[at:], self._shown[:at]
        if gone:
            output = get_app_session().output
            output.cursor_up(sum(one.rows(output.get_size().columns) for one in gone))
            output.erase_down()
            output.flush()
        return gone

    def _print(self, one: _Answered) -> None:
        parts = [("class:question", one.question), ("", "  "), ("class:answer", one.answer)]
        print_formatted_text(FormattedText(parts), style=self._style)
        for line in one.below:
            print_formatted_text(FormattedText([("", line)]))
        self._shown.append(one)
