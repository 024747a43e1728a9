"""Any report through the same doors: every function of the package, bound to one data package."""

import inspect
import json
import shutil

import pandas as pd
import pytest

import ftz_data
from ftz_data import report
from ftz_data.package import BUILT_IN

# Panels need a page; what they take is tested where they are.
FUNCTIONS = [
    name
    for name in ftz_data.__all__
    if inspect.isfunction(getattr(ftz_data, name))
    and "package" in inspect.signature(getattr(ftz_data, name)).parameters
]


@pytest.fixture
def other(data):
    """A report that prints one figure otherwise."""
    path = data / "observations.csv"
    words = path.read_text(encoding="utf-8")
    assert ",6,6,6,true,true,,1,a,,6年," in words
    path.write_text(words.replace(",6,6,6,true,true,,1,a,,6年,", ",7,7,7,true,true,,1,a,,7年,"),
                    encoding="utf-8")  # fmt: skip
    return ftz_data.open_report(data)


def test_a_report_offers_what_the_module_offers():
    assert dir(ftz_data.Report()) == sorted(ftz_data.__all__)
    assert len(FUNCTIONS) > 15, f"few functions take a package: {FUNCTIONS}"


def test_a_report_reads_its_own_tables(other):
    assert other.load_observations()["printed"][0] == "7年"
    assert other.load_figures("en")["words"][0] == "7 years"
    assert "7 years" in repr(other.describe("zone_age_level", "en"))
    assert other.audit("成立7年")["key"].tolist() == ["zone_age_level"]
    # The built-in one is as it was.
    assert ftz_data.load_observations()["printed"][0] == "6年"
    assert ftz_data.audit("成立7年")["key"].isna().all()


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The built-in report from another folder."""
    folder = tmp_path_factory.mktemp("copied") / "data"
    return ftz_data.open_report(shutil.copytree(BUILT_IN.path, folder))


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name.startswith("load_")])
def test_a_loader_of_a_copy_gives_what_the_modules_own_gives(name, copied):
    pd.testing.assert_frame_equal(getattr(copied, name)(), getattr(ftz_data, name)())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_bound_function_keeps_name_and_documentation_and_takes_no_package(name):
    own, bound = getattr(ftz_data, name), getattr(ftz_data.Report(), name)
    assert (bound.__name__, bound.__doc__) == (own.__name__, own.__doc__)
    assert "package" not in inspect.signature(bound).parameters


def test_modules_of_a_report_are_bound_too(other):
    assert other.models.names() == ftz_data.models.names()
    assert {"load_derived", "consistency", "what_if"} <= set(dir(other.derived))
    assert "pd" not in dir(other.derived), "offers what the module itself imported"


def test_what_reads_no_table_is_the_same_function():
    assert ftz_data.Report().parse_figure is ftz_data.parse_figure
    assert ftz_data.Report().Figure is ftz_data.Figure


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(AttributeError, match="no 'load_observation' in ftz_data; nearest: load_ob"):
        ftz_data.Report().load_observation()
    with pytest.raises(AttributeError, match="no 'load_derive' in ftz_data.derived; nearest: load"):
        ftz_data.Report().derived.load_derive()


def test_a_report_says_where_it_is(data):
    assert repr(ftz_data.Report(data)) == f"<ftz_data of {str(data)!r}>"
    assert report.Report().package.path == BUILT_IN.path


def test_opening_checks_references(data):
    path = data / "claims.csv"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace(",digital.1,report,", ",digital.1,reprot,"), encoding="utf-8")
    with pytest.raises(ValueError, match="claims.csv, column source: 'reprot' is not in sources"):
        ftz_data.open_report(data)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file or directory; a data package has one"),
        ("", "not the descriptor of a data package"),
        ("[]", "not the descriptor of a data package"),
        (json.dumps({"name": "x"}), "not the descriptor of a data package"),
    ],
)
def test_a_directory_without_a_descriptor_is_named_in_one_line(tmp_path, content, words):
    if content is not None:
        (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=words) as caught:
        ftz_data.open_report(tmp_path)
    assert str(caught.value).startswith(str(tmp_path)) and "\n" not in str(caught.value)


def test_what_follows_from_the_figures_follows_from_the_reports_own(data):
    path = data / "observations.csv"
    words = path.read_text(encoding="utf-8")
    assert ",2.5,2,3,true,true,,1,d,,2—3天," in words
    changed = words.replace(",2.5,2,3,true,true,,1,d,,2—3天,", ",5.5,5,6,true,true,,1,d,,5—6天,")
    path.write_text(changed, encoding="utf-8")
    other = ftz_data.open_report(data)
    # Half a day after, in both.
    for report_, low, high in ((ftz_data, 1.5, 2.5), (other, 4.5, 5.5)):
        saved = report_.load_derived().set_index("derived_id").loc["crude_time_saved"]
        assert (saved.lower, saved.upper) == (low, high)
    pairs = [each.consistency().set_index("pair") for each in (ftz_data, other)]
    changed = [key for key in pairs[0].index if pairs[0].left_en[key] != pairs[1].left_en[key]]
    assert changed, "no verdict follows from the release time of the other report"
    assert "5 to 6 days" in repr(other.describe("crude_time_before", "en"))


def test_charts_draw_the_reports_own_figures_and_name_it(data):
    for name, old, new in (
        ("observations", ",2.5,2,3,true,true,,1,d,,2—3天,", ",5.5,5,6,true,true,,1,d,,5—6天,"),
        ("codes", ",report,press report of 2025,2025年报道", ",report,other report,另一报道"),
    ):
        path = data / f"{name}.csv"
        words = path.read_text(encoding="utf-8")
        assert old in words
        path.write_text(words.replace(old, new), encoding="utf-8")
    charts = ftz_data.open_report(data).charts
    for chart in (
        charts.figures("crude_release"),
        charts.figures("customs"),
        charts.picture("crude_release"),
        charts.consistency(),
    ):
        assert "5 to 6 days" in chart.words("en"), f"{chart.words('en')[:40]!r}: another's figure"
    assert "4.5 to 5.5 days" in charts.implied("crude_release").words("en")
    shown = [
        charts.picture("crude_release"),
        charts.figures("crude_release"),
        charts.percentages("change"),
        charts.claims("customs"),
        charts.ratio("pool_lent_level", "pool_loans_level"),
        charts.what_if("crude_turnover_change", 10),
        *(getattr(charts, name)() for name in ("inventory", "coverage", "pipeline", "ties")),
    ]
    for chart in shown:
        assert "另一报道" in chart.words("zh") and "2025年报道" not in chart.words("zh")


def test_every_chart_can_be_that_of_another_report():
    charts = ftz_data.charts
    functions = [name for name in charts.__all__ if inspect.isfunction(getattr(charts, name))]
    lacking = [
        name
        for name in functions
        if "package" not in inspect.signature(getattr(charts, name)).parameters
    ]
    assert functions and not lacking
