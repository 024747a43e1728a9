"""The panel of exercises: what the page holds before and after something is asked for."""

import html
import json
import re

import nbformat
import pytest
import write_exercises

from conftest import ROOT
from ftz_data import language, panels
from ftz_data.language import LANGS, codes, text
from ftz_data.package import BUILT_IN
from ftz_data.teaching.exercises import answered, explained

ROWS = BUILT_IN.rows("exercises")


def parts(panel):
    """Chooser, question, field, the place of the choice, buttons and what was said."""
    chooser, question, field, place, buttons, said = panel.children
    return chooser, question, field, place, buttons.children, said


def choose(place, number):
    """Answer a choice as the browser does."""
    [ask] = place.children
    ask.chosen = number
    ask.entered += 1


def state(widget):
    """All that a page gets of a widget and of what it holds."""
    found = [repr(widget.get_state())]
    for child in getattr(widget, "children", ()):
        found += state(child)
    return found


@pytest.mark.parametrize("section", codes("section"))
def test_no_answer_is_on_the_page_before_it_is_asked_for(section):
    panel = panels.exercises(section)
    chooser, _, _, place, (_, hint, show, _), said = parts(panel)
    for _, key in chooser.options:
        chooser.value = key
        row = ROWS[key]
        hint.click()
        for lang in LANGS:
            language.use(lang)
            held = "".join(state(panel))
            why = explained(row, lang)
            assert why not in held, f"{key}: the page explains itself before it is asked to"
            if row.kind in ("number", "range") and row.level != "read":
                answer = re.escape(answered(row, lang)) + r"(?![\d%])"
                assert not re.search(answer, held), f"{key}: the answer is on the page"
        assert place.children[0].chosen == -1, f"{key}: an option is chosen already"
        show.click()
        assert explained(row, language.current()) in said.value.replace("&#x27;", "'").replace(
            "&quot;", '"'
        ).replace("&lt;", "<").replace("&gt;", ">")


def test_an_answer_is_marked_and_marked_anew_in_the_other_language():
    language.use("en")
    panel = panels.exercise("finance-3")
    *_, field, _, _, said = parts(panel)
    field.value = "808元"
    assert "✗ Off by a factor of 10,000" in said.value
    language.use("zh")
    assert "✗ 差了10,000倍" in said.value
    field.value = "808万元"
    assert "✓ 正确" in said.value and "差了" not in said.value


def test_a_choice_is_marked_and_worded_anew_in_the_other_language():
    language.use("en")
    panel = panels.exercise("finance-8")
    _, _, field, place, (check, *_), said = parts(panel)
    assert field.layout.display == "none" and place.layout.display is None
    assert check.layout.display == "none", "a choice has a button of its own"
    choose(place, -1)
    assert "Not answered yet" in said.value
    choose(place, 0)
    assert "✗ Not this one" in said.value
    language.use("zh")
    assert place.children[0].options[0] == "青岛自贸片区"
    choose(place, 2)
    assert "✓ 正确" in said.value


def test_hints_come_one_by_one_and_the_next_exercise_starts_afresh():
    language.use("en")
    panel = panels.exercises("finance")
    chooser, _, _, _, (_, hint, show, following), said = parts(panel)
    assert said.value == "<div role='status'></div>"
    hint.click()
    assert "Hint 1 of 2" in said.value and "Hint 2" not in said.value
    for _ in range(3):
        hint.click()
    assert said.value.count("Hint ") == 2
    show.click()
    assert "Shown on demand." in said.value and "Answer: " in said.value
    following.click()
    assert chooser.value == "finance-2" and said.value == "<div role='status'></div>"


def test_an_open_question_has_no_field_to_mark():
    panel = panels.exercise("finance-10")
    _, _, field, place, (check, *_), _ = parts(panel)
    hidden = {field.layout.display, place.layout.display, check.layout.display}
    assert hidden == {"none"}


def test_unknown_keys_name_the_nearest():
    with pytest.raises(KeyError, match="finance-1"):
        panels.exercise("finance1")
    with pytest.raises(KeyError, match="customs"):
        panels.exercises("custom")


FOLDERS = {name: ROOT / "notebooks" / name for name in write_exercises.FOLDERS}


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("section", codes("section"))
def test_the_notebooks_are_those_of_the_table(folder, section):
    kept = nbformat.read(FOLDERS[folder] / f"{section}.ipynb", as_version=4)
    made = write_exercises.notebook(folder, section, *write_exercises.FOLDERS[folder])
    sources = [[cell.source for cell in each.cells] for each in (kept, made)]
    assert sources[0] == sources[1], "run scripts/write_exercises.py, then make notebooks"


def test_there_is_one_notebook_a_section_and_no_other():
    for folder, path in FOLDERS.items():
        assert {each.stem for each in path.glob("*.ipynb")} == set(codes("section")), folder


@pytest.mark.parametrize("section", codes("section"))
def test_a_notebook_of_exercises_holds_no_answer(section):
    raw = json.loads((FOLDERS["exercises"] / f"{section}.ipynb").read_text(encoding="utf-8"))
    held = html.unescape(json.dumps(raw, ensure_ascii=False))
    for row in ROWS.values():
        if row.section == section:
            for lang in LANGS:
                assert explained(row, lang) not in held, f"{row.exercise} is explained"
                if row.kind in ("number", "range") and row.level != "read":
                    answer = re.escape(answered(row, lang)) + r"(?![\d%])"
                    assert not re.search(answer, held), f"{row.exercise}: the answer is there"
    blank = text("marked_blank", "en")
    checked = [row for row in ROWS.values() if row.section == section and row.kind != "open"]
    assert held.count(f"<p>{blank}</p>") == len(checked) + 1, "a blank is filled in"
