"""Half an hour of one briefing while kernels are killed, connections cut and the server restarted.

A viewer does what a page does: it moves controls, compares each picture's words with those of the
chart function, sends again what was not answered when its connection comes back, and says that it
is lost, that its kernel has gone or that all places are taken; once it has said so, it is opened
anew with the state that its address holds. All viewers come through a relay, which cuts their
connections; what is harmed, and when, follows from the seed.

Requirements: no page shows anything wrong or waits for a picture without a word; after each harm
the state is back. In the end no kernel runs but those that are preheated, and no socket and no file
is left; from the middle to the end the server has grown by no more than a twentieth.

`--minutes 2 --viewers 6` is a short one.
"""

import argparse
import asyncio
import collections
import functools
import json
import random
import sys
import tempfile
import time
import uuid
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
from browser import driving
from browser.driving import NOTEBOOKS
from browser.serving import briefing_command, free_port, kernels, pss, serving, wait_until_idle
from browser.viewing import AUTHORIZED, CONFIG, PROTOCOLS, Viewer, read
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClosedError, websocket_connect

HOST = "127.0.0.1"
# A page whose opening is cut leaves a kernel to nobody; it ends by culling, in seconds here.
OPTIONS = ["--LimitedKernelManager.cull_idle_timeout=15", "--LimitedKernelManager.cull_interval=5"]
# Seconds: the longest that a page may wait for its picture, and the rest before the end.
PATIENCE = 120
QUIET = 30
# As a page has it: how long the widgets may take, and a kernel that is idle and does not answer.
SILENT, HUNG = 60, 10
ENDED = ("restarting", "autorestarting", "dead")
expected = functools.cache(driving.expected)


class Gone(Exception):
    """The kernel of a page has ended, and the page says so."""


