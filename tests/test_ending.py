"""The servers' end: at Ctrl-C, pressed once or without patience, no process and no file is left."""

import os
import pty
import signal
import socket
import subprocess
import sys
import time
import uuid
from contextlib import suppress

import psutil
import pytest
import requests
from browser.serving import TOKEN, briefing_command, free_port, serving
from browser.viewing import AUTHORIZED, Connection

from conftest import ROOT

pytestmark = pytest.mark.slow


def lab_command(port, *options):
    lab = [sys.executable, "-m", "ftz_data", "lab", "--no-browser", f"--port={port}"]
    return [*lab, f"--IdentityProvider.token={TOKEN}", *options]


def briefing(port, *options):
    # Some of its kernels start, and some wait for room.
    return briefing_command(port, "--LimitedKernelManager.max_kernels=6", *options)


class Started:
    """A server that was started, and all that it has started."""

    def __init__(self, command, folder, terminal=False):
        self.port, self.folder, self.mark = free_port(), folder, uuid.uuid4().hex
        folder.mkdir()
        self.log = folder.parent / "log"
        # In a terminal Jupyter asks whether it is meant.
        self.terminal, end = pty.openpty() if terminal else (None, subprocess.DEVNULL)
        own = {"TMPDIR": str(folder), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
        # Whoever asks Jupyter for no settings gets an empty folder for them, which Jupyter leaves.
        own |= {"JUPYTER_NO_CONFIG": "", "JUPYTER_CONFIG_DIR": str(folder / "runtime")}
        own |= {"FTZ_MARK": self.mark, "PYTHONPATH": str(ROOT)}
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                command(self.port), cwd=ROOT, stdin=end, stdout=log, stderr=log,
                env=os.environ | own, start_new_session=True,
            )  # fmt: skip

    def wait(self):
        """Wait until it serves; a laboratory starts a kernel."""
        deadline = time.monotonic() + 180
        while True:
            with suppress(requests.ConnectionError):
                requests.get(f"http://127.0.0.1:{self.port}/login", timeout=120)
                break
            assert self.process.poll() is None and time.monotonic() < deadline, self.written()
            time.sleep(0.1)
        if "lab" in self.process.args:
            root = f"http://127.0.0.1:{self.port}"
            made = requests.post(f"{root}/api/kernels", headers=AUTHORIZED, timeout=120)
            # A kernel that is stopped while it starts says where it was.
            kernel = Connection(root, made.json()["id"])
            kernel.open()
            kernel.send("kernel_info_request", {})
            while kernel.receive()[0]["msg_type"] != "kernel_info_reply":
                pass
            kernel.socket.close()
        while not len(self.running()) > 1:
            assert time.monotonic() < deadline, self.written()
            time.sleep(0.1)

    def running(self):
        """Processes that have its mark in their environment."""
        found = []
        for each in psutil.process_iter():
            with suppress(psutil.Error):
                if each.environ().get("FTZ_MARK") == self.mark:
                    found.append(each)
        return found

    def written(self):
        return self.log.read_text(encoding="utf-8", errors="replace")

    def press(self, kind=signal.SIGINT):
        """What a terminal does at Ctrl-C: all that stand before it are told."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, kind)

    def left(self):
        """What is left once it has ended."""
        self.process.wait(120)
        processes = psutil.wait_procs(self.running(), timeout=20)[1]
        # What is kept from start to start is not left over.
        kept = {"runtime", "jupyter_cookie_secret", "migrated"}
        return processes, [each for each in self.folder.rglob("*") if each.name not in kept]

    def kill(self):
        """End what a test that fails leaves."""
        for each in self.running():
            with suppress(psutil.NoSuchProcess):
                each.kill()


PRESSES = {
    "once": [],
    "twice": [0.3],
    "twice_at_once": [0.02],
    "without_patience": [0.1] * 12,
}


@pytest.fixture
def start(tmp_path):
    started = []

    def begin(*arguments, **given):
        started.append(Started(*arguments, tmp_path / "temporary", **given))
        return started[0]

    yield begin
    started[0].kill()


@pytest.mark.parametrize("command", [briefing, lab_command])
@pytest.mark.parametrize("presses", PRESSES)
def test_it_ends_at_ctrl_c_with_all_that_it_started(start, command, presses):
    server = start(command)
    server.wait()
    server.press()
    for pause in PRESSES[presses]:
        time.sleep(pause)
        server.press()
    assert server.left() == ([], [])
    assert server.process.returncode == 0, server.written()
    assert "Traceback" not in server.written(), server.written()


def test_in_a_terminal_the_laboratory_asks_and_takes_a_second_ctrl_c_for_yes(start):
    server = start(lab_command, terminal=True)
    server.wait()
    server.press()
    time.sleep(1)
    assert server.process.poll() is None, "it does not ask"
    for _ in range(5):
        server.press()
        time.sleep(0.1)
    assert server.left() == ([], [])
    assert server.process.returncode == 0, server.written()


@pytest.mark.parametrize("command", [briefing, lab_command])
@pytest.mark.parametrize("seconds", [0.6, 1.5])
def test_it_ends_while_it_starts(start, command, seconds):
    server = start(command)
    time.sleep(seconds)
    server.press()
    time.sleep(0.3)
    server.press()
    assert server.left() == ([], [])
    assert "Traceback" not in server.written(), server.written()


@pytest.mark.parametrize("command", [briefing, lab_command])
def test_it_ends_where_it_is_told_to_and_ctrl_c_is_pressed_as_well(start, command):
    server = start(command)
    server.wait()
    server.press(signal.SIGTERM)
    time.sleep(0.2)
    server.press()
    assert server.left() == ([], [])
    assert server.process.returncode == 0, server.written()


@pytest.mark.parametrize("command", [briefing, lab_command])
def test_a_port_that_is_taken_leaves_nothing(command, start):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        server = start(lambda _: command(port, "--ServerApp.port_retries=0"))
        assert server.left() == ([], [])
        assert server.process.returncode == 1
        # Whoever was there answers still.
        socket.create_connection(("127.0.0.1", port), timeout=120).close()


def test_a_second_start_says_its_own_address_and_leaves_the_first_alone(start, tmp_path):
    port = free_port()
    command = [each for each in briefing_command(port) if "port_retries" not in each]
    with serving(command, port, tmp_path / "first"):
        server = start(lambda _: command)
        deadline = time.monotonic() + 180
        while "http://127.0.0.1:" not in server.written():
            assert time.monotonic() < deadline, server.written()
            time.sleep(0.2)
        assert f"http://127.0.0.1:{port}/" not in server.written()
        assert f"{port} is already in use" in server.written()
        server.press()
        assert server.left() == ([], [])
        assert requests.get(f"http://127.0.0.1:{port}/login", timeout=120).ok
