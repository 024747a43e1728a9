"""What a report holds: all figures in one readable table, and a search over whatever has a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from .language import LANGS, cell, label, resolve
from .package import BUILT_IN, Package
from .words import in_words, period, place, system, title, unit


def load_figures(lang: str | None = None, package: Package = BUILT_IN) -> pd.DataFrame:
    """All figures with everything that is known of them, in plain text.

    Parameters
    ----------
    lang : {"en", "zh"}, optional
        Language of the texts; the current one by default.
    package : Package, optional
        The report; the built-in one by default.

    Returns
    -------
    pandas.DataFrame
        One row a figure, in the report's reading order. Key: `observation_id`.
        The columns are `observation_id`, `title`, `words` (the figure with its bounds), `value`,
        `lower`, `upper` (NaN where the wording sets no bound), `unit` (of these, with denominator),
        `section`, `system`, `stage`, `period`, `area`, `place` (in the report), `printed` (as the
        report has it), `quotable` and `caveat`. A text is empty where there is nothing to say.

    See Also
    --------
    load_observations : the same figures with keys in place of texts.

    Examples
    --------
    >>> figures = load_figures("en").set_index("observation_id")
    >>> print(*figures.loc["pool_saving_level", ["title", "words"]], sep=": ")
    Financing cost saved under the pool: more than 5 million yuan
    """
    lang = resolve(lang)
    rows = package.rows("observations").values()
    return pd.DataFrame(
        [
            {
                "observation_id": row.observation_id,
                "title": title(row, lang, package),
                "words": in_words(row, lang, package=package),
                "value": row.value,
                "lower": row.lower,
                "upper": row.upper,
                "unit": unit(row, lang, package),
                "section": label("section", row.section, lang, package),
                "system": system(row, lang, package),
                "stage": label("stage", row.stage, lang, package),
                "period": period(row.time_period, lang),
                "area": label("ref_area", row.ref_area, lang, package),
                "place": place(row.locator, lang, package),
                "printed": row.printed,
                "quotable": label("quotable", row.quotable, lang, package),
                "caveat": cell(row, "caveat", lang),
            }
            for row in rows
        ]
    )


def find(words: str, package: Package = BUILT_IN) -> pd.DataFrame:
    """Look for rows by key, title or name, in both languages at once.

    Parameters
    ----------
    words : str
        One or more words; a row is found where its key, title or name holds all of them, in upper
        or lower case.
    package : Package, optional
        The report to search; the built-in one by default.

    Returns
    -------
    pandas.DataFrame
        One row a hit, best first: the key or title that is just these words, then those that hold
        them as whole words, then the rest, in the order of the tables. The columns are `table`,
        `key`, `title_en` and `title_zh`.

    Raises
    ------
    ValueError
        If `words` is empty.

    Examples
    --------
    >>> find("oil")[["table", "key"]].head(2).values.tolist()
    [['observations', 'crude_time_before'], ['observations', 'crude_time_after']]
    """
    wanted = words.casefold().split()
    if not wanted:
        raise ValueError(f"words is {words!r}; one or more words are allowed")
    hits = []
    for named in _named(package):
        texts = [text.casefold() for text in named[1:]]
        joined = "\n".join(texts)
        if all(word in joined for word in wanted):
            exact = " ".join(wanted) in texts
            # A key's words are joined by underscores, which count as letters.
            whole = set(wanted) <= set(re.findall(r"[^\W_]+", joined)) | {texts[0]}
            hits.append((0 if exact else 1 if whole else 2, named))
    # Sorted by rank alone, which keeps the order of the tables within one.
    best = [named for _, named in sorted(hits, key=lambda hit: hit[0])]
    return pd.DataFrame(best, columns=["table", "key", "title_en", "title_zh"], dtype="str")


def _named(package: Package) -> Iterator[tuple[str, str, str, str]]:
    """Table, key and title in both languages of every row that has a title or a name."""
    for table, resource in package.resources.items():
        schema = resource["schema"]
        columns = {field["name"] for field in schema["fields"]}
        heading = next((name for name in ("title", "name") if f"{name}_en" in columns), None)
        if table != "observations" and heading is None:
            continue
        for key, row in package.rows(table).items():
            en, zh = (
                title(row, lang, package) if heading is None else cell(row, heading, lang)
                for lang in LANGS
            )
            yield table, key if isinstance(key, str) else ".".join(key), en, zh
