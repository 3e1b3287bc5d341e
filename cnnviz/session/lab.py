"""The labs: their settings, the cell that is open, the question that they ask."""

from dataclasses import dataclass, field
from typing import Any

from cnnviz.inspection import feature_maps
from cnnviz.labs.questions import Question
from cnnviz.session.settings import Settings
from cnnviz.session.state import sent, state
from cnnviz.types import Map, Pair, Steps

ASK_FIRST = "ask_first"


@dataclass
class Kept:
    """What is kept of a lab.

    Attributes
    ----------
    settings : dict
        All that was set, by name.
    turns : dict of str to int
        Which of a panel's changes was taken over last, by the panel's key.
    at : (int, int) or None
        The (row, column) of the output that was chosen last.
    seed : int
        The number of the question.
    answer : (tuple, str) or None
        The `Question.key` of the question answered last, and the answer.
    plays : (int, {"terms", "windows"})
        How often the lab's window was asked to play, and what; see `Question.plays`.
    """

    settings: dict[str, Any] = field(default_factory=dict)
    turns: dict[str, int] = field(default_factory=dict)
    at: Pair | None = None
    seed: int = 0
    answer: tuple[tuple[str, ...], str] | None = None
    plays: tuple[int, Steps] = (0, "terms")


@dataclass(frozen=True)
class Lab:
    """One of the labs, by its name; all of the same name are the same lab."""

    name: str

    def key(self, part: str) -> str:
        """Return the key of a component of the lab."""
        return f"{self.name}_{part}"

    @property
    def kept(self) -> Kept:
        """What is kept of it."""
        return state.labs.setdefault(self.name, Kept())

    # ---- Settings

    def settings(self, part: str = "settings") -> Settings:
        """Return the settings of one of its panels, as yet empty."""
        panel = self.key(part)
        return Settings(panel, self.kept.turns.get(panel, 0), self.kept.settings)

    def take_change(self, panel: str) -> None:
        """Take over the settings that were just changed in that panel."""
        self.change(panel)

    def change(self, panel: str) -> dict[str, Any]:
        """Take over the settings that were just changed in that panel; return them by name."""
        changed = sent(panel)["changed"]
        if not changed:
            return {}
        self.kept.turns[panel] = changed["turn"]
        self.choose(**changed["values"])
        return changed["values"]

    def choose(self, **values: Any) -> None:
        """Set settings, by name."""
        self.kept.settings.update(values)

    # ---- The cell that is open

    def at(self, output: Map) -> Pair:
        """Return the (row, column) of the output that is open: the last chosen, or strongest."""
        row, column = self.kept.at or output.shape
        if row < output.shape[0] and column < output.shape[1]:
            return row, column
        return feature_maps.strongest(output)[:2]

    def open_cell(self) -> None:
        """Open the output cell that was clicked in the lab's window."""
        if cell := sent(self.key("window"))["cell"]:
            self.kept.at = cell["row"], cell["column"]

    # ---- The question

    def ask_another(self) -> None:
        """Go on to the next question."""
        self.kept.seed += 1
        self.kept.answer = None

    def take_answer(self, question: Question) -> None:
        """Take the answer that was given in the lab's card."""
        if given := sent(self.key("predict"))["answer"]:
            self.answer(question, given)

    def answer(self, question: Question, given: str) -> None:
        """Answer a question, and have the lab's window play the cell that shows it."""
        self.kept.answer = question.key(), given
        self.kept.at = question.cell
        count, _ = self.kept.plays
        self.kept.plays = count + 1, question.plays

    def answered(self, question: Question) -> str | None:
        """Return the answer that was given to just that question, or None."""
        asked, given = self.kept.answer or (None, None)
        return given if asked == question.key() else None

    def asks_first(self, settings: Settings) -> None:
        """Show the switch that hides the output until the person has answered; see `asking`."""
        settings.toggle(ASK_FIRST, "Hide the output until I have answered")

    @property
    def hides(self) -> bool:
        """Whether the output is to be hidden until the person has answered."""
        return self.kept.settings.get(ASK_FIRST) is True

    def asking(self, question: Question) -> bool:
        """Return whether the output is to be hidden, as that question is not answered yet."""
        return self.hides and self.answered(question) is None
