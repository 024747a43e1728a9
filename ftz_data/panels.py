"""Panels: controls beside a chart. The only module that knows ipywidgets.

A panel is built from a chart function and the controls for its arguments; it holds no logic of its
own. The picture is swapped once the new one is decoded, so nothing flickers, and the line of
Python under it draws the same chart. The state of a page is a query string: a link that carries it
reopens what was on screen.
"""

from __future__ import annotations

import functools
import gc
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import anywidget
import cachetools
import ipywidgets as widgets
import pandas as pd
import traitlets

from . import charts, derived, language, models
from .cards import period, place, title
from .charts.common import each, system
from .language import in_words, label, text
from .load import (
    load_claims,
    load_context,
    load_glossary,
    load_instruments,
    load_models,
    load_observations,
    load_parameters,
    load_sources,
)

# What is loaded by now stays. If it were searched for garbage too, that would take a tenth of a
# second every now and then, in the midst of a redraw.
gc.freeze()

# Finished pictures that a kernel keeps: at most so many, and at most so many bytes.
PICTURES, PICTURE_BYTES = 256, 32 * 2**20


class _Page(traitlets.HasTraits):
    """What the panels of a page share: its language, and the state that its address holds."""

    lang = traitlets.Enum(language.LANGS)
    state = traitlets.Unicode(help="Query string that reopens what is on screen.")
    refused = traitlets.List(help="What the address asks for and the page does not offer.")

    def __init__(self) -> None:
        super().__init__()
        self.panels: dict[str, Panel] = {}
        self._asked: dict[str, dict[str, str]] = {}
        self._errors: dict[str, _Refused] = {}

    @traitlets.default("lang")
    def _start(self) -> str:
        return language.current()

    @traitlets.observe("lang")
    def _use(self, change: dict) -> None:
        language.use(change["new"])
        self.note()

    def add(self, panel: Panel) -> None:
        """Take in a panel; where the address asks for values of it, it takes them."""
        self.panels[panel.key] = panel
        self._bring(panel)
        self._say()
        self.note()

    def drop(self, panel: Panel) -> None:
        """Forget a panel that was closed."""
        if self.panels.get(panel.key) is panel:
            del self.panels[panel.key]

    def ask(self, query: str) -> None:
        """Bring the page to the state that a query string asks for, checked like any input."""
        self._asked, self._errors = {}, {}
        for name, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True):
            key, _, control = name.partition(".")
            if control:
                self._asked.setdefault(key, {})[control] = value
            elif key == "lang" and value in language.LANGS:
                self.lang = value
            elif key == "lang":
                self._errors[key] = _Refused(key, value, each(lambda _: ", ".join(language.LANGS)))
        for panel in list(self.panels.values()):
            self._bring(panel)
        self._say()

    def _bring(self, panel: Panel) -> None:
        if panel.key in self._asked:
            try:
                panel.ask(self._asked[panel.key])
            except _Refused as error:
                self._errors[panel.key] = error

    def _say(self) -> None:
        # A panel may come after the address was read: until then it is said not to be there.
        known = ", ".join(self.panels)
        absent = [
            _Refused(key, urlencode(values), each(lambda _: known))
            for key, values in self._asked.items()
            if key not in self.panels
        ]
        self.refused = [*self._errors.values(), *absent]

    def note(self) -> None:
        """Note the state that is on screen."""
        state = {"lang": self.lang}
        for key, panel in self.panels.items():
            state |= {f"{key}.{name}": value for name, value in panel.moved.items()}
        self.state = urlencode(state)


class _Refused(ValueError):
    """A name or a value that is not on offer.

    Parameters
    ----------
    name, value : str
        What was asked for.
    allowed : dict of str to str
        What is allowed, by language.
    """

    def __init__(self, name: str, value: Any, allowed: dict[str, str]) -> None:
        super().__init__(f"{name} is {value!r}; allowed: {allowed['en']}")
        self.name, self.value, self.allowed = name, value, allowed


_page = _Page()


