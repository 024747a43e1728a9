"""JupyterLab on the notebooks, on loopback and behind a token unless the command line opens it."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from . import notebooks
from .extras import needs
from .surroundings import finish

with needs("notebooks"):
    from jupyter_server.serverapp import ServerApp
    from jupyterlab.labapp import LabApp
    from traitlets.config import Config

# A room is asked about no news, and no host but this one is called.
_QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)


class Server(ServerApp):
    """Jupyter's server, which the command line alone opens to a network or to strangers."""

    def init_configurables(self) -> None:
        """Put loopback and a token above all files of settings, those of extensions included."""
        given = self.cli_config
        ours = Config(ServerApp={"ip": "127.0.0.1", "allow_origin": "", "allow_origin_pat": ""})
        ours.merge(given)
        self.update_config(ours)
        for provider in ("IdentityProvider", "PasswordIdentityProvider"):
            if "token" not in given.get(provider, {}):
                self.config.get(provider, {}).pop("token", None)
        # The older name of the same, which is heard where the other is not given.
        if "token" not in given.get("ServerApp", {}):
            self._token_set = False
        super().init_configurables()

    def init_signal(self) -> None:
        """Stop at Ctrl-C without a terminal too; in one, Jupyter asks at the first."""
        super().init_signal()
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._signal_stop)

    async def _stop(self) -> None:
        """End the kernels; whoever is impatient cuts nothing short."""
        finish()
        await super()._stop()


class Lab(LabApp):
    """JupyterLab on such a server."""

    serverapp_class = Server

    @classmethod
    def get_extension_package(cls) -> str:
        """The package that holds JupyterLab; by its module it would be this one."""
        return "jupyterlab"


def serve(arguments: Sequence[str]) -> None:
    """Open JupyterLab on the overview: in the repository on its own notebooks, else on a copy.

    Parameters
    ----------
    arguments : sequence of str
        Options of JupyterLab.
    """
    opened = notebooks.folder()
    if opened.parent == notebooks.SHARE:
        opened = Path(notebooks.COPY).absolute()
        print(notebooks.told(opened, *notebooks.copy(opened)), flush=True)
    # Jupyter refuses to start as root, which is what one is in most containers.
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    Lab.launch_instance([str(opened / notebooks.FIRST), *root, *_QUIET, *arguments])
