"""Exercises on the figures: questions, hints, computed answers, marking; and lessons."""

from .exercises import Shown, exercise, hint, solution
from .lessons import guide, handout
from .marking import Marked, check

__all__ = ["Marked", "Shown", "check", "exercise", "guide", "handout", "hint", "solution"]
