"""The self-test: questions from the tables, misreadings that differ, and a fair review."""

import collections
import json
import re

import pytest
from test_predicting import state

import ftz_data
from ftz_data import language, panels, quiz
from ftz_data.language import LANGS, Text, text, worded
from ftz_data.package import BUILT_IN
from ftz_data.panels.page import page
from ftz_data.quizzing import KINDS, OPTIONS, _drafts
from ftz_data.quizzing.draft import Option

SEEDS = range(200)
DRAFTS = [draft for drafts in BUILT_IN.once(_drafts) for draft in drafts]


@pytest.fixture(autouse=True)
def english():
    page.cache_clear()
    language.use("en")
    yield
    for shown in list(page().shown()):
        shown.close()


@pytest.fixture(scope="module")
def many():
    """The questions of many seeds."""
    return [quiz(seed) for seed in SEEDS]


def draft(kind, key):
    """The one draft of a kind about something."""
    (found,) = [
        each for each in BUILT_IN.once(_drafts)[[k.__name__ for k in KINDS].index(kind)]
        if each.key == key
    ]  # fmt: skip
    return found


def words(options):
    return [worded(option.words, "en") for option in options]


def test_ten_questions_each_of_another_kind_and_about_another_thing(many):
    kinds = {kind.__name__ for kind in KINDS}
    assert len(kinds) == 10
    for questions in many:
        assert {question.kind for question in questions} == kinds
        assert len({question.key for question in questions}) == 10


def test_no_two_answers_say_the_same(many):
    for questions in many:
        for question in questions:
            meanings = {option.meaning for option in question.options}
            assert len(meanings) == len(question.options) == OPTIONS, question.words("en")
            for lang in LANGS:
                said = [worded(option.words, lang) for option in question.options]
                assert len(set(said)) == OPTIONS and all(said), question.words(lang)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Option("30%", 30), Option("0.3", 30), True),
        (Option("30%", 30.0), Option("30%", 30.004), True),
        (Option(Text("bounds_about", value=1), 1), Option("约1", 2), True),
        (Option("30%", 30), Option("31%", 31), False),
    ],
)
def test_answers_are_the_same_in_meaning_or_in_words_of_either_language(one, other, same):
    assert one.same(other) is other.same(one) is same


def test_the_right_answer_stands_in_each_place_as_often(many):
    for questions in many:
        places = collections.Counter(question.right for question in questions)
        assert places == dict.fromkeys(range(OPTIONS), 2)
    first = collections.Counter(questions[0].right for questions in many)
    assert len(first) == OPTIONS and min(first.values()) > 20, first


def test_the_right_answer_is_that_of_the_tables(many):
    for questions in many:
        for question in questions:
            own = draft(question.kind, question.key)
            assert question.options[question.right] == own.right
            wrong = [each for each in question.options if each is not own.right]
            assert all(any(each == other for other in own.wrong) for each in wrong)


def test_a_seed_gives_the_same_questions_and_another_seed_others():
    def said(seed):
        return [question.words("zh") for question in quiz(seed)]

    assert said(7) == said(7) and said(7) != said(8)
    with pytest.raises(ValueError, match="seed is 'one'; a whole number is allowed"):
        quiz("one")


