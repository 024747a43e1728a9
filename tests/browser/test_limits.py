"""A briefing with room for two viewers: what becomes of a third, and of those that leave."""

import time

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.conftest import Watch
from browser.driving import NOTEBOOKS
from browser.serving import TOKEN, briefing_command, free_port, kernels, serving
from browser.viewing import Busy, Viewer
from ftz_data import language

pytestmark = pytest.mark.browser


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def server(port, tmp_path, request):
    limits = [f"--LimitedKernelManager.{name}=2" for name in ("max_kernels", "spare")]
    command = briefing_command(port, *limits, *getattr(request, "param", []))
    with serving(command, port, tmp_path / "log") as process:
        yield psutil.Process(process.pid)


@pytest.fixture
def root(server, port):
    return f"http://127.0.0.1:{port}"


def wait_for(count, server):
    """Wait until that many kernels run."""
    deadline = time.monotonic() + 180
    while len(kernels(server)) != count:
        assert time.monotonic() < deadline, f"{len(kernels(server))} kernels, not {count}"
        time.sleep(0.1)


@pytest.mark.parametrize("server", [[], ["--preheat_kernel=False"]], indirect=True)
def test_a_third_viewer_is_told_to_wait_until_one_leaves(browser, root, server):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    watch = Watch(context)
    pages = [context.new_page() for _ in range(2)]
    pages[0].goto(f"{root}/?token={TOKEN}")
    addresses = [f"{root}/voila/render/{path.name}" for path in NOTEBOOKS]
    for page, address in zip(pages, addresses[1:3], strict=True):
        page.goto(address)
        page.wait_for_selector(".ftz-panel img[alt]", timeout=120_000)
    assert watch.errors == []

    page = context.new_page()
    for lang in language.LANGS:
        answer = page.goto(f"{addresses[3]}?lang={lang}")
        assert answer.status == 503
        assert language.text("briefing_busy", lang) in page.inner_text("main")
        found = Axe().run(page).response["violations"]
        assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    assert len(kernels(server)) == 2
    # Those who are in go on.
    assert pages[0].query_selector(".ftz-panel img[alt]")

    # Whoever leaves makes room.
    pages[0].goto(f"{root}/")
    wait_for(1, server)
    page.wait_for_selector(".ftz-panel img[alt]", timeout=120_000)
    assert watch.hosts <= {"127.0.0.1"}
    context.close()
    wait_for(0, server)


@pytest.mark.parametrize(
    "server",
    [["--LimitedKernelManager.cull_idle_timeout=2", "--LimitedKernelManager.cull_interval=1"]],
    indirect=True,
)
def test_a_page_that_is_lost_without_a_word_makes_room_in_the_end(root, server):
    viewers = []
    for path in NOTEBOOKS[1:3]:
        viewers.append(Viewer(root, path.name))
        viewers[-1].connect()
    with pytest.raises(Busy):
        Viewer(root, NOTEBOOKS[3].name)
    # Longer than an idle kernel lives: one that a page is connected to lives on.
    time.sleep(5)
    assert len(kernels(server)) == 2
    viewers[0].socket.shutdown()
    wait_for(1, server)
    viewers[1].close()
    wait_for(0, server)
