"""Mutation score of the figures: does a test fail for each changed cell of observations.csv?

Every numeric cell is changed in several ways, one at a time, and the data tests run against the
changed copy. A cell is caught where some test fails for each of its changes. Requirement: 100 %.

What is slow to import is imported once; each try is a fork of this process, which points the
package at a changed copy of the data and runs pytest in place.
"""

import csv
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
TESTS = ["tests/test_data.py"]
NUMBERS = ["value", "lower", "upper", "resolution", "sequence"]
BOOLEANS = ["lower_closed", "upper_closed"]
WORKERS = 2

Change = tuple[int, str, str]  # row, column, new content of the cell


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows as the CSV files of the package are written."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def changes(rows: list[dict[str, str]]) -> Iterator[Change]:
    """Every change of every numeric cell that is not empty."""
    for number, row in enumerate(rows):
        for column in NUMBERS:
            if cell := row[column]:
                figure = float(cell)
                for new in (figure * 1.01, figure + 1, figure - 1, -figure):
                    if new != figure:
                        yield number, column, f"{new:.15g}"
                yield number, column, ""
        for column in BOOLEANS:
            if cell := row[column]:
                yield number, column, "false" if cell == "true" else "true"
                yield number, column, ""


def test_changed(rows: list[dict[str, str]], change: Change, output: Path) -> int:
    """Exit status of the tests on a copy of the data with one changed cell."""
    import pytest

    from ftz_data import schema

    number, column, new = change
    with tempfile.TemporaryDirectory() as folder, output.open("w") as log:
        copy = Path(shutil.copytree(schema.DATA, folder, dirs_exist_ok=True))
        changed = [dict(row) for row in rows]
        changed[number][column] = new
        write(copy / "observations.csv", changed)
        schema.DATA = copy
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        return pytest.main(["-x", "-q", "--tb=line", "-p", "no:cacheprovider", *TESTS])


def main() -> int:
    # One thread: a process with more cannot be forked safely. Read when numpy is imported.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    tqdm.monitor_interval = 0
    os.chdir(ROOT)
    for name in ("pandas", "frictionless", "pytest", "ftz_data.load", "ftz_data.language"):
        importlib.import_module(name)
    from ftz_data import load, schema

    assert not load._table.cache_info().currsize, "a table was read before it could be changed"

    rows = read(Path(str(schema.DATA / "observations.csv")))
    tries = list(changes(rows))
    missed: list[Change] = []
    running: dict[int, Change] = {}
    with tempfile.TemporaryDirectory() as folder, tqdm(total=len(tries), unit="change") as bar:

        def wait() -> None:
            child, status = os.wait()
            change, code = running.pop(child), os.waitstatus_to_exitcode(status)
            if code == 0:
                missed.append(change)
            elif code != 1:
                log = (Path(folder) / f"{child}.log").read_text(encoding="utf-8")
                raise SystemExit(f"pytest ended with status {code} on {change}:\n{log}")
            (Path(folder) / f"{child}.log").unlink()
            bar.update()

        for change in tries:
            if len(running) == WORKERS:
                wait()
            child = os.fork()
            if child == 0:
                # Whatever happens, the child must not go on with the parent's loop.
                try:
                    code = test_changed(rows, change, Path(folder) / f"{os.getpid()}.log")
                except BaseException as error:
                    print(error, file=sys.stderr)
                    code = 70
                os._exit(code)
            running[child] = change
        while running:
            wait()

    cells = {change[:2] for change in tries}
    caught = len(cells) - len({change[:2] for change in missed})
    for number, column, new in missed:
        row = rows[number]
        print(f"not caught: {row['observation_id']}, {column}: {row[column]} -> {new or 'empty'}")
    print(
        f"{caught} of {len(cells)} numeric cells caught ({100 * caught / len(cells):.0f} %), "
        f"{len(tries)} changes tried; required: 100 %"
    )
    return int(caught < len(cells))


if __name__ == "__main__":
    sys.exit(main())
