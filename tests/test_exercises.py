"""Exercises: what covers the report, what is accepted, what is rejected with which word."""

import csv
import math
import re
from collections import defaultdict

import nbformat
import pytest
from changed import Changed
from hypothesis import given
from hypothesis import strategies as st

import ftz_data
from conftest import ROOT
from ftz_data.expressions import names
from ftz_data.language import LANGS, codes, text
from ftz_data.package import BUILT_IN
from ftz_data.teaching import marking, solving
from ftz_data.teaching.exercises import answered, asked, explained, find, hints
from ftz_data.teaching.solving import options, solve

ROWS = list(BUILT_IN.rows("exercises").values())
CHECKED = [row for row in ROWS if row.kind != "open"]
with open(ROOT / "tests" / "teaching" / "answers.csv", encoding="utf-8", newline="") as _file:
    # Worked by hand: what an answer deserves, and for a wrong one which word helps.
    CASES = [tuple(row) for row in csv.reader(_file)][1:]


def ids(row):
    return row.exercise


def test_every_section_has_five_to_ten_and_all_levels():
    for section in codes("section"):
        rows = [row for row in CHECKED if row.section == section]
        assert 5 <= len(rows) <= 10, f"{section}: {len(rows)} exercises that are checked"
        levels = {row.level for row in rows}
        assert levels == set(codes("exercise_level")), f"{section} has {levels} only"
    assert len(CHECKED) >= 40


def test_every_section_has_an_open_question_on_top():
    found = {row.section for row in ROWS if row.kind == "open"}
    assert found == set(codes("section"))


def test_every_system_that_has_a_brief_is_in_an_exercise():
    briefed = {row.instrument for row in BUILT_IN.rows("briefs").values()}
    found = {
        name
        for row in ROWS
        if isinstance(row.instruments, str)
        for name in row.instruments.split(";")
    }
    assert briefed <= found, f"without exercise: {briefed - found}"
    assert found <= set(BUILT_IN.rows("instruments")), "an exercise on a system that is not there"


@pytest.mark.parametrize("section", codes("section"))
def test_the_page_of_a_section_asks_what_the_table_asks(section):
    page = nbformat.read(ROOT / f"notebooks/exercises/{section}.ipynb", as_version=4)
    shown = "\n".join(
        output["data"]["text/plain"]
        for cell in page.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "text/plain" in output.get("data", {})
    )
    for row in ROWS:
        if row.section == section:
            assert repr(ftz_data.exercise(row.exercise)) in shown, f"{row.exercise}: make notebooks"


def test_a_key_is_section_and_number_in_order():
    counts = defaultdict(int)
    for row in ROWS:
        counts[row.section] += 1
        assert row.exercise == f"{row.section}-{counts[row.section]}", (
            f"{row.exercise} is out of order"
        )


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_an_exercise_is_whole_in_both_languages(row):
    for lang in LANGS:
        said = [asked(row, lang), explained(row, lang), *hints(row, lang), answered(row, lang)]
        for words in said:
            assert not re.search(r"[{}]|\bnan\b", words), f"{row.exercise}: {words}"
    assert len(hints(row, "en")) == len(hints(row, "zh")) >= 2, f"{row.exercise}: too few hints"
    assert (row.kind == "open") == (not isinstance(row.expression, str)), f"{row.exercise}"
    assert (row.kind == "choice") == bool(options(row)), f"{row.exercise}: choices do not fit"
    assert (row.kind in ("number", "range")) == isinstance(row.unit, str), f"{row.exercise}: unit"


@pytest.mark.parametrize("row", CHECKED, ids=ids)
def test_no_question_or_hint_says_the_answer(row):
    for lang in LANGS:
        # A number that is to be written out stands in the question in short.
        answer = re.escape(answered(row, lang)) + r"(?![\d%])"
        asks = [] if (row.level, row.kind) == ("read", "number") else [asked(row, lang)]
        for words in (*asks, *hints(row, lang)):
            assert not re.search(answer, words), f"{row.exercise} gives itself away: {words}"


@pytest.mark.parametrize("row", CHECKED, ids=ids)
def test_an_answer_gets_the_word_that_helps_and_not_the_answer(row):
    rights = {lang: answered(row, lang) for lang in LANGS}
    for key, answer, said in CASES:
        if key != row.exercise:
            continue
        marked = ftz_data.check(key, answer)
        assert marked.kind == said, f"{key}: {answer!r} is told {marked.said.in_('en')!r}"
        assert marked.right == (said == "marked_right")
        for lang, right in rights.items():
            words = marked.said.in_(lang)
            assert right not in words, f"{key}: {answer!r} is told the answer: {words}"
            numbers = re.findall(r"\d[\d,.]*", right) if row.kind != "choice" else []
            # How to write an answer, and by which factor one is off, are the same for all.
            allowed = text("marked_unread", lang) + text("marked_factor", lang, factor="10,000,000")
            for number in numbers:
                assert number in allowed or number not in words, f"{key}: {words} says {number}"


