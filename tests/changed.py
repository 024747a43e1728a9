"""The built-in report with one figure changed."""

from ftz_data.package import BUILT_IN, Package


class Changed(Package):
    """The built-in report with other cells in one observation; what is the same is not read again.

    Parameters
    ----------
    key : str
        Of the observation.
    **cells
        By column.
    """

    def __init__(self, key, **cells):
        super().__init__()
        self._key_of_it, self._cells = key, cells

    @property
    def resources(self):
        return BUILT_IN.resources

    def table(self, name):
        table = BUILT_IN.table(name)
        if name == "observations":
            row = table["observation_id"] == self._key_of_it
            for column, cell in self._cells.items():
                table.loc[row, column] = cell
        return table

    def rows(self, table):
        rows = BUILT_IN.rows(table)
        if table == "observations":
            key = self._key_of_it
            rows = rows | {key: rows[key]._replace(**self._cells)}
        return rows
