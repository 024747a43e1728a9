"""Whether the tests notice when the code is wrong: small faults, one at a time, in a copy.

`mutants.toml` lists the faults: a file, a piece of its text that stands there once, and what stands
there instead. A fault is caught where `make check` fails: its unit tests and doctests, those of the
same module first, or its type checker.

Requirement: every fault can be made, and all but two are caught.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = tomllib.loads((ROOT / "benchmarks/mutants.toml").read_text(encoding="utf-8"))["mutant"]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "build", "dist", ".*_cache", "__pycache__")
WORKERS, SURVIVORS = 2, 2
PYTEST = ["-q", "-p", "no:cacheprovider", "-m", "not (slow or browser or hub or notebook)"]
for library in ("pandas", "seaborn", "itables", "frictionless", "nbformat"):
    importlib.import_module(library)

FORK = multiprocessing.get_context("fork")
COPIES = FORK.SimpleQueue()
KNOWN: list[str] = []


def run(copy: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and output of pytest in a copy of the project, on the copy's own package.

    It runs in a fork of this process, which has loaded the large libraries for all of them.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        sys.stdout.flush()
        child = os.fork()
        if not child:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            os.chdir(copy)
            sys.path.insert(0, str(copy))
            os.environ |= {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
            sys.dont_write_bytecode = True
            code = pytest.main([*PYTEST, *arguments])
            sys.stdout.flush()
            os._exit(code)
        _, status = os.waitpid(child, 0)
        output.seek(0)
        return os.waitstatus_to_exitcode(status), output.read()


def mutated(mutant: dict[str, str]) -> str:
    """Text of the file with its fault."""
    text = (ROOT / mutant["file"]).read_text(encoding="utf-8")
    if text.count(mutant["old"]) != 1:
        count = text.count(mutant["old"])
        raise SystemExit(f"{mutant['what']}: stands {count} times in {mutant['file']}, not once")
    return text.replace(mutant["old"], mutant["new"])


def nearest_tests(mutant: dict[str, str]) -> list[str]:
    """The file itself, for its doctests, and the tests that mirror its module."""
    parts = Path(mutant["file"]).relative_to("ftz_data").with_suffix("").parts
    mirrored = sorted({f"tests/test_{part}.py" for part in parts} | set(mutant.get("tests", [])))
    return [mutant["file"], *(path for path in mirrored if (ROOT / path).exists())]


def catch(copy: Path, mutant: dict[str, str], known: list[str]) -> str:
    """First line of what catches a fault, empty where nothing does."""
    path = copy / mutant["file"]
    original = path.read_text(encoding="utf-8")
    path.write_text(mutated(mutant), encoding="utf-8")
    try:
        for tests in (nearest_tests(mutant), []):
            code, output = run(copy, "-x", *(f"--deselect={each}" for each in known), *tests)
            # 5: no test was found there.
            if code not in (0, 5):
                failed = re.search(r"^(?:FAILED|ERROR) (.*)", output, re.MULTILINE)
                return failed[1] if failed else output.strip()[-200:]
        types = subprocess.run(
            [sys.executable, "-m", "mypy"], cwd=copy, capture_output=True, text=True
        )
        return "mypy: " + types.stdout.splitlines()[0] if types.returncode else ""
    finally:
        path.write_text(original, encoding="utf-8")


def failing(copy: Path) -> list[str]:
    """Tests that fail without any fault, and so can catch none."""
    _, output = run(copy)
    return re.findall(r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", output, re.MULTILINE)


def attempt(mutant: dict[str, str]) -> tuple[dict[str, str], str]:
    """What a process of the pool does with a fault, in a copy that is then free again."""
    copy = COPIES.get()
    try:
        return mutant, catch(copy, mutant, KNOWN)
    finally:
        COPIES.put(copy)


def main() -> int:
    parser = argparse.ArgumentParser(description="See which faults the tests notice.")
    parser.add_argument(
        "chosen", nargs="*", help="parts of a file's name or of what is wrong; default: all"
    )
    chosen = parser.parse_args().chosen
    mutants = [
        m for m in MUTANTS if not chosen or any(part in m["file"] + m["what"] for part in chosen)
    ]
    for mutant in mutants:
        mutated(mutant)
    report = sorted((ROOT.parent / "shared" / "report").glob("*.txt"))
    if report:
        os.environ.setdefault("FTZ_REPORT_TEXT", str(report[0]))
    survivors = []
    with tempfile.TemporaryDirectory() as folder:
        copies = [
            # A folder of its own, since the report's text may lie beside the project.
            shutil.copytree(ROOT, Path(folder, str(number), "copy"), ignore=LEFT_OUT)
            for number in range(WORKERS)
        ]
        KNOWN.extend(failing(copies[0]))
        if KNOWN:
            print("fail without any fault, and are left out:", *KNOWN, sep="\n  ", flush=True)
        for copy in copies:
            COPIES.put(copy)
        # Forked only now, so that all know the same.
        with FORK.Pool(WORKERS) as pool:
            for mutant, by in tqdm(pool.imap_unordered(attempt, mutants), total=len(mutants)):
                said = f"{mutant['file']}: {mutant['what']}"
                tqdm.write(f"caught   {said} [{by}]" if by else f"SURVIVES {said}")
                if not by:
                    survivors.append(said)
    print(f"{len(mutants)} faults, {len(survivors)} survive", *survivors, sep="\n  ")
    return int(len(survivors) > SURVIVORS or bool(KNOWN))


if __name__ == "__main__":
    sys.exit(main())
