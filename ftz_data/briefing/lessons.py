"""What answers a lesson in the room: its steps, each answer when it is asked for, and the sheet."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from .. import language, words
from ..teaching import handout
from ..teaching.lessons import Step, steps

# What the bar shows of a step at once, and what on demand.
SHOWN, ASKED_FOR = ("aim", "say", "question"), ("answer", "slip")


def offered() -> list[dict[str, str]]:
    """The lessons that the index offers: key, first page, and name in each language."""
    found = []
    for lesson in language.codes("lesson"):
        taken = steps(lesson)
        offer = {"lesson": lesson, "page": f"{taken[0].row.page}.ipynb"}
        for lang in language.LANGS:
            name = words.quantity(int(lesson), "min", lang)
            offer[f"name_{lang}"] = language.text(
                "briefing_lesson", lang, name=name, count=len(taken)
            )
        found.append(offer)
    return found


def _said(step: Step, columns: tuple[str, ...]) -> dict[str, Any]:
    return {
        column: {lang: step.words(column, lang) for lang in language.LANGS} for column in columns
    }


class _LessonHandler(JupyterHandler):
    def _step(self, lesson: str, number: str) -> tuple[list[Step], Step]:
        if lesson not in language.codes("lesson"):
            raise web.HTTPError(404)
        taken = steps(lesson)
        if not 1 <= int(number) <= len(taken):
            raise web.HTTPError(404)
        return taken, taken[int(number) - 1]


class StepHandler(_LessonHandler):
    """A step of a lesson: what is asked, where it leads, how long it takes; not the answer."""

    @web.authenticated
    def get(self, lesson: str, number: str) -> None:
        """Answer with the step, and the pages of all."""
        taken, step = self._step(lesson, number)
        place = {"minutes": step.minutes, "heading": step.row.heading_en}
        pages = [f"{each.row.page}.ipynb" for each in taken]
        self.finish(_said(step, SHOWN) | place | {"pages": pages})


class AnswerHandler(_LessonHandler):
    """The answer to the question of a step, and the usual slip."""

    @web.authenticated
    def get(self, lesson: str, number: str) -> None:
        """Answer with both, in both languages."""
        self.finish(_said(self._step(lesson, number)[1], ASKED_FOR))


class SheetHandler(JupyterHandler):
    """The sheet for participants, to be printed."""

    @web.authenticated
    def get(self) -> None:
        """Answer with the page in the language that is asked for."""
        lang = self.get_query_argument("lang", language.current())
        self.finish(handout().page(lang if lang in language.LANGS else language.current()))


HANDLERS = [
    (r"lesson/(\d{1,4})/(\d{1,4})", StepHandler),
    (r"lesson/(\d{1,4})/(\d{1,4})/answer", AnswerHandler),
    (r"handout", SheetHandler),
]
