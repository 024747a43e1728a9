"""Execute notebooks anew and keep their outputs, without what changes from one run to the next.

Run as ``python scripts/run_notebooks.py [NOTEBOOK ...]``; without names, all of `notebooks/`.
The language of the outputs is that of ``FTZ_LANG``, English where it is not set.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from tqdm import tqdm

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class NotebookError(Exception):
    """A notebook that raises or writes to stderr: one line that names notebook and cell."""


def execute(path: Path, done: Callable[..., Any] | None = None) -> NotebookNode:
    """Execute a notebook in a kernel of this environment.

    Parameters
    ----------
    path : Path
        The notebook; its folder is the working folder of the kernel. The file is not changed.
    done : callable, optional
        Called after each code cell.

    Returns
    -------
    NotebookNode
        The notebook with its outputs and the state of its widgets.

    Raises
    ------
    NotebookError
        If a cell raises, writes to stderr or takes more than five minutes.
    """
    notebook = nbformat.read(path, as_version=4)
    for cell in code_cells(notebook):
        # Numbers of an earlier run would hide how far this one comes.
        cell.execution_count = None
    client = NotebookClient(
        notebook,
        kernel_name=KERNEL["name"],
        timeout=300,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_executed=done,
        # Else each kernel warns that it speaks over loopback without encryption.
        extra_arguments=["--log-level=ERROR"],
    )
    try:
        client.execute()
    except CellExecutionError as error:
        reason = f"{error.ename}: {error.evalue}"
        raise NotebookError(f"{path.name}, {_last(notebook)}: {reason}") from None
    except (CellControlSignal, DeadKernelError) as error:
        reason = str(error).strip().splitlines()[0]
        raise NotebookError(f"{path.name}, {_last(notebook)}: {reason}") from None
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if output.get("name") == "stderr":
                first = output.text.strip().splitlines()[0]
                raise NotebookError(f"{path.name}, {_name(cell)}: writes to stderr: {first}")
    return notebook


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Code cells of a notebook, in order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _last(notebook: NotebookNode) -> str:
    """Name of the cell that was executed last."""
    return _name([cell for cell in code_cells(notebook) if cell.execution_count][-1])


def _name(cell: NotebookNode) -> str:
    return f"cell [{cell.execution_count}] {cell.source.splitlines()[0]}"


def strip(notebook: NotebookNode) -> None:
    """Remove what differs between two runs, or between two machines."""
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"})
    for cell in code_cells(notebook):
        cell.metadata = NotebookNode()
        for output in cell.outputs:
            # The number of a widget is random, and nothing stands behind it once the kernel ends:
            # without it the reader sees the widget's words in place of an error.
            output.get("data", {}).pop(WIDGET_VIEW, None)


def main() -> int:
    parser = argparse.ArgumentParser(description="Execute notebooks and keep their outputs.")
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: all of notebooks/")
    paths = parser.parse_args().notebooks or sorted(NOTEBOOKS.rglob("*.ipynb"))
    total = 0
    for path in paths:
        try:
            total += len(code_cells(nbformat.read(path, as_version=4)))
        except (OSError, nbformat.reader.NotJSONError) as error:
            parser.error(f"{path}: {str(error).splitlines()[0]}")
    # What a user has set up for Jupyter and IPython must not show in the outputs.
    os.environ["JUPYTER_NO_CONFIG"] = "1"
    failed = False
    with tempfile.TemporaryDirectory() as profile, tqdm(total=total, unit="cell") as bar:
        os.environ["IPYTHONDIR"] = profile
        for path in paths:
            bar.set_description(path.stem)
            try:
                notebook = execute(path, lambda **_: bar.update())
            except NotebookError as error:
                failed = True
                bar.write(str(error), file=sys.stderr)
            else:
                strip(notebook)
                nbformat.write(notebook, path)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
