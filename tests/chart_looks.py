"""What a picture must look like, whatever it shows."""

import itertools

import matplotlib.text
from matplotlib.text import Annotation


def _beyond_the_axes(picture):
    """Labels of ticks that lie outside the limits, which Matplotlib keeps and does not draw."""
    found = set()
    for ax in picture.axes:
        for axis in (ax.xaxis, ax.yaxis):
            low, high = sorted(axis.get_view_interval())
            far = [tick for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high]
            found |= {label for tick in far for label in (tick.label1, tick.label2)}
    return found


def no_text_overlaps_or_is_clipped(picture):
    """Every word of a drawn picture stands inside it, and none over another."""
    renderer = picture.canvas.get_renderer()
    wide, tall = picture.canvas.get_width_height()
    hidden = _beyond_the_axes(picture)
    texts = [
        each
        for each in picture.findobj(matplotlib.text.Text)
        if each.get_text().strip() and each not in hidden
    ]
    boxes = []
    for each in texts:
        if each.get_visible() and not (isinstance(each, Annotation) and not each.get_text()):
            boxes.append((each.get_text(), matplotlib.text.Text.get_window_extent(each, renderer)))
    assert boxes, "no text was found"
    for said, box in boxes:
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= wide and box.y1 <= tall
        assert inside, f"{said!r} is clipped: {box}"
    for (said, one), (other, two) in itertools.combinations(boxes, 2):
        across = min(one.x1, two.x1) - max(one.x0, two.x0)
        along = min(one.y1, two.y1) - max(one.y0, two.y0)
        assert across <= 1 or along <= 2, f"{said!r} lies over {other!r}"
