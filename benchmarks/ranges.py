"""Pictures wherever their controls may stand, in both languages and widths.

Each model's picture is drawn with each parameter at both ends of its range, and words must neither
overlap nor leave the picture. Then it is moved through ten states, by a seed of its name, and must
be the same picture, byte for byte, as one that is drawn anew.
"""

import itertools
import sys

from chart_looks import no_text_overlaps_or_is_clipped
from test_live import PICTURES, anew, states
from tqdm import tqdm

from ftz_data import charts, models, style

STATES = 10
LOOKS = itertools.cycle(itertools.product(("en", "zh"), (False, True)))


def ends(picture: str) -> list[dict[str, float]]:
    """Each parameter at either end of its range, all others where they start."""
    known = models.get(PICTURES.set_index("picture").at[picture, "model"]).parameters.values()
    return [{p.name: end} for p in known for end in (p.low, p.high)]


def main() -> int:
    wrong, drawn = [], 0
    for picture in tqdm(PICTURES.loc[PICTURES["model"].notna(), "picture"], unit="picture"):
        for values in ends(picture):
            lang, phone = next(LOOKS)
            shown = charts.picture(picture, **values).figure(lang, phone)
            with style.settings():
                shown.canvas.draw()
            try:
                no_text_overlaps_or_is_clipped(shown)
            except AssertionError as error:
                wrong.append(f"{picture} {values} {lang} {phone}: {str(error).splitlines()[0]}")
            drawn += 1
        for values, (lang, phone) in zip(states(picture, STATES), LOOKS, strict=False):
            chart = charts.picture(picture, **values)
            if chart.png(lang, phone) != anew(chart, lang, style.PHONE if phone else style.WIDE):
                wrong.append(f"{picture} {values} {lang} {phone}: looks otherwise anew")
            drawn += 1
    print(f"{drawn} pictures, {len(wrong)} wrong", *wrong, sep="\n  ")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
