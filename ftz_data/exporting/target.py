"""Where an export goes: looked at before the work, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path


def check(path: Path, force: bool) -> None:
    """Look at a target before anything is put together.

    Raises
    ------
    ValueError
        If it cannot be written, or there is a file and `force` is not given: one line says why.
    """
    if path.is_dir():
        raise ValueError(f"{path}: is a folder; name a file in it")
    if path.exists() and not force:
        raise ValueError(f"{path}: is there already; --force (force=True) writes over it")
    if not path.parent.is_dir():
        raise ValueError(f"{path.parent}: no such folder")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise ValueError(f"{path.parent}: you may not write to this folder")


def given(template: Path) -> bytes:
    """The bytes of a template.

    Raises
    ------
    ValueError
        If it cannot be read: one line says why.
    """
    try:
        return template.read_bytes()
    except FileNotFoundError:
        raise ValueError(f"{template}: no such file") from None
    except OSError as error:
        raise ValueError(f"{template}: {error.strerror}") from None


def save(path: Path, payload: bytes) -> None:
    """Write a file beside its place and move it there once it is whole.

    Raises
    ------
    ValueError
        If that fails, as on a full disk: one line says why, and nothing is left behind.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        try:
            part.write_bytes(payload)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ValueError(f"{path}: not written: {error.strerror}") from None