class _Address(anywidget.AnyWidget):
    """The address of the page: read when it opens, and kept at what is on screen."""

    asked = traitlets.Unicode().tag(sync=True)
    state = traitlets.Unicode().tag(sync=True)

    _esm = """
    export default {
      render({ model }) {
        // JupyterLab rewrites its address while it opens; the browser remembers the first one.
        const opened = new URL(performance.getEntriesByType("navigation")[0].name);
        if (!model.get("asked")) {
          opened.searchParams.delete("token");
          model.set("asked", opened.search || "?");
          model.save_changes();
        }
        // JupyterLab's own address names the open file, and stays its own.
        if (!document.body.dataset.voila) return;
        model.on("change:state", () => {
          const state = new URLSearchParams(model.get("state"));
          const address = new URL(location);
          for (const name of [...address.searchParams.keys()])
            if (name === "lang" || name.includes(".")) address.searchParams.delete(name);
          for (const [name, value] of state) address.searchParams.append(name, value);
          history.replaceState(null, "", address);
          document.documentElement.lang = state.get("lang");
        });
      },
    };
    """


class Picture(anywidget.AnyWidget):
    """A PNG with its alternative text; the old picture stays until the new one is decoded."""

    png = traitlets.Bytes().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    shown = traitlets.Bool().tag(sync=True)

    _esm = """
    export default {
      render({ model, el }) {
        const image = document.createElement("img");
        image.style.maxWidth = "100%";
        el.append(image);
        let newest = 0;
        async function show() {
          const turn = ++newest;
          const next = new Image();
          const url = URL.createObjectURL(new Blob([model.get("png")], { type: "image/png" }));
          next.src = url;
          const alt = model.get("alt");
          await next.decode();
          if (turn !== newest) return URL.revokeObjectURL(url);
          const old = image.src;
          image.src = url;
          image.alt = alt;
          if (old) URL.revokeObjectURL(old);
          const panel = el.closest(".ftz-panel");
          for (const control of panel?.querySelectorAll("select, .noUi-handle") ?? []) {
            // JupyterLab would else take arrows and letters, some of which delete a cell.
            control.dataset.lmSuppressShortcuts = "";
            // The label beside a slider of ipywidgets is not tied to it for screen readers.
            const slider = control.closest(".widget-slider");
            if (slider) control.ariaLabel = slider.querySelector(".widget-label").textContent;
          }
          if (!model.get("shown")) {
            model.set("shown", true);
            model.save_changes();
          }
        }
        model.on("change:png", show);
        show();
      },
    };
    """


@dataclass(frozen=True)
class _Drawn:
    """A finished picture, and the words that go with it."""

    png: bytes
    words: str
    title: str
    caveats: str


@cachetools.cached(
    # Each picture takes the larger of its parts of both limits, so that neither is passed.
    cachetools.LRUCache(1, lambda drawn: max(1 / PICTURES, len(drawn.png) / PICTURE_BYTES)),
    info=True,
)
def _drawn(function: Callable[..., charts.Chart], lang: str, **arguments: Any) -> _Drawn:
    chart = function(**arguments)
    # The notes of a model are its assumptions, and those of derived figures their readings.
    name = "panel_note" if chart.kind in ("model", "derived") else "panel_caveat"
    caveats = "".join(
        f"<p><strong>{html.escape(text(name, lang))}</strong> {html.escape(caveat)}</p>"
        for caveat in chart.caveat[lang]
    )
    title = text("panel_title", lang, title=chart.title[lang])
    return _Drawn(chart.png(lang), chart.words(lang), title, caveats)


@dataclass(frozen=True)
class Choice:
    """A control that offers keys, shown by their words.

    Attributes
    ----------
    name : str
        Argument of the chart function.
    label : callable
        ``label(lang)`` gives the control's label.
    options : list
        Keys on offer; the first is the start.
    say : callable
        ``say(key, lang)`` gives the words for a key.
    """

    name: str
    label: Callable[[str], str]
    options: list[Any]
    say: Callable[[Any, str], str]


@dataclass(frozen=True)
class Number:
    """A control for a number within limits.

    Attributes
    ----------
    name : str
        Argument of the chart function.
    label : callable
        ``label(lang)`` gives the control's label.
    low, high, step, start : float
        Range, step and value at the start, in the unit that the label or the chart names.
    """

    name: str
    label: Callable[[str], str]
    low: float
    high: float
    step: float
    start: float


Control = Choice | Number


class _Following(widgets.VBox):
    """A box that follows the language of the page, and shows in a few words what it holds."""

    def __init__(self, children: list[widgets.Widget]) -> None:
        super().__init__(children)
        _page.observe(self._follow, "lang")
        self._following = True

    def _follow(self, change: dict | None = None) -> None:
        raise NotImplementedError

    def close(self) -> None:
        # ipywidgets closes once more when the box is collected.
        if self._following:
            self._following = False
            _page.unobserve(self._follow, "lang")
        super().close()

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        # ipywidgets would print a tree of widgets, which changes with every version, and cut it.
        return super()._repr_mimebundle_(**options) | {"text/plain": repr(self)}


