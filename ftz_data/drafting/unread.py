"""Numerals of a text that no row accounts for, as names for the audit."""

from __future__ import annotations

import re

from ..auditing import audit
from ..package import Package
from ..wording import squeeze
from .rows import Row

_LATIN = re.compile(r"[A-Za-z0-9]")
_WORD = re.compile(r"\w")


def unread(text: str, package: Package, kind: str, meaning: Row) -> list[Row]:
    """Rows of `names`: each numeral that nothing accounts for, with the characters beside it."""
    found = audit(text, package=package)
    squeezed, places = squeeze(text)
    at = {place: index for index, place in enumerate(places)}
    names: dict[str, Row] = {}
    for row in found[found["kind"].isna()].itertuples():
        start = at[row.position]
        name = _around(squeezed, start, start + len(row.printed))
        names[name] = {"name": name, "kind": kind} | meaning
    return list(names.values())


def _around(squeezed: str, start: int, end: int) -> str:
    """A numeral with a character before and two behind it, and with all of a Latin word.

    The audit finds a Latin word as a whole alone. White space is gone in a squeezed text, so that
    in English this is all up to the next mark.
    """
    first = start - 1 if start and _WORD.match(squeezed[start - 1]) else start
    last = end
    while last < min(end + 2, len(squeezed)) and _WORD.match(squeezed[last]):
        last += 1
    while first and _LATIN.match(squeezed[first]) and _LATIN.match(squeezed[first - 1]):
        first -= 1
    while (
        last < len(squeezed) and _LATIN.match(squeezed[last - 1]) and _LATIN.match(squeezed[last])
    ):
        last += 1
    name = squeezed[first:last]
    return name if squeeze(name)[0] == name else squeezed[start:end]
