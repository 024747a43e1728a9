"""flow: who gives what to whom, and how much; width is amount."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch

from ... import language, style
from . import axes, lines, marks
from .axes import Scales
from .chart import Kind, into, line_of
from .frame import Room
from .table import Row, figure, number, of_role, rows, word

# Inches: radius of a party and of one whose name stands beside it; widest arrow in points.
_PARTY, _DOT, _WIDEST = 0.17, 0.08, 15.0
_HEAD, _FOOT = 0.42, 0.42
KINDS = ("goods", "money", "declaration", "claim", "link")


def check(data: pd.DataFrame) -> list[Row]:
    """Rows of a flow, checked."""
    needed = {"flow": ("panel", "kind", "giver", "taker", "amount"), "total": ("panel", "label")}
    found = rows("flow", data, needed)
    for row in of_role(found, "flow"):
        if row["kind"] not in KINDS:
            where = f"flow, row {row['index']}"
            raise ValueError(f"{where}: kind is {row['kind']!r}; allowed are {', '.join(KINDS)}")
    return found


def _panels(found: list[Row]) -> list[object]:
    return list(dict.fromkeys(row["panel"] for row in of_role(found, "flow")))


def _named(found: list[Row], lang: str) -> bool:
    """Whether names stand beside their parties: letters alone stand inside."""
    return any(
        len(word(row, side, lang)) > 2
        for row in of_role(found, "flow")
        for side in ("giver", "taker")
    )


@dataclass(frozen=True)
class _Ring:
    """A ring of parties: its middle, its radius, and the inches for names beside and below it."""

    x: float
    y: float
    radius: float
    beside: float
    below: float
    named: bool

    @property
    def party(self) -> float:
        """Radius of a party."""
        return _DOT if self.named else _PARTY


def _radius(found: list[Row], lang: str, size: style.Size) -> float:
    return 0.78 if size.narrow and _named(found, lang) else 0.92


def room(found: list[Row], lang: str, size: style.Size) -> Room:
    """Room that the axes need."""
    panels = len(_panels(found))
    one = _HEAD + 2 * (_radius(found, lang, size) + _PARTY + _above(found, lang, size)) + _FOOT
    return Room((one * panels if size.narrow else one) + 0.3, 0.13, 0.13)


def _above(found: list[Row], lang: str, size: style.Size) -> float:
    """Inches for names above and below a ring."""
    return lines.height(2, size.tick, 1.2) if _named(found, lang) else 0.0


def flow(
    data: pd.DataFrame,
    ax: Axes,
    lang: str | None = None,
    size: style.Size = style.WIDE,
) -> Axes:
    """Parties on a ring and what passes between them, without and with a system.

    Parameters
    ----------
    data : pandas.DataFrame
        `role` is ``flow`` (`panel`, `kind`: goods, money, declaration, claim or link; `giver`,
        `taker`, `amount`) or ``total`` (`panel`, `label` and `words`: what it comes to, below the
        panel). `panel`, `giver` and `taker` are keys; `panel_en`, `panel_zh`, `giver_en` and so on
        their words. Arrows of one kind are as wide as their amounts; one below a tenth of a point
        is said and not drawn. Further `basis` and `words`.
    ax : matplotlib.axes.Axes
        Where to draw; your own subplot too.
    lang : {"en", "zh"}, optional
    size : style.Size
        Sizes of the texts.

    Returns
    -------
    matplotlib.axes.Axes
    """
    return into(KIND, data, ax, lang, size)


def scales(found: list[Row], lang: str, size: style.Size, inches: tuple[float, float]) -> Scales:
    """Inches."""
    return axes.bare(*inches)


def draw_marks(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """The rings, what passes in them, and a key of that."""
    panels = _panels(found)
    wide, tall = axes.inches(ax)
    high = (tall - 0.3) / (len(panels) if size.narrow else 1)
    most = {
        kind: max(
            (number(row, "amount") for row in of_role(found, "flow") if row["kind"] == kind),
            default=0.0,
        )
        for kind in KINDS
    }
    radius = _radius(found, lang, size)
    half = wide / 2 if size.narrow else wide / 2 / len(panels)
    for order, panel in enumerate(panels):
        x = half if size.narrow else half * (2 * order + 1)
        top = tall - (order * high if size.narrow else 0)
        above = _above(found, lang, size)
        y = top - _HEAD - above - _PARTY - radius
        ring = _Ring(x, y, radius, half - radius - _DOT - 0.1, above, _named(found, lang))
        own = [row for row in found if row["panel"] == panel]
        _panel(ax, own, ring, top, most, lang, size)
    if len(panels) > 1 and not size.narrow:
        middle = 0.3 + (tall - 0.3) / 2
        ax.annotate(
            "",
            xy=(wide / 2 + 0.22, middle),
            xytext=(wide / 2 - 0.22, middle),
            arrowprops={"arrowstyle": "->", "color": style.MUTED, "linewidth": 2},
            gid="then",
        )
    _key(ax, found, lang, size)


def _panel(
    ax: Axes,
    own: list[Row],
    ring: _Ring,
    top: float,
    most: dict[str, float],
    lang: str,
    size: style.Size,
) -> None:
    flows = of_role(own, "flow")
    ax.text(
        ring.x,
        top - 0.06,
        word(flows[0], "panel", lang),
        ha="center",
        va="top",
        size=size.label,
        gid=f"panel:{flows[0]['panel']}",
    )
    places, hub = _places(flows, ring)
    radii = {party: ring.party for party in places}
    if hub is not None:
        radii[hub] = 0.3 if ring.named else _PARTY
    for row in flows:
        _arrow(ax, row, places, radii, most[row["kind"]], ring)
    for party in places:
        _party(ax, party, places[party], radii[party], ring, flows, lang, size)
    for row in of_role(own, "total"):
        label, amount = word(row, "label", lang), figure(row, lang)
        said = language.text("label_figure", lang, label=label, figure=amount)
        y = ring.y - ring.radius - _PARTY - ring.below - 0.08
        look: dict[str, Any] = {
            "size": size.label,
            "color": marks.look(row).text,
            "gid": marks.gid("total", row),
        }
        ax.text(ring.x, y, said, ha="center", va="top", **look)


def _places(
    flows: list[Row], ring: _Ring
) -> tuple[dict[object, tuple[float, float]], object | None]:
    """Parties clockwise from the top; one that all others deal with stands in the middle."""
    parties = list(dict.fromkeys(row[side] for row in flows for side in ("giver", "taker")))
    hubs = [
        party
        for party in parties
        if len(parties) > 3 and all(party in (row["giver"], row["taker"]) for row in flows)
    ]
    hub = hubs[0] if hubs else None
    around = [party for party in parties if party != hub]
    places = {}
    for order, party in enumerate(around):
        angle = math.pi / 2 - 2 * math.pi * order / len(around)
        x, y = ring.radius * math.cos(angle), ring.radius * math.sin(angle)
        places[party] = (ring.x + x, ring.y + y)
    if hub is not None:
        places[hub] = (ring.x, ring.y)
    return places, hub


def _arrow(
    ax: Axes,
    row: Row,
    places: dict[object, tuple[float, float]],
    radii: dict[object, float],
    most: float,
    ring: _Ring,
) -> None:
    """An arrow as wide as its amount: goods bend outwards, all else inwards."""
    width = _WIDEST * number(row, "amount") / most if most else 0.0
    if width < 0.1:
        return
    start, stop = places[row["giver"]], places[row["taker"]]
    # Above zero bends to the left of the way; clockwise on the ring, that is outwards.
    turn = (start[0] - ring.x) * (stop[1] - ring.y) - (start[1] - ring.y) * (stop[0] - ring.x)
    bend = (0.3 if row["kind"] == "goods" else -0.1) * (1 if turn > 0 else -1)
    if abs(turn) < 1e-9:
        # To or from the middle there is no outside.
        bend = 0.0
    if row["kind"] == "link":
        # What two do together has no direction.
        xs, ys = zip(start, stop, strict=True)
        look: dict[str, Any] = {"color": marks.look(row).color, "linewidth": 1.3, "zorder": 3}
        ax.plot(xs, ys, gid=marks.gid("arrow", row), **look)
        return
    color = style.GRID if row["kind"] == "goods" else marks.look(row).color
    outline = row["kind"] in ("declaration", "claim")
    thin = width < 3
    ax.add_patch(
        FancyArrowPatch(
            start,
            stop,
            connectionstyle=f"arc3,rad={bend}",
            arrowstyle=_head(width),
            mutation_scale=1,
            shrinkA=(radii[row["giver"]] + 0.03) * 72,
            shrinkB=(radii[row["taker"]] + 0.03) * 72,
            facecolor=style.PAPER if outline else color,
            edgecolor=color,
            linewidth=width if thin else (1.4 if outline else 0),
            linestyle=(0, (3, 1.5)) if row["kind"] == "claim" else "-",
            zorder=3 if row["kind"] == "goods" else 4,
            gid=marks.gid("arrow", row),
        )
    )


def _head(width: float) -> str:
    """A style of arrow for a width in points; thin ones keep a head that is seen."""
    if width < 3:
        return "-|>,head_width=3,head_length=6"
    head = f"head_width={width * 1.5 + 2},head_length={width + 3}"
    return f"simple,tail_width={width},{head}"


def _party(
    ax: Axes,
    party: object,
    place: tuple[float, float],
    radius: float,
    ring: _Ring,
    flows: list[Row],
    lang: str,
    size: style.Size,
) -> None:
    """A circle with its letter, or a dot with its name outside the ring."""
    row, side = next(
        (row, side) for row in flows for side in ("giver", "taker") if row[side] == party
    )
    name = word(row, side, lang)
    inside = not ring.named or radius > _PARTY
    fill = style.PAPER if inside else style.INK
    edge: dict[str, Any] = {
        "facecolor": fill,
        "edgecolor": style.INK,
        "linewidth": 1.8,
        "zorder": 5,
    }
    ax.add_patch(Circle(place, radius, gid=f"party:{party}", **edge))
    look: dict[str, Any] = {
        "size": size.tick,
        "zorder": 6,
        "gid": f"name:{party}",
        "linespacing": 1.1,
    }
    if inside:
        said = "\n".join(lines.wrap(name, 2 * radius - 0.06, size.tick))
        ax.text(*place, said, ha="center", va="center", **look)
        return
    dx, dy = place[0] - ring.x, place[1] - ring.y
    aside = abs(dx) > 0.3
    said = "\n".join(lines.wrap(name, ring.beside if aside else 1.5, size.tick))
    x = place[0] + (math.copysign(radius + 0.06, dx) if aside else 0)
    y = place[1] + (0 if aside else math.copysign(radius + 0.05, dy))
    ha = ("left" if dx > 0 else "right") if aside else "center"
    va = "center" if aside else ("bottom" if dy > 0 else "top")
    ax.text(x, y, said, ha=ha, va=va, **look)


def _key(ax: Axes, found: list[Row], lang: str, size: style.Size) -> None:
    """What passes, in words, each with its arrow."""
    x = 0.0
    for kind in KINDS:
        own = [row for row in of_role(found, "flow") if row["kind"] == kind]
        if not own:
            continue
        color = style.GRID if kind == "goods" else marks.look(own[0]).color
        outline = kind in ("declaration", "claim")
        if kind == "link":
            ax.plot([x, x + 0.36], [0.1, 0.1], color=color, linewidth=1.3, gid=f"sign:{kind}")
        else:
            ax.add_patch(
                FancyArrowPatch(
                    (x, 0.1),
                    (x + 0.36, 0.1),
                    mutation_scale=1,
                    arrowstyle="simple,tail_width=6,head_width=11,head_length=8",
                    facecolor=style.PAPER if outline else color,
                    edgecolor=color,
                    linewidth=1.4 if outline else 0,
                    linestyle=(0, (3, 1.5)) if kind == "claim" else "-",
                    gid=f"sign:{kind}",
                )
            )
        said = language.text(f"flow_{kind}", lang)
        ax.text(x + 0.44, 0.1, said, va="center_baseline", size=size.tick, gid=f"kind:{kind}")
        x += 0.7 + lines.width(said, size.tick)


def say(found: list[Row], lang: str) -> list[str]:
    """Each flow by its panel, then what the panel comes to."""
    said = []
    for panel in _panels(found):
        own = [row for row in found if row["panel"] == panel]
        said.append(word(of_role(own, "flow")[0], "panel", lang))
        for row in of_role(own, "flow"):
            names = {side: word(row, side, lang) for side in ("giver", "taker")}
            amount = figure(row, lang) or figure(row | {"value": row["amount"]}, lang)
            what = language.text(f"flow_{row['kind']}", lang)
            basis = language.label("basis", row["basis"], lang)
            said.append(
                language.text("flow_line", lang, what=what, amount=amount, basis=basis, **names)
            )
        said += [line_of(row, lang) for row in of_role(own, "total")]
    return said


KIND = Kind("flow", flow, room, scales, draw_marks, check, say)
