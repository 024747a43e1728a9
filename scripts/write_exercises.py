"""Write the notebooks of exercises and of solutions from `exercises.csv`; then execute them.

Run as ``python scripts/write_exercises.py``, then ``make notebooks``: one notebook a section in
each of the two folders, with the same questions in the same order.
"""

from __future__ import annotations

import sys

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from run_notebooks import KERNEL, NOTEBOOKS

from ftz_data.language import LANGS, codes, label, text
from ftz_data.teaching.exercises import exercise_keys

# What stands in a notebook of each folder: its imports, and the call below each question.
FOLDERS = {
    "exercises": ("check, exercise, panels", 'check("{}", ...)'),
    "solutions": ("exercise, panels, solution", 'solution("{}")'),
}


def main() -> int:
    """Write all of them; returns the exit status."""
    for folder, (imports, call) in FOLDERS.items():
        (NOTEBOOKS / folder).mkdir(exist_ok=True)
        for section in codes("section"):
            path = NOTEBOOKS / folder / f"{section}.ipynb"
            nbformat.write(notebook(folder, section, imports, call), path)
            print(path)
    return 0


def notebook(folder: str, section: str, imports: str, call: str) -> nbformat.NotebookNode:
    """A notebook of one section, not executed."""
    cells = [
        _words(lambda lang: _opening(folder, section, lang)),
        new_code_cell(f"from ftz_data import {imports}"),
        new_code_cell("panels.language_switch()"),
    ]
    for number, key in enumerate(exercise_keys(section), start=1):
        heading = f"exercises_number_{folder}"
        cells.append(_words(lambda lang, n=number, h=heading: f"## {text(h, lang, number=n)}"))
        cells += [new_code_cell(f'exercise("{key}")'), new_code_cell(call.format(key))]
    if folder == "exercises":
        cells.append(_words(lambda lang: f"## {text('exercises_as_page', lang)}"))
        cells.append(new_code_cell(f'panels.exercises("{section}")'))
    # Random names of cells would change with every run.
    for place, cell in enumerate(cells):
        cell.id = f"cell-{place:02}"
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return new_notebook(cells=cells, metadata=metadata)


def _opening(folder: str, section: str, lang: str) -> str:
    title = text(f"{folder}_title", lang, section=label("section", section, lang))
    return f"# {title}\n\n{text(f'{folder}_opening', lang)}"


def _words(say) -> nbformat.NotebookNode:
    blocks = (f'<div lang="{lang}">\n\n{say(lang)}\n\n</div>' for lang in LANGS)
    return new_markdown_cell("\n".join(blocks))


if __name__ == "__main__":
    sys.exit(main())
