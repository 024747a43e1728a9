"""Mutation score of the figures: does a test fail for each changed cell of observations.csv?

Every numeric cell is changed in several ways, one at a time, and the data tests run against the
changed copy. A cell is caught where some test fails for each of its changes. Requirement: 100 %.

The tests are imported and collected once. Each try is a fork of that process, which points the
package at a changed copy of the data and runs tests until one fails.
"""

import csv
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
TESTS = "tests/test_data.py"
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
                for new in (figure * 1.01, figure + 1, -figure):
                    if new != figure:
                        yield number, column, f"{new:.15g}"
                yield number, column, ""
        for column in BOOLEANS:
            if cell := row[column]:
                yield number, column, "false" if cell == "true" else "true"
                yield number, column, ""


class Tries:
    """Pytest plugin that, in place of the collected tests, runs them once for each change."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.missed: list[Change] = []

    def pytest_runtestloop(self, session) -> bool:
        from ftz_data import load, schema

        # A table that was read by now would hide the change of its file.
        assert not load._table.cache_info().currsize, f"{TESTS} reads a table when imported"
        self.session = session
        self.order = list(range(len(session.items)))
        self.rows = read(Path(str(schema.DATA / "observations.csv")))
        unchanged = (0, "value", self.rows[0]["value"])
        for _, failed in self.outcomes([unchanged]):
            if failed is not None:
                pytest.exit(f"fails on the data as they are: {session.items[failed].nodeid}", 2)
        self.changes = list(changes(self.rows))
        outcomes = self.outcomes(self.changes)
        for change, failed in tqdm(outcomes, total=len(self.changes), unit="change"):
            if failed is None:
                self.missed.append(change)
            else:
                # What caught one change likely catches the next.
                self.order.remove(failed)
                self.order.insert(0, failed)
        return True

    def outcomes(self, tries: list[Change]) -> Iterator[tuple[Change, int | None]]:
        """Each change with the number of the test that failed, or None, as the tries end."""
        running: dict[int, Change] = {}
        waiting = tries[::-1]
        while waiting or running:
            if waiting and len(running) < WORKERS:
                change = waiting.pop()
                child = os.fork()
                if child == 0:
                    self.run(change)
                running[child] = change
            else:
                child, status = os.wait()
                code = os.waitstatus_to_exitcode(status)
                if not 0 <= code <= len(self.order):
                    pytest.exit(f"the try of {running[child]} ended with status {code}", 2)
                yield running.pop(child), code - 1 if code else None

    def run(self, change: Change) -> NoReturn:
        """Run the tests on changed data; the exit status is 1 more than the one that failed."""
        from ftz_data import schema

        number, column, new = change
        code = 255
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        try:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(shutil.copytree(schema.DATA, folder, dirs_exist_ok=True))
                self.rows[number][column] = new
                write(copy / "observations.csv", self.rows)
                schema.DATA = copy
                for index in self.order:
                    item = self.session.items[index]
                    item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
                    if self.session.testsfailed:
                        code = index + 1
                        break
                else:
                    code = 0
        finally:
            # Nothing of this process may go on with the loop of its parent.
            os._exit(code)


def main() -> int:
    # One thread: a process with more cannot be forked safely. Read when numpy is imported.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    tqdm.monitor_interval = 0
    os.chdir(ROOT)
    tries = Tries()
    options = ["-qq", "-p", "no:cacheprovider", "--capture=no", "--tb=native"]
    status = pytest.main([*options, TESTS], plugins=[tries])
    if status != pytest.ExitCode.OK or not tries.changes:
        print(f"no score, since {TESTS} did not run")
        return 1

    cells = {change[:2] for change in tries.changes}
    caught = len(cells) - len({change[:2] for change in tries.missed})
    for number, column, new in tries.missed:
        row = tries.rows[number]
        print(f"not caught: {row['observation_id']}, {column}: {row[column]} -> {new or 'empty'}")
    print(
        f"{caught} of {len(cells)} numeric cells caught ({100 * caught / len(cells):.1f} %), "
        f"{len(tries.changes)} changes tried; required: 100 %"
    )
    return int(caught < len(cells))


if __name__ == "__main__":
    sys.exit(main())
