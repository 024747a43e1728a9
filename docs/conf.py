"""Sphinx: how the pages of `make docs` are built. No page asks another host for anything."""

import re
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import reference  # noqa: E402

import ftz_data  # noqa: E402

logger = logging.getLogger(__name__)

project = "ftz-data"
author = copyright = "the ftz_data authors"
version = release = ftz_data.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
exclude_patterns = ["build"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# A single backtick in a docstring marks code, in whose module it stands is no matter.
default_role = "code"
add_module_names = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"
numpydoc_show_class_members = False

html_theme = "furo"
html_title = "ftz-data"
html_copy_source = html_show_sourcelink = False


FOREIGN = re.compile(r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=\"(?:https?:)?//[^>]*>")


def _ask_nobody(app: Sphinx, error: Exception | None) -> None:
    """Warn of whatever a page would fetch from another host."""
    for path in Path(app.outdir).rglob("*.html"):
        for found in FOREIGN.findall(path.read_text(encoding="utf-8")):
            logger.warning("%s fetches from another host: %s", path.name, found)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", lambda app: reference.write(HERE / "reference"))
    app.connect("build-finished", _ask_nobody)
