"""A slider beside a field for the same number: what is typed is read here, or refused in words.

The slider of ipywidgets has a field too, but reads "1,000" as 1, moves nothing where what is typed
lies outside its range, and has no name for screen readers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from .. import language
from ..extras import needs
from ..language import Text, text, worded
from .page import Refused

with needs("notebooks"):
    import anywidget
    import traitlets

# Full-width forms to those of a keyboard, and every space and minus that texts have to one of each.
_KEYBOARD = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_KEYBOARD |= dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\u3000"), " ")
_KEYBOARD |= {ord("\u2212"): "-"}

# A first group cannot be 0: 0,500 is a half, written with a comma.
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}([, ])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]*)?")
_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COMMA = re.compile(r"[+-]?[0-9., ]*,[0-9 ]*")


def number(name: str, written: str, unit: str = "") -> float | None:
    """The number that is written, with groups of digits or without.

    Parameters
    ----------
    name : str
        What the number is for, as a refusal names it.
    written : str
        As typed, or as in an address; full-width digits are read too.
    unit : str
        Unit of the number. A sign for percent is read where it is ``%``, or 1 for a share.

    Returns
    -------
    float or None
        None where it is no number.

    Raises
    ------
    Refused
        If a comma may be meant as a decimal point, or a sign for percent does not belong there.

    Examples
    --------
    >>> number("amount", "1,180"), number("amount", "１２．５"), number("amount", "80%", "1")
    (1180.0, 12.5, 0.8)
    >>> number("amount", "0,5")
    Traceback (most recent call last):
    ftz_data.panels.page.Refused: amount is '0,5'; allowed: a decimal point, as in 0.5; ...
    """
    given = written.translate(_KEYBOARD).strip()
    bare = given.removesuffix("%").rstrip()
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(",", "").replace(" ", "")
    elif _COMMA.fullmatch(bare):
        raise Refused(name, written, Text("allowed_point"))
    if not _PLAIN.fullmatch(bare):
        return None
    if not given.endswith("%"):
        return float(bare)
    if unit not in ("%", "1"):
        raise Refused(name, written, Text("allowed_no_percent"))
    # Decimal, since a hundredth of a binary fraction may lie beside its step.
    return float(Decimal(bare) / (1 if unit == "%" else 100))


def digits(value: float) -> str:
    """A number as people read it: groups of three digits, and no powers of ten.

    Examples
    --------
    >>> digits(250000000), digits(0.05), digits(0.7999999999999999)
    ('250,000,000', '0.05', '0.8')
    """
    return f"{Decimal(f'{value:.10g}'):,f}"


class _Finite(traitlets.Float):  # type: ignore[type-arg]
    """A number that is one: JSON as Python reads it has NaN and infinities too."""

    def validate(self, obj: Any, value: Any) -> float:
        number = super().validate(obj, value)
        if not math.isfinite(number):
            self.error(obj, value)
        return float(number)


class Slider(anywidget.AnyWidget):
    """A slider and a field for one number, with its bounds, and a line for what is refused."""

    value = _Finite().tag(sync=True)
    min = traitlets.Float(0.0).tag(sync=True)
    max = traitlets.Float(1.0).tag(sync=True)
    step = traitlets.Float(0.1).tag(sync=True)
    description = traitlets.Unicode(help="Label of the slider.").tag(sync=True)
    hint = traitlets.Unicode(help="Name of the field, for screen readers.").tag(sync=True)
    bounds = traitlets.Unicode(help="The range in words.").tag(sync=True)
    refusal = traitlets.Unicode(help="Why what was typed is not taken.").tag(sync=True)
    typed = traitlets.Unicode(help="What was typed, until it is read.").tag(sync=True)
    entered = traitlets.Int(help="Counts the key Enter.").tag(sync=True)

    _esm = Path(__file__).with_name("slider.js")
    _css = Path(__file__).with_name("slider.css")

    _refused: Refused | None = None

    def __init__(self, **values: Any) -> None:
        self.read: Callable[[str], float] = float
        super().__init__(**values)

    @traitlets.validate("value")
    def _within(self, proposal: dict[str, Any]) -> float:
        return min(max(float(proposal["value"]), self.min), self.max)

    @traitlets.observe("typed")
    def _take(self, _: Any) -> None:
        if not self.typed:
            return
        try:
            value = self.read(self.typed)
        except Refused as refused:
            self._refused = refused
        else:
            self._refused, self.value = None, value
        # The field shows what is drawn again, whatever came of it.
        self.typed = ""
        self.say(language.current())

    @traitlets.observe("entered")
    def _enter(self, _: Any) -> None:
        # It may come in one message with what was typed, and is heard in any order.
        self._take(None)

    @traitlets.observe("value")
    def _forget(self, _: Any) -> None:
        self._refused, self.refusal = None, ""

    def say(self, lang: str) -> None:
        """Say in a language what was refused; nothing where nothing was."""
        refused = self._refused
        self.refusal = (
            text("panel_refused", lang, value=refused.short, allowed=worded(refused.allowed, lang))
            if refused
            else ""
        )
