"""One test more for each notebook that nbval runs: switched to Chinese, it shows no English.

It goes on in the kernel in which nbval has just run the cells, and switches the language there as
a reader does. So each notebook is run once for both languages.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbval.plugin import IPyNbFile

# What a Chinese page may show in Latin letters beside abbreviations: names, and the functions
# max and ln of a formula.
NAMES = {"Cell", "English", "IoT", "JupyterLab", "Python", "ln", "max"}
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’]+")
# Addresses, and the fields of DataTables' own texts.
NO_WORDS = re.compile(r"https?://\S+|_[A-Z]+_")
IN_CODE = re.compile(r"```.*?```|`[^`]*`|(?<=\])\([^)]*\)", re.DOTALL)

# Attributes of widgets whose texts are on the screen.
SHOWN = {"description", "tooltip", "placeholder", "alt", "value", "options", "caption", "names"}
SHOWN |= {"question", "button", "refusal", "end", "others"}

# Run in the kernel: switches to Chinese, and writes what all widgets show and print then.
COLLECT = """
import gc as _gc, json as _json, traceback as _traceback
import ipywidgets as _widgets
from ftz_data import language as _language
try:
    _language.use("zh")
    _state = _widgets.Widget.get_manager_state()["state"].values()
    _ours = [
        each for each in _gc.get_objects()
        if issubclass(type(each), _widgets.Box) and type(each).__module__.startswith("ftz_data")
    ]
    _shown = {{"widgets": [each["state"] for each in _state], "printed": list(map(repr, _ours))}}
except Exception:
    _shown = {{"error": _traceback.format_exc()}}
with open({path!r}, "w", encoding="utf-8") as _file:
    _json.dump(_shown, _file)
"""


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Append the test to the cells of a notebook; whatever is chosen by its name can be run."""
    report = yield
    if isinstance(collector, IPyNbFile) and report.passed:
        report.result.append(ChinesePage.from_parent(collector, name="Chinese page"))
    return report


def pytest_itemcollected(item):
    if isinstance(item.parent, IPyNbFile):
        item.add_marker("notebook")


class ChinesePage(pytest.Item):
    """What a notebook shows after its last cell, once the language is Chinese."""

    def runtest(self) -> None:
        shown = switched(self.parent.kernel, self.config.option.nbval_cell_timeout)
        notebook = nbformat.read(self.path, as_version=4)
        found = {text: words for text in visible(notebook, shown) if (words := english(text))}
        if found:
            raise English(found)

    def repr_failure(self, excinfo, style=None):
        if not isinstance(excinfo.value, English):
            return super().repr_failure(excinfo, style)
        lines = [f"{', '.join(words)}: {text}" for text, words in excinfo.value.found.items()]
        return "\n".join(["English on the Chinese page:", *lines])

    def reportinfo(self):
        return self.path, 0, f"{self.path.name}: Chinese page"


class English(Exception):
    """English words where only Chinese belongs, by the text that holds them."""

    def __init__(self, found: dict[str, list[str]]) -> None:
        super().__init__(found)
        self.found = found


def switched(kernel: Any, timeout: float) -> dict[str, Any]:
    """What the widgets of nbval's kernel show and print once the language is Chinese."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shown.json"
        message = kernel.execute_cell_input(COLLECT.format(path=str(path)), allow_stdin=False)
        kernel.await_reply(message, timeout=timeout)
        shown = json.loads(path.read_text(encoding="utf-8"))
    assert "error" not in shown, f"the switch to Chinese fails: {shown['error']}"
    assert shown["printed"], "no panel is in the kernel: run the whole notebook"
    return shown


def visible(notebook: nbformat.NotebookNode, shown: dict[str, Any]) -> Iterator[str]:
    """Every text on the Chinese page of a notebook.

    Parameters
    ----------
    notebook : NotebookNode
        With its outputs; their HTML holds both languages.
    shown : dict
        As `switched` returns it.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield IN_CODE.sub("", of_html(cell.source))
            continue
        for output in cell.get("outputs", []):
            yield output.get("text", "")
            data = output.get("data", {})
            if "text/html" in data:
                yield of_html(data["text/html"])
            elif not cell.source.startswith("panels."):
                # Panels print in one language; what these do now is among what is shown.
                yield data.get("text/plain", "")
    yield from shown["printed"]
    for state in shown["widgets"]:
        for name, value in state.items():
            # Of a choice among names the value is a key, which stands nowhere on the page.
            if name == "value" and isinstance(value, str) and value in state.get("names", ()):
                continue
            if name in SHOWN or name.removeprefix("_").removesuffix("_labels") in SHOWN:
                yield from map(of_html, _strings(value))
            elif name == "_dt_args":
                # A table of itables: header, cells and the words of its controls.
                texts = [value["table_html"], json.loads(value["data_json"]), value.get("language")]
                yield from map(of_html, _strings(texts))


def of_html(html: str) -> str:
    """Text of HTML on a Chinese page: what is marked as English is hidden there, code is Python."""
    page = BeautifulSoup(html, "html.parser")
    for hidden in page.select("[lang=en], code, pre, style, script"):
        hidden.decompose()
    attributes = ("alt", "title", "aria-label", "placeholder")
    texts = [element.get(name, "") for element in page.find_all() for name in attributes]
    return " ".join([page.get_text(" "), *texts])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)


def english(text: str) -> list[str]:
    """English words of a text, without names and abbreviations."""
    words = WORD.findall(NO_WORDS.sub("", text))
    return [word for word in words if word not in NAMES and not word.isupper()]
