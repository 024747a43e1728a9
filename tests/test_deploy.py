"""What deploy/ says can be run: its options exist, and its files agree with each other."""

import configparser
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import entry_points

import pytest
import requests
import yaml
from browser.serving import free_port, serving

from conftest import ROOT
from ftz_data import language

DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "ftz-briefing.service"
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
VALUES = yaml.safe_load((DEPLOY / "zero-to-jupyterhub.yaml").read_text(encoding="utf-8"))


def of_the_unit():
    unit = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=")
    unit.optionxform = str
    unit.read(UNIT)
    python, *rest = shlex.split(unit["Service"]["ExecStart"])
    assert python == "/opt/ftz/bin/python"
    return rest


def recipe():
    """Instructions of the recipe for a container, by name."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split(maxsplit=1) for line in lines)


def of_the_container():
    python, *rest = json.loads(recipe()["CMD"])
    assert python == "python"
    return rest


def port_of(command):
    return next(each.partition("=")[2] for each in command if each.startswith("--port="))


@pytest.mark.slow
def test_systemd_takes_the_unit():
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed; Debian has it in the package systemd")
    done = subprocess.run(["systemd-analyze", "verify", UNIT], capture_output=True, text=True)
    # Of a program that is not installed here it may complain, of nothing else.
    said = [line for line in done.stderr.splitlines() if "/opt/ftz" not in line]
    assert said == []


@pytest.mark.slow
@pytest.mark.parametrize("command", [of_the_unit, of_the_container])
def test_what_is_run_serves_with_the_token_of_a_file(command, tmp_path):
    port = free_port()
    # On a port of its own, and not open to the network of the tests.
    own = {"--port": port, "--Voila.ip": "127.0.0.1"}
    given = [each.partition("=")[0::2] for each in command()]
    line = [f"{name}={own.get(name, value)}" if value else name for name, value in given]
    token = tmp_path / "token"
    token.write_text("a-token-in-a-file")
    environment = {"JUPYTER_TOKEN_FILE": str(token), "PYTHONPATH": str(ROOT)}
    starting = [sys.executable, *line, "--preheat_kernel=False"]
    with serving(starting, port, tmp_path / "log", environment, tmp_path):
        form = requests.get(f"http://127.0.0.1:{port}/", timeout=120)
        assert language.text("briefing_login", "zh") in form.text
        given = {"token": token.read_text()}
        index = requests.get(f"http://127.0.0.1:{port}/", params=given, timeout=120)
        assert 'class="sections"' in index.text


def test_the_container_runs_as_no_one_and_is_published_on_loopback():
    said = recipe()
    user, _, group = said["USER"].partition(":")
    assert user.isdecimal() and group.isdecimal() and int(user) > 0, "it runs as root"
    assert said["EXPOSE"] == port_of(of_the_container())
    assert (ROOT / "constraints.txt").is_file() and "constraints.txt" in said["RUN"]
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    published = re.findall(r"-p (\S+)", text)
    assert published == [f"127.0.0.1:{said['EXPOSE']}:{said['EXPOSE']}"], "open to the network"
    held = re.search(r"\S+:(/run/\S+?):ro", text)[1]
    assert said["ENV"] == f"JUPYTER_TOKEN_FILE={held}", "the token is put elsewhere"


def test_the_proxy_leads_to_the_port_and_keeps_what_a_websocket_needs():
    assert f"proxy_pass http://127.0.0.1:{port_of(of_the_unit())};" in NGINX
    for header in ("Host $http_host", "Upgrade $http_upgrade", "Connection $connection_upgrade"):
        assert f"proxy_set_header {header};" in NGINX, header
    assert NGINX.count("{") == NGINX.count("}")
    log = re.search(r"log_format \w+ '([^']+)'", NGINX)[1]
    assert not {"$request", "$request_uri", "$args"} & set(re.findall(r"\$\w+", log)), "the token"


LOAD = """
import json
from traitlets.config import loader
read = loader.PyFileConfigLoader("jupyterhub_config.py", path="hub").load_config()
print(json.dumps(read, default=str))
"""


@pytest.mark.slow
def test_values_of_the_cluster_are_those_of_the_hub_on_one_machine(tmp_path):
    given = {"FTZ_HUB_STATE": str(tmp_path), "FTZ_HUB_PORT": str(free_port())}
    done = subprocess.run(
        [sys.executable, "-c", LOAD],
        cwd=ROOT,
        env=os.environ | given | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    ours, user = json.loads(done.stdout), VALUES["singleuser"]
    assert user["defaultUrl"] == ours["Spawner"]["default_url"]
    assert user["memory"]["limit"] == ours["Spawner"]["mem_limit"]
    assert VALUES["hub"]["activeServerLimit"] == ours["JupyterHub"]["active_server_limit"]
    (culler,) = ours["JupyterHub"]["services"]
    assert f"--timeout={VALUES['cull']['timeout']}" in culler["command"]
    held = user["extraFiles"]["server"]["data"]
    told = {f"--{kind}.{name}={value}" for kind, of in held.items() for name, value in of.items()}
    assert told <= set(ours["Spawner"]["args"]), "options that the hub on one machine has not"


def test_no_one_is_let_into_a_cluster_without_an_authenticator_of_its_own():
    name = VALUES["hub"]["config"]["JupyterHub"]["authenticator_class"]
    (found,) = entry_points(group="jupyterhub.authenticators", name=name)
    assert found.value.endswith(":NullAuthenticator")


@pytest.mark.slow
def test_the_users_of_a_cluster_get_the_notebooks_where_the_page_opens(tmp_path):
    python, *rest = VALUES["singleuser"]["lifecycleHooks"]["postStart"]["exec"]["command"]
    done = subprocess.run([sys.executable, *rest], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)})
    assert (python, done.returncode) == ("python", 0)
    opened = VALUES["singleuser"]["defaultUrl"].removeprefix("/lab/tree/")
    assert (tmp_path / opened).is_file()
