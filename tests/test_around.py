"""Events and actors: dates, sources, and that no system is left out."""

import pandas as pd
import pytest

import ftz_data
from ftz_data import language, panels
from ftz_data.charts.kinds.timeline import span
from ftz_data.package import BUILT_IN

EVENTS = ftz_data.load_events()
ACTORS = ftz_data.load_actors()


def test_events_run_from_the_founding_to_the_report_in_order():
    assert EVENTS.loc[0, "event"] == "zone_founded" and EVENTS.loc[0, "date"] == "2019-08-31"
    founded = span("2019-08-31").start
    report = span(BUILT_IN.row("sources", "report").date).stop
    for row in EVENTS.itertuples():
        assert founded <= span(row.date).stop <= report, f"{row.event}: {row.date}"
    known = [date.removeprefix("../") for date in EVENTS["date"]]
    assert known == sorted(known), "events stand in the order of their dates"


def test_a_source_is_not_older_than_what_it_tells():
    for row in EVENTS.itertuples():
        source = BUILT_IN.row("sources", row.source)
        assert source.seen != "memory", f"{row.event}: {row.source} was not seen"
        if source.kind == "published" and pd.notna(source.date):
            last = row.date.rpartition("/")[2]
            assert span(last).start <= span(source.date).stop, f"{row.event}: told before it was"


def test_a_system_whose_actors_are_known_has_each_role():
    roles = set(ACTORS["role"].cat.categories)
    there = ACTORS.groupby("instrument", observed=True)["role"].agg(set)
    # One that is new may stand without; none that has them loses them.
    assert len(there) >= 28, f"actors.csv knows the actors of {len(there)} systems, of 28 before"
    for instrument, found in there.items():
        assert found == roles, f"{instrument}: nobody {sorted(roles - found)}"


def test_no_actor_is_listed_and_left_out():
    assert set(ACTORS["actor"].cat.categories) == set(ACTORS["actor"]), "actors without a part"


def test_legal_bases_are_sources_and_starts_are_dates():
    sources = BUILT_IN.rows("sources")
    for row in ftz_data.load_instruments().itertuples():
        named = [] if pd.isna(row.legal_basis) else row.legal_basis.split(";")
        assert set(named) <= set(sources), f"{row.instrument}: {row.legal_basis}"
        assert pd.isna(row.start_date) or span(row.start_date), row.instrument
    systems = ftz_data.load_instruments().set_index("instrument")
    assert systems.loc["crude_release", "scope"] == "national"
    assert systems.loc["crude_release", "start_date"] == "2020-10-01"


def test_the_matrix_names_every_actor_of_a_section_with_what_it_rests_on():
    rows = ftz_data.load_actors()
    systems = ftz_data.load_instruments().set_index("instrument")
    for section in dict.fromkeys(systems["section"]):
        for lang in language.LANGS:
            language.use(lang)
            said = repr(panels.actors(section))
            for row in rows[rows["instrument"].map(systems["section"]) == section].itertuples():
                assert language.label("actor", row.actor, lang) in said, f"{row}: not in {lang}"
    language.use("en")
    pool = [line for line in repr(panels.actors("finance")).splitlines() if "Gains" in line]
    # One of the two is named by the report, the other by a newspaper.
    assert any("Firms of the zone (Reported), Guarantors (Published" in line for line in pool), pool


def test_the_timeline_shows_every_event_in_both_languages():
    panel = panels.timeline()
    for lang in language.LANGS:
        language.use(lang)
        assert "<img" in panel.children[0].value, "no picture"
        for row in EVENTS.itertuples():
            assert getattr(row, f"title_{lang}") in repr(panel), f"{row.event} in {lang}"


def test_the_timeline_says_its_span_and_what_it_rests_on():
    chart = panels.around.events()
    others = EVENTS["source"] != "report"
    for lang, words in (("en", "2019-08-31"), ("zh", "2019年8月31日")):
        _, reading, *_, source = chart.words(lang).splitlines()
        assert words in reading and str(len(EVENTS)) in reading and str(others.sum()) in reading
        assert str(EVENTS.loc[others, "source"].nunique()) in source, source


def test_a_brief_shows_all_that_is_to_be_said_and_follows_the_language():
    rows = ftz_data.load_briefs().query("instrument == 'loan_pool'")
    panel = panels.brief("loan_pool")
    for lang in language.LANGS:
        language.use(lang)
        shown = panel.children[0].value
        assert f'<div lang="{lang}">' in shown
        for words in rows[f"text_{lang}"]:
            assert words in repr(panel) and words in shown, f"{words} is not shown"


def test_an_unknown_section_or_system_is_named_with_what_is_near():
    with pytest.raises(KeyError, match="no section with systems 'custom'; nearest: customs"):
        panels.actors("custom")
    with pytest.raises(KeyError, match="no instrument 'loan_pol'; nearest: loan_pool"):
        panels.brief("loan_pol")
