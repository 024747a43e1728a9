"""Zip archives that say nothing of when they were made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

# The earliest time that an archive can hold.
EPOCH = (1980, 1, 1, 0, 0, 0)


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    """An archive of members by name, the same bytes whenever it is made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, payload in members:
            member = zipfile.ZipInfo(name, EPOCH)
            member.external_attr = 0o644 << 16
            # A picture is compressed already.
            kind = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(member, payload, kind)
    return buffer.getvalue()


def undated(archive: bytes) -> bytes:
    """An archive of another library's with the times of its members taken out."""
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        return packed((name, read.read(name)) for name in read.namelist())
