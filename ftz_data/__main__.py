"""Command line of the package: `python -m ftz_data audit FILE`, `lab`, `briefing` and more."""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import __version__
from .extras import MissingExtra

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
        Exit status: 0 where all is well, 1 where a check found something, 2 for bad input, 130
        after Ctrl-C.
    """
    _ready_to_print()
    parser = argparse.ArgumentParser(
        prog="python -m ftz_data", description="Figures of a report, checked, shown and taught."
    )
    parser.add_argument("--version", action="version", version=f"ftz-data {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("audit", help="account for every numeral of a report")
    command.add_argument("file", metavar="FILE", type=Path, help="text of the report, in UTF-8")
    command.add_argument(
        "--package", metavar="DIR", type=Path, help="the report's tables, where it is another one"
    )
    command.set_defaults(run=_audit)
    command = commands.add_parser("derived", help="print what follows from the figures")
    command.set_defaults(run=_derived)
    command = commands.add_parser("consistency", help="print whether the figures add up")
    command.set_defaults(run=_consistency)
    command = commands.add_parser(
        "compare", help="print what became of the figures of a report in the next"
    )
    for name in ("A", "B"):
        command.add_argument(
            name.lower(), metavar=name, help="folder of a data package, or built-in for ours"
        )
    command.set_defaults(run=_compare)
    command = commands.add_parser("new", help="print the row that a printed figure gives")
    command.add_argument("printed", metavar="FIGURE", help="such as 20余家企业")
    command.set_defaults(run=_new)
    _add_export(commands)
    command = commands.add_parser("draft", help="draft the tables of a report from its document")
    command.add_argument("file", metavar="FILE", type=Path, help=".txt, .md, .html, .docx or .pdf")
    command.add_argument("-o", "--output", metavar="DIR", type=Path, required=True)
    command.set_defaults(run=_draft)
    command = commands.add_parser("notebooks", help="copy the notebooks to a folder")
    command.add_argument("folder", metavar="DIR", type=Path, help="made where it does not exist")
    command.set_defaults(run=_notebooks)
    # These two pass on what they are given, the question for help included.
    command = commands.add_parser("lab", help="open JupyterLab on the notebooks", add_help=False)
    command.set_defaults(run=_lab)
    command = commands.add_parser("briefing", help="serve the notebooks as pages", add_help=False)
    command.set_defaults(run=_briefing)
    options, others = parser.parse_known_args(arguments)
    if others and options.run not in (_lab, _briefing):
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    options.others = others
    try:
        status = options.run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whoever reads has seen enough, as in `| head`; what is left must not raise at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except (ValueError, MissingExtra, OSError) as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 2


def _ready_to_print() -> None:
    """See to it that the texts of help and all output can be printed, wherever they go."""
    # Whoever starts a program may have closed these two; Python then has none at all.
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")
    # What a terminal of another encoding cannot show is replaced, and the rest is printed.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _audit(options: argparse.Namespace) -> int:
    text = _read(options.file)
    # Only now: a path that is mistyped should be named at once, and pandas is slow to import.
    from .auditing import audit, missing
    from .package import BUILT_IN
    from .report import open_report

    package = open_report(options.package).package if options.package else BUILT_IN
    try:
        found = audit(text, package=package)
    except ValueError as error:
        raise ValueError(f"{options.file}: {error}") from None
    lost = missing(found, package=package)
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
    total = len(package.table("observations"))
    print(
        f"{len(found) - unaccounted.sum()} of {len(found)} numerals accounted for, "
        f"{total - len(lost)} of {total} observations found"
    )
    return int(unaccounted.any() or len(lost) > 0)


def _derived(options: argparse.Namespace) -> int:
    from .derived import load_derived
    from .language import current
    from .words import in_words

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


def _compare(options: argparse.Namespace) -> int:
    from .comparing import compare
    from .language import current, text
    from .report import Report, open_report
    from .words import period

    lang = current()
    sides = [
        Report() if each == "built-in" else open_report(each) for each in (options.a, options.b)
    ]
    table = compare(*sides)
    for side, report in zip("ab", sides, strict=True):
        rows = report.package.rows("observations")
        known = [rows.get(key) for key in table[f"observation_{side}"]]
        table[f"period_{side}_{lang}"] = [
            period(row.time_period, lang) if row is not None else "" for row in known
        ]
    columns = ("title", "a", "period_a", "b", "period_b", "verdict", "change", "reason")
    printed = table[[f"{name}_{lang}" for name in columns]]
    printed.columns = [text(f"compare_{name}", lang) for name in columns]
    _print_table(printed)
    return 0


def _add_export(commands: Any) -> None:
    """The subcommand `export`."""
    command = commands.add_parser(
        "export",
        help="write a brief, slides, a workbook or data to a file",
        description="Write what is known of the report, or of a part of it, to one file.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=_EXAMPLES,
    )
    command.add_argument(
        "--package", metavar="DIR", type=Path, help="the report's tables, where it is another one"
    )
    part = command.add_mutually_exclusive_group()
    part.add_argument("--section", metavar="KEY", help="one section, such as finance")
    part.add_argument("--system", metavar="KEY", help="one system, such as loan_pool")
    part.add_argument("--figures", metavar="KEY", nargs="+", help="figures by their keys")
    command.add_argument("--format", help="by default the ending of FILE")
    command.add_argument("--lang", default="both", help="en, zh or both (the default)")
    command.add_argument(
        "--template", metavar="FILE", type=Path, help="of your own, for docx and pptx"
    )
    command.add_argument("--force", action="store_true", help="write over a file that is there")
    command.add_argument("-o", "--output", metavar="FILE", type=Path, required=True)
    command.set_defaults(run=_export)


# Shown as it stands, below the options.
_EXAMPLES = """\
examples:
  python -m ftz_data export -o report.docx
  python -m ftz_data export --section finance --lang en -o finance.pdf
  python -m ftz_data export --section finance --format pptx --lang zh -o briefing.pptx
  python -m ftz_data export --system loan_pool --template own.docx -o pool.docx
  python -m ftz_data export --figures pool_lent_level pool_loans_level -o pool.csv
  python -m ftz_data export --package next -o next.docx

