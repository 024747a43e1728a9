"""Ten questions on a report, drawn from its tables with a seed, each with the usual misreadings."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from ..language import worded
from ..package import BUILT_IN, Package
from . import figures, results
from .draft import Draft, Option

__all__ = ["Question", "quiz"]

# One question of each; what is asked is told by their docstrings.
KINDS = (
    figures.allows,
    figures.ends,
    figures.factor,
    figures.unit,
    figures.stage,
    results.basis,
    results.verdict,
    results.reading,
    results.points,
    results.follows,
)
OPTIONS = 5


@dataclass(frozen=True, repr=False)
class Question:
    """A question with five answers, of which one is right.

    Attributes
    ----------
    kind : str
        What is asked: ``allows``, ``ends``, ``factor``, ``unit``, ``stage``, ``basis``,
        ``verdict``, ``reading``, ``points`` or ``follows``.
    key : str
        Of the figure, quantity, reading or pair that it is about.
    asks : Text
        The question; worded when it is shown, like all that follows.
    options : tuple of Option
        The answers.
    right : int
        Place of the right one, from 0.
    why : Text or Wording
        Why it is right.
    place : Text or Wording
        Where the report, or another source, says it.
    """

    kind: str
    key: str
    asks: Any
    options: tuple[Option, ...]
    right: int = field(repr=False)
    why: Any
    place: Any

    def words(self, lang: str | None = None) -> str:
        """The question and its answers, lettered; not which of them is right."""
        lines = [
            f"{letter}  {worded(option.words, lang)}"
            for letter, option in zip("ABCDE", self.options, strict=False)
        ]
        return "\n".join([worded(self.asks, lang), *lines])

    def __repr__(self) -> str:
        return self.words()


def quiz(seed: int, package: Package = BUILT_IN) -> list[Question]:
    """Ten multiple-choice questions on a report, the same for the same seed.

    Parameters
    ----------
    seed : int
        Chooses what is asked, the misreadings, and the order.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    list of Question
        One of each kind; where the tables of a report give none of a kind, another of the others,
        and fewer than ten where they give no more.

    Raises
    ------
    ValueError
        If the seed is no whole number.

    Examples
    --------
    >>> questions = quiz(1)
    >>> len(questions), len(questions[0].options)
    (10, 5)
    >>> quiz(1)[3].words("en") == questions[3].words("en")
    True
    """
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise ValueError(f"seed is {seed!r}; a whole number is allowed")
    chance = random.Random(seed)
    drafts = [list(each) for each in package.once(_drafts)]
    for each in drafts:
        chance.shuffle(each)
    chance.shuffle(drafts)
    count = len(KINDS)
    chosen: list[tuple[Draft, list[Option]]] = []
    keys: set[str] = set()
    # Round after round, one of each kind; what lacks misreadings is passed over.
    while len(chosen) < count and any(drafts):
        for each in drafts:
            while each:
                draft = each.pop()
                wrong = _wrong(draft, chance)
                if draft.key not in keys and len(wrong) == OPTIONS - 1:
                    keys.add(draft.key)
                    chosen.append((draft, wrong))
                    break
    # Each place as often as the others.
    places = [place % OPTIONS for place in range(count)]
    chance.shuffle(places)
    pairs = zip(chosen, places, strict=False)
    return [_question(draft, wrong, place) for (draft, wrong), place in pairs]


def _drafts(package: Package) -> list[list[Draft]]:
    return [kind(package) for kind in KINDS]


def _wrong(draft: Draft, chance: random.Random) -> list[Option]:
    """Misreadings of a draft that differ from the right answer and from each other."""
    found: list[Option] = []
    for option in chance.sample(draft.wrong, len(draft.wrong)):
        if len(found) < OPTIONS - 1 and not any(map(option.same, [draft.right, *found])):
            found.append(option)
    return found


def _question(draft: Draft, wrong: list[Option], place: int) -> Question:
    options = (*wrong[:place], draft.right, *wrong[place:])
    return Question(draft.kind, draft.key, draft.asks, options, place, draft.why, draft.place)
