"""One loader a table; each returns a fresh DataFrame read from the files of a data package.

Each takes `package`, the `Package` to read from; the built-in report by default.
"""

from __future__ import annotations

import pandas as pd

from .package import BUILT_IN, Package


def load_observations(package: Package = BUILT_IN) -> pd.DataFrame:
    """Figures printed in the report, one row each.

    Returns
    -------
    pandas.DataFrame
        Key: `observation_id`.
        The columns are `observation_id`, `indicator`, `instrument`, `section`, `stage`, `ref_area`,
        `time_period`, `value`, `lower`, `upper`, `lower_closed`, `upper_closed`, `qualifier`,
        `resolution`, `unit`, `per`, `printed`, `locator`, `sequence`, `source`, `quotable` (by the
        rule of `ftz_data.briefs.quotable`), `caveat_en` and `caveat_zh`. `value`, `lower`, `upper`
        and `resolution` are in `unit` (UCUM, ISO 4217 for money); a bound that the wording does not
        set is NaN and its closedness NA. `sequence` is the place in the report's reading order,
        which is the order of the rows.

    Examples
    --------
    >>> figures = load_observations().set_index("observation_id")
    >>> print(*figures.loc["crude_time_before", ["printed", "lower", "upper", "unit"]])
    2—3天 2.0 3.0 d
    """
    table = package.table("observations")
    table.insert(table.columns.get_loc("source"), "sequence", range(1, len(table) + 1))
    return table


def load_indicators(package: Package = BUILT_IN) -> pd.DataFrame:
    """What the figures measure: the codebook.

    Returns
    -------
    pandas.DataFrame
        Key: `indicator`.
        The columns are `indicator`, `section`, `title_en`, `title_zh`, `unit`, `short_unit_en`,
        `short_unit_zh`, `better` (higher, lower or neutral), `baseline` (the indicator whose state
        before a change of this one starts from, where that is another), `minimum` and `maximum`
        (limits that arithmetic sets, in `unit`), `description_en` and `description_zh`.

    Examples
    --------
    >>> load_indicators().set_index("indicator").loc["crude_turnover", "unit"]
    '%'
    """
    return package.table("indicators")


def load_instruments(package: Package = BUILT_IN) -> pd.DataFrame:
    """Systems of the report: policy innovations, platforms, programmes and products.

    Returns
    -------
    pandas.DataFrame
        Key: `instrument`.
        The columns are `instrument`, `section`, `name_en`, `name_zh`, then in both languages `lead`
        (who runs it), `problem`, `mechanism`, `change` and `caveat`, then `legal_basis` (sources
        separated by ``;``), `start_date` (EDTF; ``../`` before the day by which it was in use),
        `scope` (zone, port, city or national), `locator`, `source` and `also_source` (further
        sources of the texts, separated by ``;``). The texts are ours; `name_zh` is the report's
        name.

    Examples
    --------
    >>> load_instruments().set_index("instrument").loc["crude_release", "name_zh"]
    '先放后检'
    """
    return package.table("instruments")


def load_claims(package: Package = BUILT_IN) -> pd.DataFrame:
    """Claims of the report that carry no quantity: first, largest, replicated and so on.

    Returns
    -------
    pandas.DataFrame
        Key: `claim_id`.
        The columns are `claim_id`, `section`, `instrument`, `kind`, `ref_area`, `time_period`,
        `title_en`, `title_zh`, `printed`, `locator`, `source`, `caveat_en` and `caveat_zh`.

    Examples
    --------
    >>> "first" in set(load_claims()["kind"])
    True
    """
    return package.table("claims")


def load_supervision_modes(package: Package = BUILT_IN) -> pd.DataFrame:
    """Customs supervision modes of cross-border e-commerce.

    Returns
    -------
    pandas.DataFrame
        Key: `mode`.
        The columns are `mode`, `name_en`, `name_zh`, `report_direction` (what the report names),
        `regulation_directions` (what the regulation covers, separated by ``;``), `buyer`, `stock`,
        `description_en`, `description_zh`, `locator`, `source`, `caveat_en` and `caveat_zh`.

    Examples
    --------
    >>> load_supervision_modes()["mode"].tolist()
    ['9610', '1210', '9710', '9810']
    """
    return package.table("supervision_modes")


