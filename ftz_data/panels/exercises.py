"""Exercises to be solved on the page: question, answer, hints in steps, the answer on demand.

What is right stays in the kernel: the page holds the question and what was said of an answer.
"""

from __future__ import annotations

import html
from typing import Any

from .. import language, teaching
from ..extras import needs
from ..language import text
from ..teaching.exercises import exercise_keys, find, named
from ..teaching.solving import option_label, options
from .ask import Ask
from .following import Worded

with needs("notebooks"):
    import ipywidgets as widgets

# Else a label that is longer than its place is cut.
_WHOLE = {"description_width": "initial"}
_NARROW = {"width": "30em", "max_width": "100%"}


def exercise(key: str) -> widgets.Widget:
    """One exercise with a field for the answer, hints in steps, and the answer on demand.

    Parameters
    ----------
    key : str
        Key of `load_exercises`.

    Returns
    -------
    ipywidgets.Widget

    Raises
    ------
    KeyError
        If there is no such exercise; the message names the nearest.
    """
    find(key)
    return _Exercises(f"exercise-{key}", [key]).box()


def exercises(section: str) -> widgets.Widget:
    """The exercises of a section, one at a time.

    Parameters
    ----------
    section : str
        A section that has exercises.

    Returns
    -------
    ipywidgets.Widget

    Raises
    ------
    KeyError
        If there is no such section; the message names the nearest.
    """
    return _Exercises(f"exercises-{section}", exercise_keys(section)).box()


class _Exercises:
    """Widgets of a list of exercises, of which one is shown."""

    def __init__(self, key: str, keys: list[str]) -> None:
        self._key, self._keys = key, keys
        self._row = find(keys[0])
        # Steps of hints that were asked for, whether the answer was, and the last mark.
        self._hints, self._told = 0, False
        self._marked: teaching.Marked | None = None
        self._busy = False
        self._chooser = widgets.Dropdown(options=keys, style=_WHOLE, layout={"width": "20em"})
        self._question = widgets.HTML()
        self._field = widgets.Text(continuous_update=False, style=_WHOLE, layout=_NARROW)
        self._choice = Ask()
        self._check, self._hint, self._show, self._next = (
            widgets.Button(layout={"width": "auto"}) for _ in range(4)
        )
        self._said = widgets.HTML()
        self._chooser.observe(self._choose, "value")
        self._field.observe(lambda change: self._mark(change["new"]), "value")
        self._choice.observe(lambda _: self._mark(self._given()), "entered")
        self._check.on_click(lambda _: self._mark(self._given()))
        self._hint.on_click(self._more)
        self._show.on_click(self._tell)
        self._next.on_click(self._step)

    def box(self) -> widgets.Widget:
        """All of it, following the language of the page."""
        buttons = widgets.HBox([self._check, self._hint, self._show, self._next])
        buttons.layout.flex_flow = "row wrap"
        many = len(self._keys) > 1
        self._chooser.layout.display = self._next.layout.display = None if many else "none"
        self._place = widgets.VBox([self._choice])
        children = [self._chooser, self._question, self._field, self._place, buttons, self._said]
        self._open()
        self._follow(language.current())
        box = Worded(self._key, children, self._words, self._follow)
        box.add_class("ftz-exercises")
        return box

    def _words(self, lang: str) -> str:
        return "\n".join(teaching.exercise(self._row.exercise).lines(lang))

    def _open(self) -> None:
        """Show the present exercise as one that is not answered yet."""
        self._hints, self._told, self._marked = 0, False, None
        codes = options(self._row)
        self._field.layout.display = "none" if codes or self._row.kind == "open" else None
        self._place.layout.display = None if codes else "none"
        self._check.layout.display = "none" if codes or self._row.kind == "open" else None
        self._busy = True
        self._field.value = ""
        self._busy = False
        self._choice.clear()

    def _follow(self, lang: str) -> None:
        """Word everything; the list too, which would lose what is chosen meanwhile."""
        self._chooser.description = text("exercises_choose", lang)
        self._busy = True
        self._chooser.options = [(named(find(key), lang), key) for key in self._keys]
        self._chooser.value = self._row.exercise
        self._busy = False
        self._field.description = text("exercises_answer", lang)
        self._field.placeholder = text("exercises_answer_hint", lang)
        for button, key in (
            (self._check, "exercises_check"),
            (self._hint, "exercises_hint"),
            (self._show, "exercises_show"),
            (self._next, "exercises_next"),
        ):
            button.description = text(key, lang)
        self._ask(lang)

    def _ask(self, lang: str) -> None:
        """Word the present exercise."""
        about, asked, *_ = teaching.exercise(self._row.exercise).lines(lang)
        self._question.value = (
            f"<p class='ftz-about'>{html.escape(about)}</p><p><b>{html.escape(asked)}</b></p>"
        )
        self._choice.question = text("exercises_answer", lang)
        self._choice.button = text("exercises_check", lang)
        self._choice.options = [option_label(self._row, code, lang) for code in options(self._row)]
        self._say(lang)

    def _say(self, lang: str) -> None:
        """What was said so far: hints, the last mark, and the answer where it was asked for."""
        key = self._row.exercise
        lines = [teaching.hint(key, step + 1).lines(lang)[0] for step in range(self._hints)]
        if self._marked is not None:
            signs: dict[bool | None, str] = {True: "✓ ", False: "✗ ", None: ""}
            sign = signs[self._marked.right]
            lines.append(sign + self._marked.said.in_(lang))
        if self._told:
            lines += [text("exercises_shown", lang), *teaching.solution(key).lines(lang)]
        shown = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
        self._said.value = f"<div role='status'>{shown}</div>"

    def _given(self) -> Any:
        codes = options(self._row)
        if not codes:
            return self._field.value
        return codes[self._choice.chosen] if self._choice.chosen >= 0 else ""

    def _mark(self, answer: Any) -> None:
        if not self._busy:
            self._marked = teaching.check(self._row.exercise, answer)
            self._say(language.current())

    def _more(self, _: Any) -> None:
        self._hints = min(self._hints + 1, len(self._row.hints_en.split("|")))
        self._say(language.current())

    def _tell(self, _: Any) -> None:
        self._told = True
        self._say(language.current())

    def _choose(self, change: dict[str, Any]) -> None:
        # New words for the options choose the first one for a moment.
        if not self._busy:
            self._row = find(change["new"])
            self._open()
            self._ask(language.current())

    def _step(self, _: Any) -> None:
        at = self._keys.index(self._row.exercise)
        self._chooser.value = self._keys[(at + 1) % len(self._keys)]
