"""Mutation score of the figures: does a test fail for each changed cell of a table?

Numeric cells of the named tables are changed in several ways, one at a time, and the tests of the
table run against the changed copy. A cell is caught where some test fails for each of its changes.
Requirement: 100 %. Without names, all tables that have a numeric column are tried, and without
``--all`` some cells of each, drawn with a seed: all take ten minutes.

The tests are imported and collected once. Each try is a fork of that process, which points the
package at a changed copy of the data and runs tests until one fails.
"""

import argparse
import csv
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
# Tests that are to notice a change of each table.
TESTS = {
    "observations": ["tests/test_data.py"],
    "context": ["tests/test_published.py"],
    "indicators": ["tests/test_ranges.py"],
    "parameters": ["tests/test_ranges.py"],
    "exercises": ["tests/test_exercises.py"],
    "lessons": ["tests/test_lessons.py"],
}
WORKERS, SAMPLE, SEED = 2, 40, 13

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


def changes(rows: list[dict[str, str]], types: dict[str, str]) -> Iterator[Change]:
    """Every change of every numeric cell that is not empty."""
    numbers = [name for name, kind in types.items() if kind in ("number", "integer")]
    booleans = [name for name, kind in types.items() if kind == "boolean"]
    for number, row in enumerate(rows):
        for column in numbers:
            if cell := row[column]:
                figure = float(cell)
                for new in (figure * 1.01, figure + 1, -figure):
                    if new != figure:
                        yield number, column, f"{new:.15g}"
                yield number, column, ""
        for column in booleans:
            if cell := row[column]:
                yield number, column, "false" if cell == "true" else "true"
                yield number, column, ""


class Tries:
    """Pytest plugin that, in place of the collected tests, runs them once for each change."""

    def __init__(self, table: str, whole: bool) -> None:
        self.table, self.whole = table, whole
        self.changes: list[Change] = []
        self.missed: list[Change] = []

    def pytest_runtestloop(self, session) -> bool:
        from ftz_data.package import BUILT_IN

        self.session = session
        self.order = list(range(len(session.items)))
        self.rows = read(Path(str(BUILT_IN.path / f"{self.table}.csv")))
        fields = BUILT_IN.resources[self.table]["schema"]["fields"]
        types = {field["name"]: field["type"] for field in fields if field["name"] != "sequence"}
        self.key = fields[0]["name"]
        unchanged = (0, self.key, self.rows[0][self.key])
        for _, failed in self.outcomes([unchanged]):
            if failed is not None:
                pytest.exit(f"fails on the data as they are: {session.items[failed].nodeid}", 2)
        self.changes = self.drawn(list(changes(self.rows, types)))
        outcomes = self.outcomes(self.changes)
        for change, failed in tqdm(outcomes, total=len(self.changes), unit="change"):
            if failed is None:
                self.missed.append(change)
            else:
                # What caught one change likely catches the next.
                self.order.remove(failed)
                self.order.insert(0, failed)
        return True

    def drawn(self, every: list[Change]) -> list[Change]:
        """The changes of all cells, or of a sample of them."""
        cells = sorted({change[:2] for change in every})
        if self.whole or len(cells) <= SAMPLE:
            return every
        kept = set(random.Random(SEED).sample(cells, SAMPLE))
        return [change for change in every if change[:2] in kept]

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
        from ftz_data.package import BUILT_IN

        number, column, new = change
        code = 255
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        try:
            with tempfile.TemporaryDirectory() as folder:
                copy = Path(shutil.copytree(BUILT_IN.path, folder, dirs_exist_ok=True))
                self.rows[number][column] = new
                write(copy / f"{self.table}.csv", self.rows)
                # Made anew, since what was read while the tests were collected is kept in it.
                BUILT_IN.__init__(copy)
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


def score(table: str, whole: bool) -> bool:
    """Print how many cells of a table are caught; whether all are."""
    tries = Tries(table, whole)
    options = ["-qq", "-p", "no:cacheprovider", "--capture=no", "--tb=native"]
    status = pytest.main([*options, *TESTS[table]], plugins=[tries])
    if status != pytest.ExitCode.OK or not tries.changes:
        print(f"{table}: no score, since {TESTS[table]} did not run")
        return False

    cells = {change[:2] for change in tries.changes}
    caught = len(cells) - len({change[:2] for change in tries.missed})
    for number, column, new in tries.missed:
        row = tries.rows[number]
        print(f"not caught: {row[tries.key]}, {column}: {row[column]} -> {new or 'empty'}")
    print(
        f"{table}: {caught} of {len(cells)} numeric cells caught "
        f"({100 * caught / len(cells):.1f} %), {len(tries.changes)} changes tried; required: 100 %"
    )
    return caught == len(cells)


def numeric() -> set[str]:
    """Tables that have a numeric column beside the order of their rows."""
    from ftz_data.package import BUILT_IN

    return {
        name
        for name, table in BUILT_IN.resources.items()
        for field in table["schema"]["fields"]
        if field["type"] in ("number", "integer") and field["name"] != "sequence"
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=", ".join(TESTS))
    parser.add_argument("--all", action="store_true", help="try every cell")
    options = parser.parse_args()
    if unknown := set(options.tables) - set(TESTS):
        parser.error(f"no tests are named for {', '.join(sorted(unknown))}")
    # One thread: a process with more cannot be forked safely. Read when numpy is imported.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    tqdm.monitor_interval = 0
    os.chdir(ROOT)
    if left := numeric() - set(TESTS):
        print(f"tables with numbers and without tests here: {', '.join(sorted(left))}")
        return 1
    return int(not all([score(table, options.all) for table in options.tables or TESTS]))


if __name__ == "__main__":
    sys.exit(main())
