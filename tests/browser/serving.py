"""The servers and the browser that tests and benchmarks run."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

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
def serving(command, port, log, environment=None):
    """A server that runs while the block does, and has answered before it begins."""
    with open(log, "w") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | (environment or {}),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                requests.get(f"http://127.0.0.1:{port}/login", timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.2)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def briefing_command(port, *options):
    serve = [sys.executable, "briefing/serve.py", "--no-browser", f"--token={TOKEN}"]
    return [*serve, f"--port={port}", "--Voila.port_retries=0", *options]


def launch(playwright):
    """Debian's Chromium, which finds no host but this one."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=[*OPTIONS, CUT_OFF])


def lab_command(port, folder):
    lab = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    return [*lab, f"--port={port}", f"--IdentityProvider.token={TOKEN}", f"--notebook-dir={folder}"]


def lab_environment(config):
    """A configuration of its own; with none at all, JupyterLab would lack a part of its server."""
    return {"JUPYTER_NO_CONFIG": "", "JUPYTER_CONFIG_DIR": str(config)}
