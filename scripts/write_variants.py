"""Write the traditional forms of the reader's characters into `lexicon.csv`.

Run as ``python scripts/write_variants.py [--check]`` after a word was added. The forms are those
of OpenCC, which the reader itself does not need: only characters of its own words matter to it.
"""

from __future__ import annotations

import csv
import io
import sys

import opencc

from ftz_data.package import BUILT_IN

LEXICON = BUILT_IN.path / "lexicon.csv"


def written() -> str:
    """The table with its variants anew."""
    with LEXICON.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] != "variant"]
    units = (BUILT_IN.path / "units.csv").read_text(encoding="utf-8")
    known = set(
        units + "".join("".join(row) for row in rows) + "零〇一二两三四五六七八九十百千万亿半"
    )
    simple = opencc.OpenCC("t2s")
    for code in range(0x4E00, 0xA000):
        form = simple.convert(chr(code))
        # 乾 and the like are words of their own in simplified texts too.
        if form != chr(code) and form in known and not _simplified(chr(code)):
            rows.append(["variant", chr(code), form, "", "", ""])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _simplified(character: str) -> bool:
    """Whether the character is in use in simplified texts."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main(arguments: list[str]) -> int:
    """Write, or check; returns the exit status."""
    table = written()
    if LEXICON.read_text(encoding="utf-8") == table:
        return 0
    if "--check" in arguments:
        print("lexicon.csv lacks traditional forms: run scripts/write_variants.py")
        return 1
    LEXICON.write_text(table, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
