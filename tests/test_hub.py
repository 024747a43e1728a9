"""The hub of `make hub`: a closed door, a copy for each user, nothing outside loopback, no rest."""

import ipaddress
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import uuid
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest
import requests
import websocket

import ftz_data
from conftest import ROOT

pytestmark = pytest.mark.hub

COMMAND = [sys.executable, "-m", "jupyterhub", "--config", "hub/jupyterhub_config.py"]
ALICE = "alice"
# Another user's name, with letters that are not ASCII.
WANG = "王芳"
NOTEBOOK = "notebooks/01_customs.ipynb"
EDIT = "An edit of alice's"


@pytest.fixture(scope="module", autouse=True)
def proxy():
    if not (ROOT / "build/hub/node/node_modules/configurable-http-proxy").is_dir():
        pytest.skip("the hub's proxy is not installed: run `make hub`")


# Starts are waited for as long as the hub itself waits, and for one more that it may need.
PATIENCE = 300


def _wait(what, log):
    """First true value of a function, called until the time is over."""
    end = time.monotonic() + PATIENCE
    while not (value := what()):
        assert time.monotonic() < end, f"not in {PATIENCE} s: {what.__doc__}\n{log()}"
        time.sleep(0.1)
    return value


class Hub:
    """A hub as `make hub` starts it, with a state folder and a port of its own."""

    def __init__(self, folder: Path, base: str = ""):
        self.state = folder / "state"
        # As make leaves it, which puts the proxy there first.
        self.state.mkdir(mode=0o755)
        self.log = folder / "log"
        with closing(socket.create_server(("127.0.0.1", 0))) as probe:
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}{base}"
        command = [*COMMAND, f"--JupyterHub.base_url={base}/"] if base else COMMAND
        # An empty password must not open the door.
        given = {"FTZ_HUB_PASSWORD": "", "FTZ_HUB_STATE": str(self.state)}
        environment = os.environ | given | {"FTZ_HUB_PORT": str(self.port)}
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = psutil.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        self.known = {self.process}

    def wait(self) -> None:
        """Wait until the hub answers, and read the password that it has made."""
        _wait(self.answers, self.read_log)
        self.password = re.search(r"^Password: (\S+)$", self.read_log(), re.MULTILINE)[1]

    def answers(self) -> bool:
        """The hub answers."""
        assert self.process.poll() is None, self.read_log()
        try:
            return requests.get(f"{self.url}/hub/api/", timeout=120).ok
        except requests.ConnectionError:
            return False

    def read_log(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def processes(self) -> set[psutil.Process]:
        """The hub and all that it has started, as far as this was called in between."""
        if self.process.poll() is None:
            self.known |= {*psutil.Process(self.process.pid).children(recursive=True)}
        return self.known

    def stop(self) -> list[psutil.Process]:
        """Stop the hub as Ctrl-C does, and return the processes that it leaves behind."""
        started = self.processes()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(120)
        return psutil.wait_procs(started, timeout=20)[1]


class User:
    """A user's browser."""

    def __init__(self, hub: Hub, name: str):
        self.hub = hub
        self.name = name
        self.home = hub.state / "users" / quote(name)
        self.server = f"{hub.url}/user/{quote(name)}"
        self.session = requests.Session()

    def log_in(self, password: str) -> requests.Response:
        login = f"{self.hub.url}/hub/login"
        self.session.get(login, timeout=120)
        form = {"username": self.name, "password": password, "_xsrf": self.session.cookies["_xsrf"]}
        return self.session.post(login, data=form, allow_redirects=False, timeout=120)

    def start(self) -> str:
        """Start the server, and return the address of the page that it opens."""

        def opened():
            """The user's server opens a page."""
            answer = self.session.get(f"{self.hub.url}/hub/spawn", timeout=120)
            return answer.ok and answer.url.startswith(self.server) and answer.url

        return _wait(opened, self.hub.read_log)

    def _token(self, path: str) -> dict[str, str]:
        cookies = {each.path: each.value for each in self.session.cookies if each.name == "_xsrf"}
        return {"X-XSRFToken": cookies[path]}

    def stop(self) -> None:
        address = f"{self.hub.url}/hub/api/users/{quote(self.name)}/server"
        headers = self._token("/hub/")

        def stopped():
            """The user's server has stopped."""
            return self.session.delete(address, headers=headers, timeout=120).status_code == 204

        _wait(stopped, self.hub.read_log)

    def ask(self, method: str, path: str, **options) -> requests.Response:
        """A request to the REST interface of the user's server."""
        headers = self._token(f"/user/{quote(self.name)}/")
        address = f"{self.server}/api/{path}"
        return self.session.request(method, address, headers=headers, timeout=120, **options)

    def notebook(self) -> dict:
        answer = self.ask("GET", f"contents/{NOTEBOOK}")
        answer.raise_for_status()
        return answer.json()["content"]

    def open(self) -> str:
        """Start a kernel for the user's copy of the notebook, and return its number."""
        start = {"path": NOTEBOOK, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
        answer = self.ask("POST", "sessions", json=start)
        assert answer.status_code == 201, answer.text
        return answer.json()["kernel"]["id"]

    def channels(self, kernel: str) -> str:
        """Address of the messages of a kernel."""
        return f"{self.server}/api/kernels/{kernel}/channels".replace("http", "ws", 1)

    def execute(self, kernel: str, code: str) -> str:
        """What a kernel answers: the text of the result, or the name of the error."""
        address = self.channels(kernel)
        page = requests.Request("GET", address.replace("ws", "http", 1))
        cookie = requests.cookies.get_cookie_header(self.session.cookies, page)
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "version": "5.3"}
        header |= {"username": self.name, "session": uuid.uuid4().hex}
        content = {"code": code, "silent": False, "store_history": False}
        content |= {"user_expressions": {}, "allow_stdin": False}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}}
        with closing(websocket.create_connection(address, timeout=120, cookie=cookie)) as channels:
            channels.send(json.dumps(message | {"content": content}))
            while True:
                answer = json.loads(channels.recv())
                if answer["parent_header"].get("msg_id") != header["msg_id"]:
                    continue
                if answer["msg_type"] == "execute_result":
                    return answer["content"]["data"]["text/plain"]
                if answer["msg_type"] == "error":
                    return answer["content"]["ename"]


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    hub = Hub(tmp_path_factory.mktemp("hub"))
    try:
        hub.wait()
        yield hub
    finally:
        for process in hub.stop():
            process.kill()


