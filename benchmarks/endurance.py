"""A day of one briefing: pages are opened and closed 500 times.

Half of them close with a word to the server, as a browser does; half are lost, as by a phone that
is out of reach, and end by culling, which is set to seconds here. Each viewer moves a control and
checks the picture.

Requirements: in the end no kernel runs but those that are preheated, no file of a kernel is left,
and the server has grown by no more than a tenth from the hundredth opening to the last.
"""

import itertools
import sys
import time

from browser.driving import NOTEBOOKS
from browser.serving import idle_briefing, kernels, pss, wait_until_idle
from browser.viewing import Busy, Viewer
from tqdm import tqdm

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
    with idle_briefing(*OPTIONS) as (root, server, folder):
        preheated = len(kernels(server))
        files = len(list(folder.rglob("*")))
        memory = {}
        names = itertools.cycle(path.name for path in NOTEBOOKS)
        for opened in tqdm(range(1, OPENS + 1), unit="page"):
            visit(root, next(names), lost=opened % 4 < 2)
            if opened % 50 == 0:
                memory[opened] = pss(server)
        for opened, used in memory.items():
            print(f"after {opened} pages: server {used:.0f} MiB")
        time.sleep(20)
        wait_until_idle(server)
        left = len(kernels(server)) - preheated
        more = len(list(folder.rglob("*"))) - files
    grown = memory[OPENS] / memory[WARM] - 1
    passed = left == 0 and more == 0 and grown <= 0.1
    print(
        f"{OPENS} pages opened and closed: {left} kernels and {more} files more than before, server"
        f" grown by {grown:.1%} since page {WARM}: {'pass' if passed else 'FAIL'}"
    )
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
