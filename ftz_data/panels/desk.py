"""The desk: what a draft leaves open is decided figure by figure, each decision on disk at once."""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .. import language
from ..deciding import PRACTICE, REQUIRED, Changed, Desk, Doubted, Entry, NotTaken
from ..drafting import draft
from ..extras import needs
from ..language import text
from ..package import BUILT_IN
from ..wording import parse_figure
from ..words import in_words
from .following import Worded
from .page import in_briefing

with needs("notebooks"):
    import anywidget
    import ipywidgets as widgets
    import traitlets

_HERE = Path(__file__).parent
# Characters of the text that stand around a figure.
_AROUND = 120
# What the next figure most often shares with the one before it.
_CARRIED = ("section", "ref_area")
_WORDS = ("text", "suggested", "accept", "reject", "undo", "previous", "next")


class Form(anywidget.AnyWidget):
    """A text with its figures, and a form for one of them; the browser sends what was pressed."""

    words = traitlets.Dict(help="Labels that stay from figure to figure.").tag(sync=True)
    progress = traitlets.Unicode().tag(sync=True)
    marked = traitlets.Unicode(help="Markup: the text with its figures.").tag(sync=True)
    head = traitlets.Unicode(help="Markup: the figure in its place, and what was read.").tag(
        sync=True
    )
    fields = traitlets.List(traitlets.Dict(), help="What is to be set.").tag(sync=True)
    suggestions = traitlets.List(traitlets.Unicode()).tag(sync=True)
    refusal = traitlets.Unicode(help="Why nothing was decided.").tag(sync=True)
    wrong = traitlets.Unicode(help="Column that it is for.").tag(sync=True)
    observation = traitlets.Unicode(help="Key of the figure that is shown.").tag(sync=True)
    # Counts what is asked: the first field that is empty takes the focus.
    turn = traitlets.Int().tag(sync=True)

    _esm = _HERE / "desk.js"
    _css = "".join(
        (_HERE / name).read_text(encoding="utf-8") for name in ("reader.css", "desk.css")
    )


def desk(directory: Any = None) -> widgets.Widget:
    """The figures of a draft, one at a time, to be accepted, corrected or rejected.

    The text stands above with its figures marked; below it the present figure in its place, what
    was read, and what is open, with indicators of the built-in report as suggestions. Enter
    accepts. Each decision is on disk before the next figure is shown, so that a kernel that ends
    loses none; what another desk on the same folder decides meanwhile is not written over. With the
    last decision the tables are written.

    Parameters
    ----------
    directory : path-like, optional
        Folder that `draft` has made; without one, an invented text to practise on, whose folder
        is gone with the panel.

    Returns
    -------
    ipywidgets.Widget

    Raises
    ------
    ValueError
        If the folder is no draft, or in a briefing, which never writes: one line.
    """
    if in_briefing():
        raise ValueError(text("desk_in_briefing", "en"))
    if directory is not None:
        opened = Desk(directory)
        return _Panel(opened).box(f"desk-{opened.directory.resolve()}")
    folder = tempfile.TemporaryDirectory(prefix="ftz-desk-")
    practice = Desk(draft(PRACTICE, Path(folder.name) / "draft"))
    return _Panel(practice).box("desk-practice", folder.cleanup)


