"""A question with answers of which one is chosen, by keyboard as by hand.

The radio buttons of ipywidgets have no name for the whole, and Enter does nothing there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..extras import needs

with needs("notebooks"):
    import anywidget
    import traitlets


class Ask(anywidget.AnyWidget):
    """A question, its answers, a button, and what stands there at the end in their place.

    It holds nothing of which answer is right: the browser sends which one was chosen.
    """

    question = traitlets.Unicode().tag(sync=True)
    options = traitlets.List(traitlets.Unicode()).tag(sync=True)
    button = traitlets.Unicode().tag(sync=True)
    refusal = traitlets.Unicode(help="Why there is no answer yet.").tag(sync=True)
    end = traitlets.Unicode(help="Markup, once there is nothing more to ask.").tag(sync=True)
    others = traitlets.List(traitlets.Unicode(), help="Further buttons.").tag(sync=True)
    pressed = traitlets.Int(-1, help="Which of them was pressed; -1 for none.").tag(sync=True)
    chosen = traitlets.Int(-1, help="Place of the answer that was given; -1 for none.").tag(
        sync=True
    )
    entered = traitlets.Int(help="Counts the answers.").tag(sync=True)
    # Counts the questions: at a new one nothing is chosen, and it takes the focus.
    turn = traitlets.Int().tag(sync=True)

    # Counts what is asked afresh where the focus is elsewhere, as in a list of questions.
    cleared = traitlets.Int().tag(sync=True)

    _esm = Path(__file__).with_name("ask.js")
    _css = Path(__file__).with_name("ask.css")

    @traitlets.validate("chosen")
    def _among(self, proposal: dict[str, Any]) -> int:
        chosen = int(proposal["value"])
        return chosen if 0 <= chosen < len(self.options) else -1

    def renew(self) -> None:
        """Take back what was chosen, and give the focus to what is asked now."""
        self.chosen = self.pressed = -1
        self.turn += 1

    def clear(self) -> None:
        """Take back what was chosen, and leave the focus where it is."""
        self.chosen = self.pressed = -1
        self.cleared += 1
