"""Rows of marks: where each stands, its label and its words.

Heights are inches, so that rows keep their size whatever their number. On a wide picture labels
are the ticks of the y axis and words a column at the right edge; on a narrow one both stand above
their mark, and the marks take the whole width.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from matplotlib.axes import Axes

from ... import style
from . import lines
from .axes import Scale
from .marks import HALO, gid, look
from .table import Row, figure, word

GAP, BAR, PAD = 0.14, 0.21, 0.12
LABELS, WORDS = 2.3, 2.1


@dataclass(frozen=True)
class Slot:
    """One row on the page: its mark's middle, its upper edge, its label and words in lines."""

    row: Row
    y: float
    top: float
    label: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """All rows of a picture, and the inches that they and their columns take."""

    slots: tuple[Slot, ...]
    height: float
    left: float
    right: float


def lay_out(
    rows: list[Row], lang: str, size: style.Size, noted: frozenset[int] = frozenset()
) -> Grid:
    """Places of rows, from the top down.

    A row of role ``head`` is a heading without a mark. Rows whose index is in `noted` have one more
    line, right above their mark.
    """
    labels = size.width - 0.4 if size.narrow else LABELS
    slots: list[Slot] = []
    y, left, right = 0.05, 0.0, 0.0
    for row in rows:
        head = row.get("role") == "head"
        label = lines.wrap(word(row, "label", lang), labels, size.label)
        said = "" if head else figure(row, lang)
        words = lines.wrap(said, labels if size.narrow else WORDS, size.label) if said else []
        line = lines.height(1, size.label, 1.2)
        if head:
            y += 0.08 if slots else 0.0
            tall = line + 0.1
            middle = y + tall / 2
        elif size.narrow:
            text = line * (_above(label, words, size) + (row["index"] in noted))
            tall = text + BAR + GAP
            middle = y + text + 0.02 + BAR / 2
        else:
            note = line if row["index"] in noted else 0.0
            tall = max(line * max(len(label), len(words)), BAR) + GAP + note
            middle = y + note + (tall - note) / 2
            left = max(left, *(lines.width(each, size.label) for each in label))
            right = max(right, *(lines.width(each, size.label) for each in words), 0.0)
        slots.append(Slot(row, middle, y, tuple(label), tuple(words)))
        y += tall
    if size.narrow:
        return Grid(tuple(slots), y + 0.02, 0.12, 0.12)
    # In quarters of an inch, so that a longer number seldom moves everything.
    return Grid(tuple(slots), y + 0.02, left + 0.27, math.ceil(4 * (right + 0.3)) / 4)


def _above(label: list[str], words: list[str], size: style.Size) -> int:
    """Lines that label and words take above a mark: one where both fit beside each other."""
    if len(label) == len(words) == 1:
        both = lines.width(label[0], size.label) + lines.width(words[0], size.label)
        return 1 if both < size.width - 0.5 else 2
    return len(label) + len(words)


def scale(grid: Grid, size: style.Size, above: float = 0.0) -> Scale:
    """The y axis of rows, in inches from the top down; `above` are those over the first row."""
    marked = [slot for slot in grid.slots if slot.row.get("role") != "head"]
    labels = () if size.narrow else tuple((slot.y, "\n".join(slot.label)) for slot in marked)
    return Scale(grid.height, -above, "labels", labels=labels)


def write(ax: Axes, grid: Grid, size: style.Size) -> None:
    """Headings and words of all rows, and their labels where these are not ticks."""
    for slot in grid.slots:
        if slot.row.get("role") == "head":
            _head(ax, slot, size)
        elif size.narrow:
            _write_above(ax, slot, size)
        elif slot.words:
            _say(ax, slot, 1.0, slot.y, "\n".join(slot.words), size, dx=9)


def _head(ax: Axes, slot: Slot, size: style.Size) -> None:
    ax.annotate(
        "\n".join(slot.label),
        (0, slot.y),
        xycoords=ax.get_yaxis_transform(),
        xytext=(3 if size.narrow else -9, 0),
        textcoords="offset points",
        size=size.label + 1,
        ha="left" if size.narrow else "right",
        va="center_baseline",
        color=style.MUTED,
        gid=gid("head", slot.row),
        annotation_clip=False,
        path_effects=HALO if size.narrow else None,
        zorder=7,
    )


def _write_above(ax: Axes, slot: Slot, size: style.Size) -> None:
    line = lines.height(1, size.label, 1.2)
    one = _above(list(slot.label), list(slot.words), size) == 1
    ax.annotate(
        "\n".join(slot.label),
        (0, slot.top),
        xycoords=ax.get_yaxis_transform(),
        xytext=(3, 0),
        textcoords="offset points",
        size=size.label,
        va="top",
        linespacing=1.1,
        gid=gid("label", slot.row),
        annotation_clip=False,
        path_effects=HALO,
        zorder=7,
    )
    if slot.words:
        top = slot.top + (0 if one else line * len(slot.label))
        words = "\n".join(slot.words)
        x, dx = (1.0, 0) if one else (0.0, 3)
        _say(ax, slot, x, top, words, size, dx, "top")


def _say(
    ax: Axes,
    slot: Slot,
    x: float,
    y: float,
    words: str,
    size: style.Size,
    dx: float = 0,
    va: str = "center_baseline",
) -> None:
    ax.annotate(
        words,
        (x, y),
        xycoords=ax.get_yaxis_transform(),
        xytext=(dx, 0),
        textcoords="offset points",
        size=size.label,
        color=look(slot.row).text,
        ha="right" if x and not dx else "left",
        va=va,
        linespacing=1.1,
        gid=gid("words", slot.row),
        annotation_clip=False,
        path_effects=HALO if size.narrow else None,
        zorder=7,
    )
