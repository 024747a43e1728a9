"""What a lesson needs of the machine, looked at before the room fills."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import socket
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path

from .extras import needs
from .language import text

# Where the briefing looks for a port, and how many more it tries.
PORT, TRIES = 8866, 50
_WIDGETS = Path("@jupyter-widgets", "jupyterlab-manager", "package.json")
# The extra of the pages, and the one that it brings along.
_EXTRAS = ("notebooks", "charts")
_FONT = "noto_cjk_sans_otc"


def preflight(lang: str | None = None) -> None:
    """Print what to do before a lesson: nothing where all is well.

    Looked at are the versions of the libraries, the controls of the pages, the Chinese font, a
    browser and a port for the briefing.

    Parameters
    ----------
    lang : {"en", "zh"}, optional
        Language of what is said; the current one by default.

    Examples
    --------
    >>> preflight()
    """
    for line in missing(lang):
        print(line)


def missing(lang: str | None = None) -> Iterator[str]:
    """What is not as a lesson needs it, and what to do: a line each."""
    yield from _libraries(lang)
    if not _widgets():
        yield text("preflight_widgets", lang)
    if not importlib.util.find_spec(_FONT):
        yield text("preflight_fonts", lang)
    if not _browser():
        yield text("preflight_browser", lang)
    if not any(map(_free, range(PORT, PORT + TRIES + 1))):
        yield text("preflight_port", lang, first=PORT, last=PORT + TRIES)


def _libraries(lang: str | None) -> Iterator[str]:
    with needs("notebooks"):
        from packaging.requirements import Requirement
    for line in importlib.metadata.requires(__package__) or []:
        wanted = Requirement(line)
        asked = wanted.marker is None or any(
            wanted.marker.evaluate({"extra": extra}) for extra in _EXTRAS
        )
        if not asked:
            continue
        try:
            have = importlib.metadata.version(wanted.name)
        except importlib.metadata.PackageNotFoundError:
            yield text("preflight_missing", lang, name=wanted.name)
        else:
            if not wanted.specifier.contains(have, prereleases=True):
                fields = {"name": wanted.name, "have": have, "want": wanted.specifier}
                yield text("preflight_version", lang, **fields)


def _widgets() -> bool:
    """Whether JupyterLab and the briefing find the widgets' own scripts."""
    with needs("notebooks"):
        from jupyter_core.paths import jupyter_path
    return any((Path(path) / _WIDGETS).is_file() for path in jupyter_path("labextensions"))


def _browser() -> bool:
    """Whether a browser opens here, or there is no screen to open it on."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not any(map(os.environ.get, screens)):
        return True
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _free(port: int) -> bool:
    with socket.socket() as tried:
        # As servers do: a port whose last connections are still closing is free.
        if os.name == "posix":
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
