"""What running the notebooks as tests costs, over the bare start of their kernels and imports.

Requirement: pytest --nbval on all notebooks takes at most 1.5 times what it takes on as many
notebooks that import the same modules, load the theme's font and do nothing else.
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


def seconds(folder: Path) -> float:
    """Wall time of pytest --nbval on every notebook of a folder, in one process."""
    options = ["--nbval", "--nbval-current-env", "--nbval-sanitize-with=tests/nbval_sanitize.cfg"]
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
        times = {"full": [], "bare": []}
        with tqdm(total=2 * ROUNDS, unit="run") as bar:
            for _ in range(ROUNDS):
                for kind, where in (("bare", folder), ("full", ROOT / "notebooks")):
                    times[kind].append(seconds(where))
                    bar.update()
    full, start = (sorted(times[kind])[ROUNDS // 2] for kind in ("full", "bare"))
    ratio = full / start
    verdict = "pass" if ratio <= LIMIT else "FAIL"
    print(f"{len(NOTEBOOKS)} notebooks: {full:.1f} s; kernels and imports alone: {start:.1f} s")
    print(f"ratio {ratio:.2f}, at most {LIMIT}: {verdict}")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
