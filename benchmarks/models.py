"""What the models cost: a million draws through each, against the bare NumPy expression.

Requirements: `simulate` takes at most three times the same draws put through the bare function,
and the time grows linearly from 1e4 to 1e7 draws. Beside them stand a plain Python loop and the
`uncertainties` package on the same expressions, a draw at a time, without the drawing.
"""

import sys
import time
import tracemalloc

import numpy as np
import uncertainties
from tqdm import tqdm

from ftz_data import models

DRAWS = 1_000_000
SLOW = 2_000
RATIO = 3.0
# Ten times the draws may take up to this much more than ten times as long.
GROWTH = 1.5


def bare(model: models.Model, draws: int) -> np.ndarray:
    """The same draws and the bare expression, on whole arrays and without anything else."""
    return model.function(**drawn(model, draws))


def drawn(model: models.Model, draws: int) -> dict[str, np.ndarray]:
    """Parameters drawn evenly within their ranges."""
    random = np.random.default_rng(0)
    return {
        p.name: random.integers(int(p.low), int(p.high), draws, endpoint=True)
        if p.whole
        else random.uniform(p.low, p.high, draws)
        for p in model.parameters.values()
    }


def best(function, rounds: int = 5) -> float:
    """Shortest of several wall times, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def per_draw(model: models.Model, wrap) -> float | None:
    """Seconds a draw where each is a call; None where the function takes no such value."""
    values = drawn(model, SLOW)
    rows = [{name: wrap(float(column[i])) for name, column in values.items()} for i in range(SLOW)]
    try:
        model.function(**rows[0])
    except (TypeError, AttributeError):
        return None
    return best(lambda: [model.function(**row) for row in rows], rounds=2) / SLOW


def main() -> int:
    passed = True
    names = list(models.names())
    print(f"{'model':26}{'ms':>8}{'bare ms':>9}{'ratio':>7}{'MB':>7}{'loop':>8}{'uncert.':>9}")
    for name in tqdm(names, unit="model"):
        model = models.get(name)
        plain = best(lambda m=model: bare(m, DRAWS), rounds=3)
        full = best(lambda n=name: models.simulate(n, DRAWS, seed=0), rounds=3)
        tracemalloc.start()
        models.simulate(name, DRAWS, seed=0)
        peak = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        loop = per_draw(model, float)
        theirs = per_draw(model, lambda x: uncertainties.ufloat(x, abs(x) / 100 + 1e-9))
        others = "".join(
            f"{seconds * DRAWS / full:>8.0f}x" if seconds else f"{'-':>9}"
            for seconds in (loop, theirs)
        )
        ratio = full / plain
        passed &= ratio <= RATIO
        print(f"{name:26}{full * 1e3:8.1f}{plain * 1e3:9.1f}{ratio:7.2f}{peak:7.0f}{others}")
    print(f"\nratio at most {RATIO}: {'pass' if passed else 'FAIL'}")

    for name in ("crude_release", "rail_bill", "classified_supervision"):
        times = [
            best(lambda n=name, d=draws: models.simulate(n, d, seed=0), rounds=3)
            for draws in (10_000, 100_000, 1_000_000, 10_000_000)
        ]
        steps = [later / earlier for earlier, later in zip(times, times[1:], strict=False)]
        linear = all(step <= 10 * GROWTH for step in steps)
        passed &= linear
        shown = ", ".join(f"{step:.1f}" for step in steps)
        verdict = "pass" if linear else "FAIL"
        print(f"{name}: ten times the draws take {shown} times as long: {verdict}")
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
