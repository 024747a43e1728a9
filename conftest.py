"""What all tests share: the report's text, a clean Jupyter, and no skips where all must run.

It stands here and not in `tests/`, so that it also serves a run of one notebook or one module.
"""

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent
# Checks the form of web addresses in JSON, which nothing here asks for, and takes seconds to load,
# since it makes a parser from a grammar each time; jsonschema does without it where it is missing.
sys.modules.setdefault("rfc3987_syntax", None)


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
    # How long an example takes says more of what else the machine does.
    hypothesis.settings.register_profile("ftz", deadline=None, max_examples=30)
    hypothesis.settings.load_profile("ftz")
    if os.environ.get("FTZ_REQUIRE_ALL"):
        config.pluginmanager.register(RequireAll())
    if config.getoption("nbval", default=False):
        import chinese_page

        config.pluginmanager.register(chinese_page)


def pytest_collection_finish(session):
    """What is loaded by now stays: the collector need not walk it again at each of its rounds."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_language_is_chosen():
    """Whatever language a test has chosen, the next one starts without."""
    yield
    if language := sys.modules.get("ftz_data.language"):
        language._chosen = None


@pytest.fixture(autouse=True, scope="module")
def nothing_is_left_open():
    """Panels that one file leaves open would draw anew at each change of language in the next."""
    yield
    if "ftz_data.panels" in sys.modules:
        import ipywidgets

        ipywidgets.Widget.close_all()
        sys.modules["ftz_data.panels.page"].page.cache_clear()
    if language := sys.modules.get("ftz_data.language"):
        language._subscribers.clear()


@pytest.fixture
def data(tmp_path):
    """A copy of the built-in report's data package, to be changed."""
    from ftz_data.package import BUILT_IN

    return Path(shutil.copytree(BUILT_IN.path, tmp_path / "data"))


@pytest.fixture(scope="session")
def report_text():
    """Text of the report, which is not part of the project."""
    given = os.environ.get("FTZ_REPORT_TEXT")
    paths = [Path(given)] if given else sorted((ROOT.parent / "shared" / "report").glob("*.txt"))
    if not paths:
        pytest.skip("the report's text is not here; FTZ_REPORT_TEXT can name its file")
    return paths[0].read_text(encoding="utf-8")
