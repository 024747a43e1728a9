"""What people take home: each format read by a program that is not ours, and what is refused."""

import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace

import duckdb
import frictionless
import openpyxl
import pandas as pd
import polars
import pypdfium2
import pytest

import ftz_data
from conftest import ROOT
from ftz_data import exporting
from ftz_data.__main__ import main
from ftz_data.exporting import FORMATS, target
from ftz_data.exporting.columns import COLUMNS
from ftz_data.exporting.content import gather
from ftz_data.exporting.formulas import formulas
from ftz_data.expressions import evaluate, names
from ftz_data.interval import Interval
from ftz_data.language import LANGS, text
from ftz_data.package import BUILT_IN, Package

WHOLE = gather()
NUMBERS = ["value", "lower", "upper"]
# Each basis with the table that its figures are of.
TABLES = {
    "reported": ftz_data.load_observations().set_index("observation_id"),
    "derived": ftz_data.load_derived().set_index("derived_id"),
    "published": ftz_data.load_context().set_index("context_id"),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The whole report in a format, written once."""
    folder, paths = tmp_path_factory.mktemp("export"), {}

    def write(form):
        if form not in paths:
            paths[form] = ftz_data.export(folder / f"report.{form}")
        return paths[form]

    return write


@pytest.fixture
def changed(data):
    """A report of which one printed figure is another than in the built-in one."""
    path = data / "observations.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    [number] = [n for n, line in enumerate(lines) if line.startswith("crude_time_after,")]
    assert ",0.5,0.5,0.5," in lines[number], lines[number]
    lines[number] = lines[number].replace(",0.5,0.5,0.5,", ",0.75,0.75,0.75,")
    path.write_text("".join(lines), encoding="utf-8")
    return Package(data)


def held_against_tables(table):
    """Every exported figure is that of the tables, with bounds in words, basis and source."""
    known = {key for each in TABLES.values() for key in each.index}
    assert set(table["key"]) == known, sorted(set(table["key"]) ^ known)
    labels = {ftz_data.language.label("basis", basis, "en"): basis for basis in TABLES}
    for row in table.to_dict("records"):
        expected = TABLES[labels[row["basis_en"]]].loc[row["key"]]
        for name in NUMBERS:
            ours, theirs = row[name], expected[name]
            # A workbook keeps sixteen digits.
            same = ours == pytest.approx(theirs, rel=1e-15, nan_ok=True)
            assert same, f"{row['key']}: {name} is {ours}, not {theirs}"
        for name in ("lower_closed", "upper_closed"):
            ours, theirs = row[name], expected[name]
            missing = pd.isna(ours) and pd.isna(theirs)
            assert missing or bool(ours) == bool(theirs), f"{row['key']}: {name} is {ours}"
        figure = next(each for each in WHOLE.figures if each.key == row["key"])
        for lang in LANGS:
            words = ftz_data.in_words(figure.row, lang, 4 if figure.basis == "derived" else 5)
            assert row[f"words_{lang}"] == words, f"{row['key']}: {row[f'words_{lang}']}"
            assert row[f"source_{lang}"], f"{row['key']} has no source"


def test_content_holds_every_figure_once_and_every_system():
    keys = [figure.key for system in WHOLE.systems for figure in system.figures]
    assert len(keys) == len(set(keys)) == sum(map(len, TABLES.values()))
    systems = [system.key for system in WHOLE.systems]
    assert systems[:-1] == list(BUILT_IN.rows("instruments")), "a system is missing"
    for system in WHOLE.systems:
        for lang in LANGS:
            assert system.finding[lang] and system.name[lang], system.key


def test_lines_of_a_brief_are_those_of_the_tables():
    for system in WHOLE.systems[:-1]:
        for lang in LANGS:
            said = [line[lang] for lines in system.said.values() for line in lines]
            expected = [line for lines in ftz_data.briefs.say(system.key, lang).values()
                        for line in lines]  # fmt: skip
            assert said == expected, system.key


def test_csv_is_read_by_pandas(written):
    held_against_tables(pd.read_csv(written("csv"), encoding="utf-8-sig"))


def test_parquet_is_read_by_duckdb_and_polars(written):
    path = written("parquet")
    by_duckdb = duckdb.sql(f"select * from read_parquet('{path}')").fetchall()
    by_polars = polars.read_parquet(path)
    assert by_duckdb == by_polars.rows(), "two readers of one file differ"
    held_against_tables(pd.DataFrame(by_polars.to_dicts()))


def test_json_holds_each_figure_and_what_to_say(written):
    read = json.loads(written("json").read_text(encoding="utf-8"))
    held_against_tables(pd.DataFrame(read["figures"]))
    assert [each["key"] for each in read["systems"]] == [each.key for each in WHOLE.systems]
    crude = read["systems"][0]
    assert crude["say"]["question"][0]["en"].endswith("in inspection and release only.")


def test_data_package_is_valid_and_opens_as_a_report(written, tmp_path):
    with zipfile.ZipFile(written("zip")) as archive:
        archive.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(BUILT_IN.resources)
    pd.testing.assert_frame_equal(
        ftz_data.open_report(tmp_path).load_derived(), ftz_data.load_derived()
    )


def _sheet(path, name):
    """A sheet as pandas has it, under the names of the columns."""
    names_ = [head for column in COLUMNS for head, _ in column.heads(LANGS)]
    heading = " ".join(text(f"export_sheet_{name}", lang) for lang in LANGS)
    table = pd.read_excel(path, sheet_name=heading, keep_default_na=False, na_values=[""])
    return table.iloc[:, : len(names_)].set_axis(names_, axis="columns")


def test_workbook_is_read_by_pandas(written):
    sheets = [_sheet(written("xlsx"), name) for name in ("figures", "derived")]
    held_against_tables(pd.concat(sheets))


def test_workbook_has_typed_cells_units_filters_and_frozen_panes(written):
    book = openpyxl.load_workbook(written("xlsx"))
    assert len(book.sheetnames) == 4, book.sheetnames
    for sheet in book:
        assert sheet.freeze_panes == "B2", f"{sheet.title}: no frozen panes"
        assert sheet.auto_filter.ref == sheet.dimensions, f"{sheet.title}: no filter"
    figures = book.worksheets[0]
    heads = {name: len(_before(name)) for name in ("value", "lower_closed", "words_zh", "unit_en")}
    for row in figures.iter_rows(min_row=2):
        assert row[heads["value"]].data_type == "n", row[0].value
        assert row[heads["lower_closed"]].data_type in "bn", row[0].value
        assert row[heads["words_zh"]].data_type == "s", row[0].value
    unit = figures.cell(1, heads["unit_en"] + 1)
    assert unit.column_letter in figures.cell(1, heads["value"] + 1).value, "no unit in the header"


def _before(name):
    names_ = [head for column in COLUMNS for head, _ in column.heads(LANGS)]
    return names_[: names_.index(name)]


def test_derived_quantities_are_formulas_over_the_figures(written):
    derived = openpyxl.load_workbook(written("xlsx")).worksheets[1]
    columns = {name: len(_before(name)) for name in NUMBERS}
    found = 0
    for row in derived.iter_rows(min_row=2):
        expected = TABLES["derived"].loc[row[0].value]
        for name, number in columns.items():
            formula = row[number].value
            if pd.isna(expected[name]):
                assert formula is None, f"{row[0].value}: {name} is {formula}"
            else:
                assert str(formula).startswith("="), f"{row[0].value}: {name} is {formula}"
                found += 1
    assert found > 80, f"{found} formulas"


@pytest.mark.parametrize("row", list(TABLES["derived"].itertuples()), ids=lambda row: row.Index)
def test_a_formula_computes_what_the_interval_does(row):
    figures = ftz_data.derived.reported_and_published(BUILT_IN)
    used = {name: figures[name] for name in names(row.expression)}
    found = formulas(row.expression, used, lambda key, column: f"{key}_{column}", BUILT_IN)
    cells = {f"{key}_{column}": getattr(figure, column)
             for key, figure in used.items() for column in NUMBERS}  # fmt: skip
    cells |= {"MIN": min, "MAX": max}
    for name, formula in found.items():
        expected = getattr(row, name)
        if pd.isna(expected):
            assert formula == "", f"{name}: {formula}"
        else:
            result = eval(formula[1:].replace("^", "**"), {}, cells)
            assert result == pytest.approx(expected, rel=1e-12), f"{name}: {formula}"


@pytest.mark.parametrize(
    "expression",
    ["one / two", "two / one", "one * two", "-two * one", "one - two", "two ** 2", "one / 4 + two"],
)
@pytest.mark.parametrize("ends", [(1, 3), (2, float("nan")), (-3, -1), (0, 2), (2, 2)])
def test_formulas_follow_missing_and_negative_ends(expression, ends):
    low, high = ends
    row = TABLES["reported"].iloc[0].to_dict() | {"indicator": None}
    one = pd.Series(row | {"value": 6.0, "lower": 5.0, "upper": float("nan")})
    two = pd.Series(row | {"value": max(low, 1) if low >= 0 else low, "lower": low, "upper": high})
    figures = {"one": one, "two": two}
    intervals = {key: Interval.of(each) for key, each in figures.items()}
    cells = {f"{key}_{name}": each[name] for key, each in figures.items() for name in NUMBERS}

    def ours():
        return formulas(expression, figures, lambda key, name: f"{key}_{name}", BUILT_IN)

    try:
        expected = evaluate(expression, intervals)
    except ValueError:
        with pytest.raises(ValueError):
            ours()
        return
    found = ours()
    for name, end in zip(NUMBERS, (expected.value, expected.low, expected.high), strict=True):
        if abs(end) == float("inf"):
            assert found[name] == "", f"{name} of {expression}: {found[name]}"
        else:
            result = eval(found[name][1:].replace("^", "**"), {}, cells)
            assert result == pytest.approx(end), f"{name} of {expression}: {found[name]}"


# Those that hold a picture, which takes a second to draw.
DRAWN = {"docx", "pdf", "pptx", "html", "png", "svg"}


@pytest.mark.parametrize(
    "form",
    [pytest.param(each, marks=pytest.mark.slow if each in DRAWN else ()) for each in FORMATS],
)
def test_a_changed_value_changes_every_format(form, changed):
    part = None if form == "zip" else "crude_release"
    # A picture alone is in one language.
    lang = "en" if form in ("png", "svg") else "both"
    ours = exporting.write(gather(part, lang, Package(BUILT_IN.path)), form)
    theirs = exporting.write(gather(part, lang, changed), form)
    assert ours != theirs, f"{form} does not show that a figure has changed"


# The same of what has pictures is held in test_documents.py, of a part that is quickly drawn.
@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "parquet", "zip"])
def test_two_runs_give_the_same_bytes(form, written, tmp_path):
    again = ftz_data.export(tmp_path / f"again.{form}")
    assert written(form).read_bytes() == again.read_bytes(), f"two {form} of one report differ"


RISKY = ["=1+1", "+1+1", "-1+1", "@SUM(A1)"]


@pytest.fixture(scope="module")
def risky(tmp_path_factory):
    """A part of a report that has texts which a spreadsheet would compute, and their page."""
    data = tmp_path_factory.mktemp("risky") / "data"
    shutil.copytree(BUILT_IN.path, data)
    path = data / "observations.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    places = table.index[table["instrument"] == "barter_trade"]
    [place] = places
    table.loc[place, ["printed", "caveat_zh"]] = RISKY[0], RISKY[3]
    table.to_csv(path, index=False, lineterminator="\n")
    path = data / "briefs.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    mine = table["instrument"] == "barter_trade"
    kinds = table.index[mine & table["kind"].isin(["add", "avoid", "request"])]
    for place, words in zip(kinds, RISKY, strict=False):
        table.loc[place, "text_zh"] = words
    assert len(kinds) >= len(RISKY), f"{len(kinds)} lines to be replaced"
    table.to_csv(path, index=False, lineterminator="\n")
    content = gather("barter_trade", "zh", Package(data))
    systems = [replace(each, picture=None) for each in content.systems]
    return replace(content, systems=systems)


def test_a_text_is_no_formula_in_a_workbook(risky):
    book = openpyxl.load_workbook(io.BytesIO(exporting.write(risky, "xlsx")))
    cells = {cell.value: cell.data_type for line in book.worksheets[0].iter_rows() for cell in line}
    for words in (RISKY[0], RISKY[3]):
        assert cells[words] == "s", f"{words} is a formula in the workbook"


def test_a_text_is_no_formula_where_a_csv_is_opened(risky):
    table = pd.read_csv(io.BytesIO(exporting.write(risky, "csv"))).astype(str)
    cells = set(table.to_numpy().ravel())
    for words in (RISKY[0], RISKY[3]):
        assert f"'{words}" in cells and words not in cells, f"{words} is a formula in the CSV"


@pytest.mark.parametrize("form", ["docx", "pdf", "pptx", "html", "json", "parquet"])
def test_a_text_stands_as_it_is_in_every_other_format(form, risky):
    payload = exporting.write(risky, form)
    if form == "parquet":
        said = str(polars.read_parquet(payload).to_dicts())
        wanted = [RISKY[0], RISKY[3]]
    elif form == "pdf":
        said, wanted = pypdfium2.PdfDocument(payload)[0].get_textpage().get_text_bounded(), RISKY
    elif form in ("docx", "pptx"):
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            names = [each for each in archive.namelist() if each.endswith(".xml")]
            said = "".join(archive.read(each).decode() for each in names)
        # A field would be computed, a text is what a `t` holds.
        said = "".join(re.findall(r"<[aw]:t[^>]*>([^<]*)<", said))
        wanted = RISKY
    else:
        said, wanted = payload.decode(), RISKY
    for words in wanted:
        assert words in said, f"{words} is lost in {form}"
        assert f"'{words}" not in said or form == "parquet", f"{form} has changed {words}"


def test_a_part_holds_its_figures_and_those_that_they_follow_from(tmp_path):
    path = ftz_data.export(tmp_path / "part.csv", ["pool_leverage"], lang="en")
    keys = pd.read_csv(path, encoding="utf-8-sig")["key"].tolist()
    assert keys == ["pool_leverage", "pool_lent_level", "pool_fund_level"]
    section = pd.read_csv(ftz_data.export(tmp_path / "section.csv", "finance"))
    assert set(section["section_en"]) == {"Trade finance"} and len(section) > 20
    system = pd.read_csv(ftz_data.export(tmp_path / "system.csv", "loan_pool"))
    assert set(system["system_en"]) == {"Loan support pool"}


CASES = {
    "unknown format": (["--format", "ppt"], "no format 'ppt'; "),
    "unknown ending": (["-o", "x.xslx"], "no format 'xslx'; nearest: xlsx"),
    "unknown section": (["--section", "finanse"], "nearest: finance"),
    "unknown system": (["--system", "loan_pol"], "nearest: loan_pool"),
    "unknown figure": (["--figures", "pool_lent"], "pool_lent_level"),
    "unknown language": (["--lang", "de"], "lang is 'de'; allowed are 'en', 'zh' and 'both'"),
    "format and ending": (["--format", "json"], "ends in .json"),
    "no folder": (["-o", "none/x.csv"], "none: no such folder"),
    "a folder": (["-o", "folder.csv"], "folder.csv: is a folder"),
    "pictures of a report": (["-o", "x.png"], "png holds one picture: name one system"),
    "a picture in two languages": (["--system", "loan_pool", "-o", "x.svg"], "one language"),
    "a part of the data package": (["--section", "finance", "-o", "x.zip"], "whole report"),
    "a file that is there": (["-o", "there.csv"], "--force"),
}


@pytest.mark.parametrize("arguments, says", CASES.values(), ids=CASES)
def test_what_is_refused_is_one_line(arguments, says, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "there.csv").write_text("mine")
    before = sorted(tmp_path.iterdir())
    assert main(["export", "-o", "x.csv", *arguments]) == 2
    said = capsys.readouterr()
    assert says in said.err and said.err.count("\n") == 1 and not said.out, said
    assert sorted(tmp_path.iterdir()) == before, "a part of a file is left behind"
    assert (tmp_path / "there.csv").read_text() == "mine", "a user's file is lost"


def test_force_writes_over_a_file_that_is_there(tmp_path, capsys):
    path = tmp_path / "there.csv"
    path.write_text("mine")
    assert main(["export", "--system", "loan_pool", "--force", "-o", str(path)]) == 0
    assert path.read_text(encoding="utf-8-sig").startswith("key,section_en,section_zh")
    assert capsys.readouterr().out == f"{path}\n"


@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_leaves_the_old_file_and_no_part(form, tmp_path, monkeypatch):
    def full(path, payload):
        with open(path, "wb") as file:
            file.write(payload[:10])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / f"there.{form}"
    path.write_text("mine")
    monkeypatch.setattr(target.Path, "write_bytes", full)
    part, lang = (None if form == "zip" else "bg136"), "en"
    if form in ("png", "svg"):
        # What is drawn is of no interest here.
        monkeypatch.setattr(exporting, "write", lambda *arguments: b"drawn and so on")
    with pytest.raises(ValueError, match="not written: No space left on device"):
        ftz_data.export(path, part, lang=lang, force=True)
    assert path.read_text() == "mine" and list(tmp_path.iterdir()) == [path]


# What is loaded, and what may be done, before the command runs.
_LIMITED = """
import os, resource, sys
from ftz_data import report
from ftz_data.__main__ import main
from ftz_data.exporting import content, tabular
limit, user, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
content.gather()
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
if user:
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)
sys.exit(main(["export", "-o", path]))
"""


def _run(path, limit=0, user=0):
    command = [sys.executable, "-c", _LIMITED, str(limit), str(user), str(path)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)


def test_no_part_is_left_where_the_system_lets_nothing_more_be_written(tmp_path):
    path = tmp_path / "x.csv"
    run = _run(path, limit=10_000)
    assert run.returncode == 2, run
    assert run.stderr == f"python -m ftz_data: {path}: not written: File too large\n"
    assert not list(tmp_path.iterdir()), "a part of a file is left behind"


def test_a_folder_of_somebody_else_is_one_line():
    # Root may write anywhere, and so becomes another user once all is loaded; whoever else runs the
    # test finds the root of the file system closed as it is.
    run = _run("/x.csv", user=65534 if os.geteuid() == 0 else 0)
    assert run.returncode == 2, run
    assert run.stderr == "python -m ftz_data: /: you may not write to this folder\n"