def test_each_exercise_has_three_right_answers_and_five_near_misses():
    for row in CHECKED:
        said = [case[2] for case in CASES if case[0] == row.exercise]
        right = said.count("marked_right")
        assert right >= 3 and len(said) - right >= 5, f"{row.exercise}: {said}"


@pytest.mark.parametrize("row", CHECKED, ids=ids)
def test_every_way_to_say_the_answer_itself_is_right(row):
    for lang in LANGS:
        words = answered(row, lang)
        assert ftz_data.check(row.exercise, words).right, f"{row.exercise}: {words} is rejected"


THINGS = st.one_of(
    st.text(max_size=30),
    st.text(
        alphabet="0123456789.-+,%[]()<>=~ 万亿至到元天超余以上不足to and more than", max_size=20
    ),
    st.integers(),
    st.floats(),
    st.none(),
    st.booleans(),
    st.lists(st.integers(), max_size=2),
    st.binary(max_size=4),
)


# The hundredfold of the first is no number any more.
@pytest.mark.parametrize(
    "huge",
    [1.797e308, -1.797e308, "1" + "0" * 307, 10**400],
    ids=["float", "negative", "text", "whole"],
)
def test_a_number_of_any_size_is_marked_as_wrong(huge):
    for row in ROWS:
        assert ftz_data.check(row.exercise, huge).right in (False, None), row.exercise


@given(st.sampled_from(ROWS), THINGS)
def test_whatever_is_answered_nothing_is_raised(row, answer):
    marked = ftz_data.check(row.exercise, answer)
    assert marked.right in (True, False, None)
    for lang in LANGS:
        assert marked.said.in_(lang)


@given(st.one_of(st.text(max_size=20), st.none(), st.integers()))
def test_an_unknown_exercise_is_told(key):
    marked = ftz_data.check(key, 5)
    assert marked.right is None and marked.kind == "marked_unknown"


def test_a_blank_is_not_answered():
    for blank in (..., None, "", "  "):
        assert ftz_data.check("finance-3", blank).kind == "marked_blank"


def test_an_open_question_is_not_marked():
    assert ftz_data.check("finance-10", "the losses").kind == "marked_open"
    assert ftz_data.solution("finance-10").lines("en")[0].startswith("One good answer: ")


def observations_of(expression):
    """Observations that an expression rests on, through derived figures and pairs too."""
    known = BUILT_IN.rows("observations")
    found = []
    for name in names(expression):
        if name in known:
            found.append(name)
        elif name in BUILT_IN.rows("derived"):
            found += observations_of(BUILT_IN.rows("derived")[name].expression)
    return found


COMPUTED = [
    (row.exercise, name)
    for row in CHECKED
    if row.kind != "choice"
    for name in observations_of(row.expression)
]


# The total is above the zone's own trade, whatever share is printed without an upper end.
OTHER_CELLS = {("trade-3", "offshore_share_share"): {"upper": 90.0, "upper_closed": True}}


@pytest.mark.parametrize(("key", "name"), COMPUTED)
def test_a_changed_figure_changes_what_is_accepted(key, name):
    figure = BUILT_IN.rows("observations")[name]
    # Ends move with the value, and a share stays below its whole.
    cells = OTHER_CELLS.get((key, name)) or {
        each: getattr(figure, each) * 0.9 for each in ("value", "lower", "upper")
    }
    package = Changed(name, **cells)
    row = find(key)
    before, after = solve(row).allowed[0], solve(row, package).allowed[0]
    ends = [(before.low, after.low), (before.high, after.high), (before.value, after.value)]
    moved = [one != other for one, other in ends if math.isfinite(one)]
    assert any(moved), f"{key} is the same with another {name}"
    old = answered(row, "en")
    assert ftz_data.check(key, old).right
    assert ftz_data.check(key, old, package=package).right is False, f"{key}: {old} is still right"


