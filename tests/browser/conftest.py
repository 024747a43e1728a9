"""One server and one browser for all tests of a file, with every host but this one cut off.

The browser ends with its file: as long as it is there, an event loop runs in the worker, and a test
of another file that needs one of its own would fail.
"""

import re

import pytest
from playwright.sync_api import sync_playwright

from browser.serving import CHROMIUM, launch


@pytest.fixture(scope="module")
def browser():
    if not CHROMIUM:
        pytest.skip("Chromium is not installed; Debian has it as the package chromium")
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


class Watch:
    """What a page complains of, and whom it asks."""

    def __init__(self, context):
        self.errors, self.hosts = [], set()
        context.on("console", self._console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("request", self._request)

    def _console(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def _request(self, request):
        found = re.match(r"(?:https?|wss?)://([^/:]+)", request.url)
        if found:
            self.hosts.add(found[1])
