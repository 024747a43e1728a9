"""A viewer of the briefing that does what a browser does, but draws nothing."""

import html
import json
import re
import time
import uuid
from collections.abc import Sequence

import requests
import websocket
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)

from browser.driving import expected
from browser.serving import TOKEN

AUTHORIZED = {"Authorization": f"token {TOKEN}"}
PROTOCOLS = ["v1.kernel.websocket.jupyter.org"]
CONFIG = re.compile(r'id="jupyter-config-data"[^>]*>(.*?)</script>', re.DOTALL)


class Busy(Exception):
    """The server has answered that it is full."""


def read(frame: bytes) -> tuple[dict, dict, dict]:
    """Header, header of the request, and content of a message from a kernel."""
    _, parts = deserialize_msg_from_ws_v1(frame)
    header, request, _, content = map(json.loads, parts[:4])
    return header, request, content


class Connection:
    """A websocket to a kernel."""

    def __init__(self, root: str, kernel: str) -> None:
        self.root, self.kernel = root, kernel
        self.session = uuid.uuid4().hex

    def open(self, protocols: Sequence[str] = PROTOCOLS) -> None:
        """Open the websocket."""
        address = self.root.replace("http", "ws", 1)
        self.socket = websocket.create_connection(
            f"{address}/api/kernels/{self.kernel}/channels?session_id={self.session}",
            header=AUTHORIZED,
            subprotocols=protocols,
            timeout=120,
        )

    def send(self, kind: str, content: dict, channel: str = "shell") -> str:
        """Send a message to the kernel, and return its number."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "version": "5.3"}
        header |= {"username": "", "session": self.session}
        metadata = {"version": "1.0.0"}  # of the protocol that widgets speak
        parts = [json.dumps(part).encode() for part in (header, {}, metadata, content)]
        self.socket.send_binary(serialize_msg_to_ws_v1(parts, channel))
        return header["msg_id"]

    def receive(self) -> tuple[dict, dict, dict]:
        """Header, header of the request, and content of the next message from the kernel."""
        frame = self.socket.recv()
        if not frame:  # as of a connection that is closed
            raise websocket.WebSocketConnectionClosedException(self.kernel)
        return read(frame)


class Viewer(Connection):
    """A page that is open."""

    def __init__(self, root: str, name: str) -> None:
        self.name = name
        answer = requests.get(
            f"{root}/voila/render/{name}", headers=AUTHORIZED, params={"lang": "en"}, timeout=300
        )
        if answer.status_code == 503:
            raise Busy(answer.text)
        answer.raise_for_status()
        self.page = answer.text
        self.config = json.loads(CONFIG.search(self.page)[1])
        self.models: dict[str, dict]
        super().__init__(root, self.config["kernelId"])

    def connect(self, protocols: Sequence[str] = PROTOCOLS) -> None:
        """Open the websocket, and ask for the state of all widgets."""
        self.open(protocols)
        control = uuid.uuid4().hex
        self._tell("comm_open", control, {}, target_name="jupyter.widget.control")
        self._tell("comm_msg", control, {"method": "request_states"})
        self.models = {}
        while not self.models:
            self._receive()

    def _tell(self, kind: str, comm: str, data: dict, **more: str) -> None:
        self.send(kind, {"comm_id": comm, "data": data, **more})

    def _receive(self) -> None:
        header, _, content = self.receive()
        self._take(header, content)

    def _take(self, header: dict, content: dict) -> None:
        if header["msg_type"] != "comm_msg":
            return
        data = content["data"]
        if data.get("method") == "update_states":
            self.models = {key: model["state"] for key, model in data["states"].items()}
        elif data.get("method") in ("update", "echo_update"):
            state = self.models.setdefault(content["comm_id"], {})
            state |= data["state"]

    def _children(self, model: dict) -> list[str]:
        return [child.removeprefix("IPY_MODEL_") for child in model.get("children", [])]

    def panels(self) -> list[tuple[list[str], str, str]]:
        """Controls, picture and notes of each panel, as numbers of models."""
        found = []
        for model in self.models.values():
            if "ftz-panel" in model.get("_dom_classes", ()):
                _, controls, picture, notes = self._children(model)
                found.append((self._children(self.models[controls]), picture, notes))
        return found

    def shown(self, picture: str, notes: str) -> tuple[str, str]:
        """The line of Python of a panel, and the words of its picture."""
        line = re.search(r"<code>(.*?)</code>", self.models[notes]["value"])[1]
        return html.unescape(line), self.models[picture]["alt"]

    def move(self, controls: list[str], picture: str, notes: str) -> float:
        """Move a control, and return the seconds until the right picture is there."""
        line, _ = self.shown(picture, notes)
        comm, state = next((key, state) for key in controls if (state := self._other(key)))
        start = time.perf_counter()
        self._tell("comm_msg", comm, {"method": "update", "state": state, "buffer_paths": []})
        while self.shown(picture, notes)[0] == line:
            self._receive()
        seconds = time.perf_counter() - start
        line, words = self.shown(picture, notes)
        assert words == expected(line, "en"), f"{self.name}: {line} shows {words}"
        return seconds

    def _other(self, key: str) -> dict | None:
        """Another state of a control, if it has one."""
        model = self.models[key]
        if len(model.get("_options_labels", ())) > 1:
            return {"index": (model["index"] + 1) % len(model["_options_labels"])}
        if "step" in model:
            other = model["value"] + model["step"]
            return {"value": other if other <= model["max"] else model["min"]}
        return None

    def close(self) -> None:
        """Close the page as a browser does, with a word to the server."""
        self.socket.close()
        address = f"{self.root}/voila/api/shutdown/{self.kernel}"
        requests.post(address, headers=AUTHORIZED, timeout=120).raise_for_status()
