"""What all tests share: the report's text, a clean Jupyter, and no skips where all must run."""

import os
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


class RequireAll:
    """Turns every skip into a failure."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self):
        return self._fail((yield))

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self):
        return self._fail((yield))

    @staticmethod
    def _fail(report):
        if report.skipped:
            report.outcome = "failed"
            report.longrepr = f"skipped, though FTZ_REQUIRE_ALL is set: {report.longrepr}"
        return report


def pytest_configure(config):
    # Notebooks are compared in English, and no setting of a user's may show in their outputs.
    os.environ.pop("FTZ_LANG", None)
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    profile = tempfile.TemporaryDirectory()
    config.add_cleanup(profile.cleanup)
    os.environ["IPYTHONDIR"] = profile.name
    if os.environ.get("FTZ_REQUIRE_ALL"):
        # Registered, since the hooks of this file alone would not reach doctests and notebooks.
        config.pluginmanager.register(RequireAll())


@pytest.fixture(scope="session")
def report_text():
    """Text of the report, which is not part of the project."""
    given = os.environ.get("FTZ_REPORT_TEXT")
    paths = [Path(given)] if given else sorted((ROOT.parent / "shared" / "report").glob("*.txt"))
    if not paths:
        pytest.skip("the report's text is not here; FTZ_REPORT_TEXT can name its file")
    return paths[0].read_text(encoding="utf-8")