def load_sources(package: Package = BUILT_IN) -> pd.DataFrame:
    """Source documents: the report, and whatever else a figure or a term comes from.

    Returns
    -------
    pandas.DataFrame
        Key: `source`.
        The columns are `source`, `kind` (report, published, standard or textbook), `title`,
        `publisher` and `note` in both languages, `date` (EDTF), `url`, and `seen` (how the document
        was seen: read, excerpt or memory).

    Examples
    --------
    >>> load_sources().set_index("source").loc["report", "date"]
    '2025'
    """
    return package.table("sources")


def load_names(package: Package = BUILT_IN) -> pd.DataFrame:
    """Strings of the report that hold a numeral but are no figure, such as E25.

    Returns
    -------
    pandas.DataFrame
        Key: `name`.
        The columns are `name`, `kind`, `meaning_en` and `meaning_zh`.

    Examples
    --------
    >>> "E25" in set(load_names()["name"])
    True
    """
    return package.table("names")


def load_glossary(package: Package = BUILT_IN) -> pd.DataFrame:
    """Terms of the field with their authority.

    Returns
    -------
    pandas.DataFrame
        Key: `term`.
        The columns are `term`, `name_en`, `name_zh`, `definition_en`, `definition_zh`, `authority`
        and `source`. The definitions are in our own words.

    Examples
    --------
    >>> load_glossary().set_index("term").loc["teu", "name_zh"]
    '标准箱'
    """
    return package.table("glossary")


def load_pipeline(package: Package = BUILT_IN) -> pd.DataFrame:
    """Products of the report and the stage that it reports of each.

    Returns
    -------
    pandas.DataFrame
        Key: `product`.
        The columns are `product`, `instrument`, `title_en`, `title_zh`, `step` (research, trial,
        approved, production or market), `detail_en`, `detail_zh`, `steps` (the stages that exist
        for such a product, separated by ``;``), `locator`, `source`, `caveat_en` and `caveat_zh`.

    Examples
    --------
    >>> load_pipeline().set_index("product").loc["bg136_drug", "step"]
    'trial'
    """
    return package.table("pipeline")


def load_ties(package: Package = BUILT_IN) -> pd.DataFrame:
    """Industries that each system ties: our own reading of the report.

    Returns
    -------
    pandas.DataFrame
        Key: `instrument, industry`.
        The columns are `instrument`, `industry` (shipping, trade, finance or manufacturing),
        `reason_en` and `reason_zh`.

    Examples
    --------
    >>> "finance" in set(load_ties().query("instrument == 'rail_bill'")["industry"])
    True
    """
    return package.table("ties")


def load_codes(package: Package = BUILT_IN) -> pd.DataFrame:
    """Code lists with the label of each code in both languages.

    Returns
    -------
    pandas.DataFrame
        Key: `codelist, code`.
        The columns are `codelist`, `code`, `label_en` and `label_zh`.

    Examples
    --------
    >>> codes = load_codes().set_index(["codelist", "code"])
    >>> codes.loc[("section", "gene_tech"), "label_zh"]
    '基因科技'
    """
    return package.table("codes")


def load_units(package: Package = BUILT_IN) -> pd.DataFrame:
    """Units: how a text names them, and how they are said.

    Returns
    -------
    pandas.DataFrame
        Key: `unit`.
        The columns are `unit` (UCUM, ISO 4217 for money), `kind` (of quantity), `measure_words`
        (the pattern by which a Chinese text names it; missing for a unit that is only shown), `en`,
        `en_one` (for one, where that differs) and `zh` (with ``{}`` for the number), `axis_en` and
        `axis_zh` (without a number, where more than the braces is left out), `per` (its code as a
        denominator), `per_words` (the words that name the denominator, separated by ``|``),
        `per_en` and `per_zh`.

    Examples
    --------
    >>> load_units().set_index("unit").loc["mo", ["en", "en_one", "zh"]].tolist()
    ['{} months', '{} month', '{}个月']
    """
    return package.table("units")


def load_lexicon(package: Package = BUILT_IN) -> pd.DataFrame:
    """Words that bear on how a figure reads; measure words stand in `load_units`.

    Returns
    -------
    pandas.DataFrame
        Key: `role, word, of`.
        The columns are `role` (what the word does), `word`, `kind` (what it stands for), `of` (the
        unit that a factor or a subject bears on), `not_after` and `not_before` (characters beside
        which the word is part of another).

    Examples
    --------
    >>> words = load_lexicon().set_index(["role", "word"])
    >>> words.loc[("before", "逾"), "kind"]
    'over'
    """
    return package.table("lexicon")


