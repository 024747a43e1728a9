"""The page that panels share: what its address asks for, and the state that reopens it."""

from __future__ import annotations

import functools
import gc
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode

from .. import language
from ..extras import needs
from ..language import Text, Wording, worded

with needs("notebooks"):
    import anywidget
    import traitlets

# Characters of a name or a value that a refusal repeats.
LONGEST = 100


class Refused(ValueError):
    """A name or a value that is not on offer.

    Parameters
    ----------
    name : str
        What was asked for.
    value : object
        The value that it should have taken.
    allowed : str, Text or Wording
        What is allowed; worded when it is shown.
    """

    def __init__(self, name: str, value: Any, allowed: str | Text | Wording) -> None:
        super().__init__(f"{name} is {value!r}; allowed: {worded(allowed, 'en')}")
        self.name, self.value, self.allowed = name, value, allowed

    @property
    def short(self) -> str:
        """The value, cut where it would fill the page."""
        value = str(self.value)
        return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"

    def in_(self, lang: str) -> str:
        """The refusal in words."""
        name = self.name if len(self.name) <= LONGEST else f"{self.name[:LONGEST]}…"
        allowed = worded(self.allowed, lang)
        return language.text("address_refused", lang, name=name, value=self.short, allowed=allowed)


class Shown(Protocol):
    """Something on the page that a later one with the same key takes the place of."""

    key: str

    def close(self) -> None:
        """Take it off the page, with all that follows the page for it."""


class Stateful(Shown, Protocol):
    """Something on the page whose controls the address holds."""

    @property
    def moved(self) -> Mapping[str, str]:
        """Controls that are not as they were at the start, as an address writes them."""

    def ask(self, values: Mapping[str, str]) -> None:
        """Set controls to what an address writes; `Refused` where one is not on offer."""


class Page(traitlets.HasTraits):
    """What stands on a page, and its state; the language is that of `language.current`."""

    state = traitlets.Unicode(help="Query string that reopens what is on screen.")
    refused: traitlets.List[Refused] = traitlets.List(
        help="What the address asks for and the page does not offer."
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, Shown] = {}
        self._panels: dict[str, Stateful] = {}
        self._query: str | None = None
        self._asked: dict[str, dict[str, str]] = {}
        self._errors: dict[str, Refused] = {}
        language.subscribe(lambda _: self.publish_state())
        # A page without a panel has a language to take along too.
        self.publish_state()

    def place(self, shown: Shown) -> None:
        """Take something in; what had its key before, as of a cell that is run again, is closed."""
        before = self._shown.get(shown.key)
        self._shown[shown.key] = shown
        if before is not None:
            before.close()

    def add(self, panel: Stateful) -> None:
        """Take in a panel; where the address asks for values of it, it takes them."""
        self.place(panel)
        self._panels[panel.key] = panel
        self._apply(panel)
        self._publish_refusals()
        self.publish_state()

    def drop(self, shown: Shown) -> None:
        """Forget what was closed, unless something else has its key by now."""
        if self._shown.get(shown.key) is shown:
            del self._shown[shown.key]
        if self._panels.get(shown.key) is shown:
            del self._panels[shown.key]
            self._errors.pop(shown.key, None)
            self._publish_refusals()
            self.publish_state()

    def shown(self) -> list[Shown]:
        """What stands on the page."""
        return list(self._shown.values())

    def apply_query(self, query: str) -> None:
        """Bring the page to the state that its address asks for, checked like any input.

        An address is obeyed once: a cell that is run again must not undo what was done since.
        """
        if query == self._query:
            return
        self._query, self._asked, self._errors = query, {}, {}
        for name, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
            key, _, control = name.partition(".")
            if control:
                self._asked.setdefault(key, {})[control] = value
            elif key == "lang" and value in language.LANGS:
                language.use(value)
            elif key == "lang":
                self._errors[key] = Refused(key, value, ", ".join(language.LANGS))
        for panel in list(self._panels.values()):
            self._apply(panel)
        self._publish_refusals()

    def _apply(self, panel: Stateful) -> None:
        # Once for each panel too, so that one that is shown again starts from its start.
        asked = self._asked.pop(panel.key, None)
        if asked is not None:
            try:
                panel.ask(asked)
            except Refused as error:
                self._errors[panel.key] = error

    def _publish_refusals(self) -> None:
        # A panel may come after the address was read: until then it is said not to be there.
        known = ", ".join(self._panels)
        absent = [Refused(key, urlencode(values), known) for key, values in self._asked.items()]
        self.refused = [*self._errors.values(), *absent]

    def publish_state(self) -> None:
        """Publish the state that is on screen."""
        state = {"lang": language.current()}
        for key, panel in self._panels.items():
            state |= {f"{key}.{name}": value for name, value in panel.moved.items()}
        self.state = urlencode(state)


def in_briefing() -> bool:
    """Whether this kernel is that of a page of a briefing."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila/")


@functools.cache
def page() -> Page:
    """The page of this kernel, made at first use."""
    if in_briefing():
        # A kernel of the briefing runs one page and no code of a user's. What is loaded by now
        # stays, and a search of it for garbage would fall into the midst of a redraw.
        gc.freeze()
    return Page()


class Address(anywidget.AnyWidget):
    """The address of the page: read when it opens, and kept at what is on screen."""

    asked = traitlets.Unicode().tag(sync=True)
    state = traitlets.Unicode().tag(sync=True)

    _esm = Path(__file__).with_name("address.js")
