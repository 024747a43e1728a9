"""A vocabulary of pictures, drawn on real Axes from rows of your own.

Each kind is a function of a tidy DataFrame and an `Axes`. It knows no system and no report by
name. `Chart` puts rows of a kind into a frame: a question, the reading that answers it, the axes,
a key of where figures come from, and the source.

=========== ======================================================================================
`curve`     how a result answers to one parameter, and where it bends
`map_`      which pairs of two parameters give the reported figure
`steps`     what waits for what, before and after
`bridge`    what a total or a saving is made of, and what stays unexplained
`nest`      a part in a whole in a larger whole; an area of two factors
`dots`      figures of one unit on one axis; a ranking by several measures
`path`      a quantity through time: back to a base, on to a target
`doubt`     how far a result can be off, and which assumption drives it
`flow`      who gives what to whom, and how much
`timeline`  events by their dates, as exact as they are known
=========== ======================================================================================

What is shown is said: `Chart.words` names every mark, and each artist carries a `gid` that names
its part and its row, such as ``end:3``.

Examples
--------
>>> import pandas as pd
>>> from matplotlib.figure import Figure
>>> ax = Figure().subplots()
>>> rows = pd.DataFrame({"label": ["Before", "After"], "value": [3, 0.5], "unit": "d",
...                      "basis": "reported"})
>>> dots(rows, ax, "zh", x="天").get_xlabel()
'天'
"""

from . import bridge as _bridge
from . import curve as _curve
from . import dots as _dots
from . import doubt as _doubt
from . import flow as _flow
from . import map as _map
from . import nest as _nest
from . import path as _path
from . import steps as _steps
from . import timeline as _timeline
from .chart import Chart, Kind

_ALL = (_curve, _map, _steps, _bridge, _nest, _dots, _path, _doubt, _flow, _timeline)
KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in _ALL}

curve, map_, steps, bridge = _curve.curve, _map.map_, _steps.steps, _bridge.bridge
nest, dots, path, doubt = _nest.nest, _dots.dots, _path.path, _doubt.doubt
flow, timeline = _flow.flow, _timeline.timeline

__all__ = [
    "KINDS",
    "Chart",
    "Kind",
    "bridge",
    "curve",
    "dots",
    "doubt",
    "flow",
    "map_",
    "nest",
    "path",
    "steps",
    "timeline",
]
