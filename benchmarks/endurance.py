"""A day of one briefing: pages are opened and closed 500 times.

Half of them close with a word to the server, as a browser does; half are lost, as by a phone that
is out of reach, and end by culling, which is set to seconds here. Each viewer moves a control and
checks the picture.

Requirements: in the end no kernel runs but those that are preheated, no file of a kernel is left,
and the server has grown by no more than a tenth from the hundredth opening to the last.
"""

import itertools
import sys
import tempfile
import time
from pathlib import Path

import psutil
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser.driving import NOTEBOOKS  # noqa: E402
from browser.serving import (  # noqa: E402
    briefing_command,
    free_port,
    kernels,
    serving,
    wait_until_idle,
)
from browser.viewing import Busy, Viewer  # noqa: E402

OPENS = 500
WARM = 100
OPTIONS = ["--LimitedKernelManager.cull_idle_timeout=15", "--LimitedKernelManager.cull_interval=5"]


def visit(root: str, name: str, lost: bool) -> None:
    """Open a page, move a control, and leave."""
    while True:
        try:
            viewer = Viewer(root, name)
            break
        except Busy:
            time.sleep(1)
    viewer.connect()
    for panel in viewer.panels()[:1]:
        viewer.move(*panel)
    if lost:
        viewer.socket.shutdown()
    else:
        viewer.close()


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {"TMPDIR": folder}
        log = Path(folder) / "log"
        with serving(briefing_command(port, *OPTIONS), port, log, environment) as started:
            server = psutil.Process(started.pid)
            wait_until_idle(server)
            preheated = len(kernels(server))
            files = len(list(Path(folder).rglob("*")))
            memory = {}
            names = itertools.cycle(path.name for path in NOTEBOOKS)
            for opened in tqdm(range(1, OPENS + 1), unit="page"):
                visit(f"http://127.0.0.1:{port}", next(names), lost=opened % 4 < 2)
                if opened % 50 == 0:
                    memory[opened] = server.memory_full_info().pss / 2**20
            for opened, used in memory.items():
                print(f"after {opened} pages: server {used:.0f} MiB")
            time.sleep(20)
            wait_until_idle(server)
            left = len(kernels(server)) - preheated
            more = len(list(Path(folder).rglob("*"))) - files
            grown = memory[OPENS] / memory[WARM] - 1
            passed = left == 0 and more == 0 and grown <= 0.1
            print(
                f"{OPENS} pages opened and closed: {left} kernels and {more} files more than"
                f" before, server grown by {grown:.1%} since page {WARM}:"
                f" {'pass' if passed else 'FAIL'}"
            )
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