def _started(hub, name):
    user = User(hub, name)
    with user.session:
        answer = user.log_in(hub.password)
        assert answer.status_code == 302, answer.text
        user.page = user.start()
        yield user


@pytest.fixture(scope="module")
def alice(hub):
    yield from _started(hub, ALICE)


@pytest.fixture(scope="module")
def wang(hub):
    yield from _started(hub, WANG)


@pytest.fixture(scope="module")
def kernel(alice):
    return alice.open()


@pytest.fixture(scope="module")
def ours():
    """The notebook as the project has it, before any user edits a copy."""
    return json.loads((ROOT / NOTEBOOK).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def edited(ours, alice):
    """Alice, after she has edited her copy of the notebook."""
    content = alice.notebook()
    content["cells"][0]["source"] = EDIT
    answer = alice.ask("PUT", f"contents/{NOTEBOOK}", json={"type": "notebook", "content": content})
    assert answer.status_code == 200, answer.text
    return alice


def test_the_server_opens_on_the_overview(alice):
    assert alice.page == f"{alice.server}/lab/tree/notebooks/00_overview.ipynb"


def test_a_notebook_runs(alice, kernel):
    code = "import ftz_data; len(ftz_data.load_observations())"
    assert alice.execute(kernel, code) == str(len(ftz_data.load_observations()))


def test_a_kernel_starts_beside_its_notebook(alice, kernel):
    folder = alice.execute(kernel, "import os; os.getcwd()")
    assert folder == repr(str(alice.home / "notebooks"))


def test_a_kernel_takes_no_more_memory_than_allowed(alice, kernel):
    assert alice.execute(kernel, "len(bytearray(2**30))") == str(2**30)
    assert alice.execute(kernel, "len(bytearray(2**31))") == "MemoryError"


def test_a_stranger_is_sent_to_the_login(alice):
    page = requests.get(f"{alice.server}/lab", timeout=120)
    assert page.url.startswith(f"{alice.hub.url}/hub/login"), page.url
    for path in ("contents/", f"contents/{NOTEBOOK}", "kernels", "sessions", "terminals"):
        answer = requests.get(f"{alice.server}/api/{path}", allow_redirects=False, timeout=120)
        assert answer.status_code == 403, f"{path}: {answer.status_code}"


def test_a_stranger_reaches_no_kernel(alice, kernel):
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        websocket.create_connection(alice.channels(kernel), timeout=120)
    assert refused.value.status_code == 403


@pytest.mark.parametrize("password", ["", "password", "alice", "密码"])
def test_another_password_is_refused(hub, password):
    user = User(hub, ALICE)
    with user.session:
        answer = user.log_in(password)
        assert answer.status_code == 403
        page = user.session.get(f"{hub.url}/hub/home", timeout=120)
        assert page.url.startswith(f"{hub.url}/hub/login"), page.url


NAMES = ["..", "../x", "..%2fx", "a/b", "/etc", "a.b", "{0}", "a b", "-a", "a" * 21]
MARKUP = "<img src=x>"


@pytest.mark.parametrize("name", [*NAMES, MARKUP])
def test_a_name_that_is_no_folder_is_refused(hub, name):
    user = User(hub, name)
    with user.session:
        answer = user.log_in(hub.password)
        assert answer.status_code == 403
        assert MARKUP not in answer.text
    assert {each.name for each in hub.state.glob("users/*")} <= {ALICE, quote(WANG)}


def test_each_user_has_a_copy(ours, edited, wang):
    assert edited.notebook()["cells"][0]["source"] == EDIT
    assert wang.notebook()["cells"][0]["source"] == "".join(ours["cells"][0]["source"])
    assert json.loads((ROOT / NOTEBOOK).read_text(encoding="utf-8")) == ours
    wanted = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    for user in (edited, wang):
        assert {path.name for path in (user.home / "notebooks").glob("*.ipynb")} == wanted


def test_a_user_is_not_let_into_the_server_of_another(alice, wang):
    answer = alice.session.get(f"{wang.server}/api/contents/", timeout=120)
    assert answer.status_code == 403


def _listening(processes):
    """Process, address and port of each socket that waits for connections."""
    return {
        (process.pid, each.laddr.ip, each.laddr.port)
        for process in processes
        if process.is_running()
        for each in process.net_connections("inet")
        if each.status == psutil.CONN_LISTEN
    }


def test_nothing_listens_outside_loopback(hub, alice, wang, kernel):
    deadline = time.monotonic() + PATIENCE
    # The hub, the proxy, two servers and a kernel; a busy machine takes its time to start them.
    while len(dict.fromkeys(pid for pid, _, _ in _listening(hub.processes()))) < 5:
        assert time.monotonic() < deadline, _listening(hub.processes())
        time.sleep(0.5)
    listening = _listening(hub.processes())
    assert hub.port in {port for _, _, port in listening}
    assert all(ipaddress.ip_address(ip).is_loopback for _, ip, _ in listening), listening


def test_idle_servers_are_culled(hub):
    assert any("jupyterhub_idle_culler" in each.cmdline() for each in hub.processes())


def test_what_the_hub_keeps_is_for_its_account_alone(hub, alice, wang):
    levels = ("*", "users/*", "users/*/notebooks/*")
    kept = [path for level in levels for path in hub.state.glob(level)]
    assert {"cookie_secret", "hub.sqlite", "hub.pid", "proxy.pid"} <= {path.name for path in kept}
    for path in [hub.state, *kept]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert not mode & 0o077, f"{path}: {mode:o}"


def test_a_start_that_cannot_serve_says_why_in_one_line(hub, tmp_path):
    runs = hub.processes()
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        password = "FTZ_HUB_PASSWORD must have 8 or more characters, all of them ASCII"
        wanted = [
            ({"PASSWORD": "1234567"}, password),
            ({"PASSWORD": "密码密码密码密码"}, password),
            ({"PORT": "65536"}, "FTZ_HUB_PORT is '65536'; a port is a number from 1 to 65535"),
            (
                {"PORT": "８０００"},
                "FTZ_HUB_PORT is '８０００'; a port is a number from 1 to 65535",
            ),
            ({"PORT": str(taken)}, f"port {taken}: Address already in use"),
            # A second start.
            ({"STATE": str(hub.state)}, f"a hub runs in {hub.state} already"),
        ]
        with ExitStack() as stack:
            # At the same time, since each takes seconds to come so far.
            starts = []
            for number, (given, _) in enumerate(wanted):
                given = {"STATE": str(tmp_path / str(number)), "PORT": str(hub.port)} | given
                given = {f"FTZ_HUB_{name}": value for name, value in given.items()}
                start = subprocess.Popen(
                    COMMAND, cwd=ROOT, env=os.environ | given, stderr=subprocess.PIPE, text=True
                )
                starts.append(stack.enter_context(start))
                stack.callback(start.terminate)
            said = [start.communicate(timeout=120)[1] for start in starts]
    for start, lines, (_, reason) in zip(starts, said, wanted, strict=True):
        assert start.returncode == 1, f"{start.returncode} in place of: {reason}"
        assert lines.startswith(reason) and lines.count("\n") == 1, lines
    assert hub.answers()
    assert all(each.is_running() for each in runs), "another start has ended a process of the hub"


LOAD = """
import json, os, sys
from traitlets.config.loader import PyFileConfigLoader
for given in json.loads(sys.argv[1]):
    os.environ |= given
    try:
        PyFileConfigLoader("jupyterhub_config.py", path="hub").load_config()
    except SystemExit as stopped:
        print(json.dumps(stopped.code))
"""


def test_what_cannot_be_served_is_refused_before_anything_is_started(hub, tmp_path):
    # Its settings alone, in one process: a start takes seconds.
    with socket.create_server(("0.0.0.0", 0)) as everywhere:
        taken = everywhere.getsockname()[1]
        number = "a port is a number from 1 to 65535"
        (tmp_path / "file").touch()
        refused = {
            "８０００": ("state", f"FTZ_HUB_PORT is '８０００'; {number}"),
            "-1": ("state", f"FTZ_HUB_PORT is '-1'; {number}"),
            "80.0": ("state", f"FTZ_HUB_PORT is '80.0'; {number}"),
            str(taken): ("taken", f"port {taken}: Address already in use; "),
            str(hub.port): ("another", f"port {hub.port}: Address already in use; "),
            "8001": ("file", f"{tmp_path / 'file'}: File exists; "),
            "8002": ("file/below", f"{tmp_path / 'file/below'}: Not a directory; "),
        }
        given = [
            {"FTZ_HUB_PORT": port, "FTZ_HUB_STATE": str(tmp_path / state)}
            for port, (state, _) in refused.items()
        ]
        command = [sys.executable, "-c", LOAD, json.dumps(given)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    said = [json.loads(line) for line in done.stdout.splitlines()]
    for line, (_, reason) in zip(said, refused.values(), strict=True):
        assert line.startswith(reason) and "\n" not in line, line
    assert hub.answers()


def test_a_copy_survives_a_new_start(edited):
    edited.stop()
    edited.start()
    assert edited.notebook()["cells"][0]["source"] == EDIT


def test_stopping_leaves_no_process(hub, alice, wang):
    assert wang.execute(wang.open(), "6 * 7") == "42"
    # Hub, proxy, culler, two servers, a kernel.
    assert sum(each.is_running() for each in hub.processes()) >= 6
    before = len(hub.read_log())
    assert hub.stop() == []
    assert "Traceback" not in hub.read_log()[before:]


# What would open a server to the network, were it heard.
OPEN = {"ServerApp": {"ip": "0.0.0.0", "token": "", "allow_origin": "*"}}
OPEN |= {"IdentityProvider": {"token": ""}, "SingleUserNotebookApp": {"ip": "0.0.0.0"}}


@pytest.mark.slow
def test_under_a_base_of_addresses_and_with_settings_of_a_user_it_stays_as_closed(tmp_path):
    hub = Hub(tmp_path, base="/class")
    try:
        hub.wait()
        user = User(hub, ALICE)
        (user.home / ".jupyter").mkdir(parents=True)
        for kind in ("jupyter_config", "jupyter_server_config", "jupyter_lab_config"):
            (user.home / f".jupyter/{kind}.json").write_text(json.dumps(OPEN))
        with user.session:
            assert user.log_in(hub.password).status_code == 302
            assert user.start() == f"{user.server}/lab/tree/notebooks/00_overview.ipynb"
            listening = _listening(hub.processes())
        assert {ip for _, ip, _ in listening} == {"127.0.0.1"}, listening
        for path in ("", "/hub/home", f"/user/{ALICE}/lab"):
            page = requests.get(f"{hub.url}{path}", timeout=120)
            assert page.ok and page.url.startswith(f"{hub.url}/hub/login"), page.url
        answer = requests.get(f"{user.server}/api/contents/", timeout=120)
        assert answer.status_code == 403
    finally:
        left = hub.stop()
        for process in left:
            process.kill()
    assert left == []
