"""What adding takes: a figure and a system are added to a copy of the project, as a user would."""

import csv
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from conftest import ROOT

pytestmark = pytest.mark.slow

# Those that reach the tables, and with them whatever is added.
UNITS = (
    "around auditing boards briefs cards charts consistency data docs documents exercises "
    "exporting lessons models panels predicting project quizzing readings report sections tables "
    "words"
).split()
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "build", "dist", ".*_cache", "__pycache__")

FIGURE = {
    "indicators": {
        "after": "crude_saving",
        "rows": ["crude_firms,customs,Enterprises served,受惠企业数,{enterprise},enterprises,家,"
                 "neutral,,0,,Enterprises that use it,使用该模式的企业数"],
    },
    "observations": {
        "after": "crude_saving_level",
        "rows": ["crude_firms_level,crude_firms,crude_release,customs,level,port,,20,20,30,false,"
                 "false,余,1,{enterprise},,20余家企业,institutional.2,report,with_caveat,"
                 "Not said since when,未说明起算时间"],
    },
    "briefs": {
        "after": "crude_release_quote_3",
        "rows": ["crude_release_quote_4,crude_release,quote,crude_firms_level,Enterprises served: "
                 "more than 20 and less than 30 firms,受惠企业数：超过20、不足30家企业,,,,"],
    },
}  # fmt: skip

SYSTEM = {
    "instruments": {
        "after": "cotton_weighing",
        "rows": ["smart_check,customs,Smart inspection of containers,智能查验,Qingdao Customs,"
                 "青岛海关,A container is opened and waits for its turn.,集装箱须开箱并排队等候。,"
                 "Pictures are read first; few containers are opened.,先审看图像，少数才开箱。,"
                 "The report says that inspection takes less time.,据报道，查验用时缩短。,"
                 "The time before is not given,未给出原有时长,,,port,institutional.2,report,"],
    },
    "indicators": {
        "after": "cotton_time",
        "rows": ["check_time,customs,Time to inspect a container,集装箱查验时间,%,%,%,lower,,-100,,"
                 "Relative change in the time of an inspection,查验用时的相对变化",
                 "check_firms,customs,Firms served by smart inspection,智能查验受惠企业数,"
                 "{enterprise},enterprises,家,neutral,,0,,Firms said to be served,"
                 "报道所称受惠企业数"],
    },
    "observations": {
        "after": "cotton_time_change",
        "rows": ["check_time_change,check_time,smart_check,customs,change,port,,-40,-40,-40,true,"
                 "true,,1,%,,缩短40%,institutional.2,report,needs_baseline,"
                 "The time before is not given,未给出原有时长",
                 "check_firms_level,check_firms,smart_check,customs,level,port,,20,20,30,false,"
                 "false,余,1,{enterprise},,20余家企业,institutional.2,report,with_caveat,"
                 "Not said since when,未说明起算时间"],
    },
    "models": {
        "after": "cotton_weighing",
        "rows": ["smart_check,customs,smart_check,check_time_change,,opened,%,"
                 "Change in the time of an inspection,查验用时变化,Δ = (l + 120 p)/120 − 1,"
                 "Only the share whose picture shows something is opened,只有图像异常的才开箱,"],
    },
    "parameters": {
        "after": "cotton_weighing",
        "rows": ["smart_check,look,l,min,10,1,60,1,assumed,,Minutes to read a picture,审图分钟数,"
                 "A round number; the report prints none,取整数；报道未给出",
                 "smart_check,opened,p,%,50,0,100,1,assumed,,Share that is opened,开箱比例,"
                 "A round number; the report prints none,取整数；报道未给出"],
    },
    "pictures": {
        "after": "cotton_weighing",
        "rows": ["smart_check,smart_check,curve,smart_check,opened,,reported:check_time_change,"
                 "How many containers may be opened?,开箱比例可以多高？,"
                 "\"With {look} and {opened}, the time changes by {result}.\","
                 "{look}、{opened}时，用时变化为{result}。"],
    },
}  # fmt: skip

FUNCTION = '''

def smart_check(look, opened):
    """Change in time where a picture is read first and a share is opened, which takes two hours.

    >>> smart_check(12, 50)
    -40.0
    """
    return 100 * ((look + opened / 100 * 120) / 120 - 1)
'''
PROSE = """<div lang="en">

## Containers: smart inspection

A picture is read first.

</div>
<div lang="zh">

## 集装箱：智能查验

先审看图像。

</div>"""
CELLS = ['describe("smart_check")', 'panels.picture("smart_check")']


def _insert(copy, tables):
    """Add rows to tables, each after the last one of a key."""
    for name, added in tables.items():
        path = copy / f"ftz_data/data/{name}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        place = max(n for n, line in enumerate(lines) if line.startswith(added["after"] + ","))
        widths = {len(row) for row in csv.reader([lines[0], *added["rows"]])}
        assert len(widths) == 1, f"{name}: a row of this test has {widths} cells"
        lines[place + 1 : place + 1] = added["rows"]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the project, which wins over the project itself."""
    folder = tmp_path / "project" / "copy"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    # The report prints none of what is added; beside the copy there is none.
    monkeypatch.delenv("FTZ_REPORT_TEXT", raising=False)
    monkeypatch.delenv("FTZ_REQUIRE_ALL", raising=False)
    return folder


def _run(copy, *command):
    done = subprocess.run(
        [sys.executable, *command], cwd=copy, capture_output=True, text=True, env=os.environ
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]


def _tests_pass(copy, *notebooks):
    _run(copy, "scripts/run_notebooks.py", *(f"notebooks/{name}.ipynb" for name in notebooks))
    units = [f"tests/test_{name}.py" for name in UNITS]
    assert all((copy / path).exists() for path in units), "a file of tests has another name"
    marked = "not (slow or browser or hub or notebook)"
    options = ["-q", "-x", "-n", "2", "-p", "no:cacheprovider", "-m", marked]
    _run(copy, "-m", "pytest", *options, *units, "ftz_data/models")


def test_a_figure_takes_three_files_and_a_system_with_two_and_a_model_eight(copy):
    assert len(FIGURE) <= 3
    # The tables, the module of the model, and the notebook.
    assert len(SYSTEM) + 2 <= 8
    # Both in one copy, since the tests take longer than all else.
    _insert(copy, FIGURE)
    _insert(copy, SYSTEM)
    with open(copy / "ftz_data/models/customs.py", "a", encoding="utf-8") as module:
        module.write(FUNCTION)
    path = copy / "notebooks/01_customs.ipynb"
    notebook = nbformat.read(path, 4)
    place = next(n for n, cell in enumerate(notebook.cells) if "panels.doubt" in cell.source) - 1
    notebook.cells[place:place] = [
        nbformat.v4.new_markdown_cell(PROSE),
        *map(nbformat.v4.new_code_cell, CELLS),
    ]
    nbformat.write(notebook, path)
    _tests_pass(copy, "00_overview", "01_customs", "07_consistency")
