"""Who may come in: whoever has the token; whoever tries others has to wait."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

from jupyter_server.auth.identity import PasswordIdentityProvider, User
from tornado import web

# In an address, up to what ends it there or in a line of a log.
_TOKEN = re.compile(r"(token=)[^&#\s\"']+", re.IGNORECASE)

# Seconds that a wrong token takes, one after the other.
PAUSE = 0.5


class SlowIdentityProvider(PasswordIdentityProvider):
    """Lets in whoever has the token, and answers wrong ones two a second, however many come."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._queue = asyncio.Lock()

    async def get_user_token(self, handler: web.RequestHandler) -> User | None:
        """The user whose token is in the address or the headers; none after a pause."""
        user = await super().get_user_token(handler)
        if user is None and self.get_token(handler):
            await self.pause()
        return user

    async def pause(self) -> None:
        """Wait until all wrong tokens before this one have been answered, and a while longer."""
        async with self._queue:
            await asyncio.sleep(PAUSE)


def without_token(record: logging.LogRecord) -> bool:
    """Take the token out of a line of a log; a filter for the loggers of a server."""
    record.msg, record.args = _TOKEN.sub(r"\1…", record.getMessage()), ()
    return True


def keep_token_from_logs() -> None:
    """Take the token out of all that Tornado writes of requests and their failures."""
    for name in ("access", "application", "general"):
        logging.getLogger(f"tornado.{name}").addFilter(without_token)