class Relay:
    """What stands between viewers and server, and cuts connections."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.pairs: list[tuple[asyncio.StreamWriter, asyncio.StreamWriter]] = []

    async def start(self) -> int:
        self.server = await asyncio.start_server(self._pass, HOST, 0)
        return self.server.sockets[0].getsockname()[1]

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            from_server, to_server = await asyncio.open_connection(HOST, self.target)
        except OSError:
            writer.transport.abort()
            return
        pair = (writer, to_server)
        self.pairs.append(pair)
        await asyncio.gather(_pump(reader, to_server), _pump(from_server, writer))
        self.pairs.remove(pair)

    def cut(self, chance: random.Random) -> None:
        """End a connection without a word to either side."""
        for each in chance.choice(self.pairs):
            each.transport.abort()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(2**16):
            target.write(data)
            await target.drain()
    target.close()


class Page(Viewer):
    """A page that is opened anew where it has said that it cannot go on."""

    def __init__(self, root: str, name: str, chance: random.Random) -> None:
        self.root, self.name, self.chance = root, name, chance
        self.session = uuid.uuid4().hex
        self.said = collections.Counter()
        self.moves, self.restored = 0, 0
        # The address as it was last told, and the lines of Python that it stands for.
        self.state, self.lines = "lang=en", []
        self.notice, self.kernel = "opening", ""
        # Whether it shows its widgets with the state of its address, and what its kernel does.
        self.there, self.busy, self.hung = False, False, False
        self.socket: Socket | None = None
        self.opened = asyncio.Event()

    async def live(self, ended: asyncio.Event) -> None:
        """Move controls until the end, whatever happens."""
        await self._load()
        while not ended.is_set():
            try:
                await self._move()
            except Gone:
                self._say("gone")
                await self.shut()
                await self._load()
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), self.chance.uniform(1, 5))

    def _say(self, notice: str) -> None:
        if notice != self.notice:
            self.notice = notice
            self.said[notice] += 1

    async def _ask(self, path: str, **given):
        request = HTTPRequest(
            f"{self.root}/{path}", headers=AUTHORIZED, request_timeout=300, **given
        )
        return await AsyncHTTPClient().fetch(request)

    async def _load(self) -> None:
        """Open the page, until it is there with the state that its address holds."""
        while True:
            try:
                answer = await self._ask(f"voila/render/{self.name}?{self.state}")
                self.config = json.loads(CONFIG.search(answer.body.decode())[1])
                self.kernel = self.config["kernelId"]
                await self._open()
                self.models, self.there, self.hung = {}, False, False
                async with asyncio.timeout(SILENT):
                    await self._until(lambda: self.models, self._ask_for_widgets)
                self._say("")
                self.opened.set()
                await self._restore()
                return
            except HTTPClientError as error:
                self._say("busy" if error.code == 503 else "lost")
            except (Gone, OSError, TimeoutError):
                self._say("gone")
            await self.shut()
            await asyncio.sleep(self.chance.uniform(1, 3))

    async def _restore(self) -> None:
        """What a page does first: it tells its kernel the address, and shows what that asks for."""
        asked = {"asked": f"?{self.state}"}
        update = {"method": "update", "state": asked, "buffer_paths": []}
        known = bool(self.lines)
        await self._until(
            lambda: not known or self._lines() == self.lines,
            lambda: self._tell("comm_msg", self._address(), update),
        )
        self.restored += known
        self.there = True
        self._remember()

    def _ask_for_widgets(self) -> None:
        control = uuid.uuid4().hex
        self._tell("comm_open", control, {}, target_name="jupyter.widget.control")
        self._tell("comm_msg", control, {"method": "request_states"})

    def _lines(self) -> list[str]:
        return [self.shown(picture, notes)[0] for _, picture, notes in self.panels()]

    async def _open(self) -> None:
        address = self.root.replace("http", "ws", 1)
        request = HTTPRequest(
            f"{address}/api/kernels/{self.kernel}/channels?session_id={self.session}",
            headers=AUTHORIZED,
        )
        connection = await websocket_connect(
            request, subprotocols=PROTOCOLS, max_message_size=2**28
        )
        self.socket = Socket(connection)

    async def _move(self) -> None:
        """Move a control of a panel, and wait for the right picture."""
        movable = [
            (key, state, picture, notes)
            for controls, picture, notes in self.panels()
            for key in controls
            if (state := self._other(key))
        ]
        if not movable:
            return
        key, state, picture, notes = self.chance.choice(movable)
        before, _ = self.shown(picture, notes)
        update = {"method": "update", "state": state, "buffer_paths": []}

        def drawn() -> bool:
            line, words = self.shown(picture, notes)
            # The address is told after the picture.
            return line != before and words == expected(line, "en") and line in self.lines

        await self._until(drawn, lambda: self._tell("comm_msg", key, update))
        self.moves += 1

    def _address(self) -> str:
        return next(key for key, model in self.models.items() if "asked" in model)

    def _remember(self) -> None:
        self.lines, self.state = self._lines(), self.models[self._address()]["state"]

    def _take(self, header: dict, content: dict) -> None:
        super()._take(header, content)
        # Where the kernel ends before it has told the address, nothing has moved. What was told
        # into a connection that was dying is in the states that are asked for again.
        told = content.get("data", {})
        address = "state" in told.get("state", {}) and content["comm_id"] == self._address()
        if self.there and (address or told.get("method") == "update_states"):
            self._remember()

    async def _until(self, done, tell) -> None:
        """Say something, and hear what the kernel says until it is done."""
        start = time.monotonic()
        tell()
        while not done():
            waited = time.monotonic() - start
            assert waited < PATIENCE or self.notice, (
                f"{self.name}: for {waited:.0f} s no picture and no word after {self.said};"
                f" {'there' if self.there else 'coming back'}, {'busy' if self.busy else 'idle'};"
                f" {self.state} asks for {self.lines} and shows {self._lines()}"
            )
            try:
                frame = await self.socket.receive(HUNG)
            except TimeoutError:
                # As a page asks every ten seconds; a kernel that is busy may be silent.
                self.hung = bool(self.models) and not self.busy
                await self._check()
                continue
            if frame is None:
                self._say("lost")
                await self._reconnect()
                # What the kernel said into a connection that was dying is asked for again, as a
                # page does, and what was sent into it is sent again.
                self._ask_for_widgets()
                tell()
                continue
            header, _, content = read(frame)
            if self.hung:
                self.hung = False
                await self._check()
            if header["msg_type"] == "status":
                if content["execution_state"] in ENDED:
                    raise Gone
                self.busy = content["execution_state"] != "idle"
            self._take(header, content)

    async def _check(self) -> None:
        """Ask whether the kernel is there still."""
        try:
            await self._ask(f"api/kernels/{self.kernel}")
            self._say("lost" if self.hung else "")
        except HTTPClientError as error:
            if error.code in (403, 404):
                raise Gone from None
            self._say("lost")
        except OSError:
            self._say("lost")

    async def _reconnect(self) -> None:
        while True:
            await self._check()
            try:
                await self._open()
                self._say("")
                return
            except (HTTPClientError, OSError):
                self._say("lost")
                await asyncio.sleep(1)

    async def shut(self) -> None:
        """Leave the page as a browser does: close its connection, and tell the server."""
        if self.socket:
            self.socket.connection.close()
        if self.kernel:
            with suppress(HTTPClientError, OSError):
                await self._ask("voila/api/shutdown/" + self.kernel, method="POST", body="")
        self.kernel = ""


class Socket:
    """A connection of Tornado's that a viewer can send to."""

    def __init__(self, connection) -> None:
        self.connection = connection
        self.next: asyncio.Future | None = None

    def send_binary(self, data: bytes) -> None:
        # A connection that has ended is noticed where it is read.
        with suppress(WebSocketClosedError):
            sent = self.connection.write_message(data, binary=True)
            sent.add_done_callback(lambda each: each.exception())

    async def receive(self, patience: float):
        """The next message, or None where the connection has ended."""
        # What is waited for is kept: a message must not be lost with a wait that was too short.
        self.next = self.next or asyncio.ensure_future(self.connection.read_message())
        await asyncio.wait([self.next], timeout=patience)
        if not self.next.done():
            raise TimeoutError
        frame, self.next = self.next.result(), None
        return frame


