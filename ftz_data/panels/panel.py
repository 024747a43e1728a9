"""A panel: controls beside the picture or table that they make.

It is built from a chart function and the controls for its arguments, and holds no logic of its own.
The picture is swapped once the new one is decoded, so nothing flickers, and the line of Python
under it draws the same chart.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import charts, language, tables
from ..extras import needs
from ..language import Text, text, worded
from .controls import Control, Number, allows
from .download import Download
from .following import Following
from .page import Refused, page

with needs("notebooks"):
    import anywidget
    import cachetools
    import ipywidgets as widgets
    import traitlets

# Finished pictures that a kernel keeps: at most so many, and at most so many bytes.
PICTURES, PICTURE_BYTES = 256, 32 * 2**20

# What a panel can show.
Shows = charts.Chart | tables.Table


class Picture(anywidget.AnyWidget):
    """A question, its answer, and a PNG with its alternative text; or a table in their place.

    The old picture stays until the new one is decoded, and the answer changes with it.
    """

    question = traitlets.Unicode().tag(sync=True)
    reading = traitlets.Unicode().tag(sync=True)
    png = traitlets.Bytes().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    markup = traitlets.Unicode().tag(sync=True)
    # What is said where the kernel or the connection with it is lost: it cannot be asked then.
    alone = traitlets.Dict().tag(sync=True)
    # Counts the drawings: the page shows all of one at once.
    turn = traitlets.Int().tag(sync=True)
    shown = traitlets.Bool().tag(sync=True)
    # Whether the page is a phone's, as the browser says.
    narrow = traitlets.Bool().tag(sync=True)

    _esm = Path(__file__).with_name("picture.js")

    def follow(self, lang: str) -> None:
        """Have the words for a loss in a language."""
        self.alone = {key: text(f"panel_{key}", lang) for key in ("lost", "gone")}


@dataclass(frozen=True)
class Drawn:
    """A finished picture or table, and the words that go with it."""

    png: bytes
    words: str
    question: str
    reading: str
    markup: str
    notes: str


@cachetools.cached(
    # Each picture takes the larger of its parts of both limits, so that neither is passed.
    cachetools.LRUCache(1, lambda drawn: max(1 / PICTURES, len(drawn.png) / PICTURE_BYTES)),
    info=True,
)
def draw(function: Callable[..., Shows], lang: str, phone: bool, **arguments: Any) -> Drawn:
    """What a function of `ftz_data.charts` shows for some arguments, made once while it is kept."""
    shown = function(**arguments)
    items = "".join(f"<li>{html.escape(worded(note, lang))}</li>" for note in shown.notes)
    heading = html.escape(text("panel_notes", lang))
    notes = f"<details><summary>{heading}</summary><ul>{items}</ul></details>" if items else ""
    if isinstance(shown, tables.Table):
        markup = f"<style>{tables.stylesheet()}</style>{shown.html(lang)}"
        caption = worded(shown.caption, lang)
        return Drawn(b"", shown.words(lang), caption, "", markup, notes)
    question, reading = (worded(each, lang) for each in (shown.title, shown.reading))
    return Drawn(shown.png(lang, phone), shown.words(lang), question, reading, "", notes)


class Panel(Following):
    """Controls beside the chart that they draw, with caveat, source and the line of Python.

    Parameters
    ----------
    key : str
        Name of the panel in the address of the page; a later panel with this key takes its place.
    lead : callable
        ``lead(values)`` says above the controls what to do here, given their values.
    function : callable
        Chart function of `ftz_data.charts`; called with one keyword a control.
    declare : callable
        ``declare(values)`` returns the controls, given the values so far: the range of one control
        may follow the choice in another before it.
    **fixed
        Arguments of the chart function that no control changes.

    Attributes
    ----------
    inputs : dict of str to ipywidgets.Widget
        The widgets of the controls, by name.
    """

    def __init__(
        self,
        key: str,
        lead: Callable[[dict[str, Any]], Text],
        function: Callable[..., Shows],
        declare: Callable[[dict[str, Any]], Iterable[Control]],
        **fixed: Any,
    ) -> None:
        lang = language.current()
        self._lead, self._function, self._fixed = lead, function, fixed
        self._declare = declare
        self._busy = False
        self.inputs = {control.name: control.widget(lang) for control in declare({})}
        self._lead_shown, self._notes, self._picture = widgets.HTML(), widgets.HTML(), Picture()
        self._reset = widgets.Button(icon="undo")
        self._reset.on_click(lambda _: self.reset())
        for widget in self.inputs.values():
            widget.observe(lambda _: self._draw(), "value")
        self._picture.observe(self._come_alive, "shown")
        self._picture.observe(lambda _: self._draw(), "narrow")
        self._download = Download(key, self.file)
        controls = widgets.VBox([*self.inputs.values(), self._reset, self._download])
        controls.add_class("ftz-controls")
        self._lead_shown.add_class("ftz-lead")
        super().__init__(key, [self._lead_shown, controls, self._picture, self._notes])
        self.add_class("ftz-panel").add_class("ftz-beside")
        try:
            self._draw()
        except Exception:
            self.close()
            raise
        self.follow()
        page().add(self)

    def controls(self) -> dict[str, Control]:
        """The controls for the present values, by name."""
        return self._named(self.values)

    def _named(self, values: dict[str, Any]) -> dict[str, Control]:
        return {control.name: control for control in self._declare(values)}

    @property
    def values(self) -> dict[str, Any]:
        """Present values of the controls."""
        raw = {name: widget.value for name, widget in self.inputs.items()}
        return {name: each.value(self.inputs[name]) for name, each in self._named(raw).items()}

    @property
    def moved(self) -> dict[str, str]:
        """Values that are not those at the start, as the address writes them."""
        values = self.values
        return {
            name: control.write(values[name])
            for name, control in self._named(values).items()
            if values[name] != control.start
        }

    @property
    def words(self) -> str:
        """What the picture shows, in words: its alternative text."""
        return self._picture.alt

    @property
    def code(self) -> str:
        """The line of Python that draws the same chart."""
        arguments = ", ".join(
            f"{name}={value!r}" for name, value in (self._fixed | self.values).items()
        )
        return f"ftz_data.charts.{self._function.__name__}({arguments})"

    def file(self, form: str) -> bytes:
        """What is shown, as the bytes of a file.

        Parameters
        ----------
        form : str
            A format of `ftz_data.export`; a table has no ``png``.
        """
        # What writes files is loaded by whoever wants one.
        from .. import exporting
        from ..exporting.present import Setting, present

        lang, values = language.current(), self.values
        arguments = self._fixed | values
        settings = [
            Setting(name, worded(each.label, lang), values[name], each.start, each.unit)
            for name, each in self._named(values).items()
            if isinstance(each, Number)
        ]
        shown = self._function(**arguments)
        return exporting.write(present(shown, arguments, settings, self.code, lang), form)

    def ask(self, values: Mapping[str, str]) -> None:
        """Set controls to what an address writes, checked like any input.

        It writes what is not as at the start, and so all else goes back there.
        """
        known = self.controls()
        self._set({n: known[n].parse(v) if n in known else v for n, v in values.items()}, {})

    def set(self, **values: Any) -> None:
        """Set controls, checked like any input; others stay, or start anew with another range.

        Raises
        ------
        ValueError
            If a name is unknown or a value is not allowed; the message says what is.
        """
        self._set(values, self.values)

    def _set(self, values: dict[str, Any], present: dict[str, Any]) -> None:
        unknown = [name for name in values if name not in self.inputs]
        if unknown:
            raise Refused(unknown[0], values[unknown[0]], ", ".join(self.inputs))
        accepted: dict[str, Any] = {}
        before = self._named(present) if present else {}
        for name in self.inputs:
            control = next(each for each in self._declare(accepted) if each.name == name)
            if name in values:
                control.check(values[name])
                accepted[name] = values[name]
            elif name in before and control.like(before[name]) and allows(control, present[name]):
                accepted[name] = present[name]
            else:
                accepted[name] = control.start
        self._assign(accepted)

    def reset(self) -> None:
        """Back to the values at the start."""
        self._assign({})

    def _assign(self, values: dict[str, Any]) -> None:
        self._busy = True
        for control in self._declare(values):
            widget = self.inputs[control.name]
            control.update(widget, language.current())
            widget.value = values.get(control.name, control.start)
        self._busy = False
        self._draw()

    def _follow(self, lang: str) -> None:
        self._draw()

    def _come_alive(self, change: dict[str, Any]) -> None:
        # A slider that follows the hand also sends its value as it appears, rounded in binary,
        # and that would undo what the address of the page has just asked for.
        for widget in self.inputs.values():
            if widget.has_trait("continuous_update"):
                widget.continuous_update = True

    def _draw(self) -> None:
        if self._busy:
            return
        lang = language.current()
        self._busy = True
        values = self.values
        for name, control in self._named(values).items():
            widget = self.inputs[name]
            control.update(widget, lang)
            # The readout must never show another number than the one that is drawn.
            widget.value = control.value(widget)
        self._busy = False
        drawn = draw(self._function, lang, self._picture.narrow, **self._fixed, **self.values)
        self._title = text("panel_title", lang, title=drawn.question)
        self._sentence = self._lead(values).in_(lang)
        self._lead_shown.value = f"<p>{html.escape(self._sentence)}</p>"
        self._reset.description = text("panel_reset", lang)
        self._reset.tooltip = text("panel_reset_hint", lang)
        self._download.follow(lang, not drawn.markup)
        with self._picture.hold_sync():
            self._picture.png, self._picture.alt = drawn.png, drawn.words
            # A table has its caption.
            self._picture.question = "" if drawn.markup else drawn.question
            self._picture.reading, self._picture.markup = drawn.reading, drawn.markup
            self._picture.follow(lang)
            self._picture.turn += 1
        same, code = html.escape(text("panel_code", lang)), html.escape(self.code)
        self._notes.value = f'{drawn.notes}<p class="ftz-code">{same}<br><code>{code}</code></p>'
        page().publish_state()

    def __repr__(self) -> str:
        return f"{self._title}\n{self._sentence}\n{self.words}"
