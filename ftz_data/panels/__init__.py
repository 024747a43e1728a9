"""Panels: controls beside a chart. The only part of the package that knows ipywidgets.

The state of a page is a query string: a link that carries it reopens what was on screen.
"""

from .around import actors, brief, timeline
from .desk import desk
from .exercises import exercise, exercises
from .panel import Panel, Picture
from .predict import predict
from .quiz import quiz
from .reader import reader
from .switch import language_switch
from .systems import doubt, implied, picture, supervision_modes, what_if
from .tables import explorer, glossary

__all__ = [
    "Panel",
    "Picture",
    "actors",
    "brief",
    "desk",
    "doubt",
    "exercise",
    "exercises",
    "explorer",
    "glossary",
    "implied",
    "language_switch",
    "picture",
    "predict",
    "quiz",
    "reader",
    "supervision_modes",
    "timeline",
    "what_if",
]
