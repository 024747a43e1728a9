"""The servers in other people's surroundings: they serve all the same, or say in a line why not.

Nothing of a surrounding is set where the tests themselves run: a client that obeys a proxy, or that
takes a warning for an error, fails without a server's fault.
"""

import json
import os
import socket
import subprocess
import sys
from contextlib import closing

import psutil
import pytest
import requests
from browser.driving import expected
from browser.serving import TOKEN, briefing_command, free_port, serving
from browser.viewing import AUTHORIZED, Connection, Viewer

from conftest import ROOT
from ftz_data import notebooks

pytestmark = pytest.mark.slow

PROXIES = "http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY".split()

# What opens a server to the network, where a user's settings count.
SETTINGS = {
    "ServerApp": {"ip": "0.0.0.0", "token": "", "allow_origin": "*"},
    "IdentityProvider": {"token": ""},
    "PasswordIdentityProvider": {"token": ""},
    "Voila": {"ip": "0.0.0.0", "token": "", "auto_token": False, "root_dir": "/"},
}

# What is set; None is for what is taken away. In {folder} is all that a test keeps.
ENVIRONMENTS = {
    "home_that_cannot_be_written": {"HOME": "/proc/no/home"},
    "no_home": {"HOME": None, "XDG_RUNTIME_DIR": None},
    "warnings_are_errors": {"PYTHONWARNINGS": "error"},
    # Where nothing answers.
    "proxies": dict.fromkeys(PROXIES, "http://127.0.0.1:9"),
    "terminal_in_ascii": {
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    },
    "long_temporary_folder": {"TMPDIR": "{folder}/" + "long" * 20},
    "temporary_folder_that_cannot_be_written": {"TMPDIR": "/proc", "XDG_RUNTIME_DIR": "/proc"},
    "settings_of_a_user": {"HOME": "{folder}/user", "JUPYTER_CONFIG_DIR": None},
    "settings_of_a_system_and_broken_ones": {
        "JUPYTER_CONFIG_PATH": "{folder}/user/.jupyter",
        "JUPYTER_CONFIG_DIR": "{folder}/broken",
    },
    "variables_of_jupyter": {
        "JUPYTER_CONFIG_DIR": "/proc/no/config",
        "JUPYTER_DATA_DIR": "/proc/no/data",
        "JUPYTER_RUNTIME_DIR": "/proc/no/runtime",
        "JUPYTER_PATH": "/proc/no/path",
        "JUPYTER_PREFER_ENV_PATH": "0",
        "JUPYTER_PLATFORM_DIRS": "1",
        "JUPYTER_TOKEN": "",
        "IPYTHONDIR": "/proc/no/ipython",
    },
    "variables_of_matplotlib": {
        "MPLBACKEND": "no_such_backend",
        "MPLCONFIGDIR": "/proc/no/matplotlib",
        "DISPLAY": None,
    },
    "no_fonts_no_zone_and_a_narrow_terminal": {
        "FONTCONFIG_FILE": "/dev/null",
        "FONTCONFIG_PATH": "/proc/no-such-folder",
        "TZ": "Nowhere/Odd+25",
        "COLUMNS": "1",
        "LINES": "1",
        "TERM": "dumb",
    },
    "no_standard_input": {},
    "nothing_to_write_to": {},
    "files_of_no_one_else": {},
}
# What a shell does before it starts the server.
SHELL = {
    "no_standard_input": 'exec "$@" <&-',
    "nothing_to_write_to": 'exec "$@" <&- >&- 2>&-',
    "files_of_no_one_else": 'umask 077; exec "$@"',
}
# JupyterLab names what is broken, with a trace, and goes on.
TRACED = ("settings_of_a_system_and_broken_ones", "laboratory")


def lab_command(port, *options):
    lab = [sys.executable, "-m", "ftz_data", "lab", "--no-browser", f"--port={port}"]
    return [*lab, f"--IdentityProvider.token={TOKEN}", *options]


class Surroundings:
    """The machine of someone else."""

    def __init__(self, name, folder):
        self.name, self.folder = name, folder
        self.log = folder / "log"
        for part, words in ("user/.jupyter", json.dumps(SETTINGS)), ("broken", '{"ServerApp": {'):
            (folder / part).mkdir(parents=True)
            for kind in ("voila", "jupyter_config", "jupyter_server_config", "jupyter_lab_config"):
                (folder / part / f"{kind}.json").write_text(words)
        (folder / ("long" * 20)).mkdir()
        given = ENVIRONMENTS[name]
        # Without what conftest.py sets to keep the settings of users away.
        left_out = {*given, "JUPYTER_NO_CONFIG", "IPYTHONDIR"}
        self.environment = {k: v for k, v in os.environ.items() if k not in left_out}
        self.environment |= {k: v.format(folder=folder) for k, v in given.items() if v is not None}
        self.environment["PYTHONPATH"] = str(ROOT)

    def command(self, command):
        """The same command there, whatever is set here."""
        shell = SHELL.get(self.name)
        within = ["sh", "-c", shell, "sh", *command] if shell else command
        return ["env", "-i", *[f"{k}={v}" for k, v in self.environment.items()], *within]

    def serving(self, command, port):
        return serving(self.command(command), port, self.log, cwd=self.folder)

    def written(self):
        return self.log.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(params=ENVIRONMENTS)
