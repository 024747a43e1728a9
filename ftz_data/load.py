"""One loader a table; each returns a fresh DataFrame read from the package's own files."""

from __future__ import annotations

import functools

import pandas as pd

from . import schema


@functools.cache
def _table(name: str) -> pd.DataFrame:
    return schema.read_table(name)


def _fresh(name: str) -> pd.DataFrame:
    # A deep copy: what a caller changes must never reach the next call.
    return _table(name).copy()


def load_observations() -> pd.DataFrame:
    """Figures printed in the report, one row each.

    Returns
    -------
    pandas.DataFrame
        Key: `observation_id`.
        The columns are `observation_id`, `indicator`, `instrument`, `section`, `stage`, `ref_area`,
        `time_period`, `value`, `lower`, `upper`, `lower_closed`, `upper_closed`, `qualifier`,
        `resolution`, `unit`, `per`, `printed`, `locator`, `sequence`, `source`, `caveat_en` and
        `caveat_zh`. `value`, `lower`, `upper` and `resolution` are in `unit` (UCUM, ISO 4217 for
        money); a bound that the wording does not set is NaN and its closedness NA.

    Examples
    --------
    >>> figures = load_observations().set_index("observation_id")
    >>> print(*figures.loc["crude_time_before", ["printed", "lower", "upper", "unit"]])
    2—3天 2.0 3.0 d
    """
    return _fresh("observations")


def load_indicators() -> pd.DataFrame:
    """What the figures measure: the codebook.

    Returns
    -------
    pandas.DataFrame
        Key: `indicator`.
        The columns are `indicator`, `section`, `title_en`, `title_zh`, `unit`, `short_unit_en`,
        `short_unit_zh`, `better` (higher, lower or neutral), `minimum` and `maximum` (limits that
        arithmetic sets, in `unit`), `description_en` and `description_zh`.

    Examples
    --------
    >>> load_indicators().set_index("indicator").loc["crude_turnover", "unit"]
    '%'
    """
    return _fresh("indicators")


def load_instruments() -> pd.DataFrame:
    """Systems of the report: policy innovations, platforms, programmes and products.

    Returns
    -------
    pandas.DataFrame
        Key: `instrument`.
        The columns are `instrument`, `section`, `name_en`, `name_zh`, then in both languages `lead`
        (who runs it), `problem`, `mechanism`, `change` and `caveat`, then `locator` and `source`.
        The texts are ours; `name_zh` is the report's name.

    Examples
    --------
    >>> load_instruments().set_index("instrument").loc["crude_release", "name_zh"]
    '先放后检'
    """
    return _fresh("instruments")


def load_claims() -> pd.DataFrame:
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
    return _fresh("claims")


def load_supervision_modes() -> pd.DataFrame:
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
    return _fresh("supervision_modes")


def load_sources() -> pd.DataFrame:
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
    return _fresh("sources")


def load_names() -> pd.DataFrame:
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
    return _fresh("names")


def load_glossary() -> pd.DataFrame:
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
    return _fresh("glossary")


def load_pipeline() -> pd.DataFrame:
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
    return _fresh("pipeline")


def load_ties() -> pd.DataFrame:
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
    return _fresh("ties")


def load_codes() -> pd.DataFrame:
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
    return _fresh("codes")


def load_texts() -> pd.DataFrame:
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
    return _fresh("texts")


def load_models() -> pd.DataFrame:
    """Teaching models of the systems' mechanisms.

    Returns
    -------
    pandas.DataFrame
        Key: `model`.
        The columns are `model`, `section`, `instrument`, `observation` (the reported figure that
        the result stands beside), `unit` (of the result), `title_en`, `title_zh`, `formula` (in
        symbols), `words_en`, `words_zh` and `source` (of the method).

    Examples
    --------
    >>> load_models().set_index("model").loc["crude_turnover", "formula"]
    'g = T/(T − Δ) − 1'
    """
    return _fresh("models")


def load_parameters() -> pd.DataFrame:
    """Parameters of the teaching models.

    Returns
    -------
    pandas.DataFrame
        Key: `model, parameter`.
        The columns are `model`, `parameter`, `symbol`, `unit`, `default`, `low`, `high`, `step` (in
        `unit`), `basis` (reported, published, derived or assumed), `origin` (the observation,
        published figure or derived quantity behind the default), and in both languages `title` and
        `reason` (why this default).

    Examples
    --------
    >>> load_parameters().set_index(["model", "parameter"]).loc[("loan_pool", "fund"), "basis"]
    'reported'
    """
    return _fresh("parameters")


def load_context() -> pd.DataFrame:
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
    return _fresh("context")
