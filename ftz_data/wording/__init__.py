"""A figure as a text prints it, to value, bounds, resolution and unit.

Press reports qualify figures by words: "over 5 million", "70-odd", "nearly 30 %". Each word says
how far the true number may lie from the printed one, and this package is the one place that knows.
Its words are tables (`lexicon.csv`, `units.csv`); `layout` brings a text to one line, `grammar` has
the patterns; `before` reads what stands before a number, `numbers` a number with its unit,
`amounts` ranges and lists of them; `sense` puts a figure together and `reading` finds all of a
text; `english` reads English sentences, by the patterns of `english_grammar`. Arithmetic is
decimal, so that 244.81亿 is exactly 24481000000.
"""

from .figure import Figure, Match, Reading, Reason, Unread
from .layout import squeeze
from .reading import find_figures, matches, parse_figure, read_text

__all__ = [
    "Figure",
    "Match",
    "Reading",
    "Reason",
    "Unread",
    "find_figures",
    "matches",
    "parse_figure",
    "read_text",
    "squeeze",
]