formats, each the ending of FILE:
  docx pdf pptx html xlsx csv json parquet zip (the Data Package of the whole report)
"""


def _progress(output: Path) -> Callable[[int, int], None]:
    """What tells how far a command is: one line that is written over."""

    def progress(done: int, total: int) -> None:
        # A file or a pipe is spared it.
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{output}: {done} of {total}", end=end, file=sys.stderr, flush=True)

    return progress


def _draft(options: argparse.Namespace) -> int:
    from .drafting import draft
    from .report import open_report

    made = draft(options.file, options.output, _progress(options.output))
    rows = open_report(made).package.table("observations")
    dated = int(rows["time_period"].notna().sum())
    print(f"{made}: {len(rows)} figures drafted, {dated} of them with a period")
    print(f'decide on them in JupyterLab: ftz_data.panels.desk("{made.absolute()}")')
    return 0


def _export(options: argparse.Namespace) -> int:
    from .exporting import export
    from .package import BUILT_IN
    from .report import open_report

    package = open_report(options.package).package if options.package else BUILT_IN
    what = options.section or options.system or options.figures
    try:
        path = export(
            options.output,
            what,
            options.format,
            options.lang,
            options.template,
            options.force,
            _progress(options.output),
            package,
        )
    except KeyError as error:
        # Only the message: a KeyError quotes it.
        raise ValueError(error.args[0]) from None
    print(path)
    return 0


def _notebooks(options: argparse.Namespace) -> int:
    from . import notebooks

    print(notebooks.told(options.folder, *notebooks.copy(options.folder)))
    return 0


def _lab(options: argparse.Namespace) -> int:
    from .surroundings import settle

    settle()
    from .lab import serve

    serve(options.others)
    return 0


def _briefing(options: argparse.Namespace) -> int:
    from .surroundings import settle

    settle()
    from .briefing import serve

    serve(options.others)
    return 0


def _new(options: argparse.Namespace) -> int:
    """Header and row of `observations.csv`, with the cells that the wording alone decides."""
    from .package import BUILT_IN
    from .schema import written
    from .wording import parse_figure

    figure = parse_figure(options.printed)
    header = [field["name"] for field in BUILT_IN.resources["observations"]["schema"]["fields"]]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerow([written(getattr(figure, name, None)) for name in header])
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
    """Print columns aligned."""
    rows = [list(table.columns), *table.to_numpy().tolist()]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        print("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """Places that a text takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "FW" else 1 for each in text)


if __name__ == "__main__":
    sys.exit(main())
