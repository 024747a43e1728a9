"""Any report through the same doors: what the package offers, bound to one data package."""

from __future__ import annotations

import functools
import inspect
from types import ModuleType
from typing import Any

import ftz_data

from .package import Package, nearest


class _Bound:
    """The functions of a module, each reading the tables of one data package."""

    def __init__(self, module: ModuleType, package: Package) -> None:
        self.package = package
        self._module = module

    def __getattr__(self, name: str) -> Any:
        # What Python itself asks for, as when an object is copied, is not on offer.
        if name.startswith("_") or name not in dir(self):
            near = nearest(name, dir(self))
            raise AttributeError(f"no {name!r} in {self._module.__name__}; {near}")
        return _bind(getattr(self._module, name), self.package)

    def __dir__(self) -> list[str]:
        if hasattr(self._module, "__all__"):
            return list(self._module.__all__)
        return [
            name
            for name, offered in vars(self._module).items()
            if getattr(offered, "__module__", None) == self._module.__name__ and name[0] != "_"
        ]

    def __repr__(self) -> str:
        return f"<{self._module.__name__} of {str(self.package.path)!r}>"


class Report(_Bound):
    """One report, read from its own data package: it offers what the module `ftz_data` does.

    `report.load_observations()`, `report.describe(key)`, `report.charts.figures(key)` and so on are
    the module's own functions, reading this report's tables in place of the built-in ones.

    Parameters
    ----------
    path : path-like, optional
        Directory with `datapackage.json` and the CSV files; that of the built-in report by default.
        A table is read and checked at its first use; `open_report` checks all of them at once.

    Attributes
    ----------
    package : Package
        Its tables and look-ups.

    Examples
    --------
    >>> report = Report()
    >>> report.describe("crude_release", "zh").title.in_("zh")
    '先放后检'
    """

    def __init__(self, path: Any = None) -> None:
        super().__init__(ftz_data, Package(path))


def open_report(path: Any) -> Report:
    """Open a report's data package and check all of it.

    Parameters
    ----------
    path : path-like
        Directory with `datapackage.json` and the CSV files.

    Returns
    -------
    Report

    Raises
    ------
    ValueError
        If the directory holds no data package, or a file, a cell or a reference does not fit: one
        line that names the file, the row, the column and what is allowed.
    """
    report = Report(path)
    broken = report.package.broken_references()
    if broken:
        more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
        raise ValueError(broken[0] + more)
    return report


def _bind(offered: Any, package: Package) -> Any:
    """A function that takes `package` without it; a module with its functions so; else as it is."""
    if isinstance(offered, ModuleType):
        return _Bound(offered, package)
    if not inspect.isfunction(offered):
        return offered
    signature = inspect.signature(offered)
    if "package" not in signature.parameters:
        return offered

    @functools.wraps(offered)
    def bound(*arguments: Any, **named: Any) -> Any:
        return offered(*arguments, package=package, **named)

    left = [each for name, each in signature.parameters.items() if name != "package"]
    bound.__signature__ = signature.replace(parameters=left)  # type: ignore[attr-defined]
    return bound