# For a choice, by hand: the figure and the cells that make another option right, or none.
OTHER_CHOICE = {
    "customs-1": ("crude_time_before", {"lower_closed": False, "upper_closed": False}, "between"),
    "customs-2": ("cotton_time_change", {"upper_closed": False}, "less_than"),
    "customs-8": ("crude_turnover_change", {"stage": "level"}, None),
    "customs-9": (
        "crude_turnover_change",
        {"value": 400.0, "lower": 400.0, "upper": 400.0},
        "compatible",
    ),
    "logistics-1": ("linkage_vessels_level", {"upper": math.nan}, "more_than"),
    "logistics-7": ("transit_saving_level", {"per": "container"}, "container"),
    "logistics-8": (
        "storage_capacity_change",
        {"value": 0.0, "lower": 0.0, "upper": 0.0},
        None,
    ),
    "logistics-9": ("supplies_saving_level", {"value": 3e6, "lower": 3e6, "upper": 3e6}, "differs"),
    "trade-1": ("offshore_value_level", {"lower_closed": True}, "at_least"),
    "trade-7": (
        "offshore_share_share",
        {"value": 70.0, "lower": 70.0, "upper": 75.0, "upper_closed": True},
        "contradicts",
    ),
    "trade-8": (
        "barter_share_share",
        {"value": 60.0, "lower": 60.0, "upper": 70.0, "upper_closed": True},
        "contradicts",
    ),
    "finance-1": ("pool_saving_level", {"lower_closed": True}, "at_least"),
    "finance-8": ("fx_enterprises_level", {"ref_area": "zone"}, "zone"),
    "finance-9": ("pool_saving_level", {"value": 1e5, "lower": 1e5}, "compatible"),
    "gene_tech-1": ("genomes_world_share", {"upper_closed": True}, "at_most"),
    "gene_tech-2": ("species_sequenced_target", {"stage": "level"}, None),
    "gene_tech-7": ("herbicides_share_share", {"lower": 30.0, "lower_closed": True}, "at_least"),
    "gene_tech-8": (
        "species_sequenced_target",
        {"value": 500.0, "lower": 500.0, "upper": 500.0},
        "contradicts",
    ),
    "outcomes-5": ("port_rank_rank", {"value": 5.0, "lower": 5.0, "upper": 5.0}, "agrees"),
    "outcomes-7": ("gop_growth_growth", {"value": 2.0, "lower": 2.0, "upper": 2.0}, "contradicts"),
    "frame-1": ("zone_age_level", {"upper": math.nan}, "at_least"),
    "frame-2": ("supplies_saving_level", {"per": math.nan}, None),
    "frame-3": ("fx_paid_level", {"ref_area": "zone"}, None),
    "frame-5": ("port_cargo_level", {"value": 9e8, "lower": 9e8, "upper": 9e8}, None),
}
# Their choice is a row of another table, or nothing to test against.
NO_FIGURE = {"trade-6", "gene_tech-6", "outcomes-6"}


def test_each_choice_on_a_figure_is_tried_with_another():
    choices = {row.exercise for row in CHECKED if row.kind == "choice"}
    assert choices == set(OTHER_CHOICE) | NO_FIGURE


@pytest.mark.parametrize("key", OTHER_CHOICE)
def test_another_figure_makes_another_choice_right(key):
    name, cells, expected = OTHER_CHOICE[key]
    package = Changed(name, **cells)
    before = solve(find(key)).choice
    if expected is None:
        with pytest.raises(ValueError, match=key):
            solve(find(key), package)
        assert ftz_data.check(key, before, package=package).kind == "marked_unsolved"
    else:
        assert solve(find(key), package).choice == expected
    assert ftz_data.check(key, before).right
    assert not ftz_data.check(key, before, package=package).right, f"{key}: {before} is still right"


def test_hints_go_up_in_steps_and_stay_at_the_last():
    first, second, last = (ftz_data.hint("customs-5", step).lines("en")[0] for step in (1, 2, 9))
    assert first.startswith("Hint 1 of 3") and second.startswith("Hint 2 of 3")
    assert last.startswith("Hint 3 of 3")
    with pytest.raises(ValueError, match="step is 0"):
        ftz_data.hint("customs-5", 0)


def test_what_is_shown_holds_both_languages_and_prints_one():
    shown = ftz_data.exercise("finance-8")
    assert "Whose figure is it?" in shown._repr_html_() and "这是哪里的数字" in shown._repr_html_()
    assert "Whose figure" in repr(shown)
    marked = ftz_data.check("finance-8", "A")
    assert 'lang="zh"' in marked._repr_html_()
    with pytest.raises(KeyError, match="finance-8"):
        ftz_data.solution("finance8")


def test_every_word_of_marking_is_tried():
    kinds = set(re.findall(r'"(marked_[a-z]+)"', (ROOT / marking.__file__).read_text("utf-8")))
    tried = {case[2] for case in CASES} | {"marked_blank", "marked_open", "marked_unknown"}
    # These are tried apart: below, and above with another report's figures.
    assert kinds - tried <= {"marked_unsolved", "marked_rest", "marked_inverse", "marked_unread"}


@pytest.mark.parametrize(
    ("key", "answer", "said"),
    [
        ("finance-3", "one over that", "marked_unread"),
        ("finance-3", 1 / 8082191.78, "marked_inverse"),
        ("finance-5", "-133%", "marked_rest"),
    ],
)
def test_slips_that_no_exercise_invites(key, answer, said):
    assert ftz_data.check(key, answer).kind == said


def test_an_exercise_of_another_report_has_its_answer(data):
    path = data / "observations.csv"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace("146,146,146", "100,100,100"), encoding="utf-8")
    other = ftz_data.open_report(data)
    assert (
        other.check("finance-3", "1180万元").right and not other.check("finance-3", "808万元").right
    )
    assert (
        "11.8 million" in other.solution("finance-3").lines("en")[0]
        or "11.7" in other.solution("finance-3").lines("en")[0]
    )


def test_ends_of_all_kinds():
    assert {solving.ends(each) for each in _kinds()} == set(codes("ends"))


def _kinds():
    from ftz_data.interval import Interval

    inf = math.inf
    yield Interval.exact(6)
    for closed in (True, False):
        yield Interval(1, 1, inf, closed, False)
        yield Interval(1, -inf, 1, False, closed)
        yield Interval(1, 1, 2, closed, closed)
    yield Interval(1, -inf, inf, False, False)
