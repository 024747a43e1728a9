"""The briefing's server without a browser: what of Voilà it overrides, and settings of others."""

import asyncio
import inspect
import json
import os
import re
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from types import SimpleNamespace

import psutil
import pytest
import requests
from browser.serving import TOKEN, briefing_command, free_port, serving
from browser.viewing import Viewer
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError
from traitlets import TraitError
from voila.voila_kernel_manager import voila_kernel_manager_factory

from conftest import ROOT
from ftz_data import language, notebooks
from ftz_data.briefing.app import LONGEST, SOCKET, Briefing
from ftz_data.briefing.doors import PAUSE, SlowIdentityProvider
from ftz_data.briefing.handlers import PROTOCOL, LoginHandler, PageHandler, SocketHandler
from ftz_data.briefing.kernels import LimitedKernelManager
from ftz_data.lab import Server
from ftz_data.teaching.lessons import steps

# Methods that are not documented as ones to override, and those that they stand in place of.
OVERRIDDEN = [
    (Briefing, "init_settings"),
    (Briefing, "init_handlers"),
    (Briefing, "listen"),
    (Briefing, "stop"),
    (Briefing, "_handle_signal_stop"),
    (Briefing, "launch_browser"),
    (Server, "init_configurables"),
    (Server, "init_signal"),
    (Server, "_stop"),
    (LimitedKernelManager, "start_kernel"),
    (LimitedKernelManager, "_handle_kernel_died"),
    (LoginHandler, "post"),
    (SlowIdentityProvider, "get_user_token"),
    (PageHandler, "get"),
    (PageHandler, "should_use_rendered_notebook"),
    (SocketHandler, "pre_get"),
    (SocketHandler, "on_message"),
    (SocketHandler, "write_message"),
]
FIRST = notebooks.paths()[0].name
WIDGETS = "@jupyter-widgets/jupyterlab-manager"
HOSTILE = {
    "Voila": {"ip": "0.0.0.0", "token": "", "auto_token": False, "root_dir": "/"},
    "VoilaConfiguration": {"template": "lab", "file_allowlist": [".*"], "show_tracebacks": True},
    "IdentityProvider": {"token": ""},
    "PasswordIdentityProvider": {"token": ""},
    "SlowIdentityProvider": {"token": ""},
    "Briefing": {"ip": "0.0.0.0", "token": "", "auto_token": False},
    "ServerApp": {"ip": "0.0.0.0", "token": ""},
}


@pytest.mark.parametrize(("ours", "name"), OVERRIDDEN)
def test_what_is_overridden_is_still_there(ours, name):
    theirs = next((each for each in ours.__mro__[1:] if name in vars(each)), None)
    assert theirs, f"no class under {ours.__name__} has {name}: Voilà or Jupyter has changed"
    wanted, has = (inspect.signature(vars(each)[name]).parameters for each in (theirs, ours))
    takes_all = any(each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD) for each in has.values())
    assert takes_all or len(has) == len(wanted), f"{name} of {theirs.__name__} takes {wanted}"


def test_what_is_said_into_a_connection_that_has_ended_is_no_error():
    handler = SocketHandler.__new__(SocketHandler)
    handler.ws_connection = None
    # As Voilà has it, each message to a page that was closed would stand in the log with its trace.
    with pytest.raises(WebSocketClosedError):
        super(SocketHandler, handler).write_message(b"", binary=True)
    assert handler.write_message(b"", binary=True) is None


def test_a_page_is_told_that_its_kernel_ended_as_it_came_back(monkeypatch):
    async def never_alive(self):
        raise TimeoutError("Kernel never reached an 'alive' state.")

    monkeypatch.setattr(SocketHandler.__mro__[1], "pre_get", never_alive, raising=False)
    handler = SocketHandler.__new__(SocketHandler)
    handler.request = SimpleNamespace(headers={"Sec-WebSocket-Protocol": PROTOCOL})
    with pytest.raises(HTTPError, match="404.*ended"):
        asyncio.run(handler.pre_get())


def test_pools_of_preheated_kernels_are_where_the_pages_look_for_them():
    async def pools():
        manager = voila_kernel_manager_factory(LimitedKernelManager, True, 0)
        # Private; PageHandler reads it.
        return manager(parent=Briefing())._pools

    found = asyncio.run(pools())
    assert found == {path.as_posix(): [] for path in notebooks.pages()}


