"""Figures of a 2025 press report on the Qingdao area of the China (Shandong) Pilot Free Trade Zone.

Every figure comes with its bounds, unit, period, area, place in the report and caveat, in English
and Chinese. Start with `load_figures()`, all figures in words, or `load_observations()`, the table
behind it; `find("oil")` looks for what has a name, `describe("crude_turnover")` explains a figure,
`parse_figure("70余万箱")` reads a printed one, `audit(text)` accounts for every numeral of a text.
"""

import lazy_loader

__version__ = "0.1.0"

# Importing the package must stay cheap: pandas, matplotlib and ipywidgets load at first use. The
# names stand in `__init__.pyi` alone.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
