"""What a draft leaves open, decided figure by figure; each decision is on disk at once."""

from pathlib import Path

from .desk import COLUMNS, REQUIRED, Desk, Entry
from .journal import Changed, Doubted, NotTaken

# A text of ours to practise on; all of its figures are invented.
PRACTICE = Path(__file__).with_name("practice.txt")

__all__ = ["COLUMNS", "PRACTICE", "REQUIRED", "Changed", "Desk", "Doubted", "Entry", "NotTaken"]