class Panel(_Following):
    """Controls beside the chart that they draw, with caveat, source and the line of Python.

    Parameters
    ----------
    key : str
        Name of the panel in the address of the page.
    function : callable
        Chart function of `ftz_data.charts`; called with one keyword a control.
    declare : callable
        ``declare(values)`` returns the controls, given the values so far: the range of one control
        may follow the choice in another before it.
    **fixed
        Arguments of the chart function that no control changes.
    """

    def __init__(
        self,
        key: str,
        function: Callable[..., charts.Chart],
        declare: Callable[[dict[str, Any]], list[Control]],
        **fixed: Any,
    ) -> None:
        self.key = key
        self._function, self._declare, self._fixed = function, declare, fixed
        self._busy = False
        self._widgets = {control.name: _widget(control) for control in self._declare({})}
        self._picture = Picture()
        self._notes = widgets.HTML()
        self._reset = widgets.Button(icon="undo")
        self._reset.on_click(lambda _: self.reset())
        for control in self._widgets.values():
            control.observe(lambda _: self._draw(), "value")
        self._picture.observe(self._come_alive, "shown")
        controls = widgets.VBox([*self._widgets.values(), self._reset])
        controls.add_class("ftz-controls")
        super().__init__([controls, self._picture, self._notes])
        self.add_class("ftz-panel")
        self._draw()
        _page.add(self)

    @property
    def values(self) -> dict[str, Any]:
        """Present values of the controls."""
        # A browser counts steps in binary fractions and sends 0.7999999999999999 for 0.8.
        return {
            name: float(f"{control.value:.10g}")
            if isinstance(control, widgets.FloatSlider)
            else control.value
            for name, control in self._widgets.items()
        }

    @property
    def moved(self) -> dict[str, str]:
        """Values that are not those at the start, as the address writes them."""
        present = self.values
        return {
            control.name: f"{present[control.name]:.10g}"
            if isinstance(control, Number)
            else str(present[control.name])
            for control in self._declare(present)
            if present[control.name] != _start(control)
        }

    def ask(self, values: dict[str, str]) -> None:
        """Set controls to what an address writes, checked like any input."""
        self.set(**{name: _read(self._widgets.get(name), value) for name, value in values.items()})

    def set(self, **values: Any) -> None:
        """Set controls, checked like any input.

        Raises
        ------
        ValueError
            If a name is unknown or a value is not allowed; the message says what is.
        """
        unknown = [name for name in values if name not in self._widgets]
        if unknown:
            known = ", ".join(self._widgets)
            raise _Refused(unknown[0], values[unknown[0]], each(lambda _: known))
        accepted: dict[str, Any] = {}
        for name, present in self.values.items():
            # The range of a control may follow from those before it, so they are settled in turn.
            control = next(each for each in self._declare(accepted) if each.name == name)
            if name in values:
                _check(control, values[name])
                accepted[name] = values[name]
            else:
                accepted[name] = present if _allows(control, present) else _start(control)
        self._assign(accepted)

    def reset(self) -> None:
        """Back to the values at the start."""
        self._assign({})

    def _assign(self, values: dict[str, Any]) -> None:
        self._busy = True
        for control in self._declare(values):
            widget = self._widgets[control.name]
            _declare(widget, control, _page.lang)
            widget.value = values.get(control.name, _start(control))
        self._busy = False
        self._draw()

    def _follow(self, change: dict | None = None) -> None:
        self._draw()

    def _come_alive(self, change: dict) -> None:
        # A slider that follows the hand also sends its value as it appears, rounded in binary,
        # and that would undo what the address of the page has just asked for.
        for control in self._widgets.values():
            if isinstance(control, widgets.FloatSlider):
                control.continuous_update = True

    def close(self) -> None:
        _page.drop(self)
        super().close()

    def _draw(self) -> None:
        if self._busy:
            return
        lang = _page.lang
        self._busy = True
        for control in self._declare(self.values):
            _declare(self._widgets[control.name], control, lang)
        self._busy = False
        drawn = _drawn(self._function, lang, **self._fixed, **self.values)
        self._title = drawn.title
        self._reset.description = text("panel_reset", lang)
        self._reset.tooltip = text("panel_reset_hint", lang)
        with self._picture.hold_sync():
            self._picture.png, self._picture.alt = drawn.png, drawn.words
        same, code = html.escape(text("panel_code", lang)), html.escape(self._code())
        self._notes.value = f'{drawn.caveats}<p class="ftz-code">{same}<br><code>{code}</code></p>'
        _page.note()

    def _code(self) -> str:
        arguments = ", ".join(
            f"{name}={value!r}" for name, value in (self._fixed | self.values).items()
        )
        return f"ftz_data.charts.{self._function.__name__}({arguments})"

    def __repr__(self) -> str:
        return f"{self._title}\n{self._picture.alt}"