OPENING = '<div lang="en">\n\n# Name\n\nText.\n</div><div lang="zh">\n\n# 名\n\n文。\n</div>'


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """Notebooks of which some stand in folders of their own, one under a name of two."""
    cell = {"cell_type": "markdown", "source": OPENING}
    for name in ("00_first", "01_second", "exercises/b", "solutions/b", "trainer/guide"):
        path = tmp_path / "note (books)" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    monkeypatch.setattr(notebooks, "folder", lambda: tmp_path / "note (books)")


@pytest.mark.parametrize("also", [[], ["exercises"], ["trainer", "solutions"]])
def test_a_folder_beside_the_pages_is_shown_and_heated_where_it_is_asked_for(beside, also):
    briefing = Briefing(also=also)

    async def pools():
        return voila_kernel_manager_factory(LimitedKernelManager, True, 0)(parent=briefing)._pools

    added = {"exercises": "exercises/b", "solutions": "solutions/b", "trainer": "trainer/guide"}
    wanted = ["00_first.ipynb", "01_second.ipynb"]
    wanted += [f"{added[name]}.ipynb" for name in sorted(also)]
    assert [section["path"] for section in briefing.sections] == wanted
    assert set(asyncio.run(pools())) == set(wanted)


def test_a_folder_that_is_not_there_is_named(beside):
    with pytest.raises(TraitError, match="'exercise' is no folder .*exercises, solutions, trainer"):
        Briefing(also=["exercise"])


def test_the_desk_is_no_page_of_a_briefing_whatever_is_asked_for():
    assert "desk" in notebooks.aside()
    with pytest.raises(TraitError, match="'desk' is no folder of pages"):
        Briefing(also=["desk"])


@pytest.mark.parametrize(
    ("written", "base"),
    [
        ("brief", "/brief/"),
        ("//a/b//", "/a/b/"),
        ("", "/"),
        # As browsers ask for it: else the log-in page would send them to itself without end.
        ("/my brief/", "/my%20brief/"),
        ("/my%20brief/", "/my%20brief/"),
        ("/简报/", "/%E7%AE%80%E6%8A%A5/"),
    ],
)
def test_a_base_of_addresses_may_be_written_in_any_way(written, base):
    assert Briefing(base_url=written).base_url == base


