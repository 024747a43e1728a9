"""Many viewers of one briefing: whether all see the right pictures, and when it is full.

A viewer does what a browser does, over HTTP and a websocket, but draws nothing: it opens a page,
asks for the state of the widgets, moves a control of each panel, and compares the words of the
picture with those of the chart function.

Requirements: of ten viewers at once all complete and none sees a wrong picture; past the limit the
server answers that it is busy, and goes on.
"""

import concurrent.futures
import re
import statistics
import sys
import threading
import time

from browser.driving import NOTEBOOKS
from browser.serving import idle_briefing, kernels, pss, wait_until_idle
from browser.viewing import Busy, Viewer
from tqdm import tqdm

VIEWERS = 10


def view(root: str, name: str, start: threading.Barrier) -> tuple[Viewer, float, list[float]]:
    """Open a page with others at once, and move a control of each panel."""
    start.wait()
    began = time.perf_counter()
    viewer = Viewer(root, name)
    viewer.connect()
    opened = time.perf_counter() - began
    return viewer, opened, [viewer.move(*panel) for panel in viewer.panels()]


def main() -> int:
    with idle_briefing() as (root, server, _):
        warm = len(kernels(server))
        print(f"before any viewer: server {pss(server):.0f} MiB, {warm} kernels preheated")

        start = threading.Barrier(VIEWERS)
        names = [NOTEBOOKS[i % len(NOTEBOOKS)].name for i in range(VIEWERS)]
        began = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(VIEWERS) as pool:
            seen = list(pool.map(lambda name: view(root, name, start), names))
        took = time.perf_counter() - began
        opened = [seconds for _, seconds, _ in seen]
        moves = [seconds for _, _, moves in seen for seconds in moves]
        print(
            f"{len(seen)} viewers at once: all complete in {took:.1f} s, none wrong; open after"
            f" {statistics.median(opened):.1f} s in the median, {max(opened):.1f} s at most;"
            f" {len(moves)} pictures after {statistics.median(moves) * 1e3:.0f} ms in the"
            f" median, {max(moves) * 1e3:.0f} ms at most"
        )
        wait_until_idle(server)
        memory = [pss(kernel) for kernel in kernels(server)]
        print(
            f"memory: server {pss(server):.0f} MiB; {len(memory)} kernels of {min(memory):.0f}"
            f" to {max(memory):.0f} MiB, {sum(memory):.0f} MiB together"
        )

        viewers = [viewer for viewer, _, _ in seen]
        said = ""
        with tqdm(unit="viewer", initial=len(viewers)) as bar:
            while not said and len(viewers) < 200:
                try:
                    viewers.append(Viewer(root, NOTEBOOKS[len(viewers) % len(NOTEBOOKS)].name))
                    viewers[-1].connect()
                    bar.update()
                except Busy as error:
                    said = error.args[0]
        words = re.search(r'<h1><span lang="en">(.*?)</span>', said)[1]
        print(f"viewer {len(viewers) + 1} is refused: {words!r}; {len(kernels(server))} kernels")
        last = viewers.pop()
        last.close()
        again = Viewer(root, last.name)
        again.connect()
        moved = [again.move(*panel) for panel in again.panels()]
        viewers.append(again)
        print(f"once one has left, the next comes in: {len(moved)} pictures, none wrong")
        for viewer in viewers:
            viewer.close()
        wait_until_idle(server)
        left = len(kernels(server))
        print(f"after all have left: {left} kernels: {'pass' if left == warm else 'FAIL'}")
    return int(left != warm)


if __name__ == "__main__":
    sys.exit(main())
