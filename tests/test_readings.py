"""Readings: where a figure that allows several is shown, what is shown names one or all of them.

Walked are every picture, every table of figures, every verdict, every row of the table of all
figures, and each output of the notebooks.
"""

import html
import itertools

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

import ftz_data
from conftest import ROOT
from ftz_data import charts, derived, language, words
from ftz_data.charts import boards
from ftz_data.language import worded
from ftz_data.package import BUILT_IN
from ftz_data.panels import tables as searched
from ftz_data.tables import Table

OBSERVATIONS = BUILT_IN.rows("observations")
TITLES = {
    lang: ftz_data.load_readings().groupby("observation")[f"title_{lang}"].agg(list).to_dict()
    for lang in language.LANGS
}
# Cards name a reading by what it assumes.
ASSUMED = {
    lang: ftz_data.load_readings().groupby("observation")[f"assumes_{lang}"].agg(list).to_dict()
    for lang in language.LANGS
}
DERIVED = {row.derived_id: row for row in derived.load_derived().itertuples()}


def listed(cell):
    return [] if pd.isna(cell) else cell.split(";")


def silent(text, observations, lang):
    """Figures of which a text names no reading, among those that allow several."""
    known = {key: titles + ASSUMED[lang][key] for key, titles in TITLES[lang].items()}
    return [
        key
        for key in dict.fromkeys(observations)
        if key in known and not any(each in text for each in known[key])
    ]


def in_picture(row):
    """Observations that a picture rests on: what it draws, what its model is held against."""
    used = [each.split(":")[1] for each in listed(row.figures)]
    if not pd.isna(row.model):
        model = BUILT_IN.row("models", row.model)
        used += listed(model.observation)
        parameters = BUILT_IN.rows("parameters").values()
        used += [
            each.origin
            for each in parameters
            if each.model == row.model and not pd.isna(each.origin)
        ]
    for key in list(used):
        used += listed(DERIVED[key].observations) if key in DERIVED else []
    return used


def test_a_text_without_its_reading_is_noticed():
    assert silent("up by 20%", ["ore_efficiency_change"], "en") == ["ore_efficiency_change"]
    assert not silent("read as: Efficiency as speed", ["ore_efficiency_change"], "en")
    assert not silent("down by 5 days", ["ore_preparation_time_change"], "en"), "it allows but one"


def test_pictures_name_the_readings_of_their_figures():
    used = {key: in_picture(row) for key, row in BUILT_IN.rows("pictures").items()}
    assert sum(each in TITLES["en"] for each in itertools.chain(*used.values())) >= 8
    for (key, keys), lang in itertools.product(used.items(), language.LANGS):
        # The words of a picture are its alternative text; its source line is drawn.
        shown = charts.picture(key)
        named = worded(shown.source, lang) + worded(shown.reading, lang)
        assert not silent(named, keys, lang), f"the picture {key} is silent"


@pytest.mark.parametrize("lang", language.LANGS)
def test_pictures_of_a_model_name_the_reading_that_it_rests_on(lang):
    for key, row in BUILT_IN.rows("pictures").items():
        reading = float("nan") if pd.isna(row.model) else BUILT_IN.row("models", row.model).reading
        for each in listed(reading):
            title = getattr(BUILT_IN.row("readings", each), f"title_{lang}")
            assert title in charts.picture(key).words(lang), f"the picture {key} hides {each}"


@pytest.mark.parametrize("lang", language.LANGS)
def test_doubt_names_the_reading_of_its_figure(lang):
    models = BUILT_IN.rows("models").items()
    several = {key: row.observation for key, row in models if row.observation in TITLES[lang]}
    assert len(several) > 4, "models of figures with several readings were not found"
    for key, observation in several.items():
        assert not silent(charts.doubt(key).words(lang), [observation], lang), f"{key} is silent"


def tables():
    """Every table and chart of figures, with the figures that it shows."""
    for section in language.codes("section"):
        own = [key for key, row in OBSERVATIONS.items() if row.section == section]
        yield f"figures of {section}", charts.figures(section), own
    for key in BUILT_IN.rows("instruments"):
        results = [row for row in DERIVED.values() if row.instrument == key]
        others = [row for row in BUILT_IN.rows("context").values() if row.instrument == key]
        own = [each for row in results for each in listed(row.observations)]
        own += [each for row in others for each in listed(row.observation)]
        if results or others:
            yield f"what follows for {key}", charts.implied(key), own
    for stage in ("change", "growth"):
        rows = OBSERVATIONS.items()
        own = [key for key, row in rows if (row.stage, row.unit) == (stage, "%")]
        yield f"all of {stage}", charts.percentages(stage), own
    for key, row in OBSERVATIONS.items():
        if derived.question(row):
            yield f"a number beside {key}", charts.what_if(key, 50), [key]
    pair = ["pool_saving_level", "pool_loans_level"]
    yield "a quotient", charts.ratio(*pair), pair


@pytest.mark.parametrize("lang", language.LANGS)
def test_tables_name_the_readings_of_their_figures(lang):
    found = 0
    for what, shown, own in tables():
        assert not silent(shown.words(lang), own, lang), f"silent in words: {what}"
        if isinstance(shown, Table):
            assert not silent(html.unescape(shown.html(lang)), own, lang), f"silent: {what}"
        found += sum(key in TITLES[lang] for key in own)
    assert found > 50, "figures with several readings were not walked"


@pytest.mark.parametrize("lang", language.LANGS)
def test_verdicts_and_derived_quantities_name_the_readings_they_rest_on(lang):
    verdicts = html.unescape(boards.consistency().html(lang))
    shown = {key: html.unescape(charts.implied(key).html(lang)) for key in _with_results()}
    rows = [(verdicts, row.pair, row.reading) for row in derived.consistency().itertuples()]
    rows += [(shown[row.instrument], key, row.reading) for key, row in DERIVED.items()]
    for text, key, reading in rows:
        for each in listed(reading):
            title = getattr(BUILT_IN.row("readings", each), f"title_{lang}")
            assert title in text, f"{key} does not name {each}"


def _with_results():
    return {row.instrument for row in DERIVED.values()}


@pytest.mark.parametrize("lang", language.LANGS)
def test_the_table_of_all_figures_names_their_readings(lang):
    for key, row in OBSERVATIONS.items():
        told = " ".join(map(str, searched._figure(row, lang).values()))
        for title in TITLES[lang].get(key, []):
            assert title in told, f"the row of {key} is silent on {title!r}"


def outputs():
    """Each output of a notebook in each language that it shows: notebook, call, text."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if "text/html" in data:
                    page = BeautifulSoup(data["text/html"], "html.parser")
                    for lang in language.LANGS:
                        blocks = page.select(f"[lang={lang}]")
                        # A picture is seen by its alternative text.
                        alt = [each["alt"] for each in page.select(f"[lang={lang}] img[alt]")]
                        text = " ".join([*(each.get_text(" ") for each in blocks), *alt])
                        yield path.name, cell.source, lang, text
                else:
                    yield path.name, cell.source, "en", data.get("text/plain", "")


# With the tests of notebooks: nbval there compares these outputs with what the code shows now.
@pytest.mark.notebook
def test_notebooks_name_the_readings_of_the_figures_they_show():
    found = 0
    for notebook, call, lang, text in outputs():
        shown = [
            key
            for key in TITLES[lang]
            if words.title(OBSERVATIONS[key], lang) in text
            and words.in_words(OBSERVATIONS[key], lang) in text
        ]
        assert not silent(text, shown, lang), f"{notebook}, {call} in {lang} is silent"
        found += len(shown)
    assert found > 60, "figures with several readings were not found in the notebooks"
