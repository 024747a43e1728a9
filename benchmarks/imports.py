"""What importing and loading costs, as ratios to importing pandas, in fresh alternating processes.

Requirements: `import ftz_data` adds at most 0.10 to bare Python, loading the figures takes at most
1.10, both over `import pandas`; a second load takes at most 1 ms.
"""

import statistics
import subprocess
import sys
import time

from tqdm import tqdm

ROUNDS = 9
PROGRAMS = {
    "bare Python": "pass",
    "import pandas": "import pandas",
    "import ftz_data": "import ftz_data",
    "ftz_data: load_observations()": "import ftz_data; ftz_data.load_observations()",
    "palmerpenguins: load_penguins()": "import palmerpenguins; palmerpenguins.load_penguins()",
    "vega_datasets: data.cars()": "from vega_datasets import data; data.cars()",
}


def seconds(program: str) -> float:
    """Wall time of a fresh interpreter that runs a program."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - start


def second_load() -> float:
    """Median seconds of `load_observations()` once the table has been read."""
    import ftz_data

    ftz_data.load_observations()
    times = []
    for _ in range(101):
        start = time.perf_counter()
        ftz_data.load_observations()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for program in PROGRAMS.values():
        seconds(program)  # so that files are in the page cache and byte code is compiled
    with tqdm(total=ROUNDS * len(PROGRAMS), unit="run") as bar:
        for turn in range(ROUNDS):
            # To and fro, so that no program always follows the same one.
            for name in list(PROGRAMS)[:: 1 if turn % 2 == 0 else -1]:
                times[name].append(seconds(PROGRAMS[name]))
                bar.update()

    medians = {name: statistics.median(runs) for name, runs in times.items()}
    print(f"\n{'median of ' + str(ROUNDS):34}{'ms':>6}{'over import pandas':>21}")
    for name, median in medians.items():
        print(f"{name:34}{median * 1e3:6.0f}{median / medians['import pandas']:21.2f}")

    pandas = medians["import pandas"]
    added = (medians["import ftz_data"] - medians["bare Python"]) / pandas
    loaded = medians["ftz_data: load_observations()"] / pandas
    again = second_load() * 1e3
    print()
    passed = True
    for what, figure, limit in (
        ("import ftz_data less bare Python, over import pandas", added, 0.10),
        ("load_observations() over import pandas", loaded, 1.10),
        ("second load_observations(), ms", again, 1.0),
    ):
        verdict = "pass" if figure <= limit else "FAIL"
        print(f"{what:54}{figure:7.3f}  at most {limit:.2f}  {verdict}")
        passed &= figure <= limit
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
