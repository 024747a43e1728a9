"""A self-test: one question at a time, and at the end the score, the reasons and the places.

Which answer is right leaves the kernel at the end alone; nothing is kept.
"""

from __future__ import annotations

import html

from .. import language, quizzing
from ..extras import needs
from ..language import text, worded
from ..package import BUILT_IN, Package
from ..quizzing import Question
from .ask import Ask
from .following import Following
from .page import page

with needs("notebooks"):
    import ipywidgets as widgets


def quiz(seed: int = 1, package: Package = BUILT_IN) -> Quiz:
    """Ten multiple-choice questions on the report, one at a time, and the review at the end.

    Parameters
    ----------
    seed : int
        Chooses the questions; the same seed gives the same ones.
    package : Package, optional
        The built-in report by default.

    Returns
    -------
    Quiz

    Raises
    ------
    ValueError
        If the seed is no whole number, or the report's tables give no question.
    """
    return Quiz(seed, package)


class Quiz(Following):
    """Questions of one seed, and those of the next where they are asked for.

    Parameters
    ----------
    seed : int
        Of `ftz_data.quiz`.
    package : Package
        Of which report.
    """

    def __init__(self, seed: int, package: Package) -> None:
        self._package = package
        self._questions = self._drawn(seed)
        self._seed = seed
        self._given: list[int] = []
        self._refused = False
        self._heading, self._ask = widgets.HTML(), Ask()
        self._ask.observe(lambda _: self._take(), "entered")
        super().__init__("quiz", [self._heading, self._ask])
        self.add_class("ftz-quiz")
        self._draw()
        self.follow()
        page().place(self)

    def _drawn(self, seed: int) -> list[Question]:
        found = quizzing.quiz(seed, self._package)
        if not found:
            raise ValueError("the tables of the report give no question")
        return found

    def _take(self) -> None:
        """What the browser has sent: another start, or the answer to the present question."""
        if self._ask.pressed >= 0:
            self.start(self._seed + min(self._ask.pressed, 1))
            return
        chosen, done = self._ask.chosen, len(self._given) == len(self._questions)
        self._refused = chosen < 0 and not done
        if chosen >= 0 and not done:
            self._given.append(chosen)
        # All in one message, so that the browser sees nothing in between.
        with self._ask.hold_sync():
            self._draw()
            if chosen >= 0:
                self._ask.renew()

    def start(self, seed: int) -> None:
        """Ask the questions of a seed from the first one on."""
        self._questions = self._drawn(seed)
        self._seed, self._given, self._refused = seed, [], False
        with self._ask.hold_sync():
            self._draw()
            self._ask.renew()

    def _follow(self, lang: str) -> None:
        self._draw()

    def _draw(self) -> None:
        lang, count, number = language.current(), len(self._questions), len(self._given)
        title = text("quiz_title", lang, seed=self._seed, count=count)
        lead = text("quiz_lead", lang)
        self._heading.value = f"<h4>{html.escape(title)}</h4><p>{html.escape(lead)}</p>"
        self._said = [title, lead]
        ask = self._ask
        with ask.hold_sync():
            ask.refusal = text("quiz_first", lang) if self._refused else ""
            if number < count:
                question = self._questions[number]
                progress = text("quiz_progress", lang, number=number + 1, count=count)
                ask.question = f"{progress}\n{worded(question.asks, lang)}"
                ask.options = [worded(option.words, lang) for option in question.options]
                ask.button = text("quiz_last" if number + 1 == count else "quiz_answer", lang)
                ask.end, ask.others = "", []
                self._said += [progress, question.words(lang)]
            else:
                ask.question, ask.button, ask.options = "", "", []
                ask.end = self._review(lang)
                ask.others = [text("quiz_again", lang), text("quiz_others", lang)]
                self._said.append(self._score(lang))

    def _score(self, lang: str) -> str:
        pairs = zip(self._questions, self._given, strict=True)
        right = sum(question.right == given for question, given in pairs)
        return text("quiz_score", lang, right=right, count=len(self._questions))

    def _review(self, lang: str) -> str:
        """Each question with the answer given, the right one, the reason and the place."""
        pairs = zip(self._questions, self._given, strict=True)
        items = "".join(f"<li>{_reviewed(question, given, lang)}</li>" for question, given in pairs)
        return f"<h4>{html.escape(self._score(lang))}</h4><ol>{items}</ol>"

    def __repr__(self) -> str:
        return "\n".join(self._said)


def _reviewed(question: Question, given: int, lang: str) -> str:
    right = question.right == given
    sign = "✓ " if right else "✗ "
    told = {
        "yours": question.options[given].words,
        "correct": question.options[question.right].words,
        "why": question.why,
        "place": question.place,
    }
    lines = "".join(
        f"<dt>{html.escape(text(f'quiz_{name}', lang))}</dt>"
        f"<dd>{html.escape(worded(words, lang))}</dd>"
        for name, words in told.items()
        if not (right and name == "correct")
    )
    mark = html.escape(sign + text("quiz_right" if right else "quiz_wrong", lang))
    return f"<strong>{mark}</strong> {html.escape(worded(question.asks, lang))}<dl>{lines}</dl>"