class Server:
    """The briefing, which can be started anew on its port."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port, self.starts = folder, port, 0

    def start(self) -> None:
        self.starts += 1
        log = self.folder / f"log{self.starts}"
        command = briefing_command(self.port, "--preheat_kernel=False", *OPTIONS)
        self.stack = ExitStack()
        temporary = self.folder / "temporary"
        temporary.mkdir(exist_ok=True)
        started = self.stack.enter_context(
            serving(command, self.port, log, {"TMPDIR": str(temporary)})
        )
        self.process = psutil.Process(started.pid)

    def stop(self) -> list[psutil.Process]:
        """Stop it; return the kernels that it leaves running."""
        running = kernels(self.process)
        self.stack.close()
        return psutil.wait_procs(running, timeout=10)[1]

    def files(self) -> list[Path]:
        """What lies in its folder of temporary files."""
        return sorted((self.folder / "temporary").rglob("*"))

    def connections(self) -> int:
        found = self.process.net_connections("tcp")
        return sum(each.status == psutil.CONN_ESTABLISHED for each in found)

    def uncaught(self) -> list[str]:
        """Errors that nobody has caught, with what follows; Voilà names those of killed kernels."""
        logs = (log.read_text(errors="replace") for log in sorted(self.folder.glob("log*")))
        return [part[:3000] for text in logs for part in text.split("Uncaught")[1:]]


class Harm:
    """What befalls the pages, and when."""

    def __init__(self, server: Server, relay: Relay, pages: list[Page], seconds: float) -> None:
        self.server, self.relay, self.pages = server, relay, pages
        # A server that was started anew has not grown yet: all restarts are in the first third.
        count = max(1, round(seconds / 900))
        self.restarts = [seconds / 3 * (1 + i) / (1 + count) for i in range(count)]
        self.seconds = seconds
        self.done: collections.Counter[str] = collections.Counter()
        self.left: list[psutil.Process] = []
        self.memory = 0.0

    async def go_on(self, chance: random.Random) -> None:
        start = time.monotonic()
        while (now := time.monotonic() - start) < self.seconds - QUIET:
            if self.restarts and now > self.restarts[0]:
                self.restarts.pop(0)
                self.left += await asyncio.to_thread(self.server.stop)
                await asyncio.to_thread(self.server.start)
                self.done["restart of the server"] += 1
            elif chance.random() < 0.3:
                running = sorted(kernels(self.server.process), key=lambda each: each.pid)
                if running:
                    chance.choice(running).kill()
                    self.done["kernel killed"] += 1
            elif self.relay.pairs:
                self.relay.cut(chance)
                self.done["connection cut"] += 1
            if now > self.seconds / 2 and not self.memory:
                # As in the end: some rest, and all pages there again.
                await asyncio.sleep(QUIET)
                for _ in range(PATIENCE):
                    if any(page.notice for page in self.pages):
                        await asyncio.sleep(1)
                self.memory = pss(self.server.process)
            await asyncio.sleep(chance.uniform(2, 8))
        await asyncio.sleep(QUIET)


async def soak(folder: Path, seconds: float, viewers: int, seed: int) -> bool:
    """Run it; whether all requirements are met."""
    server = Server(folder, free_port())
    await asyncio.to_thread(server.start)
    relay = Relay(server.port)
    root = f"http://{HOST}:{await relay.start()}"
    AsyncHTTPClient.configure(None, max_clients=4 * viewers)
    pages = [
        Page(root, NOTEBOOKS[i % len(NOTEBOOKS)].name, random.Random(f"{seed} {i}"))
        for i in range(viewers)
    ]
    harm = Harm(server, relay, pages, seconds)
    ended = asyncio.Event()
    living = [asyncio.create_task(page.live(ended)) for page in pages]
    await asyncio.gather(*(page.opened.wait() for page in pages))
    await harm.go_on(random.Random(seed))
    ended.set()
    wrong = [each for each in await asyncio.gather(*living, return_exceptions=True) if each]
    grown = pss(server.process) / harm.memory - 1
    said = sum((page.said for page in pages), collections.Counter())
    print(", ".join(f"{name}: {count}" for name, count in sorted(harm.done.items())))
    print(
        f"{viewers} viewers saw {sum(page.moves for page in pages)} pictures and had their state"
        f" back {sum(page.restored for page in pages)} times; pages said "
        + ", ".join(f"{notice or 'that all is well'} {count}" for notice, count in said.items())
    )
    for each in wrong:
        print(f"wrong or silent: {each!r}")
    unsaid = [page.name for page in pages if page.notice]
    print(f"in the end {viewers - len(unsaid)} pages are right, and {len(unsaid)} say otherwise")

    await asyncio.gather(*(page.shut() for page in pages), return_exceptions=True)
    await asyncio.sleep(25)
    await asyncio.to_thread(wait_until_idle, server.process)
    left = {
        "kernels": len(kernels(server.process)),
        "sockets": server.connections(),
        "kernels of servers before": len(harm.left),
    }
    left["kernels after its end"] = len(await asyncio.to_thread(server.stop))
    uncaught = server.uncaught()
    for each in uncaught:
        print(f"nobody caught {each}")
    left |= {"files": len(server.files()), "errors that nobody caught": len(uncaught)}
    print(f"left: {left}; server grown by {grown:.1%}")
    return not wrong and not any(left.values()) and grown <= 0.05


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--viewers", type=int, default=24)
    parser.add_argument("--seed", type=int, default=16)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        passed = asyncio.run(soak(Path(name), 60 * given.minutes, given.viewers, given.seed))
    print("pass" if passed else "FAIL")
    return int(not passed)


if __name__ == "__main__":
    sys.exit(main())
