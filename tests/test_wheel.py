"""What people get who only have pip: the wheel in a new environment, outside the project."""

import email
import re
import subprocess
import sys
import zipfile
from contextlib import closing

import pytest
import requests
from browser.serving import TOKEN, free_port, lab_environment, serving
from browser.viewing import Viewer

from conftest import ROOT
from ftz_data import notebooks

pytestmark = pytest.mark.slow

# What a data user's environment may be larger by than one with pandas alone.
ALLOWED = 10_000_000
NAMES = [path.as_posix() for path in notebooks.paths()]


class Environment:
    """A new virtual environment."""

    def __init__(self, folder):
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        self.folder = folder
        self.python = folder / "bin" / "python"

    def install(self, *requirements):
        pip = [sys.executable, "-m", "pip", "--python", self.python, "install", "--quiet"]
        subprocess.run([*pip, "-c", ROOT / "constraints.txt", *requirements], check=True)

    def run(self, *arguments, cwd=None):
        command = [self.python, *arguments]
        return subprocess.run(command, cwd=cwd or self.folder, capture_output=True, text=True)

    def size(self):
        return sum(each.stat().st_size for each in self.folder.rglob("*") if each.is_file())


@pytest.fixture(scope="module", autouse=True)
def nothing_of_ours():
    """Not the project itself in place of what was installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONPATH", raising=False)
        yield


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT]
    subprocess.run(build, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def user(wheel, tmp_path_factory):
    """Someone who works with the notebooks."""
    environment = Environment(tmp_path_factory.mktemp("user"))
    environment.install(f"{wheel}[notebooks]", "pytest", "nbval")
    return environment


def test_the_description_shows_nothing_that_an_index_of_packages_lacks(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/METADATA"))
        description = email.message_from_bytes(archive.read(name)).get_payload()
    assert "# ftz-data" in description
    links = re.findall(r"\]\(([^)]*)\)", description)
    assert all(link.startswith("https:") for link in links), links


def test_a_data_user_installs_little_more_than_pandas(wheel, tmp_path):
    program = "import ftz_data; print(len(ftz_data.load_observations()))"
    pandas, ours = Environment(tmp_path / "pandas"), Environment(tmp_path / "ours")
    pandas.install("pandas")
    ours.install(wheel)
    for environment, imports in ((pandas, "import pandas"), (ours, program)):
        run = environment.run("-c", imports)
        assert run.returncode == 0, run.stderr
    more = ours.size() - pandas.size()
    print(f"pandas {pandas.size() / 1e6:.1f} MB, ours {more / 1e6:.1f} MB more")
    assert more <= ALLOWED, f"{more / 1e6:.1f} MB more than pandas alone"
    refused = ours.run("-c", "import ftz_data; ftz_data.charts").stderr
    assert refused.splitlines()[-1].endswith("pip install 'ftz-data[charts]'"), refused


def test_jupyterlab_opens_on_a_copy_of_the_notebooks(user, tmp_path):
    port = free_port()
    command = [user.python, "-m", "ftz_data", "lab", "--no-browser", f"--port={port}"]
    command += [f"--IdentityProvider.token={TOKEN}"]
    settings = lab_environment(tmp_path / "settings")
    with serving(command, port, tmp_path / "log", settings, tmp_path):
        listed = requests.get(
            f"http://127.0.0.1:{port}/api/contents/",
            headers={"Authorization": f"token {TOKEN}"},
            timeout=120,
        ).json()["content"]
        page = requests.get(f"http://127.0.0.1:{port}/lab", params={"token": TOKEN}, timeout=120)
    assert page.ok and "JupyterLab" in page.text
    found = {each["name"] for each in listed}
    assert {name.partition("/")[0] for name in NAMES} <= found, found
    assert (tmp_path / notebooks.COPY / notebooks.FIRST).is_file()


def test_the_briefing_shows_a_page_with_its_widgets(user, tmp_path):
    port = free_port()
    command = [user.python, "-m", "ftz_data", "briefing", "--no-browser", f"--token={TOKEN}"]
    command += [f"--port={port}", "--preheat_kernel=False"]
    with serving(command, port, tmp_path / "log", cwd=tmp_path):
        viewer = Viewer(f"http://127.0.0.1:{port}", NAMES[0])
        with closing(viewer):
            viewer.connect()
            assert viewer.models, "no widget"
    assert {path.name for path in tmp_path.iterdir()} == {"log"}, "the briefing leaves files"


def test_copied_notebooks_give_the_outputs_that_they_hold(user, tmp_path):
    assert user.run("-m", "ftz_data", "notebooks", tmp_path).returncode == 0
    run = user.run("-m", "pytest", "--nbval", "-q", "--color=no", cwd=tmp_path)
    assert run.returncode == 0, run.stdout[-3000:]
    print(run.stdout.splitlines()[-1])
