"""Indicators of the built-in report that a figure of another report may be."""

from __future__ import annotations

from difflib import SequenceMatcher

from ..package import BUILT_IN

# What all figures of one indicator have in common.
SHARED = ("title_en", "title_zh", "section")
_MOST = 3
# Below this, titles share no more than common characters.
_LEAST = 0.3


def alike(unit: str, words: str) -> list[dict[str, str]]:
    """Indicators in the same unit whose titles are most like some words, the best first.

    Examples
    --------
    >>> [each["indicator"] for each in alike("t", "港口货物吞吐量")][:1]
    ['port_cargo']
    """
    matcher = SequenceMatcher(b=words.casefold(), autojunk=False)
    found = []
    for key, row in BUILT_IN.rows("indicators").items():
        if row.unit == unit:
            scores = []
            for title in (row.title_en, row.title_zh):
                matcher.set_seq1(title.casefold())
                scores.append(matcher.ratio())
            found.append((max(scores), key))
    best = sorted((each for each in found if each[0] >= _LEAST), key=lambda each: -each[0])
    return [_fields(key) for _, key in best[:_MOST]]


def _fields(key: str) -> dict[str, str]:
    row = BUILT_IN.row("indicators", key)
    return {"indicator": key} | {name: getattr(row, name) for name in SHARED}