# Worked by hand: what is asked, about what, the right answer, and a misreading that is on offer.
RIGHT = [
    ("allows", "pool_saving_level", "more than 5 million yuan", "at least 5 million yuan"),
    ("allows", "genomes_world_share", "less than 30%", "about 30%"),
    ("allows", "offshore_share_share", "at least 80%", "more than 80%"),
    ("allows", "linkage_vessels_level", "more than 2,300 and less than 2,400 vessels",
     "more than 2,300 vessels"),
    ("allows", "herbicides_share_share", "about 33.3%", "33.333%"),
    ("allows", "cotton_time_change", "down by at least 50%", "down by at most 50%"),
    ("ends", "cotton_time_change", "a lower end that is itself allowed; no upper end",
     "no lower end; an upper end that is itself allowed"),
    ("ends", "fx_paid_level", "a lower end that is itself left out; no upper end",
     "a lower end that is itself allowed; no upper end"),
    ("ends", "herbicides_share_share", "no lower end; no upper end",
     "no lower end; an upper end that is itself left out"),
    ("factor", "pool_lent_level", "1,180,000,000 yuan", "118,000,000 yuan"),
    ("factor", "port_containers_level", "30,870,000 TEU", "3,087,000,000 TEU"),
    ("unit", "crude_saving_level", "yuan per vessel", "yuan, without “per”"),
    ("unit", "fx_paid_level", "US dollars, without “per”", "yuan, without “per”"),
    ("stage", "ore_preparation_time_change", "Change", "Level"),
    ("stage", "talents_target", "Target", "Level"),
    ("verdict", "port_rank_containers", "Contradicts", "Differs, not comparable"),
    ("reading", "ore_speed", "83.33", "80"),
    ("reading", "ore_time", "80", "83.33"),
    ("points", "gop_growth_growth.gop_average_growth_growth.points", "3.65 percentage points",
     "28.6 percentage points"),
    ("points", "gop_growth_growth.gop_average_growth_growth.percent", "28.6%", "3.65%"),
    ("follows", "pool_saving_per_loan", "more than 34,240 yuan per loan",
     "more than 342,400 yuan per loan"),
    ("basis", "pool_per_loan",
     "Amount per loan: at least 8.047 million and less than 8.117 million yuan per loan",
     "Amount lent under the pool: 1.18 billion yuan"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key", "right", "misreading"), RIGHT)
def test_answers_by_hand(kind, key, right, misreading):
    found = draft(kind, key)
    assert worded(found.right.words, "en") == right
    assert misreading in words(found.wrong)


def test_a_figure_is_no_answer_where_it_might_be_right_too():
    for found in DRAFTS:
        if found.kind != "basis":
            continue
        own = words([found.right])[0]
        assert own not in words(found.wrong), f"{found.key}: a misreading is the right answer"


def test_every_question_has_its_reason_and_its_place_in_both_languages():
    kinds = collections.Counter(draft.kind for draft in DRAFTS)
    assert len(kinds) == 10 and min(kinds.values()) > 5, kinds
    for found in DRAFTS:
        for lang in LANGS:
            for said in (found.asks, found.why, found.place):
                shown = worded(said, lang)
                assert shown and not re.search(r"\bnan\b|[{}]", shown), f"{found.key}: {shown}"


def test_a_changed_figure_changes_the_answer(data):
    path = data / "observations.csv"
    content = path.read_text(encoding="utf-8")
    before = ",5000000,5000000,,false,,超,10000,CNY,,超500万元,"
    assert before in content
    after = ",6000000,6000000,,true,,以上,10000,CNY,,600万元以上,"
    path.write_text(content.replace(before, after), encoding="utf-8")
    other = ftz_data.open_report(data)
    drafts = {(each.kind, each.key): each for all_ in _drafts(other.package) for each in all_}
    allows = drafts["allows", "pool_saving_level"]
    assert worded(allows.right.words, "en") == "at least 6 million yuan"
    assert "“600万元以上”" in worded(allows.asks, "en")
    assert words([drafts["factor", "pool_saving_level"].right]) == ["6,000,000 yuan"]
    assert words([drafts["follows", "pool_saving_per_loan"].right]) == [
        "at least 41,090 yuan per loan"
    ]
    assert len(other.quiz(3)) == 10
    assert "10 questions, set 3" in repr(other.panels.quiz(3))


def test_a_report_with_few_kinds_of_figures_asks_more_of_those(data, monkeypatch):
    package = ftz_data.open_report(data).package
    few = [[], [], *_drafts(package)[2:5]]
    monkeypatch.setattr("ftz_data.quizzing._drafts", lambda _: few)
    questions = quiz(1, package)
    assert len(questions) == 10 and {q.kind for q in questions} == {"factor", "unit", "stage"}
    monkeypatch.setattr("ftz_data.quizzing._drafts", lambda _: [[]])
    other = ftz_data.open_report(data).package
    assert quiz(1, other) == []
    with pytest.raises(ValueError, match="the tables of the report give no question"):
        panels.quiz(1, other)


def answer(panel, place):
    """Answer as a browser does."""
    ask = panel._ask
    ask.set_state({"chosen": place, "entered": ask.entered + 1})


@pytest.mark.parametrize("lang", LANGS)
def test_which_answer_is_right_is_told_at_the_end_alone(lang):
    language.use(lang)
    panel, questions = panels.quiz(5), quiz(5)
    for question in questions:
        (ask,) = [each for each in state(panel) if "chosen" in each]
        shown = {name: ask[name] for name in ("question", "options", "chosen", "end", "others")}
        assert shown == {
            "question": shown["question"],
            "options": [worded(option.words, lang) for option in question.options],
            "chosen": -1,
            "end": "",
            "others": [],
        }
        told = json.dumps(state(panel), default=str, ensure_ascii=False) + repr(panel)
        assert worded(question.why, lang) not in told, "the reason is told before the answer"
        assert text("quiz_correct", lang) not in told and "right" not in ask
        answer(panel, question.right)
    assert text("quiz_score", lang, right=10, count=10) in panel._ask.end


def test_the_review_says_what_was_answered_what_is_right_and_why():
    panel, questions = panels.quiz(5), quiz(5)
    given = [(each.right + (number % 3 == 0)) % OPTIONS for number, each in enumerate(questions)]
    for place in given:
        answer(panel, place)
    end = panel._ask.end
    assert "<h4>6 of 10 right</h4>" in end and repr(panel).endswith("6 of 10 right")
    assert (end.count("✓ Right"), end.count("✗ Wrong")) == (6, 4)
    assert end.count("<dt>Right answer</dt>") == 4, "a right answer is said twice"
    language.use("zh")
    assert "10题中答对6题" in panel._ask.end and "Right" not in panel._ask.end


def test_no_answer_is_refused_and_counts_for_nothing():
    panel = panels.quiz(5)
    first = panel._ask.question
    for place in (-1, 99):
        answer(panel, place)
        assert panel._ask.question == first and panel._given == []
        assert panel._ask.refusal == text("quiz_first", "en")
    language.use("zh")
    assert panel._ask.refusal == text("quiz_first", "zh")
    answer(panel, 0)
    assert panel._ask.refusal == "" and len(panel._given) == 1


def test_after_the_end_the_same_questions_come_again_or_others():
    panel = panels.quiz(5)
    first = panel._ask.question
    for _ in range(10):
        answer(panel, 0)
    answer(panel, 0)
    assert len(panel._given) == 10 and panel._ask.options == []
    panel._ask.set_state({"pressed": 0, "entered": 20})
    assert panel._ask.question == first and panel._ask.end == "" and panel._given == []
    panel._ask.set_state({"pressed": 1, "entered": 21})
    assert "set 6" in repr(panel) and panel._ask.question != first


def test_the_page_keeps_nothing_of_a_quiz():
    panel = panels.quiz(5)
    answer(panel, 1)
    assert page().state == "lang=en"
    panels.quiz(5)
    assert panel._ask.comm is None, "what was closed still speaks to the browser"