def _words(key: str) -> Callable[[str], str]:
    return lambda lang: text(key, lang)


def _start(control: Control) -> Any:
    return control.options[0] if isinstance(control, Choice) else control.start


def _widget(control: Control) -> widgets.Widget:
    style = {"description_width": "initial"}
    layout = {"width": "auto", "max_width": "44em"}
    if isinstance(control, Choice):
        widget = widgets.Dropdown(style=style, layout=layout)
    else:
        widget = widgets.FloatSlider(
            style=style, layout=layout, readout_format="", continuous_update=False
        )
    _declare(widget, control, _page.lang)
    widget.value = _start(control)
    return widget


def _declare(widget: widgets.Widget, control: Control, lang: str) -> None:
    """Give a widget the label and the range of its control."""
    widget.description = control.label(lang)
    if isinstance(control, Choice):
        options = [(control.say(option, lang), option) for option in control.options]
        if tuple(options) != tuple(widget.options):
            kept = widget.value
            widget.options = options
            widget.value = kept if kept in control.options else control.options[0]
    elif (widget.min, widget.max, widget.step) != (control.low, control.high, control.step):
        # Widened first: ipywidgets refuses a minimum above the present maximum.
        widget.min, widget.max = min(widget.min, control.low), max(widget.max, control.high)
        widget.value = control.start
        widget.min, widget.max, widget.step = control.low, control.high, control.step


def _allows(control: Control, value: Any) -> bool:
    if isinstance(control, Choice):
        return value in control.options
    return isinstance(value, (int, float)) and control.low <= value <= control.high


def _check(control: Control, value: Any) -> None:
    if not _allows(control, value):
        if isinstance(control, Choice):
            allowed = each(lambda _: ", ".join(map(str, control.options)))
        else:
            low, high = f"{control.low:g}", f"{control.high:g}"
            allowed = each(lambda lang: text("bounds_from_to", lang, low=low, high=high))
        raise _Refused(control.name, value, allowed)


def _read(widget: widgets.Widget | None, value: str) -> Any:
    """A value as an address writes it; what cannot be read stays a text, which is then refused."""
    if isinstance(widget, widgets.FloatSlider):
        try:
            return float(value)
        except ValueError:
            return value
    return value


class _Shown(_Following):
    """Widgets that follow the language of the page by a function of ours.

    Parameters
    ----------
    children : list of ipywidgets.Widget
    words : callable
        ``words()`` says in text what is shown.
    follow : callable
        ``follow()`` brings the children to the language of the page.
    """

    def __init__(
        self,
        children: list[widgets.Widget],
        words: Callable[[], str],
        follow: Callable[[], None],
    ) -> None:
        super().__init__(children)
        self._words, self._bring = words, follow

    def _follow(self, change: dict | None = None) -> None:
        self._bring()

    def __repr__(self) -> str:
        return self._words()


def language_switch() -> widgets.Widget:
    """Buttons that change the language of the whole page: prose, charts and panels.

    The page also takes the state that its address asks for; what it does not offer is said here.

    Returns
    -------
    ipywidgets.Widget
    """
    buttons = widgets.ToggleButtons(options=[("English", "en"), ("中文", "zh")], value=_page.lang)
    rule, refusals, address = widgets.HTML(), widgets.HTML(), _Address()

    def show() -> None:
        lang = _page.lang
        buttons.description = text("panel_language", lang)
        # Scoped to rendered cells: JupyterLab's own page carries lang="en" too.
        rule.value = "".join(
            f"<style>.jp-RenderedHTMLCommon div[lang={other}] {{display: none}}</style>"
            for other in language.LANGS
            if other != lang
        )
        refusals.value = "".join(
            f"<p role='alert'>{html.escape(_refusal(refused, lang))}</p>"
            for refused in _page.refused
        )

    traitlets.link((buttons, "value"), (_page, "lang"))
    traitlets.dlink((_page, "state"), (address, "state"))
    address.observe(lambda change: _page.ask(change["new"]), "asked")
    _page.observe(lambda _: show(), "refused")
    show()
    children = [buttons, rule, refusals, address]
    return _Shown(children, lambda: text("panel_language", _page.lang), show)


