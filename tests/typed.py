"""What an editor knows of the package; `make check` runs mypy over this file, and nothing runs it.

Each line that is wrong says which error mypy must find in it; strict mypy complains of a remark
that is not needed.
"""

from typing import TYPE_CHECKING, assert_type

import ftz_data
from ftz_data.cards import Card
from ftz_data.charts import Chart
from ftz_data.interval import Interval
from ftz_data.tables import Table

if TYPE_CHECKING:
    assert_type(ftz_data.parse_figure("70余家"), ftz_data.Figure)
    assert_type(ftz_data.parse_figure("70余家").unit, str)
    assert_type(ftz_data.find_figures("70余家"), list[tuple[int, int, ftz_data.Figure]])
    assert_type(ftz_data.describe("crude_release"), Card)
    assert_type(ftz_data.charts.figures("customs"), Table)
    assert_type(ftz_data.charts.picture("crude_release"), Chart)
    assert_type(ftz_data.open_report("folder"), ftz_data.Report)
    assert_type(Interval.exact(1) / 2, Interval)

    ftz_data.load_observation()  # type: ignore[attr-defined]
    ftz_data.charts.figure("customs")  # type: ignore[attr-defined]
    ftz_data.find()  # type: ignore[call-arg]
    ftz_data.describe("crude_release", language="en")  # type: ignore[call-arg]
    ftz_data.audit(1)  # type: ignore[arg-type]
    print(ftz_data.parse_figure("70余家").units)  # type: ignore[attr-defined]
