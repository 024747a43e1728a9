"""Lessons for a room: the steps of each, the trainer's guide, and a sheet for participants."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import words
from ..derived import Derived, reported_and_published
from ..expressions import evaluate
from ..language import LANGS, bilingual, cell, codes, current, resolve, text
from ..package import BUILT_IN, Package, unknown
from .exercises import Figures

# What the guide says of a step, beside its minutes and where it leads.
_PARTS = ("say", "question", "answer", "board", "slip")
# The lesson whose aims stand on the sheet.
_SHORT = "15"
_QUESTIONS = 5
_LINE = '<p class="line"></p>'

_STYLE = """
@page { size: A4; margin: 14mm; }
body { max-width: 182mm; margin: 0 auto; padding: 0 1rem; font: 11pt/1.35 system-ui, "Noto Sans",
  "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1a1a1a; }
h1 { font-size: 1.4em; margin: 0.3em 0; }
h2 { font-size: 1.05em; margin: 0.8em 0 0.2em; }
ul, ol { margin: 0; padding-left: 1.4em; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #757575; padding: 0.1em 0.5em 0.1em 0; text-align: left; }
.line { height: 9mm; margin: 0; border-bottom: 1px solid #757575; }
@media print { body { padding: 0; } }
"""


@dataclass(frozen=True)
class Step:
    """A step of a lesson: its row, the minute at which it begins, and how many it takes."""

    row: Any
    start: int
    minutes: int

    def words(self, column: str, lang: str | None = None, package: Package = BUILT_IN) -> str:
        """What the step says in a column, with its figures and its answer filled in.

        Parameters
        ----------
        column : {"aim", "say", "question", "answer", "board", "slip"}
        lang : {"en", "zh"}, optional
            Language of the words; the current one by default.

        Examples
        --------
        >>> steps("15")[2].words("answer", "en")
        'By the printed times 1.5 to 2.5 days, in inspection and release only.'
        """
        lang = resolve(lang)
        said = cell(self.row, column, lang)
        if "{}" in said:
            amount = evaluate(self.row.expression, reported_and_published(package), package)
            shown = words.in_words(Derived.of(amount, self.row.unit), lang, 3, package)
            said = said.replace("{}", shown)
        return said.format_map(Figures(self.row, lang, package))


def steps(lesson: str | int, package: Package = BUILT_IN) -> list[Step]:
    """The steps of a lesson in order.

    Parameters
    ----------
    lesson : {15, 45, 90}
        Its length in minutes.

    Raises
    ------
    KeyError
        If there is no such lesson; the message names those that there are.

    Examples
    --------
    >>> [step.minutes for step in steps(15)]
    [2, 4, 3, 3, 3]
    """
    wanted = str(lesson)
    known = codes("lesson", package)
    if wanted not in known:
        raise unknown("lesson", wanted, known)
    found: list[Step] = []
    for row in package.rows("lessons").values():
        if row.lesson == wanted:
            start = found[-1].start + found[-1].minutes if found else 0
            found.append(Step(package.row("steps", row.step), start, int(row.minutes)))
    return found


class Sheet:
    """Words as HTML in both languages; what is printed is in the current one."""

    def __init__(self, make: Callable[[str], tuple[list[str], str]]) -> None:
        self._make = make

    def lines(self, lang: str) -> list[str]:
        """What is said, a line each."""
        return self._make(lang)[0]

    def page(self, lang: str | None = None) -> str:
        """A whole page of HTML that can be printed."""
        lang = resolve(lang)
        lines, body = self._make(lang)
        title = html.escape(lines[0])
        return (
            f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<link rel="icon" href="data:,"><title>{title}</title><style>{_STYLE}</style></head>'
            f"<body><main><h1>{title}</h1>{body}</main></body></html>\n"
        )

    def __repr__(self) -> str:
        return "\n".join(self.lines(current()))

    def _repr_html_(self) -> str:
        return bilingual({lang: self._make(lang)[1] for lang in LANGS})


def guide(lesson: str | int, package: Package = BUILT_IN) -> Sheet:
    """What a trainer does in a lesson, minute by minute.

    Parameters
    ----------
    lesson : {15, 45, 90}
        Its length in minutes.

    Returns
    -------
    Sheet
        Printed as text, and shown in a notebook with links to the pages.

    Examples
    --------
    >>> print(*guide(15).lines("en")[:3], sep="\\n")
    A lesson of 15 minutes
    Minute 0 to 2: Tell what is printed from what is claimed
    On the page: 00_overview – What came of it
    """
    found = steps(lesson, package)

    def make(lang: str) -> tuple[list[str], str]:
        minutes = words.quantity(int(lesson), "min", lang)
        lines, body = [text("lesson_title", lang, minutes=minutes)], ""
        for step in found:
            span = text("lesson_span", lang, start=step.start, end=step.start + step.minutes)
            colon = text("separator", lang)
            head = f"{span}{colon}{step.words('aim', lang, package)}"
            where = cell(step.row, "heading", lang)
            leads = text("lesson_leads", lang, page=step.row.page, heading=where)
            lines += [head, leads]
            link = f'<a href="../{step.row.page}.ipynb">{html.escape(where)}</a>'
            body += f"<h3>{html.escape(head)}</h3><p>{link}</p><dl>"
            for part in _PARTS:
                name, said = text(f"lesson_{part}", lang), step.words(part, lang, package)
                lines.append(f"{name}{colon}{said}")
                body += f"<dt>{html.escape(name)}</dt><dd>{html.escape(said)}</dd>"
            body += "</dl>"
        return lines, body

    return Sheet(make)


def handout(package: Package = BUILT_IN) -> Sheet:
    """A sheet for participants, which prints on one page of A4.

    Returns
    -------
    Sheet
        Shown in a notebook in both languages; `page` gives the page to print.

    Examples
    --------
    >>> print(handout().lines("en")[0])
    Read a figure: a sheet for the lesson
    """
    return Sheet(lambda lang: _sheet(lang, package))


def _sheet(lang: str, package: Package) -> tuple[list[str], str]:
    aims = [step.words("aim", lang, package) for step in steps(_SHORT, package)]
    meant = [
        (str(row.printed), words.in_words(row, lang, package=package)) for row in _examples(package)
    ]
    asked = [text(f"handout_question_{n}", lang) for n in range(1, _QUESTIONS + 1)]
    escape = html.escape
    printed, allows = text("handout_printed", lang), text("handout_meant", lang)
    rows = "".join(
        f'<tr><td lang="zh-Hans">{escape(one)}</td><td>{escape(two)}</td></tr>'
        for one, two in meant
    )
    parts = {
        "aims": f"<ul>{''.join(f'<li>{escape(aim)}</li>' for aim in aims)}</ul>",
        "words": f"<table><thead><tr><th>{printed}</th><th>{allows}</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>",
        "questions": f"<ol>{''.join(f'<li>{escape(one)}</li>' for one in asked)}</ol>",
        "own": _LINE * 3,
        "request": _LINE * 5,
    }
    said = {"aims": aims, "words": [": ".join(pair) for pair in meant], "questions": asked}
    lines, body = [text("handout_title", lang)], ""
    for part, shown in parts.items():
        name = text(f"handout_{part}", lang)
        lines += [name, *said.get(part, [])]
        body += f"<h2>{escape(name)}</h2>{shown}"
    return lines, body


def _examples(package: Package) -> list[Any]:
    """For each word that qualifies a figure, and for none, the first figure that has it."""
    first: dict[str, Any] = {}
    for row in package.rows("observations").values():
        first.setdefault(row.qualifier if isinstance(row.qualifier, str) else "", row)
    return list(first.values())
