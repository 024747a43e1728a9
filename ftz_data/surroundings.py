"""What a server and its kernels need of the machine, whatever its user has set."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import sys
import tempfile
import warnings
from pathlib import Path

from .extras import needs


def settle() -> None:
    """Prepare this process, and those that it starts, for Jupyter; called before it is imported.

    Folders that cannot be written to, as of a read-only home, are replaced by one that ends with
    this process; one line says so.

    Raises
    ------
    ValueError
        If nothing can be done about it; one line says why.
    """
    if sys.flags.optimize > 1:
        raise ValueError("Jupyter needs the texts that PYTHONOPTIMIZE=2 or -OO takes away")
    # Libraries warn of each other, which is not to end a server or to stand on a page.
    os.environ.pop("PYTHONWARNINGS", None)
    if any(action == "error" for action, *_ in warnings.filters):
        warnings.simplefilter("default")
    # Pictures are made without a window; another choice is made in a notebook.
    os.environ.pop("MPLBACKEND", None)
    try:
        own = tempfile.mkdtemp(prefix="ftz-")
    except OSError as error:
        raise ValueError(f"{error.strerror}; set TMPDIR") from None
    used = [name for name, folders in _folders().items() if not all(map(_kept, folders))]
    for name in used:
        os.environ[name] = str(Path(own, name.lower()))
        os.mkdir(os.environ[name], 0o700)
    if used:
        said = ", ".join(used)
        print(f"{said}: cannot be written to; what is kept there ends with this", file=sys.stderr)
        atexit.register(shutil.rmtree, own, ignore_errors=True)
    else:
        os.rmdir(own)


def finish() -> None:
    """Let an end that has begun be completed, however often Ctrl-C is pressed meanwhile."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)


def _folders() -> dict[str, list[str]]:
    """Folders that Jupyter, IPython and Matplotlib write to, by the variable that names them."""
    with needs("notebooks"):
        from jupyter_core import paths
    home = os.path.expanduser("~")
    ipython = os.environ.get("IPYTHONDIR") or f"{home}/.ipython"
    kinds = {"CONFIG": ".config", "CACHE": ".cache"}
    matplotlib = [
        os.environ.get("MPLCONFIGDIR")
        or os.path.join(os.environ.get(f"XDG_{kind}_HOME") or f"{home}/{folder}", "matplotlib")
        for kind, folder in kinds.items()
    ]
    return {
        "JUPYTER_CONFIG_DIR": [paths.jupyter_config_dir()],
        "JUPYTER_DATA_DIR": [paths.jupyter_data_dir()],
        "JUPYTER_RUNTIME_DIR": [paths.jupyter_runtime_dir()],
        "IPYTHONDIR": [ipython],
        "MPLCONFIGDIR": matplotlib,
    }


def _kept(folder: str) -> bool:
    """Whether a folder is there, or can be made, and keeps what is written to it."""
    # A home that is unknown is a "~" that nobody has resolved.
    if not os.path.isabs(folder):
        return False
    try:
        os.makedirs(folder, 0o700, exist_ok=True)
        # Asked for its rights, a folder answers root that all is well.
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True