class _Panel:
    """One desk on the page: which figure is shown, and what is typed for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._at = self._next_open(-1)
        # Columns of the present figure that were changed and not decided.
        self._typed: dict[str, str] = {}
        self._carried: dict[str, str] = {}
        self._refusal: NotTaken | None = None
        # A kernel may have ended between the last decision and the tables.
        self._finish()
        self._form = Form()
        self._form.on_msg(self._heard)

    def box(self, key: str, end: Callable[[], None] = lambda: None) -> widgets.Widget:
        """The form, following the language of the page."""
        self._show(language.current())
        return Worded(key, [self._form], self._said, self._show, end)

    @property
    def _entry(self) -> Entry:
        return self._desk.entries[self._at]

    def _printed(self, entry: Entry) -> str:
        return self._desk.text[entry.start : entry.stop]

    def _said(self, lang: str) -> str:
        """All that is decided, in text."""
        colon = text("separator", lang)
        entries = [
            f"{self._printed(each)}{colon}{self._status(each, lang)}" for each in self._desk.entries
        ]
        return "\n".join([self._progress(lang), *entries])

    def _progress(self, lang: str) -> str:
        done, total = self._desk.decided
        words = text("desk_progress", lang, done=done, total=total)
        if done == total and self._refusal is None:
            return f"{words} · {text('desk_finished', lang)}"
        if done < total and self._desk.finished:
            return f"{words} · {text('desk_before', lang)}"
        return words

    def _status(self, entry: Entry, lang: str) -> str:
        return language.label("draft_status", entry.status, lang, self._desk.package)

    def _next_open(self, after: int) -> int:
        """Place of the next figure that is open, from the start again; where it is if none is."""
        places = [i for i, each in enumerate(self._desk.entries) if each.status == "open"]
        return next((i for i in places if i > after), places[0] if places else max(after, 0))

    def _heard(self, _: Any, content: dict[str, Any], __: Any) -> None:
        """Do what was pressed in the browser, and show what is asked next."""
        # What was pressed twice, or before the page was drawn anew, is for a figure that has gone.
        if content.get("observation", self._entry.observation) != self._entry.observation:
            self._form.turn += 1
            return
        given = content.get("fields") or {}
        typed = {str(name): str(cell) for name, cell in given.items()}
        # What was doubted and is asked once more as it was is meant.
        sure = isinstance(self._refusal, Doubted) and typed == self._typed
        self._typed, self._refusal = typed, None
        try:
            self._do(str(content.get("do")), content, sure)
        except NotTaken as error:
            self._refusal = error
            if isinstance(error, Changed):
                self._typed = {}
        self._show(language.current())
        self._form.turn += 1

    def _do(self, what: str, content: dict[str, Any], sure: bool) -> None:
        entry = self._entry
        if what == "accept":
            self._desk.accept(entry.observation, self._typed, sure)
            self._carried = {name: self._typed[name] for name in _CARRIED if name in self._typed}
            self._go(self._next_open(self._at))
        elif what == "reject":
            self._desk.reject(entry.observation)
            self._go(self._next_open(self._at))
        elif what == "undo":
            before = {each.observation: each for each in self._desk.entries}
            undone = self._desk.undo()
            if undone is not None:
                self._go(list(before).index(undone))
                # Nobody should have to type it again.
                self._typed = dict(before[undone].fields)
        elif what == "go":
            self._go((self._at + int(content["step"])) % len(self._desk.entries))
        elif what == "pick":
            self._go(int(content["index"]))
        elif what == "suggest":
            suggested = self._desk.suggestions(entry.observation)[int(content["index"])]
            self._typed |= suggested
        if what in ("accept", "reject"):
            self._finish()

    def _finish(self) -> None:
        """Write the tables, if all is decided."""
        done, total = self._desk.decided
        if done == total:
            try:
                self._desk.finish()
            except NotTaken as error:
                self._refusal = error

    def _go(self, at: int) -> None:
        self._at, self._typed = at, {}

    def _show(self, lang: str) -> None:
        """Show the present figure in a language."""
        form, entry = self._form, self._entry
        with form.hold_sync():
            form.words = {name: text(f"desk_{name}", lang) for name in _WORDS}
            form.progress = self._progress(lang)
            form.marked = self._marked(lang)
            form.head = self._head(entry, lang)
            form.fields = self._fields(entry, lang)
            form.suggestions = [
                each[f"title_{lang}"] for each in self._desk.suggestions(entry.observation)
            ]
            form.refusal = "" if self._refusal is None else self._refusal.in_(lang)
            form.wrong = (self._refusal and self._refusal.column) or ""
            form.observation = entry.observation

    def _marked(self, lang: str) -> str:
        """The text with each figure marked by what is decided of it."""
        parts, pos = [], 0
        for at, each in enumerate(self._desk.entries):
            now = " aria-current='true'" if at == self._at else ""
            parts += [
                html.escape(self._desk.text[pos : each.start]),
                f"<mark data-at='{at}' data-status='{each.status}' "
                f"title='{html.escape(self._status(each, lang), quote=True)}'{now}>"
                f"{html.escape(self._printed(each))}</mark>",
            ]
            pos = each.stop
        return "".join([*parts, html.escape(self._desk.text[pos:])])

    def _head(self, entry: Entry, lang: str) -> str:
        """The figure between what stands before and after it, and what was read, in words."""
        before, after = _around(self._desk.text, entry)
        _, total = self._desk.decided
        number = text("desk_figure", lang, number=self._at + 1, total=total)
        status = self._status(entry, lang)
        words = text("desk_read", lang, words=self._words(entry, lang))
        around = (
            f"{html.escape(before)}<b>{html.escape(self._printed(entry))}</b>{html.escape(after)}"
        )
        return (
            f"<p><strong>{html.escape(number)}</strong> · {html.escape(status)}</p>"
            f"<blockquote>{around}</blockquote><p>{html.escape(words)}</p>"
        )

    def _words(self, entry: Entry, lang: str) -> str:
        """What the program, or whoever corrected it, reads."""
        if entry.status == "corrected":
            return in_words(parse_figure(entry.fields["reading"]), lang)
        return in_words(self._desk.figure(entry.observation), lang)

    def _fields(self, entry: Entry, lang: str) -> list[dict[str, Any]]:
        """Columns with their labels, values and, where there are some, choices."""
        carried = self._carried if entry.status == "open" else {}
        values = entry.fields | carried | self._typed
        fields = []
        for name, value in values.items():
            field = {
                "name": name,
                "offered": self._offered(name, entry),
                "label": self._label(name, entry, lang),
                "value": value,
                "open": name in REQUIRED,
            }
            choices = self._desk.choices(name)
            if choices:
                labels = [(code, zh if lang == "zh" else en) for code, en, zh in choices]
                field["options"] = [["", f"({text('desk_choose', lang)})"], *map(list, labels)]
            fields.append(field)
        return fields

    def _offered(self, name: str, entry: Entry) -> list[str]:
        """What a column that is typed most likely holds: any period that was set before, the last
        one first, or any indicator of the built-in report in the same unit."""
        if name == "indicator":
            unit = self._desk.figure(entry.observation).unit
            return [key for key, row in BUILT_IN.rows("indicators").items() if row.unit == unit]
        if name != "time_period":
            return []
        taken = [each for each in self._desk.entries if each.status in ("accepted", "corrected")]
        return [
            code for code in dict.fromkeys(each.fields[name] for each in reversed(taken)) if code
        ]

    def _label(self, name: str, entry: Entry, lang: str) -> str:
        """Label of a column; a period that only what stands before gives says so."""
        label = text(f"desk_column_{name}", lang)
        asked = name == "time_period" and entry.status == "open"
        if asked and self._desk.understood(entry.observation):
            return text("desk_understood", lang, label=label)
        return label


def _around(words: str, entry: Entry) -> tuple[str, str]:
    """What stands before and after a figure in its paragraph, cut where a clause ends."""
    before = words[max(entry.start - _AROUND, 0) : entry.start]
    after = words[entry.stop : entry.stop + _AROUND]
    if "\n" not in before and entry.start > _AROUND:
        before = "…" + (re.split("[，。；,;]", before, maxsplit=1)[-1])
    if "\n" not in after and entry.stop + _AROUND < len(words):
        after = after[: max(after.rfind(sign) for sign in "，。；,;") + 1 or None] + "…"
    return before.rpartition("\n")[2], after.partition("\n")[0]
