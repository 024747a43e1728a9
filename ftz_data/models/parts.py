"""Shape of a model: the parts that its result is made of, before and after.

Next to a model `name` may stand a function `name_parts` of the same parameters. It gives numbers
alone; what each part is, in which unit and from whom to whom, stands in `data/parts.csv`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One part of a model.

    Attributes
    ----------
    panel : str
        Which of the pictures side by side it belongs to, such as ``before`` and ``after``.
    name : str
        Key of its row in `data/parts.csv`, together with the model.
    start, stop : float
        From where to where it reaches, in its unit; from zero where nothing comes before it.
    waits : bool
        Whether the end of the whole waits for it.
    count : float
        How many alike there are, such as the traders of a ring.
    """

    panel: str
    name: str
    start: float
    stop: float
    waits: bool = True
    count: float = 1


def single(panel: str, name: str, size: float, count: float = 1) -> Part:
    """A part that stands by itself, from zero to its size."""
    return Part(panel, name, 0.0, size, count=count)


def chain(panel: str, **sizes: float) -> list[Part]:
    """Parts one after another, each beginning where the one before it ends."""
    parts, start = [], 0.0
    for name, size in sizes.items():
        parts.append(Part(panel, name, start, start + size))
        start += size
    return parts
