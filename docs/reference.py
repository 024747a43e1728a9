"""Pages of the documentation that follow from the project: tables, models, modules, architecture.

Written anew at each `make docs` from `datapackage.json`, the tables, `layers.csv` and the code.
"""

from __future__ import annotations

import ast
import csv
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from ftz_data import load, models
from ftz_data.language import label
from ftz_data.package import BUILT_IN

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "ftz_data"


def write(folder: Path) -> None:
    """Write all pages and pictures into a folder; a page that did not change is not touched."""
    folder.mkdir(exist_ok=True)
    pages = {
        "tables.md": tables(),
        "models.md": teaching_models(),
        "layers.md": layers_table(),
        "layers.svg": layers_picture(),
        "api.md": api(),
    }
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def layers() -> list[dict[str, str]]:
    """Rows of `layers.csv`: layer, modules from first to last, and what the layer holds."""
    with open(HERE / "layers.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ------------------------------------------------------------------------------------------ tables


def tables() -> str:
    """Every table of the data package with all its fields."""
    parts = [
        "# Tables",
        "Each table is a CSV file in `ftz_data/data/`, described in `datapackage.json` (Data "
        "Package v2) and read by the loader named beside it. A field in *italics* may be empty.",
    ]
    for name, resource in BUILT_IN.resources.items():
        schema = resource["schema"]
        key = schema["primaryKey"]
        key = key if isinstance(key, str) else ", ".join(key)
        references = {
            foreign["fields"]: foreign["reference"]["resource"]
            for foreign in schema.get("foreignKeys", [])
        }
        parts += [
            f"(table-{name})=\n## `{name}`",
            f"{resource['title']}. {resource['description']}.",
            f"`load_{name}()` · `{resource['path']}` · {len(BUILT_IN.rows(name))} rows · "
            f"key: `{key}`",
            _table(
                ["field", "type", "what it is", "allowed"],
                [
                    [
                        _field(field),
                        field["type"],
                        _cell(field["description"]),
                        _allowed(field, references),
                    ]
                    for field in schema["fields"]
                ],
            ),
        ]
    return "\n\n".join(parts) + "\n"


def _field(field: dict[str, Any]) -> str:
    name = f"`{field['name']}`"
    return name if field.get("constraints", {}).get("required") else f"*{name}*"


def _allowed(field: dict[str, Any], references: dict[str, str]) -> str:
    limits = field.get("constraints", {})
    said = []
    if field["name"] in references:
        target = references[field["name"]]
        said.append(f"a key of [`{target}`](#table-{target})")
    if "enum" in limits:
        said.append(", ".join(f"`{_cell(str(each))}`" for each in limits["enum"]))
    if "minimum" in limits:
        said.append(f"at least {limits['minimum']}")
    if "pattern" in limits:
        said.append(f"`{_cell(limits['pattern'])}`")
    if limits.get("unique"):
        said.append("no value twice")
    return "; ".join(said)


# ------------------------------------------------------------------------------------------ models


def teaching_models() -> str:
    """Every teaching model with formula, parameters and source."""
    parts = [
        "# Models",
        "Each model is one function of numbers. What it assumes is declared: a parameter has a "
        "symbol, a unit, a default, a range, and a basis of its default with the reason. Formulas "
        "are those of `models.csv`, parameters those of `parameters.csv`.",
    ]
    declared = load.load_models()
    for section in dict.fromkeys(declared["section"]):
        parts.append(f"## {label('section', section, 'en')}")
        for row in declared[declared["section"] == section].itertuples():
            parts += _model(row)
    return "\n\n".join(parts) + "\n"


def _model(row: Any) -> list[str]:
    parameters = load.load_parameters()
    parameters = parameters[parameters["model"] == row.model]
    beside = "" if pd.isna(row.observation) else f" · stands beside `{row.observation}`"
    parts = [
        f"(model-{row.model})=\n### {row.title_en}",
        f'`models.evaluate("{row.model}")` = {models.evaluate(row.model):.5g} {_cell(row.unit)}'
        f"{beside}",
        f"> {_cell(row.formula)}",
        f"{_cell(row.words_en)}.",
        _table(
            ["symbol", "parameter", "unit", "default", "range", "basis", "why"],
            [
                [
                    _cell(each.symbol),
                    f"`{each.parameter}`: {_cell(each.title_en)}",
                    f"`{each.unit}`",
                    f"{each.default:g}",
                    f"{each.low:g} to {each.high:g}",
                    label("basis", each.basis, "en").lower(),
                    _cell(each.reason_en),
                ]
                for each in parameters.itertuples()
            ],
        ),
    ]
    if not pd.isna(row.source):
        parts.append(f"Method: {_source(BUILT_IN.row('sources', row.source))}")
    return parts


def _source(row: Any) -> str:
    said = f"{row.title_en}, {row.publisher_en}"
    return f"[{_cell(said)}]({row.url})" if isinstance(row.url, str) else _cell(said)


# -------------------------------------------------------------------------------------------- code


def api() -> str:
    """What each module offers, from its docstrings."""
    parts = [
        "# API",
        "What `import ftz_data` offers stands in `ftz_data/__init__.pyi`; all of it loads at first "
        "use. Here it is by module, in the order in which data flows.",
    ]
    for layer in layers():
        for module in layer["modules"].split():
            if not module.startswith("_"):
                parts += [f"## `{module}`", _automodule(module)]
    return "\n\n".join(parts) + "\n"


def _automodule(module: str) -> str:
    lines = [f".. automodule:: ftz_data.{module}", "   :members:"]
    if (PACKAGE / module).is_dir():
        # What a package offers is made in its parts.
        lines.append("   :imported-members:")
    return "\n".join(["```{eval-rst}", *lines, "```"])


def _says(module: str) -> str:
    """First sentence of a module's docstring."""
    path = PACKAGE / f"{module}.py"
    path = path if path.exists() else PACKAGE / module / "__init__.py"
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.split("\n\n")[0].replace("\n", " ").rstrip(".")


def layers_table() -> str:
    """The modules in the order of the layers, each with what it says of itself."""
    rows = [
        [layer["layer"] if number == 0 else "", f"`{module}`", _cell(_says(module))]
        for layer in layers()
        for number, module in enumerate(layer["modules"].split())
    ]
    return ":orphan:\n\n" + _table(["layer", "module", "what it holds"], rows) + "\n"


def layers_picture() -> str:
    """The layers as SVG: data flows down, and no module imports from one further down."""
    width, band, left = 760, 64, 150
    rows = layers()
    height = band * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="14">',
        "<title>Layers of the package, from tables to panels</title>",
        "<style>text { fill: #1b1f24 } .name { font-weight: 600 } .holds { font-size: 11px }"
        " .band { fill: #eef3f8; stroke: #fff; stroke-width: 4 }"
        " .module { fill: #fff; stroke: #3b6ea5 }</style>",
    ]
    for number, layer in enumerate(rows):
        top = number * band
        parts.append(
            f'<rect class="band" x="0" y="{top}" width="{width}" height="{band}" rx="8"/>'
            f'<text class="name" x="16" y="{top + 27}">{escape(layer["layer"])}</text>'
            f'<text class="holds" x="16" y="{top + 52}">{escape(_plain(layer["holds"]))}</text>'
        )
        x = left
        for module in layer["modules"].split():
            box = 16 + 9 * len(module)
            parts.append(
                f'<rect class="module" x="{x}" y="{top + 10}" width="{box}" height="25" rx="4"/>'
                f'<text x="{x + box / 2}" y="{top + 27}" text-anchor="middle">{module}</text>'
            )
            x += box + 12
    return "\n".join([*parts, "</svg>"]) + "\n"


# ---------------------------------------------------------------------------------------- Markdown


def _plain(text: str) -> str:
    return text.replace("`", "")


def _cell(text: str) -> str:
    """Text that may stand in a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
