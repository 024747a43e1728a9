"""The servers and the browser that tests and benchmarks run."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import requests

from conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OPTIONS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
# No name but this machine's is found, and no address but its own is reached.
CUT_OFF = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
TOKEN = "a-token-of-the-tests"


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def serving(command, port, log, environment=None, cwd=ROOT):
    """A server that runs while the block does, and has answered before it begins."""
    with open(log, "w") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=os.environ | (environment or {}),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + 180
        while True:
            try:
                requests.get(f"http://127.0.0.1:{port}/login", timeout=120)
                break
            except requests.ConnectionError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.2)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(120)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def kernels(server):
    """Kernels that a server runs, processes of psutil."""
    # Unlike a walk over its children, this bears with those that are just ending.
    return [
        each
        for each in psutil.process_iter(["ppid", "cmdline"])
        if each.info["ppid"] == server.pid and "ipykernel_launcher" in (each.info["cmdline"] or ())
    ]


def processor_seconds(processes):
    """Seconds of CPU that processes have used, those that have ended left out."""
    total = 0
    for each in processes:
        with suppress(psutil.NoSuchProcess):
            total += sum(each.cpu_times()[:2])
    return total


def wait_until_idle(server):
    """Wait until a server has preheated what it preheats, and ended what it ends."""
    calm = 0
    while calm < 3:
        processes = [server, *server.children(recursive=True)]
        before = processor_seconds(processes)
        time.sleep(1)
        now = {server, *server.children(recursive=True)}
        calm = calm + 1 if now == set(processes) and processor_seconds(now) < before + 0.1 else 0


def pss(process):
    """Memory of a process in MiB, where what processes share is divided among them."""
    return process.memory_full_info().pss / 2**20


def briefing_command(port, *options):
    serve = [sys.executable, "-m", "ftz_data", "briefing", "--no-browser", f"--token={TOKEN}"]
    return [*serve, f"--port={port}", "--Voila.port_retries=0", *options]


@contextmanager
def idle_briefing(*options):
    """A briefing that has preheated what it preheats: address, process, and temporary files."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        command = briefing_command(port, *options)
        with serving(command, port, folder / "log", {"TMPDIR": name}) as started:
            server = psutil.Process(started.pid)
            wait_until_idle(server)
            yield f"http://127.0.0.1:{port}", server, folder


def launch(playwright):
    """Debian's Chromium, which finds no host but this one."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS, CUT_OFF])


def lab_command(port, folder):
    lab = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    return [*lab, f"--port={port}", f"--IdentityProvider.token={TOKEN}", f"--notebook-dir={folder}"]


def lab_environment(config):
    """A configuration of its own; with none at all, JupyterLab would lack a part of its server."""
    return {"JUPYTER_NO_CONFIG": "", "JUPYTER_CONFIG_DIR": str(config)}
