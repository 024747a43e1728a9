"""Decisions on disk: one line of JSON each, and nothing that was written is written over."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..extras import needs
from ..language import Text

with needs("notebooks"):
    import filelock

FILE = "decisions.jsonl"
# Seconds that another process may take for a line.
_WAIT = 10
_KINDS = ("accept", "reject", "undo")


class NotTaken(ValueError):
    """A decision that was not taken; `in_` says why in a language.

    Parameters
    ----------
    key : str
        Key of the texts.
    at : str, optional
        The column that it is for, whose words the text names.
    **fields : object
        What its words name.
    """

    def __init__(self, key: str, at: str | None = None, **fields: Any) -> None:
        self.column = at
        named = {"column": Text(f"desk_column_{at}")} if at else {}
        self.words = Text(key, **named, **fields)
        super().__init__(self.words.in_("en"))

    def in_(self, lang: str) -> str:
        """Why, in a language."""
        return self.words.in_(lang)


class Doubted(NotTaken):
    """A decision that the text speaks against; it is taken where it is meant."""


class Changed(NotTaken):
    """Another desk has decided on the same figure since it was shown; nothing was written."""


@dataclass(frozen=True)
class Decision:
    """What was decided of a figure: ``accept`` with its fields, or ``reject``."""

    observation: str
    do: str
    fields: dict[str, str] = field(default_factory=dict)


class Journal:
    """The decisions on one draft, read again whenever another process has added some.

    Parameters
    ----------
    directory : Path
        Folder of the draft.
    observations : collection of str
        Keys that may be decided on.

    Raises
    ------
    ValueError
        If the file is there and cannot be read, or a line that is whole is no decision.
    """

    def __init__(self, directory: Path, observations: Any) -> None:
        self._path = directory / FILE
        self._known = set(observations)
        self._lock = filelock.FileLock(directory / f"{FILE}.lock", timeout=_WAIT)
        self._size, self._lines = 0, 0
        # In the order in which they were taken; an undo takes the last one off.
        self.standing: list[Decision] = []
        self.read()

    def read(self) -> list[str]:
        """Take in what was added since; the observations that it touches."""
        try:
            with open(self._path, "rb") as file:
                file.seek(self._size)
                added = file.read()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise ValueError(f"{self._path}: not read: {error.strerror}") from None
        # A line that was cut short by the end of its process was never taken.
        whole = added[: added.rfind(b"\n") + 1]
        touched = [self._take(line) for line in whole.splitlines()]
        self._size += len(whole)
        return touched

    def _take(self, line: bytes) -> str:
        self._lines += 1
        try:
            row = json.loads(line)
            do, observation = row["do"], row["observation"]
            given = {str(name): str(value) for name, value in row.get("fields", {}).items()}
            if do not in _KINDS or observation not in self._known:
                raise ValueError(do)
            if do == "undo":
                if self.standing.pop().observation != observation:
                    raise ValueError(do)
            else:
                self.standing.append(Decision(observation, do, given))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            raise ValueError(
                f"{self._path}, line {self._lines}: is no decision on a figure of this draft; "
                "move the file away to decide anew, or mend the line"
            ) from None
        return str(observation)

    def add(self, observation: str, do: str, fields: dict[str, str] | None = None) -> None:
        """Write a decision, unless another process has decided on the same figure meanwhile.

        Raises
        ------
        Changed
            If it has; what it decided is taken in.
        NotTaken
            If the disk does not take the line; it holds what it held before.
        """
        row = {"do": do, "observation": observation} | ({"fields": fields} if fields else {})
        line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
        try:
            with self._lock:
                touched = self.read()
                # What is undone is the last decision, whichever figure it is on.
                if observation in touched or (do == "undo" and touched):
                    raise Changed("desk_changed")
                self._append(line)
        except filelock.Timeout:
            raise NotTaken("desk_busy") from None
        except OSError as error:
            raise NotTaken("desk_disk", reason=str(error.strerror)) from None
        self.read()

    def _append(self, line: bytes) -> None:
        with open(self._path, "ab", buffering=0) as file:
            # What a process that ended left of a line is no part of the next one.
            file.truncate(self._size)
            try:
                if file.write(line) < len(line):
                    raise OSError(28, os.strerror(28))
                os.fsync(file.fileno())
            except OSError:
                file.truncate(self._size)
                raise
