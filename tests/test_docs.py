"""The documentation: its pages follow from the project, and links lead somewhere.

That Sphinx builds the pages without a warning, `make docs` shows.
"""

import re

import pytest
import reference

from conftest import ROOT
from ftz_data import load_models
from ftz_data.package import BUILT_IN

PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def test_every_field_of_every_table_is_described():
    page = reference.tables()
    for name, resource in BUILT_IN.resources.items():
        assert f"## `{name}`" in page, f"no table {name}"
        for field in resource["schema"]["fields"]:
            assert field["description"], f"{name}.{field['name']} says nothing of itself"
            assert f"`{field['name']}`" in page, f"{name}.{field['name']} is not listed"


def test_every_model_is_there_with_formula_parameters_and_source():
    page = reference.teaching_models()
    for row in load_models().itertuples():
        assert f"(model-{row.model})=" in page, f"no model {row.model}"
        _, _, part = page.partition(f"(model-{row.model})=")
        part = part.partition("\n(model-")[0]
        assert row.formula.replace("*", "\\*").replace("_", "\\_") in part, f"{row.model}: formula"
        for parameter in BUILT_IN.rows("parameters"):
            if parameter[0] == row.model:
                assert f"`{parameter[1]}`" in part, f"{row.model}: {parameter[1]} is not listed"


def test_a_cell_of_a_table_holds_no_mark_of_one():
    assert reference._table(["a"], [[reference._cell("x|y")]]).splitlines()[-1] == "| x\\|y |"


def test_every_module_is_in_the_picture():
    picture = reference.layers_picture()
    for layer in reference.layers():
        for module in layer["modules"].split():
            assert f">{module}</text>" in picture, f"{module} is not drawn"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_to_files(page):
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        # Pages of the reference are written by `make docs`.
        if not link.startswith("reference/"):
            assert (page.parent / link).exists(), f"{page.name} links to {link}, which is not there"
