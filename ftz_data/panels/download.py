"""Buttons that give what a panel shows as a file, which the browser keeps.

The file is put together in memory and goes to the browser in one message; nothing of it stays with
the kernel, in the notebook or on a disk. A page can ask for a format by its name and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..extras import MissingExtra, needs
from ..language import current, text

with needs("notebooks"):
    import anywidget
    import traitlets

FORMATS = ("docx", "pdf", "pptx", "xlsx", "png")
# Bytes that a file may have, far above what one picture and its figures take.
MOST = 8 * 2**20


class Download(anywidget.AnyWidget):
    """A button for each format.

    Parameters
    ----------
    key : str
        Name of the file without its ending.
    write : callable
        ``write(format)`` gives the bytes of what is shown now.
    """

    description = traitlets.Unicode(help="What the buttons are for.").tag(sync=True)
    formats = traitlets.List(traitlets.Unicode()).tag(sync=True)
    said = traitlets.Unicode(help="Why there is no file.").tag(sync=True)

    _esm = Path(__file__).with_name("download.js")

    def __init__(self, key: str, write: Callable[[str], bytes]) -> None:
        super().__init__()
        self._key, self._write = key, write
        self.on_msg(self._asked)

    def follow(self, lang: str, drawn: bool) -> None:
        """Show the buttons in a language; a table cannot be had as a picture."""
        self.description, self.said = text("panel_download", lang), ""
        self.formats = [form for form in FORMATS if drawn or form != "png"]

    def _asked(self, _: Any, content: Any, buffers: Any) -> None:
        form = content.get("format") if isinstance(content, dict) else None
        if form not in self.formats:
            return
        try:
            payload = self._write(form)
        except MissingExtra as missing:
            self.said = str(missing)
            return
        if len(payload) > MOST:
            self.said = text("panel_download_large", current())
            return
        self.said = ""
        self.send({"name": f"{self._key}.{form}"}, [payload])
