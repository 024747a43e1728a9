"""What running the notebooks as tests costs, over the bare start of their kernels and imports.

Requirement: the notebook run as `make test` makes it, with two workers, takes at most 1.5 times
the sum of the bare times: as many notebooks, one after another, that import the same modules, load
the theme's font and do nothing else. The run with one worker stands beside it, without a limit.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
BARE = "from ftz_data import charts, describe, panels, style\nlen(style.theme()) > 0"
LIMIT = 1.5
ROUNDS = 3


def seconds(folder: Path, workers: int) -> float:
    """Wall time of pytest --nbval on every notebook of a folder."""
    options = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with=tests/nbval_sanitize.cfg"]
    options += ["-n", str(workers), "--dist", "loadfile"]
    environment = os.environ | {"JUPYTER_NO_CONFIG": "1"}
    environment.pop("FTZ_LANG", None)
    start = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        *options,
        str(folder),
    ]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{folder}: the notebooks fail\n{run.stdout[-2000:]}")
    return time.perf_counter() - start


def bare(folder: Path) -> None:
    """Write as many notebooks as there are, each of which only imports."""
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    for path in NOTEBOOKS:
        cell = nbformat.v4.new_code_cell(BARE, execution_count=1)
        data = {"text/plain": "True"}
        cell.outputs = [nbformat.v4.new_output("execute_result", data, execution_count=1)]
        notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
        nbformat.write(notebook, folder / path.name)


def main() -> int:
    assert NOTEBOOKS, "no notebooks"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare(folder)
        runs = {
            "bare": (folder, 1),
            "as in make test": (ROOT / "notebooks", 2),
            "one worker": (ROOT / "notebooks", 1),
        }
        times: dict[str, list[float]] = {name: [] for name in runs}
        with tqdm(total=len(runs) * ROUNDS, unit="run") as bar:
            for _ in range(ROUNDS):
                for name, (where, workers) in runs.items():
                    times[name].append(seconds(where, workers))
                    bar.update()
    medians = {name: sorted(each)[ROUNDS // 2] for name, each in times.items()}
    print(f"{len(NOTEBOOKS)} notebooks, median of {ROUNDS}, over the bare kernels and imports")
    for name, median in medians.items():
        print(f"{name:18}{median:6.1f} s{median / medians['bare']:7.2f}")
    ratio = medians["as in make test"] / medians["bare"]
    print(f"as in make test at most {LIMIT}: {'pass' if ratio <= LIMIT else 'FAIL'}")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
