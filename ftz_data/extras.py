"""Parts of the package that need more than pandas, and what to install for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class MissingExtra(ModuleNotFoundError):
    """A library is not installed that one of the package's extras brings."""


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Name the extra to install where an import in the block finds no library.

    Parameters
    ----------
    extra : str
        Name of the extra in pyproject.toml.

    Raises
    ------
    MissingExtra
        If a library is missing; one line says which, and how to install it.

    Examples
    --------
    >>> with needs("charts"):
    ...     import unheard_of
    Traceback (most recent call last):
    ftz_data.extras.MissingExtra: unheard_of is missing or too old: pip install 'ftz-data[charts]'
    """
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        if library == __package__:
            raise
        raise MissingExtra(
            f"{library} is missing or too old: pip install 'ftz-data[{extra}]'", name=error.name
        ) from None
