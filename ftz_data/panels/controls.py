"""Controls of a panel: what each offers, how it looks, and how an address writes its value."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..extras import needs
from ..language import Text, Wording, text, worded
from .page import Refused
from .slider import Slider, digits, number

with needs("notebooks"):
    import ipywidgets as widgets

_STYLE = {"description_width": "initial"}
_LAYOUT = {"width": "auto", "max_width": "44em"}


@dataclass(frozen=True)
class Choice:
    """A control that offers keys, shown by their words.

    Attributes
    ----------
    name : str
        Argument of the chart function.
    label : str, Text or Wording
        Label of the control.
    options : sequence
        Keys on offer; the first is the start.
    words : callable
        ``words(key, lang=lang)`` gives the words for a key.
    """

    name: str
    label: str | Text | Wording
    options: Sequence[Any]
    words: Callable[..., str]

    @property
    def start(self) -> Any:
        """Value at the start."""
        return self.options[0]

    def widget(self, lang: str) -> widgets.Dropdown:
        """A widget for the control, at its start."""
        widget = widgets.Dropdown(style=_STYLE, layout=_LAYOUT)
        self.update(widget, lang)
        widget.value = self.start
        return widget

    def update(self, widget: widgets.Dropdown, lang: str) -> None:
        """Give a widget the label and the options of the control, in a language."""
        widget.description = worded(self.label, lang)
        options = tuple((self.words(option, lang=lang), option) for option in self.options)
        if options != tuple(widget.options):
            kept = widget.value
            widget.options = options
            widget.value = kept if kept in self.options else self.start

    def value(self, widget: widgets.Dropdown) -> Any:
        """Present value of a widget."""
        return widget.value

    def check(self, value: Any) -> None:
        """Raise `Refused` where a value is not on offer."""
        if value not in self.options:
            raise Refused(self.name, value, ", ".join(map(str, self.options)))

    def parse(self, written: str) -> Any:
        """A value as an address writes it."""
        return written

    def write(self, value: Any) -> str:
        """A value for an address."""
        return str(value)

    def like(self, other: Control) -> bool:
        """Whether the value of another control may stay, if it is on offer."""
        return isinstance(other, Choice)


@dataclass(frozen=True)
class Number:
    """A control for a number within limits, on a grid of steps from the lower one.

    Attributes
    ----------
    name : str
        Argument of the chart function.
    label : str, Text or Wording
        Label of the control.
    low, high, step, start : float
        Range, step and value at the start, in the unit that the label or the chart names.
    unit : str
        Code of the unit; what is typed may have a sign for percent where it is ``%`` or 1.
    """

    name: str
    label: str | Text | Wording
    low: float
    high: float
    step: float
    start: float
    unit: str = ""

    def widget(self, lang: str) -> Slider:
        """A widget for the control, at its start."""
        widget = Slider()
        self.update(widget, lang)
        widget.value = self.start
        return widget

    def update(self, widget: Slider, lang: str) -> None:
        """Give a widget the label and the range of the control, in a language."""
        widget.read = self.read
        widget.description = worded(self.label, lang)
        widget.hint = text("panel_type", lang, label=widget.description)
        widget.bounds = worded(self._allowed("allowed_steps"), lang)
        widget.say(lang)
        if (widget.min, widget.max, widget.step) != (self.low, self.high, self.step):
            widget.min, widget.max, widget.step = self.low, self.high, self.step
            widget.value = self.start

    def value(self, widget: Slider) -> float:
        """Present value of a widget, on the nearest step.

        A browser counts steps in binary fractions and may send 0.7999999999999999 for 0.8.
        """
        return float(f"{self.low + round(self._steps(widget.value)) * self.step:.10g}")

    def check(self, value: Any) -> None:
        """Raise `Refused` where a value is no number, outside the range, or between two steps."""
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not self.low <= value <= self.high:
            raise Refused(self.name, value, self._allowed("bounds_from_to"))
        steps = self._steps(value)
        if not math.isclose(steps, round(steps), abs_tol=1e-6):
            raise Refused(self.name, value, self._allowed("allowed_steps"))

    def parse(self, written: str) -> Any:
        """A value as it is written; what is no number stays a text, which `check` refuses."""
        found = number(self.name, written, self.unit)
        return written if found is None else found

    def read(self, written: str) -> float:
        """A value as it is written, which is on offer."""
        value: float = self.parse(written)
        try:
            self.check(value)
        except Refused as refused:
            # As it was typed, which is what stands before the eye.
            raise Refused(self.name, written.strip(), refused.allowed) from None
        return value

    def _allowed(self, key: str) -> Text:
        """What is allowed, in the words of a text."""
        low, high, step = map(digits, (self.low, self.high, self.step))
        return Text(key, low=low, high=high, step=step)

    def write(self, value: float) -> str:
        """A value for an address."""
        return f"{value:.10g}"

    def _steps(self, value: float) -> float:
        return (value - self.low) / self.step

    def like(self, other: Control) -> bool:
        """Whether another control has the same range, so that its value may stay."""
        own = (self.low, self.high, self.step)
        return isinstance(other, Number) and own == (other.low, other.high, other.step)


Control = Choice | Number


def allows(control: Control, value: Any) -> bool:
    """Whether a value is on offer."""
    try:
        control.check(value)
    except Refused:
        return False
    return True
