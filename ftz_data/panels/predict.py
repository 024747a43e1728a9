"""Predict, then show: what is expected is set first, and only then does the figure appear.

Nothing of the figure leaves the kernel before that: no trait, no markup and no picture holds it.
"""

from __future__ import annotations

import html
from typing import Any

from .. import charts, language, predicting
from ..extras import needs
from ..language import text
from ..predicting import Asked
from .ask import Ask
from .controls import Number
from .following import Following
from .page import page
from .panel import Picture, draw

with needs("notebooks"):
    import ipywidgets as widgets


def predict(key: str) -> Predict:
    """A panel that asks what is expected of a figure, and then shows the figure beside it.

    Parameters
    ----------
    key : str
        Key of an observation or a derived quantity, of which a number or a rank is expected, or
        of a pair of statements, of which a verdict is.

    Returns
    -------
    Predict
        Neither the page nor its address keeps what is set.

    Raises
    ------
    KeyError
        If there is no such key; the message names the nearest.
    """
    return Predict(predicting.asked(key))


class Predict(Following):
    """A scale or a choice, a button, and beside them what the figure is, once it is asked for.

    Parameters
    ----------
    question : Asked
        What is to be expected.
    """

    def __init__(self, question: Asked) -> None:
        lang = language.current()
        self._question = question
        self._choices = predicting.choices(question)
        self._set: Any = None
        self._touched = self._refused = False
        self._control = None if self._choices else _number(question)
        self._show, self._reset = widgets.Button(icon="eye"), widgets.Button(icon="undo")
        self._refusal, self._lead = widgets.HTML(), widgets.HTML()
        self._notes, self._picture = widgets.HTML(), Picture()
        inputs: list[widgets.Widget]
        if self._control is None:
            self._input: Any = Ask()
            inputs = [self._input]
        else:
            self._input = self._control.widget(lang)
            self._input.observe(self._touch, "value")
            inputs = [self._input, self._refusal, self._show]
        self._input.observe(lambda _: self.show(), "entered")
        self._show.on_click(lambda _: self.show())
        self._reset.on_click(lambda _: self.reset())
        self._picture.observe(lambda _: self._draw(), "narrow")
        controls = widgets.VBox([*inputs, self._reset])
        controls.add_class("ftz-controls")
        self._lead.add_class("ftz-lead")
        super().__init__(
            f"predict-{question.key}", [self._lead, controls, self._picture, self._notes]
        )
        self.add_class("ftz-predict").add_class("ftz-beside")
        self._draw()
        self.follow()
        page().place(self)

    @property
    def expected(self) -> Any:
        """What was expected when the figure was asked for; None before that."""
        return self._set

    def _touch(self, _: Any) -> None:
        self._touched, self._refused = True, False
        self._refuse(language.current())

    def show(self) -> None:
        """Show the figure beside what is expected now; refused in words where nothing is."""
        if self._control is None:
            chosen = self._input.chosen
            given = None if chosen < 0 else self._choices[chosen]
        else:
            given = self._control.value(self._input) if self._touched else None
            if self._input.refusal:
                return
        self._refused = given is None
        if given is not None:
            self._set = given
        self._draw()

    def _refuse(self, lang: str) -> None:
        """Say that nothing is set yet, where the figure was asked for before."""
        words = text("predict_first", lang) if self._refused else ""
        if self._control is None:
            self._input.refusal = words
        else:
            self._refusal.value = f"<p role='alert'>{html.escape(words)}</p>" if words else ""

    def reset(self) -> None:
        """Take back what was set, and hide the figure."""
        self._set = None
        if self._control is None:
            self._input.renew()
        else:
            self._input.value = self._control.start
            self._input.typed = ""
            self._input.say(language.current())
        self._touched = self._refused = False
        self._draw()

    def _follow(self, lang: str) -> None:
        self._draw()

    def _draw(self) -> None:
        lang = language.current()
        kind = self._question.kind
        if kind == "number":
            kind = "limits" if predicting.has_limits(self._question) else "order"
        self._sentence = text(f"predict_lead_{kind}", lang)
        self._lead.value = f"<p>{html.escape(self._sentence)}</p>"
        self._show.description = text("predict_show", lang)
        self._reset.description = text("predict_again", lang)
        self._reset.tooltip = text("predict_again_hint", lang)
        if self._control is not None:
            self._control.update(self._input, lang)
        else:
            words = [predicting.choice_words(self._question, each) for each in self._choices]
            self._input.question = self._question.name.in_(lang)
            self._input.options = [each.in_(lang) for each in words]
            self._input.button = text("predict_show", lang)
        self._refuse(lang)
        self._reveal(lang)

    def _reveal(self, lang: str) -> None:
        """The figure where it was asked for, and nothing where it was not."""
        drawn = None
        if self._set is not None:
            arguments = {"key": self._question.key, "expected": self._set}
            drawn = draw(charts.predicted, lang, self._picture.narrow, **arguments)
        self._words = drawn.words if drawn else ""
        with self._picture.hold_sync():
            self._picture.png = drawn.png if drawn else b""
            self._picture.alt = self._words
            self._picture.markup = drawn.markup if drawn else ""
            self._picture.question = drawn.question if drawn and not drawn.markup else ""
            self._picture.reading = drawn.reading if drawn else ""
            self._picture.follow(lang)
            self._picture.turn += 1
        self._notes.value = f"{drawn.notes}{self._code(lang)}" if drawn else ""

    def _code(self, lang: str) -> str:
        code = f"ftz_data.charts.predicted({self._question.key!r}, {self._set!r})"
        same = html.escape(text("panel_code", lang))
        return f'<p class="ftz-code">{same}<br><code>{html.escape(code)}</code></p>'

    def __repr__(self) -> str:
        title = text("predict_panel", title=self._question.name.in_())
        return "\n".join(filter(None, [title, self._sentence, self._words]))


def _number(question: Asked) -> Number:
    """The control for a number on the scale of what can be expected."""
    found = predicting.scale(question)
    unit = question.row.unit
    return Number("expected", question.title, found.low, found.high, found.step, found.start, unit)