def load_texts(package: Package = BUILT_IN) -> pd.DataFrame:
    """Every other string that people read on screen, in both languages.

    Returns
    -------
    pandas.DataFrame
        Key: `key`.
        The columns are `key`, `en` and `zh`; a string may hold ``{named}`` fields.

    Examples
    --------
    >>> load_texts().set_index("key").loc["source", "zh"]
    '来源'
    """
    return package.table("texts")


def load_models(package: Package = BUILT_IN) -> pd.DataFrame:
    """Teaching models of the systems' mechanisms.

    Returns
    -------
    pandas.DataFrame
        Key: `model`.
        The columns are `model`, `section`, `instrument`, `observation` (the reported figure that
        the result stands beside), `reading` (the readings under which it does, separated by ``;``),
        `along` (the parameter along which it is seen), `unit` (of the result), `title_en`,
        `title_zh`, `formula` (in symbols), `words_en`, `words_zh` and `source` (of the method).

    Examples
    --------
    >>> load_models().set_index("model").loc["crude_turnover", "formula"]
    'g = T/(T − Δ) − 1'
    """
    return package.table("models")


def load_parameters(package: Package = BUILT_IN) -> pd.DataFrame:
    """Parameters of the teaching models.

    Returns
    -------
    pandas.DataFrame
        Key: `model, parameter`.
        The columns are `model`, `parameter`, `symbol`, `unit`, `default`, `low`, `high`, `step` (in
        `unit`), `basis` (reported, published, derived or assumed), `origin` (the observation,
        published figure or derived quantity behind the default; for an assumed one the figure
        within whose wording it stays), and in both languages `title` and `reason` (why this
        default).

    Examples
    --------
    >>> load_parameters().set_index(["model", "parameter"]).loc[("loan_pool", "fund"), "basis"]
    'published'
    """
    return package.table("parameters")


def load_context(package: Package = BUILT_IN) -> pd.DataFrame:
    """Figures that others published, to be held beside the report's own.

    Returns
    -------
    pandas.DataFrame
        Key: `context_id`.
        The columns are `context_id`, `observation` (the reported figure that it stands beside),
        `section`, `instrument`, `title_en`, `title_zh`, `ref_area`, `time_period`, `value`,
        `lower`, `upper`, `lower_closed`, `upper_closed`, `resolution`, `unit`, `per`, `source`,
        `note_en` and `note_zh`.

    Examples
    --------
    >>> load_context().set_index("context_id").loc["port_cargo_2024", "unit"]
    't'
    """
    return package.table("context")


def load_readings(package: Package = BUILT_IN) -> pd.DataFrame:
    """Readings of figures whose wording allows more than one.

    Returns
    -------
    pandas.DataFrame
        Key: `reading`.
        The columns are `reading`, `observation` (the figure), `title_en`, `title_zh`, `assumes_en`,
        `assumes_zh` (what the figure means under the reading), `expression` (what it then comes to,
        over observations and published figures, in `unit`; empty where the reading is but words),
        `gives_en`, `gives_zh` (what the expression is) and `applied` (what it makes of a number of
        the reader's own, named "amount"; empty where all readings make the same of it).

    Examples
    --------
    >>> readings = load_readings().query("observation == 'port_rank_rank'")
    >>> readings["title_en"].tolist()
    ['Rank by tonnes of cargo', 'Rank by containers']
    """
    return package.table("readings")


def load_parts(package: Package = BUILT_IN) -> pd.DataFrame:
    """Parts that the models are made of; `ftz_data.models.parts` gives their sizes.

    Returns
    -------
    pandas.DataFrame
        Key: `model, part`.
        The columns are `model`, `part`, `kind` (step, cost, share, stock, side of an area, or what
        passes between parties: goods, money, declaration, claim, link), `unit`, `parameters` (those
        that its size follows from, separated by ``;``), `giver`, `taker`, `title_en` and
        `title_zh`.

    Examples
    --------
    >>> load_parts().query("model == 'ore_blending'")["title_en"].tolist()
    ['Unload', 'Stockpile', 'Blend']
    """
    return package.table("parts")
