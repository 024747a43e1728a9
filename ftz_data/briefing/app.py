"""Voilà with the briefing's template, handlers and limits."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import signal
import tempfile
import threading
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jupyter_core.paths import jupyter_config_dir
from jupyter_server.base.handlers import Template404
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.ioloop import IOLoop
from traitlets import Bool, List, TraitError, Unicode, default, observe, validate
from traitlets.config import Config
from voila.app import Voila

from .. import language, notebooks
from ..surroundings import finish
from . import lessons
from .doors import SlowIdentityProvider, keep_token_from_logs
from .handlers import DROPPED, REPLACED, LoginHandler, guarded
from .kernels import LimitedKernelManager

# Words of the frame around a page, keys of the texts.
TEXTS = (
    "index previous_page next_page previous_system next_system light dark hint busy "
    "busy_retry login token open missing failed starting lost gone reload letter_keys lessons "
    "handout lesson_keys lesson_next lesson_previous lesson_answer lesson_left lesson_over "
    "lesson_end lesson_failed lesson_slip"
).split()

# What a kernel's sockets add to the folder of temporary files, and the most that all systems allow.
SOCKET = b"/voila_12345678/kernel-12345678-1234-1234-1234-123456789012-ipc-1"
LONGEST = 103

# What is loaded comes from this server alone. Widgets are started by scripts in the page, compile
# checks of their messages, and load parts of their own from memory; pictures are data.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline' blob:; img-src 'self' data: blob:; font-src 'self' data:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'self'"
)
# An address may hold the token, which no other server is to be told.
HEADERS = {"Content-Security-Policy": POLICY, "Referrer-Policy": "same-origin"}


def sections(also: Sequence[str] = ()) -> list[dict[str, str]]:
    """The pages in order: path, and title and first sentence in each language."""
    found = []
    for path in notebooks.pages(also):
        notebook = json.loads((notebooks.folder() / path).read_text(encoding="utf-8"))
        opening = "".join(notebook["cells"][0]["source"])
        section = {"path": path.as_posix()}
        for lang in language.LANGS:
            words = re.search(rf'<div lang="{lang}">\s*# (.+)\n+(.+)', opening)
            if not words:
                raise ValueError(f"{path}: the first cell has no heading and sentence in {lang}")
            section |= {f"title_{lang}": words[1], f"text_{lang}": words[2]}
        found.append(section)
    return found


class Briefing(Voila):
    """Voilà with the briefing's template, handlers and limits."""

    auto_token = Bool(True)
    also = List(
        Unicode(),
        config=True,
        help="Folders of notebooks that are pages too: exercises, solutions, trainer.",
    )

    @default("ip")
    def _loopback(self) -> str:
        return "127.0.0.1"

    @default("identity_provider_class")
    def _slow(self) -> type[SlowIdentityProvider]:
        return SlowIdentityProvider

    @default("config_file_paths")
    def _no_file(self) -> list[str]:
        # A file made for another use of Voilà could open the server to the network.
        return []

    @default("connection_dir_root")
    def _short_folder(self) -> str:
        folders = (tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", ""), "/tmp")
        for folder in folders:
            if len(os.fsencode(folder) + SOCKET) <= LONGEST and os.access(folder or "-", os.W_OK):
                return folder
        raise ValueError(f"{folders[0]}: too long for the addresses of sockets; set TMPDIR")

    @validate("base_url")
    def _as_browsers_ask(self, proposal: dict[str, Any]) -> str:
        # With slashes around it, and spaces and letters of any script as they are in a request.
        return url_path_join("/", quote(proposal["value"], safe="/%"), "/")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.update_config(
            Config(
                VoilaConfiguration={
                    "template": "ftz",
                    "preheat_kernel": True,
                    "default_pool_size": 1,
                    "allow_template_override": "NO",
                    "allow_theme_override": "NO",
                    # Nothing but pages: the notebooks hold their pictures.
                    "file_allowlist": [],
                    "extension_allowlist": [
                        "@jupyter-widgets/jupyterlab-manager",
                        "@voila-dashboards/widgets-manager8",
                        "anywidget",
                        # Ours, in share/voila/labextensions.
                        "ftz-widgets-first",
                    ],
                    "multi_kernel_manager_class": LimitedKernelManager,
                    "page_config_hook": self._page_config,
                },
                # Files that only this user can open, where TCP would be open to all on the machine.
                KernelManager={"transport": "ipc"},
                # What kernels send is the pages' own; a page that misses a part of it stays empty.
                ZMQChannelsWebsocketConnection={"limit_rate": False},
                # A kernel that was started anew would know no widget of its page, and take a place.
                KernelRestarter={"restart_limit": 0},
                # A page that is left without a word, as by a phone that loses its network.
                LimitedKernelManager={"cull_idle_timeout": 600, "cull_interval": 60},
                Voila={"root_dir": str(notebooks.folder())},
            )
        )
        self._choose()
        keep_token_from_logs()

    @observe("also")
    def _choose(self, _: object = None) -> None:
        """Make pages of what is asked for, and start no kernels for the rest."""
        try:
            self.sections = sections(self.also)
        except ValueError as error:
            raise TraitError(f"Briefing.also: {error}") from None
        rest = [
            re.escape(str(notebooks.folder() / name) + os.sep)
            for name in notebooks.aside()
            if name not in self.also
        ]
        self.update_config(Config(VoilaKernelManager={"preheat_denylist": rest}))

    def _page_config(
        self, page_config: dict[str, Any], notebook_path: str = "", **_: Any
    ) -> dict[str, Any]:
        page_config["briefing"] = {
            "path": notebook_path,
            "sections": self.sections,
            "lessons": lessons.offered(),
            "lang": language.current(),
            "langs": language.LANGS,
            "texts": {
                key: {lang: language.text(f"briefing_{key}", lang) for lang in language.LANGS}
                for key in TEXTS
            }
            | {"title": {lang: language.label("cited", "brief", lang) for lang in language.LANGS}},
        }
        return page_config

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, with the briefing's log-in page, headers and the paths it serves."""
        settings = super().init_settings()
        settings["headers"] = HEADERS
        settings["xsrf_cookie_kwargs"] = {"samesite": "Strict"}
        # Lax: a link to the briefing in a mail or a chat opens without a second log-in.
        chosen = self.identity_provider.cookie_options
        self.identity_provider.cookie_options = {"samesite": "Lax"} | chosen
        self.identity_provider.login_handler_class = LoginHandler
        settings["briefing_paths"] = {section["path"] for section in self.sections}
        settings["voila_jinja2_env"].globals["briefing"] = self._page_config({})["briefing"]
        # The error pages of Jupyter's server need what Voilà has not set up.
        settings["jinja2_env"] = settings["voila_jinja2_env"]
        settings["default_handler_class"] = Template404
        return settings

    def init_handlers(self) -> list[tuple[Any, ...]]:
        """Voilà's handlers, without what is not needed, and none open to whoever has no token."""
        handlers: list[tuple[Any, ...]] = [
            (self.server_url + path, handler) for path, handler in lessons.HANDLERS
        ]
        for path, handler, *options in super().init_handlers():
            if handler in REPLACED:
                handler = REPLACED[handler]
            elif issubclass(handler, web.StaticFileHandler):
                handler = guarded(handler)
            if handler not in DROPPED:
                # Voilà leaves the log-in where the server's root would be.
                under = path if path.startswith(self.server_url) else self.server_url + path[1:]
                handlers.append((under, handler, *options))
        return handlers

    def listen(self) -> None:
        """Serve until the end; the folder of the sockets ends with it, whatever ends it."""
        # As it is, Ctrl-C breaks whatever runs at that moment, and again where that is awaited.
        self.ioloop = IOLoop.current()
        signal.signal(signal.SIGINT, self._handle_signal_stop)
        try:
            super().listen()
        finally:
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    def _handle_signal_stop(self, sig: int, frame: Any) -> None:
        """End at a signal; whoever is impatient cuts nothing short."""
        finish()
        super()._handle_signal_stop(sig, frame)

    def stop(self) -> None:
        """End the kernels, on the loop that those that are just starting are started on."""
        self.ioloop.run_sync(self.kernel_manager.end_all)

    def launch_browser(self) -> None:
        """Open the index in a browser; the token goes through a file that others cannot read."""
        address = f"{self.connection_url}?token={self.identity_provider.token}"
        with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False) as page:
            page.write(f'<meta http-equiv="refresh" content="0;url={address}">')
        atexit.register(Path(page.name).unlink, missing_ok=True)
        threading.Thread(target=webbrowser.open, args=[Path(page.name).as_uri()]).start()


def serve(arguments: Sequence[str]) -> None:
    """Serve the briefing until it is stopped.

    Parameters
    ----------
    arguments : sequence of str
        Options of Voilà, and of `LimitedKernelManager`.
    """
    # Voilà finds templates on Jupyter's data path alone.
    found = [str(notebooks.SHARE), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, found))
    # What a user has set up for other servers could turn off the widgets, or the token.
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    # Jupyter takes an empty folder for them, which it would leave behind.
    atexit.register(shutil.rmtree, jupyter_config_dir(), ignore_errors=True)
    Briefing.launch_instance(list(arguments))
