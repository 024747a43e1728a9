"""The notebooks that the package brings: where they are, and copies of them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

SHARE = Path(__file__).parent / "share"

# Where JupyterLab's copy stands, in the working folder, if the package brings its own.
COPY = "ftz_notebooks"
FIRST = "00_overview.ipynb"

# A briefing never writes, so that these are never pages of it.
_WRITING = ("desk",)


def folder() -> Path:
    """Folder of the notebooks: a wheel's own, or that beside the package in the repository."""
    packed = SHARE / "notebooks"
    return packed if packed.is_dir() else SHARE.parent.parent / "notebooks"


def paths() -> list[Path]:
    """The notebooks in order, relative to their folder."""
    found = (path.relative_to(folder()) for path in folder().rglob("*.ipynb"))
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def aside() -> list[str]:
    """Folders of notebooks that are no pages of the briefing unless they are asked for."""
    return sorted({path.parent.as_posix() for path in paths()} - {"."})


def pages(also: Sequence[str] = ()) -> list[Path]:
    """The notebooks that are pages of a briefing, relative to their folder.

    Parameters
    ----------
    also : sequence of str
        Folders of `aside` that are asked for.

    Raises
    ------
    ValueError
        If there is no such folder; the message names those that there are.
    """
    offered = [name for name in aside() if name not in _WRITING]
    for name in also:
        if name not in offered:
            raise ValueError(f"{name!r} is no folder of pages; there are {', '.join(offered)}")
    shown = {".", *also}
    return sorted(
        (path for path in paths() if path.parent.as_posix() in shown),
        key=lambda path: (path.parent.as_posix(), path.name),
    )


def copy(target: Path) -> tuple[list[Path], list[Path]]:
    """Copy the notebooks to a folder, never over a file that differs from ours.

    Parameters
    ----------
    target : Path
        The folder; it is made where it does not exist.

    Returns
    -------
    tuple of two lists of Path
        The notebooks that were not there and are copied, and those that differ and are kept.

    Raises
    ------
    ValueError
        If the folder cannot be written to; one line says why.
    """
    copied, kept = [], []
    try:
        for path in paths():
            source, copy = folder() / path, target / path
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                # Renamed when it is complete, so that a copy that was cut short is none.
                part = copy.with_name(f".{path.name}.part")
                shutil.copyfile(source, part)
                part.replace(copy)
                copied.append(path)
            elif copy.read_bytes() != source.read_bytes():
                kept.append(path)
    except OSError as error:
        raise ValueError(f"{error.filename or target}: {error.strerror}") from None
    return copied, kept


def told(target: Path, copied: list[Path], kept: list[Path]) -> str:
    """What `copy` did, one line, and one more for each notebook that it kept."""
    lines = [f"{target}: {len(copied)} of {len(paths())} notebooks copied"]
    lines += [f"{target / path}: kept, since it differs from the package's" for path in kept]
    return "\n".join(lines)
