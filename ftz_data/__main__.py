"""Command line of the package: `python -m ftz_data audit FILE`, `derived` or `consistency`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wcwidth import wcswidth

if TYPE_CHECKING:
    import pandas as pd


def main(arguments: list[str] | None = None) -> int:
    """Run a subcommand.

    Parameters
    ----------
    arguments : list of str, optional
        Those of the command line by default.

    Returns
    -------
    int
        Exit status: 0 where all is well, 1 where a check found something, 2 for bad input.
    """
    parser = argparse.ArgumentParser(
        prog="python -m ftz_data", description="Check the figures of a report against this package."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("audit", help="account for every numeral of a report")
    command.add_argument("file", metavar="FILE", type=Path, help="text of the report, in UTF-8")
    command.set_defaults(run=_audit)
    command = commands.add_parser("derived", help="print what follows from the figures")
    command.set_defaults(run=_derived)
    command = commands.add_parser("consistency", help="print whether the figures add up")
    command.set_defaults(run=_consistency)
    options = parser.parse_args(arguments)
    try:
        status = options.run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whoever reads has seen enough, as in `| head`; what is left must not raise at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ValueError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 2


def _audit(options: argparse.Namespace) -> int:
    text = _read(options.file)
    # Only now: a path that is mistyped should be named at once, and pandas is slow to import.
    from .auditing import audit, missing
    from .load import load_observations

    try:
        found = audit(text)
    except ValueError as error:
        raise ValueError(f"{options.file}: {error}") from None
    lost = missing(found)
    lines = [text.count("\n", 0, position) + 1 for position in found["position"]]
    table = found.fillna("").assign(line=[str(line) for line in lines])
    _print_table(table[["line", "printed", "kind", "key", "locator"]])

    unaccounted = found["kind"].isna()
    for row, line in zip(found.itertuples(), lines, strict=True):
        if unaccounted[row.Index]:
            print(
                f"line {line}: {row.printed} is not accounted for: {_context(text, row.position)}"
            )
    for row in lost.itertuples():
        print(
            f"{row.printed}, observation {row.observation_id} at {row.locator}, is not in the text"
        )
    total = len(load_observations())
    print(
        f"{len(found) - unaccounted.sum()} of {len(found)} numerals accounted for, "
        f"{total - len(lost)} of {total} observations found"
    )
    return int(unaccounted.any() or len(lost) > 0)


def _derived(options: argparse.Namespace) -> int:
    from .derived import load_derived
    from .language import current, in_words

    lang = current()
    table = load_derived()
    words = [in_words(row, lang, digits=4) for row in table.itertuples()]
    shown = table.assign(result=words)
    _print_table(shown[["derived_id", "result", "formula", f"title_{lang}", "observations"]])
    return 0


def _consistency(options: argparse.Namespace) -> int:
    from .derived import consistency
    from .language import current, label

    lang = current()
    table = consistency()
    shown = table.assign(verdict=[label("verdict", each, lang) for each in table["verdict"]])
    columns = ["pair", "verdict", f"left_{lang}", f"right_{lang}", f"statement_{lang}"]
    _print_table(shown[columns])
    return 0


def _read(path: Path) -> str:
    """Text of a file; whatever is wrong with it raises a ValueError of one line."""
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from None
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}") from None
    if "\0" in text:
        raise ValueError(f"{path}: not a text file (a zero byte at {text.index(chr(0))})")
    if not text.strip():
        raise ValueError(f"{path}: the file is empty")
    return text


def _context(text: str, position: int) -> str:
    before, after = text[max(position - 30, 0) : position], text[position : position + 30]
    return "…" + "".join(before.split())[-10:] + "".join(after.split())[:14] + "…"


def _print_table(table: pd.DataFrame) -> None:
    """Print columns aligned; a Chinese character takes two places."""
    rows = [list(table.columns), *table.to_numpy().tolist()]
    widths = [max(map(wcswidth, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell + " " * (width - wcswidth(cell)) for cell, width in zip(row, widths, strict=True)
        )
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    sys.exit(main())