def _refusal(refused: _Refused, lang: str) -> str:
    return text(
        "address_refused",
        lang,
        name=refused.name,
        value=refused.value,
        allowed=refused.allowed[lang],
    )


def what_if(instrument: str) -> Panel:
    """A panel that applies the figures of a system to a number of the reader's own.

    Parameters
    ----------
    instrument : str
        Key of an instrument with figures of stage change, share or level.

    Returns
    -------
    Panel
    """
    _, rows = system(instrument)
    rows = rows[rows["stage"].isin(["change", "share", "level"])].set_index(
        "observation_id", drop=False
    )

    def declare(values: dict[str, Any]) -> list[Control]:
        row = rows.loc[values.get("observation", rows.index[0])]
        # Round numbers of ours, marked as assumed: the report prints no baseline and no count.
        if row.stage == "change" and row.unit != "%":
            low, high, step, start = -row.value, -10 * row.value, 0.5, -2 * row.value
        else:
            low, high, step, start = 1.0, 1000.0, 1.0, 100.0
        return [
            Choice("observation", _words("panel_figure"), list(rows.index), _say_figure),
            Number("amount", _words(f"panel_amount_{row.stage}"), low, high, step, start),
        ]

    return Panel(f"what_if-{instrument}", charts.what_if, declare)


@functools.cache
def _say_figure(observation: str, lang: str) -> str:
    row = load_observations().set_index("observation_id").loc[observation]
    return title(row, lang) + text("separator", lang) + in_words(row, lang)


def figures(section: str) -> Panel:
    """A panel that shows one figure of a section at a time, with its bounds and caveat.

    Parameters
    ----------
    section : str
        A section with figures.

    Returns
    -------
    Panel
    """
    keys = list(load_observations().query("section == @section")["observation_id"])
    control = Choice("key", _words("panel_figure"), keys, _say_figure)
    return Panel(f"figures-{section}", charts.figures, lambda _: [control])


def claims(section: str) -> Panel:
    """A panel that shows the claims of one system of a section at a time.

    Parameters
    ----------
    section : str
        A section with claims.

    Returns
    -------
    Panel
    """
    keys = list(dict.fromkeys(load_claims().query("section == @section")["instrument"].dropna()))
    names = load_instruments().set_index("instrument")
    control = Choice(
        "key", _words("panel_system"), keys, lambda key, lang: names.loc[key, f"name_{lang}"]
    )
    return Panel(f"claims-{section}", charts.claims, lambda _: [control])


def supervision_modes() -> Panel:
    """A panel that finds the customs supervision mode of a sale across the border.

    Returns
    -------
    Panel
    """
    controls: list[Control] = [
        Choice(
            codelist,
            _words(f"mode_{codelist}"),
            language.codes(codelist),
            lambda code, lang, codelist=codelist: label(codelist, code, lang),
        )
        for codelist in ("buyer", "direction", "stock")
    ]
    return Panel("supervision_modes", charts.supervision_modes, lambda _: controls)


def model(name: str) -> Panel:
    """A panel for a teaching model: a control for each declared parameter.

    Parameters
    ----------
    name : str
        Key of `load_models`.

    Returns
    -------
    Panel
        Where the report prints a figure for the model's result, one more control chooses the
        assumption to solve for.
    """
    found = models.get(name)
    declared = load_parameters().set_index(["model", "parameter"]).loc[name]

    def say(key: Any, lang: str) -> str:
        if not key:
            return text("panel_solve_none", lang)
        row = declared.loc[key]
        return text("parameter_label", lang, title=row[f"title_{lang}"], symbol=row.symbol)

    def declare(values: dict[str, Any]) -> list[Control]:
        controls: list[Control] = []
        for p in found.parameters.values():
            basis = p.basis_of(values.get(p.name, p.default))

            def control_label(lang: str, p=p, basis=basis) -> str:
                return text(
                    "parameter_control",
                    lang,
                    title=declared.loc[p.name, f"title_{lang}"],
                    symbol=p.symbol,
                    basis=label("basis", basis, lang),
                )

            controls.append(Number(p.name, control_label, p.low, p.high, p.step, p.default))
        if found.observation:
            solve = Choice("solve", _words("panel_solve"), ["", *found.parameters], say)
            controls.append(solve)
        return controls

    return Panel(f"model-{name}", charts.model, declare, name=name)


