"""The notebooks for people who only have pip, and what is said where a library is missing."""

import csv
import importlib
import io
import re
import subprocess
import sys

import pytest

import ftz_data
from ftz_data import notebooks
from ftz_data.__main__ import main
from ftz_data.extras import MissingExtra, needs
from ftz_data.package import BUILT_IN

CHANGED = "01_customs.ipynb"


def _names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.ipynb"))


@pytest.fixture
def ours():
    names = [path.as_posix() for path in notebooks.paths()]
    assert names, "the package has no notebook"
    return names


def test_every_notebook_is_copied_as_it_is(tmp_path, ours, capsys):
    assert main(["notebooks", str(tmp_path / "new" / "folder")]) == 0
    copied = tmp_path / "new" / "folder"
    assert _names(copied) == ours
    for name in ours:
        assert (copied / name).read_bytes() == (notebooks.folder() / name).read_bytes(), name
    files = [path.relative_to(copied).as_posix() for path in copied.rglob("*") if path.is_file()]
    assert sorted(files) == ours, "more than the notebooks"
    said = f"{copied}: {len(ours)} of {len(ours)} notebooks copied\n"
    assert capsys.readouterr().out == said


def test_a_changed_notebook_is_kept_and_named_and_a_lost_one_comes_back(tmp_path, ours, capsys):
    notebooks.copy(tmp_path)
    (tmp_path / CHANGED).write_text("mine")
    (tmp_path / ours[-1]).unlink()
    assert main(["notebooks", str(tmp_path)]) == 0
    assert (tmp_path / CHANGED).read_text() == "mine", "a user's work is lost"
    assert _names(tmp_path) == ours
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{tmp_path}: 1 of {len(ours)} notebooks copied"
    assert second == f"{tmp_path / CHANGED}: kept, since it differs from the package's"


@pytest.mark.parametrize("folder", ["file", "file/below"])
def test_a_folder_that_cannot_be_is_named_in_one_line(tmp_path, folder, capsys):
    (tmp_path / "file").write_text("")
    assert main(["notebooks", str(tmp_path / folder)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"python -m ftz_data: {tmp_path / 'file'}"), said
    assert said.count("\n") == 1, said


@pytest.mark.parametrize("command", ["audit", "derived", "consistency", "notebooks"])
def test_only_servers_take_options_that_they_do_not_know(tmp_path, command, capsys):
    argument = [str(tmp_path / "x")] if command in ("audit", "notebooks") else []
    with pytest.raises(SystemExit) as stopped:
        main([command, *argument, "--no-browser"])
    assert stopped.value.code == 2
    assert "unrecognized arguments: --no-browser" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "ascii", "latin-1", "shift_jis"])
@pytest.mark.parametrize("command", ["derived", "consistency", "audit", "new"])
def test_a_terminal_of_any_encoding_gets_the_whole_output(command, encoding, monkeypatch, tmp_path):
    # Chinese words, of which no Western encoding has one.
    monkeypatch.setenv("FTZ_LANG", "zh")
    text = tmp_path / "text"
    text.write_text("比上年增长20%，有12家企业。", encoding="utf-8")
    given = {"audit": [str(text)], "new": ["20余家企业"]}.get(command, [])

    def shown(name):
        written = io.BytesIO()
        with io.TextIOWrapper(written, encoding=name) as terminal, monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", terminal)
            status = main([command, *given])
            return written.getvalue(), status

    whole, status = shown("utf-8")
    assert re.search("[一-龥]", whole.decode()), "not in Chinese"
    assert shown(encoding) == (whole.decode().encode(encoding, errors="replace"), status)


BLOCKED = """
import sys
sys.modules |= dict.fromkeys(sys.argv[2].split(","))
exec(sys.argv[1])
"""
NEEDED = [
    ("import ftz_data; ftz_data.charts", "matplotlib", "charts"),
    ("from ftz_data.charts import model", "seaborn", "charts"),
    ("import ftz_data; ftz_data.panels", "ipywidgets", "notebooks"),
    ("import ftz_data.briefing", "voila", "notebooks"),
]


def _run_without(library, program):
    command = [sys.executable, "-c", BLOCKED, program, library]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.mark.parametrize(("program", "library", "extra"), NEEDED)
def test_a_missing_library_is_named_with_what_to_install(program, library, extra):
    said = f"{library} is missing or too old: pip install 'ftz-data[{extra}]'"
    last = _run_without(library, program).stderr.splitlines()[-1]
    assert last == f"ftz_data.extras.MissingExtra: {said}"


@pytest.mark.parametrize(("command", "library"), [("lab", "jupyterlab"), ("briefing", "tornado")])
def test_a_command_says_in_one_line_what_it_lacks(command, library):
    program = f"from ftz_data.__main__ import main; sys.exit(main(['{command}']))"
    run = _run_without(library, program)
    assert run.returncode == 2
    said = f"{library} is missing or too old: pip install 'ftz-data[notebooks]'"
    assert run.stderr == f"python -m ftz_data: {said}\n"


def test_tables_and_models_need_no_extra():
    program = (
        "import ftz_data; ftz_data.load_observations(); ftz_data.describe('crude_turnover');"
        "ftz_data.load_derived(); ftz_data.consistency(); ftz_data.parse_figure('七十余家');"
        "ftz_data.models.evaluate('crude_release')"
    )
    blocked = "cachetools,ipywidgets,matplotlib,noto_cjk_sans_otc,PIL,scipy,seaborn,voila,wcwidth"
    run = _run_without(blocked, program)
    assert run.returncode == 0, run.stderr


def test_the_version_is_said(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"ftz-data {ftz_data.__version__}\n"


def test_a_new_figure_is_printed_as_the_row_that_its_wording_gives(capsys):
    assert main(["new", "20余家企业"]) == 0
    header, row = csv.reader(capsys.readouterr().out.splitlines())
    cells = dict(zip(header, row, strict=True))
    assert {name: cell for name, cell in cells.items() if cell} == {
        "value": "20",
        "lower": "20",
        "upper": "30",
        "lower_closed": "false",
        "upper_closed": "false",
        "qualifier": "余",
        "resolution": "1",
        "unit": "{enterprise}",
        "printed": "20余家企业",
    }


@pytest.mark.parametrize("row", BUILT_IN.rows("observations").values(), ids=lambda row: row[0])
def test_a_row_of_the_table_is_what_its_wording_gives(row, capsys):
    assert main(["new", row.printed]) == 0
    header, new = csv.reader(capsys.readouterr().out.splitlines())
    with open(BUILT_IN.path / "observations.csv", encoding="utf-8", newline="") as file:
        ours = next(each for each in csv.reader(file) if each[0] == row.observation_id)
    given = {name: cell for name, cell in zip(header, new, strict=True) if cell}
    present = dict(zip(header, ours, strict=True))
    assert {name: present[name] for name in given} == given


@pytest.mark.parametrize("printed", ["很多", "", "35%以上多"])
def test_a_wording_that_cannot_be_read_is_named_in_one_line(printed, capsys):
    assert main(["new", printed]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.startswith("python -m ftz_data: printed is ") and err.count("\n") == 1


def test_a_measure_word_that_is_missing_is_named_with_its_table(capsys):
    assert main(["new", "3克拉"]) == 2
    said = capsys.readouterr().err
    assert "‘克拉’; add it to a row of units.csv" in said, said


def test_a_module_of_ours_that_is_missing_is_no_missing_extra():
    with pytest.raises(ModuleNotFoundError) as caught, needs("charts"):
        importlib.import_module("ftz_data.no_such_module")
    assert not isinstance(caught.value, MissingExtra), "no extra brings a module of ours"
