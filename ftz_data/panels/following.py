"""A box of widgets that follows the language of the page, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .. import language
from ..extras import needs
from .page import page

with needs("notebooks"):
    import ipywidgets as widgets


class Following(widgets.VBox):
    """A box that is worded anew at each change of the language.

    Parameters
    ----------
    key : str
        Its name on the page: a later box with the same key closes this one.
    children : sequence of ipywidgets.Widget
        What it holds.
    """

    # Also there where a constructor fails: ipywidgets closes what it collects.
    _unsubscribe: Callable[[], None] | None = None
    _open = False
    key = ""

    def __init__(self, key: str, children: Sequence[widgets.Widget]) -> None:
        super().__init__(children)
        self.key, self._open = key, True

    def follow(self) -> None:
        """Follow the language from now on; once everything is built, so that nothing half is."""
        self._unsubscribe = language.subscribe(self._follow)

    def _follow(self, lang: str) -> None:
        """Show everything in a language."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the box with all that it holds; a second call does nothing."""
        if self._open:
            self._open = False
            if self._unsubscribe is not None:
                self._unsubscribe()
            page().drop(self)
            for child in self.children:
                _close(child)
            _close_looks(self)
        super().close()

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        # ipywidgets would print a tree of widgets, which changes with every version, and cut it.
        return super()._repr_mimebundle_(**options) | {"text/plain": repr(self)}


class Worded(Following):
    """Widgets that follow the language of the page by a function of ours.

    Parameters
    ----------
    key, children
        As of `Following`.
    words : callable
        ``words(lang)`` says in text what is shown.
    follow : callable
        ``follow(lang)`` brings the children to a language.
    end : callable, optional
        ``end()`` is called once when the box is closed.
    """

    def __init__(
        self,
        key: str,
        children: Sequence[widgets.Widget],
        words: Callable[[str], str],
        follow: Callable[[str], None],
        end: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(key, children)
        self._words, self._bring, self._end = words, follow, end
        self.follow()
        page().place(self)

    def _follow(self, lang: str) -> None:
        self._bring(lang)

    def close(self) -> None:
        if self._open:
            self._end()
        super().close()

    def __repr__(self) -> str:
        return self._words(language.current())


def _close(widget: widgets.Widget) -> None:
    for child in getattr(widget, "children", ()):
        _close(child)
    _close_looks(widget)
    widget.close()


def _close_looks(widget: widgets.Widget) -> None:
    """Layout and style are widgets of their own, which a box does not close."""
    for name in ("layout", "style"):
        look = getattr(widget, name, None)
        if isinstance(look, widgets.Widget):
            look.close()
