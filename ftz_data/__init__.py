"""Figures of a 2025 press report on the Qingdao area of the China (Shandong) Pilot Free Trade Zone.

Every figure comes with its bounds, unit, period, area, place in the report and caveat, in English
and Chinese. Start with `load_observations()`; `describe("crude_turnover")` explains one figure,
`parse_figure("70余万箱")` reads a printed one, `audit(text)` accounts for every numeral of a text.
"""

import lazy_loader

__version__ = "0.1.0"

# Importing the package must stay cheap: pandas, matplotlib and ipywidgets load at first use.
__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["charts", "models", "panels"],
    submod_attrs={
        "load": [
            "load_claims",
            "load_codes",
            "load_context",
            "load_glossary",
            "load_indicators",
            "load_instruments",
            "load_models",
            "load_names",
            "load_observations",
            "load_parameters",
            "load_pipeline",
            "load_sources",
            "load_supervision_modes",
            "load_texts",
            "load_ties",
        ],
        "derived": ["consistency", "load_derived"],
        "wording": ["Figure", "find_figures", "parse_figure"],
        "auditing": ["audit"],
        "cards": ["describe"],
    },
)
