"""Serve the notebooks as a briefing: Voilà on loopback, behind a token, without code.

Run as ``python briefing/serve.py``; Voilà's own options, and those below, can be given after it.
The notebooks are executed ahead of the first view, and no more kernels run than the machine bears:
whoever comes after gets a page that says so.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import threading
import webbrowser
from pathlib import Path
from typing import Any

import nbformat
from bs4 import BeautifulSoup
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from traitlets import Bool, Integer, default
from traitlets.config import Config
from voila.app import Voila
from voila.request_info_handler import RequestInfoSocketHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.voila_identity_provider import VoilaLoginHandler

from ftz_data import language

HERE = Path(__file__).resolve().parent
NOTEBOOKS = HERE.parent / "notebooks"

# Voilà finds templates on Jupyter's data path alone.
os.environ["JUPYTER_PATH"] = os.pathsep.join(
    filter(None, [str(HERE / "share"), os.environ.get("JUPYTER_PATH")])
)

# Words of the frame around a page, keys of the texts.
TEXTS = (
    "title index previous_page next_page previous_system next_system light dark hint busy "
    "busy_retry login token open missing failed starting lost"
).split()

# The form of messages that Voilà reads; another would keep it busy for good.
PROTOCOL = "v1.kernel.websocket.jupyter.org"

# What only an answer of the kernel's could need, or what would tell more than the pages do.
DROPPED = (RequestInfoSocketHandler, VoilaContentsHandler)


class LimitedKernelManager(AsyncMappingKernelManager):
    """Starts no more kernels than the limit, and keeps some of them for viewers."""

    max_kernels = Integer(24, config=True, help="Kernels at most, preheated ones included.")
    spare = Integer(4, config=True, help="Kernels of these that are not used for preheating.")
    _starting = 0

    @property
    def room(self) -> int:
        """How many more kernels may start."""
        return self.max_kernels - len(self) - self._starting

    async def start_kernel(self, **kwargs: Any) -> str:
        """Start a kernel; one to be preheated waits for room, one for a viewer is refused."""
        preheated = kwargs.get("env", {}).get("VOILA_PREHEAT") == "True"
        while preheated and self.room <= self.spare:
            await asyncio.sleep(1)
        if self.room <= 0:
            raise web.HTTPError(503, f"{self.max_kernels} kernels are running, which is the limit")
        self._starting += 1
        try:
            return await super().start_kernel(**kwargs)
        finally:
            self._starting -= 1


class PageHandler(TornadoVoilaHandler):
    """A notebook as a page, or a page that says that all places are taken."""

    @web.authenticated
    async def get(self, path: str = "") -> None:
        """Answer with the page of the notebook at `path`."""
        self._check(path)
        await super().get(path)

    @web.authenticated
    def head(self, path: str = "") -> None:
        """Say whether there is room for the page."""
        self._check(path)

    def _check(self, path: str) -> None:
        if path not in self.settings["briefing_paths"]:
            raise web.HTTPError(404)
        if self.kernel_manager.room <= 0 and not self._preheated(path):
            raise web.HTTPError(503)

    def _preheated(self, path: str) -> bool:
        # Without preheating the manager of kernels has no pools.
        pools = getattr(self.kernel_manager, "_pools", {})
        return any(task.done() for task in pools.get(path, []))

    def should_use_rendered_notebook(self, *arguments: Any) -> bool:
        """Whether a preheated kernel is there, or will be soon: not where it waits for room."""
        soon = self.kernel_manager.room > self.kernel_manager.spare
        ready = soon or self._preheated(self.path_args[0])
        return ready and super().should_use_rendered_notebook(*arguments)


class SocketHandler(VoilaKernelWebsocketHandler):
    """The connection of a page with its kernel."""

    async def pre_get(self) -> None:
        """Refuse whoever speaks another protocol."""
        if PROTOCOL not in self.request.headers.get("Sec-WebSocket-Protocol", ""):
            raise web.HTTPError(400, f"this server speaks {PROTOCOL} alone")
        await super().pre_get()

    def on_message(self, ws_message: bytes | str) -> None:
        """Pass a message on, unless it says that it has more parts than it has room for."""
        head = ws_message[:8] if isinstance(ws_message, bytes) else b"\xff" * 8
        if 8 * (int.from_bytes(head, "little") + 1) <= len(ws_message):
            super().on_message(ws_message)
        else:
            self.close(1003, f"not a message of {PROTOCOL}")


class LoginHandler(VoilaLoginHandler):
    """The form that asks for the token, from the briefing's own template."""

    def get_template(self, name: str) -> Any:
        """The template of that name."""
        return self.settings["voila_jinja2_env"].get_template(name)