def there(request, tmp_path):
    return Surroundings(request.param, tmp_path)


def check(process, root):
    """What holds wherever a server runs: it answers on loopback alone, and asks for the token."""
    server = psutil.Process(process.pid)
    listening = {
        each.laddr.ip for each in server.net_connections("tcp") if each.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}
    stranger = requests.get(f"{root}/api/kernels/a-b-c-d-e", timeout=120, allow_redirects=False)
    assert stranger.status_code in (302, 403), "whoever has no token is let in"
    return server.children(recursive=True)


def left(process, started):
    """What a server leaves running of what it has started."""
    assert process.poll() is not None, "it has not ended"
    return psutil.wait_procs(started, timeout=120)[1]


def test_the_briefing_serves(there):
    port = free_port()
    root = f"http://127.0.0.1:{port}"
    command = briefing_command(port, "--preheat_kernel=False")
    with there.serving(command, port) as process:
        with closing(Viewer(root, notebooks.paths()[1].name)) as viewer:
            viewer.connect()
            panels = viewer.panels()
            assert panels, "no panel"
            assert all(viewer.shown(picture, notes)[1] for _, picture, notes in panels)
            assert "jupyter.stderr" not in viewer.page, "a warning stands on the page"
            started = check(process, root)
    assert left(process, started) == []
    assert "Traceback" not in there.written(), there.written()


PICTURE = 'ftz_data.charts.picture(picture="crude_release", arrivals=0.8)'


def test_the_laboratory_serves(there):
    port = free_port()
    root = f"http://127.0.0.1:{port}"
    with there.serving(lab_command(port), port) as process:
        page = requests.get(f"{root}/lab/tree/{notebooks.FIRST}", headers=AUTHORIZED, timeout=120)
        assert page.ok and "jupyter-config-data" in page.text, page.text[:500]
        assert '"news": {"disabled": true}' in page.text, "JupyterLab asks about news"
        made = requests.post(f"{root}/api/kernels", headers=AUTHORIZED, timeout=120)
        kernel = Connection(root, made.json()["id"])
        kernel.open()
        source = f"import ftz_data.charts\nprint(ascii({PICTURE}.words('en')))"
        asked = kernel.send("execute_request", {"code": source, "silent": False})
        said = ""
        idle = False
        while not idle:
            header, request, content = kernel.receive()
            if request.get("msg_id") == asked:
                said += content.get("text", "") + "\n".join(content.get("traceback", []))
                idle = header["msg_type"] == "status" and content["execution_state"] == "idle"
        assert said.strip() == ascii(expected(PICTURE, "en"))
        kernel.socket.close()
        started = check(process, root)
        assert started, "no kernel"
    assert left(process, started) == []
    if (there.name, "laboratory") != TRACED:
        assert "Traceback" not in there.written(), there.written()


def test_the_hub_takes_its_settings(there):
    # The file that `make hub` reads; what a hub does with it, its own tests show.
    source = "from traitlets.config.loader import PyFileConfigLoader as Loader\n"
    source += "print(Loader('jupyterhub_config.py', path='hub').load_config().JupyterHub.bind_url)"
    port = free_port()
    there.environment |= {
        "FTZ_HUB_STATE": str(there.folder / "state"),
        "FTZ_HUB_PORT": str(port),
        "FTZ_HUB_PASSWORD": "",
    }
    with open(there.log, "w") as log:
        done = subprocess.run(
            there.command([sys.executable, "-c", source]), cwd=ROOT, stdout=log, stderr=log
        )
    assert done.returncode == 0, there.written()
    if there.name != "nothing_to_write_to":
        assert f"http://127.0.0.1:{port}" in there.written()
    assert (there.folder / "state").stat().st_mode & 0o77 == 0, "others can read what it keeps"


def run(command, folder, **given):
    """What a command that cannot serve says, and its status."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr.splitlines(), done.returncode


@pytest.mark.parametrize("command", [briefing_command, lab_command])
def test_a_port_that_is_taken_is_told_in_the_last_line_and_left_alone(command, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said, status = run(command(port, "--ServerApp.port_retries=0"), tmp_path)
    assert status not in (0, 2), f"{said} on port {port}, where another program answers"
    assert "could not be started" in said[-1], said


REFUSED = {
    "python_without_texts": ("PYTHONOPTIMIZE", "2"),
    "token_in_a_file_that_is_not_there": ("JUPYTER_TOKEN_FILE", "/proc/no/token"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("command", ["briefing", "lab"])
def test_what_cannot_be_served_is_told_in_one_line(command, name, tmp_path):
    variable, value = REFUSED[name]
    line = [sys.executable, "-m", "ftz_data", command, "--no-browser", f"--port={free_port()}"]
    said, status = run(line, tmp_path, **{variable: value})
    assert status == 2, said
    assert value in said[-1], said
