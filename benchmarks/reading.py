"""How long reading takes beside a bare scan for digits, as the text grows.

Requirements: ten times the text takes at most twelve times as long, and neither a row of equal
characters nor a pasted table is out of line.
"""

import re
import time

from ftz_data.wording import find_figures

# Of our own; a text repeated holds as many figures a line as a report does.
SENTENCE = "全年货物吞吐量7.1亿吨，增长4.1%；通关时间由2—3天压缩至半天，每艘节省超200万元。\n"
SIZES = (100_000, 1_000_000, 10_000_000)
ROWS = {
    "20,000 digits": "9" * 20_000,
    "20,000 numerals": "十" * 20_000,
    "20,000 halves": "半" * 20_000,
    "1,100 cells": "\t".join(f"{each}.5%" for each in range(1100)),
}


def seconds(function, text):
    """Processor time of one call, which bears what else runs, and how much it found."""
    start = time.process_time()
    found = len(function(text))
    return time.process_time() - start, found


def main() -> int:
    digits = re.compile(r"\d+(?:\.\d+)?")
    times = []
    for size in SIZES:
        text = (SENTENCE * (size // len(SENTENCE) + 1))[:size]
        bare, _ = seconds(digits.findall, text)
        taken, found = seconds(find_figures, text)
        times.append(taken)
        print(f"{size:>10,} characters: {taken:.2f} s, {found:,} figures, {taken / bare:.0f} scans")
    for name, text in ROWS.items():
        print(f"{name}: {seconds(find_figures, text)[0]:.2f} s")
    grows = max(later / earlier for earlier, later in zip(times, times[1:], strict=False))
    print(f"ten times the text: {grows:.1f} times as long (at most 12)")
    return int(grows > 12)


if __name__ == "__main__":
    raise SystemExit(main())