# A folder for temporary files, the one of the session, and where the sockets go.
FOLDERS = {
    "short": ("{0}/short", "", "{0}/short"),
    "long": ("{0}/" + "long" * 12, "", "/tmp"),
    "short_but_not_in_bytes": ("{0}/" + "临" * 10, "", "/tmp"),
    "long_with_a_session": ("{0}/" + "long" * 12, "{0}/session", "{0}/session"),
    "long_with_a_long_session": ("{0}/" + "long" * 12, "{0}/" + "session" * 7, "/tmp"),
    "long_with_a_session_that_has_ended": ("{0}/" + "long" * 12, "{0}/ended", "/tmp"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_sockets_have_a_folder_of_a_short_name(name, monkeypatch):
    # Not of pytest, whose own folders have long names.
    with tempfile.TemporaryDirectory(dir="/tmp") as own:
        temporary, session, chosen = (each.format(own) for each in FOLDERS[name])
        for folder in filter(None, (temporary, session)):
            if not folder.endswith("ended"):
                os.makedirs(folder)
        monkeypatch.setattr(tempfile, "tempdir", temporary)
        monkeypatch.setenv("XDG_RUNTIME_DIR", session)
        briefing = Briefing()
        assert briefing.connection_dir_root == chosen
        assert len(os.fsencode(chosen) + SOCKET) <= LONGEST


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A briefing where a user's settings would open it, and a path is too long for a socket."""
    home = tmp_path_factory.mktemp("home")
    temporary = home / ("long" * 12)
    for folder in (".jupyter", ".jupyter/voila.d", ".config/jupyter", "work", "etc"):
        (home / folder).mkdir(parents=True)
        for name in ("voila", "briefing", "jupyter_config", "jupyter_server_config"):
            (home / folder / f"{name}.json").write_text(json.dumps(HOSTILE))
            # In the working folder it would be taken for the library itself.
            if folder != "work":
                opening = "c.Voila.ip = '0.0.0.0'\nc.IdentityProvider.token = ''\n"
                (home / folder / f"{name}.py").write_text(opening)
    # In JupyterLab widgets are turned off.
    for folder in (home / ".jupyter" / "labconfig", home / "etc" / "labconfig"):
        folder.mkdir()
        disabled = {"disabledExtensions": {WIDGETS: True}}
        (folder / "page_config.json").write_text(json.dumps(disabled))
    temporary.mkdir()
    environment = {
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "JUPYTER_NO_CONFIG": "",
        "JUPYTER_CONFIG_PATH": str(home / "etc"),
        # What a file says of the token must not count where the command line is silent either.
        "JUPYTER_TOKEN": TOKEN,
        "PYTHONPATH": str(ROOT),
    }
    port = free_port()
    command = briefing_command(port, "--preheat_kernel=False", "--Voila.base_url=my brief")
    command.remove(f"--token={TOKEN}")
    with serving(command, port, home / "log", environment, home / "work") as process:
        yield f"http://127.0.0.1:{port}", psutil.Process(process.pid), home / "log"


@pytest.fixture
def root(hostile):
    return hostile[0]


def test_settings_of_a_user_do_not_open_it_to_the_network(root, hostile):
    server = hostile[1]
    listening = {
        each.laddr.ip for each in server.net_connections("tcp") if each.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


@pytest.mark.parametrize(
    "path", ["", f"voila/render/{FIRST}", "voila/tree", "api/kernels/a-b-c-d-e"]
)
def test_whoever_has_no_token_gets_the_form_alone(root, path):
    answer = requests.get(f"{root}/my%20brief/{path}", timeout=120)
    assert answer.status_code in (200, 403), f"{path}: {answer.status_code}"
    if answer.ok:
        assert answer.url.startswith(f"{root}/my%20brief/login"), answer.url
        assert language.text("briefing_login", "zh") in answer.text, "another template"
    else:
        assert path.startswith("api"), path


def test_a_log_in_leads_to_the_page_that_was_asked_for(root):
    with requests.Session() as session:
        asked = f"{root}/my%20brief/voila/tree"
        form = session.get(asked, timeout=120)
        action = re.search(r'action="([^"]+)"', form.text)[1].replace("&amp;", "&")
        assert action.startswith("/my%20brief/login"), action
        given = {"password": TOKEN, "_xsrf": session.cookies["_xsrf"]}
        index = session.post(f"{root}{action}", data=given, timeout=120)
    assert (index.status_code, index.url) == (200, asked)
    links = re.findall(r'href="(/[^"]+)"', index.text)
    assert len(links) >= len(notebooks.pages())
    assert all(link.startswith("/my%20brief/") for link in links), links


@pytest.mark.parametrize(
    "path", ["login", "voila/tree", "voila/static/x.js", "api/kernels/a-b-c-d-e"]
)
@pytest.mark.parametrize("token", [None, TOKEN])
def test_every_answer_forbids_other_hosts_and_tells_them_no_address(root, path, token):
    given = {"token": token} if token else {}
    answer = requests.get(f"{root}/my%20brief/{path}", params=given, timeout=120)
    assert answer.headers.get("Referrer-Policy") == "same-origin", path
    policy = answer.headers.get("Content-Security-Policy", "")
    # Of a directive that is given twice, browsers obey the first.
    assert policy.startswith("default-src 'self';"), f"{path}: {policy}"
    foreign = re.findall(r"(?:https?|wss?):|[*]|\w+[.]\w+", policy)
    assert not foreign, f"{path} may load from {foreign}"


@pytest.mark.parametrize(
    "path",
    [
        "no-such-page",
        "voila/render/none.ipynb",
        "api/kernels/00000000-0000-4000-8000-000000000000/channels",
    ],
)
def test_what_is_not_there_is_said_on_a_page_of_ours(root, hostile, path):
    given = {"headers": {"Sec-WebSocket-Protocol": PROTOCOL}, "params": {"token": TOKEN}}
    answer = requests.get(f"{root}/my%20brief/{path}", timeout=120, **given)
    assert answer.status_code == 404
    for lang in language.LANGS:
        assert language.text("briefing_missing", lang) in answer.content.decode(), path
    assert "Uncaught" not in hostile[2].read_text(encoding="utf-8")


def test_cookies_are_not_sent_with_what_other_sites_ask_for(root):
    with requests.Session() as session:
        session.get(f"{root}/my%20brief/login", timeout=120)
        session.get(f"{root}/my%20brief/voila/tree", params={"token": TOKEN}, timeout=120)
        kinds = {each.name: each._rest.get("SameSite") for each in session.cookies}
    assert len(kinds) == 2, f"not the form's cookie and the viewer's: {kinds}"
    assert kinds.pop("_xsrf") == "Strict", "a form on another site brings the cookie"
    assert set(kinds.values()) == {"Lax"}, kinds


def test_wrong_tokens_wait_for_each_other_and_the_right_one_does_not(root):
    def ask(**given):
        start = time.monotonic()
        answer = requests.get(
            f"{root}/my%20brief/api/kernels/a-b-c-d-e", timeout=120, allow_redirects=False, **given
        )
        return answer.status_code, time.monotonic() - start

    def fill_in(token):
        start = time.monotonic()
        with requests.Session() as session:
            session.get(f"{root}/my%20brief/login", timeout=120)
            given = {"password": token, "_xsrf": session.cookies["_xsrf"]}
            answer = session.post(f"{root}/my%20brief/login", data=given, timeout=120)
        return answer.status_code, time.monotonic() - start

    wrong = [
        lambda: ask(params={"token": "another"}),
        lambda: ask(headers={"Authorization": "token another"}),
        lambda: ask(headers={"Authorization": f"Bearer {TOKEN}x"}),
        lambda: ask(params={"token": TOKEN.upper()}),
        lambda: fill_in("another"),
    ]
    with ThreadPoolExecutor(len(wrong) + 1) as pool:
        waiting = [pool.submit(each) for each in wrong]
        time.sleep(PAUSE / 2)
        right = pool.submit(lambda: ask(params={"token": TOKEN}))
        status, seconds = right.result()
        assert status == 404, "whoever has the token is not let in"
        assert not all(each.done() for each in waiting), "whoever has the token waits for others"
        answers = [each.result() for each in waiting]
    assert {status for status, _ in answers} == {401, 403}, answers
    longest = max(seconds for _, seconds in answers)
    assert longest >= len(wrong) * PAUSE * 0.9, f"{len(wrong)} wrong tokens in {longest:.1f} s"


def test_the_token_is_in_no_log(root, hostile):
    for path in ("voila/tree", "no-such-page", "api/kernels/a-b-c-d-e", f"voila/static/{TOKEN}x"):
        requests.get(f"{root}/my%20brief/{path}", params={"token": TOKEN}, timeout=120)
        requests.get(f"{root}/my%20brief/{path}?a=1&token={TOKEN}#x", timeout=120)
    written = hostile[2].read_text(encoding="utf-8")
    told = [line for line in written.splitlines() if f"token={TOKEN}" in line]
    assert told == []


@pytest.mark.notebook
def test_a_page_has_its_kernel_and_widgets_whatever_a_user_has_set(root):
    with closing(Viewer(f"{root}/my%20brief", FIRST)) as viewer:
        viewer.connect()
        # The addresses of its sockets are shorter than the folder of temporary files.
        assert viewer.models, "no widget"
    assert WIDGETS in {each["name"] for each in viewer.config["federated_extensions"]}
    assert WIDGETS not in viewer.config.get("disabledExtensions", []), "a user's settings count"


def test_a_lesson_is_closed_without_the_token_and_its_answer_is_said_on_demand_alone(root):
    for path in ("lesson/15/3", "lesson/15/3/answer", "handout"):
        answer = requests.get(f"{root}/my%20brief/{path}", timeout=120, allow_redirects=False)
        assert answer.status_code in (302, 403), f"{path}: {answer.status_code}"
        assert "/my%20brief/login" in answer.headers.get("Location", "/my%20brief/login")
    given = {"params": {"token": TOKEN}, "timeout": 30}
    step = requests.get(f"{root}/my%20brief/lesson/15/3", **given).json()
    said = requests.get(f"{root}/my%20brief/lesson/15/3/answer", **given).json()
    third = steps(15)[2]
    assert set(step) == {"aim", "say", "question", "minutes", "heading", "pages"}
    assert set(said) == {"answer", "slip"}
    for lang in language.LANGS:
        assert step["question"][lang] == third.words("question", lang)
        assert said["answer"][lang] == third.words("answer", lang)
    assert step["pages"] == [f"{each.row.page}.ipynb" for each in steps(15)]
    index = requests.get(f"{root}/my%20brief/", **given).text
    for lesson in ("15", "45", "90"):
        assert f"?lesson={lesson}&amp;step=1" in index, f"the index does not offer {lesson}"
    for number in range(1, 17):
        assert steps(90)[number - 1].words("answer", "en") not in index


@pytest.mark.parametrize("path", ["16/1", "15/0", "15/6", "15/6/answer", "90/17", "15/x"])
def test_a_step_that_is_not_there_is_not_found(root, path):
    answer = requests.get(f"{root}/my%20brief/lesson/{path}", params={"token": TOKEN}, timeout=120)
    assert answer.status_code == 404, path
