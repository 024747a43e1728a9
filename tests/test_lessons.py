"""Lessons for a room: minutes, places on the pages, answers, the sheet, and the look before it."""

import re
import socket

import nbformat
import pytest

import ftz_data
from conftest import ROOT
from ftz_data import notebooks, readiness
from ftz_data.expressions import names
from ftz_data.language import LANGS, codes
from ftz_data.package import BUILT_IN, Package
from ftz_data.teaching.lessons import steps

LESSONS = codes("lesson")
ROWS = list(BUILT_IN.rows("steps").values())
COLUMNS = ("aim", "say", "question", "answer", "board", "slip")


def test_minutes_add_up_to_the_length_of_the_lesson():
    assert LESSONS == ["15", "45", "90"]
    assert [len(steps(lesson)) for lesson in LESSONS] == [5, 10, 16]
    for lesson in LESSONS:
        found = steps(lesson)
        assert found[-1].start + found[-1].minutes == int(lesson)
        assert [step.start for step in found[1:]] == [s.start + s.minutes for s in found[:-1]]


def test_every_step_is_in_the_longest_lesson_and_shorter_ones_keep_its_order():
    longest = [step.row.step for step in steps(90)]
    assert longest == [row.step for row in ROWS]
    for lesson in LESSONS:
        taken = [step.row.step for step in steps(lesson)]
        assert taken == [name for name in longest if name in taken], lesson


def test_an_unknown_lesson_is_refused_with_those_that_there_are():
    with pytest.raises(KeyError, match="lesson '46'.*45"):
        ftz_data.guide(46)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.step)
def test_a_step_leads_to_a_heading_of_a_page_in_both_languages(row):
    path = f"{row.page}.ipynb"
    assert path in map(str, notebooks.pages()), row.page
    cells = nbformat.read(ROOT / "notebooks" / path, as_version=4).cells
    pairs = [re.findall(r"^#+ (.+)$", cell.source, re.MULTILINE) for cell in cells]
    assert [row.heading_en, row.heading_zh] in pairs, f"{row.page} has no {row.heading_en}"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("step", steps(90), ids=lambda step: step.row.step)
def test_a_step_is_whole_and_asks_without_telling(step, lang):
    said = {column: step.words(column, lang) for column in COLUMNS}
    for column, words in said.items():
        assert words and not re.search(r"[{}]|\bnan\b", words), f"{column}: {words}"
    if isinstance(step.row.expression, str):
        # What goes into the braces is what is looked for; the rest of the answer is prose.
        before, after = getattr(step.row, f"answer_{lang}").split("{}")
        value = said["answer"].removeprefix(before).removesuffix(after)
        assert re.search(r"\d", value), said["answer"]
        for column in ("aim", "say", "question", "board"):
            assert value not in said[column], f"{column} tells {value}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.step)
def test_a_number_of_an_answer_is_computed_and_never_typed(row):
    assert isinstance(row.expression, str) == isinstance(row.unit, str)
    for lang in LANGS:
        answer = getattr(row, f"answer_{lang}")
        assert ("{}" in answer) == isinstance(row.expression, str), row.step
        assert not re.search(r"\d", answer), answer
        question = re.sub(r"{[^}]*}", "", getattr(row, f"question_{lang}"))
        assert not re.search(r"\d", question), row.step


# Worked by hand from the figures as printed.
ANSWERS = {
    "words": "more than 700,000 and less than 800,000 containers",
    "gain": "1.5 to 2.5 days",
    "cycle": "5.78 to 9.65 days",
    "speed": "−16.7%",
    "share": "1 to 1.25",
    "loan": "at least 8.04 million and less than 8.12 million yuan",
    "points": "more than 42.1 basis points",
    "rank": "rank 5",
    "growth": "at least 2.03 billion and less than 2.06 billion yuan",
    "contradiction": "3.65 percentage points",
    "close": "more than 70 and less than 80 firms",
}


@pytest.mark.parametrize("step", steps(90), ids=lambda step: step.row.step)
def test_an_answer_is_what_one_gets_by_hand(step):
    assert (step.row.step in ANSWERS) == isinstance(step.row.expression, str)
    assert ANSWERS.get(step.row.step, "") in step.words("answer", "en")


def test_a_changed_figure_changes_the_answer(copied):
    path, changed = copied
    text = path.read_text(encoding="utf-8")
    assert text.count("2.5,2,3,true,true,,1,d,,2—3天") == 1
    path.write_text(text.replace("2.5,2,3,true,true", "3,2,4,true,true"), encoding="utf-8")
    package = Package(changed)
    gain = next(step for step in steps(15, package) if step.row.step == "gain")
    assert "1.5 to 3.5 days" in gain.words("answer", "en", package)
    assert names(gain.row.expression) == ["crude_time_before", "crude_time_after"]


@pytest.fixture
def copied(tmp_path):
    for path in BUILT_IN.path.iterdir():
        if path.suffix in (".csv", ".json"):
            (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path / "observations.csv", tmp_path


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_has_aims_words_questions_and_room_to_write(lang):
    page = ftz_data.handout().page(lang)
    assert f'<html lang="{lang}">' in page and "size: A4" in page
    assert page.count("<h2>") == 5 and page.count('class="line"') == 8
    assert page.count("<tr>") - 1 == len(set(BUILT_IN.table("observations")["qualifier"]))
    questions = page[page.index("<ol>") : page.index("</ol>")]
    assert questions.count("<li>") == 5
    assert not re.search(r"https?:|<script", page), "it asks another server"


def test_a_guide_shows_each_step_in_both_languages():
    shown = ftz_data.guide(45)._repr_html_()
    assert shown.count("<h3>") == 2 * 10 and shown.count("<dt>") == 2 * 10 * 5
    assert shown.count('href="../01_customs.ipynb"') == 2 * 3


def test_where_all_is_well_nothing_is_printed(capsys):
    ftz_data.preflight()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_missing_is_said_with_what_to_do(lang, monkeypatch, capsys):
    monkeypatch.setattr(readiness, "_widgets", lambda: False)
    monkeypatch.setattr(readiness, "_browser", lambda: False)
    monkeypatch.setattr(readiness, "_FONT", "no_such_font")
    monkeypatch.setattr(readiness, "_free", lambda port: False)
    old = ['voila>=99; extra == "notebooks"', 'nosuch>=1; extra == "charts"', "x; extra == 'hub'"]
    monkeypatch.setattr(readiness.importlib.metadata, "requires", lambda name: old)
    ftz_data.preflight(lang)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    found = ["voila>=99", "nosuch", "jupyterlab_widgets", "noto-cjk-sans-otc", "", "8866"]
    for line, word in zip(lines, found, strict=True):
        assert word in line, line
        assert bool(re.search("[一-龥]", line)) == (lang == "zh"), line


def test_a_taken_port_is_not_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not readiness._free(taken.getsockname()[1])
