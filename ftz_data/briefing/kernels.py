"""No more kernels than the machine bears, and some of them kept for viewers."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from traitlets import Integer


class LimitedKernelManager(AsyncMappingKernelManager):
    """Starts no more kernels than the limit, and keeps some of them for viewers."""

    max_kernels = Integer(24, config=True, help="Kernels at most, preheated ones included.")
    spare = Integer(4, config=True, help="Kernels of these that are not used for preheating.")
    _starting = 0

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self._endings: set[asyncio.Future[None]] = set()

    @property
    def room(self) -> int:
        """How many more kernels may start."""
        return self.max_kernels - len(self) - self._starting

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
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

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Clear away what a kernel leaves that has ended by itself; its page is told so."""
        # As it is, the manager would only forget it, with its sockets and their files.
        ending = asyncio.ensure_future(self._end(kernel_id))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def _end(self, kernel_id: str) -> None:
        # It may be ending already, with its page.
        with suppress(web.HTTPError):
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]

    async def end_all(self) -> None:
        """End all kernels, those too that are just starting, and start no more.

        As it is, `shutdown_all` waits for those to be preheated, and fails where one has gone.
        """
        self.max_kernels = 0
        while self._starting or len(self):
            # At once: they hold nothing that is to be kept, and a kernel that is asked to end while
            # it is starting says where it was.
            await asyncio.gather(*map(self._end, self.list_kernel_ids()))
            await asyncio.sleep(0.02)