REPLACED = {TornadoVoilaHandler: PageHandler, VoilaKernelWebsocketHandler: SocketHandler}


def guarded(handler: type[web.RequestHandler]) -> type[web.RequestHandler]:
    """The same handler, which answers those alone who have given the token."""

    bases = (handler,) if issubclass(handler, JupyterHandler) else (JupyterHandler, handler)

    class Guarded(*bases):
        async def prepare(self) -> None:
            await super().prepare()
            if self.current_user is None:
                raise web.HTTPError(403)
            # Tornado does not follow them, but Voilà fails on some of them.
            if any(".." in part.split("/") for part in self.path_args if part):
                raise web.HTTPError(404)

    return Guarded


def sections() -> list[dict[str, str]]:
    """The notebooks in order: path, and title and first sentence in each language."""
    found = []
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        cell = nbformat.read(path, as_version=4).cells[0]
        section = {"path": path.name}
        for lang in language.LANGS:
            block = BeautifulSoup(cell.source, "html.parser").find("div", lang=lang).text
            heading, text = re.fullmatch(r"\s*# (.+)\n+(.+)\s*", block).groups()
            section |= {f"title_{lang}": heading, f"text_{lang}": text}
        found.append(section)
    return found


class Briefing(Voila):
    """Voilà with the briefing's template, handlers and limits."""

    auto_token = Bool(True)

    @default("ip")
    def _loopback(self) -> str:
        return "127.0.0.1"

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
                    ],
                    "multi_kernel_manager_class": LimitedKernelManager,
                    "page_config_hook": self._page_config,
                },
                # Files that only this user can open, where TCP would be open to all on the machine.
                KernelManager={"transport": "ipc"},
                # A page that is left without a word, as by a phone that loses its network.
                LimitedKernelManager={"cull_idle_timeout": 600, "cull_interval": 60},
                Voila={"root_dir": str(NOTEBOOKS)},
            )
        )
        self.sections = sections()

    def _page_config(self, page_config: dict[str, Any], **_: Any) -> dict[str, Any]:
        page_config["briefing"] = {
            "sections": self.sections,
            "lang": language.current(),
            "langs": language.LANGS,
            "texts": {
                key: {lang: language.text(f"briefing_{key}", lang) for lang in language.LANGS}
                for key in TEXTS
            },
        }
        return page_config

    def init_settings(self) -> dict[str, Any]:
        """Voilà's settings, with the briefing's log-in page and the paths that it serves."""
        settings = super().init_settings()
        self.identity_provider.login_handler_class = LoginHandler
        settings["briefing_paths"] = {section["path"] for section in self.sections}
        settings["voila_jinja2_env"].globals["briefing"] = self._page_config({})["briefing"]
        return settings

    def init_handlers(self) -> list[tuple]:
        """Voilà's handlers, without what is not needed, and none open to whoever has no token."""
        handlers = []
        for path, handler, *options in super().init_handlers():
            if handler in REPLACED:
                handler = REPLACED[handler]
            elif issubclass(handler, web.StaticFileHandler):
                handler = guarded(handler)
            if handler not in DROPPED:
                handlers.append((path, handler, *options))
        return handlers

    def launch_browser(self) -> None:
        """Open the index in a browser; the token goes through a file that others cannot read."""
        address = f"{self.connection_url}?token={self.identity_provider.token}"
        with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False) as page:
            page.write(f'<meta http-equiv="refresh" content="0;url={address}">')
        threading.Thread(target=webbrowser.open, args=[Path(page.name).as_uri()]).start()


if __name__ == "__main__":
    Briefing.launch_instance()
