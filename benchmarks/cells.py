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
from typing import NoReturn

from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
TESTS = ["tests/test_data.py"]
NUMBERS = ["value", "lower", "upper", "resolution", "sequence"]
BOOLEANS = ["lower_closed", "upper_closed"]
WORKERS = 2

# Row, column and new content of a cell.
Change = tuple[int, str, str]


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


def run_tests(rows: list[dict[str, str]], change: Change) -> int:
    """Exit status of the tests on a copy of the data with one changed cell."""
    import pytest

    from ftz_data import schema

    number, column, new = change
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(schema.DATA, folder, dirs_exist_ok=True))
        changed = [dict(row) for row in rows]
        changed[number][column] = new
        write(copy / "observations.csv", changed)
        schema.DATA = copy
        return pytest.main(["-x", "-q", "--tb=short", "-p", "no:cacheprovider", *TESTS])


def outcomes(
    rows: list[dict[str, str]], tries: list[Change]
) -> Iterator[tuple[Change, int, str]]:
    """Each change with the exit status and the output of its tests, as they end."""
    with tempfile.TemporaryDirectory() as folder:
        running: dict[int, tuple[Change, Path]] = {}
        waiting = list(enumerate(tries))[::-1]
        while waiting or running:
            if waiting and len(running) < WORKERS:
                number, change = waiting.pop()
                log = Path(folder) / str(number)
                child = os.fork()
                if child == 0:
                    _end_with(rows, change, log)
                running[child] = change, log
            else:
                child, status = os.wait()
                change, log = running.pop(child)
                yield change, os.waitstatus_to_exitcode(status), log.read_text(encoding="utf-8")
                log.unlink()


def _end_with(rows: list[dict[str, str]], change: Change, log: Path) -> NoReturn:
    """Run the tests and end this process, whatever happens: the loop above is its parent's."""
    code = 70
    try:
        with log.open("w", encoding="utf-8") as file:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
            code = run_tests(rows, change)
            sys.stdout.flush()
    finally:
        os._exit(code)


def main() -> int:
    # One thread: a process with more cannot be forked safely. Read when numpy is imported.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    tqdm.monitor_interval = 0
    os.chdir(ROOT)
    for name in ("frictionless", "pandas", "pytest", "ftz_data.language"):
        importlib.import_module(name)
    from ftz_data import load, schema

    assert not load._table.cache_info().currsize, "a table was read before it could be changed"

    rows = read(Path(str(schema.DATA / "observations.csv")))
    unchanged = (0, "value", rows[0]["value"])
    for _, code, output in outcomes(rows, [unchanged]):
        if code:
            raise SystemExit(f"{output}\nthe tests fail on the data as they are")

    tries = list(changes(rows))
    missed = []
    for change, code, output in tqdm(outcomes(rows, tries), total=len(tries), unit="change"):
        if code == 0:
            missed.append(change)
        elif code != 1:
            raise SystemExit(f"{output}\npytest ended with status {code} on {change}")
    cells = {change[:2] for change in tries}
    caught = len(cells) - len({change[:2] for change in missed})
    for number, column, new in missed:
        row = rows[number]
        print(f"not caught: {row['observation_id']}, {column}: {row[column]} -> {new or 'empty'}")
    print(
        f"{caught} of {len(cells)} numeric cells caught ({100 * caught / len(cells):.1f} %), "
        f"{len(tries)} changes tried; required: 100 %"
    )
    return int(caught < len(cells))


if __name__ == "__main__":
    sys.exit(main())
