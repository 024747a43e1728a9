"""What answers a browser: a notebook's page, its connection, the form that asks for the token."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado import web
from tornado.websocket import WebSocketClosedError
from voila.request_info_handler import RequestInfoSocketHandler
from voila.tornado.contentshandler import VoilaContentsHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.voila_identity_provider import VoilaLoginHandler

# The form of messages that Voilà reads; another would keep it busy for good.
PROTOCOL = "v1.kernel.websocket.jupyter.org"

# What only an answer of the kernel's could need, or what would tell more than the pages do.
DROPPED = (RequestInfoSocketHandler, VoilaContentsHandler)


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
        try:
            await super().pre_get()
        except TimeoutError:
            raise web.HTTPError(404, "the kernel of this page has ended") from None

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Say something to the page, unless its connection has just ended.

        A page that comes back asks for all that it may have missed.
        """
        with suppress(WebSocketClosedError):
            return super().write_message(message, binary)

    def on_message(self, ws_message: bytes | str) -> None:
        """Pass a message on, unless it says that it has more parts than it has room for."""
        head = ws_message[:8] if isinstance(ws_message, bytes) else b"\xff" * 8
        if 8 * (int.from_bytes(head, "little") + 1) <= len(ws_message):
            super().on_message(ws_message)
        else:
            self.close(1003, f"not a message of {PROTOCOL}")


class LoginHandler(VoilaLoginHandler):
    """The form that asks for the token, from the briefing's own template."""

    @allow_unauthenticated
    async def post(self) -> None:
        """Let in whoever gives the token; whoever gives another waits for the answer."""
        provider = self.identity_provider
        if provider.process_login_form(self) is None:
            await provider.pause()
        super().post()


REPLACED = {TornadoVoilaHandler: PageHandler, VoilaKernelWebsocketHandler: SocketHandler}


def guarded(handler: type[web.RequestHandler]) -> type[web.RequestHandler]:
    """The same handler, which answers those alone who have given the token."""

    bases = (handler,) if issubclass(handler, JupyterHandler) else (JupyterHandler, handler)

    class Guarded(*bases):  # type: ignore[misc]
        async def prepare(self) -> None:
            await super().prepare()
            if self.current_user is None:
                raise web.HTTPError(403)
            # Tornado does not follow them, but Voilà fails on some of them.
            if any(".." in part.split("/") for part in self.path_args if part):
                raise web.HTTPError(404)

    return Guarded
