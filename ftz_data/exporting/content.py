"""What an export holds, put together once: systems, their figures, what to say, where it is from.

Every writer takes a `Content` and adds nothing to it, so that all formats say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pandas as pd

from ..briefs import answer
from ..expressions import names
from ..language import LANGS, cell, label, text
from ..package import BUILT_IN, Package, unknown
from ..words import in_words, title
from .figures import Figure, Words, all_figures, citation, in_both
from .picture import Picture, picture

# Page of what the report prints of no system.
REST = "frame"


@dataclass(frozen=True)
class Source:
    """A source: title with publisher and date, how it was seen, and address where it has one."""

    key: str
    title: Words
    seen: Words
    url: str


@dataclass(frozen=True)
class System:
    """One page of a brief: what a system is, its figures, and what to say of it.

    Attributes
    ----------
    key, section : str
        Keys of the tables.
    name, finding : dict of str to str
        By language.
    story : list of (str, dict of str to str)
        Label, a key of the texts, and words by language.
    said : dict of str to list of dict of str to str
        Lines by kind of `briefs.csv`; a question is followed by its answer.
    figures : list of Figure
    sources : list of Source
    picture : Picture or None
    shown : list of (str, list of dict of str to str)
        What a panel says beside its picture: label, a key of the texts, and lines.
    """

    key: str
    section: str
    name: Words
    finding: Words
    story: list[tuple[str, Words]]
    said: dict[str, list[Words]]
    figures: list[Figure]
    sources: list[Source]
    picture: Picture | None
    shown: list[tuple[str, list[Words]]] = field(default_factory=list)


@dataclass(frozen=True)
class Content:
    """What is exported, in one language or both.

    Attributes
    ----------
    title : dict of str to str
        By language.
    langs : tuple of str
        Languages to be written.
    whole : bool
        Whether it is the whole report.
    package : Package
    progress : callable
        ``progress(done, total)`` is called as systems are written.
    """

    title: Words
    langs: tuple[str, ...]
    systems: list[System]
    whole: bool
    package: Package
    progress: Callable[[int, int], None] = field(default=lambda done, total: None, repr=False)

    def pages(self) -> Iterator[tuple[str, System]]:
        """Language and system of each page, in order."""
        total = len(self.langs) * len(self.systems)
        for number, lang in enumerate(self.langs):
            for done, system in enumerate(self.systems, start=1):
                yield lang, system
                self.progress(number * len(self.systems) + done, total)

    @property
    def figures(self) -> list[Figure]:
        """Figures of all systems, and those that the derived ones among them are computed from."""
        found = {each.key: each for system in self.systems for each in system.figures}
        everything = self.package.once(all_figures)
        for each in list(found.values()):
            for name in names(each.row.expression) if each.basis == "derived" else ():
                found.setdefault(name, everything[name])
        return list(found.values())

    @property
    def sources(self) -> list[Source]:
        """Sources of all systems, each once."""
        found = {each.key: each for system in self.systems for each in system.sources}
        return list(found.values())


def gather(
    what: str | Sequence[str] | None = None,
    lang: str = "both",
    package: Package = BUILT_IN,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Content:
    """Put together what is to be written.

    Parameters
    ----------
    what : str or sequence of str, optional
        A section, a system, or figures by their keys; the whole report by default.
    lang : {"en", "zh", "both"}
        Languages to be written.
    package : Package, optional
        The report; the built-in one by default.
    progress : callable, optional
        ``progress(done, total)`` is called as systems are written.

    Returns
    -------
    Content

    Raises
    ------
    KeyError
        If there is no such section, system or figure; the message names the nearest.
    ValueError
        If the language is unknown, or no figure is named.
    """
    if lang != "both" and lang not in LANGS:
        raise ValueError(f"lang is {lang!r}; allowed are 'en', 'zh' and 'both'")
    langs = LANGS if lang == "both" else (lang,)
    systems = package.once(_systems)
    if what is None:
        chosen = list(systems.values())
        heading = in_both(lambda lang: label("cited", "brief", lang, package))
    elif isinstance(what, str):
        chosen = [each for each in systems.values() if what in (each.key, each.section)]
        if not chosen:
            sections = dict.fromkeys(each.section for each in systems.values())
            raise unknown("section or system", what, [*sections, *systems])
        heading = chosen[0].name
        if what == chosen[0].section:
            heading = in_both(lambda lang: label("section", what, lang, package))
    else:
        chosen = _selected(list(what), package)
        heading = in_both(lambda lang: text("export_selection", lang))
    return Content(heading, langs, chosen, what is None, package, progress)


def _selected(keys: list[str], package: Package) -> list[System]:
    """The systems that the figures are of, with these figures alone."""
    if not keys:
        raise ValueError("no figure is named; name one or more, or leave the selection out")
    known = package.once(all_figures)
    for key in keys:
        if key not in known:
            raise unknown("figure", key, known)
    chosen = []
    for system in package.once(_systems).values():
        figures = [each for each in system.figures if each.key in keys]
        if figures:
            whole = vars(system) | {"figures": figures}
            chosen.append(System(**whole))
    return chosen


def _systems(package: Package) -> dict[str, System]:
    figures = list(package.once(all_figures).values())
    systems = {
        key: _system(row, [each for each in figures if each.system == key], package)
        for key, row in package.rows("instruments").items()
    }
    rest: dict[str, list[Figure]] = {}
    for each in figures:
        if not each.system:
            rest.setdefault(page_of(each, package), []).append(each)
    return systems | {key: _rest(key, listed, package) for key, listed in rest.items()}


def page_of(figure: Figure, package: Package) -> str:
    """Key of the page that a figure stands on: its system, else that of all that is of none; in a
    report that tells of no systems, its section."""
    return figure.system or (REST if package.rows("instruments") else figure.section)


def _system(row: Any, figures: list[Figure], package: Package) -> System:
    stories = [("card_problem", "problem"), ("card_mechanism", "mechanism")]
    stories += [("card_change", "change"), ("card_caveat", "caveat")]
    cited = [row.source]
    for listed in (row.legal_basis, row.also_source):
        cited += [] if pd.isna(listed) else listed.split(";")
    cited += [each.row.source for each in figures if each.basis == "published"]
    return System(
        row.instrument,
        row.section,
        name=in_both(partial(cell, row, "name")),
        finding=in_both(partial(cell, row, "change")),
        story=[(key, in_both(partial(cell, row, column))) for key, column in stories],
        said=_said(row.instrument, package),
        figures=figures,
        sources=_sources(cited, package),
        picture=picture(row.instrument, package),
    )


def _rest(key: str, figures: list[Figure], package: Package) -> System:
    """A page of figures that are of no system."""
    cited = [each.row.source for each in figures if each.basis != "derived"]
    return System(
        key,
        key,
        name=in_both(lambda lang: label("section", key, lang, package)),
        finding=in_both(
            lambda lang: text("export_rest" if key == REST else "export_section", lang)
        ),
        story=[],
        said={},
        figures=figures,
        sources=_sources(cited, package),
        picture=picture(key, package),
    )


def _said(instrument: str, package: Package) -> dict[str, list[Words]]:
    said: dict[str, list[Words]] = {}
    for row in package.rows("briefs").values():
        if row.instrument == instrument:
            said.setdefault(row.kind, []).append(in_both(partial(_line, row, package)))
    return said


def _line(row: Any, package: Package, lang: str) -> str:
    """A line of a brief; a figure that is quoted is worded anew, so that it is the table's."""
    words = cell(row, "text", lang)
    if row.kind == "question":
        reply = answer(row, lang, package)
        return text("brief_answered", lang, question=words, answer=reply)
    if row.kind == "quote" and not pd.isna(row.observation):
        figure = package.row("observations", row.observation)
        return text(
            "label_figure",
            lang,
            label=title(figure, lang, package),
            figure=in_words(figure, lang, package=package),
        )
    return words


def _sources(keys: list[str], package: Package) -> list[Source]:
    rows = [package.row("sources", key) for key in dict.fromkeys(keys)]
    return [
        Source(
            row.source,
            title=in_both(partial(citation, row)),
            seen=in_both(partial(label, "seen", row.seen, package=package)),
            url="" if pd.isna(row.url) else row.url,
        )
        for row in rows
    ]
