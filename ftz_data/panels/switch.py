"""Buttons that change the language of a page, which also takes what its address asks for."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from .. import language
from ..extras import needs
from ..language import text
from .following import Worded
from .page import Address, page

with needs("notebooks"):
    import anywidget
    import ipywidgets as widgets
    import traitlets

_NAMES = {"en": "English", "zh": "中文"}


class Languages(anywidget.AnyWidget):
    """A button for each language; those of ipywidgets tell no screen reader which is pressed."""

    names = traitlets.Dict(_NAMES).tag(sync=True)
    value = traitlets.Enum(language.LANGS).tag(sync=True)
    description = traitlets.Unicode(help="Name of the group.").tag(sync=True)

    _esm = Path(__file__).with_name("switch.js")


def language_switch() -> widgets.Widget:
    """Buttons that change the language of the whole page: prose, charts and panels.

    The page also takes the state that its address asks for; what it does not offer is said here.

    Returns
    -------
    ipywidgets.Widget
    """
    buttons = Languages(value=language.current())
    rule, refusals, address = widgets.HTML(), widgets.HTML(), Address()

    def follow(lang: str) -> None:
        buttons.value = lang
        buttons.description = text("panel_language", lang)
        # Scoped to rendered cells: JupyterLab's own page carries lang="en" too.
        rule.value = "".join(
            f"<style>.jp-RenderedHTMLCommon div[lang={other}] {{display: none}}</style>"
            for other in language.LANGS
            if other != lang
        )
        refusals.value = "".join(
            f"<p role='alert'>{html.escape(refused.in_(lang))}</p>" for refused in page().refused
        )

    def refuse(_: Any) -> None:
        follow(language.current())

    def end() -> None:
        page().unobserve(refuse, "refused")
        state.unlink()

    buttons.observe(lambda change: language.use(change["new"]), "value")
    address.observe(lambda change: page().apply_query(change["new"]), "asked")
    page().observe(refuse, "refused")
    state = traitlets.dlink((page(), "state"), (address, "state"))
    follow(language.current())
    children = [buttons, rule, refusals, address]
    return Worded("language", children, lambda lang: text("panel_language", lang), follow, end)
