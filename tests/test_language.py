"""The current language and who follows it; texts and labels, worded when they are shown."""

import string

import pytest

from ftz_data import language, load
from ftz_data.language import Text, Wording, cell, label
from ftz_data.package import BUILT_IN


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """No language is chosen yet, and nobody follows."""
    monkeypatch.setattr(language, "_chosen", None)
    monkeypatch.setattr(language, "_subscribers", {})
    monkeypatch.delenv("FTZ_LANG", raising=False)


def test_unknown_language_is_named():
    with pytest.raises(ValueError, match="lang is 'xx'; allowed are 'en' and 'zh'"):
        language.use("xx")


def test_the_environment_chooses_the_language(monkeypatch):
    monkeypatch.setenv("FTZ_LANG", "zh")
    assert language.current() == "zh"
    monkeypatch.setenv("FTZ_LANG", "")
    assert language.current() == "en"
    monkeypatch.setenv("FTZ_LANG", "de")
    with pytest.raises(ValueError, match="lang is 'de'"):
        language.current()


def test_both_languages_of_a_text_have_the_same_fields():
    for row in load.load_texts().itertuples():
        fields = [
            {name for _, name, _, _ in string.Formatter().parse(each) if name}
            for each in (row.en, row.zh)
        ]
        assert fields[0] == fields[1], row.key


def test_what_is_used_outweighs_the_environment(monkeypatch):
    monkeypatch.setenv("FTZ_LANG", "zh")
    language.use("en")
    assert language.current() == "en"


def test_a_subscriber_hears_each_change_once_until_it_unsubscribes():
    heard = []
    unsubscribe = language.subscribe(heard.append)
    language.use("zh")
    language.use("zh")
    assert heard == ["zh"], "a language that is current already is no change"
    language.use("en")
    assert heard == ["zh", "en"]
    unsubscribe()
    unsubscribe()
    language.use("zh")
    assert heard == ["zh", "en"], "heard a change after it had unsubscribed"
    assert not language._subscribers, "a subscription is left over"


def test_a_subscriber_may_leave_while_all_are_told():
    heard = []
    first = language.subscribe(lambda lang: (heard.append(("first", lang)), first()))
    language.subscribe(lambda lang: heard.append(("second", lang)))
    language.use("zh")
    language.use("en")
    assert heard == [("first", "zh"), ("second", "zh"), ("second", "en")]


def test_a_language_that_is_refused_is_not_told():
    heard = []
    language.subscribe(heard.append)
    with pytest.raises(ValueError, match="lang is 'xx'"):
        language.use("xx")
    assert heard == [] and language.current() == "en"


def test_no_language_named_is_the_current_one():
    language.use("zh")
    assert language.text("source") == "来源"
    assert label("section", "trade") == "国际贸易"
    assert Text("source").in_() == "来源"
    assert cell(BUILT_IN.row("instruments", "crude_release"), "name") == "先放后检"


def test_a_text_words_its_fields_in_the_same_language():
    described = Text(
        "unit_per", unit=Wording(label, "section", "trade"), per=Text("source"),
    )  # fmt: skip
    assert described.in_("en") == "International trade Source"
    assert described.in_("zh") == "国际贸易（来源）"
    assert Text("model_own", default=7).in_("en") == "Your own; 7 at the start"


def test_texts_are_equal_where_they_say_the_same():
    assert Text("source") == Text("source") != Text("place")
    assert len({Text("per", words=1), Text("per", words=1), Text("per", words=2)}) == 2
    with pytest.raises(AttributeError):
        Text("source").key = "place"


def test_what_is_missing_is_named_with_the_file_to_add_it_to():
    with pytest.raises(
        KeyError, match="no text 'chart_tis'; nearest: chart_ties, .*row of texts.csv"
    ):
        language.text("chart_tis", "en")
    with pytest.raises(KeyError, match="no section 'tade'; nearest: trade; .*row of codes.csv"):
        label("section", "tade", "en")