def sensitivity(section: str) -> Panel:
    """A panel that shows which assumption of a model of a section matters most.

    Parameters
    ----------
    section : str
        A section with models.

    Returns
    -------
    Panel
    """
    rows = load_models().query("section == @section").set_index("model")
    control = Choice(
        "name",
        _words("panel_model"),
        list(rows.index),
        lambda key, lang: rows.loc[key, f"title_{lang}"],
    )
    return Panel(f"sensitivity-{section}", charts.sensitivity, lambda _: [control])


def implied() -> Panel:
    """A panel that shows what follows from the figures of one system at a time.

    Returns
    -------
    Panel
    """
    about = pd.concat([derived.load_derived()["instrument"], load_context()["instrument"]])
    names = load_instruments().set_index("instrument")
    keys = [key for key in names.index if key in set(about)]
    control = Choice(
        "instrument", _words("panel_system"), keys, lambda key, lang: names.loc[key, f"name_{lang}"]
    )
    return Panel("implied", charts.implied, lambda _: [control])


# DataTables' names for its own words, and our texts for them.
_TABLE_WORDS = {
    "search": "search",
    "lengthMenu": "length_menu",
    "info": "info",
    "infoEmpty": "info_empty",
    "infoFiltered": "info_filtered",
    "zeroRecords": "zero_records",
}


def explorer() -> widgets.Widget:
    """A table of all figures to search, sort and filter, in the language of the page.

    Returns
    -------
    ipywidgets.Widget
    """

    def say(row: Any, lang: str) -> dict[str, Any]:
        return {
            "title": title(row, lang),
            "words": in_words(row, lang),
            "printed": row.printed,
            "section": label("section", row.section, lang),
            "stage": label("stage", row.stage, lang),
            "period": period(row.time_period, lang),
            "area": label("ref_area", row.ref_area, lang),
            "place": place(row.locator, lang),
            "caveat": getattr(row, f"caveat_{lang}"),
        }

    return _table("explorer_title", list(load_observations().itertuples()), say)


def glossary() -> widgets.Widget:
    """A table of the field's terms, in the language of the page.

    Returns
    -------
    ipywidgets.Widget
    """
    sources = load_sources().set_index("source")

    def say(row: Any, lang: str) -> dict[str, Any]:
        return {
            "term": getattr(row, f"name_{lang}"),
            "definition": getattr(row, f"definition_{lang}"),
            "authority": sources.loc[row.source, f"title_{lang}"],
        }

    return _table("glossary_title", list(load_glossary().itertuples()), say)


def _table(key: str, rows: list[Any], say: Callable[[Any, str], dict[str, Any]]) -> widgets.Widget:
    """A table widget whose cells, headings and own words follow the language of the page."""
    from itables.widget import ITable

    def content() -> dict[str, Any]:
        lang = _page.lang
        table = pd.DataFrame([say(row, lang) for row in rows]).fillna("")
        table.columns = [text(f"column_{name}", lang) for name in table.columns]
        own = {name: text(f"table_{word}", lang) for name, word in _TABLE_WORDS.items()}
        return {"df": table, "language": own, "caption": text(key, lang)}

    table = ITable(
        **content(),
        showIndex=False,
        classes="display compact",
        column_filters="header",
        scrollX=True,
    )

    def words() -> str:
        lines = [" | ".join(map(str, row)) for row in table.df.itertuples(index=False)]
        return "\n".join([text(key, _page.lang), *lines])

    # The filter boxes would else be as wide as the browser's default for text boxes, and what they
    # say too long for them.
    style = widgets.HTML(
        "<style>.dt-container thead input"
        " {width: 100%; min-width: 4em; box-sizing: border-box; padding: 0.3em 0.2em}"
        " .dt-container thead input::placeholder {font-size: 0.78em; font-weight: normal}"
        " .dt-container tbody td {padding: 0.3em 0.2em !important; vertical-align: top}</style>"
    )
    return _Shown([style, table], words, lambda: table.update(**content()))
