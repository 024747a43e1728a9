"""The language of what people read, and the strings of `texts.csv` and `codes.csv` in it.

One language is current in a process: `use` changes it, and whatever is on screen subscribes to the
change. Every function that words something takes `lang` (``"en"`` or ``"zh"``), and takes the
current language where none is named.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .package import BUILT_IN, Package, unknown

LANGS = ("en", "zh")
_chosen: str | None = None
_subscribers: dict[object, Callable[[str], None]] = {}


def resolve(lang: str | None) -> str:
    """Return `lang`, the current language for None; a ValueError names what is allowed."""
    if lang is None:
        return current()
    if lang not in LANGS:
        raise ValueError(f"lang is {lang!r}; allowed are 'en' and 'zh'")
    return lang


def current() -> str:
    """Current language: what `use` set, else the environment's ``FTZ_LANG``, else English."""
    return _chosen or resolve(os.environ.get("FTZ_LANG") or "en")


def use(lang: str) -> None:
    """Make `lang` the current language, and tell whoever has subscribed.

    Parameters
    ----------
    lang : {"en", "zh"}

    Raises
    ------
    ValueError
        If the language is unknown.
    """
    global _chosen
    if resolve(lang) == _chosen:
        return
    _chosen = lang
    for callback in list(_subscribers.values()):
        callback(lang)


# Its name where it stands beside everything else that the package offers.
use_language = use


def subscribe(callback: Callable[[str], None]) -> Callable[[], None]:
    """Call `callback` with the new language at each change.

    Parameters
    ----------
    callback : callable
        ``callback(lang)``.

    Returns
    -------
    callable
        ``unsubscribe()`` ends it; calling it once more does nothing.

    Examples
    --------
    >>> seen = []
    >>> unsubscribe = subscribe(seen.append)
    >>> use("zh"), use("en"), unsubscribe(), use("zh"), use("en")
    (None, None, None, None, None)
    >>> seen
    ['zh', 'en']
    """
    # A key of its own, so that one callback may subscribe twice.
    key = object()
    _subscribers[key] = callback

    def unsubscribe() -> None:
        _subscribers.pop(key, None)

    return unsubscribe


def text(key: str, lang: str | None = None, **fields: Any) -> str:
    """A string of `texts.csv` with its fields filled in.

    These are the program's own words, the same for every report.

    Raises
    ------
    KeyError
        If there is no such string; the message names the nearest, and the file.
    """
    texts = BUILT_IN.rows("texts")
    if key not in texts:
        raise unknown("text", key, texts, "texts.csv")
    return getattr(texts[key], resolve(lang)).format(**fields)


def label(codelist: str, code: str, lang: str | None = None, package: Package = BUILT_IN) -> str:
    """Label of a code.

    Raises
    ------
    KeyError
        If the list has no such code; the message names the nearest, and the file.
    """
    rows = package.rows("codes")
    if (codelist, code) not in rows:
        raise unknown(codelist, code, codes(codelist, package), "codes.csv")
    return getattr(rows[codelist, code], f"label_{resolve(lang)}")


def codes(codelist: str, package: Package = BUILT_IN) -> list[str]:
    """Codes of a list, in the order of the file."""
    return [code for name, code in package.rows("codes") if name == codelist]


def bilingual(blocks: dict[str, str]) -> str:
    """HTML that holds one block a language; the page's switch shows one of them."""
    return "".join(f'<div lang="{lang}">{blocks[lang]}</div>' for lang in LANGS)


@dataclass(frozen=True, init=False)
class Text:
    """A string of `texts.csv` that is worded when it is shown, in the language of that moment.

    Parameters
    ----------
    key : str
        Key of `load_texts`.
    **fields
        Its fields; one may itself be a `Text` or a `Wording`.

    Examples
    --------
    >>> about = Text("bounds_about", value=Text("unit_none"))
    >>> about.in_("en"), about.in_("zh")
    ('about none', '约无')
    """

    key: str
    fields: tuple[tuple[str, Any], ...]

    def __init__(self, key: str, **fields: Any) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "fields", tuple(fields.items()))

    def in_(self, lang: str | None = None) -> str:
        """The words in a language, the current one by default."""
        lang = resolve(lang)
        return text(
            self.key,
            lang,
            **{name: worded(field, lang) for name, field in self.fields},
        )


@dataclass(frozen=True, init=False)
class Wording:
    """What a function words of its arguments, worded when it is shown.

    Parameters
    ----------
    function : callable
        Takes the arguments and ``lang=``, such as `label`, `cell` or `words.in_words`.
    *arguments, **named
        What it words.

    Examples
    --------
    >>> Wording(label, "section", "gene_tech").in_("zh")
    '基因科技'
    """

    function: Callable[..., str]
    arguments: tuple[Any, ...]
    named: tuple[tuple[str, Any], ...]

    def __init__(self, function: Callable[..., str], *arguments: Any, **named: Any) -> None:
        object.__setattr__(self, "function", function)
        object.__setattr__(self, "arguments", arguments)
        object.__setattr__(self, "named", tuple(named.items()))

    def in_(self, lang: str | None = None) -> str:
        """The words in a language, the current one by default."""
        return self.function(*self.arguments, lang=resolve(lang), **dict(self.named))


def worded(content: Any, lang: str | None = None) -> Any:
    """A `Text` or `Wording` in words; anything else reads the same in both languages."""
    return content.in_(lang) if isinstance(content, (Text, Wording)) else content


def cell(row: Any, column: str, lang: str | None = None) -> str:
    """What a row holds in one of the columns that stand in both languages; empty for none.

    Examples
    --------
    >>> cell(BUILT_IN.row("instruments", "crude_release"), "name", "zh")
    '先放后检'
    """
    content = getattr(row, f"{column}_{resolve(lang)}")
    # A missing cell of a table is NaN, the one value that is not equal to itself.
    return content if content == content else ""
